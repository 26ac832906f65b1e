//! Whole requests, from the front door to their end, on the four pairs of transport and store.

mod clouds;
mod outages;
mod page;
mod request;
pub(crate) mod world;
