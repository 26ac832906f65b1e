//! Whole requests, from the front door to their end, on the four pairs of transport and store.

mod request;
pub(crate) mod world;
