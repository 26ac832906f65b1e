//! Which event goes into the ledger now. Pure, and total.

use std::{cmp::Ordering, collections::BTreeMap};

use jiff::{SignedDuration, Timestamp};
use redress_contracts::{Envelope, event_name, from_timestamp, to_timestamp, v1::event::What};
use redress_runtime::{Decision, Moment, Next, Refused};
use redress_store::NewEntry;

use crate::{Published, state::State};

/// The timer that looks whether anything is missing.
const LOOK: &str = "look";
/// For how long an event may be on its way.
const PATIENCE: SignedDuration = SignedDuration::from_hours(1);
/// How often an open request is looked at: an event that waits behind a gap sets no timer.
const NOW_AND_THEN: SignedDuration = SignedDuration::from_hours(24);

/// Takes an event.
pub(crate) fn event(
    state: Option<&State>,
    envelope: &Envelope,
    published: &Published,
    moment: &Moment<'_>,
) -> Decision<State> {
    let event = &published.event;
    let Some(name) = event_name(event) else {
        return Decision::Refused(Refused::new("unknown_event", "an event of a kind that is not known here"));
    };
    if event.sequence == 0 {
        return Decision::Refused(Refused::new("unreadable", "events are numbered from 1"));
    }
    let (is_first, mut state) = (state.is_none(), state.cloned().unwrap_or_default());
    let sender = envelope.source.as_str();
    match event.sequence.cmp(&state.next(sender)) {
        Ordering::Less => return Decision::Seen,
        Ordering::Greater => return Decision::Early,
        Ordering::Equal => {}
    }
    state.stored.next.insert(sender.to_owned(), event.sequence.saturating_add(1));
    // What was rejected never became a request: nothing more is to come of it either.
    let closed = match &event.what {
        Some(What::RequestClosed(closed)) => Some(closed.last_sequences.clone()),
        Some(What::RequestRejected(_)) => Some(BTreeMap::new()),
        _ => None,
    };
    let closes = closed.is_some();
    if let Some(last_sequences) = closed {
        close(&mut state, last_sequences, sender, event.sequence);
    }
    let entry = NewEntry {
        tenant: moment.tenant.clone(),
        request: moment.request,
        sender: envelope.source.clone(),
        sequence: event.sequence,
        event: name.to_owned(),
        at: event.at.as_ref().and_then(from_timestamp).unwrap_or(envelope.time),
        body: published.body.clone(),
    };
    let mut next = settled(state, moment);
    next.ledger.push(entry);
    if !next.state.is_complete() && (is_first || closes) {
        next.timers.push(look_after(if closes { PATIENCE } else { NOW_AND_THEN }, moment));
    }
    next.into()
}

/// Looks whether anything is missing, says so, and looks again.
pub(crate) fn look(state: Option<&State>, moment: &Moment<'_>) -> Decision<State> {
    let Some(state) = state.filter(|state| !state.is_complete()) else { return Decision::Seen };
    let missing = missing(state, moment.now);
    for sender in &missing {
        tracing::error!(
            tenant = %moment.tenant,
            request = %moment.request,
            sender,
            sequence = state.next(sender),
            "an event is missing in the ledger"
        );
    }
    let soon = state.has_closed() || !missing.is_empty();
    let wait = if soon { PATIENCE } else { NOW_AND_THEN };
    Next { timers: vec![look_after(wait, moment)], ..Next::to(state.clone()) }.into()
}

/// Senders of whose events one should be here by now.
pub(crate) fn missing(state: &State, now: Timestamp) -> Vec<&str> {
    let overdue = |(_, since): &(&String, &Timestamp)| now.duration_since(**since) >= PATIENCE;
    let waiting = state.waiting.iter().filter(overdue).map(|(sender, _)| sender.as_str());
    let mut missing: Vec<&str> = state.missing().chain(waiting).collect();
    missing.sort_unstable();
    missing.dedup();
    missing
}

/// The closing event names the last one of each sender; of its own sender it is one itself.
fn close(state: &mut State, last_sequences: BTreeMap<String, u64>, sender: &str, sequence: u64) {
    state.stored.last = last_sequences;
    let last = state.stored.last.entry(sender.to_owned()).or_default();
    *last = sequence.max(*last);
}

/// The transition; with the last event that was missing, the end.
fn settled(mut state: State, moment: &Moment<'_>) -> Next<State> {
    let complete = state.has_closed() && state.missing().next().is_none();
    if complete && !state.is_complete() {
        state.stored.closed_at = Some(to_timestamp(moment.now));
        return Next { timers_cleared: vec![LOOK.to_owned()], ..Next::to(state) };
    }
    Next::to(state)
}

fn look_after(wait: SignedDuration, moment: &Moment<'_>) -> (String, Timestamp, Vec<u8>) {
    (LOOK.to_owned(), moment.now + wait, Vec::new())
}
