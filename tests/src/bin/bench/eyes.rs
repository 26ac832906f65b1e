//! Looks at a store from outside, without troubling the process that works on it.

use jiff::Timestamp;
use sqlx::{AssertSqlSafe, PgPool, SqlitePool};

/// On one store.
pub(crate) enum Eyes {
    Postgres(PgPool),
    Sqlite(SqlitePool),
}

impl Eyes {
    pub(crate) async fn open(url: &str) -> anyhow::Result<Self> {
        Ok(if url.starts_with("sqlite:") {
            Self::Sqlite(SqlitePool::connect(&format!("{url}?mode=ro")).await?)
        } else {
            Self::Postgres(PgPool::connect(url).await?)
        })
    }

    /// A query that gives one whole number.
    pub(crate) async fn number(&self, sql: &str) -> anyhow::Result<i64> {
        let sql = AssertSqlSafe(sql.to_owned());
        Ok(match self {
            Self::Postgres(pool) => sqlx::query_scalar(sql).fetch_one(pool).await?,
            Self::Sqlite(pool) => sqlx::query_scalar(sql).fetch_one(pool).await?,
        })
    }

    /// How many requests were closed since, and when the last one was, in microseconds since 1970.
    pub(crate) async fn closed_since(&self, since: Timestamp) -> anyhow::Result<(i64, i64)> {
        let sql = "select count(*), coalesce(max(closed_at), 0) from state \
                   where service = 'intake' and closed_at >= $1 and forgotten = 0";
        let since = since.as_microsecond();
        Ok(match self {
            Self::Postgres(pool) => sqlx::query_as(sql).bind(since).fetch_one(pool).await?,
            Self::Sqlite(pool) => sqlx::query_as(sql).bind(since).fetch_one(pool).await?,
        })
    }
}
