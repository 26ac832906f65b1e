//! Lets in who may do what a door does. It stands before the handler: no handler can forget it.

use std::sync::Arc;

use axum::{
    extract::{FromRequestParts, RawPathParams, Request, State},
    http::{HeaderMap, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use redress_domain::{
    Role, TenantId,
    roles::{Action, Allowed, Who, allowed, owns},
};

use super::{Problem, Tokens};

/// The parameter of a path that names the tenant.
pub(super) const TENANT: &str = "tenant";

/// Somebody who may do what the door does: the handler's proof that they were let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admitted {
    /// Who.
    pub who: Who,
    own_only: bool,
}

impl Admitted {
    /// The tenant that they were let in to.
    pub fn tenant(&self) -> &TenantId {
        &self.who.tenant
    }

    /// Whether only their own requests are theirs to see: handlers that load one ask [`Admitted::may`].
    pub fn own_only(&self) -> bool {
        self.own_only
    }

    /// Whether they may have to do with a request that this one handed in for this requester.
    ///
    /// # Errors
    /// [`Problem::not_found`]: it is as if the request were not there.
    pub fn may(&self, handed_in_by: (Role, &str), requester: Option<&str>) -> Result<(), Problem> {
        if self.own_only && !owns(&self.who, handed_in_by, requester) {
            return Err(Problem::not_found());
        }
        Ok(())
    }
}

impl<S: Sync> FromRequestParts<S> for Admitted {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let unguarded = || Problem::internal(&"a door is not registered through `Doors`");
        parts.extensions.get().cloned().ok_or_else(unguarded)
    }
}

/// Stands before every door.
pub(super) async fn guard(
    State((tokens, action)): State<(Arc<Tokens>, Action)>,
    params: RawPathParams,
    mut request: Request,
    next: Next,
) -> Response {
    let tenant = params.iter().find(|(name, _)| *name == TENANT).map(|(_, tenant)| tenant);
    match admit(&tokens, request.headers(), tenant, action) {
        Ok(admitted) => {
            request.extensions_mut().insert(admitted);
            next.run(request).await
        }
        Err(problem) => problem.into_response(),
    }
}

/// Who sends this, and may they? A foreign tenant looks as if it were not there, whatever the role.
fn admit(
    tokens: &Tokens,
    headers: &HeaderMap,
    tenant: Option<&str>,
    action: Action,
) -> Result<Admitted, Problem> {
    let who = token(headers).and_then(|token| tokens.who(token)).ok_or_else(Problem::unauthorized)?;
    if tenant != Some(who.tenant.as_str()) {
        return Err(Problem::not_found());
    }
    match allowed(who.role, true, action) {
        Allowed::No => {
            let detail = format!("the role `{}` does not include `{action}`", who.role);
            Err(Problem::new(StatusCode::FORBIDDEN, "not_allowed", detail))
        }
        may => Ok(Admitted { who: who.clone(), own_only: may == Allowed::OwnOnly }),
    }
}

fn token(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
