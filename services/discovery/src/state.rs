//! What discovery keeps of a request.

use jiff::Timestamp;
use prost::Message as _;
use redress_contracts::{from_timestamp, state::DiscoveryState, v1::Discover};
use redress_runtime::Refused;
use redress_store::StateRow;

/// The layout of the rows.
pub(crate) const FORMAT: u32 = 1;

/// One request's discovery.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct State {
    /// As it is stored.
    pub stored: DiscoveryState,
    /// When it ended; none while systems are asked.
    pub ended_at: Option<Timestamp>,
}

impl State {
    pub(crate) fn read(row: &StateRow) -> Result<Self, Refused> {
        let stored = DiscoveryState::decode(row.body.as_slice());
        let stored = stored.map_err(|error| Refused::new("unreadable_state", error.to_string()))?;
        Ok(Self { ended_at: row.closed_at.filter(|_| stored.ended), stored })
    }

    pub(crate) fn write(&self, row: &mut StateRow) {
        row.status = if self.stored.ended { "ended" } else { "asking" }.to_owned();
        row.due_at = self.command().and_then(|command| from_timestamp(command.due_at.as_ref()?));
        row.closed_at = self.ended_at;
        row.body = self.stored.encode_to_vec();
    }

    pub(crate) fn end(&mut self, now: Timestamp) {
        self.stored.ended = true;
        self.ended_at = Some(now);
    }

    /// What is asked for; none when it was stopped before anything was.
    pub(crate) fn command(&self) -> Option<&Discover> {
        self.stored.command.as_ref()
    }
}
