//! The way in for a front door: messages whose senders wait for what becomes of them.

use std::collections::BTreeMap;

use futures::future::BoxFuture;
use redress_contracts::{Envelope, Message};
use redress_domain::RequestId;
use redress_store::{Outgoing, StateRow, Writes};

use super::{CONFLICTS_MAX, Failed, StepError, Worker, by_id};
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
            let called = self.call_all(std::slice::from_ref(&message)).await?;
            Ok(called.into_iter().next().expect("one for each message"))
        })
    }

    /// The same with messages of as many requests, in one transaction: one that is refused is left out of it.
    ///
    /// # Errors
    /// See [`StepError`]: nothing was changed, for any of them.
    ///
    /// # Panics
    /// When two of them are of one request.
    pub fn call_all<'a>(&'a self, messages: &'a [Message]) -> BoxFuture<'a, Result<Vec<Called>, StepError>> {
        Box::pin(async move {
            let mut called: Vec<Option<Called>> = vec![None; messages.len()];
            let mut tries = 1;
            loop {
                let open: Vec<usize> = (0..messages.len()).filter(|i| called[*i].is_none()).collect();
                let these: Vec<&Message> = open.iter().map(|i| &messages[*i]).collect();
                match self.call_once(&these).await {
                    Ok(Tried::Done(done)) => {
                        open.into_iter().zip(done).for_each(|(i, done)| called[i] = Some(done));
                        return Ok(called.into_iter().flatten().collect());
                    }
                    Ok(Tried::Refused(refused)) => {
                        refused.into_iter().for_each(|(i, why)| called[open[i]] = Some(Called::Refused(why)));
                    }
                    Err(Failed::Conflict(_)) if tries < CONFLICTS_MAX => tries += 1,
                    Err(failed) => return Err(failed.into()),
                }
            }
        })
    }

    /// One transaction; where one of the messages is refused, nothing of it lasts.
    async fn call_once(&self, messages: &[&Message]) -> Result<Tried, Failed> {
        if messages.is_empty() {
            return Ok(Tried::Done(Vec::new()));
        }
        let mut tx = self.context.store.begin(self.service.name()).await?;
        let keys: Vec<_> = messages.iter().map(|it| (it.envelope.id, it.envelope.request)).collect();
        let seen = tx.see(&keys).await?;
        let new: Vec<usize> = (0..messages.len()).filter(|i| seen[*i]).collect();
        let mut called = vec![Called::Known; messages.len()];
        if new.is_empty() {
            return Ok(Tried::Done(called));
        }
        let requests: Vec<RequestId> = new.iter().map(|i| messages[*i].envelope.request).collect();
        let mut rows = by_id(tx.lock(&requests).await?);
        let mut hops = Hops::new(self.service.name(), self.context.clock.now());
        let (mut folds, mut keys, mut refused) = (BTreeMap::new(), Vec::new(), Vec::new());
        for i in new {
            let Envelope { request, tenant, .. } = &messages[i].envelope;
            let given = vec![hops.begin(messages[i])];
            match self.begin_fold(*request, tenant, rows.remove(request), given, Vec::new())? {
                Ok(fold) => {
                    keys.extend(fold.steps().into_iter().map(|key| (*request, key)));
                    let twice = folds.insert(*request, (i, fold)).is_some();
                    assert!(!twice, "two messages of one request are called together");
                }
                Err(why) => refused.push((i, why)),
            }
        }
        let mut steps = if keys.is_empty() { Vec::new() } else { tx.steps(&keys).await? };
        let (mut writes, mut places) = (Writes::default(), BTreeMap::new());
        for (request, (i, mut fold)) in folds {
            fold.with_steps(steps.extract_if(.., |step| step.request == request).collect());
            if let Err(why) = fold.call() {
                refused.push((i, why));
                continue;
            }
            self.merge(fold, &mut writes);
            places.insert(request, i);
        }
        if !refused.is_empty() {
            return Ok(Tried::Refused(refused));
        }
        for write in &writes.states {
            let done = Called::Done { row: Box::new(write.row.clone()), outgoing: Vec::new() };
            called[places[&write.row.request]] = done;
        }
        for sent in self.commit(tx, writes).await? {
            let place = places.get(&sent.message.envelope.request);
            if let Some(Called::Done { outgoing, .. }) = place.map(|place| &mut called[*place]) {
                outgoing.push(sent);
            }
        }
        hops.committed(self.context.clock.now());
        Ok(Tried::Done(called))
    }
}

/// What became of one transaction of calls.
enum Tried {
    /// It lasts.
    Done(Vec<Called>),
    /// Nothing of it does: these are refused, by their places.
    Refused(Vec<(usize, Refused)>),
}

#[cfg(test)]
mod tests;
