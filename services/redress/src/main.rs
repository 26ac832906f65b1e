//! The command line.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use redress::local::{ConfigArgs, check, demo, migrate, run, up};

/// Answers data subject requests: finds a person in every system, exports, deletes, and proves it.
#[derive(Debug, Parser)]
#[command(version)]
struct Redress {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read every setting and map, connect to every system, say what is wrong and how to mend it.
    Check(check::CheckArgs),
    /// The sample company: one export and one deletion before your eyes.
    Demo(demo::DemoArgs),
    /// Bring the database to this build's schema.
    Migrate(ConfigArgs),
    /// Run roles in this process.
    Run(run::RunArgs),
    /// Run everything in this process; without settings, embedded.
    Up(up::UpArgs),
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    redress::choose_tls();
    match Redress::parse().command {
        Command::Check(args) => check::run(args).await,
        Command::Demo(args) => demo::run(args).await,
        Command::Migrate(args) => migrate::run(args).await,
        Command::Run(args) => run::run(args).await,
        Command::Up(args) => up::run(args).await,
    }
}
