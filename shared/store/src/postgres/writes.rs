//! Everything that one transaction writes: one statement for each kind of row.

use redress_domain::{MessageId, RequestId};

use super::{now, pairs, row, transaction::PostgresTransaction};
use crate::{
    IndexRow, Job, JobWrite, NewEntry, Outgoing, Parked, Resend, Result, StateRow, StateWrite, StepRow,
    Timer, Writes, decode::*,
};

/// One column of an array of rows.
fn column<'a, R, T>(rows: &'a [R], of: impl Fn(&'a R) -> T) -> Vec<T> {
    rows.iter().map(of).collect()
}

impl PostgresTransaction {
    pub(super) async fn write_all(&mut self, writes: &Writes) -> Result<Vec<Outgoing>> {
        let (new, changed): (Vec<&StateWrite>, Vec<&StateWrite>) =
            writes.states.iter().partition(|state| state.replaces == 0);
        self.insert_states(&new).await?;
        self.update_states(&changed).await?;
        self.write_steps(&writes.steps).await?;
        self.write_outbox(&writes.outbox).await?;
        self.clear_timers(&writes.timers_cleared).await?;
        self.write_timers(&writes.timers).await?;
        self.clear_attempts(&writes.attempts_cleared).await?;
        self.write_parked(&writes.parked).await?;
        self.write_jobs(&writes.jobs).await?;
        self.write_ledger(&writes.ledger).await?;
        self.write_index(&writes.index).await?;
        self.resend(&writes.resend).await
    }

    async fn insert_states(&mut self, states: &[&StateWrite]) -> Result<()> {
        const SQL: &str = concat!(
            "insert into state (service, ",
            state_columns!(),
            ") select $1, request, tenant, version, format, status, due_at, body, early, closed_at
             from unnest($2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::text[], $7::bigint[],
               $8::bytea[], $9::bytea[], $10::bigint[], $11::bigint[])
               as u(request, tenant, version, format, status, due_at, body, early, closed_at, replaces)
             on conflict do nothing"
        );
        self.state_statement(SQL, states).await
    }

    async fn update_states(&mut self, states: &[&StateWrite]) -> Result<()> {
        const SQL: &str = "update state s set tenant = u.tenant, version = u.version, format = u.format,
               status = u.status, due_at = u.due_at, body = u.body, early = u.early, closed_at = u.closed_at,
               forgotten = 0
             from unnest($2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::text[], $7::bigint[],
               $8::bytea[], $9::bytea[], $10::bigint[], $11::bigint[])
               as u(request, tenant, version, format, status, due_at, body, early, closed_at, replaces)
             where s.service = $1 and s.request = u.request and s.version = u.replaces";
        self.state_statement(SQL, states).await
    }

    async fn state_statement(&mut self, sql: &'static str, states: &[&StateWrite]) -> Result<()> {
        if states.is_empty() {
            return Ok(());
        }
        let rows: Vec<&StateRow> = states.iter().map(|write| &write.row).collect();
        let done = sqlx::query(sql)
            .bind(self.service.as_str())
            .bind(column(&rows, |s| s.request.to_string()))
            .bind(column(&rows, |s| s.tenant.as_str()))
            .bind(column(&rows, |s| number(s.version)))
            .bind(column(&rows, |s| i64::from(s.format)))
            .bind(column(&rows, |s| s.status.as_str()))
            .bind(column(&rows, |s| s.due_at.map(|at| at.as_microsecond())))
            .bind(column(&rows, |s| s.body.as_slice()))
            .bind(column(&rows, |s| s.early.as_slice()))
            .bind(column(&rows, |s| s.closed_at.map(|at| at.as_microsecond())))
            .bind(column(states, |s| number(s.replaces)))
            .execute(&mut *self.tx)
            .await?;
        all_written("states", done.rows_affected(), states.len())
    }

    async fn write_steps(&mut self, steps: &[StepRow]) -> Result<()> {
        const SQL: &str = concat!(
            "insert into step (service, ",
            step_columns!(),
            ") select $1, * from unnest($2::text[], $3::text[], $4::bigint[], $5::bytea[])
             on conflict (service, request, name) do update set format = excluded.format, body = excluded.body"
        );
        if steps.is_empty() {
            return Ok(());
        }
        sqlx::query(SQL)
            .bind(self.service.as_str())
            .bind(column(steps, |s| s.request.to_string()))
            .bind(column(steps, |s| s.key.as_str()))
            .bind(column(steps, |s| i64::from(s.format)))
            .bind(column(steps, |s| s.body.as_slice()))
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    async fn write_outbox(&mut self, outbox: &[Outgoing]) -> Result<()> {
        const SQL: &str = concat!(
            "with new as (
               insert into outbox (service, request, id, cause, exchange, route, head, body)
               select $2, * from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                 $9::bytea[], $10::bytea[])
               returning request, id)
             insert into unsent (request, id, again, claimed_until) select request, id, 0, ",
            now!(),
            " + $3 from new"
        );
        if outbox.is_empty() {
            return Ok(());
        }
        sqlx::query(SQL)
            .bind(self.time.given())
            .bind(self.service.as_str())
            .bind(OWN_CLAIM_US)
            .bind(column(outbox, |o| o.message.envelope.request.to_string()))
            .bind(column(outbox, |o| o.message.envelope.id.to_string()))
            .bind(column(outbox, |o| o.cause.map(|id| id.to_string())))
            .bind(column(outbox, |o| o.route.exchange))
            .bind(column(outbox, |o| o.route.key.as_str()))
            .bind(column(outbox, |o| head(&o.message.envelope)))
            .bind(column(outbox, |o| o.message.body.as_slice()))
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    async fn resend(&mut self, resend: &[Resend]) -> Result<Vec<Outgoing>> {
        const SQL: &str = concat!(
            "with wanted as (
               select distinct o.request, o.id
               from outbox o join unnest($4::text[], $5::text[], $6::bool[]) as u(request, id, caused)
                 on o.request = u.request and case when u.caused then o.cause = u.id else o.id = u.id end
               where o.service = $2),
             again as (
               insert into unsent (request, id, again, claimed_until) select request, id, 1, ",
            now!(),
            " + $3 from wanted order by request, id
               on conflict (request, id) do update set again = 1, claimed_until = excluded.claimed_until
               returning request, id, again)
             select ",
            outbox_columns!(),
            " from outbox join again using (request, id)"
        );
        if resend.is_empty() {
            return Ok(Vec::new());
        }
        let parts = column(resend, |r| match *r {
            Resend::Message(request, id) => (request, id, false),
            Resend::CausedBy(request, id) => (request, id, true),
        });
        let ids: Vec<(RequestId, MessageId)> = parts.iter().map(|(request, id, _)| (*request, *id)).collect();
        let (requests, ids) = pairs(&ids);
        let rows = sqlx::query(SQL)
            .bind(self.time.given())
            .bind(self.service.as_str())
            .bind(OWN_CLAIM_US)
            .bind(requests)
            .bind(ids)
            .bind(column(&parts, |(_, _, caused)| *caused))
            .fetch_all(&mut *self.tx)
            .await?;
        row::all(&rows, row::outgoing)
    }

    async fn clear_timers(&mut self, timers: &[(RequestId, String)]) -> Result<()> {
        if timers.is_empty() {
            return Ok(());
        }
        let (requests, names) = pairs(timers);
        sqlx::query(
            "delete from timer t using unnest($2::text[], $3::text[]) as u(request, name)
             where t.service = $1 and t.request = u.request and t.name = u.name",
        )
        .bind(self.service.as_str())
        .bind(requests)
        .bind(names)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    async fn write_timers(&mut self, timers: &[Timer]) -> Result<()> {
        const SQL: &str = concat!(
            "insert into timer (service, ",
            timer_columns!(),
            ") select $1, * from unnest($2::text[], $3::text[], $4::bigint[], $5::bytea[])
             on conflict (service, request, name) do update set due_at = excluded.due_at, body = excluded.body"
        );
        if timers.is_empty() {
            return Ok(());
        }
        sqlx::query(SQL)
            .bind(self.service.as_str())
            .bind(column(timers, |t| t.request.to_string()))
            .bind(column(timers, |t| t.name.as_str()))
            .bind(column(timers, |t| t.due_at.as_microsecond()))
            .bind(column(timers, |t| t.body.as_slice()))
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    async fn clear_attempts(&mut self, messages: &[(RequestId, MessageId)]) -> Result<()> {
        if messages.is_empty() {
            return Ok(());
        }
        let (requests, ids) = pairs(messages);
        sqlx::query(
            "delete from attempt a using unnest($2::text[], $3::text[]) as u(request, id)
             where a.service = $1 and a.request = u.request and a.id = u.id",
        )
        .bind(self.service.as_str())
        .bind(requests)
        .bind(ids)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    async fn write_parked(&mut self, parked: &[Parked]) -> Result<()> {
        const SQL: &str = concat!(
            "insert into parked (",
            parked_columns!(),
            ") select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[],
               $6::bigint[], $7::bytea[], $8::bytea[])
             on conflict (service, id) do update set attempts = parked.attempts + excluded.attempts,
               reason = excluded.reason, detail = excluded.detail, parked_at = excluded.parked_at"
        );
        if parked.is_empty() {
            return Ok(());
        }
        sqlx::query(SQL)
            .bind(column(parked, |p| p.service.as_str()))
            .bind(column(parked, |p| p.id.to_string()))
            .bind(column(parked, |p| p.reason.as_str()))
            .bind(column(parked, |p| p.detail.as_str()))
            .bind(column(parked, |p| i64::from(p.attempts)))
            .bind(column(parked, |p| p.parked_at.as_microsecond()))
            .bind(column(parked, |p| p.envelope.as_ref().map(head)))
            .bind(column(parked, |p| p.sealed_body.as_slice()))
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    async fn write_jobs(&mut self, jobs: &[JobWrite]) -> Result<()> {
        const ADD: &str = concat!(
            "insert into job (",
            job_columns!(),
            ") select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[],
               $7::bigint[], $8::bigint[], $9::bigint[], $10::bytea[], $11::bytea[], $12::bytea[], $13::bytea[])
             on conflict do nothing"
        );
        const SET: &str = "update job j set format = u.format, due_at = u.due_at, tries = u.tries,
               attempts = u.attempts, body = u.body, intent = u.intent, progress = u.progress, outcome = u.outcome
             from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[],
               $7::bigint[], $8::bigint[], $9::bigint[], $10::bytea[], $11::bytea[], $12::bytea[], $13::bytea[])
               as u(task, system, connector, request, tenant, format, due_at, tries, attempts, body, intent,
                 progress, outcome)
             where j.task = u.task and j.system = u.system";
        let (mut added, mut set) = (Vec::new(), Vec::new());
        for write in jobs {
            match write {
                JobWrite::Add(job) => added.push(job),
                JobWrite::Set(job) => set.push(job),
            }
        }
        self.job_statement(ADD, &added).await?;
        let written = self.job_statement(SET, &set).await?;
        all_written("jobs", written, set.len())
    }

    async fn job_statement(&mut self, sql: &'static str, jobs: &[&Job]) -> Result<u64> {
        if jobs.is_empty() {
            return Ok(0);
        }
        let done = sqlx::query(sql)
            .bind(column(jobs, |j| j.task.to_string()))
            .bind(column(jobs, |j| j.system.as_str()))
            .bind(column(jobs, |j| j.connector.as_str()))
            .bind(column(jobs, |j| j.request.to_string()))
            .bind(column(jobs, |j| j.tenant.as_str()))
            .bind(column(jobs, |j| i64::from(j.format)))
            .bind(column(jobs, |j| j.due_at.as_microsecond()))
            .bind(column(jobs, |j| i64::from(j.tries)))
            .bind(column(jobs, |j| i64::from(j.attempts)))
            .bind(column(jobs, |j| j.body.as_slice()))
            .bind(column(jobs, |j| j.intent.as_slice()))
            .bind(column(jobs, |j| j.progress.as_slice()))
            .bind(column(jobs, |j| j.outcome.as_deref()))
            .execute(&mut *self.tx)
            .await?;
        Ok(done.rows_affected())
    }

    /// The head's row is locked until the commit: two replicas get their indexes one after the other.
    async fn write_ledger(&mut self, entries: &[NewEntry]) -> Result<()> {
        let mut tenants: Vec<&str> = entries.iter().map(|entry| entry.tenant.as_str()).collect();
        tenants.sort_unstable();
        tenants.dedup();
        for tenant in tenants {
            let of_tenant: Vec<&NewEntry> = entries.iter().filter(|e| e.tenant.as_str() == tenant).collect();
            let size: i64 = sqlx::query_scalar(
                "insert into ledger_head (tenant, size) values ($1, $2)
                 on conflict (tenant) do update set size = ledger_head.size + excluded.size returning size",
            )
            .bind(tenant)
            .bind(number(of_tenant.len() as u64))
            .fetch_one(&mut *self.tx)
            .await?;
            self.append(&of_tenant, count::<u64>(size)? - of_tenant.len() as u64).await?;
        }
        Ok(())
    }

    async fn append(&mut self, entries: &[&NewEntry], first: u64) -> Result<()> {
        const SQL: &str = concat!(
            "insert into ledger (",
            ledger_columns!(),
            ") select * from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::bigint[],
               $6::text[], $7::bigint[], $8::bytea[], $9::bytea[])"
        );
        let indexed: Vec<(u64, &NewEntry)> = (first..).zip(entries.iter().copied()).collect();
        sqlx::query(SQL)
            .bind(column(&indexed, |(index, _)| number(*index)))
            .bind(column(entries, |e| e.tenant.as_str()))
            .bind(column(entries, |e| e.request.to_string()))
            .bind(column(entries, |e| e.sender.as_str()))
            .bind(column(entries, |e| number(e.sequence)))
            .bind(column(entries, |e| e.event.as_str()))
            .bind(column(entries, |e| e.at.as_microsecond()))
            .bind(column(entries, |e| e.body.as_slice()))
            .bind(column(&indexed, |(index, e)| leaf(e, *index)))
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    async fn write_index(&mut self, index: &[IndexRow]) -> Result<()> {
        if index.is_empty() {
            return Ok(());
        }
        sqlx::query(
            "insert into subject_index (tenant, blind, request)
             select * from unnest($1::text[], $2::bytea[], $3::text[]) on conflict do nothing",
        )
        .bind(column(index, |i| i.tenant.as_str()))
        .bind(column(index, |i| i.blind.as_slice()))
        .bind(column(index, |i| i.request.to_string()))
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }
}
