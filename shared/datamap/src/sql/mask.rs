//! What a masked field holds afterwards: a function of the request, the dataset, the key and the field, never
//! of what the field held, so that masking twice is masking once and nobody can guess backwards.

use hmac::{Hmac, KeyInit as _, Mac as _};
use redress_contracts::v1;
use sha2::{Digest as _, Sha256};

use super::{Column, Dialect, FieldPlanned, dialect::quote};

/// The fields that change, in their order.
pub(crate) fn changed(fields: &[FieldPlanned]) -> impl Iterator<Item = &FieldPlanned> {
    fields.iter().filter(|field| field.plan.treatment() != v1::Treatment::Keep)
}

/// Whether each of these becomes empty, whatever row it is in.
pub(crate) fn only_nulls(fields: &[FieldPlanned]) -> bool {
    fields.iter().all(empties)
}

/// `"name" = null, "email" = given.m1, …`: what sets these fields, each to null or to its value.
pub(crate) fn assignments(dialect: &dyn Dialect, fields: &[FieldPlanned]) -> String {
    let mut of_columns: Vec<(&Column, String)> = Vec::new();
    for (i, field) in fields.iter().enumerate() {
        let value = (!empties(field)).then(|| value(dialect, field, i));
        let name = quote(&field.column.name);
        if field.path.is_empty() {
            of_columns.push((&field.column, value.unwrap_or_else(|| "null".to_owned())));
            continue;
        }
        let place = of_columns.iter().position(|(column, _)| column.name == field.column.name);
        let place = place.unwrap_or_else(|| {
            // By its table: the values that are given have names too.
            of_columns.push((&field.column, format!("t.{name}")));
            of_columns.len() - 1
        });
        let inside = &mut of_columns[place].1;
        *inside = dialect.json_with(inside, &field.path, value.as_deref(), &field.column);
    }
    let set = of_columns.iter().map(|(column, value)| format!("{} = {value}", quote(&column.name)));
    set.collect::<Vec<_>>().join(", ")
}

/// The condition that one of these fields of a row `t` does not hold what masking leaves there.
pub(crate) fn differs(dialect: &dyn Dialect, fields: &[FieldPlanned]) -> String {
    let one = |(i, field): (usize, &FieldPlanned)| {
        let name = format!("t.{}", quote(&field.column.name));
        match (empties(field), field.path.is_empty()) {
            (true, true) => format!("{name} is not null"),
            (false, true) if is_set(field) => {
                format!("{name} is null or {}", dialect.is_other(&name, &value(dialect, field, i)))
            }
            (false, true) => format!("{name} is null or {name} <> given.m{i}"),
            // A part that was never there is not made.
            (true, false) => dialect.json_has_other(&name, &field.path, None),
            (false, false) => dialect.json_has_other(&name, &field.path, Some(&format!("given.m{i}"))),
        }
    };
    fields.iter().enumerate().map(one).collect::<Vec<_>>().join(" or ")
}

/// The expression of a field's new value. Inside of JSON every value is a text.
fn value(dialect: &dyn Dialect, field: &FieldPlanned, i: usize) -> String {
    let given = format!("given.m{i}");
    if is_set(field) && field.path.is_empty() { dialect.typed(&given, &field.column) } else { given }
}

fn is_set(field: &FieldPlanned) -> bool {
    field.plan.treatment() == v1::Treatment::Set
}

fn empties(field: &FieldPlanned) -> bool {
    field.plan.treatment() == v1::Treatment::Null
}

/// The new value of a field; none for null.
pub(crate) fn masked(
    field: &FieldPlanned,
    secret: &[u8; 32],
    dataset: &str,
    key: &[String],
) -> Option<String> {
    let name = field.plan.field.as_str();
    let parts = || std::iter::once(dataset).chain(key.iter().map(String::as_str)).chain([name]);
    let value = match field.plan.treatment() {
        v1::Treatment::Hash => {
            let mut hash = Sha256::new();
            parts().for_each(|part| {
                hash.update((part.len() as u64).to_be_bytes());
                hash.update(part.as_bytes());
            });
            hex::encode(hash.finalize())
        }
        v1::Treatment::Hmac => hex::encode(keyed(secret, "hmac", parts())),
        v1::Treatment::Random => letters(&keyed(secret, "random", parts())),
        v1::Treatment::String => field.plan.value.clone(),
        v1::Treatment::Set => return Some(field.plan.value.clone()),
        _ => return None,
    };
    Some(cut(value, &field.column))
}

fn keyed<'a>(secret: &[u8; 32], usage: &'a str, parts: impl Iterator<Item = &'a str>) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes a key of any length");
    for part in std::iter::once(usage).chain(parts) {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part.as_bytes());
    }
    mac.finalize().into_bytes().into()
}

/// Twenty letters and digits: 100 bits.
fn letters(bytes: &[u8; 32]) -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghijkmnopqrstuvwxyz2345678";
    bytes[..20].iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect()
}

fn cut(value: String, column: &Column) -> String {
    match column.length_max {
        Some(most) if value.chars().count() > most => value.chars().take(most).collect(),
        _ => value,
    }
}
