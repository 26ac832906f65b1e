//! What the rules of a campaign ([`redress_domain::campaign`]) become in rows, messages and timers: a task
//! for each connector, its answers gathered, what failed asked again, what is not answered sent again.
//!
//! | row or timer | what it is |
//! |---|---|
//! | step `legs` | the open tasks, each `out` or for `later`: an answer to any other is stale |
//! | step `leg-<task>` | a `redress.state.v1.Leg`: the task, and how often its systems were tried |
//! | timer `leg-<task>` | the task goes out when it is due |
//! | timer `sweep` | tasks that are out and not answered are sent again |
//! | step `commanded` | the version of the sender's state behind the last command: an older one comes late |
//!
//! What it promises: a campaign completes once, with one ended outcome for each of its systems, whatever is
//! lost, doubled or answered late; what is asked again carries a new task id.
//!
//! A connector answers a task that it knows with the outcome it has, so asking again is another task. Each
//! task goes out in one message, and that message has the task's id: who knows the open tasks can send them
//! again, and nothing else needs to be kept for it.

mod answer;
mod legs;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use prost::Message as _;
use redress_contracts::{
    Envelope, state,
    v1::{SystemOutcome, Task, TaskOutcome, TaskSystem},
};
use redress_domain::{ConnectorName, MessageId, TaskId, backoff::Backoff, campaign::Campaign};
use redress_store::Resend;

use crate::{Moment, Next, Out, Refused, Steps};
use answer::Answer;
use legs::{LATER, LEGS, Legs, OUT, OpenLeg, leg_name, leg_of_name};

const SWEEP: &str = "sweep";
const COMMANDED: &str = "commanded";

/// How patiently an answer is waited for before its task is sent again.
const PATIENCE: Backoff = Backoff {
    first: SignedDuration::from_secs(30),
    longest: SignedDuration::from_mins(30),
    tries_max: u32::MAX,
};

/// What a move of a campaign adds to a transition: see [`Next::with`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moves {
    messages: Vec<Out>,
    resend: Vec<Resend>,
    timers: Vec<(String, Timestamp, Vec<u8>)>,
    timers_cleared: Vec<String>,
    steps: Vec<(String, Vec<u8>)>,
}

impl<S> Next<S> {
    /// The transition with these moves besides. Of two moves, the later one is added later.
    #[must_use]
    pub fn with(mut self, moves: Moves) -> Self {
        self.messages.extend(moves.messages);
        self.resend.extend(moves.resend);
        self.timers.extend(moves.timers);
        self.timers_cleared.extend(moves.timers_cleared);
        self.steps.extend(moves.steps);
        self
    }
}

/// An answer that was counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    /// The campaign from now on.
    pub campaign: state::Campaign,
    /// Outcomes of the systems that this answer has ended. Each system of a campaign ends once.
    pub ended: Vec<SystemOutcome>,
    /// Whether every system has an end.
    pub complete: bool,
    /// What to add to the transition.
    pub moves: Moves,
}

/// The steps that a command's decision needs, for [`in_turn`] and [`stop`].
pub fn steps_of_command() -> Vec<String> {
    vec![COMMANDED.to_owned(), LEGS.to_owned()]
}

/// The steps that an answer's decision needs, for [`take`].
pub fn steps_of_answer(outcome: &TaskOutcome) -> Vec<String> {
    let task = outcome.task.parse().map(leg_name);
    task.into_iter().chain([LEGS.to_owned()]).collect()
}

/// The steps that a timer's decision needs, for [`timer`].
pub fn steps_of_timer(name: &str) -> Vec<String> {
    let leg = Some(name).filter(|name| leg_of_name(name).is_some()).map(str::to_owned);
    leg.into_iter().chain([LEGS.to_owned()]).collect()
}

/// Whether a command comes in its turn: none when the sender has given a later one already, as it may when
/// messages overtake each other; then it is stale. The moves note it.
pub fn in_turn(envelope: &Envelope, steps: &Steps) -> Option<Moves> {
    let last = steps.get(COMMANDED).and_then(|last| u64::decode(last.as_slice()).ok());
    if last.is_some_and(|last| envelope.state_version < last) {
        return None;
    }
    let steps = vec![(COMMANDED.to_owned(), envelope.state_version.encode_to_vec())];
    Some(Moves { steps, ..Moves::default() })
}

/// Begins a campaign: one task for each connector with all its systems. `common` is what all tasks say;
/// id, request, connector and systems are put in here. Nothing asked: complete from the start.
pub fn begin(
    common: &Task,
    asked: BTreeMap<ConnectorName, Vec<TaskSystem>>,
    moment: &Moment<'_>,
) -> (state::Campaign, Moves) {
    let (mut moves, mut legs) = (Moves::default(), Legs::default());
    for (connector, systems) in asked.into_iter().filter(|(_, systems)| !systems.is_empty()) {
        let leg = legs.add(connector, Task { systems, ..common.clone() }, 0, OUT, moment);
        moves.messages.push(leg.message());
        moves.steps.push(leg.row());
    }
    if !moves.messages.is_empty() {
        moves.timers.push(sweep_after(0, moment));
    }
    moves.steps.push(legs.row());
    let legs = u32::try_from(legs.0.len()).unwrap_or(u32::MAX);
    (state::Campaign { legs, ended: 0 }, moves)
}

/// Takes an answer. None: it is stale, and changes nothing.
///
/// A system ends with the outcome that says so. One that failed for now is asked again, one that is pending
/// is polled, each with patience; one that has failed too often ends as failed.
///
/// # Errors
/// When no such task was sent, or its row cannot be read.
pub fn take(
    campaign: &state::Campaign,
    outcome: &TaskOutcome,
    steps: &Steps,
    moment: &Moment<'_>,
) -> Result<Option<Taken>, Refused> {
    let not_asked = || Refused::new("not_asked", "no such task was sent");
    let id: TaskId = outcome.task.parse().map_err(|_| not_asked())?;
    let leg = OpenLeg::read(id, steps)?.ok_or_else(not_asked)?;
    if leg.connector.as_str() != outcome.connector {
        return Err(not_asked());
    }
    let mut legs = Legs::read(steps);
    if !legs.remove(id) {
        return Ok(None);
    }
    let mut campaign = Campaign { legs: campaign.legs, ended: campaign.ended };
    let (mut moves, mut ended) = (Moves::default(), Vec::new());
    let answer = Answer::new(&leg.task, outcome, moment.now);
    let parts = answer.parts();
    campaign.legs += u32::try_from(parts.len()).unwrap_or(u32::MAX).saturating_sub(1);
    for systems in parts {
        let part = answer.gather(systems, leg.tries, &mut campaign, moment);
        ended.extend(part.ended);
        if let Some(again) = part.again {
            let leg = legs.add(leg.connector.clone(), again.task(&leg.task), again.tries, LATER, moment);
            moves.timers.push((leg_name(leg.id), again.at, Vec::new()));
            moves.steps.push(leg.row());
        }
    }
    moves.steps.push(legs.row());
    if legs.out().next().is_none() {
        moves.timers_cleared.push(SWEEP.to_owned());
    }
    let complete = campaign.is_complete();
    let campaign = state::Campaign { legs: campaign.legs, ended: campaign.ended };
    Ok(Some(Taken { campaign, ended, complete, moves }))
}

/// Takes a timer of a campaign. None: it is stale, or none of ours.
///
/// # Errors
/// When the task's row cannot be read.
pub fn timer(name: &str, body: &[u8], steps: &Steps, moment: &Moment<'_>) -> Result<Option<Moves>, Refused> {
    let mut legs = Legs::read(steps);
    if name == SWEEP {
        return Ok(sweep(&legs, u32::decode(body).unwrap_or(0), moment));
    }
    let Some(id) = leg_of_name(name).filter(|id| legs.goes_out(*id)) else { return Ok(None) };
    let gone = || Refused::new("unreadable_state", "the row of an open task is gone");
    let leg = OpenLeg::read(id, steps)?.ok_or_else(gone)?;
    let (messages, timers, steps) = (vec![leg.message()], vec![sweep_after(0, moment)], vec![legs.row()]);
    Ok(Some(Moves { messages, timers, steps, ..Moves::default() }))
}

/// Forgets the campaign: nothing more goes out, and what is still answered is stale.
pub fn stop(steps: &Steps) -> Moves {
    let timers = Legs::read(steps).0.into_iter().map(|(id, _)| leg_name(id));
    Moves {
        timers_cleared: timers.chain([SWEEP.to_owned()]).collect(),
        steps: vec![Legs::default().row()],
        ..Moves::default()
    }
}

/// Each sweep in vain makes the next one wait longer.
fn sweep_after(sweeps: u32, moment: &Moment<'_>) -> (String, Timestamp, Vec<u8>) {
    let wait = PATIENCE.wait(sweeps.saturating_add(1), u32::MAX, None).unwrap_or(PATIENCE.longest);
    (SWEEP.to_owned(), moment.now + wait, sweeps.encode_to_vec())
}

/// Sends again what is out. None: nothing is.
fn sweep(legs: &Legs, sweeps: u32, moment: &Moment<'_>) -> Option<Moves> {
    let resend: Vec<Resend> = legs.out().map(|id| Resend::Message(moment.request, MessageId(id.0))).collect();
    let timers = vec![sweep_after(sweeps.saturating_add(1), moment)];
    Some(Moves { resend, timers, ..Moves::default() }).filter(|moves| !moves.resend.is_empty())
}
