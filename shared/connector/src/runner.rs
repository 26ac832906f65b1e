//! Works jobs: leases a system, takes all its due jobs, has the connector work them, writes what became of
//! them under the lease, and answers for the tasks that are done.

use std::{collections::BTreeMap, panic::AssertUnwindSafe, pin::pin, sync::Arc, time::Duration};

use futures::{FutureExt as _, future::BoxFuture};
use jiff::SignedDuration;
use prost::{Message as _, Name as _};
use redress_contracts::{
    ContentType, Envelope, Message,
    topology::Route,
    v1::{SystemOutcome, TaskOutcome},
};
use redress_domain::{ServiceName, TaskId};
use redress_runtime::{Context, Publisher, Stop, Working, crash};
use redress_store::{Job, JobWrite, Lease, Outgoing, StoreError, Writes};
use tokio::time::Instant;

use crate::{
    Connector, Hand, SystemJob, Worked,
    attempt::{self, Noted},
    tasks::FORMAT,
};

/// Due jobs that are read at once: those that are worked are among them.
const JOBS_READ: u32 = 256;
/// For how long a job is put off that cannot be read.
const PUT_OFF: SignedDuration = SignedDuration::from_hours(1);
/// An answer that met others on the same rows is written again this often.
const CONFLICTS_MAX: u32 = 4;

/// How jobs are worked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunnerSettings {
    /// This runner's name among all runners of all processes.
    pub holder: String,
    /// For how long a system is ours without a sign of life; we give three in that time.
    pub lease: Duration,
    /// How often due jobs are looked for when there were none.
    pub poll: Duration,
}

impl RunnerSettings {
    /// The usual ones, for a runner of this name. A lease is short, so that the systems of a process that died are
    /// soon another's; who loses one while it works repeats that work, and does no effect twice.
    pub fn new(holder: String) -> Self {
        Self { holder, lease: Duration::from_secs(3), poll: Duration::from_secs(1) }
    }

    pub(crate) fn ttl(&self) -> SignedDuration {
        SignedDuration::try_from(self.lease).unwrap_or(SignedDuration::MAX)
    }
}

/// Works the jobs of one connector, one system at a time. A process may have several.
pub struct Runner {
    connector: Arc<dyn Connector>,
    service: ServiceName,
    context: Context,
    publisher: Arc<Publisher>,
    settings: RunnerSettings,
    noted: Noted,
}

impl Runner {
    /// A runner of this connector.
    ///
    /// # Panics
    /// Never: a connector's name is a service's name too.
    pub fn new(
        connector: Arc<dyn Connector>,
        context: Context,
        publisher: Arc<Publisher>,
        settings: RunnerSettings,
    ) -> Self {
        let service = connector.name().as_str().parse().expect("the names of services have the same form");
        let noted = Noted::new(context.store.clone());
        Self { connector, service, context, publisher, settings, noted }
    }

    /// Works jobs until it is stopped.
    pub fn run(&self, mut stop: Stop) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            loop {
                let mut added = pin!(self.context.jobs_added());
                added.as_mut().enable();
                let worked = match self.step_beside(&mut stop).await {
                    Ok(None) => false,
                    Ok(Some(outgoing)) => {
                        self.publisher.hand_over(outgoing);
                        true
                    }
                    Err(error) => {
                        tracing::warn!(%error, connector = %self.service, "jobs wait for the store");
                        false
                    }
                };
                if worked && stop.stopped().now_or_never().is_none() {
                    continue;
                }
                tokio::select! {
                    () = added => {}
                    () = pause(self.settings.poll) => {}
                    () = stop.stopped() => return,
                }
            }
        })
    }

    /// A step. From a stop on its jobs are innocent of whatever ends the process.
    async fn step_beside(&self, stop: &mut Stop) -> Result<Option<Vec<Outgoing>>, StoreError> {
        let mut step = pin!(AssertUnwindSafe(self.step()).catch_unwind());
        let stepped = tokio::select! {
            stepped = &mut step => stepped,
            () = stop.stopped() => {
                let (taken_back, stepped) = tokio::join!(self.noted.take_back(), &mut step);
                if let Err(error) = taken_back {
                    tracing::warn!(%error, connector = %self.service, "attempts could not be taken back");
                }
                stepped
            }
        };
        stepped.unwrap_or_else(|_| {
            tracing::error!(connector = %self.service, "a step panicked");
            self.noted.forget();
            Ok(None)
        })
    }

    /// Works due jobs of one system; gives what is to be published. None: there were none that we could
    /// work, so there is reason to wait.
    ///
    /// # Errors
    /// As the store. What was not written is worked again, by whoever has the lease then.
    pub fn step(&self) -> BoxFuture<'_, Result<Option<Vec<Outgoing>>, StoreError>> {
        Box::pin(async move {
            self.noted.take_back().await?;
            let (store, begun) = (&self.context.store, Instant::now());
            let (connector, holder) = (self.connector.name(), &self.settings.holder);
            let Some(lease) = store.lease_system(connector, holder, self.settings.ttl()).await? else {
                return Ok(None);
            };
            let worked = self.work(&lease, begun).await;
            if !matches!(worked, Err(StoreError::Away(_))) {
                store.release_lease(&lease).await?;
            }
            worked
        })
    }

    async fn work(&self, lease: &Lease, begun: Instant) -> Result<Option<Vec<Outgoing>>, StoreError> {
        let hand = Hand::new(&self.context, &self.service, lease, &self.settings, begun);
        let jobs = self.readable(&hand, self.context.store.due_jobs(lease, JOBS_READ).await?).await?;
        let mut jobs = attempt::together(jobs, self.connector.jobs_max());
        if jobs.is_empty() {
            return Ok(None);
        }
        if let Some(convicted) = attempt::convicted(&jobs) {
            return self.finish(&hand, &jobs, convicted).await;
        }
        if !self.noted.note(lease, &mut jobs).await? {
            return Ok(None);
        }
        let _working: Vec<Working> = jobs.iter_mut().map(|job| self.working(job)).collect();
        let worked = tokio::select! {
            worked = attempt::work(&*self.connector, &jobs, &hand) => worked.ok(),
            _ = hand.give_signs_of_life() => None,
        };
        let finished = match worked {
            Some(worked) => self.finish(&hand, &jobs, worked).await,
            None => {
                tracing::warn!(system = %lease.system, "nothing is answered: the lease was lost");
                Ok(None)
            }
        };
        match finished {
            Ok(Some(_)) => self.noted.forget(),
            // We live: it was not the jobs' doing.
            _ => self.noted.take_back().await?,
        }
        finished
    }

    /// The span of a job; its answer hangs from it.
    fn working(&self, job: &mut SystemJob) -> Working {
        let what = job.task.action().as_str_name().trim_start_matches("ACTION_").to_ascii_lowercase();
        let (service, now) = (self.service.as_str(), self.context.clock.now());
        let working = Working::begin(&what, service, now, job.traceparent.as_deref(), job.row.request);
        job.traceparent = working.traceparent().or_else(|| job.traceparent.take());
        working
    }

    /// The jobs that we can read. One of a newer process is left to such; one that cannot be read at all is
    /// put off, and stops no other.
    async fn readable(&self, hand: &Hand<'_>, rows: Vec<Job>) -> Result<Vec<SystemJob>, StoreError> {
        let (mut jobs, mut put_off) = (Vec::with_capacity(rows.len()), Vec::new());
        for row in rows.into_iter().filter(|row| row.format <= FORMAT) {
            match SystemJob::read(row.clone()) {
                Ok(job) => jobs.push(job),
                Err(error) => {
                    tracing::error!(%error, "a job is put off");
                    put_off.push(JobWrite::Set(Job { due_at: self.context.clock.now() + PUT_OFF, ..row }));
                }
            }
        }
        if !put_off.is_empty() {
            hand.write(&Writes { jobs: put_off, ..Writes::default() }).await?.ok();
        }
        Ok(jobs)
    }

    /// Writes what became of the jobs; gives what is to be published. None: the lease was lost.
    async fn finish(
        &self,
        hand: &Hand<'_>,
        jobs: &[SystemJob],
        worked: Vec<Worked>,
    ) -> Result<Option<Vec<Outgoing>>, StoreError> {
        let mut tries = 1;
        loop {
            match self.write(hand, jobs, worked.clone()).await {
                Err(StoreError::Conflict(_)) if tries < CONFLICTS_MAX => tries += 1,
                finished => return finished,
            }
        }
    }

    async fn write(
        &self,
        hand: &Hand<'_>,
        jobs: &[SystemJob],
        worked: Vec<Worked>,
    ) -> Result<Option<Vec<Outgoing>>, StoreError> {
        let tasks: Vec<TaskId> = jobs.iter().map(|job| job.row.task).collect();
        let mut tx = self.context.store.begin(&self.service).await?;
        if !tx.fence(hand.lease).await? {
            tracing::warn!(system = %hand.lease.system, "the lease was lost: the answer is not ours to give");
            return Ok(None);
        }
        let mut of_tasks: BTreeMap<TaskId, Vec<Job>> = BTreeMap::new();
        for job in tx.jobs_of(&tasks).await? {
            of_tasks.entry(job.task).or_default().push(job);
        }
        let mut writes = Writes::default();
        for (job, worked) in jobs.iter().zip(worked) {
            let row = settled(&job.row, worked);
            if let Some(of_task) = of_tasks.get_mut(&row.task) {
                of_task.retain(|other| other.system != row.system);
                of_task.push(row.clone());
                if of_task.iter().all(|job| job.outcome.is_some()) {
                    writes.outbox.push(self.answer(job, of_task)?);
                }
            }
            writes.jobs.push(JobWrite::Set(row));
        }
        tx.write(&writes).await?;
        crash::point("before commit");
        tx.commit().await?;
        crash::point("after commit");
        Ok(Some(writes.outbox))
    }

    /// The outcome of a task whose jobs have all ended.
    fn answer(&self, job: &SystemJob, of_task: &[Job]) -> Result<Outgoing, StoreError> {
        let mut systems = Vec::with_capacity(of_task.len());
        for job in of_task {
            let outcome = SystemOutcome::decode(job.outcome.as_deref().unwrap_or_default());
            systems.push(outcome.map_err(|error| StoreError::Broken(error.to_string()))?);
        }
        systems.sort_by(|a, b| a.system.cmp(&b.system));
        let body = TaskOutcome {
            task: job.task.task.clone(),
            request: job.task.request.clone(),
            connector: job.task.connector.clone(),
            action: job.task.action,
            systems,
        };
        let envelope = Envelope {
            id: self.context.ids.message(),
            kind: TaskOutcome::full_name(),
            source: self.service.clone(),
            time: self.context.clock.now(),
            tenant: job.row.tenant.clone(),
            request: job.row.request,
            state_version: 0,
            answers: Some(job.message),
            traceparent: job.traceparent.clone(),
            again: false,
            content_type: ContentType::Protobuf,
        };
        let message = Message { envelope, body: body.encode_to_vec() };
        Ok(Outgoing { message, route: Route::to_service(&job.reply_to), cause: Some(job.message) })
    }
}

fn settled(row: &Job, worked: Worked) -> Job {
    let row = Job { tries: row.tries + 1, attempts: 0, ..row.clone() };
    match worked {
        Worked::Ended(outcome) => Job { outcome: Some(outcome.encode_to_vec()), progress: Vec::new(), ..row },
        Worked::Later { at, why } => Job { due_at: at, progress: why.into_bytes(), ..row },
    }
}

/// Waits for what gives no word: jobs that other processes add, an idle session's end.
#[expect(clippy::disallowed_methods, reason = "there is nothing to wait on")]
pub async fn pause(wait: Duration) {
    tokio::time::sleep(wait).await;
}
