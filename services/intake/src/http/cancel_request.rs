//! Takes a request back.

use axum::{Json, extract::State};
use redress_contracts::v1::{Cancel, deed};
use redress_runtime::http::{Admitted, Body, Params, Problem};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Front, OneRequest, reason, shown::Item};

/// Why it is taken back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Cancellation)]
pub(super) struct CancelBody {
    /// At most 500 characters in one line, for the request's file.
    #[serde(default)]
    reason: String,
}

/// Takes a request back, as long as nothing was done for good.
#[utoipa::path(
    post,
    path = "/v1/tenants/{tenant}/requests/{request}/cancel",
    tag = "review",
    params(("tenant" = String, Path), ("request" = String, Path)),
    request_body = Option<CancelBody>,
    responses((status = 200, body = Item), (status = 409, body = Problem, description = "It does not fit how the request stands.", content_type = "application/problem+json"))
)]
pub(super) async fn cancel_request(
    State(front): Front,
    admitted: Admitted,
    Params(path): OneRequest,
    given: Option<Body<CancelBody>>,
) -> Result<Json<Item>, Problem> {
    let given = given.map(|Body(given)| given.reason).unwrap_or_default();
    let deed = |reason| deed::What::Cancel(Cancel { reason });
    let done = front.deed_because(&admitted, path.request, &reason(given)?, deed).await?;
    Ok(Json(Item::new(path.request, &done, front.now())))
}
