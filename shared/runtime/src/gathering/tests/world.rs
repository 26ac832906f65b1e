//! A request of a service, and connectors that behave as ours do, over a wire that loses, doubles and reorders.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use jiff::{SignedDuration, Timestamp};
use prost::Message as _;
use redress_contracts::{
    Contract as _, state,
    v1::{Action, Failure, Pending, SystemOutcome, Task, TaskOutcome, TaskSystem},
};
use redress_domain::{Clock, Ids, MessageId, Random, RequestId, Status, TenantId};
use redress_store::Resend;

use crate::{
    Moment, Next, Refused, Steps,
    gathering::{Moves, Taken, begin, steps_of_answer, steps_of_timer, take, timer},
};

pub(super) struct Now(AtomicI64);

impl Clock for Now {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

/// SplitMix64.
pub(super) struct Dice(AtomicU64);

impl Dice {
    pub(super) fn below(&self, end: u64) -> u64 {
        let mut z = self.0.fetch_add(0x9E37_79B9_7F4A_7C15, Ordering::SeqCst);
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % end
    }
}

impl Random for Dice {
    fn fill(&self, out: &mut [u8]) {
        out.fill_with(|| self.below(256) as u8);
    }
}

pub(super) enum Wire {
    Task(MessageId, Task, bool),
    Outcome(MessageId, TaskOutcome),
}

/// One request of a service, its timers, the wire, and the connectors at its other end.
pub(super) struct World {
    pub(super) clock: Arc<Now>,
    pub(super) dice: Arc<Dice>,
    pub(super) ids: Ids,
    pub(super) tenant: TenantId,
    pub(super) request: RequestId,
    pub(super) campaign: state::Campaign,
    pub(super) steps: Steps,
    pub(super) timers: BTreeMap<String, (Timestamp, Vec<u8>)>,
    pub(super) sent: BTreeMap<MessageId, Task>,
    pub(super) inbox: BTreeSet<MessageId>,
    pub(super) wire: Vec<Wire>,
    /// Of the connectors: tasks that they know, with the message of their answer.
    pub(super) answered: BTreeMap<String, (MessageId, TaskOutcome)>,
    pub(super) pending: BTreeSet<String>,
    pub(super) ended: BTreeMap<String, SystemOutcome>,
    pub(super) completed: u32,
}

impl World {
    pub(super) fn new(seed: u64) -> Self {
        let clock = Arc::new(Now(AtomicI64::new(1_781_092_800)));
        let dice = Arc::new(Dice(AtomicU64::new(seed)));
        let ids = Ids::new(clock.clone(), dice.clone());
        Self {
            clock,
            dice,
            request: ids.request(),
            ids,
            tenant: "dublin".parse().unwrap(),
            campaign: state::Campaign::default(),
            steps: Steps::new(),
            timers: BTreeMap::new(),
            sent: BTreeMap::new(),
            inbox: BTreeSet::new(),
            wire: Vec::new(),
            answered: BTreeMap::new(),
            pending: BTreeSet::new(),
            ended: BTreeMap::new(),
            completed: 0,
        }
    }

    pub(super) fn begin(&mut self, asked: &[(&str, &[&str])]) {
        let common = Task { action: Action::Purge as i32, round: 3, ..Task::default() };
        let system = |name: &&str| TaskSystem { system: (*name).to_owned(), ..TaskSystem::default() };
        let asked = asked.iter().map(|(connector, systems)| {
            (connector.parse().unwrap(), systems.iter().map(system).collect::<Vec<_>>())
        });
        let (ids, tenant) = (self.ids.clone(), self.tenant.clone());
        let moment = Moment { now: self.clock.now(), ids: &ids, tenant: &tenant, request: self.request };
        let (campaign, moves) = begin(&common, asked.collect(), &moment);
        self.campaign = campaign;
        self.apply(moves);
    }

    /// As the loop applies a transition: steps over steps, timers cleared and then set.
    pub(super) fn apply(&mut self, moves: Moves) {
        let next = Next::to(()).with(moves);
        self.steps.extend(next.steps);
        for name in next.timers_cleared {
            self.timers.remove(&name);
        }
        for (name, at, body) in next.timers {
            self.timers.insert(name, (at, body));
        }
        for out in next.messages {
            let task = Task::decode(out.body.as_slice()).unwrap();
            assert_eq!(out.id.to_string(), task.task, "a task's message has its id");
            assert!(self.sent.insert(out.id, task.clone()).is_none(), "no task goes out twice");
            self.wire.push(Wire::Task(out.id, task, false));
        }
        for resend in next.resend {
            let Resend::Message(request, id) = resend else { panic!("only single messages") };
            assert_eq!(request, self.request);
            self.wire.push(Wire::Task(id, self.sent[&id].clone(), true));
        }
    }

    pub(super) fn take(&mut self, outcome: &TaskOutcome) -> Result<Option<Taken>, Refused> {
        let (ids, tenant) = (self.ids.clone(), self.tenant.clone());
        let moment = Moment { now: self.clock.now(), ids: &ids, tenant: &tenant, request: self.request };
        let wanted = steps_of_answer(outcome);
        let steps = wanted.iter().filter_map(|name| Some((name.clone(), self.steps.get(name)?.clone())));
        let taken = take(&self.campaign, outcome, &steps.collect(), &moment)?;
        if let Some(taken) = &taken {
            self.campaign = taken.campaign;
            self.apply(taken.moves.clone());
            self.completed += u32::from(taken.complete);
            for outcome in &taken.ended {
                let twice = self.ended.insert(outcome.system.clone(), outcome.clone());
                assert!(twice.is_none(), "{} ended twice", outcome.system);
            }
        }
        Ok(taken)
    }

    /// The timer that is due next.
    pub(super) fn fire(&mut self) {
        let Some((name, (at, body))) = self.timers.iter().min_by_key(|(_, (at, _))| *at) else { return };
        let (name, at, body) = (name.clone(), *at, body.clone());
        self.timers.remove(&name);
        self.clock.0.fetch_max(at.as_second() + 1, Ordering::SeqCst);
        let (ids, tenant) = (self.ids.clone(), self.tenant.clone());
        let moment = Moment { now: self.clock.now(), ids: &ids, tenant: &tenant, request: self.request };
        let wanted = steps_of_timer(&name);
        let steps = wanted.iter().filter_map(|name| Some((name.clone(), self.steps.get(name)?.clone())));
        if let Some(moves) = timer(&name, &body, &steps.collect(), &moment).unwrap() {
            self.apply(moves);
        }
    }

    /// As `redress_connector::Tasks` does: what it knows is answered with what it has.
    fn connector(&mut self, task: &Task) {
        if !self.answered.contains_key(&task.task) {
            let systems: Vec<SystemOutcome> =
                task.systems.iter().filter_map(|system| self.worked(task, system)).collect();
            let outcome = TaskOutcome {
                task: task.task.clone(),
                request: task.request.clone(),
                connector: task.connector.clone(),
                action: task.action,
                systems,
            };
            self.answered.insert(task.task.clone(), (self.ids.message(), outcome));
        }
        let (id, outcome) = self.answered[&task.task].clone();
        self.wire.push(Wire::Outcome(id, outcome));
    }

    fn worked(&mut self, task: &Task, system: &TaskSystem) -> Option<SystemOutcome> {
        let polled = task.action == Action::Poll as i32;
        let under_way = self.pending.contains(&system.system);
        assert_eq!(polled, under_way, "polled when an operation is under way, and only then");
        assert_eq!(system.operation, if polled { "op" } else { "" });
        assert!(!self.ended.contains_key(&system.system), "asked after its end");
        let outcome = match self.dice.below(10) {
            0 => return None,
            1..4 => failed(&system.system, false),
            4 | 5 => pending(&system.system, self.clock.now() + SignedDuration::from_hours(1)),
            _ => done(&system.system),
        };
        if outcome.status == Status::Pending.number() {
            self.pending.insert(system.system.clone());
        }
        Some(outcome)
    }

    /// One thing happens.
    pub(super) fn step(&mut self) {
        if self.wire.is_empty() {
            return self.fire();
        }
        let i = self.dice.below(self.wire.len() as u64) as usize;
        let wire = self.wire.swap_remove(i);
        let times = match self.dice.below(8) {
            0 => 0,
            1 => 2,
            _ => 1,
        };
        for _ in 0..times {
            match &wire {
                // The loop's inbox: what is known is worked no more, and answered again when that is asked.
                Wire::Task(id, task, again) if self.inbox.insert(*id) || *again => self.connector(task),
                Wire::Outcome(id, outcome) if self.inbox.insert(*id) => {
                    self.take(outcome).unwrap();
                }
                _ => {}
            }
        }
    }
}

pub(super) fn done(system: &str) -> SystemOutcome {
    let (system, status) = (system.to_owned(), Status::Done.number());
    SystemOutcome { system, status, ..SystemOutcome::default() }
}

pub(super) fn failed(system: &str, r#final: bool) -> SystemOutcome {
    let failure = Some(Failure { r#final, code: "away".to_owned(), ..Failure::default() });
    SystemOutcome { status: Status::Failed.number(), failure, ..done(system) }
}

pub(super) fn pending(system: &str, expected_by: Timestamp) -> SystemOutcome {
    let expected_by = Some(redress_contracts::to_timestamp(expected_by));
    let pending = Some(Pending { operation: "op".to_owned(), expected_by });
    SystemOutcome { status: Status::Pending.number(), pending, ..done(system) }
}

pub(super) fn answer(task: &Task, systems: Vec<SystemOutcome>) -> TaskOutcome {
    let (request, connector) = (task.request.clone(), task.connector.clone());
    TaskOutcome { task: task.task.clone(), request, connector, action: task.action, systems }
}
