//! Where doors are registered: each with what it does, so that who may is decided in one place and a test
//! can walk them all.

use std::{collections::BTreeMap, sync::Arc};

use axum::{Router, extract::DefaultBodyLimit, middleware::from_fn_with_state};
use redress_domain::{
    Role,
    roles::{Action, Allowed, allowed},
};
use utoipa::openapi::{
    ComponentsBuilder, ContentBuilder, OpenApi, Ref, RefOr, ResponseBuilder, Schema,
    path::{Operation, ParameterIn, PathItem},
    security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme},
};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

use super::{
    BODY_BYTES_MAX, Fault, Problem, Tokens,
    guard::{Order, guard},
};

/// Every door's path begins so.
const PREFIX: &str = "/v1/tenants/{tenant}/";

/// One door, for the test that walks them all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoorRow {
    /// The HTTP method, in capitals.
    pub method: &'static str,
    /// The path, with `{tenant}` and other parameters.
    pub path: String,
    /// What it does.
    pub action: Action,
}

/// Doors: routes, their description, and what each does. `S` is the state that their handlers still want.
pub struct Doors<S = ()> {
    tokens: Arc<Tokens>,
    router: OpenApiRouter<S>,
    rows: Vec<DoorRow>,
    open: Vec<String>,
    schemas: Schemas,
}

/// What each name in the description stands for.
type Schemas = BTreeMap<String, RefOr<Schema>>;

impl<S: Clone + Send + Sync + 'static> Doors<S> {
    /// None yet. These tokens will open them.
    pub fn new(tokens: Arc<Tokens>) -> Self {
        let (rows, open, schemas) = (Vec::new(), Vec::new(), Schemas::new());
        Self { tokens, router: OpenApiRouter::default(), rows, open, schemas }
    }

    /// A door that does this, made with `routes!(handler)`. Whoever may not is stopped before the handler.
    ///
    /// # Panics
    /// When its path does not begin with `/v1/tenants/{tenant}/`: nobody could say whose it is. When a name in
    /// its description stands for something else at another door: `#[schema(as = ..)]` gives it one of its own.
    #[must_use]
    pub fn door(mut self, action: Action, (schemas, mut paths, handlers): UtoipaMethodRouter<S>) -> Self {
        let mut query = Vec::new();
        for (path, item) in &mut paths.paths {
            assert!(path.starts_with(PREFIX), "the path {path} does not begin with {PREFIX}");
            for (method, operation) in operations(item) {
                describe(operation, &roles(action), &[UNKNOWN_TOKEN, NOT_INCLUDED]);
                query.extend(query_of(operation));
                self.rows.push(DoorRow { method, path: path.clone(), action });
            }
        }
        note(&mut self.schemas, schemas.iter().cloned());
        let order = Order { tokens: self.tokens.clone(), action, query: query.into() };
        let guarded = handlers.route_layer(from_fn_with_state(order, guard));
        Self { router: self.router.routes((schemas, paths, guarded)), ..self }
    }

    /// A door without a guard: its handler looks at nothing but what `key` is, such as `who has the link`, and
    /// gives nothing to anybody else.
    ///
    /// # Panics
    /// When its path is that of a guarded door. As [`door`](Self::door), about a name in its description.
    #[must_use]
    pub fn open(mut self, key: &str, (schemas, mut paths, handlers): UtoipaMethodRouter<S>) -> Self {
        for (path, item) in &mut paths.paths {
            assert!(!path.starts_with(PREFIX), "the path {path} is a guarded one");
            for (_, operation) in operations(item) {
                describe(operation, &format!("`everybody` ({key})"), &[]);
                operation.security = Some(Vec::new());
            }
            self.open.push(path.clone());
        }
        note(&mut self.schemas, schemas.iter().cloned());
        Self { router: self.router.routes((schemas, paths, handlers)), ..self }
    }

    /// Gives the handlers the state that they want.
    pub fn with_state(self, state: S) -> Doors {
        let Self { tokens, router, rows, open, schemas } = self;
        Doors { tokens, router: router.with_state(state), rows, open, schemas }
    }
}

impl Doors {
    /// These and those.
    ///
    /// # Panics
    /// As [`Doors::door`], about a name in their descriptions.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.rows.extend(other.rows);
        self.open.extend(other.open);
        note(&mut self.schemas, other.schemas);
        Self { router: self.router.merge(other.router), ..self }
    }

    /// The paths of the doors without a guard.
    pub fn open_paths(&self) -> &[String] {
        &self.open
    }

    /// Every door that has a guard.
    pub fn rows(&self) -> &[DoorRow] {
        &self.rows
    }

    /// The routes, and their description by OpenAPI. What has no door is a [`Problem`] too.
    pub fn finish(self) -> (Router, OpenApi) {
        let (router, mut openapi) = self.router.split_for_parts();
        let token = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
        let components = openapi.components.take().unwrap_or_default();
        let components = ComponentsBuilder::from(components)
            .security_scheme("token", token)
            .schema_from::<Problem>()
            .schema_from::<Fault>();
        openapi.components = Some(components.build());
        openapi.security = Some(vec![SecurityRequirement::new("token", [""; 0])]);
        let router = router
            .fallback(|| async { Problem::no_door() })
            .method_not_allowed_fallback(|| async {
                let status = axum::http::StatusCode::METHOD_NOT_ALLOWED;
                Problem::new(status, "method_not_allowed", "this door does not open with that method")
            })
            .layer(DefaultBodyLimit::max(BODY_BYTES_MAX));
        (router, openapi)
    }
}

fn note(known: &mut Schemas, new: impl IntoIterator<Item = (String, RefOr<Schema>)>) {
    for (name, schema) in new {
        let there = known.entry(name.clone()).or_insert_with(|| schema.clone());
        assert!(*there == schema, "two things are described under the name {name}");
    }
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    let PathItem { get, post, put, patch, delete, .. } = item;
    let all = [("GET", get), ("POST", post), ("PUT", put), ("PATCH", patch), ("DELETE", delete)];
    all.into_iter().filter_map(|(method, operation)| Some((method, operation.as_mut()?)))
}

/// The parameters of its query, as they are described.
fn query_of(operation: &Operation) -> impl Iterator<Item = String> {
    operation.parameters.iter().flatten().filter_map(|parameter| match parameter {
        RefOr::T(parameter) if parameter.parameter_in == ParameterIn::Query => Some(parameter.name.clone()),
        _ => None,
    })
}

/// What may go wrong at a door: status and words.
type Wrong = (&'static str, &'static str);

const UNKNOWN_TOKEN: Wrong = ("401", "No token, or one that is not known.");
const NOT_INCLUDED: Wrong = ("403", "The role does not include this.");

/// Who may do something, in words.
fn roles(action: Action) -> String {
    let role = |role: &Role| match allowed(*role, true, action) {
        Allowed::No => None,
        Allowed::OwnOnly => Some(format!("`{role}` (their own requests)")),
        Allowed::Yes => Some(format!("`{role}`")),
    };
    Role::ALL.iter().filter_map(role).collect::<Vec<_>>().join(", ")
}

/// Says in the description who may, and what may go wrong there and at any door.
fn describe(operation: &mut Operation, roles: &str, wrong: &[Wrong]) {
    let said = operation.description.take().map(|said| said + "\n\n").unwrap_or_default();
    operation.description = Some(format!("{said}Roles: {roles}."));
    let at_any =
        [("404", "There is no such thing, or it is another tenant's."), ("default", "Any other problem.")];
    for (status, what) in wrong.iter().chain(&at_any) {
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
        let response = ResponseBuilder::new().description(*what).content("application/problem+json", content);
        let responses = &mut operation.responses.responses;
        responses.entry((*status).to_owned()).or_insert_with(|| response.build().into());
    }
}

#[cfg(test)]
mod tests;
