//! The doors, from outside: a released package, and who gets what of it.

mod broken;
mod expired;
mod links;

use std::sync::Arc;

use async_trait::async_trait;
use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, Request, header},
    response::Response,
};
use redress_domain::{
    Kind, RequestId, Role, Status, TenantId,
    roles::{Allowed, allowed},
};
use redress_runtime::http::{TokenSettings, Tokens};
use redress_store::{StateRow, StateWrite, Store, StoreError, Writes};
use redress_vault::Objects;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tower::ServiceExt as _;

use super::*;
use crate::testing::{World, dublin, outcome};

/// Whoever looks after requests handed in those of the numbers that are even.
struct EveryOther(Arc<dyn Store>);

#[async_trait]
impl Owners for EveryOther {
    async fn owner(&self, tenant: &TenantId, request: RequestId) -> Result<Option<Owner>, StoreError> {
        let row = self.0.state(&crate::name(), request).await?.filter(|row| row.tenant == *tenant);
        let name = if request.0.as_u128().is_multiple_of(2) { "upstream" } else { "shop" };
        let owner =
            Owner { handed_in_by: (Role::Upstream, name.to_owned()), subject: Some("subject".to_owned()) };
        Ok(row.map(|_| owner))
    }
}

struct House {
    world: World,
    door: Arc<PackageDoor>,
}

impl House {
    /// With a released package of these records.
    async fn new(name: &str, objects: Objects, records: u64) -> Self {
        let world = World::with(name, objects).await;
        let line =
            |i| json!({ "id": i, "name": format!("Anna Byrne {i}"), "note": "x".repeat(200) }).to_string();
        let people = world.draft("shop", "guest book", (0..records).map(line)).await;
        world.collected(Kind::Access, vec![outcome("shop", Status::Done, vec![people])]).await;
        world.say(&world.release()).await;
        world.released().await;
        let door = PackageDoor {
            store: world.store.clone(),
            keyring: world.keyring.clone(),
            packages: world.packages(),
            clock: world.clock.clone(),
            owners: Arc::new(EveryOther(world.store.clone())),
        };
        Self { world, door: Arc::new(door) }
    }

    async fn in_memory(name: &str) -> Self {
        Self::new(name, Objects::open("memory:///", []).unwrap(), 3).await
    }

    fn router(&self) -> axum::Router {
        doors(self.door.clone(), Arc::new(tokens())).finish().0
    }

    async fn ask(&self, who: &str, path: &str) -> Response {
        let path = format!("/v1/tenants/{}/packages{path}", tenant_of(who));
        let request = Request::builder().uri(path).header(header::AUTHORIZATION, format!("Bearer {who}"));
        self.router().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
    }

    /// Status, headers and what is said.
    async fn read(&self, who: &str, path: &str) -> (u16, HeaderMap, String) {
        let (parts, body) = self.ask(who, path).await.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        (parts.status.as_u16(), parts.headers, String::from_utf8(bytes.to_vec()).unwrap())
    }

    async fn json(&self, who: &str, path: &str) -> Value {
        let (status, _, text) = self.read(who, path).await;
        assert_eq!(status, 200, "{who} {path}: {text}");
        serde_json::from_str(&text).unwrap()
    }

    async fn refused(&self, who: &str, path: &str) -> (u16, String) {
        let (status, headers, text) = self.read(who, path).await;
        assert_eq!(headers[header::CONTENT_TYPE], "application/problem+json", "{who} {path}: {text}");
        let problem: Value = serde_json::from_str(&text).unwrap();
        (status, problem["code"].as_str().unwrap().to_owned())
    }

    /// More requests of this tenant with a package each; of those, who sees every other one sees these.
    async fn more(&self, tenant: &TenantId, count: usize) -> Vec<RequestId> {
        let row = self.world.store.state(&crate::name(), self.world.request).await.unwrap().unwrap();
        let mut tx = self.world.store.begin(&crate::name()).await.unwrap();
        let requests: Vec<RequestId> = (0..count).map(|_| self.world.ids.request()).collect();
        let write = |request: &RequestId| StateWrite {
            row: StateRow { request: *request, tenant: tenant.clone(), version: 1, ..row.clone() },
            replaces: 0,
        };
        let states = requests.iter().map(write).collect();
        tx.write(&Writes { states, ..Writes::default() }).await.unwrap();
        tx.commit().await.unwrap();
        requests
    }
}

fn tenant_of(who: &str) -> TenantId {
    if who.ends_with("-cork") { "cork".parse().unwrap() } else { dublin() }
}

/// One for each role in each tenant, and a second upstream: the token is the name with the tenant.
fn tokens() -> Tokens {
    let token = |tenant: &str, name: &str, role: Role| TokenSettings {
        sha256: hex::encode(Sha256::digest(format!("{name}-{tenant}"))),
        name: name.to_owned(),
        tenant: tenant_of(&format!("-{tenant}")),
        role,
    };
    let everybody = ["cork", "dublin"].into_iter().flat_map(|tenant| {
        let roles = Role::ALL.iter().map(move |role| token(tenant, role.as_str(), *role));
        roles.chain([token(tenant, "crm", Role::Upstream)])
    });
    Tokens::new(&everybody.collect::<Vec<_>>()).unwrap()
}

#[tokio::test]
async fn a_package_is_listed_shown_and_fetched_as_it_was_made() {
    let house = House::in_memory("http_made").await;
    let (who, id) = ("reviewer-dublin", house.world.request);
    let listed = house.json(who, "").await;
    let item = &listed["items"][0];
    assert_eq!((listed["items"].as_array().unwrap().len(), &listed["next"]), (1, &Value::Null), "{listed:#}");
    assert_eq!(
        (&item["package"], &item["kind"], &item["records"]),
        (&json!(id), &json!("access"), &json!(3))
    );
    assert_eq!(
        (&item["released_at"], &item["expires_at"]),
        (&json!("2026-06-10T12:00:00Z"), &json!("2026-07-10T12:00:00Z"))
    );
    let shown = house.json(who, &format!("/{id}")).await;
    let (status, headers, text) = house.read(who, &format!("/{id}/files/manifest.json")).await;
    assert_eq!((status, &headers[header::CONTENT_TYPE]), (200, &"application/json".parse().unwrap()));
    let manifest: crate::Manifest = serde_json::from_str(&text).unwrap();
    let as_shown: crate::Manifest = serde_json::from_value(shown).unwrap();
    assert_eq!(manifest, as_shown, "what is shown is what is in the file");
    for file in &manifest.files {
        let (status, headers, text) = house.read(who, &format!("/{id}/files/{}", file.path)).await;
        assert_eq!((status, text.len() as u64), (200, file.bytes), "{}", file.path);
        assert_eq!(hex::encode(Sha256::digest(&text)), file.sha256, "{}", file.path);
        assert_eq!(headers[header::CONTENT_TYPE], file.media_type.as_str());
        assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert_eq!(headers[header::CACHE_CONTROL], "no-store");
        if file.path == "index.html" {
            assert_eq!(
                headers[header::CONTENT_SECURITY_POLICY],
                "default-src 'none'; style-src 'unsafe-inline'"
            );
        } else {
            assert_eq!(file.path, "shop/guest%20book.json");
            assert_eq!(headers[header::CONTENT_DISPOSITION], "attachment; filename=\"guest_book.json\"");
        }
    }
}

#[tokio::test]
async fn what_is_not_there_or_not_theirs_looks_the_same() {
    let house = House::in_memory("http_same").await;
    let (id, unknown) = (house.world.request, house.world.ids.request());
    let not_found = (404, "not_found".to_owned());
    let shop = house.json("tenant_admin-dublin", &format!("/{id}")).await;
    assert_eq!(shop["request"], json!(id));
    for path in [
        format!("/{unknown}"),
        "/anna".to_owned(),
        format!("/{unknown}/files/index.html"),
        format!("/{id}/files/shop/nobody.json"),
        format!("/{id}/files/shop"),
        format!("/{id}/files/../{id}/index.html"),
        format!("/{id}/files/shop/..%2Findex.html"),
        format!("/{id}/files/shop%2Fguest%2520book.json"),
        format!("/{id}/files//index.html"),
    ] {
        assert_eq!(house.refused("tenant_admin-dublin", &path).await, not_found, "{path}");
    }
    for path in [format!("/{id}/files/"), format!("/{unknown}/files/")] {
        assert_eq!(house.refused("tenant_admin-dublin", &path).await, (404, "no_door".to_owned()), "{path}");
    }
    for path in [format!("/{id}"), format!("/{id}/files/index.html")] {
        assert_eq!(house.refused("tenant_admin-cork", &path).await, not_found, "{path}");
    }
    assert_eq!(house.json("tenant_admin-cork", "").await, json!({ "items": [], "next": null }));
}

#[tokio::test]
async fn until_it_is_released_again_there_is_no_package() {
    let house = House::in_memory("http_again").await;
    let id = house.world.request;
    house.world.say(&house.world.release()).await;
    assert_eq!(house.refused("reviewer-dublin", &format!("/{id}")).await.0, 404);
    assert_eq!(house.json("reviewer-dublin", "").await["items"], json!([]));
    house.world.released().await;
    assert_eq!(house.json("reviewer-dublin", &format!("/{id}")).await["request"], json!(id));
}

#[tokio::test]
async fn a_forgotten_package_is_gone() {
    let house = House::in_memory("http_gone").await;
    let id = house.world.request;
    house.world.keyring.forget(&dublin(), id).await.unwrap();
    for path in [format!("/{id}"), format!("/{id}/files/index.html")] {
        let refused = house.refused("tenant_admin-dublin", &path).await;
        assert_eq!(refused, (410, "forgotten".to_owned()), "{path}");
    }
}

#[tokio::test]
async fn every_door_opens_to_its_roles_and_to_the_others_only_for_their_own() {
    let house = House::in_memory("http_roles").await;
    let mut all = house.more(&dublin(), 9).await;
    house.more(&"cork".parse().unwrap(), 4).await;
    all.push(house.world.request);
    let rows = doors(house.door.clone(), Arc::new(tokens())).rows().to_vec();
    assert_eq!(rows.len(), 4);
    for (row, role) in rows.iter().flat_map(|row| Role::ALL.iter().map(move |role| (row, role))) {
        for id in &all {
            let path =
                row.path.replace("/v1/tenants/{tenant}/packages", "").replace("{package}", &id.to_string());
            let path = path.replace("{*path}", "manifest.json");
            let (status, text) = match row.method {
                "POST" => {
                    let (status, said) = house.share(&format!("{role}-dublin"), *id, "{}").await;
                    (status, said.to_string())
                }
                _ => {
                    let (status, _, text) = house.read(&format!("{role}-dublin"), &path).await;
                    (status, text)
                }
            };
            let may = allowed(*role, true, row.action);
            let own = *role == Role::Subject || id.0.as_u128().is_multiple_of(2);
            let is_list = path.is_empty();
            // Their rows are copies: their files are not there, and their keys were never made.
            let well = if row.method == "POST" { 201 } else { 200 };
            let there = if *id == house.world.request || is_list { well } else { 410 };
            let expected = match may {
                Allowed::No => 403,
                Allowed::OwnOnly if !own && !is_list => 404,
                _ => there,
            };
            assert_eq!(status, expected, "{role} {path}: {text}");
        }
    }
}

#[tokio::test]
async fn whoever_sees_their_own_finds_all_of_it_page_by_page() {
    let house = House::in_memory("http_own").await;
    let mut all = house.more(&dublin(), 40).await;
    all.push(house.world.request);
    all.sort_unstable();
    all.reverse();
    let own: Vec<RequestId> = all.iter().copied().filter(|id| id.0.as_u128().is_multiple_of(2)).collect();
    assert!(own.len() > 3 && own.len() < 38, "the dice are fair: {}", own.len());
    for (who, expected) in [("upstream-dublin", own), ("reviewer-dublin", all)] {
        let (mut seen, mut path) = (Vec::new(), "?limit=3".to_owned());
        loop {
            let page = house.json(who, &path).await;
            let items = page["items"].as_array().unwrap();
            assert!(items.len() <= 3);
            seen.extend(
                items.iter().map(|item| item["request"].as_str().unwrap().parse::<RequestId>().unwrap()),
            );
            let Some(next) = page["next"].as_str() else { break };
            path = format!("?limit=3&cursor={next}");
        }
        assert_eq!(seen, expected, "{who}");
    }
    assert_eq!(house.refused("reviewer-dublin", "?limit=0").await, (422, "invalid".to_owned()));
    assert_eq!(house.refused("reviewer-dublin", "?page=2").await, (400, "malformed_query".to_owned()));
}

#[tokio::test]
async fn one_page_looks_at_so_many_and_the_next_goes_on() {
    let house = House::in_memory("http_many").await;
    house.more(&dublin(), 1_050).await;
    let first = house.json("crm-dublin", "").await;
    assert_eq!(first["items"], json!([]), "none is theirs");
    let next = first["next"].as_str().unwrap();
    let second = house.json("crm-dublin", &format!("?cursor={next}")).await;
    assert_eq!(second, json!({ "items": [], "next": null }));
}
