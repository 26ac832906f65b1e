//! One person with 70,002 rows, beside the same work by hand: by somebody who knows where everything is.

use std::{io::Write as _, path::Path, time::Instant};

use anyhow::ensure;
use futures::TryStreamExt as _;
use redress_contracts::v1::Kind;
use redress_tests::bench_shop as shop;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use crate::{
    product::{Product, Servers, Shape},
    table::Table,
};

/// Who it is.
const CUSTOMER: u32 = 10_001;

/// Where the rows are, as somebody knows who types statements, and which fields become empty; those that point first.
const TABLES: [(&str, &str, &[&str]); 7] = [
    ("login", "customer_id = 10001", &["ip", "user_agent"]),
    ("payment_card", "customer_id = 10001", &["ccn"]),
    ("service_request", "email = 'cust10001@example.com'", &["subject", "body"]),
    ("visit", "email = 'cust10001@example.com'", &["referrer"]),
    ("orders", "customer_id = 10001", &["note"]),
    ("customer", "id = 10001", &["name", "phone", "birth_date"]),
    ("address", "id = 12001", &["house", "street", "city", "zip"]),
];

/// What is done by hand.
#[derive(Clone, Copy)]
enum ByHand {
    /// Fields are made empty, or rows deleted: found, their keys written to a file, changed in one transaction, and
    /// looked for again by identity and by key.
    Delete { rows: bool },
    /// `\copy`.
    Copy,
}

pub(crate) async fn measure(servers: &Servers, rounds: u32, table: &mut Table) -> anyhow::Result<()> {
    for (what, kind, policy, by_hand) in [
        ("deletion by fields", Kind::Delete, shop::FIELDS, ByHand::Delete { rows: false }),
        ("deletion by rows", Kind::Delete, shop::WHOLE_ROWS, ByHand::Delete { rows: true }),
        ("export", Kind::Export, shop::FIELDS, ByHand::Copy),
    ] {
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..rounds {
            theirs.push(on_a_fresh_shop(servers, by_hand).await?);
            let product = Product::start(servers, Shape::Apart, policy).await?;
            ours.push(product.answer(kind, CUSTOMER..=CUSTOMER).await?.as_secs_f64());
        }
        let times: Vec<f64> = ours.iter().zip(&theirs).map(|(ours, theirs)| ours / theirs).collect();
        table.row(format!("70,002 rows, {what}: Redress"), "s", 2, &ours);
        table.row(format!("70,002 rows, {what}: by hand"), "s", 2, &theirs);
        table.row(format!("70,002 rows, {what}: times by hand"), "", 2, &times);
    }
    Ok(())
}

/// Seconds.
async fn on_a_fresh_shop(servers: &Servers, by_hand: ByHand) -> anyhow::Result<f64> {
    let mut shop = PgConnection::connect(&servers.fresh_shop().await?).await?;
    let folder = tempfile::tempdir()?;
    let begun = Instant::now();
    match by_hand {
        ByHand::Delete { rows } => delete(&mut shop, rows, folder.path()).await?,
        ByHand::Copy => {
            for (table, its, _) in TABLES {
                let select = format!("select * from {table} where {its}");
                copy(&mut shop, &select, &folder.path().join(table)).await?;
            }
        }
    }
    let took = begun.elapsed().as_secs_f64();
    shop.close().await?;
    Ok(took)
}

async fn delete(shop: &mut PgConnection, rows: bool, folder: &Path) -> anyhow::Result<()> {
    for (table, its, _) in TABLES {
        run(shop, format!("create temporary table kept_{table} as select id from {table} where {its}"))
            .await?;
        copy(shop, &format!("select id from kept_{table}"), &folder.join(table)).await?;
    }
    run(shop, "begin".to_owned()).await?;
    for (table, _, fields) in TABLES {
        let these = format!("where id in (select id from kept_{table})");
        let empty: Vec<String> = fields.iter().map(|field| format!("{field} = null")).collect();
        run(
            shop,
            match rows {
                true => format!("delete from {table} {these}"),
                false => format!("update {table} set {} {these}", empty.join(", ")),
            },
        )
        .await?;
    }
    run(shop, "commit".to_owned()).await?;
    for (table, its, fields) in TABLES {
        let filled: Vec<String> = fields.iter().map(|field| format!("{field} is not null")).collect();
        let left = if rows { "true".to_owned() } else { filled.join(" or ") };
        for these in [its.to_owned(), format!("id in (select id from kept_{table})")] {
            let sql = format!("select count(*) from {table} where ({left}) and {these}");
            let left: i64 = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut *shop).await?;
            ensure!(left == 0, "{left} rows of {table} are left");
        }
    }
    Ok(())
}

async fn run(shop: &mut PgConnection, sql: String) -> anyhow::Result<()> {
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(shop).await?;
    Ok(())
}

async fn copy(shop: &mut PgConnection, select: &str, to: &Path) -> anyhow::Result<()> {
    let mut file = std::io::BufWriter::new(std::fs::File::create(to)?);
    let mut rows = shop.copy_out_raw(&format!("copy ({select}) to stdout with (format csv, header)")).await?;
    while let Some(some) = rows.try_next().await? {
        file.write_all(&some)?;
    }
    file.into_inner()?.sync_all()?;
    Ok(())
}
