//! The broker is killed, restarted, cut off and meddled with; what was confirmed arrives all the same.

use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use redress_bus::{Bus, Publication};
use redress_domain::MessageId;
use redress_tests::servers::RabbitMq;

use super::{PublishError, World, amqp, id, take};

/// Publishes until it is confirmed, as the outbox does.
async fn publish_until_confirmed(bus: &dyn Bus, publications: &[Publication]) {
    let mut unsent = publications.to_vec();
    while !unsent.is_empty() {
        let confirms = bus.publish(unsent.clone()).await;
        let results = futures::future::join_all(confirms).await;
        unsent = unsent.into_iter().zip(results).filter(|(_, r)| r.is_err()).map(|(p, _)| p).collect();
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_confirmed_survives_kills_and_cut_connections() {
    let broker = RabbitMq::start().await.unwrap();
    let url = broker.create_vhost("kills").await.unwrap();
    let world = World::new(std::sync::Arc::new(amqp(&url)), true);
    let batches: Vec<Vec<Publication>> =
        (0..60).map(|_| (0..50).map(|_| world.to("work")).collect()).collect();
    let all: BTreeSet<MessageId> = batches.iter().flatten().map(|p| p.message.envelope.id).collect();
    let published = AtomicBool::new(false);

    let publish = async {
        for (i, batch) in batches.iter().enumerate() {
            match i {
                20 => broker.close_all_connections("test").await.unwrap(),
                40 => {
                    broker.kill().await.unwrap();
                    broker.restart().await.unwrap();
                }
                _ => {}
            }
            publish_until_confirmed(&*world.bus, batch).await;
        }
        published.store(true, Ordering::SeqCst);
    };
    let consume = async {
        let mut came = BTreeSet::new();
        let mut consumer = world.consume("work");
        while came.len() < all.len() {
            let some = consumer.next(64).await;
            consumer.ack(some.last().unwrap().tag).await;
            came.extend(some.iter().map(id));
        }
        came
    };
    let ((), came) = tokio::join!(publish, consume);
    assert!(published.load(Ordering::SeqCst));
    assert_eq!(came, all, "each at least once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_confirmed_before_a_kill_is_there_after_it() {
    let broker = RabbitMq::start().await.unwrap();
    let url = broker.create_vhost("kill").await.unwrap();
    let world = World::new(std::sync::Arc::new(amqp(&url)), true);
    let sent: Vec<Publication> = (0..200).map(|_| world.to("work")).collect();
    world.publish(&sent).await;
    broker.kill().await.unwrap();

    let settings = redress_bus::AmqpSettings {
        url: url.clone(),
        name: "impatient".to_owned(),
        patience: Duration::from_millis(300),
    };
    let impatient = redress_bus::AmqpBus::start(&settings, super::topology());
    for confirm in impatient.publish(vec![world.to("work")]).await {
        assert_eq!(confirm.await, Err(PublishError::Lost), "while it is away, a publish says so");
    }
    assert!(!impatient.is_up());

    broker.restart().await.unwrap();
    let came = take(&mut world.consume("work"), 200).await;
    let came: BTreeSet<MessageId> = came.iter().map(id).collect();
    assert_eq!(came, sent.iter().map(|p| p.message.envelope.id).collect());
}

#[tokio::test]
async fn a_queue_that_an_operator_deleted_is_declared_again() {
    let url = super::fresh_vhost().await;
    let world = World::new(std::sync::Arc::new(amqp(&url)), true);
    world.publish(&[world.to("work")]).await;
    let mut consumer = world.consume("work");
    take(&mut consumer, 1).await;
    super::rubbish::operator(&url).await.queue_delete("redress.work").await;
    let waiting = tokio::spawn(async move { take(&mut consumer, 1).await });
    let after = world.to("work");
    publish_until_confirmed(&*world.bus, std::slice::from_ref(&after)).await;
    let came = waiting.await.unwrap();
    assert_eq!(id(&came[0]), after.message.envelope.id);
}
