//! The commands that work on this machine, as processes: what they print, what they make, how they end.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _},
    net::TcpListener,
    os::unix::fs::PermissionsExt as _,
    path::Path,
    process::{Child, Command, Output, Stdio},
    sync::mpsc,
};

use axum::{
    Router,
    http::{HeaderMap, StatusCode, Uri, header},
    routing::post,
};
use redress_connector_sql::Database;
use redress_datamap::sql::SqlSession as _;
use serde_json::Value;

const POLICY: &str = "[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user'\ndo = 'delete'\n";

const MAP: &str = r"
dataset:
  - fides_key: shop
    collections:
      - name: customer
        fields:
          - {name: id, data_categories: [user.unique_id], fides_meta: {primary_key: true}}
          - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}}
";

/// A folder in which commands run, with nothing of the environment that speaks of Redress.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        redress::choose_tls();
        Self(tempfile::tempdir().unwrap())
    }

    /// With settings of one tenant and its system, whose database has a column that its map does not name.
    async fn with_settings(more: &str) -> Self {
        let home = Self::new();
        home.write("policy.toml", POLICY);
        home.write("map.yml", MAP);
        let key = "A".repeat(43);
        home.write(
            "redress.toml",
            &format!(
                "{more}\nhttp.listen = '127.0.0.1:0'\n[[tenant]]\nname = 'dublin'\nkey = '{key}='\npolicy = \
                 'policy.toml'\ntime_zone = 'Europe/Dublin'\n[[system]]\nname = 'shop'\ntenant = 'dublin'\nconnector \
                 = 'sql'\nurl = 'sqlite:shop.db'\ndata_map = 'map.yml'\n"
            ),
        );
        let shop = Database::of_url(&format!("sqlite:{}?mode=rwc", home.path("shop.db"))).unwrap();
        let mut shop = shop.connect().await.unwrap();
        shop.execute("create table customer (id integer primary key, email text, shoe_size int)", &[])
            .await
            .unwrap();
        shop.close().await;
        home
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }

    fn write(&self, file: &str, text: &str) {
        fs::write(self.0.path().join(file), text).unwrap();
    }

    fn add(&self, file: &str, text: &str) {
        let before = fs::read_to_string(self.0.path().join(file)).unwrap();
        self.write(file, &(before + text));
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_redress"));
        command.current_dir(self.0.path()).args(words).env("RUST_BACKTRACE", "1");
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("REDRESS")) {
            command.env_remove(name);
        }
        command
    }

    fn run(&self, code: i32, words: &[&str]) -> Ran {
        Ran::of(code, &self.command(words).output().unwrap())
    }

    /// Starts a command that stays; its port is any that is free.
    fn start(&self, words: &[&str]) -> Started {
        let mut command = self.command(words);
        command.env("REDRESS__HTTP__LISTEN", "127.0.0.1:0");
        Started(command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap())
    }
}

struct Ran {
    out: String,
    err: String,
}

impl Ran {
    fn of(code: i32, output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let ran = Self { out: text(&output.stdout), err: text(&output.stderr) };
        assert_eq!(output.status.code(), Some(code), "{}\n{}", ran.out, ran.err);
        let told = ran.err.lines().filter(|line| line.starts_with("error: ")).count();
        assert_eq!(told, usize::from(code != 0 && code != 6), "one paragraph says why: {}", ran.err);
        assert!(!ran.err.contains("backtrace") && !ran.err.contains("Caused by"), "{}", ran.err);
        ran
    }

    /// What is said of an error, without the ends of lines.
    fn said(&self) -> String {
        self.err.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }
}

/// A process that stays until it is asked to end.
struct Started(Child);

impl Started {
    /// What it prints, up to and with the line that has this.
    fn until(&mut self, last: &str) -> String {
        let mut text = String::new();
        let mut lines = BufReader::new(self.0.stdout.as_mut().unwrap());
        while !text.lines().last().is_some_and(|line| line.contains(last)) {
            assert!(lines.read_line(&mut text).unwrap() > 0, "it ended: {text}");
        }
        text
    }

    /// Asks it to end; gives what else it printed.
    fn end(mut self) -> String {
        let asked =
            Command::new("/bin/bash").args(["-c", &format!("kill {}", self.0.id())]).status().unwrap();
        assert!(asked.success() && self.0.wait().unwrap().success());
        let mut rest = String::new();
        self.0.stdout.take().unwrap().read_to_string(&mut rest).unwrap();
        rest
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        // It may have ended.
        self.0.kill().unwrap_or_default();
        self.0.wait().ok();
    }
}

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
    assert!(fs::metadata(home.path("redress-data/main.key")).unwrap().permissions().mode() & 0o77 == 0);
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
    let ran = Ran::of(3, &output);
    assert!(ran.said().contains("must be on loopback") && ran.out.is_empty(), "{}", ran.err);
    assert!(
        home.run(3, &["run", "audit", "connector-sql", "deletion", "discovery", "export", "intake"])
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
    let said = Ran::of(1, &output).said();
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
    assert!(home.run(3, &["run", "intake", "audit"]).said().contains("name a broker"));
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
async fn check_says_all_that_is_wrong_and_what_a_map_leaves_out() {
    let home = Home::with_settings("").await;
    let ran = home.run(6, &["check"]);
    for said in [
        "settings: well",
        "database: must be mended\n  - it has schema 0",
        "run `redress migrate`",
        "bus: well",
        "vault: well",
        "period keys: well",
        "tenant `dublin`: well\n  . there is no `[[token]]`: `redress up` makes one for each tenant",
        "system `shop`: must be mended\n  - the table `redress_effect` is missing",
        "columns of `customer` that the data map does not name: shoe_size",
    ] {
        assert!(ran.out.contains(said), "{said}\n{}", ran.out);
    }
    assert!(ran.out.ends_with("Something must be mended.\n") && ran.err.is_empty(), "{}{}", ran.out, ran.err);
    home.run(0, &["migrate"]);
    let ran = home.run(0, &["check", "--prepare"]);
    assert!(ran.out.ends_with("All is well.\n"), "{}", ran.out);
    let left = |folder: &str| {
        let below = Command::new("find").args([&home.path(folder), "-type", "f"]).output().unwrap();
        String::from_utf8(below.stdout).unwrap()
    };
    assert_eq!((left("redress-data/vault"), left("redress-data/keys")), (String::new(), String::new()));
    let json = home.run(0, &["check", "--json"]).json();
    let parts: Vec<&str> =
        json["parts"].as_array().unwrap().iter().map(|it| it["what"].as_str().unwrap()).collect();
    assert_eq!(
        parts,
        ["settings", "database", "bus", "vault", "period keys", "tenant `dublin`", "system `shop`"]
    );
}

#[tokio::test]
async fn check_tells_a_tenant_without_a_token_from_settings_without_any() {
    let home = Home::with_settings("").await;
    let other = format!(
        "[[tenant]]\nname = 'cork'\nkey = '{}='\npolicy = 'policy.toml'\ntime_zone = 'Europe/Dublin'\n[[token]]\nsha256 \
         = '{}'\nname = 'ada'\ntenant = 'cork'\nrole = 'auditor'\n",
        "A".repeat(43),
        "0".repeat(64)
    );
    home.add("redress.toml", &other);
    let ran = home.run(6, &["check"]);
    let of = |tenant: &str| {
        let begin = ran.out.find(&format!("tenant `{tenant}`")).unwrap();
        ran.out[begin..]
            .lines()
            .take_while(|line| line.starts_with(' ') || line.starts_with("tenant"))
            .collect::<String>()
    };
    assert!(of("dublin").contains("no `[[token]]` is for it: nobody can ask anything"), "{}", ran.out);
    assert!(!of("cork").contains("[[token]]"), "{}", ran.out);
}

#[tokio::test]
async fn check_and_start_tell_all_that_is_wrong_with_settings() {
    let home = Home::with_settings("bus.url = 'http://broker'").await;
    home.add("redress.toml", "[[token]]\nsha256 = 'ab'\nname = 'ada'\ntenant = 'dublin'\nrole = 'auditor'\n");
    home.write("policy.toml", &format!("{POLICY}dataset = 'custommer'\n"));
    let expected = [
        "bus: `url` begins with",
        "token[0]: ",
        "policy.rule[0]: `dataset`: no data map of a system of `dublin`",
    ];
    let out = home.run(6, &["check"]).out;
    for command in [&["up"][..], &["migrate"], &["run", "audit"]] {
        let said = home.run(2, command).said();
        for problem in expected {
            assert!(said.contains(problem) && out.contains(problem), "{problem}\n{said}\n{out}");
        }
        assert!(said.contains("in redress.toml, 3 things must be mended:"), "{said}");
    }
}

#[tokio::test]
async fn check_tries_the_bus_the_vault_and_the_keys() {
    let away = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let home =
        Home::with_settings(&format!("bus.url = 'amqp://anna:s3cr3t@{away}/x'\nvault.keys = 'keys'")).await;
    home.run(0, &["migrate"]);
    home.run(6, &["check", "--prepare"]);
    // A file where a folder should be, for the vault and for the keys.
    fs::create_dir_all(home.path("redress-data/vault")).unwrap();
    fs::remove_dir_all(home.path("redress-data/vault/work")).ok();
    home.write("redress-data/vault/work", "");
    fs::remove_dir_all(home.path("keys")).unwrap();
    home.write("keys", "");
    let ran = home.run(6, &["check"]);
    for part in [
        "bus: must be mended\n  - ",
        "vault: must be mended\n  - an object cannot be written",
        "period keys: must be mended\n  - ",
    ] {
        assert!(ran.out.contains(part), "{part}\n{}", ran.out);
    }
    for mend in ["look at `bus.url`", "look at `vault.url`", "look at `vault.keys`"] {
        assert!(ran.out.contains(mend), "{mend}\n{}", ran.out);
    }
    assert!(!ran.out.contains("s3cr3t") && !ran.err.contains("s3cr3t"), "{}{}", ran.out, ran.err);
}

/// Takes what it is asked for with this status, and says what that was.
async fn collector(status: StatusCode) -> (String, mpsc::Receiver<(String, String)>) {
    let (told, asked) = mpsc::channel();
    let answer = async move |uri: Uri, headers: HeaderMap| {
        let kind = headers[header::CONTENT_TYPE].to_str().unwrap().to_owned();
        told.send((uri.path().to_owned(), kind)).unwrap();
        if uri.path() == "/v1/traces" { StatusCode::OK } else { status }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(axum::serve(listener, Router::new().fallback(post(answer))).into_future());
    (url, asked)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn check_hands_the_collector_an_empty_report() {
    let home = Home::with_settings("").await;
    home.run(0, &["migrate"]);
    home.run(0, &["check", "--prepare"]);
    let check = |url: &str| home.command(&["check"]).env("REDRESS__TELEMETRY__OTLP", url).output().unwrap();
    let (takes, asked) = collector(StatusCode::ACCEPTED).await;
    let ran = Ran::of(0, &check(&takes));
    assert!(ran.out.contains("collector: well\n"), "{}", ran.out);
    let protobuf = |path: &str| (path.to_owned(), "application/x-protobuf".to_owned());
    assert_eq!(asked.try_iter().collect::<Vec<_>>(), ["/v1/traces", "/v1/metrics"].map(protobuf));

    let (half, _asked) = collector(StatusCode::NOT_FOUND).await;
    let away = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let away = format!("http://anna:s3cr3t@{away}");
    for (url, at, why) in
        [(&half, &["v1/metrics"][..], "status code: 404"), (&away, &["v1/traces", "v1/metrics"], "network")]
    {
        let ran = Ran::of(6, &check(url));
        let told: Vec<&str> = ran.out.lines().filter(|line| line.contains("`telemetry.otlp`")).collect();
        assert_eq!(told.len(), at.len(), "{}", ran.out);
        for (line, path) in told.iter().zip(at) {
            assert!(line.starts_with(&format!("  - at `/{path}`: ")) && line.contains(why), "{line}");
        }
        assert!(ran.out.contains("collector: must be mended\n"), "{}", ran.out);
        assert!(!ran.out.contains("s3cr3t") && !ran.err.contains("s3cr3t"), "{}{}", ran.out, ran.err);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn check_names_a_container_that_is_not_there_and_how_to_make_it() {
    let said = |uri: Uri| async move {
        let code = if uri.path().starts_with("/account") { "ContainerNotFound" } else { "NoSuchBucket" };
        (StatusCode::NOT_FOUND, format!("<?xml version=\"1.0\"?><Error><Code>{code}</Code></Error>"))
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let store = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(axum::serve(listener, Router::new().fallback(said)).into_future());
    let azure = format!(
        "vault.url = 'az://drafts/vault'\nvault.options.account_name = 'account'\nvault.options.account_key = 'c2VjcmV0'\n\
         vault.options.azure_storage_endpoint = '{store}/account'\nvault.options.allow_http = 'true'"
    );
    let s3 = format!(
        "vault.url = 's3://drafts/vault'\nvault.options.access_key_id = 'a'\nvault.options.secret_access_key = 'b'\n\
         vault.options.region = 'eu-west-1'\nvault.options.endpoint = '{store}'\nvault.options.allow_http = 'true'"
    );
    for (vault, told) in [
        (
            azure,
            "the container `drafts` does not exist: make it, as with `az storage container create --name drafts`",
        ),
        (s3, "the bucket `drafts` does not exist: make it, as with `aws s3 mb s3://drafts`"),
    ] {
        let home = Home::with_settings(&vault).await;
        home.run(0, &["migrate"]);
        let ran = home.run(6, &["check", "--prepare"]);
        assert!(ran.out.contains("vault: must be mended\n") && ran.out.contains(told), "{}", ran.out);
    }
}

#[tokio::test]
async fn check_knows_a_key_that_is_not_the_one_from_before() {
    let home = Home::with_settings("").await;
    home.run(0, &["migrate"]);
    home.run(0, &["check", "--prepare"]);
    let month = this_month();
    home.write(&format!("redress-data/keys/dublin/{month}.key"), "not what it was");
    let ran = home.run(6, &["check"]);
    assert!(
        ran.out.contains("made under another tenant key; look at `key` of tenant `dublin`"),
        "{}",
        ran.out
    );
}

/// This month, in UTC.
fn this_month() -> String {
    use redress_domain::Clock as _;
    redress_vault::Period::of(redress_runtime::SystemClock.now()).to_string()
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
    assert!(Path::new(&home.path("demo/package/index.html")).exists());
    assert!(home.run(1, &["demo", "--data", "demo"]).said().contains("is not empty"));
}
