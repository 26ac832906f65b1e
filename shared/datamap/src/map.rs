//! What a data map says, once it is read.

use std::collections::BTreeSet;

use redress_domain::{Identifier, IdentifierClass, IdentifierKind};
use serde_json::{Map, Value};

use crate::{Category, PhoneRegion, Problem, Treatment};

/// A dataset: one database, as fideslang describes it.
#[derive(Debug, Clone, PartialEq)]
pub struct DataMap {
    /// Its key, by which references name it.
    pub fides_key: String,
    /// Its name, for people.
    pub name: Option<String>,
    /// What it is, for people.
    pub description: Option<String>,
    /// In which schema of which database its tables are.
    pub namespace: Namespace,
    /// Its tables or containers.
    pub collections: Vec<Collection>,
    /// What in its file looks like a mistake and is none for certain: on the first dataset of a file.
    pub warnings: Vec<Problem>,
    /// Keys that are not known here.
    pub other: Map<String, Value>,
}

/// Where tables are, which the map names without their schema.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Namespace {
    /// The schema; none: where the database looks for a name alone.
    pub schema: Option<String>,
    /// The database that the map is for; none: whichever.
    pub database: Option<String>,
}

/// A table, container or log table.
#[derive(Debug, Clone, PartialEq)]
pub struct Collection {
    /// Its name in the system, with a schema where it has one: `public.customer` or `customer`.
    pub name: String,
    /// What it is, for people.
    pub description: Option<String>,
    /// What kind of data lies there.
    pub class: DatasetClass,
    /// Whether nothing is looked for there: `skip_processing`.
    pub skipped: bool,
    /// Whether its rows are deleted where the policy would change a field of them.
    pub deletes_rows: bool,
    /// Which rows of the table are meant: those of which all hold.
    pub conditions: Vec<Condition>,
    /// Whether each row is one person's record: there alone several identifiers belong together.
    pub person: bool,
    /// Whether a row that a reference reaches is the subject's even if others point to it.
    pub owned: bool,
    /// Its fields.
    pub fields: Vec<Field>,
    /// Keys that are not known here.
    pub other: Map<String, Value>,
}

/// What kind of data a collection holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatasetClass {
    /// What the tenant keeps about people.
    Content,
    /// What it logged.
    Log,
    /// What must not be changed: never deleted, shown as kept.
    Audit,
}

/// A column, or a part of one.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name in the collection.
    pub name: String,
    /// What it is, for people.
    pub description: Option<String>,
    /// Of which categories its values are.
    pub categories: Vec<Category>,
    /// Whether it is (part of) the primary key.
    pub primary_key: bool,
    /// Whether its values name people.
    pub identity: Option<Identity>,
    /// The fields of its collection whose values, after its own and with a blank between, are the identity's value: a
    /// first and a last name. Empty: its own alone.
    pub identity_with: Vec<String>,
    /// Where its values point to or come from.
    pub references: Vec<Reference>,
    /// Of a row that is of several people: the field that refers to the one whom its values are about.
    pub about: Option<String>,
    /// Its type, as the map's writer named it.
    pub data_type: Option<String>,
    /// The most characters that a mask may have.
    pub length_max: Option<usize>,
    /// Whether it is never changed.
    pub read_only: bool,
    /// What is done to it instead of what the policy's rule says, where one has it changed.
    pub masking: Option<Treatment>,
    /// The fields inside it.
    pub fields: Vec<Field>,
    /// Keys that are not known here.
    pub other: Map<String, Value>,
}

/// How a field's values name people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity {
    /// What they are.
    pub kind: IdentifierKind,
    /// Whether one value names one person.
    pub class: IdentifierClass,
    /// Whether every value stands in its normal form (an e-mail address in lower case, a phone number in
    /// E.164): then it is compared as it is, and an index on it serves.
    pub normal: bool,
    /// Of telephone numbers: the country in whose national writing they may stand.
    pub phone_region: Option<PhoneRegion>,
}

/// A reference between two fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The other field's dataset.
    pub dataset: String,
    /// The other field's collection.
    pub collection: String,
    /// The other field; with dots where it lies inside another.
    pub field: String,
    /// Which way people are followed.
    pub direction: Direction,
    /// Whether both rows are records of the same person.
    pub same_person: bool,
    /// What the rows of this collection are to the person to whom they refer.
    pub role: Role,
    /// Which rows of this collection it is a reference of: those of which all hold.
    pub conditions: Vec<Condition>,
}

/// What a row is to the person to whom a reference of it leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// It is theirs.
    Subject,
    /// It is theirs and other people's: the package shows it, a deletion masks what is about them.
    Joint,
    /// It is another person's and refers to them: the package shows the reference alone, a deletion empties it.
    Mention,
}

impl Role {
    /// As a data map names it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Joint => "joint",
            Self::Mention => "mention",
        }
    }
}

/// A field has one of a few values: `where`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The field, of the collection in which it stands.
    pub field: String,
    /// Its values, as texts.
    pub values: Vec<String>,
}

/// Which way a reference is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From the other field's rows to these.
    From,
    /// From these rows to the other field's.
    To,
    /// Both ways.
    Both,
}

impl Reference {
    /// The other field, as [`field_key`] names it.
    pub fn key(&self) -> String {
        field_key(&self.dataset, &self.collection, &self.field)
    }
}

/// A field's name among all systems: `dataset.collection.field`.
pub fn field_key(dataset: &str, collection: &str, field: &str) -> String {
    format!("{dataset}.{collection}.{field}")
}

impl Identity {
    /// The identifier of a value that stands in such a field; none where it is no such thing.
    pub fn identifier(&self, text: &str) -> Option<Identifier> {
        let written = match self.kind {
            IdentifierKind::Email => bare_email(text).to_owned(),
            IdentifierKind::Phone => {
                let e164 = self.phone_region.and_then(|region| region.e164(text));
                e164.unwrap_or_else(|| text.to_owned())
            }
            _ => text.to_owned(),
        };
        Identifier::parse(self.kind, &written).ok()
    }

    /// How an identifier's value may be written in such a field, besides as it is: digits only.
    pub fn writings(&self, value: &str) -> impl Iterator<Item = String> + use<> {
        self.phone_region.and_then(|region| region.writings(value)).into_iter().flatten()
    }
}

/// An address without the name before it and the scheme of a link.
fn bare_email(text: &str) -> &str {
    let inside = text.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map(|(inside, _)| inside);
    let bare = inside.unwrap_or(text).trim();
    let is_link = bare.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("mailto:"));
    if is_link { &bare[7..] } else { bare }
}

impl DataMap {
    /// A collection by name.
    pub fn collection(&self, name: &str) -> Option<&Collection> {
        self.collections.iter().find(|collection| collection.name == name)
    }
}

impl Field {
    /// How its values, and those inside of it, name people.
    pub fn identities(&self) -> Vec<Identity> {
        let inner = self.fields.iter().flat_map(Self::identities);
        self.identity.into_iter().chain(inner).collect()
    }

    /// Whether neither it nor anything inside it has a category of its own.
    pub fn is_without_category(&self) -> bool {
        self.categories.is_empty() && self.fields.iter().all(Self::is_without_category)
    }
}

impl Collection {
    /// A field by its name, with dots where it lies inside another.
    pub fn field(&self, name: &str) -> Option<&Field> {
        // A column's own name may have a dot in it.
        if let Some(field) = self.fields.iter().find(|field| field.name == name) {
            return Some(field);
        }
        let (first, rest) = name.split_once('.').map_or((name, None), |(first, rest)| (first, Some(rest)));
        let mut field = self.fields.iter().find(|field| field.name == first)?;
        for part in rest.into_iter().flat_map(|rest| rest.split('.')) {
            field = field.fields.iter().find(|field| field.name == part)?;
        }
        Some(field)
    }

    /// The categories of its fields that the law protects above others, each once.
    pub fn special_categories(&self) -> BTreeSet<&Category> {
        fn of<'a>(fields: &'a [Field], into: &mut BTreeSet<&'a Category>) {
            for field in fields {
                into.extend(field.categories.iter().filter(|category| category.is_special()));
                of(&field.fields, into);
            }
        }
        let mut found = BTreeSet::new();
        of(&self.fields, &mut found);
        found
    }

    /// The fields of the primary key, in the order of the map.
    pub fn primary_key(&self) -> Vec<&Field> {
        self.fields.iter().filter(|field| field.primary_key).collect()
    }
}
