//! The commands that work on this machine: everything else is an HTTP client.

pub mod broker;
pub mod check;
pub mod demo;
mod embedded;
pub mod migrate;
pub mod run;
pub mod up;

use std::{
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use clap::Args;
use tokio::signal::unix::{Signal, SignalKind, signal};

pub use self::embedded::write_key;
use crate::{cli::Failure, settings::Settings};

/// The settings file that is read where none is named.
const USUAL: &str = "redress.toml";

/// Where the settings are.
#[derive(Debug, Clone, Args)]
pub struct ConfigArgs {
    /// The settings file. Where none is named: `redress.toml` of the current folder if it is there, and
    /// otherwise none, with everything embedded in --data.
    #[arg(long, env = "REDRESS_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The folder for what the settings do not place elsewhere.
    #[arg(long, default_value = "redress-data", value_name = "FOLDER")]
    pub data: PathBuf,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

impl ConfigArgs {
    /// Reads the settings: of a file, or those that `redress up` made in the data folder.
    ///
    /// # Errors
    /// What is wrong with the settings; [`Failure::Usage`] where there are none.
    pub fn read(&self) -> anyhow::Result<Settings> {
        match self.file() {
            Some(file) => Settings::read(&file, &self.data),
            None if embedded::is_there(&self.data) => embedded::read(&self.data),
            None => Err(Failure::Usage(format!(
                "there are no settings: there is no {USUAL} here, and `redress up` has made nothing in {}; say \
                 with --config where they are",
                self.data.display()
            ))
            .into()),
        }
    }

    /// Reads the settings; where there are none, makes them.
    ///
    /// # Errors
    /// What is wrong with the settings, or cannot be made.
    pub fn read_or_make(&self) -> anyhow::Result<Settings> {
        match self.file() {
            Some(file) => Settings::read(&file, &self.data),
            None => embedded::read(&self.data),
        }
    }

    /// The settings file; none: everything is embedded.
    pub fn file(&self) -> Option<PathBuf> {
        let usual = || Path::new(USUAL).exists().then(|| PathBuf::from(USUAL));
        self.config.clone().filter(|file| !file.as_os_str().is_empty()).or_else(usual)
    }
}

/// Prints one result.
///
/// # Errors
/// When nobody reads.
fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout();
    writeln!(out, "{text}")?;
    out.flush()
}

/// Hears when the process is asked to end: by Ctrl-C, or SIGTERM.
struct Ending {
    interrupt: Signal,
    terminate: Signal,
}

impl Ending {
    /// Listens from now on: before anybody is told that the process is there, and may ask.
    ///
    /// # Errors
    /// When the operating system gives no signals.
    fn listen() -> io::Result<Self> {
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    /// Resolves when it is asked.
    async fn asked(mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}
