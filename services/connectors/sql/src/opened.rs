//! A job with everything opened that it needs.

use prost::Message as _;
use redress_connector::SystemJob;
use redress_contracts::{Contract as _, v1};
use redress_datamap::sql::{SqlError, Subject};
use redress_domain::{Identifier, IdentifierKind};
use redress_vault::{Purpose, ROW_SECRET, VaultError, open};

use crate::{
    Sql, answer,
    keep::{Owner, beside},
};

/// See the module.
pub(crate) struct Opened<'a> {
    /// Its place among the jobs.
    pub(crate) place: usize,
    pub(crate) job: &'a SystemJob,
    pub(crate) subject: Subject,
    pub(crate) owner: Owner,
    /// Whether its effect was noted by an earlier try.
    pub(crate) stands: bool,
}

/// Why a job could not be opened.
pub(crate) enum Unopened {
    /// It cannot be, ever.
    Refused(Box<v1::SystemOutcome>),
    /// It may be, later.
    Waits(SqlError),
}

impl Sql {
    /// Opens a job; `stands`: its effect was noted by an earlier try.
    pub(crate) async fn open<'a>(
        &self,
        place: usize,
        job: &'a SystemJob,
        stands: bool,
    ) -> Result<Opened<'a>, Unopened> {
        let system = job.row.system.as_str();
        let Some(asked) = job.task.systems.first() else {
            let refused = answer::plain(system, v1::Status::Refused, "the task names no system");
            return Err(Unopened::Refused(Box::new(refused)));
        };
        let forgotten = |error: VaultError| match error.may_pass() {
            true => Unopened::Waits(beside(error)),
            false => {
                let refused = answer::plain(system, v1::Status::Refused, error.to_string());
                Unopened::Refused(Box::new(refused))
            }
        };
        let key = self.keyring.get(&job.row.tenant, job.row.request).await.map_err(forgotten)?;
        let request = job.row.request.to_string();
        let mut identifiers = Vec::new();
        for sealed in job.task.identifiers.iter().filter_map(|identifier| identifier.identifier.as_ref()) {
            let purpose = Purpose { what: "identifier", whose: &request };
            let plain = open(&key, purpose, sealed).map_err(forgotten)?;
            identifiers.extend(identifier(&plain));
        }
        let (accepted, rejected) = match &asked.plan {
            Some(plan) => (&plan.accepted_candidates, &plan.left_candidates),
            None => (&job.task.accepted_candidates, &job.task.rejected_candidates),
        };
        let subject = Subject {
            identifiers,
            accepted: accepted.iter().cloned().collect(),
            rejected: rejected.iter().cloned().collect(),
            secret: key.secret(ROW_SECRET),
        };
        let owner = Owner { tenant: job.row.tenant.clone(), request: job.row.request, key };
        Ok(Opened { place, job, subject, owner, stands })
    }
}

/// Subjects and owners, each in the order of the jobs.
pub(crate) fn parts(jobs: &[Opened<'_>]) -> (Vec<Subject>, Vec<Owner>) {
    jobs.iter().map(|job| (job.subject.clone(), job.owner.clone())).unzip()
}

/// What the approved plan says of the system.
pub(crate) fn plan_of(job: &SystemJob) -> v1::SystemPlan {
    let unnamed = || v1::SystemPlan { system: job.row.system.to_string(), ..v1::SystemPlan::default() };
    job.task.systems.first().and_then(|asked| asked.plan.clone()).unwrap_or_else(unnamed)
}

/// An identifier that was sealed; none if it is not one any more.
fn identifier(plain: &[u8]) -> Option<Identifier> {
    let wire = v1::Identifier::decode(plain).ok()?;
    let kind = IdentifierKind::of_number(wire.kind).ok()?;
    match kind {
        IdentifierKind::Field => Identifier::of_field(&wire.field, &wire.value).ok(),
        kind => Identifier::parse(kind, &wire.value).ok(),
    }
}
