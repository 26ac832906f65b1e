//! Links by which a package is read without an account. A link says which package and until when, with a signature
//! by the request's key: nothing is kept of it, and with the key it is forgotten.

use std::{fmt, str::FromStr};

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use jiff::Timestamp;
use redress_domain::RequestId;
use redress_vault::Key;
use uuid::Uuid;

/// What the signing key is derived for.
const USAGE: &str = "link";
/// Which package, and until when in seconds since 1970.
const SIGNED_BYTES: usize = 16 + 8;

/// See the module. Whether it is genuine, only the request's key tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) package: RequestId,
    pub(crate) end: Timestamp,
    signature: [u8; 32],
}

impl Link {
    /// To this package, until this time in whole seconds.
    pub(crate) fn new(package: RequestId, end: Timestamp, key: &Key) -> Self {
        let end = Timestamp::from_second(end.as_second()).unwrap_or(end);
        let signature = key.sign(USAGE, &signed(package, end));
        Self { package, end, signature }
    }

    /// Whether it was made with this key, as it stands.
    pub(crate) fn is_genuine(&self, key: &Key) -> bool {
        key.has_signed(USAGE, &signed(self.package, self.end), &self.signature)
    }
}

fn signed(package: RequestId, end: Timestamp) -> [u8; SIGNED_BYTES] {
    let mut bytes = [0; SIGNED_BYTES];
    bytes[..16].copy_from_slice(package.0.as_bytes());
    bytes[16..].copy_from_slice(&end.as_second().to_be_bytes());
    bytes
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = [signed(self.package, self.end).as_slice(), &self.signature].concat();
        f.write_str(&BASE64_URL_SAFE_NO_PAD.encode(bytes))
    }
}

impl FromStr for Link {
    type Err = ();

    /// One spelling only: what differs is another link.
    fn from_str(text: &str) -> Result<Self, ()> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).map_err(drop)?;
        let (signed, signature) = bytes.split_at_checked(SIGNED_BYTES).ok_or(())?;
        let (package, end) = signed.split_at(16);
        Ok(Self {
            package: RequestId(Uuid::from_slice(package).map_err(drop)?),
            end: Timestamp::from_second(i64::from_be_bytes(end.try_into().map_err(drop)?)).map_err(drop)?,
            signature: signature.try_into().map_err(drop)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_comes_back_from_its_text_and_nothing_else_is_genuine() {
        let (key, package) = (Key::new([7; 32]), RequestId(Uuid::from_u128(7)));
        let link = Link::new(package, "2026-07-10T12:00:00.5Z".parse().unwrap(), &key);
        let text = link.to_string();
        assert_eq!((text.parse(), link.end), (Ok(link), "2026-07-10T12:00:00Z".parse().unwrap()));
        assert!(link.is_genuine(&key) && !link.is_genuine(&Key::new([8; 32])));
        for at in 0..text.len() {
            for other in ['A', 'B', '_', '/', '='] {
                let mut altered: Vec<char> = text.chars().collect();
                altered[at] = other;
                let altered: String = altered.into_iter().collect();
                let genuine = altered.parse().is_ok_and(|link: Link| link.is_genuine(&key));
                assert_eq!(genuine, altered == text, "{altered}");
            }
            assert!(text[..at].parse::<Link>().is_err(), "{at}");
        }
        assert!(format!("{text}A").parse::<Link>().is_err() && format!("{text}AAA").parse::<Link>().is_err());
    }
}
