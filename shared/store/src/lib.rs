//! The store: the whole schema and every statement on it, in two dialects behind one narrow set of
//! operations. This page lists them all; `tests/suite/store.rs` is the conformance suite of both.
//!
//! | what | operations |
//! |---|---|
//! | schema | [`Store::migrate`], [`Store::schema_version`], [`Store::now`] |
//! | the loop | [`Store::begin`], [`Store::note_attempt`]; [`Transaction::see`], [`lock`](Transaction::lock), [`steps`](Transaction::steps), [`due_timers`](Transaction::due_timers), [`write`](Transaction::write), [`commit`](Transaction::commit) |
//! | outbox | [`Store::claim_unsent`], [`Store::mark_sent`] |
//! | timers | [`Store::next_timer`] |
//! | jobs | [`Store::lease_system`], [`Store::extend_lease`], [`Store::release_lease`], [`Store::due_jobs`], [`Store::note_job_attempts`], [`Store::take_back_job_attempts`]; [`Transaction::fence`], [`jobs_of`](Transaction::jobs_of) |
//! | reading | [`Store::state`], [`Store::states`], [`Store::steps_of`], [`Store::by_index`], [`Store::standing`], [`Store::waiting`] |
//! | parked | [`Store::parked`], [`Store::unpark`] |
//! | keyring | [`Store::put_keys`], [`Store::key`], [`Store::delete_key`] |
//! | ledger | [`Store::ledger`], [`Store::ledger_size`] |
//! | housekeeping | [`Store::forget_closed`] |
//!
//! What it promises: a transaction is seen whole or not at all; a row of a higher format than the process
//! knows is never written by it (the loop sees to that); nothing here is personal data in the clear, since
//! every body that could be is sealed before it comes.

#[macro_use]
mod decode;
mod error;
mod postgres;
mod rows;
mod sqlite;
mod traits;

pub use error::StoreError;
pub use postgres::{PostgresStore, Time};
pub use rows::*;
pub use sqlite::SqliteStore;
pub use traits::{Result, Store, Transaction};

/// The schema's version that this build writes. It reads one newer, and refuses older.
pub const SCHEMA_VERSION: i64 = 3;
