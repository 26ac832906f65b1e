//! One statement over many rows: every statement is a message to SQLite's thread and back, which costs more
//! than the work.

use sqlx::{QueryBuilder, Sqlite, SqliteConnection, query_builder::Separated, sqlite::SqliteRow};

use crate::Result;

/// Rows in one statement; with at most a dozen columns this stays below SQLite's 32,766 parameters.
const ROWS_MAX: usize = 1_000;

/// One row's values, in the order of the columns.
pub(super) type Values<'b> = Separated<'b, Sqlite, &'static str>;

/// Runs `statement` with the rows as the table `u(columns)`; gives what it returns and how many rows it
/// changed. Nothing for no rows.
pub(super) async fn over<R>(
    connection: &mut SqliteConnection,
    columns: &str,
    rows: &[R],
    bind: impl Fn(&mut Values<'_>, &R),
    statement: &str,
) -> Result<Vec<SqliteRow>> {
    let mut returned = Vec::new();
    for rows in rows.chunks(ROWS_MAX) {
        let mut query = build(columns, rows, &bind, statement);
        returned.extend(query.build().fetch_all(&mut *connection).await?);
    }
    Ok(returned)
}

/// As [`over`], for statements that return nothing; gives how many rows it changed.
pub(super) async fn change<R>(
    connection: &mut SqliteConnection,
    columns: &str,
    rows: &[R],
    bind: impl Fn(&mut Values<'_>, &R),
    statement: &str,
) -> Result<u64> {
    let mut changed = 0;
    for rows in rows.chunks(ROWS_MAX) {
        let mut query = build(columns, rows, &bind, statement);
        changed += query.build().execute(&mut *connection).await?.rows_affected();
    }
    Ok(changed)
}

fn build<R>(
    columns: &str,
    rows: &[R],
    bind: &impl Fn(&mut Values<'_>, &R),
    statement: &str,
) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::new("with u(");
    query.push(columns).push(") as (values ");
    for (i, row) in rows.iter().enumerate() {
        query.push(if i == 0 { "(" } else { ", (" });
        bind(&mut query.separated(", "), row);
        query.push(")");
    }
    query.push(") ").push(statement);
    query
}
