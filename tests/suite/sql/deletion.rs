//! Exactly the plan is done: a diff of the whole database shows it, whatever people's rows look like.

use std::collections::{BTreeMap, BTreeSet};

use redress_contracts::v1;
use redress_datamap::sql::{Carried, Layout, Located, Seen, carry_out, prepare, verify};
use redress_tests::ambient::Dice;
use sha2::{Digest as _, Sha256};

use super::{
    KINDS, by_email,
    company::{Company, Rows, email},
    keys::Keys,
    located, order,
};

const DELETE_ALL: &str = "[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user'\ndo = 'delete'\n";

/// Invoices are kept for the tax office; so what they point to cannot go.
const KEEP_INVOICES: &str = "[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user'\ndo = 'delete'\n\
    [[policy.rule]]\ntenant = 'dublin'\ncategory = 'user.financial'\ndo = 'keep'\nground = 'tax law, 7 years'\n";

/// Every way to mask, on columns that are nullable, not null, unique, short and not text.
const MASK: &str = "[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user'\ndo = 'null'\n\
    [[policy.rule]]\ntenant = 'dublin'\ncategory = 'user.contact.email'\ndo = 'hash'\n\
    [[policy.rule]]\ntenant = 'dublin'\ncategory = 'user.name'\ndo = 'hmac'\n\
    [[policy.rule]]\ntenant = 'dublin'\ndataset = 'booking'\ncategory = 'user.content'\ndo = 'random'\n\
    [[policy.rule]]\ntenant = 'dublin'\ndataset = 'line'\ncategory = 'user.content'\ndo = 'string'\ntext = 'erased'\n";

const POLICIES: [&str; 3] = [DELETE_ALL, KEEP_INVOICES, MASK];

/// What became of the database, held against what the plan named.
fn check_diff(before: &Rows, after: &Rows, located: &Located, keys: &Keys, context: &str) {
    let mut gone: BTreeMap<&str, BTreeSet<Vec<String>>> = BTreeMap::new();
    for (table, key) in before.keys().filter(|key| !after.contains_key(*key)) {
        gone.entry(table).or_default().insert(key.clone());
    }
    assert!(after.keys().all(|key| before.contains_key(key)), "{context}: a row that was not there");
    let mut cascades: BTreeMap<(&str, bool), u64> = BTreeMap::new();
    for cascade in located.datasets.iter().flat_map(|plan| &plan.cascades) {
        *cascades.entry((&cascade.dataset, cascade.sets_null)).or_default() += cascade.count;
    }
    let empty = BTreeSet::new();
    for table in super::company::TABLE_NAMES {
        let kept = |fate: &str| keys.kept.get(&(0, format!("{table}.{fate}"))).cloned().unwrap_or_default();
        let planned: BTreeSet<Vec<String>> = kept("go").into_iter().collect();
        let gone = gone.get(table).unwrap_or(&empty);
        assert!(planned.is_subset(gone), "{context}: {table}: planned and still there");
        let besides = (gone.len() - planned.len()) as u64;
        assert_eq!(besides, *cascades.get(&(table, false)).unwrap_or(&0), "{context}: {table}: gone besides");
        let masked: BTreeSet<Vec<String>> = kept("mask").into_iter().chain(kept("blocked")).collect();
        let plan = located.datasets.iter().find(|plan| plan.dataset == table && !plan.fields.is_empty());
        let mut set_null = 0;
        for ((_, key), row) in after.iter().filter(|((name, _), _)| name == table) {
            let old = &before[&(table.to_owned(), key.clone())];
            for (column, value) in row {
                let old = &old[column];
                let treatment = plan.and_then(|plan| plan.fields.iter().find(|field| field.field == *column));
                let treatment = treatment.filter(|_| masked.contains(key)).map(v1::FieldPlan::treatment);
                match treatment {
                    Some(v1::Treatment::Null) => assert_eq!(*value, None, "{context}: {table}.{column}"),
                    Some(v1::Treatment::Keep) | None if value != old => {
                        assert_eq!(
                            (value, column.as_str()),
                            (&None, "person_id"),
                            "{context}: {table}.{column} changed"
                        );
                        set_null += 1;
                    }
                    Some(v1::Treatment::Keep) | None => {}
                    Some(_) => assert_ne!(value, old, "{context}: {table}.{column} is as it was"),
                }
            }
        }
        assert_eq!(set_null, *cascades.get(&(table, true)).unwrap_or(&0), "{context}: {table}: set to null");
    }
}

/// What is audited stays as it is, and every invoice with its total where the policy keeps them.
fn check_kept(before: &Rows, after: &Rows, invoices: bool, context: &str) {
    for ((table, key), row) in before {
        let after = after.get(&(table.clone(), key.clone()));
        match table.as_str() {
            "audit" => assert_eq!(after, Some(row), "{context}: audit {key:?}"),
            "invoice" if invoices => {
                assert_eq!(after.map(|row| &row["total"]), Some(&row["total"]), "{context}: invoice {key:?}");
            }
            _ => {}
        }
    }
}

/// Counts and digests of a plan are those of the keys it was made of.
fn check_digests(located: &Located, keys: &Keys) {
    for plan in &located.datasets {
        let Some((_, entry)) = plan.keys_reference.split_once('/') else { continue };
        let mut digest = Sha256::new();
        let kept = &keys.kept[&(0, entry.to_owned())];
        assert!(kept.is_sorted(), "{entry}");
        for part in kept.iter().flatten() {
            digest.update((part.len() as u64).to_be_bytes());
            digest.update(part.as_bytes());
        }
        assert_eq!(plan.keys.clone().unwrap().sha256, digest.finalize().to_vec(), "{entry}");
        assert_eq!(plan.count, kept.len() as u64);
    }
}

async fn carried(company: &Company, layout: &Layout, person: u64, located: &Located, task: &str) -> Carried {
    let (subject, mut session) = (by_email(&email(person)), company.session().await);
    let orders = [order(task, &subject, located)];
    carry_out(&mut session, layout, &orders, "2026-11-22T10:00:00Z").await.unwrap()[0]
}

async fn seen(
    company: &Company,
    layout: &Layout,
    person: u64,
    located: &Located,
    keys: &mut Keys,
) -> Vec<Seen> {
    let (subject, mut session) = (by_email(&email(person)), company.session().await);
    verify(&mut session, layout, &[order("t", &subject, located)], keys).await.unwrap().remove(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn after_each_deletion_a_diff_of_the_whole_database_is_exactly_the_plan() {
    let mut fates = BTreeSet::new();
    for kind in KINDS {
        for (p, policy) in POLICIES.into_iter().enumerate() {
            let company = Company::with_people(kind, &Dice::new(p as u64), 12).await;
            let layout = company.layout(policy).await;
            for person in 1..=12 {
                let context = format!("{kind}, policy {p}, person {person}");
                let before = company.rows().await;
                let (found, mut keys) =
                    located(&company, &layout, &[by_email(&email(person))], v1::Kind::Delete).await;
                let found = &found[0];
                assert_eq!(company.rows().await, before, "{context}: looking changes nothing");
                check_digests(found, &keys);
                let task = format!("task-{person}");
                assert_eq!(
                    carried(&company, &layout, person, found, &task).await,
                    Carried::Done,
                    "{context}"
                );
                let after = company.rows().await;
                check_diff(&before, &after, found, &keys, &context);
                check_kept(&before, &after, policy == KEEP_INVOICES, &context);
                fates.extend(keys.kept.keys().map(|(_, entry)| entry.clone()));
                let cascades = found.datasets.iter().flat_map(|plan| &plan.cascades);
                fates.extend(cascades.map(|cascade| format!("{}.cascade", cascade.dataset)));
                let seen = seen(&company, &layout, person, found, &mut keys).await;
                assert!(seen.iter().all(|seen| seen.remains == 0), "{context}: {seen:?}");
                let again = carried(&company, &layout, person, found, &task).await;
                assert_eq!((again, company.rows().await), (Carried::Again, after), "{context}: twice");
            }
        }
    }
    for entry in [
        "person.go",
        "person.blocked",
        "person.mask",
        "booking.blocked",
        "invoice.go",
        "line_note.go",
        "gift.cascade",
        "review.cascade",
    ] {
        assert!(fates.contains(entry), "{entry} never came to pass: {fates:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn people_deleted_together_are_deleted_as_they_are_one_by_one() {
    for kind in KINDS {
        let company = Company::with_people(kind, &Dice::new(9), 10).await;
        let layout = company.layout(DELETE_ALL).await;
        let before = company.rows().await;
        let subjects: Vec<_> = (1..=10).map(|person| by_email(&email(person))).collect();
        let (together, _) = located(&company, &layout, &subjects, v1::Kind::Delete).await;
        for (subject, found) in subjects.iter().zip(&together) {
            let (alone, _) =
                located(&company, &layout, std::slice::from_ref(subject), v1::Kind::Delete).await;
            let bare = |found: &Located| {
                let mut datasets = found.datasets.clone();
                datasets.iter_mut().for_each(|plan| plan.keys_reference.clear());
                (found.findings.clone(), datasets, found.candidates.clone(), found.identifiers.clone())
            };
            assert_eq!(bare(&alone[0]), bare(found), "{kind}");
        }
        let tasks: Vec<String> = (0..10).map(|i| format!("task-{i}")).collect();
        // One of them is not what was approved any more.
        let mut stale = together.clone();
        stale[3].datasets[0].count += 1;
        let orders: Vec<_> = (0..10).map(|i| order(&tasks[i], &subjects[i], &stale[i])).collect();
        let mut session = company.session().await;
        let carried = carry_out(&mut session, &layout, &orders, "2026-11-22T10:00:00Z").await.unwrap();
        for (i, carried) in carried.iter().enumerate() {
            let expected = if i == 3 { Carried::Changed } else { Carried::Done };
            assert_eq!(*carried, expected, "{kind} {i}");
        }
        let after = company.rows().await;
        let planned = |dataset: &str| -> u64 {
            let of = |found: &Located| {
                let plans = found
                    .datasets
                    .iter()
                    .filter(|p| p.dataset == dataset && p.treatment() == v1::Treatment::Delete);
                plans.map(|plan| plan.count).sum::<u64>()
            };
            together.iter().enumerate().filter(|(i, _)| *i != 3).map(|(_, found)| of(found)).sum()
        };
        for table in ["booking", "visit"] {
            let count = |rows: &Rows| rows.keys().filter(|(name, _)| name == table).count() as u64;
            assert_eq!(count(&before) - count(&after), planned(table), "{kind} {table}");
        }
        assert_eq!(
            before[&("visit".to_owned(), vec!["4".to_owned()])],
            after[&("visit".to_owned(), vec!["4".to_owned()])]
        );
    }
}

/// A request's plan that had its effect is known by whatever task brings it again; by a table of before, by none.
#[tokio::test(flavor = "multi_thread")]
async fn the_same_plan_under_another_task_is_looked_at_again() {
    for kind in KINDS {
        let company = Company::with_people(kind, &Dice::new(3), 6).await;
        let layout = company.layout(DELETE_ALL).await;
        let (found, mut keys) = located(&company, &layout, &[by_email(&email(2))], v1::Kind::Delete).await;
        let (other, _) = located(&company, &layout, &[by_email(&email(3))], v1::Kind::Delete).await;
        assert_eq!(carried(&company, &layout, 2, &found[0], "first").await, Carried::Done, "{kind}");
        let after = company.rows().await;
        assert_eq!(carried(&company, &layout, 2, &found[0], "second").await, Carried::Again, "{kind}");
        assert_eq!(carried(&company, &layout, 2, &other[0], "third").await, Carried::Changed, "{kind}");
        assert_eq!(company.rows().await, after, "{kind}");
        let seen = seen(&company, &layout, 2, &found[0], &mut keys).await;
        assert!(seen.iter().all(|seen| seen.remains == 0), "{kind}: {seen:?}");

        company.run("drop index redress_effect_request;\nalter table redress_effect drop column plan").await;
        let before = company.layout(DELETE_ALL).await;
        assert_eq!(carried(&company, &before, 2, &found[0], "first").await, Carried::Again, "{kind}");
        assert_eq!(carried(&company, &before, 2, &found[0], "second").await, Carried::Changed, "{kind}");
        let (found, _) = located(&company, &before, &[by_email(&email(3))], v1::Kind::Delete).await;
        assert_eq!(carried(&company, &before, 3, &found[0], "fourth").await, Carried::Done, "{kind}");
        let mut session = company.session().await;
        prepare(&mut session).await.unwrap();
        let now = company.layout(DELETE_ALL).await;
        assert_eq!(carried(&company, &now, 3, &found[0], "fourth").await, Carried::Again, "{kind}");
    }
}

/// A key that the database does not compare as it was given (SQLite: bytes in a key) must not pass for done.
#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_its_key_does_not_reach_is_changed_or_told() {
    const MAP: &str = "dataset:\n  - fides_key: c\n    collections:\n      - name: visit\n        fields:\n          \
        - {name: id, fides_meta: {primary_key: true}}\n          \
        - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}}\n          \
        - {name: what, data_categories: [user.content]}\n";
    const POLICY: &str = "[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user.content'\ndo = 'null'\n";
    for kind in KINDS {
        let company = Company::on(kind).await;
        let (bytes, key) = if kind == "sqlite" { ("blob", "x'0102'") } else { ("bytea", "'\\x0102'") };
        company.run(&format!("create table visit (id {bytes} primary key, email text, what text)")).await;
        company.run(&format!("insert into visit values ({key}, 'person1@example.com', 'tea')")).await;
        let mut session = company.session().await;
        prepare(&mut session).await.unwrap();
        let layout = company.layout_of(MAP, POLICY).await;
        let (found, _) = located(&company, &layout, &[by_email(&email(1))], v1::Kind::Delete).await;
        let (subject, at) = (by_email(&email(1)), "2026-11-22T10:00:00Z");
        let carried = carry_out(&mut session, &layout, &[order("t", &subject, &found[0])], at).await;
        let kept = company.rows().await.values().filter(|row| row["what"].is_some()).count();
        assert_eq!(kept == 1, carried.is_err(), "{kind}: {carried:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_that_is_not_what_is_there_changes_nothing() {
    let insert = "insert into visit values (9, 'PERSON2@example.com', '2026-11-22 11:00:00')";
    let delete = "delete from visit where id = 2";
    // The last dataset of the plan.
    let last = "delete from audit where id = 2";
    for kind in KINDS {
        // One row more, another in its place, a dataset that was not there, one that is not there any more.
        for (first, then) in [
            ("", insert.to_owned()),
            ("", format!("{delete};\n{insert}")),
            (delete, insert.to_owned()),
            ("", delete.to_owned()),
            (last, "insert into audit values (9, 'person2@example.com')".to_owned()),
            ("", last.to_owned()),
        ] {
            let company = Company::with_people(kind, &Dice::new(3), 6).await;
            let layout = company.layout(DELETE_ALL).await;
            company.run(first).await;
            let (found, _) = located(&company, &layout, &[by_email(&email(2))], v1::Kind::Delete).await;
            company.run(&then).await;
            let before = company.rows().await;
            assert_eq!(
                carried(&company, &layout, 2, &found[0], "late").await,
                Carried::Changed,
                "{kind} {then}"
            );
            assert_eq!(company.rows().await, before, "{kind} {then}");
        }
    }
}

/// What was deleted comes back at once, with these values: only looking again shows it.
fn brought_back(kind: &str, table: &str, values: &str) -> String {
    let insert = format!("insert into {table} values ({values})");
    match kind {
        "postgres" => format!(
            "create function back() returns trigger language plpgsql as 'begin {insert}; return null; end';\n\
             create trigger back after delete on {table} for each row execute function back()"
        ),
        _ => format!("create trigger back after delete on {table} begin {insert}; end"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_remains_is_seen_by_identity() {
    for kind in KINDS {
        let company = Company::with_people(kind, &Dice::new(4), 8).await;
        let layout = company.layout(DELETE_ALL).await;
        company.run(&brought_back(kind, "visit", "old.id + 1000, old.email, old.at")).await;
        for person in 1..=8 {
            let (found, mut keys) =
                located(&company, &layout, &[by_email(&email(person))], v1::Kind::Delete).await;
            let task = format!("task-{person}");
            assert_eq!(carried(&company, &layout, person, &found[0], &task).await, Carried::Done);
            let seen = seen(&company, &layout, person, &found[0], &mut keys).await;
            for seen in &seen {
                assert_eq!(seen.remains, u64::from(seen.dataset == "visit"), "{kind} {person}: {seen:?}");
            }
            assert!(seen.iter().any(|seen| seen.remains == 1), "{kind} {person}: {seen:?}");
        }
    }
}

/// A note is found through its person. When the person is gone nothing leads to it: only its key does.
#[tokio::test(flavor = "multi_thread")]
async fn what_remains_and_nothing_leads_to_is_seen_by_its_key() {
    let map = "
dataset:
  - fides_key: company
    collections:
      - name: member
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}}
      - name: note
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: member_id, fides_meta: {references: [{dataset: company, field: member.id, direction: from}]}}
          - {name: text, data_categories: [user.content]}
";
    for kind in KINDS {
        for (back, remains) in [(false, 0), (true, 2)] {
            let company = Company::on(kind).await;
            redress_datamap::sql::prepare(&mut company.session().await).await.unwrap();
            company
                .run(&format!(
                    "create table member (id integer primary key, email text);\n\
                     create table note (id integer primary key, member_id integer, text text);\n\
                     insert into member values (1, '{}'), (2, 'other@example.com');\n\
                     insert into note values (1, 1, 'a'), (2, 1, 'b'), (3, 2, 'c')",
                    email(1)
                ))
                .await;
            if back {
                company.run(&brought_back(kind, "note", "old.id, old.member_id, old.text")).await;
            }
            let layout = company.layout_of(map, DELETE_ALL).await;
            let (found, mut keys) =
                located(&company, &layout, &[by_email(&email(1))], v1::Kind::Delete).await;
            assert_eq!(carried(&company, &layout, 1, &found[0], "task").await, Carried::Done, "{kind}");
            let again = located(&company, &layout, &[by_email(&email(1))], v1::Kind::Delete).await.0;
            assert!(again[0].datasets.is_empty(), "{kind}: identity leads nowhere any more");
            let seen = seen(&company, &layout, 1, &found[0], &mut keys).await;
            let of = |dataset: &str| seen.iter().find(|seen| seen.dataset == dataset).unwrap().remains;
            assert_eq!((of("member"), of("note")), (0, remains), "{kind}");
        }
    }
}

/// Two requests of one person, with a secret each: the rows are masked once, for the first of them.
#[tokio::test(flavor = "multi_thread")]
async fn rows_that_two_requests_mask_are_right_for_both() {
    for kind in KINDS {
        let company = Company::with_people(kind, &Dice::new(6), 6).await;
        let layout = company.layout(MASK).await;
        let mut subjects = [by_email(&email(2)), by_email(&email(2)), by_email(&email(3))];
        subjects[1].secret = [8; 32];
        let (found, mut keys) = located(&company, &layout, &subjects, v1::Kind::Delete).await;
        let orders = ["a", "b", "c"].iter().zip(subjects.iter().zip(&found));
        let orders: Vec<_> = orders.map(|(task, (subject, found))| order(task, subject, found)).collect();
        let mut session = company.session().await;
        let carried = carry_out(&mut session, &layout, &orders, "2026-11-22T10:00:00Z").await.unwrap();
        assert_eq!(carried, [Carried::Done; 3], "{kind}");
        let mut remains = async |change: &str| -> Vec<u64> {
            company.run(change).await;
            let mut session = company.session().await;
            let seen = verify(&mut session, &layout, &orders, &mut keys).await.unwrap();
            seen.iter().map(|seen| seen.iter().map(|seen| seen.remains).sum()).collect()
        };
        assert_eq!(remains("").await, [0, 0, 0], "{kind}");
        assert_eq!(remains("update person set name = 'Name 2' where id = 2").await, [1, 1, 0], "{kind}");
        // A mask is one of this row, not any that somebody has.
        let another = "update person set name = (select name from person where id = 3) where id = 2";
        assert_eq!(remains(another).await, [1, 1, 0], "{kind}");
    }
}

/// More rows than one statement takes, that point to one another and can be neither emptied nor checked later.
#[tokio::test(flavor = "multi_thread")]
async fn rows_of_one_table_that_need_one_another_go_together() {
    let map = "
dataset:
  - fides_key: company
    collections:
      - name: thread
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}}
";
    for kind in KINDS {
        let company = Company::on(kind).await;
        redress_datamap::sql::prepare(&mut company.session().await).await.unwrap();
        company
            .run(&format!(
                "create table thread (id integer primary key, email text, first integer not null references thread (id));\n\
                 create index by_first on thread (first);\n\
                 insert into thread with recursive n(i) as (select 1 union all select i + 1 from n where i < 10050) \
                 select i, '{}', case when i <= 50 then 10051 - i else 1 end from n",
                email(1)
            ))
            .await;
        let layout = company.layout_of(map, DELETE_ALL).await;
        let (found, mut keys) = located(&company, &layout, &[by_email(&email(1))], v1::Kind::Delete).await;
        assert_eq!(found[0].datasets[0].count, 10_050, "{kind}");
        assert_eq!(carried(&company, &layout, 1, &found[0], "task").await, Carried::Done, "{kind}");
        let seen = seen(&company, &layout, 1, &found[0], &mut keys).await;
        assert!(seen.iter().all(|seen| seen.remains == 0), "{kind}: {seen:?}");
    }
}

/// A field that was to be masked and was not, where identity does not lead to its row any more.
#[tokio::test(flavor = "multi_thread")]
async fn a_mask_that_did_not_hold_is_seen() {
    for kind in KINDS {
        let company = Company::with_people(kind, &Dice::new(5), 6).await;
        let layout = company.layout(MASK).await;
        let (found, mut keys) = located(&company, &layout, &[by_email(&email(2))], v1::Kind::Delete).await;
        assert_eq!(carried(&company, &layout, 2, &found[0], "mask").await, Carried::Done);
        for (change, expected) in [
            ("update person set phone = '+353 1 555 0101' where id = 2", 1),
            ("update person set phone = null, name = 'Name 2' where id = 2", 1),
            ("update person set name = 'x', email = 'back@example.com' where id = 2", 1),
        ] {
            company.run(change).await;
            let seen = seen(&company, &layout, 2, &found[0], &mut keys).await;
            let remains = seen.iter().find(|seen| seen.dataset == "person").unwrap().remains;
            assert_eq!(remains, expected, "{kind}: {change}");
        }
    }
}
