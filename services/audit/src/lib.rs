//! The ledger: every event of every request, once and in its sender's order, for ever.
//!
//! - Owns: the ledger's entries, and for each request which event of which sender comes next.
//! - Consumes: every event that is published.
//! - Emits: nothing yet; receipts come with the proof of what was done.
//! - Promises: each event stands in the ledger once, after those that its sender published before it; a
//!   request is closed here when all the events that `request.closed` names are there, and a gap does not
//!   stay unseen. [`ledger`] finds any entry that was changed afterwards. What is parked, of any service, is
//!   shown to its tenant by the doors of [`http`], and worked again without being lost on the way.
//!
//! An event that comes before its turn waits with the request. More of them than the loop keeps
//! ([`LIMIT_EARLY`](redress_runtime::LIMIT_EARLY)) are parked, to be replayed when the gap is filled: only an
//! event that is truly lost holds back so many.

mod decide;
pub mod http;
pub mod ledger;
mod state;
#[cfg(test)]
mod tests;

use redress_contracts::{Message, v1::Event};
use redress_domain::ServiceName;
use redress_runtime::{Decision, Input, Moment, Refused, Service, Steps};
use redress_store::StateRow;

pub use state::State;

/// The service.
pub struct Audit(ServiceName);

/// An event, and its bytes as they were published: what the ledger keeps.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    /// What it says.
    pub event: Event,
    /// How it was said.
    pub body: Vec<u8>,
}

impl Default for Audit {
    fn default() -> Self {
        Self("audit".parse().expect("a service's name"))
    }
}

impl Service for Audit {
    type State = State;
    type Message = Published;

    fn name(&self) -> &ServiceName {
        &self.0
    }

    fn format(&self) -> u32 {
        state::FORMAT
    }

    fn read_state(&self, row: &StateRow) -> Result<State, Refused> {
        State::read(row)
    }

    fn write_state(&self, state: &State, row: &mut StateRow) {
        state.write(row);
    }

    fn read(&self, message: &Message) -> Result<Published, Refused> {
        let event: Event = message.read()?;
        if event.request != message.envelope.request.to_string() {
            return Err(Refused::new("unreadable", "envelope and event name different requests"));
        }
        Ok(Published { event, body: message.body.clone() })
    }

    fn steps(&self, _: &Input<Published>) -> Vec<String> {
        Vec::new()
    }

    fn decide(
        &self,
        state: Option<&State>,
        input: &Input<Published>,
        _: &Steps,
        moment: &Moment<'_>,
    ) -> Decision<State> {
        match input {
            Input::Message(envelope, published) => decide::event(state, envelope, published, moment),
            Input::Timer { .. } => decide::look(state, moment),
        }
    }
}
