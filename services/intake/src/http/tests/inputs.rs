//! Bad input: door × input × status × code × field. No answer repeats a value.

use serde_json::{Value, json};

use crate::testing::{House, clear};

/// Method, path, body; status and code.
type Case = (&'static str, String, Option<Vec<u8>>, u16, &'static str);

/// A submission with one thing changed.
fn with(pointer: &str, value: Value) -> Value {
    let mut given = clear("access");
    match given.pointer_mut(pointer) {
        Some(place) => *place = value,
        None => given[pointer.trim_start_matches('/')] = value,
    }
    given
}

fn identifiers(list: Value) -> Value {
    with("/subject/clear/identifiers", list)
}

/// Submissions, and the field that is at fault in each.
fn submissions() -> Vec<(Value, &'static str)> {
    let many: Vec<Value> =
        (0..21).map(|i| json!({ "kind": "email", "value": format!("anna{i}@example.com") })).collect();
    let requester = |it: Value| with("/requester", it);
    let verification = |it: Value| with("/verification", it);
    vec![
        (with("/kind", json!("forget anna")), "kind"),
        (with("/kind", json!("rectify")), "kind"),
        (with("/kind", json!("restrict")), "kind"),
        (with("/kind", json!("set_preference")), "kind"),
        (with("/kind", json!(17)), "kind"),
        (json!({ "subject": clear("access")["subject"] }), "kind"),
        (json!({ "kind": "access" }), "subject"),
        (with("/subject", json!({})), "subject"),
        (with("/subject", json!({ "anna": 1 })), "subject"),
        (with("/subject", json!({ "sealed": "anna!" })), "subject.sealed"),
        (with("/subject", json!({ "sealed": "YW5uYQ==" })), "subject.sealed"),
        (with("/subject/clear/kind", json!("anna")), "subject.clear.kind"),
        (identifiers(json!([])), "subject.clear.identifiers"),
        (identifiers(json!(many)), "subject.clear.identifiers"),
        (identifiers(json!([{ "kind": "email", "value": "anna" }])), "subject.clear.identifiers[0].value"),
        (identifiers(json!([{ "kind": "phone", "value": "anna" }])), "subject.clear.identifiers[0].value"),
        (identifiers(json!([{ "kind": "anna", "value": "a" }])), "subject.clear.identifiers[0].kind"),
        (identifiers(json!([{ "kind": "email" }])), "subject.clear.identifiers[0].value"),
        (
            identifiers(json!([{ "kind": "email", "value": "a@b", "field": "a.b.c" }])),
            "subject.clear.identifiers[0].field",
        ),
        (
            identifiers(json!([{ "kind": "field", "value": "anna", "field": "a" }])),
            "subject.clear.identifiers[0].value",
        ),
        (with("/regimes", json!(["ccpa"])), "regimes[0]"),
        (with("/received_at", json!("anna")), "received_at"),
        (with("/received_at", json!("2026-06-11T00:00:00Z")), "received_at"),
        (with("/received_at", json!("2021-06-01T00:00:00Z")), "received_at"),
        (requester(json!({ "kind": "anna" })), "requester.kind"),
        (requester(json!({ "kind": "agent", "name": "a" })), "requester.authority"),
        (requester(json!({ "kind": "subject", "name": "a".repeat(201) })), "requester.name"),
        (requester(json!({ "kind": "subject", "name": "anna\nb" })), "requester.name"),
        (verification(json!({ "method": "", "level": "matched" })), "verification.method"),
        (verification(json!({ "method": "a", "level": "anna" })), "verification.level"),
        (
            verification(json!({ "method": "a", "level": "matched", "at": "2026-06-11T00:00:00Z" })),
            "verification.at",
        ),
        (with("/trigger", json!("anna")), "trigger"),
        (with("/scopes", json!(["system_logs"])), "scopes[0]"),
        (with("/scopes", json!(["anna"])), "scopes[0]"),
        (with("/destination", json!({ "container_url": "https://anna.example" })), "destination"),
        (with("/systems", json!(["bookings", "anna"])), "systems[1]"),
        (with("/systems", json!(["crm"])), "systems[0]"),
        (with("/idempotency_key", json!("anna\u{e9}")), "idempotency_key"),
        (with("/idempotency_key", json!("a".repeat(129))), "idempotency_key"),
        (with("/extra", json!("anna")), "extra"),
        (json!([]), "body"),
    ]
}

#[tokio::test]
async fn a_bad_submission_is_told_which_field_breaks_which_rule() {
    let house = House::new("inputs").await;
    for (given, field) in submissions() {
        let said = house.ask("upstream-dublin", "POST", "/v1/tenants/dublin/requests", Some(&given)).await;
        assert_eq!((said.status, said.code().as_str()), (422, "invalid"), "{given}: {}", said.text);
        let fields: Vec<Value> = said.json()["fields"].as_array().unwrap().clone();
        let names: Vec<&str> = fields.iter().filter_map(|fault| fault["field"].as_str()).collect();
        assert_eq!(names, [field], "{given}: {}", said.text);
        assert!(!said.text.to_lowercase().contains("anna"), "{given}: {}", said.text);
    }
    let listed = house.ask("auditor-dublin", "GET", "/v1/tenants/dublin/requests", None).await.json();
    assert_eq!(listed["items"], json!([]), "and nothing of it is taken in");
}

#[tokio::test]
async fn everything_that_is_wrong_is_told_at_once() {
    let house = House::new("at-once-wrong").await;
    let mut given = clear("rectify");
    given["systems"] = json!(["nowhere"]);
    given["scopes"] = json!(["system_logs"]);
    given["subject"]["clear"]["identifiers"] =
        json!([{ "kind": "email", "value": "a" }, { "kind": "phone", "value": "b" }]);
    let said = house.ask("upstream-dublin", "POST", "/v1/tenants/dublin/requests", Some(&given)).await.json();
    let names: Vec<&str> =
        said["fields"].as_array().unwrap().iter().filter_map(|fault| fault["field"].as_str()).collect();
    let identifiers = ["subject.clear.identifiers[0].value", "subject.clear.identifiers[1].value"];
    assert_eq!(names, [&identifiers[..], &["kind", "scopes[0]", "systems[0]"]].concat());
}

#[tokio::test]
async fn clear_subjects_are_taken_only_where_the_tenant_allows_them() {
    let house = House::new("clear").await;
    let said = house.ask("upstream-cork", "POST", "/v1/tenants/cork/requests", Some(&clear("access"))).await;
    assert_eq!((said.status, &said.json()["fields"][0]["field"]), (422, &json!("subject.clear")));
}

#[tokio::test]
async fn every_other_door_says_what_is_wrong_too() {
    let house = House::new("doors").await;
    let one = house.submit(&clear("access")).await;
    let all = "/v1/tenants/dublin/requests";
    let at = |door: &str| format!("{one}/{door}");
    let long = json!({ "reason": "a".repeat(501) });
    let cases: Vec<Case> = vec![
        ("POST", all.to_owned(), None, 415, "unsupported_media_type"),
        ("POST", all.to_owned(), Some(b"{\"kind\":".to_vec()), 400, "malformed_json"),
        ("POST", all.to_owned(), Some(vec![b' '; 1 << 21]), 413, "too_large"),
        ("PUT", all.to_owned(), None, 405, "method_not_allowed"),
        ("GET", format!("{all}?limit=0"), None, 422, "invalid"),
        ("GET", format!("{all}?limit=anna"), None, 422, "invalid"),
        ("GET", format!("{all}?state=anna"), None, 422, "invalid"),
        ("GET", format!("{all}?open=anna"), None, 422, "invalid"),
        ("GET", format!("{all}?cursor=anna"), None, 422, "invalid"),
        ("GET", format!("{all}?anna=1"), None, 400, "malformed_query"),
        ("GET", format!("{all}?limit=1&limit=2"), None, 400, "malformed_query"),
        ("GET", format!("{all}/anna"), None, 404, "not_found"),
        ("GET", format!("{all}/01890a5d-ac96-774b-bcce-b302099a8057"), None, 404, "not_found"),
        ("POST", format!("{all}/search"), Some(b"{}".to_vec()), 422, "invalid"),
        (
            "POST",
            format!("{all}/search"),
            Some(b"{\"identifier\":{\"kind\":\"email\",\"value\":\"anna\"}}".to_vec()),
            422,
            "invalid",
        ),
        ("POST", at("approve"), Some(b"{}".to_vec()), 422, "invalid"),
        ("POST", at("approve"), Some(b"{\"plan_digest\":\"anna\"}".to_vec()), 422, "invalid"),
        (
            "POST",
            at("approve"),
            Some(json!({ "plan_digest": "00".repeat(32) }).to_string().into()),
            409,
            "not_now",
        ),
        ("POST", at("decline"), Some(b"{}".to_vec()), 422, "invalid"),
        ("POST", at("decline"), Some(b"{\"reason\":\" \"}".to_vec()), 422, "invalid"),
        ("POST", at("decline"), Some(long.to_string().into()), 422, "invalid"),
        ("POST", at("decline"), Some(b"{\"reason\":\"a\"}".to_vec()), 409, "not_now"),
        ("POST", at("give-up"), Some(b"{\"reason\":\"a\"}".to_vec()), 409, "not_now"),
        ("POST", at("give-up"), None, 415, "unsupported_media_type"),
        ("POST", at("accept-remains"), Some(b"{\"reason\":\"a\"}".to_vec()), 409, "not_now"),
        ("POST", at("candidates"), Some(b"{\"accepted\":\"anna\"}".to_vec()), 422, "invalid"),
        ("POST", at("candidates"), Some(b"{}".to_vec()), 409, "not_now"),
        ("POST", at("retry"), None, 409, "not_now"),
        ("POST", at("retry"), Some(b"{\"extra\":\"anna\"}".to_vec()), 422, "invalid"),
        ("POST", at("cancel"), Some(b"{\"reason\":1}".to_vec()), 422, "invalid"),
        ("POST", at("verify"), Some(b"{}".to_vec()), 422, "invalid"),
        ("POST", at("verify"), Some(b"{\"method\":\"a\",\"level\":\"documented\"}".to_vec()), 409, "not_now"),
    ];
    for (method, path, body, status, code) in cases {
        let said = house.ask_raw("tenant_admin-dublin", method, &path, body).await;
        assert_eq!((said.status, said.code().as_str()), (status, code), "{method} {path}: {}", said.text);
        assert_eq!(said.content_type, "application/problem+json", "{method} {path}");
        assert!(!said.text.contains("anna"), "{method} {path}: {}", said.text);
    }
}
