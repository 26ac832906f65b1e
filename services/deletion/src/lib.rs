//! Carries out a plan of deletion, exactly that one, and has it verified.
//!
//! - Owns: for each request, the plan that is carried out and what became of each of its systems.
//! - Consumes: `Execute` and `Stop` from intake, `TaskOutcome` from the connectors.
//! - Emits: `Task` (purge) to the connectors, `Executed` and `Stopped` to whoever asked, the events
//!   `deletion.purged` and `remains.found`.
//! - Promises: every `Execute` is answered, with an outcome for each system of the plan or with the reason why
//!   nothing was begun; no plan is begun twice, and no second one while the first is under way.
//!
//! Only the phase purge is carried out here yet: a plan without a hold purges at once. The directory account
//! last, and systems in the order of what depends on what, come with the systems that need it.

mod decide;
mod outcome;
mod plan;
mod state;
#[cfg(test)]
mod tests;

use redress_contracts::{
    Message,
    v1::{Execute, Stop, TaskOutcome},
};
use redress_domain::ServiceName;
use redress_runtime::{Decision, Input, Moment, Refused, Service, Steps, gathering};
use redress_store::StateRow;

pub use state::State;

/// The service.
pub struct Deletion(ServiceName);

/// What it takes.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    /// Carry out a phase of a plan.
    Execute(Box<Execute>),
    /// Do not go on.
    Stop(Stop),
    /// A connector's answer.
    Outcome(TaskOutcome),
}

impl Said {
    fn request(&self) -> &str {
        match self {
            Self::Execute(command) => &command.request,
            Self::Stop(stop) => &stop.request,
            Self::Outcome(outcome) => &outcome.request,
        }
    }
}

impl Default for Deletion {
    fn default() -> Self {
        Self("deletion".parse().expect("a service's name"))
    }
}

impl Service for Deletion {
    type State = State;
    type Message = Said;

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

    fn read(&self, message: &Message) -> Result<Said, Refused> {
        let said = if message.is::<Execute>() {
            Said::Execute(Box::new(message.read()?))
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
            Input::Message(_, Said::Execute(_) | Said::Stop(_)) => gathering::steps_of_command(),
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
        decide::decide(state, input, steps, moment)
    }
}
