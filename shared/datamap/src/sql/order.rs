//! In which order tables lose their rows: those that point before those pointed to.

use std::collections::BTreeSet;

use super::{Layout, Pointer, SqlError};

/// The order, and what makes it possible.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Sequence {
    /// Tables, in the order in which their rows go.
    pub(crate) tables: Vec<usize>,
    /// Tables whose rows go all in one statement: they point to one another, and it is checked at its end.
    pub(crate) whole: BTreeSet<usize>,
    /// Columns that are set to null in rows that go, before any goes: they close a circle.
    pub(crate) null_first: Vec<(usize, Vec<String>)>,
}

/// The order for these tables. `defers_all`: the database checks every foreign key at the end.
///
/// # Errors
/// A circle of foreign keys that can be neither emptied nor checked at the end.
pub(crate) fn sequence(
    layout: &Layout,
    going: &BTreeSet<usize>,
    defers_all: bool,
) -> Result<Sequence, SqlError> {
    let mut sequence = Sequence::default();
    let between = |pointer: &&Pointer| {
        let from = pointer.child_bound.is_some_and(|child| going.contains(&child));
        pointer.on_delete.is_some() && from && going.contains(&pointer.parent)
    };
    let deferred = |pointer: &Pointer| pointer.deferrable || defers_all;
    let mut edges: Vec<&Pointer> = layout.pointers.iter().filter(between).collect();
    // Rows of one table that point to one another.
    for pointer in edges.extract_if(.., |pointer| pointer.child_bound == Some(pointer.parent)) {
        match nullable(layout, pointer) {
            _ if deferred(pointer) => {}
            Some(columns) => sequence.null_first.push((pointer.parent, columns)),
            None => drop(sequence.whole.insert(pointer.parent)),
        }
    }
    let mut left: BTreeSet<usize> = going.clone();
    while !left.is_empty() {
        let free = left.iter().copied().find(|table| !edges.iter().any(|edge| edge.parent == *table));
        if let Some(table) = free {
            left.remove(&table);
            edges.retain(|edge| edge.child_bound != Some(table));
            sequence.tables.push(table);
            continue;
        }
        let open = edges.iter().position(|edge| deferred(edge));
        let open = open.or_else(|| edges.iter().position(|edge| nullable(layout, edge).is_some()));
        let Some(open) = open else {
            let names: Vec<&str> = left.iter().map(|table| layout.tables[*table].dataset.as_str()).collect();
            return Err(SqlError::Refused {
                code: "circle".to_owned(),
                place: Some(names.join(", ")),
                what: "their foreign keys form a circle that is neither nullable nor deferrable".to_owned(),
            });
        };
        let edge = edges.remove(open);
        if let (false, Some(columns), Some(child)) =
            (deferred(edge), nullable(layout, edge), edge.child_bound)
        {
            sequence.null_first.push((child, columns));
        }
    }
    Ok(sequence)
}

/// The columns of a foreign key that take null: one that is null points nowhere.
fn nullable(layout: &Layout, pointer: &Pointer) -> Option<Vec<String>> {
    let child = &layout.catalog.tables[pointer.child];
    let takes_null =
        |name: &&String| child.column(name).is_some_and(|column| !column.not_null && !column.generated);
    let in_key = |name: &String| child.primary_key.contains(name);
    let columns: Vec<String> =
        pointer.child_columns.iter().filter(takes_null).filter(|n| !in_key(n)).cloned().collect();
    (!columns.is_empty()).then_some(columns)
}
