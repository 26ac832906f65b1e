//! The requester: fan out, gather, close.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use prost::Message as _;
use redress_contracts::{Contract as _, Message, topology::Route, v1};
use redress_domain::{
    MessageId, ServiceName, Status,
    backoff::Backoff,
    campaign::{Campaign, Gathered, Leg, Report},
};
use redress_runtime::{Decision, Input, Moment, Next, Out, Refused, Service, Steps};
use redress_store::{NewEntry, Resend, StateRow};

use super::{SYSTEMS, TASKS, alpha, beta};

/// How long an outcome is waited for before its task is sent again.
const SWEEP: SignedDuration = SignedDuration::from_secs(20);

/// See [`super`].
pub struct Alpha(ServiceName);

impl Default for Alpha {
    fn default() -> Self {
        Self(alpha())
    }
}

/// What it keeps of a request.
#[derive(Clone, PartialEq, prost::Message)]
pub struct AlphaState {
    /// Legs sent out.
    #[prost(uint32, tag = "1")]
    pub legs: u32,
    /// Legs that ended.
    #[prost(uint32, tag = "2")]
    pub ended: u32,
    /// The tasks' messages, by the number of their leg.
    #[prost(string, repeated, tag = "3")]
    pub messages: Vec<String>,
}

impl AlphaState {
    fn is_closed(&self) -> bool {
        self.ended == self.legs
    }
}

/// What it takes.
pub enum AlphaMessage {
    /// Begin. True: end the process.
    Begin(bool),
    /// A task's outcome.
    Outcome(v1::TaskOutcome),
}

fn leg_name(task: &str) -> String {
    format!("leg-{task}")
}

impl Alpha {
    fn begin(&self, moment: &Moment<'_>) -> Decision<AlphaState> {
        let mut next = Next::to(AlphaState { legs: TASKS as u32, ended: 0, messages: Vec::new() });
        for i in 0..TASKS {
            let (task, message) = (moment.ids.task(), moment.ids.message());
            let names = if i < SYSTEMS.len() { &SYSTEMS[i..=i] } else { &SYSTEMS };
            let system = |name: &&str| v1::TaskSystem { system: (*name).to_owned(), ..Default::default() };
            let body = v1::Task {
                task: task.to_string(),
                request: moment.request.to_string(),
                connector: beta().to_string(),
                action: v1::Action::Purge as i32,
                systems: names.iter().map(system).collect(),
                ..v1::Task::default()
            };
            next.messages.push(Out::new(message, Route::to_connector(&beta()), &body));
            next.state.messages.push(message.to_string());
            next.steps.push((leg_name(&body.task), vec![0]));
        }
        next.timers.push(("sweep".to_owned(), moment.now + SWEEP, Vec::new()));
        next.into()
    }

    fn outcome(
        &self,
        state: &AlphaState,
        outcome: &v1::TaskOutcome,
        steps: &Steps,
        moment: &Moment<'_>,
    ) -> Decision<AlphaState> {
        let name = leg_name(&outcome.task);
        let Some(step) = steps.get(&name) else {
            return Decision::Refused(Refused::new("not_asked", "no such task was sent"));
        };
        let mut campaign = Campaign { legs: state.legs, ended: state.ended };
        let systems: BTreeMap<_, _> = outcome
            .systems
            .iter()
            .filter_map(|o| Some((o.system.parse().ok()?, Report::Final(Status::of_number(o.status).ok()?))))
            .collect();
        let mut leg = Leg::new(if step == &[0] { systems.keys().cloned().collect() } else { Vec::new() });
        let gathered = campaign.gather(&mut leg, &systems, &Backoff::REMOTE, moment.now, 0);
        let mut next = Next::to(AlphaState { ended: campaign.ended, ..state.clone() });
        next.steps.push((name, vec![1]));
        match gathered {
            Gathered::Stale | Gathered::Again { .. } => return Decision::Seen,
            Gathered::Waiting => {}
            Gathered::Complete => {
                next.timers_cleared.push("sweep".to_owned());
                next.ledger.push(NewEntry {
                    tenant: moment.tenant.clone(),
                    request: moment.request,
                    sender: self.0.clone(),
                    sequence: 1,
                    event: "request.closed".to_owned(),
                    at: moment.now,
                    body: Vec::new(),
                });
            }
        }
        next.into()
    }

    /// What was asked and is not answered is asked again.
    fn sweep(&self, state: &AlphaState, moment: &Moment<'_>) -> Decision<AlphaState> {
        if state.is_closed() {
            return Decision::Seen;
        }
        let mut next = Next::to(state.clone());
        let messages = state.messages.iter().filter_map(|id| id.parse::<MessageId>().ok());
        next.resend = messages.map(|id| Resend::Message(moment.request, id)).collect();
        next.timers.push(("sweep".to_owned(), moment.now + SWEEP, Vec::new()));
        next.into()
    }
}

impl Service for Alpha {
    type State = AlphaState;
    type Message = AlphaMessage;

    fn name(&self) -> &ServiceName {
        &self.0
    }

    fn format(&self) -> u32 {
        1
    }

    fn read_state(&self, row: &StateRow) -> Result<AlphaState, Refused> {
        AlphaState::decode(row.body.as_slice()).map_err(|e| Refused::new("unreadable_state", e.to_string()))
    }

    fn write_state(&self, state: &AlphaState, row: &mut StateRow) {
        row.status = if state.is_closed() { "closed" } else { "gathering" }.to_owned();
        row.body = state.encode_to_vec();
    }

    fn read(&self, message: &Message) -> Result<AlphaMessage, Refused> {
        if message.is::<v1::Discover>() {
            let begin: v1::Discover = message.read()?;
            return Ok(AlphaMessage::Begin(begin.systems == ["abort"]));
        }
        Ok(AlphaMessage::Outcome(message.read()?))
    }

    fn steps(&self, input: &Input<AlphaMessage>) -> Vec<String> {
        match input {
            Input::Message(_, AlphaMessage::Outcome(outcome)) => vec![leg_name(&outcome.task)],
            _ => Vec::new(),
        }
    }

    fn decide(
        &self,
        state: Option<&AlphaState>,
        input: &Input<AlphaMessage>,
        steps: &Steps,
        moment: &Moment<'_>,
    ) -> Decision<AlphaState> {
        match (state, input) {
            (_, Input::Message(_, AlphaMessage::Begin(true))) => std::process::abort(),
            (None, Input::Message(_, AlphaMessage::Begin(false))) => self.begin(moment),
            // It is sent once: only an inbox that forgets lets it come here again.
            (Some(_), Input::Message(_, AlphaMessage::Begin(_))) => {
                Decision::Refused(Refused::new("begun", "the request is begun already"))
            }
            (Some(state), Input::Message(_, AlphaMessage::Outcome(outcome))) => {
                self.outcome(state, outcome, steps, moment)
            }
            (None, Input::Message(..)) => Decision::Early,
            (Some(state), Input::Timer { .. }) => self.sweep(state, moment),
            (None, Input::Timer { .. }) => Decision::Seen,
        }
    }
}
