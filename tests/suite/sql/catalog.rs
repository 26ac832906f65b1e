//! What the database says of itself is taken as it means it.

use std::collections::BTreeMap;

use futures::{StreamExt as _, TryStreamExt as _, stream::BoxStream};
use redress_connector_sql::Session;
use redress_contracts::v1;
use redress_datamap::{
    Problems,
    sql::{
        Carried, Catalog, Cell, Dialect, Family, Layout, Neighbours, SqlError, SqlSession, Table, Tables,
        carry_out, locate, prepare,
    },
};
use redress_domain::IdentifierKind;

use super::{
    KINDS, Keys, by_email,
    company::{Company, system},
    located, order, subject,
};

const DELETE: &str = "[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user'\ndo = 'delete'\n";

async fn catalog(company: &Company) -> Result<Catalog, SqlError> {
    Catalog::read(&mut company.session().await).await
}

fn table<'a>(catalog: &'a Catalog, name: &str) -> &'a Table {
    &catalog.tables[catalog.table(name).unwrap()]
}

fn problems(map: &str, policy: &str, catalog: Catalog) -> Vec<String> {
    let Problems(problems) = Layout::new(&system(map, policy), catalog).unwrap_err();
    problems.iter().map(|problem| format!("{}: {}", problem.path, problem.reason)).collect()
}

/// SQLite finds a table and a column in whatever case they are written: the database cascades all the same.
#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_key_in_another_case_is_one_and_one_to_nowhere_is_an_error() {
    let company = Company::on("sqlite").await;
    company
        .run(
            "create table Person (Id integer primary key, email text);\n\
             create table gift (id integer primary key, person_id integer references pERSON (iD) on delete cascade);\n\
             create table toy (id integer primary key, Gift_Id integer references GIFT on delete cascade);\n\
             create table pair (a integer, b integer, primary key (a, b));\n\
             create table half (a integer, b integer, foreign key (A, B) references PAIR (A, B))",
        )
        .await;
    let read = catalog(&company).await.unwrap();
    let named = |table: usize| read.tables[table].name.as_str();
    let keys: BTreeMap<&str, (Vec<String>, &str, Vec<String>)> = read
        .foreign_keys
        .iter()
        .map(|key| {
            (named(key.child), (key.child_columns.clone(), named(key.parent), key.parent_columns.clone()))
        })
        .collect();
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let expected = [
        ("gift", (names(&["person_id"]), "Person", names(&["Id"]))),
        ("half", (names(&["a", "b"]), "pair", names(&["a", "b"]))),
        ("toy", (names(&["Gift_Id"]), "gift", names(&["id"]))),
    ];
    assert_eq!(keys, expected.into());
    for (wrong, words) in [
        ("references nowhere (id)", "`nowhere`"),
        ("references person (number)", "a column of `person`"),
        ("references pair", "a key of `pair`"),
    ] {
        company.run(&format!("create table lost (id integer primary key, a integer {wrong})")).await;
        let error = catalog(&company).await.unwrap_err().to_string();
        assert!(error.contains("of `lost`") && error.contains(words), "{error}");
        company.run("drop table lost").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_its_columns_without_those_that_are_only_included() {
    let company = Company::on("postgres").await;
    company
        .run(
            "create table thing (id integer, email text, note text, code varchar(9), primary key (id) include (note));\n\
             create unique index on thing (email) include (code)",
        )
        .await;
    let read = catalog(&company).await.unwrap();
    let thing = table(&read, "thing");
    assert_eq!(thing.primary_key, ["id"]);
    let unique = ["id", "email", "note", "code"].map(|column| thing.is_unique(column));
    assert_eq!(unique, [true, true, false, false]);
}

/// What takes no null and stands only once is masked with what stands only once.
#[tokio::test(flavor = "multi_thread")]
async fn a_column_in_any_unique_index_is_masked_twice_without_a_clash() {
    let map = "
dataset:
  - fides_key: company
    collections:
      - name: thing
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}}
          - {name: a, data_categories: [user.name]}
          - {name: b, data_categories: [user.name]}
          - {name: c, data_categories: [user.name]}
";
    let policy = "[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user'\ndo = 'null'\n\
                  [[policy.rule]]\ntenant = 'dublin'\ncategory = 'user.name'\ndo = 'string'\ntext = 'erased'\n";
    for kind in KINDS {
        let company = Company::on(kind).await;
        company
            .run(
                "create table thing (id integer primary key, email text, a text not null, b text not null, c text not null);\n\
                 create unique index by_a on thing (lower(A));\n\
                 create unique index by_b on thing (b) where id > 0;\n\
                 insert into thing values (1, 'ada@example.com', 'a', 'a', 'a'), (2, 'ben@example.com', 'b', 'b', 'b')",
            )
            .await;
        prepare(&mut company.session().await).await.unwrap();
        let read = catalog(&company).await.unwrap();
        let unique = ["a", "b", "c"].map(|column| table(&read, "thing").is_unique(column));
        assert_eq!(unique, [true, true, false], "{kind}");
        let layout = company.layout_of(map, policy).await;
        let subjects = [by_email("ada@example.com"), by_email("ben@example.com")];
        let (found, _) = located(&company, &layout, &subjects, v1::Kind::Delete).await;
        let orders = [order("a", &subjects[0], &found[0]), order("b", &subjects[1], &found[1])];
        let mut session = company.session().await;
        let carried = carry_out(&mut session, &layout, &orders, "2026-11-22T10:00:00Z").await.unwrap();
        assert_eq!(carried, [Carried::Done; 2], "{kind}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_domain_is_what_it_is_made_of() {
    let company = Company::on("postgres").await;
    company
        .run(
            "create domain code as varchar(7) not null;\ncreate domain short as code;\ncreate domain many as integer[];\n\
             create domain mark as uuid;\n\
             create table thing (id integer primary key, email text, short short, many many, mark mark, plain varchar(9));\n\
             insert into thing values (1, 'ada@example.com', 'abc', '{1,null,3}', null, 'x')",
        )
        .await;
    let read = catalog(&company).await.unwrap();
    let column = |name: &str| table(&read, "thing").column(name).unwrap();
    let seen = ["short", "many", "mark", "plain"]
        .map(|name| (column(name).family, column(name).length_max, column(name).not_null));
    let expected = [
        (Family::Text, Some(7), true),
        (Family::Array, None, false),
        (Family::Uuid, None, false),
        (Family::Text, Some(9), false),
    ];
    assert_eq!(seen, expected);
    prepare(&mut company.session().await).await.unwrap();
    let map = "
dataset:
  - fides_key: company
    collections:
      - name: thing
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}}
          - {name: short, data_categories: [user.name]}
          - {name: many, data_categories: [user.content]}
";
    let policy = "[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user'\ndo = 'hash'\n";
    let layout = company.layout_of(map, policy).await;
    let subject = by_email("ada@example.com");
    let (found, _) = located(&company, &layout, std::slice::from_ref(&subject), v1::Kind::Delete).await;
    let orders = [order("a", &subject, &found[0])];
    let mut session = company.session().await;
    let carried = carry_out(&mut session, &layout, &orders, "2026-11-22T10:00:00Z").await.unwrap();
    assert_eq!(carried, [Carried::Done], "a hash fits into a domain of seven characters");
}

/// What points to a partition, and what a partition points to, is known of the whole table.
#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_key_of_a_partition_is_not_lost() {
    let company = Company::on("postgres").await;
    company
        .run(
            "create table person (id integer, email text, primary key (id)) partition by range (id);\n\
             create table person_1 partition of person for values from (1) to (100);\n\
             create table badge (id integer primary key, person_id integer references person_1 (id));\n\
             create table desk (id integer primary key);\n\
             create table seat (id integer primary key, desk_id integer) partition by range (id);\n\
             create table seat_1 partition of seat for values from (1) to (100);\n\
             alter table seat_1 add foreign key (desk_id) references desk (id);\n\
             create temporary table other (id integer primary key)",
        )
        .await;
    let read = catalog(&company).await.unwrap();
    let named = |table: usize| read.tables[table].name.as_str();
    let keys: Vec<_> = read.foreign_keys.iter().map(|key| (named(key.child), named(key.parent))).collect();
    assert_eq!(keys.len(), 2, "{keys:?}");
    assert!(
        !read.tables.iter().any(|table| table.name.ends_with("_1")),
        "a partition is no table of its own"
    );
    assert!(keys.contains(&("badge", "person")) && keys.contains(&("seat", "desk")), "{keys:?}");
}

/// A type's name is written in any case: SQLite has no type for it.
#[tokio::test(flavor = "multi_thread")]
async fn a_customer_number_in_a_uuid_column_is_found() {
    let map = "
dataset:
  - fides_key: company
    collections:
      - name: thing
        fields: [{name: id, fides_meta: {primary_key: true}}, {name: code, fides_meta: {identity: customer_id}}]
";
    let uuid = "6f9619ff-8b86-d011-b42d-00c04fc964ff";
    for kind in KINDS {
        for type_name in ["uuid", "UUID"] {
            let company = Company::on(kind).await;
            company
                .run(&format!(
                    "create table thing (id integer primary key, code {type_name});\n\
                     insert into thing values (1, '{uuid}')"
                ))
                .await;
            let layout = company.layout_of(map, DELETE).await;
            let asked = [subject(&[(IdentifierKind::CustomerId, uuid)])];
            let (found, _) = located(&company, &layout, &asked, v1::Kind::Access).await;
            assert_eq!(found[0].datasets.len(), 1, "{kind} {type_name}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_map_says_of_the_inside_of_a_column_is_not_passed_over() {
    let map = |inside: &str, reference: &str| {
        format!(
            "
dataset:
  - fides_key: company
    collections:
      - name: person
        fields:
          - {{name: id, fides_meta: {{primary_key: true}}}}
          - {{name: email, fides_meta: {{identity: email}}}}
          - name: profile
            fields:
              - name: deep
                fields: [{{name: mail, {inside}}}, {{name: size, data_categories: [user.content]}}]
          - {{name: boss, {reference}}}
"
        )
    };
    let table = "create table person (id integer primary key, email text, profile text, boss text);\n\
                 insert into person values (1, 'ada@example.com', 'p', 'b')";
    for kind in KINDS {
        let company = Company::on(kind).await;
        company.run(table).await;
        let read = catalog(&company).await.unwrap();
        let reference = "fides_meta: {references: [{dataset: company, field: person.profile.deep.mail}]}";
        let out = "fides_meta: {references: [{dataset: elsewhere, field: person.id}]}";
        let deep = "company.person.profile.deep.mail: ";
        for (map, path, words) in [
            (map("fides_meta: {identity: email}", "x: y"), deep, "an identity inside of a column"),
            (map(out, "x: y"), deep, "the reference to `person.id`"),
            (map("x: y", reference), "company.person.boss: ", "the reference to `person.profile.deep.mail`"),
        ] {
            let problems = problems(&map, DELETE, read.clone());
            let [problem] = problems.as_slice() else { panic!("{problems:?}") };
            assert!(problem.starts_with(path) && problem.contains(words), "{kind}: {problem}");
        }
        // A part that must stay keeps its column, though what is said of another part is more particular.
        let keep =
            "[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user.content'\ndo = 'keep'\nground = 'law'\n";
        for (rest, kept) in [("", false), (keep, true)] {
            let policy = format!(
                "[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user'\ndo = 'null'\n\
                 [[policy.rule]]\ntenant = 'dublin'\ncategory = 'user.contact.email'\ndo = 'delete'\n{rest}"
            );
            let map = map("data_categories: [user.contact.email]", "x: y");
            let layout = Layout::new(&system(&map, &policy), read.clone()).unwrap();
            let profile = &layout.tables[0].fields[2].plan;
            assert_eq!(layout.tables[0].rows_go, !kept, "{kind}");
            assert_eq!(profile.treatment() == v1::Treatment::Keep, kept, "{kind}: {profile:?}");
        }
    }
}

/// Who may not read what points to a person cannot know what would break: that is said before anybody is looked for.
#[tokio::test(flavor = "multi_thread")]
async fn what_must_be_read_and_may_not_be_is_named_with_the_grant() {
    let company = Company::on("postgres").await;
    let name = company.url.rsplit('/').next().and_then(|name| name.split('?').next()).unwrap();
    let reader = format!("reader_of_{name}");
    company
        .run(&format!(
            "create table person (id integer primary key, email text, hidden text);\n\
             create table badge (id integer primary key, person_id integer references person (id), secret text);\n\
             insert into person values (1, 'ada@example.com', 'h');\n\
             create role {reader};\ngrant select (id) on person to {reader}"
        ))
        .await;
    let map = "
dataset:
  - fides_key: company
    collections:
      - name: person
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}}
";
    let mut session = company.session().await;
    session.execute(&format!("set role {reader}"), &[]).await.unwrap();
    let read = Catalog::read(&mut session).await.unwrap();
    let told = problems(map, DELETE, read);
    let [badge, person] = told.as_slice() else { panic!("{told:?}") };
    assert!(badge.contains("grant select (person_id) on public.badge"), "{badge}");
    assert!(person.contains("grant select (email) on public.person"), "{person}");
    // These grants are enough.
    company.run(&format!("grant select (person_id) on badge to {reader}")).await;
    company.run(&format!("grant select (email) on person to {reader}")).await;
    let layout = Layout::new(&system(map, DELETE), Catalog::read(&mut session).await.unwrap()).unwrap();
    let asked = [by_email("ada@example.com")];
    let found =
        locate(&mut session, &layout, &asked, v1::Kind::Delete, &Neighbours::default(), &mut Keys::default())
            .await;
    assert_eq!(found.unwrap()[0].datasets[0].count, 1);
    session.close().await;
    company.run(&format!("drop owned by {reader}")).await;
    company.run(&format!("drop role {reader}")).await;
}

/// A session that counts the bytes of the rows that are read.
struct Weighed {
    session: Session,
    bytes: usize,
}

#[async_trait::async_trait]
impl SqlSession for Weighed {
    fn dialect(&self) -> &'static dyn Dialect {
        self.session.dialect()
    }

    async fn run(&mut self, statements: &str) -> Result<(), SqlError> {
        self.session.run(statements).await
    }

    async fn execute(&mut self, sql: &str, parameters: &[&str]) -> Result<u64, SqlError> {
        self.session.execute(sql, parameters).await
    }

    fn tables(&mut self) -> Option<&mut Tables> {
        self.session.tables()
    }

    fn rows<'a>(
        &'a mut self,
        sql: &'a str,
        parameters: &'a [&'a str],
    ) -> BoxStream<'a, Result<Vec<Cell>, SqlError>> {
        let bytes = &mut self.bytes;
        let weigh = |row: &Vec<Cell>| row.iter().map(|cell| cell.text().map_or(0, str::len)).sum::<usize>();
        self.session.rows(sql, parameters).inspect_ok(move |row| *bytes += weigh(row)).boxed()
    }
}

/// However many are candidates, only those that are shown are read whole.
#[tokio::test(flavor = "multi_thread")]
async fn candidates_that_are_not_shown_are_only_counted() {
    let map = "
dataset:
  - fides_key: company
    collections:
      - name: thing
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: phone, fides_meta: {identity: phone_number}}
          - {name: text, data_categories: [user.content]}
";
    const EACH: usize = 4_000;
    for kind in KINDS {
        let company = Company::on(kind).await;
        company
            .run(&format!(
                "create table thing (id integer primary key, phone text, text text);\n\
                 insert into thing with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000) \
                 select i, '+35315550100', '{}' from n",
                "x".repeat(EACH)
            ))
            .await;
        let layout = company.layout_of(map, DELETE).await;
        let mut asked = vec![subject(&[(IdentifierKind::Phone, "+353 1 555 0100")]); 2];
        let mut session = Weighed { session: company.session().await, bytes: 0 };
        let locate_all = async |session: &mut Weighed, asked: &[redress_datamap::sql::Subject]| {
            locate(session, &layout, asked, v1::Kind::Access, &Neighbours::default(), &mut Keys::default())
                .await
                .unwrap()
        };
        let found = locate_all(&mut session, &asked).await;
        for one in &found {
            assert_eq!(one.candidates.len(), 101, "{kind}");
            assert!(one.candidates[..100].iter().all(|seen| seen.row.len() > EACH), "{kind}");
            let rest = &one.candidates[100].candidate;
            assert_eq!((rest.count, rest.by.as_str(), rest.id.as_str()), (2_900, "more of the same", ""));
        }
        assert!(session.bytes < 2 * 100 * EACH + 500_000, "{kind}: {} bytes were read", session.bytes);
        // Rejected ones make room for the next; one that nobody was shown can be accepted as well.
        let shown = |found: &redress_datamap::sql::Located| -> Vec<String> {
            found.candidates[..100].iter().map(|seen| seen.candidate.id.clone()).collect()
        };
        asked[0].rejected = shown(&found[0]).into_iter().collect();
        let found = locate_all(&mut session, &asked).await;
        assert_eq!(found[0].candidates[100].candidate.count, 2_800, "{kind}");
        assert!(shown(&found[0]).iter().all(|id| !asked[0].rejected.contains(id)), "{kind}");
        asked[1].accepted = shown(&found[0]).into_iter().collect();
        let found = locate_all(&mut session, &asked).await;
        assert_eq!(found[1].datasets[0].count, 100, "{kind}");
        assert_eq!(found[1].candidates[100].candidate.count, 2_800, "{kind}");
    }
}
