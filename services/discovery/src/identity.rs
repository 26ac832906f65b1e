//! The identifiers of one subject: which are new, and whether they still name one person. Equal ones have
//! equal blind indexes; none is ever opened here.

use std::collections::{BTreeMap, BTreeSet};

use redress_contracts::{
    state::DiscoveryState,
    v1::{Discover, IdentifierClass, IdentifierKind, SealedIdentifier, SystemOutcome},
};

/// More identifiers than this are not one person's.
pub const IDENTIFIERS_MAX: usize = 100;

/// Kinds of which one person has one value.
const ONE_EACH: [IdentifierKind; 2] = [IdentifierKind::ObjectId, IdentifierKind::CustomerId];

/// Adds what the outcome found, with its path, and takes it out of the outcome: the identifiers that are the subject's,
/// unless a reviewer rejected them, and the candidates that a reviewer accepted. Only what names one person is added, up
/// to one more than [`IDENTIFIERS_MAX`]: that there are more is enough to know.
pub(crate) fn add(stored: &mut DiscoveryState, outcome: &mut SystemOutcome) {
    let (accepted, rejected) = decided(stored);
    let mut known: BTreeSet<Vec<u8>> = stored.identifiers.iter().map(|known| known.blind.clone()).collect();
    let of_candidates = outcome.candidates.iter().filter_map(|candidate| candidate.identifier.clone());
    let accepted = of_candidates.filter(|it| accepted.contains(&it.id()));
    for found in std::mem::take(&mut outcome.identifiers).into_iter().chain(accepted) {
        let unique = found.class() == IdentifierClass::Unique && !found.blind.is_empty();
        let usable = unique && !rejected.contains(&found.id());
        if !usable || stored.identifiers.len() > IDENTIFIERS_MAX || !known.insert(found.blind.clone()) {
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

/// The ids that a reviewer accepted, and those that one rejected.
fn decided(stored: &DiscoveryState) -> (BTreeSet<String>, BTreeSet<String>) {
    let command = stored.command.as_ref();
    let ids = |list: fn(&Discover) -> &Vec<String>| {
        command.into_iter().flat_map(list).cloned().collect::<BTreeSet<String>>()
    };
    (ids(|command| &command.accepted_candidates), ids(|command| &command.rejected_candidates))
}

/// Why it is not sure that all this is one person; none when it is. Whoever handed the request in, or a reviewer, may
/// have named several accounts of one person.
pub(crate) fn ambiguity(stored: &DiscoveryState) -> Option<String> {
    if stored.identifiers.len() > IDENTIFIERS_MAX {
        return Some(format!("there are more than {IDENTIFIERS_MAX} identifiers"));
    }
    let mut values: BTreeMap<i32, BTreeSet<&[u8]>> = BTreeMap::new();
    let (accepted, _) = decided(stored);
    let mut doubtful: BTreeSet<i32> = BTreeSet::new();
    for it in stored.identifiers.iter().filter(|it| ONE_EACH.contains(&it.kind())) {
        values.entry(it.kind).or_default().insert(&it.blind);
        if it.round > 0 && !accepted.contains(&it.id()) {
            doubtful.insert(it.kind);
        }
    }
    if values.iter().any(|(kind, values)| values.len() > 1 && doubtful.contains(kind)) {
        return Some("two values of an identifier of which a person has one".to_owned());
    }
    let ambiguous = stored.systems.iter().find(|outcome| outcome.ambiguous_identity);
    ambiguous.map(|outcome| format!("in {}, rows of two people answer to what was given", outcome.system))
}
