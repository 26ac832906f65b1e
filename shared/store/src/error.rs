//! What a store's failure means for the caller: wait, try again, or stop.

use redress_contracts::UnreadableEnvelope;

/// Why an operation of the store failed. Nothing of it was done.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database is not there: wait and ask again.
    #[error("the store is away: {0}")]
    Away(#[source] sqlx::Error),
    /// Somebody else was quicker, or a lock could not be had: do the whole transaction again.
    #[error("the store was busy with the same rows: {0}")]
    Conflict(String),
    /// The database refuses what it was given, or gives what cannot be read: trying again will not help.
    #[error("the store refuses: {0}")]
    Broken(String),
    /// The schema is not one that this build can work with.
    #[error("{0}")]
    Schema(String),
}

impl StoreError {
    /// Whether it may be over when the same is tried again.
    pub const fn may_pass(&self) -> bool {
        matches!(self, Self::Away(_) | Self::Conflict(_))
    }

    pub(crate) fn unreadable(what: &str, why: impl std::fmt::Display) -> Self {
        Self::Broken(format!("{what} cannot be read: {why}"))
    }
}

impl From<UnreadableEnvelope> for StoreError {
    fn from(error: UnreadableEnvelope) -> Self {
        Self::Broken(error.to_string())
    }
}

/// Conflict, by the beginning of PostgreSQL's code: serialization_failure, deadlock_detected, object not in prerequisite
/// state (a lock that could not be had).
const CONFLICTS: [&str; 3] = ["40001", "40P01", "55"];
/// Away, by class or code: connection exception, insufficient resources, system error (a full disk),
/// operator intervention (shutdown and starting up).
const AWAY: [&str; 4] = ["08", "53", "58", "57P0"];
/// SQLite's primary codes: BUSY and LOCKED; IOERR, FULL and CANTOPEN.
const SQLITE_CONFLICTS: [i32; 2] = [5, 6];
const SQLITE_AWAY: [i32; 3] = [10, 13, 14];

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let sqlx::Error::Database(database) = &error else {
            return match error {
                sqlx::Error::Io(_)
                | sqlx::Error::Tls(_)
                | sqlx::Error::Protocol(_)
                | sqlx::Error::PoolTimedOut
                | sqlx::Error::PoolClosed
                | sqlx::Error::WorkerCrashed => Self::Away(error),
                other => Self::Broken(other.to_string()),
            };
        };
        let code = database.code().unwrap_or_default().into_owned();
        let sqlite = database
            .try_downcast_ref::<sqlx::sqlite::SqliteError>()
            .and_then(|_| code.parse::<i32>().ok())
            .map(|extended| extended & 0xff);
        let conflict = sqlite
            .map_or(CONFLICTS.iter().any(|begin| code.starts_with(begin)), |c| SQLITE_CONFLICTS.contains(&c));
        let away =
            sqlite.map_or(AWAY.iter().any(|class| code.starts_with(class)), |c| SQLITE_AWAY.contains(&c));
        if conflict {
            Self::Conflict(database.message().to_owned())
        } else if away {
            Self::Away(error)
        } else {
            // The message names tables and constraints; the detail, which repeats values, is left out.
            Self::Broken(format!("{} ({code})", database.message()))
        }
    }
}
