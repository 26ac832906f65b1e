//! Each kind of event, with something in every field.

use std::{collections::HashMap, path::Path};

use prost::Message as _;
use protox::prost_reflect::{
    DescriptorPool, DynamicMessage, FieldDescriptor, Kind, MapKey, MessageDescriptor, Value,
};
use redress_contracts::{event_name, v1::Event};

/// The field of each kind of event.
fn kinds() -> (MessageDescriptor, Vec<FieldDescriptor>) {
    let proto = Path::new(env!("CARGO_MANIFEST_DIR")).join("../proto");
    let files = protox::compile(["redress/v1/events.proto"], [proto]).unwrap();
    let pool = DescriptorPool::from_file_descriptor_set(files).unwrap();
    let event = pool.get_message_by_name("redress.v1.Event").unwrap();
    let what = event.oneofs().find(|oneof| oneof.name() == "what").unwrap();
    let kinds = what.fields().collect();
    (event, kinds)
}

/// The name of each kind, and an event of it in protobuf.
pub(super) fn every_event() -> Vec<(&'static str, Vec<u8>)> {
    let (event, kinds) = kinds();
    let of = |kind: &FieldDescriptor| {
        let mut full = full(&event);
        full.set_field(kind, one(&kind.kind()));
        let body = full.encode_to_vec();
        (event_name(&Event::decode(body.as_slice()).unwrap()).unwrap(), body)
    };
    kinds.iter().map(of).collect()
}

fn full(message: &MessageDescriptor) -> DynamicMessage {
    let mut full = DynamicMessage::new(message.clone());
    for field in message.fields() {
        let value = match field.kind() {
            Kind::Message(entry) if field.is_map() => {
                let value = one(&entry.map_entry_value_field().kind());
                Value::Map(HashMap::from([(MapKey::String("intake".to_owned()), value)]))
            }
            Kind::Enum(words) if field.is_list() => {
                let words = words.values().map(|word| word.number()).filter(|number| *number != 0);
                Value::List(words.map(Value::EnumNumber).collect())
            }
            kind if field.is_list() => Value::List(vec![one(&kind), one(&kind)]),
            kind => one(&kind),
        };
        full.set_field(&field, value);
    }
    full
}

fn one(kind: &Kind) -> Value {
    match kind {
        Kind::Bool => Value::Bool(true),
        Kind::Bytes => Value::Bytes(vec![0, 255, 62, 63].into()),
        Kind::Enum(words) => Value::EnumNumber(words.values().map(|word| word.number()).max().unwrap()),
        Kind::Int32 => Value::I32(1),
        Kind::Int64 => Value::I64(1),
        Kind::Message(message) => Value::Message(full(message)),
        Kind::String => Value::String("text".to_owned()),
        Kind::Uint32 => Value::U32(u32::MAX),
        Kind::Uint64 => Value::U64(u64::MAX),
        other => panic!("nothing to put into a {other:?}"),
    }
}
