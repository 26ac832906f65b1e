//! The ledger: dense for each tenant, whoever writes it.

use redress_contracts::ledger::leaf_hash;
use redress_domain::Clock as _;
use redress_store::{NewEntry, Writes};

use super::{World, intake, on_both_dialects, tenant};

on_both_dialects! {
    indexes_are_dense_for_each_tenant_even_from_four_replicas
    an_entry_of_a_dropped_transaction_leaves_no_gap
}

impl World {
    fn entry(&self, tenant: &str, sequence: u64) -> NewEntry {
        NewEntry {
            tenant: tenant.parse().unwrap(),
            request: self.ids.request(),
            sender: intake(),
            sequence,
            event: "request.received".to_owned(),
            at: self.clock.now(),
            body: vec![1, 2, 3],
        }
    }
}

async fn indexes_are_dense_for_each_tenant_even_from_four_replicas(world: World) {
    let replicas = (0..4).map(|_| {
        let store = world.replica();
        let world = &world;
        async move {
            for i in 0..25 {
                let mut tx = store.begin(&intake()).await.unwrap();
                let ledger = vec![world.entry("cork", i), world.entry("dublin", i), world.entry("cork", i)];
                tx.write(&Writes { ledger, ..Writes::default() }).await.unwrap();
                tx.commit().await.unwrap();
            }
        }
    });
    futures::future::join_all(replicas).await;
    for (tenant, expected) in [("cork", 200), ("dublin", 100)] {
        let rows = world.store.ledger(&tenant.parse().unwrap(), 0, 1000).await.unwrap();
        let indexes: Vec<u64> = rows.iter().map(|row| row.entry.index).collect();
        assert_eq!(indexes, (0..expected).collect::<Vec<u64>>());
        assert_eq!(world.store.ledger_size(&tenant.parse().unwrap()).await.unwrap(), expected);
        for row in &rows {
            assert_eq!(row.leaf, leaf_hash(&row.entry), "entry {}", row.entry.index);
            assert_eq!(row.entry.tenant, tenant);
        }
    }
    assert_eq!(world.store.ledger_size(&"galway".parse().unwrap()).await.unwrap(), 0);
    let page = world.store.ledger(&tenant(), 90, 5).await.unwrap();
    assert_eq!(page.iter().map(|row| row.entry.index).collect::<Vec<_>>(), [90, 91, 92, 93, 94]);
}

async fn an_entry_of_a_dropped_transaction_leaves_no_gap(world: World) {
    for keep in [true, false, true] {
        let mut tx = world.begin().await;
        tx.write(&Writes { ledger: vec![world.entry("dublin", 1)], ..Writes::default() }).await.unwrap();
        if keep {
            tx.commit().await.unwrap();
        }
    }
    let rows = world.store.ledger(&tenant(), 0, 10).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.entry.index).collect::<Vec<_>>(), [0, 1]);
}
