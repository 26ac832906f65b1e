//! Sealed objects on every kind of store that a user may name: a folder, memory, Azure Blob Storage (Azurite) and
//! S3 (moto).

mod outages;
mod world;

use futures::{StreamExt as _, stream};
use redress_domain::TenantId;
use redress_tests::ambient::Dice;
use redress_vault::{CHUNK_BYTES, Key, Place, Prefix, VaultError, Written};
use sha2::{Digest as _, Sha256};

use self::world::{KNOWN, MIB, World, dublin, key, place, plain, request};

/// What is sealed takes this much more: a header, and a tag for each chunk.
const HEADER_BYTES: usize = 23;
const TAG_BYTES: usize = 16;

/// As many plain bytes as fill `parts` parts of an upload exactly when they are sealed.
fn filling(parts: usize) -> usize {
    let sealed = parts * 8 * MIB - HEADER_BYTES;
    sealed - sealed.div_ceil(CHUNK_BYTES + TAG_BYTES) * TAG_BYTES
}

#[tokio::test]
async fn an_object_comes_back_as_it_was_written_and_lies_there_sealed() {
    let sizes = [
        0,
        1,
        CHUNK_BYTES - 1,
        CHUNK_BYTES,
        CHUNK_BYTES + 1,
        filling(1),
        filling(1) + 1,
        filling(2),
        20 * MIB,
    ];
    for world in World::all().await {
        for size in sizes {
            let (place, plain) = (place(&format!("crm/{size} ä#1+%.json")), plain(size));
            let written = world.write(&place, &plain).await;
            let sha256 = Sha256::digest(&plain).into();
            assert_eq!(written, Written { bytes: size as u64, sha256 });
            assert!(world.read(&place).await.unwrap() == plain, "{} {size}", world.name);
            let Some(sealed) = world.sealed(&place).await else { continue };
            let chunks = size.div_ceil(CHUNK_BYTES).max(1);
            assert_eq!(sealed.len(), HEADER_BYTES + size + chunks * TAG_BYTES, "{} {size}", world.name);
            assert!(!sealed.windows(12).any(|window| window == &KNOWN.as_bytes()[..12]), "{}", world.name);
        }
        assert_eq!(world.listed().await.len(), sizes.len(), "{}", world.name);
    }
}

#[tokio::test]
async fn no_part_is_empty_which_azure_would_refuse_and_its_emulator_does_not() {
    let [azure, _] = World::clouds().await;
    for (size, parts) in [(filling(1) - 1, 0), (filling(1), 1), (filling(1) + 1, 2), (filling(2), 2)] {
        azure.write(&place("a"), &plain(size)).await;
        let blocks = azure.asked(place("a").as_str(), "&comp=blocklist&blocklisttype=all").await;
        assert_eq!(blocks.matches("<Block>").count(), parts, "{size}: {blocks}");
        assert!(!blocks.contains("<Size>0<"), "{size}: {blocks}");
    }
}

#[tokio::test]
async fn what_is_written_again_takes_the_place_of_what_was_there() {
    for world in World::all().await {
        for size in [9 * MIB, 1, 17 * MIB, 0] {
            world.write(&place("a"), &plain(size)).await;
            assert_eq!(world.read(&place("a")).await.unwrap().len(), size, "{}", world.name);
        }
        assert_eq!(world.listed().await, [place("a")], "{}", world.name);
    }
}

#[tokio::test]
async fn nothing_is_seen_of_an_object_before_its_end() {
    for world in World::all().await {
        for (old, size) in [(0, 1), (0, 20 * MIB), (3, 20 * MIB)] {
            let place = place(&format!("{old}-{size}"));
            if old > 0 {
                world.write(&place, &plain(old)).await;
            }
            let mut writer = world.objects.writer(&place, &key(), &Dice::new(1));
            writer.push(&plain(size)).await.unwrap();
            is_as_before(&world, &place, old).await;
            drop(writer);
            is_as_before(&world, &place, old).await;
        }
    }
}

async fn is_as_before(world: &World, place: &Place, old: usize) {
    match world.read(place).await {
        Err(VaultError::Missing(name)) => assert_eq!((old, name), (0, place.to_string()), "{}", world.name),
        read => assert_eq!(read.unwrap().len(), old, "{} {place}", world.name),
    }
    assert_eq!(world.listed().await.contains(place), old > 0, "{} {place}", world.name);
}

#[tokio::test]
async fn what_is_not_there_is_missing() {
    for world in World::all().await {
        world.write(&place("a/b"), b"x").await;
        for name in ["a", "b", "a/b.", "A/b"] {
            let place = place(name);
            match world.read(&place).await {
                Err(VaultError::Missing(what)) => assert_eq!(what, place.to_string(), "{}", world.name),
                other => panic!("{}: {name}: {other:?}", world.name),
            }
        }
        assert_eq!(world.objects.delete_all(&Prefix::work(&dublin(), request(9))).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn an_altered_a_cut_and_a_moved_object_do_not_open() {
    for world in World::all().await {
        let (here, there) = (place("here"), Place::work(&dublin(), request(2), "here").unwrap());
        world.write(&here, &plain(3 * CHUNK_BYTES + 5)).await;
        world.write(&there, b"x").await;
        let stranger = world.read_with(&here, &Key::new([8; 32])).await;
        assert!(matches!(stranger, Err(VaultError::Altered(_))), "{}", world.name);
        let (Some(sealed), Some(moved)) = (world.sealed(&here).await, world.sealed(&there).await) else {
            continue;
        };
        let chunk = HEADER_BYTES + CHUNK_BYTES + TAG_BYTES;
        let flips = [0, HEADER_BYTES - 1, HEADER_BYTES, chunk, sealed.len() - 1].map(|at| {
            let mut flipped = sealed.clone();
            flipped[at] ^= 1;
            flipped
        });
        let cuts = [0, 10, HEADER_BYTES, chunk, sealed.len() - 1].map(|end| sealed[..end].to_vec());
        let longer = [sealed.as_slice(), b"x"].concat();
        for (i, wrong) in cuts.into_iter().chain(flips).chain([moved, longer]).enumerate() {
            world.replace(&here, wrong).await;
            let read = world.read(&here).await;
            assert!(matches!(read, Err(VaultError::Altered(_))), "{} case {i}", world.name);
        }
        world.replace(&here, sealed).await;
        assert!(world.read(&here).await.is_ok(), "{}", world.name);
    }
}

#[tokio::test]
async fn a_prefix_is_one_requests_or_one_packages_and_nothing_besides() {
    let cork: TenantId = "cork".parse().unwrap();
    let package = |name: &str| Place::package(&dublin(), name, "a").unwrap();
    let mine = [place("a"), place("b/é d"), place("b/f")];
    let others = [
        Place::work(&dublin(), request(2), "a").unwrap(),
        Place::work(&cork, request(1), "a").unwrap(),
        package(&request(1).to_string()),
        package("p1"),
        package("p10"),
    ];
    for world in World::all().await {
        for place in mine.iter().chain(&others) {
            world.write(place, b"x").await;
        }
        assert_eq!(world.listed().await, mine, "{}", world.name);
        let prefix = Prefix::work(&dublin(), request(1));
        let listed = world.objects.list(&prefix).await.unwrap();
        assert!(listed.iter().all(|(_, bytes)| *bytes == (HEADER_BYTES + 1 + TAG_BYTES) as u64));
        assert_eq!(world.objects.delete_all(&prefix).await.unwrap(), 3, "{}", world.name);
        assert_eq!(world.objects.delete_all(&prefix).await.unwrap(), 0, "{}", world.name);
        assert!(world.listed().await.is_empty(), "{}", world.name);
        // One package's name begins with another's.
        let p1 = Prefix::package(&dublin(), "p1").unwrap();
        assert_eq!(world.objects.delete_all(&p1).await.unwrap(), 1, "{}", world.name);
        for place in &others {
            assert_eq!(world.read(place).await.is_ok(), *place != package("p1"), "{} {place}", world.name);
        }
    }
}

#[tokio::test]
async fn more_is_listed_and_deleted_than_a_store_tells_or_takes_at_once() {
    // S3 tells of 1,000 at once, Azure takes 256 to delete.
    const COUNT: usize = 1_001;
    for world in World::all().await {
        let places: Vec<Place> = (0..COUNT).map(|i| place(&format!("{i:04}"))).collect();
        let written = stream::iter(&places).map(|place| world.write(place, b"x")).buffer_unordered(16);
        written.for_each(async |_| ()).await;
        assert_eq!(world.listed().await, places, "{}", world.name);
        let prefix = Prefix::work(&dublin(), request(1));
        assert_eq!(world.objects.delete_all(&prefix).await.unwrap(), COUNT as u64, "{}", world.name);
        assert!(world.listed().await.is_empty(), "{}", world.name);
    }
}

#[tokio::test]
async fn a_container_that_is_not_there_is_never_taken_for_one_where_nothing_lies() {
    for world in World::clouds().await {
        let nowhere = world.opened_with(|bucket| bucket.url = bucket.url.replace("test-", "none-"));
        let written = [
            nowhere.try_write(&place("a"), b"x").await,
            nowhere.try_write(&place("a"), &plain(9 * MIB)).await,
        ];
        let prefix = Prefix::work(&dublin(), request(1));
        let others = [
            nowhere.read(&place("a")).await.map(drop),
            nowhere.objects.list(&prefix).await.map(drop),
            nowhere.objects.delete_all(&prefix).await.map(drop),
        ];
        for (i, said) in written.map(|written| written.map(drop)).into_iter().chain(others).enumerate() {
            assert!(matches!(said, Err(VaultError::NoContainer)), "{} {i}: {said:?}", nowhere.name);
        }
    }
}

#[tokio::test]
async fn azure_refuses_a_wrong_key_and_the_error_does_not_tell_it() {
    let [azure, _] = World::clouds().await;
    let wrong = "c2VjcmV0IHNlY3JldCBzZWNyZXQ=";
    let world = azure.opened_with(|bucket| {
        let key = bucket.options.iter_mut().find(|(name, _)| name == "account_key");
        wrong.clone_into(&mut key.unwrap().1);
    });
    let (written, read) = (world.try_write(&place("a"), b"x").await, world.read(&place("a")).await);
    for error in [written.unwrap_err(), read.unwrap_err()] {
        assert!(matches!(error, VaultError::Objects(_)), "{error}");
        assert!(!error.to_string().contains(wrong), "{error}");
    }
}
