//! Gathers what is wrong with a submission, so that its sender hears all of it at once.

use redress_contracts::Contract;
use redress_runtime::http::Fault;

/// What is wrong so far.
#[derive(Debug, Default)]
pub(super) struct Faults(pub(super) Vec<Fault>);

impl Faults {
    pub(super) fn add(&mut self, field: &str, rule: impl Into<String>) {
        self.0.push(Fault::new(field, rule));
    }

    /// Unless it holds, the field breaks the rule.
    pub(super) fn check(&mut self, holds: bool, field: &str, rule: &str) {
        if !holds {
            self.add(field, rule);
        }
    }

    /// A text of this many characters at most, or none at all.
    pub(super) fn text(&mut self, field: &str, given: &str, chars_max: usize) {
        self.0.extend(text(field, given, chars_max).err());
    }

    /// A word that must be there.
    pub(super) fn word<T: Contract + Copy>(
        &mut self,
        field: &str,
        number: i32,
        words: &[T],
        said: impl Fn(T) -> &'static str,
    ) -> Option<T> {
        let word = T::of_number(number).ok();
        if word.is_none() {
            let known: Vec<&str> = words.iter().map(|word| said(*word)).collect();
            self.add(field, format!("one of {}", known.join(", ")));
        }
        word
    }
}

/// A text that a person wrote, without control characters and not too long.
///
/// # Errors
/// Which of it does not hold.
pub fn text(field: &str, given: &str, chars_max: usize) -> Result<(), Fault> {
    if given.chars().count() > chars_max || given.chars().any(char::is_control) {
        return Err(Fault::new(field, format!("at most {chars_max} characters in one line")));
    }
    Ok(())
}
