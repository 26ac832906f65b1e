//! The operations: what each takes, gives and promises. Both dialects implement exactly this.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use redress_domain::{ConnectorName, MessageId, RequestId, ServiceName, TaskId, TenantId};

use crate::{
    Job, KeyRow, Lease, LedgerRow, Outgoing, Parked, Standing, StateFilter, StateRow, StepRow, StoreError,
    Timer, Unpark, WaitingJob, Writes,
};

/// What an operation gives.
pub type Result<T> = std::result::Result<T, StoreError>;

/// A database with our schema.
#[async_trait]
pub trait Store: Send + Sync {
    /// Brings the schema to [`SCHEMA_VERSION`](crate::SCHEMA_VERSION). Only adds; safe to run beside
    /// running processes and beside itself.
    async fn migrate(&self) -> Result<()>;

    /// The schema's version; 0 in an empty database.
    async fn schema_version(&self) -> Result<i64>;

    /// The database's clock.
    async fn now(&self) -> Result<Timestamp>;

    /// Begins a transaction in the rows of this service (or connector). Dropped uncommitted, nothing of it
    /// happened.
    async fn begin(&self, service: &ServiceName) -> Result<Box<dyn Transaction>>;

    /// Notes, for good and at once, that this message is about to be worked alone; gives how often that has
    /// been noted. A message whose handling ends the process is known by it.
    async fn note_attempt(
        &self,
        service: &ServiceName,
        message: MessageId,
        request: RequestId,
    ) -> Result<u32>;

    /// Takes up to `limit` messages that are unsent and not claimed by another, oldest first, and claims
    /// them for `claim`: nobody else gets them before that is over.
    async fn claim_unsent(&self, limit: u32, claim: SignedDuration) -> Result<Vec<Outgoing>>;

    /// Notes that the broker has these messages.
    async fn mark_sent(&self, sent: &[(RequestId, MessageId)]) -> Result<()>;

    /// When the service's next timer is due, if it has one.
    async fn next_timer(&self, service: &ServiceName) -> Result<Option<Timestamp>>;

    /// Leases the system with the longest overdue job that nobody holds, for `ttl`; none when there is none.
    async fn lease_system(
        &self,
        connector: &ConnectorName,
        holder: &str,
        ttl: SignedDuration,
    ) -> Result<Option<Lease>>;

    /// Makes the lease last `ttl` from now. False: it is lost, and was not extended.
    async fn extend_lease(&self, lease: &Lease, ttl: SignedDuration) -> Result<bool>;

    /// Gives the lease back, if it is still held.
    async fn release_lease(&self, lease: &Lease) -> Result<()>;

    /// The system's due jobs, longest overdue first.
    async fn due_jobs(&self, lease: &Lease, limit: u32) -> Result<Vec<Job>>;

    /// Notes, for good and at once, that these jobs of the lease's system are about to be worked: whatever is
    /// written of a job afterwards says how often that was. False: the lease is lost, and nothing was noted.
    async fn note_job_attempts(&self, lease: &Lease, tasks: &[TaskId]) -> Result<bool>;

    /// Takes back one such note of each: they were not worked to an end, and who worked them lives. Needs no lease
    /// any more; `lease` only names the system.
    async fn take_back_job_attempts(&self, lease: &Lease, tasks: &[TaskId]) -> Result<()>;

    /// What a service keeps of one request.
    async fn state(&self, service: &ServiceName, request: RequestId) -> Result<Option<StateRow>>;

    /// A service's states, newest request first, from below `before` on.
    async fn states(
        &self,
        service: &ServiceName,
        filter: &StateFilter,
        before: Option<RequestId>,
        limit: u32,
    ) -> Result<Vec<StateRow>>;

    /// What waits; the open requests are those of this service. Costs with what is open, not with what has ended.
    async fn standing(&self, service: &ServiceName) -> Result<Standing>;

    /// The jobs of one request that were tried and wait for their next try, by system.
    async fn waiting(&self, request: RequestId) -> Result<Vec<WaitingJob>>;

    /// All steps of one request, by key.
    async fn steps_of(&self, service: &ServiceName, request: RequestId) -> Result<Vec<StepRow>>;

    /// For each of these blind indexes the requests about the person behind it, newest first.
    async fn by_index(&self, tenant: &TenantId, blinds: &[&[u8]]) -> Result<Vec<Vec<RequestId>>>;

    /// Parked messages of one service or all, newest first, from below `before` on.
    async fn parked(
        &self,
        service: Option<&ServiceName>,
        before: Option<MessageId>,
        limit: u32,
    ) -> Result<Vec<Parked>>;

    /// Takes a parked message out, to be replayed or gone; none if it is not there (any more). For a replay
    /// its inbox row goes too, so that it counts as new.
    async fn unpark(&self, service: &ServiceName, id: MessageId, what: Unpark) -> Result<Option<Parked>>;

    /// Stores each of these keys unless one of its name is there, and gives for each the one that is there then.
    async fn put_keys(&self, keys: &[KeyRow]) -> Result<Vec<KeyRow>>;

    /// A key.
    async fn key(&self, tenant: &TenantId, name: &str) -> Result<Option<KeyRow>>;

    /// Destroys a key. True: it was there.
    async fn delete_key(&self, tenant: &TenantId, name: &str) -> Result<bool>;

    /// A tenant's ledger from this index on.
    async fn ledger(&self, tenant: &TenantId, from: u64, limit: u32) -> Result<Vec<LedgerRow>>;

    /// How many entries a tenant's ledger was given, as its head has counted them.
    async fn ledger_size(&self, tenant: &TenantId) -> Result<u64>;

    /// Deletes inbox, outbox, step and job rows of up to `limit` requests that closed before; gives their number.
    async fn forget_closed(&self, service: &ServiceName, before: Timestamp, limit: u32) -> Result<u64>;
}

/// One transaction in the rows of one service.
#[async_trait]
pub trait Transaction: Send {
    /// Notes these messages as seen; for each, whether it is new. Of the same id twice, the first is.
    async fn see(&mut self, messages: &[(MessageId, RequestId)]) -> Result<Vec<bool>>;

    /// Locks these requests until the end, in the order of their ids, and gives the rows that are there.
    async fn lock(&mut self, requests: &[RequestId]) -> Result<Vec<StateRow>>;

    /// The steps of these names that are there.
    async fn steps(&mut self, keys: &[(RequestId, String)]) -> Result<Vec<StepRow>>;

    /// Takes out up to `limit` due timers, longest overdue first, of requests that nobody else has locked,
    /// and locks those. Requests whose state has a format above `format_max` are left to newer processes.
    async fn due_timers(&mut self, limit: u32, format_max: u32) -> Result<Vec<(Timer, StateRow)>>;

    /// Whether the lease is still held; if so, until the transaction's end.
    async fn fence(&mut self, lease: &Lease) -> Result<bool>;

    /// Locks and gives all jobs of these tasks, by task and system.
    async fn jobs_of(&mut self, tasks: &[TaskId]) -> Result<Vec<Job>>;

    /// Writes; gives what is to be published again. New messages are claimed for two seconds, so that the
    /// caller can publish them itself.
    async fn write(&mut self, writes: &Writes) -> Result<Vec<Outgoing>>;

    /// Makes it last.
    async fn commit(self: Box<Self>) -> Result<()>;
}
