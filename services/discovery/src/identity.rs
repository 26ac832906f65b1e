//! The identifiers of one subject: which are new, and whether they still name one person. Equal ones have
//! equal blind indexes; none is ever opened here.

use std::collections::{BTreeMap, BTreeSet};

use redress_contracts::{
    state::DiscoveryState,
    v1::{IdentifierClass, IdentifierKind, SealedIdentifier, SystemOutcome},
};

/// More identifiers than this are not one person's.
pub const IDENTIFIERS_MAX: usize = 100;

/// Kinds of which one person has one value.
const ONE_EACH: [IdentifierKind; 2] = [IdentifierKind::ObjectId, IdentifierKind::CustomerId];

/// Adds what the outcome found, with its path, and takes it out of the outcome. Only what names one person
/// is added, up to one more than [`IDENTIFIERS_MAX`]: that there are more is enough to know.
pub(crate) fn add(stored: &mut DiscoveryState, outcome: &mut SystemOutcome) {
    let mut known: BTreeSet<Vec<u8>> = stored.identifiers.iter().map(|known| known.blind.clone()).collect();
    for found in std::mem::take(&mut outcome.identifiers) {
        let unique = found.class() == IdentifierClass::Unique && !found.blind.is_empty();
        if !unique || stored.identifiers.len() > IDENTIFIERS_MAX || !known.insert(found.blind.clone()) {
            continue;
        }
        let from_system = outcome.system.clone();
        stored.identifiers.push(SealedIdentifier { from_system, round: stored.round, ..found });
    }
}

/// What the last round found. What the command gave may have been found by an earlier discovery, in a round
/// of the same number.
pub(crate) fn new_ones(stored: &DiscoveryState) -> Vec<SealedIdentifier> {
    let given: BTreeSet<&[u8]> = stored
        .command
        .iter()
        .flat_map(|command| &command.identifiers)
        .map(|it| it.blind.as_slice())
        .collect();
    let is_new = |it: &&SealedIdentifier| it.round == stored.round && !given.contains(it.blind.as_slice());
    stored.identifiers.iter().filter(is_new).cloned().collect()
}

/// Why it is not sure that all this is one person; none when it is.
pub(crate) fn ambiguity(stored: &DiscoveryState) -> Option<String> {
    if stored.identifiers.len() > IDENTIFIERS_MAX {
        return Some(format!("there are more than {IDENTIFIERS_MAX} identifiers"));
    }
    let mut values: BTreeMap<i32, BTreeSet<&[u8]>> = BTreeMap::new();
    for it in stored.identifiers.iter().filter(|it| ONE_EACH.contains(&it.kind())) {
        values.entry(it.kind).or_default().insert(&it.blind);
    }
    if values.values().any(|values| values.len() > 1) {
        return Some("two values of an identifier of which a person has one".to_owned());
    }
    let ambiguous = stored.systems.iter().find(|outcome| outcome.ambiguous_identity);
    ambiguous.map(|outcome| format!("in {}, rows of two people answer to what was given", outcome.system))
}
