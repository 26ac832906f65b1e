//! Tests on real servers.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod architecture;
mod asyncapi;
mod bad_input;
mod bus;
mod cases;
mod datamap;
mod dead_letters;
mod deploy;
mod fire;
mod flows;
mod front_queue;
mod harness;
mod objects;
mod one_loop;
mod readme;
mod sql;
mod store;
mod telemetry;
mod vault;
