//! What persons decide. A deed that does not fit how the request stands is refused, and changes nothing.

use redress_contracts::{
    unsearched,
    v1::{
        AcceptRemains, Approve, Candidate, DecideCandidates, Decline, Deed, RemainsAccepted, RequestApproved,
        RequestDeclined, RequestVerified, Sealed, SealedIdentifier, Verification, deed, event::What,
    },
};
use redress_domain::{
    State,
    life::{Input, Refusal, Work},
};
use redress_runtime::{Decision, Refused};

use super::{
    admit::for_ever,
    turn::{Turn, refused},
};
use crate::state::Request;

pub(super) fn decide(mut turn: Turn<'_>, deed: &Deed) -> Decision<Request> {
    let done = match &deed.what {
        None => Err(Refused::new("unreadable", "the deed says nothing")),
        Some(deed::What::Verified(verification)) => verified(&mut turn, verification),
        Some(deed::What::Approve(approve)) => approved(&mut turn, approve),
        Some(deed::What::Decline(decline)) => declined(&mut turn, decline),
        Some(deed::What::Cancel(cancel)) => {
            plain(&mut turn, Input::Cancel, &cancel.reason, "asked to be taken back")
        }
        Some(deed::What::Candidates(candidates)) => decided(&mut turn, candidates),
        Some(deed::What::AcceptRemains(accept)) => accepted(&mut turn, accept),
        Some(deed::What::Retry(_)) => retried(&mut turn),
        Some(deed::What::GiveUp(give_up)) => given_up(&mut turn, &give_up.reason),
    };
    match done {
        Ok(()) => turn.finish(),
        Err(why) => Decision::Refused(why),
    }
}

fn plain(turn: &mut Turn<'_>, input: Input, words: &Option<Sealed>, line: &str) -> Result<(), Refused> {
    turn.advance(input).map_err(refused)?;
    turn.request.kept.words.clone_from(words);
    turn.line("", line);
    Ok(())
}

/// Not while a service may still change data: what it has done would stand nowhere.
fn given_up(turn: &mut Turn<'_>, words: &Option<Sealed>) -> Result<(), Refused> {
    let effects = [Work::Withdraw, Work::Restore, Work::Purge, Work::Apply, Work::Poll];
    if turn.request.life.stuck && turn.work().is_some_and(|work| effects.contains(&work)) {
        not_under_way(turn)?;
    }
    plain(turn, Input::GiveUp, words, "given up by a person")
}

fn not_under_way(turn: &Turn<'_>) -> Result<(), Refused> {
    match turn.command() {
        None => Ok(()),
        Some(_) => {
            let detail = "a service may still be at it and has not answered: have it asked again";
            Err(Refused::new("under_way", detail))
        }
    }
}

fn verified(turn: &mut Turn<'_>, verification: &Verification) -> Result<(), Refused> {
    turn.advance(Input::Verified).map_err(refused)?;
    turn.request.admission.verification = Some(verification.clone());
    turn.request.admission.verified = true;
    let event = RequestVerified { verification: Some(for_ever(verification)) };
    turn.event(What::RequestVerified(event), "the requester is verified");
    Ok(())
}

/// Only the plan that was seen is approved.
fn approved(turn: &mut Turn<'_>, approve: &Approve) -> Result<(), Refused> {
    let retained = turn.request.retains();
    turn.advance(Input::Approved { retained }).map_err(refused)?;
    let plan_digest = approve.plan_digest.clone();
    if plan_digest.is_none() || plan_digest != turn.request.kept.plan_digest {
        let detail = "the plan is another one by now: look at it, and approve that";
        return Err(Refused::new("plan_changed", detail));
    }
    if turn.request.is_unknown() {
        let detail =
            "no system was searched, so that nothing is planned: have it searched again, or decline it";
        return Err(Refused::new("nothing_searched", detail));
    }
    all_decided(&turn.request, approve)?;
    let left_undecided = turn.leave_undecided();
    let event = RequestApproved { plan_digest, standing_approval: String::new(), left_undecided };
    let said = match left_undecided {
        0 => "the plan is approved".to_owned(),
        many => format!("the plan is approved; candidates left undecided: {many}"),
    };
    turn.event(What::RequestApproved(event), said);
    Ok(())
}

/// Candidates are left out only by word of the approver, or, identifiers, by the tenant's settings.
fn all_decided(request: &Request, approve: &Approve) -> Result<(), Refused> {
    let is_left = |it: &Candidate| approve.leave_undecided_identifiers && it.identifier.is_some();
    let open = request.undecided().filter(|it| !approve.leave_undecided && !is_left(it)).count();
    if open > 0 {
        let detail = format!(
            "{open} candidates are not decided on: accept or reject each, or leave what is undecided out of it"
        );
        return Err(Refused::new("undecided_candidates", detail));
    }
    Ok(())
}

fn declined(turn: &mut Turn<'_>, decline: &Decline) -> Result<(), Refused> {
    turn.advance(Input::Declined).map_err(refused)?;
    turn.request.kept.words.clone_from(&decline.reason);
    turn.event_with(What::RequestDeclined(RequestDeclined::default()), "", decline.reason.clone());
    Ok(())
}

/// Discovery goes again with what was decided; a candidate may be decided on anew.
fn decided(turn: &mut Turn<'_>, decided: &DecideCandidates) -> Result<(), Refused> {
    turn.advance(Input::CandidatesDecided).map_err(refused)?;
    let kept = &turn.request.kept;
    let found = kept.inventory.iter().flat_map(|inventory| &inventory.candidates).map(|it| &it.id);
    let before = kept.accepted_candidates.iter().chain(&kept.rejected_candidates);
    // Whoever handed the request in vouches for what was given with it.
    let used: Vec<String> =
        kept.identifiers.iter().filter(|it| it.round > 0).map(SealedIdentifier::id).collect();
    let known: Vec<&String> = found.chain(before).chain(&used).collect();
    let (accepted, rejected) = (&decided.accepted, &decided.rejected);
    if !accepted.iter().chain(rejected).all(|id| known.contains(&id)) {
        return Err(Refused::new("unknown_candidate", "the inventory has no candidate of such an id"));
    }
    if accepted.iter().any(|id| rejected.contains(id)) {
        return Err(Refused::new("undecided", "a candidate is both accepted and rejected"));
    }
    let kept = &mut turn.request.kept;
    for list in [&mut kept.accepted_candidates, &mut kept.rejected_candidates] {
        list.retain(|id| !accepted.contains(id) && !rejected.contains(id));
    }
    kept.accepted_candidates.extend(accepted.iter().cloned());
    kept.rejected_candidates.extend(rejected.iter().cloned());
    let rows = decided.rejected_rows.iter().filter(|id| !kept.rejected_candidates.contains(id));
    let rows: Vec<String> = rows.cloned().collect();
    let many = rejected.len() + rows.len();
    kept.rejected_candidates.extend(rows);
    let line = format!("{} accepted, {many} rejected", accepted.len());
    turn.line_with("", line, decided.reason.clone());
    Ok(())
}

/// What is missing from a draft is accepted as what is left after a delete is.
fn accepted(turn: &mut Turn<'_>, accept: &AcceptRemains) -> Result<(), Refused> {
    let input = match turn.request.life.state {
        State::ContentReview => Input::ContentReviewed,
        State::Checking => {
            not_under_way(turn)?;
            Input::RemainsAccepted
        }
        _ => Input::RemainsAccepted,
    };
    turn.advance(input).map_err(refused)?;
    turn.request.kept.words.clone_from(&accept.reason);
    turn.event_with(What::RemainsAccepted(RemainsAccepted::default()), "", accept.reason.clone());
    Ok(())
}

/// A step that was not answered is asked for again by the same command, so that it is not done twice; one
/// that failed, by a new one. What was not searched is searched again, and so are rows that were seen after the effect (a
/// trigger may have written them): no plan names them. Else what remained is purged again by the plan that was approved
/// for it.
fn retried(turn: &mut Turn<'_>) -> Result<(), Refused> {
    let life = &turn.request.life;
    let unsearched = unsearched(turn.request.searched()).next().is_some();
    match life.state {
        State::InReview if unsearched || turn.request.is_unknown() => return searched_again(turn),
        State::Checking if turn.command().is_some() => {}
        State::Checking if unsearched || rows_remain(turn) => return searched_again(turn),
        State::Checking if life.on_hold => return Err(refused(Refusal::OnHold)),
        State::Checking => {
            turn.line("", "what remained is tried again");
            turn.send(Work::Purge);
            return Ok(());
        }
        _ => turn.advance(Input::Retry).map_err(refused)?,
    }
    turn.line("", "tried again");
    if turn.command().is_some() {
        turn.send_again();
        turn.sweep_after(0);
    }
    Ok(())
}

/// Whether looking again after the effect found rows.
fn rows_remain(turn: &Turn<'_>) -> bool {
    let outcomes = turn.request.kept.outcomes.iter();
    outcomes.flat_map(|outcome| &outcome.datasets).any(|dataset| dataset.remains > 0)
}

fn searched_again(turn: &mut Turn<'_>) -> Result<(), Refused> {
    turn.advance(Input::SearchAgain).map_err(refused)?;
    turn.line("", "searched again");
    Ok(())
}
