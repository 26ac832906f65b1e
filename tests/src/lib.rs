//! What the tests stand on: real servers that start in seconds on free ports and die with the tests.

pub mod ambient;
pub mod bench_shop;
pub mod fleet;
pub mod killable;
pub mod servers;
mod skipped;
pub mod two;

pub use skipped::skip;
