//! What can be said of names and references only once all of a file is read.

use std::collections::BTreeSet;

use crate::{Collection, DataMap, Field, Reference, node::Finder};

/// Finds names that stand twice, and references to what is not there. A reference into a dataset of another
/// file is left to whoever has both.
pub(crate) fn check(maps: &[DataMap], finder: &Finder) {
    twice(maps.iter().map(|map| map.fides_key.as_str()), |i, key| {
        finder.add(&format!("dataset[{i}]"), format!("a second dataset `{key}`"));
    });
    dangling(maps, &maps.iter().collect::<Vec<_>>(), true, finder);
    same_person(maps, finder);
    for (i, map) in maps.iter().enumerate() {
        let path = format!("dataset[{i}]");
        twice(map.collections.iter().map(|collection| collection.name.as_str()), |i, name| {
            finder.add(&format!("{path}.collections[{i}]"), format!("a second collection `{name}`"));
        });
        for (i, collection) in map.collections.iter().enumerate() {
            fields(&collection.fields, &format!("{path}.collections[{i}]"), finder);
        }
    }
}

fn fields(fields: &[Field], path: &str, finder: &Finder) {
    twice(fields.iter().map(|field| field.name.as_str()), |i, name| {
        finder.add(&format!("{path}.fields[{i}]"), format!("a second field `{name}`"));
    });
    for (i, field) in fields.iter().enumerate() {
        self::fields(&field.fields, &format!("{path}.fields[{i}]"), finder);
    }
}

/// Finds references to what none of `all` has: those to datasets of the same file, or, not `inside`, all others.
pub(crate) fn dangling(maps: &[DataMap], all: &[&DataMap], inside: bool, finder: &Finder) {
    for (i, map) in maps.iter().enumerate() {
        for (j, collection) in map.collections.iter().enumerate() {
            each_reference(&collection.fields, &format!("dataset[{i}].collections[{j}]"), &mut |path, it| {
                if maps.iter().any(|map| map.fides_key == it.dataset) == inside {
                    told(it, all, |reason| finder.add(path, reason));
                }
            });
        }
    }
}

/// Finds references between records of one person that lead from or to what is no person's record.
fn same_person(maps: &[DataMap], finder: &Finder) {
    let named = |it: &Reference| maps.iter().find(|map| map.fides_key == it.dataset);
    for (i, map) in maps.iter().enumerate() {
        for (j, collection) in map.collections.iter().enumerate() {
            each_reference(&collection.fields, &format!("dataset[{i}].collections[{j}]"), &mut |path, it| {
                let other = named(it).and_then(|map| map.collection(&it.collection));
                let is_record = collection.person && other.is_none_or(|other| other.person);
                if it.same_person && !is_record {
                    let reason = "`same_person` needs `redress_person: true` on both collections";
                    finder.add(path, reason.to_owned());
                }
            });
        }
    }
}

/// Tells of a reference to what none of these datasets has.
fn told(it: &Reference, all: &[&DataMap], tell: impl FnOnce(String)) {
    let named = all.iter().filter(|map| map.fides_key == it.dataset);
    // None is less than some: one of two of the same name is enough.
    let missing = named.map(|map| missing(map.collection(&it.collection), &it.field)).min();
    let target = format!("`{}.{}` of `{}`", it.collection, it.field, it.dataset);
    match missing {
        None => tell(format!("refers to {target}, a dataset that no data map has")),
        Some(Some(what)) => tell(format!("refers to {target}, which has no such {what}")),
        Some(None) => {}
    }
}

fn each_reference(fields: &[Field], path: &str, told: &mut dyn FnMut(&str, &Reference)) {
    for (i, field) in fields.iter().enumerate() {
        let path = format!("{path}.fields[{i}]");
        for (i, reference) in field.references.iter().enumerate() {
            told(&format!("{path}.fides_meta.references[{i}]"), reference);
        }
        each_reference(&field.fields, &path, told);
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
