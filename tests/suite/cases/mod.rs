//! Small databases made after public reports of people who answer these requests, each with the right result; and our own
//! beside them.

mod copies;
mod identity;
mod language;
mod own;
mod plans;
mod roles;
mod rows;
mod world;

/// Each case from the field has a test here.
#[test]
fn every_case_has_a_test() {
    let Some(names) = world::names() else { return };
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("suite/cases");
    let files = std::fs::read_dir(folder).unwrap();
    let source: String = files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect();
    let untested: Vec<String> =
        names.into_iter().filter(|name| !source.contains(&format!("\"{name}\""))).collect();
    assert_eq!(untested, [""; 0]);
}
