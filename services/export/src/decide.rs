//! From a request's state and what is said to what follows. Pure.

mod answers;
mod collect;
mod expire;
mod release;
#[cfg(test)]
mod tests;

use redress_contracts::{
    Envelope,
    v1::{self, Action, TaskOutcome},
};
use redress_runtime::{Decision, Input, Moment, Next, Steps, gathering};

use crate::{NAME, Said, State, state::Phase};
use answers::answer;

/// See [`redress_runtime::Service::decide`].
pub(crate) fn decide(
    state: Option<&State>,
    input: &Input<Said>,
    steps: &Steps,
    moment: &Moment<'_>,
) -> Decision<State> {
    match input {
        Input::Message(_, Said::Outcome(outcome)) => outcome_of(state, outcome, steps, moment),
        Input::Message(envelope, said) => command(state, envelope, said, steps, moment),
        Input::Timer { name, body } => timer(state, name, body, steps, moment),
    }
}

fn command(
    state: Option<&State>,
    envelope: &Envelope,
    said: &Said,
    steps: &Steps,
    moment: &Moment<'_>,
) -> Decision<State> {
    let Some(turn) = gathering::in_turn(envelope, steps) else { return Decision::Seen };
    let state = state.cloned().unwrap_or_default();
    let decided = match said {
        Said::Collect(_) | Said::Release(_) if state.phase() == Phase::Expiring => return Decision::Early,
        Said::Collect(collect) => collect::begin(&state, envelope, collect, steps, moment),
        Said::Release(_) if state.phase() == Phase::Collecting => return Decision::Early,
        Said::Release(release) => release::begin(state, envelope, release, moment),
        Said::Stop(_) => stop(state, envelope, steps, moment),
        Said::Outcome(_) => return Decision::Seen,
    };
    decided.with(turn).into()
}

fn outcome_of(
    state: Option<&State>,
    outcome: &TaskOutcome,
    steps: &Steps,
    moment: &Moment<'_>,
) -> Decision<State> {
    match state {
        Some(state) if outcome.connector == NAME && outcome.action() == Action::Purge => {
            expire::end(state, outcome, moment)
        }
        Some(state) if outcome.connector == NAME => release::end(state, outcome, moment),
        Some(state) => collect::gather(state, outcome, steps, moment),
        None => Decision::Seen,
    }
}

fn timer(
    state: Option<&State>,
    name: &str,
    body: &[u8],
    steps: &Steps,
    moment: &Moment<'_>,
) -> Decision<State> {
    let Some(state) = state else { return Decision::Seen };
    if name == expire::TIMER {
        return expire::begin(state, moment);
    }
    match gathering::timer(name, body, steps, moment) {
        Ok(Some(moves)) => Next::to(state.clone()).with(moves).into(),
        Ok(None) => Decision::Seen,
        Err(why) => Decision::Refused(why),
    }
}

/// Nothing that it does has an effect outside, so it can stop at any time until the package is there.
fn stop(mut state: State, envelope: &Envelope, steps: &Steps, moment: &Moment<'_>) -> Next<State> {
    let too_late = state.kept.package.is_some();
    if !too_late {
        state.kept.command = None;
        state.kept.release = None;
        state.closed_at = Some(moment.now);
    }
    let body = v1::Stopped {
        request: moment.request.to_string(),
        answers: envelope.id.to_string(),
        too_late,
        outcomes: state.kept.systems.clone(),
        last_sequence: state.kept.events,
    };
    let messages = vec![answer(&envelope.source, envelope.id, &body, moment)];
    Next { messages, ..Next::to(state) }.with(gathering::stop(steps))
}
