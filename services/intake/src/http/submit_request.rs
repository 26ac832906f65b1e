//! Takes in a request.

use axum::{
    Json,
    extract::State,
    http::{HeaderName, StatusCode, header},
};
use jiff::Timestamp;
use redress_contracts::{Contract as _, from_timestamp};
use redress_domain::{Kind, RequestId};
use redress_runtime::http::{Admitted, Body, Problem};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Front, submission::Submission};

/// A request that was taken in: the same answer each time the same is submitted under one idempotency key.
#[derive(Serialize, ToSchema)]
#[schema(as = SubmissionAccepted)]
pub(super) struct Accepted {
    #[schema(value_type = String, format = "uuid")]
    request: RequestId,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(schema_with = super::words::kind)]
    kind: Option<Kind>,
    #[schema(value_type = Option<String>, format = DateTime)]
    received_at: Option<Timestamp>,
    /// By when it must be answered; none where no law says so.
    #[schema(value_type = Option<String>, format = DateTime)]
    due_at: Option<Timestamp>,
    /// Whether the requester was verified to the tenant's level. Until then nothing is looked up.
    verified: bool,
    /// Open requests of the same kind about the same person.
    linked: Vec<String>,
}

/// Hands in a data subject request.
#[utoipa::path(
    post,
    path = "/v1/tenants/{tenant}/requests",
    tag = "requests",
    params(("tenant" = String, Path)),
    request_body = Submission,
    responses((status = 202, body = Accepted, headers(("Location" = String, description = "Where to look after it"))))
)]
pub(super) async fn submit_request(
    State(front): Front,
    admitted: Admitted,
    Body(given): Body<Submission>,
) -> Result<(StatusCode, [(HeaderName, String); 1], Json<Accepted>), Problem> {
    let taken = front.submit(&admitted.who, &given.into()).await?;
    let admission = taken.admission;
    let location = format!("/v1/tenants/{}/requests/{}", admitted.tenant(), taken.request);
    let accepted = Accepted {
        request: taken.request,
        kind: Kind::of_number(admission.kind).ok(),
        received_at: admission.received_at.as_ref().and_then(from_timestamp),
        due_at: admission.due_at.as_ref().and_then(from_timestamp),
        verified: admission.verified,
        linked: admission.earlier,
    };
    Ok((StatusCode::ACCEPTED, [(header::LOCATION, location)], Json(accepted)))
}
