//! A caller hears what became of its message, and what is refused leaves no trace.

use std::sync::{
    Arc,
    atomic::{AtomicU64, AtomicUsize, Ordering},
};

use jiff::Timestamp;
use redress_bus::{Delivery, Tag};
use redress_contracts::{ContentType, Envelope, Message, topology::Route, v1};
use redress_domain::{Clock, Ids, Random, RequestId, ServiceName};
use redress_store::{SqliteStore, StateRow, StateWrite, Store, Writes};

use super::*;
use crate::{Context, Decision, Input, Moment, Next, Out, Sealer, Service, Steps};

/// Counts what it is told; each count is told on. What it is told stands in the message's `systems`.
struct Counts {
    name: ServiceName,
    reads: AtomicUsize,
}

impl Service for Counts {
    type State = u8;
    type Message = String;

    fn name(&self) -> &ServiceName {
        &self.name
    }

    fn format(&self) -> u32 {
        1
    }

    fn read_state(&self, row: &StateRow) -> Result<u8, Refused> {
        row.body.first().copied().ok_or_else(|| Refused::new("unreadable_state", "no byte"))
    }

    fn write_state(&self, state: &u8, row: &mut StateRow) {
        row.status = "counting".to_owned();
        row.body = vec![*state];
    }

    fn read(&self, message: &Message) -> Result<String, Refused> {
        self.reads.fetch_add(1, Ordering::Relaxed);
        Ok(message.read::<v1::Discover>()?.systems.concat())
    }

    fn steps(&self, _: &Input<String>) -> Vec<String> {
        vec!["step".to_owned()]
    }

    fn decide(
        &self,
        state: Option<&u8>,
        input: &Input<String>,
        _: &Steps,
        moment: &Moment<'_>,
    ) -> Decision<u8> {
        let Input::Message(_, told) = input else { return Decision::Seen };
        match (told.as_str(), state) {
            ("count", _) | ("after", Some(_)) => {
                let out = Out::new(moment.ids.message(), Route::to_service(&self.name), &v1::Stop::default());
                let state = state.copied().unwrap_or_default() + 1;
                Next { messages: vec![out], ..Next::to(state) }.into()
            }
            ("after", None) => Decision::Early,
            ("only alone", Some(_)) | ("refuse", _) => Decision::Refused(Refused::new("unwanted", "no")),
            ("only alone", None) => Decision::Early,
            _ => Decision::Seen,
        }
    }
}

struct Still;

impl Clock for Still {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(1_781_092_800).unwrap()
    }
}

#[derive(Default)]
struct Counter(AtomicU64);

impl Random for Counter {
    fn fill(&self, out: &mut [u8]) {
        let next = self.0.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        out.iter_mut().rev().zip(next.iter().rev()).for_each(|(to, from)| *to = *from);
    }
}

impl Sealer for Still {
    fn seal(&self, _: Option<&Envelope>, _: &[u8]) -> Vec<u8> {
        Vec::new()
    }
}

struct World {
    store: Arc<dyn Store>,
    ids: Ids,
    service: Arc<Counts>,
    worker: Worker,
    request: RequestId,
}

impl World {
    async fn new(name: &str) -> Self {
        let clock = Arc::new(Still);
        let store: Arc<dyn Store> = Arc::new(SqliteStore::in_memory(name, clock.clone()).await.unwrap());
        store.migrate().await.unwrap();
        let ids = Ids::new(clock.clone(), Arc::new(Counter::default()));
        let context = Context::new(store.clone(), clock.clone(), ids.clone(), clock);
        let service = Arc::new(Counts { name: "counts".parse().unwrap(), reads: AtomicUsize::new(0) });
        let worker = Worker::new(service.clone(), context);
        Self { request: ids.request(), store, ids, service, worker }
    }

    fn told(&self, told: &str) -> Message {
        let envelope = Envelope {
            id: self.ids.message(),
            kind: "redress.v1.Discover".to_owned(),
            source: "front".parse().unwrap(),
            time: Still.now(),
            tenant: "dublin".parse().unwrap(),
            request: self.request,
            state_version: 0,
            answers: None,
            traceparent: None,
            again: false,
            content_type: ContentType::Protobuf,
        };
        let body = v1::Discover { systems: vec![told.to_owned()], ..v1::Discover::default() };
        Message { envelope, body: prost::Message::encode_to_vec(&body) }
    }

    async fn refused(&self, message: Message) -> &'static str {
        match self.worker.call(message).await.unwrap() {
            Called::Refused(why) => why.code,
            other => panic!("{other:?}"),
        }
    }

    async fn step(&self, told: &str) {
        let message = Ok(self.told(told));
        self.worker
            .step(&[Delivery { tag: Tag::new(0, 1), redelivered: false, dead_of: None, message }])
            .await
            .unwrap();
    }

    async fn row(&self) -> Option<StateRow> {
        self.store.state(&self.service.name, self.request).await.unwrap()
    }

    async fn parked(&self) -> Vec<String> {
        let parked = self.store.parked(None, None, 10).await.unwrap();
        parked.into_iter().map(|parked| parked.reason).collect()
    }
}

#[tokio::test]
async fn what_is_done_is_done_once_and_comes_back_with_its_row() {
    let world = World::new("call-done").await;
    let message = world.told("count");
    let Called::Done { row, outgoing } = world.worker.call(message.clone()).await.unwrap() else { panic!() };
    assert_eq!((Some(*row), outgoing.len()), (world.row().await, 1));
    assert_eq!(world.worker.call(message).await.unwrap(), Called::Known);
    assert_eq!(world.row().await.unwrap().body, [1]);
}

#[tokio::test]
async fn what_is_refused_leaves_no_trace_and_may_come_again() {
    let world = World::new("call-refused").await;
    let after = world.told("after");
    assert_eq!(world.refused(after.clone()).await, "too_early");
    for (told, code) in [("refuse", "unwanted"), ("anything", "stale")] {
        assert_eq!(world.refused(world.told(told)).await, code);
    }
    let mut unreadable = world.told("count");
    unreadable.envelope.kind = "redress.v1.Stop".to_owned();
    assert_eq!(world.refused(unreadable).await, "unreadable");
    assert_eq!((world.row().await, world.parked().await), (None, Vec::new()));
    world.worker.call(world.told("count")).await.unwrap();
    assert!(
        matches!(world.worker.call(after).await.unwrap(), Called::Done { .. }),
        "it is not noted as seen"
    );
}

#[tokio::test]
async fn what_waited_for_it_is_decided_on_as_the_loop_would() {
    let world = World::new("call-early").await;
    world.step("after").await;
    world.step("only alone").await;
    let Called::Done { row, outgoing } = world.worker.call(world.told("count")).await.unwrap() else {
        panic!()
    };
    assert_eq!((row.body.as_slice(), outgoing.len()), (&[2][..], 2));
    assert_eq!(world.parked().await, ["unwanted"], "another sender's message is parked, as ever");
    assert_eq!(Some(*row), world.row().await);
}

#[tokio::test]
async fn a_foreign_or_newer_request_is_left_alone() {
    let world = World::new("call-foreign").await;
    world.step("count").await;
    let mut foreign = world.told("count");
    foreign.envelope.tenant = "cork".parse().unwrap();
    assert_eq!(world.refused(foreign).await, "foreign_tenant");
    let row = world.row().await.unwrap();
    let newer = StateRow { version: row.version + 1, format: 2, ..row.clone() };
    let mut tx = world.store.begin(&world.service.name).await.unwrap();
    let states = vec![StateWrite { row: newer.clone(), replaces: row.version }];
    tx.write(&Writes { states, ..Writes::default() }).await.unwrap();
    tx.commit().await.unwrap();
    assert!(matches!(world.worker.call(world.told("count")).await, Err(StepError::Newer)));
    assert_eq!(world.row().await, Some(newer));
}

#[tokio::test]
async fn every_message_is_read_once() {
    let world = World::new("call-reads").await;
    world.step("count").await;
    world.worker.call(world.told("count")).await.unwrap();
    assert_eq!(world.service.reads.load(Ordering::Relaxed), 2);
}
