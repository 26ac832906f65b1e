//! Holds `src/gen` equal to `proto/`. Run with `REDRESS_REGENERATE=1` it writes the files anew.

#![allow(clippy::unwrap_used, reason = "a test may")]

use std::{env, fs, path::Path};

use prost::Message;

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

fn compile(proto: &Path, folder: &str) -> protox::prost_reflect::prost_types::FileDescriptorSet {
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

#[test]
fn the_generated_code_is_what_the_proto_files_say() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let proto = here.join("../../proto");
    let committed = here.join("src/gen");
    if env::var_os("REDRESS_REGENERATE").is_some() {
        generate(&proto, &committed);
        return;
    }
    let fresh = tempfile::tempdir().unwrap();
    generate(&proto, fresh.path());
    for entry in fs::read_dir(fresh.path()).unwrap() {
        let name = entry.unwrap().file_name();
        let expected = fs::read_to_string(fresh.path().join(&name)).unwrap();
        let found = fs::read_to_string(committed.join(&name)).unwrap_or_default();
        assert!(expected == found, "src/gen/{name:?} is stale: run this test with REDRESS_REGENERATE=1");
    }
}
