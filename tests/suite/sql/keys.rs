//! Keys kept in memory, where a connector keeps them sealed in the vault.

use std::collections::BTreeMap;

use async_trait::async_trait;
use redress_contracts::v1;
use redress_datamap::sql::{Kept, KeySink, KeySource, SqlError};

/// By request and entry, in the order in which they came.
#[derive(Default, Debug, Clone)]
pub(super) struct Keys {
    pub(super) kept: BTreeMap<(usize, String), Vec<Vec<String>>>,
    open: Vec<Vec<String>>,
}

#[async_trait]
impl KeySink for Keys {
    async fn key(&mut self, request: usize, entry: &str, key: &[String]) -> Result<(), SqlError> {
        self.kept.entry((request, entry.to_owned())).or_default().push(key.to_vec());
        Ok(())
    }

    async fn end(&mut self, request: usize, entry: &str) -> Result<Kept, SqlError> {
        Ok(Kept::At(format!("{request}/{entry}")))
    }
}

#[async_trait]
impl KeySource for Keys {
    async fn open(&mut self, _: usize, plan: &v1::DatasetPlan) -> Result<(), SqlError> {
        let (request, entry) = plan.keys_reference.split_once('/').unwrap();
        self.open = self.kept[&(request.parse().unwrap(), entry.to_owned())].clone();
        Ok(())
    }

    async fn next(&mut self, limit: usize) -> Result<Vec<Vec<String>>, SqlError> {
        let at = limit.min(self.open.len());
        Ok(self.open.drain(..at).collect())
    }
}
