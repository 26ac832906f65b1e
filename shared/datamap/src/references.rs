//! What can be said of names and references only once all of a file is read.

use std::collections::BTreeSet;

use crate::{Collection, DataMap, Field, node::Finder};

/// Finds names that stand twice, and references to what is not there. A reference into a dataset of another
/// file is left to whoever has both.
pub(crate) fn check(maps: &[DataMap], finder: &Finder) {
    twice(maps.iter().map(|map| map.fides_key.as_str()), |i, key| {
        finder.add(&format!("dataset[{i}]"), format!("a second dataset `{key}`"));
    });
    for (i, map) in maps.iter().enumerate() {
        let path = format!("dataset[{i}]");
        twice(map.collections.iter().map(|collection| collection.name.as_str()), |i, name| {
            finder.add(&format!("{path}.collections[{i}]"), format!("a second collection `{name}`"));
        });
        for (i, collection) in map.collections.iter().enumerate() {
            fields(&collection.fields, &format!("{path}.collections[{i}]"), maps, finder);
        }
    }
}

fn fields(fields: &[Field], path: &str, maps: &[DataMap], finder: &Finder) {
    twice(fields.iter().map(|field| field.name.as_str()), |i, name| {
        finder.add(&format!("{path}.fields[{i}]"), format!("a second field `{name}`"));
    });
    for (i, field) in fields.iter().enumerate() {
        let path = format!("{path}.fields[{i}]");
        for (i, reference) in field.references.iter().enumerate() {
            let Some(map) = maps.iter().find(|map| map.fides_key == reference.dataset) else { continue };
            if let Some(missing) = missing(map.collection(&reference.collection), &reference.field) {
                let target = format!("{}.{}", reference.collection, reference.field);
                let reason =
                    format!("refers to `{target}` of `{}`, which has no such {missing}", map.fides_key);
                finder.add(&format!("{path}.fides_meta.references[{i}]"), reason);
            }
        }
        self::fields(&field.fields, &path, maps, finder);
    }
}

fn missing(collection: Option<&Collection>, field: &str) -> Option<&'static str> {
    match collection {
        None => Some("collection"),
        Some(collection) if collection.field(field).is_none() => Some("field"),
        Some(_) => None,
    }
}

fn twice<'a>(names: impl Iterator<Item = &'a str>, mut again: impl FnMut(usize, &str)) {
    let mut seen = BTreeSet::new();
    for (i, name) in names.enumerate() {
        // A missing name was told of already.
        if !name.is_empty() && !seen.insert(name) {
            again(i, name);
        }
    }
}
