//! Audit's doors over a database in memory, two tenants, and everybody's tokens.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use async_trait::async_trait;
use axum::{
    body::{Body, to_bytes},
    http::{Request, header},
};
use jiff::Timestamp;
use prost::Message as _;
use redress_bus::{Bus, Confirm, Consumer, Delivery, Publication, QueueStanding, Tag};
use redress_contracts::{
    ContentType, Envelope, Message, to_timestamp,
    topology::{Route, Topology},
    v1::{Event, RequestReceived, event::What},
};
use redress_domain::{Clock, Ids, Random, Role, TenantId};
use redress_runtime::{
    Context, Opener, Publisher, Sealer, Worker,
    http::{DoorRow, TokenSettings, Tokens},
};
use redress_store::{NewEntry, Outgoing, Parked, SqliteStore, Store, StoreError, Writes};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use tower::ServiceExt as _;

use crate::{
    Audit,
    http::{AuditDoor, Counts, OpenRequests, doors},
};

pub(super) struct Now(AtomicI64);

impl Clock for Now {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

struct Counter(AtomicU64);

impl Random for Counter {
    fn fill(&self, out: &mut [u8]) {
        for chunk in out.chunks_mut(8) {
            let next = self.0.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            chunk.copy_from_slice(&next.to_be_bytes()[..chunk.len()]);
        }
    }
}

/// Turns what is sealed around: enough to see that it was opened.
struct Around;

impl Sealer for Around {
    fn seal(&self, _: Option<&Envelope>, body: &[u8]) -> Vec<u8> {
        body.iter().rev().copied().collect()
    }
}

impl Opener for Around {
    fn open(&self, _: Option<&Envelope>, sealed: &[u8]) -> Option<Vec<u8>> {
        (!sealed.is_empty()).then(|| sealed.iter().rev().copied().collect())
    }
}

/// Keeps what is published; it is safe at once.
#[derive(Default)]
pub(super) struct Kept(pub(super) Mutex<Vec<Publication>>);

#[async_trait]
impl Bus for Kept {
    async fn publish(&self, publications: Vec<Publication>) -> Vec<Confirm> {
        let confirms = publications.iter().map(|_| Box::pin(async { Ok(()) }) as Confirm).collect();
        self.0.lock().unwrap().extend(publications);
        confirms
    }

    fn consume(&self, _: &str, _: u16) -> Box<dyn Consumer> {
        unreachable!("nothing is consumed here")
    }

    fn is_up(&self) -> bool {
        true
    }

    async fn queues(&self) -> Vec<QueueStanding> {
        let queue =
            |queue: &str, consumers| QueueStanding { queue: queue.to_owned(), messages: 7, consumers };
        vec![queue("redress.audit", 2), queue("redress.crashed", 1), queue("redress.task.sql", 0)]
    }

    async fn close(&self) {}
}

struct Three;

#[async_trait]
impl Counts for Three {
    async fn open_requests(&self, tenant: &TenantId) -> Result<OpenRequests, StoreError> {
        let by_state = BTreeMap::from([(format!("of {tenant}"), 3)]);
        Ok(OpenRequests { by_state, overdue: 1, waiting: BTreeMap::from([("crm".to_owned(), 2)]) })
    }
}

pub(super) struct House {
    pub(super) clock: Arc<Now>,
    pub(super) ids: Ids,
    pub(super) store: Arc<dyn Store>,
    pub(super) bus: Arc<Kept>,
    pub(super) publisher: Arc<Publisher>,
    pub(super) door: Arc<AuditDoor>,
    worker: Worker,
}

impl House {
    pub(super) async fn new(name: &str) -> Self {
        let clock = Arc::new(Now(AtomicI64::new(1_781_092_800)));
        let ids = Ids::new(clock.clone(), Arc::new(Counter(AtomicU64::new(1))));
        let store = SqliteStore::in_memory(&format!("http_{name}"), clock.clone()).await.unwrap();
        let store: Arc<dyn Store> = Arc::new(store);
        store.migrate().await.unwrap();
        let bus = Arc::new(Kept::default());
        let publisher = Arc::new(Publisher::new(store.clone(), bus.clone()));
        let service = |name: &str| name.parse().unwrap();
        let services = [service("audit"), service("intake"), service("reports")];
        let listeners = [service("audit"), service("reports")];
        let door = AuditDoor {
            store: store.clone(),
            publisher: publisher.clone(),
            opener: Arc::new(Around),
            topology: Topology::new(&services, &listeners, &["sql".parse().unwrap()]),
            stranger: Some(dublin()),
            bus: bus.clone(),
            counts: Arc::new(Three),
        };
        let context = Context::new(store.clone(), clock.clone(), ids.clone(), Arc::new(Around));
        let worker = Worker::new(Arc::new(Audit::default()), context);
        Self { clock, ids, store, bus, publisher, door: Arc::new(door), worker }
    }

    pub(super) fn wait(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds, Ordering::SeqCst);
    }

    pub(super) fn rows(&self) -> Vec<DoorRow> {
        doors(self.door.clone(), Arc::new(tokens())).rows().to_vec()
    }

    /// Asks as somebody, e.g. `auditor-dublin`; gives status and what is said.
    pub(super) async fn ask(&self, who: &str, method: &str, path: &str) -> (u16, Value) {
        let request = Request::builder().method(method).uri(format!("/v1/tenants/{path}"));
        let request = request.header(header::AUTHORIZATION, format!("Bearer {who}"));
        let (router, _) = doors(self.door.clone(), Arc::new(tokens())).finish();
        let response = router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let said: Value = serde_json::from_slice(&bytes).unwrap();
        let is_problem = parts.headers[header::CONTENT_TYPE] == "application/problem+json";
        assert_eq!(is_problem, !parts.status.is_success(), "{said}");
        (parts.status.as_u16(), said)
    }

    pub(super) async fn get(&self, who: &str, path: &str) -> Value {
        let (status, said) = self.ask(who, "GET", path).await;
        assert_eq!(status, 200, "{who} {path}: {said}");
        said
    }

    /// The first event of a request of this tenant.
    pub(super) fn event(&self, tenant: &str) -> Message {
        let (request, time) = (self.ids.request(), self.clock.now());
        let event = Event {
            request: request.to_string(),
            sequence: 1,
            at: Some(to_timestamp(time)),
            what: Some(What::RequestReceived(RequestReceived::default())),
            ..Event::default()
        };
        let envelope = Envelope {
            id: self.ids.message(),
            kind: "redress.v1.Event".to_owned(),
            source: "intake".parse().unwrap(),
            time,
            tenant: tenant.parse().unwrap(),
            request,
            state_version: 1,
            answers: None,
            traceparent: None,
            again: false,
            content_type: ContentType::Protobuf,
        };
        Message { envelope, body: event.encode_to_vec() }
    }

    /// As the loop parks what it refuses.
    pub(super) fn parked(&self, message: &Message, service: &str) -> Parked {
        Parked {
            id: message.envelope.id,
            service: service.parse().unwrap(),
            reason: "unknown_event".to_owned(),
            detail: "an event of a kind that is not known here".to_owned(),
            attempts: 1,
            parked_at: self.clock.now(),
            envelope: Some(message.envelope.clone()),
            sealed_body: Around.seal(None, &message.body),
        }
    }

    pub(super) async fn park(&self, parked: &Parked) {
        self.write("audit", Writes { parked: vec![parked.clone()], ..Writes::default() }).await;
    }

    pub(super) async fn write(&self, service: &str, writes: Writes) {
        let mut tx = self.store.begin(&service.parse().unwrap()).await.unwrap();
        tx.write(&writes).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Sent by its sender, long ago.
    pub(super) async fn sent(&self, message: &Message) {
        let envelope = &message.envelope;
        let route = Route::event(&envelope.tenant, "request.received");
        let outbox = vec![Outgoing { message: message.clone(), route, cause: None }];
        self.write(envelope.source.as_str(), Writes { outbox, ..Writes::default() }).await;
        self.store.mark_sent(&[(envelope.request, envelope.id)]).await.unwrap();
    }

    /// Audit's loop gets a message.
    pub(super) async fn hear(&self, message: Message) {
        let delivery =
            Delivery { tag: Tag::new(0, 1), redelivered: false, dead_of: None, message: Ok(message) };
        self.worker.step(&[delivery]).await.unwrap();
    }

    /// This many more entries in a tenant's ledger.
    pub(super) async fn entries(&self, tenant: &str, count: u64) {
        let entry = |i| NewEntry {
            tenant: tenant.parse().unwrap(),
            request: self.ids.request(),
            sender: "intake".parse().unwrap(),
            sequence: 1,
            event: "request.received".to_owned(),
            at: self.clock.now(),
            body: vec![i as u8; 3],
        };
        self.write("audit", Writes { ledger: (0..count).map(entry).collect(), ..Writes::default() }).await;
    }
}

pub(super) fn dublin() -> TenantId {
    "dublin".parse().unwrap()
}

/// One for each role in each tenant.
fn tokens() -> Tokens {
    let token = |tenant: &str, role: &Role| TokenSettings {
        sha256: hex::encode(Sha256::digest(format!("{role}-{tenant}"))),
        name: role.to_string(),
        tenant: tenant.parse().unwrap(),
        role: *role,
    };
    let all = ["cork", "dublin"]
        .into_iter()
        .flat_map(|tenant| Role::ALL.iter().map(move |role| token(tenant, role)));
    Tokens::new(&all.collect::<Vec<_>>()).unwrap()
}
