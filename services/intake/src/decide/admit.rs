//! A request is taken in.

use redress_contracts::{
    Contract as _, from_timestamp,
    v1::{Admission, RequestLinked, RequestReceived, Requester, Verification, event::What},
};
use redress_domain::{Kind, ServiceName, life::Input};
use redress_runtime::{Decision, Moment, Refused};

use super::turn::{OVERDUE, Turn, refused};
use crate::state::Request;

pub(super) fn admit(service: &ServiceName, admission: &Admission, moment: &Moment<'_>) -> Decision<Request> {
    let Ok(kind) = Kind::of_number(admission.kind) else {
        return Decision::Refused(Refused::new("unreadable", "the admission names no kind of request"));
    };
    let mut turn = Turn::first(service, kind, admission, moment);
    turn.event(received(admission), format!("taken in: {kind}"));
    for earlier in &admission.earlier {
        let linked = What::RequestLinked(RequestLinked { earlier: earlier.clone() });
        turn.event(linked, format!("the same person has an open request of this kind: {earlier}"));
    }
    if let Err(refusal) = turn.advance(Input::Submitted { verified: admission.verified }) {
        return Decision::Refused(refused(refusal));
    }
    turn.index(&admission.identifiers);
    if let Some(due) = admission.due_at.as_ref().and_then(from_timestamp) {
        turn.timer(OVERDUE, due, Vec::new());
    }
    turn.finish()
}

/// Of the requester the ledger has the kind alone, of the verification its level and time: it keeps for ever, and
/// what people write may name somebody.
fn received(admission: &Admission) -> What {
    let requester = admission.requester.as_ref();
    What::RequestReceived(RequestReceived {
        kind: admission.kind,
        subject_kind: admission.subject_kind,
        subject_commitment: admission.subject_commitment.clone(),
        regimes: admission.regimes.clone(),
        received_at: admission.received_at,
        due_at: admission.due_at,
        trigger: admission.trigger,
        requester: requester.map(|it| Requester { kind: it.kind, ..Requester::default() }),
        verification: admission.verification.as_ref().map(for_ever),
        scopes: admission.scopes.clone(),
    })
}

/// A verification as it may stand in an event.
pub(super) fn for_ever(it: &Verification) -> Verification {
    Verification { level: it.level, at: it.at, ..Verification::default() }
}
