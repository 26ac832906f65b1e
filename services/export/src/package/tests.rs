//! Packages as the packager makes them, over a store and objects in memory or in a folder.

mod memory;
mod page;

use std::{collections::BTreeMap, fs};

use jiff::SignedDuration;
use redress_contracts::v1::{Failure, Ground, Released, SystemOutcome};
use redress_domain::{Kind, MessageId, Status};
use redress_vault::{Key, Objects, Place, Prefix, VaultError};
use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};

use super::{build::Builder, contents::Contents, manifest::Manifest};
use crate::testing::{Dice, World, dublin, outcome};

use page::{assert_well_formed, text};

const BYTES_MAX: usize = 64 * 1024 * 1024;

/// A record such as systems hold: plain, nested, in many scripts, hostile, long.
fn record(i: u64) -> String {
    let record = json!({
        "id": i,
        "name": format!("Anna Byrne {i}"),
        "note": match i % 4 {
            0 => "<script>alert(\"x\")</script><img src=x onerror=y>",
            1 => "guests: 👰🏽‍♀️ 🤵 Zoë, Łukasz, 花子, عائشة",
            2 => "two\nlines & a 'quote'",
            _ => "",
        },
        "allergies": if i.is_multiple_of(3) { json!(["hazelnuts", { "to": "shellfish", "severe": true }]) } else { json!(null) },
        "address": { "street": "1 Quay", "geo": { "lat": 53.3498, "lon": -6.2603 } },
        "token": if i % 1000 == 7 { "x".repeat(5000) } else { String::new() },
    });
    record.to_string()
}

fn records(count: u64) -> Vec<String> {
    (0..count).map(record).collect()
}

/// A released package.
struct Package {
    world: World,
    key: Key,
    manifest: Manifest,
}

impl Package {
    async fn of(
        name: &str,
        kind: Kind,
        drafts: &[(&str, &str, Vec<String>)],
        others: Vec<SystemOutcome>,
    ) -> Self {
        let world = World::new(name).await;
        let mut systems = BTreeMap::<&str, Vec<_>>::new();
        for (system, dataset, lines) in drafts {
            systems.entry(system).or_default().push(world.draft(system, dataset, lines).await);
        }
        let done = systems.into_iter().map(|(system, datasets)| outcome(system, Status::Done, datasets));
        world.collected(kind, done.chain(others).collect()).await;
        Self::release(world).await
    }

    async fn release(world: World) -> Self {
        world.say(&world.release()).await;
        let released: Released = world.released().await.only();
        assert_eq!(released.failure, "");
        let (key, id) = (world.key().await, world.request.to_string());
        let json = read(&world.objects, &format!("packages/{}/{id}/manifest.json", dublin()), &key).await;
        let summary = released.package.unwrap();
        assert_eq!(summary.manifest.unwrap().sha256, Sha256::digest(&json).to_vec());
        let manifest = world.packages().manifest(&dublin(), &id, &key).await.unwrap();
        assert_eq!((summary.records, summary.bytes), (manifest.records, manifest.bytes + json.len() as u64));
        Self { world, key, manifest }
    }

    async fn file(&self, path: &str) -> Vec<u8> {
        let (packages, id) = (self.world.packages(), self.world.request.to_string());
        packages.open(&dublin(), &id, path, &self.key).await.unwrap().whole(BYTES_MAX).await.unwrap()
    }

    async fn page(&self) -> String {
        String::from_utf8(self.file("index.html").await).unwrap()
    }
}

async fn read(objects: &Objects, place: &str, key: &Key) -> Vec<u8> {
    let reader = objects.reader(&Place::parse(place).unwrap(), key).await.unwrap();
    reader.whole(BYTES_MAX).await.unwrap()
}

#[tokio::test]
async fn every_record_is_in_its_file_and_on_the_page_and_every_digest_is_right() {
    let (people, guests) = (records(5000), records(7));
    let drafts =
        [("shop", "people", people.clone()), ("shop", "guest book", guests), ("crm", "contacts", vec![])];
    let package = Package::of("whole", Kind::Access, &drafts, vec![]).await;
    let paths: Vec<&str> = package.manifest.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths, ["crm/contacts.json", "shop/guest%20book.json", "shop/people.json", "index.html"]);
    for file in &package.manifest.files {
        let bytes = package.file(&file.path).await;
        assert_eq!((file.bytes, &file.sha256), (bytes.len() as u64, &hex::encode(Sha256::digest(&bytes))));
        if let Some(from) = &file.from {
            let (_, _, lines) = drafts.iter().find(|(_, dataset, _)| *dataset == from.dataset).unwrap();
            let array: Vec<Json> = serde_json::from_slice(&bytes).unwrap();
            let given: Vec<Json> = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
            assert!(array == given && file.records == given.len() as u64);
            let text = String::from_utf8(bytes).unwrap();
            assert!(lines.iter().all(|line| text.contains(line)), "each record stands on a line as it came");
        }
    }
    assert_eq!(package.manifest.records, 5007);
    let page = package.page().await;
    assert_well_formed(&page);
    let text = text(&page);
    for i in [0, 1, 2, 3, 7, 4999] {
        assert!(text.contains(&format!("Anna Byrne {i}\n")), "{i}");
    }
    assert_eq!(page.matches("<article").count(), 5007);
    for shown in [
        "<script>alert(\"x\")</script><img src=x onerror=y>",
        "guests: 👰🏽‍♀️ 🤵 Zoë, Łukasz, 花子, عائشة",
        "two\nlines & a 'quote'",
        "hazelnuts",
        "-6.2603",
        "5,000 records",
        "Record 4,999 ",
        &"x".repeat(5000),
    ] {
        assert!(text.contains(shown), "{shown}");
    }
}

/// What gave nothing, each in its way.
fn others() -> Vec<SystemOutcome> {
    let failure = Some(Failure { r#final: true, ..Failure::default() });
    let reason = "It did not answer <in time>.".to_owned();
    vec![
        outcome("mail", Status::NotFound, vec![]),
        SystemOutcome { reason, failure, ..outcome("directory", Status::Failed, vec![]) },
        SystemOutcome { who: "the home tenant".to_owned(), ..outcome("guests", Status::Elsewhere, vec![]) },
        SystemOutcome { ground: Ground::LegalHold as i32, ..outcome("vault", Status::Kept, vec![]) },
    ]
}

#[tokio::test]
async fn a_package_that_is_made_again_is_the_same_and_nothing_of_an_earlier_one_stays() {
    let drafts = [("shop", "people", records(300)), ("crm", "contacts", records(3))];
    let package = Package::of("again", Kind::Access, &drafts, others()).await;
    let (world, key) = (&package.world, &package.key);
    let leftover = Place::package(&dublin(), &world.request.to_string(), "old/people.json").unwrap();
    world.objects.writer(&leftover, key, &Dice::new(9)).finish().await.unwrap();
    let state = world.state().await.0.kept;
    let release: MessageId = state.release_id.parse().unwrap();
    let contents = Contents::read(&state, &dublin(), world.request, release).unwrap();
    let random = Dice::new(99);
    let builder = Builder { objects: &world.objects, key, random: &random, contents: &contents };
    let before = package.file("manifest.json").await;
    let built = builder.build().await.unwrap();
    let none = world.packages().manifest(&dublin(), &world.request.to_string(), key).await;
    assert!(matches!(none, Err(VaultError::Missing(_))), "until its manifest is there, there is no package");
    let (manifest, ..) = builder.publish(built).await.unwrap();
    assert_eq!(manifest, package.manifest);
    assert_eq!(package.file("manifest.json").await, before);
    let listed =
        world.objects.list(&Prefix::package(&dublin(), &world.request.to_string()).unwrap()).await.unwrap();
    let mut names: Vec<&str> = listed.iter().map(|(place, _)| place.name()).collect();
    names.sort_unstable();
    assert_eq!(names, ["crm/contacts.json", "index.html", "manifest.json", "shop/people.json"]);
}

#[tokio::test]
async fn only_what_the_manifest_names_is_opened() {
    let package = Package::of("opened", Kind::Access, &[("shop", "people", records(1))], vec![]).await;
    let (world, key) = (&package.world, &package.key);
    let id = world.request.to_string();
    let unnamed = Place::package(&dublin(), &id, "unnamed.json").unwrap();
    world.objects.writer(&unnamed, key, &Dice::new(9)).finish().await.unwrap();
    let packages = world.packages();
    let files = packages.list(&dublin(), &id, key).await.unwrap();
    assert_eq!(files.iter().map(|file| &*file.path).collect::<Vec<_>>(), ["shop/people.json", "index.html"]);
    for path in ["unnamed.json", "shop/people", "people.json"] {
        let opened = packages.open(&dublin(), &id, path, key).await;
        assert!(matches!(opened, Err(VaultError::Missing(_))), "{path}");
    }
    for path in
        ["", "/", "../manifest.json", "shop/../index.html", "shop//people.json", "shop%2Fpeople.json", "a b"]
    {
        let opened = packages.open(&dublin(), &id, path, key).await;
        assert!(matches!(opened, Err(VaultError::Place(_))), "{path}");
    }
    let cork = packages.open(&"cork".parse().unwrap(), &id, "index.html", key).await;
    assert!(matches!(cork, Err(VaultError::Missing(_))));
    let stranger = packages.open(&dublin(), &id, "index.html", &Key::new([9; 32])).await;
    assert!(matches!(stranger, Err(VaultError::Altered(_))));
}

#[tokio::test]
async fn of_a_draft_that_is_not_as_it_was_counted_no_package_is_made() {
    for (i, (lines, why)) in [
        (vec!["[]".to_owned()], "record 1 is not one JSON object"),
        (vec![record(0), String::new(), record(1)], "record 2 is not one JSON object"),
        (vec![record(0), "{".to_owned()], "record 2 is not one JSON object"),
        (records(1), "not those that the connector counted"),
        (records(3), "not those that the connector counted"),
        (vec![record(1), record(0)], "not those that the connector counted"),
        (vec![], "do not lie with the request"),
    ]
    .into_iter()
    .enumerate()
    {
        let world = World::new(&format!("wrong_{i}")).await;
        let mut counted = world.draft("shop", "people", &records(2)).await;
        world.draft("shop", "people", &lines).await;
        if lines.is_empty() {
            counted.reference =
                counted.reference.replace(&world.request.to_string(), &world.ids.request().to_string());
        }
        world.collected(Kind::Access, vec![outcome("shop", Status::Done, vec![counted])]).await;
        world.say(&world.release()).await;
        let released: Released = world.released().await.only();
        assert!(released.failure.contains(why) && !released.failure.contains("Anna"), "{}", released.failure);
        let manifest =
            world.packages().manifest(&dublin(), &world.request.to_string(), &world.key().await).await;
        assert!(matches!(manifest, Err(VaultError::Missing(_))));
    }
}

#[tokio::test]
async fn of_a_forgotten_request_no_package_is_made() {
    let world = World::new("forgotten").await;
    let people = world.draft("shop", "people", &records(1)).await;
    world.collected(Kind::Access, vec![outcome("shop", Status::Done, vec![people])]).await;
    world.keyring.forget(&dublin(), world.request).await.unwrap();
    world.say(&world.release()).await;
    assert!(world.released().await.only::<Released>().failure.contains("forgotten"));
}

#[tokio::test]
async fn while_the_objects_are_away_the_package_waits() {
    let above = tempfile::tempdir().unwrap();
    let (folder, aside) = (above.path().join("objects"), above.path().join("aside"));
    let world = World::with("away", Objects::local(&folder).unwrap()).await;
    let people = world.draft("shop", "people", &records(1)).await;
    world.collected(Kind::Access, vec![outcome("shop", Status::Done, vec![people])]).await;
    world.say(&world.release()).await;
    fs::rename(&folder, &aside).unwrap();
    fs::write(&folder, "a file, where a folder should be").unwrap();
    assert!(world.make_packages().await.is_none());
    assert!(world.make_packages().await.is_none(), "not due yet");
    fs::remove_file(&folder).unwrap();
    fs::rename(&aside, &folder).unwrap();
    world.advance(SignedDuration::from_mins(1));
    assert_eq!(world.released().await.only::<Released>().failure, "");
}
