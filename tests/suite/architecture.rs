//! The allowed arrows between crates: this table is the diagram.

use std::{
    collections::{BTreeMap, BTreeSet},
    process::Command,
};

/// Each crate and what it may name; what those may name, it may too. `redress` and `redress-tests` stand
/// above all.
const ARROWS: &[(&str, &[&str])] = &[
    ("redress-domain", &[]),
    ("redress-contracts", &["redress-domain"]),
    ("redress-bus", &["redress-contracts"]),
    ("redress-store", &["redress-contracts"]),
    ("redress-runtime", &["redress-bus", "redress-store"]),
    ("redress-vault", &["redress-contracts", "redress-store"]),
    ("redress-datamap", &["redress-contracts"]),
    ("redress-connector", &["redress-runtime", "redress-vault"]),
    ("redress-audit", &["redress-runtime", "redress-vault", "redress-datamap"]),
    ("redress-deletion", &["redress-runtime", "redress-vault", "redress-datamap"]),
    ("redress-discovery", &["redress-runtime", "redress-vault", "redress-datamap"]),
    // A package is made by jobs, as a connector works them.
    ("redress-export", &["redress-connector", "redress-datamap"]),
    ("redress-intake", &["redress-runtime", "redress-vault", "redress-datamap"]),
    ("redress-connector-sql", &["redress-connector", "redress-datamap"]),
];

/// Crates that stand above all.
const TOPS: [&str; 2] = ["redress", "redress-tests"];

/// Outside crates that only these may name: each is behind one door of ours.
const DOORS: &[(&str, &[&str])] = &[
    ("lapin", &["redress-bus"]),
    ("sqlx", &["redress-store", "redress-connector-sql"]),
    ("object_store", &["redress-vault"]),
    ("axum", &["redress-audit", "redress-export", "redress-intake", "redress-runtime"]),
    ("chacha20poly1305", &["redress-vault"]),
    ("crypto_box", &["redress-vault"]),
];

/// What the domain may name of others: data and time, nothing that does anything.
const DOMAIN_MAY: [&str; 4] = ["jiff", "serde", "thiserror", "uuid"];

/// Every crate of the workspace with its dependencies, those for tests left out.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let mut crates = BTreeMap::new();
    for package in metadata["packages"].as_array().unwrap() {
        let named = package["dependencies"].as_array().unwrap().iter();
        let normal = named.filter(|dependency| dependency["kind"].is_null());
        crates.insert(text(&package["name"]), normal.map(|dependency| text(&dependency["name"])).collect());
    }
    crates
}

fn allowed(name: &str) -> BTreeSet<&'static str> {
    let direct = ARROWS.iter().find(|(from, _)| *from == name).map_or(&[][..], |(_, to)| *to);
    direct.iter().flat_map(|to| allowed(to).into_iter().chain([*to])).collect()
}

#[test]
fn no_arrow_points_where_the_table_has_none() {
    for (name, names) in dependencies() {
        if TOPS.contains(&name.as_str()) {
            continue;
        }
        assert!(ARROWS.iter().any(|(from, _)| *from == name), "{name} has no row in the table of arrows");
        let ours = names.iter().filter(|other| other.starts_with("redress"));
        let wrong: Vec<&String> = ours.filter(|other| !allowed(&name).contains(other.as_str())).collect();
        assert!(wrong.is_empty(), "{name} may not name {wrong:?}");
    }
}

#[test]
fn the_table_has_no_row_for_what_is_gone() {
    let crates = dependencies();
    for (name, _) in ARROWS {
        assert!(crates.contains_key(*name), "{name} is in the table of arrows and not in the workspace");
    }
}

#[test]
fn each_outside_system_has_one_door() {
    for (name, names) in dependencies() {
        for (outside, doors) in DOORS {
            let may = doors.contains(&name.as_str()) || TOPS.contains(&name.as_str());
            assert!(may || !names.contains(*outside), "{name} names {outside}: only {doors:?} may");
        }
        if name == "redress-domain" {
            let wrong: Vec<&String> = names.iter().filter(|n| !DOMAIN_MAY.contains(&n.as_str())).collect();
            assert!(wrong.is_empty(), "the domain may not name {wrong:?}");
        }
    }
}
