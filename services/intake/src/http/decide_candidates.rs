//! Accepts or rejects what may be the subject's.

use axum::{Json, extract::State};
use redress_contracts::v1::{DecideCandidates, deed};
use redress_runtime::http::{Admitted, Body, Fault, Params, Problem};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Front, OneRequest, shown::Item};
use crate::door::RowName;

/// What is decided. A candidate that is in neither list stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CandidateDecisions)]
pub(super) struct Candidates {
    /// Ids of candidates that are the subject's.
    #[serde(default)]
    accepted: Vec<String>,
    /// Ids of those that are not, also of identifiers that discovery has used.
    #[serde(default)]
    rejected: Vec<String>,
    /// Rows that were found and are not the subject's.
    #[serde(default)]
    rejected_rows: Vec<RejectedRow>,
    /// Why; kept sealed.
    #[serde(default)]
    reason: String,
}

/// A row that is not the subject's.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RejectedRow {
    system: String,
    /// As the inventory names it.
    dataset: String,
    /// The values of its primary key, as texts.
    key: Vec<String>,
}

/// Accepts or rejects candidates: discovery goes again with what was decided.
#[utoipa::path(
    post,
    path = "/v1/tenants/{tenant}/requests/{request}/candidates",
    tag = "review",
    params(("tenant" = String, Path), ("request" = String, Path)),
    request_body = Candidates,
    responses((status = 200, body = Item), (status = 409, body = Problem, description = "It does not fit how the request stands.", content_type = "application/problem+json"))
)]
pub(super) async fn decide_candidates(
    State(front): Front,
    admitted: Admitted,
    Params(path): OneRequest,
    Body(given): Body<Candidates>,
) -> Result<Json<Item>, Problem> {
    if given.accepted.iter().any(|id| given.rejected.contains(id)) {
        return Err(Problem::invalid(vec![Fault::new("rejected", "not what is accepted too")]));
    }
    let Candidates { accepted, rejected, rejected_rows, reason } = given;
    let reason = super::reason(reason)?;
    let rows = rejected_rows.into_iter().map(|RejectedRow { system, dataset, key }| RowName {
        system,
        dataset,
        key,
    });
    let rows: Vec<RowName> = rows.collect();
    let rejected_rows = front.row_ids(admitted.tenant(), path.request, &rows).await?;
    let decided =
        |reason| deed::What::Candidates(DecideCandidates { accepted, rejected, rejected_rows, reason });
    let done = front.deed_because(&admitted, path.request, &reason, decided).await?;
    Ok(Json(Item::new(path.request, &done, front.now())))
}
