//! A database that goes wrong × when × what the person reads × what is changed. Each row is a system of its own of
//! one whole Redress, and triggers count every change of every row: they show nothing, or exactly the plan, once.

use std::{collections::BTreeMap, panic::AssertUnwindSafe};

use futures::{FutureExt as _, future::join_all};
use redress_connector_sql::{Database, Session};
use redress_datamap::sql::SqlSession as _;
use redress_tests::{
    fleet::counted::{Changes, Counted, MAP, POLICY, email, planned},
    killable::look_again,
    servers::{self, Wire},
};
use serde_json::{Value, json};
use sqlx::{Connection as _, Executor as _, PgConnection};
use tokio::time::timeout;

use crate::{flows::world::Outer, front_queue::PATIENCE};

/// When it goes wrong.
#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    /// Before the request comes.
    Asked,
    /// Between the plan and its execution.
    Planned,
}

/// How it goes wrong, and how it is well again; `{p}` is the person, `{q}` and `{r}` are what they bought.
#[derive(Clone, Copy)]
enum How {
    /// Nobody is let through.
    Shut,
    /// Somebody else holds what this locks.
    Locked(&'static str),
    /// A statement, and the one that undoes it.
    Sql(&'static str, &'static str),
}

/// What, on which databases, when, how; the state in which the request waits then, words that its page says, and what
/// is changed once it is well again and was approved.
type Row =
    (&'static str, &'static [&'static str], When, How, &'static str, &'static str, &'static [&'static str]);

const BOTH: &[&str] = &["postgres", "sqlite"];
const POSTGRES: &[&str] = &["postgres"];
const SQLITE: &[&str] = &["sqlite"];
const ALL: &[&str] = &["person {p} delete", "purchase {q} delete", "purchase {r} delete", "visit {p} update"];

const ROWS: &[Row] = &[
    ("down when the request comes", POSTGRES, When::Asked, How::Shut, "discovering", "", ALL),
    ("down when the plan is approved", POSTGRES, When::Planned, How::Shut, "purging", "", ALL),
    ("locked for too long", POSTGRES, When::Planned, How::Locked("lock table visit"), "purging", "", ALL),
    (
        "may not be read",
        POSTGRES,
        When::Asked,
        How::Sql("revoke select on visit from clerk", "grant select on visit to clerk"),
        "in_review",
        "we may not read it: grant select",
        ALL,
    ),
    (
        "may not be changed",
        POSTGRES,
        When::Planned,
        How::Sql("revoke delete on purchase from clerk", "grant delete on purchase to clerk"),
        "checking",
        "42501",
        ALL,
    ),
    (
        "a trigger raises",
        POSTGRES,
        When::Planned,
        How::Sql(
            "create function no() returns trigger language plpgsql as $$ begin raise 'not %', old.name; end $$;
create trigger no before delete on person for each row execute function no()",
            "drop trigger no on person",
        ),
        "checking",
        "P0001",
        ALL,
    ),
    (
        "a trigger raises",
        SQLITE,
        When::Planned,
        How::Sql(
            "create trigger no before delete on person begin select raise(abort, 'not Name {p}'); end",
            "drop trigger no",
        ),
        "checking",
        "1811",
        ALL,
    ),
    (
        "a foreign key that is not in the map",
        POSTGRES,
        When::Planned,
        How::Sql(
            "create table badge (id bigint primary key, person_id bigint references person (id));
insert into badge values (1, {p});
grant select on badge to clerk",
            "drop table badge",
        ),
        "in_review",
        "",
        ALL,
    ),
    (
        "the connection is ended in the middle of the change",
        POSTGRES,
        When::Planned,
        How::Sql(
            "create sequence once;
grant usage on sequence once to clerk;
create function cut() returns trigger language plpgsql as $$ begin
  if nextval('once') = 1 then perform pg_terminate_backend(pg_backend_pid()); end if; return old; end $$;
create trigger cut before delete on person for each row execute function cut()",
            "",
        ),
        "completed",
        "",
        ALL,
    ),
    (
        "no table for effects",
        BOTH,
        When::Planned,
        How::Sql(
            "alter table redress_effect rename to elsewhere",
            "alter table elsewhere rename to redress_effect",
        ),
        "checking",
        "redress check --prepare",
        ALL,
    ),
    (
        "a column is dropped",
        BOTH,
        When::Planned,
        How::Sql("alter table visit rename column at to moment", "alter table visit rename column moment to at"),
        "checking",
        "at",
        ALL,
    ),
    (
        "a column is added",
        BOTH,
        When::Planned,
        How::Sql("alter table visit add column extra text", ""),
        "in_review",
        "",
        ALL,
    ),
    (
        "a type is changed",
        POSTGRES,
        When::Planned,
        How::Sql("alter table visit alter column at type varchar(10)", ""),
        "completed",
        "",
        ALL,
    ),
    (
        "a table is renamed",
        BOTH,
        When::Planned,
        How::Sql("alter table visit rename to visits", "alter table visits rename to visit"),
        "checking",
        "visit",
        ALL,
    ),
    (
        "a row is added",
        BOTH,
        When::Planned,
        How::Sql("insert into visit values (9000, '{email}', 'one')", ""),
        "in_review",
        "",
        &["person {p} delete", "purchase {q} delete", "purchase {r} delete", "visit {p} update", "visit 9000 update"],
    ),
    (
        "a row is removed",
        BOTH,
        When::Planned,
        How::Sql("delete from purchase where id = {r}", ""),
        "in_review",
        "",
        &["person {p} delete", "purchase {q} delete", "visit {p} update"],
    ),
    (
        "a row becomes another's",
        BOTH,
        When::Planned,
        How::Sql("update visit set email = 'somebody@example.com' where id = {p}", ""),
        "in_review",
        "",
        &["person {p} delete", "purchase {q} delete", "purchase {r} delete"],
    ),
];

/// A row on a database.
struct Case {
    row: &'static Row,
    kind: &'static str,
    system: String,
    person: u32,
    /// As its owner.
    url: String,
    counted: Counted,
    wire: Option<Wire>,
}

impl Case {
    async fn new(row: &'static Row, kind: &'static str, person: u32, of: &Places) -> Self {
        let url = of.url(kind, person).await;
        let wire = match kind {
            "postgres" => Some(Wire::to(of.port, None).await.unwrap()),
            _ => None,
        };
        let counted = Counted::at(&url);
        Self { row, kind, system: format!("s{person}"), person, url, counted, wire }
    }

    /// As Redress comes: to PostgreSQL as somebody who may do what is needed and no more.
    fn seen(&self) -> String {
        self.wire
            .as_ref()
            .map_or(self.url.clone(), |wire| wire.instead_of(&self.url).replace("redress@", "clerk@"))
    }

    fn filled(&self, text: &str) -> String {
        let (p, q) = (self.person, self.person * 2);
        let text = text.replace("{p}", &p.to_string()).replace("{q}", &q.to_string());
        text.replace("{r}", &(q + 1).to_string()).replace("{email}", &email(p))
    }

    async fn session(&self) -> Session {
        Database::of_url(&self.url).unwrap().connect().await.unwrap()
    }

    async fn run(&self, sql: &str) {
        let mut session = self.session().await;
        let sql = self.filled(sql);
        session.run(&sql).await.unwrap_or_else(|error| panic!("{error}: {sql}"));
        session.close().await;
    }

    /// What was changed since then, one line for each change.
    async fn changed_since(&self, before: &Changes) -> BTreeMap<String, u32> {
        let changes = self.counted.changes().await.into_iter();
        let new = changes.map(|(change, times)| (times - before.get(&change).unwrap_or(&0), change));
        new.filter(|(times, _)| *times > 0)
            .map(|(times, (table, key, what))| (format!("{table} {key} {what}"), times))
            .collect()
    }

    fn name(&self) -> String {
        format!("{} on {}", self.row.0, self.kind)
    }

    /// From the request to its end.
    async fn play(&self, world: &Outer) {
        let (_, _, when, how, state, _, effect) = self.row;
        let (mut before, mut held) = (self.counted.changes().await, None);
        if *when == When::Asked {
            held = self.go_wrong(*how).await;
        }
        let request = world.submit_to("delete", &email(self.person), &[&self.system]).await;
        if *when == When::Planned {
            let shown = world.settled(&request).await;
            assert_eq!(shown["inside"]["state"], "in_review", "{}: {}", self.name(), read(&shown));
            held = self.go_wrong(*how).await;
            before = self.counted.changes().await;
            world.approve(&request).await;
        }
        self.tells(world, &request).await;
        let nothing = self.changed_since(&before).await.is_empty();
        assert!(nothing || *state == "completed", "{}: something is changed", self.name());
        self.be_well(*how, held).await;
        self.end(world, &request).await;
        let once: BTreeMap<String, u32> = effect.iter().map(|line| (self.filled(line), 1)).collect();
        assert_eq!(self.changed_since(&before).await, once, "{}", self.name());
    }

    /// The request's page says how it stands, and why; and nobody's name.
    async fn tells(&self, world: &Outer, request: &str) {
        let (_, _, _, how, state, words, _) = self.row;
        let (waits_for, shown) = if matches!(how, How::Sql(..)) {
            ("person", world.settled(request).await)
        } else {
            self.until_it_was_tried().await;
            ("service", world.show(request).await)
        };
        let inside = &shown["inside"];
        let now = shown["closing"].as_str().or(inside["state"].as_str()).unwrap();
        let waits_for = if now == "completed" { "nobody" } else { waits_for };
        assert_eq!(
            (now, &inside["waits_for"]["who"]),
            (*state, &json!(waits_for)),
            "{}: {}",
            self.name(),
            read(&shown)
        );
        let all = shown.to_string();
        assert!(all.contains(words) && !all.contains("Name "), "{}: {}", self.name(), read(&shown));
    }

    /// An administrator approves what is shown, and has tried again what failed, until there is nothing left to do.
    async fn end(&self, world: &Outer, request: &str) {
        let retry = format!("requests/{request}/retry");
        for _ in 0..6 {
            let shown = world.settled(request).await;
            match (shown["closing"].as_str(), shown["inside"]["state"].as_str().unwrap()) {
                (Some("completed"), _) => return,
                (None, "in_review") if !searched(&shown) => drop(world.post("ada", &retry, json!({})).await),
                (None, "in_review") => drop(world.approve(request).await),
                (None, "checking") => drop(world.post("ada", &retry, json!({})).await),
                _ => panic!("{}: {}", self.name(), read(&shown)),
            }
        }
        panic!("{}: {}", self.name(), read(&world.show(request).await));
    }

    async fn go_wrong(&self, how: How) -> Option<Session> {
        match how {
            How::Shut => self.wire.as_ref().unwrap().shut(),
            How::Sql(sql, _) => self.run(sql).await,
            How::Locked(sql) => {
                let mut session = self.session().await;
                session.execute("begin", &[]).await.unwrap();
                session.execute(sql, &[]).await.unwrap();
                return Some(session);
            }
        }
        None
    }

    async fn be_well(&self, how: How, held: Option<Session>) {
        match how {
            How::Shut => self.wire.as_ref().unwrap().open(),
            How::Sql(_, "") => {}
            How::Sql(_, sql) => self.run(sql).await,
            How::Locked(_) => held.unwrap().close().await,
        }
    }

    /// Somebody was turned away, or has waited for the lock and does not any more.
    async fn until_it_was_tried(&self) {
        if matches!(self.row.3, How::Shut) {
            self.wire.as_ref().unwrap().until_somebody_is_turned_away().await;
            return;
        }
        for waiting in [true, false] {
            let come = async {
                while self.somebody_waits().await != waiting {
                    look_again().await;
                }
            };
            timeout(PATIENCE, come).await.expect("nobody has tried");
        }
    }

    async fn somebody_waits(&self) -> bool {
        let mut connection = PgConnection::connect(&self.url).await.unwrap();
        let sql =
            "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
        let waiting = connection.fetch_optional(sql).await.unwrap().is_some();
        connection.close().await.unwrap();
        waiting
    }
}

/// What a person reads of it.
fn read(shown: &Value) -> String {
    let inside = &shown["inside"];
    let lines = inside["timeline"].as_array().unwrap().iter().map(|line| &line["detail"]).collect::<Vec<_>>();
    format!("{} {} {:#} {lines:#?}", shown["closing"], inside["state"], inside["outcomes"])
}

/// Whether there is a plan: what could not be searched has none.
fn searched(shown: &Value) -> bool {
    !shown["inside"]["plan"]["systems"].as_array().unwrap().is_empty()
}

/// Where databases with all people are copied from.
struct Places {
    port: u16,
    /// Its URL.
    template: String,
    folder: tempfile::TempDir,
    people: u32,
}

impl Places {
    async fn new(people: u32) -> Self {
        let postgres = servers::shared_postgres().await.unwrap();
        let template = postgres.create_database().await.unwrap();
        Counted::with_people(&template, people).await;
        let mut connection = PgConnection::connect(&template).await.unwrap();
        for sql in [
            // The server is shared, and so are its users.
            "do $$ begin create role clerk login; exception when duplicate_object or unique_violation then null; end $$",
            "grant select, insert, update, delete on all tables in schema public to clerk",
        ] {
            connection.execute(sql).await.unwrap();
        }
        connection.close().await.unwrap();
        Self { port: postgres.port(), template, folder: tempfile::tempdir().unwrap(), people }
    }

    /// A database of its own for this person's case.
    async fn url(&self, kind: &str, person: u32) -> String {
        if kind == "sqlite" {
            let url = format!("sqlite:{}/{person}.db?mode=rwc", self.folder.path().display());
            Counted::with_people(&url, self.people).await;
            return url;
        }
        let postgres = servers::shared_postgres().await.unwrap();
        postgres.copy_database(&self.template).await.unwrap()
    }
}

async fn world(systems: &[(String, String)]) -> Outer {
    let systems: Vec<(&str, &str, &str)> =
        systems.iter().map(|(name, url)| (name.as_str(), url.as_str(), MAP)).collect();
    Outer::over(("local", "sqlite"), POLICY, &systems, "").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_goes_wrong_is_told_and_waited_for_and_changed_as_planned_or_not_at_all() {
    let cases: Vec<(&Row, &str)> =
        ROWS.iter().flat_map(|row| row.1.iter().map(move |kind| (row, *kind))).collect();
    let places = Places::new(cases.len() as u32).await;
    let cases = (1..).zip(cases).map(|(person, (row, kind))| Case::new(row, kind, person, &places));
    let cases = join_all(cases).await;
    let systems: Vec<_> = cases.iter().map(|case| (case.system.clone(), case.seen())).collect();
    let world = world(&systems).await;
    let played = cases.iter().map(|case| AssertUnwindSafe(case.play(&world)).catch_unwind());
    let failed = cases.iter().zip(join_all(played).await).filter(|(_, played)| played.is_err());
    let failed: Vec<String> = failed.map(|(case, _)| case.name()).collect();
    assert_eq!(failed, [""; 0]);
    world.stop().await;
}

/// More than there are steps in what is said to a database from a request to its end, also where a kept session has
/// become too old on a slow machine.
const STEPS: u32 = 260;

/// At each step of what is said to a database the answer is lost, once, with the connection: each request's way to it
/// breaks at another step.
#[tokio::test(flavor = "multi_thread")]
async fn the_connection_may_break_at_every_step_and_each_row_is_changed_once() {
    let postgres = servers::shared_postgres().await.unwrap();
    let url = postgres.create_database().await.unwrap();
    let counted = Counted::with_people(&url, STEPS).await;
    let (mut wires, mut systems) = (Vec::new(), Vec::new());
    for person in 1..=STEPS {
        let wire = Wire::to(postgres.port(), Some(u64::from(person - 1))).await.unwrap();
        systems.push((format!("s{person}"), wire.instead_of(&url)));
        wires.push(wire);
    }
    let (world, mut requests) = (world(&systems).await, Vec::new());
    for (person, (system, _)) in (1..).zip(&systems) {
        requests.push(world.submit_to("delete", &email(person), &[system]).await);
    }
    for request in &requests {
        world.settled(request).await;
        world.approve(request).await;
    }
    for (step, request) in requests.iter().enumerate() {
        let shown = world.settled(request).await;
        assert_eq!(shown["closing"], "completed", "step {step}: {}", read(&shown));
    }
    assert_eq!(counted.changes().await, planned(1..=STEPS));
    assert!(!wires.last().unwrap().has_broken(), "there are more than {STEPS} steps");
    world.stop().await;
}
