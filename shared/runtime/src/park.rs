//! Messages for a person to look at.

use jiff::Timestamp;
use redress_bus::Unreadable;
use redress_contracts::{Envelope, Message};
use redress_domain::{Ids, ServiceName};
use redress_store::Parked;

use crate::Refused;

/// Seals the body of a message that is parked: it may hold personal data in the clear, since nobody could
/// read it.
pub trait Sealer: Send + Sync {
    /// Seals; the envelope, where there is one, says whose it is.
    fn seal(&self, envelope: Option<&Envelope>, body: &[u8]) -> Vec<u8>;
}

/// Opens what a [`Sealer`] sealed, so that a parked message can be worked again.
pub trait Opener: Send + Sync {
    /// The body of a message with this envelope; none when it does not open any more.
    fn open(&self, envelope: Option<&Envelope>, sealed: &[u8]) -> Option<Vec<u8>>;
}

/// A readable message that is refused, or could not be worked.
pub fn refused(
    service: &ServiceName,
    message: &Message,
    why: Refused,
    attempts: u32,
    now: Timestamp,
    sealer: &dyn Sealer,
) -> Parked {
    Parked {
        id: message.envelope.id,
        service: service.clone(),
        reason: why.code.to_owned(),
        detail: why.detail,
        attempts,
        parked_at: now,
        envelope: Some(message.envelope.clone()),
        sealed_body: sealer.seal(Some(&message.envelope), &message.body),
    }
}

/// What came without a readable envelope. Its id is ours: the one it names may be anybody's.
pub fn unreadable(
    service: &ServiceName,
    what: &Unreadable,
    now: Timestamp,
    ids: &Ids,
    sealer: &dyn Sealer,
) -> Parked {
    Parked {
        id: ids.message(),
        service: service.clone(),
        reason: "unreadable".to_owned(),
        detail: match what.id {
            Some(id) => format!("{}; it calls itself {id}", what.reason),
            None => what.reason.clone(),
        },
        attempts: 1,
        parked_at: now,
        envelope: None,
        sealed_body: sealer.seal(None, &what.body),
    }
}
