//! Approves a plan.

use axum::{Json, extract::State};
use redress_contracts::v1::{Approve, Digest, deed};
use redress_runtime::http::{Admitted, Body, Params, Problem};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Front, OneRequest, shown::Item, words::Hash};

/// Which plan is approved.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PlanApproval)]
pub(super) struct ApproveBody {
    /// The digest of the plan that was seen, in hex.
    #[schema(value_type = String)]
    plan_digest: Hash,
    /// Whether rows and identifiers are left out on which nobody has decided. Else they must be decided on before.
    #[serde(default)]
    leave_undecided: bool,
}

/// Approves the plan of this digest: exactly it is done.
#[utoipa::path(
    post,
    path = "/v1/tenants/{tenant}/requests/{request}/approve",
    tag = "review",
    params(("tenant" = String, Path), ("request" = String, Path)),
    request_body = ApproveBody,
    responses((status = 200, body = Item), (status = 409, body = Problem, description = "It does not fit how the request stands.", content_type = "application/problem+json"))
)]
pub(super) async fn approve_plan(
    State(front): Front,
    admitted: Admitted,
    Params(path): OneRequest,
    Body(given): Body<ApproveBody>,
) -> Result<Json<Item>, Problem> {
    let Hash(sha256) = given.plan_digest;
    let deed = deed::What::Approve(Approve {
        plan_digest: Some(Digest { sha256 }),
        leave_undecided: given.leave_undecided,
        leave_undecided_identifiers: front.leaves_undecided_identifiers(admitted.tenant())?,
    });
    let done = front.deed(&admitted, path.request, deed).await?;
    Ok(Json(Item::new(path.request, &done, front.now())))
}
