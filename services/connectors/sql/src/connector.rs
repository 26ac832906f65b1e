//! Works the jobs of SQL systems.

use std::{collections::BTreeMap, sync::Arc};

use async_trait::async_trait;
use jiff::Timestamp;
use redress_connector::{Connector, Hand, Lost, SystemJob, Worked};
use redress_contracts::v1;
use redress_datamap::{
    System, Systems,
    sql::{Catalog, Layout, SqlError, collect},
};
use redress_domain::{Clock, ConnectorName, Random, SystemName, backoff::Backoff};
use redress_vault::{Keyring, Objects};

use crate::{
    Database, answer,
    keep::Keep,
    opened::{Opened, parts, plan_of},
};

/// The name of this connector.
///
/// # Panics
/// Never.
pub fn name() -> ConnectorName {
    "sql".parse().expect("a name")
}

/// The connector.
pub struct Sql {
    pub(crate) name: ConnectorName,
    pub(crate) systems: Arc<Systems>,
    databases: BTreeMap<SystemName, Database>,
    pub(crate) keyring: Arc<Keyring>,
    pub(crate) objects: Objects,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
}

impl Sql {
    /// A connector to these databases, by system.
    pub fn new(
        systems: Arc<Systems>,
        databases: BTreeMap<SystemName, Database>,
        keyring: Arc<Keyring>,
        objects: Objects,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
    ) -> Self {
        Self { name: name(), systems, databases, keyring, objects, clock, random }
    }

    /// Works jobs of one action together; if that fails, in halves, until the one at fault is alone.
    async fn together(&self, system: &System, jobs: &[Opened<'_>], into: &mut [Option<Worked>]) {
        let Some(first) = jobs.first() else { return };
        let action = first.job.task.action();
        let outcomes = match action {
            v1::Action::Locate => self.locate(system, jobs).await,
            v1::Action::Collect => self.collect(system, jobs).await,
            v1::Action::Purge => self.purge(system, jobs).await,
            _ => Ok(jobs.iter().map(|_| unknown_action(system.name.as_str())).collect()),
        };
        match outcomes {
            Ok(outcomes) => {
                for (job, outcome) in jobs.iter().zip(outcomes) {
                    into[job.place] = Some(Worked::Ended(Box::new(outcome)));
                }
            }
            Err(error) if may_pass(&error, jobs.len()) => {
                tracing::warn!(%error, system = %system.name, "jobs wait for the system");
                for job in jobs {
                    into[job.place] = Some(self.later(job, &error));
                }
            }
            Err(error) if jobs.len() == 1 => {
                tracing::warn!(%error, system = %system.name, task = %first.job.task.task, "a job failed");
                let failed = answer::failed(system.name.as_str(), &error);
                into[first.place] = Some(Worked::Ended(Box::new(failed)));
            }
            Err(_) => {
                let (one, other) = jobs.split_at(jobs.len() / 2);
                Box::pin(self.together(system, one, into)).await;
                Box::pin(self.together(system, other, into)).await;
            }
        }
    }

    fn later(&self, job: &Opened<'_>, error: &SqlError) -> Worked {
        let mut dice = [0; 4];
        self.random.fill(&mut dice);
        let wait = Backoff::REMOTE.wait(job.job.row.tries + 1, u32::from_le_bytes(dice), None);
        let at: Option<Timestamp> = wait.and_then(|wait| self.clock.now().checked_add(wait).ok());
        at.map_or_else(
            || Worked::Ended(Box::new(answer::failed(job.job.row.system.as_str(), error))),
            Worked::Later,
        )
    }

    /// The system's data map over its catalog, as it is now.
    pub(crate) async fn layout(&self, system: &System) -> Result<Layout, SqlError> {
        let mut session = self.database(system)?.connect().await?;
        let catalog = Catalog::read(&mut session).await;
        session.close().await;
        Layout::new(system, catalog?).map_err(|problems| SqlError::Unexpected(problems.to_string()))
    }

    /// Where the system is.
    pub(crate) fn database(&self, system: &System) -> Result<&Database, SqlError> {
        let missing = || SqlError::Unexpected("this process has no url for the system".to_owned());
        self.databases.get(&system.name).ok_or_else(missing)
    }

    async fn collect(
        &self,
        system: &System,
        jobs: &[Opened<'_>],
    ) -> Result<Vec<v1::SystemOutcome>, SqlError> {
        let layout = self.layout(system).await?;
        let (subjects, owners) = parts(jobs);
        let mut keep = Keep::new(&self.objects, &self.random, &system.name, &owners);
        let mut session = self.database(system)?.connect().await?;
        let queries = collect(&mut session, &layout, &subjects, &mut keep).await;
        session.close().await;
        let (queries, collected) = (queries?, keep.collected);
        let plans = jobs.iter().zip(collected);
        Ok(plans.map(|(job, datasets)| answer::collected(&plan_of(job), datasets, queries)).collect())
    }
}

#[async_trait]
impl Connector for Sql {
    fn name(&self) -> &ConnectorName {
        &self.name
    }

    async fn work(&self, _: &SystemName, jobs: &[SystemJob], _: &Hand<'_>) -> Result<Vec<Worked>, Lost> {
        let mut worked: Vec<Option<Worked>> = vec![None; jobs.len()];
        let mut groups: BTreeMap<(String, i32), Vec<Opened<'_>>> = BTreeMap::new();
        for (place, job) in jobs.iter().enumerate() {
            let answer = match self.systems.get(&job.row.tenant, &job.row.system) {
                None => Err(answer::plain(
                    job.row.system.as_str(),
                    v1::Status::Refused,
                    "it is not configured here",
                )),
                Some(system) => match refused(system, job) {
                    Some(outcome) => Err(outcome),
                    None => self.open(place, job).await,
                },
            };
            match answer {
                Ok(opened) => {
                    let group = (job.row.tenant.to_string(), job.task.action);
                    groups.entry(group).or_default().push(opened);
                }
                Err(outcome) => worked[place] = Some(Worked::Ended(Box::new(outcome))),
            }
        }
        for jobs in groups.into_values() {
            let system =
                jobs.first().and_then(|job| self.systems.get(&job.owner.tenant, &job.job.row.system));
            if let Some(system) = system {
                self.together(system, &jobs, &mut worked).await;
            }
        }
        Ok(worked.into_iter().flatten().collect())
    }
}

/// Whether the same may be tried again later. Of several that were busy one may be at fault: they are parted first.
fn may_pass(error: &SqlError, jobs: usize) -> bool {
    matches!((error, jobs), (SqlError::Away(_), _) | (SqlError::Busy(_), 1))
}

/// A task by another data map or policy than this process has.
fn refused(system: &System, job: &SystemJob) -> Option<v1::SystemOutcome> {
    let asked = job.task.systems.first()?;
    let by_ours = asked.map.as_ref().is_none_or(|map| *map == system.map())
        && asked.policy.as_ref().is_none_or(|policy| *policy == system.policy());
    let reason = "its data map or policy is another than the plan was made with";
    (!by_ours).then(|| answer::changed(system.name.as_str(), reason))
}

fn unknown_action(system: &str) -> v1::SystemOutcome {
    answer::plain(
        system,
        v1::Status::Refused,
        "a SQL system is located, collected and purged, nothing else yet",
    )
}
