//! The compose file: a service for each role, settings that are read, secrets that are made, doors behind one address.

use std::{
    collections::BTreeSet,
    fs,
    os::unix::fs::PermissionsExt as _,
    path::Path,
    process::{Command, Output},
};

use redress::{node::Node, roles::Role, settings::Settings};
use redress_connector_sql::check;
use redress_tests::{killable::look_again, servers};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use super::{WITH_DOORS, at, parts, readers, root, strings, text, words};

/// Where containers have what compose keeps secret.
const SECRETS: &str = "/run/secrets";
const KEYS: &str = "/var/lib/redress/keys";
const VAULT: &str = "/var/lib/redress/vault";

fn compose() -> Value {
    readers::compose(&text("docker-compose.yml")).unwrap()
}

/// The services that run our image.
fn ours(compose: &Value) -> Map<String, Value> {
    let services = at(compose, "/services").as_object().unwrap().clone();
    services.into_iter().filter(|(_, service)| service["image"] == "redress").collect()
}

/// A script that was just written cannot be run by itself while another test starts a process: that has it open.
fn run(script: &Path) -> Output {
    Command::new("/bin/bash").arg(script).output().unwrap()
}

/// The settings as the containers read them, with secrets made as the README says, in this folder.
fn settings(compose: &Value, folder: &Path) -> Settings {
    let secrets = folder.join("secrets");
    fs::copy(root().join("compose/make-secrets"), folder.join("make-secrets")).unwrap();
    let made = run(&folder.join("make-secrets"));
    assert!(made.status.success(), "{made:?}");
    let etc = folder.join("etc");
    fs::create_dir(&etc).unwrap();
    for config in at(compose, "/services/intake/configs").as_array().unwrap() {
        let place = config["target"].as_str().unwrap().strip_prefix("/etc/redress/").unwrap();
        let source = at(compose, &format!("/configs/{}/file", config["source"].as_str().unwrap()));
        let text = text(source.as_str().unwrap());
        fs::write(etc.join(place), text.replace(SECRETS, secrets.to_str().unwrap())).unwrap();
    }
    Settings::read(&etc.join("redress.toml"), folder).unwrap()
}

#[test]
fn each_role_is_one_service_and_the_migration_comes_before_them() {
    let compose = compose();
    let ours = ours(&compose);
    let mut expected: Vec<&str> = Role::ALL.iter().map(|role| role.as_str()).collect();
    expected.extend(["check", "migrate"]);
    let named: BTreeSet<&str> = ours.keys().map(String::as_str).collect();
    assert_eq!(named, expected.into_iter().collect());
    assert_eq!(ours["check"]["command"], json!(["check", "--prepare"]));
    assert_eq!(ours["check"]["profiles"], json!(["check"]), "only where it is asked for");
    assert_eq!(ours["migrate"]["command"], json!(["migrate"]));
    assert_eq!(at(&ours["migrate"], "/depends_on/postgres/condition"), "service_healthy");
    for role in Role::ALL {
        let service = &ours[role.as_str()];
        assert_eq!(service["command"], json!(["run", role.as_str()]));
        assert_eq!(at(service, "/depends_on/migrate/condition"), "service_completed_successfully");
        assert_eq!(at(service, "/depends_on/rabbitmq/condition"), "service_healthy");
    }
}

#[test]
fn no_service_of_ours_may_more_than_it_must() {
    let compose = compose();
    for (name, service) in ours(&compose) {
        assert_eq!(service["user"], "10001:10001", "{name}");
        assert_eq!(service["read_only"], true, "{name}");
        assert_eq!(service["cap_drop"], json!(["ALL"]), "{name}");
        assert_eq!(service["security_opt"], json!(["no-new-privileges:true"]), "{name}");
        let volumes = service["volumes"].as_array().cloned().unwrap_or_default();
        let (keys, vault) = (format!("keys:{KEYS}"), format!("vault:{VAULT}"));
        let expected = match name.as_str() {
            "check" => vec![keys, vault],
            "connector-sql" | "export" => vec![keys + ":ro", vault],
            "intake" => vec![keys],
            _ => Vec::new(),
        };
        assert_eq!(volumes, expected, "{name}");
    }
}

#[test]
fn its_settings_are_read_with_the_secrets_that_its_script_makes() {
    let (compose, folder) = (compose(), tempfile::tempdir().unwrap());
    let settings = settings(&compose, folder.path());
    assert_eq!(settings.http.listen.to_string(), "0.0.0.0:8420");
    assert_eq!(
        (settings.vault.0.as_str(), settings.keys.to_str()),
        (&*format!("file://{VAULT}"), Some(KEYS))
    );
    assert!(!settings.is_local() && settings.systems.of(&"galway".parse().unwrap()).count() == 1);
    let host = |url: &str| url.rsplit_once('@').unwrap().1.split('/').next().unwrap().to_owned();
    assert_eq!([host(&settings.store.url), host(&settings.bus.url)], ["postgres", "rabbitmq"]);

    let named = text("compose/redress.toml");
    let named =
        named.split('"').filter_map(|part| part.strip_prefix("/run/secrets/")).collect::<BTreeSet<_>>();
    assert_eq!(strings(&compose, "/services/intake/secrets").into_iter().collect::<BTreeSet<_>>(), named);
    let secrets = folder.path().join("secrets");
    let secret = |name: &str| fs::read_to_string(secrets.join(name)).unwrap();
    assert_eq!(fs::metadata(&secrets).unwrap().permissions().mode() & 0o777, 0o700);
    assert_eq!(settings.tokens[0].sha256, hex::encode(Sha256::digest(secret("grace_token"))));
    assert!(settings.store.url.contains(&secret("postgres_password")));
    let server = secret("rabbitmq_conf");
    let (_, password) = server.trim().split_once("default_pass = ").unwrap();
    assert_eq!(settings.bus.url, format!("amqp://redress:{password}@rabbitmq"));
    for (name, of) in at(&compose, "/secrets").as_object().unwrap() {
        assert_eq!(of["file"], format!("./compose/secrets/{name}"));
        assert!(secrets.join(name).exists(), "{name} is not made");
    }
    assert!(!run(&folder.path().join("make-secrets")).status.success(), "nothing is made over what is there");
    let script = fs::metadata(root().join("compose/make-secrets")).unwrap();
    assert_eq!(script.permissions().mode() & 0o111, 0o111);
    assert!(text(".gitignore").lines().any(|line| line == "/compose/secrets"));
}

#[tokio::test]
async fn its_sample_database_can_be_worked_with() {
    let (compose, folder) = (compose(), tempfile::tempdir().unwrap());
    let settings = settings(&compose, folder.path());
    let sample = at(&compose, "/configs/sample/file").as_str().unwrap();
    let script = text("compose/catering.sql");
    let made = script.lines().filter(|line| !line.starts_with("--")).collect::<Vec<_>>();
    assert_eq!(made, ["create database catering;", "\\connect catering", "\\include /sample/galway.sql"]);
    let url = fs::read_to_string(folder.path().join("secrets/catering_url")).unwrap();
    assert!(url.ends_with("@postgres/catering"));

    let url = servers::shared_postgres().await.unwrap().create_database().await.unwrap();
    let mut connection = PgConnection::connect(&url).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(text(sample))).execute(&mut connection).await.unwrap();
    let database = redress_connector_sql::Database::of_url(&url).unwrap();
    let system = settings.systems.of(&"galway".parse().unwrap()).next().unwrap();
    assert_eq!(check(&database, system, true).await.problems, [""; 0]);
}

#[tokio::test]
async fn one_address_leads_to_each_role_s_doors() {
    let nginx = text("compose/nginx.conf");
    let compose = compose();
    assert_eq!(strings(&compose, "/services/doors/ports"), ["127.0.0.1:8420:8420"]);
    assert_eq!(nginx.matches("listen 8420;").count(), 1);
    let leads_to = |location: &str| {
        let (_, rest) = nginx.split_once(location).unwrap();
        let (_, rest) = rest.split_once("proxy_pass http://").unwrap();
        rest.split_once(";").unwrap().0.to_owned()
    };
    for role in WITH_DOORS {
        assert_eq!(at(&compose, &format!("/services/doors/depends_on/{role}/condition")), "service_healthy");
        let words = words(role).await.into_iter().collect::<Vec<_>>().join("|");
        let location = match role {
            // And the description of the doors.
            Role::Intake => "location / {".to_owned(),
            _ => format!("location ~ ^/v1/tenants/[^/]+/({words})(/|$) {{"),
        };
        assert_eq!(leads_to(&location), format!("{role}:8420"));
    }
    assert_eq!(leads_to("location /packages/ {"), "export:8420", "without a token");
    assert_eq!(nginx.matches("location ").count(), WITH_DOORS.len() + 1);
    let (_, linked) = nginx.split_once("location /packages/ {").unwrap();
    assert!(linked.trim_start().starts_with("error_log /dev/null"), "a link is in no log");
}

/// Asks as the compose file has it, at another port.
async fn is_healthy(compose: &Value, port: u16) -> bool {
    let test = strings(compose, "/services/intake/healthcheck/test");
    let ["CMD", program, arguments @ ..] = &test[..] else { panic!("{test:?}") };
    let arguments = arguments.iter().map(|argument| argument.replace("8420", &port.to_string()));
    let asked = tokio::process::Command::new(program).args(arguments).output().await.unwrap();
    asked.status.success()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn its_health_checks_tell_what_is_ready_from_what_is_not() {
    let compose = compose();
    let listen = "http.listen = '127.0.0.1:0'\n";
    let (ready, _one) = parts(listen).await;
    let node = Node::start(&ready, &Role::ALL).await.unwrap();
    for _ in 0..200 {
        if is_healthy(&compose, node.address.port()).await {
            break;
        }
        look_again().await;
    }
    assert!(is_healthy(&compose, node.address.port()).await);
    let port = node.address.port();
    node.stop().await;
    assert!(!is_healthy(&compose, port).await, "nobody is there");

    let (without_broker, _other) = parts(&format!("{listen}bus.url = 'amqp://127.0.0.1:1'")).await;
    let node = Node::start(&without_broker, &[Role::Audit]).await.unwrap();
    let url = format!("http://{}/readyz", node.address);
    assert_eq!(reqwest::get(url).await.unwrap().status(), 503);
    assert!(!is_healthy(&compose, node.address.port()).await, "it is there and not ready");
    node.stop().await;
}
