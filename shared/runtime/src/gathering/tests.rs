//! A campaign, step by step and in long runs of chance.

mod world;

use redress_contracts::{Contract as _, v1::Failure};
use redress_domain::{Clock as _, Status};

use super::*;
use world::{Wire, World, answer, done, failed, pending};

#[test]
fn whatever_is_lost_doubled_or_late_a_campaign_completes_once_with_one_end_for_each_system() {
    for seed in 0..300 {
        let mut world = World::new(seed);
        world.begin(&[("sql", &["a", "b", "c"]), ("entra", &["d"]), ("crm", &["e", "f"])]);
        assert_eq!(world.sent.len(), 3, "one task for each connector");
        for _ in 0..20_000 {
            world.step();
            if world.completed > 0 && world.wire.is_empty() && world.timers.is_empty() {
                break;
            }
        }
        assert_eq!(world.completed, 1, "seed {seed}");
        let systems: Vec<&str> = world.ended.keys().map(String::as_str).collect();
        assert_eq!(systems, ["a", "b", "c", "d", "e", "f"], "seed {seed}");
        assert!(world.timers.is_empty(), "nothing is waited for any more: {:?}", world.timers);
        for outcome in world.ended.values().filter(|o| o.status == Status::Failed.number()) {
            assert!(outcome.failure.as_ref().unwrap().r#final, "{outcome:?}");
        }
    }
}

#[test]
fn an_answer_that_was_lost_is_got_by_the_sweep_and_no_answer_means_waiting_longer_each_time() {
    let mut world = World::new(1);
    world.begin(&[("sql", &["a"]), ("crm", &["b"])]);
    let tasks: Vec<Task> = world.sent.values().cloned().collect();
    world.wire.clear();
    let crm = answer(&tasks[0], vec![done(&tasks[0].systems[0].system)]);
    world.take(&crm).unwrap().unwrap();
    let mut waits = Vec::new();
    for _ in 0..12 {
        let before = world.clock.now();
        world.fire();
        waits.push(world.clock.now().duration_since(before).as_secs());
        let Some(Wire::Task(id, again, true)) = world.wire.pop() else { panic!("sent again") };
        assert_eq!((id.to_string(), &again), (tasks[1].task.clone(), &tasks[1]), "the same message");
        assert!(world.wire.is_empty(), "what is answered is not sent again");
    }
    assert_eq!(waits, [31, 61, 121, 241, 481, 961, 1801, 1801, 1801, 1801, 1801, 1801]);
    let late = answer(&tasks[1], vec![done(&tasks[1].systems[0].system)]);
    assert!(world.take(&late).unwrap().unwrap().complete);
    assert!(world.timers.is_empty());
}

#[test]
fn what_failed_for_now_is_asked_again_as_another_task_and_the_old_answer_is_stale() {
    let mut world = World::new(2);
    world.begin(&[("sql", &["a", "b"])]);
    let first = world.sent.values().next().unwrap().clone();
    let said = answer(&first, vec![done("a"), failed("b", false)]);
    let taken = world.take(&said).unwrap().unwrap();
    assert_eq!((taken.ended.len(), taken.complete), (1, false));
    assert_eq!(world.sent.len(), 1, "not at once");
    assert!(!world.timers.contains_key("sweep"), "nothing is out: nothing to sweep");
    assert_eq!(world.take(&said).unwrap(), None);
    world.fire();
    let second = world.sent.values().find(|task| task.task != first.task).unwrap().clone();
    let names: Vec<&str> = second.systems.iter().map(|s| s.system.as_str()).collect();
    assert_eq!((names, second.action, second.round), (vec!["b"], first.action, 3));
    assert_eq!(world.take(&said).unwrap(), None, "the first task's answer says nothing of the second");
    let taken = world.take(&answer(&second, vec![done("b")])).unwrap().unwrap();
    assert!(taken.complete);
}

#[test]
fn a_system_that_never_answers_well_is_given_up_in_the_end() {
    for silent in [true, false] {
        let mut world = World::new(3);
        world.begin(&[("sql", &["a"])]);
        let mut tries = 0;
        while world.completed == 0 {
            let Some(Wire::Task(_, task, false)) = world.wire.pop() else { panic!("asked again") };
            let said = if silent { vec![done("another")] } else { vec![failed("a", false)] };
            world.take(&answer(&task, said)).unwrap().unwrap();
            tries += 1;
            world.fire();
        }
        assert_eq!(tries, Backoff::REMOTE.tries_max);
        let failure = world.ended["a"].failure.clone().unwrap();
        assert!(failure.r#final);
        assert_eq!(failure.code, if silent { "no_answer" } else { "away" });
    }
}

#[test]
fn what_an_outcome_says_decides_what_happens_next() {
    let unknown = SystemOutcome { status: 99, ..done("a") };
    let changed = SystemOutcome { plan_changed: true, ..failed("a", false) };
    let of = |status: Status| SystemOutcome { status: status.number(), ..done("a") };
    let cases = [
        (done("a"), true),
        (of(Status::NotFound), true),
        (of(Status::Partial), true),
        (of(Status::Kept), true),
        (of(Status::Elsewhere), true),
        (of(Status::Refused), true),
        (of(Status::Pending), false),
        (failed("a", true), true),
        (failed("a", false), false),
        (of(Status::Failed), false),
        (changed, true),
        (unknown, false),
    ];
    for (outcome, ends) in cases {
        let mut world = World::new(4);
        world.begin(&[("sql", &["a"])]);
        let task = world.sent.values().next().unwrap().clone();
        let taken = world.take(&answer(&task, vec![outcome.clone()])).unwrap().unwrap();
        assert_eq!(taken.complete, ends, "{outcome:?}");
        assert_eq!(taken.ended, if ends { vec![outcome] } else { vec![] });
    }
}

#[test]
fn a_time_that_a_system_names_is_heeded() {
    let hours = |world: &World, hours| world.clock.now() + SignedDuration::from_hours(hours);
    type Said = fn(Timestamp) -> SystemOutcome;
    let retry: Said = |at| SystemOutcome {
        failure: Some(Failure { retry_at: Some(redress_contracts::to_timestamp(at)), ..Failure::default() }),
        ..failed("a", false)
    };
    let poll: Said = |at| pending("a", at);
    for (said, ahead, waits) in [(retry, 9, 9 * 60), (poll, 9, 9 * 60), (poll, -9, 5)] {
        let mut world = World::new(5);
        world.begin(&[("sql", &["a"])]);
        let task = world.sent.values().next().unwrap().clone();
        let outcome = said(hours(&world, ahead));
        world.take(&answer(&task, vec![outcome])).unwrap().unwrap();
        let (at, _) = world.timers.values().next().unwrap();
        assert_eq!(at.duration_since(world.clock.now()).as_mins(), waits);
    }
}

#[test]
fn a_stranger_is_refused_and_a_stopped_campaign_hears_nothing_more() {
    let mut world = World::new(6);
    world.begin(&[("sql", &["a", "b"])]);
    let task = world.sent.values().next().unwrap().clone();
    let stranger = TaskOutcome { connector: "crm".to_owned(), ..answer(&task, vec![done("a")]) };
    assert_eq!(world.take(&stranger).unwrap_err().code, "not_asked");
    for id in ["", "garbage", &world.ids.task().to_string()] {
        let never = TaskOutcome { task: id.to_owned(), ..answer(&task, vec![done("a")]) };
        assert_eq!(world.take(&never).unwrap_err().code, "not_asked");
    }
    world.take(&answer(&task, vec![failed("a", false), done("b")])).unwrap().unwrap();
    let moves = stop(&world.steps);
    world.apply(moves);
    assert!(world.timers.is_empty(), "{:?}", world.timers);
    assert_eq!(world.take(&answer(&task, vec![done("a")])).unwrap(), None);
    world.begin(&[("sql", &["a"])]);
    assert_eq!(world.take(&answer(&task, vec![done("a")])).unwrap(), None, "nor does the next one");
}

#[test]
fn nothing_asked_is_complete_from_the_start() {
    let mut world = World::new(7);
    world.begin(&[("sql", &[])]);
    assert_eq!(world.campaign, state::Campaign::default());
    assert!(world.timers.is_empty() && world.sent.is_empty());
}

#[test]
fn a_command_that_was_overtaken_by_a_later_one_is_late() {
    let world = World::new(8);
    let envelope = |state_version| Envelope {
        id: world.ids.message(),
        kind: "redress.v1.Stop".to_owned(),
        source: "intake".parse().unwrap(),
        time: world.clock.now(),
        tenant: world.tenant.clone(),
        request: world.request,
        state_version,
        answers: None,
        traceparent: None,
        again: false,
        content_type: redress_contracts::ContentType::Protobuf,
    };
    let mut steps = Steps::new();
    for (version, comes_in_turn) in [(3, true), (2, false), (3, true), (7, true), (6, false)] {
        let moves = in_turn(&envelope(version), &steps);
        assert_eq!(moves.is_some(), comes_in_turn, "{version}");
        steps.extend(moves.unwrap_or_default().steps);
    }
}
