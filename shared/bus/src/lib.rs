//! Messages between services. The only crate that names lapin, and the only one that acknowledges.
//!
//! Two transports keep the same promises, and `tests/suite/bus` holds them to it:
//!
//! - a confirmed message is safe: on the broker's disk, or, in-process, worked by every queue it reached;
//! - a delivery that is not acknowledged comes again, to this consumer or another;
//! - a message may come twice, and out of order; it is never altered;
//! - a consumer takes what is ready and never waits for more;
//! - whatever breaks is built again without the caller's help; meanwhile a publish says that it failed.

mod amqp;
mod local;

use async_trait::async_trait;
use futures::future::BoxFuture;
use redress_contracts::{Message, topology::Route};
use redress_domain::MessageId;

pub use amqp::{AmqpBus, AmqpSettings, Unfit};
pub use local::LocalBus;

/// A message on its way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// What.
    pub message: Message,
    /// Where to.
    pub route: Route,
    /// It may have been published before, and then something went wrong.
    pub retry: bool,
}

/// Resolves once the message is safe, or will not be.
pub type Confirm = BoxFuture<'static, Result<(), PublishError>>;

/// Why a message is not known to be safe. It may be there all the same: publish it again with the same id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PublishError {
    /// No queue takes it: the topology is not as the table says, or the receiver does not exist.
    #[error("no queue takes it")]
    Returned,
    /// The broker refused it: a queue is full.
    #[error("the broker refused it")]
    Nacked,
    /// The connection was lost, or never there.
    #[error("the broker is away")]
    Lost,
    /// Nothing was heard in time.
    #[error("the broker did not answer in time")]
    TimedOut,
}

/// Acknowledges deliveries up to one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tag {
    generation: u64,
    number: u64,
}

impl Tag {
    /// The `number`-th delivery of a consumer's `generation`: for transports outside this crate.
    pub const fn new(generation: u64, number: u64) -> Self {
        Self { generation, number }
    }

    /// Which of the deliveries of its generation.
    pub const fn number(self) -> u64 {
        self.number
    }
}

/// A message that came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// For its acknowledgement.
    pub tag: Tag,
    /// It came before and was not acknowledged: whoever had it may have crashed on it.
    pub redelivered: bool,
    /// The queue that it was in until the broker gave it up: it is a dead letter.
    pub dead_of: Option<String>,
    /// The message, or what came instead of one.
    pub message: Result<Message, Unreadable>,
}

/// What somebody outside says of their message. The broker vouches for `user`, and for nothing else.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stranger {
    /// The AMQP user who published it (`user_id`).
    pub user: Option<String>,
    /// What it is said to be (`type`).
    pub kind: Option<String>,
    /// How it is said to be written (`content_type`).
    pub content_type: Option<String>,
    /// What it is called (`message_id`).
    pub id: Option<String>,
}

/// What came and has no readable envelope. Its Debug hides the body, which is in the clear.
#[derive(Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Its id, where that could be read.
    pub id: Option<MessageId>,
    /// What is wrong with it.
    pub reason: String,
    /// Its body, as it came.
    pub body: Vec<u8>,
    /// Who sent it, where it was not one of our own processes.
    pub stranger: Option<Stranger>,
}

impl std::fmt::Debug for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Unreadable")
            .field("id", &self.id)
            .field("reason", &self.reason)
            .field("body_bytes", &self.body.len())
            .finish()
    }
}

/// How a queue stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueStanding {
    /// Its name.
    pub queue: String,
    /// Messages that no consumer has yet.
    pub messages: u64,
    /// Consumers, of all processes.
    pub consumers: u64,
}

impl QueueStanding {
    /// Whether messages for somebody wait for nobody.
    pub fn is_unworked(&self) -> bool {
        self.consumers == 0
    }
}

/// A transport.
#[async_trait]
pub trait Bus: Send + Sync {
    /// Publishes in this order, all in flight together; gives a [`Confirm`] for each.
    async fn publish(&self, publications: Vec<Publication>) -> Vec<Confirm>;

    /// Consumes from a queue of the table. At most `prefetch` deliveries are unacknowledged at a time.
    fn consume(&self, queue: &str, prefetch: u16) -> Box<dyn Consumer>;

    /// Whether messages can flow now, as far as is known.
    fn is_up(&self) -> bool;

    /// Whether every consumer of this process has its queue now. In-process, always.
    fn is_consuming(&self) -> bool {
        true
    }

    /// How the queues of the table stand at the broker; nothing while it is away, and nothing in-process, where this
    /// process works them all.
    async fn queues(&self) -> Vec<QueueStanding> {
        Vec::new()
    }

    /// Ends: consumers give nothing more, publishes fail.
    async fn close(&self);
}

/// One consumer of one queue. Dropped, what it has not acknowledged comes again to another.
#[async_trait]
pub trait Consumer: Send {
    /// Waits for a delivery, then takes what else is ready, `max` in all. Empty: the bus is closed.
    async fn next(&mut self, max: usize) -> Vec<Delivery>;

    /// Acknowledges every delivery given so far up to this one. Of a connection that is gone: nothing, and
    /// they come again.
    async fn ack(&mut self, through: Tag);
}
