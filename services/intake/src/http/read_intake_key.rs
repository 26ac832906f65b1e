//! Gives the key that subjects are sealed to.

use axum::{Json, extract::State};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use redress_runtime::http::{Admitted, Problem};
use serde::Serialize;
use utoipa::ToSchema;

use super::Front;

/// The public half of the tenant's intake key.
#[derive(Serialize, ToSchema)]
pub(super) struct IntakeKey {
    /// How to seal to it: libsodium's `crypto_box_seal`.
    algorithm: &'static str,
    /// 32 bytes of X25519, in base64.
    #[schema(format = Byte)]
    public_key: String,
}

/// Gives the key to which a subject is sealed.
#[utoipa::path(
    get,
    path = "/v1/tenants/{tenant}/intake-key",
    tag = "requests",
    params(("tenant" = String, Path)),
    responses((status = 200, body = IntakeKey))
)]
pub(super) async fn read_intake_key(
    State(front): Front,
    admitted: Admitted,
) -> Result<Json<IntakeKey>, Problem> {
    let key = front.intake_key(admitted.tenant())?;
    let public_key = BASE64_STANDARD.encode(key);
    Ok(Json(IntakeKey { algorithm: "x25519-xsalsa20-poly1305-seal", public_key }))
}
