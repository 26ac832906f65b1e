//! Every door × every role × own and foreign tenant, own and foreign request: generated from the router.

use redress_domain::{
    Role,
    roles::{Action, Allowed, allowed},
};
use serde_json::{Value, json};

use crate::testing::{House, clear};

/// A body that is right in form for the door.
fn body(path: &str) -> Option<Value> {
    let last = path.rsplit('/').next()?;
    Some(match last {
        "approve" => json!({ "plan_digest": "00".repeat(32) }),
        "candidates" => json!({ "accepted": [] }),
        "decline" | "give-up" | "accept-remains" => json!({ "reason": "because" }),
        "requests" => clear("access"),
        "search" => json!({ "identifier": { "kind": "email", "value": "anna@example.com" } }),
        "verify" => json!({ "method": "signed in", "level": "authenticated" }),
        _ => return None,
    })
}

#[tokio::test]
async fn every_door_opens_to_its_roles_in_their_own_tenant_alone() {
    let house = House::new("who").await;
    // Handed in by `upstream` of dublin, and asked for by the subject whom that one calls `subject`.
    let mut own = clear("access");
    own["requester"] = json!({ "kind": "subject", "name": "subject" });
    let own = house.submit(&own).await;
    let foreign =
        house.ask("crm-dublin", "POST", "/v1/tenants/dublin/requests", Some(&clear("delete"))).await;
    let foreign = foreign.location.unwrap();
    let id = |path: &str| path.rsplit('/').next().unwrap().to_owned();
    let rows = house.rows();
    assert!(rows.len() >= 13, "{rows:?}");
    for row in &rows {
        for role in Role::ALL {
            let may = allowed(*role, true, row.action);
            // Who, in which tenant, about whose request; and whether the door opens.
            let cases = [
                (format!("{role}-dublin"), "dublin", &own, may != Allowed::No),
                (format!("{role}-dublin"), "dublin", &foreign, may == Allowed::Yes),
                (format!("{role}-cork"), "dublin", &own, false),
                (format!("{role}-dublin"), "cork", &own, false),
                // The request of another tenant, by way of one's own.
                (
                    format!("{role}-cork"),
                    "cork",
                    &own,
                    may == Allowed::Yes && !row.path.contains("{request}"),
                ),
            ];
            for (who, tenant, request, opens) in cases {
                let path = row.path.replace("{tenant}", tenant).replace("{request}", &id(request));
                let said = house.ask(&who, row.method, &path, body(&row.path).as_ref()).await;
                let case = format!("{who} {} {path}: {} {}", row.method, said.status, said.text);
                if opens {
                    assert!(![401, 403, 404].contains(&said.status) && said.status < 500, "{case}");
                } else {
                    let refused = if who.ends_with(tenant) && may == Allowed::No { 403 } else { 404 };
                    assert_eq!(said.status, refused, "{case}");
                    assert_eq!(said.content_type, "application/problem+json", "{case}");
                }
                assert!(!said.text.to_lowercase().contains("anna@"), "{case}");
            }
            let nobody = house.ask("nobody", row.method, &row.path.replace("{tenant}", "dublin"), None).await;
            assert_eq!(nobody.status, 401, "{} {}", row.method, row.path);
        }
    }
}

#[tokio::test]
async fn intake_has_a_door_for_each_of_its_actions_and_each_is_described() {
    let house = House::new("described").await;
    let of_intake = &Action::ALL[..12];
    let rows = house.rows();
    for action in of_intake.iter().chain([&Action::ReadIntakeKey]) {
        assert_eq!(rows.iter().filter(|row| row.action == *action).count(), 1, "{action}");
    }
    let described = house.openapi();
    for row in rows {
        let operation = &described["paths"][&row.path][row.method.to_lowercase()];
        assert!(operation["description"].as_str().is_some_and(|said| said.contains("Roles:")), "{row:?}");
    }
    let submission = &described["components"]["schemas"]["Submission"];
    assert_eq!(submission["additionalProperties"], json!(false), "{submission:#}");
    assert_eq!(submission["properties"]["kind"]["enum"][4], "delete", "{submission:#}");
}

#[tokio::test]
async fn what_names_a_person_is_shown_to_those_who_decide() {
    let house = House::new("shown").await;
    let mut given = clear("access");
    given["requester"] = json!({ "kind": "agent", "name": "Nuala Agent", "authority": "seen on paper" });
    let path = house.submit(&given).await;
    for (who, sees_agent, sees_inside) in [
        ("tenant_admin-dublin", true, true),
        ("reviewer-dublin", true, true),
        ("operator-dublin", false, true),
        ("auditor-dublin", false, true),
        ("upstream-dublin", false, false),
    ] {
        let shown = house.ask(who, "GET", &path, None).await;
        assert_eq!(shown.status, 200, "{who}: {}", shown.text);
        assert_eq!(shown.text.contains("Nuala"), sees_agent, "{who}");
        assert_eq!(shown.json()["inside"].is_object(), sees_inside, "{who}");
        assert_eq!(shown.json()["public_state"], "pending");
        assert!(!shown.text.contains("example.com") && !shown.text.contains("555"), "{}", shown.text);
    }
}
