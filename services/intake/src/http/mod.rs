//! Intake's doors over HTTP: one endpoint a file, and this list of them all.

mod accept_remains;
mod approve_plan;
mod cancel_request;
mod decide_candidates;
mod decline_request;
mod give_up_request;
mod list_requests;
mod read_intake_key;
mod retry_step;
mod search_requests;
mod show_request;
mod shown;
mod submission;
mod submit_request;
mod verify_requester;
mod words;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::extract::State;
use redress_domain::{RequestId, roles::Action};
use redress_runtime::http::{Doors, Fault, Params, Problem, Tokens};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::routes;

use crate::door::{FrontDoor, text};

/// Every door of intake.
pub fn doors(front: Arc<FrontDoor>, tokens: Arc<Tokens>) -> Doors {
    Doors::new(tokens)
        .door(Action::AcceptRemains, routes!(accept_remains::accept_remains))
        .door(Action::Approve, routes!(approve_plan::approve_plan))
        .door(Action::Cancel, routes!(cancel_request::cancel_request))
        .door(Action::DecideCandidates, routes!(decide_candidates::decide_candidates))
        .door(Action::Decline, routes!(decline_request::decline_request))
        .door(Action::GiveUp, routes!(give_up_request::give_up_request))
        .door(Action::ListRequests, routes!(list_requests::list_requests))
        .door(Action::ReadIntakeKey, routes!(read_intake_key::read_intake_key))
        .door(Action::Retry, routes!(retry_step::retry_step))
        .door(Action::SearchBySubject, routes!(search_requests::search_requests))
        .door(Action::ShowRequest, routes!(show_request::show_request))
        .door(Action::Submit, routes!(submit_request::submit_request))
        .door(Action::Verify, routes!(verify_requester::verify_requester))
        .with_state(front)
}

/// The front door, as handlers get it.
type Front = State<Arc<FrontDoor>>;
/// The request that a path names.
type OneRequest = Params<OfRequest>;

/// What a path says besides its tenant, which the guard reads.
#[derive(Deserialize)]
struct OfRequest {
    request: RequestId,
}

/// Characters of a reason.
const REASON_CHARS_MAX: usize = 500;

/// A reason that must be given.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Reason {
    /// At most 500 characters in one line, for the request's file.
    reason: String,
}

impl Reason {
    fn check(self) -> Result<String, Problem> {
        if self.reason.trim().is_empty() {
            return Err(Problem::invalid(vec![Fault::new("reason", "is required")]));
        }
        reason(self.reason)
    }
}

/// A reason that may be empty.
fn reason(given: String) -> Result<String, Problem> {
    match text("reason", &given, REASON_CHARS_MAX) {
        Ok(()) => Ok(given),
        Err(fault) => Err(Problem::invalid(vec![fault])),
    }
}
