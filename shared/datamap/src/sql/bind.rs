//! A data map laid over what the database says of itself, with what the policy does to each field.

use std::collections::{BTreeMap, BTreeSet};

use redress_contracts::v1;
use redress_domain::SystemName;

use super::{
    Catalog, Column, Family, ForeignKey, OnDelete, Table, TableKind,
    roles::{self, RowRole},
    rules::Rules,
    ways::{self, Incomplete},
};
use crate::{
    Collection, Condition, DataMap, Field, Placeholders, Problem, Problems, Reference, Role, System,
};

/// A data map over a catalog.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// Which system.
    pub system: SystemName,
    /// What the database says of itself.
    pub catalog: Catalog,
    /// The mapped tables.
    pub tables: Vec<Bound>,
    /// The ways along which people are followed.
    pub edges: Vec<Edge>,
    /// Who points to mapped tables, by the map and by the catalog.
    pub pointers: Vec<Pointer>,
    /// Tables that the map does not name.
    pub unmapped_tables: Vec<String>,
    /// Mapped tables that are not searched, or not in full: the dataset's name, and why.
    pub unsearched: Vec<(String, String)>,
    /// Values that identify nobody.
    pub placeholders: Placeholders,
    /// Whether plans are tried before they are approved.
    pub tries_plans: bool,
    /// Texts that the tenant's policy writes in the place of values, in lower case.
    pub mask_texts: BTreeSet<String>,
}

/// A mapped table.
#[derive(Debug, Clone, PartialEq)]
pub struct Bound {
    /// Its name in plans and packages.
    pub dataset: String,
    /// The dataset of the map that it is in: what field keys begin with.
    pub fides_key: String,
    /// What the map says.
    pub collection: Collection,
    /// Its place in the catalog.
    pub table: usize,
    /// The columns of its key.
    pub keys: Vec<Column>,
    /// Whether the database sees to it that no two rows have the same key.
    pub key_is_unique: bool,
    /// Columns that the map does not name.
    pub unmapped: Vec<String>,
    /// How its rows change.
    pub changes: Changes,
    /// Whether the policy has its rows deleted.
    pub rows_go: bool,
    /// The columns that the map names.
    pub columns: Vec<Column>,
    /// What the policy does to the fields of a row that stays.
    pub fields: Vec<FieldPlanned>,
    /// By which references rows are the subject's and not the subject's alone.
    pub roles: Vec<RowRole>,
}

/// How the rows of a mapped table change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changes {
    /// By statements.
    Directly,
    /// When the database computes them anew from others.
    Rebuilt,
    /// Not by this user, with the reason and the remedy.
    Not(&'static str),
}

impl Changes {
    fn of(table: &Table) -> Self {
        match table.kind {
            TableKind::Table | TableKind::Foreign | TableKind::View { changes: true } => Self::Directly,
            TableKind::MaterializedView { refreshes: true } => Self::Rebuilt,
            TableKind::View { changes: false } => Self::Not(
                "it is a view through which no row can be deleted or changed: name the tables behind it in the data map",
            ),
            TableKind::MaterializedView { refreshes: false } => Self::Not(
                "it is a materialized view that this user may not refresh: connect as a member of the role that owns it",
            ),
        }
    }
}

/// What is done to a column of a row that stays, or to a part of the JSON in one.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldPlanned {
    /// The column.
    pub column: Column,
    /// Where the part is in the column's JSON; empty: the whole column.
    pub path: Vec<String>,
    /// What the plan says.
    pub plan: v1::FieldPlan,
    /// Whether it is personal data that stays.
    pub retained: bool,
}

/// A way from the rows of one mapped table to those of another: the columns have equal values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// From these rows.
    pub from: usize,
    /// Their columns.
    pub from_columns: Vec<String>,
    /// To these.
    pub to: usize,
    /// Their columns, in the same order.
    pub to_columns: Vec<String>,
    /// From a row to the one that it points to; else the other way.
    pub up: bool,
    /// Whether the map says that people are followed this way, and not only that the values are equal.
    pub directed: bool,
    /// Whether both rows are records of the same person.
    pub same_person: bool,
    /// What these rows are to whose those are.
    pub role: Role,
    /// Up to whose the row is: the map says that people are followed both ways.
    pub to_owner: bool,
    /// Between which rows it leads.
    pub conditions: RowConditions,
    /// Whether it follows a foreign key of the catalog.
    pub is_foreign_key: bool,
}

/// What the map says of the rows that a reference is one of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowConditions {
    /// Whether they are those that point; else those pointed to.
    pub on_child: bool,
    /// All of which hold.
    pub all: Vec<Condition>,
}

/// Rows of a table point to those of a mapped one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pointer {
    /// The table that points, in the catalog.
    pub child: usize,
    /// The same as a mapped one, if it is.
    pub child_bound: Option<usize>,
    /// Its columns.
    pub child_columns: Vec<String>,
    /// The mapped table pointed to.
    pub parent: usize,
    /// Its columns.
    pub parent_columns: Vec<String>,
    /// What the catalog's foreign key does; none where only the map knows of it.
    pub on_delete: Option<OnDelete>,
    /// Whether the foreign key can be checked at the end.
    pub deferrable: bool,
    /// Which rows do, where only the map knows of it.
    pub conditions: RowConditions,
}

impl Layout {
    /// Lays a system's map over its catalog.
    ///
    /// # Errors
    /// As [`lay`](Self::lay), and what must be read and may not be.
    pub fn new(system: &System, catalog: Catalog) -> Result<Self, Problems> {
        let layout = Self::lay(system, catalog)?;
        let hidden = layout.hidden();
        if hidden.is_empty() {
            return Ok(layout);
        }
        let told = hidden.into_iter().map(|(table, columns)| layout.told_of_hidden(system, table, &columns));
        Err(Problems(told.collect()))
    }

    /// Lays a system's map over its catalog, readable or not.
    ///
    /// # Errors
    /// A table or column that is mapped and not there, a reference to a part of a key, an identity or a reference inside
    /// of a column. A table without a key is left out, and named in [`unsearched`](Self::unsearched).
    pub fn lay(system: &System, catalog: Catalog) -> Result<Self, Problems> {
        let (mut problems, mut unsearched) = (Vec::new(), Vec::new());
        let mut tables: Vec<Bound> = Vec::new();
        for map in &system.maps {
            let database =
                map.namespace.database.as_ref().filter(|name| catalog.database.as_ref() != Some(name));
            if let Some(name) = database {
                let reason = format!(
                    "`namespace` says that it is the map of the database `{name}`, which this is not"
                );
                problems.push(problem(system, map.fides_key.clone(), reason));
            }
            for collection in map.collections.iter().filter(|collection| !collection.skipped) {
                match bind(system, map, collection, &catalog) {
                    Ok(bound) => tables.push(bound),
                    Err(Unbound::Wrong(found)) => problems.extend(found),
                    Err(Unbound::Unusable(reason)) => {
                        unsearched.push((dataset(system, map, collection), reason))
                    }
                }
            }
        }
        for Incomplete { child, columns, target } in ways::incomplete(&tables, &catalog) {
            let path = format!("{}.{}.{columns}", tables[child].fides_key, tables[child].collection.name);
            let reason = format!("it refers to {target}: give other columns references to its other parts");
            problems.push(problem(system, path, reason));
        }
        if !problems.is_empty() {
            return Err(Problems(problems));
        }
        let hiding = tables.iter().filter(|bound| catalog.tables[bound.table].hides_rows);
        unsearched.extend(hiding.map(|bound| (bound.dataset.clone(), HIDDEN.to_owned())));
        let of_map = |map: &'_ DataMap| {
            let places = map.collections.iter().map(|it| catalog.mapped(&map.namespace, &it.name));
            places.flatten().collect::<Vec<_>>()
        };
        let mapped: Vec<usize> = system.maps.iter().flat_map(of_map).collect();
        let unmapped_tables = catalog.tables.iter().enumerate();
        let unmapped_tables =
            unmapped_tables
                .filter(|(place, table)| !mapped.contains(place) && table.name != super::EFFECT_TABLE)
                .map(|(_, table)| {
                    if table.visible {
                        table.name.clone()
                    } else {
                        format!("{}.{}", table.schema, table.name)
                    }
                })
                .collect();
        let (edges, pointers) = (ways::edges(&tables, &catalog), ways::pointers(&tables, &catalog));
        roles::bind(system, &catalog, &edges, &mut tables)?;
        Ok(Self {
            system: system.name.clone(),
            catalog,
            tables,
            edges,
            pointers,
            unmapped_tables,
            unsearched,
            placeholders: system.placeholders.clone(),
            tries_plans: system.tries_plans,
            mask_texts: system.mask_texts().filter(|text| !text.is_empty()).collect(),
        })
    }

    /// Whether a mask of the tenant's policy has written a value of a column.
    pub(crate) fn is_mask(&self, value: &str, column: &Column) -> bool {
        let (value, most) = (value.trim().to_lowercase(), column.length_max.unwrap_or(usize::MAX));
        self.mask_texts.iter().any(|text| text.chars().take(most).eq(value.chars()))
    }

    /// What must be read to know what is whose, and may not be, by place in the catalog: the mapped columns, and
    /// those by which any table points to a mapped one, since what it points to cannot go.
    pub fn hidden(&self) -> BTreeMap<usize, BTreeSet<&str>> {
        let mapped = self.tables.iter().flat_map(|bound| {
            let keys = bound.keys.iter().map(|key| &key.name);
            let columns = bound.columns.iter().map(|column| &column.name);
            keys.chain(columns).map(|name| (bound.table, name))
        });
        let pointing = self.pointers.iter().flat_map(|pointer| {
            let parent = self.tables[pointer.parent].table;
            let child = pointer.child_columns.iter().map(|name| (pointer.child, name));
            child.chain(pointer.parent_columns.iter().map(move |name| (parent, name)))
        });
        let mut hidden: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
        for (table, name) in mapped.chain(pointing) {
            if self.catalog.tables[table].column(name).is_some_and(|column| !column.readable) {
                hidden.entry(table).or_default().insert(name);
            }
        }
        hidden
    }

    /// Foreign keys that refer to columns which are not unique together, by the names of their tables, where one of them
    /// is mapped. SQLite has such, and lets nobody change either table.
    pub fn mismatched(&self) -> impl Iterator<Item = (&str, &str)> {
        let is_mapped = |place: usize| self.tables.iter().any(|bound| bound.table == place);
        let of_key = move |key: &ForeignKey| {
            let (child, parent) = (&self.catalog.tables[key.child], &self.catalog.tables[key.parent]);
            let is_theirs = |columns: &Vec<String>| {
                columns.len() == key.parent_columns.len()
                    && columns.iter().all(|name| key.parent_columns.contains(name))
            };
            let is_unique = parent.uniques.iter().chain([&parent.primary_key]).any(is_theirs);
            let is_known = parent.kind == TableKind::Table && (is_mapped(key.child) || is_mapped(key.parent));
            (is_known && !is_unique).then_some((child.name.as_str(), parent.name.as_str()))
        };
        self.catalog.foreign_keys.iter().filter_map(of_key)
    }

    fn told_of_hidden(&self, system: &System, table: usize, columns: &BTreeSet<&str>) -> Problem {
        let Table { schema, name, .. } = &self.catalog.tables[table];
        let columns = columns.iter().copied().collect::<Vec<_>>().join(", ");
        let why = match self.tables.iter().any(|bound| bound.table == table) {
            true => "we may not read it",
            false => "it points to mapped rows, and we may not see to which",
        };
        let reason = format!("{why}: grant select ({columns}) on {schema}.{name}, and usage on its schema");
        problem(system, format!("{schema}.{name}"), reason)
    }

    /// The catalog's description of a mapped table.
    pub fn table(&self, bound: usize) -> &Table {
        &self.catalog.tables[self.tables[bound].table]
    }
}

/// Why a table is not searched in full whose rows a policy may hide.
const HIDDEN: &str = "a policy of row level security may hide rows from this user: give it BYPASSRLS, or a policy \
                      under which it sees every row";

/// Why a collection is not laid over its table.
enum Unbound {
    /// The map is wrong.
    Wrong(Vec<Problem>),
    /// Its rows cannot be told apart: the others are searched without it.
    Unusable(String),
}

impl From<Vec<Problem>> for Unbound {
    fn from(problems: Vec<Problem>) -> Self {
        Self::Wrong(problems)
    }
}

/// A collection's name in plans and packages.
fn dataset(system: &System, map: &DataMap, collection: &Collection) -> String {
    match system.maps.len() {
        1 => collection.name.clone(),
        _ => format!("{}.{}", map.fides_key, collection.name),
    }
}

fn bind(
    system: &System,
    map: &DataMap,
    collection: &Collection,
    catalog: &Catalog,
) -> Result<Bound, Unbound> {
    let path = format!("{}.{}", map.fides_key, collection.name);
    let problem = |path: String, reason: String| problem(system, path, reason);
    let Some(place) = catalog.mapped(&map.namespace, &collection.name) else {
        let reason = "the database has no such table, or we may not see it".to_owned();
        return Err(vec![problem(path, reason)].into());
    };
    let table = &catalog.tables[place];
    let missing: Vec<Problem> = collection
        .fields
        .iter()
        .filter(|field| table.column(&field.name).is_none())
        .map(|field| problem(format!("{path}.{}", field.name), "the table has no such column".to_owned()))
        .collect();
    if !missing.is_empty() {
        return Err(missing.into());
    }
    let nested = nested(system, collection, table, &path);
    if !nested.is_empty() {
        return Err(nested.into());
    }
    let keys = keys(collection, table).map_err(|reason| vec![problem(path, reason)])?;
    if keys.is_empty() {
        let reason =
            "it has no primary key: name the fields that tell its rows apart with `primary_key: true`";
        return Err(Unbound::Unusable(reason.to_owned()));
    }
    // SQLite takes nulls in a primary key that is not the row's number.
    let takes_null = |key: &Column| !key.not_null && (keys.len() > 1 || key.family != Family::Integer);
    let key_is_unique = !table.primary_key.is_empty() && !table.has_children && !keys.iter().any(takes_null);
    let unmapped = table.columns.iter().filter(|column| collection.field(&column.name).is_none());
    let dataset = dataset(system, map, collection);
    let rules = Rules { system, collection, table, catalog, place };
    let changes = Changes::of(table);
    Ok(Bound {
        dataset,
        fides_key: map.fides_key.clone(),
        collection: collection.clone(),
        table: place,
        keys,
        key_is_unique,
        unmapped: unmapped.map(|column| column.name.clone()).collect(),
        changes,
        rows_go: rules.rows_go(),
        columns: collection.fields.iter().filter_map(|field| table.column(&field.name).cloned()).collect(),
        fields: collection.fields.iter().flat_map(|field| rules.fields(field)).collect(),
        roles: Vec::new(),
    })
}

pub(super) fn problem(system: &System, path: String, reason: String) -> Problem {
    Problem { file: format!("data map of `{}`", system.name), path, reason }
}

/// What the map says of the inside of columns, where we cannot follow: taken for nothing, people would be missed.
fn nested(system: &System, collection: &Collection, table: &Table, path: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut fields: Vec<(String, bool, bool, &Field)> = Vec::new();
    for field in &collection.fields {
        let is_json = table.column(&field.name).is_some_and(|column| column.family == Family::Json);
        fields.push((format!("{path}.{}", field.name), false, is_json, field));
    }
    while let Some((path, inside, is_json, field)) = fields.pop() {
        if inside && !is_json && field.identity.is_some() {
            let reason =
                "an identity inside of a column is looked for in JSON alone: give it a column of its own";
            problems.push(problem(system, path.clone(), reason.to_owned()));
        }
        let into = |reference: &&Reference| {
            inside
                || reference.field.contains('.')
                    && system.maps.iter().any(|map| map.fides_key == reference.dataset)
        };
        for reference in field.references.iter().filter(into) {
            let (collection, target) = (&reference.collection, &reference.field);
            let reason = format!(
                "the reference to `{collection}.{target}` cannot be followed: both must be columns, not inside of one"
            );
            problems.push(problem(system, path.clone(), reason));
        }
        let inner = field.fields.iter().map(|inner| (format!("{path}.{}", inner.name), true, is_json, inner));
        fields.extend(inner);
    }
    problems
}

/// The key by which a row is known: the catalog's, or the map's where the catalog has none (a view). Empty: neither has
/// one.
fn keys(collection: &Collection, table: &Table) -> Result<Vec<Column>, String> {
    let named: Vec<&str> = collection.primary_key().iter().map(|field| field.name.as_str()).collect();
    let key: Vec<&str> = match table.primary_key.is_empty() {
        true => named,
        false => {
            let of_catalog: Vec<&str> = table.primary_key.iter().map(String::as_str).collect();
            let same = |a: &[&str], b: &[&str]| a.len() == b.len() && a.iter().all(|name| b.contains(name));
            if !named.is_empty() && !same(&named, &of_catalog) {
                return Err(format!(
                    "its primary key is ({}), not ({})",
                    of_catalog.join(", "),
                    named.join(", ")
                ));
            }
            of_catalog
        }
    };
    Ok(key.iter().filter_map(|name| table.column(name).cloned()).collect())
}
