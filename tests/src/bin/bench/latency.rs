//! One request alone: from handing it in to its being closed.

use redress_contracts::v1::Kind;
use redress_tests::bench_shop as shop;

use crate::{
    product::{Product, Servers, Shape},
    table::{Table, percentile},
};

/// How many, one after another, of each kind.
const REQUESTS: u32 = 100;
/// The first are not counted: connections are opened, caches are filled.
const WARM: usize = 5;

pub(crate) async fn measure(servers: &Servers, table: &mut Table) -> anyhow::Result<()> {
    for shape in Shape::ALL {
        let product = Product::start(servers, shape, shop::FIELDS).await?;
        for (what, kind, first) in [("deletion by fields", Kind::Delete, 1), ("export", Kind::Export, 3001)] {
            let mut times = Vec::new();
            for customer in first..first + REQUESTS {
                let took = product.answer(kind, customer..=customer).await?;
                times.push(took.as_secs_f64() * 1000.0);
            }
            let times = &times[WARM..];
            table.row(format!("one {what}, {}", shape.name()), "ms", 0, times);
            let p95 = [percentile(times, 95)];
            table.row(format!("one {what}, 95th of a hundred, {}", shape.name()), "ms", 0, &p95);
        }
    }
    Ok(())
}
