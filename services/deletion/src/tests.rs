//! Deletion as a whole: commands and answers in, tasks and answers out.

mod world;

use jiff::SignedDuration;
use redress_contracts::{
    Contract as _,
    v1::{
        Action, Candidate, Digest, Evidence, Failure, Ground, Phase, SealedIdentifier, Stop, SystemOutcome,
        SystemPlan, Treatment, event::What,
    },
};
use redress_domain::Status;

use world::{World, by_fields, ended, entry, full, planned, purged};

#[tokio::test]
async fn exactly_what_the_plan_changes_is_asked_of_each_connector_once() {
    use Treatment::{Delete, Hmac, Keep, Null};
    let systems = [
        planned("a", "sql", &[entry(2, Delete)]),
        planned("b", "crm", &[entry(1, Keep), by_fields(3, &[Keep, Null])]),
        planned("c", "sql", &[by_fields(1, &[Hmac])]),
        planned("d", "sql", &[entry(4, Keep), by_fields(5, &[Keep]), entry(0, Delete)]),
        planned("e", "crm", &[entry(0, Delete)]),
        planned("f", "crm", &[]),
    ];
    let mut world = World::new("exactly", 1).await;
    let command = world.purge(&systems);
    let id = world.command(&command).await;
    for task in &world.tasks {
        assert_eq!((task.action, task.kind), (Action::Purge as i32, command.kind));
        for system in &task.systems {
            let of_plan = systems.iter().find(|plan| plan.system == system.system);
            assert_eq!(system.plan.as_ref(), of_plan);
        }
    }
    let asked = world.serve(|name| purged(name, 0)).await;
    assert_eq!(asked, [vec!["b"], vec!["a", "c"]]);
    let [answer] = world.executed.as_slice() else { panic!("{:?}", world.executed) };
    let said: Vec<(&str, &str)> = answer
        .outcomes
        .iter()
        .map(|outcome| (outcome.system.as_str(), Status::of_number(outcome.status).unwrap().as_str()))
        .collect();
    let expected =
        [("a", "done"), ("b", "done"), ("c", "done"), ("d", "kept"), ("e", "not_found"), ("f", "not_found")];
    assert_eq!(said, expected);
    assert_eq!((answer.answers.as_str(), answer.failure.as_str()), (id.as_str(), ""));
    assert_eq!((answer.phase(), answer.plan_changed, answer.last_sequence), (Phase::Purge, false, 1));
    let kept = &answer.outcomes[3];
    assert_eq!((kept.ground(), kept.datasets.len()), (Ground::Policy, 2));
    assert_eq!((kept.datasets[0].kept, kept.datasets[0].evidence()), (4, Evidence::Retained));
    assert_eq!(world.event_names(), ["deletion.purged"]);
}

#[tokio::test]
async fn a_plan_that_changes_nothing_is_done_at_once() {
    let mut world = World::new("nothing", 1).await;
    let command = world.purge(&[planned("a", "sql", &[entry(4, Treatment::Keep)])]);
    world.command(&command).await;
    assert!(world.tasks.is_empty());
    assert_eq!(world.executed[0].outcomes[0].status(), redress_contracts::v1::Status::Kept);
    assert_eq!(world.event_names(), ["deletion.purged"]);
    world.command(&Stop { request: world.request.to_string(), ..Stop::default() }).await;
    assert!(!world.stopped[0].too_late, "nothing has been changed");
}

#[tokio::test]
async fn what_is_not_exactly_what_was_approved_is_not_begun() {
    let mut world = World::new("wrong", 1).await;
    let good = world.purge(&[full("a")]);
    let with = |change: &dyn Fn(&mut redress_contracts::v1::Plan)| {
        let mut changed = good.clone();
        let plan = changed.plan.as_mut().unwrap();
        change(plan);
        changed.plan_digest = Some(redress_contracts::digest_of(plan));
        changed
    };
    let mut other_plan = good.clone();
    other_plan.plan.as_mut().unwrap().systems[0].datasets[0].count += 1;
    let cases = [
        (other_plan, "digest"),
        (redress_contracts::v1::Execute { plan: None, ..good.clone() }, "no plan"),
        (redress_contracts::v1::Execute { plan_digest: None, ..good.clone() }, "digest"),
        (redress_contracts::v1::Execute { plan_digest: Some(Digest::default()), ..good.clone() }, "digest"),
        (redress_contracts::v1::Execute { phase: Phase::Withdraw as i32, ..good.clone() }, "PHASE_WITHDRAW"),
        (redress_contracts::v1::Execute { phase: 99, ..good.clone() }, "UNSPECIFIED"),
        (redress_contracts::v1::Execute { kind: 1, ..good.clone() }, "another kind"),
        (with(&|plan| plan.kind = 1), "another kind"),
        (with(&|plan| plan.request = "another".to_owned()), "another request"),
        (with(&|plan| plan.systems.push(full("a"))), "a twice"),
        (with(&|plan| plan.systems[0].system = "A b".to_owned()), "cannot be one"),
        (with(&|plan| plan.systems[0].connector = String::new()), "cannot be one"),
    ];
    for (command, why) in cases {
        let id = world.command(&command).await;
        let answer = world.executed.pop().unwrap();
        assert!(answer.failure.contains(why), "{why}: {}", answer.failure);
        assert_eq!((answer.answers, answer.phase), (id, command.phase));
    }
    assert!(world.tasks.is_empty() && world.events.is_empty());
    world.command(&good).await;
    assert_eq!(world.tasks.len(), 1, "a good command after bad ones is carried out");
}

#[tokio::test]
async fn what_is_left_is_told_and_a_changed_plan_is_not_called_a_remain() {
    let changed = |name: &str| SystemOutcome { plan_changed: true, ..ended(name, Status::Failed) };
    let cases: [(&str, SystemOutcome, &[&str], bool); 8] = [
        ("done", purged("a", 0), &["deletion.purged"], false),
        ("remains", purged("a", 1), &["deletion.purged", "remains.found"], false),
        ("failed", ended("a", Status::Failed), &["deletion.purged", "remains.found"], false),
        ("partial", ended("a", Status::Partial), &["deletion.purged", "remains.found"], false),
        ("refused", ended("a", Status::Refused), &["deletion.purged", "remains.found"], false),
        ("elsewhere", ended("a", Status::Elsewhere), &["deletion.purged", "remains.found"], false),
        ("not found", ended("a", Status::NotFound), &["deletion.purged"], false),
        ("changed", changed("a"), &[], true),
    ];
    for (name, outcome, events, plan_changed) in cases {
        let mut world = World::new(&format!("left {name}"), 1).await;
        world.command(&world.purge(&[full("a")])).await;
        world.serve(|_| outcome.clone()).await;
        assert_eq!(world.event_names(), events, "{name}");
        let answer = &world.executed[0];
        assert_eq!(
            (answer.plan_changed, answer.last_sequence),
            (plan_changed, events.len() as u64),
            "{name}"
        );
        assert_eq!(answer.outcomes, [outcome]);
    }
    let mut world = World::new("left both", 1).await;
    world.command(&world.purge(&[full("a"), full("b"), full("c")])).await;
    world.serve(|name| if name == "a" { changed(name) } else { purged(name, u64::from(name == "c")) }).await;
    assert!(world.executed[0].plan_changed);
    assert_eq!(world.executed[0].outcomes.len(), 3, "who did its part stays done");
    let Some(What::RemainsFound(left)) = &world.events[1].1.what else { panic!("{:?}", world.events) };
    let left: Vec<&str> = left.outcomes.iter().map(|outcome| outcome.system.as_str()).collect();
    assert_eq!(left, ["c"]);
}

#[tokio::test]
async fn what_goes_into_the_ledger_leads_to_nobody() {
    let mut world = World::new("ledger", 1).await;
    world.command(&world.purge(&[full("a")])).await;
    let outcome = SystemOutcome {
        identifiers: vec![SealedIdentifier { blind: vec![1], ..SealedIdentifier::default() }],
        candidates: vec![Candidate::default()],
        ..purged("a", 1)
    };
    world.serve(|_| outcome.clone()).await;
    for (_, event) in &world.events {
        let (Some(What::DeletionPurged(redress_contracts::v1::DeletionPurged { outcomes }))
        | Some(What::RemainsFound(redress_contracts::v1::RemainsFound { outcomes }))) = &event.what
        else {
            panic!("{event:?}")
        };
        assert!(outcomes[0].identifiers.is_empty() && outcomes[0].candidates.is_empty());
    }
}

#[tokio::test]
async fn a_stop_comes_too_late_once_tasks_are_out_and_what_was_begun_is_ended() {
    for when in ["before", "out", "half", "after"] {
        let mut world = World::new(&format!("stop {when}"), 1).await;
        let command = world.purge(&[full("a"), planned("b", "crm", &[entry(1, Treatment::Delete)])]);
        if when != "before" {
            world.command(&command).await;
        }
        if when == "half" {
            let task = world.tasks.pop_front().unwrap();
            world.answer(&task, vec![purged(&task.systems[0].system, 0)]).await;
        }
        if when == "after" {
            world.serve(|name| purged(name, 0)).await;
        }
        let id = world.command(&Stop { request: world.request.to_string(), ..Stop::default() }).await;
        let [stopped] = world.stopped.as_slice() else { panic!("{:?}", world.stopped) };
        assert_eq!((&stopped.answers, stopped.too_late), (&id, when != "before"), "{when}");
        let outcomes = [("before", 0), ("out", 0), ("half", 1), ("after", 2)];
        assert!(outcomes.contains(&(when, stopped.outcomes.len())), "{when}");
        // The command that the stop overtook is not carried out any more.
        world.give(world.message(world.ids.message(), "intake", 0, &command)).await;
        assert_eq!(world.executed.len(), usize::from(when == "after"));
        world.serve(|name| purged(name, 0)).await;
        assert_eq!(world.executed.len(), usize::from(when != "before"), "{when}");
        assert_eq!(world.parked().await, [""; 0]);
    }
}

#[tokio::test]
async fn the_same_plan_commanded_again_deletes_nothing_twice() {
    let mut world = World::new("again", 1).await;
    let command = world.purge(&[full("a"), full("b")]);
    world.command(&command).await;
    let second = world.command(&command).await;
    assert_eq!(world.tasks.len(), 1, "its tasks are out already");
    let other = world.purge(&[full("a")]);
    world.command(&other).await;
    assert!(world.executed.pop().unwrap().failure.contains("another plan"));
    world.serve(|name| if name == "a" { purged(name, 0) } else { ended(name, Status::Failed) }).await;
    assert_eq!(world.executed.pop().unwrap().answers, second);
    let third = world.command(&command).await;
    let asked = world.serve(|name| purged(name, 0)).await;
    assert_eq!(asked, [["b"]], "only what failed is asked for again");
    let answer = world.executed.pop().unwrap();
    assert_eq!((answer.answers, answer.outcomes.len(), answer.last_sequence), (third, 2, 3));
    world.command(&other).await;
    assert_eq!(world.tasks.len(), 1, "another plan is another matter");
}

#[tokio::test]
async fn doubles_and_strangers_change_nothing() {
    let mut world = World::new("doubles", 1).await;
    let command = world.purge(&[full("a")]);
    let stranger = redress_contracts::v1::Task {
        task: world.ids.task().to_string(),
        connector: "sql".to_owned(),
        ..Default::default()
    };
    world.answer(&stranger, vec![purged("a", 0)]).await;
    assert_eq!(world.row().await, None);
    let id = world.ids.message();
    for _ in 0..2 {
        world.give(world.message(id, "intake", 1, &command)).await;
    }
    let task = world.tasks.pop_front().unwrap();
    assert!(world.tasks.is_empty());
    world.answer(&stranger, vec![purged("a", 0)]).await;
    world.answer(&task, vec![purged("a", 0)]).await;
    let before = world.row().await;
    world.answer(&task, vec![ended("a", Status::Failed)]).await;
    world.wait(SignedDuration::from_hours(1)).await;
    assert_eq!(world.row().await, before);
    assert_eq!((world.executed.len(), world.events.len()), (1, 1));
    assert_eq!(world.parked().await, ["not_asked"; 2]);
    assert!(before.unwrap().closed_at.is_some());
}

/// Whatever is lost, fails or comes twice: one answer, with one outcome for each system of the plan.
#[tokio::test]
async fn every_deletion_ends_with_every_system_accounted_for() {
    for seed in 0..60 {
        let mut world = World::new(&format!("seed{seed}"), seed).await;
        let count = 1 + world.dice.below(8);
        let treatments = [Treatment::Delete, Treatment::Keep, Treatment::Delete];
        let system = |i: u64| -> SystemPlan {
            let connector = ["sql", "crm", "entra"][i as usize % 3];
            let treatment = treatments[world.dice.below(3) as usize];
            planned(&format!("d{i}"), connector, &[entry(world.dice.below(3), treatment)])
        };
        let systems: Vec<SystemPlan> = (0..count).map(system).collect();
        world.command(&world.purge(&systems)).await;
        for round in 0.. {
            assert!(round < 5_000, "seed {seed} does not end");
            if !world.executed.is_empty() {
                break;
            }
            let Some(task) = world.tasks.pop_front() else {
                world.wait(SignedDuration::from_mins(10)).await;
                continue;
            };
            for _ in 0..world.dice.below(3) {
                let outcomes = task.systems.iter().map(|it| any_outcome(&world, &it.system)).collect();
                world.answer(&task, outcomes).await;
            }
        }
        let names: Vec<&str> = world.executed[0].outcomes.iter().map(|it| it.system.as_str()).collect();
        assert_eq!(names, (0..count).map(|i| format!("d{i}")).collect::<Vec<_>>(), "seed {seed}");
        assert_eq!(world.executed[0].last_sequence, world.event_names().len() as u64);
        assert_eq!(world.parked().await, [""; 0]);
    }
}

fn any_outcome(world: &World, name: &str) -> SystemOutcome {
    let retry = SystemOutcome { failure: Some(Failure::default()), ..ended(name, Status::Failed) };
    match world.dice.below(6) {
        0 | 1 => retry,
        2 => ended(name, Status::Failed),
        3 => ended(name, Status::Pending),
        4 => SystemOutcome { plan_changed: true, ..ended(name, Status::Refused) },
        _ => purged(name, world.dice.below(2)),
    }
}
