//! A request, as it is shown: never an identifier's value, and what names a person only to who decides.

use jiff::Timestamp;
use redress_contracts::{from_timestamp, v1};
use redress_domain::{
    Closing, Kind, PublicState, RequestId, Role, State,
    life::{Waits, Work},
};
use redress_store::WaitingJob;
use serde::Serialize;
use utoipa::ToSchema;

mod findings;
mod people;
mod work;

pub(super) use findings::{Candidate, Inventory, Plan};
pub(super) use people::{Actor, Identifier, Line, Requester, Verification};
pub(super) use work::{Draft, Outcome, Package};

use super::words::word;
use crate::state::Request;

/// A request in a list, and after a deed.
#[derive(Serialize, ToSchema)]
#[schema(as = RequestItem)]
pub(super) struct Item {
    #[schema(value_type = String, format = "uuid")]
    request: RequestId,
    #[schema(schema_with = super::words::kind)]
    kind: Kind,
    #[schema(schema_with = super::words::state)]
    state: State,
    waits_for: WaitsFor,
    marks: Vec<&'static str>,
    #[serde(flatten)]
    outside: Outside,
}

/// What the outside is told.
#[derive(Serialize, ToSchema)]
#[schema(as = RequestOutside)]
pub(super) struct Outside {
    #[schema(schema_with = super::words::public_state)]
    public_state: PublicState,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(schema_with = super::words::closing)]
    closing: Option<Closing>,
    /// Why it closed so, where somebody said it.
    reason: Option<String>,
    #[schema(value_type = Option<String>, format = DateTime)]
    received_at: Option<Timestamp>,
    /// By when it must be answered; none where no law says so.
    #[schema(value_type = Option<String>, format = DateTime)]
    due_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    closed_at: Option<Timestamp>,
}

/// What a request waits for: never for nothing.
#[derive(Serialize, ToSchema)]
struct WaitsFor {
    /// `person`, `service`, `timer`, or `nobody` when it has ended.
    who: &'static str,
    /// What they must do.
    what: &'static str,
}

/// One request.
#[derive(Serialize, ToSchema)]
#[schema(as = RequestShown)]
pub(super) struct Shown {
    #[schema(value_type = String, format = "uuid")]
    request: RequestId,
    #[schema(schema_with = super::words::kind)]
    kind: Kind,
    #[serde(flatten)]
    outside: Outside,
    package: Option<Package>,
    /// How it is done: for the tenant's own people alone.
    inside: Option<Inside>,
}

/// How a request is done.
#[derive(Serialize, ToSchema)]
#[schema(as = RequestInside)]
pub(super) struct Inside {
    #[schema(schema_with = super::words::state)]
    state: State,
    waits_for: WaitsFor,
    /// The systems that could not do their part yet, and are asked again.
    waiting_systems: Vec<WaitingSystem>,
    marks: Vec<&'static str>,
    /// Why it is stuck.
    stuck_because: Option<String>,
    subject_kind: Option<String>,
    regimes: Vec<String>,
    trigger: Option<String>,
    scopes: Vec<String>,
    /// Only these systems; none: all of the tenant.
    systems: Vec<String>,
    requester: Option<Requester>,
    verification: Option<Verification>,
    /// Who handed it in.
    handed_in_by: Option<Actor>,
    /// Open requests of the same kind about the same person, when it came in.
    linked: Vec<String>,
    identifiers: Vec<Identifier>,
    inventory: Option<Inventory>,
    /// Ids of candidates that were accepted as the subject's.
    accepted_candidates: Vec<String>,
    /// Ids of candidates, rows and identifiers that were rejected.
    rejected_candidates: Vec<String>,
    /// Candidates that the approved plan leaves out, since nobody has decided on them.
    left_undecided: u64,
    plan: Option<Plan>,
    /// What became of it, system by system, in the order in which it was done.
    outcomes: Vec<Outcome>,
    draft: Option<Draft>,
    timeline: Vec<Line>,
}

/// To whom a request is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum To {
    /// Somebody outside, whose own it is.
    Outsider,
    /// Somebody who looks after it, and decides nothing about the person.
    Keeper,
    /// Somebody who decides about the person.
    Decider,
}

impl To {
    /// What a role is shown.
    pub(super) fn role(role: Role) -> Self {
        match role {
            Role::TenantAdmin | Role::Reviewer => Self::Decider,
            Role::Operator | Role::Auditor => Self::Keeper,
            Role::Upstream | Role::Subject => Self::Outsider,
        }
    }
}

impl Item {
    pub(super) fn new(id: RequestId, request: &Request, now: Timestamp) -> Self {
        Self {
            request: id,
            kind: request.life.kind,
            state: request.life.state,
            waits_for: waits_for(request),
            marks: marks(request, now),
            outside: Outside::new(request),
        }
    }
}

impl Outside {
    fn new(request: &Request) -> Self {
        let closing = request.life.closing;
        Self {
            public_state: closing.map_or(PublicState::Pending, Closing::public),
            closing,
            reason: closing.and_then(|_| some(&request.kept.reason)),
            received_at: time(request.admission.received_at.as_ref()),
            due_at: request.due_at(),
            closed_at: time(request.kept.closed_at.as_ref()),
        }
    }
}

impl Shown {
    pub(super) fn new(id: RequestId, request: &Request, to: To, sight: Sight, now: Timestamp) -> Self {
        Self {
            request: id,
            kind: request.life.kind,
            outside: Outside::new(request),
            package: request.kept.package.as_ref().map(Package::new),
            inside: (to != To::Outsider).then(|| Inside::new(request, to, sight, now)),
        }
    }
}

impl Inside {
    fn new(request: &Request, to: To, sight: Sight, now: Timestamp) -> Self {
        let Sight { candidates, waiting } = sight;
        let (admission, kept, life) = (&request.admission, &request.kept, &request.life);
        Self {
            state: life.state,
            waits_for: waits_for(request),
            waiting_systems: waiting.iter().map(WaitingSystem::new).collect(),
            marks: marks(request, now),
            stuck_because: if life.stuck { some(&kept.reason) } else { None },
            subject_kind: word(admission.subject_kind().as_str_name(), "SUBJECT_KIND_"),
            regimes: admission.regimes().filter_map(|it| word(it.as_str_name(), "REGIME_")).collect(),
            trigger: word(admission.trigger().as_str_name(), "TRIGGER_"),
            scopes: admission.scopes().filter_map(|it| word(it.as_str_name(), "SCOPE_")).collect(),
            systems: admission.systems.clone(),
            requester: admission.requester.as_ref().map(|it| Requester::new(it, to)),
            verification: admission.verification.as_ref().map(Verification::new),
            handed_in_by: admission.actor.as_ref().map(Actor::new),
            linked: admission.earlier.clone(),
            identifiers: kept.identifiers.iter().map(Identifier::new).collect(),
            inventory: kept.inventory.as_ref().map(|it| Inventory::new(it, candidates)),
            accepted_candidates: kept.accepted_candidates.clone(),
            rejected_candidates: kept.rejected_candidates.clone(),
            left_undecided: request.left_undecided(),
            plan: kept.plan.as_ref().map(|plan| Plan::new(plan, kept.plan_digest.as_ref())),
            outcomes: request.outcomes().iter().map(Outcome::new).collect(),
            draft: kept.draft.as_ref().map(Draft::new),
            timeline: kept.timeline.iter().map(Line::new).collect(),
        }
    }
}

/// What is shown of a request besides its state.
pub(super) struct Sight {
    pub(super) candidates: Vec<Candidate>,
    pub(super) waiting: Vec<WaitingJob>,
}

/// A system that could not do its part yet.
#[derive(Serialize, ToSchema)]
#[schema(as = WaitingSystemShown)]
struct WaitingSystem {
    system: String,
    /// Tries so far.
    tries: u32,
    /// When it is asked next.
    #[schema(value_type = String, format = DateTime)]
    next_at: Timestamp,
    /// Why it could not.
    why: String,
}

impl WaitingSystem {
    fn new(it: &WaitingJob) -> Self {
        Self { system: it.system.to_string(), tries: it.tries, next_at: it.due_at, why: it.why.clone() }
    }
}

fn waits_for(request: &Request) -> WaitsFor {
    let (who, what) = match request.life.waits() {
        Waits::Person(_) if request.is_tried_again() => ("service", crate::decide::word(Work::Purge)),
        Waits::Closed => ("nobody", "it has ended"),
        Waits::Service(work) => ("service", crate::decide::word(work)),
        Waits::Person(what) => ("person", what),
        Waits::HoldEnd => ("timer", "the end of the hold"),
    };
    WaitsFor { who, what }
}

fn marks(request: &Request, now: Timestamp) -> Vec<&'static str> {
    let life = &request.life;
    let ended = time(request.kept.closed_at.as_ref()).unwrap_or(now);
    let overdue = request.due_at().is_some_and(|due| due <= ended);
    let marks = [
        (life.ambiguous, "ambiguous_identity"),
        (life.cancelling, "cancelling"),
        (life.on_hold, "on_hold"),
        (overdue, "overdue"),
        (life.paused, "paused"),
        (life.stuck, "stuck"),
        (life.is_untouched(), "nothing_changed"),
    ];
    marks.into_iter().filter_map(|(set, mark)| set.then_some(mark)).collect()
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn time(at: Option<&pbjson_types::Timestamp>) -> Option<Timestamp> {
    at.and_then(from_timestamp)
}

fn digest(digest: Option<&v1::Digest>) -> Option<String> {
    digest.map(|digest| hex::encode(&digest.sha256))
}
