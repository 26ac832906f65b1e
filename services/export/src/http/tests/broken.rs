//! Files that cannot be read to their end.

use std::{fs, path::Path};

use axum::http::header;
use futures::TryStreamExt as _;
use redress_runtime::{Stop, http::serve};
use redress_vault::Objects;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

use super::{House, dublin};

const WHO: &str = "reviewer-dublin";
/// How a body of chunks ends: with one that has no bytes.
const END: &str = "\r\n0\r\n\r\n";

/// Flips a bit of a sealed file, behind what is read first.
fn spoil(folder: &Path, house: &House, name: &str) {
    let file = folder.join(format!("packages/{}/{}/{name}", dublin(), house.world.request));
    let mut sealed = fs::read(&file).unwrap();
    let place = sealed.len() - 100_000;
    sealed[place] ^= 1;
    fs::write(&file, sealed).unwrap();
}

/// All that comes over a connection.
async fn on_the_wire(house: &House, path: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (_stop, stop) = Stop::new();
    let serving = tokio::spawn(serve(listener, house.router(), stop));
    let mut wire = TcpStream::connect(address).await.unwrap();
    let url = format!("/v1/tenants/{}/packages{path}", dublin());
    let head = format!(
        "GET {url} HTTP/1.1\r\nHost: here\r\nConnection: close\r\nAuthorization: Bearer {WHO}\r\n\r\n"
    );
    wire.write_all(head.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    // A reset is an end too.
    wire.read_to_end(&mut answer).await.unwrap_or_default();
    serving.abort();
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn what_fails_midway_never_looks_whole() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::new("http_midway", Objects::local(folder.path()).unwrap(), 4_000).await;
    let path = format!("/{}/files/shop/guest%20book.json", house.world.request);
    let (status, _, whole) = house.read(WHO, &path).await;
    assert_eq!(status, 200);
    assert!(on_the_wire(&house, &path).await.ends_with(END));
    spoil(folder.path(), &house, "shop/guest%20book.json");

    let mut pieces = house.ask(WHO, &path).await.into_body().into_data_stream();
    let mut seen = Vec::new();
    let broken = loop {
        match pieces.try_next().await {
            Ok(Some(piece)) => seen.extend_from_slice(&piece),
            end => break end.is_err(),
        }
    };
    assert!(broken && !seen.is_empty() && seen.len() < whole.len());
    assert!(whole.as_bytes().starts_with(&seen), "what came is genuine");

    let answer = on_the_wire(&house, &path).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.contains(header::TRANSFER_ENCODING.as_str()));
    assert!(!answer.ends_with(END));
}

#[tokio::test]
async fn what_fails_at_once_is_told_by_its_status() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::new("http_at_once", Objects::local(folder.path()).unwrap(), 3).await;
    let file = folder.path().join(format!("packages/{}/{}/index.html", dublin(), house.world.request));
    fs::write(&file, "not sealed at all").unwrap();
    let path = format!("/{}/files/index.html", house.world.request);
    assert_eq!(house.refused(WHO, &path).await, (500, "internal".to_owned()));
}
