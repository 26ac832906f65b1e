//! The doors to the ledger, to what is parked, and to how the machine is: one endpoint a file, and this list
//! of them all.

mod door;
mod drop_parked;
mod list_ledger;
mod list_parked;
mod parked;
mod read_status;
mod replay_parked;
mod show_parked;
mod verify_ledger;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::extract::State;
use redress_domain::roles::Action;
use redress_runtime::http::{Doors, Params, Tokens};
use utoipa_axum::routes;

pub use door::{AuditDoor, Counts, OpenRequests};

/// Every door of audit.
pub fn doors(door: Arc<AuditDoor>, tokens: Arc<Tokens>) -> Doors {
    Doors::new(tokens)
        .door(Action::DropParked, routes!(drop_parked::drop_parked))
        .door(Action::ListParked, routes!(list_parked::list_parked))
        .door(Action::ReadLedger, routes!(list_ledger::list_ledger))
        .door(Action::ReadStatus, routes!(read_status::read_status))
        .door(Action::ReplayParked, routes!(replay_parked::replay_parked))
        .door(Action::ShowParked, routes!(show_parked::show_parked))
        .door(Action::VerifyLedger, routes!(verify_ledger::verify_ledger))
        .with_state(door)
}

/// The door, as handlers get it.
type Door = State<Arc<AuditDoor>>;
/// The parked message that a path names.
type OneParked = Params<parked::OfParked>;
