//! What the outcomes of a purge mean together.

use redress_contracts::v1::{Status, SystemOutcome};

/// Whether the system did its part, and nothing is left of it: asking it again for the same plan would find another.
pub(crate) fn is_done(outcome: &SystemOutcome) -> bool {
    let ended_well = matches!(outcome.status(), Status::Done | Status::NotFound | Status::Kept);
    ended_well && !outcome.plan_changed && !remains(outcome)
}

/// Whether something is left that the plan does not keep. A changed plan is none of this: nothing was done, and
/// it goes back to review.
pub(crate) fn remains(outcome: &SystemOutcome) -> bool {
    let ended_badly =
        matches!(outcome.status(), Status::Failed | Status::Partial | Status::Refused | Status::Elsewhere);
    !outcome.plan_changed && (ended_badly || outcome.datasets.iter().any(|dataset| dataset.remains > 0))
}

/// The outcome as it may stand in an event, for ever: nothing that leads to the person.
pub(crate) fn for_ever(outcome: &SystemOutcome) -> SystemOutcome {
    SystemOutcome { identifiers: Vec::new(), candidates: Vec::new(), ..outcome.clone() }
}
