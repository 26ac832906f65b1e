//! Small things sealed whole: XChaCha20-Poly1305 with a random nonce, bound to what they are and whose.

use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use redress_contracts::v1::Sealed;
use redress_domain::Random;

use crate::{Key, VaultError};

/// The layout of [`Sealed::body`]: 24 bytes of nonce, then the sealed bytes with their tag.
const FORMAT: u32 = 1;
const NONCE_BYTES: usize = 24;

/// What sealed bytes are and whose: they open only where the same is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Purpose<'a> {
    /// What it is, e.g. `identifiers`.
    pub what: &'a str,
    /// Whose: a request's id, a tenant and month.
    pub whose: &'a str,
}

impl Purpose<'_> {
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let length = |text: &str| (text.len() as u64).to_be_bytes();
        [b"redress-seal-1".as_slice(), &length(self.what), self.what.as_bytes(), self.whose.as_bytes()]
            .concat()
    }
}

/// Seals `plain`. `random` must be fit for keys.
pub fn seal(key: &Key, purpose: Purpose<'_>, plain: &[u8], random: &dyn Random) -> Sealed {
    let mut nonce = [0; NONCE_BYTES];
    random.fill(&mut nonce);
    let sealed = XChaCha20Poly1305::new(key.bytes().into())
        .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: &purpose.bytes() })
        .expect("a message shorter than 256 GiB can be sealed");
    Sealed { format: FORMAT, body: [nonce.as_slice(), &sealed].concat() }
}

/// Opens what [`seal`] made under the same key and purpose.
///
/// # Errors
/// [`VaultError::Altered`] when it is anything else.
pub fn open(key: &Key, purpose: Purpose<'_>, sealed: &Sealed) -> Result<Vec<u8>, VaultError> {
    if sealed.format != FORMAT {
        return Err(VaultError::Altered("its format is not known here"));
    }
    let (nonce, body) = sealed
        .body
        .split_first_chunk::<NONCE_BYTES>()
        .ok_or(VaultError::Altered("it is too short to be sealed"))?;
    XChaCha20Poly1305::new(key.bytes().into())
        .decrypt(&XNonce::from(*nonce), Payload { msg: body, aad: &purpose.bytes() })
        .map_err(|_| VaultError::Altered("it was altered, or sealed for something else"))
}

#[cfg(test)]
pub(crate) mod tests {
    use std::sync::atomic::{AtomicU8, Ordering};

    use proptest::prelude::*;

    use super::*;

    /// Counts up: enough where a test needs bytes that differ.
    #[derive(Default)]
    pub(crate) struct Counter(AtomicU8);

    impl Random for Counter {
        fn fill(&self, out: &mut [u8]) {
            out.fill_with(|| self.0.fetch_add(1, Ordering::Relaxed));
        }
    }

    const PURPOSE: Purpose<'_> = Purpose { what: "identifiers", whose: "r1" };

    fn key() -> Key {
        Key::new([7; 32])
    }

    #[test]
    fn what_is_sealed_twice_differs() {
        let random = Counter::default();
        assert_ne!(seal(&key(), PURPOSE, b"anna", &random), seal(&key(), PURPOSE, b"anna", &random));
    }

    #[test]
    fn it_opens_only_under_its_key_for_its_purpose_in_its_format() {
        let sealed = seal(&key(), PURPOSE, b"anna", &Counter::default());
        assert_eq!(open(&key(), PURPOSE, &sealed).unwrap(), b"anna");
        let others = [
            (Key::new([8; 32]), PURPOSE, sealed.clone()),
            (key(), Purpose { whose: "r2", ..PURPOSE }, sealed.clone()),
            (key(), Purpose { what: "identifier", whose: "sr1" }, sealed.clone()),
            (key(), PURPOSE, Sealed { format: 2, ..sealed.clone() }),
            (key(), PURPOSE, Sealed::default()),
        ];
        for (i, (key, purpose, sealed)) in others.iter().enumerate() {
            assert!(matches!(open(key, *purpose, sealed), Err(VaultError::Altered(_))), "case {i}");
        }
    }

    proptest! {
        #[test]
        fn any_flipped_bit_is_noticed(plain: Vec<u8>, place: prop::sample::Index, bit in 0u8..8) {
            let mut sealed = seal(&key(), PURPOSE, &plain, &Counter::default());
            prop_assert_eq!(&open(&key(), PURPOSE, &sealed).unwrap(), &plain);
            let place = place.index(sealed.body.len());
            sealed.body[place] ^= 1 << bit;
            prop_assert!(open(&key(), PURPOSE, &sealed).is_err());
        }
    }
}
