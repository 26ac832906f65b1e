//! Words and forms of the bodies: the domain's vocabularies as schemas, and what has a form of its own.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use jiff::Timestamp;
use redress_domain::{Closing, IdentifierKind, Kind, PublicState, Regime, State, Trigger, VerificationLevel};
use serde::{Deserialize, Deserializer, de};
use utoipa::openapi::{
    Object, ObjectBuilder, RefOr,
    schema::{Schema, Type},
};

macro_rules! schemas {
    ($($name:ident = $word:ident)+) => {$(
        pub(super) fn $name() -> Schema {
            vocabulary($word::ALL.iter().map(|word| word.as_str()))
        }
    )+};
}

schemas! {
    closing = Closing
    identifier_kind = IdentifierKind
    kind = Kind
    public_state = PublicState
    regime = Regime
    state = State
    trigger = Trigger
    verification_level = VerificationLevel
}

fn vocabulary(words: impl Iterator<Item = &'static str>) -> Schema {
    let object: Object = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words)).build();
    object.into()
}

/// A list of regimes.
pub(super) fn regimes() -> Schema {
    utoipa::openapi::ArrayBuilder::new().items(RefOr::T(regime())).build().into()
}

/// The word of a protobuf enum's value, e.g. `not_found` of `STATUS_NOT_FOUND`; nothing for the unspecified.
pub(super) fn word(name: &str, prefix: &str) -> Option<String> {
    let word = name.strip_prefix(prefix).unwrap_or(name).to_lowercase();
    (word != "unspecified").then_some(word)
}

/// What serde says of it must name the form and never the value: so values are told apart here.
fn form<'de, D: Deserializer<'de>, T>(
    reader: D,
    form: &'static str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<T, D::Error> {
    let text = String::deserialize(reader)?;
    read(&text).ok_or_else(|| de::Error::invalid_value(de::Unexpected::Other("another text"), &form))
}

/// A time, as RFC 3339 writes it.
pub(super) struct Time(pub(super) Timestamp);

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        form(reader, "a time like 2026-06-10T12:00:00Z", |text| text.parse().ok()).map(Self)
    }
}

/// Bytes, in base64.
pub(super) struct Base64(pub(super) Vec<u8>);

impl<'de> Deserialize<'de> for Base64 {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        form(reader, "base64", |text| BASE64_STANDARD.decode(text).ok()).map(Self)
    }
}

/// A SHA-256, in hex.
pub(super) struct Hash(pub(super) Vec<u8>);

impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        let read = |text: &str| hex::decode(text).ok().filter(|bytes| bytes.len() == 32);
        form(reader, "64 hexadecimal digits", read).map(Self)
    }
}
