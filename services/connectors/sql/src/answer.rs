//! What a system's answer says.

use redress_connector::VAULT;
use redress_contracts::v1;
use redress_datamap::sql::{Seen, SqlError};

/// An answer with nothing but its status and a reason.
pub(crate) fn plain(system: &str, status: v1::Status, reason: impl Into<String>) -> v1::SystemOutcome {
    v1::SystemOutcome {
        system: system.to_owned(),
        status: status as i32,
        reason: reason.into(),
        ..v1::SystemOutcome::default()
    }
}

/// It did not work, and will not.
pub(crate) fn failed(system: &str, error: &SqlError) -> v1::SystemOutcome {
    let code = match error {
        SqlError::Away(_) => "away",
        SqlError::Busy(_) | SqlError::ForeignKey(_) => "busy",
        SqlError::Refused { .. } => "refused",
        SqlError::Unexpected(_) => "unexpected",
        SqlError::Beside(_) | SqlError::BesideAway(_) => VAULT,
    };
    v1::SystemOutcome {
        failure: Some(v1::Failure { r#final: true, retry_at: None, code: code.to_owned() }),
        ..plain(system, v1::Status::Failed, error.to_string())
    }
}

/// The outcome of a purge that failed. The database rolls back what it refuses: nothing is changed. Where the connection
/// failed, the outcome is unknown.
pub(crate) fn not_purged(system: &str, error: &SqlError) -> v1::SystemOutcome {
    let status = match error {
        SqlError::Away(_) | SqlError::Beside(_) | SqlError::BesideAway(_) => v1::Status::Failed,
        SqlError::Busy(_) | SqlError::ForeignKey(_) | SqlError::Refused { .. } | SqlError::Unexpected(_) => {
            v1::Status::Refused
        }
    };
    v1::SystemOutcome { status: status as i32, ..failed(system, error) }
}

/// This process has another data map or policy, or none: while settings are rolled out another may have it, so
/// it is asked again.
pub(crate) fn other_map(system: &str, reason: &str) -> v1::SystemOutcome {
    v1::SystemOutcome {
        failure: Some(v1::Failure { r#final: false, retry_at: None, code: "other_map".to_owned() }),
        ..plain(system, v1::Status::Failed, reason)
    }
}

/// The effect stands, and nothing can be seen of it.
pub(crate) fn unverified(plan: &v1::SystemPlan, why: &str) -> v1::SystemOutcome {
    let dataset = |plan: &v1::DatasetPlan| {
        let (done, kept, evidence) = match goes(plan) {
            Some(_) => (plan.count, 0, v1::Evidence::Unspecified),
            None => (0, plan.count, v1::Evidence::Retained),
        };
        v1::DatasetOutcome {
            dataset: plan.dataset.clone(),
            planned: plan.count,
            done,
            kept,
            ground: plan.ground,
            evidence: evidence as i32,
            ..Default::default()
        }
    };
    let reason = format!("the effect is committed, and not verified: {why}");
    v1::SystemOutcome {
        datasets: plan.datasets.iter().map(dataset).collect(),
        ..plain(&plan.system, v1::Status::Partial, reason)
    }
}

/// What is there is not what was approved.
pub(crate) fn changed(system: &str, reason: &str) -> v1::SystemOutcome {
    v1::SystemOutcome { plan_changed: true, ..plain(system, v1::Status::Refused, reason) }
}

/// What was collected, beside what the plan expected.
pub(crate) fn collected(
    plan: &v1::SystemPlan,
    mut datasets: Vec<v1::DatasetOutcome>,
    queries: u32,
) -> v1::SystemOutcome {
    for outcome in &mut datasets {
        let planned = plan.datasets.iter().filter(|planned| planned.dataset == outcome.dataset);
        outcome.planned = planned.map(|planned| planned.count).sum();
    }
    let status = if datasets.is_empty() { v1::Status::NotFound } else { v1::Status::Done };
    v1::SystemOutcome { datasets, queries, ..plain(&plan.system, status, "") }
}

/// What was done, as far as looking again shows it.
pub(crate) fn verified(plan: &v1::SystemPlan, seen: &[Seen]) -> v1::SystemOutcome {
    let mut datasets: Vec<v1::DatasetOutcome> =
        plan.datasets.iter().map(|plan| verified_dataset(plan, seen)).collect();
    let unplanned =
        seen.iter().filter(|seen| seen.remains > 0 && !plan.datasets.iter().any(|plan| is_of(seen, plan)));
    datasets.extend(unplanned.map(|seen| v1::DatasetOutcome {
        dataset: seen.dataset.clone(),
        remains: seen.remains,
        ..v1::DatasetOutcome::default()
    }));
    let remains: u64 = datasets.iter().map(|dataset| dataset.remains).sum();
    let (status, reason) = match remains {
        0 => (v1::Status::Done, String::new()),
        _ => (
            v1::Status::Partial,
            format!("looking again found {remains} rows that should not be as they are"),
        ),
    };
    v1::SystemOutcome { datasets, related: plan.related.clone(), ..plain(&plan.system, status, reason) }
}

fn verified_dataset(plan: &v1::DatasetPlan, seen: &[Seen]) -> v1::DatasetOutcome {
    let retained = plan.fields.iter().filter(|field| field.retained);
    let retained =
        retained.map(|it| v1::RetainedField { field: it.field.clone(), reason: it.ground_text.clone() });
    let outcome = v1::DatasetOutcome {
        dataset: plan.dataset.clone(),
        planned: plan.count,
        ground: plan.ground,
        retained: retained.collect(),
        ..Default::default()
    };
    if goes(plan).is_none() {
        let evidence = v1::Evidence::Retained as i32;
        return v1::DatasetOutcome { kept: plan.count, evidence, ..outcome };
    }
    let of_plan = seen.iter().find(|seen| is_of(seen, plan));
    let remains = of_plan.map_or(0, |seen| seen.remains);
    // The rows of a refreshed view cannot be verified where the policy only masks: they stay, and so does what is retained.
    let evidence = match of_plan {
        None if plan.treatment() == v1::Treatment::Rebuild => v1::Evidence::Confirmed,
        _ => v1::Evidence::Verified,
    };
    v1::DatasetOutcome {
        done: plan.count.saturating_sub(remains),
        remains,
        evidence: evidence as i32,
        ..outcome
    }
}

/// Whether what was seen is of the rows of an entry.
fn is_of(seen: &Seen, plan: &v1::DatasetPlan) -> bool {
    seen.dataset == plan.dataset && seen.treatment == plan.treatment() && seen.roles == plan.roles
}

/// Whether a plan's rows go, or are masked; none where they are kept.
pub(crate) fn goes(plan: &v1::DatasetPlan) -> Option<bool> {
    match plan.treatment() {
        v1::Treatment::Keep => None,
        treatment => Some(matches!(treatment, v1::Treatment::Delete | v1::Treatment::Rebuild)),
    }
}
