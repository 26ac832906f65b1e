//! The store in SQLite: one file, one process, one writer. Statements are over many rows, as in PostgreSQL:
//! `many` puts them together.

mod jobs;
mod many;
mod reading;
mod standing;
mod transaction;
mod writer;
mod writes;

use std::{path::Path, str::FromStr as _, sync::Arc};

use self::{
    many::{Values, change, over},
    writer::Writer,
};
use async_trait::async_trait;
use futures::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};
use redress_domain::{Clock, ConnectorName, MessageId, RequestId, ServiceName, TaskId, TenantId};
use sqlx::{
    SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::{
    Job, KeyRow, Lease, LedgerRow, Outgoing, Parked, Result, SCHEMA_VERSION, Standing, StateFilter, StateRow,
    StepRow, Store, StoreError, Transaction, Unpark, WaitingJob, decode::*,
};

/// The driver's rows, read.
mod row {
    decoders!(sqlx::sqlite::SqliteRow);

    /// Request and id, as text.
    pub(super) fn key_of_message(row: &sqlx::sqlite::SqliteRow) -> Result<(String, String)> {
        Ok((row.try_get(0)?, row.try_get(1)?))
    }
}

/// Connections that only read.
const READERS: u32 = 4;

/// A SQLite database. Its clock is the process's own, since the process is the only one.
#[derive(Clone)]
pub struct SqliteStore {
    writer: Arc<Writer>,
    readers: SqlitePool,
    clock: Arc<dyn Clock>,
}

impl SqliteStore {
    /// Opens the file, or makes it. Every commit is on the disk before it returns.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub fn open(file: &Path, clock: Arc<dyn Clock>) -> BoxFuture<'_, Result<Self>> {
        Box::pin(async move {
            let options = SqliteConnectOptions::new()
                .filename(file)
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(false);
            let writer = Writer::connect(&options).await?;
            let readers = SqlitePoolOptions::new()
                .max_connections(READERS)
                .connect_with(options.read_only(true))
                .await?;
            Ok(Self { writer: Arc::new(writer), readers, clock })
        })
    }

    /// A database in memory, for simulations: gone with the last clone.
    ///
    /// # Errors
    /// When SQLite has no memory for it.
    pub fn in_memory(name: &str, clock: Arc<dyn Clock>) -> BoxFuture<'_, Result<Self>> {
        Box::pin(async move {
            let url = format!("sqlite:file:{name}?mode=memory&cache=shared");
            let options = SqliteConnectOptions::from_str(&url)
                .map_err(|error| StoreError::Schema(format!("a database in memory: {error}")))?
                .shared_cache(true)
                .pragma("read_uncommitted", "true");
            let writer = Writer::connect(&options).await?;
            let readers = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
            Ok(Self { writer: Arc::new(writer), readers, clock })
        })
    }

    fn now_us(&self) -> i64 {
        self.clock.now().as_microsecond()
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn migrate(&self) -> Result<()> {
        let mut tx = self.writer.begin().await?;
        let version = schema_version(tx.connection()).await?;
        if version < 1 {
            tx.script(include_str!("../../schema/sqlite/0001.sql")).await?;
            tx.script("create table schema_version (version integer not null) strict").await?;
            tx.script("insert into schema_version values (0)").await?;
        }
        if version < 2 {
            tx.script(include_str!("../../schema/sqlite/0002.sql")).await?;
        }
        if version < 3 {
            tx.script(include_str!("../../schema/sqlite/0003.sql")).await?;
        }
        if version < SCHEMA_VERSION {
            sqlx::query("update schema_version set version = ?1")
                .bind(SCHEMA_VERSION)
                .execute(tx.connection())
                .await?;
        }
        tx.commit().await
    }

    async fn schema_version(&self) -> Result<i64> {
        schema_version(&mut *self.readers.acquire().await?).await
    }

    async fn now(&self) -> Result<Timestamp> {
        Ok(self.clock.now())
    }

    async fn begin(&self, service: &ServiceName) -> Result<Box<dyn Transaction>> {
        let tx = self.writer.begin().await?;
        Ok(Box::new(transaction::SqliteTransaction {
            tx,
            service: service.clone(),
            clock: self.clock.clone(),
        }))
    }

    async fn note_attempt(
        &self,
        service: &ServiceName,
        message: MessageId,
        request: RequestId,
    ) -> Result<u32> {
        self.count_attempt(service, message, request).await
    }

    async fn claim_unsent(&self, limit: u32, claim: SignedDuration) -> Result<Vec<Outgoing>> {
        const CLAIM: &str = "update unsent set claimed_until = ?1 + ?2 where (request, id) in (
               select request, id from unsent where claimed_until <= ?1
               order by claimed_until, id limit ?3)
             returning request, id";
        const SQL: &str = concat!(
            "select ",
            outbox_columns!(),
            " from outbox join unsent using (request, id) join u using (request, id) order by id"
        );
        let mut tx = self.writer.begin().await?;
        let claimed = sqlx::query(CLAIM)
            .bind(self.now_us())
            .bind(micros(claim))
            .bind(limit)
            .fetch_all(tx.connection())
            .await?;
        let keys = row::all(&claimed, row::key_of_message)?;
        let bind = |values: &mut Values<'_>, key: &(String, String)| {
            values.push_bind(key.0.clone()).push_bind(key.1.clone());
        };
        let rows = over(tx.connection(), "request, id", &keys, bind, SQL).await?;
        tx.commit().await?;
        row::all(&rows, row::outgoing)
    }

    async fn mark_sent(&self, sent: &[(RequestId, MessageId)]) -> Result<()> {
        const SQL: &str = "delete from unsent where (request, id) in (select * from u)";
        let bind = |values: &mut Values<'_>, (request, id): &(RequestId, MessageId)| {
            values.push_bind(request.to_string()).push_bind(id.to_string());
        };
        let mut tx = self.writer.begin().await?;
        change(tx.connection(), "request, id", sent, bind, SQL).await?;
        tx.commit().await
    }

    async fn next_timer(&self, service: &ServiceName) -> Result<Option<Timestamp>> {
        let next: Option<i64> = sqlx::query_scalar("select min(due_at) from timer where service = ?1")
            .bind(service.as_str())
            .fetch_one(&self.readers)
            .await?;
        next.map(time).transpose()
    }

    async fn lease_system(
        &self,
        connector: &ConnectorName,
        holder: &str,
        ttl: SignedDuration,
    ) -> Result<Option<Lease>> {
        self.lease(connector, holder, ttl).await
    }

    async fn extend_lease(&self, lease: &Lease, ttl: SignedDuration) -> Result<bool> {
        self.extend(lease, ttl).await
    }

    async fn release_lease(&self, lease: &Lease) -> Result<()> {
        self.extend(lease, SignedDuration::ZERO).await.map(drop)
    }

    async fn due_jobs(&self, lease: &Lease, limit: u32) -> Result<Vec<Job>> {
        self.due(lease, limit).await
    }

    async fn note_job_attempts(&self, lease: &Lease, tasks: &[TaskId]) -> Result<bool> {
        self.count_job_attempts(lease, tasks).await
    }

    async fn take_back_job_attempts(&self, lease: &Lease, tasks: &[TaskId]) -> Result<()> {
        self.uncount_job_attempts(lease, tasks).await
    }

    async fn state(&self, service: &ServiceName, request: RequestId) -> Result<Option<StateRow>> {
        self.read_state(service, request).await
    }

    async fn states(
        &self,
        service: &ServiceName,
        filter: &StateFilter,
        before: Option<RequestId>,
        limit: u32,
    ) -> Result<Vec<StateRow>> {
        self.list_states(service, filter, before, limit).await
    }

    async fn standing(&self, service: &ServiceName) -> Result<Standing> {
        self.read_standing(service).await
    }

    async fn waiting(&self, request: RequestId) -> Result<Vec<WaitingJob>> {
        self.read_waiting(request).await
    }

    async fn steps_of(&self, service: &ServiceName, request: RequestId) -> Result<Vec<StepRow>> {
        self.read_steps(service, request).await
    }

    async fn by_index(&self, tenant: &TenantId, blinds: &[&[u8]]) -> Result<Vec<Vec<RequestId>>> {
        self.read_index(tenant, blinds).await
    }

    async fn parked(
        &self,
        service: Option<&ServiceName>,
        before: Option<MessageId>,
        limit: u32,
    ) -> Result<Vec<Parked>> {
        self.list_parked(service, before, limit).await
    }

    async fn unpark(&self, service: &ServiceName, id: MessageId, what: Unpark) -> Result<Option<Parked>> {
        self.take_parked(service, id, what).await
    }

    async fn put_keys(&self, keys: &[KeyRow]) -> Result<Vec<KeyRow>> {
        self.insert_keys(keys).await
    }

    async fn key(&self, tenant: &TenantId, name: &str) -> Result<Option<KeyRow>> {
        self.read_key(tenant, name).await
    }

    async fn delete_key(&self, tenant: &TenantId, name: &str) -> Result<bool> {
        self.drop_key(tenant, name).await
    }

    async fn ledger(&self, tenant: &TenantId, from: u64, limit: u32) -> Result<Vec<LedgerRow>> {
        self.read_ledger(tenant, from, limit).await
    }

    async fn ledger_size(&self, tenant: &TenantId) -> Result<u64> {
        self.read_ledger_size(tenant).await
    }

    async fn forget_closed(&self, service: &ServiceName, before: Timestamp, limit: u32) -> Result<u64> {
        self.forget(service, before, limit).await
    }
}

async fn schema_version(connection: &mut sqlx::SqliteConnection) -> Result<i64> {
    let there: i64 = sqlx::query_scalar("select count(*) from sqlite_master where name = 'schema_version'")
        .fetch_one(&mut *connection)
        .await?;
    if there == 0 {
        return Ok(0);
    }
    Ok(sqlx::query_scalar("select version from schema_version").fetch_one(connection).await?)
}

fn micros(duration: SignedDuration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX / 4)
}
