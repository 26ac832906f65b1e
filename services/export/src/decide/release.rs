//! What was collected becomes a package, and waits for its reader.

use jiff::SignedDuration;
use redress_contracts::{
    Contract as _, Envelope, to_timestamp,
    v1::{
        PackageDelivered, PackageReleased, PackageSummary, Release, Released, SystemOutcome, TaskOutcome,
        event::What,
    },
};
use redress_domain::{MessageId, Status};
use redress_runtime::{Decision, Moment, Next, Refused};
use redress_store::JobWrite;

use super::{
    answers::{answer, event},
    expire,
};
use crate::{State, packager, state::Phase};

/// For how long a package is there after its delivery.
const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Has the package made; anew, if there is one.
pub(super) fn begin(
    mut state: State,
    envelope: &Envelope,
    release: &Release,
    moment: &Moment<'_>,
) -> Next<State> {
    if let Some(why) = unfit(&state, release) {
        let failed = Released { failure: why.to_owned(), ..Released::default() };
        let messages =
            vec![answer(&envelope.source, envelope.id, &signed(failed, envelope.id, &state, moment), moment)];
        return Next { messages, ..Next::to(state) };
    }
    let kind = state.kept.command.as_ref().map_or(release.kind, |command| command.kind);
    state.kept.asked_by = envelope.source.to_string();
    state.kept.release = Some(release.clone());
    state.kept.release_id = envelope.id.to_string();
    state.kept.package = None;
    state.closed_at = None;
    let jobs = vec![JobWrite::Add(packager::making(envelope, kind, moment))];
    Next { jobs, timers_cleared: vec![expire::TIMER.to_owned()], ..Next::to(state) }
}

fn unfit(state: &State, release: &Release) -> Option<&'static str> {
    let to = release.destination.as_ref().and_then(|destination| destination.to.as_ref());
    if state.phase() == Phase::Stopped {
        Some("nothing is collected for this request")
    } else if state.phase() == Phase::Expired {
        Some("what was collected is deleted, its time was over: collect it anew")
    } else if !release.decisions.is_empty() {
        Some("a reviewer's decisions on the draft cannot be carried out yet: release it whole, or decline")
    } else if to.is_some() {
        Some("a package cannot be sent anywhere yet: it can wait here for its reader")
    } else {
        None
    }
}

/// Takes the packager's outcome.
pub(super) fn end(state: &State, outcome: &TaskOutcome, moment: &Moment<'_>) -> Decision<State> {
    if state.phase() != Phase::Releasing || outcome.task != state.kept.release_id {
        return Decision::Seen;
    }
    let (Ok(to), Ok(command)) = (state.kept.asked_by.parse(), state.kept.release_id.parse()) else {
        return Decision::Refused(Refused::new("unreadable_state", "nobody asked for the package"));
    };
    let mut state = state.clone();
    let (mut messages, mut timers) = (Vec::new(), Vec::new());
    let released = match summary(outcome.systems.first(), moment) {
        Ok(package) => {
            state.closed_at = Some(moment.now);
            state.kept.package = Some(package.clone());
            timers.extend(expire::timer(&package));
            let released = What::PackageReleased(PackageReleased { package: Some(package.clone()) });
            let delivered = What::PackageDelivered(PackageDelivered { package: Some(package.clone()) });
            messages.extend(event(&mut state, released, moment));
            messages.extend(event(&mut state, delivered, moment));
            Released { package: Some(package), ..Released::default() }
        }
        Err(failure) => {
            // It can be asked for again.
            state.kept.release = None;
            Released { failure, ..Released::default() }
        }
    };
    messages.push(answer(&to, command, &signed(released, command, &state, moment), moment));
    Next { messages, timers, ..Next::to(state) }.into()
}

fn signed(released: Released, command: MessageId, state: &State, moment: &Moment<'_>) -> Released {
    Released {
        request: moment.request.to_string(),
        answers: command.to_string(),
        last_sequence: state.kept.events,
        ..released
    }
}

/// What was made; or why nothing was.
fn summary(outcome: Option<&SystemOutcome>, moment: &Moment<'_>) -> Result<PackageSummary, String> {
    let outcome = outcome.ok_or("the packager answered nothing")?;
    let manifest = match (Status::of_number(outcome.status), outcome.datasets.first()) {
        (Ok(Status::Done), Some(manifest)) => manifest,
        _ if outcome.reason.is_empty() => return Err("no package could be made".to_owned()),
        _ => return Err(outcome.reason.clone()),
    };
    Ok(PackageSummary {
        package: moment.request.to_string(),
        records: manifest.done,
        bytes: manifest.bytes,
        manifest: manifest.content.clone(),
        delivered_at: Some(to_timestamp(moment.now)),
        expires_at: moment.now.checked_add(KEPT).ok().map(to_timestamp),
    })
}
