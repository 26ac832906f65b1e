//! Drops a parked message.

use axum::{Json, extract::State};
use redress_runtime::http::{Admitted, Body, Nothing, Params, Problem};
use redress_store::Unpark;

use super::{Door, OneParked, parked::Item};

/// Drops a parked message for good.
#[utoipa::path(
    post,
    path = "/v1/tenants/{tenant}/parked/{service}/{id}/drop",
    tag = "parked",
    params(("tenant" = String, Path), ("service" = String, Path), ("id" = String, Path)),
    request_body = Option<Nothing>,
    responses((status = 200, body = Item, description = "It is gone; this is what it was."))
)]
pub(super) async fn drop_parked(
    State(door): Door,
    admitted: Admitted,
    Params(path): OneParked,
    _: Option<Body<Nothing>>,
) -> Result<Json<Item>, Problem> {
    let parked = door.one_parked(admitted.tenant(), &path).await?;
    let dropped = door.store.unpark(&parked.service, parked.id, Unpark::Drop).await?;
    let dropped = dropped.ok_or_else(Problem::not_found)?;
    let by = &admitted.who.name;
    tracing::warn!(by, tenant = %admitted.tenant(), service = %dropped.service, message = %dropped.id, "a parked message is dropped");
    Ok(Json(Item::new(&dropped)))
}
