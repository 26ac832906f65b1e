//! What deploys Redress is held to the code (roles, ports, settings, doors, figures, permissions) and to the schemas of
//! those who read it: each reader is shown to refuse what is wrong.

mod broker;
mod cluster;
mod compose;
mod figures;
mod image;
mod readers;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use redress::{
    node,
    parts::{Parts, open_store},
    roles::Role,
    settings::Settings,
};
use serde_json::Value;

/// The roles that have doors.
const WITH_DOORS: [Role; 3] = [Role::Audit, Role::Export, Role::Intake];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file below a folder, by its path from there.
fn files(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    let below = |entry: fs::DirEntry| {
        let name = entry.file_name().into_string().unwrap();
        match entry.file_type().unwrap().is_dir() {
            true => files(&entry.path()).into_iter().map(|file| format!("{name}/{file}")).collect(),
            false => vec![name],
        }
    };
    entries.flat_map(below).collect()
}

/// What a JSON pointer leads to.
#[track_caller]
fn at<'a>(value: &'a Value, pointer: &str) -> &'a Value {
    value.pointer(pointer).unwrap_or_else(|| panic!("there is no {pointer} in {value:#}"))
}

#[track_caller]
fn strings<'a>(value: &'a Value, pointer: &str) -> Vec<&'a str> {
    at(value, pointer).as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect()
}

/// Everything of a process that has no settings but these, and its folder.
async fn parts(text: &str) -> (Parts, tempfile::TempDir) {
    redress::choose_tls();
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings::of_text(text, folder.path(), folder.path()).unwrap();
    open_store(&settings).await.unwrap().migrate().await.unwrap();
    (Parts::open(settings).await.unwrap(), folder)
}

/// What may stand after the tenant in the paths of a role's doors.
async fn words(role: Role) -> BTreeSet<String> {
    let (parts, _folder) = parts("").await;
    let doors = node::doors(&parts, &[role]);
    let word = |path: &str| path.split('/').nth(4).unwrap().to_owned();
    doors.rows().iter().map(|row| word(&row.path)).collect()
}

#[tokio::test]
async fn three_roles_have_doors() {
    for role in Role::ALL {
        assert_eq!(!words(role).await.is_empty(), WITH_DOORS.contains(&role), "{role}");
    }
}
