//! What is asked of whom: a command for each kind of work, made of nothing but the request as it stands.

use redress_contracts::{
    topology::Route,
    v1::{Collect, Discover, Execute, Phase, Release, Stop},
};
use redress_domain::{Kind, MessageId, RequestId, ServiceName, State, life::Work};
use redress_runtime::Out;

use crate::state::Request;

/// The command for this work.
pub(super) fn command(id: MessageId, work: Work, request: &Request, name: RequestId) -> Out {
    let to = |service: &str| Route::to_service(&named(service));
    match work {
        Work::Discover => Out::new(id, to("discovery"), &discover(request, name)),
        Work::Collect => Out::new(id, to("export"), &collect(request, name)),
        Work::Release => Out::new(id, to("export"), &release(request, name)),
        Work::Withdraw => Out::new(id, to("deletion"), &execute(request, name, Phase::Withdraw)),
        Work::Restore => Out::new(id, to("deletion"), &execute(request, name, Phase::Restore)),
        Work::Purge => Out::new(id, to("deletion"), &execute(request, name, Phase::Purge)),
        Work::Poll => Out::new(id, to("deletion"), &execute(request, name, Phase::Check)),
        Work::Apply => Out::new(id, to(worker(request)), &execute(request, name, Phase::Apply)),
        Work::Stop => stop(id, worker(request), name),
    }
}

/// The command to stop, to the service that works.
pub(super) fn stop(id: MessageId, service: &str, name: RequestId) -> Out {
    let body = Stop { request: name.to_string(), reason: String::new() };
    Out::new(id, Route::to_service(&named(service)), &body)
}

/// The word for a kind of work, for events and the timeline.
pub(crate) fn word(work: Work) -> &'static str {
    match work {
        Work::Discover => "discover",
        Work::Collect => "collect",
        Work::Release => "release",
        Work::Withdraw => "withdraw",
        Work::Restore => "restore",
        Work::Purge => "purge",
        Work::Apply => "apply",
        Work::Poll => "check",
        Work::Stop => "stop",
    }
}

/// The service that works in this state.
pub(super) fn worker(request: &Request) -> &'static str {
    match (request.life.state, request.life.kind) {
        (State::Received | State::Verifying | State::Discovering | State::InReview, _) => "discovery",
        (State::Collecting | State::ContentReview | State::Releasing, _) => "export",
        (_, Kind::Access | Kind::Export) => "export",
        (_, Kind::Delete) => "deletion",
        (_, Kind::Restrict) => "restriction",
        (_, Kind::Rectify | Kind::SetPreference) => "rectification",
    }
}

fn named(service: &str) -> ServiceName {
    service.parse().expect("the names in this file have the form of names")
}

/// Discovery begins with what the request gave, each time: what it finds besides has its path from there. Once
/// rows are gone that may have held the path, it begins with all that was found.
fn discover(request: &Request, name: RequestId) -> Discover {
    let admission = &request.admission;
    let known = if request.life.irrevocable { &request.kept.identifiers } else { &admission.identifiers };
    Discover {
        request: name.to_string(),
        kind: admission.kind,
        subject_kind: admission.subject_kind,
        identifiers: known.clone(),
        scopes: admission.scopes.clone(),
        systems: admission.systems.clone(),
        due_at: admission.due_at,
        accepted_candidates: request.kept.accepted_candidates.clone(),
        rejected_candidates: request.kept.rejected_candidates.clone(),
    }
}

fn collect(request: &Request, name: RequestId) -> Collect {
    Collect {
        request: name.to_string(),
        kind: request.admission.kind,
        plan: request.kept.plan.clone(),
        plan_digest: request.kept.plan_digest.clone(),
        identifiers: request.kept.identifiers.clone(),
        due_at: request.admission.due_at,
        searched: request.searched().to_vec(),
        left_undecided: request.kept.left_undecided.clone(),
    }
}

fn release(request: &Request, name: RequestId) -> Release {
    Release {
        request: name.to_string(),
        kind: request.admission.kind,
        decisions: Vec::new(),
        destination: request.admission.destination.clone(),
    }
}

fn execute(request: &Request, name: RequestId, phase: Phase) -> Execute {
    Execute {
        request: name.to_string(),
        kind: request.admission.kind,
        plan: request.kept.plan.clone(),
        plan_digest: request.kept.plan_digest.clone(),
        identifiers: request.kept.identifiers.clone(),
        phase: phase as i32,
        due_at: request.admission.due_at,
        corrections: None,
    }
}
