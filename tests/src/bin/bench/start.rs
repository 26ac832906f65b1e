//! From the start of the processes to all of them being ready.

use std::time::Instant;

use redress_tests::bench_shop as shop;

use crate::{
    product::{Product, Servers, Shape},
    table::Table,
};

pub(crate) async fn measure(servers: &Servers, rounds: u32, table: &mut Table) -> anyhow::Result<()> {
    for shape in Shape::ALL {
        let mut product = Product::start(servers, shape, shop::FIELDS).await?;
        let mut times = Vec::new();
        for _ in 0..rounds {
            product.kill();
            let begun = Instant::now();
            product.run()?;
            product.until_ready().await?;
            times.push(begun.elapsed().as_secs_f64() * 1000.0);
        }
        table.row(format!("start to ready, {}", shape.name()), "ms", 0, &times);
    }
    Ok(())
}
