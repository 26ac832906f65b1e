//! One small set of doors, and everything that stands before a handler.

use axum::{
    body::{Body as HttpBody, to_bytes},
    http::{Request, StatusCode, header},
};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use tower::ServiceExt as _;
use utoipa_axum::routes;

use super::*;
use crate::http::{Admitted, Body, Nothing, TokenSettings};

#[utoipa::path(get, path = "/v1/tenants/{tenant}/things", responses((status = 200, body = String)))]
async fn list(admitted: Admitted) -> String {
    admitted.who.name
}

/// Makes a thing.
#[utoipa::path(post, path = "/v1/tenants/{tenant}/things", request_body = Nothing, responses((status = 200)))]
async fn make(admitted: Admitted, Body(Nothing {}): Body<Nothing>) -> String {
    format!("{} own only: {}", admitted.who.name, admitted.own_only())
}

#[utoipa::path(post, path = "/v1/tenants/{tenant}/things/again", responses((status = 200)))]
async fn again(_: Admitted, body: Option<Body<Nothing>>) -> String {
    format!("a body: {}", body.is_some())
}

#[utoipa::path(get, path = "/things/{word}", params(("word" = String, Path)), responses((status = 200)))]
async fn by_word() -> &'static str {
    "whoever knows the word"
}

fn doors() -> Doors {
    let roles = Role::ALL.iter().map(|role| TokenSettings {
        sha256: hex::encode(Sha256::digest(format!("{role}-token"))),
        name: format!("the {role}"),
        tenant: "dublin".parse().unwrap(),
        role: *role,
    });
    let tokens = Tokens::new(&roles.collect::<Vec<_>>()).unwrap();
    Doors::new(Arc::new(tokens))
        .door(Action::ListRequests, routes!(list))
        .door(Action::Cancel, routes!(make))
        .door(Action::Submit, routes!(again))
        .open("who knows the word", routes!(by_word))
}

fn request(method: &str, path: &str, token: Option<&str>) -> axum::http::request::Builder {
    let request = Request::builder().method(method).uri(path);
    match token {
        Some(token) => request.header(header::AUTHORIZATION, token),
        None => request,
    }
}

/// Status, code (or the text) and headers of the answer.
async fn ask(request: Request<HttpBody>) -> (StatusCode, String, axum::http::HeaderMap) {
    let response = doors().finish().0.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap();
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let said = match serde_json::from_str::<Value>(&text) {
        Ok(problem) => {
            assert_eq!(parts.headers[header::CONTENT_TYPE], "application/problem+json", "{text}");
            assert_eq!(problem["status"], parts.status.as_u16(), "{text}");
            let code = problem["code"].as_str().unwrap().to_owned();
            assert_eq!(problem["type"], format!("urn:redress:problem:{code}"), "{text}");
            code
        }
        Err(_) => text,
    };
    (parts.status, said, parts.headers)
}

#[tokio::test]
async fn only_who_may_comes_to_the_handler() {
    let (here, there) = ("/v1/tenants/dublin/things", "/v1/tenants/cork/things");
    let cases = [
        ("GET", here, None, 401, "unauthorized"),
        ("GET", here, Some("auditor-token"), 401, "unauthorized"),
        ("GET", here, Some("Basic auditor-token"), 401, "unauthorized"),
        ("GET", here, Some("Bearer nobody"), 401, "unauthorized"),
        ("GET", here, Some("Bearer auditor-token"), 200, "the auditor"),
        ("GET", here, Some("bearer auditor-token"), 200, "the auditor"),
        ("GET", here, Some("Bearer subject-token"), 403, "not_allowed"),
        ("GET", there, Some("Bearer auditor-token"), 404, "not_found"),
        ("GET", there, Some("Bearer subject-token"), 404, "not_found"),
        ("GET", "/v1/tenants/Dublin/things", Some("Bearer auditor-token"), 404, "not_found"),
        ("POST", here, Some("Bearer auditor-token"), 403, "not_allowed"),
        ("POST", here, Some("Bearer subject-token"), 200, "the subject own only: true"),
        ("POST", here, Some("Bearer tenant_admin-token"), 200, "the tenant_admin own only: false"),
        ("PUT", here, Some("Bearer auditor-token"), 405, "method_not_allowed"),
        ("GET", "/v1/nothing", Some("Bearer auditor-token"), 404, "no_door"),
    ];
    for (method, path, token, status, said) in cases {
        let request = request(method, path, token).header(header::CONTENT_TYPE, "application/json");
        let (is, told, headers) = ask(request.body(HttpBody::from("{}")).unwrap()).await;
        assert_eq!((is.as_u16(), told.as_str()), (status, said), "{method} {path} {token:?}");
        let challenged = headers.contains_key(header::WWW_AUTHENTICATE);
        assert_eq!(challenged, is == StatusCode::UNAUTHORIZED, "{method} {path} {token:?}");
    }
}

#[tokio::test]
async fn a_body_is_json_of_its_shape_and_size() {
    let large = format!("{{\"a\":\"{}\"}}", "a".repeat(BODY_BYTES_MAX));
    let cases = [
        (Some("application/json"), "{}", 200, "the tenant_admin own only: false"),
        (Some("application/json; charset=utf-8"), "{}", 200, "the tenant_admin own only: false"),
        (Some("application/json"), "", 400, "malformed_json"),
        (Some("application/json"), "{", 400, "malformed_json"),
        (Some("application/json"), "{\"a\":1}", 422, "invalid"),
        (Some("application/json"), &large, 413, "too_large"),
        (Some("text/plain"), "{}", 415, "unsupported_media_type"),
        (None, "{}", 415, "unsupported_media_type"),
    ];
    for (content_type, body, status, said) in cases {
        let mut request = request("POST", "/v1/tenants/dublin/things", Some("Bearer tenant_admin-token"));
        if let Some(content_type) = content_type {
            request = request.header(header::CONTENT_TYPE, content_type);
        }
        let (is, told, _) = ask(request.body(HttpBody::from(body.to_owned())).unwrap()).await;
        assert_eq!((is.as_u16(), told.as_str()), (status, said), "{content_type:?} {} bytes", body.len());
    }
}

#[tokio::test]
async fn where_nothing_need_be_said_nothing_need_be_sent() {
    for (sent, content_type, status, said) in [
        ("", false, 200, "a body: false"),
        ("{}", true, 200, "a body: true"),
        ("{}", false, 415, "unsupported_media_type"),
        ("{", true, 400, "malformed_json"),
    ] {
        let mut request = request("POST", "/v1/tenants/dublin/things/again", Some("Bearer upstream-token"))
            .header(header::CONTENT_LENGTH, sent.len());
        if content_type {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        let (is, told, _) = ask(request.body(HttpBody::from(sent)).unwrap()).await;
        assert_eq!((is.as_u16(), told.as_str()), (status, said), "{sent}");
    }
}

#[test]
fn the_description_says_who_may_and_the_rows_name_every_door() {
    let doors = doors();
    let rows: Vec<(&str, Action)> = doors.rows().iter().map(|row| (row.method, row.action)).collect();
    assert_eq!(rows, [("GET", Action::ListRequests), ("POST", Action::Cancel), ("POST", Action::Submit)]);
    let described = serde_json::to_value(doors.finish().1).unwrap();
    let post = &described["paths"]["/v1/tenants/{tenant}/things"]["post"];
    let said = post["description"].as_str().unwrap_or_default();
    assert!(said.contains("`tenant_admin`, `upstream` (their own requests)"), "{described:#}");
    let problem = &post["responses"]["403"]["content"]["application/problem+json"]["schema"]["$ref"];
    assert_eq!(problem, "#/components/schemas/Problem");
    assert!(described["components"]["schemas"]["Problem"]["properties"]["code"].is_object());
    assert_eq!(described["components"]["securitySchemes"]["token"]["scheme"], "bearer");
}

#[test]
#[should_panic(expected = "does not begin with")]
fn a_door_that_is_nobodys_is_not_registered() {
    #[utoipa::path(get, path = "/v1/things", responses((status = 200)))]
    async fn nobodys() {}
    drop(Doors::<()>::new(Arc::default()).door(Action::ReadStatus, routes!(nobodys)));
}

#[test]
#[should_panic(expected = "two things are described under the name Nothing")]
fn a_name_in_the_description_stands_for_one_thing() {
    #[derive(serde::Serialize, utoipa::ToSchema)]
    #[schema(as = Nothing)]
    struct Something {
        what: String,
    }
    #[utoipa::path(get, path = "/v1/tenants/{tenant}/others", responses((status = 200, body = Something)))]
    async fn others() {}
    let others = Doors::<()>::new(Arc::default()).door(Action::ReadStatus, routes!(others));
    drop(doors().merge(others));
}

#[tokio::test]
async fn an_open_door_asks_nobody_who_they_are_and_says_so() {
    for token in [None, Some("Bearer nobody")] {
        let asked = request("GET", "/things/x", token).body(HttpBody::empty()).unwrap();
        let (status, said, _) = ask(asked).await;
        assert_eq!((status, said.as_str()), (StatusCode::OK, "whoever knows the word"));
    }
    assert_eq!(doors().open_paths(), ["/things/{word}"]);
    assert!(doors().rows().iter().all(|row| row.path.starts_with(PREFIX)));
    let document = serde_json::to_value(doors().finish().1).unwrap();
    let operation = &document["paths"]["/things/{word}"]["get"];
    assert_eq!(operation["security"], serde_json::json!([]));
    assert_eq!(operation["description"], "Roles: `everybody` (who knows the word).");
    assert!(operation["responses"].get("401").is_none() && operation["responses"].get("404").is_some());
}
