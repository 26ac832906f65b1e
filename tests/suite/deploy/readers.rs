//! Those who read what deploys Redress: kustomize, schemas, hadolint. All of them are in target/pip.

use std::{
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

use serde_json::Value;

use super::{root, text};

/// Renders a folder as `kubectl apply --kustomize` would.
pub(super) fn kustomized(folder: &Path) -> Result<String, String> {
    said(program("kubectl").arg("kustomize").arg(folder), "")
}

/// The documents of manifests that keep to their schemas.
pub(super) fn manifests(yaml: &str) -> Result<Vec<Value>, String> {
    validated("manifests", yaml)
}

/// A compose file that keeps to its specification.
pub(super) fn compose(yaml: &str) -> Result<Value, String> {
    validated("compose", yaml).map(|documents| documents.into_iter().next().unwrap())
}

/// YAML without a schema.
pub(super) fn yaml(yaml: &str) -> Value {
    validated("yaml", yaml).unwrap().remove(0)
}

/// A Dockerfile in which nothing is amiss.
pub(super) fn linted(dockerfile: &str) -> Result<String, String> {
    said(program("hadolint").args(["--no-color", "-"]), dockerfile)
}

fn program(name: &str) -> Command {
    Command::new(root().join("target/pip/bin").join(name))
}

fn validated(what: &str, yaml: &str) -> Result<Vec<Value>, String> {
    let mut python = Command::new("/usr/bin/python3");
    python.env("PYTHONPATH", root().join("target/pip")).env("PYTHONDONTWRITEBYTECODE", "1");
    python.arg(root().join("tests/deploy/validate.py")).arg(what);
    said(&mut python, yaml).map(|json| serde_json::from_str(&json).unwrap())
}

/// What a command prints that reads this; an error: what it says against it.
fn said(command: &mut Command, input: &str) -> Result<String, String> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child =
        command.spawn().unwrap_or_else(|error| panic!("tests/install brings {command:?}: {error}"));
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    match output.status.success() {
        true => Ok(printed),
        false => Err(printed + &String::from_utf8_lossy(&output.stderr)),
    }
}

/// What is changed in a text that is well, and what is said of it.
#[track_caller]
fn refused<T: std::fmt::Debug>(
    text: &str,
    read: impl Fn(&str) -> Result<T, String>,
    changes: &[(&str, &str, &str)],
) {
    for (from, to, told) in changes {
        assert!(text.contains(from), "{from} is not there");
        let why = read(&text.replace(from, to)).expect_err(to);
        assert!(why.contains(told), "{to}: {why}");
    }
}

#[test]
fn a_manifest_that_does_not_keep_to_its_schema_is_refused() {
    let rendered = kustomized(&root().join("k8s/overlays/example")).unwrap();
    refused(
        &rendered,
        manifests,
        &[
            ("replicas: 2", "replicas: \"two\"", "'two' is not of type"),
            ("livenessProbe:", "livelinessProbe:", "'livelinessProbe' was unexpected"),
            ("kind: ServiceAccount", "kind: ServiceAcount", "there is no schema"),
            ("threshold: \"2\"", "threshold: 2", "threshold: 2 is not of type"),
            ("maxReplicaCount:", "maxReplicas:", "'maxReplicas' was unexpected"),
            ("persistence:", "persistance:", "'persistance' was unexpected"),
            ("applyTo: queues", "applyTo: quorum", "'quorum' is not one of"),
            ("importCredentialsSecret:", "credentials:", "'credentials' was unexpected"),
            ("userReference:", "userRef:", "'userRef' was unexpected"),
        ],
    );
}

#[test]
fn a_kustomization_that_names_what_is_not_there_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("kustomization.yaml");
    std::fs::write(place, "resources: [deployment.yaml]\n").unwrap();
    let why = kustomized(folder.path()).unwrap_err();
    assert!(why.contains("deployment.yaml"), "{why}");
}

#[test]
fn a_compose_file_that_does_not_keep_to_its_specification_is_refused() {
    refused(
        &text("docker-compose.yml"),
        compose,
        &[
            ("healthcheck:", "health_check:", "`health_check`"),
            ("condition: service_healthy", "condition: service_well", "`service_well`"),
            ("stop_grace_period: 45s", "stop_grace_period: soon", "`soon`"),
            ("\"127.0.0.1:8420:8420\"", "\"127.0.0.1:8420:http\"", "`http`"),
        ],
    );
}

#[test]
fn a_dockerfile_in_which_something_is_amiss_is_refused() {
    refused(
        &text("Dockerfile"),
        linted,
        &[
            ("FROM debian:bookworm-slim", "FROM debian:latest", "DL3007"),
            ("ENTRYPOINT [\"redress\"]", "ENTRYPOINT redress", "DL3025"),
            ("# hadolint ignore=DL3008", "#", "DL3008"),
            ("USER 10001:10001", "USER root", "DL3002"),
        ],
    );
}
