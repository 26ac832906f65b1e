//! Starting, migrating, the demo.

use std::{fs, net::TcpListener, os::unix::fs::PermissionsExt as _, path::Path};

use serde_json::Value;

use super::{Home, Ran};

#[tokio::test]
async fn up_without_settings_starts_everything_and_says_where_and_who() {
    let home = Home::new();
    let mut up = home.start(&["up"]);
    let said = up.until("Ctrl-C");
    let exported = said.lines().find_map(|line| line.trim().strip_prefix("export ")).unwrap();
    let of = |name: &str| {
        let mut words = exported.split_whitespace();
        words.find_map(|word| word.strip_prefix(&format!("{name}="))).unwrap().to_owned()
    };
    let (url, tenant, token) = (of("REDRESS_URL"), of("REDRESS_TENANT"), of("REDRESS_TOKEN"));
    assert!(said.starts_with(&format!("Redress is up at {url}\n")), "{said}");
    assert!(url.starts_with("http://127.0.0.1:"), "on loopback: {url}");
    assert_eq!(said.matches(&token).count(), 1, "{said}");
    assert_eq!(reqwest::get(format!("{url}/healthz")).await.unwrap().text().await.unwrap(), "ok");
    let status = home.run(0, &["status", "--url", &url, "--tenant", &tenant, "--token", &token, "--json"]);
    assert!(status.json().is_object());
    let stranger = home.run(3, &["status", "--url", &url, "--tenant", &tenant, "--token", "another"]);
    assert!(stranger.said().contains("REDRESS_TOKEN"), "{}", stranger.err);
    for kept in ["redress-data", "redress-data/main.key"] {
        assert!(fs::metadata(home.path(kept)).unwrap().permissions().mode() & 0o77 == 0, "{kept}");
    }
    // Beside it, the database can be looked at and migrated, and no second one can be started.
    let check = home.run(0, &["check", "--json"]).json();
    assert_eq!(check["well"], true, "{check:#}");
    assert!(home.run(0, &["migrate"]).out.contains("already"));
    let second = home.command(&["up"]).env("REDRESS__HTTP__LISTEN", "127.0.0.1:0").output().unwrap();
    let second = Ran::of(3, &second);
    assert!(second.said().contains("redress-data") && second.out.is_empty(), "{}", second.err);
    assert_eq!(up.end(), "", "the token is told once");
    home.start(&["up"]).until("Ctrl-C");
}

#[test]
fn up_says_one_line_of_json_to_programs() {
    let home = Home::new();
    let mut up = home.start(&["up", "--json", "--data", "elsewhere"]);
    let said: Value = serde_json::from_str(&up.until("}")).unwrap();
    assert!(said["url"].as_str().unwrap().starts_with("http://127.0.0.1:"), "{said}");
    assert_eq!((&said["settings"], &said["data"]), (&Value::Null, &"elsewhere".into()));
    assert_eq!(said["tokens"][0]["tenant"], "main");
    assert!(said["tokens"][0]["token"].as_str().unwrap().len() > 40);
    assert_eq!(up.end(), "");
    assert_eq!(fs::read_dir(home.0.path()).unwrap().count(), 1, "nothing but the folder that was named");
}

#[tokio::test]
async fn up_works_by_the_settings_that_are_there() {
    let home = Home::with_settings("").await;
    let mut up = home.start(&["up", "--json"]);
    let said: Value = serde_json::from_str(&up.until("}")).unwrap();
    assert_eq!((&said["settings"], &said["tokens"][0]["tenant"]), (&"redress.toml".into(), &"dublin".into()));
    up.end();
}

#[tokio::test]
async fn nobody_without_a_token_can_come_from_another_machine() {
    let home = Home::with_settings("").await;
    let output = home.command(&["up"]).env("REDRESS__HTTP__LISTEN", "0.0.0.0:0").output().unwrap();
    let ran = Ran::of(2, &output);
    assert!(ran.said().contains("must be on loopback") && ran.out.is_empty(), "{}", ran.err);
    assert!(
        home.run(2, &["run", "audit", "connector-sql", "deletion", "discovery", "export", "intake"])
            .said()
            .contains("no `[[token]]`")
    );
}

#[tokio::test]
async fn a_taken_port_is_named() {
    let home = Home::with_settings("").await;
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = home.command(&["up"]).env("REDRESS__HTTP__LISTEN", &address).output().unwrap();
    let said = Ran::of(3, &output).said();
    assert!(said.contains(&format!("error: {address} cannot be listened on: ")), "{said}");
}

#[tokio::test]
async fn run_wants_a_broker_for_less_than_all_roles() {
    let home = Home::with_settings("").await;
    home.add(
        "redress.toml",
        &format!(
            "[[token]]\nsha256 = '{}'\nname = 'ada'\ntenant = 'dublin'\nrole = 'auditor'\n",
            "0".repeat(64)
        ),
    );
    assert!(home.run(2, &["run", "intake", "audit"]).said().contains("name a broker"));
    assert!(home.run(2, &["run"]).err.contains("Usage"));
    assert!(home.run(2, &["run", "cook"]).err.contains("is none of: audit"));
    let all = ["run", "audit", "connector-sql", "deletion", "discovery", "export", "intake"];
    let ran = home.run(3, &all);
    assert!(ran.said().contains("run `redress migrate` first"), "{}", ran.err);
    let migrated = home.run(0, &["migrate", "--json"]).json();
    assert!(migrated["before"] == 0 && migrated["schema"].as_i64() > Some(0), "{migrated}");
    assert!(home.run(0, &["migrate"]).out.contains("already"));
    let mut run = home.start(&[&all[..], &["--json"]].concat());
    let said: Value = serde_json::from_str(&run.until("}")).unwrap();
    assert_eq!(said["roles"].as_array().unwrap().len(), 6);
    let url = said["url"].as_str().unwrap();
    assert!(reqwest::get(format!("{url}/healthz")).await.unwrap().status().is_success());
    run.end();
}

#[test]
fn without_settings_nothing_is_made_but_by_up() {
    let home = Home::new();
    for command in [&["check"][..], &["migrate"], &["run", "audit"]] {
        let ran = home.run(2, command);
        assert!(ran.said().contains("--config"), "{}", ran.err);
        assert_eq!(fs::read_dir(home.0.path()).unwrap().count(), 0, "{command:?}");
        let ran = home
            .run(if command == ["check"] { 6 } else { 2 }, &[command, &["--config", "none.toml"]].concat());
        assert!(format!("{}{}", ran.said(), ran.out).contains("none.toml cannot be read"), "{}", ran.err);
    }
}

#[tokio::test]
async fn a_database_that_is_away_is_told_apart() {
    let home = Home::with_settings("store.url_env = 'NOT_SET_AT_ALL'").await;
    let away = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = format!("postgres://anna:s3cr3t@{away}/redress");
    let output = home.command(&["migrate"]).env("REDRESS__STORE__URL", &url).output().unwrap();
    let ran = Ran::of(5, &output);
    assert!(!ran.err.contains("s3cr3t") && ran.said().contains("redress check"), "{}", ran.err);
}

#[test]
fn the_demo_shows_one_candidate_and_that_everybody_else_is_as_they_were() {
    let home = Home::new();
    let ran = home.run(0, &["demo", "--data", "demo", "--json"]);
    let said: Vec<Value> = ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let texts: Vec<&str> =
        said.iter().map(|it| it.as_object().unwrap().values().next().unwrap().as_str().unwrap()).collect();
    let place = |words: &str| {
        texts.iter().position(|text| text.contains(words)).unwrap_or_else(|| panic!("{words}: {texts:#?}"))
    };
    assert_eq!(place("that is somebody else") - place("For the reviewer"), 2, "one candidate: {texts:#?}");
    assert_eq!(texts.iter().filter(|text| text.starts_with("Closed: completed")).count(), 2, "{texts:#?}");
    let numbers: Vec<u64> = texts[place(" gone, ")]
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|it| it.parse().ok())
        .collect();
    let [gone, changed, new, to_go, to_change] = numbers[..] else { panic!("{numbers:?}") };
    assert!((gone, changed, new) == (to_go, to_change, 0) && gone > 0 && changed > 0, "{numbers:?}");
    place("each stands as it was written");
    for file in ["index.html", "manifest.json"] {
        assert!(Path::new(&home.path(&format!("demo/package/{file}"))).exists(), "{file}");
    }
    assert!(home.run(3, &["demo", "--data", "demo"]).said().contains("is not empty"));
}
