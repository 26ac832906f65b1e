//! `redress run <role>…`: these roles in this process, until it is asked to end.

use std::process::ExitCode;

use clap::Args;
use futures::future::BoxFuture;
use serde_json::json;

use super::{ConfigArgs, Ending, print};
use crate::{cli::Failure, node::Node, roles::Role, settings::SettingsProblems};

/// What to run.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// audit, connector-sql, deletion, discovery, export, intake.
    #[arg(required = true)]
    roles: Vec<Role>,
    #[command(flatten)]
    config: ConfigArgs,
}

/// Runs roles. With `--json`, one line says where they are.
///
/// # Errors
/// What is wrong with the settings, or cannot be reached.
pub fn run(mut args: RunArgs) -> BoxFuture<'static, anyhow::Result<ExitCode>> {
    Box::pin(async move {
        crate::telemetry::start("info");
        args.roles.sort();
        args.roles.dedup();
        let settings = args.config.read()?;
        if settings.is_local() && args.roles != Role::ALL {
            let why = "`bus.url` is `local:`, and messages in one process do not reach another: name a broker, or \
                   run all roles together with `redress up`";
            return Err(Failure::Usage(why.to_owned()).into());
        }
        if settings.tokens.is_empty() {
            let why = "they name no `[[token]]`: nobody could come in";
            return Err(SettingsProblems { file: args.config.file(), problems: vec![why.to_owned()] }.into());
        }
        // From here on work may be begun, and what is begun is finished.
        let ending = Ending::listen()?;
        let node = Node::open(settings, &args.roles).await?;
        tracing::info!(address = %node.address, "at work");
        if args.config.json {
            let roles: Vec<&str> = args.roles.iter().map(|role| role.as_str()).collect();
            print(&json!({ "url": format!("http://{}", node.address), "roles": roles }).to_string())?;
        }
        ending.asked().await;
        node.stop().await;
        Ok(ExitCode::SUCCESS)
    })
}
