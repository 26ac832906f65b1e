//! Deletes and masks by approved plans, and looks again.

use redress_contracts::v1;
use redress_datamap::{
    System,
    sql::{Carried, EFFECT_TABLE, Layout, Order, Seen, SqlError, carry_out, verify},
};
use redress_runtime::crash;

use crate::{
    Sql, answer,
    keep::{Keep, Owner},
    opened::{Opened, plan_of},
};

impl Sql {
    /// Carries out the plans of these jobs, all at once.
    pub(crate) async fn purge(
        &self,
        system: &System,
        jobs: &[Opened<'_>],
    ) -> Result<Vec<v1::SystemOutcome>, SqlError> {
        let layout = self.layout(system).await?;
        if !layout.catalog.tables.iter().any(|table| table.name == EFFECT_TABLE) {
            let how = "`redress check --prepare` makes it";
            return Err(SqlError::Unexpected(format!("the table `{EFFECT_TABLE}` is missing: {how}")));
        }
        let plans: Vec<v1::SystemPlan> = jobs.iter().map(plan_of).collect();
        let requests: Vec<String> = jobs.iter().map(|job| job.owner.request.to_string()).collect();
        let orders: Vec<Order<'_>> = jobs
            .iter()
            .enumerate()
            .map(|(i, job)| Order {
                task: &job.job.task.task,
                request: &requests[i],
                subject: job.subject.clone(),
                datasets: &plans[i].datasets,
            })
            .collect();
        crash::point("before effect");
        let mut session = self.database(system)?.connect().await?;
        let carried = carry_out(&mut session, &layout, &orders, &self.clock.now().to_string()).await;
        session.close().await;
        let carried = carried?;
        crash::point("after effect");
        let done: Vec<usize> = (0..jobs.len()).filter(|i| carried[*i] != Carried::Changed).collect();
        let orders: Vec<Order<'_>> = done.iter().map(|i| orders[*i].clone()).collect();
        let owners: Vec<Owner> = done.iter().map(|i| jobs[*i].owner.clone()).collect();
        // The effect stands: what cannot be seen now is looked at again, and not called failed.
        let seen = self.look_again(system, &layout, &orders, &owners).await.map_err(|error| match error {
            SqlError::Away(_) | SqlError::Busy(_) => error,
            error => SqlError::Away(format!("what was done cannot be verified yet: {error}")),
        })?;
        let reason = "what is there is not what was approved any more: nothing was changed";
        let mut outcomes: Vec<v1::SystemOutcome> =
            jobs.iter().map(|_| answer::changed(system.name.as_str(), reason)).collect();
        for (i, seen) in done.into_iter().zip(seen) {
            outcomes[i] = answer::verified(&plans[i], &seen);
        }
        Ok(outcomes)
    }

    /// On a connection of its own: what it sees is what others see.
    async fn look_again(
        &self,
        system: &System,
        layout: &Layout,
        orders: &[Order<'_>],
        owners: &[Owner],
    ) -> Result<Vec<Vec<Seen>>, SqlError> {
        if orders.is_empty() {
            return Ok(Vec::new());
        }
        let mut keep = Keep::new(&self.objects, &self.random, &system.name, owners);
        let mut session = self.database(system)?.connect().await?;
        let seen = verify(&mut session, layout, orders, &mut keep).await;
        session.close().await;
        seen
    }
}
