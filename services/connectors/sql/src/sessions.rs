//! Sessions of one system's database that are kept for the next piece of work: to PostgreSQL a new one costs a process,
//! and what that learns of the tables. None is kept after a failure, or for longer than some seconds.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use redress_connector::pause;
use redress_datamap::sql::{SqlError, SqlSession as _};
use tokio::time::Instant;

use crate::{Database, client::Session};

/// So long a session is kept that nobody uses: the system's owner counts connections.
const KEPT: Duration = Duration::from_secs(10);

/// See the module.
pub(crate) struct Sessions {
    database: Database,
    idle: Arc<Mutex<Vec<(Session, Instant)>>>,
}

impl Sessions {
    pub(crate) fn to(database: Database) -> Self {
        Self { database, idle: Arc::default() }
    }

    /// A session that answers.
    pub(crate) async fn take(&self) -> Result<Session, SqlError> {
        while let Some((mut session, _)) = self.pop() {
            if session.answers().await {
                return Ok(session);
            }
        }
        self.database.connect().await
    }

    fn pop(&self) -> Option<(Session, Instant)> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    /// Gives back a session, with what came of its work.
    pub(crate) async fn done<T>(&self, mut session: Session, worked: &Result<T, SqlError>) {
        if worked.is_err() || session.tables().is_none() {
            session.close().await;
            return;
        }
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push((session, Instant::now()));
        let idle = Arc::downgrade(&self.idle);
        tokio::spawn(async move {
            pause(KEPT).await;
            let Some(idle) = idle.upgrade() else { return };
            let old: Vec<_> = {
                let mut idle = idle.lock().unwrap_or_else(PoisonError::into_inner);
                idle.extract_if(.., |(_, since)| since.elapsed() >= KEPT).collect()
            };
            for (session, _) in old {
                session.close().await;
            }
        });
    }
}
