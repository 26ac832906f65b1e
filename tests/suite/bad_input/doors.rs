//! Doors over HTTP: door × input × what is answered. A door without a row fails.

use std::collections::BTreeSet;

use redress::{node::doors, roles::Role};
use redress_domain::{
    Role as TokenRole,
    roles::{Allowed, allowed},
};
use reqwest::StatusCode;

use crate::flows::world::World;

const POLICY: &str = "[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user'\ndo = 'null'\n";
/// Stands for a value that no answer may repeat.
const SECRET: &str = "anna";

/// Method and path of the door; what is sent: the rest of the path (`{..}` filled in) and a body; status, code, and
/// words that say what to do.
type Row = (&'static str, &'static str, &'static str, Option<&'static str>, u16, &'static str, &'static str);

const UNKNOWN: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

const ROWS: &[Row] = &[
    ("POST", "requests", "requests", Some("{\"kind\":"), 400, "malformed_json", "JSON"),
    (
        "POST",
        "requests",
        "requests",
        Some("{\"kind\":\"anna\",\"subject\":{\"sealed\":\"\"}}"),
        422,
        "invalid",
        "kind",
    ),
    (
        "POST",
        "requests",
        "requests",
        Some(
            "{\"kind\":\"access\",\"subject\":{\"clear\":{\"kind\":\"customer\",\"identifiers\":[{\"kind\":\"email\",\"value\":\"anna\"}]}}}",
        ),
        422,
        "invalid",
        "like name@example.com",
    ),
    (
        "POST",
        "requests",
        "requests",
        Some(
            "{\"kind\":\"access\",\"systems\":[\"anna\"],\"subject\":{\"clear\":{\"kind\":\"customer\",\"identifiers\":[{\"kind\":\"email\",\"value\":\"a@example.com\"}]}}}",
        ),
        422,
        "invalid",
        "systems[0]",
    ),
    ("POST", "requests", "requests", Some("{\"extra\":1}"), 422, "invalid", "extra"),
    ("GET", "requests", "requests?limit=0", None, 422, "invalid", "limit"),
    ("GET", "requests", "requests?cursor=anna", None, 422, "invalid", "cursor"),
    ("GET", "requests", "requests?anna=1", None, 400, "malformed_query", "query"),
    ("POST", "requests/search", "requests/search", Some("{}"), 422, "invalid", "identifier"),
    ("GET", "requests/{request}", "requests/anna", None, 404, "not_found", "no such thing"),
    ("GET", "requests/{request}", "requests/{unknown}", None, 404, "not_found", "no such thing"),
    ("GET", "requests/{request}", "requests/%FF", None, 404, "not_found", "no such thing"),
    (
        "POST",
        "requests/{request}/approve",
        "requests/{request}/approve",
        Some("{\"plan_digest\":\"anna\"}"),
        422,
        "invalid",
        "plan_digest",
    ),
    (
        "POST",
        "requests/{request}/decline",
        "requests/{request}/decline",
        Some("{\"reason\":\" \"}"),
        422,
        "invalid",
        "reason",
    ),
    (
        "POST",
        "requests/{request}/cancel",
        "requests/{request}/cancel",
        Some("{\"reason\":1}"),
        422,
        "invalid",
        "reason",
    ),
    ("POST", "requests/{request}/verify", "requests/{request}/verify", Some("{}"), 422, "invalid", "method"),
    (
        "POST",
        "requests/{request}/candidates",
        "requests/{request}/candidates",
        Some("{\"accepted\":\"anna\"}"),
        422,
        "invalid",
        "accepted",
    ),
    (
        "POST",
        "requests/{request}/accept-remains",
        "requests/{request}/accept-remains",
        Some("{\"reason\":\"a\"}"),
        409,
        "not_now",
        "cannot be changed so",
    ),
    (
        "POST",
        "requests/{request}/retry",
        "requests/{request}/retry",
        Some("{\"extra\":1}"),
        422,
        "invalid",
        "extra",
    ),
    (
        "POST",
        "requests/{request}/give-up",
        "requests/{request}/give-up",
        Some("{\"reason\":\"a\"}"),
        409,
        "not_now",
        "cannot be changed so",
    ),
    ("GET", "intake-key", "intake-key?anna=1", None, 400, "malformed_query", "query"),
    ("GET", "packages", "packages?limit=anna", None, 422, "invalid", "limit"),
    ("GET", "packages/{package}", "packages/anna", None, 404, "not_found", "no such thing"),
    ("GET", "packages/{package}", "packages/{unknown}", None, 404, "not_found", "no such thing"),
    (
        "GET",
        "packages/{package}/files/{*path}",
        "packages/{unknown}/files/index.html",
        None,
        404,
        "not_found",
        "no such thing",
    ),
    (
        "GET",
        "packages/{package}/files/{*path}",
        "packages/{unknown}/files/%2e%2e/%2e%2e/keys",
        None,
        404,
        "not_found",
        "no such thing",
    ),
    (
        "POST",
        "packages/{package}/links",
        "packages/{unknown}/links",
        Some("{\"hours\":721}"),
        422,
        "invalid",
        "must be 1 to 720",
    ),
    (
        "POST",
        "packages/{package}/links",
        "packages/{unknown}/links",
        Some("{\"hours\":\"anna\"}"),
        422,
        "invalid",
        "hours",
    ),
    ("POST", "packages/{package}/links", "packages/{unknown}/links", None, 404, "not_found", "no such thing"),
    ("GET", "ledger", "ledger?from=anna", None, 422, "invalid", "from"),
    ("GET", "ledger/verify", "ledger/verify?anna=1", None, 400, "malformed_query", "query"),
    ("GET", "parked", "parked?limit=201", None, 422, "invalid", "limit"),
    ("GET", "parked/{service}/{id}", "parked/intake/{unknown}", None, 404, "not_found", "no such thing"),
    (
        "POST",
        "parked/{service}/{id}/replay",
        "parked/anna!/{unknown}/replay",
        None,
        404,
        "not_found",
        "no such thing",
    ),
    (
        "POST",
        "parked/{service}/{id}/drop",
        "parked/intake/{unknown}/drop",
        None,
        404,
        "not_found",
        "no such thing",
    ),
    ("GET", "status", "status?anna=1", None, 400, "malformed_query", "query"),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_door_says_what_is_wrong() {
    let world = World::start(("local", "sqlite"), 7, POLICY).await;
    let request = world.submit("access", &crate::sql::company::email(1)).await;
    world.settled(&request).await;
    for (method, _, path, body, status, code, words) in ROWS {
        let path = path.replace("{request}", &request).replace("{unknown}", UNKNOWN);
        let (answered, text) = world.raw("ada", method, &format!("dublin/{path}"), *body).await;
        assert_eq!(answered.as_u16(), *status, "{method} {path}: {text}");
        assert!(text.contains(code) && text.contains(words), "{method} {path}: {text}");
        assert!(!text.contains(SECRET), "{method} {path} repeats a value: {text}");
    }
    at_every_door(&world, &request).await;
    world.approve(&request).await;
    assert_eq!(world.settled(&request).await["closing"], "completed", "whatever was sent beside it");
    let named: BTreeSet<String> = ROWS.iter().map(|(method, door, ..)| format!("{method} {door}")).collect();
    let rows = doors(&world.parts, &Role::ALL).rows().to_vec();
    for row in &rows {
        let door = format!("{} {}", row.method, row.path.trim_start_matches("/v1/tenants/{tenant}/"));
        assert!(named.contains(&door), "{door} has no row");
    }
    assert_eq!(named.len(), rows.len(), "a row of a door that is gone");
    world.stop().await;
}

/// What is wrong whatever the door: a query that it does not know; a body that is too long, is cut off, has no type.
async fn at_every_door(world: &World, request: &str) {
    let long = format!("{{\"reason\":\"{}\"}}", "a".repeat(1 << 20));
    for row in doors(&world.parts, &Role::ALL).rows() {
        let path = filled(&row.path, request);
        let told = async |query: &str, body: Option<&str>, status: u16, code: &str| {
            let (answered, text) = world.raw("ada", row.method, &format!("dublin/{path}{query}"), body).await;
            let right = answered.as_u16() == status && text.contains(code) && !text.contains(SECRET);
            assert!(right, "{} {path}{query}: {answered} {text}", row.method);
        };
        told("?anna=1", None, 400, "malformed_query").await;
        if row.method == "POST" {
            told("", Some(&long), 413, "too_large").await;
            told("", Some("{\"anna"), 400, "malformed_json").await;
            told("", Some("{\"extra\":1}"), 422, "invalid").await;
        }
    }
}

/// A door's path after the tenant, with something in the place of each parameter.
fn filled(path: &str, request: &str) -> String {
    let path = path.trim_start_matches("/v1/tenants/{tenant}/").replace("{request}", request);
    let path = path.replace("{package}", request).replace("{*path}", "index.html");
    path.replace("{service}", "intake").replace("{id}", UNKNOWN)
}

/// Whatever the door: no token, a wrong one, another tenant, a tenant that is not there, a role that may not.
#[tokio::test(flavor = "multi_thread")]
async fn every_door_opens_to_its_roles_in_their_own_tenant_alone() {
    let world = World::start(("local", "sqlite"), 8, POLICY).await;
    let request = world.submit("access", &crate::sql::company::email(1)).await;
    let people = [
        ("ada", TokenRole::TenantAdmin),
        ("rory", TokenRole::Reviewer),
        ("olga", TokenRole::Operator),
        ("aidan", TokenRole::Auditor),
        ("shop", TokenRole::Upstream),
        ("someone", TokenRole::Subject),
    ];
    for row in doors(&world.parts, &Role::ALL).rows() {
        let path = filled(&row.path, &request);
        let said = async |who: &str, tenant: &str| {
            let (status, text) = world.raw(who, row.method, &format!("{tenant}/{path}"), None).await;
            assert!(status.as_u16() < 500, "{who} {tenant} {path}: {status} {text}");
            status
        };
        for stranger in ["", "nobody"] {
            assert_eq!(said(stranger, "dublin").await, StatusCode::UNAUTHORIZED, "{path}");
        }
        assert_eq!(said("grace", "dublin").await, StatusCode::NOT_FOUND, "{path}: of another tenant");
        for (who, role) in people {
            for tenant in ["galway", "nowhere"] {
                assert_eq!(said(who, tenant).await, StatusCode::NOT_FOUND, "{who} {path}: {tenant}");
            }
            let (status, may) = (said(who, "dublin").await, allowed(role, true, row.action));
            let refused = status == StatusCode::FORBIDDEN;
            assert_eq!(refused, may == Allowed::No, "{who} ({role}) {} {path}: {status}", row.method);
        }
    }
    world.stop().await;
}
