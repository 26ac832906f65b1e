//! The one loop that every service runs: from a message to its effect, once.
//!
//! ```text
//! receive a batch → read → ONE TRANSACTION: note the messages → lock the requests → fold each request's
//! messages through `decide` → write → commit → acknowledge → publish
//! ```
//!
//! A service brings a pure [`Service::decide`]; everything else is here. [`Worker::step`] works one batch and
//! returns: [`run`] calls it in a task, a simulation calls it in the order of a seed.
//!
//! What it promises: whatever crashes wherever, each message has its effect once; a message that cannot be
//! worked is parked and holds up no other; what was committed is published, by this process or another.

mod ambient;
pub mod crash;
mod fold;
pub mod gathering;
pub mod http;
pub mod park;
mod publisher;
mod run;
mod service;
mod telemetry;
mod worker;

pub use ambient::{OsRandom, SystemClock};
pub use fold::LIMIT_EARLY;
pub use park::{Opener, Sealer};
pub use publisher::Publisher;
pub use run::{Settings, Stop, run};
pub use service::{Decision, Input, Moment, Next, Out, Refused, Service, Steps};
pub use telemetry::Working;
pub use worker::{Called, Context, StepError, Worker};
