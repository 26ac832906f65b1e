//! The lease, while a connector works under it.

use std::sync::{Mutex, PoisonError};

use redress_domain::ServiceName;
use redress_runtime::{Context, crash};
use redress_store::{Job, JobWrite, Lease, StoreError, Writes};
use tokio::time::{Instant, timeout_at};

use crate::{RunnerSettings, SystemJob, runner::pause};

/// The lease is somebody else's: nothing may be written any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lost;

/// What a connector holds while it works: the lease, and the way to write under it.
///
/// A lease that has run out is still ours until another takes it: work goes on, so that a store which stalls for
/// longer than a lease does not make long work begin again for ever. Only what announced an intent stops before
/// another may begin, since the two could make the same effect side by side.
pub struct Hand<'a> {
    context: &'a Context,
    service: &'a ServiceName,
    pub(crate) lease: &'a Lease,
    settings: &'a RunnerSettings,
    held: Mutex<Held>,
}

#[derive(Clone, Copy)]
struct Held {
    /// Until then nobody else can have the lease.
    sure_until: Instant,
    /// Whether an intent was announced.
    intended: bool,
}

impl<'a> Hand<'a> {
    /// `begun` is a moment before the lease was had.
    pub(crate) fn new(
        context: &'a Context,
        service: &'a ServiceName,
        lease: &'a Lease,
        settings: &'a RunnerSettings,
        begun: Instant,
    ) -> Self {
        let held = Mutex::new(Held { sure_until: begun + settings.lease, intended: false });
        Self { context, service, lease, settings, held }
    }

    fn held(&self) -> Held {
        *self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn hold(&self, change: impl FnOnce(&mut Held)) {
        change(&mut self.held.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Writes down, for good, what is about to be done outside, before it is done: each job with its sealed
    /// intent. Whoever finds an intent without an outcome observes first, and applies only what is missing.
    ///
    /// # Errors
    /// [`Lost`] when the lease is somebody else's, or the store does not answer: then nothing may be done.
    pub async fn intend(&self, intents: &[(&SystemJob, Vec<u8>)]) -> Result<(), Lost> {
        crash::point("before intent");
        let set = |(job, intent): &(&SystemJob, Vec<u8>)| {
            JobWrite::Set(Job { intent: intent.clone(), ..job.row.clone() })
        };
        let writes = Writes { jobs: intents.iter().map(set).collect(), ..Writes::default() };
        self.hold(|held| held.intended = true);
        let intended = match Instant::now() < self.held().sure_until {
            true => self.write(&writes).await,
            false => match self.extend().await {
                Ok(true) => self.write(&writes).await,
                Ok(false) => Ok(Err(Lost)),
                Err(error) => Err(error),
            },
        };
        intended.unwrap_or_else(|error| {
            tracing::warn!(%error, system = %self.lease.system, "an intent could not be written");
            Err(Lost)
        })
    }

    pub(crate) async fn write(&self, writes: &Writes) -> Result<Result<(), Lost>, StoreError> {
        let mut tx = self.context.store.begin(self.service).await?;
        if !tx.fence(self.lease).await? {
            return Ok(Err(Lost));
        }
        tx.write(writes).await?;
        tx.commit().await?;
        Ok(Ok(()))
    }

    /// Extends the lease. False: it is lost.
    async fn extend(&self) -> Result<bool, StoreError> {
        let asked = Instant::now();
        let extended = self.context.store.extend_lease(self.lease, self.settings.ttl()).await?;
        if extended {
            self.hold(|held| held.sure_until = asked + self.settings.lease);
        }
        Ok(extended)
    }

    /// Extends the lease while the connector works. Ends when it is lost; after an intent, when it may be.
    pub(crate) async fn give_signs_of_life(&self) -> Lost {
        loop {
            pause(self.settings.lease / 3).await;
            let (now, sure_until) = (Instant::now(), self.held().sure_until);
            let until = if now < sure_until { sure_until } else { now + self.settings.lease };
            match timeout_at(until, self.extend()).await {
                Ok(Ok(true)) => {}
                Ok(Ok(false)) => return Lost,
                Ok(Err(error)) => tracing::warn!(%error, system = %self.lease.system, "no sign of life"),
                Err(_) => tracing::warn!(system = %self.lease.system, "no sign of life: the store is slow"),
            }
            let held = self.held();
            if held.intended && Instant::now() >= held.sure_until {
                return Lost;
            }
        }
    }
}
