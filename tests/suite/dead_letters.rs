//! What a real broker gives up by the policy that the manifests have is parked, and a submission's sender hears of it.

use lapin::{
    BasicProperties, Channel, Connection, ConnectionProperties,
    options::{
        BasicGetOptions, BasicNackOptions, BasicPublishOptions, QueueBindOptions, QueueDeclareOptions,
    },
    types::{AMQPValue, FieldTable},
};
use prost::Message as _;
use redress_contracts::{
    header,
    topology::{REQUESTS, SERVICES},
    v1::event::What,
};
use redress_tests::killable::look_again;

use crate::front_queue::{PROTOBUF, World, clear, next};

/// A service's queue whose consumers are the tests. Submissions come to it too.
const QUEUE: &str = "redress.nobody";
/// Deliveries after which the broker gives up.
const LIMIT: usize = 2;

/// The broker's administrator, with the queue and its policy.
struct Nobody {
    channel: Channel,
    _connection: Connection,
}

impl Nobody {
    async fn at(world: &World) -> Self {
        let (vhost, pattern) = (&world.vhost, r"^redress\\.nobody$");
        let policy = format!(
            r#"rabbit_policy:set(<<"{vhost}">>, <<"redress">>, <<"{pattern}">>, [
                {{<<"dead-letter-exchange">>, <<"redress.crashed">>}},
                {{<<"dead-letter-routing-key">>, <<"redress.crashed">>}},
                {{<<"dead-letter-strategy">>, <<"at-least-once">>}},
                {{<<"delivery-limit">>, {LIMIT}}},
                {{<<"overflow">>, <<"reject-publish">>}}], 0, <<"queues">>, <<"tests">>)"#
        );
        assert_eq!(world.rabbitmq.eval(&policy).await.unwrap(), "ok");
        let url = world.rabbitmq.url(vhost);
        let connection = Connection::connect(&url, ConnectionProperties::default()).await.unwrap();
        let channel = connection.create_channel().await.unwrap();
        let mut quorum = FieldTable::default();
        quorum.insert("x-queue-type".into(), AMQPValue::LongString("quorum".into()));
        channel.queue_declare(QUEUE.into(), QueueDeclareOptions::durable(), quorum).await.unwrap();
        for (exchange, key) in [(SERVICES, "nobody"), (REQUESTS, "#")] {
            let (options, none) = (QueueBindOptions::default(), FieldTable::default());
            channel.queue_bind(QUEUE.into(), exchange.into(), key.into(), options, none).await.unwrap();
        }
        Self { channel, _connection: connection }
    }

    /// Takes what is in the queue and gives it back, as one that ends each time, until the broker gives it up.
    async fn gives_up(&self) {
        for _ in 0..=LIMIT {
            let got = loop {
                match self.channel.basic_get(QUEUE.into(), BasicGetOptions::default()).await.unwrap() {
                    Some(got) => break got,
                    None => look_again().await,
                }
            };
            let back = BasicNackOptions { requeue: true, ..BasicNackOptions::default() };
            got.delivery.nack(back).await.unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_broker_gives_up_is_parked_with_whose_queue_it_was_in_and_its_sender_hears() {
    let world = World::start().await;
    let nobody = Nobody::at(&world).await;
    let (shop, books) = (world.user("shop").await, world.user("books").await);
    let mut events = books.listen("dublin.request.rejected").await.unwrap();

    // A message between services.
    let id = "019eb167-5600-7000-8000-000000000001";
    let mut headers = FieldTable::default();
    for (name, value) in [
        (header::SOURCE, "intake"),
        (header::TIME, "2026-11-26T12:00:00Z"),
        (header::TENANT, "dublin"),
        (header::STATE_VERSION, "1"),
    ] {
        headers.insert(name.into(), AMQPValue::LongString(value.into()));
    }
    let message = BasicProperties::default()
        .with_message_id(id.into())
        .with_correlation_id("019eb167-5600-7000-8000-000000000002".into())
        .with_type("redress.v1.Discover".into())
        .with_user_id("guest".into())
        .with_content_type(PROTOBUF.into())
        .with_headers(headers);
    let options = BasicPublishOptions::default();
    nobody.channel.basic_publish(SERVICES.into(), "nobody".into(), options, b"body", message).await.unwrap();
    nobody.gives_up().await;
    let parked = world.until_parked(1).await.pop().unwrap();
    assert_eq!((parked.service.as_str(), &*parked.reason), ("nobody", "given_up"));
    assert_eq!(parked.envelope.as_ref().map(|envelope| envelope.id.to_string()).as_deref(), Some(id));

    // A submission, of whom the broker alone says whose it is.
    shop.submit("a", PROTOBUF, &clear("one").encode_to_vec()).await;
    nobody.gives_up().await;
    let (_, event) = next(&mut events).await;
    let Some(What::RequestRejected(rejected)) = event.what else { panic!("{event:?}") };
    assert_eq!(rejected.reason, "given_up");
    let parked = world.until_parked(2).await;
    let of_shop = parked.iter().find(|parked| parked.service.as_str() == "requests").unwrap();
    let envelope = of_shop.envelope.as_ref().unwrap();
    assert_eq!((&*of_shop.reason, envelope.tenant.as_str()), ("given_up", "dublin"));
    world.until_requests("dublin", 1).await;
    world.node.stop().await;
}
