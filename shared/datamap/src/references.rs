//! What can be said of names and references only once all of a file is read.

use std::collections::BTreeSet;

use crate::{Collection, Condition, DataMap, Field, Reference, node::Finder};

/// Finds names that stand twice, and references to what is not there. A reference into a dataset of another
/// file is left to whoever has both.
pub(crate) fn check(maps: &[DataMap], finder: &Finder) {
    twice(maps.iter().map(|map| map.fides_key.as_str()), |i, key| {
        finder.add(&format!("dataset[{i}]"), format!("a second dataset `{key}`"));
    });
    dangling(maps, &maps.iter().collect::<Vec<_>>(), true, finder);
    same_person(maps, finder);
    conditions(maps, finder);
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

/// A collection's name may have a schema before it: of `crm.person.id` the collection is the longest that there is.
pub(crate) fn resolve(maps: &mut [DataMap]) {
    let names: Vec<(String, Vec<String>)> = maps
        .iter()
        .map(|map| (map.fides_key.clone(), map.collections.iter().map(|it| it.name.clone()).collect()))
        .collect();
    for collection in maps.iter_mut().flat_map(|map| &mut map.collections) {
        resolve_in(&mut collection.fields, &names);
    }
}

fn resolve_in(fields: &mut [Field], names: &[(String, Vec<String>)]) {
    for field in fields {
        for reference in &mut field.references {
            let whole = format!("{}.{}", reference.collection, reference.field);
            let of_dataset =
                names.iter().filter(|(key, _)| *key == reference.dataset).flat_map(|(_, names)| names);
            let split =
                |name: &String| whole.strip_prefix(name.as_str())?.strip_prefix('.').map(str::to_owned);
            let longest =
                of_dataset.filter_map(|name| Some((name, split(name)?))).max_by_key(|(name, _)| name.len());
            if let Some((name, rest)) = longest {
                (reference.collection, reference.field) = (name.clone(), rest);
            }
        }
        resolve_in(&mut field.fields, names);
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

/// Finds conditions on fields that their collection does not have.
fn conditions(maps: &[DataMap], finder: &Finder) {
    let check = |path: &str, collection: &Collection, conditions: &[Condition]| {
        for condition in conditions.iter().filter(|it| !collection.fields.iter().any(|f| f.name == it.field))
        {
            finder.add(
                path,
                format!("`where` names `{}`, and the collection has no such field", condition.field),
            );
        }
    };
    for (i, map) in maps.iter().enumerate() {
        for (j, collection) in map.collections.iter().enumerate() {
            let path = format!("dataset[{i}].collections[{j}]");
            check(&format!("{path}.fides_meta.where"), collection, &collection.conditions);
            each_reference(&collection.fields, &path, &mut |path, it| {
                check(path, collection, &it.conditions)
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
