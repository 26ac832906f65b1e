//! Data maps: mistake × where it is told. What the file alone shows is an error at the start; what only the database
//! shows is told by `redress check`, and by the outcome of whoever asks meanwhile.

use redress::settings::Settings;
use redress_connector_sql::check;
use redress_tests::ambient::Dice;
use serde_json::Value;

use crate::{
    flows::world::Outer,
    sql::company::{Company, MAP, email, system},
};

const POLICY: &str = "[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user'\ndo = 'null'\n";

/// What stands in the company's map, what is written instead, the path that is named, and words of the reason.
type Row = (&'static str, &'static str, &'static str, &'static str);

/// What the file alone shows.
const WRITTEN: &[Row] = &[
    ("\ndataset:", "\ndataset: [", "", "not YAML that can be read"),
    ("\ndataset:", "\ndatasets:", "", "`dataset` is missing"),
    (
        "\ndataset:\n",
        "\ndataset:\n  - {fides_key: company, collections: []}\n",
        "dataset[1]",
        "a second dataset `company`",
    ),
    ("fides_key: company", "fides_kee: company", "dataset[0]", "`fides_key` is missing"),
    ("- name: person\n", "- {}\n      - name: person\n", "dataset[0].collections[1]", "`name` is missing"),
    ("- name: visit\n", "- name: person\n", "dataset[0].collections[8]", "a second collection `person`"),
    ("{name: manager_id}", "{name: name}", "dataset[0].collections[1].fields[6]", "a second field `name`"),
    (
        "{identity: email}",
        "{identity: shoe_size}",
        "dataset[0].collections[1].fields[1].fides_meta.identity",
        "is none of",
    ),
    (
        "identity_class: shared",
        "identity_class: secret",
        "dataset[0].collections[1].fields[2].fides_meta.identity_class",
        "is none of",
    ),
    (
        "{identity: name}",
        "{identity: name, identity_class: unique}",
        "dataset[0].collections[1].fields[4].fides_meta",
        "a name does not name one person",
    ),
    (
        "{redress_class: audit}",
        "{redress_class: diary}",
        "dataset[0].collections[9].fides_meta.redress_class",
        "is none of: content, log, audit",
    ),
    (
        "field: household.id",
        "field: houses.id",
        "dataset[0].collections[1].fields[5].fides_meta.references[0]",
        "no such collection",
    ),
    (
        "field: household.id",
        "field: household.ident",
        "dataset[0].collections[1].fields[5].fides_meta.references[0]",
        "no such field",
    ),
    (
        "dataset: company, field: household.id",
        "dataset: firm, field: household.id",
        "dataset[0].collections[1].fields[5].fides_meta.references[0]",
        "a dataset that no data map has",
    ),
    (
        "direction: to",
        "direction: up",
        "dataset[0].collections[1].fields[5].fides_meta.references[0].direction",
        "is none of: from, to",
    ),
    (
        "[user.contact.email]",
        "[E-mail of anna]",
        "dataset[0].collections[1].fields[1].data_categories[0]",
        "words of a-z",
    ),
    (
        "primary_key: true",
        "primary_key: perhaps",
        "dataset[0].collections[0].fields[0].fides_meta.primary_key",
        "expected true or false",
    ),
];

/// What only the database shows.
const LAID: &[Row] = &[
    (
        "      - name: audit\n",
        "      - name: note\n        fields:\n          - {name: email, fides_meta: {identity: email}}\n      - name: audit\n",
        "note",
        "primary key",
    ),
    ("- name: gift", "- name: present", "present", "no such table"),
    ("{name: wishes,", "{name: wish,", "booking.wish", "no such column"),
];

fn settings_of(map: &str) -> anyhow::Result<Settings> {
    settings_of_all(&[map])
}

/// A system for each of these maps.
fn settings_of_all(maps: &[&str]) -> anyhow::Result<Settings> {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("policy.toml"), POLICY)?;
    let mut text = format!(
        "[[tenant]]\nname = 'dublin'\nkey = '{}='\npolicy = 'policy.toml'\ntime_zone = 'Europe/Dublin'\n",
        "A".repeat(43)
    );
    for (name, map) in ["crm", "erp"].iter().zip(maps) {
        std::fs::write(folder.path().join(format!("{name}.yml")), map)?;
        text += &format!(
            "[[system]]\nname = '{name}'\ntenant = 'dublin'\nconnector = 'sql'\nurl = 'sqlite:{name}.db'\n\
             data_map = '{name}.yml'\n"
        );
    }
    Settings::of_text(&text, folder.path(), folder.path())
}

fn spoiled((from, to, ..): &Row) -> String {
    assert!(MAP.contains(from), "{from}");
    MAP.replacen(from, to, 1)
}

#[test]
fn a_mistake_is_told_at_the_start_with_file_path_and_reason() {
    settings_of(MAP).unwrap();
    for row @ (_, to, path, words) in WRITTEN {
        let told = settings_of(&spoiled(row)).expect_err(to).to_string();
        let told = told.lines().find(|line| line.contains(words)).unwrap_or_else(|| panic!("{to}: {told}"));
        assert!(told.contains("crm.yml: ") && told.contains(path), "{to}: {told}");
    }
}

/// A system may refer to what another of its tenant has.
#[test]
fn a_reference_into_another_file_is_looked_up_there() {
    let crm = MAP.replace("dataset: company, field: household.id", "dataset: firm, field: household.id");
    settings_of_all(&[&crm, &MAP.replace("company", "firm")]).unwrap();
    let firm = MAP.replace("company", "firm").replace("name: household\n", "name: home\n");
    let told = settings_of_all(&[&crm, &firm.replace("household.id", "home.id")]).unwrap_err().to_string();
    let words = "crm.yml: dataset[0].collections[1].fields[5].fides_meta.references[0]: refers to `household.id` of `firm`";
    assert!(told.contains(words) && told.contains("no such collection"), "{told}");
}

#[test]
fn all_of_them_are_told_at_once() {
    // Those that leave it a map of this name.
    let rows = WRITTEN
        .iter()
        .filter(|(_, _, path, _)| path.starts_with("dataset[0].") && !path.contains("references"));
    let (mut map, mut expected) = (MAP.to_owned(), Vec::new());
    for (from, to, _, words) in rows {
        if map.contains(from) {
            map = map.replacen(from, to, 1);
            expected.push(*words);
        }
    }
    let told = settings_of(&map).unwrap_err().to_string();
    assert!(expected.len() > 8, "{expected:?}");
    for words in &expected {
        assert!(told.contains(words), "{words} in:\n{told}");
    }
    assert!(told.matches("crm.yml: ").count() >= expected.len(), "{told}");
}

/// On both databases: `redress check` says it, and so does the outcome of a request that meets it.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_database_does_not_have_is_told_by_check_and_by_the_outcome() {
    for kind in ["sqlite", "postgres"] {
        let company = Company::with_people(kind, &Dice::new(1), 2).await;
        company.run("create table note (email text)").await;
        let good = check(&company.database, &system(MAP, POLICY), false).await;
        assert_eq!(good.problems, [""; 0], "{kind}");
        let maps: Vec<String> = LAID.iter().map(spoiled).collect();
        let systems: Vec<(String, &str)> =
            (0..).map(|i| format!("s{i}")).zip(maps.iter().map(String::as_str)).collect();
        let of_world: Vec<_> =
            systems.iter().map(|(name, map)| (name.as_str(), company.url.as_str(), *map)).collect();
        let world = Outer::over(("local", "sqlite"), POLICY, &of_world, "").await;
        for ((_, to, path, words), (name, map)) in LAID.iter().zip(&systems) {
            let checked = check(&company.database, &system(map, POLICY), false).await;
            let told = |text: &str| text.contains(path) && text.contains(words);
            assert!(checked.problems.iter().any(|text| told(text)), "{kind} {to}: {checked:?}");
            let request = world.submit_to("access", &email(1), &[name]).await;
            let shown = world.settled(&request).await;
            let mut asked = shown["inside"]["inventory"]["systems"].as_array().unwrap().iter();
            let asked = asked.find(|asked| asked["system"] == name.as_str()).unwrap();
            assert!(told(asked["reason"].as_str().unwrap_or_default()), "{kind} {to}: {asked:#}");
            assert_ne!(shown["closing"], Value::from("no_data_found"), "{kind} {to}: nobody has looked");
        }
        world.stop().await;
    }
}
