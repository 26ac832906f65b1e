//! Where databases differ.

use std::fmt;

use super::{Column, Family, Table};

/// How a database wants to be spoken to. Statements are otherwise the same for all.
pub trait Dialect: fmt::Debug + Send + Sync {
    /// Its name, for people.
    fn name(&self) -> &'static str;

    /// Begins the transaction in which rows are looked for; `changes` when they will be changed too.
    fn begin(&self, changes: bool) -> &'static [&'static str];

    /// Foreign keys are checked at the end of the transaction from here on, where they can be.
    fn defer(&self) -> &'static str;

    /// What has deferred constraints checked now; none: they are checked at the end of the transaction alone.
    fn check_now(&self) -> Option<&'static str>;

    /// What limits how long a statement of a trial waits and runs.
    fn hurry(&self) -> Option<&'static str>;

    /// Whether every foreign key without an action can be deferred.
    fn defers_all(&self) -> bool;

    /// The columns of all tables and views: schema, table, visible by name alone (0, 1), column, type, kind of
    /// type, not null, generated, most characters or null, whether we may read it, whether a policy may hide rows of
    /// the table from us, whether other tables inherit from it, what it is (`table`, `foreign`, `view`, `fixed view`,
    /// `materialized view`, `materialized view of another`).
    fn columns_sql(&self) -> &'static str;

    /// The unique indexes, over all rows or some: schema, table, `primary` or `unique`, columns as a JSON list.
    fn uniques_sql(&self) -> &'static str;

    /// The foreign keys: schema, table, columns (JSON list), schema, table, columns of the table pointed to,
    /// action, deferrable.
    fn foreign_keys_sql(&self) -> &'static str;

    /// The full-text indexes that are tables of their own: name, the statement that made it; none: there are no such.
    fn search_indexes_sql(&self) -> Option<&'static str> {
        None
    }

    /// Objects beside a table's rows that may hold copies of them or have others made: kind (`materialized_view`,
    /// `trigger`, `rule`, `publication`, `child_table`), schema and name of the table, the object's name, whether what it
    /// runs may reach outside of the transaction (0, 1).
    fn related_sql(&self) -> &'static str;

    /// The statement that has a materialized view or a full-text index built anew.
    fn rebuild(&self, table: &Table) -> String {
        format!("refresh materialized view {}", self.table(table))
    }

    /// The database's encoding and its name; none: it holds every text, and has no name.
    fn database_sql(&self) -> Option<&'static str> {
        None
    }

    /// What kind a type is.
    fn family(&self, type_name: &str, kind: &str) -> Family;

    /// Whether two spellings name the same table or column.
    fn same_name(&self, a: &str, b: &str) -> bool {
        a == b
    }

    /// Whether a column holds UUIDs as a type of the database's own, not as texts.
    fn is_uuid(&self, column: &Column) -> bool;

    /// A table's name in a statement.
    fn table(&self, table: &Table) -> String {
        format!("{}.{}", quote(&table.schema), quote(&table.name))
    }

    /// Drops a temporary table that may be there, and no other of its name.
    fn forget(&self, name: &str) -> String;

    /// Tells the planner what is in a temporary table; none where it would not listen.
    fn analyze(&self, name: &str) -> Option<String>;

    /// The rows of a JSON list of lists in parameter `$1`, as a table `given` with these columns; each is a
    /// name and whether it is a number (of the request), else text.
    fn given(&self, columns: &[(&str, bool)]) -> String;

    /// The text of a key's column, such that [`of_text`](Self::of_text) gives the same value back.
    fn to_text(&self, expression: &str, column: &Column) -> String;

    /// The value of a key's column from its text.
    fn of_text(&self, expression: &str, column: &Column) -> String;

    /// Any expression as text.
    fn as_text(&self, expression: &str) -> String;

    /// An e-mail address in its normal form, from however it is written: with blanks around it, a name before it, in
    /// capitals. Of what is no address, any text.
    fn email(&self, expression: &str) -> String;

    /// The expression of [`email`](Self::email) as an index may have it; none where an index on it would not be told
    /// to anybody: it is too long to be read.
    fn email_index(&self, expression: &str) -> Option<String>;

    /// The text at a path in a JSON value; null where there is none.
    fn json_text(&self, expression: &str, path: &[String]) -> String;

    /// A JSON value of a column of this type with a text in the place of what is at a path, if anything is; none: without
    /// that part. An array on the way to it is emptied: which of its elements are meant is not known.
    fn json_with(&self, expression: &str, path: &[String], text: Option<&str>, column: &Column) -> String;

    /// The condition, true or false, that something else than a text is at a path in a JSON value, and none: anything; or
    /// that an array on the way to it has elements.
    fn json_has_other(&self, expression: &str, path: &[String], text: Option<&str>) -> String;

    /// The value of a column's type that the database reads from a text; bytes are `\x` and hexadecimal digits.
    fn typed(&self, text: &str, column: &Column) -> String;

    /// The condition that a column holds another value than this one of its type.
    fn is_other(&self, expression: &str, value: &str) -> String;

    /// The elements of an array as rows `e` of a column `value`: of an array of the database's own, or of JSON, at a path
    /// in it.
    fn elements(&self, expression: &str, path: &[String], family: Family) -> String;

    /// Bytes as hexadecimal digits in lower case.
    fn hex(&self, expression: &str) -> String;

    /// What to select so that [`value`](super::value) can make a package's value of a column.
    fn value(&self, expression: &str, column: &Column) -> String;

    /// An order of texts that is the same everywhere: by their bytes.
    fn by_bytes(&self, expression: &str) -> String;
}

/// A name in a statement.
pub(crate) fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A text in a statement. Only for words of ours and of the data map, never for what came from outside.
pub(crate) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
