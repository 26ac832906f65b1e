//! Approving: exactly what was seen, by somebody who was asked, or by a script that names it.

use serde_json::{Value, json};

use super::{
    How,
    stub::{Asked, Stub, ok},
};

const ID: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

fn digest() -> String {
    "ab".repeat(32)
}

fn in_review() -> Value {
    json!({
        "request": ID, "kind": "delete", "public_state": "pending",
        "inside": {
            "state": "in_review", "waits_for": { "who": "person", "what": "approve" }, "marks": [],
            "inventory": { "candidates": [{ "id": "c1", "count": 1 }], "systems": [], "rounds": 1 },
            "plan": { "digest": digest(), "systems": [{ "system": "web", "datasets": [
                { "dataset": "booking", "count": 2, "treatment": "delete" },
            ] }] },
        },
    })
}

async fn reviewing(shown: Value) -> Stub {
    Stub::start(move |asked, _| match asked.method.as_str() {
        "GET" => ok(&shown),
        _ => ok(&json!({
            "request": ID, "kind": "delete", "state": "purging", "public_state": "pending", "marks": [],
            "waits_for": { "who": "service", "what": "purge" },
        })),
    })
    .await
}

fn posted(asked: &[Asked]) -> Vec<Value> {
    let posts = asked.iter().filter(|asked| asked.method == "POST");
    posts.map(|asked| serde_json::from_slice(&asked.body).unwrap()).collect()
}

#[tokio::test]
async fn a_person_sees_the_plan_and_is_asked() {
    for (input, code) in [("y\n", 0), ("Yes\n", 0), ("n\n", 6), ("\n", 6), ("", 6), ("sure\n", 6)] {
        let stub = reviewing(in_review()).await;
        let ran =
            stub.run_so(&["request", "approve", ID], How { input, is_asked: true, ..How::default() }).await;
        assert_eq!(ran.code, code, "{input}: {}", ran.err);
        for said in ["booking  2 rows  delete", &digest(), "1 candidate not decided on", "[y/N]"] {
            assert!(ran.err.contains(said), "{said}\n{}", ran.err);
        }
        let approval = json!({ "plan_digest": digest(), "leave_undecided": false });
        let expected = if code == 0 { vec![approval] } else { Vec::new() };
        assert_eq!(posted(&stub.asked()), expected, "{input}");
        if code == 0 {
            let out =
                format!("delete {ID}\n  purging: at work: purge\nNext:\n  redress request watch {ID}\n");
            assert_eq!(ran.out, out);
        }
    }
}

#[tokio::test]
async fn a_script_names_the_plan() {
    let stub = reviewing(in_review()).await;
    let digest = digest();
    let words = ["request", "approve", ID, "--yes", "--plan", &digest, "--leave-undecided"];
    let ran = stub.run(&words).await;
    assert_eq!((ran.code, stub.asked().len()), (0, 1), "{}", ran.err);
    assert_eq!(posted(&stub.asked()), [json!({ "plan_digest": digest, "leave_undecided": true })]);
}

#[tokio::test]
async fn nothing_is_approved_that_was_not_seen() {
    let mut later = in_review();
    later["inside"]["state"] = json!("purging");
    let mut outside = in_review();
    outside["inside"] = json!(null);
    let other = "cd".repeat(32);
    let (plain, with_plan) = (["request", "approve", ID], ["request", "approve", ID, "--plan", &other]);
    let digest = digest();
    let cases = [
        (in_review(), &plain[..], false, 2, digest.as_str()),
        (in_review(), &with_plan[..], true, 3, "another one by now"),
        (later, &plain[..], true, 3, "no plan to approve: the request is purging"),
        (outside, &plain[..], true, 3, "no plan to approve"),
    ];
    for (shown, words, is_asked, code, said) in cases {
        let stub = reviewing(shown).await;
        let ran = stub.run_so(words, How { input: "y\n", is_asked, ..How::default() }).await;
        assert_eq!(ran.code, code, "{words:?}: {}", ran.err);
        assert!(ran.err.contains(said), "{words:?}: {}", ran.err);
        assert!(posted(&stub.asked()).is_empty(), "{words:?}");
    }
}

#[tokio::test]
async fn what_sets_a_request_going_can_be_followed() {
    for deed in [&["retry"][..], &["verify", "--method", "signed in", "--level", "documented"]] {
        let stub = reviewing(in_review()).await;
        let words: Vec<&str> =
            ["request", deed[0], ID, "--watch"].iter().chain(&deed[1..]).copied().collect();
        let ran = stub.run(&words).await;
        assert_eq!(ran.code, 0, "{deed:?}: {}", ran.err);
        assert_eq!(posted(&stub.asked()).len(), 1, "{deed:?}");
        assert!(ran.out.contains("in review: waits for a person: approve"), "{deed:?}: {}", ran.out);
    }
}

#[tokio::test]
async fn each_deed_says_what_the_server_wants_to_hear() {
    let reason = ["--reason", "because"];
    let cases = [
        ("decline", &reason[..], "decline", json!({ "reason": "because" })),
        ("cancel", &[], "cancel", json!({ "reason": "" })),
        ("cancel", &reason, "cancel", json!({ "reason": "because" })),
        ("give-up", &reason, "give-up", json!({ "reason": "because" })),
        ("accept-remains", &reason, "accept-remains", json!({ "reason": "because" })),
        ("retry", &[], "retry", json!({})),
        (
            "verify",
            &["--method", "signed in", "--level", "documented", "--by", "shop"],
            "verify",
            json!({ "method": "signed in", "level": "documented", "by": "shop" }),
        ),
        (
            "candidates",
            &["--accept", "c,x", "--reject", "y", "--reject-row", "crm.line=7,2", "--reason", "not hers"],
            "candidates",
            json!({
                "accepted": ["c1", "x"], "rejected": ["y"], "reason": "not hers",
                "rejected_rows": [{ "system": "crm", "dataset": "line", "key": ["7", "2"] }],
            }),
        ),
    ];
    for (deed, flags, door, body) in cases {
        let stub = reviewing(in_review()).await;
        let words: Vec<&str> = ["request", deed, ID].iter().chain(flags).copied().collect();
        let ran = stub.run(&words).await;
        assert_eq!(ran.code, 0, "{deed}: {}", ran.err);
        let asked = stub.asked();
        assert_eq!(asked.last().unwrap().path, format!("requests/{ID}/{door}"));
        assert_eq!(posted(&asked), [body], "{deed}");
        assert!(ran.out.contains("purging: at work: purge"), "{}", ran.out);
    }
}
