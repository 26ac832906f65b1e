//! Where keys and records of the subjects go: sealed streams in the vault's `work/`.

use std::{collections::BTreeMap, sync::Arc};

use async_trait::async_trait;
use redress_contracts::v1;
use redress_datamap::sql::{KeySink, KeySource, RecordSink, SqlError};
use redress_domain::{Random, RequestId, SystemName, TenantId};
use redress_vault::{Key, Objects, Place, SealedLines, SealedWriter, VaultError};

/// Whose streams.
#[derive(Clone)]
pub(crate) struct Owner {
    pub(crate) tenant: TenantId,
    pub(crate) request: RequestId,
    pub(crate) key: Key,
}

/// The vault, for the requests of one piece of work.
pub(crate) struct Keep<'a> {
    pub(crate) objects: &'a Objects,
    pub(crate) random: &'a Arc<dyn Random>,
    pub(crate) system: &'a SystemName,
    pub(crate) owners: &'a [Owner],
    open: BTreeMap<(usize, String), (Place, SealedWriter, u64)>,
    lines: Option<SealedLines>,
    /// What was collected, by request.
    pub(crate) collected: Vec<Vec<v1::DatasetOutcome>>,
}

impl<'a> Keep<'a> {
    pub(crate) fn new(
        objects: &'a Objects,
        random: &'a Arc<dyn Random>,
        system: &'a SystemName,
        owners: &'a [Owner],
    ) -> Self {
        let collected = vec![Vec::new(); owners.len()];
        Self { objects, random, system, owners, open: BTreeMap::new(), lines: None, collected }
    }

    async fn write(&mut self, request: usize, kind: &str, name: &str, line: &str) -> Result<(), SqlError> {
        let place = (request, name.to_owned());
        if !self.open.contains_key(&place) {
            let owner = &self.owners[request];
            let path = format!("{kind}/{}/{name}", self.system);
            let at = Place::work(&owner.tenant, owner.request, &path).map_err(beside)?;
            let writer = self.objects.writer(&at, &owner.key, &**self.random);
            self.open.insert(place.clone(), (at, writer, 0));
        }
        let Some((_, writer, count)) = self.open.get_mut(&place) else { return Ok(()) };
        *count += 1;
        writer.push(line.as_bytes()).await.map_err(beside)?;
        writer.push(b"\n").await.map_err(beside)
    }

    /// Ends a stream: its place, how many lines it has, how long it is, its digest.
    async fn finish(&mut self, request: usize, name: &str) -> Result<(Place, u64, u64, [u8; 32]), SqlError> {
        let open = self.open.remove(&(request, name.to_owned()));
        let (place, writer, count) =
            open.ok_or_else(|| SqlError::Beside("a stream ended that was not begun".to_owned()))?;
        let written = writer.finish().await.map_err(beside)?;
        Ok((place, count, written.bytes, written.sha256))
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err takes")]
pub(crate) fn beside(error: VaultError) -> SqlError {
    let what = format!("the vault: {error}");
    if error.may_pass() { SqlError::BesideAway(what) } else { SqlError::Beside(what) }
}

#[async_trait]
impl KeySink for Keep<'_> {
    async fn key(&mut self, request: usize, entry: &str, key: &[String]) -> Result<(), SqlError> {
        let line = serde_json::Value::from(key.to_vec()).to_string();
        self.write(request, "keys", entry, &line).await
    }

    async fn end(&mut self, request: usize, entry: &str) -> Result<String, SqlError> {
        Ok(self.finish(request, entry).await?.0.to_string())
    }
}

#[async_trait]
impl RecordSink for Keep<'_> {
    async fn record(&mut self, request: usize, dataset: &str, json: &str) -> Result<(), SqlError> {
        self.write(request, "records", dataset, json).await
    }

    async fn end(&mut self, request: usize, dataset: &str) -> Result<(), SqlError> {
        let (place, done, bytes, sha256) = self.finish(request, dataset).await?;
        self.collected[request].push(v1::DatasetOutcome {
            dataset: dataset.to_owned(),
            done,
            reference: place.to_string(),
            content: Some(v1::Digest { sha256: sha256.to_vec() }),
            bytes,
            ..v1::DatasetOutcome::default()
        });
        Ok(())
    }
}

#[async_trait]
impl KeySource for Keep<'_> {
    async fn open(&mut self, request: usize, reference: &str) -> Result<(), SqlError> {
        let place = Place::parse(reference).map_err(beside)?;
        let reader = self.objects.reader(&place, &self.owners[request].key).await.map_err(beside)?;
        self.lines = Some(SealedLines::new(reader));
        Ok(())
    }

    async fn next(&mut self, limit: usize) -> Result<Vec<Vec<String>>, SqlError> {
        let mut keys = Vec::new();
        let Some(lines) = &mut self.lines else { return Ok(keys) };
        while keys.len() < limit {
            let Some(line) = lines.next_line().await.map_err(beside)? else { break };
            let key = serde_json::from_slice(&line);
            keys.push(key.map_err(|_| SqlError::Beside("a kept key cannot be read".to_owned()))?);
        }
        Ok(keys)
    }
}
