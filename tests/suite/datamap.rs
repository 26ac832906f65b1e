//! Data maps that were written for another tool.

use std::path::Path;

use redress_datamap::{DataMap, Direction, Policy};
use redress_domain::IdentifierKind;

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
