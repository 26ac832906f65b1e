//! A generation is one connection with all that hangs on it. Any failure ends it whole, and the supervisor
//! builds the next: every failure takes one path.

use std::{sync::Arc, time::Duration};

use futures::StreamExt as _;
use lapin::{Channel, Connection, ConnectionProperties, Event, options::ConfirmSelectOptions, uri::AMQPUri};
use redress_contracts::topology::Topology;
use tokio::{
    sync::{Notify, watch},
    task::JoinHandle,
    time::timeout,
};

use super::{AmqpSettings, declare};

/// Seconds without a sign of life after which a connection counts as dead.
const HEARTBEAT_SECS: u16 = 10;
/// Bytes of a frame, at most, unless the URL says otherwise: lapin holds room for 64 of them for each connection.
const FRAME_BYTES_MAX: u32 = 8 * 1024;
/// Waits between tries to connect: doubled from the first to the last.
const FIRST_WAIT: Duration = Duration::from_millis(50);
const LONGEST_WAIT: Duration = Duration::from_secs(1);

pub(super) struct Generation {
    pub(super) number: u64,
    pub(super) connection: Connection,
    /// With confirms: for publishing.
    pub(super) channel: Channel,
    /// The AMQP user of the connection: what it publishes carries this name as `user_id`.
    pub(super) user: String,
    ended: Notify,
}

impl Generation {
    /// Ends this generation because of a failure on it.
    pub(super) fn end(&self, why: &impl std::fmt::Display) {
        tracing::debug!(generation = self.number, %why, "an AMQP connection ends");
        self.ended.notify_one();
    }

    async fn until_ended(&self) {
        let mut events = self.connection.events_listener();
        loop {
            tokio::select! {
                () = self.ended.notified() => return,
                event = events.next() => match event {
                    Some(Event::Error(error)) => return self.end(&error),
                    None => return self.end(&"no more events"),
                    Some(Event::ConnectionBlocked(reason)) => {
                        tracing::warn!(%reason, "the broker takes no messages for now");
                    }
                    Some(_) => {}
                },
            }
        }
    }
}

/// What consumers and publishers hold on to.
#[derive(Clone)]
pub(super) struct Handle {
    generations: watch::Receiver<Option<Arc<Generation>>>,
}

impl Handle {
    /// The live generation, waited for if there is none; none when the bus is closed.
    pub(super) async fn live(&mut self) -> Option<Arc<Generation>> {
        self.generations.wait_for(Option::is_some).await.ok()?.clone()
    }
}

pub(super) struct Supervised {
    handle: Handle,
    stop: watch::Sender<bool>,
    supervisor: tokio::sync::Mutex<Option<JoinHandle<()>>>,
}

impl Supervised {
    pub(super) fn start(settings: AmqpSettings, role: &str, topology: Arc<Topology>) -> Self {
        let (publish, generations) = watch::channel(None);
        let (stop, stopped) = watch::channel(false);
        let name = format!("{} {role}", settings.name);
        let supervisor = tokio::spawn(supervise(settings, name, topology, publish, stopped));
        Self { handle: Handle { generations }, stop, supervisor: tokio::sync::Mutex::new(Some(supervisor)) }
    }

    pub(super) fn handle(&self) -> Handle {
        self.handle.clone()
    }

    pub(super) fn is_up(&self) -> bool {
        self.handle.generations.borrow().is_some()
    }

    /// The live generation, waited for at most this long.
    pub(super) async fn current(&self, patience: Duration) -> Option<Arc<Generation>> {
        timeout(patience, self.handle().live()).await.ok().flatten()
    }

    pub(super) async fn close(&self) {
        self.stop.send_replace(true);
        if let Some(supervisor) = self.supervisor.lock().await.take()
            && let Err(error) = supervisor.await
        {
            tracing::error!(%error, "the supervisor of an AMQP connection failed");
        }
    }
}

async fn supervise(
    settings: AmqpSettings,
    name: String,
    topology: Arc<Topology>,
    publish: watch::Sender<Option<Arc<Generation>>>,
    mut stopped: watch::Receiver<bool>,
) {
    let mut wait = FIRST_WAIT;
    for number in 1.. {
        let built = tokio::select! {
            built = timeout(settings.patience, build(&settings, &name, &topology, number)) => built,
            _ = stopped.wait_for(|stop| *stop) => return,
        };
        match built {
            Ok(Ok(generation)) => {
                wait = FIRST_WAIT;
                let generation = Arc::new(generation);
                tracing::info!(connection = name, "the broker is there");
                publish.send_replace(Some(generation.clone()));
                let stopping = tokio::select! {
                    () = generation.until_ended() => false,
                    _ = stopped.wait_for(|stop| *stop) => true,
                };
                publish.send_replace(None);
                close(&generation.connection, settings.patience).await;
                if stopping {
                    return;
                }
            }
            // Said once for each time that it is away.
            Ok(Err(error)) if wait == FIRST_WAIT => {
                tracing::warn!(%error, connection = name, "the broker cannot be reached");
            }
            Ok(Err(error)) => tracing::debug!(%error, connection = name, "the broker cannot be reached yet"),
            Err(_) => tracing::warn!(connection = name, "the broker does not answer in time"),
        }
        tokio::select! {
            () = pause(wait) => {}
            _ = stopped.wait_for(|stop| *stop) => return,
        }
        wait = (wait * 2).min(LONGEST_WAIT);
    }
}

#[expect(clippy::disallowed_methods, reason = "there is nothing to wait on: the broker is away")]
async fn pause(wait: Duration) {
    tokio::time::sleep(wait).await;
}

pub(super) async fn connect(settings: &AmqpSettings, name: &str) -> lapin::Result<Connection> {
    let mut uri = uri(settings)?;
    uri.query.heartbeat.get_or_insert(HEARTBEAT_SECS);
    uri.query.frame_max.get_or_insert(FRAME_BYTES_MAX);
    let properties = ConnectionProperties::default().with_connection_name(name.into());
    Connection::connect_uri(uri, properties).await
}

fn uri(settings: &AmqpSettings) -> lapin::Result<AMQPUri> {
    settings.url.parse().map_err(|error: String| lapin::Error::from(std::io::Error::other(error)))
}

async fn build(
    settings: &AmqpSettings,
    name: &str,
    topology: &Topology,
    number: u64,
) -> lapin::Result<Generation> {
    let connection = connect(settings, name).await?;
    declare::declare(&connection, topology).await?;
    let channel = connection.create_channel().await?;
    channel.confirm_select(ConfirmSelectOptions::default()).await?;
    let user = uri(settings)?.authority.userinfo.username;
    Ok(Generation { number, connection, channel, user, ended: Notify::new() })
}

/// Closes what may be closed already.
pub(super) async fn close(connection: &Connection, patience: Duration) {
    match timeout(patience, connection.close(200, "bye".into())).await {
        Ok(Ok(())) | Err(_) => {}
        Ok(Err(error)) => tracing::debug!(%error, "the connection was gone"),
    }
}
