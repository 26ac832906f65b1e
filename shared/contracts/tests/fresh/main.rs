//! Holds `src/gen` and `proto/asyncapi.yaml` equal to what is made of the messages. Run with `REDRESS_REGENERATE=1` it
//! writes the files anew.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod asyncapi;
mod carried;
mod schema;
mod tree;

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use prost::Message;
use protox::prost_reflect::{DescriptorPool, prost_types::FileDescriptorSet};

/// Messages that hold personal data in the clear: their Debug is ours, and hides it.
const PERSONAL: [&str; 2] = [".redress.v1.Correction", ".redress.v1.Identifier"];

fn generate(proto: &Path, out: &Path) {
    // What is stored names what is sent.
    let stored = compile(proto, "redress/state/v1");
    config(out).extern_path(".redress.v1", "crate::v1").compile_fds(stored).unwrap();
    let sent = compile(proto, "redress/v1");
    config(out).skip_debug(PERSONAL).compile_fds(sent.clone()).unwrap();
    let mut json = pbjson_build::Builder::new();
    json.out_dir(out).btree_map(["."]).register_descriptors(&sent.encode_to_vec()).unwrap();
    json.build(&[".redress.v1"]).unwrap();
}

fn compile(proto: &Path, folder: &str) -> FileDescriptorSet {
    let entries = fs::read_dir(proto.join(folder)).unwrap();
    let mut files: Vec<String> =
        entries.map(|entry| format!("{folder}/{}", entry.unwrap().file_name().to_str().unwrap())).collect();
    files.sort();
    protox::compile(&files, [proto]).unwrap()
}

fn config(out: &Path) -> prost_build::Config {
    let mut config = prost_build::Config::new();
    config.out_dir(out).btree_map(["."]).enable_type_names();
    config.compile_well_known_types().extern_path(".google.protobuf", "::pbjson_types");
    config
}

/// The description of what is met over AMQP, as it is committed.
fn description(proto: &Path) -> String {
    let pool = DescriptorPool::from_file_descriptor_set(compile(proto, "redress/v1")).unwrap();
    let options = serde_saphyr::ser_options! { folded_wrap_chars: 110 };
    let mut text =
        "# Made by `REDRESS_REGENERATE=1 cargo test --release -p redress-contracts --test fresh`.\n"
            .to_owned();
    serde_saphyr::to_fmt_writer_with_options(&mut text, &asyncapi::document(&pool), options).unwrap();
    text
}

fn proto() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../proto")
}

fn is_written_anew() -> bool {
    env::var_os("REDRESS_REGENERATE").is_some()
}

fn holds(committed: &Path, fresh: &str) {
    let found = fs::read_to_string(committed).unwrap_or_default();
    let name = committed.file_name().unwrap();
    assert!(fresh == found, "{name:?} is stale: run this test with REDRESS_REGENERATE=1");
}

#[test]
fn the_generated_code_is_what_the_proto_files_say() {
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/gen");
    if is_written_anew() {
        generate(&proto(), &committed);
        return;
    }
    let fresh = tempfile::tempdir().unwrap();
    generate(&proto(), fresh.path());
    for entry in fs::read_dir(fresh.path()).unwrap() {
        let name = entry.unwrap().file_name();
        holds(&committed.join(&name), &fs::read_to_string(fresh.path().join(&name)).unwrap());
    }
}

#[test]
fn the_description_of_the_broker_is_what_the_contract_says() {
    let (committed, fresh) = (proto().join("asyncapi.yaml"), description(&proto()));
    if is_written_anew() {
        fs::write(committed, fresh).unwrap();
        return;
    }
    holds(&committed, &fresh);
}
