//! The outside system: it counts how often each task had its effect.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::{Mutex, PoisonError},
};

use anyhow::Context as _;
use sqlx::{
    Executor as _, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions},
};

/// In a file, for processes that are killed; or in memory, for simulations.
pub enum Target {
    /// A database of its own.
    File(SqlitePool),
    /// Noted tasks, and effects.
    Memory(Mutex<Effects>),
}

/// Effects in memory.
#[derive(Default)]
pub struct Effects {
    noted: BTreeSet<String>,
    effects: BTreeMap<String, u32>,
}

impl Target {
    /// In this file, made if it is not there.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub async fn file(path: &Path) -> anyhow::Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .busy_timeout(std::time::Duration::from_secs(10));
        let pool = SqlitePoolOptions::new().max_connections(2).connect_with(options).await?;
        pool.execute("create table if not exists noted (task text primary key)").await?;
        pool.execute("create table if not exists effect (task text not null)").await?;
        Ok(Self::File(pool))
    }

    /// In memory.
    pub fn memory() -> Self {
        Self::Memory(Mutex::default())
    }

    /// The effect with its note, in one transaction; nothing when it is noted already. False: try again.
    pub async fn apply_once(&self, task: &str) -> bool {
        match self {
            Self::File(pool) => apply_once(pool, task).await.is_ok(),
            Self::Memory(effects) => {
                let mut effects = effects.lock().unwrap_or_else(PoisonError::into_inner);
                if effects.noted.insert(task.to_owned()) {
                    *effects.effects.entry(task.to_owned()).or_default() += 1;
                }
                true
            }
        }
    }

    /// The bare effect: each call is one more. False: try again.
    pub async fn append(&self, task: &str) -> bool {
        match self {
            Self::File(pool) => {
                let insert = sqlx::query("insert into effect (task) values (?1)").bind(task);
                insert.execute(pool).await.is_ok()
            }
            Self::Memory(effects) => {
                let mut effects = effects.lock().unwrap_or_else(PoisonError::into_inner);
                *effects.effects.entry(task.to_owned()).or_default() += 1;
                true
            }
        }
    }

    /// Whether the effect is there.
    pub async fn was_appended(&self, task: &str) -> bool {
        self.counts().await.is_ok_and(|counts| counts.contains_key(task))
    }

    /// How often each task had its effect.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn counts(&self) -> anyhow::Result<BTreeMap<String, u32>> {
        match self {
            Self::File(pool) => {
                let rows: Vec<(String, u32)> =
                    sqlx::query_as("select task, count(*) from effect group by task").fetch_all(pool).await?;
                Ok(rows.into_iter().collect())
            }
            Self::Memory(effects) => {
                Ok(effects.lock().unwrap_or_else(PoisonError::into_inner).effects.clone())
            }
        }
    }
}

async fn apply_once(pool: &SqlitePool, task: &str) -> anyhow::Result<()> {
    let mut tx = pool.begin_with("begin immediate").await.context("the target is busy")?;
    let noted = sqlx::query("insert into noted (task) values (?1) on conflict do nothing")
        .bind(task)
        .execute(&mut *tx)
        .await?;
    if noted.rows_affected() == 1 {
        sqlx::query("insert into effect (task) values (?1)").bind(task).execute(&mut *tx).await?;
    }
    Ok(tx.commit().await?)
}
