//! Attempts at jobs: which are worked together, and what becomes of one that ends the process or panics.

use std::{
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex, PoisonError},
};

use futures::{FutureExt as _, future::BoxFuture};
use redress_contracts::{
    Contract as _,
    v1::{Failure, SystemOutcome},
};
use redress_domain::{Status, TaskId};
use redress_store::{Lease, Store, StoreError};

use crate::{Connector, Hand, Lost, SystemJob, Worked};

/// Whoever worked a job has died that often: nobody does any more.
const DEATHS_MAX: u32 = 3;

/// Of due jobs, those that are worked now: at most so many, or one alone whose end was not heard of.
pub(crate) fn together(mut jobs: Vec<SystemJob>, most: usize) -> Vec<SystemJob> {
    match jobs.first() {
        Some(first) if first.row.attempts > 0 => jobs.truncate(1),
        _ => jobs.retain(|job| job.row.attempts == 0),
    }
    jobs.truncate(most.max(1));
    jobs
}

/// The end of a job that may not be worked any more; none for those that may.
pub(crate) fn convicted(jobs: &[SystemJob]) -> Option<Vec<Worked>> {
    let [job] = jobs else { return None };
    if job.row.attempts < DEATHS_MAX {
        return None;
    }
    tracing::error!(task = %job.row.task, system = %job.row.system, "whoever works this job dies");
    let reason = format!("the process ended {DEATHS_MAX} times while it was worked");
    Some(vec![failed(job, "crashed", &reason)])
}

/// Works these together; if that panics, or does not answer for each, in halves, until the one at fault is alone.
pub(crate) fn work<'a>(
    connector: &'a dyn Connector,
    jobs: &'a [SystemJob],
    hand: &'a Hand<'_>,
) -> BoxFuture<'a, Result<Vec<Worked>, Lost>> {
    async move {
        let working = async { connector.work(&hand.lease.system, jobs, hand).await };
        let (code, reason) = match AssertUnwindSafe(working).catch_unwind().await {
            Ok(Ok(worked)) if worked.len() == jobs.len() => return Ok(worked),
            Ok(Ok(_)) => ("unanswered", "the connector did not answer for it"),
            Ok(Err(Lost)) => return Err(Lost),
            Err(_) => ("panicked", "the connector panicked over it"),
        };
        if let [job] = jobs {
            tracing::error!(task = %job.row.task, system = %job.row.system, code, "a job has failed its connector");
            return Ok(vec![failed(job, code, reason)]);
        }
        let (one, other) = jobs.split_at(jobs.len() / 2);
        let mut worked = work(connector, one, hand).await?;
        worked.extend(work(connector, other, hand).await?);
        Ok(worked)
    }
    .boxed()
}

fn failed(job: &SystemJob, code: &str, reason: &str) -> Worked {
    Worked::Ended(Box::new(SystemOutcome {
        system: job.row.system.to_string(),
        status: Status::Failed.number(),
        reason: reason.to_owned(),
        failure: Some(Failure { r#final: true, retry_at: None, code: code.to_owned() }),
        ..SystemOutcome::default()
    }))
}

/// The attempts that were noted and not heard of since. While this process lives they can be taken back: it
/// did not die of them.
pub(crate) struct Noted {
    store: Arc<dyn Store>,
    open: Mutex<Option<(Lease, Vec<TaskId>)>>,
}

impl Noted {
    pub(crate) fn new(store: Arc<dyn Store>) -> Self {
        Self { store, open: Mutex::default() }
    }

    fn open(&self) -> std::sync::MutexGuard<'_, Option<(Lease, Vec<TaskId>)>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that these are about to be worked, in the rows that they hold too. False: the lease is lost.
    pub(crate) async fn note(&self, lease: &Lease, jobs: &mut [SystemJob]) -> Result<bool, StoreError> {
        let tasks: Vec<TaskId> = jobs.iter().map(|job| job.row.task).collect();
        let noted = self.store.note_job_attempts(lease, &tasks).await?;
        if noted {
            jobs.iter_mut().for_each(|job| job.row.attempts += 1);
            *self.open() = Some((lease.clone(), tasks));
        } else {
            tracing::warn!(system = %lease.system, "the lease was lost before anything was worked");
        }
        Ok(noted)
    }

    /// They were heard of, or this process is to blame.
    pub(crate) fn forget(&self) {
        *self.open() = None;
    }

    /// Takes back what is open.
    pub(crate) async fn take_back(&self) -> Result<(), StoreError> {
        let open = self.open().clone();
        if let Some((lease, tasks)) = open {
            self.store.take_back_job_attempts(&lease, &tasks).await?;
            self.forget();
        }
        Ok(())
    }
}
