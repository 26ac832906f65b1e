//! What deletion keeps of a request.

use jiff::Timestamp;
use prost::Message as _;
use redress_contracts::{
    from_timestamp,
    state::DeletionState,
    v1::{Execute, Status},
};
use redress_runtime::Refused;
use redress_store::StateRow;

/// The layout of the rows.
pub(crate) const FORMAT: u32 = 1;

/// One request's deletion.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct State {
    /// As it is stored.
    pub stored: DeletionState,
    /// When it ended; none while systems are at work.
    pub ended_at: Option<Timestamp>,
}

impl State {
    pub(crate) fn read(row: &StateRow) -> Result<Self, Refused> {
        let stored = DeletionState::decode(row.body.as_slice());
        let stored = stored.map_err(|error| Refused::new("unreadable_state", error.to_string()))?;
        Ok(Self { ended_at: row.closed_at.filter(|_| stored.ended), stored })
    }

    pub(crate) fn write(&self, row: &mut StateRow) {
        row.status = if self.stored.ended { "ended" } else { "purging" }.to_owned();
        let due_at = self.stored.command.as_ref().and_then(|command| command.due_at.as_ref());
        row.due_at = due_at.and_then(from_timestamp);
        row.closed_at = self.ended_at;
        row.body = self.stored.encode_to_vec();
    }

    pub(crate) fn end(&mut self, now: Timestamp) {
        self.stored.ended = true;
        self.ended_at = Some(now);
    }

    /// Whether tasks are out and not all have an end.
    pub(crate) fn is_under_way(&self) -> bool {
        self.stored.campaign.is_some() && !self.stored.ended
    }

    /// Whether anything may have been deleted.
    pub(crate) fn may_have_effects(&self) -> bool {
        let asked = self.stored.campaign.is_some_and(|campaign| campaign.legs > 0);
        asked || self.stored.systems.iter().any(|outcome| outcome.status() == Status::Done)
    }

    /// Whether this is what was commanded last.
    pub(crate) fn is_of(&self, command: &Execute) -> bool {
        let last = self.stored.command.as_ref();
        last.is_some_and(|last| (&last.plan_digest, last.phase) == (&command.plan_digest, command.phase))
    }
}
