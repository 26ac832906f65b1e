//! By what a field is asked, and what its values name.

use std::collections::BTreeSet;

use redress_domain::{Identifier, IdentifierClass, IdentifierKind};
use sha2::{Digest as _, Sha256};

use super::{Column, Dialect, Edge, Family, FoundIdentifier, Layout, Subject, dialect::quote, found::Given};
use crate::{Direction, Field};

/// What a field is asked for.
pub(super) struct Asked {
    pub(super) kind: IdentifierKind,
    /// For a field's key: its name where it comes from.
    pub(super) key: Option<String>,
    pub(super) class: IdentifierClass,
    pub(super) normal: bool,
    pub(super) how: String,
}

/// By what a field's rows are looked for: its own identity, its own key, the keys of other systems' fields that
/// it refers to.
pub(super) fn asked_of(layout: &Layout, bound: usize, field: &Field) -> Vec<Asked> {
    let table = &layout.tables[bound];
    let own = format!("{}.{}.{}", table.fides_key, table.collection.name, field.name);
    let key = |key: String| {
        let how = key.clone();
        Asked {
            kind: IdentifierKind::Field,
            key: Some(key),
            class: IdentifierClass::Unique,
            normal: true,
            how,
        }
    };
    let mut asked = vec![key(own)];
    if let Some(identity) = field.identity {
        let (class, normal) = (identity.class, identity.normal);
        let how = identity.kind.as_str().to_owned();
        asked.push(Asked { kind: identity.kind, key: None, class, normal, how });
    }
    let elsewhere = field.references.iter().filter(|reference| {
        reference.direction != Direction::To
            && !layout.tables.iter().any(|table| table.fides_key == reference.dataset)
    });
    asked.extend(elsewhere.map(|r| key(format!("{}.{}.{}", r.dataset, r.collection, r.field))));
    asked
}

/// What a field's value names.
pub(super) struct Named {
    pub(super) kind: IdentifierKind,
    pub(super) key: Option<String>,
    pub(super) class: IdentifierClass,
}

impl Named {
    /// What a value names; none when it is no such thing.
    pub(super) fn identifier(&self, value: &str) -> Option<FoundIdentifier> {
        let identifier = match &self.key {
            Some(key) => Identifier::of_field(key, value),
            None => Identifier::parse(self.kind, value),
        };
        // What is no address or number names nobody.
        Some(FoundIdentifier { identifier: identifier.ok()?, class: self.class })
    }
}

/// What the values of a field name: people, or rows of other systems.
pub(super) fn named_by(
    layout: &Layout,
    bound: usize,
    field: &Field,
    wanted: &BTreeSet<String>,
) -> Vec<Named> {
    let table = &layout.tables[bound];
    let key =
        |key: String| Named { kind: IdentifierKind::Field, key: Some(key), class: IdentifierClass::Unique };
    let identity = field.identity.filter(|identity| identity.class == IdentifierClass::Unique);
    let mut named: Vec<Named> = identity
        .map(|identity| Named { kind: identity.kind, key: None, class: identity.class })
        .into_iter()
        .collect();
    let elsewhere = field.references.iter().filter(|reference| {
        reference.direction != Direction::From
            && !layout.tables.iter().any(|table| table.fides_key == reference.dataset)
    });
    named.extend(elsewhere.map(|r| key(format!("{}.{}.{}", r.dataset, r.collection, r.field))));
    let own = format!("{}.{}.{}", table.fides_key, table.collection.name, field.name);
    named.extend(wanted.contains(&own).then(|| key(own)));
    named
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
    let names = fields.filter(|f| f.identity.is_some_and(|identity| classes.contains(&identity.class)));
    let there: Vec<String> = names.map(|f| format!("{alias}.{} is not null", quote(&f.name))).collect();
    if there.is_empty() { None } else { Some(format!("({})", there.join(" or "))) }
}

/// The values that can be compared with a column of this type.
pub(super) fn given(subjects: &[Subject], asked: &Asked, column: &Column) -> Given {
    let mut given = Given::default();
    for (request, subject) in subjects.iter().enumerate() {
        let mut values: Vec<String> =
            subject.values(asked.kind, asked.key.as_deref()).map(str::to_owned).collect();
        let plain = match asked.kind {
            IdentifierKind::EmailSha256 => Some(IdentifierKind::Email),
            IdentifierKind::PhoneSha256 => Some(IdentifierKind::Phone),
            _ => None,
        };
        let hashed =
            plain.map(|kind| subject.values(kind, None).map(|value| hex::encode(Sha256::digest(value))));
        values.extend(hashed.into_iter().flatten());
        for value in values.into_iter().filter(|value| comparable(value, column)) {
            given.add(request, [value]);
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

/// The condition under which a column of row `t` holds `given.value`, however it is spelt there. What has no
/// index on its lower case is read whole; SQLite knows the lower case of ASCII letters only.
pub(super) fn matches(dialect: &dyn Dialect, column: &Column, asked: &Asked) -> String {
    let name = format!("t.{}", quote(&column.name));
    let text = match column.family {
        Family::Text => name.clone(),
        _ => dialect.as_text(&name),
    };
    match (column.family, asked.kind) {
        (Family::Integer, _) => format!("{name} = cast(given.value as bigint)"),
        (Family::Uuid, _) if dialect.is_uuid(column) => format!("{name} = cast(given.value as uuid)"),
        (Family::Text, _) if asked.normal => format!("{name} = given.value"),
        (Family::Text, IdentifierKind::CustomerId) => format!("{name} = given.value"),
        (_, IdentifierKind::Phone) => format!("{} = given.value", without_marks(&text)),
        (_, IdentifierKind::Name) => {
            // A name's words stand one space apart in its normal form.
            format!("lower(replace(replace(trim({text}), '  ', ' '), '  ', ' ')) = lower(given.value)")
        }
        (_, IdentifierKind::Field | IdentifierKind::CustomerId) => format!("{text} = given.value"),
        _ => format!("lower({text}) = given.value"),
    }
}

/// A telephone number without what people put between its digits, and with `+` for `00`.
fn without_marks(text: &str) -> String {
    let bare = [" ", "-", ".", "(", ")", "/"]
        .iter()
        .fold(text.to_owned(), |inner, mark| format!("replace({inner}, '{mark}', '')"));
    format!("case when {bare} like '00%' then '+' || substr({bare}, 3) else {bare} end")
}
