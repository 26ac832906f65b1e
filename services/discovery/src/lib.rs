//! Finds the subject in the tenant's systems and proposes a plan.
//!
//! - Owns: for each request, the identifiers that are known and the last answer of each system.
//! - Consumes: `Discover` and `Stop` from intake, `TaskOutcome` from the connectors.
//! - Emits: `Task` (locate) to the connectors, `Discovered` and `Stopped` to whoever asked, the event
//!   `discovery.completed`.
//! - Promises: every `Discover` is answered, also when a system is not, or nothing can be asked; each system
//!   of the tenant is in the inventory, with the reason where it was not asked; at most [`ROUNDS_MAX`]
//!   rounds, and only identifiers that name one person lead to another round. It opens no identifier.

mod decide;
mod identity;
mod inventory;
mod state;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use redress_contracts::{
    Message,
    v1::{Discover, Stop, TaskOutcome},
};
use redress_datamap::Systems;
use redress_domain::ServiceName;
use redress_runtime::{Decision, Input, Moment, Refused, Service, Steps, gathering};
use redress_store::StateRow;

pub use decide::ROUNDS_MAX;
pub use identity::IDENTIFIERS_MAX;
pub use state::State;

/// The service.
pub struct Discovery {
    name: ServiceName,
    systems: Arc<Systems>,
}

/// What it takes.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    /// Find the subject.
    Discover(Discover),
    /// Do not go on.
    Stop(Stop),
    /// A connector's answer.
    Outcome(TaskOutcome),
}

impl Said {
    fn request(&self) -> &str {
        match self {
            Self::Discover(command) => &command.request,
            Self::Stop(stop) => &stop.request,
            Self::Outcome(outcome) => &outcome.request,
        }
    }
}

impl Discovery {
    /// Over these systems.
    ///
    /// # Panics
    /// Never: `discovery` is a service's name.
    pub fn new(systems: Arc<Systems>) -> Self {
        Self { name: "discovery".parse().expect("a service's name"), systems }
    }
}

impl Service for Discovery {
    type State = State;
    type Message = Said;

    fn name(&self) -> &ServiceName {
        &self.name
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

    fn read(&self, message: &Message) -> Result<Said, Refused> {
        let said = if message.is::<Discover>() {
            Said::Discover(message.read()?)
        } else if message.is::<Stop>() {
            Said::Stop(message.read()?)
        } else {
            Said::Outcome(message.read()?)
        };
        if said.request() == message.envelope.request.to_string() {
            Ok(said)
        } else {
            Err(Refused::new("unreadable", "envelope and body name different requests"))
        }
    }

    fn steps(&self, input: &Input<Said>) -> Vec<String> {
        match input {
            Input::Message(_, Said::Discover(_) | Said::Stop(_)) => gathering::steps_of_command(),
            Input::Message(_, Said::Outcome(outcome)) => gathering::steps_of_answer(outcome),
            Input::Timer { name, .. } => gathering::steps_of_timer(name),
        }
    }

    fn decide(
        &self,
        state: Option<&State>,
        input: &Input<Said>,
        steps: &Steps,
        moment: &Moment<'_>,
    ) -> Decision<State> {
        decide::decide(&self.systems, state, input, steps, moment)
    }
}
