//! The body of a submission, and how it becomes the contract's.

use redress_contracts::{
    Contract as _, to_timestamp,
    v1::{self, destination::To, submit_request},
};
use redress_domain::{IdentifierKind, Kind, Regime, Trigger, VerificationLevel};
use serde::Deserialize;
use utoipa::ToSchema;

use super::words::{Base64, Time};

/// A data subject request.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Submission {
    /// The sender's own key: the same key submits once. 1 to 128 printable ASCII characters, no personal data.
    idempotency_key: Option<String>,
    /// What is asked for. Today: access, export, delete.
    #[schema(schema_with = super::words::kind)]
    kind: Kind,
    subject: Subject,
    /// Under which laws; none: the tenant's own.
    #[serde(default)]
    #[schema(schema_with = super::words::regimes)]
    regimes: Vec<Regime>,
    /// When the controller got it: the clock's start; none: now.
    #[schema(value_type = Option<String>, format = DateTime)]
    received_at: Option<Time>,
    requester: Option<Requester>,
    verification: Option<Verification>,
    /// Why the request exists; none: the subject asked.
    #[schema(schema_with = super::words::trigger)]
    trigger: Option<Trigger>,
    /// Which data it is about; none: customer data.
    #[serde(default)]
    scopes: Vec<Scope>,
    /// Not yet: a package waits here for its reader.
    destination: Option<Destination>,
    /// Only these systems; none: all of the tenant.
    #[serde(default)]
    systems: Vec<String>,
}

/// Who it is about.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Subject {
    /// A `redress.v1.Subject` in a libsodium sealed box to the tenant's intake key, in base64.
    #[schema(value_type = String, format = Byte)]
    Sealed(Base64),
    /// Only where the tenant allows it.
    Clear(ClearSubject),
}

/// A subject in the clear.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ClearSubject {
    kind: SubjectKind,
    /// 1 to 20.
    identifiers: Vec<Identifier>,
}

/// One way to name a person.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Identifier {
    #[schema(schema_with = super::words::identifier_kind)]
    kind: IdentifierKind,
    value: String,
    /// With the kind `field` only: `dataset.collection.field`.
    #[serde(default)]
    field: String,
}

/// What the person is to the tenant.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum SubjectKind {
    Member,
    Guest,
    DirectConnect,
    Customer,
    External,
}

/// Who asks.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Requester {
    kind: RequesterKind,
    /// In the words of the sender, e.g. an agent's id. No personal data of the subject.
    #[serde(default)]
    name: String,
    /// An agent's or a guardian's authority, as it was checked.
    #[serde(default)]
    authority: String,
}

/// What the requester is to the subject.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum RequesterKind {
    Subject,
    Agent,
    Guardian,
    Administrator,
    Upstream,
}

/// How the requester was verified. The evidence is seen, and not kept.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Verification {
    method: String,
    #[schema(schema_with = super::words::verification_level)]
    level: VerificationLevel,
    /// None: whoever sends this.
    #[serde(default)]
    by: String,
    /// None: now.
    #[schema(value_type = Option<String>, format = DateTime)]
    at: Option<Time>,
}

/// Which data a request is about.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Scope {
    CustomerData,
    SystemLogs,
}

/// Where a package goes.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Destination {
    /// The tenant's own container.
    ContainerUrl(String),
    /// The controller that the subject names.
    Controller(String),
}

impl From<Submission> for v1::SubmitRequest {
    fn from(given: Submission) -> Self {
        Self {
            idempotency_key: given.idempotency_key.unwrap_or_default(),
            kind: given.kind.number(),
            regimes: given.regimes.into_iter().map(|regime| regime.number()).collect(),
            received_at: given.received_at.map(|Time(at)| to_timestamp(at)),
            requester: given.requester.map(Into::into),
            verification: given.verification.map(Into::into),
            trigger: given.trigger.map(|trigger| trigger.number()).unwrap_or_default(),
            scopes: given.scopes.into_iter().map(|scope| v1::Scope::from(scope) as i32).collect(),
            destination: given.destination.map(Into::into),
            corrections: Vec::new(),
            preference: None,
            systems: given.systems,
            subject: Some(given.subject.into()),
        }
    }
}

impl From<Subject> for submit_request::Subject {
    fn from(given: Subject) -> Self {
        match given {
            Subject::Sealed(Base64(bytes)) => Self::Sealed(bytes),
            Subject::Clear(clear) => Self::Clear(v1::Subject {
                kind: v1::SubjectKind::from(clear.kind) as i32,
                identifiers: clear.identifiers.into_iter().map(Into::into).collect(),
            }),
        }
    }
}

impl From<Identifier> for v1::Identifier {
    fn from(given: Identifier) -> Self {
        Self { kind: given.kind.number(), value: given.value, field: given.field }
    }
}

impl From<SubjectKind> for v1::SubjectKind {
    fn from(given: SubjectKind) -> Self {
        match given {
            SubjectKind::Member => Self::Member,
            SubjectKind::Guest => Self::Guest,
            SubjectKind::DirectConnect => Self::DirectConnect,
            SubjectKind::Customer => Self::Customer,
            SubjectKind::External => Self::External,
        }
    }
}

impl From<Requester> for v1::Requester {
    fn from(given: Requester) -> Self {
        let kind = match given.kind {
            RequesterKind::Subject => v1::RequesterKind::Subject,
            RequesterKind::Agent => v1::RequesterKind::Agent,
            RequesterKind::Guardian => v1::RequesterKind::Guardian,
            RequesterKind::Administrator => v1::RequesterKind::Administrator,
            RequesterKind::Upstream => v1::RequesterKind::Upstream,
        };
        Self { kind: kind as i32, name: given.name, authority: given.authority, words: None }
    }
}

impl From<Verification> for v1::Verification {
    fn from(given: Verification) -> Self {
        let at = given.at.map(|Time(at)| to_timestamp(at));
        Self { method: given.method, level: given.level.number(), by: given.by, at, words: None }
    }
}

impl From<Scope> for v1::Scope {
    fn from(given: Scope) -> Self {
        match given {
            Scope::CustomerData => Self::CustomerData,
            Scope::SystemLogs => Self::SystemLogs,
        }
    }
}

impl From<Destination> for v1::Destination {
    fn from(given: Destination) -> Self {
        let to = match given {
            Destination::ContainerUrl(url) => To::ContainerUrl(url),
            Destination::Controller(name) => To::Controller(name),
        };
        Self { to: Some(to) }
    }
}
