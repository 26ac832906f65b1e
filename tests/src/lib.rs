//! What the tests stand on: real servers that start in seconds on free ports and die with the tests.

pub mod ambient;
mod skipped;

/// RabbitMQ and PostgreSQL, started and ended by the tests.
pub mod servers;

pub use skipped::skip;
