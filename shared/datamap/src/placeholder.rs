//! Values that stand where somebody's identifier should: they identify nobody.

use std::collections::BTreeSet;

/// What people and programs write where there is no value, in lower case.
const USUAL: [&str; 12] =
    ["", "n/a", "na", "nil", "none", "null", "unknown", "undefined", "-", "?", ".", "0"];
/// So many times one character is no identifier.
const REPEATED_MIN: usize = 3;

/// The placeholders of one tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placeholders(BTreeSet<String>);

impl Default for Placeholders {
    fn default() -> Self {
        Self::new(USUAL)
    }
}

impl Placeholders {
    /// These words instead of the usual ones. Case and blanks around them do not count.
    pub fn new(words: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        Self(words.into_iter().map(|word| normal(word.as_ref())).collect())
    }

    /// Whether a value is one of the words.
    pub fn has(&self, value: &str) -> bool {
        self.0.contains(&normal(value))
    }

    /// The words, in lower case.
    pub fn words(&self) -> impl Iterator<Item = &String> {
        self.0.iter()
    }

    /// Whether a text that was found in a row is a placeholder: one of the words, or one character again and again.
    pub fn is_like(&self, value: &str) -> bool {
        let value = value.trim();
        let mut letters = value.chars();
        let first = letters.next();
        let repeats = first.is_some_and(|first| letters.all(|letter| letter == first));
        let is_mark = first.is_some_and(|first| !first.is_alphanumeric());
        self.has(value) || repeats && (is_mark || value.chars().count() >= REPEATED_MIN)
    }
}

fn normal(word: &str) -> String {
    word.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_placeholder_is_known_however_it_is_written() {
        let usual = Placeholders::default();
        for value in
            ["", " ", "N/A", "n/a ", "None", "UNKNOWN", "0", "-", "null", "---", "xxx", "000000", "*"]
        {
            assert!(usual.is_like(value), "{value:?}");
        }
        for value in ["7", "11", "C-1", "N/A-1", "annie", "eva@example.org", "00012"] {
            assert!(!usual.is_like(value), "{value:?}");
        }
        // A serial number may be one digit again and again: what was given is no placeholder for that.
        assert!(!usual.has("777") && usual.has(" N/A"));
        let own = Placeholders::new(["Walk-in"]);
        assert!(own.has("walk-in") && !own.has("unknown"));
    }
}
