//! Intake owns the request: its front doors, its life, its review, its deadlines. It alone decides what comes
//! next.
//!
//! | | |
//! |---|---|
//! | takes in | over HTTP ([`http`]); over AMQP, from the queue `redress.requests` ([`door::QueueDoor`]) |
//! | consumes | `Admission`, `Deed` (its own front doors', by [`Worker::call`](redress_runtime::Worker::call)); `Discovered`, `Collected`, `Released`, `Executed`, `Stopped` |
//! | sends | `Discover` to discovery; `Collect`, `Release` to export; `Execute` to deletion; `Stop` to whichever works |
//! | emits | `request.received`, `.rejected`, `.linked`, `.verified`, `.approved`, `.declined`, `.stuck`, `.overdue`, `.closed`; `remains.accepted` |
//! | keeps | one row for each request (`redress.state.v1.IntakeState`), one for each idempotency key, the blind indexes of the subjects |
//!
//! What it promises: an accepted request reaches an end, or says whom it waits for. A command is sent again
//! until it is answered, and if it never is, a person is asked. Nothing is done before the requester is
//! verified and the very plan that was seen is approved. What comes in is checked whole, and what is wrong is
//! named by field and rule; an identifier is sealed before it is stored, and no answer of ours shows one.

pub mod approvals;
pub mod decide;
pub mod door;
pub mod http;
pub mod settings;
pub mod state;
#[cfg(test)]
mod testing;
