//! The conformance suite of the bus: every case on every transport.

mod checking;
mod flow;
mod outages;
mod rubbish;

use std::{sync::Arc, time::Duration};

use redress_bus::{AmqpBus, AmqpSettings, Bus, Consumer, Delivery, LocalBus, Publication, PublishError};
use redress_contracts::{
    ContentType, Envelope, Message,
    topology::{Route, Topology, service_queue},
};
use redress_domain::{Clock as _, Ids, MessageId, ServiceName};
use redress_tests::{
    ambient::{Dice, TestClock},
    servers,
};

/// A bus with two services, `work` and `audit`; the second gets every event.
pub(crate) struct World {
    bus: Arc<dyn Bus>,
    clock: Arc<TestClock>,
    ids: Ids,
    /// Confirms come from the broker, not from the consumers.
    stores: bool,
}

impl World {
    async fn amqp() -> Self {
        Self::at(&fresh_vhost().await)
    }

    /// On this vhost of a broker.
    pub(crate) fn at(url: &str) -> Self {
        Self::new(Arc::new(amqp(url)), true)
    }

    async fn local() -> Self {
        Self::new(Arc::new(LocalBus::new(topology())), false)
    }

    fn new(bus: Arc<dyn Bus>, stores: bool) -> Self {
        let clock = Arc::new(TestClock::default());
        let ids = Ids::new(clock.clone(), Arc::new(Dice::new(7)));
        Self { bus, clock, ids, stores }
    }

    pub(crate) fn message(&self) -> Message {
        let envelope = Envelope {
            id: self.ids.message(),
            kind: "redress.v1.Discover".to_owned(),
            source: service("intake"),
            time: self.clock.now(),
            tenant: "dublin".parse().unwrap(),
            request: self.ids.request(),
            state_version: 3,
            answers: None,
            traceparent: None,
            again: false,
            content_type: ContentType::Protobuf,
        };
        Message { envelope, body: vec![0, 1, 255] }
    }

    fn to(&self, name: &str) -> Publication {
        Publication { message: self.message(), route: Route::to_service(&service(name)), retry: false }
    }

    fn event(&self) -> Publication {
        let route = Route::event(&"dublin".parse().unwrap(), "request.received");
        Publication { route, ..self.to("work") }
    }

    fn consume(&self, name: &str) -> Box<dyn Consumer> {
        self.bus.consume(&service_queue(&service(name)), 512)
    }

    /// Publishes, and waits for the confirm where it does not wait for a consumer.
    pub(crate) async fn publish(&self, publications: &[Publication]) {
        let confirms = self.bus.publish(publications.to_vec()).await;
        if self.stores {
            for confirm in confirms {
                confirm.await.unwrap();
            }
        }
    }
}

/// A vhost that no other test has.
pub(crate) async fn fresh_vhost() -> String {
    servers::fresh_vhost().await.unwrap()
}

fn service(name: &str) -> ServiceName {
    name.parse().unwrap()
}

fn topology() -> Topology {
    Topology::new(&[service("work"), service("audit")], &[service("audit")], &[])
}

fn amqp(url: &str) -> AmqpBus {
    let settings =
        AmqpSettings { url: url.to_owned(), name: "tests".to_owned(), patience: Duration::from_secs(10) };
    AmqpBus::start(&settings, topology())
}

fn id(delivery: &Delivery) -> MessageId {
    delivery.message.as_ref().unwrap().envelope.id
}

fn ids(publications: &[Publication]) -> Vec<MessageId> {
    publications.iter().map(|publication| publication.message.envelope.id).collect()
}

/// Takes this many deliveries and acknowledges them.
async fn take(consumer: &mut Box<dyn Consumer>, count: usize) -> Vec<Delivery> {
    let mut taken: Vec<Delivery> = Vec::new();
    while taken.len() < count {
        let some = consumer.next(count - taken.len()).await;
        assert!(!some.is_empty(), "the bus is closed");
        consumer.ack(some.last().unwrap().tag).await;
        taken.extend(some);
    }
    taken
}

/// Makes a test of each case for each transport.
macro_rules! on_both_transports {
    ($($case:ident)+) => {
        mod amqp {
            $(#[tokio::test] async fn $case() { super::$case(crate::bus::World::amqp().await).await })+
        }
        mod local {
            $(#[tokio::test] async fn $case() { super::$case(crate::bus::World::local().await).await })+
        }
    };
}
use on_both_transports;
