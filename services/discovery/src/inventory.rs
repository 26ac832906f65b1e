//! What is told at the end: the inventory of every system, and the plan.

use std::collections::BTreeSet;

use redress_contracts::{
    state::DiscoveryState,
    v1::{Candidate, Inventory, Plan, Status, SystemInventory, SystemOutcome, SystemPlan},
};
use redress_datamap::Systems;
use redress_domain::TenantId;

/// The layout of plans.
const PLAN_FORMAT: u32 = 1;

/// Keeps a system's answer in place of its earlier one. One that found nothing because it failed leaves what
/// was found before, and says that something is missing.
pub(crate) fn keep(systems: &mut Vec<SystemOutcome>, mut outcome: SystemOutcome) {
    let Some(kept) = systems.iter_mut().find(|kept| kept.system == outcome.system) else {
        return systems.push(outcome);
    };
    outcome.queries = outcome.queries.saturating_add(kept.queries);
    let found = matches!(kept.status(), Status::Done | Status::Partial);
    if found && matches!(outcome.status(), Status::Failed | Status::Refused | Status::Elsewhere) {
        kept.reason = format!("not asked for all that is known: {}", reason_of(&outcome));
        kept.set_status(Status::Partial);
        kept.queries = outcome.queries;
    } else {
        *kept = outcome;
    }
}

/// Every system of the tenant, by name, with what it answered or why it was not asked.
pub(crate) fn inventory(stored: &DiscoveryState, systems: &Systems, tenant: &TenantId) -> Inventory {
    let asked = stored.systems.iter().map(|outcome| SystemInventory {
        system: outcome.system.clone(),
        connector: connector_of(&outcome.system, systems, tenant),
        asked: true,
        reason: reason_of(outcome),
        status: outcome.status,
        findings: outcome.findings.clone(),
        queries: outcome.queries,
        notes: outcome.notes.clone(),
    });
    let mut all: Vec<SystemInventory> = asked.chain(stored.not_asked.iter().cloned()).collect();
    all.sort_by(|a, b| a.system.cmp(&b.system));
    Inventory { systems: all, candidates: undecided(stored), rounds: stored.round }
}

/// What would be done, by system.
pub(crate) fn plan(stored: &DiscoveryState, systems: &Systems, tenant: &TenantId) -> Plan {
    let command = stored.command.as_ref();
    let with_work = stored.systems.iter().filter_map(|outcome| {
        let proposal = outcome.proposal.as_ref().filter(|proposal| !proposal.datasets.is_empty())?;
        // A connector proposes for the system that was asked, and for no other.
        let system = outcome.system.clone();
        let connector = connector_of(&system, systems, tenant);
        Some(SystemPlan { system, connector, ..proposal.clone() })
    });
    let mut of_systems: Vec<SystemPlan> = with_work.collect();
    of_systems.sort_by(|a, b| a.system.cmp(&b.system));
    Plan {
        format: PLAN_FORMAT,
        request: command.map(|command| command.request.clone()).unwrap_or_default(),
        kind: command.map(|command| command.kind).unwrap_or_default(),
        systems: of_systems,
        hold_days: 0,
    }
}

/// Candidates that no reviewer has decided on; an identifier once, and none that is known to be the subject's.
fn undecided(stored: &DiscoveryState) -> Vec<Candidate> {
    let command = stored.command.iter();
    let decided: BTreeSet<&String> =
        command.flat_map(|c| c.accepted_candidates.iter().chain(&c.rejected_candidates)).collect();
    let known: BTreeSet<&[u8]> = stored.identifiers.iter().map(|it| it.blind.as_slice()).collect();
    let is_known =
        |it: &Candidate| it.identifier.as_ref().is_some_and(|it| known.contains(it.blind.as_slice()));
    let candidates = stored.systems.iter().flat_map(|outcome| &outcome.candidates);
    let mut open: Vec<Candidate> =
        candidates.filter(|it| !decided.contains(&it.id) && !is_known(it)).cloned().collect();
    open.sort_by(|a, b| (&a.system, &a.dataset, &a.id).cmp(&(&b.system, &b.dataset, &b.id)));
    let mut seen = BTreeSet::new();
    open.retain(|it| it.identifier.is_none() || seen.insert(it.id.clone()));
    open
}

/// The inventory as it may stand in an event, for ever.
pub(crate) fn redacted_for_ledger(inventory: &Inventory) -> Inventory {
    let candidates = inventory.candidates.iter().map(Candidate::redacted_for_ledger).collect();
    Inventory { candidates, ..inventory.clone() }
}

fn connector_of(system: &str, systems: &Systems, tenant: &TenantId) -> String {
    let system = system.parse().ok().and_then(|name| systems.get(tenant, &name));
    system.map(|system| system.connector.to_string()).unwrap_or_default()
}

/// Never empty where a system did not do what it was asked.
fn reason_of(outcome: &SystemOutcome) -> String {
    if !outcome.reason.is_empty() {
        return outcome.reason.clone();
    }
    match outcome.status() {
        Status::Failed => {
            let code = outcome.failure.as_ref().map_or("", |failure| failure.code.as_str());
            if code.is_empty() { "it failed".to_owned() } else { format!("it failed: {code}") }
        }
        Status::Elsewhere => format!("somebody else must act: {}", outcome.who),
        Status::Refused => "it refused".to_owned(),
        _ => String::new(),
    }
}
