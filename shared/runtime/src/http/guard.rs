//! Lets in who may do what a door does. It stands before the handler: no handler can forget it.

use std::sync::Arc;

use axum::{
    extract::{FromRequestParts, Query, RawPathParams, Request, State, rejection::RawPathParamsRejection},
    http::{HeaderMap, StatusCode, Uri, header, request::Parts},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use redress_domain::{
    Role, TenantId,
    roles::{Action, Allowed, Who, allowed, owns},
};

use super::{Problem, Tokens, query::malformed_query};

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

/// What the guard of a door goes by.
#[derive(Clone)]
pub(super) struct Order {
    pub(super) tokens: Arc<Tokens>,
    /// What the door does.
    pub(super) action: Action,
    /// The parameters that its query may have.
    pub(super) query: Arc<[String]>,
}

/// Stands before every door.
pub(super) async fn guard(
    State(order): State<Order>,
    params: Result<RawPathParams, RawPathParamsRejection>,
    mut request: Request,
    next: Next,
) -> Response {
    // A path that is no text names nothing that is there.
    let params = params.as_ref().ok();
    let tenant =
        params.and_then(|all| all.iter().find(|(name, _)| *name == TENANT)).map(|(_, tenant)| tenant);
    let admitted = admit(&order.tokens, request.headers(), tenant, order.action);
    match admitted.and_then(|admitted| known(&order.query, request.uri()).map(|()| admitted)) {
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

/// What a door does not take is an error, also where it takes nothing.
fn known(names: &[String], uri: &Uri) -> Result<(), Problem> {
    let given = Query::<Vec<(String, String)>>::try_from_uri(uri).map_err(|_| malformed_query())?;
    let known = given.iter().all(|(name, _)| names.contains(name));
    if known { Ok(()) } else { Err(malformed_query()) }
}

fn token(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
