//! What the loop makes of each kind of decision: early, refused, panicked, newer, another tenant's.

use std::sync::Arc;

use jiff::SignedDuration;
use redress_bus::{Delivery, Tag, Unreadable};
use redress_contracts::{ContentType, Envelope, Message, v1};
use redress_domain::{Clock as _, Ids, RequestId, ServiceName};
use redress_runtime::{
    Context, Decision, Input, LIMIT_EARLY, Moment, Next, Refused, Service, StepError, Steps, Worker,
};
use redress_store::{SqliteStore, StateRow, StateWrite, Store, Writes};
use redress_tests::{
    ambient::{Dice, TestClock},
    two::TestSealer,
};

/// Adds up, once it was opened. What it is told stands in the message's `systems`.
struct Adder(ServiceName);

impl Service for Adder {
    type State = u64;
    type Message = String;

    fn name(&self) -> &ServiceName {
        &self.0
    }

    fn format(&self) -> u32 {
        1
    }

    fn read_state(&self, row: &StateRow) -> Result<u64, Refused> {
        let bytes = row.body.as_slice().try_into();
        bytes.map(u64::from_be_bytes).map_err(|_| Refused::new("unreadable_state", "not eight bytes"))
    }

    fn write_state(&self, state: &u64, row: &mut StateRow) {
        row.status = "open".to_owned();
        row.body = state.to_be_bytes().to_vec();
    }

    fn read(&self, message: &Message) -> Result<String, Refused> {
        Ok(message.read::<v1::Discover>()?.systems.concat())
    }

    fn steps(&self, input: &Input<String>) -> Vec<String> {
        match input {
            Input::Message(_, told) if told == "add" => vec!["addend".to_owned()],
            _ => Vec::new(),
        }
    }

    fn decide(
        &self,
        state: Option<&u64>,
        input: &Input<String>,
        steps: &Steps,
        moment: &Moment<'_>,
    ) -> Decision<u64> {
        let told = match input {
            Input::Message(_, told) => told.as_str(),
            Input::Timer { name, .. } => name.as_str(),
        };
        match (told, state) {
            ("open", None) => {
                let timers = vec![("ready".to_owned(), moment.now + SignedDuration::from_secs(5), vec![])];
                let steps = vec![("addend".to_owned(), vec![7])];
                Next { timers, steps, ..Next::to(0) }.into()
            }
            // An addition is early until the timer has made the sum ready, at 1,000.
            ("ready", Some(0)) => Next::to(1000).into(),
            ("add", None | Some(0)) => Decision::Early,
            ("add", Some(sum)) => match steps.get("addend") {
                Some(addend) => Next::to(sum + u64::from(addend[0])).into(),
                None => Decision::Refused(Refused::new("no_step", "decided without its step")),
            },
            ("refuse", _) => Decision::Refused(Refused::new("unwanted", "not this")),
            ("panic", _) => panic!("a defect"),
            _ => Decision::Seen,
        }
    }
}

struct World {
    store: Arc<dyn Store>,
    clock: Arc<TestClock>,
    ids: Ids,
    worker: Worker,
    request: RequestId,
}

impl World {
    async fn new(name: &str) -> Self {
        let (clock, dice) = (Arc::new(TestClock::default()), Arc::new(Dice::new(1)));
        let store: Arc<dyn Store> = Arc::new(SqliteStore::in_memory(name, clock.clone()).await.unwrap());
        store.migrate().await.unwrap();
        let ids = Ids::new(clock.clone(), dice.clone());
        let sealer = Arc::new(TestSealer::new(dice));
        let context = Context::new(store.clone(), clock.clone(), ids.clone(), sealer);
        let worker = Worker::new(Arc::new(Adder(adder())), context);
        let request = ids.request();
        Self { store, clock, ids, worker, request }
    }

    fn told(&self, told: &str) -> Delivery {
        let envelope = Envelope {
            id: self.ids.message(),
            kind: "redress.v1.Discover".to_owned(),
            source: "front".parse().unwrap(),
            time: self.clock.now(),
            tenant: "dublin".parse().unwrap(),
            request: self.request,
            state_version: 0,
            answers: None,
            traceparent: None,
            again: false,
            content_type: ContentType::Protobuf,
        };
        let body = v1::Discover { systems: vec![told.to_owned()], ..v1::Discover::default() };
        let message = Message { envelope, body: prost::Message::encode_to_vec(&body) };
        Delivery { tag: Tag::new(0, 1), redelivered: false, dead_of: None, message: Ok(message) }
    }

    async fn tell(&self, told: &[&str]) {
        let deliveries: Vec<Delivery> = told.iter().map(|told| self.told(told)).collect();
        self.worker.step(&deliveries).await.unwrap();
    }

    async fn sum(&self) -> Option<u64> {
        let row = self.store.state(&adder(), self.request).await.unwrap()?;
        row.body.as_slice().try_into().ok().map(u64::from_be_bytes)
    }

    async fn parked(&self) -> Vec<String> {
        let parked = self.store.parked(None, None, 1000).await.unwrap();
        parked.into_iter().map(|parked| parked.reason).collect()
    }
}

fn adder() -> ServiceName {
    "adder".parse().unwrap()
}

#[tokio::test]
async fn what_comes_early_is_decided_after_the_transition_that_it_waited_for() {
    let world = World::new("early").await;
    world.tell(&["add"]).await;
    assert_eq!(world.sum().await, None, "there is nothing to add to yet");
    world.tell(&["add", "open", "add"]).await;
    assert_eq!(world.sum().await, Some(0), "opened, and still early");
    world.clock.advance(SignedDuration::from_secs(5));
    world.worker.step_timers().await.unwrap();
    assert_eq!(world.sum().await, Some(1021), "three times seven, with the step that each needs");
    assert_eq!(world.parked().await, [""; 0]);
    world.tell(&["add"]).await;
    assert_eq!(world.sum().await, Some(1028), "and none of them twice");
}

#[tokio::test]
async fn no_more_than_the_limit_is_kept_early() {
    let world = World::new("limit").await;
    world.tell(&vec!["add"; LIMIT_EARLY + 2]).await;
    assert_eq!(world.parked().await, ["too_early"; 2]);
    world.tell(&["open"]).await;
    world.clock.advance(SignedDuration::from_secs(5));
    world.worker.step_timers().await.unwrap();
    assert_eq!(world.sum().await, Some(1000 + 7 * LIMIT_EARLY as u64));
}

#[tokio::test]
async fn what_is_refused_panics_or_cannot_be_read_is_parked_and_the_rest_done() {
    let world = World::new("refused").await;
    let mut unreadable = world.told("open");
    let id = Some(world.ids.message());
    let what =
        Unreadable { id, reason: "the header is missing".to_owned(), body: b"anna".to_vec(), stranger: None };
    unreadable.message = Err(what);
    let mut foreign_kind = world.told("open");
    foreign_kind.message.as_mut().unwrap().envelope.kind = "anna@example.com".to_owned();
    let deliveries = [
        unreadable.clone(),
        world.told("refuse"),
        unreadable,
        world.told("panic"),
        foreign_kind,
        world.told("open"),
    ];
    world.worker.step(&deliveries).await.unwrap();
    assert_eq!(world.sum().await, Some(0));
    let mut reasons = world.parked().await;
    reasons.sort_unstable();
    assert_eq!(reasons, ["panicked", "unreadable", "unreadable", "unreadable", "unwanted"]);
    for parked in world.store.parked(None, None, 10).await.unwrap() {
        assert!(!parked.detail.contains("anna"), "{}", parked.detail);
        assert!(!parked.sealed_body.windows(4).any(|bytes| bytes == b"anna"), "bodies are sealed");
    }
}

#[tokio::test]
async fn another_tenants_message_is_parked_and_the_owners_beside_it_done() {
    let world = World::new("tenants").await;
    world.tell(&["open"]).await;
    world.clock.advance(SignedDuration::from_secs(5));
    world.worker.step_timers().await.unwrap();
    let mut stranger = world.told("add");
    stranger.message.as_mut().unwrap().envelope.tenant = "cork".parse().unwrap();
    world.worker.step(&[stranger, world.told("add")]).await.unwrap();
    assert_eq!(world.sum().await, Some(1007));
    assert_eq!(world.parked().await, ["foreign_tenant"]);
}

#[tokio::test]
async fn a_newer_processs_request_is_left_alone_and_convicts_nobody() {
    let world = World::new("newer").await;
    let row = StateRow {
        request: world.request,
        tenant: "dublin".parse().unwrap(),
        version: 1,
        format: 2,
        status: "open".to_owned(),
        due_at: None,
        body: b"a newer layout".to_vec(),
        early: Vec::new(),
        closed_at: None,
    };
    let mut tx = world.store.begin(&adder()).await.unwrap();
    let states = vec![StateWrite { row: row.clone(), replaces: 0 }];
    tx.write(&Writes { states, ..Writes::default() }).await.unwrap();
    tx.commit().await.unwrap();
    let again = Delivery { redelivered: true, ..world.told("add") };
    for _ in 0..10 {
        let step = world.worker.step(std::slice::from_ref(&again)).await;
        assert!(matches!(step, Err(StepError::Newer)));
    }
    assert_eq!(world.store.state(&adder(), world.request).await.unwrap(), Some(row));
    assert_eq!(world.parked().await, [""; 0]);
}
