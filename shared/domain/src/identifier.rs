//! The subject's identifiers, brought to one spelling each so that equal people compare equal. Values are
//! personal data: they never show in Debug, errors or logs.

use std::fmt;

use uuid::Uuid;

use crate::{IdentifierClass, IdentifierKind};

/// A value that is not of its kind. Names the kind and the rule, never the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a usable {kind}: {rule}")]
pub struct IdentifierError {
    /// Which kind was expected.
    pub kind: IdentifierKind,
    /// What such a value looks like.
    pub rule: &'static str,
}

/// One way to name a person, in its normal form.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identifier {
    kind: IdentifierKind,
    field: Option<String>,
    value: String,
}

impl Identifier {
    /// Parses a value of any kind but [`IdentifierKind::Field`].
    ///
    /// # Errors
    /// The rule that the value breaks; for a field's key use [`Identifier::of_field`].
    pub fn parse(kind: IdentifierKind, value: &str) -> Result<Self, IdentifierError> {
        let value = normalise(kind, value.trim()).map_err(|rule| IdentifierError { kind, rule })?;
        Ok(Self { kind, field: None, value })
    }

    /// A key of the field `dataset.collection.field`, as the system spells it.
    ///
    /// # Errors
    /// When the field is not three names with dots between, or the value is empty or over 1,024 bytes.
    pub fn of_field(field: &str, value: &str) -> Result<Self, IdentifierError> {
        let kind = IdentifierKind::Field;
        let fail = |rule| IdentifierError { kind, rule };
        let parts: Vec<&str> = field.split('.').collect();
        if parts.len() < 3 || parts.iter().any(|part| part.is_empty()) {
            return Err(fail("its field is `dataset.collection.field`"));
        }
        if value.is_empty() || value.len() > 1024 {
            return Err(fail("1 to 1,024 bytes"));
        }
        Ok(Self { kind, field: Some(field.to_owned()), value: value.to_owned() })
    }

    /// The kind.
    pub fn kind(&self) -> IdentifierKind {
        self.kind
    }

    /// For a field's key, the field.
    pub fn field(&self) -> Option<&str> {
        self.field.as_deref()
    }

    /// The value in its normal form: personal data.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// What it is taken for where a data map does not say otherwise.
    pub fn usual_class(&self) -> IdentifierClass {
        self.kind.usual_class()
    }

    /// What a blind index is computed over: kind, field and value, each length-prefixed, so that no two
    /// identifiers share their bytes.
    pub fn canonical_bytes(&self) -> Vec<u8> {
        let parts = [self.kind.as_str(), self.field.as_deref().unwrap_or(""), &self.value];
        parts.iter().flat_map(|part| [&(part.len() as u64).to_be_bytes(), part.as_bytes()].concat()).collect()
    }
}

impl fmt::Debug for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Identifier({})", self.field.as_deref().unwrap_or(self.kind.as_str()))
    }
}

fn normalise(kind: IdentifierKind, text: &str) -> Result<String, &'static str> {
    match kind {
        IdentifierKind::Email | IdentifierKind::Upn => address(text),
        IdentifierKind::Phone => phone(text),
        IdentifierKind::ObjectId => {
            Uuid::try_parse(text).map(|id| id.hyphenated().to_string()).map_err(|_| "a UUID")
        }
        IdentifierKind::EmailSha256 | IdentifierKind::PhoneSha256 => sha256_hex(text),
        IdentifierKind::CustomerId => plain(text),
        IdentifierKind::Name => plain(&text.split_whitespace().collect::<Vec<_>>().join(" ")),
        IdentifierKind::Field => Err("a field's key needs its field"),
    }
}

/// Case is folded on both sides of the `@`: RFC 5321 would let the local part be case-sensitive, but no
/// provider that people use treats it so, and a person must be found however they typed it.
fn address(text: &str) -> Result<String, &'static str> {
    const RULE: &str = "like name@example.com, at most 254 bytes";
    let (local, domain) = text.rsplit_once('@').ok_or(RULE)?;
    let odd = |c: char| c.is_whitespace() || c.is_control() || c == '@';
    if local.is_empty() || domain.is_empty() || text.len() > 254 {
        return Err(RULE);
    }
    if local.contains(odd) || domain.contains(odd) {
        return Err(RULE);
    }
    Ok(text.to_lowercase())
}

/// ITU-T E.164: a country code and at most 15 digits in all.
fn phone(text: &str) -> Result<String, &'static str> {
    const RULE: &str = "with its country code, like +353 1 555 0100, 7 to 15 digits";
    let text = text.strip_prefix("00").map_or_else(|| text.to_owned(), |rest| format!("+{rest}"));
    // The `(0)` after a country's code is dialled within the country alone.
    let rest = text.strip_prefix('+').ok_or(RULE)?.replace("(0)", "");
    if !rest.chars().all(|c| c.is_ascii_digit() || " -.()/".contains(c)) {
        return Err(RULE);
    }
    let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
    if !(7..=15).contains(&digits.len()) || digits.starts_with('0') {
        return Err(RULE);
    }
    Ok(format!("+{digits}"))
}

fn sha256_hex(text: &str) -> Result<String, &'static str> {
    if text.len() == 64 && text.chars().all(|c| c.is_ascii_hexdigit()) {
        Ok(text.to_ascii_lowercase())
    } else {
        Err("64 hexadecimal digits")
    }
}

fn plain(text: &str) -> Result<String, &'static str> {
    if text.is_empty() || text.len() > 256 || text.chars().any(char::is_control) {
        return Err("1 to 256 bytes without control characters");
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use IdentifierKind::{CustomerId, Email, EmailSha256, Name, ObjectId, Phone, Upn};

    #[test]
    fn spellings_of_one_person_become_one() {
        let hash = "AB".repeat(32);
        let cases = [
            (Email, " Anna.Byrne@Example.COM ", "anna.byrne@example.com"),
            (Upn, "Anna@Contoso.onmicrosoft.com", "anna@contoso.onmicrosoft.com"),
            (Phone, "+353 (1) 555-0100", "+35315550100"),
            (Phone, "00353 1 555.0100", "+35315550100"),
            (Phone, "+353 (0)1 555 0100", "+35315550100"),
            (ObjectId, "01890A5DAC96774BBCCEB302099A8057", "01890a5d-ac96-774b-bcce-b302099a8057"),
            (EmailSha256, &hash, &"ab".repeat(32)),
            (CustomerId, " C-17 ", "C-17"),
            (Name, "Anna \t Byrne", "Anna Byrne"),
        ];
        for (kind, given, normal) in cases {
            assert_eq!(Identifier::parse(kind, given).unwrap().value(), normal, "{kind} {given}");
        }
    }

    #[test]
    fn what_is_not_of_its_kind_is_refused_without_being_repeated() {
        let cases = [
            (Email, "anna"),
            (Email, "@byrne.test"),
            (Email, "byrne@"),
            (Email, "an na@byrne.test"),
            (Email, "a@b@byrne.test"),
            (Phone, "01 555 0100"),
            (Phone, "+12"),
            (Phone, "+1234567890123456"),
            (Phone, "+353 call me"),
            (ObjectId, "17"),
            (EmailSha256, "abc"),
            (CustomerId, ""),
            (Name, "\u{7}"),
            (IdentifierKind::Field, "17"),
        ];
        for (kind, given) in cases {
            let error = Identifier::parse(kind, given).expect_err(given).to_string();
            assert!(error.contains(kind.as_str()), "{error}");
            assert!(given.len() < 3 || !error.contains(given), "{error}");
        }
    }

    #[test]
    fn debug_shows_the_kind_and_hides_the_person() {
        let anna = Identifier::parse(Email, "anna@example.com").unwrap();
        assert_eq!(format!("{anna:?}"), "Identifier(email)");
        let key = Identifier::of_field("crm.contact.id", "17").unwrap();
        assert_eq!(format!("{key:?}"), "Identifier(crm.contact.id)");
    }

    proptest! {
        #[test]
        fn parsing_a_normal_form_changes_nothing(text in "\\PC{0,40}(@\\PC{1,20})?", kind in 0usize..9) {
            let kind = IdentifierKind::ALL[kind];
            if let Ok(once) = Identifier::parse(kind, &text) {
                prop_assert_eq!(Identifier::parse(kind, once.value()).unwrap(), once);
            }
        }

        #[test]
        fn two_identifiers_share_their_bytes_only_when_equal(
            a in ("[ab]{0,3}\\.[ab]{1,2}\\.[ab]{1,2}", "[ab.]{1,4}"),
            b in ("[ab]{0,3}\\.[ab]{1,2}\\.[ab]{1,2}", "[ab.]{1,4}"),
        ) {
            if let (Ok(a), Ok(b)) = (Identifier::of_field(&a.0, &a.1), Identifier::of_field(&b.0, &b.1)) {
                prop_assert_eq!(a == b, a.canonical_bytes() == b.canonical_bytes());
            }
        }
    }
}
