//! What intake makes of each message: pure. Where a request goes is [`Life::advance`]'s to say, and what is
//! asked of whom is [`Life::work`]'s; here is what comes of it: commands, events, timers, the timeline.
//!
//! [`Life::advance`]: redress_domain::life::Life::advance
//! [`Life::work`]: redress_domain::life::Life::work

mod admit;
mod answers;
mod commands;
mod deeds;
mod timers;
mod turn;

#[cfg(test)]
mod tests;

use redress_contracts::{
    Envelope, Message,
    v1::{Admission, Collected, Deed, Discovered, Executed, Released, Stopped},
};
use redress_domain::{MessageId, ServiceName};
use redress_runtime::{Decision, Input, Moment, Refused, Service, Steps};
use redress_store::StateRow;

use crate::{
    settings::Tenants,
    state::{FORMAT, Request},
};
pub(crate) use commands::word;
use turn::Turn;

/// What intake takes.
#[derive(Debug, Clone, PartialEq)]
pub enum IntakeMessage {
    /// From its own front door: a request that is taken in.
    Admission(Box<Admission>),
    /// From its own front door: what a person decides.
    Deed(Deed),
    /// From a service: an answer.
    Answer(Box<Answer>),
}

/// The answer of a service.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Of discovery.
    Discovered(Discovered),
    /// Of export: the draft is there.
    Collected(Collected),
    /// Of export: the package is delivered.
    Released(Released),
    /// Of deletion: a phase was carried out.
    Executed(Executed),
    /// Of whichever was asked to stop.
    Stopped(Stopped),
}

/// The service that owns the request. By default it knows no tenant, and so no standing approval.
#[derive(Debug, Clone)]
pub struct Intake {
    name: ServiceName,
    tenants: Tenants,
}

impl Default for Intake {
    fn default() -> Self {
        Self::new(Tenants::default())
    }
}

impl Intake {
    /// With what these tenants have approved beforehand.
    pub fn new(tenants: Tenants) -> Self {
        Self { name: "intake".parse().expect("a name"), tenants }
    }

    fn read_answer(message: &Message) -> Result<Answer, Refused> {
        Ok(if message.is::<Discovered>() {
            Answer::Discovered(message.read()?)
        } else if message.is::<Collected>() {
            Answer::Collected(message.read()?)
        } else if message.is::<Released>() {
            Answer::Released(message.read()?)
        } else if message.is::<Executed>() {
            Answer::Executed(message.read()?)
        } else {
            Answer::Stopped(message.read()?)
        })
    }

    /// What only a front door may say is taken from no queue but our own doors'.
    fn is_own(&self, envelope: &Envelope) -> Result<(), Refused> {
        if envelope.source == self.name {
            return Ok(());
        }
        Err(Refused::new("not_from_here", "only intake's own front doors hand this in"))
    }
}

impl Service for Intake {
    type State = Request;
    type Message = IntakeMessage;

    fn name(&self) -> &ServiceName {
        &self.name
    }

    fn format(&self) -> u32 {
        FORMAT
    }

    fn read_state(&self, row: &StateRow) -> Result<Request, Refused> {
        Request::read(row)
    }

    fn write_state(&self, state: &Request, row: &mut StateRow) {
        state.write(row);
    }

    fn read(&self, message: &Message) -> Result<IntakeMessage, Refused> {
        if message.is::<Admission>() {
            self.is_own(&message.envelope)?;
            return Ok(IntakeMessage::Admission(Box::new(message.read()?)));
        }
        if message.is::<Deed>() {
            self.is_own(&message.envelope)?;
            return Ok(IntakeMessage::Deed(message.read()?));
        }
        let answer = Self::read_answer(message)?;
        if answer.request() != message.envelope.request.to_string() {
            return Err(Refused::new("unreadable", "envelope and answer name different requests"));
        }
        Ok(IntakeMessage::Answer(Box::new(answer)))
    }

    fn steps(&self, _: &Input<IntakeMessage>) -> Vec<String> {
        Vec::new()
    }

    fn decide(
        &self,
        state: Option<&Request>,
        input: &Input<IntakeMessage>,
        _: &Steps,
        moment: &Moment<'_>,
    ) -> Decision<Request> {
        let Some(request) = state else {
            return match input {
                Input::Message(_, IntakeMessage::Admission(admission)) => {
                    admit::admit(&self.name, admission, moment)
                }
                Input::Message(..) => {
                    Decision::Refused(Refused::new("unknown_request", "no such request was taken in"))
                }
                Input::Timer { .. } => Decision::Seen,
            };
        };
        match input {
            Input::Message(_, IntakeMessage::Admission(_)) => {
                Decision::Refused(Refused::new("request_exists", "a request of this id was taken in before"))
            }
            Input::Message(_, IntakeMessage::Deed(deed)) => {
                let turn = Turn::of(&self.name, request, moment, deed.actor.clone());
                deeds::decide(turn, deed)
            }
            Input::Message(envelope, IntakeMessage::Answer(answer)) => {
                let turn = Turn::of(&self.name, request, moment, None);
                let tenant = self.tenants.get(moment.tenant);
                let approvals = tenant.map_or(&[][..], |tenant| &tenant.standing_approvals);
                answers::decide(turn, answer, &envelope.source, approvals)
            }
            Input::Timer { name, body } => {
                timers::decide(Turn::of(&self.name, request, moment, None), name, body)
            }
        }
    }
}

impl Answer {
    fn request(&self) -> &str {
        match self {
            Self::Discovered(answer) => &answer.request,
            Self::Collected(answer) => &answer.request,
            Self::Released(answer) => &answer.request,
            Self::Executed(answer) => &answer.request,
            Self::Stopped(answer) => &answer.request,
        }
    }

    /// The command that it answers.
    fn answers(&self) -> Option<MessageId> {
        let id = match self {
            Self::Discovered(answer) => &answer.answers,
            Self::Collected(answer) => &answer.answers,
            Self::Released(answer) => &answer.answers,
            Self::Executed(answer) => &answer.answers,
            Self::Stopped(answer) => &answer.answers,
        };
        id.parse().ok()
    }

    fn last_sequence(&self) -> u64 {
        match self {
            Self::Discovered(answer) => answer.last_sequence,
            Self::Collected(answer) => answer.last_sequence,
            Self::Released(answer) => answer.last_sequence,
            Self::Executed(answer) => answer.last_sequence,
            Self::Stopped(answer) => answer.last_sequence,
        }
    }

    /// Why the service could not do it; empty where it could.
    fn failure(&self) -> &str {
        match self {
            Self::Discovered(answer) => &answer.failure,
            Self::Collected(answer) => &answer.failure,
            Self::Released(answer) => &answer.failure,
            Self::Executed(answer) => &answer.failure,
            Self::Stopped(_) => "",
        }
    }
}
