//! SQL databases: which rows are a subject's, what will be done to them, doing it, and seeing that it is done.
//!
//! Everything is set-based. Several requests are worked together: one temporary table for each mapped table
//! holds (request, primary key) of what was found, so that no key leaves the database but as part of a digest
//! or a sealed stream, and no statement is sent for a row or for a person. The tables are left, empty, to the
//! session's next piece of work.
//!
//! What it promises:
//!
//! - A row is found by an identifier that names one person, or by following references from such a row. A further
//!   identifier in it is the subject's only where the row is a record of theirs (`redress_person`) and no other record has
//!   the same value; any other is a candidate for a reviewer. Placeholders and masks identify nobody. What
//!   only a shared value (phone, name) points to, and whoever else a reference leads up to, is a *candidate*. A
//!   reference without a direction leads down from the subject's own rows only: from what was *lent* (reached by
//!   going up) it leads to candidates.
//! - A row that a reference reached is the subject's only if no row outside of what was found points to it, or
//!   the map says it is owned; else it is kept as shared, with what it points to and what was reached through it.
//! - A row to which a reference with a role leads (`joint`, `mention`) is not the subject's alone: it is shown, it is
//!   followed no further, and what is about the subject in it is masked.
//! - Deletion touches nothing that the plan does not name: the catalog's cascades are counted with it, and a
//!   row whose end would take others along that must stay is masked instead. Count and digest are computed
//!   again in the transaction that changes; if they differ, nothing is changed for that request.
//! - The row in `redress_effect` is written in that transaction: a repeat sees it, and does nothing.
//! - Verification looks again, on another connection, by identity and by the keys found before.

mod accounts;
mod asking;
mod bind;
mod candidates;
mod catalog;
mod collect;
mod dialect;
mod effect;
mod encoding;
mod fate;
mod field_values;
mod found;
mod identifiers;
mod locate;
mod mask;
mod order;
mod plan;
mod postgres;
mod rebuild;
mod related;
mod roles;
mod rules;
mod session;
mod sqlite;
mod tables;
mod trial;
mod value;
mod verify;
mod ways;

pub use asking::Neighbours;
pub use bind::{Bound, Changes, Edge, FieldPlanned, Layout, Pointer, RowConditions};
pub use candidates::row_id;
pub use catalog::{Catalog, Column, Family, ForeignKey, OnDelete, SearchIndex, Table, TableKind};
pub use collect::{Collected, RecordSink, collect};
pub use dialect::Dialect;
pub use effect::{
    Carried, EFFECT_TABLE, Known, Order, Stands, carry_out, effect_table, is_prepared, preparation, prepare,
    standing,
};
pub use encoding::Encoding;
pub use found::{Given, Subject};
pub use locate::{FoundIdentifier, Kept, KeySink, Located, NoKeys, SeenCandidate, locate};
pub use postgres::Postgres;
pub use related::{Related, related};
pub use roles::RowRole;
pub use session::{Cell, SqlError, SqlSession};
pub use sqlite::Sqlite;
pub use tables::Tables;
pub use verify::{KeySource, Seen, verify};
