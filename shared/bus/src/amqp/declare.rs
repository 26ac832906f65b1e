//! Declares the whole topology, on a channel of its own: a declaration that the broker refuses closes it.

use lapin::{
    Connection, ExchangeKind,
    options::{ExchangeDeclareOptions, QueueBindOptions, QueueDeclareOptions},
    types::{AMQPValue, FieldTable},
};
use redress_contracts::topology::{Routing, Topology};

use crate::QueueStanding;

/// The type is an argument, and so fixed for the queue's life; limits and dead letters come by policy, which
/// an operator can change.
const QUEUE_TYPE: (&str, &str) = ("x-queue-type", "quorum");

pub(super) async fn declare(connection: &Connection, topology: &Topology) -> lapin::Result<()> {
    let channel = connection.create_channel().await?;
    for exchange in &topology.exchanges {
        let kind = match exchange.routing {
            Routing::Direct => ExchangeKind::Direct,
            Routing::Topic => ExchangeKind::Topic,
        };
        let options = ExchangeDeclareOptions { durable: true, ..ExchangeDeclareOptions::default() };
        channel.exchange_declare(exchange.name.as_str().into(), kind, options, FieldTable::default()).await?;
    }
    for queue in &topology.queues {
        let mut arguments = FieldTable::default();
        arguments.insert(QUEUE_TYPE.0.into(), AMQPValue::LongString(QUEUE_TYPE.1.into()));
        channel.queue_declare(queue.name.as_str().into(), QueueDeclareOptions::durable(), arguments).await?;
        for (exchange, key) in &queue.bindings {
            channel
                .queue_bind(
                    queue.name.as_str().into(),
                    exchange.as_str().into(),
                    key.as_str().into(),
                    QueueBindOptions::default(),
                    FieldTable::default(),
                )
                .await?;
        }
    }
    channel.close(200, "declared".into()).await
}

/// How each queue stands; nothing is made.
pub(super) async fn queues(
    connection: &Connection,
    topology: &Topology,
) -> lapin::Result<Vec<QueueStanding>> {
    let channel = connection.create_channel().await?;
    let mut queues = Vec::with_capacity(topology.queues.len());
    for queue in &topology.queues {
        let passive = QueueDeclareOptions { passive: true, ..QueueDeclareOptions::durable() };
        let stands =
            channel.queue_declare(queue.name.as_str().into(), passive, FieldTable::default()).await?;
        queues.push(QueueStanding {
            queue: queue.name.clone(),
            messages: stands.message_count().into(),
            consumers: stands.consumer_count().into(),
        });
    }
    channel.close(200, "asked".into()).await?;
    Ok(queues)
}
