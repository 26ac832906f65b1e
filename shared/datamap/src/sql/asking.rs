//! By what a field is asked, and what its values identify.

use std::collections::BTreeSet;

use redress_domain::{Identifier, IdentifierClass, IdentifierKind};

use super::{
    Column, Dialect, Edge, Family, Layout, Subject, dialect::quote, field_values::FieldValues, found::Given,
};
use crate::{Condition, Direction, Identity, Role, field_key};

/// What a field is asked for.
pub(super) struct Asked {
    pub(super) kind: IdentifierKind,
    /// For a field's key: its name where it comes from.
    pub(super) key: Option<String>,
    pub(super) class: IdentifierClass,
    pub(super) normal: bool,
    /// Of an identity: how it is written there.
    pub(super) identity: Option<Identity>,
    pub(super) how: String,
    /// Of which rows alone.
    pub(super) conditions: Vec<Condition>,
    /// What the rows are to whose they are.
    pub(super) role: Role,
}

impl Asked {
    /// How a value may be written in the field, without the marks between a number's digits.
    pub(super) fn writings(&self, value: String) -> impl Iterator<Item = String> {
        let others: Vec<String> =
            self.identity.iter().flat_map(|identity| identity.writings(&value)).collect();
        std::iter::once(value).chain(others)
    }
}

/// By what a field's rows are looked for: its own identity, its own key, the keys of other systems' fields that
/// it refers to.
pub(super) fn asked_of(layout: &Layout, bound: usize, values: &FieldValues<'_>) -> Vec<Asked> {
    let field = values.field;
    if values.is_inside() {
        return values.identity.map(asked_for).into_iter().collect();
    }
    let table = &layout.tables[bound];
    let own = field_key(&table.fides_key, &table.collection.name, &field.name);
    let key = |key: String, conditions: &[Condition], role: Role| {
        let (how, conditions) = (key.clone(), conditions.to_vec());
        Asked {
            kind: IdentifierKind::Field,
            key: Some(key),
            class: IdentifierClass::Unique,
            normal: true,
            identity: None,
            how,
            conditions,
            role,
        }
    };
    let mut asked = vec![key(own, &[], Role::Subject)];
    if let Some(identity) = values.identity {
        asked.push(asked_for(identity));
    }
    let elsewhere = field.references.iter().filter(|reference| {
        reference.direction != Direction::To
            && !layout.tables.iter().any(|table| table.fides_key == reference.dataset)
    });
    asked.extend(elsewhere.map(|reference| key(reference.key(), &reference.conditions, reference.role)));
    asked
}

/// What the values of a field identify, and in which rows they are the subject's without a reviewer.
pub(super) struct Source {
    /// None: rows of another system, by the key of a field there.
    pub(super) identity: Option<Identity>,
    pub(super) key: Option<String>,
    /// The expression over a found row `f` that is 1 where its value is the subject's own.
    pub(super) own: &'static str,
    /// Of which rows alone.
    pub(super) conditions: Vec<Condition>,
}

impl Source {
    /// The identifier of a value; none where it is no such thing: what is no address or number identifies nobody.
    pub(super) fn identifier(&self, value: &str) -> Option<Identifier> {
        match (&self.key, self.identity) {
            (Some(key), _) => Identifier::of_field(key, value).ok(),
            (None, Some(identity)) => identity.identifier(value),
            (None, None) => None,
        }
    }
}

/// What the other systems of the tenant make of this one's fields, each as `dataset.collection.field`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// Fields of this system whose values others can use: they refer to them.
    pub wanted: BTreeSet<String>,
    /// Fields of other systems in whose collections people are identified.
    pub naming_people: BTreeSet<String>,
}

/// What the values of a field identify: people, or rows of other systems.
///
/// Only in a person's record do several identifiers belong together. A reference into another system is followed as one
/// within this system is: down from the subject's own rows; up, it may lead to somebody else.
pub(super) fn sources(
    layout: &Layout,
    bound: usize,
    values: &FieldValues<'_>,
    neighbours: &Neighbours,
) -> Vec<Source> {
    let field = values.field;
    let table = &layout.tables[bound];
    let mut sources = Vec::new();
    if let Some(identity) = values.identity.filter(|identity| identity.class == IdentifierClass::Unique) {
        let own = if table.collection.person { "f.seed" } else { "0" };
        sources.push(Source { identity: Some(identity), key: None, own, conditions: Vec::new() });
    }
    if values.is_inside() {
        return sources;
    }
    for reference in field.references.iter().filter(|it| it.direction != Direction::From) {
        if layout.tables.iter().any(|table| table.fides_key == reference.dataset) {
            continue;
        }
        let key = reference.key();
        let own = match neighbours.naming_people.contains(&key) {
            true if reference.same_person => "f.seed",
            true => "0",
            false => "1 - f.lent",
        };
        let conditions = reference.conditions.clone();
        sources.push(Source { identity: None, key: Some(key), own, conditions });
    }
    let key = field_key(&table.fides_key, &table.collection.name, &field.name);
    if neighbours.wanted.contains(&key) {
        let (own, conditions) = ("1 - f.lent", Vec::new());
        sources.push(Source { identity: None, key: Some(key), own, conditions });
    }
    sources
}

/// How a field is asked for the values of its own identity.
pub(super) fn asked_for(identity: Identity) -> Asked {
    let Identity { kind, class, normal, .. } = identity;
    let (how, conditions) = (kind.as_str().to_owned(), Vec::new());
    Asked { kind, key: None, class, normal, identity: Some(identity), how, conditions, role: Role::Subject }
}

/// The condition under which the row `b`, to which an edge leads from the found row `f`, may be somebody else's.
/// None where it is not.
///
/// - Up, and down from what was lent, whoever is named by a value of their own is another person.
/// - A reference without a direction says only that two values are equal. So it leads down from the subject's
///   own rows alone, not to what names one person, and not at all among the rows of one table: neither a manager
///   nor those whom somebody manages are the same person.
pub(super) fn somebody_elses(layout: &Layout, edge: &Edge) -> Option<String> {
    let named = |classes: &[IdentifierClass]| names_somebody(layout, edge.to, "b", classes);
    let any = [IdentifierClass::Unique, IdentifierClass::Shared];
    match (edge.up, edge.directed) {
        (_, false) if edge.from == edge.to => Some("1 = 1".to_owned()),
        (true, _) => named(&any),
        (false, true) => Some(format!("f.lent = 1 and {}", named(&any)?)),
        (false, false) => Some(match named(&[IdentifierClass::Unique]) {
            Some(named) => format!("f.lent = 1 or {named}"),
            None => "f.lent = 1".to_owned(),
        }),
    }
}

/// `(b."email" is not null or …)`: a row that carries a name of its own. None where its table has no such field.
fn names_somebody(layout: &Layout, bound: usize, alias: &str, classes: &[IdentifierClass]) -> Option<String> {
    let fields = layout.tables[bound].collection.fields.iter();
    let names = fields.filter(|f| f.identities().iter().any(|identity| classes.contains(&identity.class)));
    let there: Vec<String> = names.map(|f| format!("{alias}.{} is not null", quote(&f.name))).collect();
    if there.is_empty() { None } else { Some(format!("({})", there.join(" or "))) }
}

/// The values that can be compared with a column of this type.
pub(super) fn given(layout: &Layout, subjects: &[Subject], asked: &Asked, column: &Column) -> Given {
    let mut given = Given::default();
    for (request, subject) in subjects.iter().enumerate() {
        let mut values: Vec<String> =
            subject.values(asked.kind, asked.key.as_deref()).map(str::to_owned).collect();
        values.extend(subject.hashes(asked.kind));
        let identifies = |value: &String| !layout.placeholders.has(value) && !layout.is_mask(value, column);
        // A record's key is no value that a person or a mask has written there.
        let is_key = asked.kind == IdentifierKind::Field;
        let values = values.into_iter().filter(|value| is_key || identifies(value));
        let holds = |value: &String| layout.catalog.encoding.holds(value) && comparable(value, column);
        for value in values.filter(holds) {
            for written in asked.writings(value) {
                given.add(request, [written]);
            }
        }
    }
    given
}

fn comparable(value: &str, column: &Column) -> bool {
    match column.family {
        Family::Integer => value.parse::<i64>().is_ok(),
        Family::Uuid => value.len() == 36 && value.chars().all(|c| c == '-' || c.is_ascii_hexdigit()),
        _ => true,
    }
}

/// The condition under which a value, of a column of this type, is `given.value`, however it is spelt there. What has no
/// index on its lower case is read whole; SQLite knows the lower case of ASCII letters only.
pub(super) fn matches(dialect: &dyn Dialect, value: &str, column: &Column, asked: &Asked) -> String {
    let name = value.to_owned();
    let text = match column.family {
        Family::Text => name.clone(),
        _ => dialect.as_text(&name),
    };
    match (column.family, asked.kind) {
        (Family::Integer, _) => format!("{name} = cast(given.value as bigint)"),
        (Family::Uuid, _) if dialect.is_uuid(column) => format!("{name} = cast(given.value as uuid)"),
        (Family::Text, _) if asked.normal => format!("{name} = given.value"),
        (_, IdentifierKind::Phone) => format!("{} = given.value", without_marks(&text)),
        (_, IdentifierKind::Name) => {
            // A name's words stand one space apart in its normal form.
            format!("lower(replace(replace(trim({text}), '  ', ' '), '  ', ' ')) = lower(given.value)")
        }
        (_, IdentifierKind::Field | IdentifierKind::CustomerId) => format!("trim({text}) = given.value"),
        (Family::Binary, _) => format!("{} = given.value", dialect.hex(&name)),
        (_, IdentifierKind::Email) => format!("{} = given.value", dialect.email(&name)),
        _ => format!("lower(trim({text})) = given.value"),
    }
}

/// A telephone number without what people put between its digits, and with `+` for `00`.
fn without_marks(text: &str) -> String {
    // The `(0)` after a country's code is dialled within the country alone; one at the beginning is dialled.
    let number =
        format!("case when trim({text}) like '(0)%' then {text} else replace({text}, '(0)', '') end");
    let bare = [" ", "-", ".", "(", ")", "/", "tel:"]
        .iter()
        .fold(format!("lower({number})"), |inner, mark| format!("replace({inner}, '{mark}', '')"));
    format!("case when {bare} like '00%' then '+' || substr({bare}, 3) else {bare} end")
}
