//! Redress as processes of their own, killed at any point: each planned row is changed once, each other row never,
//! every request ends.

pub(crate) mod counted;
pub(crate) mod fleet;
mod kills;
mod points;
