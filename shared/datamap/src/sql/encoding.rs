//! What a database's encoding can hold: a value that it cannot stands in none of its rows, and asking for it is an error.

use encoding_rs::Encoding as Known;

/// The encoding of a database's texts.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub enum Encoding {
    /// Every text: UTF-8, or bytes that are not looked at.
    #[default]
    Any,
    /// The first 256 characters of Unicode.
    Latin1,
    /// What this one holds.
    Known(&'static Known),
    /// ASCII for certain; what else is not known here.
    Other,
}

/// PostgreSQL's names, by those of the WHATWG's encoding standard:
/// <https://www.postgresql.org/docs/current/multibyte.html>.
const LABELS: [(&str, &str); 23] = [
    ("BIG5", "big5"),
    ("EUC_CN", "gbk"),
    ("EUC_JP", "euc-jp"),
    ("EUC_KR", "euc-kr"),
    ("GB18030", "gb18030"),
    ("GBK", "gbk"),
    ("ISO_8859_5", "iso-8859-5"),
    ("ISO_8859_6", "iso-8859-6"),
    ("ISO_8859_7", "iso-8859-7"),
    ("ISO_8859_8", "iso-8859-8"),
    ("KOI8R", "koi8-r"),
    ("KOI8U", "koi8-u"),
    ("LATIN2", "iso-8859-2"),
    ("LATIN3", "iso-8859-3"),
    ("LATIN4", "iso-8859-4"),
    ("LATIN6", "iso-8859-10"),
    ("LATIN7", "iso-8859-13"),
    ("LATIN8", "iso-8859-14"),
    ("LATIN9", "iso-8859-15"),
    ("SJIS", "shift_jis"),
    ("WIN1250", "windows-1250"),
    ("WIN1251", "windows-1251"),
    ("WIN1252", "windows-1252"),
];

impl Encoding {
    /// By PostgreSQL's name.
    pub fn named(name: &str) -> Self {
        let label = LABELS.iter().find(|(of_postgres, _)| *of_postgres == name).map(|(_, label)| *label);
        match (name, label.and_then(|label| Known::for_label(label.as_bytes()))) {
            ("UTF8" | "SQL_ASCII", _) => Self::Any,
            ("LATIN1", _) => Self::Latin1,
            (_, Some(known)) => Self::Known(known),
            (_, None) => Self::Other,
        }
    }

    /// Whether it has each of a text's characters.
    pub fn holds(self, text: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Latin1 => text.chars().all(|letter| u32::from(letter) <= 0xff),
            Self::Known(known) => text.is_ascii() || !known.encode(text).2,
            Self::Other => text.is_ascii(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_holds_what_its_encoding_has() {
        assert!(LABELS.iter().all(|(name, _)| matches!(Encoding::named(name), Encoding::Known(_))));
        for (name, text, held) in [
            ("UTF8", "Łukasz", true),
            ("SQL_ASCII", "Łukasz", true),
            ("LATIN1", "Łukasz", false),
            ("LATIN1", "Zoë", true),
            ("LATIN2", "Łukasz", true),
            ("WIN1252", "Łukasz", false),
            ("WIN1252", "€", true),
            ("EUC_TW", "Łukasz", false),
            ("EUC_TW", "Lukasz", true),
        ] {
            assert_eq!(Encoding::named(name).holds(text), held, "{name} {text}");
        }
    }
}
