//! Leases on systems, and the jobs under them.

use jiff::SignedDuration;
use redress_domain::{ConnectorName, TaskId};

use super::{SqliteStore, Values, change, micros, row};
use crate::{Job, Lease, Result, decode::*};

impl SqliteStore {
    pub(super) async fn lease(
        &self,
        connector: &ConnectorName,
        holder: &str,
        ttl: SignedDuration,
    ) -> Result<Option<Lease>> {
        const SQL: &str = "insert into lease (connector, system, holder, epoch, ends_at)
             select ?1, j.system, ?2, 1, ?3 + ?4 from job j
             left join lease l on l.connector = j.connector and l.system = j.system
             where j.connector = ?1 and j.outcome is null and j.due_at <= ?3
               and (l.ends_at is null or l.ends_at <= ?3)
             group by j.system order by min(j.due_at), j.system limit 1
             on conflict (connector, system) do update
             set holder = excluded.holder, epoch = lease.epoch + 1, ends_at = excluded.ends_at
             returning system, epoch";
        let mut tx = self.writer.begin().await?;
        let taken: Option<(String, i64)> = sqlx::query_as(SQL)
            .bind(connector.as_str())
            .bind(holder)
            .bind(self.now_us())
            .bind(micros(ttl))
            .fetch_optional(tx.connection())
            .await?;
        tx.commit().await?;
        let Some((system, epoch)) = taken else { return Ok(None) };
        Ok(Some(Lease {
            connector: connector.clone(),
            system: id(&system)?,
            holder: holder.to_owned(),
            epoch: count(epoch)?,
        }))
    }

    pub(super) async fn extend(&self, lease: &Lease, ttl: SignedDuration) -> Result<bool> {
        let mut tx = self.writer.begin().await?;
        let done = sqlx::query(
            "update lease set ends_at = ?5
             where connector = ?1 and system = ?2 and holder = ?3 and epoch = ?4",
        )
        .bind(lease.connector.as_str())
        .bind(lease.system.as_str())
        .bind(&lease.holder)
        .bind(number(lease.epoch))
        .bind(self.now_us() + micros(ttl))
        .execute(tx.connection())
        .await?;
        tx.commit().await?;
        Ok(done.rows_affected() == 1)
    }

    pub(super) async fn count_job_attempts(&self, lease: &Lease, tasks: &[TaskId]) -> Result<bool> {
        const SQL: &str = "update job set attempts = attempts + 1 from u
             where job.task = u.task and job.system = u.system and job.connector = u.connector and exists (
               select 1 from lease where lease.connector = u.connector and lease.system = u.system
                 and holder = u.holder and epoch = u.epoch)";
        Ok(self.change_attempts(SQL, lease, tasks).await? > 0)
    }

    pub(super) async fn uncount_job_attempts(&self, lease: &Lease, tasks: &[TaskId]) -> Result<()> {
        const SQL: &str = "update job set attempts = attempts - 1 from u
             where job.task = u.task and job.system = u.system and job.connector = u.connector
               and attempts > 0";
        self.change_attempts(SQL, lease, tasks).await.map(drop)
    }

    async fn change_attempts(&self, sql: &str, lease: &Lease, tasks: &[TaskId]) -> Result<u64> {
        let bind = |values: &mut Values<'_>, task: &TaskId| {
            values.push_bind(task.to_string()).push_bind(lease.system.to_string());
            values.push_bind(lease.connector.to_string()).push_bind(lease.holder.clone());
            values.push_bind(number(lease.epoch));
        };
        let mut tx = self.writer.begin().await?;
        let changed =
            change(tx.connection(), "task, system, connector, holder, epoch", tasks, bind, sql).await?;
        tx.commit().await?;
        Ok(changed)
    }

    pub(super) async fn due(&self, lease: &Lease, limit: u32) -> Result<Vec<Job>> {
        const SQL: &str = concat!(
            "select ",
            job_columns!(),
            " from job where connector = ?1 and system = ?2 and outcome is null and due_at <= ?3
             order by due_at, task limit ?4"
        );
        let rows = sqlx::query(SQL)
            .bind(lease.connector.as_str())
            .bind(lease.system.as_str())
            .bind(self.now_us())
            .bind(limit)
            .fetch_all(&self.readers)
            .await?;
        row::all(&rows, row::job)
    }
}
