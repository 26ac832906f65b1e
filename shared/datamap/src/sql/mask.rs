//! What a masked field holds afterwards: a function of the request, the dataset, the key and the field, never
//! of what the field held, so that masking twice is masking once and nobody can guess backwards.

use hmac::{Hmac, KeyInit as _, Mac as _};
use redress_contracts::v1;
use sha2::{Digest as _, Sha256};

use super::{Bound, Column, FieldPlanned};

/// The fields of a table that change, in their order.
pub(crate) fn changed(table: &Bound) -> impl Iterator<Item = &FieldPlanned> {
    table.fields.iter().filter(|field| field.plan.treatment() != v1::Treatment::Keep)
}

/// Whether each of them becomes empty.
pub(crate) fn only_nulls(table: &Bound) -> bool {
    changed(table).all(|field| field.plan.treatment() == v1::Treatment::Null)
}

/// The new value of a field; none for null.
pub(crate) fn masked(
    field: &FieldPlanned,
    secret: &[u8; 32],
    dataset: &str,
    key: &[String],
) -> Option<String> {
    let name = field.column.name.as_str();
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
