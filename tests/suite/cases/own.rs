//! Small databases of our own, of the same kinds.

use serde_json::json;

use super::world::{Files, candidates, notes, planned, rows};

pub(super) const ANN: (&str, &str) = ("email", "ann@example.org");
const DELETE: &str = "[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user'\ndo = 'delete'\n";
pub(super) const KINDS: [&str; 2] = ["postgres", "sqlite"];

/// A collection: its name, its `fides_meta`, and its fields beside the key `id`, each with its own `fides_meta`.
pub(super) type Collection<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)]);

pub(super) fn map(collections: &[Collection<'_>]) -> String {
    let mut map = "dataset:\n  - fides_key: shop\n    collections:\n".to_owned();
    for (name, meta, fields) in collections {
        map += &format!("      - name: {name}\n        fides_meta: {{{meta}}}\n        fields:\n");
        map += "          - {name: id, fides_meta: {primary_key: true}}\n";
        for (field, meta) in *fields {
            map += &format!(
                "          - {{name: {field}, data_categories: [user.content], fides_meta: {{{meta}}}}}\n"
            );
        }
    }
    map
}

pub(super) fn files(kind: &'static str, setup: &str, map: String) -> Files {
    Files {
        setup: setup.to_owned(),
        map,
        policy: DELETE.to_owned(),
        tenant: String::new(),
        kind,
        is_tried: true,
    }
}

/// Rows that no foreign key holds together are not held together by a text that identifies nobody.
#[tokio::test(flavor = "multi_thread")]
async fn a_reference_by_address_leads_nowhere_from_a_placeholder() {
    let map = map(&[
        ("customer", "", &[("no", "identity: customer_id"), ("email", "")]),
        (
            "invoice",
            "",
            &[("email", "references: [{dataset: shop, field: customer.email, direction: from}]")],
        ),
    ]);
    let setup = "create table customer (id int primary key, no text, email text);\n\
                 create table invoice (id int primary key, email text);\n\
                 insert into customer values (1, 'C1', 'n/a'), (2, 'C2', 'b@example.org');\n\
                 insert into invoice values (1, 'N/A'), (2, 'n/a'), (3, 'b@example.org')";
    for kind in KINDS {
        let case = files(kind, setup, map.clone()).start().await;
        let (_, shown) = case.submit("delete", &[("customer_id", "C1")]).await;
        assert_eq!(planned(&shown), rows([("customer", "delete", 1)]), "{kind}");
        let (_, shown) = case.submit("delete", &[("customer_id", "C2")]).await;
        assert_eq!(planned(&shown), rows([("customer", "delete", 1), ("invoice", "delete", 1)]), "{kind}");
    }
}

/// A cascade takes along nobody's row that is another person's, or may be.
#[tokio::test(flavor = "multi_thread")]
async fn a_cascade_takes_no_candidate_along() {
    let map = map(&[
        ("person", "", &[("email", "identity: email")]),
        (
            "remark",
            "",
            &[
                ("author", "references: [{dataset: shop, field: person.id, direction: from}]"),
                ("parent", "references: [{dataset: shop, field: remark.id}]"),
                ("body", ""),
            ],
        ),
    ]);
    let setup = "create table person (id int primary key, email text);\n\
                 create table remark (id int primary key, author int references person (id), \
                 parent int references remark (id) on delete cascade, body text);\n\
                 insert into person values (1, 'ann@example.org'), (2, 'bob@example.org');\n\
                 insert into remark values (1, 1, null, 'of Ann'), (2, 2, 1, 'of Bob')";
    for kind in KINDS {
        let case = files(kind, setup, map.clone()).start().await;
        let (request, shown) = case.submit("delete", &[ANN]).await;
        let [reply] = candidates(&shown).try_into().unwrap();
        let shown = case.decide(&request, &[], &[reply["id"].as_str().unwrap()]).await;
        assert_eq!(planned(&shown)[&("remark".to_owned(), "fields".to_owned())], 1, "{kind}: {shown:#}");
        case.approve(&request).await;
        assert_eq!(case.column("select body from remark where author = 2").await, ["of Bob"], "{kind}");
    }
}

/// Values of `where` are compared by the type of their column.
#[tokio::test(flavor = "multi_thread")]
async fn a_condition_is_compared_by_its_columns_type() {
    let setup = "create table person (id int primary key, email text, active boolean, rate numeric(5, 2), n real);\n\
                 insert into person values (1, 'ann@example.org', true, 1.5, 1), (2, 'ann@example.org', false, 2, 2)";
    for kind in KINDS {
        for condition in ["active: true", "active: 1", "rate: 1.50", "n: 1", "rate: [1.5, 7]"] {
            let meta = format!("where: {{{condition}}}");
            let fields: &[(&str, &str)] =
                &[("email", "identity: email"), ("active", ""), ("rate", ""), ("n", "")];
            let case = files(kind, setup, map(&[("person", &meta, fields)])).start().await;
            let (_, shown) = case.submit("delete", &[ANN]).await;
            assert_eq!(planned(&shown), rows([("person", "delete", 1)]), "{kind} {condition}");
        }
    }
}

/// What the data map itself writes in the place of addresses is a mask too.
#[tokio::test(flavor = "multi_thread")]
async fn a_mask_of_the_data_map_identifies_nobody() {
    let mask = "identity: email, masking_strategy_override: {strategy: string_rewrite, \
                configuration: {rewrite_value: gone@example.org}}";
    let map = map(&[("person", "redress_person: true", &[("no", "identity: customer_id"), ("email", mask)])]);
    let setup = "create table person (id int primary key, no text, email text);\n\
                 insert into person values (1, 'C1', 'gone@example.org'), (2, 'C2', 'b@example.org')";
    let case = files("sqlite", setup, map).start().await;
    let (_, shown) = case.submit("export", &[("customer_id", "C1")]).await;
    assert_eq!(notes(&shown), [("person.email".to_owned(), "mask".to_owned(), 1)]);
    let (_, shown) = case.submit("export", &[("customer_id", "C2")]).await;
    assert_eq!(
        shown["inside"]["identifiers"].as_array().unwrap().len(),
        2,
        "an own address is followed: {shown:#}"
    );
}

/// The person's own rows are nobody else's, however many hold the value.
#[tokio::test(flavor = "multi_thread")]
async fn a_value_is_shared_by_the_rows_of_others_alone() {
    let map = map(&[("orders", "", &[("no", "identity: customer_id"), ("email", "identity: email")])]);
    let own: Vec<String> = (1..=12).map(|id| format!("({id}, 'C1', 'ann@example.org')")).collect();
    let setup = format!(
        "create table orders (id int primary key, no text, email text);\ninsert into orders values {}",
        own.join(", ")
    );
    let case = files("postgres", &setup, map).start().await;
    let (_, shown) = case.submit("export", &[("customer_id", "C1")]).await;
    assert!(notes(&shown).is_empty(), "{shown:#}");
    let [address] = candidates(&shown).try_into().unwrap();
    assert_eq!((&address["what"], &address["count"]), (&json!("identifier"), &json!(12)));
}

/// Orders of two customer numbers that were both given are no accounts to choose from.
#[tokio::test(flavor = "multi_thread")]
async fn rows_of_several_numbers_that_were_given_are_found() {
    let map = map(&[("orders", "", &[("no", "identity: customer_id"), ("what", "")])]);
    let setup = "create table orders (id int primary key, no text, what text);\n\
                 insert into orders values (1, 'C1', 'a'), (2, 'C1', 'b'), (3, 'C2', 'c'), (4, 'C3', 'd')";
    for kind in KINDS {
        let case = files(kind, setup, map.clone()).start().await;
        let (_, shown) = case.submit("delete", &[("customer_id", "C1"), ("customer_id", "C2")]).await;
        assert_eq!(planned(&shown), rows([("orders", "delete", 3)]), "{kind}: {shown:#}");
    }
}

/// One person's key that repeats is nobody else's trouble, and a null in a key stops nothing.
#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_repeats_or_is_null_leaves_out_its_own_request_alone() {
    let map = map(&[("visit", "", &[("email", "identity: email"), ("phone", "identity: phone_number")])]);
    let setup = "create table visit (id int, email text, phone text);\n\
                 insert into visit values (1, 'ann@example.org', '+35315550100'), (2, 'ann@example.org', null), \
                 (3, 'bob@example.org', '+35315550100'), (3, 'bob@example.org', null), (null, 'eve@example.org', null)";
    for kind in KINDS {
        let case = files(kind, setup, map.clone()).start().await;
        let (request, shown) = case.submit("delete", &[ANN, ("phone", "+353 1 555 0100")]).await;
        assert_eq!(planned(&shown), rows([("visit", "delete", 2)]), "{kind}: {shown:#}");
        // Bob's row is a candidate by the phone, and is shown with the other of its key; accepted, the key repeats.
        let [bob, other] = candidates(&shown).try_into().unwrap();
        assert_eq!(bob["id"], other["id"], "{kind}");
        let shown = case.decide(&request, &[bob["id"].as_str().unwrap()], &[]).await;
        assert_eq!(shown["inside"]["inventory"]["systems"][0]["status"], "partial", "{kind}: {shown:#}");
        let shown = case.decide(&request, &[], &[bob["id"].as_str().unwrap()]).await;
        assert_eq!(planned(&shown), rows([("visit", "delete", 2)]), "{kind}");
        assert_eq!(case.approve(&request).await["closing"], "completed", "{kind}");
        let (_, shown) = case.submit("delete", &[("email", "eve@example.org")]).await;
        assert_eq!(shown["inside"]["inventory"]["systems"][0]["status"], "partial", "{kind}");
    }
}

/// What a reviewer says of a row of one system is said of no row of another.
#[test]
fn a_row_is_named_with_its_system() {
    let id = |system: &str| {
        redress_datamap::sql::row_id(&[7; 32], &system.parse().unwrap(), "customers", &["10".to_owned()])
    };
    assert_ne!(id("crm"), id("shop"));
}

/// In a person's record, a telephone number in the writing of its country is the same identifier as elsewhere.
#[tokio::test(flavor = "multi_thread")]
async fn a_number_in_local_writing_is_the_same_number() {
    let phone = "identity: phone_number, identity_class: unique, phone_region: IE";
    let map = map(&[
        ("person", "redress_person: true", &[("email", "identity: email"), ("phone", phone)]),
        ("call", "", &[("phone", phone)]),
    ]);
    let setup = "create table person (id int primary key, email text, phone text);\n\
                 create table call (id int primary key, phone text);\n\
                 insert into person values (1, 'ann@example.org', '(01) 555 0100'), (2, 'b@example.org', '01 555 0199'),\n\
                 (3, 'c@example.org', '+49 1 555 0100');\n\
                 insert into call values (1, '+353 1 555-0100'), (2, '015550100'), (3, '00353 (0)1 5550100'),\n\
                 (4, '5550100'), (5, '+49 1 5550100'), (6, '01 5550199'), (7, '353 1 5550100'), (8, '(0)1 5550100')";
    for kind in KINDS {
        let case = files(kind, setup, map.clone()).start().await;
        for given in [ANN, ("phone", "+353 1 555 0100")] {
            let (_, shown) = case.submit("delete", &[given]).await;
            assert_eq!(
                planned(&shown),
                rows([("person", "delete", 1), ("call", "delete", 5)]),
                "{kind} {given:?}"
            );
        }
    }
}

/// A name that stands in two columns is one identity.
#[tokio::test(flavor = "multi_thread")]
async fn a_first_and_a_last_name_are_one_identity() {
    let map = map(&[(
        "guest",
        "",
        &[("first_name", "identity: name, identity_with: [last_name]"), ("last_name", "")],
    )]);
    let setup = "create table guest (id int primary key, first_name text, last_name text);\n\
                 insert into guest values (1, 'Ann ', 'Ray'), (2, 'ANN', 'ray'), (3, 'Ann', 'Day'), (4, 'Bob', 'Ray'),\n\
                 (5, 'Ann', null), (6, null, 'Ann Ray')";
    for kind in KINDS {
        let case = files(kind, setup, map.clone()).start().await;
        let (request, shown) = case.submit("delete", &[("name", "ann ray")]).await;
        let candidates = candidates(&shown);
        assert_eq!(candidates.len(), 3, "{kind}: {candidates:#?}");
        let ids: Vec<&str> = candidates.iter().map(|it| it["id"].as_str().unwrap()).collect();
        case.decide(&request, &ids, &[]).await;
        case.approve(&request).await;
        assert_eq!(case.column("select id from guest order by id").await, ["3", "4", "5"], "{kind}");
    }
}

/// Where the map gives categories to parts of a JSON column alone, the parts are masked and the rest stays.
#[tokio::test(flavor = "multi_thread")]
async fn parts_of_a_json_column_are_masked() {
    let map = "dataset:
  - fides_key: shop
    collections:
      - name: profile
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}}
          - name: traits
            fields:
              - {name: theme}
              - {name: nick, data_categories: [user.name]}
              - {name: tax, data_categories: [user.financial]}
              - name: contact
                fields:
                  - {name: mail, data_categories: [user.contact.email], fides_meta: {identity: email}}
                  - {name: mails, data_categories: [user.contact.email], fides_meta: {data_type: 'string[]'}}
";
    let policy = "[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user'\ndo = 'null'\n\
                  [[policy.rule]]\ntenant = 'dublin'\ncategory = 'user.name'\ndo = 'string'\ntext = 'erased'\n\
                  [[policy.rule]]\ntenant = 'dublin'\ncategory = 'user.financial'\ndo = 'keep'\nground = 'tax law'\n";
    for (kind, json) in [("postgres", "jsonb"), ("postgres", "json"), ("sqlite", "json")] {
        let setup = format!(
            "create table profile (id int primary key, email text, traits {json});\n\
             insert into profile values \
             (1, 'ann@example.org', '{{\"theme\": \"dark\", \"nick\": \"A\", \"tax\": 7, \"contact\": {{\"mail\": \"ann@example.org\", \"mails\": [\"x@example.org\"], \"city\": \"Cork\"}}}}'),\n\
             (2, null, '{{\"theme\": \"light\", \"contact\": {{\"mail\": \"Ann@example.org\"}}}}'),\n\
             (3, 'ann@example.org', null),\n\
             (4, 'b@example.org', '{{\"nick\": \"B\"}}')"
        );
        let mut of_kind = files(kind, &setup, map.to_owned());
        of_kind.policy = policy.to_owned();
        let case = of_kind.start().await;
        let (request, shown) = case.submit("delete", &[ANN]).await;
        assert_eq!(planned(&shown), rows([("profile", "fields", 3)]), "{kind} {json}");
        let fields = shown["inside"]["plan"]["systems"][0]["datasets"][0]["fields"].as_array().unwrap();
        let names: Vec<&str> = fields.iter().map(|field| field["field"].as_str().unwrap()).collect();
        let parts =
            ["traits.theme", "traits.nick", "traits.tax", "traits.contact.mail", "traits.contact.mails"];
        assert_eq!(names, [&["id", "email"][..], &parts[..]].concat(), "{kind} {json}");
        let shown = case.approve(&request).await;
        assert_eq!(shown["closing"], "completed_retained", "{kind} {json}: {shown:#}");
        let left = case.ask("select email, cast(traits as text) from profile order by id").await;
        let traits: Vec<serde_json::Value> =
            left.iter().map(|row| serde_json::from_str(&row[1]).unwrap()).collect();
        let expected = [
            json!({ "theme": "dark", "nick": "erased", "tax": 7, "contact": { "city": "Cork" } }),
            json!({ "theme": "light", "contact": {} }),
            json!(null),
            json!({ "nick": "B" }),
        ];
        assert_eq!(traits, expected, "{kind} {json}");
        assert!(
            left[..3].iter().all(|row| row[0] == "null") && left[3][0] == "b@example.org",
            "{kind} {json}"
        );
    }
}

/// A part of JSON is masked wherever the JSON is an object on the way to it; an array on the way is emptied, and what is no
/// object has no such part. Two requests may name one row.
#[tokio::test(flavor = "multi_thread")]
async fn json_of_every_shape_is_masked() {
    let map = "dataset:
  - fides_key: shop
    collections:
      - name: log
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}}
          - name: request
            fields:
              - {name: nick, data_categories: [user.name]}
              - {name: note, data_categories: [user.content]}
              - name: home
                fields:
                  - {name: city, data_categories: [user.contact.address]}
";
    let policy = "[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user'\ndo = 'null'\n\
                  [[policy.rule]]\ntenant = 'dublin'\ncategory = 'user.name'\ndo = 'string'\ntext = 'erased'\n\
                  [[policy.rule]]\ntenant = 'dublin'\ncategory = 'user.contact.email'\ndo = 'keep'\nground = 'the law'\n";
    let shapes = [
        (
            r#"{"nick": "A", "note": "n", "home": {"city": "Cork", "zip": 1}}"#,
            json!({ "nick": "erased", "home": { "zip": 1 } }),
        ),
        (r#"{"home": [{"city": "Cork"}], "x": 1}"#, json!({ "home": [], "x": 1 })),
        (r#"[{"nick": "A"}]"#, json!([])),
        (r#"{"home": null, "note": {"deep": true}}"#, json!({ "home": null })),
        (r#"{"home": "Cork", "nick": null}"#, json!({ "home": "Cork", "nick": null })),
        ("null", json!(null)),
        ("7", json!(7)),
    ];
    for (kind, json) in [("postgres", "jsonb"), ("postgres", "json"), ("sqlite", "json")] {
        let mut setup =
            format!("create table log (id int primary key, email text, request {json} not null);");
        for (id, (text, _)) in shapes.iter().enumerate() {
            setup += &format!(" insert into log values ({id}, 'ann@example.org', '{text}');");
        }
        let mut of_kind = files(kind, &setup, map.to_owned());
        of_kind.policy = policy.to_owned();
        let case = of_kind.start().await;
        let (request, shown) = case.submit("delete", &[ANN]).await;
        assert_eq!(super::plans::refusals(&shown), [], "{kind} {json}: {shown:#}");
        let shown = case.approve(&request).await;
        assert_eq!(shown["closing"], "completed_retained", "{kind} {json}: {shown:#}");
        let left = case.column("select cast(request as text) from log order by id").await;
        let left: Vec<serde_json::Value> =
            left.iter().map(|text| serde_json::from_str(text).unwrap()).collect();
        let mut expected: Vec<serde_json::Value> = shapes.iter().map(|(_, after)| after.clone()).collect();
        // To PostgreSQL a null is a value that is there.
        expected[4] = json!({ "home": "Cork", "nick": "erased" });
        assert_eq!(left, expected, "{kind} {json}");
    }
}

/// A trigger that ends the whole transaction is a refusal like any other.
#[tokio::test(flavor = "multi_thread")]
async fn a_trigger_that_rolls_back_is_a_refusal() {
    let map = map(&[("person", "", &[("email", "identity: email")])]);
    let setup = "create table person (id int primary key, email text);\n\
                 insert into person values (1, 'ann@example.org');\n\
                 create trigger never before delete on person begin select raise(rollback, 'no'); end";
    let case = files("sqlite", setup, map).start().await;
    let (request, shown) = case.submit("delete", &[ANN]).await;
    assert_eq!(super::plans::refusals(&shown).len(), 1, "{shown:#}");
    assert_eq!(case.approve(&request).await["inside"]["marks"], json!(["nothing_changed"]));
    assert_eq!(case.column("select email from person").await, ["ann@example.org"]);
}
