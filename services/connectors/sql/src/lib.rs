//! Speaks to SQL databases: PostgreSQL and SQLite.
//!
//! What it owns: nothing but connections. What it consumes: the tasks of connector `sql`. How its effects are made
//! repeatable: the row in the target's own `redress_effect` is written in the transaction of the effect; a
//! repeat finds it there, changes nothing and only verifies (see [`redress_datamap::sql`]).
//!
//! What it promises: jobs of one system, action and data map are worked together; if they fail together they
//! are halved until the one at fault is alone; what passes (a database that is away, a lock) is tried again
//! later, and only what does not is an end.

mod answer;
mod check;
mod client;
mod connector;
mod indexes;
mod keep;
mod locate;
mod opened;
mod privileges;
mod purge;
mod sessions;
mod settings;
#[cfg(test)]
mod tests;

pub use check::{Checked, check};
pub use client::{Database, Session};
pub use connector::{Sql, name};
pub use settings::SqlSettings;
