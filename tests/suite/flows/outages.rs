//! A store that fails half-way through a package, at each of its writes in turn.

use jiff::SignedDuration;
use redress_tests::servers::{self, Bucket, Emulator, Proxy};
use redress_vault::Prefix;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::{
    clouds::{KEPT, exported, lying, until_expired},
    world::World,
};
use crate::sql::company::email;

const POLICY: &str = "[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user'\ndo = 'delete'\n";
/// Longer than whatever failed once waits before it is tried again.
const A_WHILE: SignedDuration = SignedDuration::from_secs(10);

/// Behind a proxy, with a person one of whose records takes more than one part of an upload.
async fn behind(bucket: &Bucket) -> (World, Proxy) {
    let (proxy, bucket) = Proxy::before(bucket).await.unwrap();
    let world = World::with_vault(11, POLICY, &bucket).await;
    world.company.run("insert into booking values (999, 3, null, 'a wish')").await;
    world.company.run("insert into line values (999, 1, hex(zeroblob(4500000)))").await;
    (world, proxy)
}

async fn approved(world: &World) -> String {
    let request = world.submit("export", &email(3)).await;
    world.settled(&request).await;
    world.approve(&request).await;
    request
}

/// Nobody sees anything of a package that is not delivered.
async fn nobody_sees(world: &World, request: &str, when: &str) {
    for path in [format!("packages/{request}"), format!("packages/{request}/files/index.html")] {
        assert_eq!(world.call("ada", Method::GET, &path, None).await.0, StatusCode::NOT_FOUND, "{when}");
    }
    let links = format!("packages/{request}/links");
    assert_eq!(
        world.call("ada", Method::POST, &links, Some(json!({}))).await.0,
        StatusCode::NOT_FOUND,
        "{when}"
    );
    let (_, listed) = world.call("ada", Method::GET, "packages", None).await;
    assert!(!listed.to_string().contains(request), "{when}: {listed:#}");
}

/// It is there, all of it, and nothing besides.
async fn is_whole(world: &World, request: &str, shown: &Value, when: &str) {
    assert_eq!(shown["closing"], "completed", "{when}: {shown:#}");
    let by_id = async |path: &str| world.bytes(&format!("packages/{request}/files/{path}")).await;
    world.whole_package(request, by_id).await;
    let (_, manifest) = world.call("ada", Method::GET, &format!("packages/{request}"), None).await;
    let files = manifest["files"].as_array().unwrap().len();
    assert_eq!(lying(world, request).await[0], files + 1, "{when}");
}

async fn each_was_delivered_once(world: &World, requests: usize) {
    let rows = world.ledger_at_rest(&"dublin".parse().unwrap()).await;
    let delivered = rows.iter().filter(|row| row.entry.event == "package.delivered");
    let mut of: Vec<_> = delivered.map(|row| &row.entry.request).collect();
    of.sort_unstable();
    let events = of.len();
    of.dedup();
    assert_eq!((events, of.len()), (requests, requests));
}

async fn at_each_write(emulator: &Emulator) {
    let (world, proxy) = behind(&emulator.create_bucket().await.unwrap()).await;
    let dublin = "dublin".parse().unwrap();
    for write in 1.. {
        let when = format!("write {write}");
        proxy.break_at(write);
        let request = approved(&world).await;
        let ended = tokio::select! {
            () = proxy.broken() => None,
            shown = world.settled(&request) => Some(shown),
        };
        let shown = match &ended {
            Some(shown) => shown.clone(),
            None => {
                nobody_sees(&world, &request, &when).await;
                proxy.mend();
                world.clock.advance(A_WHILE);
                world.settled(&request).await
            }
        };
        proxy.mend();
        is_whole(&world, &request, &shown, &when).await;
        // They are large.
        for prefix in
            [Prefix::package(&dublin, &request).unwrap(), Prefix::work(&dublin, request.parse().unwrap())]
        {
            world.parts.objects.delete_all(&prefix).await.unwrap();
        }
        if ended.is_some() {
            assert!(write > 20, "{write} writes for all of a request");
            each_was_delivered_once(&world, usize::try_from(write).unwrap()).await;
            break;
        }
    }
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn azure_fails_at_each_write_and_every_package_is_whole_and_delivered_once() {
    at_each_write(servers::shared_clouds().await.unwrap()[0]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s3_fails_at_each_write_and_every_package_is_whole_and_delivered_once() {
    at_each_write(servers::shared_clouds().await.unwrap()[1]).await;
}

/// What was collected is on its disk; of the package there is a part.
#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_is_killed_half_way_through_a_package_is_gone_on_with_when_it_is_back() {
    let azurite = Emulator::azurite().await.unwrap();
    let (world, proxy) = behind(&azurite.create_bucket().await.unwrap()).await;
    // How many writes it takes to collect is known from another request's.
    let first = approved(&world).await;
    world.settled(&first).await;
    let dublin = "dublin".parse().unwrap();
    let collected = world.parts.objects.list(&Prefix::work(&dublin, first.parse().unwrap())).await.unwrap();

    proxy.break_at(collected.len() as u64 + 5);
    let request = approved(&world).await;
    proxy.broken().await;
    nobody_sees(&world, &request, "half-way").await;
    for (place, _) in collected {
        azurite.has_saved(&place.as_str().replace(&first, &request)).await.unwrap();
    }
    azurite.kill().await.unwrap();
    proxy.mend();
    let lost = proxy.lost();
    world.clock.advance(A_WHILE);
    lost.await;
    nobody_sees(&world, &request, "while it is away").await;
    azurite.restart().await.unwrap();
    let shown = world.settled(&request).await;
    is_whole(&world, &request, &shown, "killed").await;
    each_was_delivered_once(&world, 2).await;
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_deleted_is_deleted_later_and_given_to_nobody_meanwhile() {
    for cloud in servers::shared_clouds().await.unwrap() {
        let (proxy, bucket) = Proxy::before(&cloud.create_bucket().await.unwrap()).await.unwrap();
        let world = World::with_vault(12, POLICY, &bucket).await;
        for deletion in 0.. {
            let request = exported(&world).await;
            proxy.break_at(deletion);
            world.clock.advance(KEPT);
            let is_through = tokio::select! {
                () = proxy.broken() => false,
                () = until_expired(&world, &request) => true,
            };
            let (status, _) = world.call("ada", Method::GET, &format!("packages/{request}"), None).await;
            assert_eq!(status, StatusCode::GONE, "deletion {deletion}");
            proxy.mend();
            world.clock.advance(A_WHILE);
            until_expired(&world, &request).await;
            assert_eq!(lying(&world, &request).await, [0, 0], "deletion {deletion}");
            if is_through {
                assert!(deletion > 1, "{deletion} deletions");
                break;
            }
        }
        world.stop().await;
    }
}
