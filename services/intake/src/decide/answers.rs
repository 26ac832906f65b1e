//! What the services answer. What does not answer the command that stands is stale.

use redress_contracts::{
    Contract as _, digest_of, is_searched, unsearched,
    v1::{
        Actor, Collected, Discovered, Executed, Phase, Released, RequestApproved, Status, Stopped,
        SystemInventory, SystemOutcome, event::What,
    },
};
use redress_domain::{
    Role, ServiceName, State,
    life::{Found, Input},
};
use redress_runtime::{Decision, Refused};

use super::{Answer, commands, turn::Turn};
use crate::{
    approvals::{ApprovalSettings, StandingApproval},
    state::Request,
};

pub(super) fn decide(
    mut turn: Turn<'_>,
    answer: &Answer,
    sender: &ServiceName,
    approvals: &[StandingApproval],
) -> Decision<Request> {
    if turn.request.life.is_closed() || !is_waited_for(&turn, answer) {
        return Decision::Seen;
    }
    turn.answered(sender, answer.last_sequence());
    if !answer.failure().is_empty() {
        return cannot_go_on(turn, &format!("{sender}: {}", answer.failure()));
    }
    match answer {
        Answer::Discovered(answer) => discovered(turn, answer, approvals),
        Answer::Collected(answer) => collected(turn, answer),
        Answer::Released(answer) => released(turn, answer),
        Answer::Executed(answer) => executed(turn, answer),
        Answer::Stopped(answer) => stopped(turn, answer),
    }
}

/// Besides the answer to the command that stands, a package that was delivered before export heard that it was
/// to stop: then it was too late.
fn is_waited_for(turn: &Turn<'_>, answer: &Answer) -> bool {
    let life = &turn.request.life;
    let delivered = matches!(answer, Answer::Released(released) if released.failure.is_empty());
    let too_late = delivered && life.cancelling && life.state == State::Releasing;
    too_late || turn.command().is_some_and(|command| answer.answers() == Some(command))
}

/// A service cannot go on, or is silent: a person has it tried again or gives it up.
pub(super) fn cannot_go_on(mut turn: Turn<'_>, why: &str) -> Decision<Request> {
    let step = turn.work().map_or("purge", commands::word);
    let was_stuck = turn.request.life.stuck;
    let stuck = turn.advance(Input::CannotGoOn).is_ok() || was_stuck;
    if stuck {
        turn.reason(why);
    }
    if was_stuck || !stuck {
        turn.line("", format!("{step} could not be done: {why}"));
    }
    turn.finish()
}

fn discovered(mut turn: Turn<'_>, answer: &Discovered, approvals: &[StandingApproval]) -> Decision<Request> {
    let digest = answer.plan.as_ref().map(digest_of);
    if digest != answer.plan_digest {
        return cannot_go_on(turn, "discovery's plan does not have the digest that it names");
    }
    let kept = &mut turn.request.kept;
    kept.inventory.clone_from(&answer.inventory);
    kept.plan.clone_from(&answer.plan);
    kept.plan_digest = digest;
    kept.left_undecided.clear();
    // What was done by an earlier plan stays done.
    let done = std::mem::take(&mut kept.outcomes);
    kept.earlier_outcomes.extend(done.into_iter().filter(may_have_changed));
    if !answer.identifiers.is_empty() {
        kept.identifiers.clone_from(&answer.identifiers);
    }
    let found = found(&turn.request, answer.ambiguous_identity);
    if turn.advance(Input::Discovered(found)).is_err() {
        return Decision::Seen;
    }
    turn.index(&answer.identifiers);
    let said = said_of_discovery(&turn.request);
    turn.line("discovery.completed", said);
    if turn.request.life.state == State::InReview {
        approved_beforehand(&mut turn, approvals);
    }
    turn.finish()
}

/// The first standing approval that speaks for the plan; where none does, a person reads why.
fn approved_beforehand(turn: &mut Turn<'_>, approvals: &[StandingApproval]) {
    let kind = turn.request.life.kind;
    for approval in approvals.iter().filter(|approval| approval.is_for(kind)) {
        let ApprovalSettings { name, by, .. } = &approval.settings;
        if let Some(why) = approval.objection(&turn.request, turn.moment.now) {
            turn.line("", format!("the standing approval {name} does not speak for it: {why}"));
            continue;
        }
        let retained = turn.request.retains();
        if turn.advance(Input::Approved { retained }).is_ok() {
            let plan_digest = turn.request.kept.plan_digest.clone();
            let left_undecided = turn.leave_undecided();
            let event = RequestApproved { plan_digest, standing_approval: name.clone(), left_undecided };
            let by = Actor { role: Role::TenantAdmin.number(), name: by.clone() };
            turn.in_the_name_of(by, |turn| {
                let said = format!("the plan is approved by the standing approval {name}");
                turn.event(What::RequestApproved(event), said);
            });
            return;
        }
    }
}

/// Nothing is found only where systems were asked, and every one of them has answered in full.
fn found(request: &Request, ambiguous: bool) -> Found {
    let asked: Vec<_> = request.searched().iter().filter(|system| system.asked).collect();
    let rows = |system: &SystemInventory| system.findings.iter().any(|finding| finding.count > 0);
    if ambiguous {
        Found::Ambiguous
    } else if request.undecided().next().is_none()
        && !asked.is_empty()
        && asked.iter().all(|system| is_searched(system) && !rows(system))
    {
        Found::Nothing
    } else {
        Found::Something
    }
}

fn said_of_discovery(request: &Request) -> String {
    let systems = request.searched();
    let (mut rows, mut datasets, mut with_rows) = (0, 0, 0);
    for system in systems {
        let of_system: Vec<_> = system.findings.iter().filter(|finding| finding.count > 0).collect();
        rows += of_system.iter().map(|finding| finding.count).sum::<u64>();
        datasets += of_system.len() as u64;
        with_rows += u64::from(!of_system.is_empty());
    }
    let found = match rows {
        0 if systems.iter().all(|system| !system.asked) => "no system was asked".to_owned(),
        0 => "found nothing".to_owned(),
        _ => {
            let of = [count(rows, "row"), count(datasets, "dataset"), count(with_rows, "system")];
            format!("found {} in {} of {}", of[0], of[1], of[2])
        }
    };
    let mut said = found;
    if let many @ 1.. = request.undecided().count() as u64 {
        said.push_str(&format!("; {} to decide on", count(many, "candidate")));
    }
    for system in unsearched(systems) {
        said.push_str(&format!("; {} was not searched in full: {}", system.system, system.reason));
    }
    if systems.iter().all(|system| !system.asked) {
        systems.iter().for_each(|it| said.push_str(&format!("; {}: {}", it.system, it.reason)));
    }
    said
}

fn count(number: u64, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

fn collected(mut turn: Turn<'_>, answer: &Collected) -> Decision<Request> {
    if let Some(changed) = answer.outcomes.iter().find(|outcome| outcome.plan_changed) {
        if turn.advance(Input::PlanChanged).is_err() {
            return Decision::Seen;
        }
        turn.line("", format!("{}: {}: it is searched again", changed.system, changed.reason));
        return turn.finish();
    }
    let unsearched = unsearched(turn.request.searched()).next().is_some();
    let missing =
        unsearched || answer.outcomes.iter().any(|outcome| is_missing(outcome) || is_short(outcome));
    if turn.advance(Input::Collected { review: false, missing }).is_err() {
        return Decision::Seen;
    }
    turn.request.kept.outcomes.clone_from(&answer.outcomes);
    turn.request.kept.draft.clone_from(&answer.draft);
    let records = answer.draft.as_ref().map(|draft| draft.records).unwrap_or_default();
    let but = if missing { ", but something is missing" } else { "" };
    turn.line("collection.completed", format!("collected {}{but}", count(records, "record")));
    turn.finish()
}

fn released(mut turn: Turn<'_>, answer: &Released) -> Decision<Request> {
    let cancelling = turn.request.life.cancelling;
    if turn.advance(Input::Released).is_err() {
        return Decision::Seen;
    }
    if cancelling {
        turn.request.kept.words = None;
    }
    turn.request.kept.package.clone_from(&answer.package);
    let records = answer.package.as_ref().map(|package| package.records).unwrap_or_default();
    turn.line("package.delivered", format!("a package of {} is there", count(records, "record")));
    turn.finish()
}

/// Data is not where it should be, or is where it should not: the system failed, forbade it, or leaves it to
/// somebody else.
fn is_missing(outcome: &SystemOutcome) -> bool {
    let bad = [Status::Failed, Status::Partial, Status::Refused, Status::Elsewhere];
    bad.contains(&outcome.status())
}

/// Less came than the plan counted.
fn is_short(outcome: &SystemOutcome) -> bool {
    outcome.datasets.iter().any(|dataset| dataset.done < dataset.planned)
}

/// Whether data was, or may have been, changed for good. One that failed may have done so after its work.
fn may_have_changed(outcome: &SystemOutcome) -> bool {
    let changed = [Status::Done, Status::Partial, Status::Pending, Status::Failed];
    !outcome.plan_changed && changed.contains(&outcome.status())
}

fn remains(outcomes: &[SystemOutcome]) -> bool {
    let left = |outcome: &SystemOutcome| outcome.datasets.iter().any(|dataset| dataset.remains > 0);
    outcomes.iter().any(|outcome| is_missing(outcome) || left(outcome))
}

fn executed(mut turn: Turn<'_>, answer: &Executed) -> Decision<Request> {
    let unsearched = unsearched(turn.request.searched()).next().is_some();
    let without_rule = turn.request.without_rule();
    let remains = remains(&answer.outcomes) || unsearched || !without_rule.is_empty();
    let pending = answer.outcomes.iter().any(|outcome| outcome.status() == Status::Pending);
    let input = match (answer.phase(), turn.request.life.state) {
        (Phase::Check, State::Expunging) => Input::Expunged { remains: remains || pending },
        _ if answer.plan_changed => Input::PlanChanged,
        // What is still not over, after a second try or when it was said to be, is something that remains.
        (Phase::Purge | Phase::Check, State::Checking) => Input::Checked { remains: remains || pending },
        (Phase::Withdraw, _) => Input::Withdrawn,
        (Phase::Restore, _) => Input::Restored,
        (Phase::Purge, _) => Input::Purged { remains, pending },
        (Phase::Apply, _) => Input::Applied { remains },
        (Phase::Check, _) => return Decision::Seen,
        (Phase::Lift | Phase::Unspecified, _) => {
            return Decision::Refused(Refused::new(
                "unreadable",
                "the answer is of a phase that nobody asked",
            ));
        }
    };
    if answer.outcomes.iter().any(may_have_changed) {
        turn.changed();
    }
    if turn.advance(input).is_err() {
        return Decision::Seen;
    }
    keep(&mut turn.request, &answer.outcomes);
    let (event, mut said) = said_of_execution(answer, remains, pending);
    if !without_rule.is_empty() && !answer.plan_changed {
        said.push_str(&format!(": no rule of the policy covers all of {}", without_rule.join(", ")));
    }
    turn.line(event, said);
    turn.finish()
}

/// Keeps what became of it, and of an earlier try what this one says nothing of any more.
fn keep(request: &mut Request, outcomes: &[SystemOutcome]) {
    let kept = &mut request.kept;
    let is_told =
        |old: &SystemOutcome| outcomes.iter().any(|it| it.system == old.system && !it.datasets.is_empty());
    let before = std::mem::replace(&mut kept.outcomes, outcomes.to_vec());
    let untold = before.into_iter().filter(|old| may_have_changed(old) && !is_told(old));
    kept.earlier_outcomes.extend(untold);
}

fn said_of_execution(answer: &Executed, remains: bool, pending: bool) -> (&'static str, String) {
    let changed = answer.outcomes.iter().any(may_have_changed);
    if answer.plan_changed && !changed {
        return ("", "the data is not what the plan says any more: nothing was changed".to_owned());
    }
    if let (false, Some(refused)) =
        (changed, answer.outcomes.iter().find(|it| it.status() == Status::Refused))
    {
        return ("", format!("nothing was changed: {} refused it: {}", refused.system, refused.reason));
    }
    let datasets = || answer.outcomes.iter().flat_map(|outcome| &outcome.datasets);
    let done = datasets().map(|dataset| dataset.done).sum();
    let kept = datasets().map(|dataset| dataset.kept).sum();
    let mut said = format!("{} done, {} kept", count(done, "row"), count(kept, "row"));
    if pending {
        said.push_str(", a provider still works on it");
    }
    if answer.plan_changed {
        let of = answer.outcomes.iter().filter(|outcome| outcome.plan_changed);
        let systems: Vec<&str> = of.map(|outcome| outcome.system.as_str()).collect();
        said.push_str(&format!(
            ", nothing in {}: the data is not what the plan says any more",
            systems.join(", ")
        ));
    } else if remains {
        said.push_str(", something remains");
    }
    let event = match answer.phase() {
        Phase::Purge => "deletion.purged",
        Phase::Withdraw => "deletion.withdrawn",
        _ => "",
    };
    (event, said)
}

fn stopped(mut turn: Turn<'_>, answer: &Stopped) -> Decision<Request> {
    if turn.advance(Input::Stopped { too_late: answer.too_late }).is_err() {
        return Decision::Seen;
    }
    if answer.too_late {
        turn.request.kept.outcomes.clone_from(&answer.outcomes);
        turn.request.kept.words = None;
        turn.line("", "it was too late to take it back: it goes on");
    } else {
        turn.line("", "stopped");
    }
    turn.finish()
}
