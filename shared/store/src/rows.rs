//! The rows, as the rest of the program sees them.

use jiff::Timestamp;
use redress_contracts::{Envelope, Message, topology::Route};
use redress_domain::{ConnectorName, MessageId, RequestId, ServiceName, SystemName, TaskId, TenantId};

/// What a service keeps of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateRow {
    /// Which request.
    pub request: RequestId,
    /// Whose.
    pub tenant: TenantId,
    /// Counts the transitions.
    pub version: u64,
    /// The layout of `body`.
    pub format: u32,
    /// The service's own word for where it stands: what lists are filtered by.
    pub status: String,
    /// By when it must be answered, for lists.
    pub due_at: Option<Timestamp>,
    /// The state: an encoded message.
    pub body: Vec<u8>,
    /// Messages that came before their time: an encoded `redress.state.v1.Early`, empty when there are none.
    pub early: Vec<u8>,
    /// When it ended; its other rows go some days later.
    pub closed_at: Option<Timestamp>,
}

/// A state to be written over the version that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateWrite {
    /// The new row.
    pub row: StateRow,
    /// The version it replaces; 0 creates the row.
    pub replaces: u64,
}

/// One step (a task of a campaign) of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepRow {
    /// Which request.
    pub request: RequestId,
    /// Its name among the request's steps.
    pub key: String,
    /// The layout of `body`.
    pub format: u32,
    /// An encoded message.
    pub body: Vec<u8>,
}

/// A message to be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// What.
    pub message: Message,
    /// Where to.
    pub route: Route,
    /// The message whose handling wrote it: when that one is seen again, this one is sent again.
    pub cause: Option<MessageId>,
}

/// Which messages are to be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resend {
    /// This one.
    Message(RequestId, MessageId),
    /// All that this one caused in this service.
    CausedBy(RequestId, MessageId),
}

/// A timer: at most one of a name for each request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timer {
    /// Which request.
    pub request: RequestId,
    /// Its name among the request's timers.
    pub name: String,
    /// When, by the database's clock.
    pub due_at: Timestamp,
    /// What the service wants to remember: an encoded message, or nothing.
    pub body: Vec<u8>,
}

/// A message that could not be worked: for a person to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parked {
    /// The message's id; where it had none, one that was made for it.
    pub id: MessageId,
    /// Whose queue it was in.
    pub service: ServiceName,
    /// A stable code.
    pub reason: String,
    /// A sentence for a person, without personal data.
    pub detail: String,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was parked.
    pub parked_at: Timestamp,
    /// The envelope, where it could be read.
    pub envelope: Option<Envelope>,
    /// The body, sealed.
    pub sealed_body: Vec<u8>,
}

/// One action on one system: what a task becomes in a connector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Which task; with the system, the key.
    pub task: TaskId,
    /// Which system.
    pub system: SystemName,
    /// Which connector.
    pub connector: ConnectorName,
    /// Which request.
    pub request: RequestId,
    /// Whose.
    pub tenant: TenantId,
    /// The layout of the bodies.
    pub format: u32,
    /// When it may be worked next.
    pub due_at: Timestamp,
    /// Tries so far.
    pub tries: u32,
    /// How often it was begun since it was last heard of: more than none, and whoever worked it may have died
    /// of it.
    pub attempts: u32,
    /// What is to be done: an encoded message.
    pub body: Vec<u8>,
    /// What is about to be done outside, sealed: found without an outcome, observe first.
    pub intent: Vec<u8>,
    /// Why it waits for its next try: a text without personal data, or nothing.
    pub progress: Vec<u8>,
    /// How it ended: an encoded message; some exactly when it has ended.
    pub outcome: Option<Vec<u8>>,
}

/// The right to work on a system's jobs, until it ends or somebody else has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// Which connector.
    pub connector: ConnectorName,
    /// Which system.
    pub system: SystemName,
    /// Who has it: one name for each process.
    pub holder: String,
    /// Counts the holders; every write under the lease says `where epoch = mine`.
    pub epoch: u64,
}

/// A wrapped key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRow {
    /// Whose.
    pub tenant: TenantId,
    /// Which: a request's id.
    pub name: String,
    /// Under which outer key it is wrapped: a period such as `2026-11`.
    pub period: String,
    /// The key, sealed under the outer one.
    pub wrapped: Vec<u8>,
}

/// An event on its way into the ledger; its index is given there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry {
    /// Whose ledger.
    pub tenant: TenantId,
    /// Which request.
    pub request: RequestId,
    /// Whose event.
    pub sender: ServiceName,
    /// Of that sender for that request, from 1.
    pub sequence: u64,
    /// The event's name.
    pub event: String,
    /// When it happened.
    pub at: Timestamp,
    /// The event as it was published.
    pub body: Vec<u8>,
}

/// A stored entry and the leaf hash that was stored with it.
#[derive(Debug, Clone, PartialEq)]
pub struct LedgerRow {
    /// The entry, with its index.
    pub entry: redress_contracts::v1::LedgerEntry,
    /// RFC 6962's leaf hash as it was computed when the entry was written.
    pub leaf: Vec<u8>,
}

/// A person's blind index, pointing to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexRow {
    /// Whose.
    pub tenant: TenantId,
    /// HMAC under the tenant's index key.
    pub blind: Vec<u8>,
    /// Which request is about this person.
    pub request: RequestId,
}

/// All that one transaction writes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Writes {
    /// New and changed states.
    pub states: Vec<StateWrite>,
    /// New and changed steps.
    pub steps: Vec<StepRow>,
    /// Messages to publish.
    pub outbox: Vec<Outgoing>,
    /// Messages to publish again.
    pub resend: Vec<Resend>,
    /// Timers to set; one of the same name is replaced.
    pub timers: Vec<Timer>,
    /// Timers to clear, by request and name.
    pub timers_cleared: Vec<(RequestId, String)>,
    /// Messages whose attempts are counted from nothing again: they were worked.
    pub attempts_cleared: Vec<(RequestId, MessageId)>,
    /// Messages to park; one already parked is counted up.
    pub parked: Vec<Parked>,
    /// New and changed jobs; a new one whose key is known is left as it is.
    pub jobs: Vec<JobWrite>,
    /// Events for the ledger.
    pub ledger: Vec<NewEntry>,
    /// Blind indexes.
    pub index: Vec<IndexRow>,
}

/// What is written of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobWrite {
    /// A task came; nothing if it came before.
    Add(Job),
    /// Everything that may change of a job that is there.
    Set(Job),
}

/// Which states a list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StateFilter {
    /// Only this tenant's.
    pub tenant: Option<TenantId>,
    /// Only with this status.
    pub status: Option<String>,
    /// Only those that have not ended.
    pub open: bool,
}

/// What waits, as far as the database knows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// Requests that have not ended.
    pub open: Vec<OpenRequests>,
    /// Jobs that are due, by connector.
    pub due: Vec<DueJobs>,
    /// Jobs that were tried and wait for their next try, by tenant and system.
    pub waiting: Vec<WaitingJobs>,
    /// Messages that the broker is not known to have.
    pub unsent: u64,
    /// Messages that wait for a person, of all services.
    pub parked: u64,
}

/// Open requests of one tenant in one state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenRequests {
    /// Whose.
    pub tenant: TenantId,
    /// In which state.
    pub status: String,
    /// How many.
    pub requests: u64,
    /// How many of them are past their due date.
    pub overdue: u64,
    /// The first due date among them.
    pub due_first: Option<Timestamp>,
}

/// Jobs of one connector whose time has come and that have not ended; some may be at work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueJobs {
    /// Whose.
    pub connector: ConnectorName,
    /// How many.
    pub jobs: u64,
    /// On how many systems: more runners than that have nothing to do.
    pub systems: u64,
    /// Since when the first is due.
    pub since: Timestamp,
}

/// A job that was tried and waits for its next try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingJob {
    /// On which system.
    pub system: SystemName,
    /// Tries so far.
    pub tries: u32,
    /// When it is tried next.
    pub due_at: Timestamp,
    /// Why it waits: no personal data.
    pub why: String,
}

/// Jobs on one system that were tried and wait for their next try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingJobs {
    /// Whose.
    pub tenant: TenantId,
    /// On which system.
    pub system: SystemName,
    /// How many.
    pub jobs: u64,
}

/// What becomes of a parked message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unpark {
    /// Worked again: it is taken out, and the caller publishes it.
    Replay,
    /// Gone for good.
    Drop,
}

/// Puts each timer beside its request's state.
pub(crate) fn with_states(timers: Vec<Timer>, states: &[StateRow]) -> crate::Result<Vec<(Timer, StateRow)>> {
    let mut paired = Vec::with_capacity(timers.len());
    for timer in timers {
        let state = states.iter().find(|state| state.request == timer.request).cloned();
        let gone = || crate::StoreError::Conflict("a timer's request is gone".to_owned());
        paired.push((timer, state.ok_or_else(gone)?));
    }
    Ok(paired)
}
