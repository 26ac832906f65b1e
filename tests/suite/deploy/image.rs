//! The image: what it is made of, and that all of it is sent to where it is built.

use std::{fs, process::Command};

use super::{files, readers::linted, root, text};

/// The arguments of each instruction of this name.
fn instructions(name: &str) -> Vec<String> {
    let dockerfile = text("Dockerfile").replace("\\\n", " ");
    let of = |line: &str| line.strip_prefix(name)?.strip_prefix(' ').map(str::to_owned);
    dockerfile.lines().filter_map(of).collect()
}

/// Major and minor of a version of Rust.
fn version(text: &str) -> (u32, u32) {
    let mut numbers = text.split(['.', '-']).map(|number| number.parse().unwrap());
    (numbers.next().unwrap(), numbers.next().unwrap())
}

#[test]
fn it_runs_the_one_binary_as_nobody_in_particular() {
    linted(&text("Dockerfile")).unwrap();
    assert_eq!(instructions("ENTRYPOINT"), [r#"["redress"]"#]);
    assert_eq!(instructions("USER"), ["10001:10001"]);
    assert!(text("Dockerfile").contains("cargo build --release --locked --package redress "));
}

#[test]
fn it_is_built_by_a_rust_that_will_do_on_the_system_that_it_runs_on() {
    let images = instructions("FROM");
    let [build, run] = &images[..] else { panic!("{images:?}") };
    let build = build.strip_prefix("rust:").and_then(|build| build.strip_suffix(" AS build"));
    let (rust, system) = build.unwrap().split_once('-').unwrap();
    let manifest = text("Cargo.toml");
    let oldest = manifest.lines().find_map(|line| line.strip_prefix("rust-version = ")).unwrap();
    assert!(version(rust) >= version(oldest.trim_matches('"')), "{rust} is older than {oldest}");
    // The binary wants the C library that it was linked with.
    assert_eq!(*run, format!("debian:{system}-slim"));
}

/// Cargo reads every manifest of the workspace, also of what it does not build, and rustc what sources include.
#[test]
fn what_is_sent_to_be_built_is_all_that_cargo_wants() {
    let ignore = text(".dockerignore");
    let mut lines = ignore.lines().filter(|line| !line.starts_with('#'));
    assert_eq!(lines.next(), Some("*"), "what is not named is not sent: secrets, target");
    let sent: Vec<&str> = lines.map(|line| line.strip_prefix('!').unwrap()).collect();
    let folder = tempfile::tempdir().unwrap();
    let mut copy = Command::new("/bin/cp");
    copy.current_dir(root()).args(["--recursive", "--parents"]).args(&sent).arg(folder.path());
    assert!(copy.status().unwrap().success());
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let read = || {
        let mut cargo = Command::new(&cargo);
        cargo.args(["tree", "--locked", "--offline", "--package", "redress"]).current_dir(folder.path());
        cargo.output().unwrap()
    };
    let output = read();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    for file in files(folder.path()).iter().filter(|file| file.ends_with(".rs")) {
        let file = folder.path().join(file);
        let text = fs::read_to_string(&file).unwrap();
        let included = ["include_str!(\"", "include_bytes!(\""].map(|include| text.split(include).skip(1));
        for place in included.into_iter().flatten().map(|rest| rest.split_once('"').unwrap().0) {
            let included = file.parent().unwrap().join(place);
            assert!(included.exists(), "{} is not sent, and {} wants it", included.display(), file.display());
        }
    }
    fs::remove_file(folder.path().join("tests/Cargo.toml")).unwrap();
    assert!(!read().status.success(), "it wants that one too");
}
