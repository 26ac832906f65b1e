//! Shows which requests there are.

use axum::{Json, extract::State};
use redress_domain::State as RequestState;
use redress_runtime::http::{Admitted, Fault, Page, Problem, QueryOf};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Front, shown::Item};

/// Which requests, and which page of them.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Query {
    /// Only in this state.
    #[param(schema_with = super::words::state)]
    state: Option<String>,
    /// True: only those that have not ended.
    #[param(value_type = Option<bool>)]
    open: Option<String>,
    /// The `next` of the page before.
    cursor: Option<String>,
    /// Items in a page: 1 to 200.
    #[param(value_type = Option<u32>, example = 50)]
    limit: Option<String>,
}

/// A page of requests, newest first.
#[derive(Serialize, ToSchema)]
#[schema(as = RequestItems)]
pub(super) struct Items {
    items: Vec<Item>,
    /// The cursor of the next page; none: this is the last.
    next: Option<String>,
}

/// Lists the tenant's requests, newest first.
#[utoipa::path(
    get,
    path = "/v1/tenants/{tenant}/requests",
    tag = "requests",
    params(("tenant" = String, Path), Query),
    responses((status = 200, body = Items))
)]
pub(super) async fn list_requests(
    State(front): Front,
    admitted: Admitted,
    QueryOf(query): QueryOf<Query>,
) -> Result<Json<Items>, Problem> {
    let mut faults = Vec::new();
    let page = Page::read(query.cursor.as_deref(), query.limit.as_deref());
    let page = page.map_err(|wrong| faults.extend(wrong)).ok();
    let state = query.state.as_deref().map(str::parse::<RequestState>).transpose();
    if state.is_err() {
        let known: Vec<&str> = RequestState::ALL.iter().map(|state| state.as_str()).collect();
        faults.push(Fault::new("state", format!("one of {}", known.join(", "))));
    }
    let open = query.open.as_deref().map(str::parse::<bool>).transpose();
    if open.is_err() {
        faults.push(Fault::new("open", "true or false"));
    }
    let (Some(page), Ok(state), Ok(open)) = (page, state, open) else {
        return Err(Problem::invalid(faults));
    };
    let found = front.list(admitted.tenant(), (state, open.unwrap_or(false)), &page).await?;
    let (found, next) = page.cut(found, |(id, _)| *id);
    let items = found.iter().map(|(id, request)| Item::new(*id, request, front.now())).collect();
    Ok(Json(Items { items, next }))
}
