//! Bodies and path parameters, with their errors as a [`Problem`]. What serde says of a value it also
//! repeats, so its words are taken apart and only the rule is told.

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, OptionalFromRequest, Path, Request},
    http::{HeaderMap, StatusCode, header, request::Parts},
};
use serde::{
    Deserialize,
    de::{DeserializeOwned, IgnoredAny},
};
use serde_json::error::Category;
use utoipa::ToSchema;

use super::{Fault, Problem};

/// Bytes of a body, at most.
pub const BODY_BYTES_MAX: usize = 1 << 20;

/// A JSON body, read into a `T` that denies unknown fields.
#[derive(Debug, Clone, Copy)]
pub struct Body<T>(pub T);

/// A body that says nothing: `{}`.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            let detail = "send `Content-Type: application/json`";
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", detail));
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| {
            if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
                let detail = format!("a body has at most {BODY_BYTES_MAX} bytes");
                return Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", detail);
            }
            Problem::new(StatusCode::BAD_REQUEST, "unreadable", "the body ended before its end")
        })?;
        read_json(&bytes).map(Self)
    }
}

impl<S: Send + Sync, T: DeserializeOwned> OptionalFromRequest<S> for Body<T> {
    type Rejection = Problem;

    /// None when nothing is sent at all.
    async fn from_request(request: Request, state: &S) -> Result<Option<Self>, Problem> {
        let nothing = http_length(request.headers()) == Some(0);
        if nothing && !request.headers().contains_key(header::CONTENT_TYPE) {
            return Ok(None);
        }
        <Self as FromRequest<S>>::from_request(request, state).await.map(Some)
    }
}

/// The length that is announced; no announcement at all is a body of none.
fn http_length(headers: &HeaderMap) -> Option<u64> {
    match headers.get(header::CONTENT_LENGTH) {
        Some(length) => length.to_str().ok()?.parse().ok(),
        None => (!headers.contains_key(header::TRANSFER_ENCODING)).then_some(0),
    }
}

/// The parameters of a path. What is not of their form is not there.
#[derive(Debug, Clone, Copy)]
pub struct Params<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Params<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Path(params) = Path::from_request_parts(parts, state).await.map_err(|_| Problem::not_found())?;
        Ok(Self(params))
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let given = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = given.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
}

fn read_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let read = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        (path, error.into_inner())
    });
    let read = read.and_then(|read| match reader.end() {
        Ok(()) => Ok(read),
        Err(error) => Err((String::new(), error)),
    });
    // A number where a word should be is a syntax error to the reader of words, and JSON all the same.
    let is_json = || serde_json::from_slice::<IgnoredAny>(bytes).is_ok();
    read.map_err(|(path, error)| match error.classify() {
        Category::Data => Problem::invalid(vec![fault(&path, &error.to_string())]),
        Category::Syntax if is_json() => Problem::invalid(vec![fault(&path, "")]),
        Category::Io | Category::Syntax | Category::Eof => {
            let detail = format!("not JSON: line {}, column {}", error.line(), error.column());
            Problem::new(StatusCode::BAD_REQUEST, "malformed_json", detail)
        }
    })
}

/// What serde says, without the value that it repeats.
fn fault(path: &str, said: &str) -> Fault {
    // The place follows the last ` at line `.
    let said = said.rsplit_once(" at line ").map_or(said, |(said, _)| said);
    let parent = if path == "." { "" } else { path };
    let within = |name: &str| if parent.is_empty() { name.to_owned() } else { format!("{parent}.{name}") };
    if let Some(name) = quoted(said, "missing field `") {
        return Fault::new(within(name), "is required");
    }
    if let Some(name) = quoted(said, "duplicate field `") {
        return Fault::new(within(name), "is there twice");
    }
    let unknown = said.starts_with("unknown field");
    let rule = match said.rsplit_once(", expected ") {
        Some((_, expected)) if unknown => format!("is not known; known are: {expected}"),
        Some((_, expected)) if expected.starts_with("struct ") => "must be an object".to_owned(),
        Some((_, expected)) => format!("must be {expected}"),
        None if unknown => "is not known".to_owned(),
        None => "cannot be read".to_owned(),
    };
    Fault::new(known(parent), rule)
}

fn quoted<'a>(said: &'a str, before: &str) -> Option<&'a str> {
    said.strip_prefix(before)?.split('`').next()
}

/// A path as it may be told: what a stranger made up as a name could be anything.
fn known(path: &str) -> String {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_.[]".contains(c);
    if !path.is_empty() && path.len() <= 128 && path.chars().all(plain) {
        path.to_owned()
    } else {
        "body".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only read")]
    struct Outer {
        kind: redress_domain::Kind,
        inner: Vec<Inner>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only read")]
    struct Inner {
        number: u32,
    }

    #[test]
    fn what_is_wrong_is_named_by_field_and_rule_and_never_repeated() {
        let cases = [
            ("anna", 400, "", ""),
            ("{\"kind\":\"anna", 400, "", ""),
            ("{\"kind\":\"access\",\"inner\":[]} anna", 400, "", ""),
            ("\"anna\"", 422, "body", "must be an object"),
            ("{\"inner\":[]}", 422, "kind", "is required"),
            ("{\"kind\":17,\"inner\":[]}", 422, "kind", "cannot be read"),
            ("{\"kind\":\"anna, expected nothing\",\"inner\":[]}", 422, "kind", "must be one of `access`"),
            (
                "{\"kind\":\"access\",\"inner\":[{\"number\":\"anna\"}]}",
                422,
                "inner[0].number",
                "must be u32",
            ),
            ("{\"kind\":\"access\",\"inner\":[{\"number\":-1}]}", 422, "inner[0].number", "must be u32"),
            ("{\"kind\":\"access\",\"inner\":[{}]}", 422, "inner[0].number", "is required"),
            (
                "{\"kind\":\"access\",\"inner\":[{\"Anna\":1}]}",
                422,
                "body",
                "is not known; known are: `number`",
            ),
            ("{\"kind\":\"access\",\"kind\":\"access\"}", 422, "kind", "is there twice"),
        ];
        for (body, status, field, rule) in cases {
            let problem = read_json::<Outer>(body.as_bytes()).expect_err(body);
            let told = serde_json::to_string(&problem).unwrap();
            assert_eq!(problem.status().as_u16(), status, "{body}: {told}");
            assert!(!told.to_lowercase().contains("anna"), "{body}: {told}");
            if status == 422 {
                let [fault] = problem.fields() else { panic!("{body}: {told}") };
                assert_eq!(fault.field, field, "{body}: {told}");
                assert!(fault.rule.starts_with(rule), "{body}: {told}");
            }
        }
    }
}
