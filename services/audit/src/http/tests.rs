//! The doors, from outside: who may, the ledger, what is parked, how the machine is.

mod house;
mod ledger;
mod replay;
mod who;
