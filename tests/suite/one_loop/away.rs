//! The store is away for ten minutes, from each of its operations on: whatever was begun then is as if it had not been,
//! or as if it were done, and nobody is to blame for it.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use redress_bus::{Delivery, Tag};
use redress_domain::{ConnectorName, MessageId, RequestId, ServiceName, TaskId, TenantId};
use redress_runtime::{StepError, Worker};
use redress_store::{
    Job, KeyRow, Lease, LedgerRow, Outgoing, Parked, Standing, StateFilter, StateRow, StepRow, Store,
    StoreError, Timer, Transaction, Unpark, WaitingJob, Writes,
};

use super::simulation::Simulation;

/// Seconds for which it is away; whoever waits for it looks once in each.
const AWAY: u32 = 600;

/// Rounds after which every request is closed.
const ROUNDS: u32 = 15;

/// How many more operations there are before it is away.
type Left = Arc<AtomicI64>;

/// A store that goes away, and comes back when it is told to.
struct Leaving {
    inner: Arc<dyn Store>,
    left: Left,
}

struct LeavingTransaction {
    inner: Box<dyn Transaction>,
    left: Left,
}

fn here(left: &Left) -> Result<(), StoreError> {
    if left.fetch_sub(1, Ordering::SeqCst) > 0 {
        return Ok(());
    }
    Err(StoreError::Away(sqlx::Error::PoolTimedOut))
}

/// Each operation, if it is here.
macro_rules! operations {
    ($(fn $name:ident($($given:ident: $kind:ty),*) -> $answer:ty;)*) => {
        #[async_trait]
        impl Store for Leaving {
            $(async fn $name(&self, $($given: $kind),*) -> Result<$answer, StoreError> {
                here(&self.left)?;
                self.inner.$name($($given),*).await
            })*

            async fn begin(&self, service: &ServiceName) -> Result<Box<dyn Transaction>, StoreError> {
                here(&self.left)?;
                let inner = self.inner.begin(service).await?;
                Ok(Box::new(LeavingTransaction { inner, left: self.left.clone() }))
            }
        }
    };
}

operations! {
    fn migrate() -> ();
    fn schema_version() -> i64;
    fn now() -> Timestamp;
    fn note_attempt(service: &ServiceName, message: MessageId, request: RequestId) -> u32;
    fn claim_unsent(limit: u32, claim: SignedDuration) -> Vec<Outgoing>;
    fn mark_sent(sent: &[(RequestId, MessageId)]) -> ();
    fn next_timer(service: &ServiceName) -> Option<Timestamp>;
    fn lease_system(connector: &ConnectorName, holder: &str, ttl: SignedDuration) -> Option<Lease>;
    fn extend_lease(lease: &Lease, ttl: SignedDuration) -> bool;
    fn release_lease(lease: &Lease) -> ();
    fn due_jobs(lease: &Lease, limit: u32) -> Vec<Job>;
    fn note_job_attempts(lease: &Lease, tasks: &[TaskId]) -> bool;
    fn take_back_job_attempts(lease: &Lease, tasks: &[TaskId]) -> ();
    fn state(service: &ServiceName, request: RequestId) -> Option<StateRow>;
    fn states(service: &ServiceName, filter: &StateFilter, before: Option<RequestId>, limit: u32) -> Vec<StateRow>;
    fn standing(service: &ServiceName) -> Standing;
    fn waiting(request: RequestId) -> Vec<WaitingJob>;
    fn steps_of(service: &ServiceName, request: RequestId) -> Vec<StepRow>;
    fn by_index(tenant: &TenantId, blinds: &[&[u8]]) -> Vec<Vec<RequestId>>;
    fn parked(service: Option<&ServiceName>, before: Option<MessageId>, limit: u32) -> Vec<Parked>;
    fn unpark(service: &ServiceName, id: MessageId, what: Unpark) -> Option<Parked>;
    fn put_keys(keys: &[KeyRow]) -> Vec<KeyRow>;
    fn key(tenant: &TenantId, name: &str) -> Option<KeyRow>;
    fn delete_key(tenant: &TenantId, name: &str) -> bool;
    fn ledger(tenant: &TenantId, from: u64, limit: u32) -> Vec<LedgerRow>;
    fn ledger_size(tenant: &TenantId) -> u64;
    fn forget_closed(service: &ServiceName, before: Timestamp, limit: u32) -> u64;
}

#[async_trait]
impl Transaction for LeavingTransaction {
    async fn see(&mut self, messages: &[(MessageId, RequestId)]) -> Result<Vec<bool>, StoreError> {
        here(&self.left)?;
        self.inner.see(messages).await
    }

    async fn lock(&mut self, requests: &[RequestId]) -> Result<Vec<StateRow>, StoreError> {
        here(&self.left)?;
        self.inner.lock(requests).await
    }

    async fn steps(&mut self, keys: &[(RequestId, String)]) -> Result<Vec<StepRow>, StoreError> {
        here(&self.left)?;
        self.inner.steps(keys).await
    }

    async fn due_timers(&mut self, limit: u32, most: u32) -> Result<Vec<(Timer, StateRow)>, StoreError> {
        here(&self.left)?;
        self.inner.due_timers(limit, most).await
    }

    async fn fence(&mut self, lease: &Lease) -> Result<bool, StoreError> {
        here(&self.left)?;
        self.inner.fence(lease).await
    }

    async fn jobs_of(&mut self, tasks: &[TaskId]) -> Result<Vec<Job>, StoreError> {
        here(&self.left)?;
        self.inner.jobs_of(tasks).await
    }

    async fn write(&mut self, writes: &Writes) -> Result<Vec<Outgoing>, StoreError> {
        here(&self.left)?;
        self.inner.write(writes).await
    }

    /// It may go away before a commit, and after one, before that is told.
    async fn commit(self: Box<Self>) -> Result<(), StoreError> {
        here(&self.left)?;
        self.inner.commit().await?;
        here(&self.left)
    }
}

/// What every process does again and again. What the store does not answer for is left as it is.
async fn round(simulation: &Simulation) {
    for (worker, queue) in [(&simulation.alpha, "redress.alpha"), (&simulation.tasks, "redress.task.beta")] {
        deliver(simulation, worker, queue).await;
    }
    let late = simulation.publisher.claim_late().await;
    publish(simulation, late, true).await;
    match simulation.alpha.step_timers().await {
        Ok((outgoing, _)) => publish(simulation, Ok(outgoing), false).await,
        Err(error) => assert!(matches!(error, StepError::Away(_)), "{error}"),
    }
    let worked = simulation.runner.step().await;
    publish(simulation, worked.map(Option::unwrap_or_default), false).await;
    simulation.clock.advance(SignedDuration::from_secs(1));
}

async fn deliver(simulation: &Simulation, worker: &Worker, queue: &str) {
    let messages = simulation.bus.take(queue, 8);
    let delivery = |(i, message): (u64, &_)| {
        let message: &redress_contracts::Message = message;
        Delivery { tag: Tag::new(0, i), redelivered: false, dead_of: None, message: Ok(message.clone()) }
    };
    let deliveries: Vec<Delivery> = (1..).zip(&messages).map(delivery).collect();
    if deliveries.is_empty() {
        return;
    }
    match worker.step(&deliveries).await {
        Ok(outgoing) => publish(simulation, Ok(outgoing), false).await,
        Err(error) => {
            assert!(matches!(error, StepError::Away(_)), "{error}");
            // They wait in place.
            simulation.bus.give_back(queue, messages);
        }
    }
}

async fn publish(simulation: &Simulation, outgoing: Result<Vec<Outgoing>, StoreError>, retry: bool) {
    let published = match outgoing {
        Ok(outgoing) => simulation.publisher.publish_and_note(outgoing, retry).await,
        Err(error) => Err(error),
    };
    assert!(matches!(published, Ok(()) | Err(StoreError::Away(_))), "{published:?}");
}

/// True: it was away in the middle.
async fn away_after(operations: i64) -> bool {
    let left = Left::default();
    left.store(i64::MAX, Ordering::SeqCst);
    let leaving = |inner| Arc::new(Leaving { inner, left: left.clone() }) as Arc<dyn Store>;
    let simulation = Simulation::over(&format!("away-{operations}"), 1, leaving).await;
    simulation.without_faults();
    let requests = simulation.submit().await;
    left.store(operations, Ordering::SeqCst);
    for _ in 0..ROUNDS {
        if left.load(Ordering::SeqCst) > 0 {
            round(&simulation).await;
        }
    }
    let was_away = left.load(Ordering::SeqCst) <= 0;
    for _ in 0..AWAY {
        if was_away {
            round(&simulation).await;
        }
    }
    left.store(i64::MAX, Ordering::SeqCst);
    for _ in 0..2 * ROUNDS {
        round(&simulation).await;
    }
    simulation.assert_once(&requests).await;
    was_away
}

#[tokio::test]
async fn away_for_ten_minutes_from_any_operation_on_nothing_is_parked_lost_or_doubled() {
    let mut operations = 0;
    while away_after(operations).await {
        operations += 1;
    }
    assert!(operations > 100, "{operations}");
}
