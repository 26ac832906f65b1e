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
                fates.extend(keys.kept.keys().map(|(_, entry)| entry.clone()));
                let seen = seen(&company, &layout, person, found, &mut keys).await;
                assert!(seen.iter().all(|seen| seen.remains == 0), "{context}: {seen:?}");
                let again = carried(&company, &layout, person, found, &task).await;
                assert_eq!((again, company.rows().await), (Carried::Again, after), "{context}: twice");
            }
        }
    }
    for entry in
        ["person.go", "person.blocked", "person.mask", "booking.blocked", "invoice.go", "line_note.go"]
    {
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
    for kind in KINDS {
        let company = Company::with_people(kind, &Dice::new(3), 6).await;
        let layout = company.layout(DELETE_ALL).await;
        let (found, _) = located(&company, &layout, &[by_email(&email(2))], v1::Kind::Delete).await;
        company.run("insert into visit values (99, 'PERSON2@example.com', '2026-11-22 11:00:00')").await;
        let before = company.rows().await;
        assert_eq!(carried(&company, &layout, 2, &found[0], "late").await, Carried::Changed, "{kind}");
        assert_eq!(company.rows().await, before, "{kind}");
    }
}

/// The database silently keeps what it was told to delete: only looking again shows it.
#[tokio::test(flavor = "multi_thread")]
async fn what_remains_is_seen_by_identity_and_by_keys() {
    for kind in KINDS {
        for table in ["visit", "line_note"] {
            let company = Company::with_people(kind, &Dice::new(4), 8).await;
            let layout = company.layout(DELETE_ALL).await;
            let disable = match kind {
                "postgres" => format!(
                    "create function keep() returns trigger language plpgsql as 'begin return null; end';\n\
                     create trigger keep before delete on {table} for each row execute function keep()"
                ),
                _ => format!("create trigger keep before delete on {table} begin select raise(ignore); end"),
            };
            company.run(&disable).await;
            let mut remained = 0;
            for person in 1..=8 {
                let (found, mut keys) =
                    located(&company, &layout, &[by_email(&email(person))], v1::Kind::Delete).await;
                let planned =
                    found[0].datasets.iter().find(|p| p.dataset == table).map_or(0, |plan| plan.count);
                // A line cannot go while its notes stay: then nothing goes, and that is told.
                let (subject, mut session) = (by_email(&email(person)), company.session().await);
                let orders = [order("t", &subject, &found[0])];
                if carry_out(&mut session, &layout, &orders, "2026-11-22T10:00:00Z").await.is_err() {
                    assert_eq!(table, "line_note");
                    continue;
                }
                let seen = seen(&company, &layout, person, &found[0], &mut keys).await;
                let remains: u64 =
                    seen.iter().filter(|seen| seen.dataset == table).map(|seen| seen.remains).sum();
                assert_eq!(remains, planned, "{kind} {table} {person}");
                let others: u64 =
                    seen.iter().filter(|seen| seen.dataset != table).map(|seen| seen.remains).sum();
                assert_eq!(others, 0, "{kind} {table} {person}: {seen:?}");
                remained += remains;
                company.run("delete from redress_effect").await;
            }
            assert!(table == "line_note" || remained > 0, "{kind} {table}");
        }
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
