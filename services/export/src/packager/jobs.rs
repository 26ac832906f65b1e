//! The packager's jobs, and what it says of them.

use redress_connector::{Asked, SystemJob, new_job};
use redress_contracts::{
    Contract as _, Envelope,
    v1::{Action, DatasetOutcome, Digest, Failure, SystemOutcome, Task, TaskSystem},
};
use redress_domain::{ConnectorName, MessageId, Status, SystemName, TaskId, TenantId};
use redress_runtime::Moment;
use redress_store::Job;
use redress_vault::{Place, Written};

use super::NoPackage;
use crate::{NAME, package::manifest::Manifest};

/// Each tenant's packages are made side by side in so many lanes, each a system of its own with one package at a
/// time: a package that takes long holds up no other tenant's, and of its own tenant only those of its lane.
const LANES: u128 = 8;

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
pub(crate) fn making(envelope: &Envelope, kind: i32, moment: &Moment<'_>) -> Job {
    let asked = (envelope.id, envelope.traceparent.as_deref());
    job(TaskId(envelope.id.0), (Action::Collect, kind), asked, moment)
}

/// The job of deleting a package, with what was collected for it. No message asks for it: a timer does.
pub(crate) fn expiry(id: TaskId, moment: &Moment<'_>) -> Job {
    job(id, (Action::Purge, 0), (MessageId(id.0), None), moment)
}

fn job(
    id: TaskId,
    (action, kind): (Action, i32),
    (message, traceparent): (MessageId, Option<&str>),
    moment: &Moment<'_>,
) -> Job {
    let system = lane(moment.tenant, id);
    let task = Task {
        task: id.to_string(),
        request: moment.request.to_string(),
        connector: NAME.to_owned(),
        action: action as i32,
        kind,
        systems: vec![TaskSystem { system: system.to_string(), ..TaskSystem::default() }],
        ..Task::default()
    };
    let asked = Asked { message, traceparent, reply_to: &crate::name() };
    new_job(id, &task, (connector(), system), asked, moment)
}

pub(super) fn connector() -> ConnectorName {
    NAME.parse().expect("it is a name")
}

/// The package is there.
pub(super) fn made(job: &SystemJob, manifest: &Manifest, place: &Place, written: Written) -> SystemOutcome {
    let dataset = DatasetOutcome {
        dataset: place.name().to_owned(),
        planned: manifest.records,
        done: manifest.records,
        reference: place.to_string(),
        content: Some(Digest { sha256: written.sha256.to_vec() }),
        bytes: manifest.bytes + written.bytes,
        ..DatasetOutcome::default()
    };
    SystemOutcome { datasets: vec![dataset], ..gone(job) }
}

/// The package is gone.
pub(super) fn gone(job: &SystemJob) -> SystemOutcome {
    let (system, status) = (job.row.system.to_string(), Status::Done.number());
    SystemOutcome { system, status, ..SystemOutcome::default() }
}

pub(super) fn refusal(job: &SystemJob, why: &NoPackage) -> SystemOutcome {
    SystemOutcome {
        status: Status::Failed.number(),
        reason: why.to_string(),
        failure: Some(Failure { r#final: true, retry_at: None, code: why.code().to_owned() }),
        ..gone(job)
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
