//! Whether policies, standing approvals and data maps speak of what there is: a rule with a misspelt name speaks for
//! nothing, and what it should keep would be deleted.

use redress_connector_sql::Database;
use redress_datamap::{Problem, Rule, System};
use redress_domain::{Role, TenantId};
use redress_intake::{approvals::ApprovalSettings, settings::TenantSettings};
use redress_runtime::http::TokenSettings;

use super::{Known, problems::Found, reader::TenantRead};

/// Notes each rule of a tenant that we have, whose system or dataset is not there, each standing approval whose system
/// or administrator is not, and each reference of a data map to what no other has. One policy may have rules for tenants
/// of other settings too.
pub(super) fn agree(
    tenants: &[TenantRead],
    systems: &[(System, Database)],
    tokens: &[TokenSettings],
    known: &Known,
    found: &mut Found,
) {
    for TenantRead { settings, at, file, policy, .. } in tenants {
        for problem in dangling(&settings.name, systems, known) {
            found.add("", problem);
        }
        for approval in &settings.standing_approvals {
            approval_agrees(approval, settings, tokens, known, &mut |why| {
                found.add(at, format!("standing_approval `{}`: {why}", approval.name));
            });
        }
        for (i, rule) in policy.rules.iter().enumerate().filter(|(_, rule)| known.has(&rule.tenant)) {
            if let Some(why) = wrong(rule, systems, known) {
                found.add(&format!("{file}: policy.rule[{i}]"), why);
            }
        }
    }
}

/// References of a tenant's data maps to what no other of them has.
fn dangling(tenant: &TenantId, systems: &[(System, Database)], known: &Known) -> Vec<Problem> {
    let read: Vec<&System> =
        systems.iter().map(|(system, _)| system).filter(|system| system.tenant == *tenant).collect();
    // What could not be read may have it.
    if read.len() < known.systems.iter().filter(|(whose, _)| whose == tenant.as_str()).count() {
        return Vec::new();
    }
    read.iter().flat_map(|system| system.dangling(&read)).collect()
}

fn approval_agrees(
    approval: &ApprovalSettings,
    of: &TenantSettings,
    tokens: &[TokenSettings],
    known: &Known,
    wrong: &mut dyn FnMut(String),
) {
    let tenant = &of.name;
    for system in &approval.systems {
        if !known.systems.contains(&(tenant.to_string(), system.to_string())) {
            wrong(format!("`systems`: `{tenant}` has no system `{system}`"));
        }
    }
    let is_by = |token: &TokenSettings| token.tenant == *tenant && token.name == approval.by;
    if !tokens.iter().any(|token| is_by(token) && token.role == Role::TenantAdmin) {
        wrong(format!("`by`: no token is of a tenant_admin `{}` of `{tenant}`", approval.by));
    }
}

fn wrong(rule: &Rule, systems: &[(System, Database)], known: &Known) -> Option<String> {
    let tenant = rule.tenant.as_str();
    let is_meant = |name: &str| rule.system.as_ref().is_none_or(|system| system.as_str() == name);
    let meant = known.systems.iter().filter(|(whose, name)| whose == tenant && is_meant(name)).count();
    if let (Some(system), 0) = (&rule.system, meant) {
        return Some(format!("`system`: `{tenant}` has no system `{system}`"));
    }
    let dataset = rule.dataset.as_ref()?;
    let read = systems.iter().map(|(system, _)| system);
    let read: Vec<&System> =
        read.filter(|system| system.tenant == rule.tenant && is_meant(system.name.as_str())).collect();
    let mut collections = read.iter().flat_map(|system| &system.maps).flat_map(|map| &map.collections);
    // What could not be read may have it.
    if read.len() < meant || collections.any(|collection| collection.name == *dataset) {
        return None;
    }
    Some(match &rule.system {
        Some(system) => format!("`dataset`: the data map of `{system}` has no `{dataset}`"),
        None => format!("`dataset`: no data map of a system of `{tenant}` has `{dataset}`"),
    })
}
