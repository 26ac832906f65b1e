//! Finds the requests about a person. A POST, so that nobody stands in a URL.

use axum::{Json, extract::State};
use redress_runtime::http::{Admitted, Body, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Front, shown::Item, submission::Identifier};

/// Whose requests.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RequestSearch)]
pub(super) struct Search {
    /// One that names one person: no phone, no name.
    identifier: Identifier,
}

/// The newest requests about the person.
#[derive(Serialize, ToSchema)]
#[schema(as = RequestsFound)]
pub(super) struct Found {
    items: Vec<Item>,
}

/// Finds requests by an identifier of their subject, given or found.
#[utoipa::path(
    post,
    path = "/v1/tenants/{tenant}/requests/search",
    tag = "requests",
    params(("tenant" = String, Path)),
    request_body = Search,
    responses((status = 200, body = Found))
)]
pub(super) async fn search_requests(
    State(front): Front,
    admitted: Admitted,
    Body(Search { identifier }): Body<Search>,
) -> Result<Json<Found>, Problem> {
    let found = front.search(admitted.tenant(), &identifier.into()).await?;
    let items = found.iter().map(|(id, request)| Item::new(*id, request, front.now())).collect();
    Ok(Json(Found { items }))
}
