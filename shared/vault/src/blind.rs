//! Finding a person without storing who it is, and proving later whose a request was.

use hmac::{Hmac, KeyInit as _, Mac as _};
use redress_domain::{Identifier, Random};
use sha2::Sha256;

use crate::{Key, TenantKey};

/// HMAC-SHA256 under the tenant's index key over the identifier's canonical bytes: equal for one person's
/// one identifier, and nothing to anybody without the key.
pub fn blind_index(tenant: &TenantKey, identifier: &Identifier) -> [u8; 32] {
    hmac(&tenant.derive("index"), &identifier.canonical_bytes())
}

/// A request's random opening: with it, and only with it, one can tell whose the commitment in the ledger
/// is. Kept in the evidence and in the subject's receipt; afterwards nobody can.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening(Key);

impl Opening {
    /// A new one. `random` must be fit for keys.
    pub fn generate(random: &dyn Random) -> Self {
        Self(Key::generate(random))
    }

    /// From its bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Key::new(bytes))
    }

    /// Its bytes: for the evidence and the receipt.
    pub fn bytes(&self) -> &[u8; 32] {
        self.0.bytes()
    }

    /// What stands in the ledger: HMAC-SHA256 under the opening over the identifiers, in no order.
    pub fn commitment(&self, identifiers: &[Identifier]) -> [u8; 32] {
        let mut sorted: Vec<&Identifier> = identifiers.iter().collect();
        sorted.sort_unstable();
        sorted.dedup();
        let all: Vec<u8> = sorted.iter().flat_map(|identifier| identifier.canonical_bytes()).collect();
        hmac(&self.0, &all)
    }
}

fn hmac(key: &Key, bytes: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.bytes()).expect("HMAC takes a key of any length");
    mac.update(bytes);
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use redress_domain::IdentifierKind;

    use super::*;
    use crate::seal::tests::Counter;

    fn email(text: &str) -> Identifier {
        Identifier::parse(IdentifierKind::Email, text).unwrap()
    }

    #[test]
    fn one_person_has_one_index_in_one_tenant_however_they_are_spelled() {
        let (dublin, cork) = (TenantKey::new(Key::new([1; 32])), TenantKey::new(Key::new([2; 32])));
        let anna = blind_index(&dublin, &email("anna@example.com"));
        assert_eq!(anna, blind_index(&dublin, &email(" Anna@Example.com")));
        assert_ne!(anna, blind_index(&cork, &email("anna@example.com")));
        assert_ne!(anna, blind_index(&dublin, &email("anne@example.com")));
        let upn = Identifier::parse(IdentifierKind::Upn, "anna@example.com").unwrap();
        assert_ne!(anna, blind_index(&dublin, &upn), "kinds are kept apart");
    }

    #[test]
    fn a_commitment_is_opened_by_its_opening_and_the_same_identifiers() {
        let random = Counter::default();
        let (opening, other) = (Opening::generate(&random), Opening::generate(&random));
        let both = [email("anna@example.com"), email("a.byrne@example.com")];
        let mut turned = both.clone();
        turned.reverse();
        let commitment = opening.commitment(&both);
        assert_eq!(commitment, Opening::new(*opening.bytes()).commitment(&turned));
        assert_ne!(commitment, other.commitment(&both));
        assert_ne!(commitment, opening.commitment(&both[..1]));
    }
}
