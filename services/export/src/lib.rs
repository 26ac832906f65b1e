//! Collects the records of an access or an export, and makes the package of them.
//!
//! It owns what is collected for a request (`work/`, which the connectors write) and the packages.
//!
//! | it takes | and answers | events |
//! |---|---|---|
//! | `Collect` of intake | `Collected`, when every system of the plan has an end | `collection.completed` |
//! | `Release` of intake | `Released`, when the package is there for its reader | `package.released`, `package.delivered` |
//! | `Stop` of intake | `Stopped`, at once | |
//! | `TaskOutcome`s of the connectors, and of its own packager | | `package.expired`, 30 days after the delivery |
//!
//! Tasks of the action `collect` go to the connectors of the plan's systems. The package is made by the
//! [`Packager`], which works jobs as a connector does, and is read back through [`Packages`]: over HTTP by the
//! doors of [`http`].
//!
//! What it promises: what could not be collected is named with its reason, in the answer and in the package;
//! a package holds exactly what the connectors counted, or is not made; nobody sees one before it is whole, or
//! when its time is over: then it is deleted, and with it what was collected for it; memory does not grow with the
//! records.
//!
//! Not there yet: a reviewer's decisions on the draft, and delivery to a container or another controller (a
//! release that asks for either fails and says so).

mod decide;
pub mod http;
mod link;
mod package;
mod packager;
mod packages;
mod state;
#[cfg(test)]
mod testing;

use redress_contracts::{
    Message,
    v1::{Collect, Release, Stop, TaskOutcome},
};
use redress_domain::{RequestId, ServiceName};
use redress_runtime::{Decision, Input, Moment, Refused, Service, Steps, gathering};
use redress_store::StateRow;

pub use package::manifest::{Manifest, Missing, Nothing, Origin, PackagedFile};
pub use packager::Packager;
pub use packages::Packages;
pub use state::State;

/// The service's name, and its packager's.
pub(crate) const NAME: &str = "export";

pub(crate) fn name() -> ServiceName {
    NAME.parse().expect("it is a name")
}

/// The service.
pub struct Export(ServiceName);

impl Default for Export {
    fn default() -> Self {
        Self(name())
    }
}

/// What it takes.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    /// Collect what the plan names.
    Collect(Box<Collect>),
    /// Make the package of what was collected.
    Release(Release),
    /// Go no further.
    Stop(Stop),
    /// A task's outcome.
    Outcome(TaskOutcome),
}

impl Said {
    fn request(&self) -> &str {
        match self {
            Self::Collect(said) => &said.request,
            Self::Release(said) => &said.request,
            Self::Stop(said) => &said.request,
            Self::Outcome(said) => &said.request,
        }
    }
}

impl Service for Export {
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
        let said = if message.is::<Collect>() {
            Said::Collect(Box::new(message.read()?))
        } else if message.is::<Release>() {
            Said::Release(message.read()?)
        } else if message.is::<Stop>() {
            Said::Stop(message.read()?)
        } else {
            Said::Outcome(message.read()?)
        };
        if said.request().parse::<RequestId>() != Ok(message.envelope.request) {
            return Err(Refused::new("unreadable", "envelope and message name different requests"));
        }
        Ok(said)
    }

    fn steps(&self, input: &Input<Said>) -> Vec<String> {
        match input {
            Input::Message(_, Said::Outcome(outcome)) => gathering::steps_of_answer(outcome),
            Input::Message(..) => gathering::steps_of_command(),
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
