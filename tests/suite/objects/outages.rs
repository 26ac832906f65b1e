//! Object stores that are killed while they are used.

use redress_tests::{ambient::Dice, servers::Emulator};
use redress_vault::VaultError;

use super::world::{MIB, World, key, place, plain};

#[tokio::test]
async fn an_upload_that_loses_its_store_fails_and_is_as_if_it_had_not_begun() {
    let azurite = Emulator::azurite().await.unwrap();
    let world = World::on("azure", &azurite).await;
    world.write(&place("old"), &plain(3)).await;
    azurite.has_saved(place("old").as_str()).await.unwrap();

    let mut large = ["old", "new"].map(|name| world.objects.writer(&place(name), &key(), &Dice::new(1)));
    for writer in &mut large {
        writer.push(&plain(12 * MIB)).await.unwrap();
    }
    let mut small = world.objects.writer(&place("small"), &key(), &Dice::new(2));
    small.push(b"x").await.unwrap();
    azurite.kill().await.unwrap();
    let ([mut overwriting, new], old, more) = (large, place("old"), plain(12 * MIB));
    let results = tokio::join!(overwriting.push(&more), new.finish(), small.finish(), world.read(&old));
    let failed = [results.0, results.1.map(drop), results.2.map(drop), results.3.map(drop)];
    for error in failed.map(Result::unwrap_err) {
        assert!(matches!(error, VaultError::Objects(_)), "{error}");
    }

    azurite.restart().await.unwrap();
    assert_eq!(world.listed().await, [place("old")]);
    assert_eq!(world.read(&old).await.unwrap(), plain(3));
    world.write(&place("new"), &plain(20 * MIB)).await;
    assert!(world.read(&place("new")).await.unwrap() == plain(20 * MIB));
}

#[tokio::test]
async fn a_reader_that_loses_its_store_never_says_that_it_is_at_the_end() {
    for (name, emulator) in
        [("azure", Emulator::azurite().await.unwrap()), ("s3", Emulator::moto().await.unwrap())]
    {
        let world = World::on(name, &emulator).await;
        world.write(&place("a"), &plain(32 * MIB)).await;
        let mut reader = world.objects.reader(&place("a"), &key()).await.unwrap();
        let mut bytes = reader.next().await.unwrap().unwrap().len();
        emulator.kill().await.unwrap();
        let error = loop {
            match reader.next().await {
                Ok(Some(plain)) => bytes += plain.len(),
                Ok(None) => panic!("{name}: at the end after {bytes} bytes"),
                Err(error) => break error,
            }
        };
        assert!(matches!(error, VaultError::Objects(_)), "{name}: {error}");
        assert!(bytes < 32 * MIB, "{name}");
        assert!(reader.next().await.is_err(), "{name}");
    }
}

#[tokio::test]
async fn what_was_sent_of_an_unfinished_object_is_taken_back_from_s3() {
    let [_, s3] = World::clouds().await;
    let mut writer = s3.objects.writer(&place("a"), &key(), &Dice::new(1));
    writer.push(&plain(20 * MIB)).await.unwrap();
    // Above our folder in the bucket is the bucket.
    let parts_are_there = async || s3.asked("..", "?uploads").await.contains("<UploadId>");
    assert!(parts_are_there().await);
    drop(writer);
    // They go a moment later.
    for _ in 0..1_000 {
        if !parts_are_there().await {
            return;
        }
    }
    panic!("they stayed");
}
