//! Audit in a worker of its own over a database in memory.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use jiff::{SignedDuration, Timestamp};
use prost::{Message as _, Name as _};
use redress_bus::{Delivery, Tag};
use redress_contracts::{
    ContentType, Envelope, Message, to_timestamp,
    v1::{DeletionPurged, Event, RequestClosed, RequestReceived, RequestRejected, event::What},
};
use redress_domain::{Clock, Ids, Random, RequestId};
use redress_runtime::{Context, LIMIT_EARLY, Sealer, Worker};
use redress_store::{LedgerRow, SqliteStore, StateRow, Store};

use super::*;

struct Now(AtomicI64);

impl Clock for Now {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

/// SplitMix64.
struct Dice(AtomicU64);

impl Dice {
    fn below(&self, end: usize) -> usize {
        let mut z = self.0.fetch_add(0x9E37_79B9_7F4A_7C15, Ordering::SeqCst);
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) as usize % end
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

struct World {
    clock: Arc<Now>,
    dice: Arc<Dice>,
    ids: Ids,
    store: Arc<dyn Store>,
    worker: Worker,
    request: RequestId,
}

impl World {
    async fn new(name: &str, seed: u64) -> Self {
        let clock = Arc::new(Now(AtomicI64::new(1_781_092_800)));
        let dice = Arc::new(Dice(AtomicU64::new(seed)));
        let store: Arc<dyn Store> = Arc::new(SqliteStore::in_memory(name, clock.clone()).await.unwrap());
        store.migrate().await.unwrap();
        let ids = Ids::new(clock.clone(), dice.clone());
        let context = Context::new(store.clone(), clock.clone(), ids.clone(), Arc::new(NoSealer));
        let worker = Worker::new(Arc::new(Audit::default()), context);
        let request = ids.request();
        Self { clock, dice, ids, store, worker, request }
    }

    fn event(&self, sender: &str, sequence: u64, what: What) -> Message {
        let at = Some(to_timestamp(self.clock.now()));
        let event =
            Event { request: self.request.to_string(), sequence, at, what: Some(what), ..Event::default() };
        let envelope = Envelope {
            id: self.ids.message(),
            kind: Event::full_name(),
            source: sender.parse().unwrap(),
            time: self.clock.now(),
            tenant: "dublin".parse().unwrap(),
            request: self.request,
            state_version: 0,
            answers: None,
            traceparent: None,
            again: false,
            content_type: ContentType::Protobuf,
        };
        Message { envelope, body: event.encode_to_vec() }
    }

    fn closed(&self, sequence: u64, last: &[(&str, u64)]) -> Message {
        let last_sequences = last.iter().map(|(sender, last)| ((*sender).to_owned(), *last)).collect();
        self.event(
            "intake",
            sequence,
            What::RequestClosed(RequestClosed { last_sequences, ..Default::default() }),
        )
    }

    async fn give(&self, messages: &[Message]) {
        let delivery = |message: &Message| Delivery {
            tag: Tag::new(0, 1),
            redelivered: false,
            dead_of: None,
            message: Ok(message.clone()),
        };
        let deliveries: Vec<Delivery> = messages.iter().map(delivery).collect();
        assert!(self.worker.step(&deliveries).await.unwrap().is_empty(), "audit sends nothing");
    }

    async fn wait(&self, time: SignedDuration) {
        self.clock.0.fetch_add(time.as_secs(), Ordering::SeqCst);
        self.worker.step_timers().await.unwrap();
    }

    async fn row(&self) -> Option<StateRow> {
        self.store.state(&"audit".parse().unwrap(), self.request).await.unwrap()
    }

    async fn is_closed(&self) -> bool {
        self.row().await.is_some_and(|row| row.status == "closed" && row.closed_at.is_some())
    }

    /// Senders of whose events one should be there by now.
    async fn missing(&self) -> Vec<String> {
        let state = State::read(&self.row().await.unwrap()).unwrap();
        decide::missing(&state, self.clock.now()).into_iter().map(str::to_owned).collect()
    }

    /// When the next look is due, from now on.
    async fn next_look(&self) -> Option<SignedDuration> {
        let due = self.store.next_timer(&"audit".parse().unwrap()).await.unwrap()?;
        Some(due.duration_since(self.clock.now()))
    }

    async fn ledger(&self) -> Vec<LedgerRow> {
        self.store.ledger(&"dublin".parse().unwrap(), 0, 1000).await.unwrap()
    }

    async fn parked(&self) -> Vec<String> {
        let parked = self.store.parked(None, None, 1000).await.unwrap();
        parked.into_iter().map(|parked| parked.reason).collect()
    }
}

fn received() -> What {
    What::RequestReceived(RequestReceived::default())
}

fn purged() -> What {
    What::DeletionPurged(DeletionPurged::default())
}

#[tokio::test]
async fn whatever_the_order_each_event_stands_once_and_the_end_is_known_when_all_are_there() {
    for seed in 0..100 {
        let world = World::new(&format!("order{seed}"), seed).await;
        let last = [("intake", 6), ("discovery", 2), ("deletion", 4)];
        let mut events: Vec<Message> = (1..=5).map(|n| world.event("intake", n, received())).collect();
        events.push(world.closed(6, &last));
        events.extend((1..=2).map(|n| world.event("discovery", n, received())));
        events.extend((1..=4).map(|n| world.event("deletion", n, purged())));
        let published: BTreeSet<Vec<u8>> = events.iter().map(|event| event.body.clone()).collect();
        let mut left = events.clone();
        while !left.is_empty() {
            assert!(!world.is_closed().await, "seed {seed}: {} are missing", left.len());
            let size = 1 + world.dice.below(4);
            let mut batch = Vec::new();
            for _ in 0..size.min(left.len()) {
                batch.push(left.swap_remove(world.dice.below(left.len())));
            }
            // Some come twice: as the same message, and as another with the same number.
            let again = &events[world.dice.below(events.len())];
            if !left.iter().any(|message| message.envelope.id == again.envelope.id) {
                let id = world.ids.message();
                batch.push(again.clone());
                batch.push(Message { envelope: Envelope { id, ..again.envelope.clone() }, ..again.clone() });
            }
            world.give(&batch).await;
        }
        assert!(world.is_closed().await, "seed {seed}");
        assert_eq!(world.next_look().await, None);
        let rows = world.ledger().await;
        assert_eq!(ledger::verify(&"dublin".parse().unwrap(), &rows).unwrap().entries, 12);
        let bodies: BTreeSet<Vec<u8>> = rows.iter().map(|row| row.entry.body.clone()).collect();
        assert_eq!(bodies, published, "as they were published");
        let mut of_senders: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
        for row in &rows {
            of_senders.entry(&row.entry.sender).or_default().push(row.entry.sequence);
        }
        assert!(of_senders.values().all(|numbers| numbers.iter().copied().eq(1..=numbers.len() as u64)));
        let closing = rows.iter().find(|row| row.entry.event == "request.closed").unwrap();
        assert_eq!((closing.entry.sender.as_str(), closing.entry.sequence), ("intake", 6));
        assert_eq!(world.parked().await, [""; 0]);
    }
}

#[tokio::test]
async fn what_is_missing_after_the_closing_is_said_each_hour_until_it_comes() {
    let world = World::new("missing", 1).await;
    let late = world.event("deletion", 1, purged());
    world.give(&[world.event("intake", 1, received()), world.closed(2, &[("deletion", 1)])]).await;
    for _ in 0..3 {
        assert!(!world.is_closed().await);
        assert_eq!(world.next_look().await, Some(SignedDuration::from_hours(1)));
        assert_eq!(world.missing().await, ["deletion"]);
        world.wait(SignedDuration::from_hours(1)).await;
    }
    world.give(&[late]).await;
    assert!(world.is_closed().await);
    assert_eq!((world.next_look().await, world.ledger().await.len()), (None, 3));
    world.give(&[world.event("intake", 3, received())]).await;
    assert!(world.is_closed().await, "what comes after the end is kept too");
    assert_eq!((world.next_look().await, world.ledger().await.len()), (None, 4));
}

#[tokio::test]
async fn what_never_became_a_request_has_one_event_and_nothing_is_waited_for() {
    let world = World::new("rejected", 5).await;
    let rejected =
        What::RequestRejected(RequestRejected { reason: "invalid".to_owned(), ..Default::default() });
    let rejected = world.event("requests", 1, rejected);
    world.give(&[rejected.clone(), rejected]).await;
    assert_eq!(world.ledger().await.len(), 1);
    assert!(world.is_closed().await && world.next_look().await.is_none());
}

#[tokio::test]
async fn a_gap_is_seen_although_the_closing_waits_behind_it() {
    let world = World::new("gap", 1).await;
    let lost = world.event("intake", 2, received());
    world.give(&[world.event("intake", 1, received())]).await;
    world.wait(SignedDuration::from_hours(24)).await;
    assert_eq!(world.missing().await, [""; 0], "an open request may be quiet for days");
    world.give(&[world.closed(3, &[])]).await;
    assert_eq!(world.missing().await, [""; 0], "it may be on its way");
    world.wait(SignedDuration::from_hours(24)).await;
    assert_eq!(world.missing().await, ["intake"]);
    assert_eq!(world.next_look().await, Some(SignedDuration::from_hours(1)));
    world.give(&[lost]).await;
    assert!(world.is_closed().await);
    assert_eq!(world.next_look().await, None);
}

#[tokio::test]
async fn what_is_more_than_can_wait_is_parked_and_not_lost() {
    let world = World::new("limit", 1).await;
    let count = LIMIT_EARLY as u64 + 3;
    let events: Vec<Message> = (1..=count).map(|n| world.event("intake", n, received())).collect();
    world.give(&events[1..]).await;
    assert_eq!(world.parked().await, ["too_early"; 2]);
    world.give(&events[..1]).await;
    assert_eq!(world.ledger().await.len(), LIMIT_EARLY + 1);
}

#[tokio::test]
async fn what_is_no_event_that_can_be_kept_is_parked() {
    let world = World::new("refused", 1).await;
    let good = world.event("intake", 1, received());
    let unknown = Event { request: world.request.to_string(), sequence: 1, ..Event::default() };
    let unknown = Message { body: unknown.encode_to_vec(), ..world.event("intake", 1, received()) };
    let mut foreign = world.event("intake", 1, received());
    foreign.envelope.request = world.ids.request();
    world.give(&[world.event("intake", 0, received()), unknown, foreign, good]).await;
    let mut parked = world.parked().await;
    parked.sort_unstable();
    assert_eq!(parked, ["unknown_event", "unreadable", "unreadable"]);
    assert_eq!(world.ledger().await.len(), 1);
}

/// The ledger is kept for ever: no message that names a person in the clear is part of any event.
#[test]
fn no_event_can_hold_an_identifier() {
    let proto = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../proto");
    let files = protox::compile(["redress/v1/events.proto"], [proto]).unwrap().file;
    let mut fields: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in &files {
        let mut messages: Vec<_> =
            file.message_type.iter().map(|message| (format!(".{}", file.package()), message)).collect();
        while let Some((scope, message)) = messages.pop() {
            let name = format!("{scope}.{}", message.name());
            messages.extend(message.nested_type.iter().map(|nested| (name.clone(), nested)));
            fields.insert(name, message.field.iter().map(|field| field.type_name().to_owned()).collect());
        }
    }
    let (mut reached, mut open) = (BTreeSet::new(), vec![".redress.v1.Event".to_owned()]);
    while let Some(name) = open.pop() {
        if reached.insert(name.clone()) {
            open.extend(fields.get(&name).into_iter().flatten().cloned());
        }
    }
    assert!(reached.contains(".redress.v1.SystemOutcome"), "the walk goes deep");
    for personal in ["Identifier", "Subject", "Correction", "SubmitRequest"] {
        let name = format!(".redress.v1.{personal}");
        assert!(fields.contains_key(&name), "{name} is still there");
        assert!(!reached.contains(&name), "{name}");
    }
}
