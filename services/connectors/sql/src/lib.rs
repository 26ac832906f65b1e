//! Speaks to SQL databases: PostgreSQL and SQLite.

mod client;

pub use client::{Database, Session};
