//! Gives a package to whoever has a link to it. Nobody is asked who they are, and nothing is written down.

use axum::{
    extract::State,
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse as _, Redirect, Response},
};
use redress_runtime::http::{Params, Problem};
use serde::Deserialize;

use super::{Door, file};
use crate::link::Link;

/// The link stands in the address: it is told to nobody whom the page leads to.
const UNTOLD: (HeaderName, HeaderValue) = (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));

/// A link.
#[derive(Deserialize)]
pub(super) struct OfLink {
    link: String,
}

/// A file behind a link.
#[derive(Deserialize)]
pub(super) struct OfFile {
    link: String,
    path: String,
}

/// Gives one file of the package that a link is for.
///
/// The links within the package's page lead here.
#[utoipa::path(
    get,
    path = "/packages/{link}/{*path}",
    tag = "packages",
    params(
        ("link" = String, Path, description = "As it was given."),
        ("path" = String, Path, description = "As the manifest has it, with its slashes, or `manifest.json`.")
    ),
    responses(
        (status = 200, description = "The file: a page for people, or data.", content((String = "text/html"), (serde_json::Value = "application/json"))),
        (status = 410, body = Problem, description = "The time of the link or of the package is over, or the request was forgotten.", content_type = "application/problem+json")
    )
)]
pub(super) async fn follow_link(
    State(door): Door,
    Params(OfFile { link, path }): Params<OfFile>,
) -> Result<Response, Problem> {
    let reader = door.follow(&link, &path).await?;
    Ok(([UNTOLD], file::answer(reader, &path).await?).into_response())
}

/// Leads to the page of the package that a link is for.
#[utoipa::path(
    get,
    path = "/packages/{link}/",
    tag = "packages",
    params(("link" = String, Path, description = "As it was given.")),
    responses((status = 303, description = "To its `index.html`."))
)]
pub(super) async fn enter_link(Params(OfLink { link }): Params<OfLink>) -> Result<Response, Problem> {
    leads_on(&link, "index.html")
}

/// Leads to the page of the package that a link is for: the slash at its end was lost.
#[utoipa::path(
    get,
    path = "/packages/{link}",
    tag = "packages",
    params(("link" = String, Path, description = "As it was given.")),
    responses((status = 303, description = "To its `index.html`."))
)]
pub(super) async fn enter_link_without_slash(
    Params(OfLink { link }): Params<OfLink>,
) -> Result<Response, Problem> {
    leads_on(&link, &format!("{link}/index.html"))
}

/// To an address beside this one, wherever a proxy has put it. What is no link could lead anywhere.
fn leads_on(link: &str, to: &str) -> Result<Response, Problem> {
    link.parse::<Link>().map_err(|()| Problem::not_found())?;
    Ok(([UNTOLD], Redirect::to(to)).into_response())
}
