//! The wire: connections to PostgreSQL and SQLite, and nothing else. Settings end with the transaction of the work that
//! made them; statements that are prepared and temporary tables, empty, stay in a session that is kept for more work. A
//! session whose work failed is closed.

use std::{str::FromStr as _, time::Duration};

use async_trait::async_trait;
use futures::{StreamExt as _, TryStreamExt as _, future::BoxFuture, stream::BoxStream};
use redress_datamap::sql::{Cell, Dialect, Postgres, SqlError, SqlSession, Sqlite, Tables};
use sqlx::{
    AssertSqlSafe, Column as _, ConnectOptions as _, Connection as _, Executor as _, PgConnection, Row as _,
    SqliteConnection, TypeInfo as _, ValueRef as _,
    postgres::{PgArguments, PgConnectOptions, PgDatabaseError, PgRow},
    query::Query,
    sqlite::{SqliteArguments, SqliteConnectOptions, SqliteRow},
};

/// How long another's write to a SQLite file is waited for.
const BUSY_WAIT: Duration = Duration::from_secs(10);
/// Statements that are prepared in one session, at most: those of a system with some fifty datasets.
const STATEMENTS_MAX: usize = 1_000;
/// In a URL: whatever prepares no statements leaves no tables either, for behind it may be a pooler that gives each
/// transaction another session.
const NOTHING_IS_KEPT: &str = "statement-cache-capacity=0";

/// A database that can be connected to.
#[derive(Debug, Clone)]
pub enum Database {
    /// PostgreSQL, and whether its sessions keep something for the next piece of work.
    Postgres(Box<PgConnectOptions>, bool),
    /// SQLite.
    Sqlite(Box<SqliteConnectOptions>),
}

impl Database {
    /// From its URL: `postgres://user:password@host:port/name` or `sqlite:file`. PostgreSQL behind a pooler that gives
    /// each transaction another session has `?statement-cache-capacity=0` in it.
    ///
    /// # Errors
    /// What is wrong with the URL, without the URL: it may hold a password.
    pub fn of_url(url: &str) -> Result<Self, String> {
        let bad = |kind: &str, form: &str| {
            format!("not a usable address of a {kind} database; it looks like {form}")
        };
        match url.split_once(':').map(|(scheme, _)| scheme) {
            Some("postgres" | "postgresql") => {
                let options = PgConnectOptions::from_str(url)
                    .map_err(|_| bad("PostgreSQL", "postgres://user:password@host:5432/name"))?
                    .application_name("redress");
                Ok(match url.contains(NOTHING_IS_KEPT) {
                    true => Self::Postgres(Box::new(options), false),
                    false => Self::Postgres(Box::new(options.statement_cache_capacity(STATEMENTS_MAX)), true),
                })
            }
            Some("sqlite") => SqliteConnectOptions::from_str(url)
                .map(|options| {
                    // What is deleted is overwritten in the file's pages.
                    let options =
                        options.busy_timeout(BUSY_WAIT).foreign_keys(true).pragma("secure_delete", "on");
                    Self::Sqlite(Box::new(options))
                })
                .map_err(|_| bad("SQLite", "sqlite:/path/to/file.db")),
            _ => Err("a database's url begins with `postgres:` or `sqlite:`".to_owned()),
        }
    }

    /// Connects.
    ///
    /// # Errors
    /// [`SqlError`].
    pub fn connect(&self) -> BoxFuture<'_, Result<Session, SqlError>> {
        Box::pin(async move {
            match self {
                Self::Postgres(options, keeps) => {
                    let connection = options.connect().await.map_err(|e| problem("connecting", &e))?;
                    Ok(Session::Postgres(connection, keeps.then(Tables::default)))
                }
                Self::Sqlite(options) => {
                    Ok(Session::Sqlite(options.connect().await.map_err(|e| problem("connecting", &e))?))
                }
            }
        })
    }
}

/// A connection.
#[derive(Debug)]
pub enum Session {
    /// To PostgreSQL, and what is left in it where something may be.
    Postgres(PgConnection, Option<Tables>),
    /// To SQLite.
    Sqlite(SqliteConnection),
}

impl Session {
    /// Whether the other end is there.
    pub(crate) async fn answers(&mut self) -> bool {
        match self {
            Self::Postgres(connection, _) => connection.ping().await.is_ok(),
            Self::Sqlite(connection) => connection.ping().await.is_ok(),
        }
    }

    /// Ends it; what was not committed has not happened.
    pub fn close(self) -> BoxFuture<'static, ()> {
        Box::pin(async move {
            let closed = match self {
                Self::Postgres(connection, _) => connection.close().await,
                Self::Sqlite(connection) => connection.close().await,
            };
            if let Err(error) = closed {
                tracing::debug!(%error, "a connection was cut, not closed");
            }
        })
    }
}

/// All rows of a small answer.
pub(crate) async fn rows_of(
    session: &mut Session,
    sql: &str,
    parameters: &[&str],
) -> Result<Vec<Vec<Cell>>, SqlError> {
    session.rows(sql, parameters).try_collect().await
}

fn postgres<'q>(
    sql: &'q str,
    parameters: &'q [&'q str],
    keeps: bool,
) -> Query<'q, sqlx::Postgres, PgArguments> {
    let query = sqlx::query(AssertSqlSafe(sql.to_owned())).persistent(keeps);
    parameters.iter().fold(query, |query, parameter| query.bind((*parameter).to_owned()))
}

fn sqlite<'q>(sql: &'q str, parameters: &'q [&'q str]) -> Query<'q, sqlx::Sqlite, SqliteArguments> {
    let query = sqlx::query(AssertSqlSafe(sql.to_owned())).persistent(false);
    parameters.iter().fold(query, |query, parameter| query.bind((*parameter).to_owned()))
}

impl Session {
    /// Writes SQLite's log into its file and empties it: what was deleted stands in it otherwise, for as long as nobody
    /// writes much. While others read, a part of it is left to them.
    pub(crate) async fn empty_log(&mut self) -> Result<(), SqlError> {
        match self {
            Self::Postgres(..) => Ok(()),
            Self::Sqlite(_) => rows_of(self, "pragma wal_checkpoint(truncate)", &[]).await.map(drop),
        }
    }
}

#[async_trait]
impl SqlSession for Session {
    fn dialect(&self) -> &'static dyn Dialect {
        match self {
            Self::Postgres(..) => &Postgres,
            Self::Sqlite(_) => &Sqlite,
        }
    }

    async fn run(&mut self, statements: &str) -> Result<(), SqlError> {
        let plain = sqlx::raw_sql(AssertSqlSafe(statements.to_owned()));
        let run = match self {
            Self::Postgres(c, _) => c.execute(plain).await.map(drop),
            Self::Sqlite(c) => c.execute(plain).await.map(drop),
        };
        run.map_err(|error| problem(statements, &error))
    }

    async fn execute(&mut self, sql: &str, parameters: &[&str]) -> Result<u64, SqlError> {
        let done = match self {
            Self::Postgres(c, tables) => {
                let query = postgres(sql, parameters, tables.is_some());
                c.execute(query).await.map(|done| done.rows_affected())
            }
            Self::Sqlite(c) => c.execute(sqlite(sql, parameters)).await.map(|done| done.rows_affected()),
        };
        done.map_err(|error| problem(sql, &error))
    }

    fn rows<'a>(
        &'a mut self,
        sql: &'a str,
        parameters: &'a [&'a str],
    ) -> BoxStream<'a, Result<Vec<Cell>, SqlError>> {
        let failed = move |error: sqlx::Error| problem(sql, &error);
        match self {
            Self::Postgres(c, tables) => c
                .fetch(postgres(sql, parameters, tables.is_some()))
                .map(move |row| row.map_err(failed).and_then(|row| postgres_row(&row)))
                .boxed(),
            Self::Sqlite(c) => c
                .fetch(sqlite(sql, parameters))
                .map(move |row| row.map_err(failed).and_then(|row| sqlite_row(&row)))
                .boxed(),
        }
    }

    fn tables(&mut self) -> Option<&mut Tables> {
        match self {
            Self::Postgres(_, tables) => tables.as_mut(),
            Self::Sqlite(_) => None,
        }
    }
}

fn postgres_row(row: &PgRow) -> Result<Vec<Cell>, SqlError> {
    let cell = |i: usize| -> Result<Cell, sqlx::Error> {
        if row.try_get_raw(i)?.is_null() {
            return Ok(Cell::Null);
        }
        Ok(match row.column(i).type_info().name() {
            "INT4" => Cell::Int(i64::from(row.try_get_unchecked::<i32, _>(i)?)),
            "INT8" => Cell::Int(row.try_get_unchecked(i)?),
            "TEXT" | "VARCHAR" => text(row.try_get_raw(i)?.as_bytes().map_err(sqlx::Error::Decode)?),
            _ => Cell::Text(row.try_get(i)?),
        })
    };
    (0..row.len()).map(cell).collect::<Result<_, _>>().map_err(|error| problem("reading a row", &error))
}

/// A database whose encoding is SQL_ASCII holds whatever bytes it was given.
fn text(bytes: &[u8]) -> Cell {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cell::Text(text.to_owned()),
        Err(_) => Cell::Blob(bytes.to_vec()),
    }
}

fn sqlite_row(row: &SqliteRow) -> Result<Vec<Cell>, SqlError> {
    let cell = |i: usize| -> Result<Cell, sqlx::Error> {
        let value = row.try_get_raw(i)?;
        Ok(match value.type_info().name() {
            _ if value.is_null() => Cell::Null,
            "INTEGER" => Cell::Int(row.try_get_unchecked(i)?),
            "REAL" => Cell::Real(row.try_get_unchecked(i)?),
            "BLOB" => Cell::Blob(row.try_get_unchecked(i)?),
            // A text of SQLite's need not be one of Unicode.
            _ => Cell::Text(String::from_utf8_lossy(row.try_get_unchecked(i)?).into_owned()),
        })
    };
    (0..row.len()).map(cell).collect::<Result<_, _>>().map_err(|error| problem("reading a row", &error))
}

/// PostgreSQL: a foreign key breaks.
const FOREIGN_KEY: &str = "23503";
/// PostgreSQL, by the beginning of the code: others were at the same rows, or hold something for too long.
const BUSY: [&str; 4] = ["40001", "40P01", "55", "57014"];
/// PostgreSQL's classes of failures that pass: connection, resources, operator, system. And a statement that was
/// prepared in another session (26000), or (by the name of PostgreSQL's routine) over columns of other types.
const AWAY: [&str; 5] = ["08", "53", "57P", "58", "26000"];
const PREPARED_BEFORE: &str = "RevalidateCachedQuery";
/// SQLite: BUSY, LOCKED; IOERR, FULL, CANTOPEN.
const SQLITE_BUSY: [i64; 2] = [5, 6];
const SQLITE_AWAY: [i64; 3] = [10, 13, 14];

/// Codes and places only: a database's sentence may quote a value.
fn problem(doing: &str, error: &sqlx::Error) -> SqlError {
    let what = doing.split_whitespace().take(3).collect::<Vec<_>>().join(" ");
    let Some(database) = error.as_database_error() else {
        return match error {
            sqlx::Error::Io(error) => SqlError::Away(error.kind().to_string()),
            sqlx::Error::Tls(_) => SqlError::Away("TLS could not be agreed on".to_owned()),
            sqlx::Error::ColumnDecode { index, .. } => {
                SqlError::Unexpected(format!("column {index} of an answer cannot be read"))
            }
            _ => SqlError::Away(format!("the connection failed while {what}")),
        };
    };
    let code = database.code().unwrap_or_default().into_owned();
    let sqlite =
        database.try_downcast_ref::<sqlx::sqlite::SqliteError>().and_then(|_| code.parse::<i64>().ok());
    let primary = sqlite.map(|code| code & 0xff);
    let busy =
        primary.map_or(BUSY.iter().any(|begin| code.starts_with(begin)), |code| SQLITE_BUSY.contains(&code));
    let postgres = database.try_downcast_ref::<PgDatabaseError>();
    let stale = postgres.and_then(PgDatabaseError::routine);
    let away = stale == Some(PREPARED_BEFORE) || AWAY.iter().any(|class| code.starts_with(class));
    let away = primary.map_or(away, |code| SQLITE_AWAY.contains(&code));
    let column = postgres.and_then(|error| Some(format!("{}.{}", error.table()?, error.column()?)));
    let place = database.constraint().map(str::to_owned).or(column).or(database.table().map(str::to_owned));
    match (busy, away) {
        _ if code == FOREIGN_KEY => SqlError::ForeignKey(place.unwrap_or(code)),
        (true, _) => SqlError::Busy(code),
        (_, true) => SqlError::Away(code),
        _ => SqlError::Refused { code, place, what },
    }
}
