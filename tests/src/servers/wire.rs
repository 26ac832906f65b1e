//! A way to a server: it can be shut, and breaks off at a given step of what goes through it.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use anyhow::Context as _;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::{JoinHandle, JoinSet},
};

/// See the module.
pub struct Wire {
    address: SocketAddr,
    way: Arc<Way>,
    open: watch::Sender<bool>,
    turned_away: watch::Receiver<u64>,
    accepting: JoinHandle<()>,
}

struct Way {
    to: SocketAddr,
    /// Steps so far, over all connections: each is something that was said to the server.
    said: AtomicU64,
    breaks_at: Option<u64>,
}

impl Wire {
    /// To the server of this port. Once, at the step of this number, the connection breaks off: the server has done what
    /// it was told, and nobody hears its answer.
    ///
    /// # Errors
    /// When nothing can be listened on.
    pub async fn to(port: u16, breaks_at: Option<u64>) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.context("no free port")?;
        let address = listener.local_addr()?;
        let (open, is_open) = watch::channel(true);
        let (away, turned_away) = watch::channel(0);
        let way = Arc::new(Way { to: ([127, 0, 0, 1], port).into(), said: AtomicU64::new(0), breaks_at });
        let accepting = tokio::spawn(accept(listener, way.clone(), is_open, away));
        Ok(Self { address, way, open, turned_away, accepting })
    }

    /// A PostgreSQL URL, with this in the place of the server.
    ///
    /// # Panics
    /// When the URL has no port.
    pub fn instead_of(&self, url: &str) -> String {
        let (before, rest) = url.split_once("127.0.0.1:").expect("a server of the tests");
        let (_, after) = rest.split_once('/').expect("a database");
        format!("{before}{}/{after}", self.address)
    }

    /// Lets nobody through any more, and cuts who is.
    pub fn shut(&self) {
        self.open.send_replace(false);
    }

    /// Lets everybody through.
    pub fn open(&self) {
        self.open.send_replace(true);
    }

    /// Waits until somebody has come who was not let through.
    pub async fn until_somebody_is_turned_away(&self) {
        self.turned_away.clone().wait_for(|times| *times > 0).await.map(drop).unwrap_or_default();
    }

    /// Whether the step has come at which it breaks off.
    pub fn has_broken(&self) -> bool {
        self.way.breaks_at.is_some_and(|at| self.way.said.load(Ordering::SeqCst) > at)
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn accept(
    listener: TcpListener,
    way: Arc<Way>,
    mut is_open: watch::Receiver<bool>,
    away: watch::Sender<u64>,
) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            Ok((client, _)) = listener.accept() => {
                if *is_open.borrow() {
                    let way = way.clone();
                    connections.spawn(async move { way.pass(client).await.ok() });
                } else {
                    drop(client);
                    away.send_modify(|times| *times += 1);
                }
            }
            Ok(()) = is_open.changed() => {
                if !*is_open.borrow_and_update() {
                    connections.abort_all();
                }
            }
            else => return,
        }
    }
}

impl Way {
    async fn pass(&self, mut client: TcpStream) -> std::io::Result<()> {
        let mut server = TcpStream::connect(self.to).await?;
        client.set_nodelay(true)?;
        server.set_nodelay(true)?;
        let (mut asked, mut answered) = (vec![0; 1 << 16], vec![0; 1 << 16]);
        loop {
            tokio::select! {
                read = client.read(&mut asked) => {
                    let bytes = read?;
                    if bytes == 0 {
                        return Ok(());
                    }
                    let step = self.said.fetch_add(1, Ordering::SeqCst);
                    server.write_all(&asked[..bytes]).await?;
                    if self.breaks_at == Some(step) {
                        return server.readable().await;
                    }
                }
                read = server.read(&mut answered) => match read? {
                    0 => return Ok(()),
                    bytes => client.write_all(&answered[..bytes]).await?,
                },
            }
        }
    }
}
