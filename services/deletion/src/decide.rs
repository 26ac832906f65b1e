//! What deletion does next. Pure, and total: every input in every state has an answer.

use redress_contracts::{
    Envelope, event_name, to_timestamp,
    topology::Route,
    v1::{
        Action, DeletionPurged, Event, Execute, Executed, RemainsFound, Stopped, SystemOutcome, Task,
        TaskOutcome, event::What,
    },
};
use redress_runtime::{Decision, Input, Moment, Next, Out, Refused, Steps, gathering};

use crate::{
    Said,
    outcome::{for_ever, is_done, remains},
    plan::Work,
    state::State,
};

/// Decides.
pub(crate) fn decide(
    state: Option<&State>,
    input: &Input<Said>,
    steps: &Steps,
    moment: &Moment<'_>,
) -> Decision<State> {
    let decision = Decide { steps, moment };
    match input {
        Input::Message(envelope, Said::Execute(command)) => decision.execute(state, envelope, command),
        Input::Message(envelope, Said::Stop(_)) => decision.stop(state, envelope),
        Input::Message(_, Said::Outcome(outcome)) => decision.outcome(state, outcome),
        Input::Timer { name, body } => decision.timer(state, name, body),
    }
}

/// What every decision may use.
struct Decide<'a> {
    steps: &'a Steps,
    moment: &'a Moment<'a>,
}

impl Decide<'_> {
    fn execute(&self, state: Option<&State>, envelope: &Envelope, command: &Execute) -> Decision<State> {
        let Some(noted) = gathering::in_turn(envelope, self.steps) else { return Decision::Seen };
        let state = state.cloned().unwrap_or_default();
        let work = match Work::read(command, self.moment.request) {
            Ok(_) if state.is_under_way() && !state.is_of(command) => {
                Err("another plan of this request is being carried out".to_owned())
            }
            work => work,
        };
        let next = match work {
            Err(failure) => self.fail(state, envelope, command, failure),
            // Its tasks are out: the same command again only changes whom to answer.
            Ok(_) if state.is_under_way() => Next::to(asked_by(state, envelope)),
            Ok(work) => self.begin(asked_by(state, envelope), command, work),
        };
        next.with(noted).into()
    }

    /// What was done for this very plan is not asked for again.
    fn begin(&self, mut state: State, command: &Execute, mut work: Work) -> Next<State> {
        let earlier = std::mem::take(&mut state.stored.systems);
        if state.is_of(command) {
            work.without(earlier.into_iter().filter(is_done).collect());
        }
        let common = Task {
            action: Action::Purge as i32,
            kind: command.kind,
            identifiers: command.identifiers.clone(),
            due_at: command.due_at,
            ..Task::default()
        };
        let nobody = work.asked.is_empty();
        let (campaign, moves) = gathering::begin(&common, work.asked, self.moment);
        state.stored.command = Some(command.clone());
        state.stored.campaign = Some(campaign);
        state.stored.systems = work.settled;
        (state.stored.ended, state.ended_at) = (false, None);
        if nobody { self.complete(state).with(moves) } else { Next::to(state).with(moves) }
    }

    /// Once tasks are out it is too late, and what was begun is brought to its end.
    fn stop(&self, state: Option<&State>, envelope: &Envelope) -> Decision<State> {
        let Some(noted) = gathering::in_turn(envelope, self.steps) else { return Decision::Seen };
        let mut state = state.cloned().unwrap_or_default();
        if !state.is_under_way() && !state.stored.ended {
            state.end(self.moment.now);
        }
        let body = Stopped {
            request: self.moment.request.to_string(),
            answers: envelope.id.to_string(),
            too_late: state.may_have_effects(),
            outcomes: state.stored.systems.clone(),
            last_sequence: state.stored.events,
        };
        let answer = Out::new(self.moment.ids.message(), Route::to_service(&envelope.source), &body);
        let mut next = Next::to(state).with(noted);
        next.messages.push(answer.answering(envelope.id));
        next.into()
    }

    fn outcome(&self, state: Option<&State>, outcome: &TaskOutcome) -> Decision<State> {
        let Some(state) = state else {
            return Decision::Refused(Refused::new("not_asked", "no such task was sent"));
        };
        let campaign = state.stored.campaign.unwrap_or_default();
        let taken = match gathering::take(&campaign, outcome, self.steps, self.moment) {
            Ok(Some(taken)) => taken,
            Ok(None) => return Decision::Seen,
            Err(why) => return Decision::Refused(why),
        };
        let mut state = state.clone();
        state.stored.campaign = Some(taken.campaign);
        state.stored.systems.extend(taken.ended);
        let next = if taken.complete { self.complete(state) } else { Next::to(state) };
        next.with(taken.moves).into()
    }

    fn timer(&self, state: Option<&State>, name: &str, body: &[u8]) -> Decision<State> {
        let Some(state) = state else { return Decision::Seen };
        match gathering::timer(name, body, self.steps, self.moment) {
            Ok(Some(moves)) => Next::to(state.clone()).with(moves).into(),
            Ok(None) => Decision::Seen,
            Err(why) => Decision::Refused(why),
        }
    }

    /// The end: events and answer.
    fn complete(&self, mut state: State) -> Next<State> {
        state.end(self.moment.now);
        state.stored.systems.sort_by(|a, b| a.system.cmp(&b.system));
        let outcomes = state.stored.systems.clone();
        let kept = |is: &dyn Fn(&SystemOutcome) -> bool| -> Vec<SystemOutcome> {
            outcomes.iter().filter(|outcome| is(outcome)).map(for_ever).collect()
        };
        let mut messages = Vec::new();
        if outcomes.iter().any(|outcome| !outcome.plan_changed) || outcomes.is_empty() {
            let what = What::DeletionPurged(DeletionPurged { outcomes: kept(&|_| true) });
            messages.push(self.event(&mut state, what));
        }
        let left = kept(&remains);
        if !left.is_empty() {
            messages.push(self.event(&mut state, What::RemainsFound(RemainsFound { outcomes: left })));
        }
        let body = Executed {
            request: self.moment.request.to_string(),
            answers: state.stored.command_id.clone(),
            phase: state.stored.command.as_ref().map(|command| command.phase).unwrap_or_default(),
            plan_changed: outcomes.iter().any(|outcome| outcome.plan_changed),
            outcomes,
            failure: String::new(),
            last_sequence: state.stored.events,
        };
        messages.extend(self.to_whoever_asked(&state, &body));
        Next { messages, ..Next::to(state) }
    }

    fn event(&self, state: &mut State, what: What) -> Out {
        state.stored.events += 1;
        let event = Event {
            request: self.moment.request.to_string(),
            sequence: state.stored.events,
            at: Some(to_timestamp(self.moment.now)),
            actor: None,
            what: Some(what),
        };
        let route = Route::event(self.moment.tenant, event_name(&event).unwrap_or_default());
        Out::new(self.moment.ids.message(), route, &event)
    }

    /// Nothing is begun; what is under way goes on.
    fn fail(&self, mut state: State, envelope: &Envelope, command: &Execute, failure: String) -> Next<State> {
        if !state.is_under_way() && !state.stored.ended {
            state.end(self.moment.now);
        }
        let body = Executed {
            request: self.moment.request.to_string(),
            answers: envelope.id.to_string(),
            phase: command.phase,
            failure,
            last_sequence: state.stored.events,
            ..Executed::default()
        };
        let answer = Out::new(self.moment.ids.message(), Route::to_service(&envelope.source), &body);
        Next { messages: vec![answer.answering(envelope.id)], ..Next::to(state) }
    }

    fn to_whoever_asked(&self, state: &State, body: &Executed) -> Option<Out> {
        let service = state.stored.asked_by.parse().ok()?;
        let command = state.stored.command_id.parse().ok()?;
        let answer = Out::new(self.moment.ids.message(), Route::to_service(&service), body);
        Some(answer.answering(command))
    }
}

fn asked_by(mut state: State, envelope: &Envelope) -> State {
    state.stored.command_id = envelope.id.to_string();
    state.stored.asked_by = envelope.source.to_string();
    state
}
