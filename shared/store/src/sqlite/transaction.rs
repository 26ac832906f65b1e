//! The loop's transaction. Locks are not needed: there is one writer.

use std::{collections::HashSet, sync::Arc};

use async_trait::async_trait;
use redress_domain::{Clock, MessageId, RequestId, ServiceName, TaskId};

use super::{
    many::{Values, over},
    row,
    writer::WriterTransaction,
};
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
        const SQL: &str = "insert into inbox (service, request, id, seen_at) select * from u where true
             on conflict do nothing returning request, id";
        let (service, now) = (self.service.clone(), self.now_us());
        let bind = |values: &mut Values<'_>, (message, request): &(MessageId, RequestId)| {
            values.push_bind(service.to_string()).push_bind(request.to_string());
            values.push_bind(message.to_string()).push_bind(now);
        };
        let rows = over(self.tx.connection(), "service, request, id, seen_at", messages, bind, SQL).await?;
        let new = row::all(&rows, row::key_of_message)?;
        let mut new: HashSet<(String, String)> = new.into_iter().collect();
        let is_new =
            |(id, request): &(MessageId, RequestId)| new.remove(&(request.to_string(), id.to_string()));
        Ok(messages.iter().map(is_new).collect())
    }

    async fn lock(&mut self, requests: &[RequestId]) -> Result<Vec<StateRow>> {
        const SQL: &str = concat!(
            "select ",
            state_columns!(),
            " from state where (service, request) in (select * from u) order by request"
        );
        let service = self.service.clone();
        let bind = |values: &mut Values<'_>, request: &RequestId| {
            values.push_bind(service.to_string()).push_bind(request.to_string());
        };
        let rows = over(self.tx.connection(), "service, request", requests, bind, SQL).await?;
        row::all(&rows, row::state)
    }

    async fn steps(&mut self, keys: &[(RequestId, String)]) -> Result<Vec<StepRow>> {
        const SQL: &str = concat!(
            "select ",
            step_columns!(),
            " from step where (service, request, name) in (select * from u)"
        );
        let service = self.service.clone();
        let bind = |values: &mut Values<'_>, (request, name): &(RequestId, String)| {
            values.push_bind(service.to_string()).push_bind(request.to_string()).push_bind(name.clone());
        };
        let rows = over(self.tx.connection(), "service, request, name", keys, bind, SQL).await?;
        row::all(&rows, row::step)
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
        const SQL: &str = concat!(
            "select ",
            job_columns!(),
            " from job where task in (select * from u) order by task, system"
        );
        let bind = |values: &mut Values<'_>, task: &TaskId| {
            values.push_bind(task.to_string());
        };
        let rows = over(self.tx.connection(), "task", tasks, bind, SQL).await?;
        row::all(&rows, row::job)
    }

    async fn write(&mut self, writes: &Writes) -> Result<Vec<Outgoing>> {
        self.write_all(writes).await
    }

    async fn commit(self: Box<Self>) -> Result<()> {
        self.tx.commit().await
    }
}
