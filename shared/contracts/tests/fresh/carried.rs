//! What a message carries beside its body: AMQP properties, and headers. AsyncAPI has no place of its own for
//! properties, so they stand in `x-amqp-properties`, as a schema like that of the headers.

use prost::Name as _;
use redress_contracts::{
    ContentType, header,
    v1::{Event, SubmitRequest},
};

use crate::{
    asyncapi::binding,
    tree::{Tree, map},
};

/// With a submission: what its sender sets.
pub(crate) fn with_submissions() -> Tree {
    let contents = [ContentType::Protobuf, ContentType::Json].map(ContentType::as_str).to_vec();
    let user = "The AMQP user that publishes it: the broker refuses any other. It says whose the request is.";
    let id = "Whatever you call it: by it a submission without an `idempotencyKey` counts once.";
    let always = vec![
        ("content_type", map! { "type" => "string", "enum" => contents }),
        ("type", constant(&SubmitRequest::full_name())),
        ("user_id", text(user)),
    ];
    let sometimes = vec![
        ("message_id", text(id)),
        ("delivery_mode", map! { "const" => 2, "description" => "The broker writes it to its disk." }),
    ];
    map! {
        "headers" => map! { "type" => "object", "description" => "None is looked at." },
        "bindings" => binding(map! { "messageType" => SubmitRequest::full_name() }),
        "x-amqp-properties" => object(always, sometimes),
    }
}

/// With an event.
pub(crate) fn with_events() -> Tree {
    let properties = vec![
        ("content_type", constant(ContentType::Protobuf.as_str())),
        ("type", constant(&Event::full_name())),
        ("message_id", uuid("As the header `cloudEvents_id`.")),
        ("correlation_id", uuid("The request's id.")),
        ("delivery_mode", map! { "const" => 2 }),
        ("user_id", text("The AMQP user of Redress. The broker lets nobody else name it.")),
    ];
    map! {
        "contentType" => ContentType::Protobuf.as_str(),
        "headers" => headers(),
        "bindings" => binding(map! { "messageType" => Event::full_name() }),
        "x-amqp-properties" => object(properties, Vec::new()),
    }
}

fn headers() -> Tree {
    let counts = "The service that sends it, which counts its events of a request in `sequence`.";
    let time = map! { "type" => "string", "format" => "date-time", "description" => "When it was made." };
    let grows = "Grows with each change of what its sender keeps of the request.";
    let version = map! { "type" => "string", "pattern" => "^[0-9]+$", "description" => grows };
    let again = constant("true").with("description", "It was sent before, and is sent once more.");
    let always = vec![
        (header::SPEC_VERSION, constant("1.0")),
        (header::ID, uuid("The same when the event comes again.")),
        (header::TYPE, constant(&Event::full_name())),
        (header::SOURCE, text(counts)),
        (header::TIME, time),
        (header::TENANT, text("Whose it is.")),
        (header::STATE_VERSION, version),
    ];
    let trace = "W3C Trace Context. A request is one trace, whose id is the request's.";
    object(always, vec![(header::TRACEPARENT, text(trace)), (header::AGAIN, again)])
}

fn object(always: Vec<(&str, Tree)>, sometimes: Vec<(&str, Tree)>) -> Tree {
    let required: Vec<&str> = always.iter().map(|(name, _)| *name).collect();
    let properties = always.into_iter().chain(sometimes).map(|(name, schema)| (name.to_owned(), schema));
    map! { "type" => "object", "required" => required, "properties" => Tree::Map(properties.collect()) }
}

fn text(says: &str) -> Tree {
    map! { "type" => "string", "description" => says }
}

fn uuid(says: &str) -> Tree {
    map! { "type" => "string", "format" => "uuid", "description" => says }
}

fn constant(value: &str) -> Tree {
    map! { "type" => "string", "const" => value }
}
