//! 256-bit keys, zeroed when they are dropped.

use std::fmt;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit as _, Mac as _};
use redress_domain::Random;
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::VaultError;

/// The use of a request's key for the ids of its rows and the values of their masks. The name is that of the connector
/// that had it first: another would give other ids to requests that are under way.
pub const ROW_SECRET: &str = "sql";

/// A symmetric key.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Key([u8; 32]);

impl Key {
    /// From its bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// A new one. `random` must be fit for keys.
    pub fn generate(random: &dyn Random) -> Self {
        let mut bytes = [0; 32];
        random.fill(&mut bytes);
        Self(bytes)
    }

    /// The bytes: secret.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// A secret of one use of this key, derived by HKDF (RFC 5869): no two uses share one.
    pub fn secret(&self, usage: &str) -> [u8; 32] {
        let mut bytes = [0; 32];
        Hkdf::<Sha256>::new(None, &self.0)
            .expand(format!("redress/1/{usage}").as_bytes(), &mut bytes)
            .expect("32 bytes are within HKDF's limit of 8,160");
        bytes
    }

    /// HMAC-SHA256 over these bytes, under the secret of one use.
    pub fn sign(&self, usage: &str, bytes: &[u8]) -> [u8; 32] {
        self.mac(usage, bytes).finalize().into_bytes().into()
    }

    /// Whether that is what signs these bytes. How long it takes says nothing of where it differs.
    pub fn has_signed(&self, usage: &str, bytes: &[u8], signature: &[u8; 32]) -> bool {
        self.mac(usage, bytes).verify(signature.into()).is_ok()
    }

    fn mac(&self, usage: &str, bytes: &[u8]) -> Hmac<Sha256> {
        let secret = self.secret(usage);
        Hmac::new_from_slice(&secret).expect("HMAC takes a key of any length").chain_update(bytes)
    }

    /// From bytes that were read; none unless there are 32.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

/// The key that everything of a tenant hangs on. Its uses have keys of their own, derived by HKDF
/// (RFC 5869), so that no two share one.
#[derive(Clone, Debug, ZeroizeOnDrop)]
pub struct TenantKey(Key);

impl TenantKey {
    /// From base64 of 32 bytes, as a settings file or the environment gives it. `whose` names it in errors.
    ///
    /// # Errors
    /// When it is not that.
    pub fn from_base64(whose: &str, text: &str) -> Result<Self, VaultError> {
        let bad = |why: &str| VaultError::Key { whose: whose.to_owned(), why: why.to_owned() };
        let bytes =
            BASE64_STANDARD.decode(text.trim()).map_err(|_| bad("it must be base64 of 32 random bytes"))?;
        let key = Key::read(&bytes).ok_or_else(|| bad("it must be base64 of exactly 32 random bytes"))?;
        Ok(Self(key))
    }

    /// From a key.
    pub fn new(key: Key) -> Self {
        Self(key)
    }

    /// As base64, to be kept by whoever made it.
    pub fn to_base64(&self) -> String {
        BASE64_STANDARD.encode(self.0.bytes())
    }

    /// The key of one use, such as `parked`.
    pub fn derive(&self, usage: &str) -> Key {
        Key(self.0.secret(usage))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenant_key_is_base64_of_32_bytes_and_never_shows() {
        let text = BASE64_STANDARD.encode([7; 32]);
        let key = TenantKey::from_base64("dublin", &format!(" {text}\n")).unwrap();
        assert_eq!(key.to_base64(), text);
        assert_eq!(format!("{key:?}"), "TenantKey(Key(..))");
        for bad in ["", "x", "AAAA", &BASE64_STANDARD.encode([7; 33])] {
            let error = TenantKey::from_base64("dublin", bad).unwrap_err().to_string();
            assert!(error.contains("dublin") && error.contains("base64"), "{error}");
        }
    }

    #[test]
    fn a_signature_is_of_its_bytes_its_use_and_its_key() {
        let key = Key::new([7; 32]);
        let signature = key.sign("a", b"bytes");
        assert!(key.has_signed("a", b"bytes", &signature));
        assert!(!key.has_signed("a", b"byte", &signature));
        assert!(!key.has_signed("b", b"bytes", &signature));
        assert!(!Key::new([8; 32]).has_signed("a", b"bytes", &signature));
        for at in 0..32 {
            let mut altered = signature;
            altered[at] ^= 1;
            assert!(!key.has_signed("a", b"bytes", &altered), "byte {at}");
        }
    }

    #[test]
    fn each_use_has_its_own_key() {
        let key = TenantKey::new(Key::new([7; 32]));
        assert_ne!(key.derive("a"), key.derive("b"));
        assert_eq!(key.derive("a"), key.derive("a"));
    }
}
