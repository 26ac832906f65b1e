//! The conformance suite of the store: every case on every dialect.

mod jobs;
mod ledger;
mod outbox;
mod replicas;
mod rest;
mod schema;
mod standing;
mod states;
mod timers;

use std::{path::PathBuf, sync::Arc};

use jiff::SignedDuration;
use redress_contracts::{ContentType, Envelope, Message, topology::Route};
use redress_domain::{Clock, Ids, MessageId, RequestId, ServiceName, TenantId};
use redress_store::{
    Outgoing, PostgresStore, SqliteStore, StateRow, StateWrite, Store, Time, Transaction, Writes,
};
use redress_tests::{
    ambient::{Dice, TestClock},
    servers,
};

/// A database with a clock that the test rules.
struct World {
    store: Arc<dyn Store>,
    clock: Arc<TestClock>,
    ids: Ids,
    place: Place,
}

enum Place {
    Postgres(String),
    Sqlite { store: SqliteStore, _folder: tempfile::TempDir },
}

impl World {
    async fn postgres() -> Self {
        let url = servers::shared_postgres().await.unwrap().create_database().await.unwrap();
        Self::new(|_| async { Place::Postgres(url) }).await
    }

    async fn sqlite() -> Self {
        Self::new(|clock| async {
            let folder = tempfile::tempdir().unwrap();
            let file: PathBuf = folder.path().join("store.sqlite");
            Place::Sqlite { store: SqliteStore::open(&file, clock).await.unwrap(), _folder: folder }
        })
        .await
    }

    async fn new<F: Future<Output = Place>>(place: impl FnOnce(Arc<dyn Clock>) -> F) -> Self {
        let clock = Arc::new(TestClock::default());
        let place = place(clock.clone()).await;
        let store = replica(&place, &clock);
        store.migrate().await.unwrap();
        let ids = Ids::new(clock.clone(), Arc::new(Dice::new(1)));
        Self { store, clock, ids, place }
    }

    /// Another process's connection to the same database; with one file and one process, the same store.
    fn replica(&self) -> Arc<dyn Store> {
        replica(&self.place, &self.clock)
    }

    async fn begin(&self) -> Box<dyn Transaction> {
        self.store.begin(&intake()).await.unwrap()
    }

    async fn write(&self, writes: Writes) -> Vec<Outgoing> {
        let mut tx = self.begin().await;
        let resent = tx.write(&writes).await.unwrap();
        tx.commit().await.unwrap();
        resent
    }

    /// A request whose state row is there, at version 1.
    async fn request(&self) -> RequestId {
        let request = self.ids.request();
        self.write(Writes { states: vec![write(row(request, 1))], ..Writes::default() }).await;
        request
    }

    fn outgoing(&self, request: RequestId, cause: Option<MessageId>) -> Outgoing {
        let envelope = Envelope {
            id: self.ids.message(),
            kind: "redress.v1.Discover".to_owned(),
            source: intake(),
            time: self.clock.now(),
            tenant: tenant(),
            request,
            state_version: 1,
            answers: None,
            traceparent: None,
            again: false,
            content_type: ContentType::Protobuf,
        };
        let message = Message { envelope, body: vec![1, 2, 3] };
        Outgoing { message, route: Route::to_service(&"discovery".parse().unwrap()), cause }
    }
}

fn replica(place: &Place, clock: &Arc<TestClock>) -> Arc<dyn Store> {
    match place {
        Place::Postgres(url) => Arc::new(PostgresStore::new(url, 8, Time::Given(clock.clone())).unwrap()),
        Place::Sqlite { store, .. } => Arc::new(store.clone()),
    }
}

fn intake() -> ServiceName {
    "intake".parse().unwrap()
}

fn tenant() -> TenantId {
    "dublin".parse().unwrap()
}

fn secs(secs: i64) -> SignedDuration {
    SignedDuration::from_secs(secs)
}

/// The row of a request at this version.
fn row(request: RequestId, version: u64) -> StateRow {
    StateRow {
        request,
        tenant: tenant(),
        version,
        format: 1,
        status: "received".to_owned(),
        due_at: None,
        body: version.to_be_bytes().to_vec(),
        early: Vec::new(),
        closed_at: None,
    }
}

/// Makes a test of each case for each dialect.
macro_rules! on_both_dialects {
    ($($case:ident)+) => {
        mod postgres {
            $(#[tokio::test] async fn $case() { super::$case(crate::store::World::postgres().await).await })+
        }
        mod sqlite {
            $(#[tokio::test] async fn $case() { super::$case(crate::store::World::sqlite().await).await })+
        }
    };
}
use on_both_dialects;

/// Writes a row over the version before it.
fn write(row: StateRow) -> StateWrite {
    StateWrite { replaces: row.version - 1, row }
}
