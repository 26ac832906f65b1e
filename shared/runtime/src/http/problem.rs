//! Errors as RFC 9457 has them, with a stable code and the fields that are at fault.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use redress_store::StoreError;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Refused, StepError};

/// What is wrong with one field. Names the rule, never the value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Fault {
    /// Which field, e.g. `subject.clear.identifiers[0].value`.
    pub field: String,
    /// What it should be.
    pub rule: String,
}

impl Fault {
    /// This field breaks this rule.
    pub fn new(field: impl Into<String>, rule: impl Into<String>) -> Self {
        Self { field: field.into(), rule: rule.into() }
    }
}

/// Why a request was not done: `application/problem+json` of RFC 9457.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Problem {
    /// A URI of the kind of problem: `urn:redress:problem:` and the code.
    #[serde(rename = "type")]
    kind: String,
    /// A summary of the status.
    title: String,
    /// The HTTP status.
    status: u16,
    /// A sentence for a person, without personal data.
    detail: String,
    /// A stable code for programs.
    code: &'static str,
    /// The fields at fault, where it is about fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<Fault>,
}

impl Problem {
    /// A problem with this status, code and sentence.
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            kind: format!("urn:redress:problem:{code}"),
            title: status.canonical_reason().unwrap_or_default().to_owned(),
            status: status.as_u16(),
            detail: detail.into(),
            code,
            fields: Vec::new(),
        }
    }

    /// 401: no token, or one that nobody has.
    pub fn unauthorized() -> Self {
        let detail = "send a token that is known here as `Authorization: Bearer <token>`";
        Self::new(StatusCode::UNAUTHORIZED, "unauthorized", detail)
    }

    /// 404: there is no such thing, or it is somebody else's. No difference is told.
    pub fn not_found() -> Self {
        let detail = "there is no such thing, or it is not yours to see";
        Self::new(StatusCode::NOT_FOUND, "not_found", detail)
    }

    /// 404: nothing has this address here.
    pub fn no_door() -> Self {
        let detail = "there is no such door at this address: /docs describes those that are here";
        Self::new(StatusCode::NOT_FOUND, "no_door", detail)
    }

    /// 409: it does not fit how things stand.
    pub fn conflict(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, code, detail)
    }

    /// 422: fields that break rules.
    pub fn invalid(fields: Vec<Fault>) -> Self {
        let detail = match fields.as_slice() {
            [one] => format!("`{}`: {}", one.field, one.rule),
            many => format!("{} fields are not as they should be", many.len()),
        };
        Self { fields, ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", detail) }
    }

    /// 500: a defect of ours. The cause is logged here, and told to nobody.
    pub fn internal(cause: &dyn std::fmt::Display) -> Self {
        tracing::error!(%cause, "a door failed");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "this is our fault: it has been logged")
    }

    /// 503: what it takes is not there at the moment.
    pub fn unavailable(cause: &dyn std::fmt::Display) -> Self {
        tracing::warn!(%cause, "a door could not be served");
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", "this cannot be done now: try again")
    }

    /// The stable code.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// The sentence for a person.
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The fields at fault.
    pub fn fields(&self) -> &[Fault] {
        &self.fields
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status();
        let mut response = (status, axum::Json(self)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"redress\""));
        }
        if status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        }
        response
    }
}

impl From<StepError> for Problem {
    fn from(error: StepError) -> Self {
        match error {
            StepError::Away(error) => error.into(),
            StepError::Newer => Self::unavailable(&error),
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Away(_) | StoreError::Conflict(_) => Self::unavailable(&error),
            StoreError::Broken(_) | StoreError::Schema(_) => Self::internal(&error),
        }
    }
}

impl From<Refused> for Problem {
    /// What a decision refuses does not fit how things stand. Another tenant's request is nobody's.
    fn from(refused: Refused) -> Self {
        match refused.code {
            "foreign_tenant" => Self::not_found(),
            "panicked" | "unreadable_state" => Self::internal(&refused),
            code => Self::conflict(code, refused.detail),
        }
    }
}
