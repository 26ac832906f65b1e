//! Works the jobs of SQL systems.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use async_trait::async_trait;
use jiff::Timestamp;
use prost::Message as _;
use redress_connector::{Connector, Hand, Lost, SystemJob, Worked};
use redress_contracts::v1;
use redress_datamap::{
    Direction, System, Systems,
    sql::{
        Carried, Catalog, EFFECT_TABLE, FoundIdentifier, Layout, Located, Order, Seen, SqlError, Subject,
        carry_out, collect, locate, verify,
    },
};
use redress_domain::{
    Clock, ConnectorName, Identifier, IdentifierKind, Random, SystemName, backoff::Backoff,
};
use redress_runtime::crash;
use redress_vault::{Keyring, Objects, Purpose, VaultError, blind_index, open, seal};

use crate::{
    Database, answer,
    keep::{Keep, Owner},
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
    name: ConnectorName,
    systems: Arc<Systems>,
    databases: BTreeMap<SystemName, Database>,
    keyring: Arc<Keyring>,
    objects: Objects,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
}

/// A job with everything opened that it needs.
struct Opened<'a> {
    /// Its place among the jobs.
    place: usize,
    job: &'a SystemJob,
    asked: &'a v1::TaskSystem,
    subject: Subject,
    owner: Owner,
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

    /// Opens a job, or gives the answer that ends it.
    async fn open<'a>(&self, place: usize, job: &'a SystemJob) -> Result<Opened<'a>, v1::SystemOutcome> {
        let system = job.row.system.as_str();
        let Some(asked) = job.task.systems.first() else {
            return Err(answer::plain(system, v1::Status::Refused, "the task names no system"));
        };
        let forgotten = |error: VaultError| answer::plain(system, v1::Status::Refused, error.to_string());
        let key = self.keyring.get(&job.row.tenant, job.row.request).await.map_err(forgotten)?;
        let request = job.row.request.to_string();
        let mut identifiers = Vec::new();
        for sealed in job.task.identifiers.iter().filter_map(|identifier| identifier.identifier.as_ref()) {
            let purpose = Purpose { what: "identifier", whose: &request };
            let plain = open(&key, purpose, sealed).map_err(forgotten)?;
            identifiers.extend(identifier(&plain));
        }
        let accepted = match &asked.plan {
            Some(plan) => &plan.accepted_candidates,
            None => &job.task.accepted_candidates,
        };
        let subject = Subject {
            identifiers,
            accepted: accepted.iter().cloned().collect(),
            rejected: job.task.rejected_candidates.iter().cloned().collect(),
            secret: key.secret("sql"),
        };
        let owner = Owner { tenant: job.row.tenant.clone(), request: job.row.request, key };
        Ok(Opened { place, job, asked, subject, owner })
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
            Err(error @ (SqlError::Away(_) | SqlError::Busy(_))) => {
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

    async fn layout(&self, system: &System) -> Result<Layout, SqlError> {
        let mut session = self.database(system)?.connect().await?;
        let catalog = Catalog::read(&mut session).await;
        session.close().await;
        Layout::new(system, catalog?).map_err(|problems| SqlError::Unexpected(problems.to_string()))
    }

    fn database(&self, system: &System) -> Result<&Database, SqlError> {
        let missing = || SqlError::Unexpected("this process has no url for the system".to_owned());
        self.databases.get(&system.name).ok_or_else(missing)
    }

    async fn locate(&self, system: &System, jobs: &[Opened<'_>]) -> Result<Vec<v1::SystemOutcome>, SqlError> {
        let layout = self.layout(system).await?;
        let mut outcomes: Vec<Option<v1::SystemOutcome>> = vec![None; jobs.len()];
        // What is planned depends on the kind.
        for deletes in [false, true] {
            let is = |job: &Opened<'_>| (job.job.task.kind() == v1::Kind::Delete) == deletes;
            let these: Vec<usize> = (0..jobs.len()).filter(|i| is(&jobs[*i])).collect();
            if these.is_empty() {
                continue;
            }
            let kind = if deletes { v1::Kind::Delete } else { v1::Kind::Access };
            let subjects: Vec<Subject> = these.iter().map(|i| jobs[*i].subject.clone()).collect();
            let owners: Vec<Owner> = these.iter().map(|i| jobs[*i].owner.clone()).collect();
            let mut keep = Keep::new(&self.objects, &self.random, &system.name, &owners);
            let wanted = self.wanted(system);
            let mut session = self.database(system)?.connect().await?;
            let located = locate(&mut session, &layout, &subjects, kind, &wanted, &mut keep).await;
            session.close().await;
            for (i, located) in these.into_iter().zip(located?) {
                outcomes[i] = Some(self.located(system, &jobs[i], located)?);
            }
        }
        Ok(outcomes.into_iter().flatten().collect())
    }

    /// The fields of this system whose values other systems of the tenant can use.
    fn wanted(&self, system: &System) -> BTreeSet<String> {
        let ours = |dataset: &str| system.maps.iter().any(|map| map.fides_key == dataset);
        let others = self.systems.of(&system.tenant).filter(|other| other.name != system.name);
        let fields =
            others.flat_map(|other| &other.maps).flat_map(|map| &map.collections).flat_map(|c| &c.fields);
        fields
            .flat_map(|field| &field.references)
            .filter(|reference| reference.direction != Direction::To && ours(&reference.dataset))
            .map(|reference| format!("{}.{}.{}", reference.dataset, reference.collection, reference.field))
            .collect()
    }

    fn located(
        &self,
        system: &System,
        job: &Opened<'_>,
        located: Located,
    ) -> Result<v1::SystemOutcome, SqlError> {
        let nothing = located.datasets.is_empty() && located.candidates.is_empty();
        let status = if nothing { v1::Status::NotFound } else { v1::Status::Done };
        let proposal = v1::SystemPlan {
            system: system.name.to_string(),
            connector: self.name.to_string(),
            map: Some(system.map()),
            policy: Some(system.policy()),
            datasets: located.datasets,
            soft_delete: v1::SoftDelete::None as i32,
            accepted_candidates: job.subject.accepted.iter().cloned().collect(),
        };
        let request = job.owner.request.to_string();
        let preview = Purpose { what: "candidate", whose: &request };
        let candidates = located.candidates.into_iter().map(|seen| v1::Candidate {
            preview: Some(seal(&job.owner.key, preview, seen.row.as_bytes(), &*self.random)),
            ..seen.candidate
        });
        let identifiers = located.identifiers.iter().map(|found| self.sealed(job, found));
        Ok(v1::SystemOutcome {
            proposal: Some(proposal),
            findings: located.findings,
            candidates: candidates.collect(),
            queries: located.queries,
            identifiers: identifiers.collect::<Result<_, _>>()?,
            ..answer::plain(system.name.as_str(), status, "")
        })
    }

    fn sealed(&self, job: &Opened<'_>, found: &FoundIdentifier) -> Result<v1::SealedIdentifier, SqlError> {
        let beside = |error: VaultError| SqlError::Beside(error.to_string());
        let tenant = self.keyring.tenant(&job.owner.tenant).map_err(beside)?;
        let FoundIdentifier { identifier, class } = found;
        let kind = redress_contracts::Contract::number(identifier.kind());
        let field = identifier.field().unwrap_or_default().to_owned();
        let plain = v1::Identifier { kind, value: identifier.value().to_owned(), field: field.clone() };
        let request = job.owner.request.to_string();
        let purpose = Purpose { what: "identifier", whose: &request };
        Ok(v1::SealedIdentifier {
            kind,
            field,
            class: redress_contracts::Contract::number(*class),
            blind: blind_index(tenant, identifier).to_vec(),
            identifier: Some(seal(&job.owner.key, purpose, &plain.encode_to_vec(), &*self.random)),
            from_system: job.job.row.system.to_string(),
            from: match job.job.task.identifiers.as_slice() {
                [only] => only.blind.clone(),
                _ => Vec::new(),
            },
            round: job.job.task.round,
        })
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

    async fn purge(&self, system: &System, jobs: &[Opened<'_>]) -> Result<Vec<v1::SystemOutcome>, SqlError> {
        let layout = self.layout(system).await?;
        if !layout.catalog.tables.iter().any(|table| table.name == EFFECT_TABLE) {
            let how = "`redress check --prepare` makes it";
            return Err(SqlError::Unexpected(format!("the table `{EFFECT_TABLE}` is missing: {how}")));
        }
        let plans: Vec<v1::SystemPlan> = jobs.iter().map(plan_of).collect();
        let requests: Vec<String> = jobs.iter().map(|job| job.owner.request.to_string()).collect();
        let orders: Vec<Order<'_>> = jobs
            .iter()
            .enumerate()
            .map(|(i, job)| Order {
                task: &job.job.task.task,
                request: &requests[i],
                subject: job.subject.clone(),
                datasets: &plans[i].datasets,
            })
            .collect();
        crash::point("before effect");
        let mut session = self.database(system)?.connect().await?;
        let carried = carry_out(&mut session, &layout, &orders, &self.clock.now().to_string()).await;
        session.close().await;
        let carried = carried?;
        crash::point("after effect");
        let done: Vec<usize> = (0..jobs.len()).filter(|i| carried[*i] != Carried::Changed).collect();
        let orders: Vec<Order<'_>> = done.iter().map(|i| orders[*i].clone()).collect();
        let owners: Vec<Owner> = done.iter().map(|i| jobs[*i].owner.clone()).collect();
        let seen = self.look_again(system, &layout, &orders, &owners).await?;
        let reason = "what is there is not what was approved any more: nothing was changed";
        let mut outcomes: Vec<v1::SystemOutcome> =
            jobs.iter().map(|_| answer::changed(system.name.as_str(), reason)).collect();
        for (i, seen) in done.into_iter().zip(seen) {
            outcomes[i] = answer::verified(&plans[i], &seen);
        }
        Ok(outcomes)
    }

    /// On a connection of its own: what it sees is what others see.
    async fn look_again(
        &self,
        system: &System,
        layout: &Layout,
        orders: &[Order<'_>],
        owners: &[Owner],
    ) -> Result<Vec<Vec<Seen>>, SqlError> {
        if orders.is_empty() {
            return Ok(Vec::new());
        }
        let mut keep = Keep::new(&self.objects, &self.random, &system.name, owners);
        let mut session = self.database(system)?.connect().await?;
        let seen = verify(&mut session, layout, orders, &mut keep).await;
        session.close().await;
        seen
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

/// A task by another data map or policy than this process has.
fn refused(system: &System, job: &SystemJob) -> Option<v1::SystemOutcome> {
    let asked = job.task.systems.first()?;
    let by_ours = asked.map.as_ref().is_none_or(|map| *map == system.map())
        && asked.policy.as_ref().is_none_or(|policy| *policy == system.policy());
    let reason = "its data map or policy is another than the plan was made with";
    (!by_ours).then(|| answer::changed(system.name.as_str(), reason))
}

fn parts(jobs: &[Opened<'_>]) -> (Vec<Subject>, Vec<Owner>) {
    jobs.iter().map(|job| (job.subject.clone(), job.owner.clone())).unzip()
}

fn plan_of(job: &Opened<'_>) -> v1::SystemPlan {
    let unnamed = || v1::SystemPlan { system: job.job.row.system.to_string(), ..v1::SystemPlan::default() };
    job.asked.plan.clone().unwrap_or_else(unnamed)
}

/// An identifier that was sealed; none if it is not one any more.
fn identifier(plain: &[u8]) -> Option<Identifier> {
    let wire = v1::Identifier::decode(plain).ok()?;
    let kind: IdentifierKind = redress_contracts::Contract::of_number(wire.kind).ok()?;
    match kind {
        IdentifierKind::Field => Identifier::of_field(&wire.field, &wire.value).ok(),
        kind => Identifier::parse(kind, &wire.value).ok(),
    }
}

fn unknown_action(system: &str) -> v1::SystemOutcome {
    answer::plain(
        system,
        v1::Status::Refused,
        "a SQL system is located, collected and purged, nothing else yet",
    )
}
