//! JSON schemas of protobuf's JSON mapping. What the comments say describes them.

use std::collections::BTreeMap;

use protox::prost_reflect::{
    EnumDescriptor, FieldDescriptor, Kind, MessageDescriptor, prost_types::FileDescriptorProto,
};

use crate::tree::{Tree, map};

/// What the front door asks for, which protobuf cannot say.
const REQUIRED: [(&str, &[&str]); 3] =
    [("Identifier", &["kind", "value"]), ("Subject", &["kind", "identifiers"]), ("SubmitRequest", &["kind"])];

/// Schemas by the names of their messages and enums.
#[derive(Default)]
pub(crate) struct Schemas {
    /// Messages that are met from now on are refused with a field that is not known. What was met before stays as it
    /// is: a listener ignores what a later version says besides.
    pub(crate) closed: bool,
    named: BTreeMap<String, Tree>,
}

impl Schemas {
    /// Everything that was met.
    pub(crate) fn all(self) -> Tree {
        Tree::Map(self.named.into_iter().collect())
    }

    /// Names a message's schema.
    pub(crate) fn message(&mut self, message: &MessageDescriptor) -> Tree {
        let required = REQUIRED.iter().find(|(name, _)| *name == message.name()).map(|(_, fields)| *fields);
        self.named(message.name(), |schemas| {
            let fields: Vec<_> = message.fields().collect();
            let schema = schemas.object(message, &fields, required.unwrap_or_default());
            described(comment(message.parent_file_descriptor_proto(), message.path()), schema)
        })
    }

    /// The schema of a message with these of its fields. One of each oneof's is there, as the front door asks for it.
    pub(crate) fn object(
        &mut self,
        message: &MessageDescriptor,
        fields: &[FieldDescriptor],
        required: &[&str],
    ) -> Tree {
        let properties = fields.iter().map(|field| (field.json_name().to_owned(), self.field(field)));
        let properties = Tree::Map(properties.collect());
        let oneofs = message.oneofs().filter(|oneof| oneof.fields().all(|field| fields.contains(&field)));
        let choices: Vec<Tree> = oneofs
            .flat_map(|oneof| {
                oneof.fields().map(|field| map! { "required" => vec![field.json_name()] }).collect::<Vec<_>>()
            })
            .collect();
        map! { "type" => "object" }
            .and("required", Some(required.to_vec()).filter(|required| !required.is_empty()))
            .and("oneOf", Some(choices).filter(|choices| !choices.is_empty()))
            .with("properties", properties)
            .and("additionalProperties", self.closed.then_some(false))
    }

    fn field(&mut self, field: &FieldDescriptor) -> Tree {
        let said = comment(field.parent_message().parent_file_descriptor_proto(), field.path());
        let schema = match field.kind() {
            Kind::Message(entry) if field.is_map() => {
                let values = self.value(&entry.map_entry_value_field().kind());
                map! { "type" => "object", "additionalProperties" => values }
            }
            kind if field.is_list() => map! { "type" => "array", "items" => self.value(&kind) },
            kind => self.value(&kind),
        };
        described(said, schema)
    }

    fn value(&mut self, kind: &Kind) -> Tree {
        match kind {
            Kind::Bool => map! { "type" => "boolean" },
            Kind::Bytes => map! { "type" => "string", "contentEncoding" => "base64" },
            Kind::Enum(words) => self.named(words.name(), |_| enumeration(words)),
            Kind::Message(at) if at.full_name() == "google.protobuf.Timestamp" => {
                map! { "type" => "string", "format" => "date-time" }
            }
            Kind::Message(message) => self.message(message),
            Kind::String => map! { "type" => "string" },
            Kind::Uint32 => map! { "type" => "integer", "minimum" => 0, "maximum" => u64::from(u32::MAX) },
            // JSON's numbers are not exact beyond 2^53.
            Kind::Uint64 => map! { "type" => "string", "pattern" => "^[0-9]+$" },
            other => {
                panic!("no message that is met from outside has a {other:?}: say here how JSON writes it")
            }
        }
    }

    /// Refers to the schema of this name, which is made when it is met first.
    fn named(&mut self, name: &str, make: impl FnOnce(&mut Self) -> Tree) -> Tree {
        if !self.named.contains_key(name) {
            // Its own fields may lead back to it.
            self.named.insert(name.to_owned(), map! {});
            let schema = make(self);
            self.named.insert(name.to_owned(), schema);
        }
        map! { "$ref" => format!("#/components/schemas/{name}") }
    }
}

/// The value 0 is none of the words: it stands for nothing, and is left out.
fn enumeration(words: &EnumDescriptor) -> Tree {
    let file = words.parent_file_descriptor_proto();
    let values: Vec<_> = words.values().filter(|value| value.number() != 0).collect();
    let lines = values
        .iter()
        .filter_map(|value| Some(format!("- `{}`: {}", value.name(), comment(file, value.path())?)));
    let lines = lines.collect::<Vec<_>>().join("\n");
    let said = comment(file, words.path()).into_iter().chain(Some(lines).filter(|lines| !lines.is_empty()));
    let said = said.collect::<Vec<_>>().join("\n\n");
    let names: Vec<&str> = values.iter().map(|value| value.name()).collect();
    described(Some(said).filter(|said| !said.is_empty()), map! { "type" => "string", "enum" => names })
}

/// The schema, with what is said of it before it.
fn described(said: Option<String>, schema: Tree) -> Tree {
    let (Some(said), Tree::Map(entries)) = (said, schema.clone()) else { return schema };
    // Nothing beside a reference is read.
    match entries[0].0.as_str() {
        "$ref" => map! { "description" => said, "allOf" => vec![schema] },
        _ => Tree::Map([("description".to_owned(), said.into())].into_iter().chain(entries).collect()),
    }
}

/// What the comments before and behind a thing say of it; a line that ends in the file does not end here.
pub(crate) fn comment(file: &FileDescriptorProto, path: &[i32]) -> Option<String> {
    let place = file.source_code_info.as_ref()?.location.iter().find(|place| place.path == path)?;
    let said = [place.leading_comments(), place.trailing_comments()].join("\n");
    let paragraphs =
        said.split("\n\n").map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" "));
    let said = paragraphs.filter(|paragraph| !paragraph.is_empty()).collect::<Vec<_>>().join("\n\n");
    Some(said).filter(|said| !said.is_empty())
}
