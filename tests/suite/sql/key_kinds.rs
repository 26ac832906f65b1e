//! Rows are found again by their keys, whatever the keys are.

use std::collections::BTreeSet;

use futures::TryStreamExt as _;
use redress_contracts::v1;
use redress_datamap::sql::{Carried, Layout, SqlSession as _, Subject, carry_out, prepare, verify};
use redress_domain::IdentifierKind;

use super::{KINDS, Keys, by_email, company::Company, located, order, subject};

const MASK: &str = "[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user.name'\ndo = 'hmac'\n";
const DELETE: &str = "[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user'\ndo = 'delete'\n";
const MAP: &str = "
dataset:
  - fides_key: company
    collections:
      - name: thing
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: part, fides_meta: {primary_key: true}}
          - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}}
          - {name: phone, data_categories: [user.contact.phone_number], fides_meta: {identity: phone_number}}
          - {name: name, data_categories: [user.name]}
";

/// A key's type, then two values that are not the same key.
type Case = (&'static str, &'static str, &'static str);

const POSTGRES: [Case; 25] = [
    ("smallint", "1", "2"),
    ("bigint", "9223372036854775807", "-9223372036854775808"),
    ("numeric", "1.10", "1.1000000000000000001"),
    ("numeric(6,2)", "1.10", "1.11"),
    ("real", "0.1", "0.2"),
    ("double precision", "0.1::float8 + 0.2", "0.3"),
    ("text", "''", "' '"),
    ("text", "'x:00'", "E'a\\n\"b'''"),
    ("varchar(3)", "'abc'", "'abd'"),
    ("char(5)", "'abc'", "'abd'"),
    ("char", "'a'", "'b'"),
    ("\"char\"", "'a'", "'b'"),
    ("bpchar", "'abc'", "'abd'"),
    ("bit(3)", "B'101'", "B'100'"),
    ("bit", "B'1'", "B'0'"),
    ("bit varying(8)", "B'1'", "B'10'"),
    ("bytea", "'\\x00ff'", "'\\x00fe'"),
    ("uuid", "'6F9619FF-8B86-D011-B42D-00C04FC964FF'", "'6F9619FF-8B86-D011-B42D-00C04FC964FE'"),
    ("date", "'0044-03-15 BC'", "'2026-02-28'"),
    ("timestamptz", "'2026-02-28 10:11:12.123456+02'", "'2026-02-28 10:11:12.123457+02'"),
    ("interval", "'1 day 2 hours'", "'1 day 3 hours'"),
    ("boolean", "true", "false"),
    ("inet", "'10.0.0.1/8'", "'10.0.0.2/8'"),
    ("mood", "'glad'", "'sad'"),
    ("code", "'abc'", "'abd'"),
];

const SQLITE: [Case; 19] = [
    ("integer", "1", "2"),
    ("integer", "9223372036854775807", "-9223372036854775808"),
    ("integer", "'a text'", "x'01'"),
    ("integer", "1.5", "1.25"),
    ("bigint", "1", "'x:01'"),
    ("text", "'1'", "'01'"),
    ("text", "x'31'", "'1'"),
    ("text", "'x:31'", "x'31'"),
    ("text", "'t:x'", "'x'"),
    ("varchar(3)", "'abcdef'", "'abcdeg'"),
    ("blob", "x'00ff'", "x''"),
    ("blob", "1", "'1'"),
    ("", "1", "'1'"),
    ("", "0.1 + 0.2", "0.3"),
    ("", "'i:1'", "1"),
    ("uuid", "x'6f9619ff8b86d011b42d00c04fc964ff'", "'6f9619ff-8b86-d011-b42d-00c04fc964ff'"),
    ("real", "1", "0.1"),
    ("any", "'a'", "2"),
    ("datetime", "'2026-02-28 10:11:12'", "1772273472"),
];

async fn things(kind: &str, (key_type, own, other): Case) -> Company {
    let company = Company::on(kind).await;
    if kind == "postgres" {
        company.run("create type mood as enum ('glad', 'sad');\ncreate domain code as char(4);\n").await;
    }
    company
        .run(&format!(
            "create table thing (id {key_type} not null, part integer not null, email text, phone text, name text, \
             primary key (id, part));\n\
             insert into thing values ({own}, 1, 'ada@example.com', '+35315550100', 'Ada');\n\
             insert into thing values ({own}, 2, 'eve@example.com', '+35315550101', 'Eve');\n\
             insert into thing values ({other}, 1, 'ben@example.com', '+35315550100', 'Ben')"
        ))
        .await;
    prepare(&mut company.session().await).await.unwrap();
    company
}

/// Who is there and what they are called, by address.
async fn there(company: &Company) -> Vec<(String, String)> {
    let mut session = company.session().await;
    let sql = "select email, name from thing order by email";
    let rows: Vec<_> = session.rows(sql, &[]).try_collect().await.unwrap();
    let text = |row: &[redress_datamap::sql::Cell], i: usize| row[i].text().unwrap().to_owned();
    rows.iter().map(|row| (text(row, 0), text(row, 1))).collect()
}

async fn deleted(company: &Company, layout: &Layout, asked: &Subject, task: &str) -> (v1::DatasetPlan, Keys) {
    let (found, keys) = located(company, layout, std::slice::from_ref(asked), v1::Kind::Delete).await;
    let mut session = company.session().await;
    let orders = [order(task, asked, &found[0])];
    let carried = carry_out(&mut session, layout, &orders, "2026-11-22T10:00:00Z").await.unwrap();
    assert_eq!(carried, [Carried::Done]);
    (found[0].datasets[0].clone(), keys)
}

async fn remains(company: &Company, layout: &Layout, plan: &v1::DatasetPlan, keys: &Keys) -> u64 {
    // By the keys alone: nobody has this address.
    let orders = [redress_datamap::sql::Order {
        task: "t",
        request: "r",
        subject: by_email("nobody@example.com"),
        datasets: std::slice::from_ref(plan),
    }];
    let seen = verify(&mut company.session().await, layout, &orders, &mut keys.clone()).await.unwrap();
    seen[0].iter().map(|seen| seen.remains).sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_key_is_masked_deleted_verified_and_shown() {
    for kind in KINDS {
        for case in if kind == "postgres" { POSTGRES.to_vec() } else { SQLITE.to_vec() } {
            let context = format!("{kind} {case:?}");
            let (company, people) = (things(kind, case).await, ["ada", "ben", "eve"]);
            let (mask, delete) = (company.layout_of(MAP, MASK).await, company.layout_of(MAP, DELETE).await);
            // Whoever shares the phone is shown, with their own row, and found once accepted.
            let mut asked = subject(&[(IdentifierKind::Phone, "+353 1 555 0100")]);
            let (found, _) = located(&company, &delete, &[asked.clone()], v1::Kind::Delete).await;
            let names: BTreeSet<String> = found[0].candidates.iter().map(|seen| seen.row.clone()).collect();
            assert!(names.len() == 2 && names.iter().all(|row| !row.contains("Eve")), "{context}: {names:?}");
            let of_ben = found[0].candidates.iter().find(|seen| seen.row.contains("Ben")).unwrap();
            asked.accepted = BTreeSet::from([of_ben.candidate.id.clone()]);
            let (found, _) = located(&company, &delete, &[asked], v1::Kind::Delete).await;
            let rows = found[0].candidates.iter().filter(|seen| seen.identifier.is_none()).count();
            assert_eq!((rows, found[0].datasets[0].count), (1, 1), "{context}");

            let before = there(&company).await;
            let (plan, keys) = deleted(&company, &mask, &by_email("ada@example.com"), "mask").await;
            let after = there(&company).await;
            assert!(after[0].1.len() == 64 && after[1..] == before[1..], "{context}: {after:?}");
            assert_eq!(remains(&company, &mask, &plan, &keys).await, 0, "{context}");
            company.run("update thing set name = 'Ada' where email = 'ada@example.com'").await;
            assert_eq!(remains(&company, &mask, &plan, &keys).await, 1, "{context}");

            let (plan, keys) = deleted(&company, &delete, &by_email("ada@example.com"), "delete").await;
            assert_eq!(remains(&company, &delete, &plan, &keys).await, 0, "{context}");
            let left: Vec<String> = there(&company).await.into_iter().map(|(email, _)| email).collect();
            assert_eq!(
                left,
                people[1..].iter().map(|p| format!("{p}@example.com")).collect::<Vec<_>>(),
                "{context}"
            );
            company.run(&format!("insert into thing values ({}, 1, null, null, 'again')", case.1)).await;
            assert_eq!(remains(&company, &delete, &plan, &keys).await, 1, "{context}");
        }
    }
}
