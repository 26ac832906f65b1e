//! Reads an object, opened as it comes.

use bytes::Bytes;
use futures::{StreamExt as _, future::BoxFuture, stream::BoxStream};
use object_store::path::Path;

use super::{missing, path, purpose};
use crate::{Key, Place, StreamOpener, VaultError};

/// A line that is longer is refused, not held.
pub const LINE_BYTES_MAX: usize = 64 * 1024 * 1024;

/// Reads one object, chunk by chunk. What it gives is genuine; that it is all is known at the end.
pub struct SealedReader {
    path: Path,
    sealed: BoxStream<'static, Result<Bytes, object_store::Error>>,
    /// None once the end, or a fault, was met.
    opener: Option<StreamOpener>,
    failed: bool,
}

impl SealedReader {
    pub(super) fn new(
        sealed: BoxStream<'static, Result<Bytes, object_store::Error>>,
        place: &Place,
        key: &Key,
    ) -> Self {
        let opener = StreamOpener::new(key, purpose(place));
        Self { path: path(place.as_str()), sealed, opener: Some(opener), failed: false }
    }

    /// The next plain bytes, never none of them; none after the last, once it is known to be the last.
    ///
    /// # Errors
    /// [`VaultError::Altered`] when the object is not what was written at this place under this key;
    /// [`VaultError::Objects`] when the store fails. There is nothing more to be had then.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, VaultError> {
        if self.failed {
            return Err(VaultError::Altered("a part before this one did not open"));
        }
        let read = self.read().await;
        self.failed = read.is_err();
        read
    }

    async fn read(&mut self) -> Result<Option<Vec<u8>>, VaultError> {
        while let Some(opener) = &mut self.opener {
            let plain = match self.sealed.next().await {
                Some(sealed) => opener.push(&sealed.map_err(|error| missing(error, &self.path))?)?,
                None => self.opener.take().map_or(Ok(Vec::new()), StreamOpener::finish)?,
            };
            if !plain.is_empty() {
                return Ok(Some(plain));
            }
        }
        Ok(None)
    }

    /// The whole of a small object.
    ///
    /// # Errors
    /// As [`next`](Self::next); [`VaultError::TooLong`] when it is not small.
    pub fn whole(mut self, bytes_max: usize) -> BoxFuture<'static, Result<Vec<u8>, VaultError>> {
        Box::pin(async move {
            let mut whole = Vec::new();
            while let Some(plain) = self.next().await? {
                if whole.len() + plain.len() > bytes_max {
                    return Err(VaultError::TooLong { what: "an object that is read whole", bytes_max });
                }
                whole.extend_from_slice(&plain);
            }
            Ok(whole)
        })
    }
}

/// Reads one object line by line.
pub struct SealedLines {
    reader: SealedReader,
    plain: Vec<u8>,
    /// Where in `plain` the next line begins.
    start: usize,
    bytes_max: usize,
}

impl SealedLines {
    /// The lines of this object.
    pub fn new(reader: SealedReader) -> Self {
        Self { reader, plain: Vec::new(), start: 0, bytes_max: LINE_BYTES_MAX }
    }

    /// The next line, without its LF. What comes after the last LF is a line too, unless it is empty.
    ///
    /// # Errors
    /// As [`SealedReader::next`]; [`VaultError::TooLong`] beyond [`LINE_BYTES_MAX`].
    pub async fn next_line(&mut self) -> Result<Option<Vec<u8>>, VaultError> {
        let mut looked_at = self.start;
        loop {
            if let Some(length) = self.plain[looked_at..].iter().position(|byte| *byte == b'\n') {
                let end = looked_at + length;
                self.fits(end)?;
                let line = self.plain[self.start..end].to_vec();
                self.start = end + 1;
                return Ok(Some(line));
            }
            self.fits(self.plain.len())?;
            self.plain.drain(..self.start);
            self.start = 0;
            looked_at = self.plain.len();
            match self.reader.next().await? {
                Some(more) => self.plain.extend_from_slice(&more),
                None if self.plain.is_empty() => return Ok(None),
                None => return Ok(Some(std::mem::take(&mut self.plain))),
            }
        }
    }

    fn fits(&self, end: usize) -> Result<(), VaultError> {
        if end - self.start > self.bytes_max {
            return Err(VaultError::TooLong { what: "a line", bytes_max: self.bytes_max });
        }
        Ok(())
    }

    #[cfg(test)]
    pub(super) fn with_bytes_max(self, bytes_max: usize) -> Self {
        Self { bytes_max, ..self }
    }
}
