//! Rows that are not the subject's alone.

use serde_json::{Value, json};

use super::{
    own::{ANN, KINDS, files, map},
    world::{Files, planned, rows},
};

/// What a request's plan says of the rows that are the subject's by a role alone: dataset, kind, field, rows.
fn roles(shown: &Value) -> Vec<(String, String, String, u64)> {
    let datasets = shown["inside"]["plan"]["systems"][0]["datasets"].as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let of_dataset = |it: &Value| {
        let (dataset, count) = (text(&it["dataset"]), it["count"].as_u64().unwrap());
        let roles = it["roles"].as_array().cloned().unwrap_or_default();
        roles
            .iter()
            .map(|role| (dataset.clone(), text(&role["kind"]), text(&role["field"]), count))
            .collect::<Vec<_>>()
    };
    datasets.iter().flat_map(of_dataset).collect()
}

fn role(dataset: &str, kind: &str, field: &str, count: u64) -> (String, String, String, u64) {
    (dataset.to_owned(), kind.to_owned(), field.to_owned(), count)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_wrote_to_the_person_is_shown_and_stays() {
    let Some(files) = Files::of("message-between-two") else { return };
    let to = "{name: to_id, data_categories: [user.unique_id], fides_meta: {references: [{dataset: shop, field: person.id, direction: from";
    let files = files.mapped(to, &format!("{to}, role: joint"));
    let case = files.start().await;
    let (request, shown) = case.submit("export", &[ANN]).await;
    assert_eq!(planned(&shown), rows([("person", "fields", 1), ("msg", "fields", 2)]), "{shown:#}");
    assert_eq!(roles(&shown), [role("msg", "joint", "to_id", 1)]);
    case.approve(&request).await;
    let bodies: Vec<Value> =
        case.records(&request, "msg").await.iter().map(|it| it["body"].clone()).collect();
    assert_eq!(bodies, ["from Ann", "Bob wrote this"]);
    let (request, shown) = case.submit("delete", &[ANN]).await;
    assert_eq!(planned(&shown), rows([("person", "delete", 1), ("msg", "delete", 1), ("msg", "fields", 1)]));
    assert_eq!(case.approve(&request).await["closing"], "completed");
    assert_eq!(
        case.ask("select id, from_id, to_id, body from msg").await,
        [["2", "2", "null", "Bob wrote this"]]
    );
    assert_eq!(case.column("select name from person").await, ["Bob"]);
}

/// Each row that is joint loses what is about the subject; each that mentions them, the reference; what is both loses
/// both. What is the subject's own goes.
#[tokio::test(flavor = "multi_thread")]
async fn each_role_masks_what_is_its_own() {
    let to_person =
        |role: &str| format!("references: [{{dataset: shop, field: person.id, direction: from{role}}}]");
    let (own, joint, mention) = (to_person(""), to_person(", role: joint"), to_person(", role: mention"));
    let map = map(&[
        ("person", "", &[("email", "identity: email")]),
        (
            "deal",
            "",
            &[
                ("author", &own),
                ("buyer", &joint),
                ("buyer_address", "about: buyer"),
                ("witness", &mention),
                ("text", ""),
            ],
        ),
        ("page", "", &[("deal", "references: [{dataset: shop, field: deal.id, direction: from}]")]),
    ]);
    let setup = "create table person (id int primary key, email text);\n\
                 create table deal (id int primary key, author int references person (id), buyer int references person (id),\n\
                 buyer_address text not null, witness int references person (id), text text);\n\
                 create table page (id int primary key, deal int references deal (id));\n\
                 insert into person values (1, 'ann@example.org'), (2, 'bob@example.org');\n\
                 insert into deal values (1, 1, 2, 'Bob road', null, 'hers'), (2, 2, 1, 'Ann street', null, 'a'),\n\
                 (3, 2, 2, 'Bob road', 1, 'b'), (4, 2, 1, 'Ann street', 1, 'c'), (5, 2, 2, 'Bob road', 2, 'd'),\n\
                 (6, 1, 1, 'Ann street', 1, 'hers');\n\
                 insert into page values (1, 1), (2, 2), (3, 3), (4, 6)";
    for kind in KINDS {
        let case = files(kind, setup, map.clone()).start().await;
        let (request, shown) = case.submit("export", &[ANN]).await;
        let of_deals = [
            role("deal", "joint", "buyer", 1),
            role("deal", "mention", "witness", 1),
            role("deal", "joint", "buyer", 1),
            role("deal", "mention", "witness", 1),
        ];
        let found = roles(&shown);
        assert_eq!(found.len(), of_deals.len(), "{kind}: {found:?}");
        assert!(found.iter().all(|it| of_deals.contains(it)), "{kind}: {found:?}");
        case.approve(&request).await;
        let records = case.records(&request, "deal").await;
        let of = |id: i64| records.iter().find(|it| it["id"] == id).cloned().unwrap_or_default();
        assert_eq!(records.len(), 5, "{kind}: {records:#?}");
        assert_eq!(of(3), json!({ "id": 3, "witness": 1 }), "{kind}: of a mention, that it is one");
        assert_eq!((of(2)["text"].clone(), of(4)["text"].clone()), (json!("a"), json!("c")), "{kind}");
        // What hangs on a row that is not hers alone is not hers.
        assert_eq!(case.records(&request, "page").await.len(), 2, "{kind}");

        let (request, shown) = case.submit("delete", &[ANN]).await;
        assert_eq!(
            planned(&shown),
            rows([
                ("person", "delete", 1),
                ("deal", "delete", 2),
                ("deal", "fields", 3),
                ("page", "delete", 2)
            ]),
            "{kind}"
        );
        assert_eq!(case.approve(&request).await["closing"], "completed", "{kind}");
        let left =
            case.ask("select id, author, buyer, buyer_address, witness, text from deal order by id").await;
        assert_eq!(
            left,
            [
                ["2", "2", "null", "", "null", "a"],
                ["3", "2", "2", "Bob road", "null", "b"],
                ["4", "2", "null", "", "null", "c"],
                ["5", "2", "2", "Bob road", "2", "d"],
            ],
            "{kind}"
        );
        assert_eq!(case.column("select id from page order by id").await, ["2", "3"], "{kind}");
        assert_eq!(case.column("select email from person").await, ["bob@example.org"], "{kind}");
    }
}

/// A reference that cannot be emptied stays, and so does the row to which it leads, masked.
#[tokio::test(flavor = "multi_thread")]
async fn a_reference_that_takes_no_null_stays_and_is_named() {
    let joint = "references: [{dataset: shop, field: person.id, direction: from, role: joint}]";
    let map = map(&[
        ("person", "", &[("email", "identity: email"), ("name", "")]),
        ("msg", "", &[("to_id", joint), ("body", "")]),
    ]);
    let setup = "create table person (id int primary key, email text, name text);\n\
                 create table msg (id int primary key, to_id int not null references person (id), body text);\n\
                 insert into person values (1, 'ann@example.org', 'Ann'), (2, 'bob@example.org', 'Bob');\n\
                 insert into msg values (1, 1, 'Bob wrote this')";
    for kind in KINDS {
        let case = files(kind, setup, map.clone()).start().await;
        let (request, shown) = case.submit("delete", &[ANN]).await;
        assert_eq!(planned(&shown), rows([("person", "fields", 1), ("msg", "keep", 1)]), "{kind}");
        assert!(shown.to_string().contains("its column takes no null"), "{shown:#}");
        assert_eq!(case.approve(&request).await["closing"], "completed_retained", "{kind}");
        assert_eq!(
            case.ask("select id, email, name from person order by id").await[0],
            ["1", "null", "null"],
            "{kind}"
        );
        assert_eq!(case.column("select body from msg").await, ["Bob wrote this"], "{kind}");
    }
}

/// A reviewer rejects such a row as any other.
#[tokio::test(flavor = "multi_thread")]
async fn a_row_by_a_role_can_be_rejected() {
    let Some(files) = Files::of("message-between-two") else { return };
    let to = "{name: to_id, data_categories: [user.unique_id], fides_meta: {references: [{dataset: shop, field: person.id, direction: from";
    let case = files.mapped(to, &format!("{to}, role: mention")).start().await;
    let (request, _) = case.submit("delete", &[ANN]).await;
    let body = json!({ "rejected_rows": [{ "system": "shop", "dataset": "msg", "key": ["2"] }], "reason": "not hers" });
    case.redress.post("ada", &format!("requests/{request}/candidates"), body).await;
    let shown = case.redress.settled(&request).await;
    assert_eq!(roles(&shown), [], "{shown:#}");
}

/// A view through which nothing can be changed is kept, by a role too; a materialized view has none.
#[tokio::test(flavor = "multi_thread")]
async fn a_role_on_a_view_changes_nothing_there() {
    let Some(files) = Files::of("polymorphic-view") else { return };
    let setup = files.setup.replace("select * from notes", "select distinct * from notes");
    let files = Files { setup, ..files }.mapped("direction: from", "direction: from, role: joint");
    let case = files.clone().start().await;
    let (request, shown) = case.submit("delete", &[("email", "eva@example.org")]).await;
    assert_eq!(planned(&shown), rows([("customers", "delete", 1), ("customer_notes", "keep", 1)]));
    assert_eq!(roles(&shown), [role("customer_notes", "joint", "owner_id", 1)]);
    assert_eq!(case.approve(&request).await["closing"], "completed_retained");
    let setup = files.setup.replace("create view", "create materialized view");
    let case = Files { setup, ..files }.start().await;
    let (_, shown) = case.submit("delete", &[("email", "eva@example.org")]).await;
    assert!(shown.to_string().contains("it is a materialized view: give the `role`"), "{shown:#}");
}
