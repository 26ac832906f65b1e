//! The Erlang node of a broker: its settings, its processes, and calls into it.

use std::{
    fs,
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use anyhow::{Context, ensure};

use super::{folder::Folder, ports::Port, process::Process};

const SERVER: &str = "/usr/lib/rabbitmq/bin/rabbitmq-server";
const LOG: &str = "rabbitmq.log";

/// The first bytes of AMQP 0-9-1, and how `connection.start` begins: a method frame on channel 0.
const PROTOCOL_HEADER: &[u8] = b"AMQP\x00\x00\x09\x01";
const METHOD_FRAME: [u8; 3] = [1, 0, 0];
const GREETING_TIME_MAX: Duration = Duration::from_secs(5);

/// An address as host, so that nothing depends on how this machine resolves its own name.
const NODE_NAME: &str = "redress@127.0.0.1";
const ERLANG_ARGUMENTS: &str = "-noinput -kernel inet_dist_use_interface {127,0,0,1}";

/// A broker's node; all of it ends with this value.
pub(super) struct Node {
    broker: Mutex<Option<Process>>,
    _epmd: Process,
    folder: Folder,
    ports: Ports,
    calls: AtomicU32,
}

struct Ports {
    amqp: Port,
    distribution: Port,
    epmd: Port,
}

impl Node {
    /// Lays out the folder and starts the node's epmd; the broker does not run yet.
    pub(super) fn new() -> anyhow::Result<Self> {
        ensure!(
            Path::new(SERVER).exists(),
            "RabbitMQ is missing: Debian's package `rabbitmq-server`; tests/run installs it"
        );
        let ports = Ports { amqp: Port::reserve()?, distribution: Port::reserve()?, epmd: Port::reserve()? };
        let folder = Folder::new("redress-rabbitmq-")?;
        folder.write(".erlang.cookie", &cookie()?)?;
        folder.write("enabled_plugins", "[].\n")?;
        folder.write("rabbitmq-env.conf", "")?;
        folder.write("rabbitmq.conf", &settings(&ports.amqp))?;
        folder.folder_with_link("plugins", &broker_library()?)?;
        let epmd = start_epmd(&folder, &ports.epmd)?;
        Ok(Self { broker: Mutex::new(None), _epmd: epmd, folder, ports, calls: AtomicU32::new(0) })
    }

    /// Starts the broker, after killing it if it runs; returns when it answers.
    pub(super) fn start(&self) -> anyhow::Result<()> {
        let mut broker = self.broker();
        drop(broker.take());
        let mut process = self.start_server()?;
        process.wait_until(|| self.answers())?;
        *broker = Some(process);
        Ok(())
    }

    /// Kills the broker with signal 9; returns when it is gone.
    pub(super) fn kill(&self) -> anyhow::Result<()> {
        self.broker().take().map_or(Ok(()), |mut process| process.kill())
    }

    /// Starts the broker inside a node that stopped it; returns when it answers.
    pub(super) fn start_app(&self) -> anyhow::Result<()> {
        let mut broker = self.broker();
        let process = broker.as_mut().context("the broker was killed: restart it")?;
        // Asked again and again: until a first start has wound up, the node takes the call and does nothing.
        process.wait_until(|| self.eval("rabbit:start()").is_ok() && self.answers())
    }

    /// Runs Erlang expressions in the node; gives the last one's value as text.
    pub(super) fn eval(&self, expressions: &str) -> anyhow::Result<String> {
        // Each under a name of its own, as calls may run side by side and a node refuses a name twice.
        let name = format!("call{}", self.calls.fetch_add(1, Ordering::Relaxed));
        let mut call = self.folder.command("/usr/bin/erl_call");
        call.args(["-h", &name, "-timeout", "30", "-e"]);
        call.args(["-address", &self.ports.distribution.address().to_string()]);
        call.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut call = call.spawn().context("cannot run erl_call")?;
        let asked = call.stdin.take().context("no pipe")?.write_all(format!("{expressions}.\n").as_bytes());
        let output = call.wait_with_output()?;
        let answer = String::from_utf8_lossy(&output.stdout);
        let value = answer.trim().strip_prefix("{ok, ").and_then(|rest| rest.strip_suffix('}'));
        value.filter(|_| asked.is_ok()).map(str::to_owned).with_context(|| {
            let errors = String::from_utf8_lossy(&output.stderr);
            format!("the broker answered `{expressions}` with: {answer}{errors}")
        })
    }

    /// Gives the AMQP port.
    pub(super) fn port(&self) -> u16 {
        self.ports.amqp.number()
    }

    /// Gives the folder with data and log.
    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn broker(&self) -> MutexGuard<'_, Option<Process>> {
        self.broker.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn start_server(&self) -> anyhow::Result<Process> {
        let path = |name: &str| self.folder.path().join(name);
        let mut server = self.folder.command(SERVER);
        epmd_environment(&mut server, &self.ports.epmd);
        server
            .env("RABBITMQ_ADVANCED_CONFIG_FILE", path("advanced.config"))
            .env("RABBITMQ_ALLOW_INPUT", "true")
            .env("RABBITMQ_CONFIG_FILE", path("rabbitmq.conf"))
            .env("RABBITMQ_CONF_ENV_FILE", path("rabbitmq-env.conf"))
            .env("RABBITMQ_DIST_PORT", self.ports.distribution.number().to_string())
            .env("RABBITMQ_ENABLED_PLUGINS_FILE", path("enabled_plugins"))
            .env("RABBITMQ_LOG_BASE", self.folder.path())
            .env("RABBITMQ_MNESIA_BASE", path("data"))
            .env("RABBITMQ_NODENAME", NODE_NAME)
            .env("RABBITMQ_PLUGINS_DIR", path("plugins"))
            .env("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", ERLANG_ARGUMENTS)
            .env("RABBITMQ_USE_LONGNAME", "true");
        Process::start(&self.folder, &server, LOG)
    }

    fn answers(&self) -> bool {
        greet(self.ports.amqp.address()).unwrap_or(false)
    }
}

/// Gives a fresh secret: who knows a node's cookie can run anything in it.
fn cookie() -> anyhow::Result<String> {
    let mut secret = [0_u8; 16];
    fs::File::open("/dev/urandom")?.read_exact(&mut secret)?;
    Ok(secret.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn settings(port: &Port) -> String {
    // The console is our log: unlike a log file it is written at once, and so survives `kill -9`.
    format!(
        "listeners.tcp.1 = {}\nlog.file = false\nlog.console = true\nlog.console.use_colors = off\n",
        port.address()
    )
}

/// Gives the folder of the broker's own library, the only one its plugin folder gets: with all plugins there, the
/// search for every module goes through every one of them, and a start takes a third longer.
fn broker_library() -> anyhow::Result<PathBuf> {
    let versions = fs::read_dir("/usr/lib/rabbitmq/lib").context("no libraries of RabbitMQ")?;
    let plugins = versions.flatten().map(|version| version.path().join("plugins"));
    let libraries = plugins.filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten();
    let library = libraries
        .map(|entry| entry.path())
        .find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("rabbit-")));
    library.context("no library `rabbit` among those of RabbitMQ")
}

/// Starts epmd under our eyes before the broker would start one that stays behind.
fn start_epmd(folder: &Folder, port: &Port) -> anyhow::Result<Process> {
    let mut epmd = folder.command("/usr/bin/epmd");
    epmd_environment(&mut epmd, port);
    let mut process = Process::start(folder, &epmd, "epmd.log")?;
    process.wait_until(|| TcpStream::connect(port.address()).is_ok())?;
    Ok(process)
}

fn epmd_environment(command: &mut Command, port: &Port) {
    command.env("ERL_EPMD_ADDRESS", "127.0.0.1").env("ERL_EPMD_PORT", port.number().to_string());
}

/// Tells whether an AMQP broker answers there: it has to send `connection.start` to our protocol header.
fn greet(address: SocketAddr) -> std::io::Result<bool> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(GREETING_TIME_MAX))?;
    stream.write_all(PROTOCOL_HEADER)?;
    let mut answer = [0; METHOD_FRAME.len()];
    stream.read_exact(&mut answer)?;
    Ok(answer == METHOD_FRAME)
}
