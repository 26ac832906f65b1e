//! The rules of data subject requests, pure: ids, the subject's identifiers, regimes and clocks, the
//! request's life, the campaign over its systems. No IO, no async, no wall clock, no randomness: both are
//! parameters.

mod ambient;
pub mod backoff;
pub mod campaign;
mod identifier;
mod ids;
pub mod life;
pub mod regime;
pub mod roles;
mod words;

pub use ambient::{Clock, Ids, Random};
pub use identifier::{Identifier, IdentifierError};
pub use ids::{ConnectorName, InvalidId, MessageId, RequestId, ServiceName, SystemName, TaskId, TenantId};
pub use words::*;
