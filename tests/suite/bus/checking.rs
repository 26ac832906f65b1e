//! Looking whether a broker will do, before anything is started on it.

use redress_bus::{QueueStanding, Unfit};
use redress_tests::killable::look_again;

use super::*;

#[tokio::test]
async fn a_broker_that_will_do_is_told_from_one_that_will_not() {
    let check = async |url: &str| {
        let patience = Duration::from_secs(10);
        let settings = AmqpSettings { url: url.to_owned(), name: "check".to_owned(), patience };
        AmqpBus::check(&settings, &topology()).await
    };
    let url = fresh_vhost().await;
    check(&url).await.unwrap();
    check(&url).await.unwrap();
    let (before, vhost) = url.rsplit_once('/').unwrap();
    let rabbitmq = servers::shared_rabbitmq().await.unwrap();
    let other = fresh_vhost().await;
    let (_, taken) = other.rsplit_once('/').unwrap();
    let queue = &topology().queues[0].name;
    let classic = format!(
        r#"rabbit_amqqueue:declare(rabbit_misc:r(<<"{taken}">>, queue, <<"{queue}">>), true, false, [], none, <<"tests">>)"#
    );
    rabbitmq.eval(&classic).await.unwrap();
    for (url, why) in [
        (rabbitmq.url_as("guest", "s3cr3t", vhost), "ACCESS_REFUSED"),
        (format!("{before}/s3cr3t-nowhere"), ""),
        ("amqp://guest:s3cr3t@127.0.0.1:1/x".to_owned(), "refused"),
        ("amqp://guest:s3cr3t@[/x".to_owned(), ""),
        (other, "PRECONDITION_FAILED"),
    ] {
        let unfit = check(&url).await.expect_err(&url);
        let said = unfit.to_string();
        assert!(said.contains(why) && !said.contains(":s3cr3t"), "{url}: {said}");
        let is_let_in = why == "PRECONDITION_FAILED";
        assert_eq!(matches!(unfit, Unfit::Topology(_)), is_let_in, "{url}: {said}");
    }
}

#[tokio::test]
async fn how_queues_stand_is_asked_and_whose_consumers_have_theirs_is_known() {
    let world = World::amqp().await;
    world.publish(&[world.to("work"), world.to("work"), world.event()]).await;
    let stands = async |messages: u64, consumers: u64| {
        // Counts of a quorum queue come to the one who is asked a moment later.
        for _ in 0..200 {
            let queues = world.bus.queues().await;
            let work = queues.iter().find(|queue| queue.queue == "redress.work").unwrap();
            if (work.messages, work.consumers) == (messages, consumers) {
                return queues;
            }
            look_again().await;
        }
        panic!("never {messages} messages and {consumers} consumers: {:?}", world.bus.queues().await);
    };
    let unworked = |queues: Vec<QueueStanding>| -> Vec<String> {
        queues.into_iter().filter(QueueStanding::is_unworked).map(|queue| queue.queue).collect()
    };
    assert_eq!(
        unworked(stands(2, 0).await),
        ["redress.crashed", "redress.requests", "redress.work", "redress.audit"]
    );
    while !world.bus.is_up() {
        look_again().await;
    }
    assert!(world.bus.is_consuming(), "nobody wants to");
    let mut consumer = world.consume("work");
    assert!(!world.bus.is_consuming(), "it has not its queue yet");
    take(&mut consumer, 2).await;
    assert!(world.bus.is_consuming());
    assert_eq!(unworked(stands(0, 1).await), ["redress.crashed", "redress.requests", "redress.audit"]);
    drop(consumer);
    assert!(world.bus.is_consuming());
    stands(0, 0).await;
    world.bus.close().await;
    assert_eq!(world.bus.queues().await, []);
}
