//! One step of the loop: a batch of deliveries, or of timers, in one transaction.

use std::{collections::BTreeMap, sync::Arc};

use futures::future::BoxFuture;
use redress_bus::{Delivery, Unreadable};
use redress_contracts::Message;
use redress_domain::{Clock, Ids, MessageId, RequestId, ServiceName, TenantId};
use redress_store::{Outgoing, Parked, Resend, StateRow, Store, StoreError, Timer, Transaction, Writes};

use tokio::sync::{Mutex, Notify, futures::OwnedNotified};

use crate::{
    Moment, Refused, Sealer, Service, crash,
    fold::{Decides, Folds, PUT_OFF},
    park,
    telemetry::Hops,
};

mod call;

pub use call::Called;

/// A message that ended this many processes is parked unread.
const CRASHES_MAX: u32 = 3;
/// A transaction that met others on the same rows is done again this often before it is taken apart.
const CONFLICTS_MAX: u32 = 4;
/// Timers in one transaction.
const TIMERS_MAX: u32 = 64;

/// What the loop stands on.
#[derive(Clone)]
pub struct Context {
    /// The database.
    pub store: Arc<dyn Store>,
    /// The time, as decisions see it.
    pub clock: Arc<dyn Clock>,
    /// Makes ids.
    pub ids: Ids,
    /// Seals what is parked.
    pub sealer: Arc<dyn Sealer>,
    /// Held while a redelivered message is worked, by whichever worker of the process, so that of all that
    /// are suspected one is at risk at a time. Holds the message whose attempt is noted and not cleared.
    alone: Arc<Mutex<Option<MessageId>>>,
    /// Told of every commit of this process that added jobs.
    jobs_added: Arc<Notify>,
}

impl Context {
    /// What all services of one process share.
    pub fn new(store: Arc<dyn Store>, clock: Arc<dyn Clock>, ids: Ids, sealer: Arc<dyn Sealer>) -> Self {
        Self { store, clock, ids, sealer, alone: Arc::default(), jobs_added: Arc::default() }
    }

    /// Resolves once this process has committed new jobs. Enable it before looking for jobs, and none is missed;
    /// those of other processes give no word.
    pub fn jobs_added(&self) -> OwnedNotified {
        self.jobs_added.clone().notified_owned()
    }
}

/// Why a step did nothing. The deliveries are as they were.
#[derive(Debug, thiserror::Error)]
pub enum StepError {
    /// The store is away: wait, and do the same step again.
    #[error(transparent)]
    Away(StoreError),
    /// A request was written by a newer process: these deliveries are for one of those.
    #[error("a request was written by a newer version: left to a process of that version")]
    Newer,
}

/// Works the messages of one service.
pub struct Worker {
    service: Arc<dyn Decides>,
    context: Context,
}

/// Why one transaction did nothing.
enum Failed {
    Step(StepError),
    Conflict(StoreError),
    Broken(StoreError),
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Away(_) => Self::Step(StepError::Away(error)),
            StoreError::Conflict(_) => Self::Conflict(error),
            StoreError::Broken(_) | StoreError::Schema(_) => Self::Broken(error),
        }
    }
}

impl From<Failed> for StepError {
    fn from(failed: Failed) -> Self {
        match failed {
            Failed::Step(error) => error,
            Failed::Conflict(error) | Failed::Broken(error) => Self::Away(error),
        }
    }
}

impl Worker {
    /// A worker of this service.
    pub fn new<S: Service>(service: Arc<S>, context: Context) -> Self {
        Self { service, context }
    }

    /// The name of its service.
    pub fn name(&self) -> &ServiceName {
        self.service.name()
    }

    /// Works these deliveries; gives what is to be published. When it returns they are settled and may be
    /// acknowledged.
    ///
    /// What was redelivered must come alone: a message that ends the process is convicted by that.
    ///
    /// # Errors
    /// See [`StepError`]. The deliveries are to be worked again, or given back: what of them was settled is
    /// known again, and what it sends is in the outbox.
    pub fn step<'a>(&'a self, deliveries: &'a [Delivery]) -> BoxFuture<'a, Result<Vec<Outgoing>, StepError>> {
        Box::pin(async move {
            let mut alone = None;
            if let [Delivery { redelivered: true, message: Ok(message), .. }] = deliveries {
                let mut noted = self.context.alone.lock().await;
                if self.convict(message, &mut noted).await? {
                    return Ok(Vec::new());
                }
                alone = Some(noted);
            }
            let (mut messages, mut parked) = (Vec::new(), Vec::new());
            for delivery in deliveries {
                match &delivery.message {
                    Ok(message) => messages.push(message),
                    Err(unreadable) => parked.push(self.unreadable(unreadable)),
                }
            }
            let mut publish = Vec::new();
            let settled = self.settle(&messages, parked, alone.is_some(), &mut publish).await;
            if let (Some(noted), [message]) = (alone.as_deref_mut(), messages.as_slice()) {
                match &settled {
                    Ok(()) => *noted = None,
                    // It did not end the process: a newer one is to have it.
                    Err(StepError::Newer) => self.clear_attempt(message, noted).await,
                    // This process tries again, and does not note it again.
                    Err(StepError::Away(_)) => {}
                }
            }
            settled.map(|()| publish)
        })
    }

    /// Works due timers; gives what is to be published, and whether there may be more.
    ///
    /// # Errors
    /// As [`step`](Self::step).
    pub fn step_timers(&self) -> BoxFuture<'_, Result<(Vec<Outgoing>, bool), StepError>> {
        Box::pin(async move {
            let mut publish = Vec::new();
            match self.timers_once(TIMERS_MAX).await {
                Ok(done) => return Ok(done),
                Err(Failed::Step(error)) => return Err(error),
                // They are due still, and are taken again with the next step.
                Err(Failed::Conflict(error)) => {
                    tracing::debug!(%error, "timers met others on the same rows");
                }
                Err(Failed::Broken(error)) => {
                    tracing::warn!(%error, service = %self.service.name(), "timers are worked one by one");
                    for _ in 0..TIMERS_MAX {
                        publish.extend(self.one_timer().await?);
                    }
                }
            }
            Ok((publish, true))
        })
    }

    /// Works the longest overdue timer; puts it off if that cannot be done, so that it does not stop others.
    async fn one_timer(&self) -> Result<Vec<Outgoing>, StepError> {
        match self.timers_once(1).await {
            Ok((outgoing, _)) => Ok(outgoing),
            Err(Failed::Broken(error)) => {
                tracing::error!(%error, service = %self.service.name(), "a timer is put off");
                self.put_off_first().await.map_err(|error| Failed::from(error).into())
            }
            Err(Failed::Conflict(_)) => Ok(Vec::new()),
            Err(failed) => Err(failed.into()),
        }
    }

    async fn put_off_first(&self) -> Result<Vec<Outgoing>, StoreError> {
        let mut tx = self.context.store.begin(self.service.name()).await?;
        let due = tx.due_timers(1, self.service.format()).await?;
        let timers = self.put_off(due.into_iter().map(|(timer, _)| timer).collect()).collect();
        let outgoing = tx.write(&Writes { timers, ..Writes::default() }).await?;
        tx.commit().await?;
        Ok(outgoing)
    }

    /// Settles the messages in one transaction, or, when that fails for a reason that is not the store's
    /// being away, in two of half the size, until the one is found that is at fault.
    async fn settle(
        &self,
        messages: &[&Message],
        parked: Vec<Parked>,
        alone: bool,
        publish: &mut Vec<Outgoing>,
    ) -> Result<(), StepError> {
        let failed = match self.try_often(messages, &parked, alone).await {
            Ok(outgoing) => {
                publish.extend(outgoing);
                return Ok(());
            }
            Err(Failed::Step(error)) => return Err(error),
            Err(Failed::Conflict(error) | Failed::Broken(error)) => error,
        };
        match messages {
            [] => Err(StepError::Away(failed)),
            [one] => {
                tracing::warn!(message = %one.envelope.id, error = %failed, "a message cannot be worked: parked");
                let why = Refused::new("exhausted", failed.to_string());
                let parked = [parked, vec![self.refused(one, why, 1)]].concat();
                publish.extend(self.park(&parked).await?);
                Ok(())
            }
            many => {
                let (first, second) = many.split_at(many.len() / 2);
                Box::pin(self.settle(first, parked, false, publish)).await?;
                Box::pin(self.settle(second, Vec::new(), false, publish)).await
            }
        }
    }

    async fn try_often(
        &self,
        messages: &[&Message],
        parked: &[Parked],
        alone: bool,
    ) -> Result<Vec<Outgoing>, Failed> {
        let mut tries = 1;
        loop {
            match self.once(messages, parked, alone).await {
                Err(Failed::Conflict(_)) if tries < CONFLICTS_MAX => tries += 1,
                done => return done,
            }
        }
    }

    /// The one transaction. A message that was worked `alone` has not ended the process.
    async fn once(
        &self,
        messages: &[&Message],
        parked: &[Parked],
        alone: bool,
    ) -> Result<Vec<Outgoing>, Failed> {
        let mut tx = self.context.store.begin(self.service.name()).await?;
        let keys: Vec<_> = messages.iter().map(|m| (m.envelope.id, m.envelope.request)).collect();
        let new = if keys.is_empty() { Vec::new() } else { tx.see(&keys).await? };
        let mut writes = Writes { parked: parked.to_vec(), ..Writes::default() };
        if alone {
            writes.attempts_cleared = keys.iter().map(|(id, request)| (*request, *id)).collect();
        }
        let mut by_request: BTreeMap<RequestId, Vec<&Message>> = BTreeMap::new();
        for (message, new) in messages.iter().zip(new) {
            let envelope = &message.envelope;
            if new {
                by_request.entry(envelope.request).or_default().push(message);
            } else if envelope.again {
                writes.resend.push(Resend::CausedBy(envelope.request, envelope.id));
            }
        }
        let mut hops = Hops::new(self.service.name(), self.context.clock.now());
        self.fold(&mut *tx, by_request, &mut hops, &mut writes).await?;
        let outgoing = self.commit(tx, writes).await?;
        hops.committed(self.context.clock.now());
        Ok(outgoing)
    }

    async fn fold(
        &self,
        tx: &mut dyn Transaction,
        by_request: BTreeMap<RequestId, Vec<&Message>>,
        hops: &mut Hops<'_>,
        writes: &mut Writes,
    ) -> Result<(), Failed> {
        if by_request.is_empty() {
            return Ok(());
        }
        let requests: Vec<RequestId> = by_request.keys().copied().collect();
        let mut rows = by_id(tx.lock(&requests).await?);
        let tenant_of = |(request, messages): (&RequestId, &Vec<&Message>)| {
            let tenant = rows.get(request).map_or(&messages[0].envelope.tenant, |row| &row.tenant);
            (*request, tenant.clone())
        };
        let tenants: BTreeMap<RequestId, TenantId> = by_request.iter().map(tenant_of).collect();
        let (mut folds, mut keys) = (Vec::new(), Vec::new());
        for (request, messages) in by_request {
            let given = messages.iter().map(|message| hops.begin(message)).collect();
            match self.begin_fold(request, &tenants[&request], rows.remove(&request), given, Vec::new())? {
                Ok(fold) => {
                    keys.extend(fold.steps().into_iter().map(|key| (request, key)));
                    folds.push((request, fold));
                }
                Err(why) => {
                    writes.parked.extend(messages.iter().map(|m| self.refused(m, why.clone(), 1)));
                }
            }
        }
        let mut steps = if keys.is_empty() { Vec::new() } else { tx.steps(&keys).await? };
        for (request, mut fold) in folds {
            fold.with_steps(steps.extract_if(.., |step| step.request == request).collect());
            fold.fold();
            self.merge(fold, writes);
        }
        Ok(())
    }

    fn begin_fold<'a>(
        &'a self,
        request: RequestId,
        tenant: &'a TenantId,
        row: Option<StateRow>,
        messages: Vec<Message>,
        timers: Vec<Timer>,
    ) -> Result<Result<Box<dyn Folds + 'a>, Refused>, Failed> {
        if row.as_ref().is_some_and(|row| row.format > self.service.format()) {
            return Err(Failed::Step(StepError::Newer));
        }
        let moment = Moment { now: self.context.clock.now(), ids: &self.context.ids, tenant, request };
        Ok(self.service.fold(moment, row, messages, timers))
    }

    fn merge(&self, fold: Box<dyn Folds + '_>, writes: &mut Writes) {
        let (more, refused) = fold.finish();
        writes.states.extend(more.states);
        writes.steps.extend(more.steps);
        writes.outbox.extend(more.outbox);
        writes.resend.extend(more.resend);
        writes.timers.extend(more.timers);
        writes.timers_cleared.extend(more.timers_cleared);
        writes.jobs.extend(more.jobs);
        writes.ledger.extend(more.ledger);
        writes.index.extend(more.index);
        writes.parked.extend(refused.into_iter().map(|(message, why)| self.refused(&message, why, 1)));
    }

    async fn timers_once(&self, limit: u32) -> Result<(Vec<Outgoing>, bool), Failed> {
        let mut tx = self.context.store.begin(self.service.name()).await?;
        let due = tx.due_timers(limit, self.service.format()).await?;
        if due.is_empty() {
            return Ok((Vec::new(), false));
        }
        let more = due.len() == limit as usize;
        let mut by_request: BTreeMap<RequestId, (StateRow, Vec<_>)> = BTreeMap::new();
        for (timer, row) in due {
            by_request.entry(timer.request).or_insert_with(|| (row, Vec::new())).1.push(timer);
        }
        let mut writes = Writes::default();
        for (request, (row, timers)) in by_request {
            let tenant = row.tenant.clone();
            let mut fold = match self.begin_fold(request, &tenant, Some(row), Vec::new(), timers.clone())? {
                Ok(fold) => fold,
                Err(why) => {
                    tracing::error!(%request, %why, "the request's timers are put off");
                    writes.timers.extend(self.put_off(timers));
                    continue;
                }
            };
            let keys: Vec<_> = fold.steps().into_iter().map(|key| (request, key)).collect();
            if !keys.is_empty() {
                fold.with_steps(tx.steps(&keys).await?);
            }
            fold.fold();
            self.merge(fold, &mut writes);
        }
        Ok((self.commit(tx, writes).await?, more))
    }

    /// Timers of a request that cannot be read: one such request is not to stop all others.
    fn put_off(&self, timers: Vec<Timer>) -> impl Iterator<Item = Timer> + use<> {
        let later = self.context.clock.now() + PUT_OFF;
        timers.into_iter().map(move |timer| Timer { due_at: later, ..timer })
    }

    async fn commit(&self, mut tx: Box<dyn Transaction>, writes: Writes) -> Result<Vec<Outgoing>, Failed> {
        let resent = tx.write(&writes).await?;
        crash::point("before commit");
        tx.commit().await?;
        crash::point("after commit");
        if !writes.jobs.is_empty() {
            self.context.jobs_added.notify_waiters();
        }
        Ok([writes.outbox, resent].concat())
    }

    /// A redelivered message may have ended the process that had it. Its attempts are noted before each; one
    /// that had its chances is parked. True: it is settled.
    async fn convict(&self, message: &Message, noted: &mut Option<MessageId>) -> Result<bool, StepError> {
        crash::point("before attempt");
        let (id, request) = (message.envelope.id, message.envelope.request);
        if *noted == Some(id) {
            return Ok(false);
        }
        let attempts = self.context.store.note_attempt(self.service.name(), id, request).await;
        let attempts = attempts.map_err(StepError::Away)?;
        if attempts <= CRASHES_MAX {
            *noted = Some(id);
            return Ok(false);
        }
        let why = Refused::new("crashed", format!("{CRASHES_MAX} processes ended while they worked it"));
        let parked = self.refused(message, why, attempts);
        self.park_convicted(message, parked).await.map_err(StepError::Away)?;
        Ok(true)
    }

    /// Parked and noted as seen: sent again, it ends no other process.
    async fn park_convicted(&self, message: &Message, parked: Parked) -> Result<(), StoreError> {
        let mut tx = self.context.store.begin(self.service.name()).await?;
        let new = tx.see(&[(message.envelope.id, message.envelope.request)]).await?;
        if new == [true] {
            tracing::error!(message = %parked.id, "a message ended the process each time: parked");
            tx.write(&Writes { parked: vec![parked], ..Writes::default() }).await?;
        }
        tx.commit().await
    }

    async fn clear_attempt(&self, message: &Message, noted: &mut Option<MessageId>) {
        let cleared = async {
            let mut tx = self.context.store.begin(self.service.name()).await?;
            let attempts_cleared = vec![(message.envelope.request, message.envelope.id)];
            tx.write(&Writes { attempts_cleared, ..Writes::default() }).await?;
            tx.commit().await
        };
        match cleared.await {
            Ok(()) => *noted = None,
            Err(error) => tracing::warn!(%error, "an attempt stays noted"),
        }
    }

    async fn park(&self, parked: &[Parked]) -> Result<Vec<Outgoing>, StepError> {
        Ok(self.once(&[], parked, false).await?)
    }

    fn refused(&self, message: &Message, why: Refused, attempts: u32) -> Parked {
        let (now, sealer) = (self.context.clock.now(), &*self.context.sealer);
        park::refused(self.service.name(), message, why, attempts, now, sealer)
    }

    fn unreadable(&self, what: &Unreadable) -> Parked {
        let (now, sealer) = (self.context.clock.now(), &*self.context.sealer);
        park::unreadable(self.service.name(), what, now, &self.context.ids, sealer)
    }
}

fn by_id(rows: Vec<StateRow>) -> BTreeMap<RequestId, StateRow> {
    rows.into_iter().map(|row| (row.request, row)).collect()
}
