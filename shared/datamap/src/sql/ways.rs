//! The ways between tables: along which people are followed, and who points to whom.

use super::{Bound, Catalog, Edge, ForeignKey, Pointer, RowConditions};
use crate::{Direction, Field, Reference, Role};

/// A reference of the map between two mapped tables: `child` points to `parent`.
struct MapReference {
    child: usize,
    child_columns: Vec<String>,
    parent: usize,
    parent_columns: Vec<String>,
    direction: Direction,
    same_person: bool,
    role: Role,
    conditions: RowConditions,
    is_foreign_key: bool,
}

/// Each reference of the map, with all columns of the foreign key that it is part of, or of the key that it points to
/// together with others of its table: following one column of two would reach the rows of others.
fn references(tables: &[Bound], catalog: &Catalog) -> Vec<MapReference> {
    let mut whole: Vec<MapReference> = Vec::new();
    let (parts, others): (Vec<_>, Vec<_>) =
        single_references(tables, catalog).partition(|reference| points_to_a_part(tables, reference));
    for part in parts {
        let fits = |known: &&mut MapReference| {
            (known.child, known.parent, known.direction, known.same_person, known.role, &known.conditions)
                == (part.child, part.parent, part.direction, part.same_person, part.role, &part.conditions)
                && !known.parent_columns.contains(&part.parent_columns[0])
        };
        let mut fitting: Vec<&mut MapReference> = whole.iter_mut().filter(fits).collect();
        match fitting.as_mut_slice() {
            [known] => {
                known.child_columns.extend(part.child_columns);
                known.parent_columns.extend(part.parent_columns);
            }
            // Of several it cannot be known which one it completes: each stays a part, which is an error.
            _ => whole.push(part),
        }
    }
    others.into_iter().chain(whole).collect()
}

/// Whether a reference names one column of a key of several.
fn points_to_a_part(tables: &[Bound], reference: &MapReference) -> bool {
    let keys = &tables[reference.parent].keys;
    let is_key = |column: &String| keys.iter().any(|key| key.name == *column);
    keys.len() > 1 && reference.parent_columns.len() == 1 && reference.parent_columns.iter().all(is_key)
}

/// A reference to a part of a key.
pub(super) struct Incomplete {
    /// The table that points.
    pub(super) child: usize,
    /// Its columns.
    pub(super) columns: String,
    /// What they point to, and of which key it is a part.
    pub(super) target: String,
}

/// The references to a part of a key whose other parts no reference of the same table names.
pub(super) fn incomplete(tables: &[Bound], catalog: &Catalog) -> Vec<Incomplete> {
    let is_incomplete = |it: &MapReference| {
        let keys = &tables[it.parent].keys;
        let named = keys.iter().filter(|key| it.parent_columns.contains(&key.name)).count();
        let uniques = &catalog.tables[tables[it.parent].table].uniques;
        // A part that stands only once is a key of its own.
        let stands_once =
            uniques.iter().any(|columns| columns.iter().all(|it_| it.parent_columns.contains(it_)));
        named == it.parent_columns.len() && (1..keys.len()).contains(&named) && !stands_once
    };
    let told = |it: MapReference| {
        let parent = &tables[it.parent];
        let keys: Vec<&str> = parent.keys.iter().map(|key| key.name.as_str()).collect();
        let (name, part) = (&parent.collection.name, it.parent_columns.join(", "));
        Incomplete {
            child: it.child,
            columns: it.child_columns.join(", "),
            target: format!("`{part}` of `{name}`, a part of its key ({})", keys.join(", ")),
        }
    };
    references(tables, catalog).into_iter().filter(is_incomplete).map(told).collect()
}

fn single_references<'a>(
    tables: &'a [Bound],
    catalog: &'a Catalog,
) -> impl Iterator<Item = MapReference> + 'a {
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
        let (direction, same_person, role) = (reference.direction, reference.same_person, reference.role);
        let conditions = |on_child| RowConditions { on_child, all: reference.conditions.clone() };
        let of_key = |(child, parent): (usize, usize), key: &ForeignKey, direction| MapReference {
            child,
            child_columns: key.child_columns.clone(),
            parent,
            parent_columns: key.parent_columns.clone(),
            direction,
            same_person,
            role,
            conditions: conditions(child == i),
            is_foreign_key: true,
        };
        Some(match (whole, turned) {
            (Some(key), _) => of_key((i, to), key, direction),
            (None, Some(key)) => of_key((to, i), key, turned_round(direction)),
            (None, None) => MapReference {
                child: i,
                child_columns: vec![field.name.clone()],
                parent: to,
                parent_columns: vec![reference.field.clone()],
                direction,
                same_person,
                role,
                conditions: conditions(true),
                is_foreign_key: false,
            },
        })
    })
}

fn turned_round(direction: Direction) -> Direction {
    match direction {
        Direction::From => Direction::To,
        Direction::To => Direction::From,
        Direction::Both => Direction::Both,
    }
}

fn is_target(bound: &Bound, reference: &Reference) -> bool {
    bound.fides_key == reference.dataset && bound.collection.name == reference.collection
}

/// The ways along which people are followed.
pub(super) fn edges(tables: &[Bound], catalog: &Catalog) -> Vec<Edge> {
    let mut edges = Vec::new();
    for reference in references(tables, catalog) {
        let MapReference {
            child,
            child_columns,
            parent,
            parent_columns,
            direction,
            same_person,
            role,
            conditions,
            is_foreign_key,
        } = reference;
        let up = Edge {
            from: child,
            from_columns: child_columns.clone(),
            to: parent,
            to_columns: parent_columns.clone(),
            up: true,
            directed: direction == Direction::To,
            same_person,
            role: Role::Subject,
            to_owner: false,
            conditions: conditions.clone(),
            is_foreign_key,
        };
        let down = Edge {
            from: parent,
            from_columns: parent_columns,
            to: child,
            to_columns: child_columns,
            up: false,
            directed: direction == Direction::From,
            same_person,
            role,
            to_owner: false,
            conditions,
            is_foreign_key,
        };
        if direction != Direction::From {
            add(&mut edges, up);
        }
        if direction != Direction::To {
            add(&mut edges, down);
        }
    }
    let down: Vec<Edge> = edges.iter().filter(|edge| !edge.up && edge.directed).cloned().collect();
    for edge in edges.iter_mut().filter(|edge| edge.up && edge.directed) {
        edge.to_owner = down.iter().any(|down| {
            (down.from, &down.from_columns, down.to, &down.to_columns)
                == (edge.to, &edge.to_columns, edge.from, &edge.from_columns)
        });
    }
    edges
}

/// Each way once: what one of two references says of it holds.
fn add(edges: &mut Vec<Edge>, edge: Edge) {
    let (directed, same_person) = (edge.directed, edge.same_person);
    let same = |known: &&mut Edge| Edge { directed, same_person, ..(**known).clone() } == edge;
    match edges.iter_mut().find(same) {
        Some(known) => {
            known.directed |= directed;
            known.same_person |= same_person;
        }
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
            conditions: RowConditions::default(),
        })
    });
    let mut pointers: Vec<Pointer> = of_catalog.collect();
    for reference in references(tables, catalog) {
        let MapReference { child, child_columns, parent, parent_columns, conditions, .. } = reference;
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
                conditions,
            });
        }
    }
    pointers
}
