//! The small way to a database that everything here needs.

use async_trait::async_trait;
use futures::stream::BoxStream;

use super::{Dialect, tables::Tables};

/// A value of a row, as the database gave it.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Null,
    /// A whole number.
    Int(i64),
    /// A floating-point number.
    Real(f64),
    /// A text.
    Text(String),
    /// Bytes.
    Blob(Vec<u8>),
}

impl Cell {
    /// The text, or none for anything else.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The whole number, or none for anything else.
    pub fn int(&self) -> Option<i64> {
        match self {
            Self::Int(number) => Some(*number),
            _ => None,
        }
    }
}

/// Why a statement did not do its work. Never with a value in it: the database's own words may quote one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SqlError {
    /// The database is not there, or cut us off: try again later.
    #[error("the database cannot be reached: {0}")]
    Away(String),
    /// Others were at the same rows, or a lock could not be had in time: try again.
    #[error("others were at the same rows ({0})")]
    Busy(String),
    /// A foreign key breaks, perhaps over a row that came meanwhile: looked at again, the plan is another. With the key's
    /// name.
    #[error("rows of another table point to these ({0})")]
    ForeignKey(String),
    /// The database refuses: trying again will not help.
    #[error("the database refuses ({code}{}): {what}", .place.as_ref().map(|p| format!(", {p}")).unwrap_or_default())]
    Refused {
        /// Its code: an SQLSTATE, or SQLite's.
        code: String,
        /// The table or constraint, where it names one.
        place: Option<String>,
        /// What we were about.
        what: String,
    },
    /// It gave something that we cannot take.
    #[error("{0}")]
    Unexpected(String),
    /// Reading or writing beside the database failed.
    #[error("{0}")]
    Beside(String),
    /// What is beside the database cannot be had now: try again later.
    #[error("{0}")]
    BesideAway(String),
}

/// A connection to a database, for one piece of work.
#[async_trait]
pub trait SqlSession: Send {
    /// What it speaks.
    fn dialect(&self) -> &'static dyn Dialect;

    /// Runs statements that have no parameters and give nothing, in one round trip.
    ///
    /// # Errors
    /// See [`SqlError`]; those after the one at fault were not run.
    async fn run(&mut self, statements: &str) -> Result<(), SqlError>;

    /// Runs a statement with text parameters (`$1`…); gives how many rows it changed.
    ///
    /// # Errors
    /// See [`SqlError`].
    async fn execute(&mut self, sql: &str, parameters: &[&str]) -> Result<u64, SqlError>;

    /// Rows as they come: nothing is held whole. Ends after the first error.
    fn rows<'a>(
        &'a mut self,
        sql: &'a str,
        parameters: &'a [&'a str],
    ) -> BoxStream<'a, Result<Vec<Cell>, SqlError>>;

    /// The temporary tables that earlier work left in it; none: it serves one piece of work, and keeps nothing.
    fn tables(&mut self) -> Option<&mut Tables>;
}

/// All rows of a small answer.
pub(crate) async fn all(
    session: &mut dyn SqlSession,
    sql: &str,
    parameters: &[&str],
) -> Result<Vec<Vec<Cell>>, SqlError> {
    futures::TryStreamExt::try_collect(session.rows(sql, parameters)).await
}
