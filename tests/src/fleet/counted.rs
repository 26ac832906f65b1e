//! A target database that counts: triggers note each change of each row. So it shows what was done twice, and what
//! was done to a row that no plan names.

use std::collections::BTreeMap;

use futures::TryStreamExt as _;
use redress_connector_sql::{Database, Session};
use redress_datamap::sql::{Cell, SqlSession as _, prepare};

/// The data map.
pub const MAP: &str = r"
dataset:
  - fides_key: shop
    collections:
      - name: person
        fields:
          - {name: id, data_categories: [user.unique_id], fides_meta: {primary_key: true}}
          - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email, identity_normal: true}}
          - {name: name, data_categories: [user.name]}
      - name: purchase
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: person_id, data_categories: [user.unique_id], fides_meta: {references: [{dataset: shop, field: person.id, direction: from}]}}
          - {name: what, data_categories: [user.content]}
      - name: visit
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email, identity_normal: true}}
          - {name: at, data_categories: [user.behavior]}
";

/// People and what they bought go; a visit loses its address.
pub const POLICY: &str = "
[[policy.rule]]
tenant = 'dublin'
category = 'user'
do = 'delete'
[[policy.rule]]
tenant = 'dublin'
dataset = 'visit'
category = 'user'
do = 'null'
";

const TABLES: [(&str, &str); 3] = [
    ("person", "id bigint primary key, email text unique, name text"),
    ("purchase", "id bigint primary key, person_id bigint not null references person (id), what text"),
    ("visit", "id bigint primary key, email text, at text"),
];

const PURCHASES_EACH: u32 = 2;
/// People who are written in one statement.
const TOGETHER: usize = 100;

/// See the module.
pub struct Counted {
    database: Database,
}

/// How often each row was changed: by table, key and `delete`, `insert` or `update`.
pub type Changes = BTreeMap<(String, String, String), u32>;

impl Counted {
    /// In the database of this URL, which is empty.
    pub async fn with_people(url: &str, people: u32) -> Self {
        let counted = Self::at(url);
        let mut session = counted.session().await;
        prepare(&mut session).await.unwrap();
        let mut run = async |sql: String| {
            session.execute(&sql, &[]).await.unwrap_or_else(|error| panic!("{error}: {sql}"));
        };
        run("create table changes (tab text, row_key text, what text)".to_owned()).await;
        for (table, columns) in TABLES {
            run(format!("create table {table} ({columns})")).await;
        }
        run("create index purchase_of on purchase (person_id)".to_owned()).await;
        run("create index visit_of on visit (email)".to_owned()).await;
        run("begin".to_owned()).await;
        let people: Vec<u32> = (1..=people).collect();
        for some in people.chunks(TOGETHER) {
            let purchases =
                some.iter().flat_map(|id| (0..PURCHASES_EACH).map(move |i| (*id, purchase(*id, i))));
            for (table, rows) in [
                ("person", values(some.iter(), |id| format!("({id}, '{}', 'Name {id}')", email(*id)))),
                ("visit", values(some.iter(), |id| format!("({id}, '{}', 'noon')", email(*id)))),
                ("purchase", values(purchases, |(id, purchase)| format!("({purchase}, {id}, 'flowers')"))),
            ] {
                run(format!("insert into {table} values {rows}")).await;
            }
        }
        run("commit".to_owned()).await;
        for statement in triggers(url.starts_with("postgres")) {
            run(statement).await;
        }
        session.close().await;
        counted
    }

    /// In the database of this URL, which has its tables.
    pub fn at(url: &str) -> Self {
        Self { database: Database::of_url(url).unwrap() }
    }

    async fn session(&self) -> Session {
        self.database.connect().await.unwrap()
    }

    /// What was changed so far.
    pub async fn changes(&self) -> Changes {
        let mut session = self.session().await;
        let sql =
            "select tab, row_key, what, cast(count(*) as text) from changes group by tab, row_key, what";
        let rows: Vec<Vec<Cell>> = session.rows(sql, &[]).try_collect().await.unwrap();
        session.close().await;
        let text = |cell: &Cell| cell.text().unwrap_or_default().to_owned();
        let change =
            |row: &Vec<Cell>| ((text(&row[0]), text(&row[1]), text(&row[2])), text(&row[3]).parse().unwrap());
        rows.iter().map(change).collect()
    }
}

/// What the deletion of these people changes: each of their rows once, and no other.
pub fn planned(people: impl Iterator<Item = u32>) -> Changes {
    let mut changes = Changes::new();
    for id in people {
        let mut once = |table: &str, key: u32, what: &str| {
            changes.insert((table.to_owned(), key.to_string(), what.to_owned()), 1);
        };
        once("person", id, "delete");
        once("visit", id, "update");
        for i in 0..PURCHASES_EACH {
            once("purchase", purchase(id, i), "delete");
        }
    }
    changes
}

fn values<T>(of: impl Iterator<Item = T>, row: impl Fn(T) -> String) -> String {
    of.map(row).collect::<Vec<_>>().join(", ")
}

/// The address of a person.
pub fn email(person: u32) -> String {
    format!("person{person}@example.com")
}

fn purchase(person: u32, i: u32) -> u32 {
    person * PURCHASES_EACH + i
}

fn triggers(postgres: bool) -> Vec<String> {
    let mut statements = Vec::new();
    if postgres {
        statements.push(
            "create function noted() returns trigger language plpgsql as $$ begin \
             insert into changes values (tg_table_name, coalesce(old.id, new.id)::text, lower(tg_op)); \
             return null; end $$"
                .to_owned(),
        );
    }
    for (table, _) in TABLES {
        for (what, row) in [("insert", "new"), ("update", "old"), ("delete", "old")] {
            let act = if postgres {
                "execute function noted()".to_owned()
            } else {
                format!("begin insert into changes values ('{table}', {row}.id, '{what}'); end")
            };
            statements
                .push(format!("create trigger {table}_{what} after {what} on {table} for each row {act}"));
        }
    }
    statements
}
