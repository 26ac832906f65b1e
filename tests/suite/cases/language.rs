//! What a data map can say, and what is made of a Fides user's file.

use redress_connector_sql::check;
use redress_datamap::DataMap;

use super::world::{Files, candidates, planned, rows};
use crate::sql::company::system;

const EVA: (&str, &str) = ("email", "eva@example.org");
const ANN: (&str, &str) = ("email", "ann@example.org");

#[tokio::test(flavor = "multi_thread")]
async fn what_fides_says_on_a_collection_or_field_is_obeyed() {
    let Some(files) = Files::of("skip-processing") else { return };
    let case = files.start().await;
    let (request, shown) = case.submit("delete", &[EVA]).await;
    assert_eq!(planned(&shown), rows([("users", "delete", 1)]));
    case.approve(&request).await;
    assert_eq!(case.ask("select count(*) from legal_hold").await, [["2"]], "a court ordered it");

    let Some(files) = Files::of("read-only-field") else { return };
    let case = files.start().await;
    let (request, _) = case.submit("delete", &[EVA]).await;
    case.approve(&request).await;
    let row = case.ask("select email, name, tax_no, city, note from users where id = 1").await;
    assert_eq!(row, [["", "null", "IE123", "Cork", "MASKED"]]);

    // Categories of a whole collection are those of its fields without their own.
    let Some(files) = Files::of("collection-categories") else { return };
    let case = files.start().await;
    let (request, shown) = case.submit("delete", &[EVA]).await;
    assert_eq!(planned(&shown), rows([("users", "delete", 1)]));
    assert_eq!(case.approve(&request).await["closing"], "completed");
    assert_eq!(case.column("select name from users").await, ["Bob"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn names_are_read_as_they_are() {
    for (name, dataset, left) in [
        ("column-y", "places", "select id from places"),
        ("fidesops-meta", "orders", "select id from orders"),
        ("odd-names", "order", "select id from \"order\""),
    ] {
        let Some(files) = Files::of(name) else { return };
        let case = files.start().await;
        let (request, _) = case.submit("export", &[EVA]).await;
        assert_eq!(case.approve(&request).await["closing"], "completed", "{name}");
        assert_eq!(case.records(&request, dataset).await.len(), 1, "{name}");
        let (request, _) = case.submit("delete", &[EVA]).await;
        assert_eq!(case.approve(&request).await["closing"], "completed", "{name}");
        assert_eq!(case.column(left).await.len(), 1, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_is_that_of_its_schema() {
    let Some(files) = Files::of("fides-namespace") else { return };
    let named = "database_name: bugs_c22b_fides_namespace, ";
    let case = files.clone().mapped(named, "").start().await;
    let (request, _) = case.submit("delete", &[EVA]).await;
    assert_eq!(case.approve(&request).await["closing"], "completed");
    assert_eq!(case.column("select name from crm.users").await, ["Bob"]);
    assert_eq!(case.column("select name from public.users").await, ["Eva in a demo table"]);
    // The map of another database is refused.
    let case = files.start().await;
    let (_, shown) = case.submit("delete", &[EVA]).await;
    assert!(shown.to_string().contains("bugs_c22b_fides_namespace"), "{shown:#}");

    let Some(files) = Files::of("schema-outside-the-search-path") else { return };
    let case = files.start().await;
    let (request, shown) = case.submit("delete", &[ANN]).await;
    assert_eq!(planned(&shown), rows([("crm.person", "delete", 1), ("crm.note", "delete", 1)]));
    case.approve(&request).await;
    assert_eq!(case.column("select name from public.person").await, ["Bob"]);
}

/// A key that looks misspelt, and a category that nobody has, are warned of by `redress check`.
#[tokio::test(flavor = "multi_thread")]
async fn what_looks_misspelt_is_warned_of() {
    let Some(files) = Files::of("sentinel") else { return };
    let misspelt = files
        .mapped("{identity: external_id}", "{identty: external_id}")
        .mapped(
            "- name: customers\n",
            "- name: customers\n        fides_meta: {redres_person: true, comment: ours}\n",
        )
        .mapped("[user.contact.address]", "[user.contact.adress]");
    let case = misspelt.clone().start().await;
    let system = system(&misspelt.map, &misspelt.policy);
    let notes = check(&case.company.database, &system, false).await.notes;
    for words in
        ["`identty` is not read: is `identity` meant?", "is `redress_person` meant?", "`user.contact.adress`"]
    {
        assert!(notes.iter().any(|note| note.contains(words)), "{words}: {notes:#?}");
    }
    assert!(!notes.iter().any(|note| note.contains("comment")), "another tool's key: {notes:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn telephone_numbers_are_found_in_the_writing_of_their_country() {
    let Some(files) = Files::of("phones-in-local-writing") else { return };
    let case = files
        .clone()
        .mapped("identity_class: shared", "identity_class: shared, phone_region: DE")
        .start()
        .await;
    let (_, shown) = case.submit("access", &[("phone", "+49 30 0074321")]).await;
    assert_eq!(candidates(&shown).len(), 3, "{shown:#}");
    // Where the country is not said, a number without its code is not known.
    let (_, shown) = files.start().await.submit("access", &[("phone", "+49 30 0074321")]).await;
    assert_eq!(candidates(&shown).len(), 2, "{shown:#}");
}

/// What the map says of identities has to fit.
#[test]
fn a_wrong_identity_is_an_error_with_its_reason() {
    for (meta, words) in [
        ("identity: phone_number, phone_region: Germany", "a country's code of two letters, like DE"),
        ("identity: email, phone_region: DE", "`phone_region` is for `identity: phone_number`"),
        ("phone_region: DE", "`phone_region` without `identity`"),
        ("identity: name, identity_with: [surname]", "the collection has no field `surname`"),
        ("identity: email, identity_with: [id]", "`identity_with` is for `identity: name`"),
    ] {
        let map = format!(
            "dataset:\n  - fides_key: shop\n    collections:\n      - name: t\n        fields:\n\
             {0}- {{name: id}}\n{0}- {{name: a, fides_meta: {{{meta}}}}}\n",
            " ".repeat(10)
        );
        let problems = DataMap::read("map.yml", &map).unwrap_err().to_string();
        assert!(problems.contains(words), "{meta}: {problems}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn times_without_a_zone_stay_without_one() {
    let Some(files) = Files::of("sqlite-times") else { return };
    let case = files.start().await;
    let (request, _) = case.submit("export", &[EVA]).await;
    case.approve(&request).await;
    let record = case.records(&request, "people").await.remove(0);
    for (field, value) in [
        ("born", "1980-01-01"),
        ("seen", "2024-07-01T12:00:00"),
        ("seen2", "2024-07-01T12:00:00.123+02:00"),
        ("at", "2024-07-01 12:00"),
        ("ok", "yes"),
        ("big", "9223372036854775807"),
    ] {
        assert_eq!(record[field], value, "{field}");
    }
}
