//! Between the domain's words and times and their protobuf forms.

use jiff::Timestamp;
use redress_domain::{
    Closing, IdentifierClass, IdentifierKind, Kind, PublicState, Regime, Role, State, Status, Trigger,
    VerificationLevel,
};

use sha2::{Digest as _, Sha256};

use crate::v1;

/// A number that no word of the vocabulary has: unspecified, or from a newer sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{number} is no {vocabulary} that is known here")]
pub struct UnknownNumber {
    vocabulary: &'static str,
    number: i32,
}

/// A domain word with its protobuf number.
pub trait Contract: Sized {
    /// The number on the wire.
    fn number(self) -> i32;

    /// The word of a number.
    ///
    /// # Errors
    /// When the number is 0 (unspecified) or of no known word.
    fn of_number(number: i32) -> Result<Self, UnknownNumber>;
}

macro_rules! contract {
    ($($name:ident { $($variant:ident)+ })+) => {$(
        impl Contract for $name {
            fn number(self) -> i32 {
                match self { $(Self::$variant => v1::$name::$variant as i32),+ }
            }

            fn of_number(number: i32) -> Result<Self, UnknownNumber> {
                match v1::$name::try_from(number) {
                    $(Ok(v1::$name::$variant) => Ok(Self::$variant),)+
                    _ => Err(UnknownNumber { vocabulary: stringify!($name), number }),
                }
            }
        }
    )+};
}

contract! {
    Kind { Access Export Rectify Restrict Delete SetPreference }
    State {
        Received Verifying Discovering InReview Collecting ContentReview Releasing Executing Held Purging
        Expunging Checking Closed
    }
    Closing { Completed CompletedRetained CompletedRemains NoDataFound Declined Cancelled Failed }
    PublicState { Pending Completed Failed Declined Cancelled }
    Status { Done NotFound Partial Pending Kept Elsewhere Refused Failed }
    IdentifierKind { Email ObjectId Upn Phone CustomerId EmailSha256 PhoneSha256 Field Name }
    IdentifierClass { Unique Shared }
    Regime { Gdpr }
    Trigger { SubjectRequest Leaver AccountDeleted Retention Resweep }
    Role { TenantAdmin Reviewer Operator Auditor Upstream Subject }
    VerificationLevel { Asserted Matched Authenticated Documented }
}

/// SHA-256 over an encoded message: how a plan is named.
pub fn digest_of<T: prost::Message>(message: &T) -> v1::Digest {
    v1::Digest { sha256: Sha256::digest(message.encode_to_vec()).to_vec() }
}

/// A time as a protobuf timestamp.
pub fn to_timestamp(time: Timestamp) -> pbjson_types::Timestamp {
    let nanos = time.as_nanosecond();
    let seconds = nanos.div_euclid(1_000_000_000);
    pbjson_types::Timestamp {
        seconds: i64::try_from(seconds).unwrap_or(i64::MAX),
        nanos: i32::try_from(nanos - seconds * 1_000_000_000).unwrap_or(0),
    }
}

/// A protobuf timestamp as a time; none when it is out of range.
pub fn from_timestamp(time: &pbjson_types::Timestamp) -> Option<Timestamp> {
    let nanos = i128::from(time.seconds) * 1_000_000_000 + i128::from(time.nanos);
    Timestamp::from_nanosecond(nanos).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The protobuf name of every word is the vocabulary's prefix and the word in capitals, every number
    /// comes back as its word, and no number but 0 is without one.
    macro_rules! same_words {
        ($($name:ident / $prefix:literal)+) => {$(
            for word in $name::ALL {
                let number = word.number();
                let wire = v1::$name::try_from(number).unwrap().as_str_name();
                assert_eq!(wire, format!("{}_{}", $prefix, word.as_str().to_uppercase()));
                assert_eq!($name::of_number(number), Ok(*word));
            }
            let numbers: Vec<i32> = (0..100).filter(|n| v1::$name::try_from(*n).is_ok()).collect();
            assert_eq!(numbers.len(), $name::ALL.len() + 1, "a word of {} is missing in the domain", $prefix);
            assert!($name::of_number(0).is_err());
        )+};
    }

    #[test]
    fn the_domains_words_and_the_contracts_are_the_same() {
        same_words! {
            Kind / "KIND" State / "STATE" Closing / "CLOSING" PublicState / "PUBLIC_STATE" Status / "STATUS"
            IdentifierKind / "IDENTIFIER_KIND" IdentifierClass / "IDENTIFIER_CLASS" Regime / "REGIME"
            Role / "ROLE" Trigger / "TRIGGER" VerificationLevel / "VERIFICATION_LEVEL"
        }
    }

    #[test]
    fn times_survive_the_wire() {
        for text in ["1969-12-31T23:59:59.999999Z", "1970-01-01T00:00:00Z", "2026-11-22T12:00:00.000001Z"] {
            let time: Timestamp = text.parse().unwrap();
            let wire = to_timestamp(time);
            assert!((0..1_000_000_000).contains(&wire.nanos), "{wire:?}");
            assert_eq!(from_timestamp(&wire), Some(time));
        }
    }
}
