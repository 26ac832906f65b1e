//! What is read or changed by single rows, outside the loop: lists, keys, parked messages, the ledger.

use jiff::Timestamp;
use redress_domain::{MessageId, RequestId, ServiceName, TenantId};

use super::{SqliteStore, row};
use crate::{KeyRow, LedgerRow, Parked, Result, StateFilter, StateRow, StepRow, Unpark, decode::*};

impl SqliteStore {
    pub(super) async fn read_state(
        &self,
        service: &ServiceName,
        request: RequestId,
    ) -> Result<Option<StateRow>> {
        const SQL: &str =
            concat!("select ", state_columns!(), " from state where service = ?1 and request = ?2");
        let found = sqlx::query(SQL)
            .bind(service.as_str())
            .bind(request.to_string())
            .fetch_optional(&self.readers)
            .await?;
        found.as_ref().map(row::state).transpose()
    }

    pub(super) async fn list_states(
        &self,
        service: &ServiceName,
        filter: &StateFilter,
        before: Option<RequestId>,
        limit: u32,
    ) -> Result<Vec<StateRow>> {
        const ALL: &str = concat!(
            "select ",
            state_columns!(),
            " from state where service = ?1 and (?2 is null or tenant = ?2)
               and (?3 is null or status = ?3) and (?4 is null or request < ?4)
             order by request desc limit ?5"
        );
        // In words of its own, for its own index: open requests are few among all that there ever were.
        const OPEN: &str = concat!(
            "select ",
            state_columns!(),
            " from state where service = ?1 and (?2 is null or tenant = ?2)
               and (?3 is null or status = ?3) and (?4 is null or request < ?4)
               and closed_at is null
             order by request desc limit ?5"
        );
        let rows = sqlx::query(if filter.open { OPEN } else { ALL })
            .bind(service.as_str())
            .bind(filter.tenant.as_ref().map(TenantId::as_str))
            .bind(filter.status.as_deref())
            .bind(before.map(|id| id.to_string()))
            .bind(i64::from(limit))
            .fetch_all(&self.readers)
            .await?;
        row::all(&rows, row::state)
    }

    pub(super) async fn read_steps(&self, service: &ServiceName, request: RequestId) -> Result<Vec<StepRow>> {
        const SQL: &str = concat!(
            "select ",
            step_columns!(),
            " from step where service = ?1 and request = ?2 order by name"
        );
        let rows = sqlx::query(SQL)
            .bind(service.as_str())
            .bind(request.to_string())
            .fetch_all(&self.readers)
            .await?;
        row::all(&rows, row::step)
    }

    pub(super) async fn read_index(
        &self,
        tenant: &TenantId,
        blinds: &[&[u8]],
    ) -> Result<Vec<Vec<RequestId>>> {
        let mut found = Vec::with_capacity(blinds.len());
        for blind in blinds {
            let ids: Vec<String> = sqlx::query_scalar(
                "select request from subject_index where tenant = ?1 and blind = ?2 order by request desc",
            )
            .bind(tenant.as_str())
            .bind(*blind)
            .fetch_all(&self.readers)
            .await?;
            found.push(ids.iter().map(|text| id(text)).collect::<Result<_>>()?);
        }
        Ok(found)
    }

    pub(super) async fn count_attempt(
        &self,
        service: &ServiceName,
        message: MessageId,
        request: RequestId,
    ) -> Result<u32> {
        let mut tx = self.writer.begin().await?;
        let tries: i64 = sqlx::query_scalar(
            "insert into attempt (service, request, id, tries) values (?1, ?2, ?3, 1)
             on conflict (service, request, id) do update set tries = attempt.tries + 1 returning tries",
        )
        .bind(service.as_str())
        .bind(request.to_string())
        .bind(message.to_string())
        .fetch_one(tx.connection())
        .await?;
        tx.commit().await?;
        count(tries)
    }

    pub(super) async fn list_parked(
        &self,
        service: Option<&ServiceName>,
        before: Option<MessageId>,
        limit: u32,
    ) -> Result<Vec<Parked>> {
        const SQL: &str = concat!(
            "select ",
            parked_columns!(),
            " from parked where (?1 is null or service = ?1) and (?2 is null or id < ?2)
             order by id desc limit ?3"
        );
        let rows = sqlx::query(SQL)
            .bind(service.map(ServiceName::as_str))
            .bind(before.map(|id| id.to_string()))
            .bind(i64::from(limit))
            .fetch_all(&self.readers)
            .await?;
        row::all(&rows, row::parked)
    }

    pub(super) async fn take_parked(
        &self,
        service: &ServiceName,
        id: MessageId,
        what: Unpark,
    ) -> Result<Option<Parked>> {
        const SQL: &str =
            concat!("delete from parked where service = ?1 and id = ?2 returning ", parked_columns!());
        let mut tx = self.writer.begin().await?;
        let found = sqlx::query(SQL)
            .bind(service.as_str())
            .bind(id.to_string())
            .fetch_optional(tx.connection())
            .await?;
        let parked = found.as_ref().map(row::parked).transpose()?;
        if let (Unpark::Replay, Some(envelope)) = (what, parked.as_ref().and_then(|p| p.envelope.as_ref())) {
            for sql in [
                "delete from inbox where service = ?1 and request = ?2 and id = ?3",
                "delete from attempt where service = ?1 and request = ?2 and id = ?3",
            ] {
                sqlx::query(sql)
                    .bind(service.as_str())
                    .bind(envelope.request.to_string())
                    .bind(id.to_string())
                    .execute(tx.connection())
                    .await?;
            }
        }
        tx.commit().await?;
        Ok(parked)
    }

    pub(super) async fn insert_keys(&self, keys: &[KeyRow]) -> Result<Vec<KeyRow>> {
        const READ: &str =
            concat!("select ", key_columns!(), " from keyring where tenant = ?1 and name = ?2");
        let (mut tx, mut there) = (self.writer.begin().await?, Vec::with_capacity(keys.len()));
        for key in keys {
            sqlx::query(
                "insert into keyring (tenant, name, period, wrapped) values (?1, ?2, ?3, ?4)
                 on conflict do nothing",
            )
            .bind(key.tenant.as_str())
            .bind(&key.name)
            .bind(&key.period)
            .bind(&key.wrapped)
            .execute(tx.connection())
            .await?;
            let read = sqlx::query(READ).bind(key.tenant.as_str()).bind(&key.name);
            there.push(row::key(&read.fetch_one(tx.connection()).await?)?);
        }
        tx.commit().await?;
        Ok(there)
    }

    pub(super) async fn read_key(&self, tenant: &TenantId, name: &str) -> Result<Option<KeyRow>> {
        const SQL: &str = concat!("select ", key_columns!(), " from keyring where tenant = ?1 and name = ?2");
        let found = sqlx::query(SQL).bind(tenant.as_str()).bind(name).fetch_optional(&self.readers).await?;
        found.as_ref().map(row::key).transpose()
    }

    pub(super) async fn drop_key(&self, tenant: &TenantId, name: &str) -> Result<bool> {
        let mut tx = self.writer.begin().await?;
        let done = sqlx::query("delete from keyring where tenant = ?1 and name = ?2")
            .bind(tenant.as_str())
            .bind(name)
            .execute(tx.connection())
            .await?;
        tx.commit().await?;
        Ok(done.rows_affected() == 1)
    }

    pub(super) async fn read_ledger(
        &self,
        tenant: &TenantId,
        from: u64,
        limit: u32,
    ) -> Result<Vec<LedgerRow>> {
        const SQL: &str = concat!(
            "select ",
            ledger_columns!(),
            " from ledger where tenant = ?1 and idx >= ?2 order by idx limit ?3"
        );
        let rows = sqlx::query(SQL)
            .bind(tenant.as_str())
            .bind(number(from))
            .bind(i64::from(limit))
            .fetch_all(&self.readers)
            .await?;
        row::all(&rows, row::ledger)
    }

    pub(super) async fn read_ledger_size(&self, tenant: &TenantId) -> Result<u64> {
        let size: Option<i64> = sqlx::query_scalar("select size from ledger_head where tenant = ?1")
            .bind(tenant.as_str())
            .fetch_optional(&self.readers)
            .await?;
        Ok(size.and_then(|size| u64::try_from(size).ok()).unwrap_or_default())
    }

    pub(super) async fn forget(&self, service: &ServiceName, before: Timestamp, limit: u32) -> Result<u64> {
        let mut tx = self.writer.begin().await?;
        let requests: Vec<String> = sqlx::query_scalar(
            "update state set forgotten = 1 where service = ?1 and request in (
               select request from state
               where service = ?1 and closed_at < ?2 and forgotten = 0
                 and not exists (select 1 from job where connector = ?1 and job.request = state.request
                   and outcome is null)
               order by closed_at limit ?3)
             returning request",
        )
        .bind(service.as_str())
        .bind(before.as_microsecond())
        .bind(i64::from(limit))
        .fetch_all(tx.connection())
        .await?;
        for request in &requests {
            for sql in [
                "delete from inbox where service = ?1 and request = ?2",
                "delete from attempt where service = ?1 and request = ?2",
                "delete from unsent where request = ?2
                   and id in (select id from outbox where service = ?1 and request = ?2)",
                "delete from outbox where service = ?1 and request = ?2",
                "delete from step where service = ?1 and request = ?2",
                "delete from job where connector = ?1 and request = ?2",
            ] {
                sqlx::query(sql).bind(service.as_str()).bind(request).execute(tx.connection()).await?;
            }
        }
        tx.commit().await?;
        Ok(requests.len() as u64)
    }
}
