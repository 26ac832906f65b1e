mod expire;

use jiff::SignedDuration;
use redress_contracts::{
    Contract as _, event_name, to_timestamp,
    v1::{
        Action, Collected, DatasetOutcome, Destination, Event, Failure, Pending, Released, ReviewDecision,
        Stop, Stopped, Task, destination::To, event::What,
    },
};
use redress_domain::{Kind, Status};

use crate::testing::{Sent, World, outcome};

fn people(count: u64) -> DatasetOutcome {
    DatasetOutcome {
        dataset: "people".to_owned(),
        planned: count,
        done: count,
        bytes: 10 * count,
        ..Default::default()
    }
}

fn events(sent: &Sent) -> Vec<(u64, &'static str)> {
    sent.all::<Event>().iter().map(|event| (event.sequence, event_name(event).unwrap())).collect()
}

fn statuses(collected: &Collected) -> Vec<(String, Status)> {
    let status = |one: &redress_contracts::v1::SystemOutcome| {
        (one.system.clone(), Status::of_number(one.status).unwrap())
    };
    collected.outcomes.iter().map(status).collect()
}

#[tokio::test]
async fn what_two_connectors_collect_is_answered_when_both_have_ended() {
    let world = World::new("two_connectors").await;
    let collect = world.collect(
        Kind::Access,
        &[("sql", "shop", 3), ("entra", "directory", 1), ("sql", "bookings", 2), ("sql", "vendors", 0)],
    );
    let (id, sent) = world.say(&collect).await;
    let tasks: Vec<Task> = sent.all();
    assert_eq!(sent.routes(), ["redress.tasks entra", "redress.tasks sql"]);
    let systems: Vec<Vec<&str>> =
        tasks.iter().map(|task| task.systems.iter().map(|one| one.system.as_str()).collect()).collect();
    assert_eq!(systems, [vec!["directory"], vec!["shop", "bookings"]], "what holds nothing is not asked");
    for task in &tasks {
        assert_eq!((task.action(), task.kind), (Action::Collect, Kind::Access.number()));
        assert_eq!(task.identifiers, collect.identifiers);
        assert!(task.systems.iter().all(|one| one.plan.is_some() && one.map.is_some()));
    }
    let shop = outcome("shop", Status::Done, vec![people(3)]);
    let bookings = outcome("bookings", Status::Done, vec![people(2)]);
    assert!(world.answer(&tasks[1], vec![shop, bookings]).await.0.is_empty());
    let sent = world.answer(&tasks[0], vec![outcome("directory", Status::Done, vec![people(1)])]).await;
    assert_eq!(
        sent.routes(),
        ["redress.events dublin-weddings.collection.completed", "redress.services intake"]
    );
    assert_eq!(events(&sent), [(1, "collection.completed")]);
    let collected: Collected = sent.only();
    assert_eq!(sent.0[1].message.envelope.answers, Some(id));
    assert_eq!((collected.answers.clone(), collected.last_sequence), (id.to_string(), 1));
    let done = |name: &str| (name.to_owned(), Status::Done);
    let nothing = ("vendors".to_owned(), Status::NotFound);
    assert_eq!(statuses(&collected), [done("bookings"), done("directory"), done("shop"), nothing]);
    let draft = collected.draft.clone().unwrap();
    assert_eq!((draft.records, draft.bytes), (6, 60));
    let Some(What::CollectionCompleted(said)) = sent.only::<Event>().what else { panic!() };
    assert_eq!((said.outcomes, said.draft), (collected.outcomes, collected.draft));
    assert_eq!(world.state().await.1, "collected");
}

#[tokio::test]
async fn what_is_partial_refused_or_failed_for_good_is_an_end_that_says_so() {
    let world = World::new("partial").await;
    let systems = [("sql", "a", 1), ("sql", "b", 1), ("sql", "c", 1)];
    let (_, sent) = world.say(&world.collect(Kind::Export, &systems)).await;
    let mut failed = outcome("c", Status::Failed, vec![]);
    failed.reason = "The server is gone.".to_owned();
    failed.failure = Some(Failure { r#final: true, ..Failure::default() });
    let answers = vec![
        outcome("a", Status::Partial, vec![people(1)]),
        outcome("b", Status::Refused, vec![]),
        failed.clone(),
    ];
    let collected: Collected = world.answer(&sent.only(), answers).await.only();
    let expected = [("a", Status::Partial), ("b", Status::Refused), ("c", Status::Failed)];
    assert_eq!(statuses(&collected), expected.map(|(name, status)| (name.to_owned(), status)));
    assert_eq!(collected.outcomes[2].reason, failed.reason);
    assert_eq!(collected.failure, "", "that something is missing is for a person to judge");
}

#[tokio::test]
async fn what_could_not_be_kept_is_no_gap_but_a_failure_and_is_collected_again() {
    let world = World::new("not_kept").await;
    let collect = world.collect(Kind::Export, &[("sql", "a", 1), ("sql", "b", 1)]);
    let task: Task = world.say(&collect).await.1.only();
    let mut failed = outcome("b", Status::Failed, vec![]);
    failed.reason = "the vault: it is full".to_owned();
    failed.failure = Some(Failure { r#final: true, code: "vault".to_owned(), ..Failure::default() });
    let sent = world.answer(&task, vec![outcome("a", Status::Done, vec![people(1)]), failed]).await;
    assert_eq!(
        (sent.only::<Collected>().failure.as_str(), events(&sent)),
        ("b: the vault: it is full", vec![])
    );
    assert!(world.say(&world.release()).await.1.only::<Released>().failure.contains("nothing is collected"));
    let task: Task = world.say(&collect).await.1.only();
    let all = ["a", "b"].map(|name| outcome(name, Status::Done, vec![people(1)]));
    let sent = world.answer(&task, all.into()).await;
    assert_eq!(
        (sent.only::<Collected>().failure.as_str(), events(&sent)),
        ("", vec![(1, "collection.completed")])
    );
}

#[tokio::test]
async fn what_was_not_searched_or_holds_nothing_is_among_the_outcomes() {
    let world = World::new("searched").await;
    let found = |system: &str, status: Status| redress_contracts::v1::SystemInventory {
        system: system.to_owned(),
        asked: true,
        reason: "it is away".to_owned(),
        status: status.number(),
        ..Default::default()
    };
    let mut collect = world.collect(Kind::Access, &[("sql", "a", 3), ("sql", "b", 3), ("sql", "c", 3)]);
    collect.searched = vec![
        found("a", Status::Done),
        found("b", Status::Partial),
        found("d", Status::Failed),
        found("e", Status::NotFound),
        redress_contracts::v1::SystemInventory { asked: false, ..found("f", Status::Done) },
    ];
    let (_, sent) = world.say(&collect).await;
    let all = |name: &str, there| outcome(name, Status::Done, vec![people(there)]);
    let answers = vec![all("a", 3), all("b", 3), all("c", 2)];
    let collected: Collected = world.answer(&sent.only(), answers).await.only();
    let expected = [
        ("a", Status::Done),
        ("b", Status::Partial),
        ("c", Status::Partial),
        ("d", Status::Failed),
        ("e", Status::NotFound),
    ];
    assert_eq!(statuses(&collected), expected.map(|(name, status)| (name.to_owned(), status)));
    assert!([1, 3].iter().all(|i| collected.outcomes[*i].reason.contains("it is away")));
    assert_eq!(collected.outcomes[2].reason, "2 of the 3 records that were planned are there.");
}

#[tokio::test]
async fn what_failed_for_now_is_asked_again_and_what_is_pending_is_looked_after() {
    let world = World::new("again").await;
    let (_, sent) = world.say(&world.collect(Kind::Access, &[("sql", "a", 1), ("sql", "b", 1)])).await;
    let mut failed = outcome("a", Status::Failed, vec![]);
    failed.failure = Some(Failure::default());
    let mut pending = outcome("b", Status::Pending, vec![]);
    let expected_by =
        Some(to_timestamp(redress_domain::Clock::now(&*world.clock) + SignedDuration::from_hours(1)));
    pending.pending = Some(Pending { operation: "op-7".to_owned(), expected_by });
    assert!(world.answer(&sent.only(), vec![failed, pending]).await.0.is_empty());
    world.advance(SignedDuration::from_hours(2));
    let tasks: Vec<Task> = world.timers().await.all();
    let mut asked: Vec<(Action, &str, &str)> = tasks
        .iter()
        .map(|task| (task.action(), &*task.systems[0].system, &*task.systems[0].operation))
        .collect();
    asked.sort_unstable();
    assert_eq!(asked, [(Action::Collect, "a", ""), (Action::Poll, "b", "op-7")]);
    let mut sent = Sent(Vec::new());
    for task in &tasks {
        let name = task.systems[0].system.clone();
        sent = world.answer(task, vec![outcome(&name, Status::Done, vec![people(1)])]).await;
    }
    let done = ["a", "b"].map(|name| (name.to_owned(), Status::Done));
    assert_eq!(statuses(&sent.only()), done);
}

#[tokio::test]
async fn what_cannot_be_collected_is_answered_at_once() {
    let world = World::new("at_once").await;
    let collected: Collected = world.say(&world.collect(Kind::Access, &[("sql", "a", 0)])).await.1.only();
    assert_eq!(statuses(&collected), [("a".to_owned(), Status::NotFound)]);
    let collected: Collected = world.say(&world.collect(Kind::Access, &[("No One", "a", 1)])).await.1.only();
    assert_eq!(statuses(&collected), [("a".to_owned(), Status::Failed)]);
    let other_plan = world.collect(Kind::Access, &[("sql", "b", 1)]).plan;
    let unfit = [
        (world.collect(Kind::Delete, &[("sql", "a", 1)]), "only an access or an export"),
        (Default::default(), "only an access or an export"),
        (
            {
                let mut c = world.collect(Kind::Access, &[("sql", "a", 1)]);
                c.plan = other_plan;
                c
            },
            "digest",
        ),
        (
            {
                let mut c = world.collect(Kind::Access, &[("sql", "a", 1)]);
                c.plan_digest = None;
                c
            },
            "digest",
        ),
        (
            {
                let mut c = world.collect(Kind::Access, &[]);
                c.plan = None;
                c.plan_digest = None;
                c
            },
            "digest",
        ),
    ];
    for (mut collect, why) in unfit {
        collect.request = world.request.to_string();
        let (id, sent) = world.say(&collect).await;
        let collected: Collected = sent.only();
        assert!(collected.failure.contains(why), "{}", collected.failure);
        assert_eq!((collected.answers, sent.0.len()), (id.to_string(), 1));
    }
    assert_eq!(world.parked().await, [""; 0]);
}

#[tokio::test]
async fn a_release_is_answered_when_the_package_is_there() {
    let world = World::new("release").await;
    let people = world.draft("shop", "people", &[r#"{"name":"Anna"}"#.to_owned()]).await;
    world.collected(Kind::Access, vec![outcome("shop", Status::Done, vec![people])]).await;
    let (id, sent) = world.say(&world.release()).await;
    assert!(sent.0.is_empty());
    assert_eq!(world.state().await.1, "releasing");
    let sent = world.released().await;
    assert_eq!(events(&sent), [(2, "package.released"), (3, "package.delivered")]);
    let released: Released = sent.only();
    assert_eq!((released.answers, released.last_sequence), (id.to_string(), 3));
    assert_eq!(released.failure, "");
    let package = released.package.unwrap();
    assert_eq!((package.package.clone(), package.records), (world.request.to_string(), 1));
    let (delivered, expires) = (package.delivered_at.unwrap().seconds, package.expires_at.unwrap().seconds);
    assert_eq!(expires - delivered, 30 * 24 * 3600);
    let (state, status) = world.state().await;
    assert_eq!((state.kept.package, status.as_str()), (Some(package), "released"));
    assert_eq!(state.closed_at, Some(redress_domain::Clock::now(&*world.clock)));
    assert!(world.make_packages().await.is_none());
}

#[tokio::test]
async fn what_cannot_be_released_is_refused_in_words_and_can_be_released_otherwise() {
    let world = World::new("unfit").await;
    let failure = |sent: &Sent| sent.only::<Released>().failure;
    assert!(failure(&world.say(&world.release()).await.1).contains("nothing is collected"));
    world.collected(Kind::Access, vec![outcome("shop", Status::NotFound, vec![])]).await;
    let mut reviewed = world.release();
    reviewed.decisions = vec![ReviewDecision::default()];
    assert!(failure(&world.say(&reviewed).await.1).contains("reviewer's decisions"));
    for to in [To::ContainerUrl("https://example.com".to_owned()), To::Controller("cork".to_owned())] {
        let destination = Some(Destination { to: Some(to) });
        let elsewhere = redress_contracts::v1::Release { destination, ..world.release() };
        assert!(failure(&world.say(&elsewhere).await.1).contains("cannot be sent anywhere yet"));
    }
    assert!(world.make_packages().await.is_none());
    assert!(world.say(&world.release()).await.1.0.is_empty());
    assert_eq!(failure(&world.released().await), "");
}

#[tokio::test]
async fn a_release_that_overtakes_the_collection_waits_for_it() {
    let world = World::new("overtakes").await;
    let (_, sent) = world.say(&world.collect(Kind::Access, &[("sql", "shop", 1)])).await;
    assert!(world.say(&world.release()).await.1.0.is_empty());
    assert!(world.make_packages().await.is_none());
    world.answer(&sent.only(), vec![outcome("shop", Status::NotFound, vec![])]).await;
    assert_eq!(world.state().await.1, "releasing");
    assert_eq!(world.released().await.only::<Released>().failure, "");
}

#[tokio::test]
async fn a_package_that_cannot_be_made_is_said_and_can_be_asked_for_again() {
    let world = World::new("cannot").await;
    let lines = [r#"{"name":"Anna"}"#.to_owned()];
    let mut people = world.draft("shop", "people", &lines).await;
    people.reference = people.reference.replace("people", "nobody");
    world.collected(Kind::Access, vec![outcome("shop", Status::Done, vec![people])]).await;
    world.say(&world.release()).await;
    let released: Released = world.released().await.only();
    assert!(released.failure.contains("there is no object at work/"), "{}", released.failure);
    assert_eq!((released.package, world.state().await.1.as_str()), (None, "collected"));
    world.draft("shop", "nobody", &lines).await;
    world.say(&world.release()).await;
    assert_eq!(world.released().await.only::<Released>().failure, "");
}

fn stop(world: &World) -> Stop {
    Stop { request: world.request.to_string(), ..Stop::default() }
}

#[tokio::test]
async fn it_stops_at_any_time_before_the_package_is_there() {
    let world = World::new("stops").await;
    let (_, sent) = world.say(&world.collect(Kind::Access, &[("sql", "shop", 1), ("crm", "crm", 1)])).await;
    let tasks: Vec<Task> = sent.all();
    world.answer(&tasks[1], vec![outcome("shop", Status::Done, vec![people(1)])]).await;
    let (id, sent) = world.say(&stop(&world)).await;
    let stopped: Stopped = sent.only();
    assert_eq!((stopped.answers, stopped.too_late, stopped.outcomes.len()), (id.to_string(), false, 1));
    let late = world.answer(&tasks[0], vec![outcome("crm", Status::Done, vec![people(1)])]).await;
    assert!(late.0.is_empty());
    world.advance(SignedDuration::from_hours(1));
    assert!(world.timers().await.0.is_empty(), "nothing is asked any more");
    let (state, status) = world.state().await;
    assert!(status == "stopped" && state.closed_at.is_some());
    assert_eq!(world.parked().await, [""; 0]);
}

#[tokio::test]
async fn stopped_while_the_package_is_made_there_is_none() {
    let world = World::new("stops_package").await;
    let people = world.draft("shop", "people", &[r#"{"name":"Anna"}"#.to_owned()]).await;
    world.collected(Kind::Access, vec![outcome("shop", Status::Done, vec![people])]).await;
    world.say(&world.release()).await;
    assert!(!world.say(&stop(&world)).await.1.only::<Stopped>().too_late);
    assert!(world.released().await.0.is_empty());
    let id = world.request.to_string();
    let manifest = world.packages().manifest(&crate::testing::dublin(), &id, &world.key().await).await;
    assert!(matches!(manifest, Err(redress_vault::VaultError::Missing(_))));
}

#[tokio::test]
async fn once_the_package_is_there_it_is_too_late_to_stop() {
    let world = World::new("too_late").await;
    world.collected(Kind::Access, vec![outcome("shop", Status::NotFound, vec![])]).await;
    world.say(&world.release()).await;
    world.released().await;
    let stopped: Stopped = world.say(&stop(&world)).await.1.only();
    assert!(stopped.too_late && stopped.last_sequence == 3);
    assert_eq!(world.state().await.1, "released");
}

#[tokio::test]
async fn a_stop_that_overtakes_the_collect_is_answered_and_the_collect_is_stale() {
    let world = World::new("stop_first").await;
    let collect = world.of_intake(&world.collect(Kind::Access, &[("sql", "shop", 1)]));
    assert!(!world.say(&stop(&world)).await.1.only::<Stopped>().too_late);
    assert!(world.hear(collect).await.0.is_empty());
    assert_eq!(world.state().await.1, "stopped");
}

#[tokio::test]
async fn a_new_command_begins_anew_and_old_answers_are_stale() {
    let world = World::new("anew").await;
    let collect = world.collect(Kind::Access, &[("sql", "shop", 1)]);
    let old: Task = world.say(&collect).await.1.only();
    let new: Task = world.say(&collect).await.1.only();
    let answer = || vec![outcome("shop", Status::Done, vec![people(1)])];
    assert!(world.answer(&old, answer()).await.0.is_empty());
    assert_eq!(events(&world.answer(&new, answer()).await), [(1, "collection.completed")]);
    let third: Task = world.say(&collect).await.1.only();
    assert_eq!(events(&world.answer(&third, answer()).await), [(2, "collection.completed")]);
}

#[tokio::test]
async fn of_two_releases_only_the_later_ones_package_counts() {
    let world = World::new("two_releases").await;
    world.collected(Kind::Access, vec![outcome("shop", Status::NotFound, vec![])]).await;
    world.say(&world.release()).await;
    let (second, _) = world.say(&world.release()).await;
    // Both jobs are due: each gives an outcome, and the first is not wanted.
    let mut released = Vec::new();
    while let Some(outgoing) = world.step_packager().await {
        for outcome in outgoing {
            released.extend(world.hear(outcome).await.all::<Released>());
        }
    }
    assert_eq!(released.len(), 1);
    assert_eq!((released[0].answers.clone(), released[0].failure.as_str()), (second.to_string(), ""));
}
