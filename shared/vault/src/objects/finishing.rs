//! Objects that end side by side: a disk writes several through in little more than the time of one.

use std::collections::VecDeque;

use futures::{StreamExt as _, future::BoxFuture, stream::FuturesOrdered};

use super::{SealedWriter, Written};
use crate::VaultError;

/// Each may still hold as much as its writer does.
const AT_ONCE: usize = 8;

/// Ends objects, each of which is something to whoever wrote it.
pub struct Finishing<T> {
    open: FuturesOrdered<BoxFuture<'static, Result<Written, VaultError>>>,
    /// What each of them is, the first first.
    what: VecDeque<T>,
    done: Vec<(T, Written)>,
}

impl<T> Default for Finishing<T> {
    fn default() -> Self {
        Self { open: FuturesOrdered::new(), what: VecDeque::new(), done: Vec::new() }
    }
}

impl<T: Send> Finishing<T> {
    /// Takes an object to its end; waits while there are many.
    ///
    /// # Errors
    /// When an earlier one did not come to its end.
    pub async fn push(&mut self, what: T, writer: SealedWriter) -> Result<(), VaultError> {
        self.what.push_back(what);
        self.open.push_back(writer.finish());
        self.until(AT_ONCE - 1).await
    }

    /// Waits until all are there; gives them in the order in which they came.
    ///
    /// # Errors
    /// When one did not come to its end.
    pub async fn finish(&mut self) -> Result<Vec<(T, Written)>, VaultError> {
        self.until(0).await?;
        Ok(std::mem::take(&mut self.done))
    }

    async fn until(&mut self, open: usize) -> Result<(), VaultError> {
        while self.open.len() > open
            && let Some(written) = self.open.next().await
        {
            let what = self.what.pop_front();
            self.done.extend(what.zip(Some(written?)));
        }
        Ok(())
    }
}
