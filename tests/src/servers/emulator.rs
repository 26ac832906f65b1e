//! Emulators of the clouds' object stores: each a program on one port that the clouds' clients take for the
//! real thing.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    path::{Path, PathBuf},
    process::Command,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use anyhow::{Context, ensure};

use super::{azurite, blocking, folder::Folder, moto, ports::Port, process::Process};

const LOG: &str = "server.log";
const ANSWER_TIME_MAX: Duration = Duration::from_secs(30);

/// A running emulator; clones are handles on the same one, and it ends with the last of them.
#[derive(Clone)]
pub struct Emulator(Arc<Server>);

/// A bucket, or container, of a test's own, and how it is reached.
#[derive(Clone)]
pub struct Bucket {
    /// As users write it in their settings.
    pub url: String,
    /// What users give beside the URL.
    pub options: Vec<(String, String)>,
    /// What a request past the vault must say.
    pub header: (&'static str, &'static str),
    /// What stands before an object's name in such a request's URL, and after it.
    pub(super) direct: (String, &'static str),
    pub(super) address: SocketAddr,
    pub(super) name: String,
}

/// What tells one emulator from another.
pub(super) struct Kind {
    pub(super) name: &'static str,
    /// The file that it is run from, below `target/`, where tests/install puts it.
    pub(super) program: &'static str,
    /// Runs that file in this folder, on this port.
    pub(super) command: fn(&Folder, &Path, u16) -> Command,
    /// The bucket of this name on this address.
    pub(super) bucket: fn(SocketAddr, &str) -> Bucket,
    /// What is put to make it.
    pub(super) make: fn(&str) -> String,
}

struct Server {
    kind: &'static Kind,
    process: Mutex<Option<Process>>,
    folder: Folder,
    port: Port,
    program: PathBuf,
    buckets: AtomicU32,
}

impl Bucket {
    /// The lines of a settings file that name it, to stand before its first table.
    pub fn settings(&self) -> String {
        let option = |(name, value): &(String, String)| format!("vault.options.{name} = '{value}'\n");
        let options: String = self.options.iter().map(option).collect();
        format!("vault.url = '{}'\n{options}", self.url)
    }

    /// The same, reached at another address.
    pub(super) fn at(&self, address: SocketAddr) -> Self {
        let mut moved = self.clone();
        for (_, value) in &mut moved.options {
            *value = value.replace(&self.address.to_string(), &address.to_string());
        }
        moved
    }

    /// Gives the URL at which the object of this name is read and written past the vault, with `header`.
    pub fn object(&self, name: &str) -> String {
        format!("{}/{}{}", self.direct.0, name.replace('%', "%25"), self.direct.1)
    }
}

impl Emulator {
    /// Starts an Azurite, an emulator of Azure Blob Storage that checks signatures, on a fresh data folder.
    ///
    /// Gives it when it answers; otherwise an error with the end of its log.
    pub async fn azurite() -> anyhow::Result<Self> {
        Self::start(&azurite::KIND).await
    }

    /// Starts a moto, an emulator of S3 that checks no signatures and keeps everything in memory.
    ///
    /// Gives it when it answers; otherwise an error with the end of its log.
    pub async fn moto() -> anyhow::Result<Self> {
        Self::start(&moto::KIND).await
    }

    async fn start(kind: &'static Kind) -> anyhow::Result<Self> {
        let server = blocking(|| {
            let server = Server::new(kind)?;
            server.start()?;
            Ok(server)
        });
        Ok(Self(Arc::new(server.await?)))
    }

    /// Makes an empty bucket.
    pub async fn create_bucket(&self) -> anyhow::Result<Bucket> {
        let bucket = self.bucket_to_be();
        self.make(&bucket).await?;
        Ok(bucket)
    }

    /// A bucket that is not there yet.
    pub fn bucket_to_be(&self) -> Bucket {
        let name = format!("test-{}", self.0.buckets.fetch_add(1, Ordering::Relaxed));
        (self.0.kind.bucket)(self.0.port.address(), &name)
    }

    /// Makes it.
    pub async fn make(&self, bucket: &Bucket) -> anyhow::Result<()> {
        let name = bucket.name.clone();
        self.with_server(move |server| server.make_bucket(&name)).await
    }

    /// Waits until the name of an object is on the disk: Azurite writes every five seconds what it knows.
    pub async fn has_saved(&self, name: &str) -> anyhow::Result<()> {
        let name = name.to_owned();
        self.with_server(move |server| server.wait_until_saved(&name)).await
    }

    /// Kills the emulator with signal 9; returns when it is gone. An Azurite's saved data stays.
    pub async fn kill(&self) -> anyhow::Result<()> {
        self.with_server(Server::kill).await
    }

    /// Starts it again on the same data and port, after killing it if it still runs.
    ///
    /// Returns when it answers; otherwise an error with the end of its log.
    pub async fn restart(&self) -> anyhow::Result<()> {
        self.with_server(Server::start).await
    }

    async fn with_server(
        &self,
        work: impl FnOnce(&Server) -> anyhow::Result<()> + Send + 'static,
    ) -> anyhow::Result<()> {
        let server = Arc::clone(&self.0);
        blocking(move || work(&server)).await
    }
}

impl Server {
    fn new(kind: &'static Kind) -> anyhow::Result<Self> {
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target").join(kind.program);
        let program = program.canonicalize().with_context(|| {
            format!("{} is missing: tests/install puts it at target/{}", kind.name, kind.program)
        })?;
        Ok(Self {
            kind,
            process: Mutex::new(None),
            folder: Folder::for_program(&format!("redress-{}-", kind.name), &program)?,
            port: Port::reserve()?,
            program,
            buckets: AtomicU32::new(0),
        })
    }

    fn start(&self) -> anyhow::Result<()> {
        let mut running = self.process.lock().unwrap_or_else(PoisonError::into_inner);
        drop(running.take());
        let command = (self.kind.command)(&self.folder, &self.program, self.port.number());
        let mut process = Process::start(&self.folder, &command, LOG)?;
        process.wait_until(|| TcpStream::connect(self.port.address()).is_ok())?;
        *running = Some(process);
        Ok(())
    }

    fn kill(&self) -> anyhow::Result<()> {
        let running = self.process.lock().unwrap_or_else(PoisonError::into_inner).take();
        running.map_or(Ok(()), |mut process| process.kill())
    }

    fn make_bucket(&self, name: &str) -> anyhow::Result<()> {
        let target = (self.kind.make)(name);
        let answer = put(self.port.address(), &target)?;
        ensure!(answer.starts_with("HTTP/1.1 20"), "{} made no bucket: {answer}", self.kind.name);
        Ok(())
    }

    fn wait_until_saved(&self, name: &str) -> anyhow::Result<()> {
        let file = self.folder.path().join(azurite::CATALOG);
        let saved = || std::fs::read_to_string(&file).is_ok_and(|catalog| catalog.contains(name));
        let mut running = self.process.lock().unwrap_or_else(PoisonError::into_inner);
        running.as_mut().context("it does not run")?.wait_until(saved)
    }
}

/// Puts nothing there over plain HTTP; gives the answer.
fn put(address: SocketAddr, target: &str) -> anyhow::Result<String> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(ANSWER_TIME_MAX))?;
    let head = format!("PUT {target} HTTP/1.1\r\nhost: {address}\r\ncontent-length: 0\r\n");
    stream.write_all(format!("{head}connection: close\r\n\r\n").as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}
