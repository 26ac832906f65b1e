//! Everything that one transaction writes, row by row.

use redress_domain::{MessageId, RequestId};

use super::{row, transaction::SqliteTransaction};
use crate::{
    IndexRow, Job, JobWrite, NewEntry, Outgoing, Parked, Resend, Result, StateWrite, StepRow, StoreError,
    Timer, Writes, decode::*,
};

/// How long a new message is left to the process that wrote it, in microseconds: 5 s.
const OWN_CLAIM_US: i64 = 5_000_000;

impl SqliteTransaction {
    pub(super) async fn write_all(&mut self, writes: &Writes) -> Result<Vec<Outgoing>> {
        for state in &writes.states {
            self.write_state(state).await?;
        }
        for step in &writes.steps {
            self.write_step(step).await?;
        }
        for outgoing in &writes.outbox {
            self.write_outgoing(outgoing).await?;
        }
        for (request, name) in &writes.timers_cleared {
            self.clear_timer(*request, name).await?;
        }
        for timer in &writes.timers {
            self.write_timer(timer).await?;
        }
        for (request, message) in &writes.attempts_cleared {
            self.clear_attempts(*request, *message).await?;
        }
        for parked in &writes.parked {
            self.write_parked(parked).await?;
        }
        for job in &writes.jobs {
            self.write_job(job).await?;
        }
        for entry in &writes.ledger {
            self.write_entry(entry).await?;
        }
        for index in &writes.index {
            self.write_index(index).await?;
        }
        let mut again = Vec::new();
        for resend in &writes.resend {
            again.extend(self.resend(*resend).await?);
        }
        Ok(again)
    }

    async fn write_state(&mut self, write: &StateWrite) -> Result<()> {
        let state = &write.row;
        const INSERT: &str = concat!(
            "insert into state (service, ",
            state_columns!(),
            ") select ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10 where ?11 = 0 on conflict do nothing"
        );
        const UPDATE: &str =
            "update state set tenant = ?3, version = ?4, format = ?5, status = ?6, due_at = ?7,
               body = ?8, early = ?9, closed_at = ?10, forgotten = 0
             where service = ?1 and request = ?2 and version = ?11";
        let done = sqlx::query(if write.replaces == 0 { INSERT } else { UPDATE })
            .bind(self.service.as_str())
            .bind(state.request.to_string())
            .bind(state.tenant.as_str())
            .bind(number(state.version))
            .bind(state.format)
            .bind(&state.status)
            .bind(state.due_at.map(|at| at.as_microsecond()))
            .bind(&state.body)
            .bind(&state.early)
            .bind(state.closed_at.map(|at| at.as_microsecond()))
            .bind(number(write.replaces))
            .execute(self.tx.connection())
            .await?;
        one_written("state", done.rows_affected())
    }

    async fn write_step(&mut self, step: &StepRow) -> Result<()> {
        const SQL: &str = concat!(
            "insert into step (service, ",
            step_columns!(),
            ") values (?1, ?2, ?3, ?4, ?5)
             on conflict (service, request, name) do update set format = excluded.format, body = excluded.body"
        );
        sqlx::query(SQL)
            .bind(self.service.as_str())
            .bind(step.request.to_string())
            .bind(&step.key)
            .bind(step.format)
            .bind(&step.body)
            .execute(self.tx.connection())
            .await?;
        Ok(())
    }

    async fn write_outgoing(&mut self, outgoing: &Outgoing) -> Result<()> {
        let envelope = &outgoing.message.envelope;
        let until = self.now_us() + OWN_CLAIM_US;
        sqlx::query(
            "insert into outbox (service, claimed_until, request, id, cause, exchange, route, head, body)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )
        .bind(self.service.as_str())
        .bind(until)
        .bind(envelope.request.to_string())
        .bind(envelope.id.to_string())
        .bind(outgoing.cause.map(|id| id.to_string()))
        .bind(outgoing.route.exchange)
        .bind(&outgoing.route.key)
        .bind(head(envelope))
        .bind(&outgoing.message.body)
        .execute(self.tx.connection())
        .await?;
        Ok(())
    }

    async fn resend(&mut self, resend: Resend) -> Result<Vec<Outgoing>> {
        const SQL: &str = concat!(
            "update outbox set sent_at = null, again = 1, claimed_until = ?1
             where service = ?2 and request = ?3 and case ?5 when 1 then cause = ?4 else id = ?4 end
             returning ",
            outbox_columns!()
        );
        let (request, id, caused) = match resend {
            Resend::Message(request, id) => (request, id, 0),
            Resend::CausedBy(request, id) => (request, id, 1),
        };
        let until = self.now_us() + OWN_CLAIM_US;
        let rows = sqlx::query(SQL)
            .bind(until)
            .bind(self.service.as_str())
            .bind(request.to_string())
            .bind(id.to_string())
            .bind(caused)
            .fetch_all(self.tx.connection())
            .await?;
        row::all(&rows, row::outgoing)
    }

    async fn clear_timer(&mut self, request: RequestId, name: &str) -> Result<()> {
        sqlx::query("delete from timer where service = ?1 and request = ?2 and name = ?3")
            .bind(self.service.as_str())
            .bind(request.to_string())
            .bind(name)
            .execute(self.tx.connection())
            .await?;
        Ok(())
    }

    async fn write_timer(&mut self, timer: &Timer) -> Result<()> {
        const SQL: &str = concat!(
            "insert into timer (service, ",
            timer_columns!(),
            ") values (?1, ?2, ?3, ?4, ?5)
             on conflict (service, request, name) do update set due_at = excluded.due_at, body = excluded.body"
        );
        sqlx::query(SQL)
            .bind(self.service.as_str())
            .bind(timer.request.to_string())
            .bind(&timer.name)
            .bind(timer.due_at.as_microsecond())
            .bind(&timer.body)
            .execute(self.tx.connection())
            .await?;
        Ok(())
    }

    async fn clear_attempts(&mut self, request: RequestId, message: MessageId) -> Result<()> {
        sqlx::query("delete from attempt where service = ?1 and request = ?2 and id = ?3")
            .bind(self.service.as_str())
            .bind(request.to_string())
            .bind(message.to_string())
            .execute(self.tx.connection())
            .await?;
        Ok(())
    }

    async fn write_parked(&mut self, parked: &Parked) -> Result<()> {
        const SQL: &str = concat!(
            "insert into parked (",
            parked_columns!(),
            ") values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             on conflict (service, id) do update set attempts = parked.attempts + excluded.attempts,
               reason = excluded.reason, detail = excluded.detail, parked_at = excluded.parked_at"
        );
        sqlx::query(SQL)
            .bind(parked.service.as_str())
            .bind(parked.id.to_string())
            .bind(&parked.reason)
            .bind(&parked.detail)
            .bind(parked.attempts)
            .bind(parked.parked_at.as_microsecond())
            .bind(parked.envelope.as_ref().map(head))
            .bind(&parked.sealed_body)
            .execute(self.tx.connection())
            .await?;
        Ok(())
    }

    async fn write_job(&mut self, write: &JobWrite) -> Result<()> {
        const ADD: &str = concat!(
            "insert into job (",
            job_columns!(),
            ") values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) on conflict do nothing"
        );
        const SET: &str = "update job set format = ?6, due_at = ?7, tries = ?8, body = ?9, intent = ?10,
               progress = ?11, outcome = ?12
             where task = ?1 and system = ?2";
        match write {
            JobWrite::Add(job) => self.job_statement(ADD, job).await.map(drop),
            JobWrite::Set(job) => one_written("job", self.job_statement(SET, job).await?),
        }
    }

    async fn job_statement(&mut self, sql: &'static str, job: &Job) -> Result<u64> {
        let done = sqlx::query(sql)
            .bind(job.task.to_string())
            .bind(job.system.as_str())
            .bind(job.connector.as_str())
            .bind(job.request.to_string())
            .bind(job.tenant.as_str())
            .bind(job.format)
            .bind(job.due_at.as_microsecond())
            .bind(job.tries)
            .bind(&job.body)
            .bind(&job.intent)
            .bind(&job.progress)
            .bind(&job.outcome)
            .execute(self.tx.connection())
            .await?;
        Ok(done.rows_affected())
    }

    async fn write_entry(&mut self, new: &NewEntry) -> Result<()> {
        const SQL: &str = concat!(
            "insert into ledger (",
            ledger_columns!(),
            ") values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
        );
        let size: i64 = sqlx::query_scalar(
            "insert into ledger_head (tenant, size) values (?1, 1)
             on conflict (tenant) do update set size = size + 1 returning size",
        )
        .bind(new.tenant.as_str())
        .fetch_one(self.tx.connection())
        .await?;
        let index = count::<u64>(size)? - 1;
        sqlx::query(SQL)
            .bind(number(index))
            .bind(new.tenant.as_str())
            .bind(new.request.to_string())
            .bind(new.sender.as_str())
            .bind(number(new.sequence))
            .bind(&new.event)
            .bind(new.at.as_microsecond())
            .bind(&new.body)
            .bind(leaf(new, index).to_vec())
            .execute(self.tx.connection())
            .await?;
        Ok(())
    }

    async fn write_index(&mut self, index: &IndexRow) -> Result<()> {
        sqlx::query(
            "insert into subject_index (tenant, blind, request) values (?1, ?2, ?3) on conflict do nothing",
        )
        .bind(index.tenant.as_str())
        .bind(&index.blind)
        .bind(index.request.to_string())
        .execute(self.tx.connection())
        .await?;
        Ok(())
    }
}

/// Refuses a write that touched nothing: somebody else was there first.
fn one_written(what: &str, written: u64) -> Result<()> {
    if written == 1 { Ok(()) } else { Err(StoreError::Conflict(format!("the {what} could not be written"))) }
}
