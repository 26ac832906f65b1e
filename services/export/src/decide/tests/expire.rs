//! A package whose time is over.

use redress_contracts::v1::PackageExpired;
use redress_domain::Clock as _;
use redress_vault::{Objects, Prefix};

use super::*;
use crate::testing::dublin;

const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// With a package of one record.
async fn delivered(name: &str) -> World {
    let world = World::new(name).await;
    let people = world.draft("shop", "people", &[r#"{"name":"Anna"}"#.to_owned()]).await;
    world.collected(Kind::Access, vec![outcome("shop", Status::Done, vec![people])]).await;
    world.say(&world.release()).await;
    world.released().await;
    world
}

/// Objects of the package, and of what was collected.
async fn lying(world: &World) -> [usize; 2] {
    let package = Prefix::package(&dublin(), &world.request.to_string()).unwrap();
    let work = Prefix::work(&dublin(), world.request);
    [world.objects.list(&package).await.unwrap().len(), world.objects.list(&work).await.unwrap().len()]
}

#[tokio::test]
async fn it_goes_with_what_was_collected_after_all_else_of_the_request_has_gone() {
    let world = delivered("expires").await;
    world.advance(DAY * 8);
    let before = world.clock.now() - DAY * 7;
    assert_eq!(world.store.forget_closed(&crate::name(), before, 10).await.unwrap(), 1);
    world.advance(KEPT - DAY * 8 - SignedDuration::from_secs(1));
    assert!(world.timers().await.0.is_empty() && world.make_packages().await.is_none());
    assert_eq!((lying(&world).await, world.state().await.1.as_str()), ([3, 1], "released"));

    world.advance(SignedDuration::from_secs(1));
    world.timers().await;
    let (state, status) = world.state().await;
    assert_eq!((status.as_str(), state.closed_at), ("expiring", None));
    let outcome = world.make_packages().await.expect("it is deleted");
    assert_eq!(lying(&world).await, [0, 0]);
    let sent = world.hear(outcome.clone()).await;
    assert_eq!(events(&sent), [(4, "package.expired")]);
    let Some(What::PackageExpired(PackageExpired { package })) = sent.only::<Event>().what else { panic!() };
    assert_eq!(package, world.request.to_string());
    let (state, status) = world.state().await;
    assert_eq!((status.as_str(), state.closed_at), ("expired", Some(world.clock.now())));
    assert!(world.hear(outcome).await.0.is_empty(), "once");
    assert!(world.say(&stop(&world)).await.1.only::<Stopped>().too_late);
    let released: Released = world.say(&world.release()).await.1.only();
    assert!(released.failure.contains("collect it anew"), "{}", released.failure);
    assert_eq!(world.parked().await, [""; 0]);
}

#[tokio::test]
async fn released_anew_it_is_kept_anew_and_collected_anew_there_is_no_end() {
    let world = delivered("kept_anew").await;
    world.advance(DAY * 20);
    world.say(&world.release()).await;
    world.advance(DAY * 11);
    assert!(world.timers().await.0.is_empty(), "while it is made there is nothing to expire");
    assert_eq!(world.state().await.1, "releasing");
    world.released().await;
    world.advance(KEPT - DAY);
    world.timers().await;
    assert_eq!(world.state().await.1, "released");
    world.say(&world.collect(Kind::Access, &[("sql", "shop", 1)])).await;
    world.advance(KEPT);
    world.timers().await;
    assert_eq!((world.state().await.1.as_str(), lying(&world).await), ("collecting", [3, 1]));
}

#[tokio::test]
async fn what_is_asked_while_it_goes_waits_until_it_has_gone() {
    let world = delivered("waits").await;
    world.advance(KEPT);
    world.timers().await;
    assert!(world.say(&world.collect(Kind::Access, &[("sql", "shop", 1)])).await.1.0.is_empty());
    assert_eq!(world.state().await.1, "expiring");
    let outcome = world.make_packages().await.unwrap();
    let task: Task = world.hear(outcome).await.only();
    assert_eq!((task.action(), world.state().await.1.as_str()), (Action::Collect, "collecting"));
}

#[tokio::test]
async fn a_store_that_fails_is_tried_again_and_the_end_comes_once() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::with("fails", Objects::local(folder.path()).unwrap()).await;
    world.collected(Kind::Access, vec![outcome("shop", Status::NotFound, vec![])]).await;
    world.say(&world.release()).await;
    world.released().await;
    // A file where a folder should be: listing it fails.
    let packages = folder.path().join(Prefix::package(&dublin(), "x").unwrap().as_str());
    let tenant = packages.parent().unwrap();
    let aside = folder.path().join("aside");
    std::fs::rename(tenant, &aside).unwrap();
    std::fs::write(tenant, "").unwrap();
    world.advance(KEPT);
    world.timers().await;
    let mut tries = 0;
    let given_up = loop {
        match world.make_packages().await {
            Some(outcome) => break outcome,
            None => tries += 1,
        }
        assert!(tries < 30, "it is given up for a day at last");
        world.advance(SignedDuration::from_hours(6));
    };
    assert!(tries > 10, "{tries} tries");
    assert!(world.hear(given_up).await.0.is_empty());
    assert_eq!(world.state().await.1, "released");

    std::fs::remove_file(tenant).unwrap();
    std::fs::rename(&aside, tenant).unwrap();
    world.advance(DAY);
    world.timers().await;
    let outcome = world.make_packages().await.unwrap();
    assert_eq!(events(&world.hear(outcome).await), [(4, "package.expired")]);
    assert_eq!(lying(&world).await, [0, 0]);
}
