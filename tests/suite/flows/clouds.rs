//! Whole packages on the clouds' object stores: made, handed over by a link, and gone when their time is over.

use std::time::Duration;

use jiff::SignedDuration;
use redress_tests::servers;
use redress_vault::Prefix;
use reqwest::{Method, StatusCode};
use serde_json::json;

use super::world::World;
use crate::sql::company::email;

const POLICY: &str = "[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user'\ndo = 'delete'\n";
pub(super) const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Objects of a request's package, and of what was collected for it.
pub(super) async fn lying(world: &World, request: &str) -> [usize; 2] {
    let dublin = "dublin".parse().unwrap();
    let package = Prefix::package(&dublin, request).unwrap();
    let work = Prefix::work(&dublin, request.parse().unwrap());
    let objects = &world.parts.objects;
    [objects.list(&package).await.unwrap().len(), objects.list(&work).await.unwrap().len()]
}

/// Waits until a request's package is deleted.
#[expect(clippy::disallowed_methods, reason = "the store gives no word of a change")]
pub(super) async fn until_expired(world: &World, request: &str) {
    let (export, id) = ("export".parse().unwrap(), request.parse().unwrap());
    for _ in 0..3_000 {
        let row = world.parts.context.store.state(&export, id).await.unwrap().unwrap();
        if row.status == "expired" {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("after a minute it is not");
}

pub(super) async fn exported(world: &World) -> String {
    let request = world.submit("export", &email(3)).await;
    world.settled(&request).await;
    world.approve(&request).await;
    assert_eq!(world.settled(&request).await["closing"], "completed");
    request
}

/// The address of a link to a package.
async fn link(world: &World, package: &str, hours: u32) -> String {
    let said = world.post("ada", &format!("packages/{package}/links"), json!({ "hours": hours })).await;
    said["url"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn on_each_cloud_a_package_is_whole_and_goes_when_its_time_is_over() {
    for cloud in servers::shared_clouds().await.unwrap() {
        let world = World::with_vault(9, POLICY, &cloud.create_bucket().await.unwrap()).await;
        let request = exported(&world).await;
        let by_id = async |path: &str| world.bytes(&format!("packages/{request}/files/{path}")).await;
        world.whole_package(&request, by_id).await;
        let url = link(&world, &request, 720).await;
        let by_link = async |path: &str| world.open(&format!("{url}{path}")).await.1;
        world.whole_package(&request, by_link).await;
        assert_eq!(world.open(&url).await.1, by_id("index.html").await, "it leads to the page");

        world.clock.advance(KEPT - SignedDuration::from_mins(30));
        assert_eq!(world.open(&url).await.0, StatusCode::OK);
        assert!(lying(&world, &request).await.iter().all(|lying| *lying > 0));
        world.clock.advance(SignedDuration::from_hours(1));
        let doors = async || {
            let (status, said) = world.call("ada", Method::GET, &format!("packages/{request}"), None).await;
            assert_eq!((status, &said["code"]), (StatusCode::GONE, &json!("expired")), "{said:#}");
            assert_eq!(world.open(&url).await.0, StatusCode::GONE);
        };
        doors().await;
        until_expired(&world, &request).await;
        assert_eq!(lying(&world, &request).await, [0, 0]);
        doors().await;
        let rows = world.ledger_at_rest(&"dublin".parse().unwrap()).await;
        let expired = rows.iter().filter(|row| row.entry.event == "package.expired").count();
        assert_eq!(expired, 1, "{:?}", rows.iter().map(|row| &row.entry.event).collect::<Vec<_>>());
        world.stop().await;
    }
}

/// Nothing is called complete that could not be kept; a person reads why, mends it, and has it tried again.
#[tokio::test(flavor = "multi_thread")]
async fn a_container_that_is_not_there_is_told_and_waited_for() {
    for cloud in servers::shared_clouds().await.unwrap() {
        let bucket = cloud.bucket_to_be();
        let world = World::with_vault(10, POLICY, &bucket).await;
        let request = world.submit("export", &email(3)).await;
        world.settled(&request).await;
        world.approve(&request).await;
        let shown = world.settled(&request).await;
        let because = shown["inside"]["stuck_because"].as_str().unwrap_or_default();
        assert!(because.contains("container, or bucket, that `vault.url` names does not exist"), "{shown:#}");
        assert_eq!((&shown["inside"]["state"], &shown["closing"]), (&json!("collecting"), &json!(null)));

        cloud.make(&bucket).await.unwrap();
        world.post("ada", &format!("requests/{request}/retry"), json!({})).await;
        assert_eq!(world.settled(&request).await["closing"], "completed");
        let by_id = async |path: &str| world.bytes(&format!("packages/{request}/files/{path}")).await;
        world.whole_package(&request, by_id).await;
        world.stop().await;
    }
}
