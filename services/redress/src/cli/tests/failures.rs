//! Whatever goes wrong is told in words, and by an exit code of its own.

use std::{future::pending, time::Duration};

use serde_json::json;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    time::timeout,
};

use super::{
    How, run,
    stub::{Stub, problem},
};

const ID: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

#[tokio::test]
async fn every_answer_has_its_exit_code_and_says_what_to_do() {
    let html = |status| (status, "text/html", b"<html>hello</html>".to_vec());
    let fields = json!([
        { "field": "systems[0]", "rule": "the name of one of this tenant's systems" },
        { "field": "received_at", "rule": "not in the future" },
    ]);
    let no = json!([]);
    let cases = [
        (problem(401, "unauthorized", "send a token", &no), 3, "REDRESS_TOKEN"),
        (problem(403, "not_allowed", "the role `auditor` does not include `approve`", &no), 3, "whose role"),
        (problem(404, "not_found", "there is no such thing", &no), 4, "REDRESS_TENANT"),
        (problem(404, "no_door", "there is no such door", &no), 4, "roles apart"),
        (problem(409, "plan_changed", "the plan is another one", &no), 3, "request show"),
        (problem(409, "not_now", "a request that is closed cannot be changed so", &no), 3, "request show"),
        (problem(410, "forgotten", "the request was forgotten", &no), 3, "forgotten"),
        (problem(422, "invalid", "2 fields are not as they should be", &fields), 3, "systems[0] the name"),
        (problem(500, "internal", "this is our fault", &no), 1, "log"),
        (problem(503, "unavailable", "this cannot be done now", &no), 5, "try again"),
        (html(502), 5, "502 Bad Gateway"),
        (html(500), 1, "does not answer as Redress does"),
        (html(404), 1, "Is the URL right?"),
        (html(308), 1, "308"),
        (html(200), 1, "not JSON"),
        ((200, "application/json", b"{\"anna\": 1}".to_vec()), 1, "same version"),
    ];
    for (answer, code, said) in cases {
        let case = format!("{} {}", answer.0, String::from_utf8_lossy(&answer.2));
        let stub = Stub::start(move |_, _| answer.clone()).await;
        let ran = stub.run(&["request", "show", ID]).await;
        assert_eq!(ran.code, code, "{case}\n{}", ran.err);
        assert_eq!(ran.out, "", "{case}");
        let words = ran.err.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.starts_with("error: ") && words.contains(said), "{case}\n{}", ran.err);
        assert!(ran.err.lines().all(|line| line.chars().count() <= 100), "{case}\n{}", ran.err);
        assert!(!ran.err.contains("t0ken") && !ran.err.contains("anna"), "{case}\n{}", ran.err);
    }
}

#[tokio::test]
async fn who_cannot_be_reached_is_told_apart_from_who_says_no() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let ran = run(&url, "t0ken", &["status"], How::default()).await;
    assert_eq!(ran.code, 5, "{}", ran.err);
    assert!(ran.err.contains(&url) && ran.err.contains("redress up"), "{}", ran.err);
}

/// It dies with its connections open: nothing, the beginning of an answer, or half of one has come.
#[tokio::test]
async fn who_says_nothing_more_is_not_waited_for() {
    const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 99\r\n";
    for said in [String::new(), HEAD.to_owned(), format!("{HEAD}\r\n"), format!("{HEAD}\r\n{{\"requests\":")]
    {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let words = said.clone();
        let server = tokio::spawn(async move {
            let (mut connection, _) = listener.accept().await.unwrap();
            assert!(connection.read(&mut [0; 4096]).await.unwrap() > 0);
            connection.write_all(words.as_bytes()).await.unwrap();
            (pending::<()>().await, connection)
        });
        let how = How { silence_max: Some(Duration::from_millis(200)), ..How::default() };
        let ran = timeout(Duration::from_secs(30), run(&url, "t0ken", &["status"], how)).await;
        let ran = ran.unwrap_or_else(|_| panic!("still waiting after `{said}`"));
        assert_eq!(ran.code, 5, "{said}: {}", ran.err);
        assert!(ran.err.contains("does not answer in time"), "{said}: {}", ran.err);
        server.abort();
    }
}

#[tokio::test]
async fn a_line_that_is_not_right_asks_no_server() {
    let stub = Stub::start(|_, _| panic!("asked")).await;
    for words in [
        &["request", "show", "17"][..],
        &["request", "approve", ID, "--yes"],
        &["request", "decline", ID],
        &["request", "candidates", ID],
        &["request", "list", "--state", "gone"],
        &["request", "submit", "--kind", "access"],
        &["request", "submit", "--kind", "rectify", "--email", "anna@example.com"],
        &["request", "submit", "--kind", "access", "--email", "anna"],
        &["request", "submit", "--kind", "access", "--field", "x=anna"],
        &["request", "submit", "--kind", "access", "--phone", "anna", "--object-id", "anna"],
        &["request", "submit", "--kind", "access", "--email", "a@example.com", "--verified", "seen,well"],
        &["request", "search", "--email", "a@example.com", "--upn", "a@example.com"],
        &["package", "get", ID],
        &["ledger", "verify", "--noted", "17"],
        &["parked", "drop", "intake", ID],
    ] {
        let ran = stub.run(words).await;
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{words:?}\n{}", ran.err);
        assert!(!ran.err.contains("anna") || words.contains(&"rectify"), "{words:?}\n{}", ran.err);
    }
    for (words, said) in [
        (&["--phone", "anna", "--object-id", "anna"][..], &["--phone: with", "--object-id: a UUID"][..]),
        (&["--field", "a.b=1"], &["--field: its field is"]),
        (&[], &["--subject -"]),
    ] {
        let words: Vec<&str> =
            ["request", "submit", "--kind", "access"].iter().chain(words).copied().collect();
        let ran = stub.run(&words).await;
        assert!(said.iter().all(|said| ran.err.contains(said)), "{}", ran.err);
    }
    assert!(stub.asked().is_empty());
}
