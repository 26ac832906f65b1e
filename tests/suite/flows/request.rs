//! An export and a deletion, on the four pairs; and what else may become of a request.

use std::collections::BTreeMap;

use futures::TryStreamExt as _;
use redress_audit::ledger::verify;
use redress_datamap::sql::{Cell, SqlSession as _};
use redress_tests::{killable::look_again, servers::Port};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::world::{Outer, PAIRS, SHOP_TABLES, World};
use crate::sql::company::{MAP, Rows, email};

const DELETE: &str = "[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user'\ndo = 'delete'\n";
const MASK: &str = "[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user'\ndo = 'null'\n";

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().unwrap().iter()
}

/// Rows by table, as a plan or an inventory counts them.
fn counted<'a>(datasets: impl Iterator<Item = &'a Value>) -> BTreeMap<String, u64> {
    let mut counted = BTreeMap::new();
    for dataset in datasets {
        *counted.entry(dataset["dataset"].as_str().unwrap().to_owned()).or_default() +=
            dataset["count"].as_u64().unwrap();
    }
    counted
}

/// Tables with fewer rows than before, and by how many.
fn gone(before: &Rows, after: &Rows) -> BTreeMap<String, u64> {
    let mut gone = BTreeMap::new();
    for (table, _) in before.keys().filter(|key| !after.contains_key(*key)) {
        *gone.entry(table.clone()).or_default() += 1;
    }
    gone
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_and_a_deletion_reach_their_end() {
    for pair in PAIRS {
        let world = World::start(pair, 1, DELETE).await;
        let before = world.company.rows().await;
        let found = export(&world, pair).await;
        assert_eq!(world.company.rows().await, before, "{pair:?}: an export changes nothing");
        delete(&world, &before, &found, pair).await;
        ledger(&world, pair).await;
        world.stop().await;
    }
}

/// Gives how many rows of each dataset are in the package: those that were found.
async fn export(world: &World, pair: (&str, &str)) -> BTreeMap<String, u64> {
    let request = world.submit("export", &email(3)).await;
    let shown = world.settled(&request).await;
    assert_eq!(shown["inside"]["state"], "in_review", "{pair:?}: {shown:#}");
    let found = counted(list(&shown["inside"]["plan"]["systems"][0]["datasets"]));
    world.approve(&request).await;
    let shown = world.settled(&request).await;
    assert_eq!(shown["closing"], "completed", "{pair:?}: {shown:#}");

    let (_, manifest) = world.call("ada", Method::GET, &format!("packages/{request}"), None).await;
    let mut packaged = BTreeMap::new();
    for file in list(&manifest["files"]) {
        let path = file["path"].as_str().unwrap();
        let body = world.bytes(&format!("packages/{request}/files/{path}")).await;
        assert_eq!(file["sha256"], hex::encode(Sha256::digest(&body)), "{pair:?} {path}");
        if let Some(dataset) = file["from"]["dataset"].as_str() {
            let records: Vec<Value> = serde_json::from_slice(&body).unwrap();
            packaged.insert(dataset.to_owned(), records.len() as u64);
        }
    }
    assert_eq!(packaged, found, "{pair:?}: {manifest:#}");
    found
}

async fn delete(world: &World, before: &Rows, found: &BTreeMap<String, u64>, pair: (&str, &str)) {
    let request = world.submit("delete", &email(3)).await;
    let shown = world.settled(&request).await;
    let plan = &shown["inside"]["plan"]["systems"][0]["datasets"];
    assert_eq!(counted(list(plan)), *found, "{pair:?}: the same person");
    let mut planned = counted(list(plan).filter(|dataset| dataset["treatment"] == "delete"));
    for (dataset, count) in
        counted(list(plan).flat_map(|d| list(&d["cascades"])).filter(|c| c["sets_null"] == false))
    {
        *planned.entry(dataset).or_default() += count;
    }
    world.approve(&request).await;
    let shown = world.settled(&request).await;
    let closing = shown["closing"].as_str().unwrap_or_default();
    assert!(["completed", "completed_retained"].contains(&closing), "{pair:?}: {shown:#}");
    assert_eq!(gone(before, &world.company.rows().await), planned, "{pair:?}: exactly the plan");
    for dataset in list(&shown["inside"]["outcomes"][0]["datasets"]) {
        assert_eq!(dataset["remains"], 0, "{pair:?}: {dataset:#}");
        let evidence = if dataset["kept"] == 0 { "verified" } else { "retained" };
        assert_eq!(dataset["evidence"], evidence, "{pair:?}: {dataset:#}");
    }
    let again = world.submit("delete", &email(3)).await;
    let shown = world.settled(&again).await;
    let audit_only = counted(list(&shown["inside"]["plan"]["systems"][0]["datasets"]));
    assert!(audit_only.values().sum::<u64>() < found.values().sum(), "{pair:?}: {shown:#}");
}

/// Every event of every service is there, in order, and nothing was changed since.
async fn ledger(world: &World, pair: (&str, &str)) {
    let tenant = "dublin".parse().unwrap();
    let rows = world.ledger_at_rest(&tenant).await;
    let verified = verify(&tenant, rows.iter()).unwrap_or_else(|fault| panic!("{pair:?}: {fault:?}"));
    assert_eq!(verified.entries, rows.len() as u64);
    let mut events: BTreeMap<&str, u64> = BTreeMap::new();
    for row in &rows {
        *events.entry(&row.entry.event).or_default() += 1;
    }
    for (event, count) in [
        ("request.received", 3),
        ("discovery.completed", 3),
        ("request.approved", 2),
        ("collection.completed", 1),
        ("package.delivered", 1),
        ("deletion.purged", 1),
        ("request.closed", 2),
    ] {
        assert_eq!(events.get(event), Some(&count), "{pair:?}: {event} in {events:?}");
    }
    for row in rows {
        let text = String::from_utf8_lossy(&row.entry.body);
        assert!(!text.contains("example.com"), "{pair:?}: {} names somebody", row.entry.event);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changed_since_the_approval_goes_back_to_review() {
    let world = World::start(("local", "sqlite"), 2, DELETE).await;
    let request = world.submit("delete", &email(2)).await;
    let old = world.settled(&request).await;
    world.company.run("insert into visit values (99, 'person2@example.com', '2026-11-22 11:00:00')").await;
    let before = world.company.rows().await;
    world.approve(&request).await;
    let shown = world.settled(&request).await;
    assert_eq!(shown["inside"]["state"], "in_review", "{shown:#}");
    assert_eq!(world.company.rows().await, before, "nothing was changed");
    let visits = |shown: &Value| counted(list(&shown["inside"]["plan"]["systems"][0]["datasets"]))["visit"];
    assert_eq!((visits(&old), visits(&shown)), (1, 2));
    // The plan that was seen first is not what is approved now.
    let body = json!({ "plan_digest": old["inside"]["plan"]["digest"] });
    let (status, said) =
        world.call("ada", Method::POST, &format!("requests/{request}/approve"), Some(body)).await;
    assert_eq!((status, &said["code"]), (StatusCode::CONFLICT, &json!("plan_changed")), "{said:#}");
    world.approve(&request).await;
    assert!(world.settled(&request).await["closing"].as_str().unwrap().starts_with("completed"));
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_ends_as_people_decide_and_as_the_systems_answer() {
    let world = World::start(("local", "sqlite"), 3, MASK).await;
    let nobody = world.submit("access", "nobody@example.com").await;
    let shown = world.settled(&nobody).await;
    assert_eq!(shown["closing"], "no_data_found", "{shown:#}");
    assert!(
        shown["inside"]["inventory"]["systems"][0]["queries"].as_u64().unwrap() > 0,
        "with the queries run"
    );

    let declined = world.submit("delete", &email(1)).await;
    world.settled(&declined).await;
    world.post("ada", &format!("requests/{declined}/decline"), json!({ "reason": "a court case" })).await;
    let shown = world.settled(&declined).await;
    assert_eq!((&shown["closing"], &shown["reason"]), (&json!("declined"), &json!("a court case")));

    let cancelled = world.submit("delete", &email(1)).await;
    world.settled(&cancelled).await;
    world.post("ada", &format!("requests/{cancelled}/cancel"), json!({})).await;
    assert_eq!(world.settled(&cancelled).await["closing"], "cancelled");
    world.stop().await;
}

/// The database keeps what it was told to delete: the request says so, and an administrator accepts it by name.
#[tokio::test(flavor = "multi_thread")]
async fn what_remains_is_for_a_named_administrator() {
    let world = World::start(("local", "sqlite"), 4, DELETE).await;
    world.company.run("create trigger keep before delete on visit begin select raise(ignore); end").await;
    let request = world.submit("delete", &email(5)).await;
    world.settled(&request).await;
    world.approve(&request).await;
    let shown = world.settled(&request).await;
    assert_eq!(shown["inside"]["state"], "checking", "{shown:#}");
    let visit =
        list(&shown["inside"]["outcomes"][0]["datasets"]).find(|d| d["dataset"] == "visit").unwrap().clone();
    assert_eq!((&visit["remains"], &visit["done"]), (&json!(1), &json!(0)));
    let body = json!({ "reason": "the archive keeps it for a week" });
    world.post("ada", &format!("requests/{request}/accept-remains"), body).await;
    assert_eq!(world.settled(&request).await["closing"], "completed_remains");
    world.stop().await;
}

/// The ids of the shop's accounts.
async fn accounts(world: &World) -> Vec<String> {
    let mut session = world.shop.as_ref().unwrap().session().await;
    let rows: Vec<Vec<Cell>> =
        session.rows("select cast(id as text) from account order by id", &[]).try_collect().await.unwrap();
    session.close().await;
    rows.iter().map(|row| row[0].text().unwrap().to_owned()).collect()
}

/// What one system gives leads to the other, and both are exported and deleted.
#[tokio::test(flavor = "multi_thread")]
async fn what_one_system_knows_leads_to_the_next() {
    for pair in PAIRS {
        let world = World::with_shop(pair, 7, DELETE).await;
        world.shop.as_ref().unwrap().run(SHOP_TABLES).await;
        let export = world.submit("export", &email(3)).await;
        let shown = world.settled(&export).await;
        let inventory = &shown["inside"]["inventory"];
        assert_eq!(inventory["rounds"], 2, "{pair:?}: {inventory:#}");
        assert_eq!(inventory["systems"][1]["findings"][0]["by"], "customer_id", "{pair:?}: {inventory:#}");
        world.approve(&export).await;
        assert_eq!(world.settled(&export).await["closing"], "completed", "{pair:?}");
        let account = world.bytes(&format!("packages/{export}/files/shop/account.json")).await;
        assert!(String::from_utf8(account).unwrap().contains("nick 3"), "{pair:?}");

        let delete = world.submit("delete", &email(3)).await;
        world.settled(&delete).await;
        world.approve(&delete).await;
        let shown = world.settled(&delete).await;
        assert!(shown["closing"].as_str().unwrap().starts_with("completed"), "{pair:?}: {shown:#}");
        let left = accounts(&world).await;
        assert_eq!(left, ["101", "102", "104", "105", "106", "107", "108"], "{pair:?}");
        world.stop().await;
    }
}

/// One of two systems cannot be searched: whatever was done in the other, nobody is told that it is complete.
#[tokio::test(flavor = "multi_thread")]
async fn a_system_that_cannot_be_searched_is_named_and_searched_again() {
    let world = World::with_shop(("local", "sqlite"), 8, DELETE).await;
    let export = world.submit("export", &email(3)).await;
    world.settled(&export).await;
    world.approve(&export).await;
    let shown = world.settled(&export).await;
    assert_eq!(shown["inside"]["state"], "content_review", "{shown:#}");
    let accept = json!({ "reason": "the shop is being rebuilt" });
    world.post("ada", &format!("requests/{export}/accept-remains"), accept).await;
    assert_eq!(world.settled(&export).await["closing"], "completed_remains");
    let (_, manifest) = world.call("ada", Method::GET, &format!("packages/{export}"), None).await;
    let missing = list(&manifest["missing"]).find(|missing| missing["system"] == "shop");
    let reason = missing.unwrap()["reason"].as_str().unwrap();
    assert!(reason.starts_with("It was not searched in full: "), "{manifest:#}");
    let page = world.bytes(&format!("packages/{export}/files/index.html")).await;
    assert!(String::from_utf8(page).unwrap().contains("It was not searched in full"));

    let delete = world.submit("delete", &email(3)).await;
    world.settled(&delete).await;
    world.approve(&delete).await;
    let shown = world.settled(&delete).await;
    assert_eq!(shown["inside"]["state"], "checking", "{shown:#}");
    let shop = list(&shown["inside"]["outcomes"]).find(|outcome| outcome["system"] == "shop").unwrap();
    assert_eq!(shop["status"], "failed", "{shown:#}");
    // Once it is there, it is searched again, by all that was known before the first rows went.
    world.shop.as_ref().unwrap().run(SHOP_TABLES).await;
    world.post("ada", &format!("requests/{delete}/retry"), json!({})).await;
    let shown = world.settled(&delete).await;
    assert_eq!(shown["inside"]["state"], "in_review", "{shown:#}");
    let (status, said) =
        world.call("ada", Method::POST, &format!("requests/{delete}/cancel"), Some(json!({}))).await;
    assert_eq!(status, StatusCode::CONFLICT, "what was deleted is not called cancelled: {said:#}");
    world.approve(&delete).await;
    let shown = world.settled(&delete).await;
    assert!(shown["closing"].as_str().unwrap().starts_with("completed"), "{shown:#}");
    assert!(!accounts(&world).await.contains(&"103".to_owned()));
    world.stop().await;
}

/// Nothing that names a person lies in the database, in the vault or beside the keys.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_personal_lies_in_the_clear() {
    let world = World::start(("local", "sqlite"), 5, DELETE).await;
    for kind in ["export", "delete"] {
        let request = world.submit(kind, &email(4)).await;
        world.settled(&request).await;
        world.approve(&request).await;
        world.settled(&request).await;
    }
    // What people write may name somebody too.
    let body = json!({
        "kind": "access",
        "subject": { "clear": { "kind": "customer", "identifiers": [{ "kind": "email", "value": email(5) }] } },
        "requester": { "kind": "agent", "name": "Nuala Agent", "authority": "a letter of Maeve" },
        "verification": { "method": "rang Saoirse", "level": "documented", "by": "Grainne" },
    });
    let request = world.post("ada", "requests", body).await["request"].as_str().unwrap().to_owned();
    world.settled(&request).await;
    world
        .post("ada", &format!("requests/{request}/decline"), json!({ "reason": "Fionnuala withdrew" }))
        .await;
    let shown = world.show(&request).await;
    assert_eq!(shown["reason"], "Fionnuala withdrew");
    let written = ["nuala", "maeve", "saoirse", "grainne", "fionnuala"];
    for row in world.ledger_at_rest(&"dublin".parse().unwrap()).await {
        let text = String::from_utf8_lossy(&row.entry.body).to_lowercase();
        for personal in written {
            assert!(!text.contains(personal), "{personal} in the ledger's {}", row.entry.event);
        }
    }
    let mut files = vec![world.folder().to_owned()];
    let mut looked_at = 0;
    while let Some(place) = files.pop() {
        if place.is_dir() {
            files.extend(std::fs::read_dir(&place).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let text = String::from_utf8_lossy(&std::fs::read(&place).unwrap()).to_lowercase();
        looked_at += 1;
        for personal in ["person4@", "family", "name 4", "555 01", "+353"].iter().chain(&written) {
            assert!(!text.contains(personal), "{personal} in {}", place.display());
        }
    }
    assert!(looked_at > 10, "{looked_at} files");
    world.stop().await;
}

/// `show` and `status` name a system that cannot be reached.
#[tokio::test(flavor = "multi_thread")]
async fn a_system_that_is_waited_for_is_named() {
    let port = Port::reserve().unwrap();
    let away = format!("postgres://redress@127.0.0.1:{}/crm", port.number());
    let systems = [("crm", away.as_str(), MAP)];
    let world = Outer::over(("local", "sqlite"), DELETE, &systems, "").await;
    let request = world.submit_to("delete", &email(3), &["crm"]).await;
    let mut shown = world.show(&request).await;
    for _ in 0..3_000 {
        if list(&shown["inside"]["waiting_systems"]).next().is_some() {
            break;
        }
        look_again().await;
        shown = world.show(&request).await;
    }
    let waiting = &shown["inside"]["waiting_systems"][0];
    assert_eq!(waiting["system"], "crm", "{shown:#}");
    assert!(waiting["why"].as_str().unwrap().starts_with("the database cannot be reached"), "{waiting:#}");
    assert!(waiting["tries"].as_u64() >= Some(1) && waiting["next_at"].is_string(), "{waiting:#}");
    let (_, status) = world.call("ada", Method::GET, "status", None).await;
    assert_eq!(status["waiting"], json!({ "crm": 1 }));
    world.stop().await;
}
