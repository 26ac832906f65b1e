//! Verifying the ledger: here, from every entry, whatever the server says.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use redress_audit::ledger::{Verified, verify};
use redress_contracts::{ledger::leaf_hash, v1::LedgerEntry};
use redress_store::LedgerRow;
use serde_json::{Value, json};

use super::{
    How, Ran,
    stub::{Asked, Stub, ok},
};

fn sealed(entry: LedgerEntry) -> LedgerRow {
    LedgerRow { leaf: leaf_hash(&entry).to_vec(), entry }
}

fn rows(length: u64) -> Vec<LedgerRow> {
    let row = |index| {
        sealed(LedgerEntry {
            index,
            tenant: "dublin".to_owned(),
            request: "01890a5d-ac96-774b-bcce-b302099a8057".to_owned(),
            sender: "intake".to_owned(),
            sequence: index + 1,
            event: "request.received".to_owned(),
            at_us: 1_781_092_800_000_000,
            body: vec![index as u8; 3],
        })
    };
    (0..length).map(row).collect()
}

fn verified(rows: &[LedgerRow]) -> Verified {
    verify(&"dublin".parse().unwrap(), rows).unwrap()
}

fn noted(rows: &[LedgerRow]) -> String {
    let Verified { entries, root } = verified(rows);
    format!("{entries}:{}", hex::encode(root))
}

fn whole(rows: &[LedgerRow]) -> Value {
    let Verified { entries, root } = verified(rows);
    json!({ "entries": entries, "root": hex::encode(root) })
}

fn item(row: &LedgerRow) -> Value {
    let LedgerEntry { index, tenant, request, sender, sequence, event, at_us, body } = &row.entry;
    json!({
        "index": index, "tenant": tenant, "request": request, "sender": sender, "sequence": sequence,
        "event": event, "at_us": at_us, "body": BASE64_STANDARD.encode(body), "leaf": hex::encode(&row.leaf),
    })
}

fn page(asked: &Asked, rows: &[LedgerRow]) -> Value {
    let number = |name: &str| {
        let query = asked.path.split(['?', '&']).find_map(|pair| pair.strip_prefix(name));
        query.unwrap().parse::<usize>().unwrap()
    };
    let (from, limit) = (number("from="), number("limit="));
    let items: Vec<Value> = rows.iter().skip(from).take(limit).map(item).collect();
    let next = (rows.len() > from + limit).then_some(from + limit);
    json!({ "items": items, "next": next })
}

/// A server with these rows, that says this of them.
async fn verifies(rows: Vec<LedgerRow>, theirs: Value, words: &[&str]) -> Ran {
    let words: Vec<&str> = ["ledger"].iter().chain(words).copied().collect();
    serving(rows, theirs).await.run(&words).await
}

async fn serving(rows: Vec<LedgerRow>, theirs: Value) -> Stub {
    Stub::start(move |asked, _| match asked.path.as_str() {
        "ledger/verify" => ok(&theirs),
        "status" => ok(&json!({
            "version": "1", "schema": 1, "open": {}, "overdue": 0, "parked": 0, "ledger_entries": rows.len(),
        })),
        _ => ok(&page(asked, &rows)),
    })
    .await
}

#[tokio::test]
async fn who_looks_sees_how_far_it_is_beside_the_result() {
    let rows = rows(20_100);
    let stub = serving(rows.clone(), whole(&rows)).await;
    let unseen = stub.run(&["ledger", "verify"]).await;
    let how = How { is_watched: true, ..How::default() };
    let seen = stub.run_so(&["ledger", "verify"], how).await;
    assert_eq!((unseen.err.as_str(), &unseen.out), ("", &seen.out));
    let steps: Vec<&str> = seen.err.lines().collect();
    assert!(steps.len() == 4 && steps[3] == "20000 entries so far ...", "{steps:?}");
}

#[tokio::test]
async fn a_whole_ledger_has_a_head_to_note() {
    for length in [0, 1, 200, 201, 450] {
        let rows = rows(length);
        let ran = verifies(rows.clone(), whole(&rows), &["verify"]).await;
        assert_eq!(ran.code, 0, "{length}: {}", ran.err);
        assert!(ran.out.starts_with("Whole: ") && ran.out.contains(&noted(&rows)), "{}", ran.out);
        let json = verifies(rows.clone(), whole(&rows), &["verify", "--json"]).await;
        let json: Value = serde_json::from_str(&json.out).unwrap();
        assert_eq!((&json["entries"], &json["root"]), (&json!(length), &whole(&rows)["root"]));
    }
}

#[tokio::test]
async fn it_may_grow_while_it_is_verified_and_after_it_was_noted() {
    let rows = rows(300);
    for length in [0, 1, 199, 200, 201, 300] {
        let noted = noted(&rows[..length]);
        let ran = verifies(rows.clone(), whole(&rows[..length]), &["verify", "--noted", &noted]).await;
        assert_eq!(ran.code, 0, "{length}: {}", ran.err);
    }
}

#[tokio::test]
async fn whatever_is_wrong_is_found_here() {
    let right = rows(10);
    let mut changed = right.clone();
    changed[4].entry.body = vec![9];
    let mut unreadable = right.clone();
    unreadable[4].leaf = vec![0];
    let mut anew = right.clone();
    anew[4] = sealed(LedgerEntry { body: vec![9], ..anew[4].entry.clone() });
    let mut gap = right.clone();
    gap.remove(4);
    let fault = json!({ "fault": { "index": 4, "what": "entry 4 was changed" } });
    let (all, head) = (whole(&right), noted(&right));
    let verify = vec!["verify"];
    let cases = [
        (changed.clone(), all.clone(), verify.clone(), "entry 4 was changed after it was written"),
        (changed, fault.clone(), verify.clone(), "entry 4 was changed"),
        (unreadable, all.clone(), verify.clone(), "entry 4"),
        (gap, all.clone(), verify.clone(), "entry 4 should stand here"),
        (right.clone(), fault, verify.clone(), "the server finds a fault"),
        (anew.clone(), all.clone(), verify.clone(), "first 10 entries differ from the server's own answer"),
        (
            anew.clone(),
            whole(&anew),
            vec!["verify", "--noted", &head],
            "first 10 entries differ from what was noted",
        ),
        (right[..7].to_vec(), all, verify, "it has 7 entries, and by the server's own answer it had 10"),
        (
            right[..7].to_vec(),
            whole(&right[..7]),
            vec!["verify", "--noted", &head],
            "by what was noted it had 10",
        ),
    ];
    for (rows, theirs, words, said) in cases {
        let ran = verifies(rows.clone(), theirs.clone(), &words).await;
        assert_eq!((ran.code, ran.out.as_str()), (6, ""), "{said}");
        assert!(
            ran.err.split_whitespace().collect::<Vec<_>>().join(" ").contains(said),
            "{said}\n{}",
            ran.err
        );
        let words: Vec<&str> = words.iter().copied().chain(["--json"]).collect();
        let json = verifies(rows, theirs, &words).await;
        assert!(serde_json::from_str::<Value>(&json.out).unwrap()["fault"].is_string(), "{}", json.out);
    }
}

#[tokio::test]
async fn the_newest_entries_are_listed_and_any_others_by_index() {
    let rows = rows(100);
    for (words, first, last) in [
        (&["list"][..], "50 ", "99 "),
        (&["list", "--limit", "10"], "90 ", "99 "),
        (&["list", "--from", "20", "--limit", "10"], "20 ", "29 "),
    ] {
        let ran = verifies(rows.clone(), json!({}), words).await;
        assert_eq!(ran.code, 0, "{}", ran.err);
        let lines: Vec<&str> = ran.out.lines().collect();
        assert!(lines[1].starts_with(first), "{words:?} {}", lines[1]);
        assert!(lines.iter().any(|line| line.starts_with(last)), "{words:?} {}", ran.out);
        assert_eq!(ran.out.contains("--from 30"), first == "20 ");
        assert!(lines.iter().all(|line| line.len() <= 100), "{}", ran.out);
    }
}
