//! The page of all doors, as a process serves it; and schemas in words.

use std::{collections::BTreeSet, fs};

use reqwest::{Client, redirect::Policy};
use serde_json::{Value, json};

use super::{
    schema::{Piece, Schemas},
    *,
};
use crate::{
    node::Node,
    parts::{Parts, open_store},
    roles::Role as Runs,
    settings::Settings,
};

const SETTINGS: &str = "http.listen = '127.0.0.1:0'\n[[tenant]]\nname = 'dublin'\npolicy = 'policy.toml'\n\
                        time_zone = 'Europe/Dublin'\nkey = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='\n";

/// What comes after each of these, up to a quote.
fn after<'a>(html: &'a str, before: &'a str) -> impl Iterator<Item = &'a str> {
    html.split(before).skip(1).filter_map(|rest| rest.split('"').next())
}

#[tokio::test]
async fn every_door_is_on_the_page_that_a_process_serves_to_everybody() {
    crate::choose_tls();
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("policy.toml"), "[policy]\nrule = []\n").unwrap();
    let settings = Settings::of_text(SETTINGS, folder.path(), folder.path()).unwrap();
    open_store(&settings).await.unwrap().migrate().await.unwrap();
    let parts = Parts::open(settings).await.unwrap();
    let node = Node::start(&parts, &Runs::ALL).await.unwrap();
    let http = Client::builder().redirect(Policy::none()).build().unwrap();
    let get = async |path: &str| http.get(format!("http://{}{path}", node.address)).send().await.unwrap();
    let root = get("/").await;
    assert_eq!((root.status().as_u16(), root.headers()["location"].as_bytes()), (303, &b"/docs"[..]));
    let answer = get("/docs").await;
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["content-security-policy"], MAY);
    let html = answer.text().await.unwrap();
    let document: Value = get("/openapi.json").await.json().await.unwrap();
    node.stop().await;

    assert_eq!((&document["info"]["title"], &document["openapi"]), (&json!("Redress"), &json!("3.1.0")));
    let mut doors = 0;
    for (path, item) in document["paths"].as_object().unwrap() {
        assert!(!path.contains('*'), "{path}");
        for (method, operation) in item.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap();
            let summary = operation["summary"].as_str().unwrap().trim_end_matches('.');
            assert!(html.contains(&format!("id=\"do-{id}\"")), "{method} {path}");
            assert!(html.contains(&format!("<h3>{}</h3>", summary.replace('\'', "&#39;"))), "{summary}");
            doors += 1;
        }
    }
    let registered = crate::node::doors(&parts, &Runs::ALL);
    assert_eq!(doors, registered.rows().len() + registered.open_paths().len());
    assert_eq!(html.matches("class=\"roles\"").count(), doors, "each says who may");
    let ids: Vec<&str> = after(&html, " id=\"").collect();
    let all: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), all.len(), "each place is there once");
    for place in after(&html, "href=\"#") {
        assert!(all.contains(place), "#{place}");
    }
    for foreign in ["<script", "src=", "http://", "https://", "@import", "url("] {
        assert!(!html.contains(foreign), "{foreign}");
    }
    for shown in ["<code>clear</code>", "<code>plan_digest</code>", "their own requests", "crypto_box_seal"] {
        assert!(html.contains(shown), "{shown}");
    }
}

fn text(kind: &[Piece]) -> String {
    kind.iter().map(|piece| piece.text.as_str()).collect()
}

#[test]
fn a_schema_is_told_in_words() {
    let document = json!({ "components": { "schemas": {
        "Thing": { "type": "object", "required": ["id"], "properties": { "id": { "type": "string", "format": "uuid" } } },
        "Wider": { "allOf": [{ "$ref": "#/components/schemas/Thing" }, { "type": "object", "properties": {
            "inner": { "type": "object", "required": ["deep"], "properties": { "deep": { "type": "boolean" } } },
        } }] },
        "Either": { "oneOf": [{ "$ref": "#/components/schemas/Thing" }, { "type": "object", "properties": { "b": {} } }] },
        "Word": { "type": "string", "enum": ["one", "two"] },
        "Loop": { "type": "object", "properties": { "loop": { "$ref": "#/components/schemas/Loop" } } },
    } } });
    let schemas = Schemas::of(&document);
    let thing = json!({ "$ref": "#/components/schemas/Thing" });
    for (schema, expected) in [
        (thing.clone(), "Thing"),
        (json!({ "oneOf": [{ "type": "null" }, thing] }), "Thing or null"),
        (json!({ "oneOf": [{ "type": "integer" }, thing] }), "whole number or Thing"),
        (json!({ "type": "array", "items": thing }), "list of Thing"),
        (json!({ "type": ["array", "null"], "items": { "type": "string" } }), "list of text or null"),
        (json!({ "type": ["string", "null"], "format": "date-time" }), "time or null"),
        (json!({ "type": "string", "format": "byte" }), "base64"),
        (json!({}), "any value"),
    ] {
        assert_eq!(text(&schemas.kind(&schema)), expected, "{schema}");
    }
    let shapes = schemas.shapes();
    let told: Vec<String> = shapes
        .iter()
        .map(|shape| {
            let fields = shape.variants.iter().map(|variant| {
                let told = variant.fields.iter().map(|field| {
                    let mark = if field.is_required { "!" } else { "" };
                    format!("{}{mark}: {}", field.name, text(&field.kind))
                });
                told.collect::<Vec<_>>().join(", ")
            });
            format!("{} {{{}}} {}", shape.name, fields.collect::<Vec<_>>().join(" | "), shape.words.join(" "))
        })
        .collect();
    let expected = [
        "Either {id!: UUID | b: any value} ",
        "Loop {loop: Loop} ",
        "Thing {id!: UUID} ",
        "Wider {id!: UUID, inner: object, inner.deep!: true or false} ",
        "Word {} one two",
    ];
    assert_eq!(told, expected);
}

#[test]
fn text_is_text_whatever_it_says() {
    let operation = json!({
        "operationId": "x", "summary": "A <b>thing</b>.", "tags": ["requests"],
        "description": "One `x<y` &c.\n\nTwo.\n\nRoles: `reviewer`, `subject` (their own requests).",
        "responses": { "200": { "description": "Done <i>well</i>" } },
    });
    let document = json!({ "info": { "version": "1" }, "paths": { "/a/{b}/c": { "get": operation } } });
    let reference = Reference::new(&document);
    let shown = &reference.groups[0].operations[0];
    let roles: Vec<_> = shown.roles.iter().map(|role| (role.name.as_str(), role.only.as_deref())).collect();
    assert_eq!(roles, [("reviewer", None), ("subject", Some("their own requests"))]);
    assert_eq!((shown.paragraphs.len(), text(&shown.path)), (2, "/a/b/c".to_owned()));
    let html = reference.render().unwrap();
    for plain in ["<b>thing", "<i>well", "x<y"] {
        assert!(!html.contains(plain), "{plain}");
    }
    assert!(html.contains("<code>x&#60;y</code> &#38;c."), "{html}");
    assert!(html.contains("/a/<var>{b}</var>/c"));
}
