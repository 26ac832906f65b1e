//! Shows one parked message.

use axum::{Json, extract::State};
use redress_runtime::http::{Admitted, Params, Problem};

use super::{Door, OneParked, parked::Item};

/// Shows a parked message: why it is parked, and what it says of itself. Never its body.
#[utoipa::path(
    get,
    path = "/v1/tenants/{tenant}/parked/{service}/{id}",
    tag = "parked",
    params(("tenant" = String, Path), ("service" = String, Path), ("id" = String, Path)),
    responses((status = 200, body = Item))
)]
pub(super) async fn show_parked(
    State(door): Door,
    admitted: Admitted,
    Params(path): OneParked,
) -> Result<Json<Item>, Problem> {
    Ok(Json(Item::new(&door.one_parked(admitted.tenant(), &path).await?)))
}
