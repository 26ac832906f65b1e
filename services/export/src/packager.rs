//! Makes packages, as a connector works its jobs: a release adds a job, and the outcome comes back to this
//! service. The task's id is the release's: an outcome of any other is stale.
//!
//! Its effects are made repeatable by being the same each time: a package that was half made is deleted and
//! made again, and its manifest, without which nobody sees it, comes last.

use std::sync::Arc;

use async_trait::async_trait;
use jiff::SignedDuration;
use prost::Message as _;
use redress_connector::{Connector, Hand, Lost, SystemJob, Worked, new_job};
use redress_contracts::{
    Contract as _, Envelope,
    state::ExportState,
    v1::{Action, DatasetOutcome, Digest, Failure, SystemOutcome, Task, TaskSystem},
};
use redress_domain::{
    Clock, ConnectorName, MessageId, Random, ServiceName, Status, SystemName, TaskId, TenantId,
    backoff::Backoff,
};
use redress_runtime::Moment;
use redress_store::{Job, Store, StoreError};
use redress_vault::{Keyring, Objects, Place, VaultError, Written};

use crate::{
    NAME,
    package::{
        build::{BuildError, Builder},
        contents::{Contents, Unfit},
        manifest::Manifest,
    },
};

/// Each tenant's packages are made side by side in so many lanes, each a system of its own with one package at a
/// time: a package that takes long holds up no other tenant's, and of its own tenant only those of its lane.
const LANES: u128 = 8;
/// Packages of one lane that are answered for together, made one after another.
const TOGETHER: usize = 16;
/// How patiently a store that fails is tried again: about a day.
const BACKOFF: Backoff = Backoff { first: SignedDuration::from_secs(2), ..Backoff::REMOTE };

/// Makes packages.
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
        Self { name: connector(), service: crate::name(), store, keyring, objects, clock, random }
    }

    async fn work_one(&self, job: &SystemJob) -> Worked {
        match self.package(job).await {
            Ok(outcome) => Worked::Ended(Box::new(outcome)),
            Err(why) => self.failed(job, &why),
        }
    }

    async fn package(&self, job: &SystemJob) -> Result<SystemOutcome, NoPackage> {
        let (tenant, request) = (&job.row.tenant, job.row.request);
        let state = self.wanted(job).await?;
        let release = MessageId(job.row.task.0);
        let contents = Contents::read(&state, tenant, request, release).map_err(BuildError::from)?;
        let key = self.keyring.get(tenant, request).await.map_err(BuildError::from)?;
        let random = &*self.random;
        let builder = Builder { objects: &self.objects, key: &key, random, contents: &contents };
        let built = builder.build().await?;
        // Meanwhile it may have been stopped.
        self.wanted(job).await?;
        let (manifest, place, written) = builder.publish(built).await?;
        Ok(done(job, &manifest, &place, written))
    }

    /// The service's state, if it still waits for this very package.
    async fn wanted(&self, job: &SystemJob) -> Result<ExportState, NoPackage> {
        let row = self.store.state(&self.service, job.row.request).await?;
        let row = row.filter(|row| row.tenant == job.row.tenant).ok_or(NoPackage::Unwanted)?;
        let state = ExportState::decode(row.body.as_slice()).map_err(|_| NoPackage::State)?;
        let waits = state.release.is_some() && state.release_id == job.row.task.to_string();
        if waits && state.package.is_none() { Ok(state) } else { Err(NoPackage::Unwanted) }
    }

    fn failed(&self, job: &SystemJob, why: &NoPackage) -> Worked {
        let mut dice = [0; 4];
        self.random.fill(&mut dice);
        let wait = BACKOFF.wait(job.row.tries + 1, u32::from_le_bytes(dice), None);
        match wait.and_then(|wait| self.clock.now().checked_add(wait).ok()) {
            Some(at) if why.may_pass() => {
                tracing::warn!(request = %job.row.request, %why, "a package is made later");
                Worked::Later(at)
            }
            _ => {
                tracing::error!(request = %job.row.request, %why, "no package can be made");
                Worked::Ended(Box::new(refusal(job, why)))
            }
        }
    }
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

/// Where a tenant's package is made. Tenants whose long names begin alike share their lanes.
fn lane(tenant: &TenantId, id: TaskId) -> SystemName {
    let lane = format!("packages-{}-{tenant}", id.0.as_u128() % LANES);
    lane.chars()
        .take(63)
        .collect::<String>()
        .parse()
        .expect("it begins like a name, and a tenant's goes on like one")
}

/// The job of making the package that this message asks for.
pub(crate) fn job(envelope: &Envelope, kind: i32, moment: &Moment<'_>) -> Job {
    let id = TaskId(envelope.id.0);
    let system = lane(moment.tenant, id);
    let task = Task {
        task: id.to_string(),
        request: moment.request.to_string(),
        connector: NAME.to_owned(),
        action: Action::Collect as i32,
        kind,
        systems: vec![TaskSystem { system: system.to_string(), ..TaskSystem::default() }],
        ..Task::default()
    };
    new_job(id, &task, (connector(), system), (envelope, &crate::name()), moment)
}

fn connector() -> ConnectorName {
    NAME.parse().expect("it is a name")
}

fn done(job: &SystemJob, manifest: &Manifest, place: &Place, written: Written) -> SystemOutcome {
    let dataset = DatasetOutcome {
        dataset: place.name().to_owned(),
        planned: manifest.records,
        done: manifest.records,
        reference: place.to_string(),
        content: Some(Digest { sha256: written.sha256.to_vec() }),
        bytes: manifest.bytes + written.bytes,
        ..DatasetOutcome::default()
    };
    SystemOutcome {
        system: job.row.system.to_string(),
        status: Status::Done.number(),
        datasets: vec![dataset],
        ..SystemOutcome::default()
    }
}

fn refusal(job: &SystemJob, why: &NoPackage) -> SystemOutcome {
    SystemOutcome {
        system: job.row.system.to_string(),
        status: Status::Failed.number(),
        reason: why.to_string(),
        failure: Some(Failure { r#final: true, retry_at: None, code: why.code().to_owned() }),
        ..SystemOutcome::default()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use uuid::Uuid;

    use super::*;

    #[test]
    fn each_tenant_has_lanes_of_its_own() {
        let lanes = |tenant: &str| -> BTreeSet<SystemName> {
            let tenant = tenant.parse().unwrap();
            (0..100).map(|id| lane(&tenant, TaskId(Uuid::from_u128(id)))).collect()
        };
        let (dublin, galway, long) = (lanes("dublin"), lanes("galway"), lanes(&"t".repeat(63)));
        for of_tenant in [&dublin, &galway, &long] {
            assert_eq!(of_tenant.len() as u128, LANES);
        }
        assert!(dublin.is_disjoint(&galway) && dublin.is_disjoint(&long));
    }
}
