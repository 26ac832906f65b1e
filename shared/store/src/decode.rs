//! Reads rows of either dialect: the columns are portable, so one text serves both drivers.

use jiff::Timestamp;
use prost::Message as _;
use redress_contracts::{Envelope, state, v1::LedgerEntry};

use crate::{DueJobs, OpenRequests, Result, Standing, StoreError, WaitingJob, WaitingJobs};

/// A time from microseconds.
pub(crate) fn time(us: i64) -> Result<Timestamp> {
    Timestamp::from_microsecond(us).map_err(|error| StoreError::unreadable("a time", error))
}

/// A name or id from its text.
pub(crate) fn id<T: std::str::FromStr<Err: std::fmt::Display>>(text: &str) -> Result<T> {
    text.parse().map_err(|error| StoreError::unreadable("an id", error))
}

/// A count that cannot be negative.
pub(crate) fn count<T: TryFrom<i64>>(number: i64) -> Result<T> {
    T::try_from(number).map_err(|_| StoreError::unreadable("a count", number))
}

/// Tenant, status, count, overdue, first due date.
type OpenRow = (String, String, i64, i64, Option<i64>);
/// Connector, count, systems, first due.
type DueRow = (String, i64, i64, i64);

impl Standing {
    /// From its statements; `counts` are of what is unsent and what is parked.
    pub(crate) fn read(
        open: Vec<OpenRow>,
        due: Vec<DueRow>,
        waiting: Vec<WaitingCount>,
        counts: (i64, i64),
    ) -> Result<Self> {
        Ok(Self {
            open: open.into_iter().map(OpenRequests::read).collect::<Result<_>>()?,
            due: due.into_iter().map(DueJobs::read).collect::<Result<_>>()?,
            waiting: waiting.into_iter().map(WaitingJobs::read).collect::<Result<_>>()?,
            unsent: count(counts.0)?,
            parked: count(counts.1)?,
        })
    }
}

/// Tenant, system, jobs.
pub(crate) type WaitingCount = (String, String, i64);

impl WaitingJobs {
    fn read((tenant, system, jobs): WaitingCount) -> Result<Self> {
        Ok(Self { tenant: id(&tenant)?, system: id(&system)?, jobs: count(jobs)? })
    }
}

/// System, tries, due at, why.
pub(crate) type WaitingRow = (String, i64, i64, Vec<u8>);

impl WaitingJob {
    pub(crate) fn read((system, tries, due_at, why): WaitingRow) -> Result<Self> {
        Ok(Self {
            system: id(&system)?,
            tries: u32::try_from(tries).unwrap_or(u32::MAX),
            due_at: time(due_at)?,
            why: String::from_utf8_lossy(&why).into_owned(),
        })
    }
}

impl OpenRequests {
    fn read((tenant, status, requests, overdue, due_first): OpenRow) -> Result<Self> {
        Ok(Self {
            tenant: id(&tenant)?,
            status,
            requests: count(requests)?,
            overdue: count(overdue)?,
            due_first: due_first.map(time).transpose()?,
        })
    }
}

impl DueJobs {
    fn read((connector, jobs, systems, since): DueRow) -> Result<Self> {
        Ok(Self {
            connector: id(&connector)?,
            jobs: count(jobs)?,
            systems: count(systems)?,
            since: time(since)?,
        })
    }
}

/// A count for the database.
pub(crate) fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// An envelope from its stored bytes.
pub(crate) fn envelope(head: &[u8]) -> Result<Envelope> {
    let stored =
        state::Envelope::decode(head).map_err(|error| StoreError::unreadable("an envelope", error))?;
    Ok(Envelope::try_from(stored)?)
}

/// An envelope as stored bytes.
pub(crate) fn head(envelope: &Envelope) -> Vec<u8> {
    state::Envelope::from(envelope).encode_to_vec()
}

/// The leaf hash of a new entry at this index, with the entry.
pub(crate) fn leaf(new: &crate::NewEntry, index: u64) -> [u8; 32] {
    redress_contracts::ledger::leaf_hash(&LedgerEntry {
        index,
        tenant: new.tenant.to_string(),
        request: new.request.to_string(),
        sender: new.sender.to_string(),
        sequence: new.sequence,
        event: new.event.clone(),
        at_us: new.at.as_microsecond(),
        body: new.body.clone(),
    })
}

/// How long a new message is left to the process that wrote it, in microseconds: 2 s.
pub(crate) const OWN_CLAIM_US: i64 = 2_000_000;

/// Refuses a write that touched fewer rows than it named: somebody else was there first.
pub(crate) fn all_written(what: &str, written: u64, named: usize) -> Result<()> {
    if written == named as u64 {
        Ok(())
    } else {
        Err(StoreError::Conflict(format!("{written} of {named} {what} could be written")))
    }
}

/// The columns of each kind of row, in the order in which [`decoders`] reads them.
macro_rules! columns {
    ($($name:ident = $text:literal;)+) => { $(macro_rules! $name { () => { $text }; })+ };
}
columns! {
    state_columns = "request, tenant, version, format, status, due_at, body, early, closed_at";
    step_columns = "request, name, format, body";
    outbox_columns = "head, body, exchange, route, cause, again";
    timer_columns = "request, name, due_at, body";
    job_columns = "task, system, connector, request, tenant, format, due_at, tries, attempts, body, intent, progress, outcome";
    parked_columns = "service, id, reason, detail, attempts, parked_at, head, body";
    key_columns = "tenant, name, period, wrapped";
    ledger_columns = "idx, tenant, request, sender, sequence, event, at_us, body, leaf";
}

/// Makes the functions that read each kind of row from a driver's row type.
macro_rules! decoders {
    ($row:ty) => {
        use redress_contracts::{Message, topology::Route, v1::LedgerEntry};
        use sqlx::Row as _;

        use crate::{
            Job, KeyRow, LedgerRow, Outgoing, Parked, Result, StateRow, StepRow, StoreError, Timer,
            decode::{count, envelope, id, time},
        };

        pub(super) fn state(row: &$row) -> Result<StateRow> {
            Ok(StateRow {
                request: id(row.try_get::<&str, _>(0)?)?,
                tenant: id(row.try_get::<&str, _>(1)?)?,
                version: count(row.try_get(2)?)?,
                format: count(row.try_get(3)?)?,
                status: row.try_get(4)?,
                due_at: row.try_get::<Option<i64>, _>(5)?.map(time).transpose()?,
                body: row.try_get(6)?,
                early: row.try_get(7)?,
                closed_at: row.try_get::<Option<i64>, _>(8)?.map(time).transpose()?,
            })
        }

        pub(super) fn step(row: &$row) -> Result<StepRow> {
            Ok(StepRow {
                request: id(row.try_get::<&str, _>(0)?)?,
                key: row.try_get(1)?,
                format: count(row.try_get(2)?)?,
                body: row.try_get(3)?,
            })
        }

        pub(super) fn outgoing(row: &$row) -> Result<Outgoing> {
            let mut envelope = envelope(row.try_get(0)?)?;
            envelope.again = row.try_get::<i64, _>(5)? != 0;
            let (exchange, key): (&str, &str) = (row.try_get(2)?, row.try_get(3)?);
            Ok(Outgoing {
                message: Message { envelope, body: row.try_get(1)? },
                route: Route::parse(exchange, key)
                    .ok_or_else(|| StoreError::unreadable("a route", exchange))?,
                cause: row.try_get::<Option<&str>, _>(4)?.map(id).transpose()?,
            })
        }

        pub(super) fn timer(row: &$row) -> Result<Timer> {
            Ok(Timer {
                request: id(row.try_get::<&str, _>(0)?)?,
                name: row.try_get(1)?,
                due_at: time(row.try_get(2)?)?,
                body: row.try_get(3)?,
            })
        }

        pub(super) fn job(row: &$row) -> Result<Job> {
            Ok(Job {
                task: id(row.try_get::<&str, _>(0)?)?,
                system: id(row.try_get::<&str, _>(1)?)?,
                connector: id(row.try_get::<&str, _>(2)?)?,
                request: id(row.try_get::<&str, _>(3)?)?,
                tenant: id(row.try_get::<&str, _>(4)?)?,
                format: count(row.try_get(5)?)?,
                due_at: time(row.try_get(6)?)?,
                tries: count(row.try_get(7)?)?,
                attempts: count(row.try_get(8)?)?,
                body: row.try_get(9)?,
                intent: row.try_get(10)?,
                progress: row.try_get(11)?,
                outcome: row.try_get(12)?,
            })
        }

        pub(super) fn parked(row: &$row) -> Result<Parked> {
            Ok(Parked {
                service: id(row.try_get::<&str, _>(0)?)?,
                id: id(row.try_get::<&str, _>(1)?)?,
                reason: row.try_get(2)?,
                detail: row.try_get(3)?,
                attempts: count(row.try_get(4)?)?,
                parked_at: time(row.try_get(5)?)?,
                envelope: row.try_get::<Option<&[u8]>, _>(6)?.map(envelope).transpose()?,
                sealed_body: row.try_get(7)?,
            })
        }

        pub(super) fn key(row: &$row) -> Result<KeyRow> {
            Ok(KeyRow {
                tenant: id(row.try_get::<&str, _>(0)?)?,
                name: row.try_get(1)?,
                period: row.try_get(2)?,
                wrapped: row.try_get(3)?,
            })
        }

        pub(super) fn ledger(row: &$row) -> Result<LedgerRow> {
            let entry = LedgerEntry {
                index: count(row.try_get(0)?)?,
                tenant: row.try_get(1)?,
                request: row.try_get(2)?,
                sender: row.try_get(3)?,
                sequence: count(row.try_get(4)?)?,
                event: row.try_get(5)?,
                at_us: row.try_get(6)?,
                body: row.try_get(7)?,
            };
            Ok(LedgerRow { entry, leaf: row.try_get(8)? })
        }

        /// Reads all rows with one of the functions above.
        pub(super) fn all<T>(rows: &[$row], read: fn(&$row) -> Result<T>) -> Result<Vec<T>> {
            rows.iter().map(read).collect()
        }
    };
}
