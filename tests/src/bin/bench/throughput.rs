//! Requests a second, from the first that is handed in to the last that is closed; and what each of them costs.

use std::collections::BTreeMap;

use redress_contracts::v1::Kind;
use redress_tests::bench_shop as shop;

use crate::{
    product::{Product, Servers, Shape},
    table::Table,
};

/// What is asked for, and with which policy.
const WORK: [(&str, Kind, &str); 3] = [
    ("deletions by fields", Kind::Delete, shop::FIELDS),
    ("deletions by rows", Kind::Delete, shop::WHOLE_ROWS),
    ("exports", Kind::Export, shop::FIELDS),
];

pub(crate) async fn measure(
    servers: &Servers,
    rounds: u32,
    requests: u32,
    table: &mut Table,
) -> anyhow::Result<()> {
    for shape in Shape::ALL {
        for (what, kind, policy) in WORK {
            let (mut rates, mut costs) = (Vec::new(), BTreeMap::<String, Vec<f64>>::new());
            for _ in 0..rounds {
                let product = Product::start(servers, shape, policy).await?;
                let before = counts(&product, servers).await?;
                let took = product.answer(kind, 1..=requests).await?;
                rates.push(f64::from(requests) / took.as_secs_f64());
                // What the ledger still has to write belongs to the costs.
                product.until_quiet().await?;
                for (name, after) in counts(&product, servers).await? {
                    let used = after - before.get(&name).copied().unwrap_or_default();
                    costs.entry(name).or_default().push(used / f64::from(requests));
                }
                product.check(kind, policy, requests).await?;
            }
            table.row(format!("{what}, {}", shape.name()), "requests/s", 0, &rates);
            for (name, costs) in costs {
                table.row(format!("{what}, {}: {name}", shape.name()), "a request", 1, &costs);
            }
        }
    }
    Ok(())
}

/// What is counted from outside while it works.
async fn counts(product: &Product, servers: &Servers) -> anyhow::Result<BTreeMap<String, f64>> {
    let mut counts = BTreeMap::new();
    for (whose, seconds) in product.by_owner(&product.watched(servers).seconds()) {
        counts.insert(format!("ms of the processors, {whose}"), seconds * 1000.0);
    }
    let worked = product.eyes.number("select count(*) from inbox").await?;
    counts.insert("messages worked".to_owned(), worked as f64);
    if product.shape == Shape::Apart {
        let committed = "select xact_commit from pg_stat_database where datname = current_database()";
        counts.insert("transactions in the store".to_owned(), product.eyes.number(committed).await? as f64);
        let synced = product.eyes.number("select wal_sync from pg_stat_wal").await?;
        counts.insert("fsyncs of the store".to_owned(), synced as f64);
        counts.insert("fsyncs of the broker's log".to_owned(), servers.broker_syncs().await?);
    }
    Ok(counts)
}
