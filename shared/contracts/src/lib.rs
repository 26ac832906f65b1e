//! What crosses a queue: the generated messages of `proto/`, the envelope around them, and the one table
//! of exchanges, queues and bindings.

mod convert;
mod envelope;
mod event;
mod identifier_id;
pub mod ledger;
mod redacted;
mod searched;
mod stored;
pub mod topology;

/// The messages of `proto/redress/v1`, generated; regenerate with `REDRESS_REGENERATE=1 cargo test
/// --release -p redress-contracts`.
#[allow(missing_docs, clippy::all, clippy::pedantic)]
#[rustfmt::skip]
pub mod v1 {
    include!("gen/redress.v1.rs");
    include!("gen/redress.v1.serde.rs");
}

/// The messages of `proto/redress/state/v1`: stored, never sent.
#[allow(missing_docs, clippy::all, clippy::pedantic)]
#[rustfmt::skip]
pub mod state {
    include!("gen/redress.state.v1.rs");
}

pub use convert::{Contract, UnknownNumber, digest_of, from_timestamp, to_timestamp};
pub use envelope::{ContentType, Envelope, EnvelopeError, Message, header};
pub use event::event_name;
pub use identifier_id::identifier_id;
pub use searched::{add_unsearched, is_searched, unsearched};
pub use stored::UnreadableEnvelope;
