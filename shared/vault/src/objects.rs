//! Sealed objects in an object store: `work/` (what is collected for a request, and other drafts) and
//! `packages/` (what is delivered).
//!
//! Each object is one sealed stream (see [`StreamSealer`](crate::StreamSealer)), bound to its place: moved
//! to another one, or put under another request's key, it does not open. An object appears when it is
//! finished and not before. Memory does not grow with it.
//!
//! A folder of this machine and memory are tested here; Azure Blob Storage and S3 in `tests/suite/objects`, on
//! emulators of them.

mod finishing;
mod open;
mod place;
mod reader;
#[cfg(test)]
mod tests;
mod writer;

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use futures::{StreamExt as _, TryStreamExt as _};
use object_store::{ObjectStore, ObjectStoreExt as _};
use redress_domain::Random;

pub use finishing::Finishing;
pub use place::{Place, Prefix};
pub use reader::{LINE_BYTES_MAX, SealedLines, SealedReader};
pub use writer::{SealedWriter, Written};

use crate::{Key, Purpose, VaultError};

/// An object store of sealed objects. Cheap to clone.
#[derive(Clone)]
pub struct Objects {
    store: Arc<dyn ObjectStore>,
    /// Where it is a folder of this machine.
    folder: Option<PathBuf>,
}

impl Objects {
    /// Opens `file:///folder` (made, mode 0700, when it is missing), `az://container/folder`,
    /// `s3://bucket/folder`, or `memory:///`, an empty one of its own for tests. Options are those of the
    /// `object_store` crate, such as `account_name` or `access_key_id`; they may be secret. Nothing is
    /// asked of a remote store yet.
    ///
    /// # Errors
    /// [`VaultError::Unusable`] with what is wrong with the URL or an option; a folder that cannot be made.
    pub fn open(url: &str, options: impl IntoIterator<Item = (String, String)>) -> Result<Self, VaultError> {
        let (url, options) = (open::parse(url)?, options.into_iter().collect());
        match url.scheme() {
            "file" => Self::local(&open::folder(&url, &options)?),
            "memory" => Ok(Self { store: open::memory(&options)?, folder: None }),
            _ => Ok(Self { store: open::remote(&url, options)?, folder: None }),
        }
    }

    /// In a folder of this machine: made, mode 0700, when it is missing.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn local(folder: &Path) -> Result<Self, VaultError> {
        Ok(Self { store: open::local(folder)?, folder: Some(folder.to_owned()) })
    }

    /// Begins to write an object. `random` must be fit for keys.
    pub fn writer(&self, place: &Place, key: &Key, random: &dyn Random) -> SealedWriter {
        SealedWriter::new(self.store.clone(), place, key, random)
    }

    /// Begins to read an object.
    ///
    /// # Errors
    /// [`VaultError::Missing`] when there is none; [`VaultError::Objects`] when the store fails.
    pub async fn reader(&self, place: &Place, key: &Key) -> Result<SealedReader, VaultError> {
        let path = path(place.as_str());
        let found = self.store.get(&path).await.map_err(|error| missing(error, &path))?;
        Ok(SealedReader::new(found.into_stream(), place, key))
    }

    /// Every object under a prefix, in the order of their places, with the bytes that it takes sealed.
    /// What is no place of ours is left out.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn list(&self, prefix: &Prefix) -> Result<Vec<(Place, u64)>, VaultError> {
        let under = path(prefix.as_str());
        let found = self.store.list(Some(&under)).try_collect::<Vec<_>>().await;
        let found = found.map_err(failed)?.into_iter();
        let mut found: Vec<(Place, u64)> =
            found.filter_map(|meta| Some((Place::parse(meta.location.as_ref()).ok()?, meta.size))).collect();
        found.sort_unstable();
        Ok(found)
    }

    /// Deletes everything under a prefix, what a crash left unfinished in a folder too. Says how many
    /// objects there were.
    ///
    /// # Errors
    /// When the store fails: some may be left.
    pub async fn delete_all(&self, prefix: &Prefix) -> Result<u64, VaultError> {
        let under = path(prefix.as_str());
        let places = self.store.list(Some(&under)).map_ok(|meta| meta.location).boxed();
        let mut deleted = self.store.delete_stream(places);
        let mut count = 0;
        while let Some(one) = deleted.next().await {
            match one {
                Ok(_) => count += 1,
                Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(failed(error)),
            }
        }
        if let Some(folder) = &self.folder {
            remove_folder(folder.join(prefix.as_str())).await?;
        }
        Ok(count)
    }
}

async fn remove_folder(folder: PathBuf) -> Result<(), VaultError> {
    match tokio::fs::remove_dir_all(folder).await {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(VaultError::Objects(Box::new(error))),
        _ => Ok(()),
    }
}

fn path(text: &str) -> object_store::path::Path {
    object_store::path::Path::parse(text).expect("what a place is spelled with, a path may be spelled with")
}

fn purpose(place: &Place) -> Purpose<'_> {
    Purpose { what: "object", whose: place.as_str() }
}

/// What Azure and S3 call a container, or bucket, that is not there. To a writer or a reader it looks as if the object
/// were not.
const NO_CONTAINER: [&str; 2] = ["<Code>ContainerNotFound</Code>", "<Code>NoSuchBucket</Code>"];

/// What the failure of a reader means: only to one is what was not found an object.
fn missing(error: object_store::Error, path: &object_store::path::Path) -> VaultError {
    match failed(error) {
        VaultError::Objects(error) if is_not_found(&*error) => VaultError::Missing(path.to_string()),
        error => error,
    }
}

fn is_not_found(error: &(dyn std::error::Error + Send + Sync + 'static)) -> bool {
    matches!(error.downcast_ref(), Some(object_store::Error::NotFound { .. }))
}

fn failed(error: object_store::Error) -> VaultError {
    let said = error.to_string();
    if NO_CONTAINER.iter().any(|code| said.contains(code)) {
        return VaultError::NoContainer;
    }
    VaultError::Objects(Box::new(error))
}
