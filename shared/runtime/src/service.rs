//! What a service brings to the loop.

use std::collections::BTreeMap;

use jiff::Timestamp;
use prost::Name;
use redress_contracts::{
    ContentType, Envelope, Message,
    topology::{Route, service_queue},
};
use redress_domain::{Ids, MessageId, RequestId, ServiceName, TenantId};
use redress_store::{IndexRow, JobWrite, NewEntry, Outgoing, Resend, StateRow};

/// A service: a name, a reader of messages, and a pure decision.
pub trait Service: Send + Sync + 'static {
    /// What it keeps of a request.
    type State: Clone + Send;
    /// What its messages say, once they are read.
    type Message: Send;

    /// Its name: the key of its rows.
    fn name(&self) -> &ServiceName;

    /// The queue that it consumes.
    fn queue(&self) -> String {
        service_queue(self.name())
    }

    /// The layout of its states. Rows of a higher one are left to newer processes.
    fn format(&self) -> u32;

    /// Reads a state from the body of its row.
    ///
    /// # Errors
    /// When it cannot be read: the message that needs it is parked.
    fn read_state(&self, row: &StateRow) -> Result<Self::State, Refused>;

    /// Writes a state into its row: body, status, due date, closing. The rest of the row is the loop's.
    fn write_state(&self, state: &Self::State, row: &mut StateRow);

    /// Reads a message.
    ///
    /// # Errors
    /// When it is not one that this service takes: it is parked with the reason.
    fn read(&self, message: &Message) -> Result<Self::Message, Refused>;

    /// The names of the steps that deciding on this input needs.
    fn steps(&self, input: &Input<Self::Message>) -> Vec<String>;

    /// Decides. Total and pure: all it may use is what it is given.
    fn decide(
        &self,
        state: Option<&Self::State>,
        input: &Input<Self::Message>,
        steps: &Steps,
        moment: &Moment<'_>,
    ) -> Decision<Self::State>;
}

/// What a decision is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input<M> {
    /// A message, with its envelope.
    Message(Envelope, M),
    /// A timer that is due.
    Timer {
        /// Its name.
        name: String,
        /// What was remembered with it.
        body: Vec<u8>,
    },
}

/// The steps of a request that were asked for, by name: encoded messages.
pub type Steps = BTreeMap<String, Vec<u8>>;

/// The time, the place and the dice of a decision.
pub struct Moment<'a> {
    /// Now.
    pub now: Timestamp,
    /// Makes ids.
    pub ids: &'a Ids,
    /// Whose request.
    pub tenant: &'a TenantId,
    /// Which request.
    pub request: RequestId,
}

/// What is decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision<S> {
    /// A transition.
    Next(Box<Next<S>>),
    /// Nothing: the message is stale, and dropped.
    Seen,
    /// Not yet: kept, and decided on again after the request's next transition.
    Early,
    /// The sender's fault: parked with the reason.
    Refused(Refused),
}

impl<S> From<Next<S>> for Decision<S> {
    fn from(next: Next<S>) -> Self {
        Self::Next(Box::new(next))
    }
}

/// A transition with all that comes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next<S> {
    /// The state from now on.
    pub state: S,
    /// Messages to send.
    pub messages: Vec<Out>,
    /// Messages to send again.
    pub resend: Vec<Resend>,
    /// Timers to set: name, time, what to remember.
    pub timers: Vec<(String, Timestamp, Vec<u8>)>,
    /// Timers to clear, by name.
    pub timers_cleared: Vec<String>,
    /// Steps to write: name and body.
    pub steps: Vec<(String, Vec<u8>)>,
    /// Jobs to add.
    pub jobs: Vec<JobWrite>,
    /// Entries for the ledger.
    pub ledger: Vec<NewEntry>,
    /// Blind indexes.
    pub index: Vec<IndexRow>,
}

impl<S> Next<S> {
    /// A transition from which nothing else comes.
    pub fn to(state: S) -> Self {
        Self {
            state,
            messages: Vec::new(),
            resend: Vec::new(),
            timers: Vec::new(),
            timers_cleared: Vec::new(),
            steps: Vec::new(),
            jobs: Vec::new(),
            ledger: Vec::new(),
            index: Vec::new(),
        }
    }
}

/// A message to send. The loop puts the rest of the envelope around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Out {
    /// Its id, from [`Moment::ids`]: a decision may want to remember it.
    pub id: MessageId,
    /// Where to.
    pub route: Route,
    /// The body's full name.
    pub kind: String,
    /// The encoded body.
    pub body: Vec<u8>,
    /// The message that it answers.
    pub answers: Option<MessageId>,
}

impl Out {
    /// A message with this body.
    pub fn new<T: Name>(id: MessageId, route: Route, body: &T) -> Self {
        Self { id, route, kind: T::full_name(), body: body.encode_to_vec(), answers: None }
    }

    /// The same, as the answer to a message.
    #[must_use]
    pub fn answering(self, message: MessageId) -> Self {
        Self { answers: Some(message), ..self }
    }

    pub(crate) fn outgoing(
        self,
        source: &ServiceName,
        state_version: u64,
        cause: Option<&Envelope>,
        moment: &Moment<'_>,
    ) -> Outgoing {
        let envelope = Envelope {
            id: self.id,
            kind: self.kind,
            source: source.clone(),
            time: moment.now,
            tenant: moment.tenant.clone(),
            request: moment.request,
            state_version,
            answers: self.answers,
            traceparent: cause.and_then(|cause| cause.traceparent.clone()),
            again: false,
            content_type: ContentType::Protobuf,
        };
        let message = Message { envelope, body: self.body };
        // Whoever asked and heard nothing asks again: that is what an answer goes out again for.
        let cause = self.answers.or(cause.map(|cause| cause.id));
        Outgoing { message, route: self.route, cause }
    }
}

/// Why a message cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {detail}")]
pub struct Refused {
    /// A stable code, such as `unreadable`.
    pub code: &'static str,
    /// A sentence for a person, without personal data.
    pub detail: String,
}

impl Refused {
    /// A refusal with this code and sentence.
    pub fn new(code: &'static str, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into() }
    }
}

impl From<redress_contracts::EnvelopeError> for Refused {
    fn from(error: redress_contracts::EnvelopeError) -> Self {
        Self::new("unreadable", error.to_string())
    }
}
