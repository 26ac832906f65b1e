//! What waits, counted.

use redress_domain::{RequestId, ServiceName};

use super::{PostgresStore, now};
use crate::{Result, Standing, WaitingJob};

impl PostgresStore {
    pub(super) async fn read_standing(&self, service: &ServiceName) -> Result<Standing> {
        const OPEN: &str = concat!(
            "select tenant, status, count(*), count(*) filter (where due_at <= ",
            now!(),
            "), min(due_at) from state where service = $2 and closed_at is null and status <> ''
             group by tenant, status order by tenant, status"
        );
        const DUE: &str = concat!(
            "select connector, count(*), count(distinct system), min(due_at) from job
             where outcome is null and due_at <= ",
            now!(),
            " group by connector order by connector"
        );
        const WAITING: &str = "select tenant, system, count(*) from job where outcome is null and tries > 0
             group by tenant, system order by tenant, system";
        let open =
            sqlx::query_as(OPEN).bind(self.time.given()).bind(service.as_str()).fetch_all(&self.pool).await?;
        let due = sqlx::query_as(DUE).bind(self.time.given()).fetch_all(&self.pool).await?;
        let waiting = sqlx::query_as(WAITING).fetch_all(&self.pool).await?;
        let counts = sqlx::query_as("select (select count(*) from unsent), (select count(*) from parked)")
            .fetch_one(&self.pool)
            .await?;
        Standing::read(open, due, waiting, counts)
    }

    pub(super) async fn read_waiting(&self, request: RequestId) -> Result<Vec<WaitingJob>> {
        const SQL: &str = "select system, tries, due_at, progress from job
             where request = $1 and outcome is null and tries > 0 order by system";
        let rows = sqlx::query_as(SQL).bind(request.to_string()).fetch_all(&self.pool).await?;
        rows.into_iter().map(WaitingJob::read).collect()
    }
}
