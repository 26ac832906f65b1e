//! Fetches a package. A file that stands in the folder is whole and as the manifest says; whatever is not yet
//! has another name.

use std::{
    collections::BTreeSet,
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use clap::Args;
use redress_domain::RequestId;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use tokio::{fs::File, io::AsyncWriteExt as _};

use super::super::{
    Failure, Session,
    answers::{Manifest, Packaged},
    page::{Look, Page, cell, plain},
    request::sheet::bytes,
    session::read,
    when::counted,
};
use super::place::{PARTIAL, Place};

const MANIFEST: &str = "manifest.json";
/// The page that a person reads.
const INDEX: &str = "index.html";
/// A manifest is a line or two for each dataset.
const MANIFEST_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// Which package, and where to.
#[derive(Args)]
pub(super) struct GetArgs {
    /// The package's id, which is its request's.
    package: RequestId,
    /// The folder to put it in. It is made where it is not there.
    #[arg(long, value_name = "FOLDER")]
    to: PathBuf,
    /// Write over files that are there.
    #[arg(long)]
    force: bool,
}

impl GetArgs {
    pub(super) async fn run(self, session: &mut Session<'_>) -> Result<(), Failure> {
        let own = Packaged { path: MANIFEST.to_owned(), bytes: MANIFEST_BYTES_MAX, sha256: String::new() };
        let download = Download { session, package: self.package.to_string(), to: &self.to };
        let text = download.read(&place(&own)?, MANIFEST_BYTES_MAX).await?;
        let value: Value = serde_json::from_slice(&text).map_err(|_| strange())?;
        let manifest: Manifest = read(&value)?;
        let files = places(&manifest)?;
        if !self.force {
            refuse_to_overwrite(&self.to, files.iter().map(|(place, _)| place).chain([&place(&own)?]))?;
        }
        for (i, (place, file)) in files.iter().enumerate() {
            let step = format!("file {} of {}: {}, {}", i + 1, files.len(), file.path, bytes(file.bytes));
            download.session.progress(&step)?;
            download.save(place, file).await?;
        }
        // Last: where it stands, everything stands.
        download.put(&place(&own)?, &text).await?;
        let page = page(&manifest, &self.to, &text);
        session.show(&value, |_| page)
    }
}

fn strange() -> Failure {
    Failure::NotWell("the package's manifest cannot be read".to_owned())
}

fn place(file: &Packaged) -> Result<Place, Failure> {
    let why = "the manifest names a file outside the package: nothing is written";
    Place::of(&file.path).ok_or_else(|| Failure::NotWell(why.to_owned()))
}

/// All of them are looked at before the first is written.
fn places(manifest: &Manifest) -> Result<Vec<(Place, &Packaged)>, Failure> {
    let mut seen = BTreeSet::from([Place::of(MANIFEST).ok_or_else(strange)?]);
    let mut places = Vec::new();
    for file in &manifest.files {
        let place = place(file)?;
        if !seen.insert(place.clone()) {
            return Err(Failure::NotWell("the manifest names a file twice: nothing is written".to_owned()));
        }
        places.push((place, file));
    }
    Ok(places)
}

fn refuse_to_overwrite<'a>(to: &Path, mut places: impl Iterator<Item = &'a Place>) -> Result<(), Failure> {
    let there =
        places.find_map(|place| Some(to.join(place.below())).filter(|file| file.symlink_metadata().is_ok()));
    match there {
        Some(file) => Err(Failure::Refused(format!(
            "{} is there already: give --force to write over it",
            file.display()
        ))),
        None => Ok(()),
    }
}

/// A package on its way into a folder.
struct Download<'a, 's> {
    session: &'a mut Session<'s>,
    package: String,
    to: &'a Path,
}

impl Download<'_, '_> {
    async fn open(&self, place: &Place) -> Result<reqwest::Response, Failure> {
        let path: Vec<&str> = ["packages", &self.package, "files"].into_iter().chain(place.parts()).collect();
        self.session.client.open(&path, &[]).await
    }

    /// All of a small file.
    async fn read(&self, place: &Place, bytes_max: u64) -> Result<Vec<u8>, Failure> {
        let mut response = self.open(place).await?;
        let mut text = Vec::new();
        while let Some(chunk) = self.session.client.chunk(&mut response).await? {
            text.extend_from_slice(chunk.as_ref());
            if text.len() as u64 > bytes_max {
                return Err(strange());
            }
        }
        Ok(text)
    }

    /// Writes one file, and gives it its name when it is what the manifest says.
    async fn save(&self, place: &Place, file: &Packaged) -> Result<(), Failure> {
        let (partial, whole) = self.files(place)?;
        let saved = self.stream(place, file, &partial).await;
        if saved.is_err() {
            // It is of no use; if it cannot be removed either, its name says what it is.
            fs::remove_file(&partial).unwrap_or_default();
        }
        saved?;
        fs::rename(&partial, &whole).map_err(|error| written(&whole, &error))
    }

    async fn stream(&self, place: &Place, file: &Packaged, partial: &Path) -> Result<(), Failure> {
        let mut out = make(partial).await.map_err(|error| written(partial, &error))?;
        let mut response = self.open(place).await?;
        let (mut hash, mut size) = (Sha256::new(), 0);
        while let Some(chunk) = self.session.client.chunk(&mut response).await? {
            let chunk = chunk.as_ref();
            size += chunk.len() as u64;
            // What goes on for ever is not written for ever.
            if size > file.bytes {
                return Err(altered(&file.path));
            }
            hash.update(chunk);
            out.write_all(chunk).await.map_err(|error| written(partial, &error))?;
        }
        out.sync_all().await.map_err(|error| written(partial, &error))?;
        if size != file.bytes || hex::encode(hash.finalize()) != file.sha256.to_lowercase() {
            return Err(altered(&file.path));
        }
        Ok(())
    }

    async fn put(&self, place: &Place, text: &[u8]) -> Result<(), Failure> {
        let (partial, whole) = self.files(place)?;
        let mut out = make(&partial).await.map_err(|error| written(&partial, &error))?;
        out.write_all(text).await.map_err(|error| written(&partial, &error))?;
        out.sync_all().await.map_err(|error| written(&partial, &error))?;
        fs::rename(&partial, &whole).map_err(|error| written(&whole, &error))
    }

    /// The file while it is written, and then. Its folder is made.
    fn files(&self, place: &Place) -> Result<(PathBuf, PathBuf), Failure> {
        let whole = self.to.join(place.below());
        if let Some(folder) = whole.parent() {
            make_folder(folder).map_err(|error| written(folder, &error))?;
        }
        let mut partial = whole.clone().into_os_string();
        partial.push(PARTIAL);
        Ok((partial.into(), whole))
    }
}

/// For its owner alone: it is somebody's data.
async fn make(file: &Path) -> std::io::Result<File> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    File::options().write(true).create_new(true).mode(0o600).open(file).await
}

fn make_folder(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

fn written(file: &Path, error: &std::io::Error) -> Failure {
    Failure::Unexpected(format!("{} cannot be written: {error}", file.display()))
}

fn altered(path: &str) -> Failure {
    Failure::NotWell(format!("{path} is not what the manifest says: it is not kept"))
}

fn page(manifest: &Manifest, to: &Path, text: &[u8]) -> Page {
    let mut page = Page::default();
    let files = counted(manifest.files.len() as u64 + 1, "file");
    let records = counted(manifest.records, "record");
    let size = bytes(manifest.bytes + text.len() as u64);
    let said = format!("{records} in {files}, {size}, each as the manifest says");
    page.line([cell(Look::Good, "Fetched"), plain(format!(": {said}"))]);
    page.wrapped(2, &format!("manifest {}", hex::encode(Sha256::digest(text))));
    for missing in &manifest.missing {
        let dataset = missing.dataset.as_ref().map(|dataset| format!(", {dataset}")).unwrap_or_default();
        page.marked("  missing", Look::Bad, &format!("{}{dataset}: {}", missing.system, missing.what));
    }
    if manifest.files.iter().any(|file| file.path == INDEX) {
        page.whole(0, &to.join(INDEX).display().to_string());
    }
    page
}
