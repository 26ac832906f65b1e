//! Whether a request costs more where many were answered before.

use redress_contracts::v1::Kind;
use redress_tests::bench_shop as shop;
use sqlx::{AssertSqlSafe, PgPool};

use crate::{
    product::{Product, Servers, Shape},
    table::{Table, median},
};

/// Requests that are answered, so that there is something to multiply.
const FEW: u32 = 1_000;
/// How often they are there then.
const TIMES: u32 = 200;
/// Deletions of a round.
const REQUESTS: u32 = 500;

/// What is left of a request once it was forgotten: its states, its place in the ledger, whom it was about, its key.
/// Each copy is of a request of its own.
const MULTIPLY: [&str; 4] = [
    "insert into state (service, request, tenant, version, format, status, due_at, body, early, closed_at, forgotten)
     select service, md5(request || n)::uuid::text, tenant, version, format, status, due_at, body, early, closed_at, 1
     from state cross join generate_series(2, $1) n",
    "insert into keyring (tenant, name, period, wrapped)
     select tenant, md5(name || n)::uuid::text, period, wrapped from keyring cross join generate_series(2, $1) n",
    "insert into subject_index (tenant, blind, request)
     select tenant, sha256(blind || n::text::bytea), md5(request || n)::uuid::text
     from subject_index cross join generate_series(2, $1) n",
    "with old as (select * from ledger), head as (select tenant, size from ledger_head)
     insert into ledger (tenant, idx, request, sender, sequence, event, at_us, body, leaf)
     select tenant, size * (n - 1) + idx, md5(request || n)::uuid::text, sender, sequence, event, at_us, body, leaf
     from old join head using (tenant) cross join generate_series(2, $1) n",
];

pub(crate) async fn measure(servers: &Servers, rounds: u32, table: &mut Table) -> anyhow::Result<()> {
    let few = Product::start(servers, Shape::Apart, shop::FIELDS).await?;
    few.answer(Kind::Delete, 1..=FEW).await?;
    let many = Product::start(servers, Shape::Apart, shop::FIELDS).await?;
    many.answer(Kind::Delete, 1..=FEW).await?;
    many.until_quiet().await?;
    multiply(many.store_url()).await?;
    let (mut with_few, mut with_many) = (Vec::new(), Vec::new());
    for round in 0..rounds {
        let first = FEW + round * REQUESTS + 1;
        let customers = first..=first + REQUESTS - 1;
        for (product, rates) in [(&few, &mut with_few), (&many, &mut with_many)] {
            let took = product.answer(Kind::Delete, customers.clone()).await?;
            rates.push(f64::from(REQUESTS) / took.as_secs_f64());
        }
    }
    let closed = many.eyes.number("select count(*) from state where service = 'intake'").await?;
    table.row("deletions, with 1,000 closed requests in the store", "requests/s", 0, &with_few);
    table.row(format!("deletions, with {closed} closed requests in it"), "requests/s", 0, &with_many);
    table.row("cost of the one beside the other", "", 2, &[median(&with_few) / median(&with_many)]);
    Ok(())
}

async fn multiply(store: &str) -> anyhow::Result<()> {
    let pool = PgPool::connect(store).await?;
    for sql in MULTIPLY {
        let times = i32::try_from(TIMES)?;
        sqlx::query(AssertSqlSafe(sql.to_owned())).bind(times).execute(&pool).await?;
    }
    let head =
        "update ledger_head set size = (select count(*) from ledger l where l.tenant = ledger_head.tenant)";
    sqlx::raw_sql(head).execute(&pool).await?;
    sqlx::raw_sql("vacuum analyze").execute(&pool).await?;
    pool.close().await;
    Ok(())
}
