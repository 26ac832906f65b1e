//! The loop under fire: two tiny services on every pair of bus and store, in processes that are killed, and
//! in a simulation.

mod away;
mod decisions;
mod kills;
mod poison;
mod process;
mod simulation;
