//! Shows which messages are parked.

use axum::{Json, extract::State};
use redress_domain::ServiceName;
use redress_runtime::http::{Admitted, Fault, Page, Problem, QueryOf};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Door, parked::Item};

/// Which parked messages, and which page of them.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Query {
    /// Only of this service's queue.
    service: Option<String>,
    /// The `next` of the page before.
    cursor: Option<String>,
    /// Items in a page: 1 to 200.
    #[param(value_type = Option<u32>, example = 50)]
    limit: Option<String>,
}

/// A page of parked messages, newest first.
#[derive(Serialize, ToSchema)]
#[schema(as = ParkedItems)]
pub(super) struct Items {
    /// May be fewer than asked for, although there is a next page.
    items: Vec<Item>,
    /// The cursor of the next page; none: this is the last.
    next: Option<String>,
}

/// Lists the messages that could not be worked.
///
/// A message that nobody can read is shown to one tenant only: the first of the settings.
#[utoipa::path(
    get,
    path = "/v1/tenants/{tenant}/parked",
    tag = "parked",
    params(("tenant" = String, Path), Query),
    responses((status = 200, body = Items))
)]
pub(super) async fn list_parked(
    State(door): Door,
    admitted: Admitted,
    QueryOf(query): QueryOf<Query>,
) -> Result<Json<Items>, Problem> {
    let mut faults = Vec::new();
    let page = Page::read(query.cursor.as_deref(), query.limit.as_deref());
    let page = page.map_err(|wrong| faults.extend(wrong)).ok();
    let service = query.service.as_deref().map(str::parse::<ServiceName>).transpose();
    if let Err(wrong) = &service {
        faults.push(Fault::new("service", wrong.to_string()));
    }
    let (Some(page), Ok(service)) = (page, service) else { return Err(Problem::invalid(faults)) };
    let (items, last) = door.parked(admitted.tenant(), service.as_ref(), &page).await?;
    // A page of one, of which there are two, has the cursor after it.
    let next = last.and_then(|last| Page { after: None, limit: 1 }.cut(vec![last; 2], |id| *id).1);
    Ok(Json(Items { items, next }))
}
