//! What waits, counted.

use redress_domain::ServiceName;

use super::{PostgresStore, now};
use crate::{Result, Standing};

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
        let open =
            sqlx::query_as(OPEN).bind(self.time.given()).bind(service.as_str()).fetch_all(&self.pool).await?;
        let due = sqlx::query_as(DUE).bind(self.time.given()).fetch_all(&self.pool).await?;
        let counts = sqlx::query_as("select (select count(*) from unsent), (select count(*) from parked)")
            .fetch_one(&self.pool)
            .await?;
        Standing::read(open, due, counts)
    }
}
