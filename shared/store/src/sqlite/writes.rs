//! Everything that one transaction writes: one statement for each kind of row.

use redress_domain::{MessageId, RequestId};

use super::{
    many::{Values, change, over},
    row,
    transaction::SqliteTransaction,
};
use crate::{
    IndexRow, Job, JobWrite, NewEntry, Outgoing, Parked, Resend, Result, StateWrite, StepRow, Timer, Writes,
    decode::*,
};

impl SqliteTransaction {
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
        for entry in &writes.ledger {
            self.write_entry(entry).await?;
        }
        self.write_index(&writes.index).await?;
        self.resend(&writes.resend).await
    }

    async fn insert_states(&mut self, states: &[&StateWrite]) -> Result<()> {
        const SQL: &str = concat!(
            "insert into state (service, ",
            state_columns!(),
            ") select service, ",
            state_columns!(),
            " from u where true on conflict do nothing"
        );
        self.state_statement(SQL, states).await
    }

    async fn update_states(&mut self, states: &[&StateWrite]) -> Result<()> {
        const SQL: &str = "update state set tenant = u.tenant, version = u.version, format = u.format,
               status = u.status, due_at = u.due_at, body = u.body, early = u.early, closed_at = u.closed_at,
               forgotten = 0
             from u where state.service = u.service and state.request = u.request
               and state.version = u.replaces";
        self.state_statement(SQL, states).await
    }

    async fn state_statement(&mut self, sql: &str, states: &[&StateWrite]) -> Result<()> {
        const COLUMNS: &str = concat!("service, replaces, ", state_columns!());
        let service = self.service.clone();
        let bind = |values: &mut Values<'_>, write: &&StateWrite| {
            let state = &write.row;
            values.push_bind(service.as_str().to_owned()).push_bind(number(write.replaces));
            values.push_bind(state.request.to_string()).push_bind(state.tenant.to_string());
            values.push_bind(number(state.version)).push_bind(state.format).push_bind(state.status.clone());
            values.push_bind(state.due_at.map(|at| at.as_microsecond())).push_bind(state.body.clone());
            values.push_bind(state.early.clone()).push_bind(state.closed_at.map(|at| at.as_microsecond()));
        };
        let written = change(self.tx.connection(), COLUMNS, states, bind, sql).await?;
        all_written("states", written, states.len())
    }

    async fn write_steps(&mut self, steps: &[StepRow]) -> Result<()> {
        const COLUMNS: &str = concat!("service, ", step_columns!());
        const SQL: &str = concat!(
            "insert into step (service, ",
            step_columns!(),
            ") select * from u where true on conflict (service, request, name)
             do update set format = excluded.format, body = excluded.body"
        );
        let service = self.service.clone();
        let bind = |values: &mut Values<'_>, step: &StepRow| {
            values.push_bind(service.to_string()).push_bind(step.request.to_string());
            values.push_bind(step.key.clone()).push_bind(step.format).push_bind(step.body.clone());
        };
        change(self.tx.connection(), COLUMNS, steps, bind, SQL).await.map(drop)
    }

    async fn write_outbox(&mut self, outbox: &[Outgoing]) -> Result<()> {
        const COLUMNS: &str = "service, request, id, cause, exchange, route, head, body";
        const SQL: &str = "insert into outbox (service, request, id, cause, exchange, route, head, body)
             select * from u where true";
        const UNSENT: &str = "insert into unsent (request, id, again, claimed_until)
             select request, id, 0, claimed_until from u where true";
        let service = self.service.clone();
        let bind = |values: &mut Values<'_>, outgoing: &Outgoing| {
            let envelope = &outgoing.message.envelope;
            values.push_bind(service.to_string()).push_bind(envelope.request.to_string());
            values.push_bind(envelope.id.to_string()).push_bind(outgoing.cause.map(|id| id.to_string()));
            values.push_bind(outgoing.route.exchange).push_bind(outgoing.route.key.clone());
            values.push_bind(head(envelope)).push_bind(outgoing.message.body.clone());
        };
        change(self.tx.connection(), COLUMNS, outbox, bind, SQL).await?;
        let until = self.now_us() + OWN_CLAIM_US;
        let bind = |values: &mut Values<'_>, outgoing: &Outgoing| {
            let envelope = &outgoing.message.envelope;
            values
                .push_bind(envelope.request.to_string())
                .push_bind(envelope.id.to_string())
                .push_bind(until);
        };
        change(self.tx.connection(), "request, id, claimed_until", outbox, bind, UNSENT).await.map(drop)
    }

    async fn resend(&mut self, resend: &[Resend]) -> Result<Vec<Outgoing>> {
        const AGAIN: &str = "insert into unsent (request, id, again, claimed_until)
             select distinct o.request, o.id, 1, u.until
             from outbox o join u on o.request = u.request
               and case u.caused when 1 then o.cause = u.id else o.id = u.id end
             where o.service = u.service
             on conflict (request, id) do update set again = 1, claimed_until = excluded.claimed_until
             returning request, id";
        const SQL: &str = concat!(
            "select ",
            outbox_columns!(),
            " from outbox join unsent using (request, id) join u using (request, id)"
        );
        let (service, until) = (self.service.clone(), self.now_us() + OWN_CLAIM_US);
        let bind = |values: &mut Values<'_>, resend: &Resend| {
            let (request, id, caused) = match *resend {
                Resend::Message(request, id) => (request, id, 0),
                Resend::CausedBy(request, id) => (request, id, 1),
            };
            values.push_bind(service.to_string()).push_bind(request.to_string()).push_bind(id.to_string());
            values.push_bind(caused).push_bind(until);
        };
        let columns = "service, request, id, caused, until";
        let again = over(self.tx.connection(), columns, resend, bind, AGAIN).await?;
        let keys = row::all(&again, row::key_of_message)?;
        let bind = |values: &mut Values<'_>, key: &(String, String)| {
            values.push_bind(key.0.clone()).push_bind(key.1.clone());
        };
        let rows = over(self.tx.connection(), "request, id", &keys, bind, SQL).await?;
        row::all(&rows, row::outgoing)
    }

    async fn clear_timers(&mut self, timers: &[(RequestId, String)]) -> Result<()> {
        const SQL: &str = "delete from timer where (service, request, name) in (select * from u)";
        let service = self.service.clone();
        let bind = |values: &mut Values<'_>, (request, name): &(RequestId, String)| {
            values.push_bind(service.to_string()).push_bind(request.to_string()).push_bind(name.clone());
        };
        change(self.tx.connection(), "service, request, name", timers, bind, SQL).await.map(drop)
    }

    async fn write_timers(&mut self, timers: &[Timer]) -> Result<()> {
        const COLUMNS: &str = concat!("service, ", timer_columns!());
        const SQL: &str = concat!(
            "insert into timer (service, ",
            timer_columns!(),
            ") select * from u where true on conflict (service, request, name)
             do update set due_at = excluded.due_at, body = excluded.body"
        );
        let service = self.service.clone();
        let bind = |values: &mut Values<'_>, timer: &Timer| {
            values.push_bind(service.to_string()).push_bind(timer.request.to_string());
            values.push_bind(timer.name.clone()).push_bind(timer.due_at.as_microsecond());
            values.push_bind(timer.body.clone());
        };
        change(self.tx.connection(), COLUMNS, timers, bind, SQL).await.map(drop)
    }

    async fn clear_attempts(&mut self, messages: &[(RequestId, MessageId)]) -> Result<()> {
        const SQL: &str = "delete from attempt where (service, request, id) in (select * from u)";
        let service = self.service.clone();
        let bind = |values: &mut Values<'_>, (request, id): &(RequestId, MessageId)| {
            values.push_bind(service.to_string()).push_bind(request.to_string()).push_bind(id.to_string());
        };
        change(self.tx.connection(), "service, request, id", messages, bind, SQL).await.map(drop)
    }

    async fn write_parked(&mut self, parked: &[Parked]) -> Result<()> {
        const SQL: &str = concat!(
            "insert into parked (",
            parked_columns!(),
            ") select * from u where true
             on conflict (service, id) do update set attempts = parked.attempts + excluded.attempts,
               reason = excluded.reason, detail = excluded.detail, parked_at = excluded.parked_at"
        );
        let bind = |values: &mut Values<'_>, parked: &Parked| {
            values.push_bind(parked.service.to_string()).push_bind(parked.id.to_string());
            values.push_bind(parked.reason.clone()).push_bind(parked.detail.clone());
            values.push_bind(parked.attempts).push_bind(parked.parked_at.as_microsecond());
            values.push_bind(parked.envelope.as_ref().map(head)).push_bind(parked.sealed_body.clone());
        };
        change(self.tx.connection(), parked_columns!(), parked, bind, SQL).await.map(drop)
    }

    async fn write_jobs(&mut self, jobs: &[JobWrite]) -> Result<()> {
        const ADD: &str = concat!(
            "insert into job (",
            job_columns!(),
            ") select * from u where true on conflict do nothing"
        );
        const SET: &str =
            "update job set format = u.format, due_at = u.due_at, tries = u.tries, attempts = u.attempts, body = u.body,
               intent = u.intent, progress = u.progress, outcome = u.outcome
             from u where job.task = u.task and job.system = u.system";
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

    async fn job_statement(&mut self, sql: &str, jobs: &[&Job]) -> Result<u64> {
        let bind = |values: &mut Values<'_>, job: &&Job| {
            values.push_bind(job.task.to_string()).push_bind(job.system.to_string());
            values.push_bind(job.connector.to_string()).push_bind(job.request.to_string());
            values.push_bind(job.tenant.to_string()).push_bind(job.format);
            values.push_bind(job.due_at.as_microsecond()).push_bind(job.tries);
            values.push_bind(job.attempts).push_bind(job.body.clone());
            values
                .push_bind(job.intent.clone())
                .push_bind(job.progress.clone())
                .push_bind(job.outcome.clone());
        };
        change(self.tx.connection(), job_columns!(), jobs, bind, sql).await
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

    async fn write_index(&mut self, index: &[IndexRow]) -> Result<()> {
        const SQL: &str = "insert into subject_index (tenant, blind, request) select * from u where true
             on conflict do nothing";
        let bind = |values: &mut Values<'_>, index: &IndexRow| {
            values.push_bind(index.tenant.to_string()).push_bind(index.blind.clone());
            values.push_bind(index.request.to_string());
        };
        change(self.tx.connection(), "tenant, blind, request", index, bind, SQL).await.map(drop)
    }
}
