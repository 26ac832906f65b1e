//! The query of a URL, with its errors as a [`Problem`].

use axum::{
    extract::{FromRequestParts, Query},
    http::{StatusCode, request::Parts},
};
use serde::de::DeserializeOwned;

use super::Problem;

/// A query, read into a `T` of optional texts: what they should be is the handler's to say.
#[derive(Debug, Clone, Copy)]
pub struct QueryOf<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for QueryOf<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let read = Query::from_request_parts(parts, state).await;
        read.map(|Query(read)| Self(read)).map_err(|_| malformed_query())
    }
}

/// The framework's own words would repeat what was sent.
pub(super) fn malformed_query() -> Problem {
    let detail = "the query has a parameter that is not known here, or one twice";
    Problem::new(StatusCode::BAD_REQUEST, "malformed_query", detail)
}
