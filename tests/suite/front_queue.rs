//! The front door over AMQP, on a real broker whose users have what `redress broker permissions` says and no more.

use std::{fs, path::Path, process::Stdio, sync::Arc, time::Duration};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use futures::StreamExt as _;
use lapin::{
    BasicProperties, Channel, Confirmation, Connection, ConnectionProperties, ExchangeKind,
    options::{
        BasicAckOptions, BasicConsumeOptions, BasicPublishOptions, ConfirmSelectOptions, ExchangeBindOptions,
        ExchangeDeclareOptions, QueueBindOptions, QueueDeclareOptions,
    },
    types::{AMQPValue, FieldTable},
};
use prost::Message as _;
use redress::{
    local::{broker::permissions, up},
    node::Node,
    parts::open_store,
    settings::Settings,
};
use redress_contracts::{
    header,
    topology::{EVENTS, REQUESTS, SERVICES},
    v1::{
        Event, Identifier, IdentifierKind, Kind, Requester, RequesterKind, SealedSubmission, Subject,
        SubjectKind, SubmitRequest, Verification, VerificationLevel, event::What, submit_request,
    },
};
use redress_store::{Parked, StateFilter, Store};
use redress_tests::{
    killable::look_again,
    servers::{self, RabbitMq},
};
use redress_vault::IntakeKey;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, Command},
    time::timeout,
};

use crate::bus::fresh_vhost;

pub(crate) const PERSON: &str = "anna@example.com";
/// What is not heard of by then never is.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);
pub(crate) const PROTOBUF: &str = "application/protobuf";
pub(crate) const KIND: &str = "redress.v1.SubmitRequest";
pub(crate) const JSON: &str = "application/json";
/// AMQP users: the password is the name.
const USERS: [(&str, &str, &str); 4] = [
    ("shop", "dublin", "upstream"),
    ("books", "dublin", "auditor"),
    ("mill", "cork", "upstream"),
    ("archive", "cork", "auditor"),
];

/// A Redress on a vhost of its own.
pub(crate) struct World {
    pub(crate) rabbitmq: RabbitMq,
    pub(crate) vhost: String,
    store: Arc<dyn Store>,
    pub(crate) node: Node,
    _folder: tempfile::TempDir,
}

/// One AMQP user at the broker.
pub(crate) struct User {
    channel: Channel,
    name: &'static str,
    _connection: Connection,
}

impl World {
    pub(crate) async fn start() -> Self {
        redress::choose_tls();
        let folder = tempfile::tempdir().unwrap();
        let url = fresh_vhost().await;
        fs::write(folder.path().join("policy.toml"), "policy.rule = []").unwrap();
        let mut text =
            format!("http.listen = '127.0.0.1:0'\nbus.url = '{url}'\nstore.url = 'sqlite:redress.db'\n");
        for (tenant, key, clear) in [("dublin", "A".repeat(43), true), ("cork", "B".repeat(42) + "A", false)]
        {
            text += &format!(
                "[[tenant]]\nname = '{tenant}'\nkey = '{key}='\npolicy = 'policy.toml'\n\
                 time_zone = 'Europe/Dublin'\nclear_subjects = {clear}\nverification_level = 'asserted'\n"
            );
        }
        for (name, tenant, role) in USERS {
            text += &format!("[[broker_user]]\nname = '{name}'\ntenant = '{tenant}'\nrole = '{role}'\n");
        }
        text += &format!(
            "[[token]]\nsha256 = '{}'\nname = 'shop'\ntenant = 'dublin'\nrole = 'upstream'\n",
            hex::encode(Sha256::digest("shop"))
        );
        let settings = Settings::of_text(&text, folder.path(), folder.path()).unwrap();
        let rabbitmq = servers::shared_rabbitmq().await.unwrap();
        let vhost = url.rsplit('/').next().unwrap().to_owned();
        let store = open_store(&settings).await.unwrap();
        allow(rabbitmq, &settings).await;
        let node = up::start(settings).await.unwrap();
        until_ready(&node).await;
        Self { rabbitmq: rabbitmq.clone(), vhost, store, node, _folder: folder }
    }

    pub(crate) async fn user(&self, name: &'static str) -> User {
        let url = self.rabbitmq.url_as(name, name, &self.vhost);
        let connection = Connection::connect(&url, ConnectionProperties::default()).await.unwrap();
        let channel = connection.create_channel().await.unwrap();
        channel.confirm_select(ConfirmSelectOptions::default()).await.unwrap();
        User { channel, name, _connection: connection }
    }

    /// Starts one of the clients in Python as this user.
    pub(crate) fn client(&self, client: &str, user: &str, arguments: &[&str]) -> Child {
        let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut python = Command::new("/usr/bin/python3");
        python.env("PYTHONPATH", tests.join("../target/pip")).env("PYTHONDONTWRITEBYTECODE", "1");
        python.env("REDRESS_URL", format!("http://{}", self.node.address)).env("REDRESS_TOKEN", "shop");
        python.env("REDRESS_TENANT", "dublin");
        python.env("REDRESS_BROKER", self.rabbitmq.url_as(user, user, &self.vhost));
        python.arg(tests.join("clients").join(client)).arg(tests.join("../proto")).args(arguments);
        python.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        python.spawn().unwrap()
    }

    /// The public half of dublin's intake key.
    async fn intake_key(&self) -> [u8; 32] {
        let url = format!("http://{}/v1/tenants/dublin/intake-key", self.node.address);
        let key: Value =
            reqwest::Client::new().get(url).bearer_auth("shop").send().await.unwrap().json().await.unwrap();
        BASE64_STANDARD.decode(key["public_key"].as_str().unwrap()).unwrap().try_into().unwrap()
    }

    async fn requests(&self, tenant: &str) -> usize {
        let filter = StateFilter { tenant: Some(tenant.parse().unwrap()), ..StateFilter::default() };
        self.store.states(&"intake".parse().unwrap(), &filter, None, 1000).await.unwrap().len()
    }

    pub(crate) async fn until_requests(&self, tenant: &str, expected: usize) {
        for _ in 0..600 {
            if self.requests(tenant).await >= expected {
                break;
            }
            look_again().await;
        }
        let parked = self.store.parked(None, None, 10).await.unwrap();
        assert_eq!(self.requests(tenant).await, expected, "{tenant}; parked: {parked:?}");
    }

    pub(crate) async fn until_parked(&self, expected: usize) -> Vec<Parked> {
        for _ in 0..600 {
            if self.store.parked(None, None, 100).await.unwrap().len() >= expected {
                break;
            }
            look_again().await;
        }
        let parked = self.store.parked(None, None, 100).await.unwrap();
        assert_eq!(parked.len(), expected, "{parked:?}");
        parked
    }
}

/// Before that, what is published may be returned: no queue is bound yet.
async fn until_ready(node: &Node) {
    let url = format!("http://{}/readyz", node.address);
    let ready = async || reqwest::get(&url).await.unwrap().status().is_success();
    for _ in 0..600 {
        if ready().await {
            return;
        }
        look_again().await;
    }
    panic!("never ready");
}

/// Makes the users, and gives everybody, ourselves too, just what the settings ask for.
async fn allow(rabbitmq: &RabbitMq, settings: &Settings) {
    for (own, topics) in permissions(settings).unwrap() {
        let bytes = |text: &str| format!("<<\"{}\">>", text.replace('\\', "\\\\"));
        let (user, vhost) = (bytes(&own.user), bytes(&own.vhost));
        let tests = bytes("tests");
        let of_topics = topics.map_or(String::new(), |topics| {
            format!(
                ", rabbit_auth_backend_internal:set_topic_permissions({user}, {vhost}, {}, {}, {}, {tests})",
                bytes(&topics.exchange),
                bytes(&topics.write),
                bytes(&topics.read)
            )
        });
        rabbitmq
            .eval(&format!(
                "catch rabbit_auth_backend_internal:add_user({user}, {user}, {tests}),
                 rabbit_auth_backend_internal:set_permissions({user}, {vhost}, {}, {}, {}, {tests}){of_topics}",
                bytes(&own.configure),
                bytes(&own.write),
                bytes(&own.read)
            ))
            .await
            .unwrap();
    }
}

impl User {
    /// Publishes as this user; true: the broker has it.
    pub(crate) async fn publish(
        &self,
        exchange: &str,
        key: &str,
        properties: BasicProperties,
        body: &[u8],
    ) -> bool {
        let options = BasicPublishOptions { mandatory: true, ..BasicPublishOptions::default() };
        let sent = self.channel.basic_publish(exchange.into(), key.into(), options, body, properties).await;
        let Ok(confirm) = sent else { return false };
        matches!(confirm.await, Ok(Confirmation::Ack(None)))
    }

    pub(crate) async fn submit(&self, id: &str, content_type: &str, body: &[u8]) {
        let said = BasicProperties::default().with_user_id(self.name.into()).with_message_id(id.into());
        let said = said.with_type(KIND.into()).with_content_type(content_type.into());
        assert!(self.publish(REQUESTS, REQUESTS, said, body).await, "{}", self.name);
    }

    /// A queue of this user's own with this binding; none: the broker does not allow it.
    pub(crate) async fn listen(&self, pattern: &str) -> Option<lapin::Consumer> {
        let queue = format!("{}.events", self.name);
        let exclusive = QueueDeclareOptions { exclusive: true, ..QueueDeclareOptions::default() };
        self.channel.queue_declare(queue.as_str().into(), exclusive, FieldTable::default()).await.ok()?;
        let (options, none) = (QueueBindOptions::default(), FieldTable::default());
        self.channel
            .queue_bind(queue.as_str().into(), EVENTS.into(), pattern.into(), options, none)
            .await
            .ok()?;
        let options = BasicConsumeOptions::default();
        self.channel
            .basic_consume(queue.as_str().into(), "".into(), options, FieldTable::default())
            .await
            .ok()
    }
}

fn subject() -> Subject {
    let email =
        Identifier { kind: IdentifierKind::Email as i32, value: PERSON.to_owned(), ..Identifier::default() };
    Subject { kind: SubjectKind::Customer as i32, identifiers: vec![email] }
}

pub(crate) fn clear(key: &str) -> SubmitRequest {
    SubmitRequest {
        idempotency_key: key.to_owned(),
        kind: Kind::Export as i32,
        subject: Some(submit_request::Subject::Clear(subject())),
        ..SubmitRequest::default()
    }
}

pub(crate) async fn next(events: &mut lapin::Consumer) -> (String, Event) {
    let delivery = timeout(PATIENCE, events.next()).await.expect("nothing is heard").unwrap().unwrap();
    delivery.ack(BasicAckOptions::default()).await.unwrap();
    (delivery.routing_key.as_str().to_owned(), Event::decode(&*delivery.data).unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_submitted_is_taken_in_once_for_the_senders_tenant_and_its_events_are_heard() {
    let world = World::start().await;
    let (shop, books) = (world.user("shop").await, world.user("books").await);
    let mut events = books.listen("dublin.#").await.unwrap();
    // The same twice under its own key, and twice under the message's name.
    let by_key = clear("one").encode_to_vec();
    shop.submit("a", PROTOBUF, &by_key).await;
    shop.submit("b", PROTOBUF, &by_key).await;
    let by_id = serde_json::to_vec(&clear("")).unwrap();
    shop.submit("c", JSON, &by_id).await;
    shop.submit("c", JSON, &by_id).await;
    world.until_requests("dublin", 2).await;
    let mut received = 0;
    while received < 2 {
        let (key, event) = next(&mut events).await;
        received += usize::from(key == "dublin.request.received");
        assert!(key.starts_with("dublin."), "{key}");
        assert!(!format!("{event:?}").contains(PERSON));
    }
    assert_eq!(world.store.parked(None, None, 10).await.unwrap(), []);
    assert_eq!((world.requests("dublin").await, world.requests("cork").await), (2, 0));
    world.node.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_speaks_for_us_or_for_another_tenant_or_hears_its_events() {
    let world = World::start().await;
    let good = clear("mine").encode_to_vec();
    let submission = || BasicProperties::default().with_type(KIND.into());
    for (name, exchange, key) in [
        ("shop", SERVICES, "intake"),
        ("shop", SERVICES, "requests"),
        ("shop", EVENTS, "dublin.request.closed"),
        ("shop", "", "redress.intake"),
        ("books", REQUESTS, ""),
        ("books", EVENTS, "dublin.request.closed"),
        ("books", "", "redress.requests"),
    ] {
        let user = world.user(name).await;
        assert!(!user.publish(exchange, key, submission(), &good).await, "{name} {exchange} {key}");
    }
    let user = world.user("shop").await;
    let as_mill = submission().with_user_id("mill".into());
    assert!(!user.publish(REQUESTS, "", as_mill, &good).await, "the broker vouches for the user");
    for (name, pattern, may) in [
        ("books", "dublin.#", true),
        ("books", "dublin.request.closed", true),
        ("books", "#", false),
        ("books", "*.request.closed", false),
        ("books", "cork.#", false),
        ("archive", "cork.#", true),
        ("archive", "dublin.request.received", false),
        ("shop", "dublin.request.rejected", true),
        ("shop", "dublin.#", false),
        ("shop", "dublin.request.closed", false),
        ("shop", "cork.request.rejected", false),
    ] {
        let user = world.user(name).await;
        assert_eq!(user.listen(pattern).await.is_some(), may, "{name} {pattern}");
    }
    for (name, queue) in
        [("books", "redress.intake"), ("shop", "redress.requests"), ("books", "archive.events")]
    {
        let user = world.user(name).await;
        let consumed = user.channel.basic_consume(
            queue.into(),
            "".into(),
            BasicConsumeOptions::default(),
            FieldTable::default(),
        );
        assert!(consumed.await.is_err(), "{name} {queue}");
    }
    world.node.stop().await;
}

/// The ways in which a user that may write to `redress.requests` can have another exchange deliver there. Each gives the
/// exchange to publish to, which leads to the front door's queue under its own name.
async fn detours(user: &User) -> [String; 3] {
    let (declare, none) = (ExchangeDeclareOptions::default(), FieldTable::default);
    let exchange = |name: &str| format!("{}.{name}", user.name);
    let arguments = |key: &str, value: &str| {
        let mut table = FieldTable::default();
        table.insert(key.into(), AMQPValue::LongString(value.into()));
        table
    };
    let [bound, alternate, dead] = ["bound", "alternate", "dead"].map(exchange);
    let channel = &user.channel;
    channel.exchange_declare(bound.as_str().into(), ExchangeKind::Fanout, declare, none()).await.unwrap();
    let options = ExchangeBindOptions::default();
    channel.exchange_bind(REQUESTS.into(), bound.as_str().into(), "".into(), options, none()).await.unwrap();
    let to_requests = arguments("alternate-exchange", REQUESTS);
    channel
        .exchange_declare(alternate.as_str().into(), ExchangeKind::Direct, declare, to_requests)
        .await
        .unwrap();
    channel.exchange_declare(dead.as_str().into(), ExchangeKind::Fanout, declare, none()).await.unwrap();
    let mut short_lived = arguments("x-dead-letter-exchange", REQUESTS);
    short_lived.insert("x-message-ttl".into(), AMQPValue::LongInt(0));
    let (queue, options) = (dead.as_str().into(), QueueDeclareOptions::default());
    channel.queue_declare(queue, options, short_lived).await.unwrap();
    let (queue, options) = (dead.as_str().into(), QueueBindOptions::default());
    channel.queue_bind(queue, dead.as_str().into(), "".into(), options, none()).await.unwrap();
    [bound, alternate, dead]
}

/// The envelope that one of Redress's own processes would write for a replayed submission of dublin's shop.
fn forged(id: &str) -> BasicProperties {
    let mut headers = FieldTable::default();
    for (name, value) in [
        (header::SOURCE, "shop"),
        (header::TIME, "2026-11-26T12:00:00Z"),
        (header::TENANT, "dublin"),
        (header::STATE_VERSION, "0"),
    ] {
        headers.insert(name.into(), AMQPValue::LongString(value.into()));
    }
    BasicProperties::default()
        .with_message_id(id.into())
        .with_correlation_id(id.into())
        .with_type(KIND.into())
        .with_content_type(PROTOBUF.into())
        .with_headers(headers)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_exchange_in_front_of_ours_lets_nobody_submit_for_another_tenant() {
    let world = World::start().await;
    let mill = world.user("mill").await;
    let mut told = mill.listen("cork.request.rejected").await.unwrap();
    let body = clear("forged").encode_to_vec();
    let mut parked = 0;
    for exchange in detours(&mill).await {
        for user in [None, Some("mill")] {
            parked += 1;
            let id = format!("019eb167-5600-7000-8000-{parked:012}");
            let properties = match user {
                Some(user) => forged(&id).with_user_id(user.into()),
                None => forged(&id),
            };
            assert!(mill.publish(&exchange, "x", properties, &body).await, "{exchange}");
            let rows = world.until_parked(parked).await;
            let reason = if user.is_some() { "invalid" } else { "no_user_id" };
            let row = rows.iter().find(|row| row.reason == reason).unwrap();
            let tenant = row.envelope.as_ref().map(|envelope| envelope.tenant.as_str());
            assert_eq!(tenant, user.map(|_| "cork"), "{exchange}: {row:?}");
        }
        // Cork takes no subject in the clear, and cork's user is told.
        assert_eq!(next(&mut told).await.0, "cork.request.rejected");
    }
    // Whoever dublin's shop itself leads here speaks for dublin.
    let shop = world.user("shop").await;
    let [exchange, ..] = detours(&shop).await;
    let own = BasicProperties::default().with_user_id("shop".into()).with_message_id("own".into());
    let own = own.with_type(KIND.into()).with_content_type(PROTOBUF.into());
    assert!(shop.publish(&exchange, "x", own, &body).await);
    world.until_requests("dublin", 1).await;
    assert_eq!(world.requests("cork").await, 0);
    world.node.stop().await;
}

/// A user that may hear of its rejected submissions may lead these events back to the front door.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn our_own_events_at_the_front_door_are_parked_and_answered_by_nothing() {
    let world = World::start().await;
    let shop = world.user("shop").await;
    let (options, none) = (ExchangeBindOptions::default(), FieldTable::default());
    let key = "dublin.request.rejected";
    shop.channel.exchange_bind(REQUESTS.into(), EVENTS.into(), key.into(), options, none).await.unwrap();
    shop.submit("bad", PROTOBUF, b"\xff\xff\xff").await;
    let parked = world.until_parked(2).await;
    let event = parked.iter().find(|row| row.envelope.is_none()).unwrap();
    assert_eq!(event.reason, "unknown_sender");
    // What would have answered the event would stand in the queue before this.
    shop.submit("good", PROTOBUF, &clear("good").encode_to_vec()).await;
    world.until_requests("dublin", 1).await;
    world.until_parked(2).await;
    world.node.stop().await;
}

/// Everything that may name somebody is in the sealed box; the broker's files have none of it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn beside_a_sealed_subject_no_text_is_taken_and_no_key_is_repeated() {
    let world = World::start().await;
    let shop = world.user("shop").await;
    let mut told = shop.listen("dublin.request.rejected").await.unwrap();
    let Some(submit_request::Subject::Clear(Subject { kind, identifiers })) = clear("").subject else {
        unreachable!("it is clear")
    };
    let requester = Requester {
        kind: RequesterKind::Agent as i32,
        name: "Anna's aunt".to_owned(),
        ..Requester::default()
    };
    let requester = Requester { authority: "seen".to_owned(), ..requester };
    let verification = Verification {
        method: "call from Anna's phone".to_owned(),
        level: VerificationLevel::Authenticated as i32,
        ..Verification::default()
    };
    let plain = SealedSubmission { kind, identifiers, ..SealedSubmission::default() };
    let whole = SealedSubmission {
        requester: Some(requester.clone()),
        verification: Some(verification.clone()),
        ..plain.clone()
    };
    let public = world.intake_key().await;
    let submission = |key: &str, sealed: &SealedSubmission| SubmitRequest {
        idempotency_key: key.to_owned(),
        subject: Some(submit_request::Subject::Sealed(
            IntakeKey::seal_to(public, &sealed.encode_to_vec()).unwrap(),
        )),
        ..clear("")
    };
    let named = SubmitRequest { requester: Some(requester), ..submission("key of anna", &plain) };
    let verified = SubmitRequest { verification: Some(verification), ..submission("key of anna", &plain) };
    for (id, given, field) in [("a", named, "`requester.name`"), ("b", verified, "`verification.method`")] {
        shop.submit(id, PROTOBUF, &given.encode_to_vec()).await;
        let (_, event) = next(&mut told).await;
        let Some(What::RequestRejected(rejected)) = &event.what else { panic!("{event:?}") };
        assert!(rejected.detail.contains(field), "{rejected:?}");
        assert!(!format!("{event:?}").to_lowercase().contains("anna"), "{event:?}");
        let parts = ["key", "dublin", "shop", "key of anna"];
        let bytes = parts.map(|part| [&(part.len() as u64).to_be_bytes(), part.as_bytes()].concat()).concat();
        assert_eq!(rejected.idempotency, Sha256::digest(bytes).as_slice(), "as the contract says");
    }
    shop.submit("c", PROTOBUF, &submission("c", &whole).encode_to_vec()).await;
    world.until_requests("dublin", 1).await;
    world.node.stop().await;
}

/// The clients that the README shows, as they stand.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upstream_and_an_audit_consumer_in_python() {
    let world = World::start().await;
    let mut audit = world.client("audit.py", "books", &[]);
    let mut listening = String::new();
    BufReader::new(audit.stderr.take().unwrap()).read_line(&mut listening).await.unwrap();
    assert!(listening.contains("books.events"), "{listening}");

    let upstream = world.client("upstream.py", "shop", &["EXPORT", PERSON]).wait_with_output().await.unwrap();
    assert!(upstream.status.success(), "{}", String::from_utf8_lossy(&upstream.stderr));
    let mut lines = BufReader::new(audit.stdout.take().unwrap()).lines();
    let mut heard = Vec::new();
    while heard.last().is_none_or(|event| event != "dublin.discovery.completed") {
        let line = timeout(PATIENCE, lines.next_line()).await;
        let line = line.unwrap_or_else(|_| panic!("nothing is heard after {heard:?}")).unwrap().unwrap();
        assert!(!line.contains(PERSON), "{line}");
        let event: Value = serde_json::from_str(&line).unwrap();
        heard.push(event["event"].as_str().unwrap().to_owned());
    }
    assert_eq!(heard, ["dublin.request.received", "dublin.discovery.completed"]);
    assert_eq!(world.requests("dublin").await, 1);
    world.node.stop().await;
}
