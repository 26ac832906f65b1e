//! Data categories of fideslang: words with dots between, from the general to the particular.

use std::{fmt, str::FromStr};

/// A category such as `user.contact.email`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Category(String);

/// A text that is not a category.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a data category is words of a-z, 0-9 and `_` with dots between, like user.contact.email")]
pub struct InvalidCategory;

impl Category {
    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether `other` is this category or one of its particulars.
    pub fn covers(&self, other: &Self) -> bool {
        let rest = other.0.strip_prefix(self.0.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }

    /// How many words: the more, the more particular.
    pub fn depth(&self) -> usize {
        self.0.split('.').count()
    }
}

impl FromStr for Category {
    type Err = InvalidCategory;

    fn from_str(text: &str) -> Result<Self, InvalidCategory> {
        let word = |word: &str| {
            !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        };
        if text.split('.').all(word) { Ok(Self(text.to_owned())) } else { Err(InvalidCategory) }
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_category_covers_itself_and_its_particulars_by_whole_words() {
        let category = |text: &str| text.parse::<Category>().unwrap();
        let contact = category("user.contact");
        for (other, covered) in [
            ("user.contact", true),
            ("user.contact.email", true),
            ("user.contacts", false),
            ("user", false),
            ("system.user.contact", false),
        ] {
            assert_eq!(contact.covers(&category(other)), covered, "{other}");
        }
        for bad in ["", ".", "user.", "User", "user contact", "user..email"] {
            assert!(bad.parse::<Category>().is_err(), "{bad}");
        }
    }
}
