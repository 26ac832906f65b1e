//! Lists and small sheets.

use serde_json::{Value, json};

use super::{
    How,
    stub::{Stub, ok},
};

const ID: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

fn item(state: &str, closing: Option<&str>, due: Option<&str>, marks: &[&str]) -> Value {
    let who = if closing.is_some() { "nobody" } else { "person" };
    json!({
        "request": ID, "kind": "export", "state": state, "waits_for": { "who": who, "what": "x" }, "marks": marks,
        "public_state": "pending", "closing": closing, "due_at": due,
    })
}

#[tokio::test]
async fn requests_stand_in_columns_and_all_pages_are_one() {
    let stub = Stub::start(|asked, _| match asked.path.as_str() {
        "requests?state=in_review&open=true" => {
            let late = item("in_review", None, Some("2026-11-20T12:00:00Z"), &["ambiguous_identity", "overdue"]);
            ok(&json!({ "items": [item("in_review", None, Some("2026-12-23T00:00:00Z"), &[]), late], "next": "abc" }))
        }
        "requests?state=in_review&open=true&cursor=abc" => {
            ok(&json!({ "items": [item("closed", Some("completed_retained"), Some("2026-12-23T00:00:00Z"), &[])], "next": null }))
        }
        _ => (404, "text/plain", asked.path.clone().into_bytes()),
    })
    .await;
    let list = ["request", "list", "--open", "--state", "in_review"];
    let first = stub.run(&list).await;
    let lines = [
        "REQUEST                               KIND    STATE      DUE           NOTES".to_owned(),
        format!("{ID}  export  in review  30 days left  waits for you"),
        format!("{ID}  export  in review  2 days over   ambiguous identity, overdue"),
        "There are more: --all shows them.".to_owned(),
    ];
    assert_eq!(first.out.lines().collect::<Vec<_>>(), lines, "{}", first.err);
    let all: Vec<&str> = list.iter().copied().chain(["--all"]).collect();
    let all_shown = stub.run(&all).await;
    assert!(all_shown.out.ends_with(&format!("{ID}  export  completed retained\n")), "{}", all_shown.out);
    let json: Vec<&str> = all.iter().copied().chain(["--json"]).collect();
    let json: Value = serde_json::from_str(&stub.run(&json).await.out).unwrap();
    assert_eq!((json["items"].as_array().unwrap().len(), &json["next"]), (3, &json!(null)));
}

#[tokio::test]
async fn packages_and_parked_messages_stand_in_columns() {
    let package = json!({
        "package": ID, "request": ID, "kind": "export", "records": 12, "bytes": 5_000_000,
        "released_at": "2026-11-20T12:00:00Z", "expires_at": "2026-12-20T12:00:00Z",
    });
    let parked = json!({
        "service": "intake", "id": ID, "reason": "not_yet", "detail": "it came too early", "attempts": 3,
        "parked_at": "2026-11-20T12:00:00Z", "envelope": { "kind": "redress.v1.Event", "request": ID, "source": "export" },
    });
    let mut unreadable = parked.clone();
    unreadable["envelope"] = json!(null);
    unreadable["service"] = json!("audit");
    let stub = Stub::start(move |asked, _| match asked.path.as_str() {
        "packages" => ok(&json!({ "items": [package], "next": null })),
        "parked?service=intake" => ok(&json!({ "items": [parked], "next": null })),
        path if path.starts_with("parked/audit") => ok(&unreadable),
        _ => ok(&parked),
    })
    .await;
    let packages = stub.run(&["package", "list"]).await;
    let expected = format!("{ID}  export  12       4.7 MiB  2026-11-20  2026-12-20");
    assert_eq!(packages.out.lines().last().unwrap(), expected, "{}", packages.err);
    let parked = stub.run(&["parked", "list", "--service", "intake"]).await;
    let expected = format!("intake   {ID}  2026-11-20 12:00:00  not yet");
    assert_eq!(parked.out.lines().last().unwrap(), expected, "{}", parked.err);
    let shown = stub.run(&["parked", "show", "intake", ID]).await.out;
    for said in
        ["it came too early", "3 times", "redress.v1.Event", &format!("redress parked replay intake {ID}")]
    {
        assert!(shown.contains(said), "{shown}");
    }
    let shown = stub.run(&["parked", "show", "audit", ID]).await.out;
    assert!(
        !shown.contains("replay") && shown.contains(&format!("redress parked drop audit {ID}")),
        "{shown}"
    );
    assert_eq!(stub.run(&["parked", "replay", "intake", ID]).await.code, 0);
    let drop = ["parked", "drop", "intake", ID];
    let asked = |input| How { input, is_asked: true, ..How::default() };
    assert_eq!(stub.run_so(&drop, asked("n\n")).await.code, 6);
    let posts = || stub.asked().iter().filter(|asked| asked.path.ends_with("/drop")).count();
    assert_eq!(posts(), 0);
    assert_eq!(stub.run_so(&drop, asked("y\n")).await.code, 0);
    assert_eq!(stub.run(&["parked", "drop", "intake", ID, "--yes"]).await.code, 0);
    assert_eq!(posts(), 2);
}

#[tokio::test]
async fn the_status_is_a_few_lines() {
    let status = json!({
        "version": "0.1.0", "schema": 3, "open": { "in_review": 2, "purging": 1 }, "overdue": 1, "parked": 0,
        "unworked": ["redress.task.sql", "redress.export"], "ledger_entries": 41, "at_least": false,
    });
    let stub = Stub::start(move |_, _| ok(&status)).await;
    let expected = "version        0.1.0, schema 3\nopen requests  3\n               2 in review\n\
                    \u{20}              1 purging\noverdue        1\nparked         0\nnobody works   redress.task.sql\n               redress.export\nledger         41 entries\n";
    assert_eq!(stub.run(&["status"]).await.out, expected);
}

#[tokio::test]
async fn a_link_is_a_whole_address_on_a_line_of_its_own() {
    let stub = Stub::start(|asked, _| {
        let said = String::from_utf8(asked.body.clone()).unwrap();
        assert_eq!((asked.method.as_str(), &*asked.path), ("POST", &*format!("packages/{ID}/links")));
        match said.as_str() {
            "{\"hours\":72}" | "{\"hours\":5}" => {
                ok(&json!({ "url": "/packages/A-b_c/", "expires_at": "2026-11-23T12:00:00Z" }))
            }
            _ => (422, "text/plain", said.into_bytes()),
        }
    })
    .await;
    let url = format!("{}/packages/A-b_c/", stub.url);
    let ran = stub.run(&["package", "link", ID]).await;
    assert_eq!((ran.code, ran.out), (0, format!("{url}\n")), "{}", ran.err);
    assert!(ran.err.contains("reads the package, until 2026-11-23 12:00"), "{}", ran.err);
    let json = stub.run(&["package", "link", ID, "--hours", "5", "--json"]).await.out;
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json, json!({ "url": url, "expires_at": "2026-11-23T12:00:00Z" }));
}
