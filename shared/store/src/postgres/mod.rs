//! The store in PostgreSQL: set-based statements over arrays, one round trip for each kind of row.

mod jobs;
mod reading;
mod standing;
mod transaction;
mod writes;

use std::{str::FromStr as _, sync::Arc, time::Duration};

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use redress_domain::{Clock, ConnectorName, MessageId, RequestId, ServiceName, TaskId, TenantId};
use sqlx::{
    Connection as _, Executor as _, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::{
    Job, KeyRow, Lease, LedgerRow, Outgoing, Parked, Result, SCHEMA_VERSION, Standing, StateFilter, StateRow,
    StepRow, Store, StoreError, Transaction, Unpark, WaitingJob, decode::*,
};

/// The driver's rows, read.
mod row {
    decoders!(sqlx::postgres::PgRow);
}

/// The time for every due date, claim and lease. `$1` is the time given, or null for the server's own.
macro_rules! now {
    () => {
        "coalesce($1::bigint, (extract(epoch from clock_timestamp()) * 1000000)::bigint)"
    };
}
use now;

/// Whose clock decides what is due.
#[derive(Clone)]
pub enum Time {
    /// The database's: the only one that several processes share.
    Server,
    /// A given one, in a simulation or a test.
    Given(Arc<dyn Clock>),
}

impl Time {
    /// What is bound as `$1`.
    fn given(&self) -> Option<i64> {
        match self {
            Self::Server => None,
            Self::Given(clock) => Some(clock.now().as_microsecond()),
        }
    }
}

/// A PostgreSQL database, 15 or newer.
#[derive(Clone)]
pub struct PostgresStore {
    pool: PgPool,
    time: Time,
}

impl PostgresStore {
    /// A pool of at most `connections` to the database at `url`; connects when it is first used.
    ///
    /// # Errors
    /// When the URL cannot be read. Nothing is connected yet.
    pub fn new(url: &str, connections: u32, time: Time) -> Result<Self> {
        let options = PgConnectOptions::from_str(url)
            .map_err(|error| StoreError::Schema(format!("the store's URL: {error}")))?
            .application_name("redress");
        let pool = PgPoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(Duration::from_secs(5))
            // Its buffers have grown to the largest batch that it ever wrote: megabytes, for each connection.
            .after_release(|connection, _| {
                connection.shrink_buffers();
                Box::pin(async { Ok(true) })
            })
            .connect_lazy_with(options);
        Ok(Self { pool, time })
    }
}

/// Serialises migrations of several processes: any constant that nobody else takes.
const MIGRATION_LOCK: &str = "select pg_advisory_xact_lock(7237128113)";

#[async_trait]
impl Store for PostgresStore {
    async fn migrate(&self) -> Result<()> {
        let mut tx = self.pool.begin().await?;
        tx.execute(MIGRATION_LOCK).await?;
        let version = schema_version(&mut tx).await?;
        if version < 1 {
            tx.execute(sqlx::raw_sql(include_str!("../../schema/postgres/0001.sql"))).await?;
            tx.execute("create table schema_version (version bigint not null)").await?;
            tx.execute("insert into schema_version values (0)").await?;
        }
        if version < 2 {
            tx.execute(sqlx::raw_sql(include_str!("../../schema/postgres/0002.sql"))).await?;
        }
        if version < 3 {
            tx.execute(sqlx::raw_sql(include_str!("../../schema/postgres/0003.sql"))).await?;
        }
        if version < SCHEMA_VERSION {
            sqlx::query("update schema_version set version = $1")
                .bind(SCHEMA_VERSION)
                .execute(&mut *tx)
                .await?;
        }
        Ok(tx.commit().await?)
    }

    async fn schema_version(&self) -> Result<i64> {
        schema_version(&mut *self.pool.acquire().await?).await
    }

    async fn now(&self) -> Result<Timestamp> {
        const SQL: &str = concat!("select ", now!());
        time(sqlx::query_scalar(SQL).bind(self.time.given()).fetch_one(&self.pool).await?)
    }

    async fn begin(&self, service: &ServiceName) -> Result<Box<dyn Transaction>> {
        let tx = self.pool.begin().await?;
        Ok(Box::new(transaction::PostgresTransaction {
            tx,
            service: service.clone(),
            time: self.time.clone(),
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
        const SQL: &str = concat!(
            "with due as (
               select request, id from unsent where claimed_until <= ",
            now!(),
            " order by claimed_until, id limit $2 for update skip locked),
             mine as (
               update unsent u set claimed_until = ",
            now!(),
            " + $3 from due where u.request = due.request and u.id = due.id
               returning u.request, u.id, u.again)
             select ",
            outbox_columns!(),
            " from outbox join mine using (request, id) order by id"
        );
        let rows = sqlx::query(SQL)
            .bind(self.time.given())
            .bind(i64::from(limit))
            .bind(micros(claim))
            .fetch_all(&self.pool)
            .await?;
        row::all(&rows, row::outgoing)
    }

    async fn mark_sent(&self, sent: &[(RequestId, MessageId)]) -> Result<()> {
        let mut sorted = sent.to_vec();
        sorted.sort_unstable();
        let (requests, ids) = pairs(&sorted);
        sqlx::query(
            "delete from unsent s using unnest($1::text[], $2::text[]) as u(request, id)
             where s.request = u.request and s.id = u.id",
        )
        .bind(requests)
        .bind(ids)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    async fn next_timer(&self, service: &ServiceName) -> Result<Option<Timestamp>> {
        let next: Option<i64> = sqlx::query_scalar("select min(due_at) from timer where service = $1")
            .bind(service.as_str())
            .fetch_one(&self.pool)
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

async fn schema_version(connection: &mut sqlx::PgConnection) -> Result<i64> {
    let there: bool = sqlx::query_scalar("select to_regclass('schema_version') is not null")
        .fetch_one(&mut *connection)
        .await?;
    if !there {
        return Ok(0);
    }
    Ok(sqlx::query_scalar("select version from schema_version").fetch_one(connection).await?)
}

fn micros(duration: SignedDuration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX / 4)
}

/// Two columns of texts for `unnest`.
fn pairs<A: ToString, B: ToString>(pairs: &[(A, B)]) -> (Vec<String>, Vec<String>) {
    pairs.iter().map(|(a, b)| (a.to_string(), b.to_string())).unzip()
}
