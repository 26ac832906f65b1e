//! Who has to do with a request, and how the person is named: never an identifier's value.

use jiff::Timestamp;
use redress_contracts::{Contract as _, state, v1};
use redress_domain::IdentifierKind;
use serde::Serialize;
use utoipa::ToSchema;

use super::{To, some, time, word};

/// Who asks. The name is shown to those who decide about the request.
#[derive(Serialize, ToSchema)]
#[schema(as = RequesterShown)]
pub(in crate::http) struct Requester {
    kind: Option<String>,
    name: Option<String>,
    authority: Option<String>,
}

/// How the requester was verified.
#[derive(Serialize, ToSchema)]
#[schema(as = VerificationShown)]
pub(in crate::http) struct Verification {
    method: String,
    level: Option<String>,
    by: String,
    #[schema(value_type = Option<String>, format = DateTime)]
    at: Option<Timestamp>,
}

/// Who did something.
#[derive(Serialize, ToSchema)]
#[schema(as = ActorShown)]
pub(in crate::http) struct Actor {
    role: Option<String>,
    name: String,
}

/// One way in which the person is named; never its value.
#[derive(Serialize, ToSchema)]
#[schema(as = IdentifierShown)]
pub(in crate::http) struct Identifier {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(schema_with = crate::http::words::identifier_kind)]
    kind: Option<IdentifierKind>,
    field: Option<String>,
    class: Option<String>,
    /// Which system gave it; none: the request did.
    from_system: Option<String>,
    /// Where in that system: `dataset.field`.
    found_in: Option<String>,
    /// By which a reviewer rejects it; none: the request gave it.
    id: Option<String>,
    round: u32,
}

/// A line of the timeline.
#[derive(Serialize, ToSchema)]
#[schema(as = TimelineLine)]
pub(in crate::http) struct Line {
    #[schema(value_type = Option<String>, format = DateTime)]
    at: Option<Timestamp>,
    event: Option<String>,
    /// None: Redress itself.
    actor: Option<Actor>,
    detail: String,
}

impl Requester {
    pub(super) fn new(it: &v1::Requester, to: To) -> Self {
        let shown = |text: &str| if to == To::Decider { some(text) } else { None };
        Self {
            kind: word(it.kind().as_str_name(), "REQUESTER_KIND_"),
            name: shown(&it.name),
            authority: shown(&it.authority),
        }
    }
}

impl Verification {
    pub(super) fn new(it: &v1::Verification) -> Self {
        let level = word(it.level().as_str_name(), "VERIFICATION_LEVEL_");
        Self { method: it.method.clone(), level, by: it.by.clone(), at: time(it.at.as_ref()) }
    }
}

impl Actor {
    pub(super) fn new(it: &v1::Actor) -> Self {
        Self { role: word(it.role().as_str_name(), "ROLE_"), name: it.name.clone() }
    }
}

impl Identifier {
    pub(super) fn new(it: &v1::SealedIdentifier) -> Self {
        Self {
            kind: IdentifierKind::of_number(it.kind).ok(),
            field: some(&it.field),
            class: word(it.class().as_str_name(), "IDENTIFIER_CLASS_"),
            from_system: some(&it.from_system),
            found_in: some(&it.found_in),
            id: (it.round > 0).then(|| it.id()),
            round: it.round,
        }
    }
}

impl Line {
    pub(super) fn new(it: &state::Moment) -> Self {
        Self {
            at: time(it.at.as_ref()),
            event: some(&it.event),
            actor: it.actor.as_ref().map(Actor::new),
            detail: it.detail.clone(),
        }
    }
}
