//! A whole Redress in this process, with a company's database, and what a user does with it over HTTP.

use std::{fs, ops::Deref, path::Path, sync::Arc, time::Duration};

use jiff::SignedDuration;

use redress::{
    node::Node,
    parts::{Parts, open_store},
    roles::Role,
    settings::Settings,
};
use redress_domain::TenantId;
use redress_store::LedgerRow;
use redress_tests::{
    ambient::{Dice, ForwardClock},
    servers::{self, Bucket},
};
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::{
    bus::fresh_vhost,
    sql::company::{Company, MAP},
};

/// The pairs of transport and store.
pub(crate) const PAIRS: [(&str, &str); 4] =
    [("local", "sqlite"), ("local", "postgres"), ("amqp", "sqlite"), ("amqp", "postgres")];

/// Who comes in: the token is the name.
const PEOPLE: [(&str, &str, &str); 7] = [
    ("ada", "dublin", "tenant_admin"),
    ("rory", "dublin", "reviewer"),
    ("olga", "dublin", "operator"),
    ("aidan", "dublin", "auditor"),
    ("shop", "dublin", "upstream"),
    ("someone", "dublin", "subject"),
    ("grace", "galway", "tenant_admin"),
];

/// The map of a shop that knows people by nothing but the company's number for them.
const SHOP_MAP: &str = r"
dataset:
  - fides_key: shop
    collections:
      - name: account
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: customer_no, data_categories: [user.unique_id], fides_meta: {identity: customer_id}}
          - {name: nick, data_categories: [user.name]}
";

/// The shop's table, with an account for each of eight people.
pub(crate) const SHOP_TABLES: &str = "create table account (id bigint primary key, customer_no bigint, nick text);
insert into account select 100 + id, id, 'nick ' || id from
  (select 1 as id union select 2 union select 3 union select 4 union select 5 union select 6 union select 7 union select 8) as people";

/// A whole Redress over a company.
pub(crate) struct World {
    pub(crate) company: Company,
    /// The second system, where there is one.
    pub(crate) shop: Option<Company>,
    outer: Outer,
}

impl Deref for World {
    type Target = Outer;

    fn deref(&self) -> &Outer {
        &self.outer
    }
}

/// A whole Redress over whatever systems.
pub(crate) struct Outer {
    pub(crate) parts: Parts,
    /// The time, where the store is SQLite: PostgreSQL keeps its own.
    pub(crate) clock: Arc<ForwardClock>,
    node: Node,
    http: Client,
    folder: tempfile::TempDir,
}

impl World {
    /// On this transport and store, with a company of people whose lives these dice make.
    pub(crate) async fn start(pair: (&str, &str), seed: u64, policy: &str) -> Self {
        Self::of(pair, seed, policy, None, "").await
    }

    /// In one process on SQLite, with what lies at rest in this bucket.
    pub(crate) async fn with_vault(seed: u64, policy: &str, bucket: &Bucket) -> Self {
        Self::of(("local", "sqlite"), seed, policy, None, &bucket.settings()).await
    }

    /// With a second system, `shop`, whose rows are found by the number that the first one gives; its database
    /// is empty until somebody makes its table.
    pub(crate) async fn with_shop(pair: (&str, &str), seed: u64, policy: &str) -> Self {
        let shop = Company::on(pair.1).await;
        let mut session = shop.session().await;
        redress_datamap::sql::prepare(&mut session).await.unwrap();
        session.close().await;
        Self::of(pair, seed, policy, Some(shop), "").await
    }

    async fn of(pair: (&str, &str), seed: u64, policy: &str, shop: Option<Company>, more: &str) -> Self {
        let company = Company::with_people(pair.1, &Dice::new(seed), 8).await;
        let number = "{name: id, data_categories: [user.unique_id], fides_meta: {primary_key: true}}";
        let numbered = number.replace("primary_key: true", "primary_key: true, identity: customer_id");
        let person = "- name: person\n";
        let record = format!("{person}        fides_meta: {{redress_person: true}}\n");
        let map = match shop {
            Some(_) => MAP.replace(number, &numbered).replace(person, &record),
            None => MAP.to_owned(),
        };
        let mut systems = vec![("crm", company.url.as_str(), map.as_str())];
        systems.extend(shop.as_ref().map(|shop| ("shop", shop.url.as_str(), SHOP_MAP)));
        let outer = Outer::over(pair, policy, &systems, more).await;
        Self { company, shop, outer }
    }
}

/// What the settings say besides.
#[derive(Default)]
pub(crate) struct More<'a> {
    /// Before everything.
    pub(crate) top: &'a str,
    /// Of the tenant `dublin`.
    pub(crate) tenant: &'a str,
    /// Of each system.
    pub(crate) system: &'a str,
}

impl Outer {
    /// Over systems: the name of each, where its database is, its data map. `more` is what else the settings say.
    pub(crate) async fn over(
        pair: (&str, &str),
        policy: &str,
        systems: &[(&str, &str, &str)],
        more: &str,
    ) -> Self {
        Self::with(pair, policy, systems, More { top: more, ..More::default() }).await
    }

    /// The same, with more in each part of the settings.
    pub(crate) async fn with(
        (bus, store): (&str, &str),
        policy: &str,
        systems: &[(&str, &str, &str)],
        more: More<'_>,
    ) -> Self {
        redress::choose_tls();
        let folder = tempfile::tempdir().unwrap();
        let bus = match bus {
            "amqp" => fresh_vhost().await,
            _ => "local:".to_owned(),
        };
        let store = match store {
            "postgres" => servers::shared_postgres().await.unwrap().create_database().await.unwrap(),
            _ => "sqlite:redress.db".to_owned(),
        };
        fs::write(folder.path().join("policy.toml"), policy).unwrap();
        let mut settings = more.top.to_owned() + &Self::settings(&bus, &store, more.tenant);
        for (name, url, map) in systems {
            fs::write(folder.path().join(format!("{name}.yml")), map).unwrap();
            settings.push_str(&format!(
                "[[system]]\nname = '{name}'\ntenant = 'dublin'\nconnector = 'sql'\nurl = '{url}'\ndata_map = '{name}.yml'\n{}",
                more.system
            ));
        }
        let settings = Settings::of_text(&settings, folder.path(), folder.path()).unwrap();
        open_store(&settings).await.unwrap().migrate().await.unwrap();
        let clock = Arc::new(ForwardClock::default());
        let parts = Parts::open_at(settings, clock.clone()).await.unwrap();
        let node = Node::start(&parts, &Role::ALL).await.unwrap();
        Self { parts, clock, node, http: Client::new(), folder }
    }

    fn settings(bus: &str, store: &str, tenant: &str) -> String {
        let tokens = PEOPLE.map(|(name, tenant, role)| {
            let sha256 = hex::encode(Sha256::digest(name));
            format!("[[token]]\nsha256 = '{sha256}'\nname = '{name}'\ntenant = '{tenant}'\nrole = '{role}'\n")
        });
        format!(
            "http.listen = '127.0.0.1:0'\nbus.url = '{bus}'\nstore.url = '{store}'\n\
             [[tenant]]\nname = 'dublin'\nkey = '{}='\npolicy = 'policy.toml'\ntime_zone = 'Europe/Dublin'\n\
             clear_subjects = true\nverification_level = 'asserted'\n{tenant}\
             [[tenant]]\nname = 'galway'\nkey = '{}='\npolicy = 'policy.toml'\ntime_zone = 'Europe/Dublin'\n\
             [[broker_user]]\nname = 'shop'\ntenant = 'dublin'\nrole = 'upstream'\n{}",
            "A".repeat(43),
            "B".repeat(42) + "A",
            tokens.concat()
        )
    }

    /// One call; gives its status and what it says.
    pub(crate) async fn call(
        &self,
        who: &str,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> (StatusCode, Value) {
        let url = format!("http://{}/v1/tenants/dublin/{path}", self.node.address);
        let mut call = self.http.request(method, url).bearer_auth(who);
        if let Some(body) = body {
            call = call.json(&body);
        }
        let answer = call.send().await.unwrap();
        let status = answer.status();
        let text = answer.text().await.unwrap();
        (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
    }

    /// One call as it is, to any tenant; a `who` of nothing brings no token.
    pub(crate) async fn raw(
        &self,
        who: &str,
        method: &str,
        path: &str,
        body: Option<&str>,
    ) -> (StatusCode, String) {
        let url = format!("http://{}/v1/tenants/{path}", self.node.address);
        let mut call = self.http.request(method.parse().unwrap(), url);
        if !who.is_empty() {
            call = call.bearer_auth(who);
        }
        if let Some(body) = body {
            call = call.header("content-type", "application/json").body(body.to_owned());
        }
        let answer = call.send().await.unwrap();
        (answer.status(), answer.text().await.unwrap())
    }

    pub(crate) async fn post(&self, who: &str, path: &str, body: Value) -> Value {
        let (status, said) = self.call(who, Method::POST, path, Some(body)).await;
        assert!(status.is_success(), "{path}: {status} {said:#}");
        said
    }

    pub(crate) async fn show(&self, request: &str) -> Value {
        let (status, said) = self.call("ada", Method::GET, &format!("requests/{request}"), None).await;
        assert!(status.is_success(), "{status} {said:#}");
        said
    }

    /// Hands in a request about whoever has this address; gives its id.
    pub(crate) async fn submit(&self, kind: &str, email: &str) -> String {
        self.submit_to(kind, email, &[]).await
    }

    /// As [`submit`](Self::submit), to these systems alone.
    pub(crate) async fn submit_to(&self, kind: &str, email: &str, systems: &[&str]) -> String {
        let subject =
            json!({ "clear": { "kind": "customer", "identifiers": [{ "kind": "email", "value": email }] } });
        let body = json!({
            "kind": kind,
            "subject": subject,
            "systems": systems,
            "verification": { "method": "sign-in", "level": "authenticated", "by": "shop" },
        });
        self.post("ada", "requests", body).await["request"].as_str().unwrap().to_owned()
    }

    /// Looks until the request waits for nobody but a person, or has ended.
    #[expect(clippy::disallowed_methods, reason = "HTTP gives no word of a change")]
    pub(crate) async fn settled(&self, request: &str) -> Value {
        for _ in 0..3_000 {
            let shown = self.show(request).await;
            if matches!(shown["inside"]["waits_for"]["who"].as_str(), Some("person" | "nobody")) {
                return shown;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("after a minute: {:#}", self.show(request).await);
    }

    /// Approves the plan that is shown.
    pub(crate) async fn approve(&self, request: &str) -> Value {
        let shown = self.show(request).await;
        let digest = &shown["inside"]["plan"]["digest"];
        self.post("ada", &format!("requests/{request}/approve"), json!({ "plan_digest": digest })).await
    }

    /// A file, as it comes.
    pub(crate) async fn bytes(&self, path: &str) -> Vec<u8> {
        let url = format!("http://{}/v1/tenants/dublin/{path}", self.node.address);
        let answer = self.http.get(url).bearer_auth("ada").send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        answer.bytes().await.unwrap().to_vec()
    }

    /// What anybody is given at an address of the server.
    pub(crate) async fn open(&self, path: &str) -> (StatusCode, Vec<u8>) {
        let answer = self.http.get(format!("http://{}{path}", self.node.address)).send().await.unwrap();
        (answer.status(), answer.bytes().await.unwrap().to_vec())
    }

    /// Every file of a package, each as the manifest says; read by this.
    pub(crate) async fn whole_package(&self, package: &str, read: impl AsyncFn(&str) -> Vec<u8>) {
        let (status, manifest) = self.call("ada", Method::GET, &format!("packages/{package}"), None).await;
        assert_eq!(status, StatusCode::OK, "{manifest:#}");
        let files = manifest["files"].as_array().unwrap();
        assert!(files.len() > 1, "{manifest:#}");
        for file in files {
            let path = file["path"].as_str().unwrap();
            assert_eq!(file["sha256"], hex::encode(Sha256::digest(read(path).await)), "{path}");
        }
    }

    /// The ledger, once no event is on its way to it any more.
    #[expect(clippy::disallowed_methods, reason = "audit gives no word that it has everything")]
    pub(crate) async fn ledger_at_rest(&self, tenant: &TenantId) -> Vec<LedgerRow> {
        let mut before = 0;
        loop {
            let rows = self.parts.context.store.ledger(tenant, 0, 10_000).await.unwrap();
            let unsent = self.parts.context.store.claim_unsent(1, SignedDuration::ZERO).await.unwrap();
            if unsent.is_empty() && rows.len() == before && before > 0 {
                return rows;
            }
            before = rows.len();
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
    }

    /// Where its database, its vault and its keys are.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) async fn stop(self) {
        self.node.stop().await;
    }
}

impl World {
    pub(crate) async fn stop(self) {
        self.outer.stop().await;
    }
}
