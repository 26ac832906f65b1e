//! What audit keeps of a request.

use std::collections::BTreeMap;

use jiff::Timestamp;
use prost::Message as _;
use redress_contracts::{
    from_timestamp,
    state::{AuditState, Early},
};
use redress_runtime::Refused;
use redress_store::StateRow;

/// The layout of the rows.
pub(crate) const FORMAT: u32 = 1;

/// One request's events.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct State {
    /// As it is stored.
    pub stored: AuditState,
    /// Senders with events that waited for their turn when the row was read, and since when.
    pub(crate) waiting: BTreeMap<String, Timestamp>,
}

impl State {
    pub(crate) fn read(row: &StateRow) -> Result<Self, Refused> {
        let bad = |error: prost::DecodeError| Refused::new("unreadable_state", error.to_string());
        let stored = AuditState::decode(row.body.as_slice()).map_err(bad)?;
        let early = Early::decode(row.early.as_slice()).map_err(bad)?;
        let mut waiting = BTreeMap::new();
        for envelope in early.messages.into_iter().filter_map(|message| message.envelope) {
            if let Ok(since) = Timestamp::from_microsecond(envelope.time_us) {
                let first = waiting.entry(envelope.source).or_insert(since);
                *first = since.min(*first);
            }
        }
        Ok(Self { stored, waiting })
    }

    pub(crate) fn write(&self, row: &mut StateRow) {
        row.status = if self.is_complete() { "closed" } else { "open" }.to_owned();
        row.closed_at = self.stored.closed_at.as_ref().and_then(from_timestamp);
        row.body = self.stored.encode_to_vec();
    }

    /// The sequence of the sender's next event.
    pub(crate) fn next(&self, sender: &str) -> u64 {
        self.stored.next.get(sender).copied().unwrap_or(1)
    }

    /// Whether the request has closed, and everything is there.
    pub(crate) fn is_complete(&self) -> bool {
        self.stored.closed_at.is_some()
    }

    /// Whether the event that closes the request is there: it names the last one of each sender.
    pub(crate) fn has_closed(&self) -> bool {
        !self.stored.last.is_empty()
    }

    /// Senders of whose events some are missing, the request being closed.
    pub(crate) fn missing(&self) -> impl Iterator<Item = &str> {
        self.stored
            .last
            .iter()
            .filter(|(sender, last)| self.next(sender) <= **last)
            .map(|(sender, _)| sender.as_str())
    }
}
