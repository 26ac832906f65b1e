//! The doors, from outside: who may, what is wrong, and a request from end to end.

mod inputs;
mod lives;
mod once;
mod who;
