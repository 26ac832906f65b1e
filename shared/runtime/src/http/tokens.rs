//! The tokens that are known, by their hashes: a token itself is nowhere but with its holder.

use std::hint::black_box;

use redress_domain::{Role, TenantId, roles::Who};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// One token, as the settings have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenSettings {
    /// SHA-256 over the token, in hex.
    pub sha256: String,
    /// Whose it is, for the ledger and the timeline.
    pub name: String,
    /// The one tenant in which it counts.
    pub tenant: TenantId,
    /// What its holder is there.
    pub role: Role,
}

/// Why tokens cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokensError {
    /// Not a hash.
    #[error("the token of `{name}`: `sha256` is 64 hexadecimal digits, the SHA-256 of the token")]
    Hash {
        /// Whose token.
        name: String,
    },
    /// Not a name.
    #[error("the name of a token is 1 to 64 printable characters")]
    Name,
    /// Two that nobody could tell apart.
    #[error("`{first}` and `{second}` have the same token")]
    Twice {
        /// One holder.
        first: String,
        /// Another.
        second: String,
    },
}

/// All tokens.
#[derive(Debug, Clone, Default)]
pub struct Tokens(Vec<([u8; 32], Who)>);

impl Tokens {
    /// The tokens of these settings.
    ///
    /// # Errors
    /// The first that cannot be used.
    pub fn new(settings: &[TokenSettings]) -> Result<Self, TokensError> {
        let mut all: Vec<([u8; 32], Who)> = Vec::with_capacity(settings.len());
        for token in settings {
            let TokenSettings { sha256, name, tenant, role } = token.clone();
            if name.is_empty() || name.chars().count() > 64 || name.chars().any(char::is_control) {
                return Err(TokensError::Name);
            }
            let mut hash = [0; 32];
            if hex::decode_to_slice(&sha256, &mut hash).is_err() {
                return Err(TokensError::Hash { name });
            }
            if let Some((_, first)) = all.iter().find(|(other, _)| *other == hash) {
                return Err(TokensError::Twice { first: first.name.clone(), second: name });
            }
            all.push((hash, Who { name, tenant, role }));
        }
        Ok(Self(all))
    }

    /// Whose token this is. Takes the same time for every token, known or not.
    pub fn who(&self, token: &str) -> Option<&Who> {
        let hash: [u8; 32] = Sha256::digest(token.as_bytes()).into();
        let mut found = None;
        for (other, who) in &self.0 {
            let differ = hash.iter().zip(other).fold(0, |differ, (a, b)| differ | (a ^ b));
            if black_box(differ) == 0 {
                found = Some(who);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(token: &str, name: &str) -> TokenSettings {
        let sha256 = hex::encode(Sha256::digest(token));
        TokenSettings {
            sha256,
            name: name.to_owned(),
            tenant: "dublin".parse().unwrap(),
            role: Role::Auditor,
        }
    }

    #[test]
    fn a_token_is_known_by_its_hash_alone() {
        let tokens = Tokens::new(&[settings("one", "anna"), settings("two", "brian")]).unwrap();
        assert_eq!(tokens.who("two").map(|who| who.name.as_str()), Some("brian"));
        for stranger in ["", "One", "one ", &settings("one", "").sha256] {
            assert_eq!(tokens.who(stranger), None, "{stranger}");
        }
    }

    #[test]
    fn what_cannot_be_told_apart_or_read_is_refused_without_the_hash() {
        let twice = Tokens::new(&[settings("one", "anna"), settings("one", "brian")]).unwrap_err();
        assert_eq!(twice.to_string(), "`anna` and `brian` have the same token");
        let short = TokenSettings { sha256: "ab".to_owned(), ..settings("one", "anna") };
        assert_eq!(Tokens::new(&[short]).unwrap_err(), TokensError::Hash { name: "anna".to_owned() });
        assert_eq!(Tokens::new(&[settings("one", "")]).unwrap_err(), TokensError::Name);
    }
}
