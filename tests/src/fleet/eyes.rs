//! What the ledger says, read on from where it was read to: however long it grows, a look costs with what is new.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
    sync::Arc,
};

use redress_audit::ledger::verify;
use redress_domain::TenantId;
use redress_store::{LedgerRow, Store, StoreError};
use tokio::sync::Mutex;

use crate::killable::look_again;

/// Entries that are read at once.
const READ: u32 = 10_000;

/// See the module.
pub(super) struct Eyes {
    store: Arc<dyn Store>,
    tenant: TenantId,
    seen: Mutex<Seen>,
    /// What the processes write.
    pub(super) log: PathBuf,
}

#[derive(Default)]
struct Seen {
    rows: Vec<LedgerRow>,
    closed: u32,
}

impl Eyes {
    pub(super) fn on(store: Arc<dyn Store>, log: PathBuf) -> Self {
        Self { store, tenant: "dublin".parse().unwrap(), seen: Mutex::default(), log }
    }

    /// Reads on; gives how many requests are closed. None: the store is away.
    pub(super) async fn closed(&self) -> Option<u32> {
        let mut seen = self.seen.lock().await;
        self.read_on(&mut seen).await.ok()?;
        Some(seen.closed)
    }

    async fn read_on(&self, seen: &mut Seen) -> Result<(), StoreError> {
        loop {
            let rows = self.store.ledger(&self.tenant, seen.rows.len() as u64, READ).await?;
            let more = rows.len() == READ as usize;
            let closed = rows.iter().filter(|row| row.entry.event == "request.closed").count();
            seen.closed += u32::try_from(closed).unwrap();
            seen.rows.extend(rows);
            if !more {
                return Ok(());
            }
        }
    }

    /// Waits until so many requests are closed.
    pub(super) async fn until_closed(&self, requests: u32) {
        for _ in 0..2400 {
            if self.closed().await.is_some_and(|closed| closed >= requests) {
                return;
            }
            look_again().await;
        }
        panic!("{:?} of {requests} closed in two minutes; {}", self.closed().await, self.said());
    }

    /// How many requests have each event. The ledger is whole, and has no event of a request twice.
    pub(super) async fn events(&self) -> BTreeMap<String, usize> {
        let mut seen = self.seen.lock().await;
        self.read_on(&mut seen).await.unwrap();
        verify(&self.tenant, seen.rows.iter()).unwrap_or_else(|fault| panic!("{fault:?}"));
        let mut requests = BTreeMap::<String, BTreeSet<&str>>::new();
        for row in &seen.rows {
            let new = requests.entry(row.entry.event.clone()).or_default().insert(&row.entry.request);
            assert!(new, "{} is there twice for {}", row.entry.event, row.entry.request);
        }
        requests.into_iter().map(|(event, requests)| (event, requests.len())).collect()
    }

    /// The end of what the processes wrote.
    pub(super) fn said(&self) -> String {
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        format!("they wrote:\n{}", lines[lines.len().saturating_sub(40)..].join("\n"))
    }
}
