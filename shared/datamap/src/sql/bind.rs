//! A data map laid over what the database says of itself, with what the policy does to each field.

use redress_contracts::v1;
use redress_domain::SystemName;

use super::{Catalog, Column, OnDelete, Table, rules::Rules, ways};
use crate::{Collection, DataMap, Problem, Problems, System};

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
    /// Columns that the map does not name.
    pub unmapped: Vec<String>,
    /// Whether the policy has its rows deleted.
    pub rows_go: bool,
    /// What the policy does to the fields of a row that stays.
    pub fields: Vec<FieldPlanned>,
}

/// What is done to a column of a row that stays.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldPlanned {
    /// The column.
    pub column: Column,
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
}

impl Layout {
    /// Lays a system's map over its catalog.
    ///
    /// # Errors
    /// A table or column that is mapped and not there, and a table without a key.
    pub fn new(system: &System, catalog: Catalog) -> Result<Self, Problems> {
        let mut problems = Vec::new();
        let mut tables: Vec<Bound> = Vec::new();
        for map in &system.maps {
            for collection in &map.collections {
                match bind(system, map, collection, &catalog) {
                    Ok(bound) => tables.push(bound),
                    Err(found) => problems.extend(found),
                }
            }
        }
        if !problems.is_empty() {
            return Err(Problems(problems));
        }
        let mapped = |place| tables.iter().any(|bound| bound.table == place);
        let unmapped_tables = catalog.tables.iter().enumerate();
        let unmapped_tables =
            unmapped_tables
                .filter(|(place, table)| !mapped(*place) && table.name != super::EFFECT_TABLE)
                .map(|(_, table)| {
                    if table.visible {
                        table.name.clone()
                    } else {
                        format!("{}.{}", table.schema, table.name)
                    }
                })
                .collect();
        let (edges, pointers) = (ways::edges(&tables, &catalog), ways::pointers(&tables, &catalog));
        Ok(Self { system: system.name.clone(), catalog, tables, edges, pointers, unmapped_tables })
    }

    /// The catalog's description of a mapped table.
    pub fn table(&self, bound: usize) -> &Table {
        &self.catalog.tables[self.tables[bound].table]
    }
}

fn bind(
    system: &System,
    map: &DataMap,
    collection: &Collection,
    catalog: &Catalog,
) -> Result<Bound, Vec<Problem>> {
    let path = format!("{}.{}", map.fides_key, collection.name);
    let problem = |path: String, reason: String| Problem {
        file: format!("data map of `{}`", system.name),
        path,
        reason,
    };
    let Some(place) = catalog.table(&collection.name) else {
        return Err(vec![problem(path, "the database has no such table, or we may not see it".to_owned())]);
    };
    let table = &catalog.tables[place];
    let missing: Vec<Problem> = collection
        .fields
        .iter()
        .filter(|field| table.column(&field.name).is_none())
        .map(|field| problem(format!("{path}.{}", field.name), "the table has no such column".to_owned()))
        .collect();
    if !missing.is_empty() {
        return Err(missing);
    }
    let keys = keys(collection, table).map_err(|reason| vec![problem(path, reason)])?;
    let unmapped = table.columns.iter().filter(|column| collection.field(&column.name).is_none());
    let dataset = match system.maps.len() {
        1 => collection.name.clone(),
        _ => format!("{}.{}", map.fides_key, collection.name),
    };
    let rules = Rules { system, collection, table, catalog, place };
    Ok(Bound {
        dataset,
        fides_key: map.fides_key.clone(),
        collection: collection.clone(),
        table: place,
        keys,
        unmapped: unmapped.map(|column| column.name.clone()).collect(),
        rows_go: rules.rows_go(),
        fields: collection.fields.iter().filter_map(|field| rules.field(field)).collect(),
    })
}

/// The key by which a row is known: the catalog's, or the map's where the catalog has none (a view).
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
    if key.is_empty() {
        return Err(
            "it has no primary key: name the fields that tell its rows apart with `primary_key: true`"
                .to_owned(),
        );
    }
    Ok(key.iter().filter_map(|name| table.column(name).cloned()).collect())
}
