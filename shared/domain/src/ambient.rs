//! What a program otherwise takes from its surroundings, as parameters: the time and randomness. A
//! simulation gives its own and repeats exactly.

use std::sync::Arc;

use jiff::Timestamp;
use uuid::Builder;

use crate::{MessageId, RequestId, TaskId};

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now, to the microsecond at best.
    fn now(&self) -> Timestamp;
}

/// Gives randomness; fit for keys where the implementation says so.
pub trait Random: Send + Sync {
    /// Fills the whole of `out`.
    fn fill(&self, out: &mut [u8]);
}

/// Makes ids: UUID version 7 (RFC 9562), so that they sort by the time they were made.
#[derive(Clone)]
pub struct Ids {
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
}

impl Ids {
    /// Ids from this clock and this randomness.
    pub fn new(clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> Self {
        Self { clock, random }
    }

    /// A new message's id.
    pub fn message(&self) -> MessageId {
        MessageId(self.uuid())
    }

    /// A new request's id.
    pub fn request(&self) -> RequestId {
        RequestId(self.uuid())
    }

    /// A new task's id.
    pub fn task(&self) -> TaskId {
        TaskId(self.uuid())
    }

    fn uuid(&self) -> uuid::Uuid {
        let mut bits = [0u8; 10];
        self.random.fill(&mut bits);
        let millis = u64::try_from(self.clock.now().as_millisecond()).unwrap_or(0);
        Builder::from_unix_timestamp_millis(millis, &bits).into_uuid()
    }
}
