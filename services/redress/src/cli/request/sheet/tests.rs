use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::*;

const ID: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

fn now() -> Now {
    Now { at: "2026-11-22T12:00:00Z".parse().unwrap(), zone: TimeZone::UTC }
}

fn text(shown: Value) -> String {
    let text = page(&serde_json::from_value(shown).unwrap(), &now()).text(false);
    let long: Vec<&str> = text.lines().filter(|line| line.chars().count() > 100).collect();
    assert!(long.is_empty(), "{long:#?}");
    text
}

/// Everything that a page can show.
fn full() -> Value {
    json!({
        "request": ID, "kind": "delete", "public_state": "pending", "reason": null, "package": null,
        "received_at": "2026-10-20T10:00:00Z", "due_at": "2026-11-21T00:00:00Z", "closed_at": null,
        "inside": {
            "state": "in_review", "marks": ["overdue"], "stuck_because": null, "subject_kind": "direct_connect",
            "waits_for": { "who": "person", "what": "a tenant administrator must approve or decline the plan" },
            "regimes": ["gdpr"], "trigger": "leaver", "scopes": ["customer_data"], "systems": ["crm", "web"],
            "requester": { "kind": "agent", "name": "Nuala", "authority": "seen on paper" },
            "verification": { "method": "phoned", "level": "matched", "by": "rory", "at": null },
            "handed_in_by": { "role": "upstream", "name": "shop" }, "linked": ["another"],
            "identifiers": [
                { "kind": "email", "class": "unique", "field": null, "from_system": null, "round": 0 },
                { "kind": "field", "class": "shared", "field": "web.house.id", "from_system": "web", "round": 1 },
            ],
            "inventory": inventory(), "accepted_candidates": ["c1-one"], "rejected_candidates": [],
            "plan": plan_of(), "outcomes": [], "draft": null,
            "timeline": [{ "at": "2026-10-20T10:00:00Z", "event": "request.received", "actor": null, "detail": "taken in: delete" }],
        },
    })
}

fn inventory() -> Value {
    let candidate = |id: &str| {
        json!({
            "id": id, "system": "web", "dataset": "guest", "by": "name", "count": 2, "preview": { "name": "Anna \u{1b}[2J B." },
        })
    };
    json!({
        "rounds": 2, "candidates": [candidate("c1-one"), candidate("c1-one-more")],
        "systems": [
            { "system": "web", "asked": true, "status": "done", "queries": 4, "findings": [
                { "dataset": "customer", "count": 1, "by": "customer_id", "round": 0 },
                { "dataset": "nothing", "count": 0, "by": "email", "round": 0 },
            ] },
            { "system": "erp", "asked": true, "status": "not_found", "queries": 1, "findings": [] },
            { "system": "crm", "asked": true, "status": "partial", "reason": "two tables cannot be read", "findings": [] },
            { "system": "mail", "asked": false, "reason": "its data map has no e-mail address" },
        ],
    })
}

fn plan_of() -> Value {
    let field = |treatment: &str, value: Value, ground: Value| {
        json!({
            "field": treatment, "treatment": treatment, "value": value, "ground_text": ground, "category": "user.name",
        })
    };
    let no = Value::Null;
    json!({ "digest": "ab".repeat(32), "systems": [
        { "system": "mail", "datasets": [] },
        { "system": "web", "datasets": [
            { "dataset": "customer", "class": "content", "count": 1, "treatment": "delete", "fields": [],
              "unmapped_columns": ["vip", "shoe_size"], "special_categories": ["user.health_and_medical"],
              "cascades": [
                  { "dataset": "gift", "count": 1, "sets_null": false }, { "dataset": "review", "count": 3, "sets_null": true },
              ] },
            { "dataset": "invoice", "class": "content", "count": 2, "treatment": null, "ground": "policy", "fields": [
                field("null", no.clone(), no.clone()), field("string", json!("removed"), no.clone()),
                field("hash", no.clone(), no.clone()), field("hmac", no.clone(), no.clone()),
                field("random", no.clone(), no.clone()), field("keep", no.clone(), json!("the tax code, § 147")),
            ] },
            { "dataset": "visits", "class": "audit", "count": 3, "treatment": "keep", "ground": "audit",
              "ground_text": "an audit dataset is never changed" },
        ] },
    ] })
}

#[test]
fn a_reviewer_sees_everything_to_decide_by() {
    let text = text(full());
    let expected = [
        "  state       in review",
        "              waits for a person: a tenant administrator must approve or decline the plan",
        "  due before  2026-11-21 00:00 UTC (36 hours over)",
        "  marks       overdue",
        "  subject     direct connect, known by email, web.house.id from web (may name several)",
        "  requester   agent, Nuala, by authority of: seen on paper, handed in by shop (upstream)",
        "  verified    matched: phoned, by rory",
        "  because of  leaver",
        "  only in     crm, web",
        "  see also    another",
        "Found  in 2 rounds",
        "  web     customer  1     customer id",
        "  erp                     nothing, by 1 query",
        "  crm                     partial: two tables cannot be read",
        "  mail                    not asked: its data map has no e-mail address",
        "  c1-one  accepted",
        "  c1-one-m  undecided",
        "    2 rows of guest in web, by name",
        "    name  Anna \\u{1b}[2J B.",
        "    customer  1 row   delete",
        "                      the database deletes 1 row of gift with them",
        "                      the database clears the reference in 3 rows of review",
        "                      special categories of data: user.health_and_medical",
        "                      the data map does not know: vip, shoe_size",
        "    invoice   2 rows  change fields: policy",
        "                      null (user.name): make empty",
        "                      string (user.name): replace by 'removed'",
        "                      hash (user.name): replace by a hash",
        "                      hmac (user.name): replace by a keyed hash",
        "                      random (user.name): replace by a random value",
        "                      keep (user.name): keep: the tax code, § 147",
        "    visits    3 rows  keep: an audit dataset is never changed",
        "  2026-10-20 10:00:00    taken in: delete",
    ];
    for line in expected {
        assert!(text.lines().any(|other| other == line), "{line}\n\n{text}");
    }
    assert!(text.contains(&format!("Plan  {}", "ab".repeat(32))), "{text}");
    let next = text.split("Next:\n").nth(1).unwrap();
    let commands: Vec<&str> = next.lines().map(|line| line.split(' ').nth(4).unwrap()).collect();
    assert_eq!(commands, ["candidates", "approve", "decline"], "{next}");
}

#[test]
fn what_can_be_done_depends_on_how_it_stands() {
    let mut ambiguous = full();
    ambiguous["inside"]["marks"] = json!(["ambiguous_identity"]);
    let mut stuck = full();
    stuck["inside"]["marks"] = json!(["stuck"]);
    stuck["inside"]["stuck_because"] = json!("deletion: the map is gone");
    let mut working = full();
    working["inside"]["waits_for"] = json!({ "who": "service", "what": "purge" });
    let mut closed = full();
    closed["closing"] = json!("declined");
    closed["reason"] = json!("manifestly unfounded");
    for (shown, has, has_not) in [
        (ambiguous, "request candidates", "request approve"),
        (stuck, "deletion: the map is gone", "request approve"),
        (working, "request watch", "request approve"),
        (closed, "manifestly unfounded", "Next:"),
    ] {
        let text = text(shown);
        assert!(text.contains(has) && !text.contains(has_not), "{text}");
    }
}

#[test]
fn an_outcome_says_no_more_than_its_evidence() {
    let mut shown = full();
    let dataset = |done: u64, kept: u64, remains: u64, evidence: &str| {
        json!({
            "dataset": evidence, "planned": 9, "done": done, "kept": kept, "remains": remains, "evidence": evidence,
            "ground": if kept > 0 { json!("shared") } else { json!(null) }, "expected_by": "2026-12-01T00:00:00Z",
        })
    };
    shown["inside"]["outcomes"] = json!([
        { "system": "web", "status": "done", "datasets": [
            dataset(2, 0, 0, "verified"), dataset(1, 1, 0, "confirmed"), dataset(0, 3, 0, "retained"),
            dataset(1, 0, 4, "expected_by"), dataset(0, 0, 0, ""),
        ] },
        { "system": "hr", "status": "elsewhere", "reason": "a copy", "who": "the parent company", "datasets": [] },
        { "system": "mail", "status": "pending", "expected_by": "2026-12-01T00:00:00Z", "datasets": [] },
    ]);
    let text = text(shown);
    for line in [
        "    verified     2 rows done                  looked at again",
        "    confirmed    1 row done, 1 kept (shared)  confirmed by the provider",
        "    retained     3 kept (shared)              kept by plan",
        "    expected_by  1 row done, 4 left           expected by 2026-12-01",
        "                 0 rows done",
        "  hr  elsewhere",
        "    a copy",
        "    the parent company must act",
        "  mail  pending",
        "    expected by 2026-12-01",
    ] {
        assert!(text.lines().any(|other| other == line), "{line}\n\n{text}");
    }
}

#[test]
fn the_outside_is_shown_how_it_stands_and_what_there_is_to_fetch() {
    let shown = json!({
        "request": ID, "kind": "export", "public_state": "completed", "closing": "completed", "reason": null,
        "received_at": null, "due_at": null, "closed_at": "2026-11-22T11:00:00Z", "inside": null,
        "package": { "package": ID, "records": 1, "bytes": 1536, "manifest": "ab", "expires_at": "2026-12-22T11:00:00Z" },
    });
    let expected = format!(
        "export {ID}\n  state    completed\n  closed   2026-11-22 11:00 UTC\n  \
         package  1 record, 1.5 KiB, kept until 2026-12-22\n           manifest ab\n\n\
         Next:\n  redress package get {ID} --to <folder>\n"
    );
    assert_eq!(text(shown), expected);
}

#[test]
fn sizes_are_told_in_the_unit_that_fits() {
    for (size, expected) in
        [(0, "0 bytes"), (1, "1 byte"), (1023, "1023 bytes"), (1024, "1.0 KiB"), (5_000_000, "4.7 MiB")]
    {
        assert_eq!(bytes(size), expected);
    }
}
