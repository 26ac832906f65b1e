//! What flows: whole, to the right queues, again when it was not acknowledged.

use std::collections::BTreeSet;

use futures::FutureExt as _;
use redress_bus::{Publication, PublishError};
use redress_contracts::ContentType;

use super::{World, id, ids, on_both_transports, take};

on_both_transports! {
    a_message_arrives_as_it_was_sent
    what_no_queue_takes_is_an_error_unless_it_is_an_event
    an_event_reaches_who_listens_and_a_command_its_one_queue
    a_consumer_takes_what_is_ready_and_waits_for_no_more
    what_is_not_acknowledged_comes_again_and_says_so
    consumers_of_one_queue_share_it
    unacknowledged_deliveries_are_bounded
    a_closed_bus_gives_nothing_and_takes_nothing
}

async fn a_message_arrives_as_it_was_sent(world: World) {
    let plain = world.to("work");
    let mut full = world.to("work");
    full.message.envelope.answers = Some(world.ids.message());
    full.message.envelope.traceparent =
        Some("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01".to_owned());
    full.message.envelope.again = true;
    full.message.envelope.content_type = ContentType::Json;
    full.message.body = (0..=255).cycle().take(300_000).collect();
    let mut empty = world.to("work");
    empty.message.body = Vec::new();
    let sent = [plain, full, empty];
    world.publish(&sent).await;
    let taken = take(&mut world.consume("work"), 3).await;
    for (sent, came) in sent.iter().zip(&taken) {
        assert!(came.message.as_ref() == Ok(&sent.message), "{came:?}");
        assert!(!came.redelivered);
    }
}

async fn what_no_queue_takes_is_an_error_unless_it_is_an_event(world: World) {
    let confirms = world.bus.publish(vec![world.to("nobody"), world.to("work")]).await;
    let [returned, _taken] = <[_; 2]>::try_from(confirms).ok().unwrap();
    assert_eq!(returned.await, Err(PublishError::Returned));
    assert_eq!(take(&mut world.consume("work"), 1).await.len(), 1);
}

async fn an_event_reaches_who_listens_and_a_command_its_one_queue(world: World) {
    let (event, command) = (world.event(), world.to("work"));
    world.publish(&[event.clone(), command.clone()]).await;
    let at_audit = take(&mut world.consume("audit"), 1).await;
    assert_eq!(at_audit.iter().map(id).collect::<Vec<_>>(), ids(&[event]));
    let at_work = take(&mut world.consume("work"), 1).await;
    assert_eq!(at_work.iter().map(id).collect::<Vec<_>>(), ids(&[command]));
    let second = world.to("audit");
    world.publish(std::slice::from_ref(&second)).await;
    let next = take(&mut world.consume("audit"), 1).await;
    assert_eq!(next.iter().map(id).collect::<Vec<_>>(), ids(&[second]), "the event came once");
}

async fn a_consumer_takes_what_is_ready_and_waits_for_no_more(world: World) {
    let sent: Vec<Publication> = (0..10).map(|_| world.to("work")).collect();
    world.publish(&sent).await;
    let mut consumer = world.consume("work");
    let mut came = Vec::new();
    while came.len() < 10 {
        let some = consumer.next(4).await;
        assert!((1..=4).contains(&some.len()), "{}", some.len());
        came.extend(some.iter().map(id));
    }
    assert_eq!(came, ids(&sent), "in the order in which one publisher sent them");
    assert!(consumer.next(4).now_or_never().is_none(), "there is no eleventh");
}

async fn what_is_not_acknowledged_comes_again_and_says_so(world: World) {
    let sent: Vec<Publication> = (0..4).map(|_| world.to("work")).collect();
    world.publish(&sent).await;
    let mut consumer = world.consume("work");
    let mut first = Vec::new();
    while first.len() < 4 {
        first.extend(consumer.next(4).await);
    }
    consumer.ack(first[1].tag).await;
    drop(consumer);
    let mut other = world.consume("work");
    let again = take(&mut other, 2).await;
    assert_eq!(again.iter().map(id).collect::<Vec<_>>(), ids(&sent[2..]));
    assert!(again.iter().all(|delivery| delivery.redelivered));
}

async fn consumers_of_one_queue_share_it(world: World) {
    let sent: Vec<Publication> = (0..1000).map(|_| world.to("work")).collect();
    world.publish(&sent).await;
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let came = std::sync::Mutex::new(Vec::new());
    let consumers = (0..3).map(|_| {
        let (mut consumer, mut stopped) = (world.bus.consume("redress.work", 16), stopped.clone());
        let (came, stop) = (&came, &stop);
        async move {
            loop {
                let some = tokio::select! {
                    some = consumer.next(7) => some,
                    _ = stopped.wait_for(|stop| *stop) => return,
                };
                consumer.ack(some.last().unwrap().tag).await;
                let mut came = came.lock().unwrap();
                came.extend(some.iter().map(id));
                if came.len() >= 1000 {
                    stop.send_replace(true);
                }
            }
        }
    });
    futures::future::join_all(consumers).await;
    let came = came.into_inner().unwrap();
    assert_eq!(came.len(), 1000);
    assert_eq!(came.into_iter().collect::<BTreeSet<_>>(), ids(&sent).into_iter().collect());
}

async fn unacknowledged_deliveries_are_bounded(world: World) {
    let sent: Vec<Publication> = (0..10).map(|_| world.to("work")).collect();
    world.publish(&sent).await;
    let mut consumer = world.bus.consume("redress.work", 3);
    let mut held = Vec::new();
    while held.len() < 3 {
        held.extend(consumer.next(10).await);
    }
    assert!(consumer.next(10).now_or_never().is_none(), "three are out already");
    consumer.ack(held[2].tag).await;
    assert_eq!(id(&consumer.next(1).await[0]), ids(&sent)[3]);
}

async fn a_closed_bus_gives_nothing_and_takes_nothing(world: World) {
    let (mut idle, mut other) = (world.consume("work"), world.consume("work"));
    let waiting = async { (idle.next(1).await, other.next(1).await) };
    let ((first, second), ()) = tokio::join!(waiting, world.bus.close());
    assert!(first.is_empty() && second.is_empty());
    assert!(!world.bus.is_up());
    for confirm in world.bus.publish(vec![world.to("work")]).await {
        assert_eq!(confirm.await, Err(PublishError::Lost));
    }
}

/// In-process, a confirm means that the consumer is done; and what is published again meanwhile gets no
/// second place.
#[tokio::test]
async fn an_in_process_confirm_waits_for_every_consumer() {
    let world = World::local().await;
    let event = world.event();
    let mut confirms = world.bus.publish(vec![event.clone(), world.to("work")]).await;
    let mut again = world.bus.publish(vec![Publication { retry: true, ..event.clone() }]).await;
    assert!((&mut confirms[0]).now_or_never().is_none());
    let taken = take(&mut world.consume("audit"), 1).await;
    assert_eq!(taken.iter().map(id).collect::<Vec<_>>(), ids(&[event]));
    assert_eq!((&mut confirms[0]).now_or_never(), Some(Ok(())));
    assert_eq!((&mut again[0]).now_or_never(), Some(Ok(())), "both publishes hear of the one delivery");
    assert!((&mut confirms[1]).now_or_never().is_none());
    assert!(world.consume("audit").next(1).now_or_never().is_none(), "no second place");
}
