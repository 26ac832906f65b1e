//! Queue × message × where it ends. The queues are those of the topology; what is sent to each is a real message of a
//! whole export and a whole deletion, spoiled.

use std::collections::{BTreeMap, BTreeSet};

use lapin::{
    BasicProperties, Channel, Connection, ConnectionProperties,
    message::Delivery,
    options::{
        BasicGetOptions, BasicPublishOptions, ConfirmSelectOptions, QueueBindOptions, QueueDeclareOptions,
    },
    types::{AMQPValue, FieldTable, LongString, ShortString},
};
use prost::Message as _;
use redress::roles::topology;
use redress_audit::ledger::verify;
use redress_contracts::{
    header,
    topology::{CRASHED, EVENTS, REQUESTS, Route, service_queue},
    v1::{Event, SubmitRequest, event::What},
};
use redress_domain::{MessageId, TenantId};
use redress_store::{LedgerRow, Parked, StateFilter};
use redress_tests::killable::look_again;
use serde_json::{Value, json};

use crate::{
    flows::world::World,
    front_queue::{self, JSON, KIND, PERSON, PROTOBUF, clear, next},
    sql::company::{Rows, email},
};

const POLICY: &str = "[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user'\ndo = 'delete'\n";

/// What is wrong with a message, why it is parked by a service, and why at the front door; none: it is not parked.
const WRONGS: [(&str, Option<&str>, Option<&str>); 10] = [
    ("garbage", Some("unreadable"), Some("unreadable")),
    ("nothing in it", Some("unreadable"), Some("invalid")),
    ("cut off", Some("unreadable"), Some("unreadable")),
    ("two MiB of garbage", Some("unreadable"), Some("too_large")),
    ("another content type", Some("unreadable"), Some("unreadable")),
    ("a type that nobody knows", Some("unreadable"), Some("unreadable")),
    ("another service's message", Some("unreadable"), Some("unreadable")),
    ("no headers", Some("unreadable"), None),
    ("a trace that is none", Some("unreadable"), None),
    // At the front door nothing but the user says whose a message is.
    ("of another tenant", Some("foreign_tenant"), None),
];

/// Of these, what no envelope can be read of. The body of a dead letter is not looked at.
const UNREADABLE_HEADS: [&str; 4] =
    ["another content type", "a type that nobody knows", "no headers", "a trace that is none"];

/// A message as it was published.
struct Real {
    route: Route,
    queue: String,
    properties: BasicProperties,
    body: Vec<u8>,
}

impl Real {
    fn kind(&self) -> String {
        self.properties.kind().as_ref().unwrap().to_string()
    }

    fn spoiled(&self, wrong: &str, others: &Self, id: MessageId) -> (BasicProperties, Vec<u8>) {
        let named = self.properties.clone().with_message_id(id.to_string().into());
        let garbage = [&[0xff; 3], PERSON.as_bytes()].concat();
        match wrong {
            "garbage" => (named, garbage),
            "nothing in it" => (named, Vec::new()),
            "cut off" => (named, self.body[..self.body.len() - 1].to_vec()),
            "two MiB of garbage" => (named, garbage.repeat((2 << 20) / garbage.len())),
            "another content type" => (named.with_content_type("text/plain".into()), self.body.clone()),
            "a type that nobody knows" => (named.with_type(PERSON.into()), self.body.clone()),
            "no headers" => (named.with_headers(FieldTable::default()), self.body.clone()),
            "another service's message" => (named.with_type(others.kind().into()), others.body.clone()),
            "a trace that is none" => (with(named, header::TRACEPARENT, PERSON), self.body.clone()),
            "of another tenant" => (with(named, header::TENANT, "galway"), self.body.clone()),
            _ => unreachable!("{wrong}"),
        }
    }
}

fn with(properties: BasicProperties, header: &str, value: &str) -> BasicProperties {
    let mut headers = properties.headers().clone().unwrap_or_default();
    headers.insert(ShortString::from(header), AMQPValue::LongString(LongString::from(value)));
    properties.with_headers(headers)
}

/// Hears everything that is published, and publishes what it likes: the broker's administrator.
struct Tap {
    channel: Channel,
    _connection: Connection,
}

impl Tap {
    async fn at(url: &str) -> Self {
        let connection = Connection::connect(url, ConnectionProperties::default()).await.unwrap();
        let channel = connection.create_channel().await.unwrap();
        channel.confirm_select(ConfirmSelectOptions::default()).await.unwrap();
        let exclusive = QueueDeclareOptions { exclusive: true, ..QueueDeclareOptions::default() };
        channel.queue_declare("tap".into(), exclusive, FieldTable::default()).await.unwrap();
        for (exchange, key) in topology().queues.into_iter().flat_map(|queue| queue.bindings) {
            let (options, none) = (QueueBindOptions::default(), FieldTable::default());
            channel
                .queue_bind("tap".into(), exchange.as_str().into(), key.as_str().into(), options, none)
                .await
                .unwrap();
        }
        Self { channel, _connection: connection }
    }

    /// What was published since this was asked last, by the queues that it went to.
    async fn heard(&self) -> Vec<Real> {
        let mut heard = Vec::new();
        let options = BasicGetOptions { no_ack: true };
        while let Some(got) = self.channel.basic_get("tap".into(), options).await.unwrap() {
            let Delivery { exchange, routing_key, properties, data, .. } = got.delivery;
            let route = Route::parse(exchange.as_str(), routing_key.as_str()).unwrap();
            let real = |queue: &str| Real {
                route: route.clone(),
                queue: queue.to_owned(),
                properties: properties.clone(),
                body: data.clone(),
            };
            heard.extend(topology().reached_by(&route).map(real));
        }
        heard
    }

    async fn publish(&self, route: &Route, properties: BasicProperties, body: &[u8]) {
        let (exchange, key) = (route.exchange.into(), route.key.as_str().into());
        let options = BasicPublishOptions { mandatory: true, ..BasicPublishOptions::default() };
        let sent = self.channel.basic_publish(exchange, key, options, body, properties).await.unwrap();
        assert!(sent.await.unwrap().is_ack(), "{route:?}");
    }
}

/// A whole export and a whole deletion, and a submission by way of the broker.
async fn real_messages(world: &World, tap: &Tap) -> (BTreeMap<String, Vec<Real>>, Vec<String>) {
    let mut requests = Vec::new();
    for (kind, person) in [("export", 3), ("delete", 4)] {
        let request = world.submit(kind, &email(person)).await;
        world.settled(&request).await;
        world.approve(&request).await;
        world.settled(&request).await;
        requests.push(request);
    }
    let submission = BasicProperties::default().with_user_id("shop".into()).with_message_id("first".into());
    let submission = submission.with_type(KIND.into()).with_content_type(PROTOBUF.into());
    let route = Route { exchange: REQUESTS, key: "x".to_owned() };
    tap.publish(&route, submission, &clear("first").encode_to_vec()).await;
    world.ledger_at_rest(&dublin()).await;
    let mut by_queue: BTreeMap<String, Vec<Real>> = BTreeMap::new();
    for real in tap.heard().await {
        by_queue.entry(real.queue.clone()).or_default().push(real);
    }
    (by_queue, requests)
}

fn dublin() -> TenantId {
    "dublin".parse().unwrap()
}

/// What stands of these requests, and of everybody's data.
#[derive(Debug, PartialEq)]
struct AtRest {
    shown: Vec<Value>,
    ledger: Vec<LedgerRow>,
    rows: Rows,
}

impl AtRest {
    async fn of(world: &World, requests: &[String]) -> Self {
        let mut shown = Vec::new();
        for request in requests {
            shown.push(world.show(request).await);
        }
        let mut ledger = world.ledger_at_rest(&dublin()).await;
        ledger.retain(|row| requests.contains(&row.entry.request));
        Self { shown, ledger, rows: world.company.rows().await }
    }
}

/// Requests that were ever taken in.
async fn how_many(world: &World) -> usize {
    let (intake, all) = ("intake".parse().unwrap(), StateFilter::default());
    world.parts.context.store.states(&intake, &all, None, 1_000).await.unwrap().len()
}

/// Of all that was parked, only the submissions have a sender who is told, and they without a value.
async fn only_its_sender_is_told(tap: &Tap, parked: &[Parked]) {
    let events = tap.heard().await.into_iter().filter(|real| real.route.exchange == EVENTS);
    let rejected: Vec<String> = events
        .filter_map(|real| {
            let what = Event::decode(real.body.as_slice()).ok()?.what?;
            matches!(what, What::RequestRejected(_)).then(|| format!("{} {what:?}", real.route.key))
        })
        .collect();
    let submissions = parked.iter().filter(|row| row.service.as_str() == "requests").count();
    assert_eq!(rejected.len(), submissions, "{rejected:?}");
    for told in rejected {
        assert!(told.starts_with("dublin.request.rejected ") && !told.contains("anna"), "{told}");
    }
}

async fn parked(world: &World) -> Vec<Parked> {
    world.parts.context.store.parked(None, None, 1_000).await.unwrap()
}

/// The one that is parked beside these.
async fn next_parked(world: &World, known: &[Parked]) -> Parked {
    for _ in 0..200 {
        let now = parked(world).await;
        if now.len() > known.len() {
            return now.into_iter().find(|row| !known.contains(row)).unwrap();
        }
        look_again().await;
    }
    panic!("nothing is parked");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_queue_can_take_is_parked_with_its_reason_and_everything_else_goes_on() {
    let world = World::start(("amqp", "sqlite"), 9, POLICY).await;
    while !world.parts.bus.is_up() {
        look_again().await; // before that, nothing is declared
    }
    let tap = Tap::at(&world.parts.settings.bus.url).await;
    let (real, requests) = real_messages(&world, &tap).await;
    let before = AtRest::of(&world, &requests).await;
    let taken_in = how_many(&world).await;
    // Dead letters are nobody's to work: see below.
    for queue in topology().queues.iter().map(|queue| &queue.name).filter(|name| *name != CRASHED) {
        let own = real.get(queue).unwrap_or_else(|| panic!("no message of a whole run goes to {queue}"));
        let kinds: BTreeSet<String> = own.iter().map(Real::kind).collect();
        let others = real.values().flatten().find(|real| !kinds.contains(&real.kind())).unwrap();
        for (wrong, of_service, at_the_front) in WRONGS {
            let reason = if queue == REQUESTS { at_the_front } else { of_service };
            let (known, id) = (parked(&world).await, world.parts.context.ids.message());
            let (properties, body) = own[0].spoiled(wrong, others, id);
            tap.publish(&own[0].route, properties, &body).await;
            let Some(reason) = reason else { continue };
            let row = next_parked(&world, &known).await;
            let queues = [service_queue(&row.service), format!("redress.task.{}", row.service)];
            assert!(queues.contains(queue), "{queue}, {wrong}: {row:?}");
            // A task says which connector's it is: one with nothing in it is nobody's.
            let reason = if row.detail.contains("another connector's") { "not_ours" } else { reason };
            assert_eq!(row.reason, reason, "{queue}, {wrong}: {row:?}");
            assert!(!format!("{row:?}").contains("anna"), "{queue}, {wrong}: {row:?}");
        }
    }
    let dead = Route { exchange: CRASHED, key: CRASHED.to_owned() };
    let (first, last) = (real.values().flatten().next().unwrap(), real.values().flatten().last().unwrap());
    for (wrong, ..) in WRONGS {
        let (known, id) = (parked(&world).await, world.parts.context.ids.message());
        let (properties, body) = first.spoiled(wrong, last, id);
        tap.publish(&dead, properties, &body).await;
        let row = next_parked(&world, &known).await;
        let reason = if UNREADABLE_HEADS.contains(&wrong) { "unreadable" } else { "given_up" };
        assert_eq!((row.service.as_str(), &*row.reason), ("crashed", reason), "{wrong}: {row:?}");
        assert!(!format!("{row:?}").contains("anna"), "{wrong}: {row:?}");
    }
    // Whatever was said once may come again: it is known, and changes nothing.
    let known = parked(&world).await;
    for real in real.values().flatten() {
        tap.publish(&real.route, real.properties.clone(), &real.body).await;
    }
    let good = world.submit("export", &email(5)).await;
    world.settled(&good).await;
    world.approve(&good).await;
    assert_eq!(world.settled(&good).await["closing"], "completed");
    let rows = world.ledger_at_rest(&dublin()).await;
    let verified = verify(&dublin(), rows.iter()).unwrap();
    assert_eq!(verified.entries, rows.len() as u64);
    assert_eq!(parked(&world).await, known, "nothing that was said before is parked");
    assert_eq!(AtRest::of(&world, &requests).await, before, "nothing has changed for the first");
    assert_eq!(how_many(&world).await, taken_in + 1, "the good one alone is new");
    only_its_sender_is_told(&tap, &known).await;
    world.stop().await;
}

/// The front door over AMQP.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_taken_in_is_parked_and_its_sender_is_told() {
    let world = front_queue::World::start().await;
    let (shop, mill) = (world.user("shop").await, world.user("mill").await);
    let mut told = shop.listen("dublin.request.rejected").await.unwrap();
    let mut told_mill = mill.listen("cork.request.rejected").await.unwrap();
    let good = clear("good").encode_to_vec();
    let no_kind = SubmitRequest { kind: 0, ..clear("no kind") }.encode_to_vec();
    let bad_key = clear(&"k".repeat(200)).encode_to_vec();
    let unknown = json!({ "kind": "KIND_EXPORT", "colour": PERSON }).to_string();
    let wrong = json!({ "kind": PERSON }).to_string();
    let large = vec![b' '; 1024 * 1024 + 1];
    let cases: [(&str, &str, &[u8], &str, &str); 9] = [
        ("", PROTOBUF, b"", "no_idempotency_key", "message_id"),
        ("m1", PROTOBUF, b"\xff\xff\xff", "unreadable", "protobuf"),
        ("m2", PROTOBUF, &good[..good.len() - 3], "unreadable", "protobuf"),
        ("m3", JSON, unknown.as_bytes(), "unreadable", "line 1, column"),
        ("m4", JSON, wrong.as_bytes(), "unreadable", "line 1, column"),
        ("m5", "text/plain", &good, "unreadable", "content_type"),
        ("m6", JSON, &large, "too_large", "1048576"),
        ("m7", PROTOBUF, &no_kind, "invalid", "`kind`"),
        ("m8", PROTOBUF, &bad_key, "invalid", "`idempotency_key`"),
    ];
    for (id, content_type, body, code, words) in cases {
        // However often it comes.
        for _ in 0..2 {
            shop.submit(id, content_type, body).await;
        }
        let (key, event) = next(&mut told).await;
        assert_eq!(key, "dublin.request.rejected");
        let Some(What::RequestRejected(rejected)) = event.what else { panic!("{event:?}") };
        assert_eq!(rejected.reason, code, "{id}: {rejected:?}");
        assert!(rejected.detail.contains(words), "{id}: {rejected:?}");
        assert!(!format!("{rejected:?}").contains(PERSON), "{rejected:?}");
        assert!([0, 32].contains(&rejected.idempotency.len()), "{rejected:?}");
    }
    // Cork allows no subject in the clear; and no tenant is taken from anything but the user.
    mill.submit("m9", PROTOBUF, &clear("mine").encode_to_vec()).await;
    let (key, event) = next(&mut told_mill).await;
    assert_eq!(key, "cork.request.rejected");
    assert!(matches!(event.what, Some(What::RequestRejected(it)) if it.reason == "invalid"));
    let parked = world.until_parked(cases.len() + 1).await;
    assert!(parked.iter().all(|parked| parked.service.as_str() == "requests"));
    assert!(!format!("{parked:?}").contains(PERSON));

    // Nobody is told of what nobody sent, or of what is no submission; it is parked all the same.
    let nobody = BasicProperties::default().with_type(KIND.into()).with_message_id("n1".into());
    assert!(shop.publish(REQUESTS, "x.y", nobody.with_content_type(PROTOBUF.into()), &good).await);
    let parked = world.until_parked(cases.len() + 2).await;
    let unknown = parked.iter().find(|parked| parked.envelope.is_none()).unwrap();
    assert_eq!(unknown.reason, "no_user_id");
    let other = BasicProperties::default().with_type("redress.v1.Deed".into()).with_user_id("shop".into());
    assert!(shop.publish(REQUESTS, "", other.with_content_type(PROTOBUF.into()), &good).await);
    let (_, event) = next(&mut told).await;
    assert!(
        matches!(event.what, Some(What::RequestRejected(it)) if it.detail.contains("`redress.v1.SubmitRequest`"))
    );

    shop.submit("good", PROTOBUF, &good).await;
    world.until_requests("dublin", 1).await;
    world.node.stop().await;
}
