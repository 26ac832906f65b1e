//! Writes an object, sealed as it comes.

use std::sync::Arc;

use futures::future::BoxFuture;
use object_store::{MultipartUpload, ObjectStore, ObjectStoreExt as _, path::Path};
use redress_domain::Random;
use sha2::{Digest as _, Sha256};
use tokio::runtime::Handle;

use super::{failed, path, purpose};
use crate::{CHUNK_BYTES, Key, Place, StreamSealer, VaultError};

/// One part of an upload: S3 and Azure want 5 MiB at least, and S3 at most 10,000 of them.
const PART_BYTES: usize = 8 * 1024 * 1024;

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Plain bytes.
    pub bytes: u64,
    /// SHA-256 over the plain bytes.
    pub sha256: [u8; 32],
}

/// Writes one object. It appears when it is finished, in place of what was there; until then, and when it
/// is dropped, it is as if nothing was written. Holds at most two parts of 8 MiB.
pub struct SealedWriter {
    sealer: StreamSealer,
    upload: Upload,
    bytes: u64,
    hash: Sha256,
}

impl SealedWriter {
    pub(super) fn new(store: Arc<dyn ObjectStore>, place: &Place, key: &Key, random: &dyn Random) -> Self {
        let sealer = StreamSealer::new(key, purpose(place), random);
        let upload = Upload { store, path: path(place.as_str()), ready: Vec::new(), parts: None };
        Self { sealer, upload, bytes: 0, hash: Sha256::new() }
    }

    /// Takes plain bytes.
    ///
    /// # Errors
    /// When the store does not take them: nothing of the object will be seen.
    pub fn push<'a>(&'a mut self, plain: &'a [u8]) -> BoxFuture<'a, Result<(), VaultError>> {
        Box::pin(async move {
            for piece in plain.chunks(CHUNK_BYTES) {
                self.hash.update(piece);
                self.bytes += piece.len() as u64;
                self.upload.push(&self.sealer.push(piece)?).await?;
            }
            Ok(())
        })
    }

    /// Ends the object, which is there from now on.
    ///
    /// # Errors
    /// As [`push`](Self::push).
    pub fn finish(mut self) -> BoxFuture<'static, Result<Written, VaultError>> {
        Box::pin(async move {
            self.upload.push(&self.sealer.finish()?).await?;
            self.upload.finish().await?;
            Ok(Written { bytes: self.bytes, sha256: self.hash.finalize().into() })
        })
    }
}

/// The sealed bytes on their way: at once where they are few, else in parts.
struct Upload {
    store: Arc<dyn ObjectStore>,
    path: Path,
    ready: Vec<u8>,
    parts: Option<Box<dyn MultipartUpload>>,
}

impl Upload {
    async fn push(&mut self, sealed: &[u8]) -> Result<(), VaultError> {
        self.ready.extend_from_slice(sealed);
        if self.ready.len() < PART_BYTES {
            return Ok(());
        }
        let rest = self.ready.split_off(PART_BYTES);
        let part = std::mem::replace(&mut self.ready, rest);
        self.send(part).await
    }

    async fn send(&mut self, part: Vec<u8>) -> Result<(), VaultError> {
        let parts = match &mut self.parts {
            Some(parts) => parts,
            none => none.insert(self.store.put_multipart(&self.path).await.map_err(failed)?),
        };
        parts.put_part(part.into()).await.map_err(failed)
    }

    async fn finish(&mut self) -> Result<(), VaultError> {
        let last = std::mem::take(&mut self.ready);
        if self.parts.is_none() {
            let put = self.store.put(&self.path, last.into()).await;
            return put.map(drop).map_err(failed);
        }
        // Nothing is left when the sealed bytes fill their parts exactly, and Azure takes no empty part.
        if !last.is_empty() {
            self.send(last).await?;
        }
        if let Some(parts) = &mut self.parts {
            parts.complete().await.map_err(failed)?;
        }
        // What is complete is not taken back.
        self.parts = None;
        Ok(())
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        // Parts that were sent are not seen by anybody, but some stores keep, and bill, them.
        if let (Some(mut parts), Ok(runtime)) = (self.parts.take(), Handle::try_current()) {
            runtime.spawn(async move {
                if let Err(error) = parts.abort().await {
                    tracing::warn!(%error, "parts of an unfinished object stay behind");
                }
            });
        }
    }
}
