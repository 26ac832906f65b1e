//! A database with everything that makes deletion hard: a shared address, a row that points to its own table, a
//! circle of two tables, cascades, a composite key, nullable and deferred foreign keys, people who share their
//! e-mail address, phone and household, and a table that the data map does not know.

use std::{collections::BTreeMap, sync::Arc};

use futures::TryStreamExt as _;
use redress_connector_sql::{Database, Session};
use redress_datamap::{
    Policy, System,
    sql::{Catalog, Cell, Layout, SqlSession, prepare},
};
use redress_tests::{
    ambient::Dice,
    servers::{self, Postgres},
};

/// The data map.
pub(crate) const MAP: &str = r"
dataset:
  - fides_key: company
    collections:
      - name: household
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: street, data_categories: [user.contact.address.street]}
          - {name: city, data_categories: [user.contact.address.city]}
      - name: person
        fields:
          - {name: id, data_categories: [user.unique_id], fides_meta: {primary_key: true}}
          - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}}
          - {name: contact_email, data_categories: [user.contact.email], fides_meta: {identity: email, identity_class: shared}}
          - {name: phone, data_categories: [user.contact.phone_number], fides_meta: {identity: phone_number}}
          - {name: name, data_categories: [user.name], fides_meta: {identity: name}}
          - name: household_id
            fides_meta: {references: [{dataset: company, field: household.id, direction: to}]}
          - {name: manager_id}
      - name: booking
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: person_id, data_categories: [user.unique_id], fides_meta: {references: [{dataset: company, field: person.id, direction: from}]}}
          - {name: invoice_id, fides_meta: {references: [{dataset: company, field: invoice.id, direction: to}]}}
          - {name: wishes, data_categories: [user.content]}
      - name: invoice
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: booking_id}
          - {name: total, data_categories: [user.financial]}
          - {name: note, data_categories: [user.content.private]}
      - name: line
        fields:
          - {name: booking_id, fides_meta: {primary_key: true, references: [{dataset: company, field: booking.id, direction: from}]}}
          - {name: line_no, fides_meta: {primary_key: true}}
          - {name: what, data_categories: [user.content]}
      - name: line_note
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: booking_id, fides_meta: {references: [{dataset: company, field: line.booking_id, direction: from}]}}
          - {name: line_no, fides_meta: {references: [{dataset: company, field: line.line_no, direction: from}]}}
          - {name: text, data_categories: [user.content]}
      - name: gift
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: person_id}
          - {name: what, data_categories: [user.content]}
      - name: review
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: person_id}
          - {name: text, data_categories: [user.content]}
      - name: visit
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}}
          - {name: at, data_categories: [user.behavior]}
      - name: audit
        fides_meta: {redress_class: audit}
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}}
";

/// Every statement for both; `{..}` stands for what only one of them takes.
const TABLES: &str = "
create table household (id bigint primary key, street text, city text);
create table person (id bigint primary key, email text unique, contact_email text, phone text, name text not null,
  household_id bigint references household (id), manager_id bigint references person (id), secret_note text);
create table booking (id bigint primary key, person_id bigint not null references person (id),
  invoice_id bigint {forward}, wishes varchar(12));
create table invoice (id bigint primary key, booking_id bigint not null
  references booking (id) deferrable initially deferred, total numeric(12,2), note text not null);
create table line (booking_id bigint not null references booking (id) on delete cascade, line_no integer not null,
  what text, primary key (booking_id, line_no));
create table line_note (id bigint primary key, booking_id bigint, line_no integer, text text,
  foreign key (booking_id, line_no) references line (booking_id, line_no) on delete cascade);
create table gift (id bigint primary key, person_id bigint references person (id) on delete cascade, what text);
create table review (id bigint primary key, person_id bigint references person (id) on delete set null, text text);
create table visit (id bigint primary key, email text, at {moment});
create table audit (id bigint primary key, email text);
create table badge (id bigint primary key, person_id bigint references person (id) on delete cascade);
{back}";

pub(crate) const TABLE_NAMES: [&str; 11] = [
    "audit",
    "badge",
    "booking",
    "gift",
    "household",
    "invoice",
    "line",
    "line_note",
    "person",
    "review",
    "visit",
];

/// Every row of every table, by its key, as texts.
pub(crate) type Rows = BTreeMap<(String, Vec<String>), BTreeMap<String, Option<String>>>;

/// One company's database.
pub(crate) struct Company {
    pub(crate) database: Database,
    pub(crate) url: String,
    _folder: Option<tempfile::TempDir>,
}

impl Company {
    pub(crate) async fn on(kind: &str) -> Self {
        match kind {
            "postgres" => Self::on_server(servers::shared_postgres().await.unwrap()).await,
            _ => {
                let folder = tempfile::tempdir().unwrap();
                let url = format!("sqlite:{}?mode=rwc", folder.path().join("company.db").display());
                Self { database: Database::of_url(&url).unwrap(), url, _folder: Some(folder) }
            }
        }
    }

    pub(crate) async fn on_server(server: &Postgres) -> Self {
        Self::at(&server.create_database().await.unwrap())
    }

    /// A database that is there.
    pub(crate) fn at(url: &str) -> Self {
        Self { database: Database::of_url(url).unwrap(), url: url.to_owned(), _folder: None }
    }

    pub(crate) async fn session(&self) -> Session {
        self.database.connect().await.unwrap()
    }

    pub(crate) async fn run(&self, sql: &str) {
        let mut session = self.session().await;
        for statement in sql.split(";\n").map(str::trim).filter(|statement| !statement.is_empty()) {
            session.execute(statement, &[]).await.unwrap_or_else(|error| panic!("{error}: {statement}"));
        }
        session.close().await;
    }

    /// The tables, and people whose lives these dice make.
    pub(crate) async fn with_people(kind: &str, dice: &Dice, people: u64) -> Self {
        let company = Self::on(kind).await;
        let (forward, back, moment) = match kind {
            "postgres" => (
                "",
                "alter table booking add foreign key (invoice_id) references invoice (id)",
                "timestamptz",
            ),
            _ => ("references invoice (id)", "", "datetime"),
        };
        company
            .run(&TABLES.replace("{forward}", forward).replace("{back}", back).replace("{moment}", moment))
            .await;
        let mut session = company.session().await;
        prepare(&mut session).await.unwrap();
        session.execute("begin", &[]).await.unwrap();
        for statement in lives(dice, people) {
            session.execute(&statement, &[]).await.unwrap_or_else(|error| panic!("{error}: {statement}"));
        }
        session.execute("commit", &[]).await.unwrap();
        session.close().await;
        company
    }

    pub(crate) async fn layout(&self, policy: &str) -> Layout {
        self.layout_of(MAP, policy).await
    }

    pub(crate) async fn layout_of(&self, map: &str, policy: &str) -> Layout {
        let mut session = self.session().await;
        let catalog = Catalog::read(&mut session).await.unwrap();
        session.close().await;
        Layout::new(&system(map, policy), catalog).unwrap()
    }

    /// Everything that is there.
    pub(crate) async fn rows(&self) -> Rows {
        let mut session = self.session().await;
        let catalog = Catalog::read(&mut session).await.unwrap();
        let mut all = Rows::new();
        for table in catalog.tables.iter().filter(|table| TABLE_NAMES.contains(&table.name.as_str())) {
            let columns = table.columns.iter().map(|column| format!("cast({} as text)", column.name));
            let sql = format!("select {} from {}", columns.collect::<Vec<_>>().join(", "), table.name);
            let rows: Vec<Vec<Cell>> = session.rows(&sql, &[]).try_collect().await.unwrap();
            for row in rows {
                let texts = row.iter().map(|cell| cell.text().map(str::to_owned));
                let row: BTreeMap<String, Option<String>> =
                    table.columns.iter().map(|column| column.name.clone()).zip(texts).collect();
                let key = table.primary_key.iter().map(|name| row[name].clone().unwrap()).collect();
                all.insert((table.name.clone(), key), row);
            }
        }
        session.close().await;
        all
    }
}

pub(crate) fn system(map: &str, policy: &str) -> System {
    let policy = Arc::new(Policy::read("policy.toml", policy).unwrap());
    let name = ("dublin".parse().unwrap(), "crm".parse().unwrap());
    System::new(name, "sql".parse().unwrap(), ("map.yml", map), policy).unwrap()
}

pub(crate) fn email(person: u64) -> String {
    format!("person{person}@example.com")
}

/// Insert statements. Rows of a circle come one by one: the transaction's end checks them.
fn lives(dice: &Dice, people: u64) -> Vec<String> {
    let mut sql = Vec::new();
    let some = |dice: &Dice, of: u64| {
        if dice.below(3) == 0 { "null".to_owned() } else { (1 + dice.below(of)).to_string() }
    };
    let households = people.div_ceil(2);
    for id in 1..=households {
        sql.push(format!("insert into household values ({id}, 'Street {id}', 'Dublin')"));
    }
    for id in 1..=people {
        let (family, manager) =
            (dice.below(households) + 1, if id == 1 { "null".to_owned() } else { some(dice, id - 1) });
        sql.push(format!(
            "insert into person values ({id}, '{}', 'family{family}@example.com', '+353 1 555 01{family:02}', 'Name {id}', \
             {family}, {manager}, 'note {id}')",
            email(id).replace("person", "Person")
        ));
        sql.push(format!("insert into visit values ({id}, '{}', '2026-11-22 10:00:00')", email(id)));
        sql.push(format!("insert into audit values ({id}, '{}')", email(id)));
    }
    let mut note = 0;
    for id in 1..=people * 2 {
        let person = 1 + dice.below(people);
        sql.push(format!("insert into booking values ({id}, {person}, null, 'wishes {}')", id % 100));
        for line in 1..=dice.below(3) {
            sql.push(format!("insert into line values ({id}, {line}, 'line')"));
            for _ in 0..dice.below(3) {
                note += 1;
                sql.push(format!("insert into line_note values ({note}, {id}, {line}, 'note')"));
            }
        }
        if dice.below(2) == 0 {
            sql.push(format!("insert into invoice values ({id}, {id}, 100.10, 'invoice')"));
            if dice.below(2) == 0 {
                sql.push(format!("update booking set invoice_id = {id} where id = {id}"));
            }
        }
    }
    for id in 1..=people {
        let person = some(dice, people);
        sql.push(format!("insert into gift values ({id}, {person}, 'gift')"));
        sql.push(format!("insert into review values ({id}, {}, 'review')", some(dice, people)));
        if dice.below(4) == 0 {
            sql.push(format!("insert into badge values ({id}, {person})"));
        }
    }
    sql
}
