//! Has a step tried again.

use axum::{Json, extract::State};
use redress_contracts::v1::{Retry, deed};
use redress_runtime::http::{Admitted, Body, Nothing, Params, Problem};

use super::{Front, OneRequest, shown::Item};

/// Has the step tried again that a service could not do, or has a look at what remained.
#[utoipa::path(
    post,
    path = "/v1/tenants/{tenant}/requests/{request}/retry",
    tag = "review",
    params(("tenant" = String, Path), ("request" = String, Path)),
    request_body = Option<Nothing>,
    responses((status = 200, body = Item), (status = 409, body = Problem, description = "It does not fit how the request stands.", content_type = "application/problem+json"))
)]
pub(super) async fn retry_step(
    State(front): Front,
    admitted: Admitted,
    Params(path): OneRequest,
    _: Option<Body<Nothing>>,
) -> Result<Json<Item>, Problem> {
    let deed = deed::What::Retry(Retry {});
    let done = front.deed(&admitted, path.request, deed).await?;
    Ok(Json(Item::new(path.request, &done, front.now())))
}
