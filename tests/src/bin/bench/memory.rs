//! What Redress's own processes hold in memory (PSS), at rest and at the most, with broker and databases beside.

use std::{collections::BTreeMap, time::Duration};

use redress_contracts::v1::Kind;
use redress_tests::bench_shop as shop;

use crate::{
    product::{Product, Servers, Shape},
    table::Table,
};

const LOOK: Duration = Duration::from_millis(100);
/// So long nothing is asked of it before its rest is looked at.
const REST: Duration = Duration::from_secs(2);

pub(crate) async fn measure(
    servers: &Servers,
    rounds: u32,
    requests: u32,
    table: &mut Table,
) -> anyhow::Result<()> {
    for shape in Shape::ALL {
        let mut figures: BTreeMap<(String, &str), Vec<f64>> = BTreeMap::new();
        for _ in 0..rounds {
            let product = Product::start(servers, shape, shop::FIELDS).await?;
            tokio::time::sleep(REST).await;
            for (whose, mebibytes) in product.by_owner(&product.watched(servers).mebibytes()) {
                figures.entry((whose, "at rest")).or_default().push(mebibytes);
            }
            let mut most: BTreeMap<String, f64> = BTreeMap::new();
            let work = async {
                product.answer(Kind::Export, 10_001..=10_001).await?;
                product.answer(Kind::Delete, 10_001..=10_001).await?;
                product.answer(Kind::Export, 1..=requests).await?;
                product.answer(Kind::Delete, 1..=requests).await
            };
            let mut work = std::pin::pin!(work);
            loop {
                tokio::select! {
                    worked = &mut work => {
                        worked?;
                        break;
                    }
                    () = tokio::time::sleep(LOOK) => {
                        for (whose, mebibytes) in product.by_owner(&product.watched(servers).mebibytes()) {
                            let most = most.entry(whose).or_default();
                            *most = most.max(mebibytes);
                        }
                    }
                }
            }
            for (whose, mebibytes) in most {
                figures.entry((whose, "at the most")).or_default().push(mebibytes);
            }
        }
        for ((whose, when), mebibytes) in figures {
            table.row(format!("memory of {whose} {when}, {}", shape.name()), "MiB", 0, &mebibytes);
        }
    }
    Ok(())
}
