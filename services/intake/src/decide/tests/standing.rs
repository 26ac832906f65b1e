//! What a standing approval speaks for, and all that it never does.

use jiff::{SignedDuration, tz::TimeZone};
use redress_contracts::{
    digest_of,
    v1::{self, Discovered, Phase, Status, deed, event::What},
};
use redress_domain::{Clock as _, Kind, State};

use super::world::{World, discovered, executed};
use crate::{approvals::ApprovalSettings, decide::Answer};

/// The last day of it is the one on which it is asked.
fn approval() -> ApprovalSettings {
    let today = World::default().clock.now().to_zoned(TimeZone::get("Europe/Dublin").unwrap()).date();
    ApprovalSettings {
        name: "small".to_owned(),
        by: "ada".to_owned(),
        kinds: vec![Kind::Export, Kind::Delete],
        systems: vec!["bookings".parse().unwrap()],
        rows_max: 11,
        until: today,
        purges_at_once: true,
    }
}

/// Discovery's answer, its plan changed by this.
fn found(rows: u64, change: impl FnOnce(&mut v1::SystemPlan)) -> Discovered {
    let mut answer = discovered(rows, 0);
    let plan = answer.plan.as_mut().unwrap();
    plan.systems[0].system = "bookings".to_owned();
    change(&mut plan.systems[0]);
    answer.plan_digest = Some(digest_of(plan));
    answer
}

fn plain() -> Discovered {
    found(11, |_| {})
}

#[test]
fn it_approves_in_the_name_of_who_answers_for_it() {
    for (kind, state) in [(Kind::Export, State::Collecting), (Kind::Delete, State::Purging)] {
        let mut world = World::with_approvals(kind, vec![approval()]);
        world.answer(Answer::Discovered(plain())).unwrap();
        assert_eq!(world.life().state, state);
        let event = world.events.last().unwrap();
        let Some(What::RequestApproved(approved)) = &event.what else { panic!("{event:?}") };
        assert_eq!(approved.standing_approval, "small");
        assert_eq!(approved.plan_digest, plain().plan_digest);
        assert_eq!(event.actor.as_ref().unwrap().name, "ada");
        let line = world.kept().timeline.last().unwrap();
        assert_eq!(line.detail, "the plan is approved by the standing approval small");
    }
}

#[test]
fn what_is_beyond_it_waits_for_a_person_who_reads_why() {
    let undecided = Discovered { inventory: discovered(11, 1).inventory, ..plain() };
    let ambiguous = Discovered { ambiguous_identity: true, ..plain() };
    let partial = || {
        let mut answer = plain();
        answer.inventory.as_mut().unwrap().systems[0].status = Status::Partial as i32;
        answer
    };
    let health = |count| {
        found(11, |plan| {
            let special_categories = vec!["user.health_and_medical".to_owned()];
            plan.datasets.push(v1::DatasetPlan { special_categories, count, ..v1::DatasetPlan::default() });
        })
    };
    let elsewhere = |rows| found(rows, |plan| plan.system = "crm".to_owned());
    type Change = fn(&mut ApprovalSettings);
    let cases: [(Discovered, Change, &str); 9] = [
        (plain(), |it| it.until = it.until.yesterday().unwrap(), "it ended on"),
        (ambiguous, |_| {}, "not told apart"),
        (undecided, |_| {}, "candidates"),
        (partial(), |_| {}, "bookings was not searched in full"),
        (elsewhere(11), |_| {}, "it is not for crm"),
        (found(12, |_| {}), |_| {}, "12 rows, it is for 11"),
        (plain(), |it| it.rows_max = 10, "11 rows, it is for 10"),
        (health(1), |it| it.rows_max = 12, "special category: user.health_and_medical"),
        (plain(), |it| it.kinds = vec![Kind::Access], ""),
    ];
    for (answer, change, why) in cases {
        let mut approval = approval();
        change(&mut approval);
        let mut world = World::with_approvals(Kind::Delete, vec![approval]);
        world.answer(Answer::Discovered(answer)).unwrap();
        assert_eq!(world.life().state, State::InReview, "{why}");
        let line = &world.kept().timeline.last().unwrap().detail;
        let is_told = line.starts_with("the standing approval small does not speak for it: ");
        assert!(is_told != why.is_empty() && line.contains(why), "{why}: {line}");
    }
    // Where there are no rows, nothing is said of them.
    let mut world = World::with_approvals(Kind::Delete, vec![approval()]);
    world.answer(Answer::Discovered(health(0))).unwrap();
    assert_eq!(world.life().state, State::Purging);
}

#[test]
fn where_one_does_not_speak_another_may() {
    let small = ApprovalSettings { rows_max: 1, ..approval() };
    let large = ApprovalSettings { name: "large".to_owned(), ..approval() };
    let mut world = World::with_approvals(Kind::Delete, vec![small, large]);
    world.answer(Answer::Discovered(plain())).unwrap();
    assert_eq!(world.life().state, State::Purging);
    let Some(What::RequestApproved(approved)) = &world.events.last().unwrap().what else { panic!() };
    assert_eq!(approved.standing_approval, "large");
}

#[test]
fn it_does_not_speak_once_a_person_has_decided_or_data_was_changed() {
    let mut world = World::with_approvals(Kind::Delete, vec![approval()]);
    let inventory = discovered(11, 1).inventory;
    world.answer(Answer::Discovered(Discovered { inventory: inventory.clone(), ..plain() })).unwrap();
    let candidates =
        v1::DecideCandidates { accepted: vec!["c0".to_owned()], ..v1::DecideCandidates::default() };
    world.deed(deed::What::Candidates(candidates)).unwrap();
    world.answer(Answer::Discovered(Discovered { inventory, ..plain() })).unwrap();
    assert_eq!(world.life().state, State::InReview);

    let mut world = World::with_approvals(Kind::Delete, vec![approval()]);
    world.answer(Answer::Discovered(plain())).unwrap();
    world.clock.advance(SignedDuration::from_secs(1));
    let changed = v1::Executed { plan_changed: true, ..executed(Phase::Purge, Status::Done) };
    world.answer(Answer::Executed(changed)).unwrap();
    assert_eq!(world.life().state, State::Discovering);
    world.answer(Answer::Discovered(plain())).unwrap();
    assert_eq!(world.life().state, State::InReview);
    let line = &world.kept().timeline.last().unwrap().detail;
    assert!(line.contains("an earlier plan was carried out already"), "{line}");
}
