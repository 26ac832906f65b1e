//! A whole intake in memory: two tenants, everybody's tokens, and the services' answers by hand.

use std::sync::Arc;

use axum::{
    body::{Body, to_bytes},
    http::{Request as HttpRequest, StatusCode, header},
};
use prost::Name;
use redress_bus::{Delivery, LocalBus, Tag};
use redress_contracts::{ContentType, Envelope, Message, topology::Topology};
use redress_datamap::{Policy, System, Systems};
use redress_domain::{Clock as _, Ids, RequestId, Role};
use redress_runtime::{
    Context, Publisher, Sealer, Service as _, Worker,
    http::{DoorRow, TokenSettings, Tokens},
};
use redress_store::{Outgoing, SqliteStore, Store};
use redress_vault::{Key, Keyring, Periods, TenantKey, TenantKeys};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tower::ServiceExt as _;

use super::{Counter, TestClock};
use crate::{
    decide::Intake,
    door::FrontDoor,
    http::doors,
    settings::{TenantSettings, Tenants},
    state::Request,
};

/// See the module.
pub(crate) struct House {
    pub(crate) clock: Arc<TestClock>,
    pub(crate) ids: Ids,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) front: Arc<FrontDoor>,
    pub(crate) keyring: Arc<Keyring>,
    tokens: Arc<Tokens>,
    worker: Worker,
    _keys: tempfile::TempDir,
}

/// An answer over HTTP.
pub(crate) struct Answered {
    pub(crate) status: u16,
    pub(crate) location: Option<String>,
    pub(crate) content_type: String,
    pub(crate) text: String,
}

impl Answered {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    pub(crate) fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }
}

/// A submission in the clear, about Anna.
pub(crate) fn clear(kind: &str) -> Value {
    json!({
        "kind": kind,
        "subject": { "clear": {
            "kind": "customer",
            "identifiers": [{ "kind": "email", "value": "Anna@Example.com" }, { "kind": "phone", "value": "+353 1 555 0100" }]
        } },
        "verification": { "method": "signed in", "level": "authenticated" }
    })
}

struct Sealed;

impl Sealer for Sealed {
    fn seal(&self, _: Option<&Envelope>, _: &[u8]) -> Vec<u8> {
        Vec::new()
    }
}

impl House {
    pub(crate) async fn new(name: &str) -> Self {
        let (clock, random) = (Arc::new(TestClock::default()), Arc::new(Counter::default()));
        let store: Arc<dyn Store> = Arc::new(SqliteStore::in_memory(name, clock.clone()).await.unwrap());
        store.migrate().await.unwrap();
        let keys = tempfile::tempdir().unwrap();
        let of_tenants: TenantKeys = [("cork", 1), ("dublin", 2)]
            .map(|(tenant, byte)| (tenant.parse().unwrap(), TenantKey::new(Key::new([byte; 32]))))
            .into();
        let periods = Periods::new(keys.path());
        let keyring = Keyring::new(store.clone(), of_tenants, periods, clock.clone(), random.clone());
        let keyring = Arc::new(keyring);
        let ids = Ids::new(clock.clone(), random.clone());
        let context = Context::new(store.clone(), clock.clone(), ids.clone(), Arc::new(Sealed));
        let bus = Arc::new(LocalBus::new(Topology::new(&[], &[], &[])));
        let publisher = Arc::new(Publisher::new(store.clone(), bus));
        let front = FrontDoor::new(
            (tenants(), Arc::new(systems())),
            (keyring.clone(), random),
            context.clone(),
            publisher,
        );
        Self {
            clock,
            ids,
            store,
            front: Arc::new(front),
            keyring,
            tokens: Arc::new(tokens()),
            worker: Worker::new(Arc::new(Intake::default()), context),
            _keys: keys,
        }
    }

    pub(crate) fn rows(&self) -> Vec<DoorRow> {
        doors(self.front.clone(), self.tokens.clone()).rows().to_vec()
    }

    pub(crate) fn openapi(&self) -> Value {
        serde_json::to_value(doors(self.front.clone(), self.tokens.clone()).finish().1).unwrap()
    }

    /// Asks as somebody, e.g. `reviewer-dublin`.
    pub(crate) async fn ask(&self, who: &str, method: &str, path: &str, body: Option<&Value>) -> Answered {
        let body = body.map(|body| body.to_string().into_bytes());
        self.ask_raw(who, method, path, body).await
    }

    pub(crate) async fn ask_raw(
        &self,
        who: &str,
        method: &str,
        path: &str,
        body: Option<Vec<u8>>,
    ) -> Answered {
        let mut request = HttpRequest::builder().method(method).uri(path);
        request = request.header(header::AUTHORIZATION, format!("Bearer {who}"));
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        let request = request.body(Body::from(body.unwrap_or_default())).unwrap();
        let (router, _) = doors(self.front.clone(), self.tokens.clone()).finish();
        let (parts, body) = router.oneshot(request).await.unwrap().into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let text = |name| parts.headers.get(name).map(|value| value.to_str().unwrap().to_owned());
        Answered {
            status: parts.status.as_u16(),
            location: text(header::LOCATION),
            content_type: text(header::CONTENT_TYPE).unwrap_or_default(),
            text: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }

    /// Submits as dublin's upstream; gives the request's path.
    pub(crate) async fn submit(&self, body: &Value) -> String {
        let answered = self.ask("upstream-dublin", "POST", "/v1/tenants/dublin/requests", Some(body)).await;
        assert_eq!(answered.status, StatusCode::ACCEPTED.as_u16(), "{}", answered.text);
        answered.location.unwrap()
    }

    /// A deed of dublin's administrator.
    pub(crate) async fn deed(&self, path: &str, deed: &str, body: &Value) -> Answered {
        self.ask("tenant_admin-dublin", "POST", &format!("{path}/{deed}"), Some(body)).await
    }

    pub(crate) async fn state(&self, path: &str) -> Request {
        let row = self.store.state(Intake::default().name(), request_of(path)).await.unwrap().unwrap();
        Request::read(&row).unwrap()
    }

    /// A service answers what stands.
    pub(crate) async fn answer<T: Name>(
        &self,
        path: &str,
        from: &str,
        make: impl FnOnce(String, String) -> T,
    ) -> Vec<Outgoing> {
        let (request, command) = (request_of(path), self.state(path).await.kept.command);
        let body = make(request.to_string(), command);
        let envelope = Envelope {
            id: self.ids.message(),
            kind: T::full_name(),
            source: from.parse().unwrap(),
            time: self.clock.now(),
            tenant: "dublin".parse().unwrap(),
            request,
            state_version: 1,
            answers: None,
            traceparent: None,
            again: false,
            content_type: ContentType::Protobuf,
        };
        let message = Message { envelope, body: body.encode_to_vec() };
        let delivery =
            Delivery { tag: Tag::new(0, 1), redelivered: false, dead_of: None, message: Ok(message) };
        self.worker.step(&[delivery]).await.unwrap()
    }
}

/// The request that a path ends with.
fn request_of(path: &str) -> RequestId {
    path.rsplit('/').next().unwrap().parse().unwrap()
}

fn tenants() -> Tenants {
    let tenant = |name: &str, clear_subjects| TenantSettings {
        clear_subjects,
        ..serde_json::from_value(json!({ "name": name, "time_zone": "Europe/Dublin" })).unwrap()
    };
    Tenants::new([tenant("cork", false), tenant("dublin", true)]).unwrap()
}

fn systems() -> Systems {
    let yaml = "dataset:\n  - fides_key: bookings\n    name: Bookings\n    collections:\n      - name: guests\n        fields:\n          - name: id\n            data_categories: [user.unique_id]\n";
    let policy = Arc::new(Policy::read("policy.toml", "policy = { rule = [] }").unwrap());
    let system = |tenant: &str, name: &str| {
        let whose = (tenant.parse().unwrap(), name.parse().unwrap());
        System::new(whose, "sql".parse().unwrap(), ("bookings.yml", yaml), policy.clone()).unwrap()
    };
    Systems::new([system("dublin", "bookings"), system("cork", "crm")]).unwrap()
}

/// One for each role in each tenant, and a second upstream.
fn tokens() -> Tokens {
    let token = |name: &str, role: Role, tenant: &str| TokenSettings {
        sha256: hex::encode(Sha256::digest(format!("{name}-{tenant}"))),
        name: name.to_owned(),
        tenant: tenant.parse().unwrap(),
        role,
    };
    let everybody = ["cork", "dublin"].into_iter().flat_map(|tenant| {
        let roles = Role::ALL.iter().map(move |role| token(role.as_str(), *role, tenant));
        roles.chain([token("crm", Role::Upstream, tenant)])
    });
    Tokens::new(&everybody.collect::<Vec<_>>()).unwrap()
}
