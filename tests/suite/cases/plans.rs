//! Plans that the database would not let be carried out are known before anybody approves them.

use redress_connector_sql::check;
use serde_json::{Value, json};

use super::world::{Case, Files, planned, rows};
use crate::sql::company::system;

const EVA: (&str, &str) = ("email", "eva@example.org");

/// What the plan says that the database refuses: dataset, field (empty: the row), the constraint or table.
pub(super) fn refusals(shown: &Value) -> Vec<(String, String, String)> {
    let datasets = shown["inside"]["plan"]["systems"][0]["datasets"].as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let of_dataset = |it: &Value| {
        let dataset = text(&it["dataset"]);
        let refusals = it["refusals"].as_array().cloned().unwrap_or_default();
        refusals
            .iter()
            .map(|it| (dataset.clone(), text(&it["field"]), text(&it["place"])))
            .collect::<Vec<_>>()
    };
    datasets.iter().flat_map(of_dataset).collect()
}

fn refusal(dataset: &str, field: &str, place: &str) -> (String, String, String) {
    (dataset.to_owned(), field.to_owned(), place.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_database_would_refuse_stands_in_the_plan() {
    for (name, expected) in [
        ("setnull-notnull", vec![refusal("users", "", "tickets.owner_id")]),
        ("circle-not-null", vec![refusal("users", "", "users, addresses")]),
        (
            "check-on-mask",
            vec![
                refusal("users", "email", "mail_check"),
                refusal("users", "phone", "users_phone_check"),
                refusal("users", "country", "users_country_check"),
            ],
        ),
        (
            "check-on-null",
            vec![
                refusal("users", "email", "users_email_check"),
                refusal("users", "name", "users_name_check"),
                refusal("users", "gender", "users_gender_check"),
            ],
        ),
        ("mask-partition-key", vec![refusal("logs", "region", "logs")]),
        ("polymorphic-view", vec![refusal("customer_notes", "", "note_reads_note_id_fkey")]),
    ] {
        let Some(files) = Files::of(name) else { return };
        let case = files.clone().start().await;
        let (request, shown) = case.submit("delete", &[EVA]).await;
        assert_eq!(refusals(&shown), expected, "{name}: {:#}", shown["inside"]["plan"]);
        // The trial has changed nothing, and an approval does not either.
        let shown = case.approve(&request).await;
        assert_eq!(shown["inside"]["state"], "checking", "{name}: {shown:#}");
        assert_eq!(shown["inside"]["marks"], json!(["nothing_changed"]), "{name}");
        assert_eq!(shown["inside"]["outcomes"][0]["status"], "refused", "{name}: {shown:#}");
        let shown = case.redress.post("ada", &format!("requests/{request}/cancel"), json!({})).await;
        assert_eq!(
            shown["closing"], "cancelled",
            "{name}: what changed nothing can be taken back: {shown:#}"
        );
        assert_eq!(
            case.column(&format!("select count(*) from {}", expected[0].0)).await[0],
            count(name),
            "{name}"
        );
    }
}

fn count(name: &str) -> &'static str {
    if name == "mask-partition-key" { "1" } else { "2" }
}

/// The remedy of the plan is one.
#[tokio::test(flavor = "multi_thread")]
async fn a_value_of_the_policys_own_is_taken_where_no_mask_is() {
    let Some(files) = Files::of("check-on-null") else { return };
    let rules = "[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user.name'\ndo = 'set'\nvalue = '-'\n\
                 [[policy.rule]]\ntenant = 'dublin'\ncategory = 'user.demographic.gender'\ndo = 'set'\nvalue = 'f'\n\
                 [[policy.rule]]\ntenant = 'dublin'\ncategory = 'user.contact.email'\ndo = 'keep'\nground = 'a check'\n";
    let case = Files { policy: format!("{}\n{rules}", files.policy), ..files }.start().await;
    let (request, shown) = case.submit("delete", &[EVA]).await;
    assert_eq!(refusals(&shown), [], "{shown:#}");
    assert_eq!(case.approve(&request).await["closing"], "completed_retained");
    assert_eq!(case.ask("select name, gender from users where id = 1").await, [["-", "f"]]);
}

/// What excludes equal values is unique.
#[tokio::test(flavor = "multi_thread")]
async fn a_mask_is_another_where_values_exclude_one_another() {
    let Some(files) = Files::of("exclusion") else { return };
    let case = files.start().await;
    for email in ["eva@example.org", "bob@example.org"] {
        let (request, shown) = case.submit("delete", &[("email", email)]).await;
        assert_eq!(refusals(&shown), [], "{shown:#}");
        assert_eq!(case.approve(&request).await["closing"], "completed", "{email}");
    }
    assert_eq!(
        case.column("select count(distinct email) from bookings where email not like '%@%'").await,
        ["2"]
    );
}

/// Of each column's type, what the policy sets is what the column holds afterwards.
#[tokio::test(flavor = "multi_thread")]
async fn every_type_of_column_can_be_set() {
    for kind in super::own::KINDS {
        let columns: &[(&str, &str, &str, &str)] = match kind {
            "postgres" => &[
                ("t text not null", "'gone'", "'gone'", "x"),
                ("n int not null", "7", "7", "1"),
                ("d date not null", "1900-01-01", "'1900-01-01'", "2020-02-02"),
                ("m timestamptz not null", "2000-01-01T00:00:00Z", "'2000-01-01 00:00:00+00'", "2020-02-02"),
                ("j jsonb not null", "{ gone = true }", "'{\"gone\": true}'", "{}"),
                ("r json not null", "[]", "'[]'", "[1]"),
                ("b bytea not null", "'\\x00ff'", "'\\x00ff'", "x"),
                ("a text[] not null", "'{}'", "'{}'", "{x}"),
                ("f boolean not null", "false", "false", "true"),
                ("p numeric(6, 2) not null", "1.5", "1.5", "2"),
            ],
            _ => &[
                ("t text not null", "'gone'", "'gone'", "x"),
                ("n integer not null", "7", "7", "1"),
                ("p real not null", "1", "1.0", "2"),
                ("b blob not null", "'\\x00ff'", "x'00ff'", "x"),
                ("d date not null", "1900-01-01", "'1900-01-01'", "2020-02-02"),
            ],
        };
        let (mut definitions, mut values, mut fields, mut policy, mut expected) =
            (String::new(), String::new(), String::new(), String::new(), Vec::new());
        for (i, (definition, value, sql, before)) in columns.iter().enumerate() {
            let name = definition.split(' ').next().unwrap();
            definitions += &format!(", {definition}");
            values += &format!(", '{before}'");
            fields += &format!("          - {{name: {name}, data_categories: [user.c{i}]}}\n");
            policy += &format!(
                "[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user.c{i}'\ndo = 'set'\nvalue = {value}\n"
            );
            expected.push(match (kind, name) {
                ("postgres", "r") => format!("r::text = {sql}"),
                _ => format!("{name} = {sql}"),
            });
        }
        let setup = format!(
            "create table t (id int primary key, email text{definitions}); insert into t values (1, 'eva@example.org'{values});"
        );
        let map = format!(
            "dataset:\n  - fides_key: shop\n    collections:\n      - name: t\n        fields:\n          \
             - {{name: id, fides_meta: {{primary_key: true}}}}\n          \
             - {{name: email, fides_meta: {{identity: email}}}}\n{fields}"
        );
        let case = Files { setup, map, policy, tenant: String::new(), kind, is_tried: true }.start().await;
        let (request, shown) = case.submit("delete", &[EVA]).await;
        assert_eq!(refusals(&shown), [], "{kind}: {shown:#}");
        assert_eq!(case.approve(&request).await["closing"], "completed", "{kind}");
        for holds in expected {
            assert_eq!(
                case.column(&format!("select count(*) from t where {holds}")).await,
                ["1"],
                "{kind}: {holds}"
            );
        }
    }
}

/// A value that a column does not take is seen by `check`, and in the plan.
#[tokio::test(flavor = "multi_thread")]
async fn a_value_that_its_column_does_not_take_is_told() {
    let Some(files) = Files::of("exclusion") else { return };
    let set = "[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user.behavior'\ndo = 'set'\nvalue = 'never'\n";
    let files = Files { policy: format!("{}\n{set}", files.policy), ..files };
    let case = files.clone().start().await;
    let said = checked(&case, &files).await;
    assert!(said.contains("`bookings.during`") && said.contains("tsrange"), "{said}");
    let (_, shown) = case.submit("delete", &[EVA]).await;
    assert_eq!(refusals(&shown), [refusal("bookings", "during", "")], "{shown:#}");
}

/// Where it is said, nothing is tried.
#[tokio::test(flavor = "multi_thread")]
async fn a_plan_is_not_tried_where_that_is_said() {
    let Some(files) = Files::of("check-on-mask") else { return };
    let case = files.untried().start().await;
    let (_, shown) = case.submit("delete", &[EVA]).await;
    assert_eq!(refusals(&shown), []);
}

/// A plan names the tables that hold rows back, and the rule that decided on each field.
#[tokio::test(flavor = "multi_thread")]
async fn a_plan_names_who_decided_it() {
    let Some(files) = Files::of("unmapped-child") else { return };
    let case = files.start().await;
    let (_, shown) = case.submit("delete", &[EVA]).await;
    let datasets = shown["inside"]["plan"]["systems"][0]["datasets"].as_array().unwrap();
    let orders = datasets.iter().find(|it| it["dataset"] == "orders").unwrap();
    assert_eq!(orders["ground_text"], "rows that stay point to these (order_lines): they are masked instead");
    let street = orders["fields"].as_array().unwrap().iter().find(|it| it["field"] == "ship_to").unwrap();
    assert_eq!(street["rule"], "policy.rule[0]");
}

async fn checked(case: &Case, files: &Files) -> String {
    let checked = check(&case.company.database, &system(&files.map, &files.policy), false).await;
    checked.problems.join("\n")
}

/// What the catalog shows is seen by `check`.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_catalog_shows_is_seen_by_check() {
    let Some(files) = Files::of("sqlite-fk-mismatch") else { return };
    let files = Files { setup: format!("pragma foreign_keys = off;\n{}", files.setup), ..files };
    let case = files.clone().start().await;
    let said = checked(&case, &files).await;
    assert!(said.contains("`posts`") && said.contains("`people`") && said.contains("unique"), "{said}");

    let Some(files) = Files::of("read-only-role") else { return };
    let role = format!("read_only_{}", std::process::id());
    let files = Files { setup: files.setup.replace("bugs_ro", &role), ..files };
    let case = files.clone().start_as(&role).await;
    let database = redress_connector_sql::Database::of_url(&case.company.url.replacen(
        "redress@",
        &format!("{role}@"),
        1,
    ))
    .unwrap();
    let said = check(&database, &system(&files.map, &files.policy), false).await.problems.join("\n");
    assert!(said.contains("grant delete") && said.contains("read only by default"), "{said}");
    // A copy changes nothing.
    let (request, _) = case.submit("export", &[EVA]).await;
    assert_eq!(case.approve(&request).await["closing"], "completed");
    assert_eq!(case.records(&request, "users").await.len(), 1);
    let (_, shown) = case.submit("delete", &[EVA]).await;
    assert_eq!(planned(&shown), rows([("users", "delete", 1)]));
    assert_eq!(refusals(&shown), [refusal("users", "", "")], "{shown:#}");
    assert!(shown.to_string().contains("`redress check` says what to grant"));
}
