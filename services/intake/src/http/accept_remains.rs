//! Accepts what is missing or left.

use axum::{Json, extract::State};
use redress_contracts::v1::{AcceptRemains, deed};
use redress_runtime::http::{Admitted, Body, Params, Problem};

use super::{Front, OneRequest, Reason, shown::Item};

/// Accepts what is missing from a draft, or left after a delete, by name and with a reason.
#[utoipa::path(
    post,
    path = "/v1/tenants/{tenant}/requests/{request}/accept-remains",
    tag = "review",
    params(("tenant" = String, Path), ("request" = String, Path)),
    request_body = Reason,
    responses((status = 200, body = Item), (status = 409, body = Problem, description = "It does not fit how the request stands.", content_type = "application/problem+json"))
)]
pub(super) async fn accept_remains(
    State(front): Front,
    admitted: Admitted,
    Params(path): OneRequest,
    Body(given): Body<Reason>,
) -> Result<Json<Item>, Problem> {
    let deed = |reason| deed::What::AcceptRemains(AcceptRemains { reason });
    let done = front.deed_because(&admitted, path.request, &given.check()?, deed).await?;
    Ok(Json(Item::new(path.request, &done, front.now())))
}
