//! A package's time is over: it is deleted, and with it what was collected for its request.

use jiff::{SignedDuration, Timestamp};
use redress_contracts::v1::{PackageExpired, PackageSummary, Status, TaskOutcome, event::What};
use redress_runtime::{Decision, Moment, Next};
use redress_store::JobWrite;

use super::answers::event;
use crate::{
    State, packager,
    state::{Phase, ends_at},
};

/// The timer of the end of a package's time. It outlives what is kept beside the state.
pub(super) const TIMER: &str = "expire";
/// Where even the packager's patience was in vain, it is told again after this.
const AGAIN: SignedDuration = SignedDuration::from_hours(24);

/// The timer of a package that was just delivered.
pub(super) fn timer(package: &PackageSummary) -> Option<(String, Timestamp, Vec<u8>)> {
    Some((TIMER.to_owned(), ends_at(package)?, Vec::new()))
}

/// The time is over: has the objects deleted.
pub(super) fn begin(state: &State, moment: &Moment<'_>) -> Decision<State> {
    if state.phase() != Phase::Released {
        return Decision::Seen;
    }
    let (mut state, id) = (state.clone(), moment.ids.task());
    state.kept.expiry_id = id.to_string();
    state.closed_at = None;
    Next { jobs: vec![JobWrite::Add(packager::expiry(id, moment))], ..Next::to(state) }.into()
}

/// Takes the packager's outcome. Nothing is left, or it is told again: nobody can have the package meanwhile.
pub(super) fn end(state: &State, outcome: &TaskOutcome, moment: &Moment<'_>) -> Decision<State> {
    if state.phase() != Phase::Expiring || outcome.task != state.kept.expiry_id {
        return Decision::Seen;
    }
    let mut state = state.clone();
    state.closed_at = Some(moment.now);
    if outcome.systems.first().is_none_or(|outcome| outcome.status() != Status::Done) {
        state.kept.expiry_id.clear();
        let timers = vec![(TIMER.to_owned(), moment.now + AGAIN, Vec::new())];
        return Next { timers, ..Next::to(state) }.into();
    }
    state.kept.expired = true;
    let package = state.kept.package.as_ref().map(|package| package.package.clone()).unwrap_or_default();
    let messages = event(&mut state, What::PackageExpired(PackageExpired { package }), moment);
    Next { messages: messages.into_iter().collect(), ..Next::to(state) }.into()
}
