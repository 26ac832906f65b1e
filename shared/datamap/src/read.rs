//! Reads fideslang datasets.
//!
//! Ours beside fideslang's own keys, all under `fides_meta`: on a collection `redress_class` (`content`,
//! `log`, `audit`), `redress_person` (true: each row is one person's record) and `redress_owned` (by default what
//! `redress_person` says); on a field `identity_class` (`unique`, `shared`) and `identity_normal` (true: every value
//! stands in its normal form); on a reference `same_person` (true: both rows are records of the same person).

use redress_domain::{IdentifierClass, IdentifierKind};
use serde_json::Value;

use crate::{
    Collection, DataMap, DatasetClass, Direction, Field, Identity, Problems, Reference,
    node::{Finder, Node},
    references,
};

/// The names that Fides gives identities, beside our own.
const IDENTITIES: [(&str, IdentifierKind); 13] = [
    ("email", IdentifierKind::Email),
    ("phone_number", IdentifierKind::Phone),
    ("phone", IdentifierKind::Phone),
    ("external_id", IdentifierKind::CustomerId),
    ("customer_id", IdentifierKind::CustomerId),
    ("user_id", IdentifierKind::CustomerId),
    ("object_id", IdentifierKind::ObjectId),
    ("upn", IdentifierKind::Upn),
    ("email_sha256", IdentifierKind::EmailSha256),
    ("phone_sha256", IdentifierKind::PhoneSha256),
    ("phone_number_sha256", IdentifierKind::PhoneSha256),
    ("name", IdentifierKind::Name),
    ("field", IdentifierKind::Field),
];

impl DataMap {
    /// Reads the datasets of one file. `file` names it in problems.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(file: &str, yaml: &str) -> Result<Vec<Self>, Problems> {
        let finder = Finder::new(file);
        let value: Value = match serde_saphyr::from_str(yaml) {
            Ok(value) => value,
            Err(error) => {
                finder.add("", format!("not YAML that can be read: {error}"));
                return finder.finish(Vec::new());
            }
        };
        let root = Node::root(&value, &finder);
        if root.as_map().is_some() && root.get("dataset").is_none() {
            root.wrong("`dataset` is missing: the list of datasets of this file");
        }
        let maps: Vec<Self> = root.list("dataset").iter().map(dataset).collect();
        references::check(&maps, &finder);
        finder.finish(maps)
    }
}

fn dataset(node: &Node<'_>) -> DataMap {
    node.as_map();
    let collections: Vec<Collection> = node.list("collections").iter().map(collection).collect();
    if node.get("collections").is_none() {
        node.wrong("`collections` is missing");
    }
    DataMap {
        fides_key: node.required_text("fides_key").unwrap_or_default(),
        name: node.text("name"),
        description: node.text("description"),
        collections,
        other: node.others(&["fides_key", "name", "description", "collections"]),
    }
}

fn collection(node: &Node<'_>) -> Collection {
    node.as_map();
    let meta = node.get("fides_meta");
    let classes =
        [("content", DatasetClass::Content), ("log", DatasetClass::Log), ("audit", DatasetClass::Audit)];
    let class = meta.as_ref().and_then(|meta| meta.word("redress_class", &classes));
    let person = meta.as_ref().and_then(|meta| meta.flag("redress_person")).unwrap_or(false);
    if node.get("fields").is_none() {
        node.wrong("`fields` is missing");
    }
    Collection {
        name: node.required_text("name").unwrap_or_default(),
        description: node.text("description"),
        class: class.unwrap_or(DatasetClass::Content),
        person,
        owned: meta.and_then(|meta| meta.flag("redress_owned")).unwrap_or(person),
        fields: node.list("fields").iter().map(field).collect(),
        other: node.others(&["name", "description", "fields"]),
    }
}

fn field(node: &Node<'_>) -> Field {
    node.as_map();
    let meta = node.get("fides_meta");
    let meta = meta.as_ref();
    if let Some(meta) = meta {
        meta.as_map();
    }
    let categories = node.list("data_categories");
    Field {
        name: node.required_text("name").unwrap_or_default(),
        description: node.text("description"),
        categories: categories.iter().filter_map(parsed).collect(),
        primary_key: meta.and_then(|meta| meta.flag("primary_key")).unwrap_or(false),
        identity: meta.and_then(identity),
        references: meta.map(references_of).unwrap_or_default(),
        data_type: meta.and_then(|meta| meta.text("data_type")),
        fields: node.list("fields").iter().map(field).collect(),
        other: node.others(&["name", "description", "data_categories", "fields"]),
    }
}

fn parsed<T: std::str::FromStr<Err: std::fmt::Display>>(node: &Node<'_>) -> Option<T> {
    let text = node.as_text()?;
    text.parse().map_err(|error: T::Err| node.wrong(format!("`{text}`: {error}"))).ok()
}

fn identity(meta: &Node<'_>) -> Option<Identity> {
    let classes = [("unique", IdentifierClass::Unique), ("shared", IdentifierClass::Shared)];
    let class = meta.word("identity_class", &classes);
    if meta.get("identity").is_none() && class.is_some() {
        meta.wrong("`identity_class` without `identity`");
    }
    let kind = meta.word("identity", &IDENTITIES)?;
    if kind == IdentifierKind::Name && class == Some(IdentifierClass::Unique) {
        meta.wrong("a name does not name one person: its identity_class is shared");
    }
    let normal = meta.flag("identity_normal").unwrap_or(false);
    Some(Identity { kind, class: class.unwrap_or(kind.usual_class()), normal })
}

fn references_of(meta: &Node<'_>) -> Vec<Reference> {
    meta.list("references").iter().filter_map(reference).collect()
}

fn reference(node: &Node<'_>) -> Option<Reference> {
    node.as_map()?;
    let dataset = node.required_text("dataset");
    let target = node.required_text("field")?;
    let Some((collection, field)) = target.split_once('.') else {
        node.wrong(format!("`field` is `collection.field`, not `{target}`"));
        return None;
    };
    let directions = [("from", Direction::From), ("to", Direction::To)];
    let direction = match node.get("direction") {
        None => Direction::Both,
        Some(_) => node.word("direction", &directions)?,
    };
    Some(Reference {
        dataset: dataset?,
        collection: collection.to_owned(),
        field: field.to_owned(),
        direction,
        same_person: node.flag("same_person").unwrap_or(false),
    })
}

#[cfg(test)]
mod tests;
