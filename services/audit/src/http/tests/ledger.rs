//! The ledger's doors, and the machine's.

use redress_contracts::{ledger::leaf_hash, v1::LedgerEntry};
use redress_domain::RequestId;
use redress_store::SCHEMA_VERSION;
use serde_json::{Value, json};

use super::house::{House, dublin};
use crate::{
    http::verify_ledger::{Found, verify},
    ledger::Verifier,
};

#[tokio::test]
async fn the_ledger_is_read_in_pages_and_anybody_can_compute_its_leaves() {
    let house = House::new("ledger").await;
    house.entries("dublin", 7).await;
    house.entries("cork", 2).await;
    let (mut seen, mut from) = (Vec::new(), json!(0));
    while from != Value::Null {
        let page = house.get("auditor-dublin", &format!("dublin/ledger?from={from}&limit=3")).await;
        seen.extend(page["items"].as_array().unwrap().clone());
        from = page["next"].clone();
    }
    assert_eq!(
        seen.iter().map(|entry| entry["index"].as_u64().unwrap()).collect::<Vec<_>>(),
        (0..7).collect::<Vec<_>>()
    );
    for entry in &seen {
        let text = |name: &str| entry[name].as_str().unwrap().to_owned();
        let computed = LedgerEntry {
            index: entry["index"].as_u64().unwrap(),
            tenant: text("tenant"),
            request: text("request"),
            sender: text("sender"),
            sequence: entry["sequence"].as_u64().unwrap(),
            event: text("event"),
            at_us: entry["at_us"].as_i64().unwrap(),
            body: base64::Engine::decode(&base64::prelude::BASE64_STANDARD, text("body")).unwrap(),
        };
        assert_eq!(text("leaf"), hex::encode(leaf_hash(&computed)));
        assert_eq!((text("at"), text("tenant")), ("2026-06-10T12:00:00Z".to_owned(), "dublin".to_owned()));
        assert!(text("request").parse::<RequestId>().is_ok());
    }
    let beyond = house.get("auditor-dublin", "dublin/ledger?from=7").await;
    assert_eq!(beyond, json!({ "items": [], "next": null }));
    for (query, fields) in [("from=-1", vec!["from"]), ("from=x&limit=201", vec!["limit", "from"])] {
        let (status, said) = house.ask("auditor-dublin", "GET", &format!("dublin/ledger?{query}")).await;
        let named: Vec<&str> =
            said["fields"].as_array().unwrap().iter().map(|fault| fault["field"].as_str().unwrap()).collect();
        assert_eq!((status, named), (422, fields), "{query}");
    }
}

#[tokio::test]
async fn the_ledger_is_verified_whole_however_many_pages_it_has() {
    let house = House::new("verified").await;
    let empty = house.get("auditor-dublin", "dublin/ledger/verify").await;
    assert_eq!(empty["entries"], 0);
    house.entries("dublin", 2_500).await;
    let rows = house.store.ledger(&dublin(), 0, 5_000).await.unwrap();
    let expected = crate::ledger::verify(&dublin(), &rows).unwrap();
    let whole = house.get("auditor-dublin", "dublin/ledger/verify").await;
    assert_eq!(whole, json!({ "entries": 2_500, "root": hex::encode(expected.root) }));

    // The database does not let a test change what is written: what it gave is changed instead.
    let mut changed = rows;
    changed[2_100].entry.body.push(1);
    let mut verifier = Verifier::new(dublin());
    assert_eq!(verify(&mut verifier, &changed[..1_000], 2_500), None);
    assert_eq!(verify(&mut verifier, &changed[1_000..2_000], 2_500), None);
    // As if the newest ones had been dropped: the head has counted them.
    let cut_off = serde_json::to_value(verify(&mut verifier, &[], 2_500)).unwrap();
    let what = "entry 2000 and all behind it are missing: 2500 were written";
    assert_eq!(cut_off, json!({ "fault": { "index": 2_000, "what": what } }));
    let found = verify(&mut verifier, &changed[2_000..], 2_500);
    let what = "entry 2100 was changed after it was written";
    assert!(matches!(found, Some(Found::Broken { .. })));
    assert_eq!(serde_json::to_value(found).unwrap(), json!({ "fault": { "index": 2_100, "what": what } }));
}

#[tokio::test]
async fn how_the_machine_is_counts_what_is_the_tenants() {
    let house = House::new("status").await;
    house.entries("cork", 3).await;
    for length in 0..40 {
        assert_eq!(house.store.ledger_size(&dublin()).await.unwrap(), length);
        house.entries("dublin", 1).await;
    }
    house.entries("dublin", 1_000).await;
    let status = house.get("operator-dublin", "dublin/status").await;
    let expected = json!({
        "version": env!("CARGO_PKG_VERSION"), "schema": SCHEMA_VERSION, "open": { "of dublin": 3 }, "overdue": 1, "waiting": { "crm": 2 },
        "parked": 0, "unworked": ["redress.task.sql"], "ledger_entries": 1_040, "at_least": false,
    });
    assert_eq!(status, expected);
}
