//! Runs a service's loop in tasks, until it is stopped.

use std::{sync::Arc, time::Duration};

use futures::future::BoxFuture;
use jiff::SignedDuration;
use redress_bus::{Bus, Consumer, Delivery};
use tokio::{sync::watch, time::Instant};

use crate::{Context, Publisher, Service, StepError, Worker, crash};

/// How a service's loop runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Consumers of the service's queue in this process.
    pub workers: usize,
    /// Deliveries in one transaction, at most.
    pub batch: usize,
    /// How often timers and the outbox are looked at when nothing calls for it.
    pub poll: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self { workers: 2, batch: 64, poll: Duration::from_secs(1) }
    }
}

impl Settings {
    /// Batches that the broker sends ahead.
    const AHEAD: usize = 4;

    fn prefetch(self) -> u16 {
        u16::try_from(self.batch * Self::AHEAD).unwrap_or(u16::MAX)
    }
}

/// Tells tasks to stop.
#[derive(Debug, Clone)]
pub struct Stop(watch::Receiver<bool>);

impl Stop {
    /// A stop, and what gives it: send true.
    pub fn new() -> (watch::Sender<bool>, Self) {
        let (sender, receiver) = watch::channel(false);
        (sender, Self(receiver))
    }

    /// Waits for it.
    pub async fn stopped(&mut self) {
        // Whoever could stop us is gone: that is a stop too.
        self.0.wait_for(|stop| *stop).await.map(drop).unwrap_or_default();
    }

    /// What `other` gives; none: the stop came first.
    pub async fn or<T>(&mut self, other: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            () = self.stopped() => None,
            given = other => Some(given),
        }
    }
}

/// Runs the loop of a service: its consumers and its timers. Returns after a stop, when what was begun is
/// done.
pub fn run<S: Service>(
    service: Arc<S>,
    context: Context,
    bus: Arc<dyn Bus>,
    publisher: Arc<Publisher>,
    settings: Settings,
    stop: Stop,
) -> BoxFuture<'static, ()> {
    let queue = service.queue();
    let worker = Worker::new(service, context.clone());
    Running { worker, context, bus, publisher, settings, queue }.until(stop)
}

struct Running {
    worker: Worker,
    context: Context,
    bus: Arc<dyn Bus>,
    publisher: Arc<Publisher>,
    settings: Settings,
    queue: String,
}

impl Running {
    fn until(self, stop: Stop) -> BoxFuture<'static, ()> {
        Box::pin(async move {
            let consumers = (0..self.settings.workers).map(|_| self.consume(stop.clone()));
            let others = futures::future::join(self.timers(stop.clone()), self.forget(stop.clone()));
            tokio::join!(futures::future::join_all(consumers), others);
        })
    }

    async fn consume(&self, mut stop: Stop) {
        let mut consumer = self.bus.consume(&self.queue, self.settings.prefetch());
        loop {
            let deliveries = tokio::select! {
                deliveries = consumer.next(self.settings.batch) => deliveries,
                () = stop.stopped() => return,
            };
            if deliveries.is_empty() {
                return;
            }
            if !self.work(&mut *consumer, &deliveries, &mut stop).await {
                // A new consumer gets anew what the old one had, or another process does.
                pause(self.settings.poll).await;
                consumer = self.bus.consume(&self.queue, self.settings.prefetch());
            }
        }
    }

    /// Works deliveries in order. False: they are given back.
    async fn work(&self, consumer: &mut dyn Consumer, deliveries: &[Delivery], stop: &mut Stop) -> bool {
        for group in groups(deliveries) {
            let Some(through) = group.last().map(|delivery| delivery.tag) else { continue };
            let outgoing = loop {
                match self.worker.step(group).await {
                    Ok(outgoing) => break outgoing,
                    Err(StepError::Newer) => return false,
                    Err(StepError::Away(error)) => {
                        tracing::warn!(%error, queue = self.queue, "deliveries wait for the store");
                        tokio::select! {
                            () = self.context.until_the_store_answers() => {}
                            () = stop.stopped() => return false,
                        }
                    }
                }
            };
            crash::point("before ack");
            consumer.ack(through).await;
            crash::point("after ack");
            self.publisher.hand_over(outgoing);
        }
        true
    }

    async fn timers(&self, mut stop: Stop) {
        loop {
            match self.worker.step_timers().await {
                Ok((outgoing, more)) => {
                    self.publisher.hand_over(outgoing);
                    if more {
                        continue;
                    }
                }
                Err(error) => tracing::warn!(%error, queue = self.queue, "timers wait for the store"),
            }
            tokio::select! {
                () = self.until_a_timer() => {}
                () = stop.stopped() => return,
            }
        }
    }

    /// Deletes, some days after its end, what was kept of a request beside its state.
    async fn forget(&self, mut stop: Stop) {
        loop {
            let before = self.context.clock.now() - KEPT;
            match self.context.store.forget_closed(self.worker.name(), before, FORGOTTEN_AT_ONCE).await {
                Ok(forgotten) if forgotten == u64::from(FORGOTTEN_AT_ONCE) => continue,
                Ok(_) => {}
                Err(error) => tracing::warn!(%error, queue = self.queue, "old rows stay for now"),
            }
            tokio::select! {
                () = pause(FORGET_EVERY) => {}
                () = stop.stopped() => return,
            }
        }
    }

    /// Until the next timer is due, at most until the next look.
    async fn until_a_timer(&self) {
        let begun = Instant::now();
        let wait = async {
            let next = self.context.store.next_timer(self.worker.name()).await.ok()??;
            let now = self.context.store.now().await.ok()?;
            Duration::try_from(next.duration_since(now)).ok()
        };
        let wait = wait.await.unwrap_or(self.settings.poll).clamp(SHORTEST_WAIT, self.settings.poll);
        pause(wait.saturating_sub(begun.elapsed())).await;
    }
}

/// For how long an ended request keeps its inbox, outbox, steps and jobs: whoever asks again is answered meanwhile.
const KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How often old rows are looked for.
const FORGET_EVERY: Duration = Duration::from_secs(3600);
/// Requests whose rows go in one transaction.
const FORGOTTEN_AT_ONCE: u32 = 100;

/// Between two looks at what may have changed without a word.
const SHORTEST_WAIT: Duration = Duration::from_millis(20);

#[expect(
    clippy::disallowed_methods,
    reason = "a timer of another process, or a store that is away, gives no word"
)]
async fn pause(wait: Duration) {
    tokio::time::sleep(wait).await;
}

impl Context {
    /// Waits until the store, which was away, answers again.
    pub async fn until_the_store_answers(&self) {
        loop {
            pause(SHORTEST_WAIT).await;
            if self.store.now().await.is_ok() {
                return;
            }
        }
    }
}

/// What is redelivered is worked alone; what stands between goes together.
fn groups(deliveries: &[Delivery]) -> impl Iterator<Item = &[Delivery]> {
    deliveries.chunk_by(|a, b| !a.redelivered && !b.redelivered)
}

#[cfg(test)]
mod tests {
    use redress_bus::{Tag, Unreadable};

    use super::*;

    #[test]
    fn what_is_redelivered_stands_alone() {
        let delivery = |(i, redelivered)| Delivery {
            tag: Tag::new(0, i),
            redelivered,
            dead_of: None,
            message: Err(Unreadable { id: None, reason: String::new(), body: Vec::new(), stranger: None }),
        };
        let marks = [false, false, true, true, false, true, false, false, false];
        let deliveries: Vec<Delivery> = (1..).zip(marks).map(delivery).collect();
        let sizes: Vec<usize> = groups(&deliveries).map(<[Delivery]>::len).collect();
        assert_eq!(sizes, [2, 1, 1, 1, 1, 3]);
    }
}
