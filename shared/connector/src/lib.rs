//! What every connector shares. A task that comes is made into a job for each of its systems and
//! acknowledged; jobs are worked by system, under a lease, many together; when the last job of a task has
//! ended, its outcome goes to the service that asked.
//!
//! What it promises: a task that comes twice is worked once, and its outcome sent again when that is asked
//! for; one slow system holds up no other; who lost the lease cannot answer. What it asks of a connector:
//! that an effect which is repeated after a crash is harmless and counted once (see [`Hand::intend`]).
//!
//! A job that ends the process, or panics, holds up no other: its attempts are noted before it is worked, those
//! whose end was not heard of are worked alone, and after three deaths, or a panic alone, it ends as failed.

mod attempt;
mod hand;
mod job;
mod runner;
mod tasks;
#[cfg(test)]
mod tests;

use async_trait::async_trait;
use jiff::Timestamp;
use redress_contracts::v1::SystemOutcome;
use redress_domain::{ConnectorName, SystemName};

pub use hand::{Hand, Lost};
pub use job::{Asked, SystemJob, new_job};
pub use runner::{Runner, RunnerSettings, pause};
pub use tasks::Tasks;

/// Speaks to one kind of system.
#[async_trait]
pub trait Connector: Send + Sync + 'static {
    /// Its name: the key of its rows, and of its queue.
    fn name(&self) -> &ConnectorName;

    /// How many jobs of a system it works together, at most. All of them are answered when the last has ended.
    fn jobs_max(&self) -> usize {
        256
    }

    /// Works these due jobs of one system, together where that is cheaper. Gives one answer for each, in
    /// their order.
    ///
    /// # Errors
    /// [`Lost`] when the lease was lost meanwhile: whoever has it now goes on.
    async fn work(
        &self,
        system: &SystemName,
        jobs: &[SystemJob],
        hand: &Hand<'_>,
    ) -> Result<Vec<Worked>, Lost>;
}

/// The code of a failure that is not the system's, but of the vault, where what it gives is kept.
pub const VAULT: &str = "vault";

/// What became of a job.
#[derive(Debug, Clone, PartialEq)]
pub enum Worked {
    /// An end, or as much of one as the service that asked has to hear of.
    Ended(Box<SystemOutcome>),
    /// Not yet: try again at a time.
    Later {
        /// When.
        at: Timestamp,
        /// Why: no personal data.
        why: String,
    },
}
