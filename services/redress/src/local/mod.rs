//! The commands that work on this machine: everything else is an HTTP client.

pub mod check;
pub mod demo;
pub mod migrate;
pub mod run;
pub mod up;

use std::path::PathBuf;

use clap::Args;

use crate::settings::Settings;

/// Where the settings are.
#[derive(Debug, Clone, Args)]
pub struct ConfigArgs {
    /// The settings file.
    #[arg(long, env = "REDRESS_CONFIG", default_value = "redress.toml")]
    pub config: PathBuf,
    /// The folder for what the settings do not place elsewhere.
    #[arg(long, default_value = "redress-data")]
    pub data: PathBuf,
}

impl ConfigArgs {
    /// Reads them.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub fn read(&self) -> anyhow::Result<Settings> {
        Settings::read(&self.config, &self.data)
    }
}

/// Resolves when the process is asked to end: Ctrl-C, or SIGTERM.
///
/// # Errors
/// When the operating system gives no signals.
async fn asked_to_end() -> anyhow::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        ended = tokio::signal::ctrl_c() => ended?,
        _ = terminate.recv() => {}
    }
    Ok(())
}
