//! Debug for the messages that hold personal data in the clear: it shows where, never what.

use std::fmt;

use crate::v1::{Correction, Identifier};

impl fmt::Debug for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identifier")
            .field("kind", &self.kind())
            .field("field", &self.field)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Correction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Correction")
            .field("system", &self.system)
            .field("field", &self.field)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use crate::v1::{Correction, Identifier, Subject, SubmitRequest, submit_request};

    #[test]
    fn a_clear_subject_does_not_show_in_debug() {
        let anna = "anna@example.com".to_owned();
        let identifier = Identifier { kind: 1, value: anna.clone(), ..Identifier::default() };
        let subject = Subject { kind: 1, identifiers: vec![identifier] };
        let request = SubmitRequest {
            subject: Some(submit_request::Subject::Clear(subject)),
            corrections: vec![Correction { value: anna, ..Correction::default() }],
            ..SubmitRequest::default()
        };
        let shown = format!("{request:?}");
        assert!(!shown.contains("anna"), "{shown}");
        assert!(shown.contains("kind: Email"), "{shown}");
    }
}
