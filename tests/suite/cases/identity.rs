//! Never the wrong person: whose identifier a value is.

use serde_json::json;

use super::world::{Files, candidates, notes, planned, rows};

const EVA: (&str, &str) = ("email", "eva@example.org");
const ANN: (&str, &str) = ("email", "ann@example.org");
const STANDING: &str = "[[tenant.standing_approval]]\nname = 'auto'\nby = 'ada'\nkinds = ['export', 'delete']\n\
                        systems = ['shop']\nrows_max = 500\nuntil = '2099-12-31'\npurges_at_once = true\n";

/// `N/A` is in the records of three customers, and of none of them an identifier.
#[tokio::test(flavor = "multi_thread")]
async fn a_placeholder_joins_nobody() {
    let Some(files) = Files::of("sentinel") else { return };
    let marked = files
        .clone()
        .mapped("- name: customers\n", "- name: customers\n        fides_meta: {redress_person: true}\n");
    for files in [files, marked] {
        let case = files.start().await;
        let (request, shown) = case.submit("export", &[EVA]).await;
        assert_eq!(notes(&shown), [("customers.customer_no".to_owned(), "placeholder".to_owned(), 3)]);
        assert!(candidates(&shown).is_empty(), "{shown:#}");
        assert_eq!(case.approve(&request).await["closing"], "completed");
        let customers = case.records(&request, "customers").await;
        assert_eq!(customers.iter().map(|it| &it["name"]).collect::<Vec<_>>(), ["Eva"]);
        assert_eq!(case.records(&request, "orders").await.len(), 1);
        let (request, _) = case.submit("delete", &[EVA]).await;
        assert_eq!(case.approve(&request).await["closing"], "completed");
        assert_eq!(case.column("select name from customers order by id").await, ["Bob", "Cy", "Di"]);
        assert_eq!(case.column("select id from orders").await, ["11"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_placeholder_joins_nobody_under_a_standing_approval_either() {
    let Some(files) = Files::of("sentinel-standing") else { return };
    let case = files.with_tenant(STANDING).start().await;
    let (request, shown) = case.submit("export", &[EVA]).await;
    assert_eq!(shown["closing"], "completed", "{shown:#}");
    assert_eq!(case.records(&request, "customers").await.len(), 1);
    let (_, shown) = case.submit("delete", &[EVA]).await;
    assert_eq!(shown["closing"], "completed");
    assert_eq!(case.column("select name from customers order by id").await, ["Bob", "Cy", "Di"]);
}

/// Shared by several people's records, a value is no identifier; where no map says whose records they are, a reviewer
/// sees it, and a standing approval does not speak.
#[tokio::test(flavor = "multi_thread")]
async fn a_value_that_several_records_hold_is_followed_for_nobody() {
    let Some(files) = Files::of("sentinel-standing") else { return };
    let shared = Files { setup: files.setup.replace("'N/A'", "'walk-in'"), ..files.with_tenant(STANDING) };
    let marked = shared
        .clone()
        .mapped("- name: customers\n", "- name: customers\n        fides_meta: {redress_person: true}\n");
    let case = marked.start().await;
    let (_, shown) = case.submit("delete", &[EVA]).await;
    assert_eq!(shown["closing"], "completed", "{shown:#}");
    assert_eq!(notes(&shown), [("customers.customer_no".to_owned(), "shared".to_owned(), 3)]);
    assert_eq!(case.column("select name from customers order by id").await, ["Bob", "Cy", "Di"]);

    let case = shared.start().await;
    let (request, shown) = case.submit("delete", &[EVA]).await;
    let [candidate] = candidates(&shown).try_into().unwrap();
    assert_eq!((&candidate["what"], &candidate["count"]), (&json!("identifier"), &json!(3)));
    assert_eq!(shown["inside"]["state"], "in_review");
    assert_eq!(case.approve_without_candidates(&request).await["inside"]["left_undecided"], 1);
    assert_eq!(case.column("select name from customers order by id").await, ["Bob", "Cy", "Di"]);
}

/// What the policy wrote in the place of other people's addresses.
#[tokio::test(flavor = "multi_thread")]
async fn a_mask_identifies_nobody() {
    let Some(files) = Files::of("own-mask-as-identity") else { return };
    let case = files.start().await;
    for person in [EVA, ("email", "bob@example.org")] {
        let (request, _) = case.submit("delete", &[person]).await;
        case.approve_without_candidates(&request).await;
    }
    assert_eq!(
        case.ask("select email, name from customers where id < 3").await,
        [["erased@shop.example", "erased"]; 2]
    );
    let (request, shown) = case.submit("export", &[("upn", "eva@corp.example")]).await;
    assert_eq!(notes(&shown), [("customers.email".to_owned(), "mask".to_owned(), 2)]);
    case.approve(&request).await;
    let invoices = case.records(&request, "invoices").await;
    assert_eq!(invoices.iter().map(|it| &it["id"]).collect::<Vec<_>>(), [1], "and not Bob's");
    // Whoever asks by the mask itself finds nobody.
    let (_, shown) = case.submit("export", &[("email", "erased@shop.example")]).await;
    assert_eq!(shown["closing"], "no_data_found", "{shown:#}");
}

/// The address of somebody who was invited is data of whoever invited them.
#[tokio::test(flavor = "multi_thread")]
async fn an_address_in_somebody_elses_row_is_a_candidate() {
    let Some(files) = Files::of("identity-of-somebody-else") else { return };
    let case = files.with_tenant(STANDING).start().await;
    let (request, shown) = case.submit("delete", &[ANN]).await;
    assert_eq!(planned(&shown), rows([("person", "delete", 1), ("invitation", "delete", 1)]));
    let [candidate] = candidates(&shown).try_into().unwrap();
    assert_eq!((&candidate["what"], &candidate["by"]), (&json!("identifier"), &json!("invitation.email")));
    assert_eq!(candidate["preview"], json!({ "email": "bob@example.org" }));
    assert_eq!(shown["inside"]["state"], "in_review", "no standing approval speaks for it");
    let (status, said) = case
        .redress
        .call(
            "ada",
            "POST".parse().unwrap(),
            &format!("requests/{request}/approve"),
            Some(json!({ "plan_digest": shown["inside"]["plan"]["digest"] })),
        )
        .await;
    assert_eq!((status.as_u16(), &said["code"]), (409, &json!("undecided_candidates")));
    let shown = case.decide(&request, &[], &[candidate["id"].as_str().unwrap()]).await;
    // Nothing is left to decide on, and nothing is followed: now the standing approval speaks.
    assert_eq!((candidates(&shown).len(), &shown["closing"]), (0, &json!("completed")), "{shown:#}");
    assert_eq!(case.column("select name from person").await, ["Bob"]);
}

/// A reviewer who knows better says so: then it is followed.
#[tokio::test(flavor = "multi_thread")]
async fn an_accepted_identifier_is_followed_and_can_be_rejected_again() {
    let Some(files) = Files::of("identity-of-somebody-else") else { return };
    let case = files.start().await;
    let (request, shown) = case.submit("export", &[ANN]).await;
    let id = candidates(&shown)[0]["id"].as_str().unwrap().to_owned();
    let shown = case.decide(&request, &[&id], &[]).await;
    assert_eq!(planned(&shown), rows([("person", "fields", 2), ("invitation", "fields", 1)]));
    let used = shown["inside"]["identifiers"].as_array().unwrap().last().unwrap();
    assert_eq!((&used["id"], &used["found_in"]), (&json!(id), &json!("invitation.email")));
    let shown = case.decide(&request, &[], &[&id]).await;
    assert_eq!(planned(&shown), rows([("person", "fields", 1), ("invitation", "fields", 1)]));
    case.approve(&request).await;
    assert_eq!(case.records(&request, "person").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_shares_a_ticket_gets_the_ticket_and_nobodys_account() {
    let Some(files) = Files::of("two-addresses-in-one-ticket") else { return };
    let case = files.start().await;
    let (request, shown) = case.submit("export", &[("email", "mallory@example.org")]).await;
    assert_eq!(planned(&shown), rows([("customer", "fields", 1), ("ticket", "fields", 1)]));
    assert_eq!(candidates(&shown)[0]["by"], "ticket.email");
    let shown = case.approve_without_candidates(&request).await;
    assert_eq!((&shown["closing"], &shown["inside"]["left_undecided"]), (&json!("completed"), &json!(1)));
    let customers = case.records(&request, "customer").await;
    assert_eq!(customers.iter().map(|it| &it["name"]).collect::<Vec<_>>(), ["Mallory"]);
    let (_, manifest) =
        case.redress.call("ada", "GET".parse().unwrap(), &format!("packages/{request}"), None).await;
    assert!(manifest["missing"].to_string().contains("may be yours"), "{manifest:#}");
}

/// Two accounts answer to what was given: the reviewer chooses.
#[tokio::test(flavor = "multi_thread")]
async fn of_two_accounts_a_reviewer_chooses_one_or_both_or_neither() {
    let Some(files) = Files::of("two-people-one-email") else { return };
    let family = ("email", "family@example.org");
    for (chosen, left) in [(vec!["Eva"], vec!["Adam", "Bob"]), (vec!["Adam", "Eva"], vec!["Bob"])] {
        let case = files.clone().start().await;
        let (request, shown) = case.submit("delete", &[family]).await;
        assert_eq!(planned(&shown), rows([]), "{shown:#}");
        let accounts = candidates(&shown);
        assert_eq!(accounts.len(), 2);
        let id = |name: &str| {
            let account = accounts.iter().find(|it| it["preview"]["name"] == name).unwrap();
            account["id"].as_str().unwrap().to_owned()
        };
        let accepted: Vec<String> = chosen.iter().map(|name| id(name)).collect();
        let accepted: Vec<&str> = accepted.iter().map(String::as_str).collect();
        case.decide(&request, &accepted, &[]).await;
        let shown = case.approve_without_candidates(&request).await;
        assert_eq!(shown["closing"], "completed", "{shown:#}");
        assert_eq!(case.column("select name from customers order by name").await, left);
        assert_eq!(case.column("select id from orders order by id").await.len(), left.len());
    }
    let case = files.start().await;
    let (request, shown) = case.submit("export", &[family]).await;
    let ids: Vec<_> = candidates(&shown).iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect();
    let shown = case.decide(&request, &[], &ids.iter().map(String::as_str).collect::<Vec<_>>()).await;
    assert_eq!(shown["closing"], "no_data_found", "neither");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_accounts_that_were_given_are_no_dead_end() {
    let Some(files) = Files::of("two-accounts-dead-end") else { return };
    let case = files.start().await;
    let both = [EVA, ("customer_id", "C-1"), ("customer_id", "C-2")];
    let (request, shown) = case.submit("delete", &both).await;
    assert!(!shown["inside"]["marks"].to_string().contains("ambiguous"), "{shown:#}");
    let accounts = candidates(&shown);
    let ids: Vec<&str> = accounts.iter().map(|it| it["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 2);
    case.decide(&request, &ids, &[]).await;
    assert_eq!(case.approve(&request).await["closing"], "completed");
    assert_eq!(case.column("select name from customers").await, ["Bob"]);
}

/// A row that was found, and is not hers.
#[tokio::test(flavor = "multi_thread")]
async fn a_reviewer_rejects_a_found_row_by_its_key() {
    let Some(files) = Files::of("sentinel") else { return };
    let case = files.start().await;
    let (request, shown) = case.submit("delete", &[EVA]).await;
    assert_eq!(planned(&shown), rows([("customers", "delete", 1), ("orders", "delete", 1)]));
    let path = format!("requests/{request}/candidates");
    let reject = |dataset: &str| json!({ "rejected_rows": [{ "system": "shop", "dataset": dataset, "key": ["10"] }], "reason": "a gift of Bob's" });
    let (status, said) =
        case.redress.call("ada", "POST".parse().unwrap(), &path, Some(reject("order"))).await;
    assert_eq!((status.as_u16(), &said["code"]), (422, &json!("invalid")), "{said:#}");
    case.redress.post("ada", &path, reject("orders")).await;
    let shown = case.redress.settled(&request).await;
    // The order stays, and so the customer that it points to is masked or kept.
    assert!(!planned(&shown).keys().any(|(dataset, _)| dataset == "orders"), "{shown:#}");
    assert!(shown["inside"]["timeline"].to_string().contains("a gift of Bob's"), "{shown:#}");
    case.approve(&request).await;
    assert_eq!(case.column("select id from orders order by id").await, ["10", "11"]);
}
