//! The shop that speed is measured on, with the right answers of the strongest peer.

use std::{fs, path::Path};

use redress_contracts::v1;
use redress_datamap::sql::{Carried, Catalog, carry_out, verify};
use redress_tests::bench_shop::{self as shop, ERASED, email};

use super::{by_email, company::Company, counts, located, order};

#[tokio::test(flavor = "multi_thread")]
async fn the_shop_gives_the_answers_that_the_peer_was_measured_with() {
    let company = Company::on("postgres").await;
    company.run(shop::SCHEMA).await;
    company.run(shop::ROWS).await;
    let layout = company.layout_of(shop::MAP, shop::FIELDS).await;
    let customers = [1, 2000, 2001, 10_000];
    let subjects: Vec<_> = customers.iter().map(|n| by_email(&email(*n))).collect();
    let (found, _) = located(&company, &layout, &subjects, v1::Kind::Access).await;
    for (n, found) in customers.iter().zip(&found) {
        let total: u64 = found.datasets.iter().map(|plan| plan.count).sum();
        assert_eq!(total, shop::rows_of(*n), "customer {n}: {:?}", found.findings);
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

/// Tables, columns and counts, with the large subject.
async fn shape(company: &Company) -> Vec<String> {
    let mut session = company.session().await;
    let catalog = Catalog::read(&mut session).await.unwrap();
    let mut shape = Vec::new();
    for table in &catalog.tables {
        let sql = format!("select count(*) from {}", table.name);
        let count = redress_datamap::sql::SqlSession::rows(&mut session, &sql, &[]);
        let count = futures::TryStreamExt::try_collect::<Vec<_>>(count).await.unwrap();
        let columns: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
        shape.push(format!("{} ({}): {:?}", table.name, columns.join(", "), count[0]));
    }
    shape.sort();
    shape
}

#[tokio::test(flavor = "multi_thread")]
async fn the_shop_is_as_large_as_what_the_peer_was_measured_on() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/bench");
    let read = ["01_schema.sql", "02_data.sql", "03_big_subject.sql"].map(|file| {
        let text = fs::read_to_string(folder.join(file)).ok()?;
        let bare = text.lines().map(|line| line.split("--").next().unwrap_or("").trim_end());
        Some(bare.fold(String::new(), |all, line| all + line + "\n"))
    });
    let [Some(schema), Some(rows), Some(large)] = read else {
        redress_tests::skip("../shared/bench is not here").unwrap();
        return;
    };
    let [ours, theirs] = [(); 2].map(|()| Company::on("postgres"));
    let (ours, theirs) = futures::join!(ours, theirs);
    for sql in [shop::SCHEMA, shop::ROWS, shop::LARGE] {
        ours.run(sql).await;
    }
    for sql in [&schema, &rows, &large] {
        theirs.run(sql).await;
    }
    assert_eq!(shape(&ours).await, shape(&theirs).await);
}
