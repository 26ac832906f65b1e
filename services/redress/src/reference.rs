//! The description of the doors, for people: one page, made of the description for programs when the process
//! starts. It needs no token, no script and no other server.

mod schema;
#[cfg(test)]
mod tests;
mod text;

use askama::Template;
use axum::{
    body::Bytes,
    http::{HeaderName, header},
};
use serde_json::Value;
use utoipa::openapi::{OpenApi, Server};

use self::{
    schema::{Field, Piece, Schemas, Shape},
    text::{Role, Span},
};

/// What the page may load: nothing; its style is in it.
const MAY: &str = "default-src 'none'; style-src 'unsafe-inline'";
/// The methods of OpenAPI that doors have, in the order in which they are shown.
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];
/// The tags, in the order in which somebody meets them. Any other comes after.
const TAGS: [&str; 6] = ["requests", "review", "packages", "ledger", "parked", "status"];
/// In every path, and told once.
const TENANT: &str = "tenant";
/// Problems that every door has: they are told once.
const COMMON: [&str; 4] = ["401", "403", "404", "default"];

/// A page with its headers.
pub type Page = ([(HeaderName, &'static str); 3], Bytes);

/// See the module.
#[derive(Template)]
#[template(path = "reference.html")]
struct Reference {
    version: String,
    groups: Vec<Group>,
    common: Vec<Answer>,
    schemas: Vec<Shape>,
}

/// Operations of one tag.
struct Group {
    tag: String,
    operations: Vec<Operation>,
}

struct Operation {
    anchor: String,
    /// A few words.
    label: String,
    method: String,
    /// In parts, so that parameters can look like what they are.
    path: Vec<Piece>,
    summary: String,
    paragraphs: Vec<Vec<Span>>,
    roles: Vec<Role>,
    parameters: Vec<Field>,
    body: Option<Body>,
    answers: Vec<Answer>,
}

struct Body {
    is_required: bool,
    shape: Shape,
}

struct Answer {
    status: String,
    text: Vec<Span>,
    media_types: Vec<String>,
    of: Vec<Piece>,
}

/// The description as it is served: it says whose it is, and its paths are spelled as OpenAPI spells them.
#[must_use]
pub fn described(mut openapi: OpenApi) -> OpenApi {
    "Redress".clone_into(&mut openapi.info.title);
    env!("CARGO_PKG_VERSION").clone_into(&mut openapi.info.version);
    openapi.info.description = Some("Data subject requests, and what is done about them.".to_owned());
    openapi.servers = Some(vec![Server::new("/")]);
    let paths = std::mem::take(&mut openapi.paths.paths);
    // A parameter that takes in slashes is a matter of the router.
    openapi.paths.paths = paths.into_iter().map(|(path, item)| (path.replace("{*", "{"), item)).collect();
    openapi
}

/// The page of a description.
///
/// # Panics
/// Never: a description is JSON, and a page is text.
pub fn page(openapi: &OpenApi) -> Page {
    let document = serde_json::to_value(openapi).expect("a description is JSON");
    let html = Reference::new(&document).render().expect("a page is text");
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, MAY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, html.into())
}

impl Reference {
    fn new(document: &Value) -> Self {
        let schemas = Schemas::of(document);
        let mut groups: Vec<Group> = Vec::new();
        for (path, item) in document["paths"].as_object().into_iter().flatten() {
            for method in METHODS {
                let Some(operation) = item.get(method) else { continue };
                let tag = operation["tags"][0].as_str().unwrap_or("others");
                let operation = Operation::new(&schemas, method, path, operation);
                match groups.iter_mut().find(|group| group.tag == tag) {
                    Some(group) => group.operations.push(operation),
                    None => groups.push(Group { tag: tag.to_owned(), operations: vec![operation] }),
                }
            }
        }
        groups.sort_by_key(|group| TAGS.iter().position(|tag| *tag == group.tag).unwrap_or(TAGS.len()));
        let first = document["paths"]
            .as_object()
            .into_iter()
            .flatten()
            .flat_map(|(_, item)| METHODS.iter().filter_map(|method| item.get(method)))
            // Of a door that has a guard.
            .find(|operation| operation.get("security").is_none());
        let common = first.map(|operation| answers(&schemas, operation, true)).unwrap_or_default();
        let version = document["info"]["version"].as_str().unwrap_or_default().to_owned();
        Self { version, groups, common, schemas: schemas.shapes() }
    }
}

impl Operation {
    fn new(schemas: &Schemas<'_>, method: &str, path: &str, operation: &Value) -> Self {
        let (paragraphs, roles) = text::split(operation["description"].as_str().unwrap_or_default());
        let id = operation["operationId"].as_str().unwrap_or(path);
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        Self {
            anchor: format!("do-{id}"),
            label: id.replace('_', " "),
            method: method.to_uppercase(),
            path: pieces(path),
            summary: operation["summary"].as_str().unwrap_or(id).trim_end_matches('.').to_owned(),
            paragraphs,
            roles,
            parameters: parameters
                .filter(|parameter| parameter["name"] != TENANT)
                .map(|parameter| schemas.parameter(parameter))
                .collect(),
            body: operation.get("requestBody").map(|body| Body::new(schemas, body)),
            answers: answers(schemas, operation, false),
        }
    }
}

impl Body {
    fn new(schemas: &Schemas<'_>, body: &Value) -> Self {
        let schema = &body["content"]["application/json"]["schema"];
        let is_required = body["required"].as_bool().unwrap_or_default() && !schema::may_be_null(schema);
        Self { is_required, shape: schemas.resolved(schema) }
    }
}

impl Answer {
    fn new(schemas: &Schemas<'_>, status: &str, response: &Value) -> Self {
        let content = response["content"].as_object();
        // What comes in several forms has no one schema.
        let only = content.filter(|content| content.len() == 1).and_then(|content| content.values().next());
        let schema = only.map(|content| &content["schema"]);
        Self {
            status: if status == "default" { "other".to_owned() } else { status.to_owned() },
            text: text::spans(response["description"].as_str().unwrap_or_default()),
            media_types: content.into_iter().flatten().map(|(media_type, _)| media_type.clone()).collect(),
            of: schema.map(|schema| schemas.kind(schema)).unwrap_or_default(),
        }
    }

    /// Whether its content is JSON, which goes without saying, and so does a problem's.
    fn is_json(&self) -> bool {
        self.media_types.iter().all(|media_type| media_type.ends_with("json"))
    }
}

/// Those that every door has, or the others.
fn answers(schemas: &Schemas<'_>, operation: &Value, common: bool) -> Vec<Answer> {
    let all = operation["responses"].as_object().into_iter().flatten();
    let wanted = all.filter(|(status, _)| COMMON.contains(&status.as_str()) == common);
    wanted.map(|(status, response)| Answer::new(schemas, status, response)).collect()
}

/// A path in parts; those that stand for something have a link to nothing.
fn pieces(path: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        pieces.push(Piece::plain(before));
        pieces.push(Piece::parameter(name));
        rest = after;
    }
    pieces.push(Piece::plain(rest));
    pieces.retain(|piece| !piece.text.is_empty());
    pieces
}
