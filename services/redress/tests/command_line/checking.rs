//! `redress check`: everything is tried, and what is wrong is told with how to mend it.

use std::{fs, net::TcpListener, process::Command, sync::mpsc};

use axum::{
    Router,
    http::{HeaderMap, StatusCode, Uri, header},
    routing::post,
};

use super::{Home, MAP, POLICY, Ran};

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

/// Each is allowed, and neither does anything.
#[tokio::test]
async fn check_tells_what_can_find_nobody_and_what_speaks_of_nothing() {
    let home = Home::with_settings("").await;
    home.write("map.yml", &MAP.replace(", fides_meta: {identity: email}", ""));
    home.write("policy.toml", &POLICY.replace("'user'", "'usr'"));
    let ran = home.run(6, &["check"]);
    for said in [
        "  . its policy has rules for categories that no field of a data map has: usr",
        "  . no field of the data map has an `identity`: nobody can be found here",
    ] {
        assert!(ran.out.contains(said), "{said}\n{}", ran.out);
    }
    let other = Home::with_settings("").await.run(6, &["check"]).out;
    assert!(
        !other.contains("nobody can be found") && !other.contains("no field of a data map has"),
        "{other}"
    );
}
