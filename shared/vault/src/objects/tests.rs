use std::{fs, os::unix::fs::PermissionsExt as _, path::Path};

use redress_domain::{RequestId, TenantId};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::*;
use crate::{CHUNK_BYTES, seal::tests::Counter};

const MIB: usize = 1024 * 1024;
const KNOWN: &str = "Anna Byrne, allergic to hazelnuts. ";

/// The same on a folder and in memory.
struct World {
    objects: Objects,
    folder: Option<tempfile::TempDir>,
}

fn worlds() -> [World; 2] {
    let folder = tempfile::tempdir().unwrap();
    let objects = Objects::local(folder.path()).unwrap();
    let memory = Objects::open("memory:///", []).unwrap();
    [World { objects, folder: Some(folder) }, World { objects: memory, folder: None }]
}

impl World {
    async fn write(&self, place: &Place, plain: &[u8]) -> Written {
        let mut writer = self.objects.writer(place, &key(), &Counter::default());
        for piece in plain.chunks(700_001) {
            writer.push(piece).await.unwrap();
        }
        writer.finish().await.unwrap()
    }

    async fn read(&self, place: &Place, key: &Key) -> Result<Vec<u8>, VaultError> {
        self.objects.reader(place, key).await?.whole(64 * MIB).await
    }

    async fn count(&self, place: &Place) -> usize {
        self.objects.list(&place.prefix()).await.unwrap().len()
    }
}

fn key() -> Key {
    Key::new([7; 32])
}

fn dublin() -> TenantId {
    "dublin".parse().unwrap()
}

fn request(number: u128) -> RequestId {
    RequestId(Uuid::from_u128(number))
}

fn place(name: &str) -> Place {
    Place::work(&dublin(), request(1), name).unwrap()
}

fn plain(size: usize) -> Vec<u8> {
    KNOWN.bytes().cycle().take(size).collect()
}

/// Every file under a folder, with what is in it.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.to_string_lossy().into_owned(), fs::read(path).unwrap()));
        }
    }
    found
}

#[tokio::test]
async fn an_object_comes_back_as_it_was_written() {
    let sizes = [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 12 * MIB];
    for world in worlds() {
        for size in sizes {
            let (place, plain) = (place(&format!("crm/{size} ä#1.json")), plain(size));
            let written = world.write(&place, &plain).await;
            let sha256 = Sha256::digest(&plain).into();
            assert_eq!(written, Written { bytes: size as u64, sha256 });
            assert!(world.read(&place, &key()).await.unwrap() == plain, "{size}");
        }
        assert_eq!(world.count(&place("a")).await, sizes.len());
    }
}

#[tokio::test]
async fn what_is_written_again_takes_the_place_of_what_was_there() {
    for world in worlds() {
        for size in [9 * MIB, 1, 17 * MIB, 0] {
            world.write(&place("a"), &plain(size)).await;
            assert_eq!(world.read(&place("a"), &key()).await.unwrap().len(), size);
        }
        assert_eq!(world.count(&place("a")).await, 1);
    }
}

#[tokio::test]
async fn nothing_is_seen_of_an_object_before_its_end() {
    for world in worlds() {
        for (old, size) in [(0, 1), (0, 20 * MIB), (3, 20 * MIB)] {
            let place = place(&format!("{old}-{size}"));
            if old > 0 {
                world.write(&place, &plain(old)).await;
            }
            let mut writer = world.objects.writer(&place, &key(), &Counter::default());
            writer.push(&plain(size)).await.unwrap();
            drop(writer);
            match world.read(&place, &key()).await {
                Err(VaultError::Missing(name)) => assert_eq!((old, name), (0, place.to_string())),
                read => assert_eq!(read.unwrap().len(), old),
            }
        }
        assert_eq!(world.count(&place("a")).await, 1);
    }
}

#[tokio::test]
async fn parts_of_what_was_never_finished_do_not_stay_on_the_disk() {
    let [world, _] = worlds();
    let folder = world.folder.as_ref().unwrap().path().to_owned();
    let mut writer = world.objects.writer(&place("a"), &key(), &Counter::default());
    writer.push(&plain(20 * MIB)).await.unwrap();
    assert_eq!(files(&folder).len(), 1, "parts are there meanwhile");
    drop(writer);
    // They go a moment later.
    for _ in 0..100_000 {
        let folder = folder.clone();
        if tokio::task::spawn_blocking(move || files(&folder)).await.unwrap().is_empty() {
            return;
        }
    }
    panic!("they stayed");
}

#[tokio::test]
async fn an_altered_a_cut_and_a_moved_object_do_not_open() {
    let [world, _] = worlds();
    let root = world.folder.as_ref().unwrap().path();
    let (here, there) = (place("here"), Place::work(&dublin(), request(2), "here").unwrap());
    world.write(&here, &plain(3 * CHUNK_BYTES + 5)).await;
    world.write(&there, b"x").await;
    let sealed = fs::read(root.join(here.as_str())).unwrap();
    let moved = fs::read(root.join(there.as_str())).unwrap();
    let mut flipped = sealed.clone();
    *flipped.last_mut().unwrap() ^= 1;
    let chunk = 23 + CHUNK_BYTES + 16;
    let cuts = [0, 10, 23, chunk, sealed.len() - 1].map(|end| sealed[..end].to_vec());
    for (i, wrong) in cuts.into_iter().chain([flipped, moved]).enumerate() {
        fs::write(root.join(here.as_str()), wrong).unwrap();
        assert!(matches!(world.read(&here, &key()).await, Err(VaultError::Altered(_))), "case {i}");
    }
    fs::write(root.join(here.as_str()), sealed).unwrap();
    let stranger = world.read(&here, &Key::new([8; 32])).await;
    assert!(matches!(stranger, Err(VaultError::Altered(_))));
    assert!(world.read(&here, &key()).await.is_ok());
}

#[tokio::test]
async fn after_a_fault_a_reader_never_says_that_it_is_at_the_end() {
    let [world, _] = worlds();
    let root = world.folder.as_ref().unwrap().path();
    world.write(&place("a"), &plain(CHUNK_BYTES + 5)).await;
    let file = root.join(place("a").as_str());
    let sealed = fs::read(&file).unwrap();
    fs::write(&file, &sealed[..sealed.len() - 1]).unwrap();
    let mut reader = world.objects.reader(&place("a"), &key()).await.unwrap();
    let mut genuine = 0;
    while let Ok(Some(plain)) = reader.next().await {
        genuine += plain.len();
    }
    assert_eq!(genuine, CHUNK_BYTES);
    assert!(reader.next().await.is_err());
}

#[tokio::test]
async fn nothing_plain_lies_on_the_disk() {
    let [world, _] = worlds();
    world.write(&place("a"), &plain(100)).await;
    world.write(&place("b"), &plain(9 * MIB)).await;
    let root = world.folder.as_ref().unwrap().path();
    let found = files(root);
    assert_eq!(found.len(), 2);
    let known = KNOWN.as_bytes();
    for (name, bytes) in found {
        assert!(!bytes.windows(12).any(|window| window == &known[..12]), "{name}");
    }
}

#[tokio::test]
async fn a_folder_is_made_and_nobody_else_can_enter_it() {
    let above = tempfile::tempdir().unwrap();
    let url = format!("file://{}/a%20new/vault", above.path().display());
    let objects = Objects::open(&url, []).unwrap();
    let world = World { objects, folder: None };
    world.write(&place("a"), b"x").await;
    let folder = above.path().join("a new/vault");
    assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
    assert_eq!(files(&folder).len(), 1);
    // Opened again, it is the same.
    assert_eq!(Objects::local(&folder).unwrap().list(&place("a").prefix()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_prefix_is_one_requests_or_one_packages_and_nothing_besides() {
    for world in worlds() {
        let cork: TenantId = "cork".parse().unwrap();
        let mine = [place("a"), place("b/é d"), place("b/f")];
        let others = [
            Place::work(&dublin(), request(2), "a").unwrap(),
            Place::work(&cork, request(1), "a").unwrap(),
            Place::package(&dublin(), &request(1).to_string(), "a").unwrap(),
        ];
        for place in mine.iter().chain(&others) {
            world.write(place, b"x").await;
        }
        let prefix = Prefix::work(&dublin(), request(1));
        let listed = world.objects.list(&prefix).await.unwrap();
        let places: Vec<&Place> = listed.iter().map(|(place, _)| place).collect();
        assert_eq!(places, mine.iter().collect::<Vec<_>>());
        assert!(listed.iter().all(|(_, size)| *size == 23 + 1 + 16));
        if let Some(folder) = &world.folder {
            // What a process left that was killed while it wrote.
            let left = folder.path().join(format!("{}#1", mine[0]));
            fs::write(left, b"x").unwrap();
        }
        assert_eq!(world.objects.delete_all(&prefix).await.unwrap(), 3);
        assert_eq!(world.objects.delete_all(&prefix).await.unwrap(), 0);
        assert!(world.objects.list(&prefix).await.unwrap().is_empty());
        for place in &others {
            assert_eq!(world.read(place, &key()).await.unwrap(), b"x");
        }
        if let Some(folder) = &world.folder {
            assert_eq!(files(folder.path()).len(), others.len());
        }
    }
}

#[tokio::test]
async fn lines_come_whole_wherever_chunks_end() {
    let long = "x".repeat(3 * CHUNK_BYTES);
    for (text, expected) in [
        (String::new(), vec![]),
        ("\n".to_owned(), vec![""]),
        ("a\n\nb\n".to_owned(), vec!["a", "", "b"]),
        ("a\nb".to_owned(), vec!["a", "b"]),
        (format!("a\n{long}\nb\n"), vec!["a", &long, "b"]),
        (format!("{long}\n"), vec![&long]),
    ] {
        let [world, _] = worlds();
        world.write(&place("a"), text.as_bytes()).await;
        let mut lines = SealedLines::new(world.objects.reader(&place("a"), &key()).await.unwrap());
        let mut found = Vec::new();
        while let Some(line) = lines.next_line().await.unwrap() {
            found.push(String::from_utf8(line).unwrap());
        }
        assert!(found == expected, "{} bytes", text.len());
        assert!(lines.next_line().await.unwrap().is_none());
    }
}

#[tokio::test]
async fn what_is_too_long_to_be_held_is_refused() {
    let [_, world] = worlds();
    for (text, lines_before) in [("12345\n123456\n1\n", 1), ("123456", 0), ("12345", 1)] {
        world.write(&place("a"), text.as_bytes()).await;
        let reader = world.objects.reader(&place("a"), &key()).await.unwrap();
        let mut lines = SealedLines::new(reader).with_bytes_max(5);
        for _ in 0..lines_before {
            assert!(lines.next_line().await.unwrap().is_some());
        }
        let next = lines.next_line().await;
        let fits = text.len() <= 5;
        assert!(if fits {
            matches!(next, Ok(None))
        } else {
            matches!(next, Err(VaultError::TooLong { .. }))
        });
    }
    let reader = world.objects.reader(&place("a"), &key()).await.unwrap();
    assert!(matches!(reader.whole(4).await, Err(VaultError::TooLong { bytes_max: 4, .. })));
}
