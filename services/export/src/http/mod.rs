//! The doors to the packages: one endpoint a file, and this list of them all.

mod door;
mod file;
mod follow_link;
mod list_packages;
mod read_file;
mod share_package;
mod show_package;
mod shown;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::extract::State;
use redress_domain::roles::Action;
use redress_runtime::http::{Doors, Tokens};
use utoipa_axum::routes;

pub use door::{Owner, Owners, PackageDoor};

/// Every door to the packages.
pub fn doors(door: Arc<PackageDoor>, tokens: Arc<Tokens>) -> Doors {
    Doors::new(tokens)
        .door(Action::GetPackage, routes!(show_package::show_package))
        .door(Action::GetPackage, routes!(read_file::read_file))
        .door(Action::ListPackages, routes!(list_packages::list_packages))
        .door(Action::SharePackage, routes!(share_package::share_package))
        .open(WHO_HAS_IT, routes!(follow_link::follow_link))
        .open(WHO_HAS_IT, routes!(follow_link::enter_link))
        .open(WHO_HAS_IT, routes!(follow_link::enter_link_without_slash))
        .with_state(door)
}

/// Who goes through the doors that are open.
const WHO_HAS_IT: &str = "who has the link";

/// The door, as handlers get it.
type Door = State<Arc<PackageDoor>>;
