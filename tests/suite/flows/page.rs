//! The package's page, in a real browser.

use std::{path::Path, process::Stdio};

use anyhow::Context as _;
use reqwest::Method;
use serde_json::Value;
use tokio::process::Command;

use super::world::World;
use crate::sql::company::email;

const POLICY: &str = "[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user'\ndo = 'delete'\n";

/// A page around the page, as narrow as a telephone, that writes down what it sees in it.
const FRAME: &str = r#"<!doctype html><meta charset="utf-8"><body style="margin:0">
<iframe id="frame" src="index.html" style="border:0;width:400px;height:800px"></iframe><pre id="seen"></pre>
<script>
document.getElementById("frame").onload = (event) => {
  const page = event.target.contentDocument;
  document.getElementById("seen").textContent = "SEEN" + btoa(unescape(encodeURIComponent(JSON.stringify({
    width: page.documentElement.scrollWidth,
    scripts: page.scripts.length,
    text: page.body.textContent,
    language: page.documentElement.lang,
    title: page.title,
  })))) + "END";
};
</script>"#;

async fn seen_by_chromium(folder: &Path) -> anyhow::Result<Value> {
    let profile = tempfile::tempdir()?;
    let output = Command::new("chromium")
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .args(["--allow-file-access-from-files", "--virtual-time-budget=20000", "--dump-dom"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("file://{}", folder.join("frame.html").display()))
        .env("HOME", profile.path())
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .output()
        .await
        .context("Debian's package `chromium`; tests/install installs it")?;
    let dom = String::from_utf8(output.stdout)?;
    let seen = dom.split_once(">SEEN").and_then(|(_, rest)| rest.split_once("END<")).map(|(seen, _)| seen);
    let seen = seen.with_context(|| format!("the browser wrote nothing down: {dom}"))?;
    Ok(serde_json::from_slice(&base64::Engine::decode(&base64::prelude::BASE64_STANDARD, seen)?)?)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_can_read_the_package_on_a_telephone() {
    let world = World::start(("local", "sqlite"), 6, POLICY).await;
    let long = "unbroken".repeat(60);
    let company = &world.company;
    company.run(&format!("update person set name = '{long}' where id = 3")).await;
    company.run("update line set what = '<script>document.title=1</script> & <b>bold</b> 🎂'").await;
    company.run("insert into booking values (999, 3, null, 'a wish');\ninsert into line values (999, 1, '<script>x</script>')").await;
    let request = world.submit("access", &email(3)).await;
    world.settled(&request).await;
    world.approve(&request).await;
    assert_eq!(world.settled(&request).await["closing"], "completed");

    let (_, manifest) = world.call("ada", Method::GET, &format!("packages/{request}"), None).await;
    let folder = tempfile::tempdir().unwrap();
    let page = world.bytes(&format!("packages/{request}/files/index.html")).await;
    std::fs::write(folder.path().join("index.html"), &page).unwrap();
    std::fs::write(folder.path().join("frame.html"), FRAME).unwrap();
    let seen = seen_by_chromium(folder.path()).await.unwrap();

    assert!(seen["width"].as_u64().unwrap() <= 400, "it scrolls sideways: {}", seen["width"]);
    assert_eq!((&seen["scripts"], &seen["language"]), (&0.into(), &"en".into()));
    let text = seen["text"].as_str().unwrap();
    assert!(text.contains("<script>x</script>"), "a script is shown as text: {text}");
    assert!(text.contains(&long));
    let mut records = 0;
    for file in manifest["files"].as_array().unwrap() {
        let path = file["path"].as_str().unwrap();
        if !path.ends_with(".json") {
            continue;
        }
        let body = world.bytes(&format!("packages/{request}/files/{path}")).await;
        for record in serde_json::from_slice::<Vec<Value>>(&body).unwrap() {
            records += 1;
            for value in record.as_object().unwrap().values().filter(|value| !value.is_null()) {
                let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                assert!(text.contains(&value), "{path}: {value} is not on the page");
            }
        }
    }
    assert!(records > 5, "{records} records");
    world.stop().await;
}
