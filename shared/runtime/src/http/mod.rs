//! What every door over HTTP shares: who is let in to do what, how errors are told, how bodies and lists are
//! read. A service brings handlers and registers each with its [`Action`](redress_domain::roles::Action).
//!
//! What it promises: a handler runs only for somebody who may do what its door does in that tenant; whatever
//! is wrong with a request is told as a [`Problem`] that names fields and rules and never repeats a value.

mod body;
mod doors;
mod guard;
mod page;
mod problem;
mod query;
mod serve;
mod tokens;

pub use body::{BODY_BYTES_MAX, Body, Nothing, Params};
pub use doors::{DoorRow, Doors};
pub use guard::Admitted;
pub use page::{LIMIT_DEFAULT, LIMIT_MAX, Page};
pub use problem::{Fault, Problem};
pub use query::QueryOf;
pub use serve::serve;
pub use tokens::{TokenSettings, Tokens, TokensError};
