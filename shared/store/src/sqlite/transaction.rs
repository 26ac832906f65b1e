//! The loop's transaction. Locks are not needed: there is one writer.

use std::sync::Arc;

use async_trait::async_trait;
use redress_domain::{Clock, MessageId, RequestId, ServiceName, TaskId};

use super::{row, writer::WriterTransaction};
use crate::{Job, Lease, Outgoing, Result, StateRow, StepRow, Timer, Transaction, Writes, decode::*};

pub(super) struct SqliteTransaction {
    pub(super) tx: WriterTransaction,
    pub(super) service: ServiceName,
    pub(super) clock: Arc<dyn Clock>,
}

impl SqliteTransaction {
    pub(super) fn now_us(&self) -> i64 {
        self.clock.now().as_microsecond()
    }
}

#[async_trait]
impl Transaction for SqliteTransaction {
    async fn see(&mut self, messages: &[(MessageId, RequestId)]) -> Result<Vec<bool>> {
        let now = self.now_us();
        let mut new = Vec::with_capacity(messages.len());
        for (message, request) in messages {
            let done = sqlx::query(
                "insert into inbox (service, request, id, seen_at) values (?1, ?2, ?3, ?4)
                 on conflict do nothing",
            )
            .bind(self.service.as_str())
            .bind(request.to_string())
            .bind(message.to_string())
            .bind(now)
            .execute(self.tx.connection())
            .await?;
            new.push(done.rows_affected() == 1);
        }
        Ok(new)
    }

    async fn lock(&mut self, requests: &[RequestId]) -> Result<Vec<StateRow>> {
        const SQL: &str =
            concat!("select ", state_columns!(), " from state where service = ?1 and request = ?2");
        let mut sorted = requests.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        let mut states = Vec::with_capacity(sorted.len());
        for request in sorted {
            let found = sqlx::query(SQL)
                .bind(self.service.as_str())
                .bind(request.to_string())
                .fetch_optional(self.tx.connection())
                .await?;
            states.extend(found.as_ref().map(row::state).transpose()?);
        }
        Ok(states)
    }

    async fn steps(&mut self, keys: &[(RequestId, String)]) -> Result<Vec<StepRow>> {
        const SQL: &str = concat!(
            "select ",
            step_columns!(),
            " from step where service = ?1 and request = ?2 and name = ?3"
        );
        let mut steps = Vec::with_capacity(keys.len());
        for (request, name) in keys {
            let found = sqlx::query(SQL)
                .bind(self.service.as_str())
                .bind(request.to_string())
                .bind(name)
                .fetch_optional(self.tx.connection())
                .await?;
            steps.extend(found.as_ref().map(row::step).transpose()?);
        }
        Ok(steps)
    }

    async fn due_timers(&mut self, limit: u32, format_max: u32) -> Result<Vec<(Timer, StateRow)>> {
        const SQL: &str = concat!(
            "delete from timer where (service, request, name) in (
               select t.service, t.request, t.name from timer t
               join state s on s.service = t.service and s.request = t.request
               where t.service = ?1 and s.format <= ?4 and t.due_at <= ?2 order by t.due_at limit ?3)
             returning ",
            timer_columns!()
        );
        let now = self.now_us();
        let rows = sqlx::query(SQL)
            .bind(self.service.as_str())
            .bind(now)
            .bind(limit)
            .bind(format_max)
            .fetch_all(self.tx.connection())
            .await?;
        let mut timers = row::all(&rows, row::timer)?;
        timers.sort_by(|a, b| (a.due_at, a.request, &a.name).cmp(&(b.due_at, b.request, &b.name)));
        let requests: Vec<RequestId> = timers.iter().map(|timer| timer.request).collect();
        let states = self.lock(&requests).await?;
        crate::rows::with_states(timers, &states)
    }

    async fn fence(&mut self, lease: &Lease) -> Result<bool> {
        let epoch: Option<i64> = sqlx::query_scalar(
            "select epoch from lease where connector = ?1 and system = ?2 and holder = ?3 and epoch = ?4",
        )
        .bind(lease.connector.as_str())
        .bind(lease.system.as_str())
        .bind(&lease.holder)
        .bind(number(lease.epoch))
        .fetch_optional(self.tx.connection())
        .await?;
        Ok(epoch.is_some())
    }

    async fn jobs_of(&mut self, tasks: &[TaskId]) -> Result<Vec<Job>> {
        const SQL: &str = concat!("select ", job_columns!(), " from job where task = ?1 order by system");
        let mut sorted = tasks.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        let mut jobs = Vec::new();
        for task in sorted {
            let rows = sqlx::query(SQL).bind(task.to_string()).fetch_all(self.tx.connection()).await?;
            jobs.extend(row::all(&rows, row::job)?);
        }
        Ok(jobs)
    }

    async fn write(&mut self, writes: &Writes) -> Result<Vec<Outgoing>> {
        self.write_all(writes).await
    }

    async fn commit(self: Box<Self>) -> Result<()> {
        self.tx.commit().await
    }
}
