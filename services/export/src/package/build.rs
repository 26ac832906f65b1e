//! Makes a package: every record goes from its sealed stream into the data file and onto the page, one at a
//! time.

use askama::Template;
use redress_domain::Random;
use redress_vault::{Finishing, Key, Objects, Place, Prefix, SealedLines, SealedWriter, VaultError, Written};
use sha2::{Digest as _, Sha256};

use super::{
    MANIFEST, PAGE,
    contents::{Contents, DatasetPart, Unfit},
    manifest::{FORMAT, Manifest, Origin, PackagedFile},
    page::{Dataset, END, Foot, Head, Record, System},
    value::Value,
};

/// Why a package could not be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BuildError {
    #[error(transparent)]
    Vault(#[from] VaultError),
    #[error(transparent)]
    Unfit(#[from] Unfit),
    #[error("{system}, {dataset}: record {number} is not one JSON object on one line")]
    Record { system: String, dataset: String, number: u64 },
    #[error("{system}, {dataset}: the records are not those that the connector counted")]
    Changed { system: String, dataset: String },
    #[error("the page cannot be written: {0}")]
    Page(#[from] askama::Error),
    #[error("the manifest cannot be written: {0}")]
    Manifest(#[from] serde_json::Error),
}

/// What a package is made with.
pub(crate) struct Builder<'a> {
    pub(crate) objects: &'a Objects,
    pub(crate) key: &'a Key,
    pub(crate) random: &'a dyn Random,
    pub(crate) contents: &'a Contents,
}

/// A package without its manifest: it is not there for anybody yet.
pub(crate) struct Built(Manifest);

impl Builder<'_> {
    /// Makes all files but the manifest. What an earlier try left is gone then.
    pub(crate) async fn build(&self) -> Result<Built, BuildError> {
        let Contents { tenant, request, .. } = self.contents;
        self.objects.delete_all(&Prefix::package(tenant, &request.to_string())?).await?;
        let mut page = Page { writer: self.writer(&self.place(PAGE)?), html: String::new() };
        let mut files = Finishing::default();
        page.show(&Head::new(self.contents)).await?;
        for system in &self.contents.systems {
            page.show(&System { system }).await?;
            for dataset in &system.datasets {
                page.show(&Dataset { dataset }).await?;
                let (data, records) = self.dataset(dataset, &mut page).await?;
                files.push((dataset, records), data).await?;
                page.text(END).await?;
            }
            page.text(END).await?;
        }
        page.show(&Foot { tenant }).await?;
        let (page, files) = futures::future::try_join(page.writer.finish(), files.finish()).await?;
        let mut files: Vec<PackagedFile> = files
            .into_iter()
            .map(|((dataset, records), written)| self.data(dataset, records, written))
            .collect();
        files.push(file(PAGE, "text/html; charset=utf-8", None, 0, page));
        Ok(Built(self.manifest(files)))
    }

    /// Writes the manifest: the package is there from now on.
    pub(crate) async fn publish(&self, built: Built) -> Result<(Manifest, Place, Written), BuildError> {
        let place = self.place(MANIFEST)?;
        let mut json = serde_json::to_vec_pretty(&built.0)?;
        json.push(b'\n');
        let mut writer = self.writer(&place);
        writer.push(&json).await?;
        Ok((built.0, place, writer.finish().await?))
    }

    /// Writes a dataset's records into its file, which is still to be ended, and on the page; gives how many.
    async fn dataset(
        &self,
        dataset: &DatasetPart,
        page: &mut Page,
    ) -> Result<(SealedWriter, u64), BuildError> {
        let mut lines = SealedLines::new(self.objects.reader(&dataset.source, self.key).await?);
        let mut data = self.writer(&dataset.place);
        let (mut number, mut hash) = (0, Sha256::new());
        while let Some(line) = lines.next_line().await? {
            number += 1;
            hash.update(&line);
            hash.update(b"\n");
            let record = Value::record(&line).ok_or_else(|| not_a_record(dataset, number))?;
            data.push(if number == 1 { b"[\n" } else { b",\n" }).await?;
            data.push(&line).await?;
            page.show(&Record { anchor: &dataset.anchor, number, of: dataset.records, record }).await?;
        }
        if number != dataset.records || hash.finalize().as_slice() != dataset.sha256 {
            let (system, dataset) = (dataset.system.clone(), dataset.name.clone());
            return Err(BuildError::Changed { system, dataset });
        }
        data.push(if number == 0 { b"[]\n" } else { b"\n]\n" }).await?;
        Ok((data, number))
    }

    fn data(&self, dataset: &DatasetPart, records: u64, written: Written) -> PackagedFile {
        let from = Origin {
            system: dataset.system.clone(),
            dataset: dataset.name.clone(),
            identifiers: self.contents.identifiers.clone(),
        };
        file(&dataset.path, "application/json", Some(from), records, written)
    }

    fn manifest(&self, files: Vec<PackagedFile>) -> Manifest {
        let contents = self.contents;
        Manifest {
            format: FORMAT,
            tenant: contents.tenant.clone(),
            request: contents.request,
            kind: contents.kind,
            recorded_at: contents.recorded_at,
            made_at: contents.made_at,
            records: files.iter().map(|file| file.records).sum(),
            bytes: files.iter().map(|file| file.bytes).sum(),
            files,
            nothing_found: contents.nothing.clone(),
            missing: contents.missing.clone(),
        }
    }

    fn place(&self, name: &str) -> Result<Place, VaultError> {
        Place::package(&self.contents.tenant, &self.contents.request.to_string(), name)
    }

    fn writer(&self, place: &Place) -> SealedWriter {
        self.objects.writer(place, self.key, self.random)
    }
}

/// The page on its way.
struct Page {
    writer: SealedWriter,
    html: String,
}

impl Page {
    async fn show(&mut self, part: &impl Template) -> Result<(), BuildError> {
        self.html.clear();
        part.render_into(&mut self.html)?;
        Ok(self.writer.push(self.html.as_bytes()).await?)
    }

    async fn text(&mut self, text: &str) -> Result<(), BuildError> {
        Ok(self.writer.push(text.as_bytes()).await?)
    }
}

fn not_a_record(dataset: &DatasetPart, number: u64) -> BuildError {
    BuildError::Record { system: dataset.system.clone(), dataset: dataset.name.clone(), number }
}

fn file(path: &str, media_type: &str, from: Option<Origin>, records: u64, written: Written) -> PackagedFile {
    PackagedFile {
        path: path.to_owned(),
        media_type: media_type.to_owned(),
        from,
        records,
        bytes: written.bytes,
        sha256: hex::encode(written.sha256),
    }
}
