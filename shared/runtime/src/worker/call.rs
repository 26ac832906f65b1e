//! The way in for a front door: one message, whose sender waits for what becomes of it.

use futures::future::BoxFuture;
use redress_contracts::Message;
use redress_store::{Outgoing, StateRow, Writes};

use super::{CONFLICTS_MAX, Failed, StepError, Worker};
use crate::{Refused, telemetry::Hops};

/// What became of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Called {
    /// It was a transition, and lasts.
    Done {
        /// The request as it stands now.
        row: Box<StateRow>,
        /// What is to be published.
        outgoing: Vec<Outgoing>,
    },
    /// A message of this id was worked before: nothing is changed.
    Known,
    /// It is no transition: nothing is changed, parked or noted, and the same may be tried again.
    Refused(Refused),
}

impl Worker {
    /// Works one message in one transaction, for a caller who waits. What [`step`](Worker::step) would park
    /// is refused to the caller; what would be dropped or kept for later is refused too, as `stale` or
    /// `too_early`.
    ///
    /// # Errors
    /// See [`StepError`]: nothing was changed.
    pub fn call(&self, message: Message) -> BoxFuture<'_, Result<Called, StepError>> {
        Box::pin(async move {
            let mut tries = 1;
            loop {
                match self.call_once(&message).await {
                    Err(Failed::Conflict(_)) if tries < CONFLICTS_MAX => tries += 1,
                    called => return Ok(called?),
                }
            }
        })
    }

    async fn call_once(&self, message: &Message) -> Result<Called, Failed> {
        let envelope = &message.envelope;
        let request = envelope.request;
        let mut tx = self.context.store.begin(self.service.name()).await?;
        if tx.see(&[(envelope.id, request)]).await? != [true] {
            return Ok(Called::Known);
        }
        let row = tx.lock(&[request]).await?.pop();
        let mut hops = Hops::new(self.service.name(), self.context.clock.now());
        let given = vec![hops.begin(message)];
        let mut fold = match self.begin_fold(request, &envelope.tenant, row, given, Vec::new())? {
            Ok(fold) => fold,
            Err(why) => return Ok(Called::Refused(why)),
        };
        let keys: Vec<_> = fold.steps().into_iter().map(|key| (request, key)).collect();
        if !keys.is_empty() {
            fold.with_steps(tx.steps(&keys).await?);
        }
        if let Err(why) = fold.call() {
            return Ok(Called::Refused(why));
        }
        let mut writes = Writes::default();
        self.merge(fold, &mut writes);
        let row = writes.states.first().map(|write| Box::new(write.row.clone()));
        let row = row.expect("a transition writes its state");
        let outgoing = self.commit(tx, writes).await?;
        hops.committed(self.context.clock.now());
        Ok(Called::Done { row, outgoing })
    }
}

#[cfg(test)]
mod tests;
