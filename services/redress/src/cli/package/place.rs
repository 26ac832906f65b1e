//! Where a file of a package is asked for, and where it is put: never outside the folder, whatever a manifest
//! says.

use std::path::PathBuf;

/// One file's path, in its parts and decoded: as the page's links name it, and as a URL is made of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place(Vec<String>);

impl Place {
    /// None when it would lie elsewhere, or nowhere.
    pub(super) fn of(path: &str) -> Option<Self> {
        let parts: Option<Vec<String>> =
            path.split('/').map(|part| decode(part).filter(|it| is_safe(it))).collect();
        parts.map(Self)
    }

    /// The parts, for a URL.
    pub(super) fn parts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Below a folder.
    pub(super) fn below(&self) -> PathBuf {
        self.0.iter().collect()
    }
}

/// A name in a folder, on any system, and nothing else.
fn is_safe(part: &str) -> bool {
    let odd = |c: char| c.is_control() || "/\\:".contains(c);
    !matches!(part, "" | "." | "..") && !part.contains(odd) && !part.ends_with(PARTIAL)
}

/// The end of a name under which a file is written until it is whole.
pub(super) const PARTIAL: &str = ".partial";

fn decode(part: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first != b'%' {
            bytes.push(*first);
            rest = after;
            continue;
        }
        let digits = std::str::from_utf8(after.get(..2)?).ok()?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        rest = &after[2..];
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_decoded_part_by_part() {
        let place = Place::of("G%C3%A4ste%20buch%231/50%25.json").unwrap();
        assert_eq!(place.below(), PathBuf::from("Gäste buch#1/50%.json"));
        assert_eq!(place.parts().collect::<Vec<_>>(), ["Gäste buch#1", "50%.json"]);
    }

    #[test]
    fn what_would_leave_the_folder_or_confuse_a_system_is_no_place() {
        for path in [
            "",
            "/etc/passwd",
            "../a",
            "a/../../b",
            "a/./b",
            "a//b",
            "a/",
            "..%2Fa",
            "%2e%2e/a",
            "%2Fetc",
            "a%5Cb",
            "c:%5Ca",
            "C:/a",
            "a%00b",
            "a%0Ab",
            "a%",
            "a%4",
            "a%zz",
            "%FF",
            "a.json.partial",
        ] {
            assert_eq!(Place::of(path), None, "{path}");
        }
    }
}
