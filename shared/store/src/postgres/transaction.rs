//! The loop's transaction.

use std::collections::HashSet;

use async_trait::async_trait;
use redress_domain::{MessageId, RequestId, ServiceName, TaskId};
use sqlx::Postgres;

use super::{Time, now, pairs, row};
use crate::{Job, Lease, Outgoing, Result, StateRow, StepRow, Timer, Transaction, Writes, decode::*};

pub(super) struct PostgresTransaction {
    pub(super) tx: sqlx::Transaction<'static, Postgres>,
    pub(super) service: ServiceName,
    pub(super) time: Time,
}

#[async_trait]
impl Transaction for PostgresTransaction {
    async fn see(&mut self, messages: &[(MessageId, RequestId)]) -> Result<Vec<bool>> {
        // In one order, so that two replicas with the same messages wait for each other and do not lock up.
        const SQL: &str = concat!(
            "insert into inbox (service, request, id, seen_at)
             select $2, u.request, u.id, ",
            now!(),
            " from unnest($3::text[], $4::text[]) as u(id, request) order by u.request, u.id
             on conflict do nothing returning request, id"
        );
        let (ids, requests) = pairs(messages);
        let new: Vec<(String, String)> = sqlx::query_as(SQL)
            .bind(self.time.given())
            .bind(self.service.as_str())
            .bind(ids)
            .bind(requests)
            .fetch_all(&mut *self.tx)
            .await?;
        let mut new: HashSet<(String, String)> = new.into_iter().collect();
        let is_new =
            |(id, request): &(MessageId, RequestId)| new.remove(&(request.to_string(), id.to_string()));
        Ok(messages.iter().map(is_new).collect())
    }

    async fn lock(&mut self, requests: &[RequestId]) -> Result<Vec<StateRow>> {
        // A join, and not `= any`, which PostgreSQL may try on each row of the service in turn.
        const SQL: &str = concat!(
            "select ",
            state_columns!(),
            " from state join unnest($2::text[]) as u(request) using (request)
             where service = $1 order by request for update of state"
        );
        let mut requests: Vec<String> = requests.iter().map(ToString::to_string).collect();
        requests.sort_unstable();
        requests.dedup();
        let rows =
            sqlx::query(SQL).bind(self.service.as_str()).bind(requests).fetch_all(&mut *self.tx).await?;
        row::all(&rows, row::state)
    }

    async fn steps(&mut self, keys: &[(RequestId, String)]) -> Result<Vec<StepRow>> {
        const SQL: &str = concat!(
            "select ",
            step_columns!(),
            " from step join unnest($2::text[], $3::text[]) as u(request, name) using (request, name)
             where service = $1"
        );
        let (requests, names) = pairs(keys);
        let rows = sqlx::query(SQL)
            .bind(self.service.as_str())
            .bind(requests)
            .bind(names)
            .fetch_all(&mut *self.tx)
            .await?;
        row::all(&rows, row::step)
    }

    async fn due_timers(&mut self, limit: u32, format_max: u32) -> Result<Vec<(Timer, StateRow)>> {
        // The request's row is the one lock of everything of the request; what others hold is left to them.
        // The delete looks at the due date once more, since a timer may have been set anew meanwhile.
        const SQL: &str = concat!(
            "with due as (
               select t.request, t.name from timer t
               join state s on s.service = t.service and s.request = t.request
               where t.service = $2 and s.format <= $4 and t.due_at <= ",
            now!(),
            " order by t.due_at limit $3 for update of s skip locked)
             delete from timer t using due
             where t.service = $2 and t.request = due.request and t.name = due.name and t.due_at <= ",
            now!(),
            " returning t.request, t.name, t.due_at, t.body"
        );
        let rows = sqlx::query(SQL)
            .bind(self.time.given())
            .bind(self.service.as_str())
            .bind(i64::from(limit))
            .bind(i64::from(format_max))
            .fetch_all(&mut *self.tx)
            .await?;
        let mut timers = row::all(&rows, row::timer)?;
        timers.sort_by(|a, b| (a.due_at, a.request, &a.name).cmp(&(b.due_at, b.request, &b.name)));
        let requests: Vec<RequestId> = timers.iter().map(|timer| timer.request).collect();
        let states = self.lock(&requests).await?;
        crate::rows::with_states(timers, &states)
    }

    async fn fence(&mut self, lease: &Lease) -> Result<bool> {
        let epoch: Option<i64> = sqlx::query_scalar(
            "select epoch from lease where connector = $1 and system = $2 and holder = $3 and epoch = $4
             for update",
        )
        .bind(lease.connector.as_str())
        .bind(lease.system.as_str())
        .bind(&lease.holder)
        .bind(number(lease.epoch))
        .fetch_optional(&mut *self.tx)
        .await?;
        Ok(epoch.is_some())
    }

    async fn jobs_of(&mut self, tasks: &[TaskId]) -> Result<Vec<Job>> {
        const SQL: &str = concat!(
            "select ",
            job_columns!(),
            " from job where task = any($1) order by task, system for update"
        );
        let tasks: Vec<String> = tasks.iter().map(ToString::to_string).collect();
        let rows = sqlx::query(SQL).bind(tasks).fetch_all(&mut *self.tx).await?;
        row::all(&rows, row::job)
    }

    async fn write(&mut self, writes: &Writes) -> Result<Vec<Outgoing>> {
        self.write_all(writes).await
    }

    async fn commit(self: Box<Self>) -> Result<()> {
        Ok(self.tx.commit().await?)
    }
}
