//! The name by which a reviewer accepts or rejects an identifier.

use std::fmt::Write as _;

use crate::v1::{Candidate, SealedIdentifier};

/// Bytes of the blind index that tell the identifiers of one request apart.
const BYTES: usize = 16;

/// The id of an identifier, from its blind index: the same wherever it was found. It does not go into the ledger, since
/// whoever holds the tenant's key could test it against a person.
pub fn identifier_id(blind: &[u8]) -> String {
    blind.iter().take(BYTES).fold(String::new(), |mut id, byte| {
        // Writing to a text never fails.
        write!(id, "{byte:02x}").ok();
        id
    })
}

impl SealedIdentifier {
    /// See [`identifier_id`].
    pub fn id(&self) -> String {
        identifier_id(&self.blind)
    }
}

impl Candidate {
    /// The candidate as it may stand in the ledger: without what a reviewer sees of it, and without what tells who it is.
    pub fn redacted_for_ledger(&self) -> Self {
        let is_identifier = self.identifier.is_some();
        let id = if is_identifier { String::new() } else { self.id.clone() };
        Self { id, preview: None, identifier: None, ..self.clone() }
    }
}
