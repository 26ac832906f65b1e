//! JSON schemas in words: what a thing is, what its fields are.

use serde_json::{Map, Value};

use super::text::{Span, spans};

/// Where components are.
const PREFIX: &str = "#/components/schemas/";
/// Objects within objects that have no name: deeper ones are only called objects.
const DEPTH_MAX: usize = 4;

/// A piece of a kind or a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    /// Where on the page it is described.
    pub(super) link: Option<String>,
    /// It stands for something.
    pub(super) is_parameter: bool,
}

/// A field, or a parameter.
pub(super) struct Field {
    pub(super) name: String,
    pub(super) kind: Vec<Piece>,
    pub(super) is_required: bool,
    pub(super) text: Vec<Span>,
    /// The only values that it can have.
    pub(super) words: Vec<String>,
    pub(super) example: Option<String>,
}

/// A thing with its fields.
pub(super) struct Shape {
    /// Empty where it has none.
    pub(super) name: String,
    pub(super) anchor: String,
    pub(super) text: Vec<Span>,
    /// More than one: it is one of these.
    pub(super) variants: Vec<Variant>,
    /// What it is, where it has no fields.
    pub(super) kind: Vec<Piece>,
    pub(super) words: Vec<String>,
}

/// One way in which a thing can look.
pub(super) struct Variant {
    pub(super) text: Vec<Span>,
    pub(super) fields: Vec<Field>,
}

/// The components of a description.
pub(super) struct Schemas<'a>(Option<&'a Map<String, Value>>);

impl Piece {
    pub(super) fn plain(text: &str) -> Self {
        Self { text: text.to_owned(), link: None, is_parameter: false }
    }

    pub(super) fn parameter(name: &str) -> Self {
        Self { is_parameter: true, ..Self::plain(name) }
    }

    fn named(name: &str) -> Self {
        Self { link: Some(anchor(name)), ..Self::plain(name) }
    }
}

impl<'a> Schemas<'a> {
    pub(super) fn of(document: &'a Value) -> Self {
        Self(document["components"]["schemas"].as_object())
    }

    /// All of them, by name.
    pub(super) fn shapes(&self) -> Vec<Shape> {
        let all = self.0.into_iter().flatten();
        all.map(|(name, schema)| Shape { name: name.clone(), anchor: anchor(name), ..self.shape(schema) })
            .collect()
    }

    /// A thing that may be named elsewhere, with its name.
    pub(super) fn resolved(&self, schema: &Value) -> Shape {
        let schema = unless_null(schema);
        match name(schema) {
            Some(name) => {
                Shape { name: name.to_owned(), anchor: anchor(name), ..self.shape(self.named(name)) }
            }
            None => self.shape(schema),
        }
    }

    pub(super) fn parameter(&self, parameter: &Value) -> Field {
        let is_required = parameter["required"].as_bool().unwrap_or_default();
        let name = parameter["name"].as_str().unwrap_or_default();
        let described = Value::Object(parameter.as_object().cloned().unwrap_or_default());
        let mut field = self.field(name.to_owned(), &parameter["schema"], is_required);
        if field.text.is_empty() {
            field.text = description(&described);
        }
        field.example = field.example.or_else(|| example(&described));
        field
    }

    /// What a thing is, in a few words.
    pub(super) fn kind(&self, schema: &Value) -> Vec<Piece> {
        if let Some(name) = name(schema) {
            return vec![Piece::named(name)];
        }
        let mut kind = match unless_null(schema) {
            inner if inner != schema => self.kind(inner),
            _ if schema["items"].is_object() => {
                [vec![Piece::plain("list of ")], self.kind(&schema["items"])].concat()
            }
            _ => match schema["oneOf"].as_array() {
                Some(all) => joined(all.iter().filter(|one| one["type"] != "null").map(|one| self.kind(one))),
                None => vec![Piece::plain(&primitive(schema))],
            },
        };
        if may_be_null(schema) {
            kind.push(Piece::plain(" or null"));
        }
        kind
    }

    fn named(&self, name: &str) -> &'a Value {
        self.0.and_then(|all| all.get(name)).unwrap_or(&Value::Null)
    }

    fn shape(&self, schema: &Value) -> Shape {
        let alternatives = schema["oneOf"].as_array().filter(|_| unless_null(schema) == schema);
        let mut variants: Vec<Variant> = match alternatives {
            Some(alternatives) => alternatives.iter().map(|one| self.variant(one)).collect(),
            None => vec![Variant { text: Vec::new(), fields: self.fields("", schema, 0) }],
        };
        variants.retain(|variant| !variant.fields.is_empty());
        let is_object = !variants.is_empty() || schema["type"] == "object";
        Shape {
            name: String::new(),
            anchor: String::new(),
            text: description(schema),
            variants,
            kind: if is_object { Vec::new() } else { self.kind(schema) },
            words: words(schema),
        }
    }

    fn variant(&self, schema: &Value) -> Variant {
        let schema = name(schema).map_or(schema, |name| self.named(name));
        Variant { text: description(schema), fields: self.fields("", schema, 0) }
    }

    /// Its fields, those of unnamed objects within it among them.
    fn fields(&self, prefix: &str, schema: &Value, depth: usize) -> Vec<Field> {
        let parts = schema["allOf"].as_array().into_iter().flatten();
        let mut fields: Vec<Field> = parts
            .flat_map(|part| self.fields(prefix, name(part).map_or(part, |name| self.named(name)), depth))
            .collect();
        let required: Vec<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let properties = schema["properties"].as_object().into_iter().flatten();
        let mut properties: Vec<(&String, &Value, bool)> =
            properties.map(|(name, schema)| (name, schema, required.contains(&name.as_str()))).collect();
        properties.sort_by_key(|(.., is_required)| !is_required);
        for (name, schema, is_required) in properties {
            let path = format!("{prefix}{name}");
            fields.push(self.field(path.clone(), schema, is_required));
            if depth < DEPTH_MAX {
                fields.extend(self.fields(&format!("{path}."), unless_null(schema), depth + 1));
            }
        }
        fields
    }

    fn field(&self, name: String, schema: &Value, is_required: bool) -> Field {
        Field {
            name,
            kind: self.kind(schema),
            is_required,
            text: description(schema),
            words: words(schema),
            example: example(schema),
        }
    }
}

fn joined(kinds: impl Iterator<Item = Vec<Piece>>) -> Vec<Piece> {
    kinds.reduce(|all, kind| [all, vec![Piece::plain(" or ")], kind].concat()).unwrap_or_default()
}

fn anchor(name: &str) -> String {
    format!("of-{name}")
}

/// The component that a schema names.
fn name(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str()?.strip_prefix(PREFIX)
}

/// Whether null is one of the things that it can be.
pub(super) fn may_be_null(schema: &Value) -> bool {
    let among =
        |list: &Value, is: fn(&Value) -> bool| list.as_array().is_some_and(|list| list.iter().any(is));
    among(&schema["type"], |kind| kind == "null") || among(&schema["oneOf"], |one| one["type"] == "null")
}

/// What it is when it is not null; itself where that cannot be told apart.
fn unless_null(schema: &Value) -> &Value {
    let others: Vec<&Value> =
        schema["oneOf"].as_array().into_iter().flatten().filter(|one| one["type"] != "null").collect();
    match others.as_slice() {
        [one] if may_be_null(schema) => one,
        _ => schema,
    }
}

/// The word for what has no parts.
fn primitive(schema: &Value) -> String {
    let kind = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null"),
        kind => kind.as_str(),
    };
    match (kind.unwrap_or("any value"), schema["format"].as_str().unwrap_or_default()) {
        ("string", "date-time") => "time".to_owned(),
        ("string", "byte") => "base64".to_owned(),
        ("string", "uuid") => "UUID".to_owned(),
        ("boolean", _) => "true or false".to_owned(),
        ("integer", _) => "whole number".to_owned(),
        ("string", _) => "text".to_owned(),
        (kind, _) => kind.to_owned(),
    }
}

fn description(schema: &Value) -> Vec<Span> {
    spans(schema["description"].as_str().unwrap_or_default())
}

/// The values that a text, or each text of a list, can have.
fn words(schema: &Value) -> Vec<String> {
    let list =
        if schema["items"].is_object() { &schema["items"]["enum"] } else { &unless_null(schema)["enum"] };
    list.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn example(schema: &Value) -> Option<String> {
    match schema.get("example").or_else(|| schema.get("default"))? {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}
