//! Where keys and records of the subjects go: sealed streams in the vault's `work/`. A few keys travel, sealed, with
//! the plan: a stream costs more than they are worth.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
};

use async_trait::async_trait;
use redress_contracts::v1;
use redress_datamap::sql::{Kept, KeySink, KeySource, RecordSink, SqlError};
use redress_domain::{Random, RequestId, SystemName, TenantId};
use redress_vault::{
    Finishing, Key, Objects, Place, Purpose, SealedLines, SealedWriter, VaultError, open, seal,
};

/// Bytes of an entry's keys that travel with the plan: some fifty keys.
const FEW_BYTES: usize = 1024;

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
    /// Keys of entries that are few so far, each with a line's end.
    few: BTreeMap<(usize, String), String>,
    lines: Lines,
    /// Streams of records that have come to their end.
    ended: Finishing<Ended>,
}

/// Records of one dataset that were collected for a request.
struct Ended {
    request: usize,
    dataset: String,
    place: Place,
    count: u64,
}

/// Keys that are being read.
enum Lines {
    Few(VecDeque<Vec<u8>>),
    Stream(Box<SealedLines>),
}

impl<'a> Keep<'a> {
    pub(crate) fn new(
        objects: &'a Objects,
        random: &'a Arc<dyn Random>,
        system: &'a SystemName,
        owners: &'a [Owner],
    ) -> Self {
        let (open, few, lines) = (BTreeMap::new(), BTreeMap::new(), Lines::Few(VecDeque::new()));
        Self { objects, random, system, owners, open, few, lines, ended: Finishing::default() }
    }

    /// What was collected, by request, once it is there for good.
    pub(crate) async fn collected(&mut self) -> Result<Vec<Vec<v1::DatasetOutcome>>, SqlError> {
        let mut collected = vec![Vec::new(); self.owners.len()];
        for (Ended { request, dataset, place, count }, written) in
            self.ended.finish().await.map_err(beside)?
        {
            collected[request].push(v1::DatasetOutcome {
                dataset,
                done: count,
                reference: place.to_string(),
                content: Some(v1::Digest { sha256: written.sha256.to_vec() }),
                bytes: written.bytes,
                ..v1::DatasetOutcome::default()
            });
        }
        Ok(collected)
    }

    async fn write(&mut self, request: usize, kind: &str, name: &str, line: &str) -> Result<(), SqlError> {
        let place = (request, name.to_owned());
        if !self.open.contains_key(&place) {
            let owner = &self.owners[request];
            // One part of a path, whatever a table is called.
            let path = format!("{kind}/{}/_{}", self.system, name.replace('/', "%"));
            let at = Place::work(&owner.tenant, owner.request, &path).map_err(beside)?;
            let writer = self.objects.writer(&at, &owner.key, &**self.random);
            self.open.insert(place.clone(), (at, writer, 0));
        }
        let Some((_, writer, count)) = self.open.get_mut(&place) else { return Ok(()) };
        *count += 1;
        writer.push(line.as_bytes()).await.map_err(beside)?;
        writer.push(b"\n").await.map_err(beside)
    }

    /// Whose the sealed keys of a dataset are.
    fn whose(&self, request: usize, dataset: &str) -> String {
        format!("{} {} {dataset}", self.owners[request].request, self.system)
    }

    /// A stream that is to end: its place, its writer, how many lines it has.
    fn ending(&mut self, request: usize, name: &str) -> Result<(Place, SealedWriter, u64), SqlError> {
        let open = self.open.remove(&(request, name.to_owned()));
        open.ok_or_else(|| SqlError::Beside("a stream ended that was not begun".to_owned()))
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
        let line = serde_json::to_string(key).map_err(|_| SqlError::Beside("a key is no text".to_owned()))?;
        let place = (request, entry.to_owned());
        if self.open.contains_key(&place) {
            return self.write(request, "keys", entry, &line).await;
        }
        let few = self.few.entry(place.clone()).or_default();
        few.push_str(&line);
        few.push('\n');
        if few.len() > FEW_BYTES {
            for line in self.few.remove(&place).unwrap_or_default().lines() {
                self.write(request, "keys", entry, line).await?;
            }
        }
        Ok(())
    }

    async fn end(&mut self, request: usize, entry: &str) -> Result<Kept, SqlError> {
        let Some(few) = self.few.remove(&(request, entry.to_owned())) else {
            let (place, writer, _) = self.ending(request, entry)?;
            writer.finish().await.map_err(beside)?;
            return Ok(Kept::At(place.to_string()));
        };
        let dataset = entry.rsplit_once('.').map_or(entry, |(dataset, _)| dataset);
        let purpose = Purpose { what: "keys", whose: &self.whose(request, dataset) };
        Ok(Kept::Sealed(seal(&self.owners[request].key, purpose, few.as_bytes(), &**self.random)))
    }
}

#[async_trait]
impl RecordSink for Keep<'_> {
    async fn record(&mut self, request: usize, dataset: &str, json: &str) -> Result<(), SqlError> {
        self.write(request, "records", dataset, json).await
    }

    async fn end(&mut self, request: usize, dataset: &str) -> Result<(), SqlError> {
        let (place, writer, count) = self.ending(request, dataset)?;
        let ended = Ended { request, dataset: dataset.to_owned(), place, count };
        self.ended.push(ended, writer).await.map_err(beside)
    }
}

#[async_trait]
impl KeySource for Keep<'_> {
    async fn open(&mut self, request: usize, plan: &v1::DatasetPlan) -> Result<(), SqlError> {
        let key = &self.owners[request].key;
        self.lines = match &plan.kept_keys {
            Some(sealed) => {
                let purpose = Purpose { what: "keys", whose: &self.whose(request, &plan.dataset) };
                let few = open(key, purpose, sealed).map_err(beside)?;
                let lines = few.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
                Lines::Few(lines.map(<[u8]>::to_vec).collect())
            }
            None => {
                let place = Place::parse(&plan.keys_reference).map_err(beside)?;
                let reader = self.objects.reader(&place, key).await.map_err(beside)?;
                Lines::Stream(Box::new(SealedLines::new(reader)))
            }
        };
        Ok(())
    }

    async fn next(&mut self, limit: usize) -> Result<Vec<Vec<String>>, SqlError> {
        let mut keys = Vec::new();
        while keys.len() < limit {
            let line = match &mut self.lines {
                Lines::Few(lines) => lines.pop_front(),
                Lines::Stream(lines) => lines.next_line().await.map_err(beside)?,
            };
            let Some(line) = line else { break };
            let key = serde_json::from_slice(&line);
            keys.push(key.map_err(|_| SqlError::Beside("a kept key cannot be read".to_owned()))?);
        }
        Ok(keys)
    }
}
