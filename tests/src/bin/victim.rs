//! A process with both tiny services, to be killed. Runs until it is.
//!
//! `victim <store> <bus> <target>`: a store's `postgres://` URL or SQLite file; `local` or a broker's
//! `amqp://` URL; the target's file.

use std::{path::Path, sync::Arc, time::Duration};

use anyhow::Context as _;
use redress_bus::{AmqpBus, AmqpSettings, Bus, LocalBus};
use redress_connector::{Runner, RunnerSettings, Tasks};
use redress_domain::{Ids, Random as _};
use redress_runtime::{Context, OsRandom, Publisher, Settings, Stop, SystemClock, run};
use redress_store::{PostgresStore, SqliteStore, Store, Time};
use redress_tests::two::{Alpha, Beta, Target, TestSealer, beta, topology};

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [store, bus, target] = &arguments[..] else { anyhow::bail!("victim <store> <bus> <target>") };
    let store: Arc<dyn Store> = if store.starts_with("postgres://") {
        Arc::new(PostgresStore::new(store, 8, Time::Server)?)
    } else {
        Arc::new(SqliteStore::open(Path::new(store), Arc::new(SystemClock)).await?)
    };
    let bus: Arc<dyn Bus> = match bus.as_str() {
        "local" => Arc::new(LocalBus::new(topology())),
        url => {
            let patience = Duration::from_secs(10);
            let settings = AmqpSettings { url: url.to_owned(), name: "victim".to_owned(), patience };
            Arc::new(AmqpBus::start(&settings, topology()))
        }
    };
    let target = Arc::new(Target::file(Path::new(target)).await.context("the target")?);
    serve(store, bus, target).await;
    Ok(())
}

async fn serve(store: Arc<dyn Store>, bus: Arc<dyn Bus>, target: Arc<Target>) {
    let clock = Arc::new(SystemClock);
    let ids = Ids::new(clock.clone(), Arc::new(OsRandom));
    let sealer = Arc::new(TestSealer::new(Arc::new(OsRandom)));
    let context = Context::new(store.clone(), clock.clone(), ids, sealer);
    let publisher = Arc::new(Publisher::new(store, bus.clone()));
    let settings = Settings { poll: Duration::from_millis(100), ..Settings::default() };
    let (_stop, stop) = Stop::new();
    let mut name = [0; 8];
    OsRandom.fill(&mut name);
    let runner = RunnerSettings {
        holder: format!("{name:x?}"),
        lease: Duration::from_secs(2),
        poll: Duration::from_millis(50),
    };
    let runner = Runner::new(Arc::new(Beta::new(target, clock)), context.clone(), publisher.clone(), runner);
    let tasks = Arc::new(Tasks::of(&beta()));
    tokio::join!(
        publisher.run(settings.poll, stop.clone()),
        run(
            Arc::new(Alpha::default()),
            context.clone(),
            bus.clone(),
            publisher.clone(),
            settings,
            stop.clone()
        ),
        run(tasks, context, bus, publisher.clone(), settings, stop.clone()),
        runner.run(stop),
    );
}
