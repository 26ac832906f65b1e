//! The outbox: published by whoever committed, or by anybody once that one is late.

use std::collections::HashSet;

use redress_store::{Resend, Writes};

use super::{World, on_both_dialects, secs};

on_both_dialects! {
    a_new_message_is_left_to_its_writer_for_two_seconds
    what_is_unsent_is_claimed_by_one_of_many
    a_message_comes_back_as_it_was_written
    what_is_sent_again_says_so
}

async fn a_new_message_is_left_to_its_writer_for_two_seconds(world: World) {
    let request = world.request().await;
    let outgoing = world.outgoing(request, None);
    world.write(Writes { outbox: vec![outgoing.clone()], ..Writes::default() }).await;
    let claim = async || world.store.claim_unsent(10, secs(5)).await.unwrap();
    world.clock.advance(secs(1));
    assert_eq!(claim().await, []);
    world.clock.advance(secs(1));
    assert_eq!(claim().await, std::slice::from_ref(&outgoing));
    assert_eq!(claim().await, [], "claimed");
    world.clock.advance(secs(5));
    assert_eq!(claim().await, std::slice::from_ref(&outgoing), "the claim is over");
    world.store.mark_sent(&[(request, outgoing.message.envelope.id)]).await.unwrap();
    world.clock.advance(secs(60));
    assert_eq!(claim().await, [], "sent");
}

async fn what_is_unsent_is_claimed_by_one_of_many(world: World) {
    let request = world.request().await;
    let outbox: Vec<_> = (0..200).map(|_| world.outgoing(request, None)).collect();
    world.write(Writes { outbox, ..Writes::default() }).await;
    world.clock.advance(secs(5));
    let claimers = (0..8).map(|_| {
        let store = world.replica();
        async move {
            let mut mine = Vec::new();
            loop {
                let some = store.claim_unsent(7, secs(60)).await.unwrap();
                if some.is_empty() {
                    return mine;
                }
                mine.extend(some.into_iter().map(|outgoing| outgoing.message.envelope.id));
            }
        }
    });
    let claimed: Vec<_> = futures::future::join_all(claimers).await.into_iter().flatten().collect();
    assert_eq!(claimed.len(), 200);
    assert_eq!(claimed.iter().collect::<HashSet<_>>().len(), 200, "nobody else's");
}

async fn a_message_comes_back_as_it_was_written(world: World) {
    let request = world.request().await;
    let mut full = world.outgoing(request, Some(world.ids.message()));
    full.message.envelope.answers = Some(world.ids.message());
    full.message.envelope.traceparent =
        Some("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01".to_owned());
    full.message.body = (0..=255).collect();
    world.write(Writes { outbox: vec![full.clone()], ..Writes::default() }).await;
    world.clock.advance(secs(5));
    assert_eq!(world.store.claim_unsent(10, secs(5)).await.unwrap(), [full]);
}

async fn what_is_sent_again_says_so(world: World) {
    let request = world.request().await;
    let cause = world.ids.message();
    let caused = [world.outgoing(request, Some(cause)), world.outgoing(request, Some(cause))];
    let other = world.outgoing(request, Some(world.ids.message()));
    let outbox = [caused.to_vec(), vec![other.clone()]].concat();
    let id = |outgoing: &redress_store::Outgoing| outgoing.message.envelope.id;
    world.write(Writes { outbox: outbox.clone(), ..Writes::default() }).await;
    world.store.mark_sent(&outbox.iter().map(|o| (request, id(o))).collect::<Vec<_>>()).await.unwrap();

    let again = async |resend| {
        let mut sent = world.write(Writes { resend: vec![resend], ..Writes::default() }).await;
        assert!(sent.iter().all(|outgoing| outgoing.message.envelope.again));
        sent.sort_by_key(id);
        sent.iter().map(id).collect::<Vec<_>>()
    };
    let mut both = [id(&caused[0]), id(&caused[1])];
    both.sort_unstable();
    assert_eq!(again(Resend::CausedBy(request, cause)).await, both);
    assert_eq!(again(Resend::Message(request, id(&other))).await, [id(&other)]);
    assert_eq!(again(Resend::CausedBy(world.ids.request(), cause)).await, [], "another request's");

    world.clock.advance(secs(5));
    let late = world.store.claim_unsent(10, secs(5)).await.unwrap();
    assert_eq!(late.len(), 3, "if its writer does not publish it, others do");
    assert!(late.iter().all(|outgoing| outgoing.message.envelope.again));
}
