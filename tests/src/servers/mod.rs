//! RabbitMQ, PostgreSQL and object stores of the tests' own: free ports on loopback, own folders, an
//! unprivileged user. Whatever ends the test binary, `kill -9` included, ends them too and removes their folders.

mod azurite;
mod emulator;
mod folder;
mod moto;
mod node;
mod ports;
mod postgres;
mod process;
mod proxy;
mod rabbitmq;
mod wire;

use std::sync::atomic::{AtomicU32, Ordering};

pub use emulator::{Bucket, Emulator};
pub use ports::Port;
pub use postgres::Postgres;
pub use proxy::Proxy;
pub use rabbitmq::RabbitMq;
use tokio::sync::OnceCell;
pub use wire::Wire;

// Nothing in these may belong to a runtime: each test has its own, and they outlive it.
static RABBITMQ: OnceCell<RabbitMq> = OnceCell::const_new();
static POSTGRES: OnceCell<Postgres> = OnceCell::const_new();
static AZURITE: OnceCell<Emulator> = OnceCell::const_new();
static MOTO: OnceCell<Emulator> = OnceCell::const_new();

/// The broker that all tests of this binary share: take a vhost of your own from it, and never kill it.
///
/// The first call starts it; gives an error with the end of its log when it does not start.
pub async fn shared_rabbitmq() -> anyhow::Result<&'static RabbitMq> {
    RABBITMQ.get_or_try_init(RabbitMq::start).await
}

/// The URL of a vhost of that broker that no other test has.
///
/// # Errors
/// As [`shared_rabbitmq`].
pub async fn fresh_vhost() -> anyhow::Result<String> {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let name = format!("test-{}", NEXT.fetch_add(1, Ordering::Relaxed));
    shared_rabbitmq().await?.create_vhost(&name).await
}

/// The database server that all tests of this binary share: take a database of your own from it, and never
/// kill it.
///
/// The first call starts it; gives an error with the end of its log when it does not start.
pub async fn shared_postgres() -> anyhow::Result<&'static Postgres> {
    POSTGRES.get_or_try_init(Postgres::start).await
}

/// The emulators of Azure Blob Storage and of S3 that all tests of this binary share: take a bucket of your own
/// from each, and never kill them.
///
/// The first call starts them; gives an error with the end of its log when one does not start.
pub async fn shared_clouds() -> anyhow::Result<[&'static Emulator; 2]> {
    let azurite = AZURITE.get_or_try_init(Emulator::azurite);
    let (azurite, moto) = tokio::try_join!(azurite, MOTO.get_or_try_init(Emulator::moto))?;
    Ok([azurite, moto])
}

/// Runs `work`, which blocks, beside the runtime; gives what it gave.
///
/// The harness itself is plain blocking code, so that neither a paused clock nor the end of a test's runtime
/// can touch a server.
async fn blocking<T, F>(work: F) -> anyhow::Result<T>
where
    T: Send + 'static,
    F: FnOnce() -> anyhow::Result<T> + Send + 'static,
{
    tokio::task::spawn_blocking(work).await?
}
