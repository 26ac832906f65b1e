//! A JSON value as a person reads it. Numbers keep the digits and fields the order that they were given in.
#![expect(clippy::let_underscore_must_use, reason = "the template's derive writes it so")]

use std::fmt;

use askama::{Template, filters::HtmlSafe};
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::value::RawValue;

/// What is nested deeper is shown as JSON: there is no room for it on a narrow page.
const DEPTH_MAX: usize = 8;

/// A value, or a whole record.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "value.html")]
pub(crate) enum Value {
    /// `null`.
    Nothing,
    /// An empty text, list or group.
    Empty(&'static str),
    /// A number, `true`, `false`.
    Plain(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// Fields with their names.
    Fields(Vec<(String, Value)>),
}

/// Its template escapes what it is made of.
impl HtmlSafe for Value {}

impl Value {
    /// A record: none when the line is not one JSON object.
    pub(crate) fn record(line: &[u8]) -> Option<Self> {
        let Ordered(fields) = serde_json::from_slice(line).ok()?;
        Some(Self::fields(fields, 1))
    }

    fn read(raw: &RawValue, depth: usize) -> Self {
        let json = raw.get();
        match json.as_bytes().first() {
            Some(b'{' | b'[') if depth >= DEPTH_MAX => Self::Plain(shown(json)),
            Some(b'{') => serde_json::from_str(json)
                .map_or_else(|_| Self::Plain(shown(json)), |Ordered(fields)| Self::fields(fields, depth + 1)),
            Some(b'[') => serde_json::from_str::<Vec<&RawValue>>(json)
                .map_or_else(|_| Self::Plain(shown(json)), |values| Self::list(&values, depth + 1)),
            Some(b'"') => serde_json::from_str::<String>(json)
                .map_or_else(|_| Self::Plain(shown(json)), |text| Self::text(&text)),
            _ if json == "null" => Self::Nothing,
            _ => Self::Plain(shown(json)),
        }
    }

    fn fields(fields: Vec<(String, &RawValue)>, depth: usize) -> Self {
        if fields.is_empty() {
            return Self::Empty("no fields");
        }
        Self::Fields(fields.into_iter().map(|(name, raw)| (shown(&name), Self::read(raw, depth))).collect())
    }

    fn list(values: &[&RawValue], depth: usize) -> Self {
        if values.is_empty() {
            return Self::Empty("an empty list");
        }
        Self::List(values.iter().map(|raw| Self::read(raw, depth)).collect())
    }

    fn text(text: &str) -> Self {
        if text.is_empty() { Self::Empty("an empty text") } else { Self::Text(shown(text)) }
    }
}

/// What a page cannot show, such as control characters, is marked; the data file has it as it is.
fn shown(text: &str) -> String {
    let show =
        |c: char| if c.is_control() && c != '\n' && c != '\t' { char::REPLACEMENT_CHARACTER } else { c };
    text.replace("\r\n", "\n").chars().map(show).collect()
}

/// An object's fields in their order, each as often as it stands there.
struct Ordered<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Ordered<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;

        impl<'de> Visitor<'de> for Fields {
            type Value = Ordered<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Ordered<'de>, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Ordered(fields))
            }
        }

        deserializer.deserialize_map(Fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(record: &str) -> String {
        Value::record(record.as_bytes()).unwrap().render().unwrap()
    }

    /// A list of one field.
    fn field(name: &str, value: &str) -> String {
        format!("<dl><div><dt dir=\"auto\">{name}</dt><dd>{value}</dd></div></dl>")
    }

    #[test]
    fn each_kind_of_value_is_shown_as_a_person_reads_it() {
        let text = |text: &str| format!("<span dir=\"auto\">{text}</span>");
        let none = |text: &str| format!("<span class=\"none\">{text}</span>");
        for (value, shown) in [
            ("null", none("no value")),
            (r#""""#, none("an empty text")),
            ("[]", none("an empty list")),
            ("{}", none("no fields")),
            ("true", "true".to_owned()),
            ("12.10", "12.10".to_owned()),
            ("123456789012345678901234567890", "123456789012345678901234567890".to_owned()),
            (r#""Zoë 🌸""#, text("Zoë 🌸")),
            (r#""a\r\nb\tc""#, text("a\nb\tc")),
            (r#""a\u0000b\u001b""#, text("a\u{FFFD}b\u{FFFD}")),
            (r#""<script>alert('x')</script>""#, text("&#60;script&#62;alert(&#39;x&#39;)&#60;/script&#62;")),
            (r#"[1, "a"]"#, format!("<ol><li>1</li><li>{}</li></ol>", text("a"))),
            (r#"{"b": 1}"#, field("b", "1")),
        ] {
            assert_eq!(html(&format!(r#"{{"a": {value}}}"#)), field("a", &shown), "{value}");
        }
        assert_eq!(html(r#"{"<b>": 1}"#), field("&#60;b&#62;", "1"));
    }

    #[test]
    fn fields_keep_their_order_and_none_is_lost() {
        let shown = html(r#"{"z": 1, "a": 2, "z": 3}"#);
        let names: Vec<&str> = shown.split("<dt dir=\"auto\">").skip(1).map(|rest| &rest[..1]).collect();
        assert_eq!(names, ["z", "a", "z"]);
    }

    #[test]
    fn what_is_nested_too_deep_is_shown_as_json() {
        for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
            let deep = format!(r#"{{"a": {}"<b>"{}}}"#, open.repeat(2000), close.repeat(2000));
            let shown = html(&deep);
            assert!(shown.contains("&#60;b&#62;") && !shown.contains("<b>"));
        }
    }

    #[test]
    fn only_one_whole_object_is_a_record() {
        for line in ["", " ", "null", "[]", "1", r#"{"a":1"#, r#"{"a":1} {"b":2}"#, "{\"a\":\"\u{0}\"}"] {
            assert_eq!(Value::record(line.as_bytes()), None, "{line}");
        }
        assert_eq!(Value::record(b"{\"a\":\"\xff\"}"), None);
        assert!(Value::record(b" {\"a\" : 1}\r").is_some());
    }
}
