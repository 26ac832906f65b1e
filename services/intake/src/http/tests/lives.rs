//! Requests from end to end, over the doors and with the services' answers by hand.

use prost::Message as _;
use redress_contracts::{
    digest_of,
    v1::{self, Candidate, Inventory, Plan, SealedIdentifier},
};
use redress_vault::{IntakeKey, Purpose, open, seal};
use serde_json::json;

use crate::testing::{Counter, House, clear};

fn found(rows: u64) -> impl FnOnce(String, String) -> v1::Discovered {
    move |request, answers| {
        let finding = v1::Finding { dataset: "guests".to_owned(), count: rows, ..v1::Finding::default() };
        let dataset = v1::DatasetPlan {
            dataset: "guests".to_owned(),
            count: rows,
            treatment: v1::Treatment::Delete as i32,
            ..v1::DatasetPlan::default()
        };
        let of_system = v1::SystemPlan { system: "bookings".to_owned(), ..v1::SystemPlan::default() };
        let system = v1::SystemInventory {
            system: "bookings".to_owned(),
            asked: true,
            status: v1::Status::Done as i32,
            findings: vec![finding],
            ..v1::SystemInventory::default()
        };
        let plan = Plan {
            request: request.clone(),
            systems: vec![v1::SystemPlan { datasets: vec![dataset], ..of_system }],
            ..Plan::default()
        };
        v1::Discovered {
            request,
            answers,
            plan_digest: Some(digest_of(&plan)),
            plan: Some(plan),
            inventory: Some(Inventory { systems: vec![system], ..Inventory::default() }),
            ..v1::Discovered::default()
        }
    }
}

#[tokio::test]
async fn a_delete_is_handed_in_reviewed_approved_and_done() {
    let house = House::new("delete").await;
    let path = house.submit(&clear("delete")).await;
    let sent = house.answer(&path, "discovery", found(11)).await;
    assert!(sent.is_empty(), "a person is waited for");
    let shown = house.ask("reviewer-dublin", "GET", &path, None).await.json();
    let inside = &shown["inside"];
    assert_eq!((&inside["state"], &inside["waits_for"]["who"]), (&json!("in_review"), &json!("person")));
    assert_eq!(inside["plan"]["systems"][0]["datasets"][0]["treatment"], "delete");
    assert_eq!(inside["identifiers"][0]["kind"], "email");
    assert!(inside["identifiers"][0].get("value").is_none());

    let other = house.deed(&path, "approve", &json!({ "plan_digest": "00".repeat(32) })).await;
    assert_eq!((other.status, other.code().as_str()), (409, "plan_changed"));
    let digest = json!({ "plan_digest": inside["plan"]["digest"] });
    let approved = house.deed(&path, "approve", &digest).await;
    assert_eq!((approved.status, &approved.json()["state"]), (200, &json!("purging")));
    let again = house.deed(&path, "approve", &digest).await;
    assert_eq!((again.status, again.code().as_str()), (409, "not_now"));
    let cancel = house.ask("upstream-dublin", "POST", &format!("{path}/cancel"), None).await;
    assert_eq!((cancel.status, cancel.code().as_str()), (409, "irreversible"));

    let dataset = v1::DatasetOutcome { dataset: "guests".to_owned(), done: 11, ..Default::default() };
    let done = v1::Status::Done as i32;
    let outcome = v1::SystemOutcome { status: done, datasets: vec![dataset], ..Default::default() };
    let phase = v1::Phase::Purge as i32;
    let executed = |request, answers| v1::Executed {
        request,
        answers,
        phase,
        outcomes: vec![outcome],
        ..v1::Executed::default()
    };
    let sent = house.answer(&path, "deletion", executed).await;
    assert!(sent.iter().any(|out| out.route.key == "dublin.request.closed"));
    let outside = house.ask("upstream-dublin", "GET", &path, None).await.json();
    assert_eq!((&outside["public_state"], &outside["closing"]), (&json!("completed"), &json!("completed")));
    let timeline = house.ask("auditor-dublin", "GET", &path, None).await.json()["inside"]["timeline"].clone();
    let said: Vec<&str> =
        timeline.as_array().unwrap().iter().filter_map(|line| line["detail"].as_str()).collect();
    assert!(said.contains(&"found 11 rows in 1 dataset of 1 system"), "{said:?}");
    assert!(said.contains(&"11 rows done, 0 rows kept"), "{said:?}");
}

#[tokio::test]
async fn who_is_not_verified_waits_until_somebody_says_so() {
    let house = House::new("verify").await;
    let mut given = clear("access");
    given["verification"]["level"] = json!("asserted");
    let path = house.submit(&given).await;
    assert_eq!(house.state(&path).await.kept.command, "", "nothing is looked up");
    let low = house.deed(&path, "verify", &json!({ "method": "phoned", "level": "matched" })).await;
    assert_eq!((low.status, low.json()["fields"][0]["field"].clone()), (422, json!("verification.level")));
    let high = house.deed(&path, "verify", &json!({ "method": "passport", "level": "documented" })).await;
    assert_eq!((high.status, &high.json()["state"]), (200, &json!("discovering")));
    let shown = house.ask("auditor-dublin", "GET", &path, None).await.json();
    assert_eq!(shown["inside"]["verification"]["by"], "tenant_admin");
}

#[tokio::test]
async fn a_subject_is_sealed_on_its_way_in_and_from_then_on() {
    let house = House::new("sealed").await;
    let key = house.ask("upstream-cork", "GET", "/v1/tenants/cork/intake-key", None).await.json();
    let public = base64_of(key["public_key"].as_str().unwrap());
    let anna = v1::Identifier { kind: 1, value: " Anna@Example.com".to_owned(), ..Default::default() };
    let subject = v1::Subject { kind: 5, identifiers: vec![anna] }.encode_to_vec();
    let sealed = IntakeKey::seal_to(public.try_into().unwrap(), &subject).unwrap();
    let body = json!({ "kind": "access", "subject": { "sealed": base64(&sealed) } });
    let given = house.ask("upstream-cork", "POST", "/v1/tenants/cork/requests", Some(&body)).await;
    assert_eq!(given.status, 202, "{}", given.text);
    let path = given.location.unwrap();
    let admission = house.state(&path).await.admission;
    let id = path.rsplit('/').next().unwrap();
    let request_key = house.keyring.get(&"cork".parse().unwrap(), id.parse().unwrap()).await.unwrap();
    let [SealedIdentifier { identifier: Some(sealed), .. }] = admission.identifiers.as_slice() else {
        panic!()
    };
    let opened = open(&request_key, Purpose { what: "identifier", whose: id }, sealed).unwrap();
    let opened = v1::Identifier::decode(opened.as_slice()).unwrap();
    assert_eq!(opened.value, "anna@example.com", "in its one spelling");
    let row = house.store.state(&"intake".parse().unwrap(), id.parse().unwrap()).await.unwrap().unwrap();
    let clear = row.body.windows(4).any(|bytes| bytes.eq_ignore_ascii_case(b"anna"));
    assert!(!clear, "nothing personal is stored in the clear");
}

#[tokio::test]
async fn candidates_are_seen_by_those_who_decide_and_decided_by_id() {
    let house = House::new("candidates").await;
    let path = house.submit(&clear("access")).await;
    let id = path.rsplit('/').next().unwrap();
    let key = house.keyring.get(&"dublin".parse().unwrap(), id.parse().unwrap()).await.unwrap();
    let purpose = Purpose { what: "candidate", whose: id };
    let preview = Some(seal(&key, purpose, b"{\"name\":\"Anna B.\"}", &Counter::default()));
    let candidate = Candidate { id: "c1".to_owned(), count: 1, preview, ..Candidate::default() };
    let with_candidate = |request, answers| {
        let mut discovered = found(1)(request, answers);
        discovered.inventory.as_mut().unwrap().candidates = vec![candidate];
        discovered
    };
    house.answer(&path, "discovery", with_candidate).await;
    for (who, sees) in [("reviewer-dublin", true), ("operator-dublin", false), ("auditor-dublin", false)] {
        let shown = house.ask(who, "GET", &path, None).await;
        assert_eq!(shown.text.contains("Anna B."), sees, "{who}: {}", shown.text);
    }
    let reviewer = |body: serde_json::Value| {
        let (house, path) = (&house, format!("{path}/candidates"));
        async move { house.ask("reviewer-dublin", "POST", &path, Some(&body)).await }
    };
    let unknown = reviewer(json!({ "accepted": ["c2"] })).await;
    assert_eq!((unknown.status, unknown.code().as_str()), (422, "unknown_candidate"));
    let both = reviewer(json!({ "accepted": ["c1"], "rejected": ["c1"] })).await;
    assert_eq!((both.status, both.code().as_str()), (422, "invalid"));
    let decided = reviewer(json!({ "rejected": ["c1"] })).await;
    assert_eq!((decided.status, &decided.json()["state"]), (200, &json!("discovering")));
}

/// Names, methods and reasons are for those who may see them, and lie nowhere in the clear.
#[tokio::test]
async fn what_people_write_is_sealed_on_its_way_in_and_shown_opened() {
    let house = House::new("words").await;
    for (i, deed) in ["decline", "cancel", "give-up", "accept-remains"].into_iter().enumerate() {
        let mut given = clear("access");
        given["requester"] = json!({ "kind": "agent", "name": "Nuala Agent", "authority": "seen by Maeve" });
        given["verification"]["level"] = json!("asserted");
        given["verification"]["by"] = json!("Orla");
        let path = house.submit(&given).await;
        let verification = json!({ "method": "rang Saoirse", "level": "documented", "by": "Grainne" });
        assert_eq!(house.deed(&path, "verify", &verification).await.status, 200);
        let failure = if deed == "give-up" { "the map is gone".to_owned() } else { String::new() };
        let answer = |request, answers| v1::Discovered { failure, ..found(1)(request, answers) };
        let mut sent = house.answer(&path, "discovery", answer).await;
        if deed == "accept-remains" {
            let plan = house.state(&path).await.kept.plan_digest.unwrap().sha256;
            house.deed(&path, "approve", &json!({ "plan_digest": hex::encode(plan) })).await;
            let failed = v1::SystemOutcome { status: v1::Status::Failed as i32, ..Default::default() };
            let collected = |request, answers| v1::Collected {
                request,
                answers,
                outcomes: vec![failed],
                ..v1::Collected::default()
            };
            house.answer(&path, "export", collected).await;
        }
        let done = house.deed(&path, deed, &json!({ "reason": "as Fionnuala wrote" })).await;
        assert_eq!(done.status, 200, "{deed}: {}", done.text);
        if deed == "accept-remains" {
            let released = |request, answers| v1::Released { request, answers, ..v1::Released::default() };
            sent = house.answer(&path, "export", released).await;
        }
        let shown = house.ask("reviewer-dublin", "GET", &path, None).await;
        assert_eq!(shown.json()["reason"], "as Fionnuala wrote", "{deed}");
        for words in ["Nuala Agent", "seen by Maeve", "rang Saoirse", "Grainne"] {
            assert!(shown.text.contains(words), "{deed}: {words} in {}", shown.text);
        }
        let listed = house.ask("reviewer-dublin", "GET", "/v1/tenants/dublin/requests", None).await.json();
        assert_eq!(listed["items"][0]["reason"], "as Fionnuala wrote", "{deed}");
        let id = path.rsplit('/').next().unwrap().parse().unwrap();
        let row = house.store.state(&"intake".parse().unwrap(), id).await.unwrap().unwrap();
        // The process that wrote them has claimed them for a moment.
        house.clock.advance(jiff::SignedDuration::from_secs(10));
        let messages = house.store.claim_unsent(1_000, jiff::SignedDuration::ZERO).await.unwrap();
        assert!(messages.len() > i, "{deed}: its events are on their way");
        let bodies = messages.iter().chain(&sent).map(|out| &out.message.body).chain([&row.body]);
        for text in bodies.map(|body| String::from_utf8_lossy(body).into_owned()) {
            for words in ["Nuala", "Maeve", "Orla", "Saoirse", "Grainne", "Fionnuala"] {
                assert!(!text.contains(words), "{deed}: {words} in {text}");
            }
        }
        house.keyring.forget(&"dublin".parse().unwrap(), id).await.unwrap();
        let forgotten = house.ask("reviewer-dublin", "GET", &path, None).await;
        assert_eq!((forgotten.status, forgotten.json()["reason"].is_null()), (200, true), "{deed}");
    }
}

#[tokio::test]
async fn what_a_person_ends_says_why() {
    let house = House::new("ends").await;
    let path = house.submit(&clear("access")).await;
    house.answer(&path, "discovery", found(1)).await;
    let declined = house.deed(&path, "decline", &json!({ "reason": "manifestly unfounded" })).await;
    assert_eq!(declined.status, 200);
    let shown = house.ask("upstream-dublin", "GET", &path, None).await.json();
    assert_eq!(
        (&shown["public_state"], &shown["reason"]),
        (&json!("declined"), &json!("manifestly unfounded"))
    );

    let stuck = house.submit(&clear("export")).await;
    let failed = |request, answers| v1::Discovered {
        request,
        answers,
        failure: "the map is gone".to_owned(),
        ..v1::Discovered::default()
    };
    house.answer(&stuck, "discovery", failed).await;
    let shown = house.ask("operator-dublin", "GET", &stuck, None).await.json();
    assert_eq!(shown["inside"]["marks"], json!(["stuck"]));
    assert_eq!(shown["inside"]["stuck_because"], "discovery: the map is gone");
    assert!(shown["reason"].is_null(), "the outside is told reasons of endings only");
    let retried = house.ask("operator-dublin", "POST", &format!("{stuck}/retry"), None).await;
    assert_eq!((retried.status, &retried.json()["marks"]), (200, &json!([])));
    let cancelled = house.deed(&stuck, "cancel", &json!({})).await;
    assert_eq!((cancelled.status, &cancelled.json()["marks"]), (200, &json!(["cancelling"])));
}

fn base64(bytes: &[u8]) -> String {
    base64::Engine::encode(&base64::prelude::BASE64_STANDARD, bytes)
}

fn base64_of(text: &str) -> Vec<u8> {
    base64::Engine::decode(&base64::prelude::BASE64_STANDARD, text).unwrap()
}
