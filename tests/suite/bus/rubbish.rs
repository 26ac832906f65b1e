//! What a stranger puts into a queue: it arrives as unreadable, with the reason, and holds up nothing.

use lapin::{
    BasicProperties, Channel, Connection, ConnectionProperties,
    options::{BasicPublishOptions, QueueDeleteOptions},
    types::FieldTable,
};
use redress_contracts::topology::SERVICES;

use super::{World, id, take};

/// A client of the broker that is not ours.
pub(super) struct Operator {
    _connection: Connection,
    channel: Channel,
}

pub(super) async fn operator(url: &str) -> Operator {
    let connection = Connection::connect(url, ConnectionProperties::default()).await.unwrap();
    let channel = connection.create_channel().await.unwrap();
    Operator { _connection: connection, channel }
}

impl Operator {
    pub(super) async fn queue_delete(&self, queue: &str) {
        self.channel.queue_delete(queue.into(), QueueDeleteOptions::default()).await.unwrap();
    }

    async fn publish(&self, properties: BasicProperties, body: &[u8]) {
        let options = BasicPublishOptions::default();
        self.channel.basic_publish(SERVICES.into(), "work".into(), options, body, properties).await.unwrap();
    }
}

#[tokio::test]
async fn rubbish_arrives_with_its_reason_and_holds_up_nothing() {
    let url = super::fresh_vhost().await;
    let world = World::new(std::sync::Arc::new(super::amqp(&url)), true);
    world.publish(&[world.to("work")]).await;
    let mut consumer = world.consume("work");
    take(&mut consumer, 1).await;

    let operator = operator(&url).await;
    let known = world.ids.message();
    let ours = || BasicProperties::default().with_user_id("guest".into());
    operator.publish(ours(), b"anna@example.com").await;
    let named = ours()
        .with_message_id(known.to_string().into())
        .with_type("redress.v1.Discover".into())
        .with_content_type("text/plain".into())
        .with_correlation_id("not a request".into())
        .with_headers(FieldTable::default());
    operator.publish(named, b"").await;
    for other in [BasicProperties::default(), BasicProperties::default().with_user_id("shop".into())] {
        operator.publish(other, b"anna@example.com").await;
    }
    let good = world.to("work");
    world.publish(std::slice::from_ref(&good)).await;

    let came = take(&mut consumer, 5).await;
    let reasons: Vec<_> = came.iter().filter_map(|delivery| delivery.message.as_ref().err()).collect();
    assert_eq!(reasons.len(), 4);
    assert_eq!((reasons[0].id, reasons[0].body.as_slice()), (None, b"anna@example.com".as_slice()));
    assert!(reasons[0].reason.contains("is missing"), "{}", reasons[0].reason);
    assert!(!reasons[0].reason.contains("anna"));
    assert_eq!(reasons[1].id, Some(known));
    assert!(reasons[..2].iter().all(|unreadable| unreadable.stranger.is_none()));
    for (unreadable, user) in reasons[2..].iter().zip([None, Some("shop")]) {
        assert!(unreadable.reason.contains("from outside"), "{}", unreadable.reason);
        assert_eq!(unreadable.stranger.as_ref().unwrap().user.as_deref(), user);
    }
    let readable: Vec<_> = came.iter().filter(|delivery| delivery.message.is_ok()).map(id).collect();
    assert_eq!(readable, [good.message.envelope.id]);
}
