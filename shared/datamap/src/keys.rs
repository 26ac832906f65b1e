//! The keys of a data map: which are obeyed, which only describe, which are refused by name. Every key of fideslang is here;
//! a test holds the table to the package's own schema.

use serde_json::Value;

use crate::node::Node;

/// Where a key stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyPlace {
    /// In an element of `dataset`.
    Dataset,
    /// In its `fides_meta`.
    DatasetMeta,
    /// In an element of `collections`.
    Collection,
    /// In its `fides_meta`.
    CollectionMeta,
    /// In an element of `fields`.
    Field,
    /// In its `fides_meta`.
    FieldMeta,
    /// In an element of `references`.
    Reference,
}

/// What is made of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyUse {
    /// It is obeyed.
    Obeyed,
    /// It describes: neither here nor in Fides does a request go another way by it.
    Describes,
    /// It is an error, with this reason.
    Refused(&'static str),
}

use KeyPlace::{Collection, CollectionMeta, Dataset, DatasetMeta, Field, FieldMeta, Reference};
use KeyUse::{Describes, Obeyed, Refused};

const REDACT: KeyUse = Refused("names are not redacted in packages yet: leave it out");

/// Every key that is known.
pub const KEYS: &[(KeyPlace, &str, KeyUse)] = &[
    (Dataset, "fides_key", Obeyed),
    (Dataset, "collections", Obeyed),
    (Dataset, "data_categories", Obeyed),
    (Dataset, "fides_meta", Obeyed),
    (Dataset, "fidesops_meta", Obeyed),
    (Dataset, "name", Describes),
    (Dataset, "description", Describes),
    (Dataset, "organization_fides_key", Describes),
    (Dataset, "tags", Describes),
    (Dataset, "meta", Describes),
    (Dataset, "data_uses", Describes),
    (Dataset, "data_purposes", Describes),
    (Dataset, "data_subjects", Describes),
    (DatasetMeta, "after", Obeyed),
    (DatasetMeta, "namespace", Obeyed),
    (DatasetMeta, "resource_id", Describes),
    (DatasetMeta, "redact", REDACT),
    (Collection, "name", Obeyed),
    (Collection, "fields", Obeyed),
    (Collection, "data_categories", Obeyed),
    (Collection, "fides_meta", Obeyed),
    (Collection, "fidesops_meta", Obeyed),
    (Collection, "description", Describes),
    (Collection, "data_uses", Describes),
    (Collection, "data_purposes", Describes),
    (Collection, "data_subjects", Describes),
    (CollectionMeta, "after", Obeyed),
    (CollectionMeta, "erase_after", Obeyed),
    (CollectionMeta, "skip_processing", Obeyed),
    (CollectionMeta, "masking_strategy_override", Obeyed),
    (CollectionMeta, "where", Obeyed),
    (CollectionMeta, "redress_class", Obeyed),
    (CollectionMeta, "redress_person", Obeyed),
    (CollectionMeta, "redress_owned", Obeyed),
    (CollectionMeta, "partitioning", Refused("a table is read whole, not by partitions: leave it out")),
    (CollectionMeta, "redact", REDACT),
    (Field, "name", Obeyed),
    (Field, "fields", Obeyed),
    (Field, "data_categories", Obeyed),
    (Field, "fides_meta", Obeyed),
    (Field, "fidesops_meta", Obeyed),
    (Field, "description", Describes),
    (Field, "data_uses", Describes),
    (Field, "data_purposes", Describes),
    (Field, "data_subjects", Describes),
    (FieldMeta, "identity", Obeyed),
    (FieldMeta, "identity_class", Obeyed),
    (FieldMeta, "identity_normal", Obeyed),
    (FieldMeta, "identity_with", Obeyed),
    (FieldMeta, "phone_region", Obeyed),
    (FieldMeta, "primary_key", Obeyed),
    (FieldMeta, "references", Obeyed),
    (FieldMeta, "about", Obeyed),
    (FieldMeta, "length", Obeyed),
    (FieldMeta, "read_only", Obeyed),
    (FieldMeta, "masking_strategy_override", Obeyed),
    // The database itself says what type a column has, and a row is always given whole.
    (FieldMeta, "data_type", Describes),
    (FieldMeta, "return_all_elements", Describes),
    (
        FieldMeta,
        "custom_request_field",
        Refused("a request has no fields of its own to look by: leave it out"),
    ),
    (FieldMeta, "redact", REDACT),
    (Reference, "dataset", Obeyed),
    (Reference, "field", Obeyed),
    (Reference, "direction", Obeyed),
    (Reference, "same_person", Obeyed),
    (Reference, "role", Obeyed),
    (Reference, "where", Obeyed),
];

/// Edits that make one key of another, at most, where one is taken for the other misspelt.
const EDITS_MAX: usize = 2;

/// Refuses what is refused, and warns of keys that are close to a known one. Any other key is another tool's.
pub(crate) fn check(node: &Node<'_>, place: KeyPlace) {
    let Some(map) = node.map() else { return };
    let known = || KEYS.iter().filter(|(of, ..)| *of == place);
    for (key, value) in map {
        match known().find(|(_, name, _)| name == key) {
            Some((.., Refused(reason))) if !is_unset(value) => node.wrong(format!("`{key}`: {reason}")),
            Some(_) => {}
            None => {
                let distance = |name: &str| strsim::osa_distance(key, name);
                let nearest = known().map(|(_, name, _)| *name).min_by_key(|name| distance(name));
                if let Some(name) = nearest.filter(|name| distance(name) <= EDITS_MAX) {
                    node.warn(format!("`{key}` is not read: is `{name}` meant?"));
                }
            }
        }
    }
}

fn is_unset(value: &Value) -> bool {
    value.is_null() || *value == Value::Bool(false)
}
