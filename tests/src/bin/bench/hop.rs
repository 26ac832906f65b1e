//! Hops a second: what the loop does beside what the machine can.
//!
//! A hop is one message consumed, worked in a transaction and answered by one message published and
//! confirmed. The ceiling does that with bare statements: inbox and outbox insert, publish, multiple
//! acknowledgement, batches of 64, four workers. The loop does it as every service does, with a state row
//! for each of 2,000 requests and a decision that only counts.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use futures::{FutureExt as _, StreamExt as _};
use lapin::{
    BasicProperties, Connection, ConnectionProperties,
    options::{
        BasicAckOptions, BasicConsumeOptions, BasicPublishOptions, BasicQosOptions, ConfirmSelectOptions,
        QueueDeclareOptions,
    },
    types::{AMQPValue, FieldTable},
};
use redress_bus::{AmqpBus, AmqpSettings, Bus, LocalBus};
use redress_contracts::{
    ContentType, Envelope, Message,
    topology::{Route, Topology},
    v1,
};
use redress_domain::{Ids, ServiceName};
use redress_runtime::{
    Context, Decision, Input, Moment, Next, OsRandom, Out, Publisher, Refused, Service, Settings, Steps,
    Stop, SystemClock, run,
};
use redress_store::{Outgoing, PostgresStore, SqliteStore, StateRow, Store, Time, Writes};
use redress_tests::two::TestSealer;
use sqlx::{Executor as _, PgPool, postgres::PgPoolOptions};
use tokio::sync::Notify;

use crate::{product::Servers, table::Table};

const TOKENS: usize = 2_000;
const HOPS: u64 = 60_000;
const WORKERS: usize = 4;
const BATCH: usize = 64;
const BODY_BYTES: usize = 300;

/// Counts hops, and says when there were enough.
struct Counter {
    hops: AtomicU64,
    enough: Notify,
}

impl Counter {
    fn new() -> Arc<Self> {
        Arc::new(Self { hops: AtomicU64::new(0), enough: Notify::new() })
    }

    fn add(&self, hops: u64) {
        if self.hops.fetch_add(hops, Ordering::Relaxed) + hops >= HOPS {
            self.enough.notify_one();
        }
    }

    /// Hops a second from the first tenth on.
    async fn rate(&self) -> f64 {
        while self.hops.load(Ordering::Relaxed) < HOPS / 10 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        let (begun, before) = (Instant::now(), self.hops.load(Ordering::Relaxed));
        self.enough.notified().await;
        (self.hops.load(Ordering::Relaxed) - before) as f64 / begun.elapsed().as_secs_f64()
    }
}

/// The figures' rows.
pub(crate) async fn measure(servers: &Servers, rounds: u32, table: &mut Table) -> anyhow::Result<()> {
    let (mut ceiling, mut loop_, mut embedded) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..rounds {
        let vhost = servers.rabbitmq.create_vhost(&format!("hop-{round}")).await?;
        ceiling.push(measure_ceiling(&vhost, &servers.store.create_database().await?).await);
        let url = servers.store.create_database().await?;
        let store: Arc<dyn Store> = Arc::new(PostgresStore::new(&url, 12, Time::Server)?);
        let patience = Duration::from_secs(10);
        let settings = AmqpSettings { url: vhost, name: "bench".to_owned(), patience };
        let bus: Arc<dyn Bus> = Arc::new(AmqpBus::start(&settings, topology()));
        loop_.push(measure_loop(store, bus).await);
        embedded.push(measure_embedded().await);
    }
    let ratios: Vec<f64> = loop_.iter().zip(&ceiling).map(|(l, c)| l / c).collect();
    table.row("ceiling: bare statements, RabbitMQ quorum queue + PostgreSQL", "hops/s", 0, &ceiling);
    table.row("the loop, RabbitMQ quorum queue + PostgreSQL", "hops/s", 0, &loop_);
    table.row("the loop's share of the ceiling", "", 2, &ratios);
    table.row("the loop, in-process + SQLite", "hops/s", 0, &embedded);
    Ok(())
}

// ---- the ceiling ----

async fn measure_ceiling(vhost: &str, database: &str) -> f64 {
    let pool = PgPoolOptions::new().max_connections(WORKERS as u32).connect(database).await.unwrap();
    pool.execute("create table inbox (id text primary key)").await.unwrap();
    pool.execute("create table outbox (id text primary key, body bytea not null)").await.unwrap();
    let consuming = Connection::connect(vhost, ConnectionProperties::default()).await.unwrap();
    let publishing = Connection::connect(vhost, ConnectionProperties::default()).await.unwrap();
    let channel = publishing.create_channel().await.unwrap();
    let mut quorum = FieldTable::default();
    quorum.insert("x-queue-type".into(), AMQPValue::LongString("quorum".into()));
    channel.queue_declare("bare".into(), QueueDeclareOptions::durable(), quorum).await.unwrap();
    channel.confirm_select(ConfirmSelectOptions::default()).await.unwrap();
    let counter = Counter::new();
    let ids = Ids::new(Arc::new(SystemClock), Arc::new(OsRandom));
    let first: Vec<String> = (0..TOKENS).map(|_| ids.message().to_string()).collect();
    publish_bare(&channel, &first).await;
    let mut workers = Vec::new();
    for _ in 0..WORKERS {
        let worker = BareWorker {
            pool: pool.clone(),
            consume: consuming.create_channel().await.unwrap(),
            publish: publishing.create_channel().await.unwrap(),
            ids: ids.clone(),
            counter: counter.clone(),
        };
        workers.push(tokio::spawn(worker.run()));
    }
    let rate = counter.rate().await;
    for worker in workers {
        worker.abort();
    }
    consuming.close(200, "done".into()).await.unwrap();
    publishing.close(200, "done".into()).await.unwrap();
    rate
}

struct BareWorker {
    pool: PgPool,
    consume: lapin::Channel,
    publish: lapin::Channel,
    ids: Ids,
    counter: Arc<Counter>,
}

impl BareWorker {
    async fn run(self) {
        self.publish.confirm_select(ConfirmSelectOptions::default()).await.unwrap();
        self.consume.basic_qos(4 * BATCH as u16, BasicQosOptions::default()).await.unwrap();
        let (options, none) = (BasicConsumeOptions::default(), FieldTable::default());
        let mut deliveries =
            self.consume.basic_consume("bare".into(), "".into(), options, none).await.unwrap();
        while let Some(first) = deliveries.next().await {
            let mut batch = vec![first.unwrap()];
            while batch.len() < BATCH
                && let Some(Some(next)) = deliveries.next().now_or_never()
            {
                batch.push(next.unwrap());
            }
            self.hop(&batch).await;
            self.counter.add(batch.len() as u64);
        }
    }

    async fn hop(&self, batch: &[lapin::message::Delivery]) {
        let came = batch.iter().map(|d| d.properties.message_id().as_ref().unwrap().to_string());
        let next: Vec<String> = batch.iter().map(|_| self.ids.message().to_string()).collect();
        let bodies: Vec<Vec<u8>> = vec![vec![7; BODY_BYTES]; batch.len()];
        let mut tx = self.pool.begin().await.unwrap();
        sqlx::query("insert into inbox select * from unnest($1::text[]) on conflict do nothing")
            .bind(came.collect::<Vec<_>>())
            .execute(&mut *tx)
            .await
            .unwrap();
        sqlx::query("insert into outbox select * from unnest($1::text[], $2::bytea[])")
            .bind(&next)
            .bind(bodies)
            .execute(&mut *tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        publish_bare(&self.publish, &next).await;
        let multiple = BasicAckOptions { multiple: true };
        self.consume.basic_ack(batch.last().unwrap().delivery_tag, multiple).await.unwrap();
    }
}

async fn publish_bare(channel: &lapin::Channel, ids: &[String]) {
    let body = vec![7; BODY_BYTES];
    let mut confirms = Vec::with_capacity(ids.len());
    for id in ids {
        let properties = BasicProperties::default().with_message_id(id.as_str().into()).with_delivery_mode(2);
        let options = BasicPublishOptions { mandatory: true, ..BasicPublishOptions::default() };
        confirms
            .push(channel.basic_publish("".into(), "bare".into(), options, &body, properties).await.unwrap());
    }
    for confirm in confirms {
        confirm.await.unwrap();
    }
}

// ---- the loop ----

/// Sends on what it gets.
struct Hop {
    name: ServiceName,
    counter: Arc<Counter>,
}

#[derive(Clone, PartialEq, prost::Message)]
struct Hops {
    #[prost(uint64, tag = "1")]
    hops: u64,
}

fn hop() -> ServiceName {
    "hop".parse().unwrap()
}

fn topology() -> Topology {
    Topology::new(&[hop()], &[], &[])
}

fn token() -> v1::Stop {
    v1::Stop { request: String::new(), reason: "7".repeat(BODY_BYTES) }
}

impl Service for Hop {
    type State = Hops;
    type Message = ();

    fn name(&self) -> &ServiceName {
        &self.name
    }

    fn format(&self) -> u32 {
        1
    }

    fn read_state(&self, row: &StateRow) -> Result<Hops, Refused> {
        prost::Message::decode(row.body.as_slice())
            .map_err(|e| Refused::new("unreadable_state", e.to_string()))
    }

    fn write_state(&self, state: &Hops, row: &mut StateRow) {
        row.status = "hopping".to_owned();
        row.body = prost::Message::encode_to_vec(state);
    }

    fn read(&self, message: &Message) -> Result<(), Refused> {
        Ok(message.read::<v1::Stop>().map(drop)?)
    }

    fn steps(&self, _: &Input<()>) -> Vec<String> {
        Vec::new()
    }

    fn decide(&self, state: Option<&Hops>, _: &Input<()>, _: &Steps, moment: &Moment<'_>) -> Decision<Hops> {
        self.counter.add(1);
        let hops = state.map_or(0, |state| state.hops) + 1;
        let out = Out::new(moment.ids.message(), Route::to_service(&self.name), &token());
        Next { messages: vec![out], ..Next::to(Hops { hops }) }.into()
    }
}

async fn measure_embedded() -> f64 {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("store.sqlite");
    let store = SqliteStore::open(Path::new(&file), Arc::new(SystemClock)).await.unwrap();
    measure_loop(Arc::new(store), Arc::new(LocalBus::new(topology()))).await
}

async fn measure_loop(store: Arc<dyn Store>, bus: Arc<dyn Bus>) -> f64 {
    store.migrate().await.unwrap();
    let ids = Ids::new(Arc::new(SystemClock), Arc::new(OsRandom));
    let sealer = Arc::new(TestSealer::new(Arc::new(OsRandom)));
    let context = Context::new(store.clone(), Arc::new(SystemClock), ids.clone(), sealer);
    let publisher = Arc::new(Publisher::new(store.clone(), bus.clone()));
    let counter = Counter::new();
    let (stop, stopped) = Stop::new();
    let settings = Settings { workers: WORKERS, batch: BATCH, ..Settings::default() };
    let service = Arc::new(Hop { name: hop(), counter: counter.clone() });
    let running = tokio::spawn({
        let (publisher, stop, bus) = (publisher.clone(), stopped.clone(), bus.clone());
        async move {
            let publish = publisher.run(settings.poll, stop.clone());
            tokio::join!(publish, run(service, context, bus, publisher.clone(), settings, stop));
        }
    });
    let outbox: Vec<Outgoing> = (0..TOKENS).map(|_| first(&ids)).collect();
    let mut tx = store.begin(&hop()).await.unwrap();
    tx.write(&Writes { outbox: outbox.clone(), ..Writes::default() }).await.unwrap();
    tx.commit().await.unwrap();
    for batch in outbox.chunks(BATCH) {
        publisher.hand_over(batch.to_vec());
    }
    let rate = counter.rate().await;
    stop.send_replace(true);
    bus.close().await;
    running.await.unwrap();
    rate
}

fn first(ids: &Ids) -> Outgoing {
    let envelope = Envelope {
        id: ids.message(),
        kind: "redress.v1.Stop".to_owned(),
        source: "front".parse().unwrap(),
        time: redress_domain::Clock::now(&SystemClock),
        tenant: "dublin".parse().unwrap(),
        request: ids.request(),
        state_version: 0,
        answers: None,
        traceparent: None,
        again: false,
        content_type: ContentType::Protobuf,
    };
    let message = Message { envelope, body: prost::Message::encode_to_vec(&token()) };
    Outgoing { message, route: Route::to_service(&hop()), cause: None }
}
