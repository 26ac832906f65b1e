//! The envelope as AMQP properties and CloudEvents headers, and back.

use jiff::Timestamp;
use lapin::{
    BasicProperties,
    types::{AMQPValue, FieldTable, LongString, ShortString},
};
use redress_contracts::{ContentType, Envelope, Message, header, topology::CRASHED};
use redress_domain::MessageId;

use crate::{Delivery, Stranger, Tag, Unreadable};

/// Written to disk by the broker, also when it is dead-lettered.
const PERSISTENT: u8 = 2;
/// No name of a message and no trace is longer.
const NAME_BYTES_MAX: usize = 128;

/// Events are for the world, and carry every attribute of CloudEvents as a header; between our services the
/// property says it once. `user` is the AMQP user of the connection: the broker refuses a message that names another.
pub(super) fn properties(envelope: &Envelope, is_event: bool, user: &str) -> BasicProperties {
    let mut headers = FieldTable::default();
    let mut put = |name: &str, value: String| {
        headers.insert(ShortString::from(name), AMQPValue::LongString(LongString::from(value)));
    };
    if is_event {
        put(header::SPEC_VERSION, "1.0".to_owned());
        put(header::ID, envelope.id.to_string());
        put(header::TYPE, envelope.kind.clone());
    }
    put(header::SOURCE, envelope.source.to_string());
    put(header::TIME, envelope.time.to_string());
    put(header::TENANT, envelope.tenant.to_string());
    put(header::STATE_VERSION, envelope.state_version.to_string());
    if let Some(answers) = envelope.answers {
        put(header::ANSWERS, answers.to_string());
    }
    if let Some(traceparent) = &envelope.traceparent {
        put(header::TRACEPARENT, traceparent.clone());
    }
    if envelope.again {
        put(header::AGAIN, "true".to_owned());
    }
    BasicProperties::default()
        .with_content_type(envelope.content_type.as_str().into())
        .with_correlation_id(envelope.request.to_string().into())
        .with_delivery_mode(PERSISTENT)
        .with_headers(headers)
        .with_message_id(envelope.id.to_string().into())
        .with_type(envelope.kind.as_str().into())
        .with_user_id(user.into())
}

/// The envelope is believed only where the broker-validated `user_id` is `own_user`. Exchange, queue and headers say
/// nothing about the sender: whoever may write to an exchange may put one of their own in front of it.
pub(super) fn delivery(generation: u64, came: lapin::message::Delivery, own_user: &str) -> Delivery {
    let (tag, redelivered) = (Tag::new(generation, came.delivery_tag), came.redelivered);
    let dead_of = if came.exchange.as_str() == CRASHED { queue_before(&came.properties) } else { None };
    let is_ours = came.properties.user_id().as_ref().is_some_and(|user| user.as_str() == own_user);
    let message = if is_ours {
        match envelope(&came.properties) {
            Ok(envelope) => Ok(Message { envelope, body: came.data }),
            Err(reason) => {
                Err(Unreadable { id: id(&came.properties), reason, body: came.data, stranger: None })
            }
        }
    } else {
        Err(of_a_stranger(came))
    };
    Delivery { tag, redelivered, dead_of, message }
}

/// The queue that a dead letter was in. The broker writes the newest death first, whatever the sender wrote there:
/// <https://www.rabbitmq.com/docs/dlx#effects>.
fn queue_before(properties: &BasicProperties) -> Option<String> {
    let headers = properties.headers().as_ref()?.inner();
    let AMQPValue::FieldArray(deaths) = headers.get("x-death")? else { return None };
    let AMQPValue::FieldTable(last) = deaths.as_slice().first()? else { return None };
    last.inner().get("queue").and_then(text)
}

/// Whatever a stranger's headers say, they are none of ours.
fn of_a_stranger(came: lapin::message::Delivery) -> Unreadable {
    let text = |value: &Option<ShortString>| value.as_ref().map(|text| text.as_str().to_owned());
    let said = &came.properties;
    let stranger = Stranger {
        user: text(said.user_id()),
        kind: text(said.kind()),
        content_type: text(said.content_type()),
        id: text(said.message_id()),
    };
    let reason = "its `user_id` is not the AMQP user of Redress: it came from outside".to_owned();
    Unreadable { id: id(said), reason, body: came.data, stranger: Some(stranger) }
}

fn id(properties: &BasicProperties) -> Option<MessageId> {
    properties.message_id().as_ref()?.as_str().parse().ok()
}

/// A missing or misspelled part is named; its value is not repeated, since a stranger wrote it.
fn envelope(properties: &BasicProperties) -> Result<Envelope, String> {
    let property = |value: &Option<ShortString>, name: &str| {
        value
            .as_ref()
            .map(|text| text.as_str().to_owned())
            .ok_or_else(|| format!("the property {name} is missing"))
    };
    let header = |name: &str| {
        let value = properties.headers().as_ref().and_then(|headers| headers.inner().get(name));
        value.and_then(text)
    };
    let required = |name: &str| header(name).ok_or_else(|| format!("the header {name} is missing"));
    let time = required(header::TIME)?;
    Ok(Envelope {
        id: parse("message_id", &property(properties.message_id(), "message_id")?)?,
        kind: name("type", property(properties.kind(), "type")?)?,
        source: parse(header::SOURCE, &required(header::SOURCE)?)?,
        time: parse::<Timestamp>(header::TIME, &time)?,
        tenant: parse(header::TENANT, &required(header::TENANT)?)?,
        request: parse("correlation_id", &property(properties.correlation_id(), "correlation_id")?)?,
        state_version: parse(header::STATE_VERSION, &required(header::STATE_VERSION)?)?,
        answers: header(header::ANSWERS).map(|id| parse(header::ANSWERS, &id)).transpose()?,
        traceparent: header(header::TRACEPARENT).map(|text| name(header::TRACEPARENT, text)).transpose()?,
        again: header(header::AGAIN).is_some(),
        content_type: content_type(&property(properties.content_type(), "content_type")?)?,
    })
}

fn text(value: &AMQPValue) -> Option<String> {
    match value {
        AMQPValue::LongString(text) => Some(text.to_string()),
        AMQPValue::ShortString(text) => Some(text.as_str().to_owned()),
        _ => None,
    }
}

fn parse<T: std::str::FromStr>(name: &str, text: &str) -> Result<T, String> {
    text.parse().map_err(|_| format!("{name} cannot be read"))
}

/// The full name of a message, or what W3C's Trace Context writes: in anything else there could be a value.
fn name(name: &str, text: String) -> Result<String, String> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    let plain = text.len() <= NAME_BYTES_MAX && text.chars().all(is_plain);
    if plain { Ok(text) } else { Err(format!("{name} cannot be read")) }
}

fn content_type(text: &str) -> Result<ContentType, String> {
    ContentType::parse(text)
        .ok_or_else(|| "content_type is neither application/protobuf nor application/json".to_owned())
}
