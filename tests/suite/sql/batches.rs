//! What a batch costs the database, in rows that its plans read: every statement of a server of the test's own is
//! explained in the server's log.

use std::fs;

use redress_datamap::sql::{Subject, prepare};
use redress_tests::{
    bench_shop::{self as shop, email},
    servers::Postgres,
};
use serde_json::Value;

use super::{by_email, company::Company, deleted_and_seen};

const EXPLAINED: [&str; 4] = [
    "session_preload_libraries = 'auto_explain'",
    "auto_explain.log_min_duration = 0",
    "auto_explain.log_analyze = on",
    "auto_explain.log_format = json",
];

/// Rows that the statements read whose plans the server has logged since this many bytes; and the bytes by now.
fn rows_read(server: &Postgres, since: &mut usize) -> f64 {
    let log = fs::read_to_string(server.log()).unwrap();
    let new = &log[std::mem::replace(since, log.len())..];
    let plans = new.split("  plan:\n").skip(1).map(|plan| {
        let lines = plan.lines().take_while(|line| line.starts_with('\t'));
        serde_json::from_str::<Value>(&lines.collect::<String>()).unwrap()
    });
    let read: Vec<f64> = plans.map(|plan| read_by(&plan["Plan"])).collect();
    assert!(!read.is_empty(), "{new}");
    read.iter().sum()
}

/// Rows that a plan's node gave or left out, with those of the nodes under it.
fn read_by(node: &Value) -> f64 {
    let number = |name: &str| node[name].as_f64().unwrap_or_default();
    let rows =
        number("Actual Rows") + number("Rows Removed by Filter") + number("Rows Removed by Join Filter");
    let under = node["Plans"].as_array().into_iter().flatten().map(read_by);
    rows * number("Actual Loops") + under.sum::<f64>()
}

/// Plans are prepared when few rows are there; with many rows the same plan would compare each with each.
#[tokio::test(flavor = "multi_thread")]
async fn a_person_costs_no_more_in_a_batch_of_hundreds_than_in_one_of_eight() {
    let server = Postgres::start().await.unwrap();
    let company = Company::on_server(&server).await;
    company.run(shop::SCHEMA).await;
    company.run(shop::ROWS).await;
    let layout = company.layout_of(shop::MAP, shop::FIELDS).await;
    for setting in EXPLAINED {
        company.run(&format!("alter role all set {setting}")).await;
    }
    let mut session = company.session().await;
    prepare(&mut session).await.unwrap();

    let (mut since, mut customers, mut of_one) = (0, 1..=10_000, Vec::new());
    rows_read(&server, &mut since);
    for people in [8, 8, 8, 8, 8, 8, 8, 256, 8] {
        let asked: Vec<Subject> = customers.by_ref().take(people).map(|n| by_email(&email(n))).collect();
        deleted_and_seen(&mut session, &layout, &asked).await;
        of_one.push(rows_read(&server, &mut since) / people as f64);
    }
    let [.., few, many, again] = of_one[..] else { unreachable!() };
    assert!(many < 1.5 * few && again < 1.5 * few, "rows read for one person: {of_one:?}");
}
