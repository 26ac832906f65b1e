//! What of a plan is to be done: by whom, and what needs nobody.

use std::collections::{BTreeMap, BTreeSet};

use redress_contracts::{
    digest_of,
    v1::{
        DatasetOutcome, DatasetPlan, Evidence, Execute, Ground, Kind, Phase, Plan, Status, SystemOutcome,
        SystemPlan, TaskSystem, Treatment,
    },
};
use redress_domain::{ConnectorName, RequestId, SystemName};

/// A plan that can be carried out: what to ask of each connector, and the outcomes that need no asking.
pub(crate) struct Work {
    pub(crate) asked: BTreeMap<ConnectorName, Vec<TaskSystem>>,
    pub(crate) settled: Vec<SystemOutcome>,
}

impl Work {
    /// Reads a command.
    ///
    /// # Errors
    /// Why it cannot be carried out, for a person.
    pub(crate) fn read(command: &Execute, request: RequestId) -> Result<Self, String> {
        if command.phase() != Phase::Purge {
            return Err(format!("deletion does not carry out {} yet", command.phase().as_str_name()));
        }
        let plan = command.plan.as_ref().ok_or("the command has no plan")?;
        if command.plan_digest.as_ref() != Some(&digest_of(plan)) {
            return Err("the plan is not the one of the command's digest".to_owned());
        }
        if plan.request != request.to_string()
            || plan.kind() != Kind::Delete
            || command.kind() != Kind::Delete
        {
            return Err("the plan is of another request, or of another kind".to_owned());
        }
        Self::of(plan)
    }

    fn of(plan: &Plan) -> Result<Self, String> {
        let (mut asked, mut settled, mut seen) = (BTreeMap::new(), Vec::new(), BTreeSet::new());
        for of_system in &plan.systems {
            let name: Result<SystemName, _> = of_system.system.parse();
            let connector: Result<ConnectorName, _> = of_system.connector.parse();
            let (Ok(name), Ok(connector)) = (name, connector) else {
                return Err("the plan names a system or a connector that cannot be one".to_owned());
            };
            if !seen.insert(name) {
                return Err(format!("the plan names {} twice", of_system.system));
            }
            if of_system.datasets.iter().any(is_work) {
                let of_connector: &mut Vec<TaskSystem> = asked.entry(connector).or_default();
                of_connector.push(TaskSystem {
                    system: of_system.system.clone(),
                    map: of_system.map.clone(),
                    policy: of_system.policy.clone(),
                    plan: Some(of_system.clone()),
                    operation: String::new(),
                });
            } else {
                settled.push(untouched(of_system));
            }
        }
        Ok(Self { asked, settled })
    }

    /// Leaves out what has been done already.
    pub(crate) fn without(&mut self, done: Vec<SystemOutcome>) {
        for outcome in done {
            let mut of_connectors = self.asked.values_mut();
            let was_asked = of_connectors.any(|systems| {
                let before = systems.len();
                systems.retain(|system| system.system != outcome.system);
                systems.len() < before
            });
            if was_asked {
                self.settled.push(outcome);
            }
        }
        self.asked.retain(|_, systems| !systems.is_empty());
    }
}

/// Whether an entry changes any row.
fn is_work(entry: &DatasetPlan) -> bool {
    let by_fields =
        || entry.fields.iter().any(|it| !matches!(it.treatment(), Treatment::Keep | Treatment::Unspecified));
    entry.count > 0
        && match entry.treatment() {
            Treatment::Keep => false,
            Treatment::Unspecified => by_fields(),
            _ => true,
        }
}

/// The outcome of a system in which the plan changes nothing.
fn untouched(of_system: &SystemPlan) -> SystemOutcome {
    let kept: Vec<DatasetOutcome> =
        of_system.datasets.iter().filter(|entry| entry.count > 0).map(kept).collect();
    let ground = kept.iter().map(|outcome| outcome.ground()).find(|ground| *ground != Ground::Unspecified);
    SystemOutcome {
        system: of_system.system.clone(),
        status: if kept.is_empty() { Status::NotFound } else { Status::Kept } as i32,
        ground: ground.unwrap_or_default() as i32,
        datasets: kept,
        ..SystemOutcome::default()
    }
}

fn kept(entry: &DatasetPlan) -> DatasetOutcome {
    DatasetOutcome {
        dataset: entry.dataset.clone(),
        planned: entry.count,
        kept: entry.count,
        evidence: Evidence::Retained as i32,
        ground: entry.ground,
        ..DatasetOutcome::default()
    }
}
