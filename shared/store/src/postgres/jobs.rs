//! Leases on systems, and the jobs under them.

use jiff::SignedDuration;
use redress_domain::{ConnectorName, TaskId};

use super::{PostgresStore, micros, now, row};
use crate::{Job, Lease, Result, decode::*};

impl PostgresStore {
    pub(super) async fn lease(
        &self,
        connector: &ConnectorName,
        holder: &str,
        ttl: SignedDuration,
    ) -> Result<Option<Lease>> {
        const FREE: &str = concat!(
            // From system to system along the index of what is not done, not over all of it.
            "with recursive first (system, due_at) as (
               (select system, due_at from job where connector = $2 and outcome is null
                order by system, due_at limit 1)
               union all
               select next.system, next.due_at from first cross join lateral
                 (select j.system, j.due_at from job j
                  where j.connector = $2 and j.outcome is null and j.system > first.system
                  order by j.system, j.due_at limit 1) next)
             select f.system from first f left join lease l on l.connector = $2 and l.system = f.system
             where f.due_at <= ",
            now!(),
            " and (l.ends_at is null or l.ends_at <= ",
            now!(),
            ") order by f.due_at, f.system limit 16"
        );
        const TAKE: &str = concat!(
            "insert into lease (connector, system, holder, epoch, ends_at)
             values ($2, $3, $4, 1, ",
            now!(),
            " + $5) on conflict (connector, system) do update
             set holder = excluded.holder, epoch = lease.epoch + 1, ends_at = excluded.ends_at
             where lease.ends_at <= ",
            now!(),
            " returning epoch"
        );
        let free: Vec<String> = sqlx::query_scalar(FREE)
            .bind(self.time.given())
            .bind(connector.as_str())
            .fetch_all(&self.pool)
            .await?;
        for system in free {
            let epoch: Option<i64> = sqlx::query_scalar(TAKE)
                .bind(self.time.given())
                .bind(connector.as_str())
                .bind(&system)
                .bind(holder)
                .bind(micros(ttl))
                .fetch_optional(&self.pool)
                .await?;
            if let Some(epoch) = epoch {
                return Ok(Some(Lease {
                    connector: connector.clone(),
                    system: id(&system)?,
                    holder: holder.to_owned(),
                    epoch: count(epoch)?,
                }));
            }
        }
        Ok(None)
    }

    pub(super) async fn extend(&self, lease: &Lease, ttl: SignedDuration) -> Result<bool> {
        const SQL: &str = concat!(
            "update lease set ends_at = ",
            now!(),
            " + $6 where connector = $2 and system = $3 and holder = $4 and epoch = $5"
        );
        let done = sqlx::query(SQL)
            .bind(self.time.given())
            .bind(lease.connector.as_str())
            .bind(lease.system.as_str())
            .bind(&lease.holder)
            .bind(number(lease.epoch))
            .bind(micros(ttl))
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    pub(super) async fn count_job_attempts(&self, lease: &Lease, tasks: &[TaskId]) -> Result<bool> {
        let noted = sqlx::query(
            "update job set attempts = attempts + 1
             where connector = $1 and system = $2 and task = any($3) and exists (
               select 1 from lease where connector = $1 and system = $2 and holder = $4 and epoch = $5)",
        )
        .bind(lease.connector.as_str())
        .bind(lease.system.as_str())
        .bind(texts(tasks))
        .bind(&lease.holder)
        .bind(number(lease.epoch))
        .execute(&self.pool)
        .await?;
        Ok(noted.rows_affected() > 0)
    }

    pub(super) async fn uncount_job_attempts(&self, lease: &Lease, tasks: &[TaskId]) -> Result<()> {
        sqlx::query(
            "update job set attempts = attempts - 1
             where connector = $1 and system = $2 and task = any($3) and attempts > 0",
        )
        .bind(lease.connector.as_str())
        .bind(lease.system.as_str())
        .bind(texts(tasks))
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    pub(super) async fn due(&self, lease: &Lease, limit: u32) -> Result<Vec<Job>> {
        const SQL: &str = concat!(
            "select ",
            job_columns!(),
            " from job where connector = $2 and system = $3 and outcome is null and due_at <= ",
            now!(),
            " order by due_at, task limit $4"
        );
        let rows = sqlx::query(SQL)
            .bind(self.time.given())
            .bind(lease.connector.as_str())
            .bind(lease.system.as_str())
            .bind(i64::from(limit))
            .fetch_all(&self.pool)
            .await?;
        row::all(&rows, row::job)
    }
}

fn texts(tasks: &[TaskId]) -> Vec<String> {
    tasks.iter().map(ToString::to_string).collect()
}
