//! What discovery does next. Pure, and total: every input in every state has an answer.

use std::collections::{BTreeMap, BTreeSet};

use redress_contracts::{
    Contract as _, Envelope, digest_of, event_name, to_timestamp,
    topology::Route,
    v1::{
        Action, Discover, Discovered, DiscoveryCompleted, Event, SealedIdentifier, Status, Stopped,
        SystemInventory, Task, TaskOutcome, TaskSystem, event::What,
    },
};
use redress_datamap::{System, Systems};
use redress_domain::{ConnectorName, IdentifierKind};
use redress_runtime::{
    Decision, Input, Moment, Next, Out, Refused, Steps,
    gathering::{self, Moves},
};

use crate::{
    Said,
    identity::{self, IDENTIFIERS_MAX},
    inventory,
    state::State,
};

/// More rounds than this are not made.
pub const ROUNDS_MAX: u32 = 8;

const NOT_NAMED: &str = "not named by the request";
const CANNOT_USE: &str = "no field of its data map holds any of the given identifiers";

/// Decides.
pub(crate) fn decide(
    systems: &Systems,
    state: Option<&State>,
    input: &Input<Said>,
    steps: &Steps,
    moment: &Moment<'_>,
) -> Decision<State> {
    let decision = Decide { systems, steps, moment };
    match input {
        Input::Message(envelope, Said::Discover(command)) => decision.discover(state, envelope, command),
        Input::Message(envelope, Said::Stop(_)) => decision.stop(state, envelope),
        Input::Message(_, Said::Outcome(outcome)) => decision.outcome(state, outcome),
        Input::Timer { name, body } => decision.timer(state, name, body),
    }
}

/// What every decision may use.
struct Decide<'a> {
    systems: &'a Systems,
    steps: &'a Steps,
    moment: &'a Moment<'a>,
}

impl Decide<'_> {
    /// A new command begins anew, whatever was asked before; what is still answered is stale then.
    fn discover(&self, state: Option<&State>, envelope: &Envelope, command: &Discover) -> Decision<State> {
        let id = envelope.id.to_string();
        if state.is_some_and(|state| state.stored.command_id == id && !state.stored.ended) {
            return Decision::Seen;
        }
        let Some(noted) = gathering::in_turn(envelope, self.steps) else { return Decision::Seen };
        let mut begun = State::default();
        begun.stored.events = state.map_or(0, |state| state.stored.events);
        begun.stored.command_id = id;
        begun.stored.asked_by = envelope.source.to_string();
        // What an earlier discovery found may have been rejected since.
        let is_rejected = |it: &SealedIdentifier| command.rejected_candidates.contains(&it.id());
        let first = command.identifiers.iter().filter(|it| is_rejected(it)).map(|it| it.round).min();
        // What came to light after one that is somebody else's may have come by it.
        let is_after = |it: &SealedIdentifier| {
            first.is_some_and(|first| it.round > first) && !command.accepted_candidates.contains(&it.id())
        };
        let is_left = |it: &&SealedIdentifier| it.round > 0 && (is_rejected(it) || is_after(it));
        begun.stored.identifiers = command.identifiers.iter().filter(|it| !is_left(it)).cloned().collect();
        begun.stored.command = Some(command.clone());
        let forgotten = gathering::stop(self.steps);
        if let Some(failure) = self.unknown(command) {
            return self.fail(begun, failure).with(noted).with(forgotten).into();
        }
        begun.stored.not_asked = self.not_asked(command);
        let given = begun.stored.identifiers.clone();
        let next = match self.ask(&mut begun, &given) {
            Some(asked) => Next::to(begun).with(noted).with(forgotten).with(asked),
            None => self.complete(begun).with(noted).with(forgotten),
        };
        next.into()
    }

    /// Nothing has been changed anywhere: it is never too late.
    fn stop(&self, state: Option<&State>, envelope: &Envelope) -> Decision<State> {
        let Some(noted) = gathering::in_turn(envelope, self.steps) else { return Decision::Seen };
        let mut stopped = state.cloned().unwrap_or_default();
        if !stopped.stored.ended {
            stopped.end(self.moment.now);
        }
        let body = Stopped {
            request: self.moment.request.to_string(),
            answers: envelope.id.to_string(),
            too_late: false,
            outcomes: Vec::new(),
            last_sequence: stopped.stored.events,
        };
        let answer = Out::new(self.moment.ids.message(), Route::to_service(&envelope.source), &body);
        let mut next = Next::to(stopped).with(noted).with(gathering::stop(self.steps));
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
        for mut ended in taken.ended {
            identity::add(&mut state.stored, &mut ended);
            inventory::keep(&mut state.stored.systems, ended);
        }
        if !taken.complete {
            return Next::to(state).with(taken.moves).into();
        }
        match self.next_round(&mut state) {
            Some(asked) => Next::to(state).with(taken.moves).with(asked).into(),
            None => self.complete(state).with(taken.moves).into(),
        }
    }

    fn timer(&self, state: Option<&State>, name: &str, body: &[u8]) -> Decision<State> {
        let Some(state) = state else { return Decision::Seen };
        match gathering::timer(name, body, self.steps, self.moment) {
            Ok(Some(moves)) => Next::to(state.clone()).with(moves).into(),
            Ok(None) => Decision::Seen,
            Err(why) => Decision::Refused(why),
        }
    }

    /// Another round for what the last one found, unless that must not be asked any more: then the systems
    /// that could have used it say so.
    fn next_round(&self, state: &mut State) -> Option<Moves> {
        let new = identity::new_ones(&state.stored);
        let why = match identity::ambiguity(&state.stored) {
            Some(why) => format!("not asked for all that is known: {why}"),
            None if state.stored.round >= ROUNDS_MAX => {
                format!("not asked for all that is known: after {ROUNDS_MAX} rounds no other is made")
            }
            None => return self.ask(state, &new),
        };
        for system in self.users(state, &new) {
            let name = system.name.as_str();
            let of_system = |entry: &&mut SystemInventory| entry.system == name;
            if let Some(entry) = state.stored.not_asked.iter_mut().find(of_system) {
                entry.reason = why.clone();
            }
            let mut answered = state.stored.systems.iter_mut();
            if let Some(outcome) = answered.find(|outcome| outcome.system == name)
                && matches!(outcome.status(), Status::Done | Status::NotFound)
            {
                outcome.set_status(Status::Partial);
                outcome.reason = why.clone();
            }
        }
        None
    }

    /// Asks, with all that is known, every system that can use something of this. None: there is none.
    fn ask(&self, state: &mut State, new: &[SealedIdentifier]) -> Option<Moves> {
        let mut asked: BTreeMap<ConnectorName, Vec<TaskSystem>> = BTreeMap::new();
        for system in self.users(state, new) {
            state.stored.not_asked.retain(|entry| entry.system != system.name.as_str());
            asked.entry(system.connector.clone()).or_default().push(TaskSystem {
                system: system.name.to_string(),
                map: Some(system.map()),
                policy: Some(system.policy()),
                ..TaskSystem::default()
            });
        }
        if asked.is_empty() {
            return None;
        }
        state.stored.round += 1;
        let command = state.command().cloned().unwrap_or_default();
        let common = Task {
            action: Action::Locate as i32,
            kind: command.kind,
            identifiers: state.stored.identifiers.clone(),
            due_at: command.due_at,
            round: state.stored.round,
            accepted_candidates: command.accepted_candidates,
            rejected_candidates: command.rejected_candidates,
            ..Task::default()
        };
        let (campaign, moves) = gathering::begin(&common, asked, self.moment);
        state.stored.campaign = Some(campaign);
        Some(moves)
    }

    /// The systems in the command's scope that can use at least one of these identifiers.
    fn users(&self, state: &State, identifiers: &[SealedIdentifier]) -> Vec<&System> {
        let kinds: BTreeSet<(IdentifierKind, &str)> = identifiers
            .iter()
            .filter_map(|it| Some((IdentifierKind::of_number(it.kind).ok()?, it.field.as_str())))
            .collect();
        let uses = |system: &&System| kinds.iter().any(|(kind, field)| system.can_use(*kind, field));
        let named = |system: &&System| state.command().is_some_and(|command| is_named(command, system));
        self.systems.of(self.moment.tenant).filter(named).filter(uses).collect()
    }

    /// Every system, with the reason why it is not asked, until it is.
    fn not_asked(&self, command: &Discover) -> Vec<SystemInventory> {
        let entry = |system: &System| SystemInventory {
            system: system.name.to_string(),
            connector: system.connector.to_string(),
            reason: if is_named(command, system) { CANNOT_USE } else { NOT_NAMED }.to_owned(),
            ..SystemInventory::default()
        };
        self.systems.of(self.moment.tenant).map(entry).collect()
    }

    /// What is wrong with the systems that the command names. A text that is no name is not repeated.
    fn unknown(&self, command: &Discover) -> Option<String> {
        let known = |name: &&String| self.systems.of(self.moment.tenant).any(|s| s.name.as_str() == *name);
        let name = command.systems.iter().find(|name| !known(name))?;
        Some(match name.parse::<redress_domain::SystemName>() {
            Ok(name) => format!("`{name}` is no system of this tenant"),
            Err(error) => format!("the request names something that is no system: {error}"),
        })
    }

    /// The end: event and answer.
    fn complete(&self, mut state: State) -> Next<State> {
        let (moment, tenant) = (self.moment, self.moment.tenant);
        state.end(moment.now);
        state.stored.events += 1;
        let inventory = inventory::inventory(&state.stored, self.systems, tenant);
        let plan = inventory::plan(&state.stored, self.systems, tenant);
        let plan_digest = Some(digest_of(&plan));
        let event = Event {
            request: moment.request.to_string(),
            sequence: state.stored.events,
            at: Some(to_timestamp(moment.now)),
            actor: None,
            what: Some(What::DiscoveryCompleted(DiscoveryCompleted {
                inventory: Some(inventory::redacted_for_ledger(&inventory)),
                plan_digest: plan_digest.clone(),
            })),
        };
        let identifiers = state.stored.identifiers.iter().take(IDENTIFIERS_MAX).cloned().collect();
        let body = Discovered {
            inventory: Some(inventory),
            plan: Some(plan),
            plan_digest,
            identifiers,
            ambiguous_identity: identity::ambiguity(&state.stored).is_some(),
            ..self.answer(&state)
        };
        let route = Route::event(tenant, event_name(&event).unwrap_or_default());
        let event = Out::new(moment.ids.message(), route, &event);
        let answer = self.to_whoever_asked(&state, &body);
        let mut next = Next::to(state);
        next.messages.push(event);
        next.messages.extend(answer);
        next
    }

    fn fail(&self, mut state: State, failure: String) -> Next<State> {
        state.end(self.moment.now);
        let body = Discovered { failure, ..self.answer(&state) };
        let answer = self.to_whoever_asked(&state, &body);
        let mut next = Next::to(state);
        next.messages.extend(answer);
        next
    }

    fn answer(&self, state: &State) -> Discovered {
        Discovered {
            request: self.moment.request.to_string(),
            answers: state.stored.command_id.clone(),
            last_sequence: state.stored.events,
            ..Discovered::default()
        }
    }

    fn to_whoever_asked(&self, state: &State, body: &Discovered) -> Option<Out> {
        let service = state.stored.asked_by.parse().ok()?;
        let command = state.stored.command_id.parse().ok()?;
        let answer = Out::new(self.moment.ids.message(), Route::to_service(&service), body);
        Some(answer.answering(command))
    }
}

fn is_named(command: &Discover, system: &System) -> bool {
    command.systems.is_empty() || command.systems.iter().any(|name| name == system.name.as_str())
}
