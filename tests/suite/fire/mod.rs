//! Redress as processes of their own, killed at any point: each planned row is changed once, each other row never,
//! every request ends.

mod faults;
mod full;
mod kills;
mod points;
mod terms;
