//! Makes a link by which a package is read without an account.

use axum::{Json, extract::State, http::StatusCode};
use jiff::{SignedDuration, Timestamp};
use redress_runtime::http::{Admitted, Body, Fault, Params, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Door, shown::OfPackage};

const HOURS_DEFAULT: u32 = 72;
const HOURS_MAX: u32 = 720;

/// For how long.
#[derive(Deserialize, ToSchema)]
#[schema(as = PackageShare)]
#[serde(deny_unknown_fields)]
pub(super) struct Share {
    /// At most the rest of the package's time.
    #[serde(default = "hours_default")]
    #[schema(minimum = 1, maximum = 720, default = 72)]
    hours: u32,
}

/// A link: whoever has it reads the package.
#[derive(Serialize, ToSchema)]
#[schema(as = PackageLink)]
pub(super) struct Shared {
    /// Where, on this server.
    #[schema(example = "/packages/AZCl…/")]
    url: String,
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

fn hours_default() -> u32 {
    HOURS_DEFAULT
}

/// Makes a link to a package, for a person without an account.
///
/// Whoever has the link reads the package until it ends, and nobody can take it back: it is to be sent as carefully
/// as the package itself.
#[utoipa::path(
    post,
    path = "/v1/tenants/{tenant}/packages/{package}/links",
    tag = "packages",
    params(("tenant" = String, Path), ("package" = String, Path, description = "Its id, which is its request's.")),
    request_body = Option<Share>,
    responses(
        (status = 201, body = Shared),
        (status = 410, body = Problem, description = "Its time is over, or the request was forgotten.", content_type = "application/problem+json")
    )
)]
pub(super) async fn share_package(
    State(door): Door,
    admitted: Admitted,
    Params(path): Params<OfPackage>,
    share: Option<Body<Share>>,
) -> Result<(StatusCode, Json<Shared>), Problem> {
    let hours = share.map_or(HOURS_DEFAULT, |Body(share)| share.hours);
    if !(1..=HOURS_MAX).contains(&hours) {
        return Err(Problem::invalid(vec![Fault::new("hours", format!("must be 1 to {HOURS_MAX}"))]));
    }
    let link = door.share(&admitted, path.package, SignedDuration::from_hours(hours.into())).await?;
    Ok((StatusCode::CREATED, Json(Shared { url: format!("/packages/{link}/"), expires_at: link.end })))
}
