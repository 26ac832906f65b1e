//! The tenant's intake key: an upstream seals the subject to its public half, with libsodium's sealed box.

use crypto_box::{PublicKey, SecretKey, aead::OsRng};

use crate::{TenantKey, VaultError};

/// The pair of keys for what comes in.
pub struct IntakeKey(SecretKey);

impl IntakeKey {
    /// The tenant's; derived from its key, so that nothing more has to be kept.
    pub fn of(tenant: &TenantKey) -> Self {
        Self(SecretKey::from(*tenant.derive("intake").bytes()))
    }

    /// The public half: 32 bytes of X25519.
    pub fn public(&self) -> [u8; 32] {
        *self.0.public_key().as_bytes()
    }

    /// Opens a sealed box (`crypto_box_seal`).
    ///
    /// # Errors
    /// When it was not sealed to this key, or altered.
    pub fn open(&self, sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
        self.0
            .unseal(sealed)
            .map_err(|_| VaultError::Altered("it was not sealed to this tenant's intake key"))
    }

    /// Seals as an upstream does, to a public half. The randomness is the operating system's: libsodium's
    /// construction has a key pair of its own for each box.
    ///
    /// # Errors
    /// When the public half is not usable.
    pub fn seal_to(public: [u8; 32], plain: &[u8]) -> Result<Vec<u8>, VaultError> {
        PublicKey::from(public)
            .seal(&mut OsRng, plain)
            .map_err(|_| VaultError::Altered("the intake key cannot be sealed to"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Key;

    #[test]
    fn what_is_sealed_to_a_tenant_opens_there_alone() {
        let dublin = IntakeKey::of(&TenantKey::new(Key::new([1; 32])));
        let cork = IntakeKey::of(&TenantKey::new(Key::new([2; 32])));
        let sealed = IntakeKey::seal_to(dublin.public(), b"anna").unwrap();
        assert_eq!(dublin.open(&sealed).unwrap(), b"anna");
        assert!(cork.open(&sealed).is_err());
        assert!(dublin.open(&sealed[1..]).is_err());
        assert!(dublin.open(b"").is_err());
    }
}
