//! The envelope: what every message carries beside its body, as AMQP properties and CloudEvents headers.
//! Nothing in it is personal data.

use jiff::Timestamp;
use prost::Name;
use redress_domain::{MessageId, RequestId, ServiceName, TenantId};

/// The names of the headers. CloudEvents 1.0's AMQP binding gives the prefix.
pub mod header {
    /// Version of CloudEvents: always `1.0`.
    pub const SPEC_VERSION: &str = "cloudEvents_specversion";
    /// The message's id, as in the property `message_id`.
    pub const ID: &str = "cloudEvents_id";
    /// The body's full name, as in the property `type`.
    pub const TYPE: &str = "cloudEvents_type";
    /// Where it comes from: the sending service.
    pub const SOURCE: &str = "cloudEvents_source";
    /// When it was made: RFC 3339.
    pub const TIME: &str = "cloudEvents_time";
    /// Whose it is.
    pub const TENANT: &str = "cloudEvents_tenant";
    /// W3C Trace Context.
    pub const TRACEPARENT: &str = "cloudEvents_traceparent";
    /// The version of the sender's state when it wrote this.
    pub const STATE_VERSION: &str = "cloudEvents_stateversion";
    /// For an answer: the id of the message it answers.
    pub const ANSWERS: &str = "cloudEvents_answers";
    /// Sent before, and sent again because its effect was not seen.
    pub const AGAIN: &str = "cloudEvents_again";
}

/// How a body is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContentType {
    /// Protobuf, as everything between our services is.
    Protobuf,
    /// Protobuf's JSON mapping, at the front door.
    Json,
}

impl ContentType {
    /// The media type.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Protobuf => "application/protobuf",
            Self::Json => "application/json",
        }
    }

    /// Back from its media type; none for another.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Protobuf, Self::Json].into_iter().find(|known| known.as_str() == text)
    }
}

/// What a message carries beside its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// The same when the message is sent again: a receiver knows it by this.
    pub id: MessageId,
    /// The body's full name, e.g. `redress.v1.Discover`.
    pub kind: String,
    /// The sending service.
    pub source: ServiceName,
    /// When it was made.
    pub time: Timestamp,
    /// Whose it is.
    pub tenant: TenantId,
    /// Which request it is about.
    pub request: RequestId,
    /// The version of the sender's state when it wrote this: tells a stale message from an early one.
    pub state_version: u64,
    /// For an answer: the message it answers.
    pub answers: Option<MessageId>,
    /// W3C Trace Context, when the request is traced.
    pub traceparent: Option<String>,
    /// Sent before, and sent again because its effect was not seen.
    pub again: bool,
    /// How the body is written.
    pub content_type: ContentType,
}

/// A message: envelope and encoded body.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    /// What it carries beside its body.
    pub envelope: Envelope,
    /// The encoded body.
    pub body: Vec<u8>,
}

/// Why a body cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// Another message was expected. What came instead is not repeated: a stranger may have written it.
    #[error("expected a {expected}, got something else")]
    Kind {
        /// Full name of what was expected.
        expected: String,
    },
    /// The bytes are not of the kind that the envelope names.
    #[error("the body is not a readable {kind}: {detail}")]
    Body {
        /// Full name of the kind.
        kind: String,
        /// What the decoder says; it never repeats values.
        detail: String,
    },
}

impl Message {
    /// Whether the body is said to be a `T`.
    pub fn is<T: Name>(&self) -> bool {
        self.envelope.kind == T::full_name()
    }

    /// Reads the body as a `T`.
    ///
    /// # Errors
    /// When the envelope names another kind, or the bytes are not of this one.
    pub fn read<T: Name + Default>(&self) -> Result<T, EnvelopeError> {
        if !self.is::<T>() {
            return Err(EnvelopeError::Kind { expected: T::full_name() });
        }
        T::decode(self.body.as_slice())
            .map_err(|error| EnvelopeError::Body { kind: T::full_name(), detail: error.to_string() })
    }
}

impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Message")
            .field("envelope", &self.envelope)
            .field("body_bytes", &self.body.len())
            .finish()
    }
}
