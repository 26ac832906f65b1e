//! Publishes what was committed. The process that committed publishes at once, from memory; what is unsent
//! after two seconds is claimed by any process. A message may so be published twice: receivers know it.

use std::{
    collections::HashSet,
    pin::pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use futures::{FutureExt as _, StreamExt as _, future::BoxFuture, stream::FuturesUnordered};
use jiff::SignedDuration;
use redress_bus::{Bus, Publication, PublishError};
use redress_domain::{MessageId, RequestId};
use redress_store::{Outgoing, Store, StoreError};
use tokio::sync::mpsc;

use crate::{Stop, crash};

/// For how long claimed messages are this process's.
const CLAIM: SignedDuration = SignedDuration::from_secs(2);
/// Messages claimed at a time.
const CLAIM_MAX: u32 = 512;
/// Batches that wait to be published from memory. What finds no place is published from the outbox.
const WAITING_MAX: usize = 256;
/// Confirms noted in one statement.
const NOTED_MAX: usize = 1024;

/// How long confirms are gathered for one statement.
const GATHER: Duration = Duration::from_millis(10);
/// What a stopping process has not heard by then, the next one asks for.
const LAST_CALL: Duration = Duration::from_secs(5);

type Key = (RequestId, MessageId);
type Confirmed = BoxFuture<'static, (Key, Result<(), PublishError>)>;

/// The way out of a process, shared by all its services.
pub struct Publisher {
    store: Arc<dyn Store>,
    bus: Arc<dyn Bus>,
    batches: mpsc::Sender<Vec<Outgoing>>,
    waiting: Mutex<Option<mpsc::Receiver<Vec<Outgoing>>>>,
    /// Published and not yet confirmed: not published again by this process.
    in_flight: Arc<Mutex<HashSet<MessageId>>>,
}

/// One message in flight, until this is dropped.
struct InFlight {
    all: Arc<Mutex<HashSet<MessageId>>>,
    id: MessageId,
}

impl InFlight {
    /// None: it is in flight already.
    fn begin(all: &Arc<Mutex<HashSet<MessageId>>>, id: MessageId) -> Option<Self> {
        let new = lock(all).insert(id);
        new.then(|| Self { all: all.clone(), id })
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        lock(&self.all).remove(&self.id);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Publisher {
    /// From this store's outbox to this bus.
    pub fn new(store: Arc<dyn Store>, bus: Arc<dyn Bus>) -> Self {
        let (batches, waiting) = mpsc::channel(WAITING_MAX);
        Self { store, bus, batches, waiting: Mutex::new(Some(waiting)), in_flight: Arc::default() }
    }

    /// Hands over what was committed. Never waits: while the broker is slow, messages stay in the outbox.
    pub fn hand_over(&self, outgoing: Vec<Outgoing>) {
        if !outgoing.is_empty() && self.batches.try_send(outgoing).is_err() {
            tracing::debug!("a batch is left to the outbox");
        }
    }

    /// Publishes what is handed over, and what is late in the outbox, until it is stopped; then waits a
    /// little for the confirms that are out. Runs once.
    pub fn run(&self, poll: Duration, mut stop: Stop) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            let Some(mut waiting) = lock(&self.waiting).take() else { return };
            let (confirms, receiver) = mpsc::unbounded_channel();
            let send = async {
                let mut ticks = tokio::time::interval(poll);
                loop {
                    tokio::select! {
                        batch = waiting.recv() => match batch {
                            Some(batch) => self.send(batch, false, &confirms).await,
                            None => break,
                        },
                        _ = ticks.tick() => self.send_late(&confirms).await,
                        () = stop.stopped() => break,
                    }
                }
                while self.bus.is_up()
                    && let Ok(batch) = waiting.try_recv()
                {
                    self.send(batch, false, &confirms).await;
                }
                drop(confirms);
            };
            let note = self.note(receiver);
            tokio::join!(send, note);
        })
    }

    /// Publishes messages and waits until each is confirmed or not: for simulations and single messages.
    ///
    /// # Errors
    /// When the store cannot note it. Whatever is not confirmed stays in the outbox.
    pub async fn publish_and_note(&self, outgoing: Vec<Outgoing>, retry: bool) -> Result<(), StoreError> {
        let mut confirms: FuturesUnordered<Confirmed> =
            self.publish(outgoing, retry).await.into_iter().collect();
        let mut sent = Vec::new();
        while let Some((key, result)) = confirms.next().await {
            settle(key, result, &mut sent);
        }
        self.mark(&sent).await
    }

    /// Claims what is late in the outbox.
    ///
    /// # Errors
    /// As the store.
    pub async fn claim_late(&self) -> Result<Vec<Outgoing>, StoreError> {
        self.store.claim_unsent(CLAIM_MAX, CLAIM).await
    }

    async fn send_late(&self, confirms: &mpsc::UnboundedSender<Vec<Confirmed>>) {
        while self.bus.is_up() {
            let late = match self.claim_late().await {
                Ok(late) => late,
                Err(error) => return tracing::warn!(%error, "the outbox cannot be read"),
            };
            let more = late.len() == CLAIM_MAX as usize;
            self.send(late, true, confirms).await;
            if !more {
                return;
            }
        }
    }

    async fn send(
        &self,
        outgoing: Vec<Outgoing>,
        retry: bool,
        confirms: &mpsc::UnboundedSender<Vec<Confirmed>>,
    ) {
        let published = self.publish(outgoing, retry).await;
        // Once nobody notes confirms any more, the outbox keeps the messages.
        confirms.send(published).ok();
    }

    async fn publish(&self, outgoing: Vec<Outgoing>, retry: bool) -> Vec<Confirmed> {
        let (mut flights, mut publications) = (Vec::new(), Vec::new());
        for Outgoing { message, route, .. } in outgoing {
            if let Some(flight) = InFlight::begin(&self.in_flight, message.envelope.id) {
                flights.push((flight, message.envelope.request));
                publications.push(Publication { message, route, retry });
            }
        }
        crash::point("before publish");
        let confirms = self.bus.publish(publications).await;
        crash::point("after publish");
        let confirmed = flights.into_iter().zip(confirms).map(|((flight, request), confirm)| {
            confirm.map(move |result| ((request, flight.id), result)).boxed()
        });
        confirmed.collect()
    }

    /// Notes confirms as they come, many in one statement, until no more can come.
    async fn note(&self, mut receiver: mpsc::UnboundedReceiver<Vec<Confirmed>>) {
        let mut confirms: FuturesUnordered<Confirmed> = FuturesUnordered::new();
        let mut sent = Vec::new();
        let mut last_call: Option<BoxFuture<'static, ()>> = None;
        while last_call.is_none() || !confirms.is_empty() {
            tokio::select! {
                more = receiver.recv(), if last_call.is_none() => match more {
                    Some(more) => confirms.extend(more),
                    None => last_call = Some(pause(LAST_CALL).boxed()),
                },
                Some((key, result)) = confirms.next(), if !confirms.is_empty() => {
                    settle(key, result, &mut sent);
                    gather(&mut confirms, &mut sent).await;
                    if let Err(error) = self.mark(&sent).await {
                        tracing::warn!(%error, "confirms could not be noted: the messages will go out again");
                    }
                    sent.clear();
                }
                Some(()) = conditional(last_call.as_mut()), if last_call.is_some() => {
                    return tracing::debug!(left = confirms.len(), "confirms are no longer waited for");
                }
            }
        }
    }

    async fn mark(&self, sent: &[Key]) -> Result<(), StoreError> {
        if sent.is_empty() {
            return Ok(());
        }
        crash::point("before mark sent");
        self.store.mark_sent(sent).await?;
        crash::point("after mark sent");
        Ok(())
    }
}

fn settle((request, id): Key, result: Result<(), PublishError>, sent: &mut Vec<Key>) {
    match result {
        Ok(()) => sent.push((request, id)),
        Err(error @ PublishError::Returned) => {
            tracing::error!(message = %id, %error, "the topology is not as it should be: the outbox keeps it");
        }
        Err(error) => tracing::debug!(message = %id, %error, "not published: the outbox keeps it"),
    }
}

/// Waits for more confirms for a little while: noting one is not urgent, and a transaction for each would cost
/// more than the message.
async fn gather(confirms: &mut FuturesUnordered<Confirmed>, sent: &mut Vec<Key>) {
    let mut over = pin!(pause(GATHER));
    while sent.len() < NOTED_MAX && !confirms.is_empty() {
        tokio::select! {
            Some((key, result)) = confirms.next() => settle(key, result, sent),
            () = &mut over => return,
        }
    }
}

async fn conditional(future: Option<&mut BoxFuture<'static, ()>>) -> Option<()> {
    future?.await;
    Some(())
}

#[expect(clippy::disallowed_methods, reason = "gathers confirms, and bounds the wait for the last ones")]
async fn pause(wait: Duration) {
    tokio::time::sleep(wait).await;
}
