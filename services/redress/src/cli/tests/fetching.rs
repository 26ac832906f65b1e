//! Fetching a package: what stands in the folder is whole and what the manifest says, and nothing stands beside it.

use std::{
    convert::Infallible, fs, future::pending, os::unix::fs::PermissionsExt as _, path::Path, time::Duration,
};

use axum::{Router, body::Body, http::Uri};
use futures::stream;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tokio::{
    net::TcpListener,
    time::{interval, timeout},
};

use super::{
    How, Ran, run,
    stub::{Stub, ok, problem},
};

const ID: &str = "01890a5d-ac96-774b-bcce-b302099a8057";
const PAGE: &[u8] = b"<html>Anna</html>";
const DATA: &[u8] = b"[{\"id\":1}]";

fn file(path: &str, bytes: &[u8]) -> Value {
    json!({ "path": path, "media_type": "x", "records": 1, "bytes": bytes.len(), "sha256": hex::encode(Sha256::digest(bytes)) })
}

fn manifest(files: &[Value]) -> Value {
    let missing = json!([{ "system": "crm", "what": "everything", "reason": "away" }]);
    json!({ "format": 1, "records": 1, "bytes": 27, "files": files, "nothing_found": [], "missing": missing })
}

fn usual() -> Vec<Value> {
    vec![file("index.html", PAGE), file("web/G%C3%A4ste%2050%25.json", DATA)]
}

/// Gives these files, and whatever stands in the last of them.
async fn giving(files: &[Value], data: &'static [u8]) -> Stub {
    let manifest = manifest(files);
    Stub::start(move |asked, _| match asked.path.strip_prefix(&format!("packages/{ID}/files/")) {
        Some("manifest.json") => ok(&manifest),
        Some("index.html") => (200, "text/html", PAGE.to_vec()),
        Some("web/G%C3%A4ste%2050%25.json") => (200, "application/json", data.to_vec()),
        _ => problem(404, "not_found", "there is no such thing", &json!([])),
    })
    .await
}

async fn get(stub: &Stub, to: &Path, more: &[&str]) -> Ran {
    let to = to.display().to_string();
    let words: Vec<&str> = ["package", "get", ID, "--to", &to].iter().chain(more).copied().collect();
    stub.run(&words).await
}

fn names(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() { names.extend(names_below(&path)) } else { names.push(path.display().to_string()) }
    }
    names.sort();
    names.iter().map(|name| name.replace(&format!("{}/", folder.display()), "")).collect()
}

fn names_below(folder: &Path) -> Vec<String> {
    names(folder).iter().map(|name| folder.join(name).display().to_string()).collect()
}

#[tokio::test]
async fn every_file_is_where_the_page_looks_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("for/anna");
    let stub = giving(&usual(), DATA).await;
    let ran = get(&stub, &to, &[]).await;
    assert_eq!(ran.code, 0, "{}", ran.err);
    let size = ["index.html", "manifest.json", "web/Gäste 50%.json"]
        .map(|file| fs::metadata(to.join(file)).unwrap().len());
    let said = format!(
        "Fetched: 1 record in 3 files, {} bytes, each as the manifest says",
        size.iter().sum::<u64>()
    );
    assert!(ran.out.starts_with(&said), "{said}\n{}", ran.out);
    assert!(ran.out.contains("missing: crm: everything"), "{}", ran.out);
    assert_eq!(ran.out.lines().last().unwrap(), to.join("index.html").display().to_string());
    assert_eq!(names(&to), ["index.html", "manifest.json", "web/Gäste 50%.json"]);
    assert_eq!(fs::read(to.join("web/Gäste 50%.json")).unwrap(), DATA);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&to), mode(&to.join("index.html"))), (0o700, 0o600), "it is somebody's data");
    let again = get(&stub, &to, &[]).await;
    assert_eq!(again.code, 3, "{}", again.err);
    assert!(again.err.contains("--force"), "{}", again.err);
    fs::write(to.join("index.html"), "old").unwrap();
    let forced = get(&stub, &to, &["--force", "--json"]).await;
    assert_eq!((forced.code, fs::read(to.join("index.html")).unwrap().as_slice()), (0, PAGE));
    assert_eq!(serde_json::from_str::<Value>(&forced.out).unwrap(), manifest(&usual()));
}

#[tokio::test]
async fn who_looks_sees_each_file_come() {
    let folder = tempfile::tempdir().unwrap();
    let stub = giving(&usual(), DATA).await;
    let to = folder.path().display().to_string();
    let how = How { is_watched: true, ..How::default() };
    let ran = stub.run_so(&["package", "get", ID, "--to", &to], how).await;
    let steps: Vec<&str> = ran.err.lines().collect();
    assert_eq!(
        steps,
        ["file 1 of 2: index.html, 17 bytes", "file 2 of 2: web/G%C3%A4ste%2050%25.json, 10 bytes"]
    );
    assert_eq!(get(&stub, folder.path(), &["--force"]).await.err, "", "nobody looks");
}

#[tokio::test]
async fn what_is_not_as_the_manifest_says_is_not_kept() {
    for data in [&b"[{\"id\":2}]"[..], b"[{\"id\":1}", b"[{\"id\":1}] and more", b""] {
        let folder = tempfile::tempdir().unwrap();
        let stub = giving(&usual(), data).await;
        let ran = get(&stub, folder.path(), &[]).await;
        assert_eq!((ran.code, ran.out.as_str()), (6, ""), "{}", ran.err);
        assert_eq!(names(folder.path()), ["index.html"], "what came whole; and no manifest says it is all");
    }
    let folder = tempfile::tempdir().unwrap();
    let gone = [file("index.html", PAGE), file("gone.json", DATA)];
    let ran = get(&giving(&gone, DATA).await, folder.path(), &[]).await;
    assert_eq!((ran.code, names(folder.path())), (4, vec!["index.html".to_owned()]), "{}", ran.err);
}

#[tokio::test]
async fn no_manifest_leads_out_of_the_folder() {
    for path in [
        "../out.json",
        "/tmp/out.json",
        "a/..%2F..%2Fout.json",
        "a%5C..%5Cout.json",
        "manifest.json",
        "index.html",
    ] {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("in");
        let stub = giving(&[file("index.html", PAGE), file(path, DATA)], DATA).await;
        let ran = get(&stub, &to, &["--force"]).await;
        assert_eq!(ran.code, 6, "{path}: {}", ran.err);
        assert!(ran.err.contains("nothing is written"), "{path}: {}", ran.err);
        assert!(names(folder.path()).is_empty(), "{path}");
        assert_eq!(stub.asked().len(), 1, "{path}: nothing but the manifest is asked for");
    }
}

/// Gives a package whose one file comes bit by bit: whole, or half of it and then nothing more.
async fn dripping(bits: usize, whole: bool) -> String {
    let data: Vec<u8> = b"<html>Anna</html>".repeat(bits);
    let manifest = manifest(&[file("index.html", &data)]).to_string();
    let answer = move |uri: Uri| {
        let come = if whole { bits } else { bits / 2 };
        let drops = stream::unfold(
            (0, interval(Duration::from_millis(40))),
            move |(come_already, mut pace)| async move {
                pace.tick().await;
                match come_already < come {
                    true => Some((Ok::<_, Infallible>(PAGE), (come_already + 1, pace))),
                    false if whole => None,
                    false => pending().await,
                }
            },
        );
        let body = match uri.path().ends_with("manifest.json") {
            true => Body::from(manifest.clone()),
            false => Body::from_stream(drops),
        };
        async move { body }
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(axum::serve(listener, Router::new().fallback(answer)).into_future());
    url
}

#[tokio::test]
async fn a_slow_package_may_take_as_long_as_it_comes_and_no_longer() {
    let how = How { silence_max: Some(Duration::from_millis(600)), ..How::default() };
    for (whole, code) in [(true, 0), (false, 5)] {
        let folder = tempfile::tempdir().unwrap();
        let url = dripping(30, whole).await;
        let to = folder.path().display().to_string();
        let words = ["package", "get", ID, "--to", &to];
        let ran = timeout(Duration::from_secs(30), run(&url, "t0ken", &words, how)).await.unwrap();
        assert_eq!(ran.code, code, "{}", ran.err);
        assert_eq!(names(folder.path()).contains(&"index.html".to_owned()), whole);
    }
}
