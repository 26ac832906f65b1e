//! What a database says of itself: tables, columns, keys.

use futures::future::BoxFuture;
use serde_json::Value;

use super::{Cell, Dialect, Encoding, SqlError, SqlSession, session::all};
use crate::Namespace;

/// A database's own description.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Catalog {
    /// Its tables and views.
    pub tables: Vec<Table>,
    /// Its foreign keys.
    pub foreign_keys: Vec<ForeignKey>,
    /// Its full-text indexes that are tables of their own.
    pub search_indexes: Vec<SearchIndex>,
    /// What its texts are encoded in.
    pub encoding: Encoding,
    /// Its name; none where databases have none.
    pub database: Option<String>,
}

/// A full-text index that is a table of its own (SQLite's FTS).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchIndex {
    /// Its place in [`Catalog::tables`].
    pub table: usize,
    /// The table whose texts it indexes; none: its own.
    pub content: Option<usize>,
    /// Whether it can be built anew: not where it keeps no texts at all.
    pub can_be_rebuilt: bool,
}

/// What a table is, as far as we treat them differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableKind {
    /// A table, or a full-text index.
    Table,
    /// A table of another database.
    Foreign,
    /// A view, and whether rows can be deleted and changed through it.
    View {
        /// Whether they can.
        changes: bool,
    },
    /// What is computed once and kept.
    MaterializedView {
        /// Whether this user may have it computed anew.
        refreshes: bool,
    },
}

/// A table or a view.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Its schema.
    pub schema: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: TableKind,
    /// Whether it is found by its name alone.
    pub visible: bool,
    /// Its columns, in their order.
    pub columns: Vec<Column>,
    /// The columns of its primary key, in the key's order; none where it has no such key.
    pub primary_key: Vec<String>,
    /// The columns that each unique index looks at, as they are or in an expression, of all rows or of some.
    pub uniques: Vec<Vec<String>>,
    /// Whether a policy of row level security may hide rows from us.
    pub hides_rows: bool,
    /// Whether other tables inherit from it: their rows are among its rows, and no key of it holds for them.
    pub has_children: bool,
}

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its type, as it is written in a statement.
    pub type_name: String,
    /// What kind of type.
    pub family: Family,
    /// Whether it takes no null.
    pub not_null: bool,
    /// Whether the database computes it.
    pub generated: bool,
    /// The most characters that it takes.
    pub length_max: Option<usize>,
    /// Whether we may read it.
    pub readable: bool,
}

/// What kind of type a column has, as far as we treat them differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// Whole numbers of at most 64 bits.
    Integer,
    /// True and false.
    Boolean,
    /// Decimal numbers without loss, and floating-point ones.
    Number,
    /// The number of a large object, which lies beside the tables.
    LargeObject,
    /// A moment.
    Moment,
    /// Date and time of day without a zone.
    LocalMoment,
    /// A day.
    Date,
    /// A time of day.
    Time,
    /// Bytes.
    Binary,
    /// JSON.
    Json,
    /// An array whose elements are JSON's own numbers, booleans or moments.
    Array,
    /// Any other array.
    ArrayOfText,
    /// Characters.
    Text,
    /// A UUID.
    Uuid,
    /// Anything else: the database's own text is its value.
    Other,
}

/// What a foreign key does to the rows that point to a row that goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnDelete {
    /// They keep it from going.
    Restrict,
    /// They go too.
    Cascade,
    /// They point to nothing then.
    SetNull,
}

/// A foreign key: `child`'s columns point to `parent`'s. Tables by their places in [`Catalog::tables`].
#[derive(Debug, Clone, PartialEq)]
pub struct ForeignKey {
    /// The table that points.
    pub child: usize,
    /// Its columns.
    pub child_columns: Vec<String>,
    /// The table pointed to.
    pub parent: usize,
    /// The columns pointed to, in the same order.
    pub parent_columns: Vec<String>,
    /// What becomes of the child.
    pub on_delete: OnDelete,
    /// Whether it can be checked at the end of the transaction.
    pub deferrable: bool,
}

impl Catalog {
    /// Asks the database.
    ///
    /// # Errors
    /// See [`SqlError`].
    pub fn read(session: &mut dyn SqlSession) -> BoxFuture<'_, Result<Self, SqlError>> {
        Box::pin(async move {
            let dialect = session.dialect();
            let mut catalog = Self::default();
            if let Some(sql) = dialect.database_sql() {
                for row in all(session, sql, &[]).await? {
                    catalog.encoding = Encoding::named(&text(&row, 0)?);
                    catalog.database = Some(text(&row, 1)?);
                }
            }
            for row in all(session, dialect.columns_sql(), &[]).await? {
                catalog.take_column(&row, dialect.family(&text(&row, 4)?, &text(&row, 5)?))?;
            }
            for row in all(session, dialect.uniques_sql(), &[]).await? {
                let (schema, table) = (text(&row, 0)?, text(&row, 1)?);
                let columns = names(&text(&row, 3)?)?;
                let Some(table) = catalog.position(&schema, &table) else { continue };
                match text(&row, 2)?.as_str() {
                    "primary" => catalog.tables[table].primary_key = columns,
                    _ => catalog.tables[table].uniques.push(columns),
                }
            }
            for row in all(session, dialect.foreign_keys_sql(), &[]).await? {
                catalog.take_foreign_key(&row, dialect)?;
            }
            if let Some(sql) = dialect.search_indexes_sql() {
                for row in all(session, sql, &[]).await? {
                    catalog.take_search_index(&text(&row, 0)?, &text(&row, 1)?, dialect);
                }
            }
            Ok(catalog)
        })
    }

    /// A table by the name that a data map gives it: `table` or `schema.table`.
    pub fn table(&self, name: &str) -> Option<usize> {
        let exact = |table: &Table| table.visible && table.name == name;
        self.tables.iter().position(exact).or_else(|| {
            let (schema, name) = name.split_once('.')?;
            self.position(schema, name)
        })
    }

    /// A table that a map names, in the schema that the map says.
    pub(crate) fn mapped(&self, namespace: &Namespace, name: &str) -> Option<usize> {
        match &namespace.schema {
            Some(schema) => self.position(schema, name),
            None => self.table(name),
        }
    }

    fn position(&self, schema: &str, name: &str) -> Option<usize> {
        self.tables.iter().position(|table| table.schema == schema && table.name == name)
    }

    fn take_column(&mut self, row: &[Cell], family: Family) -> Result<(), SqlError> {
        let (schema, name) = (text(row, 0)?, text(row, 1)?);
        let length_max = row.get(8).and_then(Cell::int).and_then(|length| usize::try_from(length).ok());
        let column = Column {
            name: text(row, 3)?,
            type_name: text(row, 4)?,
            family,
            not_null: flag(row, 6)?,
            generated: flag(row, 7)?,
            length_max: length_max.filter(|length| *length > 0),
            readable: flag(row, 9)?,
        };
        let position = self.position(&schema, &name).unwrap_or(self.tables.len());
        if position == self.tables.len() {
            let (columns, primary_key, uniques) = (Vec::new(), Vec::new(), Vec::new());
            let (visible, hides_rows, has_children) = (flag(row, 2)?, flag(row, 10)?, flag(row, 11)?);
            let kind = match text(row, 12)?.as_str() {
                "foreign" => TableKind::Foreign,
                "view" => TableKind::View { changes: true },
                "fixed view" => TableKind::View { changes: false },
                "materialized view" => TableKind::MaterializedView { refreshes: true },
                "materialized view of another" => TableKind::MaterializedView { refreshes: false },
                _ => TableKind::Table,
            };
            self.tables.push(Table {
                schema,
                name,
                kind,
                visible,
                columns,
                primary_key,
                uniques,
                hides_rows,
                has_children,
            });
        }
        self.tables[position].columns.push(column);
        Ok(())
    }

    /// What an index keeps its texts in stands in the statement that made it alone.
    fn take_search_index(&mut self, name: &str, made_by: &str, dialect: &dyn Dialect) {
        let place = |name: &str| self.tables.iter().position(|table| dialect.same_name(&table.name, name));
        let Some(table) = place(name) else { return };
        let arguments = made_by.split_once('(').map(|(_, rest)| rest).unwrap_or_default();
        let option =
            arguments.split(',').filter_map(|it| it.split_once('=')).find(|(key, _)| key.trim() == "content");
        let content = option.map(|(_, value)| value.trim_matches([' ', ')', '\'', '"', '\n']));
        let index =
            SearchIndex { table, content: content.and_then(place), can_be_rebuilt: content != Some("") };
        self.search_indexes.push(index);
    }

    /// A foreign key that we do not understand would be followed by the database all the same: an error.
    fn take_foreign_key(&mut self, row: &[Cell], dialect: &dyn Dialect) -> Result<(), SqlError> {
        let (child_name, parent_name) = (text(row, 1)?, text(row, 4)?);
        let place = |schema: &str, name: &str| {
            let same = |table: &Table| table.schema == schema && dialect.same_name(&table.name, name);
            self.tables.iter().position(same)
        };
        let missing = |what: &str| {
            SqlError::Unexpected(format!(
                "a foreign key of `{child_name}` points to {what}, which is not there: mend it or drop it"
            ))
        };
        let child = place(&text(row, 0)?, &child_name).ok_or_else(|| missing(&format!("`{parent_name}`")))?;
        let parent =
            place(&text(row, 3)?, &parent_name).ok_or_else(|| missing(&format!("`{parent_name}`")))?;
        let columns = |table: usize, list: &str| {
            let own = |name: &String| {
                let mut columns = self.tables[table].columns.iter().map(|column| &column.name);
                columns.find(|own| dialect.same_name(own, name)).cloned()
            };
            let named: Option<Vec<String>> = names(list)?.iter().map(own).collect();
            named.ok_or_else(|| missing(&format!("a column of `{parent_name}`")))
        };
        let child_columns = columns(child, &text(row, 2)?)?;
        let mut parent_columns = columns(parent, &text(row, 5)?)?;
        if parent_columns.is_empty() {
            // SQLite: a key that names no columns points to the primary key.
            parent_columns.clone_from(&self.tables[parent].primary_key);
        }
        if child_columns.len() != parent_columns.len() {
            return Err(missing(&format!("a key of `{parent_name}`")));
        }
        let on_delete = match text(row, 6)?.to_ascii_uppercase().as_str() {
            "CASCADE" => OnDelete::Cascade,
            "SET NULL" => OnDelete::SetNull,
            // A default that is set may point to what is not there, or to somebody else.
            _ => OnDelete::Restrict,
        };
        let deferrable = flag(row, 7)?;
        let key = ForeignKey { child, child_columns, parent, parent_columns, on_delete, deferrable };
        self.foreign_keys.push(key);
        Ok(())
    }
}

impl Table {
    /// A column by name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Whether a value of this column may stand only once, in some rows at least.
    pub fn is_unique(&self, column: &str) -> bool {
        let has = |columns: &Vec<String>| columns.iter().any(|name| name == column);
        has(&self.primary_key) || self.uniques.iter().any(has)
    }
}

fn text(row: &[Cell], i: usize) -> Result<String, SqlError> {
    let cell = row.get(i).and_then(Cell::text);
    cell.map(str::to_owned)
        .ok_or_else(|| SqlError::Unexpected(format!("the catalog's column {i} is no text")))
}

fn flag(row: &[Cell], i: usize) -> Result<bool, SqlError> {
    let cell = row.get(i).and_then(Cell::int);
    cell.map(|n| n != 0).ok_or_else(|| SqlError::Unexpected(format!("the catalog's column {i} is no number")))
}

/// Names in a JSON list; what is null there is left out.
fn names(json: &str) -> Result<Vec<String>, SqlError> {
    let list: Vec<Value> = serde_json::from_str(json)
        .map_err(|_| SqlError::Unexpected("the catalog's list of columns is no list".to_owned()))?;
    Ok(list.iter().filter_map(Value::as_str).map(str::to_owned).collect())
}
