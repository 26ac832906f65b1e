//! The connector: its effects are outside, and counted there.

use std::sync::Arc;

use async_trait::async_trait;
use redress_connector::{Connector, Hand, Lost, SystemJob, Worked};
use redress_contracts::{Contract as _, v1::SystemOutcome};
use redress_domain::{Clock, ConnectorName, Status, SystemName};
use redress_runtime::crash;

use super::{Target, beta};

/// See [`super`].
pub struct Beta {
    name: ConnectorName,
    target: Arc<Target>,
    clock: Arc<dyn Clock>,
}

impl Beta {
    /// With effects on this target.
    pub fn new(target: Arc<Target>, clock: Arc<dyn Clock>) -> Self {
        Self { name: beta(), target, clock }
    }

    /// Where the target is transactional, the note of the effect is in the effect's transaction; elsewhere
    /// an intent that is found is a reason to look first.
    async fn effect(&self, system: &SystemName, job: &SystemJob, hand: &Hand<'_>) -> Result<bool, Lost> {
        let task = &format!("{}/{system}", job.task.task);
        if system.as_str() == "ledgered" {
            crash::point("before effect");
            let done = self.target.apply_once(task).await;
            crash::point("after effect");
            return Ok(done);
        }
        if job.row.intent.is_empty() {
            hand.intend(&[(job, b"sealed".to_vec())]).await?;
        } else if self.target.was_appended(task).await {
            return Ok(true);
        }
        crash::point("before effect");
        let done = self.target.append(task).await;
        crash::point("after effect");
        Ok(done)
    }
}

#[async_trait]
impl Connector for Beta {
    fn name(&self) -> &ConnectorName {
        &self.name
    }

    async fn work(
        &self,
        system: &SystemName,
        jobs: &[SystemJob],
        hand: &Hand<'_>,
    ) -> Result<Vec<Worked>, Lost> {
        let mut worked = Vec::with_capacity(jobs.len());
        for job in jobs {
            let outcome = SystemOutcome {
                system: system.to_string(),
                status: Status::Done.number(),
                ..SystemOutcome::default()
            };
            worked.push(match self.effect(system, job, hand).await? {
                true => Worked::Ended(Box::new(outcome)),
                false => Worked::Later { at: self.clock.now(), why: "it is away".to_owned() },
            });
        }
        Ok(worked)
    }
}
