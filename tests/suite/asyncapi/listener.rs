//! Whoever stands at the broker and hears everything that goes through an exchange, as it goes.

use futures::StreamExt as _;
use lapin::{
    BasicProperties, Connection, ConnectionProperties, Consumer, ExchangeKind,
    message::Delivery,
    options::{
        BasicAckOptions, BasicConsumeOptions, ExchangeDeclareOptions, QueueBindOptions, QueueDeclareOptions,
    },
    types::{AMQPValue, FieldTable, ShortString},
};
use prost::{Message as _, Name as _};
use redress_contracts::v1::{Event, SubmitRequest};
use serde_json::{Map, Value, json};
use tokio::time::timeout;

use super::document::Exchange;
use crate::front_queue::{JSON, PATIENCE};

/// See the module.
pub(super) struct Listener {
    heard: Consumer,
    _connection: Connection,
}

impl Listener {
    /// Listens to an exchange, which is, or is to be, just as the document says.
    pub(super) async fn at(url: &str, exchange: &Exchange) -> Self {
        let connection = Connection::connect(url, ConnectionProperties::default()).await.unwrap();
        let channel = connection.create_channel().await.unwrap();
        let kind = ExchangeKind::Custom(exchange.routing.clone());
        let Exchange { durable, auto_delete, .. } = *exchange;
        let options = ExchangeDeclareOptions { durable, auto_delete, ..ExchangeDeclareOptions::default() };
        let (name, none) = (exchange.name.as_str(), FieldTable::default);
        channel.exchange_declare(name.into(), kind, options, none()).await.unwrap();
        let exclusive = QueueDeclareOptions { exclusive: true, ..QueueDeclareOptions::default() };
        // As one of Redress's own is called: nobody else may hear everything.
        let queue = &*format!("{name}.heard");
        channel.queue_declare(queue.into(), exclusive, none()).await.unwrap();
        channel
            .queue_bind(queue.into(), name.into(), "#".into(), QueueBindOptions::default(), none())
            .await
            .unwrap();
        let options = BasicConsumeOptions::default();
        let heard = channel.basic_consume(queue.into(), "".into(), options, none()).await.unwrap();
        Self { heard, _connection: connection }
    }

    /// The next message, as a check takes it.
    pub(super) async fn next(&mut self) -> Value {
        let heard = timeout(PATIENCE, self.heard.next()).await.expect("nothing is heard").unwrap().unwrap();
        heard.ack(BasicAckOptions::default()).await.unwrap();
        said(&heard)
    }
}

fn said(heard: &Delivery) -> Value {
    json!({
        "exchange": heard.exchange.as_str(),
        "key": heard.routing_key.as_str(),
        "properties": properties(&heard.properties),
        "headers": headers(&heard.properties),
        "payload": payload(&heard.properties, &heard.data),
    })
}

/// All that are set, each by the name that AMQP gives it.
fn properties(set: &BasicProperties) -> Value {
    let text = |value: &Option<ShortString>| value.as_ref().map(|text| json!(text.as_str()));
    let all = [
        ("content_type", text(set.content_type())),
        ("content_encoding", text(set.content_encoding())),
        ("delivery_mode", set.delivery_mode().map(|mode| json!(mode))),
        ("priority", set.priority().map(|priority| json!(priority))),
        ("correlation_id", text(set.correlation_id())),
        ("reply_to", text(set.reply_to())),
        ("expiration", text(set.expiration())),
        ("message_id", text(set.message_id())),
        ("timestamp", set.timestamp().map(|at| json!(at))),
        ("type", text(set.kind())),
        ("user_id", text(set.user_id())),
        ("app_id", text(set.app_id())),
        ("cluster_id", text(set.cluster_id())),
    ];
    let set = all.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(set.collect())
}

fn headers(set: &BasicProperties) -> Value {
    let all = set.headers().iter().flat_map(|headers| headers.inner());
    let text = |value: &AMQPValue| match value {
        AMQPValue::LongString(text) => json!(text.to_string()),
        other => panic!("a header is no text: {other:?}"),
    };
    Value::Object(all.map(|(name, value)| (name.to_string(), text(value))).collect::<Map<_, _>>())
}

/// The body in protobuf's JSON mapping.
fn payload(set: &BasicProperties, body: &[u8]) -> Value {
    let kind = set.kind().as_ref().map(ShortString::as_str);
    match set.content_type().as_ref().map(ShortString::as_str) {
        Some(JSON) => serde_json::from_slice(body).unwrap(),
        _ if kind == Some(&Event::full_name()) => serde_json::to_value(Event::decode(body).unwrap()).unwrap(),
        _ => serde_json::to_value(SubmitRequest::decode(body).unwrap()).unwrap(),
    }
}
