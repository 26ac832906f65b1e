//! Handing in: whom it is about leaves this process sealed, by whatever way it came in.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use prost::Message as _;
use redress_contracts::v1;
use redress_vault::{IntakeKey, Key, TenantKey};
use serde_json::{Value, json};

use super::{
    How,
    stub::{Asked, Stub, ok, problem},
};

const ID: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

fn key() -> IntakeKey {
    IntakeKey::of(&TenantKey::new(Key::new([2; 32])))
}

async fn taking() -> Stub {
    Stub::start(|asked, _| match asked.path.as_str() {
        "intake-key" => ok(&json!({
            "algorithm": "x25519-xsalsa20-poly1305-seal",
            "public_key": BASE64_STANDARD.encode(key().public()),
        })),
        _ => ok(&json!({
            "request": ID, "kind": "delete", "received_at": "2026-11-22T12:00:00Z", "linked": ["another"],
            "due_at": "2026-12-23T00:00:00Z", "verified": false,
        })),
    })
    .await
}

fn opened(asked: &Asked) -> (Value, v1::Subject) {
    let body: Value = serde_json::from_slice(&asked.body).unwrap();
    let sealed = BASE64_STANDARD.decode(body["subject"]["sealed"].as_str().unwrap()).unwrap();
    let subject = v1::Subject::decode(key().open(&sealed).unwrap().as_slice()).unwrap();
    (body, subject)
}

#[tokio::test]
async fn the_person_is_sealed_and_all_else_is_said() {
    let stub = taking().await;
    let line = [
        "request",
        "submit",
        "--kind",
        "delete",
        "--email",
        " Anna@Example.com",
        "--email",
        "a.byrne@example.com",
        "--phone",
        "+353 1 555 0100",
        "--customer-id",
        "C17",
        "--upn",
        "anna@example.com",
        "--name",
        "Anna Byrne",
        "--object-id",
        "01890A5DAC96774BBCCEB302099A8057",
        "--field",
        "web.customer.id=a=b",
        "--subject-kind",
        "guest",
        "--requester",
        "agent,Nuala,seen, on paper",
        "--verified",
        "signed in,authenticated,shop",
        "--received-at",
        "2026-11-20T09:00:00Z",
        "--system",
        "web",
        "--system",
        "crm",
        "--trigger",
        "leaver",
        "--regime",
        "gdpr",
        "--idempotency-key",
        "k1",
    ];
    let ran = stub.run(&line).await;
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(
        ran.out,
        format!(
            "Taken in: delete {ID}\n  due before 2026-12-23 00:00 UTC (30 days left)\n  \
             The requester is not verified to the level that the tenant asks for: nothing is looked up yet.\n  \
             The same is asked about the same person by another, which is open.\nNext:\n  \
             redress request watch {ID}\n"
        )
    );
    let asked = stub.asked();
    for asked in &asked {
        let text = format!("{} {}", asked.path, String::from_utf8_lossy(&asked.body)).to_lowercase();
        assert!(!["anna", "byrne", "5550100", "c17"].iter().any(|who| text.contains(who)), "{text}");
    }
    let (body, subject) = opened(&asked[1]);
    assert_eq!((asked[1].method.as_str(), asked[1].path.as_str()), ("POST", "requests"));
    let mut plain = body;
    plain["subject"] = json!(null);
    let expected = json!({
        "kind": "delete", "subject": null, "idempotency_key": "k1", "received_at": "2026-11-20T09:00:00Z",
        "requester": { "kind": "agent", "name": "Nuala", "authority": "seen, on paper" },
        "verification": { "method": "signed in", "level": "authenticated", "by": "shop" },
        "systems": ["web", "crm"], "trigger": "leaver", "regimes": ["gdpr"],
    });
    assert_eq!(plain, expected);
    assert_eq!(subject.kind(), v1::SubjectKind::Guest);
    let values: Vec<&str> = subject.identifiers.iter().map(|it| it.value.as_str()).collect();
    let expected = [
        "anna@example.com",
        "a.byrne@example.com",
        "+35315550100",
        "C17",
        "01890a5d-ac96-774b-bcce-b302099a8057",
        "anna@example.com",
        "Anna Byrne",
        "a=b",
    ];
    assert_eq!(values, expected);
    assert_eq!(subject.identifiers[7].field, "web.customer.id");
}

#[tokio::test]
async fn identifiers_may_be_piped() {
    let stub = taking().await;
    let input = r#"{"kind":"external","identifiers":[{"kind":"email","value":"Anna@example.com"}]}"#;
    let submit = ["request", "submit", "--kind", "delete", "--subject", "-"];
    let ran = stub.run_so(&submit, How { input, ..How::default() }).await;
    assert_eq!(ran.code, 0, "{}", ran.err);
    let (body, subject) = opened(&stub.asked()[1]);
    assert_eq!(body["idempotency_key"], format!("cli-{}", "07".repeat(16)));
    assert_eq!(subject.kind(), v1::SubjectKind::External);
    assert_eq!(subject.identifiers[0].value, "anna@example.com");
    for input in [
        "anna",
        r#"{"identifiers":[{"kind":"anna","value":"anna"}]}"#,
        r#"{"identifiers":[{"kind":"email","value":"anna"}]}"#,
        r#"{"identifiers":[],"anna":1}"#,
        r#"{"identifiers":[]}"#,
        &"anna ".repeat(20_000),
    ] {
        let ran = stub.run_so(&submit, How { input, ..How::default() }).await;
        assert_eq!(ran.code, 2, "{}", ran.err);
        assert!(!ran.err.contains("anna"), "{}", ran.err);
    }
}

#[tokio::test]
async fn where_the_answer_is_lost_the_key_is_told_by_which_it_counts_once() {
    let stub = Stub::start(|asked, _| match asked.path.as_str() {
        "intake-key" => ok(&json!({
            "algorithm": "x25519-xsalsa20-poly1305-seal",
            "public_key": BASE64_STANDARD.encode(key().public()),
        })),
        _ => problem(503, "unavailable", "this cannot be done now", &json!([])),
    })
    .await;
    let ran = stub.run(&["request", "submit", "--kind", "delete", "--email", "anna@example.com"]).await;
    assert_eq!(ran.code, 5);
    assert!(ran.err.contains(&format!("--idempotency-key cli-{}", "07".repeat(16))), "{}", ran.err);
}

#[tokio::test]
async fn nothing_is_sealed_to_a_key_of_another_make() {
    for key in [json!({}), json!({ "algorithm": "rsa", "public_key": BASE64_STANDARD.encode([1; 32]) })] {
        let stub = Stub::start(move |_, _| ok(&key)).await;
        let ran = stub.run(&["request", "submit", "--kind", "delete", "--email", "anna@example.com"]).await;
        assert_eq!((ran.code, stub.asked().len()), (1, 1), "{}", ran.err);
    }
}

#[tokio::test]
async fn a_search_names_the_person_in_a_body_and_not_in_a_url() {
    let stub = Stub::start(|_, _| ok(&json!({ "items": [] }))).await;
    let ran = stub.run(&["request", "search", "--email", "Anna@example.com"]).await;
    assert_eq!((ran.code, ran.out.as_str()), (0, "There is none.\n"));
    let asked = stub.asked();
    assert_eq!(asked[0].path, "requests/search");
    let body: Value = serde_json::from_slice(&asked[0].body).unwrap();
    let expected = json!({ "identifier": { "kind": "email", "value": "anna@example.com", "field": "" } });
    assert_eq!(body, expected);
}
