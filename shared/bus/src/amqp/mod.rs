//! The AMQP 0-9-1 transport: one connection that publishes and one that consumes, each under a supervisor
//! of ours. lapin's own recovery is off: after some of its errors a consumer hangs for ever.

mod consumer;
mod declare;
mod generation;
mod wire;

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use futures::{FutureExt as _, future::BoxFuture};
use lapin::{Confirmation, PublisherConfirm, options::BasicPublishOptions};
use redress_contracts::topology::Topology;
use tokio::time::timeout;

use self::generation::{Generation, Supervised};
use crate::{Bus, Confirm, Consumer, Publication, PublishError, QueueStanding};

/// Where the broker is.
#[derive(Clone)]
pub struct AmqpSettings {
    /// `amqp://user:password@host:port/vhost`, or `amqps://`. All processes use the same user: a message of another
    /// user comes from outside. With `auth_mechanism=external` the URL must name the user of the certificate.
    pub url: String,
    /// Shown in the broker's list of connections.
    pub name: String,
    /// How long a connection, a channel or a confirm is waited for.
    pub patience: Duration,
}

/// Why a process could not work with a broker: what the network or the broker says, without the URL, which may hold a
/// password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// It lets nobody in, or not this one.
    #[error("{0}")]
    Connection(String),
    /// It does not have or take our exchanges and queues.
    #[error("{0}")]
    Topology(String),
}

/// A broker. Connects, and connects again, in the background.
pub struct AmqpBus {
    publishing: Supervised,
    consuming: Supervised,
    /// Consumers that have not their queue now.
    without_queue: Arc<AtomicUsize>,
    topology: Arc<Topology>,
    patience: Duration,
}

impl AmqpBus {
    /// Begins to connect, and to declare this topology each time it has connected.
    pub fn start(settings: &AmqpSettings, topology: Topology) -> Self {
        let topology = Arc::new(topology);
        let supervise = |role: &str| Supervised::start(settings.clone(), role, topology.clone());
        Self {
            publishing: supervise("publishing"),
            consuming: supervise("consuming"),
            without_queue: Arc::default(),
            topology,
            patience: settings.patience,
        }
    }

    /// The AMQP user that a broker's URL names, AMQP's usual one where it names none; none: it is no broker's URL.
    pub fn user(url: &str) -> Option<String> {
        let uri: lapin::uri::AMQPUri = url.parse().ok()?;
        Some(uri.authority.userinfo.username)
    }

    /// Connects once, declares this topology and closes again: whether a process could work with this broker.
    ///
    /// # Errors
    /// [`Unfit`].
    pub fn check<'a>(settings: &'a AmqpSettings, topology: &'a Topology) -> BoxFuture<'a, Result<(), Unfit>> {
        Box::pin(async move {
            let patience = settings.patience;
            let words = |error: lapin::Error| error.to_string().replace(&settings.url, "its URL");
            let late = || format!("it does not answer within {} seconds", patience.as_secs());
            let name = format!("{} check", settings.name);
            let connected = timeout(patience, generation::connect(settings, &name)).await;
            let connected = connected.map_err(|_| late()).and_then(|connected| connected.map_err(words));
            let connection = connected.map_err(Unfit::Connection)?;
            let declared = timeout(patience, declare::declare(&connection, topology)).await;
            let declared = declared.map_err(|_| late()).and_then(|declared| declared.map_err(words));
            generation::close(&connection, patience).await;
            declared.map_err(Unfit::Topology)
        })
    }

    async fn publish_one(
        &self,
        generation: &Arc<Generation>,
        publication: &Publication,
    ) -> Result<Confirm, PublishError> {
        let options = BasicPublishOptions {
            mandatory: publication.route.is_mandatory(),
            ..BasicPublishOptions::default()
        };
        let published = generation.channel.basic_publish(
            publication.route.exchange.into(),
            publication.route.key.as_str().into(),
            options,
            &publication.message.body,
            wire::properties(&publication.message.envelope, publication.route.is_event(), &generation.user),
        );
        match timeout(self.patience, published).await {
            Ok(Ok(confirm)) => Ok(confirmed(generation.clone(), confirm, self.patience).boxed()),
            Ok(Err(error)) => {
                generation.end(&error);
                Err(PublishError::Lost)
            }
            Err(_) => Err(PublishError::TimedOut),
        }
    }
}

fn failed(error: PublishError) -> Confirm {
    std::future::ready(Err(error)).boxed()
}

/// A connection that the broker has blocked (its memory or disk alarm) answers late or never: that is no
/// reason to end it.
async fn confirmed(
    generation: Arc<Generation>,
    confirm: PublisherConfirm,
    patience: Duration,
) -> Result<(), PublishError> {
    match timeout(patience, confirm).await {
        Ok(Ok(Confirmation::Ack(None))) => Ok(()),
        Ok(Ok(Confirmation::Ack(Some(_)))) => Err(PublishError::Returned),
        Ok(Ok(Confirmation::Nack(_) | Confirmation::NotRequested)) => Err(PublishError::Nacked),
        Ok(Err(error)) => {
            generation.end(&error);
            Err(PublishError::Lost)
        }
        Err(_) => Err(PublishError::TimedOut),
    }
}

#[async_trait]
impl Bus for AmqpBus {
    async fn publish(&self, publications: Vec<Publication>) -> Vec<Confirm> {
        let Some(generation) = self.publishing.current(self.patience).await else {
            return publications.iter().map(|_| failed(PublishError::Lost)).collect();
        };
        let mut confirms = Vec::with_capacity(publications.len());
        for publication in &publications {
            match self.publish_one(&generation, publication).await {
                Ok(confirm) => confirms.push(confirm),
                Err(error) => {
                    // The ones behind it would only wait for the same thing again.
                    confirms.resize_with(publications.len(), || failed(error));
                    break;
                }
            }
        }
        confirms
    }

    fn consume(&self, queue: &str, prefetch: u16) -> Box<dyn Consumer> {
        Box::new(consumer::AmqpConsumer::new(
            (self.consuming.handle(), self.without_queue.clone()),
            queue,
            prefetch,
            self.patience,
        ))
    }

    fn is_up(&self) -> bool {
        self.publishing.is_up() && self.consuming.is_up()
    }

    fn is_consuming(&self) -> bool {
        self.consuming.is_up() && self.without_queue.load(Ordering::Acquire) == 0
    }

    async fn queues(&self) -> Vec<QueueStanding> {
        let Some(generation) = self.publishing.current(Duration::ZERO).await else { return Vec::new() };
        let asked = timeout(self.patience, declare::queues(&generation.connection, &self.topology)).await;
        match asked {
            Ok(Ok(queues)) => queues,
            Ok(Err(error)) => {
                tracing::warn!(%error, "the broker does not say how its queues stand");
                Vec::new()
            }
            Err(_) => Vec::new(),
        }
    }

    async fn close(&self) {
        self.publishing.close().await;
        self.consuming.close().await;
    }
}
