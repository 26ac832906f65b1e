//! Data maps that were written for another tool.

use std::{path::Path, process::Command};

use redress_datamap::{DataMap, Direction, KEYS, KNOWN_CATEGORIES, KeyPlace, KeyUse, Policy};
use redress_domain::IdentifierKind;
use serde_json::Value;

/// The bench database's map, as its writer made it for Fides.
#[test]
fn a_map_written_for_fides_is_read_whole() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/bench/dsrbench_dataset.yml");
    let Ok(yaml) = std::fs::read_to_string(file) else {
        redress_tests::skip("../shared/bench/dsrbench_dataset.yml is not here").unwrap();
        return;
    };
    let maps = DataMap::read("dsrbench_dataset.yml", &yaml).unwrap();
    assert_eq!(maps.len(), 1);
    let map = &maps[0];
    let names: Vec<&str> = map.collections.iter().map(|collection| collection.name.as_str()).collect();
    let expected =
        ["address", "customer", "employee", "orders", "payment_card", "login", "service_request", "visit"];
    assert_eq!(names, expected);
    let fields = map.collections.iter().flat_map(|collection| &collection.fields);
    let (mut emails, mut keys, mut to, mut from) = (0, 0, 0, 0);
    for field in fields {
        emails += usize::from(field.identity.is_some_and(|identity| identity.kind == IdentifierKind::Email));
        keys += usize::from(field.primary_key);
        to += field.references.iter().filter(|r| r.direction == Direction::To).count();
        from += field.references.iter().filter(|r| r.direction == Direction::From).count();
    }
    assert_eq!((emails, keys, to, from), (4, 8, 4, 3));
}

/// The sample company's maps and the two policies that ship are what they are said to be.
#[test]
fn what_ships_is_read_whole() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../services/redress/sample");
    let (mut maps, mut policies) = (0, 0);
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("yml") => maps += DataMap::read(name, &text).unwrap_or_else(|error| panic!("{error}")).len(),
            Some("toml") => {
                let policy = Policy::read(name, &text).unwrap_or_else(|error| panic!("{error}"));
                for tenant in ["dublin", "galway"] {
                    assert!(
                        policy.rules.iter().any(|rule| rule.tenant.as_str() == tenant),
                        "{name}: {tenant}"
                    );
                }
                policies += 1;
            }
            _ => {}
        }
    }
    assert_eq!((maps, policies), (3, 2));
}

/// Every key and data category of the newest fideslang that is installed: a new one is obeyed, or refused by name, before
/// this passes again.
#[test]
fn every_key_and_category_of_fideslang_is_known() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let print = "import json; from fideslang.models import Dataset; \
                 from fideslang.default_taxonomy import DEFAULT_TAXONOMY as taxonomy; \
                 categories = [category.fides_key for category in taxonomy.data_category]; \
                 print(json.dumps({'schema': Dataset.model_json_schema(), 'categories': categories}))";
    let python = Command::new("/usr/bin/python3")
        .env("PYTHONPATH", tests.join("../target/pip"))
        .args(["-c", print])
        .output()
        .unwrap();
    assert!(python.status.success(), "{}", String::from_utf8_lossy(&python.stderr));
    let fideslang: Value = serde_json::from_slice(&python.stdout).unwrap();
    let schema = &fideslang["schema"];
    let places = [
        (KeyPlace::Dataset, schema),
        (KeyPlace::DatasetMeta, &schema["$defs"]["DatasetMetadata"]),
        (KeyPlace::Collection, &schema["$defs"]["DatasetCollection"]),
        (KeyPlace::CollectionMeta, &schema["$defs"]["CollectionMeta"]),
        (KeyPlace::Field, &schema["$defs"]["DatasetField"]),
        (KeyPlace::FieldMeta, &schema["$defs"]["FidesMeta"]),
        (KeyPlace::Reference, &schema["$defs"]["FidesDatasetReference"]),
    ];
    let mut walked = 0;
    for (place, of) in places {
        for name in of["properties"].as_object().unwrap_or_else(|| panic!("{place:?}")).keys() {
            assert!(KEYS.iter().any(|(known, key, _)| *known == place && key == name), "{place:?}: {name}");
            walked += 1;
        }
    }
    assert!(walked > 40, "{walked}");
    for category in fideslang["categories"].as_array().unwrap() {
        assert!(KNOWN_CATEGORIES.contains(&category.as_str().unwrap()), "{category}");
    }
}

/// Each key that is refused is an error with its name; each that is obeyed or describes is none.
#[test]
fn a_refused_key_is_an_error_with_its_name() {
    for (place, key, what) in KEYS {
        let KeyUse::Refused(reason) = what else { continue };
        let entry = format!("{key}: name");
        let at = |wanted: KeyPlace| if *place == wanted { format!(", {entry}") } else { String::new() };
        let map = format!(
            "dataset: [{{fides_key: a, fides_meta: {{resource_id: r{}}}, collections: [{{name: t, \
             fides_meta: {{redress_owned: true{}}}, fields: [{{name: id, fides_meta: {{primary_key: true{}}}}}]}}]}}]",
            at(KeyPlace::DatasetMeta),
            at(KeyPlace::CollectionMeta),
            at(KeyPlace::FieldMeta),
        );
        let told = DataMap::read("a.yml", &map).expect_err(&map).to_string();
        assert!(told.contains(&format!("`{key}`: {reason}")), "{told}");
        assert!(DataMap::read("a.yml", &map.replace(&format!(", {entry}"), "")).is_ok(), "{map}");
    }
}
