//! `proto/asyncapi.yaml`, as AsyncAPI's own parser reads it.

use std::{fs, path::Path, process::Stdio};

use serde::Deserialize;
use serde_json::{Value, json};
use tokio::{io::AsyncWriteExt as _, process::Command};

/// What is said of a document, and of messages by it.
#[derive(Debug, Deserialize)]
pub(super) struct Answer {
    pub(super) findings: Vec<Finding>,
    pub(super) channels: Vec<Channel>,
    /// What of each message is not as the document says.
    pub(super) faults: Vec<Vec<String>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Finding {
    pub(super) severity: String,
    pub(super) code: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Channel {
    pub(super) address: String,
    pub(super) exchange: Exchange,
    pub(super) messages: Vec<Described>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Exchange {
    pub(super) name: String,
    #[serde(rename = "type")]
    pub(super) routing: String,
    pub(super) durable: bool,
    pub(super) auto_delete: bool,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Described {
    pub(super) name: String,
    pub(super) summary: Option<String>,
}

pub(super) fn text() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../proto/asyncapi.yaml")).unwrap()
}

/// Reads a document, and holds messages against it.
pub(super) async fn ask(document: &str, messages: &[Value]) -> Answer {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut node = Command::new("/usr/bin/node");
    node.arg(tests.join("npm/asyncapi.js")).env("NODE_PATH", tests.join("../target/npm/node_modules"));
    node.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    let mut node = node.spawn().unwrap();
    let asked = json!({ "document": document, "messages": messages }).to_string();
    node.stdin.take().unwrap().write_all(asked.as_bytes()).await.unwrap();
    let output = node.wait_with_output().await.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}
