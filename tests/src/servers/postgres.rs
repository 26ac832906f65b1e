//! A PostgreSQL of the tests' own.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
};

use anyhow::Context;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

use super::{blocking, folder::Folder, ports::Port, process::Process};

const LOG: &str = "postgres.log";
const USER: &str = "redress";

/// A running PostgreSQL server; clones are handles on the same one, and it ends with the last of them.
#[derive(Clone)]
pub struct Postgres(Arc<Server>);

struct Server {
    process: Mutex<Option<Process>>,
    folder: Folder,
    port: Port,
    programs: PathBuf,
    databases: AtomicU32,
}

impl Postgres {
    /// Makes a fresh data folder and starts a server on it, with fsync on and room for 400 connections.
    ///
    /// Gives it when it answers; otherwise an error with the end of its log.
    pub async fn start() -> anyhow::Result<Self> {
        let server = Server {
            process: Mutex::new(None),
            folder: Folder::new("redress-postgres-")?,
            port: Port::reserve()?,
            programs: programs()?,
            databases: AtomicU32::new(0),
        };
        let postgres = Self(Arc::new(server));
        postgres.with_server(|server| server.initialise().and_then(|()| server.start())).await?;
        Ok(postgres)
    }

    /// Gives the URL of `database` on this server, as its superuser.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://{USER}@{}/{database}?sslmode=disable", self.0.port.address())
    }

    /// Makes an empty database; gives its URL.
    pub async fn create_database(&self) -> anyhow::Result<String> {
        self.make_database("").await
    }

    /// Makes an empty database whose texts are encoded so, such as `LATIN1`; gives its URL.
    pub async fn create_encoded_database(&self, encoding: &str) -> anyhow::Result<String> {
        let how = format!(" encoding '{encoding}' lc_collate 'C' lc_ctype 'C' template template0");
        self.make_database(&how).await
    }

    /// Makes a database that is as the one of this URL, to which nobody is connected; gives its URL.
    pub async fn copy_database(&self, url: &str) -> anyhow::Result<String> {
        let of = url.rsplit('/').next().and_then(|rest| rest.split('?').next()).context("no database")?;
        self.make_database(&format!(" template {of}")).await
    }

    async fn make_database(&self, how: &str) -> anyhow::Result<String> {
        let name = format!("test_{}", self.0.databases.fetch_add(1, Ordering::Relaxed));
        let mut connection = PgConnection::connect(&self.url("postgres")).await?;
        connection.execute(AssertSqlSafe(format!("create database {name}{how}"))).await?;
        connection.close().await?;
        Ok(self.url(&name))
    }

    /// Kills the server and its backends with signal 9; returns when they are gone. Its data stays.
    pub async fn kill(&self) -> anyhow::Result<()> {
        self.with_server(Server::kill).await
    }

    /// Starts the server again on the same data and port, after killing it if it still runs.
    ///
    /// Returns when it answers; otherwise an error with the end of its log.
    pub async fn restart(&self) -> anyhow::Result<()> {
        self.with_server(Server::start).await
    }

    /// Gives the port on 127.0.0.1, which stays the same over restarts.
    pub fn port(&self) -> u16 {
        self.0.port.number()
    }

    /// Gives the file that its log is written to.
    pub fn log(&self) -> PathBuf {
        self.folder().join(LOG)
    }

    /// Gives the folder with its data and its log.
    pub fn folder(&self) -> &Path {
        self.0.folder.path()
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
    fn initialise(&self) -> anyhow::Result<()> {
        let mut initdb = self.folder.command(self.programs.join("initdb"));
        initdb.args(["--username", USER, "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8"]);
        initdb.args(["--no-sync", "--pgdata"]).arg(self.data());
        Process::start(&self.folder, &initdb, LOG)?.succeed()
    }

    fn start(&self) -> anyhow::Result<()> {
        let mut running = self.process.lock().unwrap_or_else(PoisonError::into_inner);
        drop(running.take());
        let mut postgres = self.folder.command(self.programs.join("postgres"));
        postgres.arg("-D").arg(self.data()).args(["-p", &self.port.number().to_string()]);
        for setting in ["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=400"] {
            postgres.args(["-c", setting]);
        }
        let mut process = Process::start(&self.folder, &postgres, LOG)?;
        process.wait_until(|| self.answers())?;
        *running = Some(process);
        Ok(())
    }

    fn kill(&self) -> anyhow::Result<()> {
        let running = self.process.lock().unwrap_or_else(PoisonError::into_inner).take();
        running.map_or(Ok(()), |mut process| process.kill())
    }

    fn answers(&self) -> bool {
        let mut ask = self.folder.command(self.programs.join("pg_isready"));
        ask.args(["-q", "-h", "127.0.0.1", "-d", "postgres", "-p", &self.port.number().to_string()]);
        ask.stdin(Stdio::null()).status().is_ok_and(|status| status.success())
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }
}

/// Gives the folder with the programs of the newest PostgreSQL that Debian's packages installed.
fn programs() -> anyhow::Result<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let installed = versions.map(|version| version.path()).filter(|path| path.join("bin/initdb").exists());
    let newest = installed.max_by_key(|path| version_of(path));
    let newest =
        newest.context("PostgreSQL is missing: Debian's package `postgresql`; tests/run installs it")?;
    Ok(newest.join("bin"))
}

fn version_of(path: &Path) -> Option<u32> {
    path.file_name()?.to_str()?.parse().ok()
}
