//! Links: made by whoever may, followed by whoever has one.

use std::sync::Mutex;

use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use redress_domain::Clock as _;

use super::*;

const ADMIN: &str = "tenant_admin-dublin";

impl House {
    async fn answer(&self, request: Request<Body>) -> (StatusCode, HeaderMap, String) {
        let (parts, body) = self.router().oneshot(request).await.unwrap().into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        (parts.status, parts.headers, String::from_utf8(bytes.to_vec()).unwrap())
    }

    pub(super) async fn share(&self, who: &str, id: RequestId, body: &str) -> (u16, Value) {
        let path = format!("/v1/tenants/{}/packages/{id}/links", tenant_of(who));
        let mut request = Request::post(path).header(header::AUTHORIZATION, format!("Bearer {who}"));
        if !body.is_empty() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        let (status, _, text) = self.answer(request.body(Body::from(body.to_owned())).unwrap()).await;
        (status.as_u16(), serde_json::from_str(&text).unwrap())
    }

    /// The address of a new link, without its last slash; and its end.
    async fn link(&self, body: &str) -> (String, Timestamp) {
        let (status, said) = self.share(ADMIN, self.world.request, body).await;
        assert_eq!(status, 201, "{said}");
        let url = said["url"].as_str().unwrap().strip_suffix('/').unwrap().to_owned();
        (url, said["expires_at"].as_str().unwrap().parse().unwrap())
    }

    async fn follow(&self, path: &str) -> (StatusCode, HeaderMap, String) {
        self.answer(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// Status and code of what is no file.
    async fn turned_away(&self, path: &str) -> (u16, String) {
        let (status, _, text) = self.follow(path).await;
        let problem: Value = serde_json::from_str(&text).unwrap_or_else(|_| panic!("{path}: {text}"));
        (status.as_u16(), problem["code"].as_str().unwrap().to_owned())
    }
}

#[tokio::test]
async fn whoever_has_a_link_reads_every_file_as_the_door_gives_it() {
    let house = House::in_memory("link_reads").await;
    let (url, _) = house.link("{}").await;
    let manifest = house.json(ADMIN, &format!("/{}", house.world.request)).await;
    let named = manifest["files"].as_array().unwrap().iter().map(|file| file["path"].as_str().unwrap());
    for path in named.chain(["manifest.json"]) {
        let (status, mut headers, text) = house.follow(&format!("{url}/{path}")).await;
        assert_eq!(headers.remove(header::REFERRER_POLICY).unwrap(), "no-referrer", "{path}");
        let at_the_door = house.read(ADMIN, &format!("/{}/files/{path}", house.world.request)).await;
        assert_eq!((status.as_u16(), headers, text), at_the_door, "{path}");
    }
    let beside = format!("{}/index.html", url.strip_prefix("/packages/").unwrap());
    for (entry, to) in [(url.clone(), beside.as_str()), (format!("{url}/"), "index.html")] {
        let (status, headers, _) = house.follow(&entry).await;
        assert_eq!((status, headers[header::LOCATION].as_bytes()), (StatusCode::SEE_OTHER, to.as_bytes()));
        assert_eq!(headers[header::REFERRER_POLICY], "no-referrer");
    }
    // What the page leads to lies under the link.
    let (_, _, page) = house.follow(&format!("{url}/index.html")).await;
    let links: Vec<&str> =
        page.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    let files: Vec<&&str> = links.iter().filter(|link| !link.starts_with('#')).collect();
    assert!(files.len() > 1, "{links:?}");
    for file in files {
        assert!(!file.starts_with('/') && !file.contains(':'), "{file}");
        assert_eq!(house.follow(&format!("{url}/{file}")).await.0, StatusCode::OK, "{file}");
    }
}

#[tokio::test]
async fn what_is_no_link_of_ours_looks_the_same_and_opens_nothing() {
    let house = House::in_memory("link_wrong").await;
    let (url, _) = house.link("{}").await;
    let link = url.strip_prefix("/packages/").unwrap();
    let not_found = (404, "not_found".to_owned());
    let last = if link.ends_with('A') { 'B' } else { 'A' };
    let altered = format!("{}{last}", &link[..link.len() - 1]);
    let longer_end = format!("{}__{}", &link[..30], &link[32..]);
    let of_nobody = format!("B{}", &link[1..]);
    let key = house.world.key().await;
    let unknown =
        crate::link::Link::new(house.world.ids.request(), house.world.clock.now(), &key).to_string();
    for wrong in
        [&altered, &longer_end, &of_nobody, &unknown, "x", &link[..link.len() - 4], &format!("{link}=")]
    {
        assert_eq!(house.turned_away(&format!("/packages/{wrong}/index.html")).await, not_found, "{wrong}");
    }
    for path in ["shop/nobody.json", "../index.html", "shop", "%FF", "shop%2Fguest%2520book.json"] {
        assert_eq!(house.turned_away(&format!("{url}/{path}")).await, not_found, "{path}");
    }
    for wrong in ["x", "%0D%0A", "..%2F..%2Fdocs"] {
        for slash in ["", "/"] {
            assert_eq!(house.turned_away(&format!("/packages/{wrong}{slash}")).await, not_found, "{wrong}");
        }
    }
    // Of a package that is just being made anew.
    house.world.say(&house.world.release()).await;
    assert_eq!(house.turned_away(&format!("{url}/index.html")).await, not_found);
    house.world.released().await;
    assert_eq!(house.follow(&format!("{url}/index.html")).await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_link_ends_and_never_after_its_package() {
    let house = House::in_memory("link_ends").await;
    let now = house.world.clock.now();
    let (hour, hours) = (house.link("{\"hours\":1}").await, SignedDuration::from_hours);
    assert_eq!((hour.1, house.link("").await.1), (now + hours(1), now + hours(72)));
    let whole = house.link("{\"hours\":720}").await;
    assert_eq!(whole.1, now + hours(720));
    house.world.advance(hours(1));
    let expired = (410, "expired".to_owned());
    assert_eq!(house.turned_away(&format!("{}/index.html", hour.0)).await, expired);
    assert_eq!(house.link("{\"hours\":720}").await.1, whole.1, "no longer than the package is there");
    assert_eq!(house.follow(&format!("{}/index.html", whole.0)).await.0, StatusCode::OK);
    house.world.advance(hours(719));
    assert_eq!(house.turned_away(&format!("{}/index.html", whole.0)).await, expired);
    assert_eq!(house.share(ADMIN, house.world.request, "{}").await.0, 410);
    house.world.timers().await;
    let outcome = house.world.make_packages().await.unwrap();
    house.world.hear(outcome).await;
    assert_eq!(house.turned_away(&format!("{}/index.html", whole.0)).await, expired);
    house.world.keyring.forget(&dublin(), house.world.request).await.unwrap();
    let forgotten = (410, "forgotten".to_owned());
    assert_eq!(house.turned_away(&format!("{}/index.html", whole.0)).await, forgotten);
}

#[tokio::test]
async fn for_how_long_is_read_strictly() {
    let house = House::in_memory("link_strict").await;
    for body in ["{\"hours\":0}", "{\"hours\":721}", "{\"hours\":-1}", "{\"hours\":\"3\"}", "{\"hour\":3}"] {
        let (status, said) = house.share(ADMIN, house.world.request, body).await;
        assert_eq!((status, &said["code"]), (422, &json!("invalid")), "{body}: {said}");
    }
}

/// Takes every line that is logged, at any level.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(line)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn nothing_of_a_link_is_logged_whatever_becomes_of_it() {
    let log = Log::default();
    let writer = log.clone();
    let to_log = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE);
    let to_log = to_log.with_writer(move || writer.clone()).finish();
    let _logged = tracing::subscriber::set_default(to_log);
    let folder = tempfile::tempdir().unwrap();
    let house = House::new("link_logged", Objects::local(folder.path()).unwrap(), 3).await;
    let (url, _) = house.link("{}").await;
    let page = format!("{url}/index.html");
    assert_eq!(house.follow(&page).await.0, StatusCode::OK);
    house.turned_away(&format!("{page}x")).await;
    let file = folder.path().join(format!("packages/{}/{}/index.html", dublin(), house.world.request));
    std::fs::write(file, "not sealed at all").unwrap();
    assert_eq!(house.turned_away(&page).await.0, 500);
    house.world.advance(SignedDuration::from_hours(72));
    assert_eq!(house.turned_away(&page).await.0, 410);
    let said = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(said.contains("a door failed"), "something is logged: {said}");
    assert!(!said.contains(url.strip_prefix("/packages/").unwrap()), "{said}");
}
