//! A whole Redress in this process, with a small company's database.

use std::fs;

use redress_connector_sql::Database;
use redress_datamap::sql::{SqlSession as _, prepare};
use sha2::{Digest as _, Sha256};

use super::{How, Ran, run};
use crate::{
    node::Node,
    parts::{Parts, open_store},
    roles::Role,
    settings::Settings,
};

const MAP: &str = r"
dataset:
  - fides_key: shop
    collections:
      - name: customer
        fields:
          - {name: id, data_categories: [user.unique_id], fides_meta: {primary_key: true}}
          - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}}
          - {name: phone, data_categories: [user.contact.phone_number], fides_meta: {identity: phone_number}}
          - {name: name, data_categories: [user.name]}
      - name: booking
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: customer_id, fides_meta: {references: [{dataset: shop, field: customer.id, direction: from}]}}
          - {name: wishes, data_categories: [user.content]}
      - name: access_log
        fides_meta: {redress_class: audit}
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}}
";

const POLICY: &str = r"
[[policy.rule]]
tenant = 'dublin'
category = 'user'
do = 'delete'

[[policy.rule]]
tenant = 'dublin'
dataset = 'booking'
category = 'user.content'
do = 'string'
text = 'removed'
";

const ROWS: &[&str] = &[
    "create table customer (id integer primary key, email text, phone text, name text, vip text)",
    "create table booking (id integer primary key, customer_id integer references customer (id) on delete set null, wishes text)",
    "create table access_log (id integer primary key, email text)",
    "insert into customer values (1, 'anna@example.com', '+35315550100', 'Anna Byrne', 'yes')",
    "insert into customer values (2, 'family@example.com', '+35315550100', 'Brian Byrne', null)",
    "insert into booking values (1, 1, 'no nuts'), (2, 1, 'a band'), (3, 2, 'cake')",
    "insert into access_log values (1, 'anna@example.com')",
];

/// See the module.
pub(super) struct World {
    pub(super) url: String,
    node: Node,
    pub(super) folder: tempfile::TempDir,
}

impl World {
    pub(super) async fn start() -> Self {
        crate::choose_tls();
        let folder = tempfile::tempdir().unwrap();
        let shop = format!("sqlite:{}?mode=rwc", folder.path().join("shop.db").display());
        let mut session = Database::of_url(&shop).unwrap().connect().await.unwrap();
        for statement in ROWS {
            session.execute(statement, &[]).await.unwrap();
        }
        prepare(&mut session).await.unwrap();
        session.close().await;
        fs::write(folder.path().join("map.yml"), MAP).unwrap();
        fs::write(folder.path().join("policy.toml"), POLICY).unwrap();
        let settings = Settings::of_text(&settings(&shop), folder.path(), folder.path()).unwrap();
        open_store(&settings).await.unwrap().migrate().await.unwrap();
        let parts = Parts::open(settings).await.unwrap();
        let node = Node::start(&parts, &Role::ALL).await.unwrap();
        Self { url: format!("http://{}", node.address), node, folder }
    }

    /// Runs a command as somebody.
    pub(super) async fn as_(&self, who: &str, words: &[&str], how: How<'_>) -> Ran {
        run(&self.url, who, words, How { is_random: true, ..how }).await
    }

    /// Runs a command as the administrator; it must end with this code.
    pub(super) async fn run(&self, code: u8, words: &[&str]) -> Ran {
        let ran = self.as_("ada", words, How::default()).await;
        assert_eq!(ran.code, code, "{words:?}\n{}\n{}", ran.out, ran.err);
        ran
    }

    pub(super) async fn stop(self) {
        self.node.stop().await;
    }
}

fn settings(shop: &str) -> String {
    let people = [("ada", "tenant_admin"), ("rory", "reviewer"), ("olga", "operator"), ("shop", "upstream")];
    let tokens = people.map(|(name, role)| {
        let sha256 = hex::encode(Sha256::digest(name));
        format!("[[token]]\nsha256 = '{sha256}'\nname = '{name}'\ntenant = 'dublin'\nrole = '{role}'\n")
    });
    format!(
        "http.listen = '127.0.0.1:0'\nbus.url = 'local:'\nstore.url = 'sqlite:redress.db'\n\
         [[tenant]]\nname = 'dublin'\nkey = '{}='\npolicy = 'policy.toml'\ntime_zone = 'Europe/Dublin'\n\
         [[system]]\nname = 'web'\ntenant = 'dublin'\nconnector = 'sql'\nurl = '{shop}'\ndata_map = 'map.yml'\n{}",
        "A".repeat(43),
        tokens.concat()
    )
}
