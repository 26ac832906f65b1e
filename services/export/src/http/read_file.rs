//! Gives a file of a package.

use axum::{extract::State, response::Response};
use redress_domain::RequestId;
use redress_runtime::http::{Admitted, Params, Problem};
use serde::Deserialize;

use super::{Door, file};

/// Which file of which package.
#[derive(Deserialize)]
pub(super) struct OfFile {
    package: RequestId,
    path: String,
}

/// Gives one file of a package.
///
/// A connection that breaks before its end has not given the whole file.
#[utoipa::path(
    get,
    path = "/v1/tenants/{tenant}/packages/{package}/files/{*path}",
    tag = "packages",
    params(
        ("tenant" = String, Path),
        ("package" = String, Path, description = "Its id, which is its request's."),
        ("path" = String, Path, description = "As the manifest has it, with its slashes, or `manifest.json`.")
    ),
    responses(
        (status = 200, description = "The file: a page for people, or data.", content((String = "text/html"), (serde_json::Value = "application/json"))),
        (status = 410, body = Problem, description = "Its time is over, or the request was forgotten.", content_type = "application/problem+json")
    )
)]
pub(super) async fn read_file(
    State(door): Door,
    admitted: Admitted,
    Params(OfFile { package, path }): Params<OfFile>,
) -> Result<Response, Problem> {
    file::answer(door.open(&admitted, package, &path).await?, &path).await
}
