//! Who may, and of what is parked, who sees what.

use redress_domain::{
    Role,
    roles::{Action, Allowed, allowed},
};
use redress_store::Parked;
use serde_json::{Value, json};

use super::house::House;

#[tokio::test]
async fn every_door_opens_to_its_roles_in_their_own_tenant_alone() {
    let house = House::new("who").await;
    house.entries("dublin", 2).await;
    let rows = house.rows();
    assert_eq!(rows.len(), 7);
    for (row, role) in rows.iter().flat_map(|row| Role::ALL.iter().map(move |role| (row, role))) {
        let (mine, theirs) = (house.event("dublin"), house.event("cork"));
        for message in [&mine, &theirs] {
            house.park(&house.parked(message, "audit")).await;
        }
        let may = allowed(*role, true, row.action) == Allowed::Yes;
        let of_one = row.path.contains("{id}");
        // Whose message, in which tenant's name; and what is said then.
        let done = if row.action == Action::ReplayParked { 202 } else { 200 };
        let cases = [
            (
                &theirs,
                "dublin",
                if !may {
                    403
                } else if of_one {
                    404
                } else {
                    done
                },
            ),
            (&mine, "cork", 404),
            (&mine, "dublin", if may { done } else { 403 }),
        ];
        for (message, tenant, expected) in cases {
            let path = row.path.replace("/v1/tenants/{tenant}", tenant).replace("{service}", "audit");
            let path = path.replace("{id}", &message.envelope.id.to_string());
            let (status, said) = house.ask(&format!("{role}-dublin"), row.method, &path).await;
            assert_eq!(status, expected, "{role} {} {path}: {said}", row.method);
        }
    }
}

#[tokio::test]
async fn what_is_parked_is_shown_without_its_body_to_whom_it_concerns() {
    let house = House::new("shown").await;
    let message = house.event("dublin");
    let parked = Parked { attempts: 3, ..house.parked(&message, "audit") };
    house.wait(1);
    let unreadable = Parked { envelope: None, ..house.parked(&house.event("dublin"), "intake") };
    let mut odd = house.parked(&house.event("cork"), "audit");
    odd.envelope.as_mut().unwrap().kind = "anna@example.com".to_owned();
    for row in [&parked, &unreadable, &odd] {
        house.park(row).await;
    }
    let shown = house.get("operator-dublin", &format!("dublin/parked/audit/{}", parked.id)).await;
    let envelope = &message.envelope;
    let expected = json!({
        "service": "audit", "id": parked.id, "reason": "unknown_event",
        "detail": "an event of a kind that is not known here", "attempts": 3,
        "parked_at": "2026-06-10T12:00:00Z",
        "envelope": {
            "kind": "redress.v1.Event", "request": envelope.request, "source": "intake",
            "sent_at": "2026-06-10T12:00:00Z",
        },
    });
    assert_eq!(shown, expected);
    let nobodys = house.get("operator-dublin", &format!("dublin/parked/intake/{}", unreadable.id)).await;
    assert_eq!(nobodys["envelope"], Value::Null);
    let ids = |listed: &Value| -> Vec<String> {
        listed["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["id"].as_str().unwrap().to_owned())
            .collect()
    };
    for (path, expected) in [
        ("dublin/parked", vec![unreadable.id, parked.id]),
        ("dublin/parked?service=audit", vec![parked.id]),
        ("dublin/parked?service=export", vec![]),
        ("cork/parked", vec![odd.id]),
    ] {
        let (tenant, _) = path.split_once('/').unwrap();
        let listed = house.get(&format!("operator-{tenant}"), path).await;
        let expected: Vec<String> = expected.iter().map(ToString::to_string).collect();
        assert_eq!(ids(&listed), expected, "{path}");
        assert!(!listed.to_string().contains("anna"), "{listed}");
    }
    for path in ["intake", "export", "Audit"] {
        let path = format!("dublin/parked/{path}/{}", parked.id);
        assert_eq!(house.ask("operator-dublin", "GET", &path).await.0, 404, "{path}");
    }
    let wrong = house.ask("operator-dublin", "GET", "dublin/parked?service=No&limit=0").await;
    assert_eq!((wrong.0, wrong.1["fields"].as_array().unwrap().len()), (422, 2), "{}", wrong.1);
}

#[tokio::test]
async fn what_is_parked_is_found_page_by_page_among_that_of_others() {
    let house = House::new("pages").await;
    let mut expected = Vec::new();
    for i in 0..700 {
        let tenant = if i % 100 == 7 { "dublin" } else { "cork" };
        let parked = house.parked(&house.event(tenant), "audit");
        house.park(&parked).await;
        if tenant == "dublin" {
            expected.push(parked.id.to_string());
        }
    }
    expected.sort_unstable_by(|a, b| b.cmp(a));
    let (mut seen, mut path) = (Vec::new(), "dublin/parked?limit=3".to_owned());
    loop {
        let page = house.get("operator-dublin", &path).await;
        let items = page["items"].as_array().unwrap().iter();
        seen.extend(items.map(|item| item["id"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        path = format!("dublin/parked?limit=3&cursor={next}");
    }
    assert_eq!(seen, expected);
    assert_eq!(house.get("operator-dublin", "dublin/status").await["parked"], 7);
    assert_eq!(house.get("operator-cork", "cork/status").await["parked"], 693);
}

#[tokio::test]
async fn what_is_dropped_is_gone() {
    let house = House::new("dropped").await;
    let parked = house.parked(&house.event("dublin"), "audit");
    house.park(&parked).await;
    let path = format!("dublin/parked/audit/{}/drop", parked.id);
    let (status, said) = house.ask("operator-dublin", "POST", &path).await;
    assert_eq!((status, &said["id"]), (200, &json!(parked.id)));
    assert_eq!(house.ask("operator-dublin", "POST", &path).await.0, 404);
    assert_eq!(house.store.parked(None, None, 10).await.unwrap(), []);
    assert!(house.publisher.claim_late().await.unwrap().is_empty());
}
