//! Objects of a database beside the rows: what may hold copies of them, has others made, or refers to them.

use std::collections::BTreeSet;

use futures::future::BoxFuture;
use redress_contracts::v1::{RelatedObject, related_object::ObjectKind as Kind};

use super::{Cell, Family, Layout, SqlError, SqlSession, TableKind, session::all};

/// What lies beside the mapped tables of a database.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Related {
    objects: Vec<RelatedObject>,
    /// Triggers whose functions may reach outside of their transaction.
    reaching_outside: Vec<String>,
}

impl Related {
    /// All of it, by dataset.
    pub fn all(&self) -> &[RelatedObject] {
        &self.objects
    }

    /// Triggers whose functions may reach outside of their transaction, each with its table, for a person.
    pub fn reaching_outside(&self) -> &[String] {
        &self.reaching_outside
    }

    /// What lies beside the rows of these datasets, and what is of no dataset that is known; nothing where there are no
    /// datasets.
    pub fn of(&self, datasets: &BTreeSet<&str>) -> Vec<RelatedObject> {
        if datasets.is_empty() {
            return Vec::new();
        }
        let is_theirs = |it: &&RelatedObject| it.dataset.is_empty() || datasets.contains(it.dataset.as_str());
        self.objects.iter().filter(is_theirs).cloned().collect()
    }
}

/// Looks for what lies beside the mapped tables.
///
/// # Errors
/// See [`SqlError`].
pub fn related<'a>(
    session: &'a mut dyn SqlSession,
    layout: &'a Layout,
) -> BoxFuture<'a, Result<Related, SqlError>> {
    Box::pin(async move {
        let (mut objects, mut reaching_outside) = (of_layout(layout), Vec::new());
        let sql = session.dialect().related_sql();
        for row in all(session, sql, &[]).await? {
            let text = |i: usize| row.get(i).and_then(Cell::text).unwrap_or_default();
            let kind = match text(0) {
                "materialized_view" => Kind::MaterializedView,
                "trigger" => Kind::Trigger,
                "rule" => Kind::Rule,
                "publication" => Kind::Publication,
                "child_table" => Kind::ChildTable,
                _ => continue,
            };
            let is_mapped = layout.tables.iter().enumerate().any(|(bound, _)| {
                let table = layout.table(bound);
                table.name == text(3) || format!("{}.{}", table.schema, table.name) == text(3)
            });
            if kind == Kind::MaterializedView && is_mapped {
                continue;
            }
            let of = layout.tables.iter().enumerate().find(|(bound, _)| {
                let table = layout.table(*bound);
                table.schema == text(1) && table.name == text(2)
            });
            if let Some((_, table)) = of {
                // A child's rows are found among its parent's.
                let covered = kind == Kind::ChildTable;
                objects.push(object(kind, text(3), &table.dataset, covered));
                if row.get(4).and_then(Cell::int) == Some(1) {
                    reaching_outside.push(format!("the trigger `{}` of `{}`", text(3), table.dataset));
                }
            }
        }
        objects.sort_by(|a, b| (&a.dataset, a.kind, &a.name).cmp(&(&b.dataset, b.kind, &b.name)));
        objects.dedup();
        Ok(Related { objects, reaching_outside })
    })
}

/// What the catalog's description says of it already.
fn of_layout(layout: &Layout) -> Vec<RelatedObject> {
    let catalog = &layout.catalog;
    let mut objects = Vec::new();
    for pointer in layout.pointers.iter().filter(|pointer| pointer.child_bound.is_none()) {
        let dataset = &layout.tables[pointer.parent].dataset;
        objects.push(object(Kind::Table, &catalog.tables[pointer.child].name, dataset, false));
    }
    for (bound, table) in layout.tables.iter().enumerate() {
        if layout.table(bound).kind == TableKind::Foreign {
            objects.push(object(Kind::ForeignTable, &layout.table(bound).name, &table.dataset, true));
        }
        for column in table.columns.iter().filter(|column| column.family == Family::LargeObject) {
            objects.push(object(Kind::LargeObject, &column.name, &table.dataset, true));
        }
    }
    for index in &catalog.search_indexes {
        let of = layout.tables.iter().find(|table| Some(table.table) == index.content);
        let is_mapped = layout.tables.iter().any(|table| table.table == index.table);
        if is_mapped || (index.content.is_some() && of.is_none()) {
            continue;
        }
        let dataset = of.map(|table| table.dataset.as_str()).unwrap_or_default();
        let covered = of.is_some() && index.can_be_rebuilt;
        objects.push(object(Kind::SearchIndex, &catalog.tables[index.table].name, dataset, covered));
    }
    objects
}

fn object(kind: Kind, name: &str, dataset: &str, covered: bool) -> RelatedObject {
    RelatedObject { kind: kind as i32, name: name.to_owned(), dataset: dataset.to_owned(), covered }
}
