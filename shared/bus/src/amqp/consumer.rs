//! A consumer that outlives connections.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use futures::{FutureExt as _, StreamExt as _};
use lapin::{
    Channel,
    options::{BasicAckOptions, BasicConsumeOptions, BasicQosOptions},
    types::FieldTable,
};
use tokio::time::timeout;

use super::{
    generation::{Generation, Handle},
    wire,
};
use crate::{Consumer, Delivery, Tag};

pub(super) struct AmqpConsumer {
    handle: Handle,
    without_queue: Arc<AtomicUsize>,
    queue: String,
    prefetch: u16,
    patience: Duration,
    live: Option<Live>,
}

struct Live {
    generation: Arc<Generation>,
    channel: Channel,
    deliveries: lapin::Consumer,
}

impl AmqpConsumer {
    /// It counts itself in `without_queue` for as long as it has not its queue.
    pub(super) fn new(
        (handle, without_queue): (Handle, Arc<AtomicUsize>),
        queue: &str,
        prefetch: u16,
        patience: Duration,
    ) -> Self {
        without_queue.fetch_add(1, Ordering::AcqRel);
        Self { handle, without_queue, queue: queue.to_owned(), prefetch, patience, live: None }
    }

    /// The live consumer, built if there is none. False: the bus is closed.
    async fn ensure_live(&mut self) -> bool {
        while self.live.is_none() {
            let Some(generation) = self.handle.live().await else { return false };
            match timeout(self.patience, self.build(&generation)).await {
                Ok(Ok(live)) => {
                    self.live = Some(live);
                    self.without_queue.fetch_sub(1, Ordering::AcqRel);
                }
                Ok(Err(error)) => generation.end(&error),
                Err(_) => generation.end(&"no consumer in time"),
            }
            // Whether it worked or not, others run meanwhile.
            tokio::task::yield_now().await;
        }
        true
    }

    async fn build(&self, generation: &Arc<Generation>) -> lapin::Result<Live> {
        let channel = generation.connection.create_channel().await?;
        channel.basic_qos(self.prefetch, BasicQosOptions::default()).await?;
        let deliveries = channel
            .basic_consume(
                self.queue.as_str().into(),
                "".into(),
                BasicConsumeOptions::default(),
                FieldTable::default(),
            )
            .await?;
        Ok(Live { generation: generation.clone(), channel, deliveries })
    }

    /// The stream broke or ended; a queue that an operator deleted ends it without an error. The next
    /// generation declares everything again.
    fn rebuild(&mut self, why: &str) {
        if let Some(live) = self.live.take() {
            self.without_queue.fetch_add(1, Ordering::AcqRel);
            live.generation.end(&why);
        }
    }
}

impl Drop for AmqpConsumer {
    fn drop(&mut self) {
        if self.live.is_none() {
            self.without_queue.fetch_sub(1, Ordering::AcqRel);
        }
    }
}

/// Waits for one delivery and takes what else is ready; what it took stays taken when the stream breaks.
async fn take(live: &mut Live, batch: &mut Vec<Delivery>, max: usize) -> Result<(), String> {
    let mut came = Some(live.deliveries.next().await);
    while let Some(next) = came {
        let delivery = next.ok_or("the queue is gone")?.map_err(|error| error.to_string())?;
        batch.push(wire::delivery(live.generation.number, delivery, &live.generation.user));
        came = if batch.len() < max { live.deliveries.next().now_or_never() } else { None };
    }
    Ok(())
}

#[async_trait]
impl Consumer for AmqpConsumer {
    async fn next(&mut self, max: usize) -> Vec<Delivery> {
        let mut batch = Vec::new();
        while batch.is_empty() {
            if !self.ensure_live().await {
                return batch;
            }
            let Some(live) = &mut self.live else { continue };
            if let Err(why) = take(live, &mut batch, max).await {
                self.rebuild(&why);
            }
        }
        batch
    }

    async fn ack(&mut self, through: Tag) {
        let Some(live) = &self.live else { return };
        if live.generation.number != through.generation {
            return;
        }
        let options = BasicAckOptions { multiple: true };
        if let Err(error) = live.channel.basic_ack(through.number, options).await {
            self.rebuild(&error.to_string());
        }
    }
}
