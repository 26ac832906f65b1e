//! Exactly the rows that were counted, and all of the person's.

use serde_json::{Value, json};

use super::world::{Case, Files, candidates, planned, rows};

const EVA: (&str, &str) = ("email", "eva@example.org");
const ANN: (&str, &str) = ("email", "ann@example.org");

/// What the inventory says of the one system.
fn searched(shown: &Value) -> (String, String) {
    let system = &shown["inside"]["inventory"]["systems"][0];
    let text = |name: &str| system[name].as_str().unwrap_or_default().to_owned();
    (text("status"), text("reason"))
}

/// A table whose keys do not tell its rows apart takes out itself alone, by name.
#[tokio::test(flavor = "multi_thread")]
async fn a_table_whose_key_repeats_is_left_and_named() {
    for (name, dataset, rest) in [
        ("inheritance", "contacts", None),
        ("map-key-not-unique", "visits", None),
        ("no-pk", "password_resets", Some("users")),
        ("no-pk-dups", "password_resets", Some("users")),
    ] {
        let Some(files) = Files::of(name) else { return };
        let case = files.start().await;
        for kind in ["export", "delete"] {
            let (request, shown) = case.submit(kind, &[EVA]).await;
            let (status, reason) = searched(&shown);
            assert!(
                status == "partial" && reason.starts_with(&format!("{dataset}: ")),
                "{name}: {status} {reason}"
            );
            let planned = planned(&shown);
            assert_eq!(
                planned.keys().map(|(it, _)| it.as_str()).collect::<Vec<_>>(),
                Vec::from_iter(rest),
                "{name}"
            );
            if rest.is_some() {
                let shown = case.approve(&request).await;
                assert_eq!(shown["closing"], json!(null), "{name}: something is missing: {shown:#}");
            }
        }
        if let Some(rest) = rest {
            let left = case.column(&format!("select name from {rest} order by name")).await;
            assert_eq!(left, ["Bob"], "{name}: the rest goes on");
            assert_eq!(
                case.ask("select email from password_resets").await.len(),
                if name == "no-pk" { 3 } else { 4 }
            );
        }
    }
}

/// Without rows that repeat, a table with children and one without a key of the catalog's are searched.
#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_does_not_repeat_is_good_enough() {
    let Some(files) = Files::of("inheritance") else { return };
    let files = Files { setup: files.setup.replace("(1,'sue@example.org'", "(7,'sue@example.org'"), ..files };
    let case = files.start().await;
    let (request, shown) = case.submit("export", &[EVA]).await;
    assert_eq!(planned(&shown), rows([("contacts", "fields", 2)]), "the child's row is a row of its parent");
    assert_eq!(case.approve(&request).await["closing"], "completed");
    let (request, _) = case.submit("delete", &[EVA]).await;
    assert_eq!(case.approve(&request).await["closing"], "completed");
    assert_eq!(case.column("select name from contacts order by name").await, ["Bob", "Sue, another person"]);
}

/// What came between the plan and the copy is not copied unseen: the request goes back to its reviewer.
#[tokio::test(flavor = "multi_thread")]
async fn rows_that_the_plan_did_not_count_lead_back_to_the_review() {
    let Some(files) = Files::of("unmapped-child") else { return };
    let case = files.start().await;
    let (request, _) = case.submit("export", &[EVA]).await;
    case.company.run("insert into orders values (12, 1, 'Eva street', null)").await;
    let shown = case.approve(&request).await;
    assert_eq!(shown["inside"]["state"], "in_review", "{shown:#}");
    assert_eq!(planned(&shown), rows([("users", "fields", 1), ("orders", "fields", 2)]));
    assert_eq!(case.approve(&request).await["closing"], "completed");
    assert_eq!(case.records(&request, "orders").await.len(), 2);
}

async fn exported(case: &Case, person: (&str, &str), dataset: &str) -> usize {
    let (request, _) = case.submit("export", &[person]).await;
    let shown = case.approve_without_candidates(&request).await;
    assert_eq!(shown["closing"], "completed", "{shown:#}");
    case.records(&request, dataset).await.len()
}

/// Values are compared by what they mean, however they are written.
#[tokio::test(flavor = "multi_thread")]
async fn a_value_is_found_however_it_is_written() {
    for (name, dataset, count) in [
        ("whitespace", "users", 5),
        ("hashed-bytea", "subs", 1),
        ("hashed-bytea", "subs2", 1),
        ("float-ids", "orders", 1),
        ("uuid-text", "events", 3),
        ("uuid-text", "events2", 1),
    ] {
        let Some(files) = Files::of(name) else { return };
        let case = files.start().await;
        assert_eq!(exported(&case, EVA, dataset).await, count, "{name} {dataset}");
        let (request, _) = case.submit("delete", &[EVA]).await;
        let shown = case.approve_without_candidates(&request).await;
        assert_eq!(shown["closing"], "completed", "{name}: {shown:#}");
        assert_eq!(exported_none(&case).await, "no_data_found", "{name}");
    }
}

async fn exported_none(case: &Case) -> String {
    case.submit("export", &[EVA]).await.1["closing"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn references_of_several_columns_reach_the_right_tenant() {
    let Some(files) = Files::of("composite-reference-without-foreign-key") else { return };
    let case = files.clone().start().await;
    let (request, shown) = case.submit("delete", &[ANN]).await;
    assert_eq!(planned(&shown), rows([("person", "delete", 1), ("msg", "delete", 1)]));
    assert_eq!(case.approve(&request).await["closing"], "completed");
    assert_eq!(case.column("select body from msg").await, ["of Bob"]);
    // A reference to a part of the key alone is refused.
    let part = ", fides_meta: {references: [{dataset: shop, field: person.tenant, direction: from}]}";
    let case = files.mapped(part, "").start().await;
    let (_, shown) = case.submit("delete", &[ANN]).await;
    assert!(searched(&shown).1.contains("a part of its key (tenant, id)"), "{shown:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partition_is_its_root() {
    let Some(files) = Files::of("partition-with-own-foreign-key") else { return };
    let case = files.start().await;
    let (request, _) = case.submit("delete", &[ANN]).await;
    assert_eq!(case.approve(&request).await["closing"], "completed");
    assert_eq!(case.ask("select count(*) from person, pay").await, [["0"]]);
}

/// Rows that a policy hides are not called searched.
#[tokio::test(flavor = "multi_thread")]
async fn rows_that_a_policy_may_hide_are_not_searched_in_full() {
    let Some(files) = Files::of("rls") else { return };
    let role = format!("reader_{}", std::process::id());
    let setup = files
        .setup
        .replace("bugs_app", &role)
        .replace("create table redress_effect", "create table if not exists redress_effect");
    let case = Files { setup, ..files }.start_as(&role).await;
    for kind in ["export", "delete"] {
        let (request, shown) = case.submit(kind, &[EVA]).await;
        let (status, reason) = searched(&shown);
        assert!(
            status == "partial" && reason.contains("orders: a policy of row level security"),
            "{status} {reason}"
        );
        let shown = case.approve(&request).await;
        assert_eq!(shown["closing"], json!(null), "{shown:#}");
    }
}

/// A row that others may need too is accepted, and keeps its protection.
#[tokio::test(flavor = "multi_thread")]
async fn an_accepted_row_that_others_point_to_stays() {
    let Some(files) = Files::of("address-of-two-accepted-as-candidate") else { return };
    let case = files.start().await;
    let (request, shown) = case.submit("delete", &[ANN, ("phone", "+353 1 555 0101")]).await;
    let [address] = candidates(&shown).try_into().unwrap();
    let shown = case.decide(&request, &[address["id"].as_str().unwrap()], &[]).await;
    assert_eq!(planned(&shown), rows([("person", "delete", 1), ("address", "keep", 1)]));
    assert_eq!(case.approve(&request).await["closing"], "completed_retained");
    assert_eq!(case.ask("select street, phone from address").await, [["Main Street 1", "+353 1 555 0101"]]);
    assert_eq!(case.column("select name from person").await, ["Bob"]);
}

/// The person's own row never stays whole since others point to it: what cannot go is masked.
#[tokio::test(flavor = "multi_thread")]
async fn a_row_of_the_persons_own_is_masked_where_it_cannot_go() {
    let Some(files) = Files::of("email-in-child-table") else { return };
    let case = files.start().await;
    let (request, shown) = case.submit("delete", &[ANN]).await;
    assert_eq!(planned(&shown), rows([("person", "fields", 1), ("email", "delete", 1)]));
    case.approve(&request).await;
    assert_eq!(case.ask("select name, password from person").await, [["null", "null"]]);
    assert_eq!(case.ask("select count(*) from email").await, [["0"]]);

    let Some(files) = Files::of("unmapped-child") else { return };
    let case = files.start().await;
    let (request, shown) = case.submit("delete", &[EVA]).await;
    assert_eq!(planned(&shown), rows([("users", "fields", 1), ("orders", "fields", 1)]));
    case.approve(&request).await;
    assert_eq!(case.ask("select ship_to, gift_note from orders where id = 10").await, [["null", "null"]]);
    assert_eq!(case.ask("select email, name from users where id = 1").await, [["", "null"]]);
    assert_eq!(case.ask("select sku from order_lines order by id").await, [["soap"], ["comb"]]);
}

/// What a database cannot hold stands in none of its rows, and stops nothing else.
#[tokio::test(flavor = "multi_thread")]
async fn a_value_that_the_databases_encoding_cannot_hold_matches_nothing() {
    let Some(files) = Files::of("latin1-database") else { return };
    let case = files.encoded("LATIN1").await;
    let (request, shown) = case.submit("export", &[EVA, ("name", "Ewa Łukaszewicz")]).await;
    assert_eq!(planned(&shown), rows([("users", "fields", 1)]), "{shown:#}");
    assert_eq!(case.approve(&request).await["closing"], "completed");
    let (_, shown) = case.submit("export", &[("email", "łukasz@example.org")]).await;
    assert_eq!(shown["closing"], "no_data_found", "{shown:#}");
}

/// Bytes that are no text are given as base64.
#[tokio::test(flavor = "multi_thread")]
async fn bytes_that_are_no_text_stop_nothing() {
    let Some(files) = Files::of("sql-ascii-bad-byte") else { return };
    let case = files.encoded("SQL_ASCII").await;
    for (person, name) in [("amelie@example.org", "QW3pbGll"), ("bob@example.org", "Bob")] {
        let (request, _) = case.submit("export", &[("email", person)]).await;
        let shown = case.approve(&request).await;
        assert_eq!(shown["closing"], "completed", "{shown:#}");
        assert_eq!(case.records(&request, "users").await[0]["name"], name);
    }
    let (request, _) = case.submit("delete", &[("email", "amelie@example.org")]).await;
    assert_eq!(case.approve(&request).await["closing"], "completed");
    assert_eq!(case.column("select id from users order by id").await, ["1", "2"]);
}

/// The map says of which rows a reference is one.
#[tokio::test(flavor = "multi_thread")]
async fn a_reference_of_some_rows_leads_to_these_alone() {
    let reference = "field: customers.id, direction: from";
    let Some(files) = Files::of("polymorphic") else { return };
    let files = files.mapped(reference, &format!("{reference}, where: {{owner_type: Customer}}"));
    let case = files.start().await;
    let (request, shown) = case.submit("delete", &[EVA]).await;
    assert_eq!(planned(&shown), rows([("customers", "delete", 1), ("notes", "delete", 1)]));
    assert_eq!(case.approve(&request).await["closing"], "completed");
    let left = case.column("select body from notes order by id").await;
    assert_eq!(left, ["about Vic, another person", "about Bob", "about Ann"]);
}

/// And which rows of a table are meant at all.
#[tokio::test(flavor = "multi_thread")]
async fn a_collection_of_some_rows_is_these_alone() {
    let Some(files) = Files::of("polymorphic") else { return };
    let files = files.mapped(
        "- name: notes\n",
        "- name: notes\n        fides_meta: {where: {owner_type: [Customer, Guest]}}\n",
    );
    let case = files.start().await;
    let (request, shown) = case.submit("export", &[EVA]).await;
    assert_eq!(planned(&shown), rows([("customers", "fields", 1), ("notes", "fields", 1)]));
    case.approve(&request).await;
    assert_eq!(case.records(&request, "notes").await[0]["body"], "about Eva");
}

/// Inside of JSON and among the elements of an array.
#[tokio::test(flavor = "multi_thread")]
async fn an_identity_inside_of_a_column_is_looked_for() {
    let Some(files) = Files::of("email-inside-json") else { return };
    let case = files.clone().start().await;
    for person in ["ann@example.org", "ann@work.example"] {
        let (request, shown) = case.submit("export", &[("email", person)]).await;
        assert_eq!(planned(&shown), rows([("identity", "fields", 1)]), "{person}");
        case.approve_without_candidates(&request).await;
        assert_eq!(case.records(&request, "identity").await[0]["traits"]["name"]["first"], "Ann");
    }
    let (request, _) = case.submit("delete", &[ANN]).await;
    assert_eq!(case.approve_without_candidates(&request).await["closing"], "completed");
    assert_eq!(case.column("select id from identity").await, ["2"]);
    // Neither what is no JSON object nor what is no list stops anything.
    let odd = "insert into identity values (3, '[1]', null), (4, '\"x\"', '{}')";
    let case = Files { setup: files.setup.clone() + odd, ..files.clone() }.start().await;
    let (_, shown) = case.submit("export", &[ANN]).await;
    assert_eq!(planned(&shown), rows([("identity", "fields", 1)]));
    // In SQLite both are JSON.
    let setup = "create table identity (id int primary key, traits json not null, emails json);\n\
                 insert into identity values (1, '{\"email\": \"ann@example.org\"}', '[\"ann@work.example\"]'), \
                 (2, 'no json', null)";
    let case = Files { setup: setup.to_owned(), kind: "sqlite", ..files }.start().await;
    for person in ["ann@example.org", "ann@work.example"] {
        let (_, shown) = case.submit("export", &[("email", person)]).await;
        assert_eq!(planned(&shown), rows([("identity", "fields", 1)]), "{person}");
    }

    let Some(files) = Files::of("array") else { return };
    let case = files.start().await;
    let (request, shown) = case.submit("delete", &[EVA]).await;
    assert_eq!(planned(&shown), rows([("users", "delete", 1), ("newsletter", "delete", 1)]));
    assert_eq!(candidates(&shown)[0]["preview"], json!({ "email": "eva.ray@example.com" }));
    assert_eq!(case.approve_without_candidates(&request).await["closing"], "completed");
    assert_eq!(case.column("select name from users").await, ["Bob"]);
}
