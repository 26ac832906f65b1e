//! Shows which packages there are.

use axum::{Json, extract::State};
use redress_runtime::http::{Admitted, Page, Problem, QueryOf};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Door, shown::Item};

/// Which page of the packages.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Query {
    /// The `next` of the page before.
    cursor: Option<String>,
    /// Items in a page: 1 to 200.
    #[param(value_type = Option<u32>, example = 50)]
    limit: Option<String>,
}

/// A page of packages, newest request first.
#[derive(Serialize, ToSchema)]
#[schema(as = PackageItems)]
pub(super) struct Items {
    /// May be fewer than asked for, although there is a next page.
    items: Vec<Item>,
    /// The cursor of the next page; none: this is the last.
    next: Option<String>,
}

/// Lists the packages that wait for their reader.
#[utoipa::path(
    get,
    path = "/v1/tenants/{tenant}/packages",
    tag = "packages",
    params(("tenant" = String, Path), Query),
    responses((status = 200, body = Items))
)]
pub(super) async fn list_packages(
    State(door): Door,
    admitted: Admitted,
    QueryOf(query): QueryOf<Query>,
) -> Result<Json<Items>, Problem> {
    let page = Page::read(query.cursor.as_deref(), query.limit.as_deref()).map_err(Problem::invalid)?;
    let (items, last) = door.list(&admitted, &page).await?;
    // A page of one, of which there are two, has the cursor after it.
    let next = last.and_then(|last| Page { after: None, limit: 1 }.cut(vec![last; 2], |id| *id).1);
    Ok(Json(Items { items, next }))
}
