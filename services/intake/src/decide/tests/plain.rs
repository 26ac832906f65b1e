//! Plain lives, and each promise of the decision by hand.

use redress_contracts::v1::{self, Phase, Status, deed, event::What};
use redress_domain::{Closing, Kind, State, life::Waits};

use super::world::{World, discovered, executed};
use crate::decide::{
    Answer,
    turn::{SWEEP, SWEEPS_MAX},
};

fn names(world: &World) -> Vec<&'static str> {
    world.events.iter().filter_map(redress_contracts::event_name).collect()
}

/// What a person wrote.
fn reason() -> Option<v1::Sealed> {
    Some(v1::Sealed { format: 1, body: b"because".to_vec() })
}

/// In review, with rows found.
fn in_review(kind: Kind) -> World {
    let mut world = World::admitted(kind, true);
    world.answer(Answer::Discovered(discovered(11, 0))).unwrap();
    assert_eq!(world.life().state, State::InReview);
    world
}

fn purging() -> World {
    let mut world = in_review(Kind::Delete);
    world.approve().unwrap();
    assert_eq!(world.life().state, State::Purging);
    world
}

#[test]
fn an_export_goes_from_hand_to_hand_to_its_package() {
    let mut world = World::admitted(Kind::Export, false);
    assert!(world.commands.is_empty(), "nothing is looked up for who is not verified");
    world.deed(deed::What::Verified(v1::Verification::default())).unwrap();
    world.answer(Answer::Discovered(discovered(11, 0))).unwrap();
    world.approve().unwrap();
    let outcomes = executed(Phase::Unspecified, Status::Done).outcomes;
    world.answer(Answer::Collected(v1::Collected { outcomes, ..v1::Collected::default() })).unwrap();
    let package = Some(v1::PackageSummary { package: "p".to_owned(), ..v1::PackageSummary::default() });
    let released = v1::Released { package, last_sequence: 7, ..v1::Released::default() };
    world.answer(Answer::Released(released)).unwrap();
    assert_eq!(world.life().closing, Some(Closing::Completed));
    let events = ["received", "linked", "verified", "approved", "closed"].map(|it| format!("request.{it}"));
    assert_eq!(names(&world), events);
    let last: Vec<(String, u64)> = world.kept().last_sequences.clone().into_iter().collect();
    let expected = [("discovery", 3), ("export", 7), ("intake", 5)];
    assert_eq!(last, expected.map(|(sender, last)| (sender.to_owned(), last)));
    let lines: Vec<&str> = world.kept().timeline.iter().map(|line| line.detail.as_str()).collect();
    assert!(lines.contains(&"found 11 rows in 1 dataset of 1 system"), "{lines:?}");
    assert_eq!(world.kept().package.as_ref().map(|package| package.package.as_str()), Some("p"));
}

#[test]
fn a_subject_is_found_by_what_names_one_person_alone() {
    let world = World::admitted(Kind::Access, true);
    assert_eq!(world.indexed, [vec![1; 32]], "not by a phone or a name");
}

#[test]
fn the_ledger_hears_of_a_requester_only_what_kind_they_are() {
    let world = World::admitted(Kind::Access, true);
    let Some(What::RequestReceived(received)) = &world.events[0].what else { panic!() };
    assert_eq!(received.requester, Some(v1::Requester { kind: 2, ..v1::Requester::default() }));
    let mut unverified = World::admitted(Kind::Access, false);
    let (method, by) = ("she phoned".to_owned(), "Nuala".to_owned());
    let given = v1::Verification { method, by, level: 3, ..v1::Verification::default() };
    unverified.deed(deed::What::Verified(given)).unwrap();
    let Some(What::RequestVerified(verified)) = &unverified.events.last().unwrap().what else { panic!() };
    assert_eq!(verified.verification, Some(v1::Verification { level: 3, ..v1::Verification::default() }));
}

#[test]
fn nothing_is_found_only_where_everybody_answered() {
    let unknown = |status| {
        let mut answer = discovered(0, 0);
        answer.inventory.as_mut().unwrap().systems[0].status = status as i32;
        answer
    };
    let ambiguous = v1::Discovered { ambiguous_identity: true, ..discovered(0, 0) };
    let mut nobody_asked = unknown(Status::Unspecified);
    nobody_asked.inventory.as_mut().unwrap().systems[0].asked = false;
    let no_systems = v1::Discovered { inventory: None, ..discovered(0, 0) };
    let cases = [
        (nobody_asked, State::InReview),
        (no_systems, State::InReview),
        (discovered(0, 0), State::Closed),
        (discovered(0, 1), State::InReview),
        (discovered(1, 0), State::InReview),
        (unknown(Status::Failed), State::InReview),
        (unknown(Status::Partial), State::InReview),
        (unknown(Status::Refused), State::InReview),
        (ambiguous, State::InReview),
    ];
    for (i, (answer, state)) in cases.into_iter().enumerate() {
        let mut world = World::admitted(Kind::Delete, true);
        world.answer(Answer::Discovered(answer)).unwrap();
        assert_eq!(world.life().state, state, "case {i}");
    }
}

#[test]
fn only_the_plan_that_was_seen_is_approved() {
    let mut world = in_review(Kind::Delete);
    assert_eq!(world.deed(deed::What::Retry(v1::Retry {})), Err("not_now"), "all of it was searched");
    for plan_digest in [None, Some(v1::Digest { sha256: vec![1] })] {
        let refused = world.deed(deed::What::Approve(v1::Approve { plan_digest, ..v1::Approve::default() }));
        assert_eq!(refused, Err("plan_changed"));
    }
    assert_eq!(world.life().state, State::InReview);
    world.approve().unwrap();
    assert_eq!(world.approve(), Err("not_now"));
}

#[test]
fn a_plan_that_is_not_what_its_digest_says_is_not_shown() {
    let mut world = World::admitted(Kind::Delete, true);
    let plan_digest = Some(v1::Digest { sha256: vec![1; 32] });
    world.answer(Answer::Discovered(v1::Discovered { plan_digest, ..discovered(1, 0) })).unwrap();
    assert!(world.life().stuck);
}

#[test]
fn a_plan_that_no_longer_fits_goes_back_to_discovery() {
    let mut world = purging();
    let changed = v1::Executed { plan_changed: true, ..executed(Phase::Purge, Status::Done) };
    world.answer(Answer::Executed(changed)).unwrap();
    assert_eq!(world.life().state, State::Discovering);
    world.answer(Answer::Discovered(discovered(12, 0))).unwrap();
    assert_eq!(world.life().state, State::InReview, "and is approved anew");
}

#[test]
fn undecided_candidates_are_left_out_by_word_alone_and_decided_ones_are_told_to_discovery() {
    let mut world = World::admitted(Kind::Delete, true);
    world.answer(Answer::Discovered(discovered(1, 3))).unwrap();
    let decide = |accepted: &[&str], rejected: &[&str]| {
        let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
        deed::What::Candidates(v1::DecideCandidates {
            accepted: ids(accepted),
            rejected: ids(rejected),
            ..v1::DecideCandidates::default()
        })
    };
    assert_eq!(world.deed(decide(&["c9"], &[])), Err("unknown_candidate"));
    assert_eq!(world.deed(decide(&["c1"], &["c1"])), Err("undecided"));
    world.deed(decide(&["c1"], &["c2"])).unwrap();
    let (_, out) = world.commands.last().unwrap();
    let discover: v1::Discover = prost::Message::decode(out.body.as_slice()).unwrap();
    assert_eq!(
        (discover.accepted_candidates, discover.rejected_candidates),
        (vec!["c1".into()], vec!["c2".into()])
    );
    world.answer(Answer::Discovered(discovered(1, 0))).unwrap();
    world.deed(decide(&["c2"], &[])).unwrap();
    assert_eq!(world.kept().accepted_candidates, ["c1", "c2"], "what was decided may be decided anew");
    world.answer(Answer::Discovered(discovered(1, 3))).unwrap();
    assert_eq!(world.approve(), Err("undecided_candidates"), "c0 is left");
    let plan_digest = world.kept().plan_digest.clone();
    let approve = v1::Approve { plan_digest, leave_undecided: true, ..v1::Approve::default() };
    world.deed(deed::What::Approve(approve)).unwrap();
    assert_eq!(world.life().state, State::Purging);
    let Some(What::RequestApproved(approved)) = &world.events.last().unwrap().what else { panic!() };
    assert_eq!(approved.left_undecided, 1);
    assert_eq!(world.state.as_ref().unwrap().left_undecided(), 1);
}

/// The tenant's setting speaks for identifiers alone.
#[test]
fn undecided_identifiers_are_left_out_by_the_tenants_setting() {
    for (is_identifier, allowed) in [(true, Ok(true)), (false, Err("undecided_candidates"))] {
        let mut world = World::admitted(Kind::Delete, true);
        let mut answer = discovered(1, 1);
        let candidate = &mut answer.inventory.as_mut().unwrap().candidates[0];
        candidate.identifier = is_identifier.then(v1::SealedIdentifier::default);
        world.answer(Answer::Discovered(answer)).unwrap();
        let plan_digest = world.kept().plan_digest.clone();
        let approve =
            v1::Approve { plan_digest, leave_undecided_identifiers: true, ..v1::Approve::default() };
        assert_eq!(world.deed(deed::What::Approve(approve)), allowed, "{is_identifier}");
    }
}

/// What was used is rejected, and so is a row by its id, which no inventory names.
#[test]
fn a_used_identifier_and_a_found_row_can_be_rejected() {
    let mut world = World::admitted(Kind::Delete, true);
    let used = v1::SealedIdentifier { blind: vec![9; 32], round: 1, ..v1::SealedIdentifier::default() };
    let given = world.kept().identifiers[0].clone();
    let answer = v1::Discovered { identifiers: vec![given.clone(), used.clone()], ..discovered(1, 0) };
    world.answer(Answer::Discovered(answer)).unwrap();
    let reject = |rejected: String, rows: &[&str]| {
        deed::What::Candidates(v1::DecideCandidates {
            rejected: vec![rejected],
            rejected_rows: rows.iter().map(|id| (*id).to_owned()).collect(),
            ..v1::DecideCandidates::default()
        })
    };
    assert_eq!(
        world.deed(reject(given.id(), &[])),
        Err("unknown_candidate"),
        "whoever handed it in vouches for it"
    );
    world.deed(reject(used.id(), &["row"])).unwrap();
    assert_eq!(world.kept().rejected_candidates, [used.id(), "row".to_owned()]);
}

#[test]
fn silence_is_asked_again_by_the_same_command_and_ends_with_a_person() {
    let mut world = World::admitted(Kind::Access, true);
    let command = world.commands[0].1.id;
    let begun = redress_domain::Clock::now(&*world.clock);
    for _ in 1..SWEEPS_MAX {
        assert!(world.fire(SWEEP));
    }
    assert!(!world.life().stuck && world.resent.iter().all(|id| *id == command));
    assert!(world.fire(SWEEP));
    assert!(world.life().stuck && !world.timers.contains_key(SWEEP));
    let days = redress_domain::Clock::now(&*world.clock).duration_since(begun).as_hours() / 24;
    assert_eq!(days, 3, "longer than the services' own patience with the systems");
    assert_eq!(names(&world).last(), Some(&"request.stuck"));
    world.deed(deed::What::Retry(v1::Retry {})).unwrap();
    assert_eq!(world.commands.len(), 1, "what may have been done is not asked for anew");
    assert_eq!(world.resent.last(), Some(&command));
    world.answer(Answer::Discovered(discovered(1, 0))).unwrap();
    assert_eq!(world.life().state, State::InReview);
}

#[test]
fn an_answer_that_comes_after_patience_has_ended_still_counts() {
    let mut world = World::admitted(Kind::Access, true);
    (0..SWEEPS_MAX).for_each(|_| assert!(world.fire(SWEEP)));
    world.answer(Answer::Discovered(discovered(1, 0))).unwrap();
    assert_eq!((world.life().state, world.life().stuck), (State::InReview, false));
    assert_eq!(world.kept().reason, "");
}

#[test]
fn a_failure_waits_for_a_person_who_has_it_asked_anew() {
    for silent_before in [false, true] {
        let mut world = World::admitted(Kind::Access, true);
        if silent_before {
            (0..SWEEPS_MAX).for_each(|_| assert!(world.fire(SWEEP)));
        }
        let failure = "the map is gone".to_owned();
        world.answer(Answer::Discovered(v1::Discovered { failure, ..discovered(1, 0) })).unwrap();
        assert!(world.life().stuck);
        assert_eq!(world.kept().reason, "discovery: the map is gone");
        assert_eq!(names(&world).iter().filter(|name| **name == "request.stuck").count(), 1);
        world.deed(deed::What::Retry(v1::Retry {})).unwrap();
        assert_eq!(world.commands.len(), 2, "the answer to the first is known");
    }
}

#[test]
fn what_is_given_up_while_a_service_is_silent_is_told_to_stop() {
    let mut world = World::admitted(Kind::Delete, true);
    (0..SWEEPS_MAX).for_each(|_| assert!(world.fire(SWEEP)));
    world.deed(deed::What::GiveUp(v1::GiveUp { reason: reason() })).unwrap();
    let (to, out) = world.commands.last().unwrap();
    assert_eq!((to.as_str(), out.kind.as_str()), ("discovery", "redress.v1.Stop"));
    let stop: v1::Stop = prost::Message::decode(out.body.as_slice()).unwrap();
    assert_eq!(stop.reason, "", "what a person wrote stays with the request");
    assert_eq!((world.life().closing, world.kept().words.clone()), (Some(Closing::Failed), reason()));
}

#[test]
fn nothing_is_closed_while_data_may_still_be_changed() {
    let give_up = || deed::What::GiveUp(v1::GiveUp { reason: reason() });
    let mut silent = purging();
    (0..SWEEPS_MAX).for_each(|_| assert!(silent.fire(SWEEP)));
    assert_eq!(silent.deed(give_up()), Err("under_way"));
    silent.answer(Answer::Executed(executed(Phase::Purge, Status::Done))).unwrap();
    assert_eq!(silent.life().closing, Some(Closing::Completed), "and the late answer counts");
    assert_eq!(silent.kept().last_sequences["deletion"], 2);

    let mut failed = purging();
    let failure = "the disk is full".to_owned();
    failed.answer(Answer::Executed(v1::Executed { failure, ..v1::Executed::default() })).unwrap();
    failed.deed(give_up()).unwrap();
    assert_eq!(failed.life().closing, Some(Closing::Failed), "what was answered is not under way");
}

/// Two systems of which the second was not searched, for this reason.
fn half_searched(rows: u64, status: Status) -> v1::Discovered {
    let mut answer = discovered(rows, 0);
    answer.inventory.as_mut().unwrap().systems.push(v1::SystemInventory {
        system: "shop".to_owned(),
        asked: true,
        status: status as i32,
        reason: "it is away".to_owned(),
        ..v1::SystemInventory::default()
    });
    answer
}

#[test]
fn a_system_that_was_not_searched_is_never_called_complete() {
    for status in [Status::Failed, Status::Partial, Status::Refused, Status::Elsewhere] {
        let mut delete = World::admitted(Kind::Delete, true);
        let mut found = delete.kept().identifiers.clone();
        found.push(v1::SealedIdentifier { blind: vec![9; 32], ..v1::SealedIdentifier::default() });
        let identifiers = found.clone();
        let answer = v1::Discovered { identifiers, ..half_searched(3, status) };
        delete.answer(Answer::Discovered(answer)).unwrap();
        delete.approve().unwrap();
        delete.answer(Answer::Executed(executed(Phase::Purge, Status::Done))).unwrap();
        assert_eq!(delete.life().state, State::Checking, "{status:?}");
        let outcomes = delete.state.as_ref().unwrap().outcomes();
        let shop = outcomes.iter().find(|outcome| outcome.system == "shop").unwrap();
        assert_eq!((shop.status(), shop.reason.contains("it is away")), (status, true));
        // Searched again, and by a new plan that is approved anew, it comes to its end.
        delete.deed(deed::What::Retry(v1::Retry {})).unwrap();
        assert_eq!(delete.life().state, State::Discovering);
        let (_, out) = delete.commands.last().unwrap();
        let discover: v1::Discover = prost::Message::decode(out.body.as_slice()).unwrap();
        assert_eq!(discover.identifiers, found, "the rows that led there may be gone");
        delete.answer(Answer::Discovered(discovered(0, 0))).unwrap();
        assert_eq!(delete.life().closing, Some(Closing::Completed), "something was deleted");

        let mut export = World::admitted(Kind::Export, true);
        export.answer(Answer::Discovered(half_searched(3, status))).unwrap();
        export.approve().unwrap();
        let (_, out) = export.commands.last().unwrap();
        let collect: v1::Collect = prost::Message::decode(out.body.as_slice()).unwrap();
        assert_eq!(collect.searched, export.kept().inventory.as_ref().unwrap().systems);
        let outcomes = executed(Phase::Unspecified, Status::Done).outcomes;
        export.answer(Answer::Collected(v1::Collected { outcomes, ..v1::Collected::default() })).unwrap();
        assert_eq!(export.life().state, State::ContentReview, "{status:?}");
        export.deed(deed::What::AcceptRemains(v1::AcceptRemains { reason: reason() })).unwrap();
        export.answer(Answer::Released(v1::Released::default())).unwrap();
        assert_eq!(export.life().closing, Some(Closing::CompletedRemains));
    }
}

#[test]
fn where_no_system_was_searched_nothing_is_approved() {
    for status in [Status::Unspecified, Status::Failed, Status::Refused, Status::Elsewhere] {
        for kind in [Kind::Access, Kind::Export, Kind::Delete] {
            let mut world = World::admitted(kind, true);
            let mut answer = discovered(0, 0);
            let system = &mut answer.inventory.as_mut().unwrap().systems[0];
            (system.asked, system.status) = (status != Status::Unspecified, status as i32);
            system.reason = "nothing there can be used".to_owned();
            world.answer(Answer::Discovered(answer)).unwrap();
            assert_eq!(world.life().state, State::InReview, "{status:?} {kind}");
            assert_eq!(world.approve(), Err("nothing_searched"));
            let said = &world.kept().timeline.last().unwrap().detail;
            assert!(said.contains("nothing there can be used"), "it says why: {said}");
            world.deed(deed::What::Retry(v1::Retry {})).unwrap();
            world.answer(Answer::Discovered(discovered(0, 0))).unwrap();
            assert_eq!(world.life().closing, Some(Closing::NoDataFound));
        }
    }
}

#[test]
fn less_than_was_planned_is_shown_to_a_person() {
    let mut world = in_review(Kind::Access);
    world.approve().unwrap();
    let mut outcomes = executed(Phase::Unspecified, Status::Done).outcomes;
    outcomes[0].datasets = vec![v1::DatasetOutcome { planned: 11, done: 10, ..Default::default() }];
    world.answer(Answer::Collected(v1::Collected { outcomes, ..v1::Collected::default() })).unwrap();
    assert_eq!(world.life().state, State::ContentReview);
}

#[test]
fn what_was_done_before_the_plan_changed_is_not_forgotten() {
    let of = |system: &str, status: Status, done| v1::SystemOutcome {
        system: system.to_owned(),
        status: status as i32,
        plan_changed: status == Status::Refused,
        datasets: (done > 0).then(|| v1::DatasetOutcome { done, ..Default::default() }).into_iter().collect(),
        ..v1::SystemOutcome::default()
    };
    let half = || {
        let mut world = purging();
        let outcomes = vec![of("bookings", Status::Done, 11), of("shop", Status::Refused, 0)];
        let changed = v1::Executed { plan_changed: true, outcomes, ..executed(Phase::Purge, Status::Done) };
        world.answer(Answer::Executed(changed)).unwrap();
        assert_eq!((world.life().state, world.life().irrevocable), (State::Discovering, true));
        world
    };
    let cancel = || deed::What::Cancel(v1::Cancel { reason: reason() });
    let done = |world: &World| -> u64 {
        let outcomes = world.state.as_ref().unwrap().outcomes();
        outcomes.iter().flat_map(|outcome| &outcome.datasets).map(|dataset| dataset.done).sum()
    };
    let mut nothing_more = half();
    assert_eq!(nothing_more.deed(cancel()), Err("irreversible"));
    nothing_more.answer(Answer::Discovered(discovered(0, 0))).unwrap();
    assert_eq!((nothing_more.life().closing, done(&nothing_more)), (Some(Closing::Completed), 11));

    let mut more = half();
    more.answer(Answer::Discovered(discovered(2, 0))).unwrap();
    assert_eq!(more.deed(cancel()), Err("irreversible"));
    assert_eq!(more.deed(deed::What::Decline(v1::Decline { reason: reason() })), Err("irreversible"));
    more.approve().unwrap();
    let outcomes = vec![of("shop", Status::Done, 2)];
    more.answer(Answer::Executed(v1::Executed { outcomes, ..executed(Phase::Purge, Status::Done) })).unwrap();
    assert_eq!((more.life().closing, done(&more)), (Some(Closing::Completed), 13));

    let mut left = half();
    left.answer(Answer::Discovered(discovered(2, 0))).unwrap();
    left.deed(deed::What::AcceptRemains(v1::AcceptRemains { reason: reason() })).unwrap();
    assert_eq!((left.life().closing, done(&left)), (Some(Closing::CompletedRemains), 11));
}

#[test]
fn what_is_taken_back_stops_first_and_says_why_at_the_end() {
    for (too_late, state) in [(false, State::Closed), (true, State::Discovering)] {
        let mut world = World::admitted(Kind::Access, true);
        world.deed(deed::What::Cancel(v1::Cancel { reason: reason() })).unwrap();
        let stale = world.commands[0].1.id.to_string();
        assert_eq!(world.answer_to(&stale, Answer::Discovered(discovered(1, 0))), Ok(false));
        world.answer(Answer::Stopped(v1::Stopped { too_late, ..v1::Stopped::default() })).unwrap();
        assert_eq!(world.life().state, state);
        assert_eq!(world.kept().words, if too_late { None } else { reason() });
    }
    assert_eq!(purging().deed(deed::What::Cancel(v1::Cancel::default())), Err("irreversible"));
}

#[test]
fn a_package_that_was_delivered_before_the_stop_counts() {
    let mut world = in_review(Kind::Access);
    world.approve().unwrap();
    world.answer(Answer::Collected(v1::Collected::default())).unwrap();
    let release = world.kept().command.clone();
    world.deed(deed::What::Cancel(v1::Cancel { reason: reason() })).unwrap();
    let failed = v1::Released { failure: "no".to_owned(), ..v1::Released::default() };
    assert_eq!(world.answer_to(&release, Answer::Released(failed)), Ok(false));
    assert_eq!(world.answer_to(&release, Answer::Released(v1::Released::default())), Ok(true));
    assert_eq!((world.life().closing, world.kept().words.clone()), (Some(Closing::Completed), None));
}

#[test]
fn the_due_date_is_called_out_once() {
    let mut world = in_review(Kind::Access);
    assert!(world.fire("overdue"));
    assert_eq!(names(&world).last(), Some(&"request.overdue"));
    assert!(!world.fire("overdue"));
}

#[test]
fn what_remains_is_looked_at_again_or_accepted_by_name() {
    let remaining = || {
        let mut world = purging();
        world.answer(Answer::Executed(executed(Phase::Purge, Status::Partial))).unwrap();
        assert_eq!(world.life().state, State::Checking);
        world
    };
    let mut changed = remaining();
    changed.deed(deed::What::Retry(v1::Retry {})).unwrap();
    let answer = v1::Executed { plan_changed: true, ..executed(Phase::Purge, Status::Refused) };
    changed.answer(Answer::Executed(answer)).unwrap();
    assert_eq!(changed.life().state, State::Discovering, "the approved plan does not fit what remained");
    changed.answer(Answer::Discovered(discovered(2, 0))).unwrap();
    assert_eq!(changed.life().state, State::InReview, "and another is approved");

    let mut again = remaining();
    again.deed(deed::What::Retry(v1::Retry {})).unwrap();
    let command = again.kept().command.clone();
    again.deed(deed::What::Retry(v1::Retry {})).unwrap();
    assert_eq!(again.kept().command, command, "it is asked again by the same command");
    again.answer(Answer::Executed(executed(Phase::Purge, Status::Done))).unwrap();
    assert_eq!(again.life().closing, Some(Closing::Completed));

    let mut silent = remaining();
    silent.deed(deed::What::Retry(v1::Retry {})).unwrap();
    (0..SWEEPS_MAX).for_each(|_| assert!(silent.fire(SWEEP)));
    assert!(matches!(silent.life().waits(), Waits::Person(_)));
    let accept = || deed::What::AcceptRemains(v1::AcceptRemains { reason: reason() });
    assert_eq!(silent.deed(accept()), Err("under_way"));
    silent.deed(deed::What::Retry(v1::Retry {})).unwrap();

    let mut accepted = remaining();
    accepted.deed(deed::What::AcceptRemains(v1::AcceptRemains { reason: reason() })).unwrap();
    assert_eq!(accepted.life().closing, Some(Closing::CompletedRemains));
    assert!(names(&accepted).contains(&"remains.accepted"));

    let mut tried = remaining();
    tried.deed(deed::What::Retry(v1::Retry {})).unwrap();
    assert_eq!(tried.deed(accept()), Err("under_way"));
    tried.answer(Answer::Executed(executed(Phase::Purge, Status::Partial))).unwrap();
    tried.deed(accept()).unwrap();
    assert_eq!(tried.life().closing, Some(Closing::CompletedRemains));
}

#[test]
fn a_provider_that_still_works_keeps_the_request_open() {
    let mut world = purging();
    world.answer(Answer::Executed(executed(Phase::Purge, Status::Pending))).unwrap();
    assert_eq!(world.life().state, State::Expunging);
    world.answer(Answer::Executed(executed(Phase::Check, Status::Pending))).unwrap();
    assert_eq!(world.life().state, State::Checking, "what is not over when it should be remains");
}

#[test]
fn what_is_missing_from_a_draft_is_shown_to_a_person_before_it_is_released() {
    for status in [Status::Failed, Status::Partial, Status::Refused, Status::Elsewhere] {
        let mut world = in_review(Kind::Access);
        world.approve().unwrap();
        let outcomes = executed(Phase::Unspecified, status).outcomes;
        world.answer(Answer::Collected(v1::Collected { outcomes, ..v1::Collected::default() })).unwrap();
        assert_eq!(world.life().state, State::ContentReview, "{status:?}");
        world.deed(deed::What::AcceptRemains(v1::AcceptRemains { reason: reason() })).unwrap();
        world.answer(Answer::Released(v1::Released::default())).unwrap();
        assert_eq!(world.life().closing, Some(Closing::CompletedRemains));
    }
}

#[test]
fn planned_keeps_show_in_the_closing() {
    let mut world = World::admitted(Kind::Delete, true);
    let mut answer = discovered(3, 0);
    let plan = answer.plan.as_mut().unwrap();
    plan.systems[0].datasets[0].ground = v1::Ground::Policy as i32;
    answer.plan_digest = Some(redress_contracts::digest_of(plan));
    world.answer(Answer::Discovered(answer)).unwrap();
    world.approve().unwrap();
    world.answer(Answer::Executed(executed(Phase::Purge, Status::Done))).unwrap();
    assert_eq!(world.life().closing, Some(Closing::CompletedRetained));
}

#[test]
fn the_timeline_keeps_its_first_line_and_the_newest() {
    let mut world = World::admitted(Kind::Access, true);
    for _ in 0..400 {
        let failure = "no".to_owned();
        world.answer(Answer::Discovered(v1::Discovered { failure, ..v1::Discovered::default() })).unwrap();
        world.deed(deed::What::Retry(v1::Retry {})).unwrap();
    }
    let timeline = &world.kept().timeline;
    assert_eq!(timeline.len(), 500);
    assert_eq!(
        (timeline[0].event.as_str(), timeline[499].detail.as_str()),
        ("request.received", "tried again")
    );
}
