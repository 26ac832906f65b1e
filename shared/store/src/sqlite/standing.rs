//! What waits, counted.

use redress_domain::ServiceName;

use super::SqliteStore;
use crate::{DueJobs, OpenRequests, Result, Standing, decode::*};

impl SqliteStore {
    pub(super) async fn read_standing(&self, service: &ServiceName) -> Result<Standing> {
        const OPEN: &str =
            "select tenant, status, count(*), count(*) filter (where due_at <= ?1), min(due_at)
             from state where service = ?2 and closed_at is null and status <> ''
             group by tenant, status order by tenant, status";
        const DUE: &str = "select connector, count(*), count(distinct system), min(due_at) from job
             where outcome is null and due_at <= ?1 group by connector order by connector";
        let open: Vec<(String, String, i64, i64, Option<i64>)> =
            sqlx::query_as(OPEN).bind(self.now_us()).bind(service.as_str()).fetch_all(&self.readers).await?;
        let due: Vec<(String, i64, i64, i64)> =
            sqlx::query_as(DUE).bind(self.now_us()).fetch_all(&self.readers).await?;
        let (unsent, parked): (i64, i64) =
            sqlx::query_as("select (select count(*) from unsent), (select count(*) from parked)")
                .fetch_one(&self.readers)
                .await?;
        Ok(Standing {
            open: open.into_iter().map(OpenRequests::read).collect::<Result<_>>()?,
            due: due.into_iter().map(DueJobs::read).collect::<Result<_>>()?,
            unsent: count(unsent)?,
            parked: count(parked)?,
        })
    }
}
