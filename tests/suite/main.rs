//! Tests on real servers.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod architecture;
mod harness;
mod store;
mod vault;
