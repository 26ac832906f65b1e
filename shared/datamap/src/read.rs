//! Reads fideslang datasets.
//!
//! Ours beside fideslang's own keys, all under `fides_meta`: on a collection `redress_class` (`content`,
//! `log`, `audit`), `redress_person` (true: each row is one person's record) and `redress_owned` (by default what
//! `redress_person` says); on a field `identity_class` (`unique`, `shared`), `identity_normal` (true: every value
//! stands in its normal form), `identity_with` (the fields that are parts of the same name) and `phone_region` (the country in whose national writing telephone numbers may stand); on
//! a reference `same_person` (true: both rows are records of the same person) and `role` (`subject`, `joint`,
//! `mention`); on a field of such rows `about` (the field that refers to the person).

use redress_domain::{IdentifierClass, IdentifierKind};
use serde_json::Value;

use crate::{
    Category, Collection, Condition, DataMap, DatasetClass, Direction, Field, Identity, KeyPlace, Namespace,
    Problems, Reference, Role, Treatment, keys,
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
        // In YAML 1.1 `y` and `no` are no texts; here they may be columns.
        let options = serde_saphyr::options! { strict_booleans: true };
        let value: Value = match serde_saphyr::from_str_with_options(yaml, options) {
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
        let mut maps: Vec<Self> = root.list("dataset").iter().map(dataset).collect();
        references::resolve(&mut maps);
        references::check(&maps, &finder);
        order(&root, &maps);
        if let Some(first) = maps.first_mut() {
            first.warnings = finder.warnings();
        }
        finder.finish(maps)
    }
}

/// The `fides_meta` of a node, or `fidesops_meta`, as it was called before.
fn meta_of<'a>(node: &Node<'a>, place: KeyPlace) -> Option<Node<'a>> {
    let (meta, before) = (node.get("fides_meta"), node.get("fidesops_meta"));
    if meta.is_some() && before.is_some() {
        node.wrong("`fidesops_meta` beside `fides_meta`: which one counts?");
    }
    let meta = meta.or(before)?;
    meta.as_map();
    keys::check(&meta, place);
    Some(meta)
}

/// Collections that Fides works before others: a system's rows are read as they are at one moment, and changed in one
/// transaction, so that within a file every order is kept. Among systems there is none yet.
fn order(root: &Node<'_>, maps: &[DataMap]) {
    let is_here = |name: &str| {
        maps.iter().any(|map| {
            let collection = name.strip_prefix(&map.fides_key).and_then(|rest| rest.strip_prefix('.'));
            name == map.fides_key || collection.is_some_and(|collection| map.collection(collection).is_some())
        })
    };
    let check = |node: &Node<'_>| {
        let Some(meta) = node.get("fides_meta").or_else(|| node.get("fidesops_meta")) else { return };
        for other in ["after", "erase_after"].into_iter().flat_map(|key| meta.list(key)) {
            if let Some(name) = other.as_text().filter(|name| !is_here(name)) {
                other.wrong(format!("`{name}` is not in this file, and there is no order among systems yet"));
            }
        }
    };
    for dataset in root.list("dataset") {
        check(&dataset);
        dataset.list("collections").iter().for_each(check);
    }
}

fn namespace(meta: &Node<'_>) -> Namespace {
    let Some(node) = meta.get("namespace") else { return Namespace::default() };
    for (key, value) in node.as_map().into_iter().flatten() {
        if !["schema", "database_name"].contains(&key.as_str()) && !value.is_null() {
            node.wrong(format!("`{key}`: a namespace is a `schema` and a `database_name` here"));
        }
    }
    Namespace { schema: node.text("schema"), database: node.text("database_name") }
}

fn dataset(node: &Node<'_>) -> DataMap {
    node.as_map();
    keys::check(node, KeyPlace::Dataset);
    let meta = meta_of(node, KeyPlace::DatasetMeta);
    let categories = categories(node);
    let collections: Vec<Collection> =
        node.list("collections").iter().map(|it| collection(it, &categories)).collect();
    if node.get("collections").is_none() {
        node.wrong("`collections` is missing");
    }
    DataMap {
        fides_key: node.required_text("fides_key").unwrap_or_default(),
        name: node.text("name"),
        description: node.text("description"),
        namespace: meta.as_ref().map(namespace).unwrap_or_default(),
        collections,
        warnings: Vec::new(),
        other: node.others(&["fides_key", "name", "description", "collections"]),
    }
}

/// The categories of a node; those that fideslang does not have are warned of.
fn categories(node: &Node<'_>) -> Vec<Category> {
    let categories = node.list("data_categories");
    let read: Vec<Category> = categories.iter().filter_map(parsed).collect();
    for category in read.iter().filter(|category| !category.is_known()) {
        node.warn(format!("`{category}` is no data category of fideslang: is it the tenant's own?"));
    }
    read
}

/// `usual`: the categories of the whole dataset.
fn collection(node: &Node<'_>, usual: &[Category]) -> Collection {
    node.as_map();
    keys::check(node, KeyPlace::Collection);
    let meta = meta_of(node, KeyPlace::CollectionMeta);
    let own = categories(node);
    let usual = if own.is_empty() { usual } else { &own };
    let mut fields: Vec<Field> = node.list("fields").iter().map(field).collect();
    fields
        .iter_mut()
        .filter(|field| field.is_without_category())
        .for_each(|it| it.categories = usual.to_vec());
    let overridden = meta.as_ref().and_then(|meta| meta.get("masking_strategy_override"));
    let deletes = overridden.is_some_and(|it| it.word("strategy", &[("delete", ())]).is_some());
    let classes =
        [("content", DatasetClass::Content), ("log", DatasetClass::Log), ("audit", DatasetClass::Audit)];
    let class = meta.as_ref().and_then(|meta| meta.word("redress_class", &classes));
    let person = meta.as_ref().and_then(|meta| meta.flag("redress_person")).unwrap_or(false);
    if node.get("fields").is_none() {
        node.wrong("`fields` is missing");
    }
    let missing = |name: &&String| !fields.iter().any(|field| field.name == **name);
    for name in fields.iter().flat_map(|field| &field.identity_with).filter(missing) {
        node.wrong(format!("`identity_with`: the collection has no field `{name}`"));
    }
    for name in fields.iter().filter_map(|field| field.about.as_ref()) {
        let is_joint = |field: &Field| field.references.iter().any(|it| it.role == Role::Joint);
        if !fields.iter().any(|field| field.name == *name && is_joint(field)) {
            node.wrong(format!("`about`: no field `{name}` has a reference with `role: joint`"));
        }
    }
    Collection {
        name: node.required_text("name").unwrap_or_default(),
        description: node.text("description"),
        class: class.unwrap_or(DatasetClass::Content),
        person,
        skipped: meta.as_ref().and_then(|meta| meta.flag("skip_processing")).unwrap_or(false),
        deletes_rows: deletes,
        conditions: meta.as_ref().map(conditions).unwrap_or_default(),
        owned: meta.and_then(|meta| meta.flag("redress_owned")).unwrap_or(person),
        fields,
        other: node.others(&["name", "description", "fields"]),
    }
}

fn field(node: &Node<'_>) -> Field {
    node.as_map();
    keys::check(node, KeyPlace::Field);
    let meta = meta_of(node, KeyPlace::FieldMeta);
    let meta = meta.as_ref();
    Field {
        name: node.required_text("name").unwrap_or_default(),
        description: node.text("description"),
        categories: categories(node),
        primary_key: meta.and_then(|meta| meta.flag("primary_key")).unwrap_or(false),
        identity: meta.and_then(identity),
        identity_with: meta.map(identity_with).unwrap_or_default(),
        references: meta.map(references_of).unwrap_or_default(),
        about: meta.and_then(|meta| meta.text("about")),
        data_type: meta.and_then(|meta| meta.text("data_type")),
        length_max: meta.and_then(|meta| meta.count("length")),
        read_only: meta.and_then(|meta| meta.flag("read_only")).unwrap_or(false),
        masking: meta.and_then(|meta| masking(&meta.get("masking_strategy_override")?)),
        fields: node.list("fields").iter().map(field).collect(),
        other: node.others(&["name", "description", "data_categories", "fields"]),
    }
}

/// `where`: fields, each with a value or a list of values. No other comparison, and no SQL.
fn conditions(node: &Node<'_>) -> Vec<Condition> {
    let Some(node) = node.get("where") else { return Vec::new() };
    let fields = node.as_map().into_iter().flatten();
    let read = fields.filter_map(|(field, value)| {
        let values: Option<Vec<String>> = match value {
            Value::Array(values) => values.iter().map(scalar).collect(),
            value => scalar(value).map(|value| vec![value]),
        };
        let values = values.filter(|values| !values.is_empty());
        if values.is_none() {
            node.wrong(format!(
                "`{field}`: a value or a list of values, each a text, a number, true or false"
            ));
        }
        Some(Condition { field: field.clone(), values: values? })
    });
    read.collect()
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// What Fides's masking strategies are here.
fn masking(node: &Node<'_>) -> Option<Treatment> {
    let strategies = [
        ("null_rewrite", Treatment::Null),
        ("string_rewrite", Treatment::Text(String::new())),
        ("random_string_rewrite", Treatment::Random),
        ("hash", Treatment::Hash),
        ("hmac", Treatment::Hmac),
        ("preserve", Treatment::Keep("the data map preserves it".to_owned())),
    ];
    let names: Vec<(&str, usize)> = strategies.iter().enumerate().map(|(i, (name, _))| (*name, i)).collect();
    if node.get("strategy").is_none() {
        node.wrong("`strategy` is missing");
    }
    let treatment = &strategies[node.word("strategy", &names)?].1;
    let configuration = node.get("configuration");
    match treatment {
        Treatment::Text(_) => {
            let text = configuration.as_ref().and_then(|it| it.text("rewrite_value"));
            if text.is_none() {
                node.wrong("`string_rewrite` needs `configuration.rewrite_value`");
            }
            text.map(Treatment::Text)
        }
        other => {
            let given = configuration.as_ref().and_then(Node::map).is_some_and(|map| !map.is_empty());
            if given {
                node.wrong("`configuration` is read of `string_rewrite` alone: leave it out");
            }
            Some(other.clone())
        }
    }
}

fn parsed<T: std::str::FromStr<Err: std::fmt::Display>>(node: &Node<'_>) -> Option<T> {
    let text = node.as_text()?;
    text.parse().map_err(|error: T::Err| node.wrong(format!("`{text}`: {error}"))).ok()
}

fn identity(meta: &Node<'_>) -> Option<Identity> {
    let classes = [("unique", IdentifierClass::Unique), ("shared", IdentifierClass::Shared)];
    let class = meta.word("identity_class", &classes);
    for key in ["identity_class", "identity_with", "phone_region"] {
        if meta.get("identity").is_none() && meta.get(key).is_some() {
            meta.wrong(format!("`{key}` without `identity`"));
        }
    }
    let kind = meta.word("identity", &IDENTITIES)?;
    if kind == IdentifierKind::Name && class == Some(IdentifierClass::Unique) {
        meta.wrong("a name does not name one person: its identity_class is shared");
    }
    let normal = meta.flag("identity_normal").unwrap_or(false);
    let phone_region = meta.get("phone_region").and_then(|region| parsed(&region));
    if phone_region.is_some() && kind != IdentifierKind::Phone {
        meta.wrong("`phone_region` is for `identity: phone_number`");
    }
    Some(Identity { kind, class: class.unwrap_or(kind.usual_class()), normal, phone_region })
}

fn identity_with(meta: &Node<'_>) -> Vec<String> {
    let names: Vec<String> = meta.list("identity_with").iter().filter_map(Node::as_text).collect();
    let is_name = meta.get("identity").is_some_and(|kind| kind.as_text().as_deref() == Some("name"));
    if !names.is_empty() && !is_name {
        meta.wrong("`identity_with` is for `identity: name`");
    }
    names
}

fn references_of(meta: &Node<'_>) -> Vec<Reference> {
    meta.list("references").iter().filter_map(reference).collect()
}

fn reference(node: &Node<'_>) -> Option<Reference> {
    node.as_map()?;
    keys::check(node, KeyPlace::Reference);
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
    let roles = [Role::Subject, Role::Joint, Role::Mention].map(|role| (role.as_str(), role));
    let role = node.word("role", &roles).unwrap_or(Role::Subject);
    let same_person = node.flag("same_person").unwrap_or(false);
    if role != Role::Subject && (same_person || direction != Direction::From) {
        node.wrong("`role` is of what a reference with `direction: from` and without `same_person` leads to");
    }
    Some(Reference {
        dataset: dataset?,
        collection: collection.to_owned(),
        field: field.to_owned(),
        direction,
        same_person,
        role,
        conditions: conditions(node),
    })
}

#[cfg(test)]
mod tests;
