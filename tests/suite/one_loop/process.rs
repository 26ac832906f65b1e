//! A process with both tiny services, on one pair of bus and store, and what it leaves behind.

use std::{
    path::PathBuf,
    process::{Command, Stdio},
    sync::Arc,
};

use jiff::SignedDuration;
use redress_domain::{Ids, RequestId};
use redress_runtime::{OsRandom, SystemClock};
use redress_store::{PostgresStore, SqliteStore, StateFilter, Store, Time, Writes};
use redress_tests::{
    ambient::TestClock,
    killable::{Killable, look_again},
    servers,
    two::{self, EFFECTS, Target},
};

use crate::bus::fresh_vhost;

/// The four pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) rabbitmq: bool,
    pub(super) postgres: bool,
}

impl Pair {
    pub(super) const ALL: [Self; 4] = [
        Self { rabbitmq: false, postgres: false },
        Self { rabbitmq: false, postgres: true },
        Self { rabbitmq: true, postgres: false },
        Self { rabbitmq: true, postgres: true },
    ];
}

/// Where a process keeps its things, and the tests' own eyes on them.
pub(super) struct Place {
    pub(super) store: Arc<dyn Store>,
    store_url: String,
    bus_url: String,
    target_file: PathBuf,
    target: Target,
    folder: tempfile::TempDir,
}

impl Place {
    pub(super) async fn new(pair: Pair) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store_url = if pair.postgres {
            servers::shared_postgres().await.unwrap().create_database().await.unwrap()
        } else {
            folder.path().join("store.sqlite").to_str().unwrap().to_owned()
        };
        let bus_url = if pair.rabbitmq { fresh_vhost().await } else { "local".to_owned() };
        let store = open(&store_url, pair.postgres).await;
        store.migrate().await.unwrap();
        let target_file = folder.path().join("target.sqlite");
        let target = Target::file(&target_file).await.unwrap();
        Self { store, store_url, bus_url, target_file, target, folder }
    }

    /// Puts messages that begin requests into the outbox, as a front door does: whichever process claims
    /// them first publishes them.
    pub(super) async fn submit(&self, requests: usize, aborting: bool) -> Vec<RequestId> {
        let ids = Ids::new(Arc::new(SystemClock), Arc::new(OsRandom));
        let begin = |i| two::begin(&ids, &SystemClock, aborting && i == requests / 2);
        let (requests, outbox) = (0..requests).map(begin).unzip();
        let mut tx = self.late_store().await.begin(&"front".parse().unwrap()).await.unwrap();
        tx.write(&Writes { outbox, ..Writes::default() }).await.unwrap();
        tx.commit().await.unwrap();
        requests
    }

    /// The same store some seconds ago: what is written through it is late already, and so claimed at once.
    async fn late_store(&self) -> Arc<dyn Store> {
        let clock = Arc::new(TestClock::default());
        clock.advance(SignedDuration::from_hours(-24 * 365));
        if self.store_url.starts_with("postgres://") {
            return Arc::new(PostgresStore::new(&self.store_url, 2, Time::Given(clock)).unwrap());
        }
        Arc::new(SqliteStore::open(self.store_url.as_ref(), clock).await.unwrap())
    }

    /// Starts the process; `crash` is where it is to end (see `redress_runtime::crash`).
    pub(super) fn start(&self, crash: Option<&str>) -> Killable {
        let log = std::fs::File::options()
            .create(true)
            .append(true)
            .open(self.folder.path().join("victim.log"))
            .unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_victim"));
        command.args([&self.store_url, &self.bus_url]).arg(&self.target_file);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).env("RUST_BACKTRACE", "0");
        if let Some(crash) = crash {
            command.env("REDRESS_CRASH", crash);
        }
        Killable::start(&mut command).unwrap()
    }

    /// Waits until this many requests are closed.
    pub(super) async fn until_closed(&self, requests: usize) {
        self.until(requests, async || self.closed().await.len()).await;
    }

    pub(super) async fn until_parked(&self, messages: usize) {
        self.until(messages, async || self.store.parked(None, None, 100).await.unwrap().len()).await;
    }

    async fn until(&self, expected: usize, count: impl AsyncFn() -> usize) {
        for _ in 0..2400 {
            if count().await >= expected {
                return;
            }
            look_again().await;
        }
        let log = std::fs::read_to_string(self.folder.path().join("victim.log")).unwrap_or_default();
        panic!("{} of {expected} after two minutes; the process said: {log}", count().await);
    }

    async fn closed(&self) -> Vec<RequestId> {
        let filter = StateFilter { status: Some("closed".to_owned()), ..StateFilter::default() };
        let rows = self.store.states(&two::alpha(), &filter, None, 100_000).await.unwrap();
        rows.into_iter().map(|row| row.request).collect()
    }

    /// Nothing lost, nothing doubled: every request closed, with one entry in the ledger, and every task's
    /// effect there once.
    pub(super) async fn assert_once(&self, requests: &[RequestId]) {
        let mut expected: Vec<String> = requests.iter().map(ToString::to_string).collect();
        expected.sort_unstable();
        let ledger = self.store.ledger(&two::tenant(), 0, 100_000).await.unwrap();
        let mut entries: Vec<String> = ledger.iter().map(|row| row.entry.request.clone()).collect();
        entries.sort_unstable();
        assert_eq!(entries, expected, "the ledger has each request once");
        let counts = self.target.counts().await.unwrap();
        assert_eq!(counts.len(), requests.len() * EFFECTS, "every task had its effect");
        let doubled: Vec<_> = counts.iter().filter(|(_, count)| **count != 1).collect();
        assert!(doubled.is_empty(), "effects made more than once: {doubled:?}");
    }
}

async fn open(url: &str, postgres: bool) -> Arc<dyn Store> {
    if postgres {
        return Arc::new(PostgresStore::new(url, 2, Time::Server).unwrap());
    }
    Arc::new(SqliteStore::open(url.as_ref(), Arc::new(SystemClock)).await.unwrap())
}
