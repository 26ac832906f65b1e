//! A program and all that it starts, which end with the test binary, however that ends.

use std::{
    fs::{self, OpenOptions},
    io::{ErrorKind, Write},
    path::PathBuf,
    process::{Child, ChildStdin, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, anyhow, ensure};

use super::folder::Folder;

/// Reads a pipe that we hold open and kills the program when it closes. (A death signal set on the program
/// would not do: it follows the thread that started it, and that is the thread of one test.)
const SUPERVISE: &str = include_str!("supervise.sh");

const POLL: Duration = Duration::from_millis(20);
const START_TIME_MAX: Duration = Duration::from_secs(90);

/// How many lines of its log an error carries.
const TAIL_LINES: usize = 40;

/// A program under supervision; it is killed, with everything below it, when this value goes.
pub(super) struct Process {
    supervisor: Child,
    tie: Option<ChildStdin>,
    program: String,
    log: PathBuf,
}

impl Process {
    /// Starts `command`, which `folder` made; what it prints is added to the file `log` there.
    pub(super) fn start(folder: &Folder, command: &Command, log: &str) -> anyhow::Result<Self> {
        let program = command.get_program().to_string_lossy().into_owned();
        let log = folder.path().join(log);
        let output = OpenOptions::new().create(true).append(true).open(&log)?;
        // In a session of its own, neither Ctrl-C at the terminal nor our end sends it a signal.
        let mut supervisor = folder.command("/usr/bin/setsid");
        supervisor.args(["/bin/bash", "-c", SUPERVISE, "supervise"]).arg(folder.path());
        supervisor.arg(command.get_program()).args(command.get_args());
        supervisor.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
        supervisor.stdin(Stdio::piped()).stdout(output.try_clone()?).stderr(output);
        let mut supervisor = supervisor.spawn().context("cannot run setsid")?;
        let tie = supervisor.stdin.take();
        Ok(Self { supervisor, tie, program, log })
    }

    /// Kills the program and everything below it with signal 9; returns when all of it is gone.
    pub(super) fn kill(&mut self) -> anyhow::Result<()> {
        if let Some(mut tie) = self.tie.take() {
            match tie.write_all(b"keep\n") {
                Err(error) if error.kind() != ErrorKind::BrokenPipe => return Err(error.into()),
                _ => {}
            }
        }
        self.supervisor.wait()?;
        Ok(())
    }

    /// Waits until the program ends by itself; gives an error with the end of its log when it failed.
    pub(super) fn succeed(&mut self) -> anyhow::Result<()> {
        let status = self.supervisor.wait()?;
        ensure!(status.success(), self.failure(&format!("ended with {status}")));
        Ok(())
    }

    /// Waits until `ready` holds; gives an error with the end of the program's log when it ends before that, or
    /// takes too long.
    #[allow(clippy::disallowed_methods, reason = "how long a server takes to start is real time")]
    pub(super) fn wait_until(&mut self, mut ready: impl FnMut() -> bool) -> anyhow::Result<()> {
        let begun = Instant::now();
        while begun.elapsed() < START_TIME_MAX {
            if ready() {
                return Ok(());
            }
            if let Some(status) = self.supervisor.try_wait()? {
                return Err(self.failure(&format!("ended with {status}")));
            }
            thread::sleep(POLL);
        }
        Err(self.failure(&format!("did not answer within {START_TIME_MAX:?}")))
    }

    fn failure(&self, what: &str) -> anyhow::Error {
        let log = fs::read(&self.log).unwrap_or_default();
        let log = String::from_utf8_lossy(&log);
        let lines: Vec<&str> = log.lines().collect();
        let tail = lines[lines.len().saturating_sub(TAIL_LINES)..].join("\n");
        anyhow!("{} {what}; its log ends:\n{tail}", self.program)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if let Err(error) = self.kill() {
            eprintln!("a server was not ended: {error:#}");
        }
    }
}
