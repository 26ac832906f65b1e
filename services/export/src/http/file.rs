//! A file of a package on its way to its reader, opened as it streams.

use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use futures::{StreamExt as _, stream};
use redress_runtime::http::Problem;
use redress_vault::{SealedReader, VaultError};

use super::door::problem_of;

/// The page needs its own style and nothing else.
const PAGE_MAY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// The answer that gives it.
///
/// # Errors
/// What does not even begin is told by its status.
pub(super) async fn answer(mut reader: SealedReader, path: &str) -> Result<Response, Problem> {
    let first = reader.next().await.map_err(problem_of)?;
    let mut response = body(first, reader).into_response();
    response.headers_mut().extend(headers(path));
    Ok(response)
}

/// The rest comes as it is read. An error breaks the connection: what was cut short never looks whole.
fn body(first: Option<Vec<u8>>, reader: SealedReader) -> Body {
    let rest = stream::unfold(Some(reader), |reader| async {
        let mut reader = reader?;
        match reader.next().await.transpose()? {
            Ok(piece) => Some((Ok(piece), Some(reader))),
            Err(error) => {
                tracing::error!(%error, "a file of a package broke off");
                Some((Err(error), None))
            }
        }
    });
    Body::from_stream(stream::iter(first.map(Ok::<_, VaultError>)).chain(rest))
}

/// A page is looked at here, and may do nothing; everything else is kept.
fn headers(path: &str) -> Vec<(HeaderName, HeaderValue)> {
    let (media_type, more) = match path.rsplit_once('.') {
        Some((_, "html")) => (
            "text/html; charset=utf-8",
            (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(PAGE_MAY)),
        ),
        Some((_, "json")) => ("application/json", (header::CONTENT_DISPOSITION, attachment(path))),
        _ => ("application/octet-stream", (header::CONTENT_DISPOSITION, attachment(path))),
    };
    vec![
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        more,
    ]
}

/// With the file's own name, where that is plain.
fn attachment(path: &str) -> HeaderValue {
    let name = path.rsplit('/').next().unwrap_or_default();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    let name: String = name.chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
    HeaderValue::from_str(&format!("attachment; filename=\"{name}\""))
        .unwrap_or(HeaderValue::from_static("attachment"))
}
