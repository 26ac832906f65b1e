//! Where the values of a field are: in its column, inside of the JSON in one, or among the elements of an array.

use super::{Column, Dialect, Family, Layout, asking::Asked, asking::matches, dialect::quote};
use crate::{Field, Identity};

/// How a field whose values are many is typed in a data map: `string[]`.
const ARRAY: &str = "[]";

/// A field of a mapped table, or one inside of it that identifies people.
pub(super) struct FieldValues<'a> {
    pub(super) field: &'a Field,
    /// What the values are, where they name people.
    pub(super) identity: Option<Identity>,
    /// Its column's name, and those of the fields that lead to it, with dots between.
    pub(super) name: String,
    /// Its column, as far as its values are of the column's type; else with the type of its values.
    pub(super) column: Column,
    expression: String,
    place: Place,
}

enum Place {
    Column,
    /// In several columns: the expression is of all of them.
    Columns,
    /// Inside of a JSON value.
    Path(Vec<String>),
    /// Each element of an array, of the database's own or of JSON.
    Elements(Vec<String>, Family),
}

impl FieldValues<'_> {
    /// The fields of a mapped table, and what identifies people inside of them. Rows have the alias `t`.
    pub(super) fn of(layout: &Layout, bound: usize) -> Vec<FieldValues<'_>> {
        let mut all = Vec::new();
        for field in &layout.tables[bound].collection.fields {
            let Some(column) = layout.table(bound).column(&field.name) else { continue };
            let is_array = field.identity.is_some() && holds_many(field, column);
            let (place, mut own) = match is_array {
                true => (Place::Elements(Vec::new(), column.family), as_text(column)),
                false => (Place::Column, column.clone()),
            };
            // A mask is cut by both.
            own.length_max = [own.length_max, field.length_max].into_iter().flatten().min();
            let expression = format!("t.{}", quote(&column.name));
            let (name, mut identity) = (field.name.clone(), field.identity);
            if !field.identity_with.is_empty() {
                let parts = std::iter::once(&field.name).chain(&field.identity_with);
                let parts: Vec<String> =
                    parts.map(|part| format!("coalesce(trim(t.{}), '')", quote(part))).collect();
                all.push(FieldValues {
                    field,
                    identity: identity.take(),
                    name: name.clone(),
                    column: as_text(column),
                    expression: format!("({})", parts.join(" || ' ' || ")),
                    place: Place::Columns,
                });
            }
            all.push(FieldValues { field, identity, name: name.clone(), column: own, expression, place });
            inside(field, column, (&name, &[]), &mut all);
        }
        all
    }

    /// Whether they are not the column's own: nothing refers to them.
    pub(super) fn is_inside(&self) -> bool {
        !matches!(&self.place, Place::Column)
    }

    /// What has the values: the rows that come beside `t`, and the expression of a value.
    pub(super) fn values(&self, dialect: &dyn Dialect) -> (Option<String>, String) {
        match &self.place {
            Place::Column | Place::Columns => (None, self.expression.clone()),
            Place::Path(path) => (None, dialect.json_text(&self.expression, path)),
            Place::Elements(path, family) => {
                (Some(dialect.elements(&self.expression, path, *family)), "e.value".to_owned())
            }
        }
    }

    /// The condition under which a row holds `given.value`.
    pub(super) fn hold_given(&self, dialect: &dyn Dialect, asked: &Asked) -> String {
        let (rows, value) = self.values(dialect);
        let holds = matches(dialect, &value, &self.column, asked);
        match rows {
            Some(rows) => format!("exists (select 1 from {rows} where {holds})"),
            None => holds,
        }
    }
}

fn inside<'a>(
    field: &'a Field,
    column: &Column,
    (name, path): (&str, &[String]),
    all: &mut Vec<FieldValues<'a>>,
) {
    for inner in &field.fields {
        let name = format!("{name}.{}", inner.name);
        let path = [path, std::slice::from_ref(&inner.name)].concat();
        if inner.identity.is_some() {
            let expression = format!("t.{}", quote(&column.name));
            let place = match is_many(inner) {
                true => Place::Elements(path.clone(), column.family),
                false => Place::Path(path.clone()),
            };
            all.push(FieldValues {
                field: inner,
                identity: inner.identity,
                name: name.clone(),
                column: as_text(column),
                expression,
                place,
            });
        }
        inside(inner, column, (&name, &path), all);
    }
}

fn holds_many(field: &Field, column: &Column) -> bool {
    matches!(column.family, Family::Array | Family::ArrayOfText) || is_many(field)
}

fn is_many(field: &Field) -> bool {
    field.data_type.as_ref().is_some_and(|name| name.ends_with(ARRAY))
}

/// What is inside of a column is looked at as text.
fn as_text(column: &Column) -> Column {
    Column { family: Family::Text, type_name: "text".to_owned(), length_max: None, ..column.clone() }
}
