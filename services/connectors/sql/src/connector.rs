//! Works the jobs of SQL systems.

use std::{collections::BTreeMap, sync::Arc};

use async_trait::async_trait;
use jiff::Timestamp;
use redress_connector::{Connector, Hand, Lost, SystemJob, Worked};
use redress_contracts::v1;
use redress_datamap::{
    System, Systems,
    sql::{Catalog, Collected, Layout, SqlError, Stands, collect},
};
use redress_domain::{Clock, ConnectorName, Random, SystemName, backoff::Backoff};
use redress_vault::{Keyring, Objects};

use crate::{
    Database, answer,
    keep::Keep,
    opened::{Opened, Unopened, parts, plan_of},
    sessions::Sessions,
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
    sessions: BTreeMap<SystemName, Sessions>,
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
        let sessions = databases.into_iter().map(|(system, database)| (system, Sessions::to(database)));
        Self { name: name(), systems, sessions: sessions.collect(), keyring, objects, clock, random }
    }

    /// Works jobs of one kind of work together; if that fails, in halves, until the one at fault is alone.
    /// `catalog` is the system's where it was just read.
    async fn together(
        &self,
        system: &System,
        what: What,
        jobs: &[Opened<'_>],
        catalog: Option<Catalog>,
        into: &mut [Option<Worked>],
    ) {
        let Some(first) = jobs.first() else { return };
        let outcomes = match what {
            What::Locate => self.locate(system, jobs).await,
            What::Collect => self.collect(system, jobs).await,
            What::Purge => self.purge(system, jobs, catalog).await,
            What::Look => self.look(system, jobs, catalog).await,
            What::Unknown => Ok(jobs.iter().map(|_| unknown_action(system.name.as_str())).collect()),
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
                    into[job.place] = Some(self.later(job.job, job.stands, &error));
                }
            }
            Err(error) if jobs.len() == 1 => {
                tracing::warn!(%error, system = %system.name, task = %first.job.task.task, "a job failed");
                into[first.place] = Some(ended(given_up(first.job, first.stands, &error)));
            }
            Err(_) => {
                let (one, other) = jobs.split_at(jobs.len() / 2);
                Box::pin(self.together(system, what, one, None, into)).await;
                Box::pin(self.together(system, what, other, None, into)).await;
            }
        }
    }

    fn later(&self, job: &SystemJob, stands: bool, error: &SqlError) -> Worked {
        let mut dice = [0; 4];
        self.random.fill(&mut dice);
        let wait = patience(error).wait(job.row.tries + 1, u32::from_le_bytes(dice), None);
        let at: Option<Timestamp> = wait.and_then(|wait| self.clock.now().checked_add(wait).ok());
        match at {
            Some(at) => Worked::Later { at, why: error.to_string() },
            None => ended(given_up(job, stands, error)),
        }
    }

    /// Of the purges among these jobs, those whose effect stands, with the catalog that was read for it; or, for
    /// each purge, that this cannot be known.
    async fn effects(
        &self,
        jobs: &[SystemJob],
        into: &mut [Option<Worked>],
    ) -> (BTreeMap<usize, Stands>, Option<Catalog>) {
        let configured = |job: &SystemJob| self.systems.get(&job.row.tenant, &job.row.system);
        let is_purge = |job: &SystemJob| job.task.action() == v1::Action::Purge;
        let purges: Vec<(usize, &SystemJob)> =
            jobs.iter().enumerate().filter(|(_, job)| is_purge(job) && configured(job).is_some()).collect();
        let Some(system) = purges.first().and_then(|(_, job)| configured(job)) else {
            return (BTreeMap::new(), None);
        };
        let stands = self.standing(system, &purges).await;
        stands.map(|(stands, catalog)| (stands, Some(catalog))).unwrap_or_else(|error| {
            tracing::warn!(%error, system = %system.name, "what was done before cannot be seen");
            for (place, job) in &purges {
                into[*place] = Some(match may_pass(&error, 1) {
                    true => self.later(job, false, &error),
                    false => ended(given_up(job, false, &error)),
                });
            }
            (BTreeMap::new(), None)
        })
    }

    /// What is to be done for a job, with the job opened; or its answer.
    async fn begin<'a>(
        &self,
        place: usize,
        job: &'a SystemJob,
        stands: Option<Stands>,
    ) -> Result<(What, Opened<'a>), Worked> {
        let name = job.row.system.as_str();
        let Some(system) = self.systems.get(&job.row.tenant, &job.row.system) else {
            return Err(ended(answer::other_map(name, "it is not configured here")));
        };
        let reason = "its data map or policy is another than the plan was made with";
        let what = match (job.task.action(), is_by_ours(system, job), stands) {
            (v1::Action::Purge, _, Some(Stands::Task)) => What::Look,
            (v1::Action::Purge, false, Some(Stands::Plan)) => What::Look,
            (v1::Action::Locate | v1::Action::Collect, false, _) => {
                return Err(ended(answer::other_map(name, reason)));
            }
            (_, false, _) => return Err(ended(answer::changed(name, reason))),
            (v1::Action::Locate, ..) => What::Locate,
            (v1::Action::Collect, ..) => What::Collect,
            (v1::Action::Purge, ..) => What::Purge,
            _ => What::Unknown,
        };
        let stands = stands.is_some();
        match self.open(place, job, stands).await {
            Ok(opened) => Ok((what, opened)),
            Err(Unopened::Waits(error)) => Err(self.later(job, stands, &error)),
            Err(Unopened::Refused(refused)) if stands => {
                Err(ended(answer::unverified(&plan_of(job), &refused.reason)))
            }
            Err(Unopened::Refused(refused)) => Err(Worked::Ended(refused)),
        }
    }

    /// The system's data map over its catalog, which is read where it was not just read.
    pub(crate) async fn layout(&self, system: &System, read: Option<Catalog>) -> Result<Layout, SqlError> {
        let catalog = match read {
            Some(catalog) => catalog,
            None => {
                let sessions = self.sessions(system)?;
                let mut session = sessions.take().await?;
                let catalog = Catalog::read(&mut session).await;
                sessions.done(session, &catalog).await;
                catalog?
            }
        };
        Layout::new(system, catalog).map_err(|problems| SqlError::Unexpected(problems.to_string()))
    }

    /// The way to the system's database.
    pub(crate) fn sessions(&self, system: &System) -> Result<&Sessions, SqlError> {
        let missing = || SqlError::Unexpected("this process has no url for the system".to_owned());
        self.sessions.get(&system.name).ok_or_else(missing)
    }

    async fn collect(
        &self,
        system: &System,
        jobs: &[Opened<'_>],
    ) -> Result<Vec<v1::SystemOutcome>, SqlError> {
        let layout = self.layout(system, None).await?;
        let (subjects, owners) = parts(jobs);
        let mut keep = Keep::new(&self.objects, &self.random, &system.name, &owners);
        let sessions = self.sessions(system)?;
        let mut session = sessions.take().await?;
        let plans: Vec<v1::SystemPlan> = jobs.iter().map(|job| plan_of(job.job)).collect();
        let datasets: Vec<&[v1::DatasetPlan]> = plans.iter().map(|plan| plan.datasets.as_slice()).collect();
        let collected = collect(&mut session, &layout, &subjects, &datasets, &mut keep).await;
        sessions.done(session, &collected).await;
        let Collected { as_planned, queries } = collected?;
        let kept = keep.collected().await?;
        let answer = |((plan, datasets), as_planned): ((&v1::SystemPlan, _), bool)| match as_planned {
            true => answer::collected(plan, datasets, queries),
            false => answer::changed(&plan.system, "its rows are not those that the plan counted"),
        };
        Ok(plans.iter().zip(kept).zip(as_planned).map(answer).collect())
    }
}

#[async_trait]
impl Connector for Sql {
    fn name(&self) -> &ConnectorName {
        &self.name
    }

    async fn work(&self, _: &SystemName, jobs: &[SystemJob], _: &Hand<'_>) -> Result<Vec<Worked>, Lost> {
        let mut worked: Vec<Option<Worked>> = vec![None; jobs.len()];
        let (effects, catalog) = self.effects(jobs, &mut worked).await;
        let mut groups: BTreeMap<(String, What), Vec<Opened<'_>>> = BTreeMap::new();
        for (place, job) in jobs.iter().enumerate() {
            if worked[place].is_some() {
                continue;
            }
            match self.begin(place, job, effects.get(&place).copied()).await {
                Ok((what, opened)) => {
                    groups.entry((job.row.tenant.to_string(), what)).or_default().push(opened);
                }
                Err(answer) => worked[place] = Some(answer),
            }
        }
        for ((_, what), jobs) in groups {
            let system =
                jobs.first().and_then(|job| self.systems.get(&job.owner.tenant, &job.job.row.system));
            if let Some(system) = system {
                self.together(system, what, &jobs, catalog.clone(), &mut worked).await;
            }
        }
        Ok(worked.into_iter().flatten().collect())
    }
}

/// What is done with jobs that are worked together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Locate,
    Collect,
    Purge,
    /// The effect stands: it is looked at again.
    Look,
    Unknown,
}

fn ended(outcome: v1::SystemOutcome) -> Worked {
    Worked::Ended(Box::new(outcome))
}

/// The end of a job that is not tried any more. An effect that stands is not called failed.
fn given_up(job: &SystemJob, stands: bool, error: &SqlError) -> v1::SystemOutcome {
    match stands {
        true => answer::unverified(&plan_of(job), &error.to_string()),
        false if job.task.action() == v1::Action::Purge => answer::not_purged(job.row.system.as_str(), error),
        false => answer::failed(job.row.system.as_str(), error),
    }
}

/// Whether the same may be tried again later. Of several that were busy one may be at fault: they are parted first.
pub(crate) fn may_pass(error: &SqlError, jobs: usize) -> bool {
    let passes = matches!(error, SqlError::Away(_) | SqlError::BesideAway(_));
    passes || (matches!(error, SqlError::Busy(_) | SqlError::ForeignKey(_)) && jobs == 1)
}

/// How often and how patiently a failure is tried again. A row that came meanwhile and breaks a foreign key is looked
/// at again; one that always does is not what we wait for.
fn patience(error: &SqlError) -> Backoff {
    match error {
        SqlError::ForeignKey(_) => Backoff { tries_max: 3, ..Backoff::REMOTE },
        _ => Backoff::REMOTE,
    }
}

/// Whether a task is by the data map and the policy that this process has.
fn is_by_ours(system: &System, job: &SystemJob) -> bool {
    job.task.systems.first().is_none_or(|asked| {
        asked.map.as_ref().is_none_or(|map| *map == system.map())
            && asked.policy.as_ref().is_none_or(|policy| *policy == system.policy())
    })
}

fn unknown_action(system: &str) -> v1::SystemOutcome {
    answer::plain(
        system,
        v1::Status::Refused,
        "a SQL system is located, collected and purged, nothing else yet",
    )
}
