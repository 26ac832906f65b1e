//! One person with 70,002 rows, beside the same statements by hand.

use std::time::Instant;

use futures::TryStreamExt as _;
use redress_contracts::v1::Kind;
use redress_tests::bench_shop as shop;
use sqlx::{PgPool, postgres::PgPoolCopyExt as _};
use tokio::io::AsyncWriteExt as _;

use crate::{
    product::{Product, Servers, Shape},
    table::Table,
};

/// Who it is.
const CUSTOMER: u32 = 10_001;

/// What somebody would type who knew where everything is.
const FIELDS_BY_HAND: &str = "
begin;
update address set house = null, street = null, city = null, zip = null
  where id in (select address_id from customer where id = 10001
               union select shipping_address_id from orders where customer_id = 10001);
update orders set note = null where customer_id = 10001;
update payment_card set ccn = null where customer_id = 10001;
update login set ip = null, user_agent = null where customer_id = 10001;
update service_request set subject = null, body = null where email = 'cust10001@example.com';
update visit set referrer = null where email = 'cust10001@example.com';
update customer set name = null, phone = null, birth_date = null where id = 10001;
commit";
const ROWS_BY_HAND: &str = "
begin;
delete from login where customer_id = 10001;
delete from payment_card where customer_id = 10001;
delete from service_request where email = 'cust10001@example.com';
delete from visit where email = 'cust10001@example.com';
delete from orders where customer_id = 10001;
delete from customer where id = 10001;
delete from address where id = 12001;
commit";
const COPIED_BY_HAND: [&str; 7] = [
    "select * from address where id = 12001",
    "select * from customer where id = 10001",
    "select * from orders where customer_id = 10001",
    "select * from payment_card where customer_id = 10001",
    "select * from login where customer_id = 10001",
    "select * from service_request where email = 'cust10001@example.com'",
    "select * from visit where email = 'cust10001@example.com'",
];

pub(crate) async fn measure(servers: &Servers, rounds: u32, table: &mut Table) -> anyhow::Result<()> {
    for (what, kind, policy, by_hand) in [
        ("deletion by fields", Kind::Delete, shop::FIELDS, Some(FIELDS_BY_HAND)),
        ("deletion by rows", Kind::Delete, shop::WHOLE_ROWS, Some(ROWS_BY_HAND)),
        ("export", Kind::Export, shop::FIELDS, None),
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
async fn on_a_fresh_shop(servers: &Servers, sql: Option<&str>) -> anyhow::Result<f64> {
    let pool = PgPool::connect(&servers.fresh_shop().await?).await?;
    let begun = Instant::now();
    match sql {
        Some(sql) => {
            sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(&pool).await?;
        }
        None => copy(&pool).await?,
    }
    let took = begun.elapsed().as_secs_f64();
    pool.close().await;
    Ok(took)
}

/// What `\copy … to` does for each table.
async fn copy(pool: &PgPool) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    for (i, select) in COPIED_BY_HAND.iter().enumerate() {
        let mut file = tokio::fs::File::create(folder.path().join(i.to_string())).await?;
        let mut rows =
            pool.copy_out_raw(&format!("copy ({select}) to stdout with (format csv, header)")).await?;
        while let Some(some) = rows.try_next().await? {
            file.write_all(&some).await?;
        }
        file.sync_all().await?;
    }
    Ok(())
}
