//! What the tests stand on: the service's loop and its packager over a store and objects in memory, with
//! the time and the dice in the tests' hands. Intake and the connectors are played by the tests.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use jiff::{SignedDuration, Timestamp};
use prost::Name;
use redress_bus::{Delivery, LocalBus, Tag};
use redress_connector::{Runner, RunnerSettings};
use redress_contracts::{
    ContentType, Contract as _, Envelope, Message, digest_of,
    topology::Topology,
    v1::{
        self, Collect, DatasetOutcome, DatasetPlan, Digest, Plan, Release, SystemOutcome, SystemPlan, Task,
        TaskOutcome,
    },
};
use redress_domain::{Clock, IdentifierKind, Ids, Kind, MessageId, Random, RequestId, Status, TenantId};
use redress_runtime::{Context, Publisher, Sealer, Worker};
use redress_store::{Outgoing, SqliteStore, Store};
use redress_vault::{Key, Keyring, Objects, Periods, Place, TenantKey};

use crate::{Export, Packager, Packages, State};

pub(crate) struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

/// Bytes that differ, the same each time: a linear congruential generator.
pub(crate) struct Dice(Mutex<u64>);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(Mutex::new(seed))
    }
}

impl Random for Dice {
    fn fill(&self, out: &mut [u8]) {
        let mut state = self.0.lock().unwrap();
        out.fill_with(|| {
            *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (*state >> 56) as u8
        });
    }
}

struct Nobody;

impl Sealer for Nobody {
    fn seal(&self, _: Option<&Envelope>, _: &[u8]) -> Vec<u8> {
        Vec::new()
    }
}

pub(crate) struct World {
    pub(crate) clock: Arc<TestClock>,
    pub(crate) ids: Ids,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) keyring: Arc<Keyring>,
    pub(crate) objects: Objects,
    pub(crate) request: RequestId,
    worker: Worker,
    runner: Runner,
    versions: AtomicU64,
    _folder: tempfile::TempDir,
}

pub(crate) fn dublin() -> TenantId {
    "dublin-weddings".parse().unwrap()
}

impl World {
    pub(crate) async fn new(name: &str) -> Self {
        Self::with(name, Objects::open("memory:///", []).unwrap()).await
    }

    pub(crate) async fn with(name: &str, objects: Objects) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(TestClock(AtomicI64::new(1_781_092_800_000_000)));
        let dice = Arc::new(Dice::new(1));
        let store: Arc<dyn Store> = Arc::new(SqliteStore::in_memory(name, clock.clone()).await.unwrap());
        store.migrate().await.unwrap();
        let ids = Ids::new(clock.clone(), dice.clone());
        let context = Context::new(store.clone(), clock.clone(), ids.clone(), Arc::new(Nobody));
        let tenants = BTreeMap::from([(dublin(), TenantKey::new(Key::new([1; 32])))]);
        let periods = Periods::new(folder.path());
        let keyring = Arc::new(Keyring::new(store.clone(), tenants, periods, clock.clone(), dice.clone()));
        let packager =
            Packager::new(store.clone(), keyring.clone(), objects.clone(), clock.clone(), dice.clone());
        let bus = Arc::new(LocalBus::new(Topology::new(&[], &[], &[])));
        let publisher = Arc::new(Publisher::new(store.clone(), bus));
        let settings = RunnerSettings::new("here".to_owned());
        let runner = Runner::new(Arc::new(packager), context.clone(), publisher, settings);
        let request = ids.request();
        keyring.make(&dublin(), request).await.unwrap();
        let worker = Worker::new(Arc::new(Export::default()), context);
        let versions = AtomicU64::new(1);
        Self { clock, ids, store, keyring, objects, request, worker, runner, versions, _folder: folder }
    }

    pub(crate) fn advance(&self, by: SignedDuration) {
        self.clock.0.fetch_add(i64::try_from(by.as_micros()).unwrap(), Ordering::SeqCst);
    }

    pub(crate) async fn key(&self) -> Key {
        self.keyring.get(&dublin(), self.request).await.unwrap()
    }

    pub(crate) fn packages(&self) -> Packages {
        Packages::new(self.objects.clone())
    }

    /// A message of intake, each of a later version than the one before.
    pub(crate) fn of_intake<T: Name>(&self, body: &T) -> Message {
        self.message("intake", self.versions.fetch_add(1, Ordering::SeqCst), body)
    }

    fn message<T: Name>(&self, source: &str, state_version: u64, body: &T) -> Message {
        let envelope = Envelope {
            id: self.ids.message(),
            kind: T::full_name(),
            source: source.parse().unwrap(),
            time: self.clock.now(),
            tenant: dublin(),
            request: self.request,
            state_version,
            answers: None,
            traceparent: None,
            again: false,
            content_type: ContentType::Protobuf,
        };
        Message { envelope, body: body.encode_to_vec() }
    }

    /// Hands a message to the service; gives what it sends.
    pub(crate) async fn hear(&self, message: Message) -> Sent {
        let delivery =
            Delivery { tag: Tag::new(0, 1), redelivered: false, dead_of: None, message: Ok(message) };
        Sent(self.worker.step(&[delivery]).await.unwrap())
    }

    /// Intake says something.
    pub(crate) async fn say<T: Name>(&self, body: &T) -> (MessageId, Sent) {
        let message = self.of_intake(body);
        (message.envelope.id, self.hear(message).await)
    }

    /// A connector answers a task.
    pub(crate) async fn answer(&self, task: &Task, systems: Vec<SystemOutcome>) -> Sent {
        let outcome = TaskOutcome {
            task: task.task.clone(),
            request: task.request.clone(),
            connector: task.connector.clone(),
            action: task.action,
            systems,
        };
        self.hear(self.message(&task.connector, 0, &outcome)).await
    }

    /// The timers that are due.
    pub(crate) async fn timers(&self) -> Sent {
        Sent(self.worker.step_timers().await.unwrap().0)
    }

    /// The packager works its due jobs; none: there are none.
    pub(crate) async fn step_packager(&self) -> Option<Vec<Message>> {
        let outgoing = self.runner.step().await.unwrap()?;
        Some(outgoing.into_iter().map(|outgoing| outgoing.message).collect())
    }

    /// The packager works the one job that is due; none: there is none, or it is tried again later.
    pub(crate) async fn make_packages(&self) -> Option<Message> {
        let mut outcomes = self.step_packager().await?;
        assert!(outcomes.len() <= 1);
        outcomes.pop()
    }

    /// The package is made, and the service hears of it.
    pub(crate) async fn released(&self) -> Sent {
        let outcome = self.make_packages().await.expect("there is a job, and it ends");
        self.hear(outcome).await
    }

    pub(crate) async fn state(&self) -> (State, String) {
        let row = self.store.state(&crate::name(), self.request).await.unwrap().unwrap();
        (State::read(&row).unwrap(), row.status)
    }

    pub(crate) async fn parked(&self) -> Vec<String> {
        let parked = self.store.parked(None, None, 1000).await.unwrap();
        parked.into_iter().map(|parked| parked.reason).collect()
    }

    /// What a connector collected of a dataset: these lines.
    pub(crate) async fn draft(
        &self,
        system: &str,
        dataset: &str,
        lines: impl IntoIterator<Item: std::fmt::Display>,
    ) -> DatasetOutcome {
        let name = format!("{system}/{}", dataset.replace('/', "_"));
        let place = Place::work(&dublin(), self.request, &name).unwrap();
        let mut writer = self.objects.writer(&place, &self.key().await, &Dice::new(7));
        let mut count = 0;
        for line in lines {
            count += 1;
            writer.push(format!("{line}\n").as_bytes()).await.unwrap();
        }
        let written = writer.finish().await.unwrap();
        DatasetOutcome {
            dataset: dataset.to_owned(),
            planned: count,
            done: count,
            reference: place.to_string(),
            content: Some(Digest { sha256: written.sha256.to_vec() }),
            bytes: written.bytes,
            ..DatasetOutcome::default()
        }
    }

    /// A command to collect from these systems: connector, system, rows.
    pub(crate) fn collect(&self, kind: Kind, systems: &[(&str, &str, u64)]) -> Collect {
        let dataset = |count| DatasetPlan { dataset: "people".to_owned(), count, ..DatasetPlan::default() };
        let system = |(connector, system, count): &(&str, &str, u64)| SystemPlan {
            system: (*system).to_owned(),
            connector: (*connector).to_owned(),
            map: Some(Digest { sha256: vec![7; 32] }),
            datasets: vec![dataset(*count)],
            ..SystemPlan::default()
        };
        let plan = Plan { systems: systems.iter().map(system).collect(), ..Plan::default() };
        let identifier = |kind: IdentifierKind| v1::SealedIdentifier {
            kind: kind.number(),
            ..v1::SealedIdentifier::default()
        };
        Collect {
            request: self.request.to_string(),
            kind: kind.number(),
            plan_digest: Some(digest_of(&plan)),
            plan: Some(plan),
            identifiers: vec![identifier(IdentifierKind::Email), identifier(IdentifierKind::CustomerId)],
            due_at: None,
            searched: Vec::new(),
            left_undecided: [].into(),
        }
    }

    pub(crate) fn release(&self) -> Release {
        Release { request: self.request.to_string(), ..Release::default() }
    }

    /// Everything up to a release: these outcomes are what was collected, by one connector. Where nothing was
    /// found, the search knew.
    pub(crate) async fn collected(&self, kind: Kind, outcomes: Vec<SystemOutcome>) {
        let (empty, asked): (Vec<_>, Vec<_>) =
            outcomes.into_iter().partition(|one| one.status() == v1::Status::NotFound);
        let systems: Vec<_> = asked.iter().map(|one| ("sql", one.system.as_str(), 1)).collect();
        let searched = empty.into_iter().map(|one| v1::SystemInventory {
            system: one.system,
            asked: true,
            status: one.status,
            ..v1::SystemInventory::default()
        });
        let collect = Collect { searched: searched.collect(), ..self.collect(kind, &systems) };
        let (_, sent) = self.say(&collect).await;
        for task in sent.all::<Task>() {
            self.answer(&task, asked.clone()).await;
        }
        assert_eq!(self.state().await.1, "collected");
    }
}

/// What was sent.
pub(crate) struct Sent(pub(crate) Vec<Outgoing>);

impl Sent {
    pub(crate) fn all<T: Name + Default>(&self) -> Vec<T> {
        let of_kind = self.0.iter().filter(|outgoing| outgoing.message.is::<T>());
        of_kind.map(|outgoing| outgoing.message.read().unwrap()).collect()
    }

    pub(crate) fn only<T: Name + Default>(&self) -> T {
        let mut all = self.all();
        assert_eq!(all.len(), 1, "one {}", T::full_name());
        all.pop().unwrap()
    }

    /// Exchange and key of each.
    pub(crate) fn routes(&self) -> Vec<String> {
        self.0.iter().map(|sent| format!("{} {}", sent.route.exchange, sent.route.key)).collect()
    }
}

pub(crate) fn outcome(system: &str, status: Status, datasets: Vec<DatasetOutcome>) -> SystemOutcome {
    SystemOutcome { system: system.to_owned(), status: status.number(), datasets, ..SystemOutcome::default() }
}
