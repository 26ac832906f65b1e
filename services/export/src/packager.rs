//! Makes packages, and deletes them, as a connector works its jobs: a release adds a job, or the end of a package's
//! time, and the outcome comes back to this service. The state names the task that it waits for: an outcome of any
//! other is stale.
//!
//! Its effects are made repeatable by being the same each time: a package that was half made is deleted and
//! made again, and its manifest, without which nobody sees it, comes last. What is half deleted is deleted on.

mod jobs;

use std::sync::Arc;

use async_trait::async_trait;
use jiff::SignedDuration;
use prost::Message as _;
use redress_connector::{Connector, Hand, Lost, SystemJob, Worked};
use redress_contracts::{
    state::ExportState,
    v1::{Action, SystemOutcome},
};
use redress_domain::{Clock, ConnectorName, MessageId, Random, ServiceName, SystemName, backoff::Backoff};
use redress_store::{Store, StoreError};
use redress_vault::{Keyring, Objects, Prefix, VaultError};

use crate::package::{
    build::{BuildError, Builder},
    contents::{Contents, Unfit},
};
pub(crate) use jobs::{expiry, making};

/// Packages of one lane that are answered for together, made one after another.
const TOGETHER: usize = 16;
/// How patiently a store that fails is tried again: about a day.
const BACKOFF: Backoff = Backoff { first: SignedDuration::from_secs(2), ..Backoff::REMOTE };

/// Makes packages, and deletes them.
pub struct Packager {
    name: ConnectorName,
    service: ServiceName,
    store: Arc<dyn Store>,
    keyring: Arc<Keyring>,
    objects: Objects,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
}

/// Why there is no package.
#[derive(Debug, thiserror::Error)]
enum NoPackage {
    #[error(transparent)]
    Build(#[from] BuildError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("what was collected cannot be read")]
    State,
    #[error("it is not wanted any more")]
    Unwanted,
}

impl Packager {
    /// Over the export service's rows in `store`. `random` must be fit for keys.
    ///
    /// # Panics
    /// Never: `export` is a name.
    pub fn new(
        store: Arc<dyn Store>,
        keyring: Arc<Keyring>,
        objects: Objects,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
    ) -> Self {
        Self { name: jobs::connector(), service: crate::name(), store, keyring, objects, clock, random }
    }

    async fn work_one(&self, job: &SystemJob) -> Worked {
        let worked = match job.task.action() {
            Action::Purge => self.delete(job).await,
            _ => self.package(job).await,
        };
        match worked {
            Ok(outcome) => Worked::Ended(Box::new(outcome)),
            Err(why) => self.failed(job, &why),
        }
    }

    async fn package(&self, job: &SystemJob) -> Result<SystemOutcome, NoPackage> {
        let (tenant, request) = (&job.row.tenant, job.row.request);
        let state = self.wanted(job, is_released).await?;
        let release = MessageId(job.row.task.0);
        let contents = Contents::read(&state, tenant, request, release).map_err(BuildError::from)?;
        let key = self.keyring.get(tenant, request).await.map_err(BuildError::from)?;
        let random = &*self.random;
        let builder = Builder { objects: &self.objects, key: &key, random, contents: &contents };
        let built = builder.build().await?;
        // Meanwhile it may have been stopped.
        self.wanted(job, is_released).await?;
        let (manifest, place, written) = builder.publish(built).await?;
        Ok(jobs::made(job, &manifest, &place, written))
    }

    async fn delete(&self, job: &SystemJob) -> Result<SystemOutcome, NoPackage> {
        let (tenant, request) = (&job.row.tenant, job.row.request);
        self.wanted(job, is_expiring).await?;
        let package = Prefix::package(tenant, &request.to_string()).map_err(BuildError::from)?;
        for prefix in [package, Prefix::work(tenant, request)] {
            self.objects.delete_all(&prefix).await.map_err(BuildError::from)?;
        }
        Ok(jobs::gone(job))
    }

    /// The service's state, if it still waits for this very job.
    async fn wanted(
        &self,
        job: &SystemJob,
        waits: fn(&ExportState, &str) -> bool,
    ) -> Result<ExportState, NoPackage> {
        let row = self.store.state(&self.service, job.row.request).await?;
        let row = row.filter(|row| row.tenant == job.row.tenant).ok_or(NoPackage::Unwanted)?;
        let state = ExportState::decode(row.body.as_slice()).map_err(|_| NoPackage::State)?;
        if waits(&state, &job.row.task.to_string()) { Ok(state) } else { Err(NoPackage::Unwanted) }
    }

    fn failed(&self, job: &SystemJob, why: &NoPackage) -> Worked {
        let mut dice = [0; 4];
        self.random.fill(&mut dice);
        let wait = BACKOFF.wait(job.row.tries + 1, u32::from_le_bytes(dice), None);
        match wait.and_then(|wait| self.clock.now().checked_add(wait).ok()) {
            Some(at) if why.may_pass() => {
                tracing::warn!(request = %job.row.request, %why, "a package waits for its store");
                Worked::Later { at, why: why.to_string() }
            }
            _ => {
                tracing::error!(request = %job.row.request, %why, "nothing can be done about a package");
                Worked::Ended(Box::new(jobs::refusal(job, why)))
            }
        }
    }
}

/// Whether the state waits for the package of this release.
fn is_released(state: &ExportState, task: &str) -> bool {
    state.release.is_some() && state.release_id == task && state.package.is_none()
}

/// Whether the state waits for this job to delete the package.
fn is_expiring(state: &ExportState, task: &str) -> bool {
    state.expiry_id == task && !state.expired
}

impl NoPackage {
    /// Whether it may be over when it is tried again.
    fn may_pass(&self) -> bool {
        match self {
            Self::Store(error) => error.may_pass(),
            Self::Build(BuildError::Vault(error)) => error.may_pass(),
            _ => false,
        }
    }

    const fn code(&self) -> &'static str {
        match self {
            Self::Build(BuildError::Vault(VaultError::Forgotten)) => "forgotten",
            Self::Build(BuildError::Vault(VaultError::Missing(_))) => "draft_missing",
            Self::Build(BuildError::Vault(VaultError::Altered(_)) | BuildError::Changed { .. }) => {
                "draft_altered"
            }
            Self::Build(BuildError::Record { .. }) => "draft_unreadable",
            Self::Build(BuildError::Unfit(Unfit::Kind)) => "wrong_kind",
            Self::Build(_) | Self::Store(_) | Self::State => "no_package",
            Self::Unwanted => "unwanted",
        }
    }
}

#[async_trait]
impl Connector for Packager {
    fn name(&self) -> &ConnectorName {
        &self.name
    }

    fn jobs_max(&self) -> usize {
        TOGETHER
    }

    async fn work(&self, _: &SystemName, jobs: &[SystemJob], _: &Hand<'_>) -> Result<Vec<Worked>, Lost> {
        let mut worked = Vec::with_capacity(jobs.len());
        for job in jobs {
            worked.push(self.work_one(job).await);
        }
        Ok(worked)
    }
}
