//! Deletion in a worker of its own over a database in memory, for one request; the test plays everybody else.

use std::{
    collections::VecDeque,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use jiff::{SignedDuration, Timestamp};
use prost::Name;
use redress_bus::{Delivery, Tag};
use redress_contracts::{
    ContentType, Contract as _, Envelope, Message, digest_of,
    v1::{
        DatasetOutcome, DatasetPlan, Event, Execute, Executed, FieldPlan, Ground, Phase, Plan, Stopped,
        SystemOutcome, SystemPlan, Task, TaskOutcome, Treatment,
    },
};
use redress_domain::{Clock, Ids, Kind, MessageId, Random, RequestId, Status};
use redress_runtime::{Context, Sealer, Worker};
use redress_store::{Outgoing, SqliteStore, StateRow, Store};

use crate::Deletion;

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

struct NoSealer;

impl Sealer for NoSealer {
    fn seal(&self, _: Option<&Envelope>, _: &[u8]) -> Vec<u8> {
        Vec::new()
    }
}

pub(super) struct World {
    clock: Arc<Now>,
    pub(super) dice: Arc<Dice>,
    pub(super) ids: Ids,
    context: Context,
    pub(super) request: RequestId,
    worker: Worker,
    /// Of intake's state, as its commands carry it.
    pub(super) version: u64,
    /// Tasks that are out.
    pub(super) tasks: VecDeque<Task>,
    pub(super) executed: Vec<Executed>,
    pub(super) stopped: Vec<Stopped>,
    /// With their routing keys.
    pub(super) events: Vec<(String, Event)>,
}

impl World {
    pub(super) async fn new(name: &str, seed: u64) -> Self {
        let clock = Arc::new(Now(AtomicI64::new(1_781_092_800)));
        let dice = Arc::new(Dice(AtomicU64::new(seed)));
        let store: Arc<dyn Store> = Arc::new(SqliteStore::in_memory(name, clock.clone()).await.unwrap());
        store.migrate().await.unwrap();
        let ids = Ids::new(clock.clone(), dice.clone());
        let context = Context::new(store, clock.clone(), ids.clone(), Arc::new(NoSealer));
        let worker = Worker::new(Arc::new(Deletion::default()), context.clone());
        let request = ids.request();
        let (version, tasks) = (0, VecDeque::new());
        let (executed, stopped, events) = (Vec::new(), Vec::new(), Vec::new());
        Self { clock, dice, ids, context, request, worker, version, tasks, executed, stopped, events }
    }

    pub(super) fn message<T: Name>(&self, id: MessageId, source: &str, version: u64, body: &T) -> Message {
        let envelope = Envelope {
            id,
            kind: T::full_name(),
            source: source.parse().unwrap(),
            time: self.clock.now(),
            tenant: "dublin".parse().unwrap(),
            request: self.request,
            state_version: version,
            answers: None,
            traceparent: None,
            again: false,
            content_type: ContentType::Protobuf,
        };
        Message { envelope, body: body.encode_to_vec() }
    }

    pub(super) async fn give(&mut self, message: Message) {
        let delivery =
            Delivery { tag: Tag::new(0, 1), redelivered: false, dead_of: None, message: Ok(message) };
        let outgoing = self.worker.step(&[delivery]).await.unwrap();
        self.sort(outgoing);
    }

    /// A command of intake, with the next version of its state.
    pub(super) async fn command<T: Name>(&mut self, body: &T) -> String {
        self.version += 1;
        let id = self.ids.message();
        self.give(self.message(id, "intake", self.version, body)).await;
        id.to_string()
    }

    /// The command to purge by this plan.
    pub(super) fn purge(&self, systems: &[SystemPlan]) -> Execute {
        let request = self.request.to_string();
        let kind = Kind::Delete.number();
        let plan =
            Plan { format: 1, request: request.clone(), kind, systems: systems.to_vec(), hold_days: 0 };
        let plan_digest = Some(digest_of(&plan));
        let phase = Phase::Purge as i32;
        Execute { request, kind, plan: Some(plan), plan_digest, phase, ..Execute::default() }
    }

    pub(super) async fn answer(&mut self, task: &Task, systems: Vec<SystemOutcome>) {
        let outcome = TaskOutcome {
            task: task.task.clone(),
            request: self.request.to_string(),
            connector: task.connector.clone(),
            action: task.action,
            systems,
        };
        self.give(self.message(self.ids.message(), &task.connector, 0, &outcome)).await;
    }

    /// Answers tasks until none is out; gives the systems of each task.
    pub(super) async fn serve(&mut self, mut system: impl FnMut(&str) -> SystemOutcome) -> Vec<Vec<String>> {
        let mut asked = Vec::new();
        while let Some(task) = self.tasks.pop_front() {
            let names: Vec<String> = task.systems.iter().map(|system| system.system.clone()).collect();
            let outcomes = names.iter().map(|name| system(name)).collect();
            asked.push(names);
            self.answer(&task, outcomes).await;
        }
        asked
    }

    pub(super) async fn wait(&mut self, time: SignedDuration) {
        self.clock.0.fetch_add(time.as_secs(), Ordering::SeqCst);
        let (outgoing, _) = self.worker.step_timers().await.unwrap();
        self.sort(outgoing);
    }

    fn sort(&mut self, outgoing: Vec<Outgoing>) {
        for Outgoing { message, route, .. } in outgoing {
            if message.is::<Task>() {
                self.tasks.push_back(message.read().unwrap());
            } else if message.is::<Event>() {
                self.events.push((route.key, message.read().unwrap()));
            } else {
                assert_eq!(route.key, "intake");
                assert!(message.envelope.answers.is_some());
                if message.is::<Stopped>() {
                    self.stopped.push(message.read().unwrap());
                } else {
                    self.executed.push(message.read().unwrap());
                }
            }
        }
    }

    pub(super) async fn parked(&self) -> Vec<String> {
        let parked = self.context.store.parked(None, None, 100).await.unwrap();
        parked.into_iter().map(|parked| parked.reason).collect()
    }

    pub(super) async fn row(&self) -> Option<StateRow> {
        self.context.store.state(&"deletion".parse().unwrap(), self.request).await.unwrap()
    }

    /// The keys of the events so far, which are numbered from 1.
    pub(super) fn event_names(&self) -> Vec<&str> {
        let sequences: Vec<u64> = self.events.iter().map(|(_, event)| event.sequence).collect();
        assert_eq!(sequences, (1..=self.events.len() as u64).collect::<Vec<_>>());
        self.events.iter().map(|(key, _)| key.strip_prefix("dublin.").unwrap()).collect()
    }
}

pub(super) fn entry(count: u64, treatment: Treatment) -> DatasetPlan {
    let ground = if treatment == Treatment::Keep { Ground::Policy } else { Ground::Unspecified };
    let (treatment, ground) = (treatment as i32, ground as i32);
    DatasetPlan { dataset: "t".to_owned(), count, treatment, ground, ..DatasetPlan::default() }
}

/// Rows that stay, with these treatments of their fields.
pub(super) fn by_fields(count: u64, treatments: &[Treatment]) -> DatasetPlan {
    let field = |treatment: &Treatment| FieldPlan { treatment: *treatment as i32, ..FieldPlan::default() };
    DatasetPlan { fields: treatments.iter().map(field).collect(), ..entry(count, Treatment::Unspecified) }
}

pub(super) fn planned(system: &str, connector: &str, datasets: &[DatasetPlan]) -> SystemPlan {
    let (system, connector) = (system.to_owned(), connector.to_owned());
    SystemPlan { system, connector, datasets: datasets.to_vec(), ..SystemPlan::default() }
}

/// A system with something to delete.
pub(super) fn full(system: &str) -> SystemPlan {
    planned(system, "sql", &[entry(2, Treatment::Delete)])
}

pub(super) fn ended(system: &str, status: Status) -> SystemOutcome {
    let failure = (status == Status::Failed)
        .then(|| redress_contracts::v1::Failure { r#final: true, ..Default::default() });
    SystemOutcome { system: system.to_owned(), status: status.number(), failure, ..SystemOutcome::default() }
}

pub(super) fn purged(system: &str, remains: u64) -> SystemOutcome {
    let dataset = DatasetOutcome { dataset: "t".to_owned(), done: 2, remains, ..DatasetOutcome::default() };
    SystemOutcome { datasets: vec![dataset], ..ended(system, Status::Done) }
}
