//! `redress run <role>…`: these roles in this process, until it is asked to end.

use std::process::ExitCode;

use anyhow::bail;
use clap::Args;

use super::{ConfigArgs, asked_to_end};
use crate::{node::Node, parts::Parts, roles::Role};

/// What to run.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// audit, connector-sql, deletion, discovery, export, intake.
    #[arg(required = true)]
    roles: Vec<Role>,
    #[command(flatten)]
    config: ConfigArgs,
}

/// Runs roles.
///
/// # Errors
/// What is wrong with the settings, or cannot be reached.
pub async fn run(mut args: RunArgs) -> anyhow::Result<ExitCode> {
    crate::telemetry::start("info");
    args.roles.sort();
    args.roles.dedup();
    let settings = args.config.read()?;
    if settings.bus.url == "local:" && args.roles != Role::ALL {
        bail!(
            "`bus.url` is `local:`, and messages in one process do not reach another: name a broker, or run all \
             roles together with `redress up`"
        );
    }
    if settings.tokens.is_empty() {
        bail!("the settings name no `[[token]]`: nobody could come in");
    }
    let node = Node::start(&Parts::open(settings).await?, &args.roles).await?;
    tracing::info!(address = %node.address, "at work");
    asked_to_end().await?;
    node.stop().await;
    Ok(ExitCode::SUCCESS)
}
