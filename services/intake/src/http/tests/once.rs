//! One idempotency key submits once; who asks twice is linked; lists and searches find what there is.

use serde_json::{Value, json};

use crate::testing::{House, clear};

const REQUESTS: &str = "/v1/tenants/dublin/requests";

fn with_key(kind: &str, key: &str) -> Value {
    let mut given = clear(kind);
    given["idempotency_key"] = json!(key);
    given
}

async fn count(house: &House) -> usize {
    let listed = house.ask("auditor-dublin", "GET", REQUESTS, None).await.json();
    listed["items"].as_array().unwrap().len()
}

#[tokio::test]
async fn the_same_key_submits_once_and_answers_the_same() {
    let house = House::new("once").await;
    let first = house.ask("upstream-dublin", "POST", REQUESTS, Some(&with_key("access", "k1"))).await;
    house.clock.advance(jiff::SignedDuration::from_hours(1));
    let mut turned = with_key("access", "k1");
    turned["subject"]["clear"]["identifiers"].as_array_mut().unwrap().reverse();
    turned["subject"]["clear"]["identifiers"][1]["value"] = json!(" anna@example.com ");
    for again in [with_key("access", "k1"), turned] {
        let again = house.ask("upstream-dublin", "POST", REQUESTS, Some(&again)).await;
        assert_eq!((again.status, &again.text, &again.location), (202, &first.text, &first.location));
    }
    assert_eq!(count(&house).await, 1);
    let other = house.ask("upstream-dublin", "POST", REQUESTS, Some(&with_key("delete", "k1"))).await;
    assert_eq!((other.status, other.code().as_str()), (409, "idempotency_key_reused"));
    let mut somebody = with_key("access", "k1");
    somebody["subject"]["clear"]["identifiers"][0]["value"] = json!("brian@example.com");
    let other = house.ask("upstream-dublin", "POST", REQUESTS, Some(&somebody)).await;
    assert_eq!((other.status, other.code().as_str()), (409, "idempotency_key_reused"));
    assert_eq!(count(&house).await, 1);
    let theirs = house.ask("crm-dublin", "POST", REQUESTS, Some(&with_key("delete", "k1"))).await;
    assert_eq!(theirs.status, 202, "another sender's key is another key");
    assert_eq!(count(&house).await, 2);
}

#[tokio::test]
async fn two_at_once_with_one_key_are_one() {
    let house = House::new("at-once").await;
    let given = with_key("access", "k1");
    let both = [(); 8].map(|()| house.ask("upstream-dublin", "POST", REQUESTS, Some(&given)));
    let answers = futures::future::join_all(both).await;
    for answer in &answers {
        assert_eq!((answer.status, &answer.text), (202, &answers[0].text));
    }
    assert_eq!(count(&house).await, 1);
}

#[tokio::test]
async fn a_key_that_was_claimed_before_a_crash_is_used_by_who_comes_again() {
    let house = House::new("claimed").await;
    let wrong = json!({ "idempotency_key": "k1", "kind": "access", "subject": { "sealed": "AAAA" } });
    let refused = house.ask("upstream-dublin", "POST", REQUESTS, Some(&wrong)).await;
    assert_eq!(refused.status, 422, "what is refused claims nothing");
    let who = redress_domain::roles::Who {
        name: "upstream".to_owned(),
        tenant: "dublin".parse().unwrap(),
        role: redress_domain::Role::Upstream,
    };
    let claimed = house.front.claim_for_test(&who, "k1").await;
    let answer = house.ask("upstream-dublin", "POST", REQUESTS, Some(&with_key("access", "k1"))).await;
    assert_eq!((answer.status, &answer.json()["request"]), (202, &json!(claimed.to_string())));
}

#[tokio::test]
async fn an_open_request_of_the_same_person_and_kind_is_linked() {
    let house = House::new("linked").await;
    let first = house.submit(&clear("access")).await;
    let id = first.rsplit('/').next().unwrap();
    let mut by_phone = clear("access");
    by_phone["subject"]["clear"]["identifiers"][0] = json!({ "kind": "email", "value": "b@example.com" });
    for (given, linked) in
        [(clear("access"), json!([id])), (clear("delete"), json!([])), (by_phone, json!([]))]
    {
        let answer = house.ask("upstream-dublin", "POST", REQUESTS, Some(&given)).await.json();
        assert_eq!(answer["linked"], linked, "{given}");
    }
    house.deed(&first, "cancel", &json!({})).await;
    house
        .answer(&first, "discovery", |request, answers| redress_contracts::v1::Stopped {
            request,
            answers,
            ..Default::default()
        })
        .await;
    let answer = house.ask("upstream-dublin", "POST", REQUESTS, Some(&clear("access"))).await.json();
    assert_eq!(answer["linked"].as_array().unwrap().len(), 1, "what has ended is no longer open: {answer}");
}

#[tokio::test]
async fn requests_are_listed_newest_first_in_pages_and_found_by_their_person() {
    let house = House::new("lists").await;
    let mut paths = Vec::new();
    for i in 0..5 {
        house.clock.advance(jiff::SignedDuration::from_secs(1));
        let mut given = clear("access");
        given["subject"]["clear"]["identifiers"][0]["value"] = json!(format!("guest{i}@example.com"));
        paths.push(house.submit(&given).await);
    }
    house.ask("upstream-cork", "POST", "/v1/tenants/cork/requests", Some(&clear("access"))).await;
    let (mut seen, mut query) = (Vec::new(), "?limit=2&open=true&state=discovering".to_owned());
    loop {
        let page = house.ask("operator-dublin", "GET", &format!("{REQUESTS}{query}"), None).await.json();
        let ids = page["items"].as_array().unwrap().iter();
        seen.extend(ids.map(|item| format!("{REQUESTS}/{}", item["request"].as_str().unwrap())));
        let Some(next) = page["next"].as_str() else { break };
        query = format!("?limit=2&open=true&state=discovering&cursor={next}");
    }
    assert_eq!(seen, paths.iter().rev().cloned().collect::<Vec<_>>());
    let none = house.ask("operator-dublin", "GET", &format!("{REQUESTS}?state=closed"), None).await.json();
    assert_eq!(none, json!({ "items": [], "next": null }));

    let search = |kind: &str, value: &str| {
        let (house, body) = (&house, json!({ "identifier": { "kind": kind, "value": value } }));
        async move { house.ask("reviewer-dublin", "POST", &format!("{REQUESTS}/search"), Some(&body)).await }
    };
    let found = search("email", "GUEST3@example.com").await.json();
    assert_eq!(format!("{REQUESTS}/{}", found["items"][0]["request"].as_str().unwrap()), paths[3]);
    assert_eq!(search("email", "nobody@example.com").await.json()["items"], json!([]));
    let phone = search("phone", "+353 1 555 0100").await;
    assert_eq!((phone.status, &phone.json()["fields"][0]["field"]), (422, &json!("identifier.kind")));
}
