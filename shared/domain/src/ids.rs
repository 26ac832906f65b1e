//! Names and ids as types: what has parsed is right, and one cannot be taken for another.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A name or id that does not have its form. Says what it should look like; the value is not repeated where
/// it could be personal data.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidId {
    /// Not a name that may stand in a routing key, a URL and a file name.
    #[error("a {what} is 1 to 63 of a-z, 0-9 and `-`, and begins with a letter")]
    Name {
        /// Which name.
        what: &'static str,
    },
    /// Not a UUID.
    #[error("a {what} is a UUID such as 01890a5d-ac96-774b-bcce-b302099a8057")]
    Uuid {
        /// Which id.
        what: &'static str,
    },
}

fn is_name(text: &str) -> bool {
    text.len() <= 63
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident / $called:literal)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                if is_name(text) { Ok(Self(text.to_owned())) } else { Err(InvalidId::Name { what: $called }) }
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;

            fn try_from(text: String) -> Result<Self, InvalidId> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
    )+};
}

names! {
    /// One controller's administrative scope.
    TenantId / "tenant"
    /// One place that holds data, of exactly one tenant.
    SystemName / "system"
    /// The program that speaks to one kind of system.
    ConnectorName / "connector"
    /// One of our own services: the key under which its rows stand in the store.
    ServiceName / "service"
}

macro_rules! uuids {
    ($($(#[$doc:meta])* $name:ident / $called:literal)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                Uuid::try_parse(text).map(Self).map_err(|_| InvalidId::Uuid { what: $called })
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

uuids! {
    /// One data subject request.
    RequestId / "request id"
    /// One message; the same when it is sent again.
    MessageId / "message id"
    /// One action for one request on the systems of one connector.
    TaskId / "task id"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_stand_in_a_routing_key_a_url_and_a_file_name() {
        for good in ["a", "dublin-weddings", "t1", &"a".repeat(63)] {
            assert_eq!(good.parse::<TenantId>().unwrap().as_str(), good);
        }
        for bad in ["", "1a", "-a", "A", "a.b", "a/b", "a b", "a#", "a*", "é", &"a".repeat(64)] {
            assert_eq!(bad.parse::<TenantId>(), Err(InvalidId::Name { what: "tenant" }), "{bad}");
        }
    }
}
