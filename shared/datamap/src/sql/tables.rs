//! The temporary tables of a session. Making one costs a database more than all else that is done for one person, so
//! they are left, empty, to the next piece of work, whose statements are then planned already.

use std::collections::BTreeMap;

use super::{Dialect, found::FEW_ROWS};

/// The temporary tables that are left in a session: each is there, and empty.
#[derive(Debug, Default)]
pub struct Tables(BTreeMap<String, Made>);

/// One of them.
#[derive(Debug)]
struct Made {
    /// Its columns and constraints.
    inside: String,
    /// Rows that have been in it, also in earlier transactions.
    rows: u64,
}

/// The temporary tables of a transaction.
#[derive(Debug)]
pub(crate) struct InUse {
    made: BTreeMap<String, Made>,
    left: Tables,
    /// Whether some were made in this transaction, which are gone if it is rolled back.
    new: bool,
}

impl InUse {
    pub(crate) fn begin(left: Tables) -> Self {
        Self { made: BTreeMap::new(), left, new: false }
    }

    /// Takes an empty table of this name for this transaction, in the place of one that it may have; gives the
    /// statements that make it, or none where it was left.
    pub(crate) fn take(&mut self, dialect: &dyn Dialect, name: &str, inside: String) -> Option<String> {
        let left = self.left.0.remove(name).filter(|left| left.inside == inside);
        if let Some(left) = left {
            self.made.insert(name.to_owned(), left);
            return None;
        }
        let make = format!("{}; create temporary table {name} ({inside})", dialect.forget(name));
        // Of a new table that nobody has looked at, PostgreSQL thinks that it has hundreds of rows.
        let look = dialect.analyze(name).map(|look| format!("; {look}")).unwrap_or_default();
        self.made.insert(name.to_owned(), Made { inside, rows: 0 });
        self.new = true;
        Some(make + &look)
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.made.contains_key(name)
    }

    /// So many rows were put into a table.
    pub(crate) fn filled(&mut self, name: &str, rows: u64) {
        if let Some(made) = self.made.get_mut(name) {
            made.rows += rows;
        }
    }

    /// The statements that end the transaction and leave every table empty, and the tables that are there then.
    pub(crate) fn end(self, dialect: &dyn Dialect, changes: bool) -> (String, Tables) {
        let (mut statements, mut tables) = (Vec::new(), self.left);
        // What is deleted stays in a table's pages, and is read over; and its plans are for few rows.
        let (worn, left): (Vec<_>, Vec<_>) = self.made.into_iter().partition(|(_, it)| it.rows > FEW_ROWS);
        let undoes = !changes && !self.new && worn.is_empty();
        if !undoes {
            statements.extend(worn.iter().map(|(name, _)| dialect.forget(name)));
            let filled = left.iter().filter(|(_, made)| made.rows > 0);
            statements.extend(filled.map(|(name, _)| format!("delete from {name}")));
        }
        statements.push(if undoes { "rollback" } else { "commit" }.to_owned());
        tables.0.extend(left);
        (statements.join("; "), tables)
    }
}
