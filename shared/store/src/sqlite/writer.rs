//! The one connection that writes. Transactions take it one after the other, in the order in which they
//! asked.

use std::sync::Arc;

use sqlx::{ConnectOptions as _, Executor as _, SqliteConnection, sqlite::SqliteConnectOptions};
use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::Result;

pub(super) struct Writer {
    one: Arc<Mutex<Connection>>,
}

struct Connection {
    sqlite: SqliteConnection,
    /// A transaction was dropped before its end: it is rolled back before the next one begins.
    open: bool,
}

impl Writer {
    pub(super) async fn connect(options: &SqliteConnectOptions) -> Result<Self> {
        let sqlite = options.connect().await?;
        Ok(Self { one: Arc::new(Mutex::new(Connection { sqlite, open: false })) })
    }

    pub(super) async fn begin(&self) -> Result<WriterTransaction> {
        let mut one = self.one.clone().lock_owned().await;
        if one.open {
            match one.sqlite.execute("rollback").await {
                // It was dropped while it began or committed, and there is nothing to roll back.
                Ok(_) | Err(sqlx::Error::Database(_)) => one.open = false,
                Err(error) => return Err(error.into()),
            }
        }
        // Before, since a caller may give up while it begins.
        one.open = true;
        one.sqlite.execute("begin immediate").await?;
        Ok(WriterTransaction { one })
    }
}

pub(super) struct WriterTransaction {
    one: OwnedMutexGuard<Connection>,
}

impl WriterTransaction {
    pub(super) fn connection(&mut self) -> &mut SqliteConnection {
        &mut self.one.sqlite
    }

    pub(super) async fn script(&mut self, sql: &'static str) -> Result<()> {
        self.one.sqlite.execute(sqlx::raw_sql(sql)).await?;
        Ok(())
    }

    pub(super) async fn commit(mut self) -> Result<()> {
        self.one.sqlite.execute("commit").await?;
        self.one.open = false;
        Ok(())
    }
}
