//! Says that a requester is who they say.

use axum::{Json, extract::State};
use redress_runtime::http::{Admitted, Body, Params, Problem};

use super::{Front, OneRequest, shown::Item, submission::Verification};

/// Notes how the requester was verified: discovery begins.
#[utoipa::path(
    post,
    path = "/v1/tenants/{tenant}/requests/{request}/verify",
    tag = "review",
    params(("tenant" = String, Path), ("request" = String, Path)),
    request_body = Verification,
    responses((status = 200, body = Item), (status = 409, body = Problem, description = "It does not fit how the request stands.", content_type = "application/problem+json"))
)]
pub(super) async fn verify_requester(
    State(front): Front,
    admitted: Admitted,
    Params(path): OneRequest,
    Body(given): Body<Verification>,
) -> Result<Json<Item>, Problem> {
    let done = front.verify(&admitted, path.request, &given.into()).await?;
    Ok(Json(Item::new(path.request, &done, front.now())))
}
