//! The in-process transport: queues in memory. A publish is confirmed when every bound queue's consumer has
//! acknowledged it, that is, after its commit; so the outbox row stays until then, and a kill loses nothing.

use std::{
    collections::{HashMap, VecDeque},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use async_trait::async_trait;
use futures::FutureExt as _;
use redress_contracts::{Message, topology::Topology};
use redress_domain::MessageId;
use tokio::sync::{Notify, oneshot, watch};

use crate::{Bus, Confirm, Consumer, Delivery, Publication, PublishError, Tag};

/// Queues in memory, for one process.
#[derive(Clone)]
pub struct LocalBus {
    topology: Arc<Topology>,
    queues: Arc<HashMap<String, Arc<Queue>>>,
    closed: Arc<watch::Sender<bool>>,
}

#[derive(Default)]
struct Queue {
    inner: Mutex<Inner>,
    /// Something is waiting.
    ready: Notify,
}

#[derive(Default)]
struct Inner {
    waiting: VecDeque<Entry>,
    /// Everything waiting or being worked, with those who want to know: a message published again while it
    /// is here does not get a second place.
    present: HashMap<MessageId, Vec<Arc<Pending>>>,
}

struct Entry {
    message: Message,
    redelivered: bool,
}

/// A publish that waits for its queues.
struct Pending {
    queues_left: AtomicUsize,
    done: Mutex<Option<oneshot::Sender<()>>>,
}

impl Queue {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, publication: &Publication, pending: &Arc<Pending>) {
        let id = publication.message.envelope.id;
        let mut inner = self.lock();
        let waiters = inner.present.entry(id).or_default();
        waiters.push(pending.clone());
        if waiters.len() > 1 {
            return;
        }
        let message = publication.message.clone();
        inner.waiting.push_back(Entry { message, redelivered: publication.retry });
        drop(inner);
        self.ready.notify_one();
    }

    fn settled(&self, id: MessageId) {
        let waiters = self.lock().present.remove(&id).unwrap_or_default();
        for pending in waiters {
            pending.one_queue_done();
        }
    }
}

impl Pending {
    fn one_queue_done(&self) {
        if self.queues_left.fetch_sub(1, Ordering::AcqRel) > 1 {
            return;
        }
        if let Some(done) = self.done.lock().unwrap_or_else(PoisonError::into_inner).take() {
            // Nobody may be listening any more: then nobody needs to know.
            done.send(()).ok();
        }
    }
}

impl LocalBus {
    /// The queues of this topology.
    pub fn new(topology: Topology) -> Self {
        let queues = topology.queues.iter().map(|queue| (queue.name.clone(), Arc::default())).collect();
        Self {
            topology: Arc::new(topology),
            queues: Arc::new(queues),
            closed: Arc::new(watch::Sender::new(false)),
        }
    }

    fn publish_one(&self, publication: &Publication) -> Confirm {
        if *self.closed.borrow() {
            return std::future::ready(Err(PublishError::Lost)).boxed();
        }
        let names: Vec<&str> = self.topology.reached_by(&publication.route).collect();
        if names.is_empty() {
            let answer = if publication.route.is_mandatory() { Err(PublishError::Returned) } else { Ok(()) };
            return std::future::ready(answer).boxed();
        }
        let (done, confirmed) = oneshot::channel();
        let pending =
            Arc::new(Pending { queues_left: AtomicUsize::new(names.len()), done: Mutex::new(Some(done)) });
        for name in names {
            self.queues[name].add(publication, &pending);
        }
        confirmed.map(|done| done.map_err(|_| PublishError::Lost)).boxed()
    }
}

#[async_trait]
impl Bus for LocalBus {
    async fn publish(&self, publications: Vec<Publication>) -> Vec<Confirm> {
        publications.iter().map(|publication| self.publish_one(publication)).collect()
    }

    fn consume(&self, queue: &str, prefetch: u16) -> Box<dyn Consumer> {
        let queue = self.queues.get(queue).cloned().unwrap_or_default();
        let closed = self.closed.subscribe();
        Box::new(LocalConsumer {
            queue,
            prefetch: prefetch.into(),
            closed,
            given: 0,
            working: VecDeque::new(),
        })
    }

    fn is_up(&self) -> bool {
        !*self.closed.borrow()
    }

    async fn close(&self) {
        self.closed.send_replace(true);
    }
}

struct LocalConsumer {
    queue: Arc<Queue>,
    prefetch: usize,
    closed: watch::Receiver<bool>,
    given: u64,
    working: VecDeque<(u64, Message)>,
}

impl LocalConsumer {
    fn take(&mut self, max: usize) -> Vec<Delivery> {
        let mut inner = self.queue.lock();
        let room = self.prefetch.saturating_sub(self.working.len()).min(max).min(inner.waiting.len());
        let entries: Vec<Entry> = inner.waiting.drain(..room).collect();
        let more = room > 0 && !inner.waiting.is_empty();
        drop(inner);
        if more {
            self.queue.ready.notify_one();
        }
        entries.into_iter().map(|entry| self.give(entry)).collect()
    }

    fn give(&mut self, Entry { message, redelivered }: Entry) -> Delivery {
        self.given += 1;
        self.working.push_back((self.given, message.clone()));
        Delivery { tag: Tag::new(0, self.given), redelivered, dead_of: None, message: Ok(message) }
    }
}

#[async_trait]
impl Consumer for LocalConsumer {
    async fn next(&mut self, max: usize) -> Vec<Delivery> {
        while !*self.closed.borrow() {
            let deliveries = self.take(max);
            if !deliveries.is_empty() {
                return deliveries;
            }
            let has_room = self.working.len() < self.prefetch;
            tokio::select! {
                () = self.queue.ready.notified(), if has_room => {}
                _ = self.closed.changed() => {}
            }
        }
        Vec::new()
    }

    async fn ack(&mut self, through: Tag) {
        while let Some((number, message)) = self.working.pop_front() {
            if number > through.number() {
                self.working.push_front((number, message));
                return;
            }
            self.queue.settled(message.envelope.id);
        }
    }
}

impl Drop for LocalConsumer {
    fn drop(&mut self) {
        let mut inner = self.queue.lock();
        while let Some((_, message)) = self.working.pop_back() {
            inner.waiting.push_front(Entry { message, redelivered: true });
        }
        drop(inner);
        self.queue.ready.notify_one();
    }
}
