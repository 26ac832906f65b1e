//! Shows what a package holds.

use axum::{Json, extract::State};
use redress_runtime::http::{Admitted, Params, Problem};

use super::{
    Door,
    shown::{OfPackage, Shown},
};

/// Shows a package's manifest: its files with their origins and digests, and what is missing.
#[utoipa::path(
    get,
    path = "/v1/tenants/{tenant}/packages/{package}",
    tag = "packages",
    params(("tenant" = String, Path), ("package" = String, Path, description = "Its id, which is its request's.")),
    responses(
        (status = 200, body = Shown),
        (status = 410, body = Problem, description = "Its time is over, or the request was forgotten.", content_type = "application/problem+json")
    )
)]
pub(super) async fn show_package(
    State(door): Door,
    admitted: Admitted,
    Params(path): Params<OfPackage>,
) -> Result<Json<Shown>, Problem> {
    Ok(Json(door.manifest(&admitted, path.package).await?.into()))
}
