//! Discovery in a worker of its own over a database in memory, for one request; the test plays everybody else.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use jiff::{SignedDuration, Timestamp};
use prost::Name;
use redress_bus::{Delivery, Tag};
use redress_contracts::{
    ContentType, Contract as _, Envelope, Message,
    v1::{
        Discover, Discovered, Event, Failure, Finding, SealedIdentifier, Stopped, SystemOutcome, SystemPlan,
        Task, TaskOutcome,
    },
};
use redress_datamap::{Policy, System, Systems};
use redress_domain::{Clock, IdentifierClass, IdentifierKind, Ids, MessageId, Random, RequestId, Status};
use redress_runtime::{Context, Sealer, Worker};
use redress_store::{Outgoing, SqliteStore, Store};

use crate::Discovery;

pub(super) struct Now(AtomicI64);

impl Now {
    pub(super) fn advance(&self, by: SignedDuration) {
        self.0.fetch_add(by.as_secs(), Ordering::SeqCst);
    }
}

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

pub(super) struct NoSealer;

impl Sealer for NoSealer {
    fn seal(&self, _: Option<&Envelope>, _: &[u8]) -> Vec<u8> {
        Vec::new()
    }
}

pub(super) struct World {
    pub(super) clock: Arc<Now>,
    pub(super) dice: Arc<Dice>,
    pub(super) ids: Ids,
    pub(super) context: Context,
    pub(super) request: RequestId,
    pub(super) worker: Worker,
    /// Of intake's state, as its commands carry it.
    pub(super) version: u64,
    /// Tasks that are out: the message's id, and the task.
    pub(super) tasks: VecDeque<(MessageId, Task)>,
    pub(super) discovered: Vec<Discovered>,
    pub(super) stopped: Vec<Stopped>,
    pub(super) events: Vec<Event>,
}

impl World {
    pub(super) async fn new(name: &str, systems: impl IntoIterator<Item = System>) -> Self {
        Self::seeded(name, 1, systems).await
    }

    pub(super) async fn seeded(name: &str, seed: u64, systems: impl IntoIterator<Item = System>) -> Self {
        let clock = Arc::new(Now(AtomicI64::new(1_781_092_800)));
        let dice = Arc::new(Dice(AtomicU64::new(seed)));
        let store: Arc<dyn Store> = Arc::new(SqliteStore::in_memory(name, clock.clone()).await.unwrap());
        store.migrate().await.unwrap();
        let ids = Ids::new(clock.clone(), dice.clone());
        let context = Context::new(store, clock.clone(), ids.clone(), Arc::new(NoSealer));
        let systems = Arc::new(Systems::new(systems).unwrap());
        let worker = Worker::new(Arc::new(Discovery::new(systems)), context.clone());
        let request = ids.request();
        let (version, tasks) = (0, VecDeque::new());
        let (discovered, stopped, events) = (Vec::new(), Vec::new(), Vec::new());
        Self { clock, dice, ids, context, request, worker, version, tasks, discovered, stopped, events }
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
    pub(super) async fn command<T: Name>(&mut self, body: &T) -> MessageId {
        self.version += 1;
        let id = self.ids.message();
        self.give(self.message(id, "intake", self.version, body)).await;
        id
    }

    pub(super) fn discover(&self, identifiers: &[SealedIdentifier]) -> Discover {
        let (request, identifiers) = (self.request.to_string(), identifiers.to_vec());
        Discover { request, kind: 5, identifiers, ..Discover::default() }
    }

    pub(super) fn outcome(&self, task: &Task, systems: Vec<SystemOutcome>) -> TaskOutcome {
        TaskOutcome {
            task: task.task.clone(),
            request: self.request.to_string(),
            connector: task.connector.clone(),
            action: task.action,
            systems,
        }
    }

    pub(super) async fn answer(&mut self, task: &Task, systems: Vec<SystemOutcome>) {
        let outcome = self.outcome(task, systems);
        self.give(self.message(self.ids.message(), &task.connector, 0, &outcome)).await;
    }

    /// Answers tasks until none is out; gives the systems of each task, in their order.
    pub(super) async fn serve(
        &mut self,
        mut system: impl FnMut(&Task, &str) -> SystemOutcome,
    ) -> Vec<(u32, Vec<String>)> {
        let mut asked = Vec::new();
        while let Some((_, task)) = self.tasks.pop_front() {
            let names: Vec<String> = task.systems.iter().map(|system| system.system.clone()).collect();
            let systems = names.iter().map(|name| system(&task, name)).collect();
            asked.push((task.round, names));
            self.answer(&task, systems).await;
        }
        asked
    }

    /// Works the timers that are due after this time.
    pub(super) async fn wait(&mut self, time: SignedDuration) {
        self.clock.advance(time);
        let (outgoing, _) = self.worker.step_timers().await.unwrap();
        self.sort(outgoing);
    }

    pub(super) fn sort(&mut self, outgoing: Vec<Outgoing>) {
        for Outgoing { message, route, .. } in outgoing {
            if message.is::<Task>() {
                self.tasks.push_back((message.envelope.id, message.read().unwrap()));
            } else if message.is::<Event>() {
                assert_eq!(route.key, "dublin.discovery.completed");
                self.events.push(message.read().unwrap());
            } else {
                assert_eq!(route.key, "intake");
                assert!(message.envelope.answers.is_some());
                if message.is::<Stopped>() {
                    self.stopped.push(message.read().unwrap());
                } else {
                    self.discovered.push(message.read().unwrap());
                }
            }
        }
    }

    pub(super) async fn parked(&self) -> Vec<String> {
        let parked = self.context.store.parked(None, None, 100).await.unwrap();
        parked.into_iter().map(|parked| parked.reason).collect()
    }

    /// The only answer: what it says of each system, as `status reason`.
    pub(super) fn inventory(&self) -> BTreeMap<String, String> {
        let [discovered] = self.discovered.as_slice() else { panic!("{:?}", self.discovered) };
        let systems = discovered.inventory.as_ref().unwrap().systems.iter();
        let said = systems.map(|entry| {
            let status = Status::of_number(entry.status).map_or("not asked", Status::as_str);
            (entry.system.clone(), format!("{status} {}", entry.reason).trim().to_owned())
        });
        said.collect()
    }
}

/// A system whose one table has these fields, as `name: meta`, beside its key: the field `<name>.t.id`.
pub(super) fn system(tenant: &str, name: &str, connector: &str, fields: &[&str]) -> System {
    let fields: Vec<String> =
        fields.iter().enumerate().map(|(i, meta)| format!("{{name: f{i}, fides_meta: {meta}}}")).collect();
    let yaml = format!(
        "dataset: [{{fides_key: {name}, collections: [{{name: t, fields: [\
         {{name: id, fides_meta: {{primary_key: true}}}}, {}]}}]}}]",
        fields.join(", ")
    );
    let policy = Arc::new(Policy { rules: Vec::new(), digest: [7; 32] });
    let who = (tenant.parse().unwrap(), name.parse().unwrap());
    System::new(who, connector.parse().unwrap(), ("map.yml", &yaml), policy).unwrap()
}

pub(super) fn identifier(kind: IdentifierKind, field: &str, value: &str) -> SealedIdentifier {
    SealedIdentifier {
        kind: kind.number(),
        field: field.to_owned(),
        class: IdentifierClass::Unique.number(),
        blind: format!("{kind} {field} {value}").into_bytes(),
        ..SealedIdentifier::default()
    }
}

/// The key of a system's table.
pub(super) fn key(system: &str) -> SealedIdentifier {
    identifier(IdentifierKind::Field, &format!("{system}.t.id"), "17")
}

pub(super) fn found(system: &str, identifiers: &[SealedIdentifier]) -> SystemOutcome {
    let finding = Finding { dataset: "t".to_owned(), count: 1, ..Finding::default() };
    let dataset =
        redress_contracts::v1::DatasetPlan { dataset: "t".to_owned(), count: 1, ..Default::default() };
    SystemOutcome {
        system: system.to_owned(),
        status: Status::Done.number(),
        findings: vec![finding],
        proposal: Some(SystemPlan {
            system: system.to_owned(),
            datasets: vec![dataset],
            ..SystemPlan::default()
        }),
        identifiers: identifiers.to_vec(),
        queries: 3,
        ..SystemOutcome::default()
    }
}

pub(super) fn not_found(system: &str) -> SystemOutcome {
    let (system, status) = (system.to_owned(), Status::NotFound.number());
    SystemOutcome { system, status, queries: 1, ..SystemOutcome::default() }
}

pub(super) fn failed(system: &str, r#final: bool) -> SystemOutcome {
    let failure = Some(Failure { r#final, code: "away".to_owned(), ..Failure::default() });
    SystemOutcome { status: Status::Failed.number(), failure, ..not_found(system) }
}
