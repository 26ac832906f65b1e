//! Whole requests, from the front door to their end, on the four pairs of transport and store.

mod page;
mod request;
pub(crate) mod world;
