//! Redress in processes of its own, as on a cluster, with the tests' eyes on its store and a caller at its doors.

use std::{
    collections::BTreeMap,
    fs,
    ops::RangeInclusive,
    process::{Command, Stdio},
    sync::Arc,
    time::Duration,
};

use futures::{StreamExt as _, stream};
use redress::{parts::open_store, settings::Settings};
use redress_audit::ledger::verify;
use redress_store::{LedgerRow, StateFilter, Store};
use redress_tests::servers::{self, Port};
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tokio::task::JoinHandle;

use super::counted::{Counted, MAP, POLICY, email};
use crate::{
    bus::fresh_vhost,
    killable::{Killable, look_again},
};

/// Every role, as a laptop runs them.
pub(crate) const ALL: [&str; 6] = ["audit", "connector-sql", "deletion", "discovery", "export", "intake"];

/// A call whose answer was lost with the process that was to give it is made again after this.
const ANSWERED_WITHIN: Duration = Duration::from_secs(15);
/// Requests that the caller looks after at a time.
const AT_ONCE: usize = 32;

/// See the module.
pub(crate) struct Fleet {
    pub(crate) store: Arc<dyn Store>,
    pub(super) target: Counted,
    caller: Arc<Caller>,
    folder: tempfile::TempDir,
}

/// A tenant administrator who does not give up.
struct Caller {
    http: Client,
    /// Where intake's doors are, whichever process has them.
    port: Port,
}

impl Fleet {
    /// On this transport and store, with a target of the store's kind that has so many people. Nothing runs yet.
    pub(crate) async fn on((bus, store): (&str, &str), people: u32) -> Self {
        let bus = match bus {
            "amqp" => fresh_vhost().await,
            _ => "local:".to_owned(),
        };
        if store == "sqlite" {
            let folder = tempfile::tempdir().unwrap();
            let target = format!("sqlite:{}?mode=rwc", folder.path().join("shop.db").display());
            return Self::of(&bus, "sqlite:redress.db", &target, folder, people).await;
        }
        let postgres = servers::shared_postgres().await.unwrap();
        let (store, target) =
            tokio::try_join!(postgres.create_database(), postgres.create_database()).unwrap();
        Self::of(&bus, &store, &target, tempfile::tempdir().unwrap(), people).await
    }

    /// On servers of the caller's choice.
    pub(super) async fn of(
        bus: &str,
        store: &str,
        target: &str,
        folder: tempfile::TempDir,
        people: u32,
    ) -> Self {
        redress::choose_tls();
        let settings = settings(bus, store, target);
        for (file, text) in [("policy.toml", POLICY), ("map.yml", MAP), ("redress.toml", &*settings)] {
            fs::write(folder.path().join(file), text).unwrap();
        }
        let settings = Settings::of_text(&settings, folder.path(), folder.path()).unwrap();
        let store = open_store(&settings).await.unwrap();
        store.migrate().await.unwrap();
        let target = Counted::with_people(target, people).await;
        let http = Client::builder().timeout(ANSWERED_WITHIN).build().unwrap();
        let caller = Arc::new(Caller { http, port: Port::reserve().unwrap() });
        Self { store, target, caller, folder }
    }

    /// Starts a process with these roles; `crash` is where it is to end (see `redress_runtime::crash`).
    /// The caller comes to the doors of whichever has intake.
    pub(super) fn start(&self, roles: &[&str], crash: Option<&str>) -> Killable {
        self.start_with(roles, crash.map(|crash| ("REDRESS_CRASH", crash)))
    }

    /// Starts a process with these roles and these words in its environment.
    pub(crate) fn start_with<'a>(
        &self,
        roles: &[&str],
        environment: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Killable {
        let log = fs::File::options().create(true).append(true).open(self.log()).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_roles"));
        command.args(roles).current_dir(self.folder.path());
        let port = if roles.contains(&"intake") { self.caller.port.number() } else { 0 };
        command.env("REDRESS__HTTP__LISTEN", format!("127.0.0.1:{port}")).env("RUST_BACKTRACE", "0");
        command.envs(environment).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(log);
        Killable(command.spawn().unwrap())
    }

    fn log(&self) -> std::path::PathBuf {
        self.folder.path().join("processes.log")
    }

    /// Begins what a user does for the deletion of these people, again and again until each is closed: hands them in
    /// and approves each plan. A door that is shut is tried again.
    pub(crate) fn deletions(&self, people: RangeInclusive<u32>) -> JoinHandle<()> {
        let caller = self.caller.clone();
        tokio::spawn(async move {
            stream::iter(people).for_each_concurrent(AT_ONCE, |person| caller.delete(person)).await;
        })
    }

    /// Waits until so many requests are closed.
    pub(crate) async fn until_closed(&self, requests: u32) {
        for _ in 0..2400 {
            if self.closed().await.is_some_and(|closed| closed >= requests) {
                return;
            }
            look_again().await;
        }
        panic!("{:?} of {requests} closed in two minutes; {}", self.closed().await, self.said());
    }

    /// How many requests are closed; none: the store is away.
    pub(super) async fn closed(&self) -> Option<u32> {
        let filter = StateFilter { status: Some("closed".to_owned()), ..StateFilter::default() };
        let (service, tenant) = ("intake".parse().unwrap(), "dublin".parse().unwrap());
        let filter = StateFilter { tenant: Some(tenant), ..filter };
        let closed = self.store.states(&service, &filter, None, 100_000).await.ok()?;
        Some(closed.len().try_into().unwrap())
    }

    /// Waits until the ledger has the end of each request; then it has each of their events once, unaltered, and
    /// nothing is parked.
    pub(super) async fn assert_ledger(&self, requests: u32) {
        let tenant = "dublin".parse().unwrap();
        let mut rows: Vec<LedgerRow> = Vec::new();
        for _ in 0..600 {
            rows = self.store.ledger(&tenant, 0, 100_000).await.unwrap();
            if events(&rows).get("request.closed") == Some(&requests) {
                break;
            }
            look_again().await;
        }
        verify(&tenant, rows.iter()).unwrap_or_else(|fault| panic!("{fault:?}"));
        let events = events(&rows);
        for event in [
            "request.received",
            "discovery.completed",
            "request.approved",
            "deletion.purged",
            "request.closed",
        ] {
            assert_eq!(events.get(event), Some(&requests), "{event} in {events:?}; {}", self.said());
        }
        assert_eq!(self.store.parked(None, None, 10).await.unwrap(), [], "{}", self.said());
    }

    /// The end of what the processes wrote.
    pub(crate) fn said(&self) -> String {
        let log = fs::read_to_string(self.log()).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        format!("they wrote:\n{}", lines[lines.len().saturating_sub(40)..].join("\n"))
    }
}

impl Caller {
    async fn delete(&self, person: u32) {
        let subject = json!({ "clear": {
            "kind": "customer", "identifiers": [{ "kind": "email", "value": email(person) }],
        } });
        let body = json!({
            "idempotency_key": format!("deletion-{person}"),
            "kind": "delete",
            "subject": subject,
            "verification": { "method": "sign-in", "level": "authenticated", "by": "shop" },
        });
        let (status, taken) = self.call(Method::POST, "requests", Some(&body)).await;
        assert_eq!(status, StatusCode::ACCEPTED, "{taken:#}");
        let path = format!("requests/{}", taken["request"].as_str().unwrap());
        loop {
            let (status, shown) = self.call(Method::GET, &path, None).await;
            assert_eq!(status, StatusCode::OK, "{shown:#}");
            match (shown["inside"]["state"].as_str(), shown["closing"].as_str()) {
                (_, Some("completed_retained" | "completed")) => return,
                (_, Some(closing)) => panic!("{closing}: {shown:#}"),
                (Some("in_review"), None) => {
                    let body = json!({ "plan_digest": shown["inside"]["plan"]["digest"] });
                    let (status, said) =
                        self.call(Method::POST, &format!("{path}/approve"), Some(&body)).await;
                    assert!(status.is_success() || status == StatusCode::CONFLICT, "{status} {said:#}");
                }
                _ => look_again().await,
            }
        }
    }

    /// One call of a tenant administrator, until it is answered.
    async fn call(&self, method: Method, path: &str, body: Option<&Value>) -> (StatusCode, Value) {
        let url = format!("http://127.0.0.1:{}/v1/tenants/dublin/{path}", self.port.number());
        for _ in 0..2400 {
            let call = self.http.request(method.clone(), &url).bearer_auth("ada");
            let call = if let Some(body) = body { call.json(body) } else { call };
            let answer = async {
                let answer = call.send().await?;
                Ok::<_, reqwest::Error>((answer.status(), answer.text().await?))
            };
            match answer.await {
                // The store is away for now.
                Ok((StatusCode::SERVICE_UNAVAILABLE, _)) | Err(_) => look_again().await,
                Ok((status, text)) => {
                    return (status, serde_json::from_str(&text).unwrap_or(Value::String(text)));
                }
            }
        }
        panic!("{path}: no answer in two minutes");
    }
}

fn events(rows: &[LedgerRow]) -> BTreeMap<&str, u32> {
    let mut events = BTreeMap::new();
    for row in rows {
        *events.entry(row.entry.event.as_str()).or_default() += 1;
    }
    events
}

fn settings(bus: &str, store: &str, target: &str) -> String {
    let sha256 = hex::encode(Sha256::digest("ada"));
    format!(
        "bus.url = '{bus}'\nstore.url = '{store}'\n\
         [[tenant]]\nname = 'dublin'\nkey = '{}='\npolicy = 'policy.toml'\ntime_zone = 'Europe/Dublin'\n\
         clear_subjects = true\nverification_level = 'asserted'\n\
         [[system]]\nname = 'shop'\ntenant = 'dublin'\nconnector = 'sql'\nurl = '{target}'\ndata_map = 'map.yml'\n\
         [[token]]\nsha256 = '{sha256}'\nname = 'ada'\ntenant = 'dublin'\nrole = 'tenant_admin'\n",
        "A".repeat(43)
    )
}
