//! Discovery as a whole: commands and answers in, tasks and answers out.

mod over_the_loop;
mod world;

use jiff::SignedDuration;
use prost::Message as _;
use redress_contracts::{
    Contract as _, digest_of,
    v1::{Candidate, IdentifierClass, Inventory, Sealed, SealedIdentifier, Stop, SystemOutcome, event::What},
};
use redress_datamap::System;
use redress_domain::{IdentifierKind, Status};

use world::{World, failed, found, identifier, key, not_found, system};

const EMAIL: &str = "{identity: email}";
const NOT_USABLE: &str = "not asked no field of its data map holds any of the given identifiers";

fn email() -> SealedIdentifier {
    identifier(IdentifierKind::Email, "", "anna")
}

/// System `d0` to `d<n>`; each can use its own key, and `d0` an e-mail address.
fn chain(n: usize) -> Vec<System> {
    (0..n).map(|i| system("dublin", &format!("d{i}"), "sql", &[EMAIL][..usize::from(i == 0)])).collect()
}

/// What each of a chain's systems answers: the key of the next.
fn gives_the_next(name: &str, n: usize) -> SystemOutcome {
    let next = (name[1..].parse::<usize>().unwrap() + 1) % n;
    found(name, &[key(&format!("d{next}"))])
}

#[tokio::test]
async fn what_one_system_finds_is_asked_of_those_who_can_use_it_and_the_path_is_kept() {
    let mut world = World::new("chain", chain(3)).await;
    world.command(&world.discover(&[email()])).await;
    let asked = world.serve(|_, name| gives_the_next(name, 3)).await;
    let expected: Vec<(u32, Vec<String>)> = (0..3).map(|i| (i + 1, vec![format!("d{i}")])).collect();
    // The last one gives the first one's key: that is asked for too, and gives nothing new.
    assert_eq!(asked[..3], expected);
    assert_eq!(asked[3..], [(4, vec!["d0".to_owned()])]);
    let [answer] = world.discovered.as_slice() else { panic!("{:?}", world.discovered) };
    let paths: Vec<(&str, u32)> =
        answer.identifiers.iter().map(|it| (it.from_system.as_str(), it.round)).collect();
    assert_eq!(paths, [("", 0), ("d0", 1), ("d1", 2), ("d2", 3)]);
    let inventory = answer.inventory.as_ref().unwrap();
    let queries: Vec<u32> = inventory.systems.iter().map(|entry| entry.queries).collect();
    assert_eq!((inventory.rounds, queries), (4, vec![6, 3, 3]), "summed over the rounds");
    let plan = answer.plan.as_ref().unwrap();
    let planned: Vec<&str> = plan.systems.iter().map(|plan| plan.system.as_str()).collect();
    assert_eq!((plan.format, plan.hold_days, planned), (1, 0, vec!["d0", "d1", "d2"]));
    assert_eq!(plan.request, world.request.to_string());
    assert_eq!(answer.plan_digest, Some(digest_of(plan)));
    let [event] = world.events.as_slice() else { panic!("{:?}", world.events) };
    assert_eq!((event.sequence, answer.last_sequence), (1, 1));
    let Some(What::DiscoveryCompleted(completed)) = &event.what else { panic!("{event:?}") };
    assert_eq!((&completed.plan_digest, &completed.inventory), (&answer.plan_digest, &answer.inventory));
}

#[tokio::test]
async fn a_chain_is_followed_for_eight_rounds_and_who_was_not_asked_says_so() {
    let mut world = World::new("long", chain(12)).await;
    world.command(&world.discover(&[email()])).await;
    let asked = world.serve(|_, name| gives_the_next(name, 100)).await;
    assert_eq!(asked.len(), 8);
    let said = world.inventory();
    assert_eq!(said.len(), 12);
    assert!((0..8).all(|i| said[&format!("d{i}")] == "done"), "{said:?}");
    let why = "not asked not asked for all that is known: after 8 rounds no other is made";
    assert_eq!(said["d8"], why);
    assert!((9..12).all(|i| said[&format!("d{i}")] == NOT_USABLE), "{said:?}");
}

#[tokio::test]
async fn nothing_to_ask_is_answered_at_once_with_the_reasons() {
    let systems = [
        system("dublin", "crm", "sql", &[EMAIL]),
        system("dublin", "log", "sql", &[]),
        system("cork", "theirs", "sql", &[EMAIL]),
    ];
    let mut world = World::new("nothing", systems).await;
    let mut command = world.discover(&[email()]);
    command.systems = vec!["log".to_owned()];
    world.command(&command).await;
    assert!(world.tasks.is_empty());
    let said: Vec<(String, String)> = world.inventory().into_iter().collect();
    let named = ("crm".to_owned(), "not asked not named by the request".to_owned());
    assert_eq!(said, [named, ("log".to_owned(), NOT_USABLE.to_owned())], "and nothing of another tenant");
    assert_eq!(world.events.len(), 1);
    let mut bare = World::new("bare", []).await;
    bare.command(&bare.discover(&[email()])).await;
    assert_eq!(bare.discovered[0].inventory, Some(Inventory::default()));
    assert_eq!(bare.discovered[0].failure, "");
}

#[tokio::test]
async fn a_system_that_is_not_the_tenants_is_a_failure_with_its_name() {
    let systems = [system("dublin", "crm", "sql", &[EMAIL]), system("cork", "theirs", "sql", &[EMAIL])];
    let mut world = World::new("unknown", systems).await;
    for (name, repeated) in [("theirs", true), ("nosuch", true), ("Anna Byrne", false)] {
        let mut command = world.discover(&[email()]);
        command.systems = vec!["crm".to_owned(), name.to_owned()];
        let id = world.command(&command).await;
        let answer = world.discovered.pop().unwrap();
        assert_eq!((answer.answers, answer.failure.contains(name)), (id.to_string(), repeated));
        assert!(!answer.failure.is_empty());
    }
    assert!(world.tasks.is_empty() && world.events.is_empty());
}

#[tokio::test]
async fn shared_values_and_names_lead_nowhere_and_unreadable_kinds_are_left() {
    let systems =
        [system("dublin", "crm", "sql", &[EMAIL]), system("dublin", "shop", "sql", &["{identity: phone}"])];
    let mut world = World::new("shared", systems).await;
    let odd = SealedIdentifier { kind: 99, ..email() };
    world.command(&world.discover(&[email(), odd])).await;
    let phone = identifier(IdentifierKind::Phone, "", "1");
    let shared = SealedIdentifier { class: IdentifierClass::Shared as i32, ..phone.clone() };
    let blindless = SealedIdentifier { blind: Vec::new(), ..phone };
    let asked = world.serve(|_, name| found(name, &[shared.clone(), blindless.clone()])).await;
    assert_eq!(asked, [(1, vec!["crm".to_owned()])]);
    assert_eq!(world.discovered[0].identifiers.len(), 2, "only those that were given");
}

#[tokio::test]
async fn candidates_are_shown_until_somebody_decides_and_then_are_part_of_every_task() {
    let mut world = World::new("candidates", chain(1)).await;
    let with_candidates = |name: &str| {
        let candidate = |id: &&str| Candidate {
            id: (*id).to_owned(),
            preview: Some(Sealed { format: 1, body: vec![1] }),
            ..Candidate::default()
        };
        SystemOutcome { candidates: ["c", "a", "b"].iter().map(candidate).collect(), ..not_found(name) }
    };
    for (accepted, rejected, expected) in
        [(vec![], vec![], vec!["a", "b", "c"]), (vec!["b"], vec!["c"], vec!["a"])]
    {
        let mut command = world.discover(&[email()]);
        command.accepted_candidates = accepted.into_iter().map(str::to_owned).collect();
        command.rejected_candidates = rejected.into_iter().map(str::to_owned).collect();
        world.command(&command).await;
        assert_eq!(world.tasks[0].1.accepted_candidates, command.accepted_candidates);
        assert_eq!(world.tasks[0].1.rejected_candidates, command.rejected_candidates);
        world.serve(|_, name| with_candidates(name)).await;
        let inventory = world.discovered.pop().unwrap().inventory.unwrap();
        let open: Vec<&str> = inventory.candidates.iter().map(|c| c.id.as_str()).collect();
        assert_eq!(open, expected);
        assert!(inventory.candidates.iter().all(|c| c.preview.is_some()));
    }
    let sequences: Vec<u64> = world.events.iter().map(|event| event.sequence).collect();
    assert_eq!(sequences, [1, 2], "the second discovery counts on");
    for event in &world.events {
        let Some(What::DiscoveryCompleted(completed)) = &event.what else { panic!("{event:?}") };
        let candidates = &completed.inventory.as_ref().unwrap().candidates;
        assert!(candidates.iter().all(|c| c.preview.is_none()), "the ledger keeps it for ever");
    }
}

#[tokio::test]
async fn what_is_not_surely_one_person_ends_the_questions() {
    let ids = |kind, n: usize| (0..n).map(move |i| identifier(kind, "", &i.to_string())).collect::<Vec<_>>();
    let flagged = SystemOutcome { ambiguous_identity: true, ..found("d0", &[key("d1")]) };
    let many: Vec<SealedIdentifier> =
        (0..101).map(|i| identifier(IdentifierKind::Email, "", &i.to_string())).collect();
    let cases = [
        (flagged, "rows of two people"),
        (found("d0", &[ids(IdentifierKind::ObjectId, 2), vec![key("d1")]].concat()), "two values"),
        (found("d0", &[ids(IdentifierKind::CustomerId, 3), vec![key("d1")]].concat()), "two values"),
        (found("d0", &[vec![key("d1")], many].concat()), "more than 100 identifiers"),
    ];
    for (i, (outcome, why)) in cases.into_iter().enumerate() {
        let mut world = World::new(&format!("ambiguous{i}"), chain(2)).await;
        world.command(&world.discover(&[email()])).await;
        let asked = world.serve(|_, _| outcome.clone()).await;
        assert_eq!(asked.len(), 1, "{why}");
        assert!(world.discovered[0].ambiguous_identity, "{why}");
        assert!(world.discovered[0].identifiers.len() <= 100, "{why}");
        let said = world.inventory();
        assert!(said["d1"].contains(why), "{said:?}");
    }
    let mut world = World::new("sure", chain(1)).await;
    let given =
        [email(), ids(IdentifierKind::ObjectId, 1)[0].clone(), ids(IdentifierKind::Upn, 1)[0].clone()];
    world.command(&world.discover(&given)).await;
    let same = [ids(IdentifierKind::ObjectId, 1), ids(IdentifierKind::Upn, 2)].concat();
    world.serve(|_, name| found(name, &same)).await;
    assert!(!world.discovered[0].ambiguous_identity, "one object id, and names of which one may have two");
}

#[tokio::test]
async fn a_system_that_fails_is_in_the_inventory_and_the_others_are_answered_for() {
    let systems = ["a", "b", "c", "e"]
        .map(|name| system("dublin", name, if name == "a" { "sql" } else { "crm" }, &[EMAIL]));
    let mut world = World::new("fails", systems).await;
    world.command(&world.discover(&[email()])).await;
    assert_eq!(world.tasks.len(), 2, "one task for each connector");
    let refuses =
        SystemOutcome { status: Status::Refused.number(), reason: "no".to_owned(), ..not_found("b") };
    let elsewhere =
        SystemOutcome { status: Status::Elsewhere.number(), who: "home tenant".to_owned(), ..not_found("c") };
    world
        .serve(|_, name| match name {
            "a" => found("a", &[]),
            "b" => refuses.clone(),
            "c" => elsewhere.clone(),
            _ => failed(name, true),
        })
        .await;
    let said: Vec<String> = world.inventory().into_values().collect();
    assert_eq!(
        said,
        ["done", "refused no", "elsewhere somebody else must act: home tenant", "failed it failed: away"]
    );
    assert_eq!(world.discovered[0].plan.as_ref().unwrap().systems.len(), 1);
}

#[tokio::test]
async fn a_later_answer_replaces_the_earlier_one_but_a_failure_leaves_what_was_found() {
    for fails in [false, true] {
        let mut world = World::new(&format!("later{fails}"), chain(2)).await;
        world.command(&world.discover(&[email()])).await;
        world
            .serve(|task, name| match (name, task.round, fails) {
                ("d0", 1, _) => found("d0", &[key("d1")]),
                ("d0", _, true) => failed("d0", true),
                ("d0", _, false) => not_found("d0"),
                _ => found("d1", &[key("d0")]),
            })
            .await;
        let said = world.inventory();
        let planned = world.discovered[0].plan.as_ref().unwrap().systems.len();
        if fails {
            assert_eq!(said["d0"], "partial not asked for all that is known: it failed: away");
            assert_eq!(planned, 2);
        } else {
            assert_eq!((said["d0"].as_str(), planned), ("not_found", 1));
        }
    }
}

#[tokio::test]
async fn doubles_and_answers_of_an_earlier_round_change_nothing() {
    let mut world = World::new("doubles", chain(2)).await;
    let command = world.discover(&[email()]);
    let id = world.command(&command).await;
    let (_, first) = world.tasks[0].clone();
    world.answer(&first, vec![gives_the_next("d0", 2)]).await;
    world.tasks.pop_front();
    let row = |world: &World| {
        let (store, request) = (world.context.store.clone(), world.request);
        async move { store.state(&"discovery".parse().unwrap(), request).await.unwrap().unwrap() }
    };
    let before = row(&world).await;
    world.answer(&first, vec![found("d0", &[key("elsewhere")])]).await;
    world.give(world.message(id, "intake", world.version, &command)).await;
    world
        .give(world.message(
            world.ids.message(),
            "intake",
            0,
            &Stop { request: command.request, ..Stop::default() },
        ))
        .await;
    assert_eq!(row(&world).await, before, "nor does a command that was overtaken");
    assert!(world.stopped.is_empty());
    world.serve(|_, name| found(name, &[])).await;
    let before = row(&world).await;
    assert_eq!(world.discovered.len(), 1);
    world.answer(&first, vec![found("d0", &[])]).await;
    assert_eq!(row(&world).await, before);
    assert_eq!(world.parked().await, [""; 0]);
}

#[tokio::test]
async fn what_was_never_asked_is_parked() {
    let mut world = World::new("strangers", chain(1)).await;
    let task = redress_contracts::v1::Task { task: world.ids.task().to_string(), ..Default::default() };
    let task = redress_contracts::v1::Task { connector: "sql".to_owned(), ..task };
    world.answer(&task, vec![found("d0", &[])]).await;
    world.command(&world.discover(&[email()])).await;
    world.answer(&task, vec![found("d0", &[])]).await;
    let foreign = redress_contracts::v1::Discover { request: "another".to_owned(), ..Default::default() };
    world.command(&foreign).await;
    let mut parked = world.parked().await;
    parked.sort_unstable();
    assert_eq!(parked, ["not_asked", "not_asked", "unreadable"]);
}

#[tokio::test]
async fn a_stop_is_answered_whenever_it_comes_and_nothing_goes_on_after_it() {
    let stop = |world: &World| Stop { request: world.request.to_string(), reason: String::new() };
    for when in ["before", "meanwhile", "after"] {
        let mut world = World::new(&format!("stop{when}"), chain(1)).await;
        let command = world.discover(&[email()]);
        let mut task = None;
        if when != "before" {
            world.command(&command).await;
            task = world.tasks.front().cloned();
        }
        if when == "after" {
            world.serve(|_, name| found(name, &[])).await;
        }
        let id = world.command(&stop(&world)).await;
        let [stopped] = world.stopped.as_slice() else { panic!("{when}: {:?}", world.stopped) };
        assert_eq!((stopped.answers.clone(), stopped.too_late), (id.to_string(), false));
        assert_eq!(stopped.last_sequence, u64::from(when == "after"));
        world.tasks.clear();
        // A command that the stop overtook, an answer, and the sweep.
        world.give(world.message(world.ids.message(), "intake", 0, &command)).await;
        if let Some((_, task)) = &task {
            world.answer(task, vec![found("d0", &[])]).await;
        }
        world.wait(SignedDuration::from_hours(1)).await;
        assert!(world.tasks.is_empty(), "{when}");
        assert_eq!(world.discovered.len(), usize::from(when == "after"));
        world.command(&command).await;
        assert_eq!(world.tasks.len(), 1, "a new command begins anew");
        assert_eq!(world.parked().await, [""; 0]);
    }
}

/// Whatever the systems answer, and however much of it is lost: one answer, with each system of the tenant
/// once, a reason where one is owed, and no more than eight rounds.
#[tokio::test]
async fn every_discovery_ends_with_every_system_accounted_for() {
    for seed in 0..60 {
        let count = 2 + seed as usize % 7;
        let fields = [EMAIL, "{identity: object_id}", "{identity: customer_id}"];
        let systems = (0..count).map(|i| {
            let connector = ["sql", "crm", "entra"][i % 3];
            system("dublin", &format!("d{i}"), connector, &fields[..(seed as usize + i) % 4])
        });
        let mut world = World::seeded(&format!("seed{seed}"), seed, systems).await;
        world.command(&world.discover(&[email()])).await;
        let mut answered = 0;
        while world.discovered.is_empty() {
            answered += 1;
            assert!(answered < 5_000, "seed {seed} does not end");
            let Some((_, task)) = world.tasks.pop_front() else {
                world.wait(SignedDuration::from_mins(10)).await;
                continue;
            };
            if world.dice.below(5) > 0 {
                let outcomes = task.systems.iter().filter_map(|it| any_outcome(&world, &it.system, count));
                let outcomes = outcomes.collect();
                world.answer(&task, outcomes).await;
            }
        }
        let answer = &world.discovered[0];
        let inventory = answer.inventory.clone().unwrap();
        let names: Vec<String> = inventory.systems.iter().map(|entry| entry.system.clone()).collect();
        assert_eq!(names, (0..count).map(|i| format!("d{i}")).collect::<Vec<_>>(), "seed {seed}");
        assert!(inventory.rounds <= 8);
        for entry in &inventory.systems {
            let owed = !entry.asked
                || matches!(Status::of_number(entry.status), Ok(Status::Failed | Status::Refused));
            assert!(!owed || !entry.reason.is_empty(), "seed {seed}: {entry:?}");
            assert!(!entry.connector.is_empty());
        }
        assert_eq!(answer.plan_digest, Some(digest_of(answer.plan.as_ref().unwrap())));
        assert!(answer.plan.as_ref().unwrap().encoded_len() > 0);
        assert_eq!((world.events.len(), world.parked().await.len()), (1, 0));
    }
}

fn any_outcome(world: &World, name: &str, count: usize) -> Option<SystemOutcome> {
    let kinds = [IdentifierKind::Email, IdentifierKind::Upn, IdentifierKind::ObjectId];
    let found_one = match world.dice.below(4) {
        0 => key(&format!("d{}", world.dice.below(count as u64))),
        i => identifier(kinds[i as usize - 1], "", &world.dice.below(3).to_string()),
    };
    match world.dice.below(10) {
        0 => None,
        1 => Some(failed(name, false)),
        2 => Some(failed(name, true)),
        3 => Some(SystemOutcome { status: Status::Refused.number(), ..not_found(name) }),
        4 | 5 => Some(not_found(name)),
        _ => Some(found(name, &[found_one])),
    }
}
