//! The front door over AMQP and the events, for who comes from outside: `proto/asyncapi.yaml`, in AsyncAPI 3.
//!
//! Messages, fields and their words are those of `proto/`, names of events, headers and exchanges those of the code.
//! `tests/suite/asyncapi` holds what is really sent against it.

use prost::Name as _;
use protox::prost_reflect::{
    DescriptorPool, DynamicMessage, FieldDescriptor, Kind, MessageDescriptor, Value,
};
use redress_contracts::{
    ContentType, event_name,
    topology::{EVENTS, REQUESTS, Routing, Topology},
    v1::{Event, SubmitRequest},
};

use crate::{
    carried,
    schema::{Schemas, comment},
    tree::{Tree, map},
};

const ABOUT: &str = "\
How a system hands in data subject requests over AMQP 0-9-1, and hears what becomes of them.

`receive` and `send` are Redress's part: what it receives others publish, what it sends others listen to. A message is
a protobuf message of `proto/redress/v1`, which its AMQP property `type` names; its schema here is that of its JSON
mapping. Whoever listens ignores fields, headers and events that it does not know: there will be more.
`tests/clients/upstream.py` and `audit.py` are both sides in Python.";

const USER: &str = "\
An AMQP user. Redress's settings say in `[[broker_user]]` whose it is and what it may do: an `upstream` publishes to
`redress.requests` and listens to `<tenant>.request.rejected`, an `auditor` listens to every event of its tenant
(`<tenant>.#`). Its queues have names that begin with its own and a dot. `redress broker permissions` prints what it
needs at the broker.";

const SUBMITTING: &str = "\
Publish it mandatory and persistent, and wait for the broker's confirm: then it is on its disk. It is taken in once for
each `idempotencyKey`, or, where it has none, for each `message_id`. Whose request it is says the AMQP user, never the
body. What cannot be taken in is answered by the event `request.rejected`; what is taken in shows as `request.received`.

Beside a sealed subject `requester.name`, `requester.authority`, `verification.method` and `verification.by` are refused:
they go into the sealed box, a `redress.v1.SealedSubmission`, since the broker writes the rest to its disk in the clear.

The key that a subject is sealed to is to be had over HTTP: `GET /v1/tenants/{tenant}/intake-key`. JSON may have the
names of fields as they stand in the `.proto` files, too.";

const LISTENING: &str = "\
Bind a durable queue of your own to the exchange, and acknowledge what you have written down. An event may come more
than once, with the same `message_id`.";

/// Both kinds of server, and the port of each.
const SERVERS: [(&str, &str, &str); 2] = [("amqp", "5672", "AMQP"), ("amqps", "5671", "AMQP over TLS")];

/// The document.
pub(crate) fn document(pool: &DescriptorPool) -> Tree {
    let message = |name: String| pool.get_message_by_name(&name).unwrap();
    let (event, submission) = (message(Event::full_name()), message(SubmitRequest::full_name()));
    let mut schemas = Schemas::default();
    let what = event.get_field_by_name("request_received").unwrap().containing_oneof().unwrap();
    let events: Vec<_> = what.fields().map(|field| OneEvent::new(&event, &field, &mut schemas)).collect();
    schemas.closed = true;
    schemas.message(&submission);
    let channels = [submissions_channel(&submission)].into_iter().chain(events.iter().map(OneEvent::channel));
    let operations = [submitting()].into_iter().chain(events.iter().map(OneEvent::operation));
    map! {
        "asyncapi" => "3.0.0",
        "id" => "urn:redress:amqp",
        "info" => map! {
            "title" => "Redress over AMQP",
            "version" => env!("CARGO_PKG_VERSION"),
            "description" => ABOUT,
            "license" => map! { "name" => "Apache-2.0" },
        },
        "defaultContentType" => ContentType::Protobuf.as_str(),
        "servers" => Tree::Map(SERVERS.map(server).into()),
        "channels" => Tree::Map(channels.collect()),
        "operations" => Tree::Map(operations.collect()),
        "components" => map! {
            "securitySchemes" => map! { "user" => map! { "type" => "userPassword", "description" => USER } },
            "messageTraits" => map! { "submission" => carried::with_submissions(), "event" => carried::with_events() },
            "operationTraits" => map! { "event" => map! {
                "description" => LISTENING,
                "bindings" => binding(map! { "deliveryMode" => 2, "ack" => true }),
            } },
            "channelBindings" => map! { "requests" => exchange(REQUESTS), "events" => exchange(EVENTS) },
            "parameters" => map! {
                "tenant" => map! { "description" => "The tenant's name, as in Redress's settings." },
            },
            "schemas" => schemas.all(),
        },
    }
}

fn server((protocol, port, title): (&str, &str, &str)) -> (String, Tree) {
    let vhost = "Percent-encoded: `%2f` is the vhost `/`.";
    let server = map! {
        "host" => "{host}:{port}",
        "pathname" => "/{vhost}",
        "protocol" => protocol,
        "protocolVersion" => "0-9-1",
        "title" => title,
        "description" => "The broker that `bus.url` of Redress's settings names.",
        "variables" => map! {
            "host" => map! { "description" => "Where it is." },
            "port" => map! { "default" => port },
            "vhost" => map! { "default" => "%2f", "description" => vhost },
        },
        "security" => vec![reference("components", "securitySchemes/user")],
    };
    (protocol.to_owned(), server)
}

fn submissions_channel(submission: &MessageDescriptor) -> (String, Tree) {
    let message = |content: ContentType, title: &str| {
        map! {
            "name" => submission.name(),
            "title" => title,
            "contentType" => content.as_str(),
            "traits" => vec![reference("components", "messageTraits/submission")],
            "payload" => reference("components", &format!("schemas/{}", submission.name())),
        }
    };
    let channel = map! {
        "address" => REQUESTS,
        "description" => "Where requests are handed in. Any routing key will do.",
        "messages" => map! {
            "protobuf" => message(ContentType::Protobuf, "A request, in protobuf"),
            "json" => message(ContentType::Json, "A request, in JSON"),
        },
        "bindings" => reference("components", "channelBindings/requests"),
    };
    ("requests".to_owned(), channel)
}

fn submitting() -> (String, Tree) {
    let operation = map! {
        "action" => "receive",
        "channel" => reference("channels", "requests"),
        "summary" => "Takes in a data subject request.",
        "description" => SUBMITTING,
        "bindings" => binding(map! { "deliveryMode" => 2, "mandatory" => true }),
        "messages" => ["protobuf", "json"]
            .map(|message| reference("channels", &format!("requests/messages/{message}")))
            .to_vec(),
    };
    ("submitRequest".to_owned(), operation)
}

/// An event, as it is told.
struct OneEvent {
    /// Its field of `Event`, as JSON has it.
    field: String,
    /// The message of that field.
    message: String,
    /// As routing keys have it.
    name: &'static str,
    says: Option<String>,
    payload: Tree,
}

impl OneEvent {
    fn new(event: &MessageDescriptor, field: &FieldDescriptor, schemas: &mut Schemas) -> Self {
        let Kind::Message(message) = field.kind() else { panic!("{field:?} is no message") };
        let is_of_all = |other: &FieldDescriptor| other.containing_oneof().is_none();
        let fields: Vec<_> = event.fields().filter(|other| is_of_all(other) || other == field).collect();
        Self {
            field: field.json_name().to_owned(),
            message: message.name().to_owned(),
            name: name(field, &message),
            says: comment(message.parent_file_descriptor_proto(), message.path()),
            payload: schemas.object(event, &fields, &[field.json_name()]),
        }
    }

    fn channel(&self) -> (String, Tree) {
        let message = map! { "name" => &*self.message, "title" => self.name }
            .and("summary", self.says.clone())
            .with("traits", vec![reference("components", "messageTraits/event")])
            .with("payload", self.payload.clone());
        let channel = map! {
            "address" => format!("{{tenant}}.{}", self.name),
            "parameters" => map! { "tenant" => reference("components", "parameters/tenant") },
            "messages" => map! { &*self.message => message },
            "bindings" => reference("components", "channelBindings/events"),
        };
        (self.field.clone(), channel)
    }

    fn operation(&self) -> (String, Tree) {
        let message = reference("channels", &format!("{}/messages/{}", self.field, self.message));
        let operation = map! { "action" => "send", "channel" => reference("channels", &self.field) }
            .and("summary", self.says.clone())
            .with("traits", vec![reference("components", "operationTraits/event")])
            .with("messages", vec![message]);
        (format!("send{}", self.message), operation)
    }
}

/// The name that the code gives to an event with this field.
fn name(field: &FieldDescriptor, message: &MessageDescriptor) -> &'static str {
    let mut event = DynamicMessage::new(field.parent_message().clone());
    event.set_field(field, Value::Message(DynamicMessage::new(message.clone())));
    event_name(&event.transcode_to::<Event>().unwrap()).unwrap()
}

fn exchange(name: &str) -> Tree {
    let topology = Topology::new(&[], &[], &[]);
    let exchange = topology.exchanges.iter().find(|exchange| exchange.name == name).unwrap();
    let routing = match exchange.routing {
        Routing::Direct => "direct",
        Routing::Topic => "topic",
    };
    binding(map! {
        "is" => "routingKey",
        "exchange" => map! { "name" => name, "type" => routing, "durable" => true, "autoDelete" => false },
    })
}

pub(crate) fn binding(of: Tree) -> Tree {
    map! { "amqp" => of.with("bindingVersion", "0.3.0") }
}

fn reference(part: &str, name: &str) -> Tree {
    map! { "$ref" => format!("#/{part}/{name}") }
}
