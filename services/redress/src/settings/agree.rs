//! Whether policies speak of what there is: a rule with a misspelt name speaks for nothing, and what it should keep
//! would be deleted.

use redress_connector_sql::Database;
use redress_datamap::{Rule, System};

use super::{Known, problems::Found, reader::TenantRead};

/// Notes each rule of a tenant that we have, whose system or dataset is not there. One policy may have rules for
/// tenants of other settings too.
pub(super) fn agree(
    tenants: &[TenantRead],
    systems: &[(System, Database)],
    known: &Known,
    found: &mut Found,
) {
    for TenantRead { file, policy, .. } in tenants {
        for (i, rule) in policy.rules.iter().enumerate().filter(|(_, rule)| known.has(&rule.tenant)) {
            if let Some(why) = wrong(rule, systems, known) {
                found.add(&format!("{file}: policy.rule[{i}]"), why);
            }
        }
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
