//! The bench database of the strongest peer, with its right answers.

use std::{fs, path::Path};

use redress_contracts::v1;
use redress_datamap::sql::{Carried, carry_out, verify};

use super::{by_email, company::Company, counts, located, order};

/// What the peer was measured with: these fields become null, everything else stays.
const ERASED: [(&str, &[&str]); 7] = [
    ("address", &["house", "street", "city", "zip"]),
    ("customer", &["name", "phone", "birth_date"]),
    ("login", &["ip", "user_agent"]),
    ("orders", &["note"]),
    ("payment_card", &["ccn"]),
    ("service_request", &["subject", "body"]),
    ("visit", &["referrer"]),
];

const POLICY: &str = "
[[policy.rule]]
tenant = 'dublin'
category = 'user'
do = 'null'
[[policy.rule]]
tenant = 'dublin'
category = 'user.contact.email'
do = 'keep'
ground = 'measured so'
[[policy.rule]]
tenant = 'dublin'
category = 'user.contact.address.state'
do = 'keep'
ground = 'measured so'
[[policy.rule]]
tenant = 'dublin'
category = 'user.financial'
do = 'keep'
ground = 'measured so'
[[policy.rule]]
tenant = 'dublin'
category = 'user.financial.bank_account'
do = 'null'
[[policy.rule]]
tenant = 'dublin'
dataset = 'payment_card'
category = 'user'
do = 'keep'
ground = 'measured so'
[[policy.rule]]
tenant = 'dublin'
dataset = 'payment_card'
category = 'user.financial.bank_account'
do = 'null'
[[policy.rule]]
tenant = 'dublin'
dataset = 'login'
category = 'user.sensor'
do = 'keep'
ground = 'measured so'
";

#[tokio::test(flavor = "multi_thread")]
async fn the_peers_bench_gives_the_right_answers() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/bench");
    let bare = |text: String| {
        text.lines()
            .map(|line| line.split("--").next().unwrap_or("").trim_end())
            .fold(String::new(), |all, line| all + line + "\n")
    };
    let read = |name: &str| fs::read_to_string(folder.join(name));
    let (Ok(schema), Ok(data), Ok(map)) =
        (read("01_schema.sql"), read("02_data.sql"), read("dsrbench_dataset.yml"))
    else {
        redress_tests::skip("../shared/bench is not here").unwrap();
        return;
    };
    let company = Company::on("postgres").await;
    company.run(&bare(schema)).await;
    company.run(&bare(data)).await;
    let layout = company.layout_of(&map, POLICY).await;
    let customers = [1, 2000, 2001, 10_000];
    let subjects: Vec<_> = customers.iter().map(|n| by_email(&format!("cust{n:05}@example.com"))).collect();
    let (found, _) = located(&company, &layout, &subjects, v1::Kind::Access).await;
    for (n, found) in customers.iter().zip(&found) {
        let total: u64 = found.datasets.iter().map(|plan| plan.count).sum();
        assert_eq!(total, if *n <= 2000 { 11 } else { 10 }, "customer {n}: {:?}", found.findings);
        assert!(found.candidates.is_empty());
    }
    let (found, mut keys) = located(&company, &layout, &subjects, v1::Kind::Delete).await;
    for (dataset, erased) in ERASED {
        let plan = found[0].datasets.iter().find(|plan| plan.dataset == dataset).unwrap();
        let nulled = plan.fields.iter().filter(|field| field.treatment() == v1::Treatment::Null);
        assert_eq!(nulled.map(|field| field.field.as_str()).collect::<Vec<_>>(), erased, "{dataset}");
    }
    assert_eq!(counts(&found[0].datasets).values().sum::<u64>(), 11);
    let mut session = company.session().await;
    redress_datamap::sql::prepare(&mut session).await.unwrap();
    let tasks: Vec<String> = customers.iter().map(|n| format!("task-{n}")).collect();
    let orders: Vec<_> = (0..4).map(|i| order(&tasks[i], &subjects[i], &found[i])).collect();
    let carried = carry_out(&mut session, &layout, &orders, "2026-11-22T10:00:00Z").await.unwrap();
    assert_eq!(carried, [Carried::Done; 4]);
    let seen = verify(&mut company.session().await, &layout, &orders, &mut keys).await.unwrap();
    assert!(seen.iter().flatten().all(|seen| seen.remains == 0), "{seen:?}");
}
