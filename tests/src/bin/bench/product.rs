//! Redress as its users run it, on servers and a shop of its own.

use std::{
    collections::BTreeMap,
    fs,
    ops::RangeInclusive,
    path::PathBuf,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, ensure};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use futures::{StreamExt as _, TryStreamExt as _, future::BoxFuture, stream};
use lapin::{
    BasicProperties, Channel, Connection, ConnectionProperties,
    options::{BasicPublishOptions, ConfirmSelectOptions},
};
use prost::Message as _;
use redress_contracts::{
    topology::REQUESTS,
    v1::{
        Identifier, IdentifierKind, Kind, SealedSubmission, SubjectKind, SubmitRequest, Verification,
        VerificationLevel, submit_request,
    },
};
use redress_tests::{
    bench_shop::{self as shop, email},
    killable::Killable,
    servers::{Port, Postgres, RabbitMq},
};
use redress_vault::IntakeKey;
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::{
    eyes::Eyes,
    processes::{Processes, roots_at},
};

/// The six roles, each a process of its own.
const ROLES: [&str; 6] = ["audit", "connector-sql", "deletion", "discovery", "export", "intake"];
/// Who may do everything.
const TOKEN: &str = "ada";
/// The AMQP user that submits: Redress's own user may name it, as the tests' broker allows.
const UPSTREAM: &str = "shop";
/// Submissions that are on their way at once.
const AT_ONCE: usize = 64;
/// What is not done by then never is.
const PATIENCE: Duration = Duration::from_secs(600);
const LOOK: Duration = Duration::from_millis(20);

/// How it runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// One process, messages in it, SQLite: what `redress up` is by default. Requests come by HTTP.
    Embedded,
    /// Each role a process, RabbitMQ, PostgreSQL. Requests come over AMQP.
    Apart,
}

impl Shape {
    pub(crate) const ALL: [Self; 2] = [Self::Embedded, Self::Apart];

    /// The roles of each of its processes, intake's last.
    fn processes(self) -> Vec<&'static [&'static str]> {
        match self {
            Self::Embedded => vec![&ROLES],
            Self::Apart => ROLES.chunks(1).collect(),
        }
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Embedded => "embedded",
            Self::Apart => "RabbitMQ + PostgreSQL",
        }
    }
}

/// What it runs on: a broker, a database server for it, and one for the shop.
pub(crate) struct Servers {
    pub(crate) rabbitmq: RabbitMq,
    pub(crate) store: Postgres,
    pub(crate) target: Postgres,
}

impl Servers {
    /// What the shop's server is called here.
    pub(crate) const SHOP: &str = "the shop's PostgreSQL";

    pub(crate) async fn start() -> anyhow::Result<Self> {
        let (rabbitmq, store, target) =
            tokio::try_join!(RabbitMq::start(), Postgres::start(), Postgres::start())?;
        Ok(Self { rabbitmq, store, target })
    }

    /// A new database with the shop in it; gives its URL.
    pub(crate) async fn fresh_shop(&self) -> anyhow::Result<String> {
        let url = self.target.create_database().await?;
        let pool = sqlx::PgPool::connect(&url).await?;
        for sql in [shop::SCHEMA, shop::ROWS, shop::LARGE] {
            sqlx::raw_sql(sql).execute(&pool).await?;
        }
        pool.close().await;
        Ok(url)
    }

    /// How often the broker has written the log of its quorum queues through to the disk: once for each batch.
    pub(crate) async fn broker_syncs(&self) -> anyhow::Result<f64> {
        let counted = "maps:fold(fun (_, #{batches := N}, Sum) -> Sum + N; (_, _, Sum) -> Sum end, 0, \
                       ra_counters:overview())";
        Ok(self.rabbitmq.eval(counted).await?.trim().parse()?)
    }
}

/// Redress at work.
pub(crate) struct Product {
    pub(crate) shape: Shape,
    pub(crate) eyes: Eyes,
    /// The shop's database.
    target: String,
    /// Each with its role, or `all`.
    processes: Vec<(&'static str, Killable)>,
    store: String,
    /// Where upstream systems publish; embedded there is no such place.
    upstream: Option<Channel>,
    folder: tempfile::TempDir,
    /// One for each process, the one with intake last.
    ports: Vec<Port>,
    http: Client,
    key: [u8; 32],
}

/// The program that is measured: it lies beside this one.
fn program() -> anyhow::Result<PathBuf> {
    let program = std::env::current_exe()?.with_file_name("redress");
    ensure!(program.exists(), "{} is not built: use tests/bench", program.display());
    Ok(program)
}

impl Product {
    /// Starts it over a fresh shop, with this policy.
    pub(crate) fn start<'a>(
        servers: &'a Servers,
        shape: Shape,
        policy: &'a str,
    ) -> BoxFuture<'a, anyhow::Result<Self>> {
        Box::pin(async move {
            let target = servers.fresh_shop().await?;
            let folder = tempfile::tempdir()?;
            let (bus, store, broker) = match shape {
                Shape::Embedded => {
                    let file = folder.path().join("store.db");
                    ("local:".to_owned(), format!("sqlite:{}", file.display()), None)
                }
                Shape::Apart => {
                    let name = target.rsplit('/').next().unwrap_or_default();
                    let vhost =
                        servers.rabbitmq.create_vhost(name.split('?').next().unwrap_or_default()).await?;
                    (vhost.clone(), servers.store.create_database().await?, Some(vhost))
                }
            };
            let settings = settings(&bus, &store, &target);
            for (file, text) in [("policy.toml", policy), ("map.yml", shop::MAP), ("redress.toml", &settings)]
            {
                fs::write(folder.path().join(file), text)?;
            }
            for arguments in [&["migrate"][..], &["check", "--prepare"]] {
                let done = Command::new(program()?).args(arguments).current_dir(folder.path()).output()?;
                let said = [done.stdout, done.stderr].concat();
                ensure!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&said));
            }
            let ports = (0..shape.processes().len()).map(|_| Port::reserve()).collect::<Result<_, _>>()?;
            let http = Client::builder().timeout(PATIENCE).build()?;
            let (eyes, processes) = (Eyes::open(&store).await?, Vec::new());
            let mut product = Self {
                shape,
                eyes,
                target,
                processes,
                store,
                upstream: None,
                folder,
                ports,
                http,
                key: [0; 32],
            };
            product.run()?;
            product.until_ready().await?;
            if let Some(vhost) = broker {
                let connection = Connection::connect(&vhost, ConnectionProperties::default()).await?;
                let channel = connection.create_channel().await?;
                channel.confirm_select(ConfirmSelectOptions::default()).await?;
                product.upstream = Some(channel);
            }
            let (status, key) = product.call("intake-key", None).await?;
            ensure!(status == StatusCode::OK, "the intake key: {status} {key}");
            let key = BASE64_STANDARD.decode(key["public_key"].as_str().context("a key")?)?;
            product.key = key.try_into().ok().context("a key of 32 bytes")?;
            Ok(product)
        })
    }

    /// Starts its processes.
    pub(crate) fn run(&mut self) -> anyhow::Result<()> {
        for (roles, port) in self.shape.processes().into_iter().zip(&self.ports) {
            let log = fs::File::options().create(true).append(true).open(self.log())?;
            let mut command = Command::new(program()?);
            command.arg("run").args(roles).current_dir(self.folder.path());
            command.env("REDRESS__HTTP__LISTEN", format!("127.0.0.1:{}", port.number()));
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
            let role = if let [role] = roles { role } else { "all" };
            self.processes.push((role, Killable::start(&mut command)?));
        }
        Ok(())
    }

    /// Its processes, and the servers' that it runs on.
    pub(crate) fn watched(&self, servers: &Servers) -> Processes {
        let ours = self.processes.iter().map(|(role, process)| ((*role).to_owned(), process.id()));
        let folders = [
            ("RabbitMQ", servers.rabbitmq.folder()),
            ("the store's PostgreSQL", servers.store.folder()),
            (Servers::SHOP, servers.target.folder()),
        ];
        let theirs = folders
            .into_iter()
            .flat_map(|(name, at)| roots_at(at).into_iter().map(|pid| (name.to_owned(), pid)));
        Processes::of(ours.chain(theirs))
    }

    /// What its own processes use together, and each server that it runs on: of figures by the names that are watched.
    pub(crate) fn by_owner(&self, figures: &BTreeMap<&str, f64>) -> BTreeMap<String, f64> {
        let mut sums = BTreeMap::new();
        for (name, figure) in figures {
            let is_ours = *name == "all" || ROLES.contains(name);
            if is_ours || self.shape == Shape::Apart || *name == Servers::SHOP {
                *sums.entry((if is_ours { "Redress" } else { name }).to_owned()).or_default() += figure;
            }
        }
        sums
    }

    /// Ends its processes at once.
    pub(crate) fn kill(&mut self) {
        self.processes.clear();
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("processes.log")
    }

    /// Where its store is.
    pub(crate) fn store_url(&self) -> &str {
        &self.store
    }

    /// Waits until all of its processes can work.
    pub(crate) async fn until_ready(&self) -> anyhow::Result<()> {
        let begun = Instant::now();
        for port in &self.ports {
            let url = format!("http://127.0.0.1:{}/readyz", port.number());
            while !self.http.get(&url).send().await.is_ok_and(|it| it.status() == StatusCode::OK) {
                ensure!(begun.elapsed() < PATIENCE, "it is not ready; {}", self.said());
                tokio::time::sleep(LOOK).await;
            }
        }
        Ok(())
    }

    /// Waits until nothing is on its way any more.
    pub(crate) async fn until_quiet(&self) -> anyhow::Result<()> {
        let begun = Instant::now();
        let mut before = -1;
        loop {
            let entries = self.eyes.number("select count(*) from ledger").await?;
            let unsent = self.eyes.number("select count(*) from unsent").await?;
            if unsent == 0 && entries == before {
                return Ok(());
            }
            ensure!(begun.elapsed() < PATIENCE, "it does not come to rest; {}", self.said());
            before = entries;
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    }

    /// Whether what was asked for so many customers from the first on was done, to no other, and stands in the ledger.
    pub(crate) async fn check(&self, kind: Kind, policy: &str, requests: u32) -> anyhow::Result<()> {
        let pool = sqlx::PgPool::connect(&self.target).await?;
        let changed: i64 = sqlx::query_scalar(
            "select (select count(*) from generate_series(1, 10001) n
                     where not exists (select 1 from customer c where c.id = n and c.name is not null))",
        )
        .fetch_one(&pool)
        .await?;
        pool.close().await;
        let deleted = if kind == Kind::Delete { i64::from(requests) } else { 0 };
        ensure!(changed == deleted, "{changed} customers are changed, not {deleted}: {policy}");
        let closed = "select count(*) from ledger where event = 'request.closed'";
        let closed = self.eyes.number(closed).await?;
        ensure!(closed == i64::from(requests), "the ledger has the end of {closed} requests");
        Ok(())
    }

    /// The end of what its processes wrote.
    pub(crate) fn said(&self) -> String {
        let log = fs::read_to_string(self.log()).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(20)..].join("\n")
    }

    /// The port of intake's doors.
    fn door(&self) -> u16 {
        self.ports.last().map_or(0, Port::number)
    }

    /// Asks at a tenant's door, as its administrator.
    pub(crate) async fn call(&self, path: &str, body: Option<&Value>) -> anyhow::Result<(StatusCode, Value)> {
        let url = format!("http://127.0.0.1:{}/v1/tenants/dublin/{path}", self.door());
        let call = match body {
            Some(body) => self.http.post(url).json(body),
            None => self.http.get(url),
        };
        let answer = call.bearer_auth(TOKEN).send().await?;
        Ok((answer.status(), answer.json().await?))
    }

    /// Hands in a request for each of these customers; gives how long it took until the last was closed.
    pub(crate) async fn answer(
        &self,
        kind: Kind,
        customers: RangeInclusive<u32>,
    ) -> anyhow::Result<Duration> {
        let expected = i64::from(customers.end() - customers.start() + 1);
        let requests: Vec<SubmitRequest> =
            customers.map(|customer| self.request(kind, customer)).collect::<Result<_, _>>()?;
        let begun = jiff::Timestamp::now();
        match &self.upstream {
            Some(channel) => publish(channel, &requests).await?,
            None => self.post(kind, &requests).await?,
        }
        self.until_closed(begun, expected).await
    }

    async fn until_closed(&self, begun: jiff::Timestamp, expected: i64) -> anyhow::Result<Duration> {
        let clock = Instant::now();
        loop {
            let (closed, last) = self.eyes.closed_since(begun).await?;
            if closed >= expected {
                ensure!(self.eyes.number("select count(*) from parked").await? == 0, "some are parked");
                return Ok(Duration::from_micros(u64::try_from(last - begun.as_microsecond())?));
            }
            let said = || format!("{closed} of {expected} closed; {}", self.said());
            ensure!(clock.elapsed() < PATIENCE, "{}", said());
            tokio::time::sleep(LOOK).await;
        }
    }

    /// As an upstream system seals it.
    fn request(&self, kind: Kind, customer: u32) -> anyhow::Result<SubmitRequest> {
        let identifier = Identifier {
            kind: IdentifierKind::Email as i32,
            value: email(customer),
            ..Identifier::default()
        };
        let verification = Verification {
            method: "sign-in".to_owned(),
            level: VerificationLevel::Authenticated as i32,
            by: "shop".to_owned(),
            ..Verification::default()
        };
        let submission = SealedSubmission {
            kind: SubjectKind::Customer as i32,
            identifiers: vec![identifier],
            verification: Some(verification),
            requester: None,
        };
        let sealed = IntakeKey::seal_to(self.key, &submission.encode_to_vec())?;
        Ok(SubmitRequest {
            idempotency_key: format!("{}-{customer}", kind.as_str_name()),
            kind: kind as i32,
            subject: Some(submit_request::Subject::Sealed(sealed)),
            ..SubmitRequest::default()
        })
    }

    async fn post(&self, kind: Kind, requests: &[SubmitRequest]) -> anyhow::Result<()> {
        let kind = if kind == Kind::Delete { "delete" } else { "export" };
        stream::iter(requests)
            .map(async |request| {
                let Some(submit_request::Subject::Sealed(sealed)) = &request.subject else {
                    unreachable!("it is sealed above")
                };
                let body = json!({
                    "idempotency_key": request.idempotency_key, "kind": kind,
                    "subject": { "sealed": BASE64_STANDARD.encode(sealed) },
                });
                let (status, said) = self.call("requests", Some(&body)).await?;
                ensure!(status == StatusCode::ACCEPTED, "{status}: {said}");
                Ok(())
            })
            .buffer_unordered(AT_ONCE)
            .try_collect()
            .await
    }
}

async fn publish(channel: &Channel, requests: &[SubmitRequest]) -> anyhow::Result<()> {
    for chunk in requests.chunks(AT_ONCE) {
        let mut confirms = Vec::new();
        for request in chunk {
            let properties = BasicProperties::default()
                .with_type("redress.v1.SubmitRequest".into())
                .with_content_type("application/protobuf".into())
                .with_message_id(request.idempotency_key.as_str().into())
                .with_user_id(UPSTREAM.into())
                .with_delivery_mode(2);
            let options = BasicPublishOptions { mandatory: true, ..BasicPublishOptions::default() };
            let body = request.encode_to_vec();
            confirms
                .push(channel.basic_publish(REQUESTS.into(), "".into(), options, &body, properties).await?);
        }
        for confirm in confirms {
            let confirmed = confirm.await?;
            ensure!(matches!(confirmed, lapin::Confirmation::Ack(None)), "not taken: {confirmed:?}");
        }
    }
    Ok(())
}

fn settings(bus: &str, store: &str, target: &str) -> String {
    let sha256 = hex::encode(Sha256::digest(TOKEN));
    format!(
        r#"
bus.url = "{bus}"
store.url = "{store}"

[[tenant]]
name = "dublin"
key = "{}="
policy = "policy.toml"
time_zone = "Europe/Dublin"

[[tenant.standing_approval]]
name = "bench"
by = "ada"
kinds = ["export", "delete"]
systems = ["shop"]
rows_max = 100000
until = "2099-12-31"
purges_at_once = true

[[system]]
name = "shop"
tenant = "dublin"
connector = "sql"
url = "{target}"
data_map = "map.yml"

[[token]]
sha256 = "{sha256}"
name = "ada"
tenant = "dublin"
role = "tenant_admin"

[[broker_user]]
name = "shop"
tenant = "dublin"
role = "upstream"
"#,
        "A".repeat(43)
    )
}
