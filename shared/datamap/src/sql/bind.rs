//! A data map laid over what the database says of itself, with what the policy does to each field.

use redress_contracts::v1;
use redress_domain::SystemName;

use super::{Catalog, Column, Family, OnDelete, Table};
use crate::{
    Category, Collection, DataMap, DatasetClass, Direction, Field, Match, Problem, Problems, Reference,
};
use crate::{Rule, System, Treatment};

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
        let (edges, pointers) = (edges(&tables, &catalog), pointers(&tables, &catalog));
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

/// The policy, for one table.
struct Rules<'a> {
    system: &'a System,
    collection: &'a Collection,
    table: &'a Table,
    catalog: &'a Catalog,
    place: usize,
}

impl Rules<'_> {
    fn rule(&self, field: &Field) -> Match<'_> {
        let mut categories = Vec::new();
        all_categories(field, &mut categories);
        let (tenant, name) = (&self.system.tenant, &self.system.name);
        self.system.policy.rule_for(tenant, name, &self.collection.name, &categories)
    }

    /// A rule has the rows deleted, and none has a field of them kept.
    fn rows_go(&self) -> bool {
        let says = |wanted: fn(&Treatment) -> bool| {
            let rules = self.collection.fields.iter().map(|field| self.rule(field));
            rules.into_iter().any(|found| matches!(found, Match::Rule(rule) if wanted(&rule.treatment)))
        };
        self.collection.class != DatasetClass::Audit
            && says(|treatment| *treatment == Treatment::Delete)
            && !says(|treatment| matches!(treatment, Treatment::Keep(_)))
    }

    fn field(&self, field: &Field) -> Option<FieldPlanned> {
        let column = self.table.column(&field.name)?.clone();
        let found = self.rule(field);
        let mut plan = v1::FieldPlan { field: field.name.clone(), ..v1::FieldPlan::default() };
        let personal = field_is_personal(field);
        let mut retained = false;
        match found {
            Match::NoRule => {
                plan.category = field.categories.first().map(Category::to_string).unwrap_or_default();
                keep(&mut plan, "no rule");
                retained = personal;
            }
            Match::Rule(Rule { treatment: Treatment::Keep(ground), category, .. }) => {
                plan.category = category.to_string();
                keep(&mut plan, ground);
                retained = personal;
            }
            Match::Rule(rule) => {
                plan.category = rule.category.to_string();
                match self.cannot_change(&column, field) {
                    Some(why) => {
                        keep(&mut plan, why);
                        retained = personal && why != HOLDS_TOGETHER;
                    }
                    None => self.change(&mut plan, &column, &rule.treatment),
                }
            }
        }
        if self.collection.class == DatasetClass::Audit && plan.treatment != v1::Treatment::Keep as i32 {
            keep(&mut plan, "audit");
            retained = personal;
        }
        Some(FieldPlanned { column, plan, retained })
    }

    fn cannot_change(&self, column: &Column, field: &Field) -> Option<&'static str> {
        let in_key = self.table.primary_key.contains(&column.name) || field.primary_key;
        let in_foreign_key = self.catalog.foreign_keys.iter().any(|key| {
            (key.child == self.place && key.child_columns.contains(&column.name))
                || (key.parent == self.place && key.parent_columns.contains(&column.name))
        });
        match () {
            () if in_key || in_foreign_key || !field.references.is_empty() => Some(HOLDS_TOGETHER),
            () if column.generated => Some("the database computes it"),
            () if column.not_null && column.family != Family::Text => Some("its column takes no null"),
            () => None,
        }
    }

    /// A text that cannot be null, or must stand only once, becomes the nearest that its column takes.
    fn change(&self, plan: &mut v1::FieldPlan, column: &Column, treatment: &Treatment) {
        let unique = self.table.is_unique(&column.name);
        let is_text = column.family == Family::Text;
        let (what, value) = match treatment {
            Treatment::Hash if is_text => (v1::Treatment::Hash, ""),
            Treatment::Hmac if is_text => (v1::Treatment::Hmac, ""),
            Treatment::Random if is_text => (v1::Treatment::Random, ""),
            Treatment::Text(_) if is_text && unique => (v1::Treatment::Random, ""),
            Treatment::Text(text) if is_text => (v1::Treatment::String, text.as_str()),
            _ if !column.not_null => (v1::Treatment::Null, ""),
            _ if unique => (v1::Treatment::Random, ""),
            _ => (v1::Treatment::String, ""),
        };
        plan.treatment = what as i32;
        plan.value = value.chars().take(column.length_max.unwrap_or(usize::MAX)).collect();
    }
}

const HOLDS_TOGETHER: &str = "rows are held together by it";

fn keep(plan: &mut v1::FieldPlan, ground: &str) {
    plan.treatment = v1::Treatment::Keep as i32;
    plan.ground_text = ground.to_owned();
}

fn all_categories(field: &Field, into: &mut Vec<Category>) {
    into.extend(field.categories.iter().cloned());
    field.fields.iter().for_each(|inner| all_categories(inner, into));
}

fn field_is_personal(field: &Field) -> bool {
    let mut categories = Vec::new();
    all_categories(field, &mut categories);
    categories.iter().any(|category| category.as_str().split('.').next() == Some("user"))
}

/// Each reference of the map, with all columns of the foreign key that it is part of: following one column of
/// two would reach the rows of others.
fn references<'a>(
    tables: &'a [Bound],
    catalog: &'a Catalog,
) -> impl Iterator<Item = (usize, Vec<String>, usize, Vec<String>, Direction)> + 'a {
    let of_table = move |(i, bound): (usize, &'a Bound)| {
        let of_field = move |field: &'a Field| {
            field.references.iter().map(move |reference| (i, bound, field, reference))
        };
        bound.collection.fields.iter().flat_map(of_field)
    };
    tables.iter().enumerate().flat_map(of_table).filter_map(move |(i, bound, field, reference)| {
        let to = tables.iter().position(|other| is_target(other, reference))?;
        let pair = |child: &[String], parent: &[String]| {
            child.iter().zip(parent).any(|(c, p)| *c == field.name && *p == reference.field)
        };
        let whole = catalog.foreign_keys.iter().find(|key| {
            key.child == bound.table
                && key.parent == tables[to].table
                && pair(&key.child_columns, &key.parent_columns)
        });
        // Declared at the table that is pointed to: turned round, so that `up` is where the foreign key points.
        let turned = catalog.foreign_keys.iter().find(|key| {
            key.parent == bound.table
                && key.child == tables[to].table
                && pair(&key.parent_columns, &key.child_columns)
        });
        Some(match (whole, turned) {
            (Some(key), _) => {
                (i, key.child_columns.clone(), to, key.parent_columns.clone(), reference.direction)
            }
            (None, Some(key)) => {
                let direction = match reference.direction {
                    Direction::From => Direction::To,
                    Direction::To => Direction::From,
                    Direction::Both => Direction::Both,
                };
                (to, key.child_columns.clone(), i, key.parent_columns.clone(), direction)
            }
            (None, None) => {
                (i, vec![field.name.clone()], to, vec![reference.field.clone()], reference.direction)
            }
        })
    })
}

fn is_target(bound: &Bound, reference: &Reference) -> bool {
    bound.fides_key == reference.dataset && bound.collection.name == reference.collection
}

fn edges(tables: &[Bound], catalog: &Catalog) -> Vec<Edge> {
    let mut edges = Vec::new();
    for (here, columns, there, their_columns, direction) in references(tables, catalog) {
        let up = Edge {
            from: here,
            from_columns: columns.clone(),
            to: there,
            to_columns: their_columns.clone(),
            up: true,
        };
        let down =
            Edge { from: there, from_columns: their_columns, to: here, to_columns: columns, up: false };
        if direction != Direction::From && !edges.contains(&up) {
            edges.push(up);
        }
        if direction != Direction::To && !edges.contains(&down) {
            edges.push(down);
        }
    }
    edges
}

fn pointers(tables: &[Bound], catalog: &Catalog) -> Vec<Pointer> {
    let bound_of = |place: usize| tables.iter().position(|bound| bound.table == place);
    let of_catalog = catalog.foreign_keys.iter().filter_map(|key| {
        Some(Pointer {
            child: key.child,
            child_bound: bound_of(key.child),
            child_columns: key.child_columns.clone(),
            parent: bound_of(key.parent)?,
            parent_columns: key.parent_columns.clone(),
            on_delete: Some(key.on_delete),
            deferrable: key.deferrable,
        })
    });
    let mut pointers: Vec<Pointer> = of_catalog.collect();
    for (child, child_columns, parent, parent_columns, _) in references(tables, catalog) {
        let known = pointers.iter().any(|pointer| {
            pointer.child == tables[child].table
                && pointer.parent == parent
                && pointer.child_columns == child_columns
                && pointer.parent_columns == parent_columns
        });
        if !known {
            let (child_bound, child) = (Some(child), tables[child].table);
            pointers.push(Pointer {
                child,
                child_bound,
                child_columns,
                parent,
                parent_columns,
                on_delete: None,
                deferrable: false,
            });
        }
    }
    pointers
}
