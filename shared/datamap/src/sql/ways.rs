//! The ways between tables: along which people are followed, and who points to whom.

use super::{Bound, Catalog, Edge, Pointer};
use crate::{Direction, Field, Reference};

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

/// The ways along which people are followed.
pub(super) fn edges(tables: &[Bound], catalog: &Catalog) -> Vec<Edge> {
    let mut edges = Vec::new();
    for (here, columns, there, their_columns, direction) in references(tables, catalog) {
        let up = Edge {
            from: here,
            from_columns: columns.clone(),
            to: there,
            to_columns: their_columns.clone(),
            up: true,
            directed: direction == Direction::To,
        };
        let down = Edge {
            from: there,
            from_columns: their_columns,
            to: here,
            to_columns: columns,
            up: false,
            directed: direction == Direction::From,
        };
        if direction != Direction::From {
            add(&mut edges, up);
        }
        if direction != Direction::To {
            add(&mut edges, down);
        }
    }
    edges
}

/// Each way once: what one of two references says of it holds.
fn add(edges: &mut Vec<Edge>, edge: Edge) {
    let same = |known: &&mut Edge| Edge { directed: edge.directed, ..(**known).clone() } == edge;
    match edges.iter_mut().find(same) {
        Some(known) => known.directed |= edge.directed,
        None => edges.push(edge),
    }
}

/// Who points to mapped tables: by the catalog's foreign keys, and by the map where it has none.
pub(super) fn pointers(tables: &[Bound], catalog: &Catalog) -> Vec<Pointer> {
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
