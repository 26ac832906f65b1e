//! Parked messages, keys, and the schema's own upkeep.

use redress_domain::Clock as _;
use redress_store::{KeyRow, Parked, SCHEMA_VERSION, Unpark, Writes};

use super::{World, intake, on_both_dialects, tenant};

on_both_dialects! {
    migrating_again_and_at_once_changes_nothing
    a_parked_message_is_listed_replayed_and_dropped
    parking_again_counts_up
    attempts_at_a_message_are_counted_until_it_is_replayed
    the_first_key_of_a_name_stays_until_it_is_destroyed
}

async fn migrating_again_and_at_once_changes_nothing(world: World) {
    let request = world.request().await;
    let replicas: Vec<_> = (0..4).map(|_| world.replica()).collect();
    for result in futures::future::join_all(replicas.iter().map(|store| store.migrate())).await {
        result.unwrap();
    }
    assert_eq!(world.store.schema_version().await.unwrap(), SCHEMA_VERSION);
    assert!(world.store.state(&intake(), request).await.unwrap().is_some());
}

impl World {
    pub(super) fn parked(&self) -> Parked {
        let envelope = self.outgoing(self.ids.request(), None).message.envelope;
        Parked {
            id: envelope.id,
            service: intake(),
            reason: "unreadable".to_owned(),
            detail: "the body is not a readable redress.v1.Discover".to_owned(),
            attempts: 1,
            parked_at: self.clock.now(),
            envelope: Some(envelope),
            sealed_body: vec![4, 5],
        }
    }

    async fn park(&self, parked: &Parked) {
        self.write(Writes { parked: vec![parked.clone()], ..Writes::default() }).await;
    }
}

async fn a_parked_message_is_listed_replayed_and_dropped(world: World) {
    let (first, second) = (world.parked(), Parked { envelope: None, ..world.parked() });
    for parked in [&first, &second] {
        world.park(parked).await;
    }
    let mut newest_first = vec![first.clone(), second.clone()];
    newest_first.sort_by_key(|parked| std::cmp::Reverse(parked.id));
    assert_eq!(world.store.parked(None, None, 10).await.unwrap(), newest_first);
    assert_eq!(world.store.parked(None, Some(newest_first[0].id), 10).await.unwrap(), newest_first[1..]);
    let audit = "audit".parse().unwrap();
    assert_eq!(world.store.parked(Some(&audit), None, 10).await.unwrap(), []);

    let key = (first.id, first.envelope.as_ref().unwrap().request);
    let mut tx = world.begin().await;
    assert_eq!(tx.see(&[key]).await.unwrap(), [true]);
    tx.commit().await.unwrap();
    let replayed = world.store.unpark(&intake(), first.id, Unpark::Replay).await.unwrap();
    assert_eq!(replayed, Some(first.clone()));
    assert_eq!(world.begin().await.see(&[key]).await.unwrap(), [true], "it counts as new");
    assert_eq!(world.store.unpark(&intake(), first.id, Unpark::Replay).await.unwrap(), None, "once");
    assert_eq!(world.store.unpark(&intake(), second.id, Unpark::Drop).await.unwrap(), Some(second));
    assert_eq!(world.store.parked(None, None, 10).await.unwrap(), []);
}

async fn parking_again_counts_up(world: World) {
    let parked = world.parked();
    world.park(&parked).await;
    world.park(&Parked { reason: "crashed".to_owned(), ..parked.clone() }).await;
    let expected = Parked { reason: "crashed".to_owned(), attempts: 2, ..parked };
    assert_eq!(world.store.parked(Some(&intake()), None, 10).await.unwrap(), [expected]);
}

async fn the_first_key_of_a_name_stays_until_it_is_destroyed(world: World) {
    let named = |name: &str, wrapped: u8| KeyRow {
        tenant: tenant(),
        name: name.to_owned(),
        period: "2026-11".to_owned(),
        wrapped: vec![wrapped],
    };
    let key = |wrapped| named("a", wrapped);
    assert_eq!(world.store.put_keys(&[]).await.unwrap(), []);
    assert_eq!(world.store.put_keys(&[key(1)]).await.unwrap(), [key(1)]);
    let together = [named("b", 3), key(2), named("aa", 4)];
    let there = [named("b", 3), key(1), named("aa", 4)];
    assert_eq!(world.store.put_keys(&together).await.unwrap(), there, "two processes agree on one");
    assert_eq!(world.store.key(&"cork".parse().unwrap(), "a").await.unwrap(), None);
    assert!(world.store.delete_key(&tenant(), "a").await.unwrap());
    assert!(!world.store.delete_key(&tenant(), "a").await.unwrap());
    assert_eq!(world.store.key(&tenant(), "a").await.unwrap(), None);
}

async fn attempts_at_a_message_are_counted_until_it_is_replayed(world: World) {
    let parked = world.parked();
    let (message, request) = (parked.id, parked.envelope.as_ref().unwrap().request);
    let attempt = async || world.store.note_attempt(&intake(), message, request).await.unwrap();
    assert_eq!((attempt().await, attempt().await), (1, 2));
    let cleared = vec![(request, message)];
    world.write(Writes { attempts_cleared: cleared, ..Writes::default() }).await;
    assert_eq!(attempt().await, 1, "it was worked meanwhile");
    world.park(&parked).await;
    world.store.unpark(&intake(), message, Unpark::Replay).await.unwrap();
    assert_eq!(attempt().await, 1);
}
