//! Deletes and masks by approved plans, and looks again.

use std::collections::BTreeMap;

use redress_connector::SystemJob;
use redress_contracts::v1;
use redress_datamap::{
    System,
    sql::{
        Carried, Catalog, EFFECT_TABLE, Known, Layout, Order, Seen, SqlError, Stands, carry_out,
        effect_table, standing, verify,
    },
};
use redress_runtime::crash;

use crate::{
    Sql, answer,
    connector::may_pass,
    keep::{Keep, Owner},
    opened::{Opened, plan_of},
};

impl Sql {
    /// Of these purges, by their places, those whose effect stands already; and the catalog that says where to look.
    pub(crate) async fn standing(
        &self,
        system: &System,
        jobs: &[(usize, &SystemJob)],
    ) -> Result<(BTreeMap<usize, Stands>, Catalog), SqlError> {
        let sessions = self.sessions(system)?;
        let mut session = sessions.take().await?;
        let requests: Vec<String> = jobs.iter().map(|(_, job)| job.row.request.to_string()).collect();
        let plans: Vec<v1::SystemPlan> = jobs.iter().map(|(_, job)| plan_of(job)).collect();
        let asked: Vec<Known<'_>> = jobs
            .iter()
            .enumerate()
            .map(|(i, (_, job))| Known {
                task: &job.task.task,
                request: &requests[i],
                datasets: &plans[i].datasets,
            })
            .collect();
        let read = async {
            let catalog = Catalog::read(&mut session).await?;
            Ok((standing(&mut session, &catalog, &asked).await?, catalog))
        };
        let read = read.await;
        sessions.done(session, &read).await;
        let (stands, catalog) = read?;
        let stands = jobs.iter().zip(stands).filter_map(|((place, _), stands)| Some((*place, stands?)));
        Ok((stands.collect(), catalog))
    }

    /// Looks again at the effects of these jobs, which stand.
    pub(crate) async fn look(
        &self,
        system: &System,
        jobs: &[Opened<'_>],
        catalog: Option<Catalog>,
    ) -> Result<Vec<v1::SystemOutcome>, SqlError> {
        let layout = self.layout(system, catalog).await?;
        let plans: Vec<v1::SystemPlan> = jobs.iter().map(|job| plan_of(job.job)).collect();
        let seen: Vec<usize> = (0..jobs.len()).filter(|i| can_be_seen(&layout, &plans[*i])).collect();
        let requests: Vec<String> = jobs.iter().map(|job| job.owner.request.to_string()).collect();
        let order = |i: &usize| order(&jobs[*i], &requests[*i], &plans[*i]);
        let orders: Vec<Order<'_>> = seen.iter().map(order).collect();
        let owners: Vec<Owner> = seen.iter().map(|i| jobs[*i].owner.clone()).collect();
        let verified = self.look_again(system, &layout, &orders, &owners).await?;
        let why = "the data map or the policy is another by now";
        let mut outcomes: Vec<v1::SystemOutcome> =
            plans.iter().map(|plan| answer::unverified(plan, why)).collect();
        for (i, verified) in seen.into_iter().zip(verified) {
            outcomes[i] = answer::verified(&plans[i], &verified);
        }
        Ok(outcomes)
    }

    /// Carries out the plans of these jobs, all at once.
    pub(crate) async fn purge(
        &self,
        system: &System,
        jobs: &[Opened<'_>],
        catalog: Option<Catalog>,
    ) -> Result<Vec<v1::SystemOutcome>, SqlError> {
        let layout = self.layout(system, catalog).await?;
        if effect_table(&layout.catalog).is_none() {
            let how = "`redress check --prepare` makes it";
            return Err(SqlError::Unexpected(format!("the table `{EFFECT_TABLE}` is missing: {how}")));
        }
        let plans: Vec<v1::SystemPlan> = jobs.iter().map(|job| plan_of(job.job)).collect();
        let requests: Vec<String> = jobs.iter().map(|job| job.owner.request.to_string()).collect();
        let orders: Vec<Order<'_>> =
            jobs.iter().enumerate().map(|(i, job)| order(job, &requests[i], &plans[i])).collect();
        crash::point("before effect");
        let sessions = self.sessions(system)?;
        let mut session = sessions.take().await?;
        let worked = carry_out(&mut session, &layout, &orders, &self.clock.now().to_string()).await;
        let carried = match worked {
            Ok(carried) => carried,
            Err(error) => {
                session.close().await;
                return Err(error);
            }
        };
        crash::point("after effect");
        if let Err(error) = session.empty_log().await {
            tracing::warn!(%error, system = %system.name, "what was deleted is still in the database's log");
        }
        let done: Vec<usize> = (0..jobs.len()).filter(|i| carried[*i] != Carried::Changed).collect();
        let orders: Vec<Order<'_>> = done.iter().map(|i| orders[*i].clone()).collect();
        let owners: Vec<Owner> = done.iter().map(|i| jobs[*i].owner.clone()).collect();
        // While the session that changed it is held: another one looks.
        let seen = self.look_again(system, &layout, &orders, &owners).await;
        sessions.done(session, &seen).await;
        // The effect stands: what cannot be seen now is looked at again, and not called failed.
        let seen = seen.map_err(|error| match error {
            error if may_pass(&error, 1) => error,
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

    /// On another connection than the one that changed: what it sees is what others see.
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
        let sessions = self.sessions(system)?;
        let mut session = sessions.take().await?;
        let seen = verify(&mut session, layout, orders, &mut keep).await;
        sessions.done(session, &seen).await;
        seen
    }
}

fn order<'a>(job: &'a Opened<'_>, request: &'a str, plan: &'a v1::SystemPlan) -> Order<'a> {
    Order { task: &job.job.task.task, request, subject: job.subject.clone(), datasets: &plan.datasets }
}

/// Whether the present data map and policy can tell what became of a plan's rows: each changed dataset is there, and
/// what is masked is masked as it was planned.
fn can_be_seen(layout: &Layout, plan: &v1::SystemPlan) -> bool {
    plan.datasets.iter().all(|planned| {
        let table = layout.tables.iter().find(|table| table.dataset == planned.dataset);
        match (answer::goes(planned), table) {
            (None, _) | (Some(true), Some(_)) => true,
            (Some(false), Some(table)) => table.masks_as(planned),
            (Some(_), None) => false,
        }
    })
}
