//! Following a request: each change once, until it waits for a person or has ended.

use serde_json::{Value, json};

use super::{
    How, Ran,
    stub::{Answer, Stub, ok, problem},
};

const ID: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

fn line(second: u8, event: &str, detail: &str) -> Value {
    json!({ "at": format!("2026-11-22T12:00:{second:02}Z"), "event": event, "actor": null, "detail": detail })
}

/// A request in a state, after so many lines of its timeline.
fn stands(state: &str, (who, what): (&str, &str), lines: usize) -> Value {
    let timeline = [
        line(0, "request.received", "taken in: delete"),
        line(1, "discovery.completed", "found 4 rows"),
        line(2, "request.closed", "completed_retained: why"),
    ];
    json!({
        "request": ID, "kind": "delete", "public_state": "pending", "due_at": "2026-12-23T00:00:00Z",
        "inside": {
            "state": state, "waits_for": { "who": who, "what": what }, "marks": [], "timeline": timeline[..lines],
        },
    })
}

fn closed(closing: &str, public: &str) -> Value {
    let mut shown = stands("closed", ("nobody", "it has ended"), 3);
    shown["closing"] = json!(closing);
    shown["public_state"] = json!(public);
    shown["reason"] = json!("said so");
    shown
}

fn discovering() -> Value {
    stands("discovering", ("service", "discover"), 1)
}

async fn watched(answers: Vec<Answer>, words: &[&str], how: How<'_>) -> Ran {
    let last = answers.len() - 1;
    let stub = Stub::start(move |_, before| answers[before.min(last)].clone()).await;
    let words: Vec<&str> = ["request", "watch", ID].iter().chain(words).copied().collect();
    stub.run_so(&words, how).await
}

#[tokio::test]
async fn each_change_is_a_line_where_it_is_piped() {
    let review = stands("in_review", ("person", "somebody must approve"), 2);
    let answers = [discovering(), discovering(), discovering(), review].map(|it| ok(&it)).to_vec();
    let ran = watched(answers, &[], How::default()).await;
    let expected = format!(
        "delete {ID}\n2026-11-22 12:00:00  taken in: delete\ndiscovering: at work: discover\n\
         2026-11-22 12:00:01  found 4 rows\n\
         in review: waits for a person: somebody must approve\n\
         Next:\n  redress request show {ID}\n"
    );
    assert_eq!(ran, Ran { code: 0, out: expected, err: String::new() });
}

#[tokio::test]
async fn on_a_terminal_the_last_line_is_written_anew() {
    let answers = [discovering(), closed("completed_retained", "completed")].map(|it| ok(&it)).to_vec();
    let ran = watched(answers, &[], How { is_redrawn: true, ..How::default() }).await;
    let (off, on, up) = ("\u{1b}[?7l", "\u{1b}[?7h", "\u{1b}[1A\u{1b}[2K");
    let expected = format!(
        "delete {ID}\n2026-11-22 12:00:00  taken in: delete\n\
         {off}discovering: at work: discover\n{on}{up}\
         2026-11-22 12:00:01  found 4 rows\n2026-11-22 12:00:02  completed retained: why\n\
         completed retained: said so\n"
    );
    assert_eq!(ran, Ran { code: 0, out: expected, err: String::new() });
}

#[tokio::test]
async fn as_json_each_change_is_a_document_on_its_line() {
    let done = closed("completed", "completed");
    let answers = vec![ok(&discovering()), ok(&discovering()), ok(&done)];
    let ran = watched(answers, &["--json"], How { is_redrawn: true, ..How::default() }).await;
    let lines: Vec<Value> = ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((ran.code, lines), (0, vec![discovering(), done]));
}

#[tokio::test]
async fn a_script_hears_how_it_came_out() {
    let mut stuck = stands("purging", ("person", "a service could not go on: retry or give up"), 1);
    stuck["inside"]["marks"] = json!(["stuck"]);
    stuck["inside"]["stuck_because"] = json!("export: the map is gone");
    let mut outside = closed("failed", "failed");
    outside["inside"] = json!(null);
    let cases = [
        (closed("completed", "completed"), 0, "", ""),
        (closed("completed_remains", "completed"), 0, "", ""),
        (closed("no_data_found", "completed"), 0, "", ""),
        (closed("declined", "declined"), 6, "was declined: said so", ""),
        (closed("failed", "failed"), 6, "failed: said so", ""),
        (outside, 6, "failed: said so", ""),
        (closed("cancelled", "cancelled"), 6, "was taken back", ""),
        (stands("verifying", ("person", "x"), 1), 0, "", "request verify"),
        (stands("content_review", ("person", "x"), 1), 0, "", "request accept-remains"),
        (stands("checking", ("person", "x"), 1), 6, "has left something behind", "request accept-remains"),
        (stuck, 6, "is stuck: export: the map is gone", "request give-up"),
    ];
    for (shown, code, said, next) in cases {
        let ran = watched(vec![ok(&shown)], &[], How::default()).await;
        assert_eq!(ran.code, code, "{shown:#}\n{}", ran.err);
        assert!(ran.err.contains(said) && ran.out.contains(next), "{shown:#}\n{}{}", ran.out, ran.err);
    }
}

#[tokio::test]
async fn a_server_that_is_away_for_a_moment_is_waited_for() {
    let away = problem(503, "unavailable", "this cannot be done now", &json!([]));
    let done = ok(&closed("completed", "completed"));
    let answers = vec![ok(&discovering()), away.clone(), away, ok(&discovering()), done];
    let ran = watched(answers, &[], How::default()).await;
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.err, "note: this cannot be done now; trying again\n");
    assert_eq!(ran.out.matches("discovering").count(), 1, "{}", ran.out);
    assert_eq!(ran.out.matches("taken in").count(), 1, "{}", ran.out);
    let gone = problem(404, "not_found", "there is no such thing", &json!([]));
    assert_eq!(watched(vec![ok(&discovering()), gone], &[], How::default()).await.code, 4);
}
