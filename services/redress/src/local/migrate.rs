//! `redress migrate`: brings the database to this build's schema. It only adds, and may run beside processes that
//! are at work.

use std::process::ExitCode;

use futures::future::BoxFuture;
use redress_store::SCHEMA_VERSION;
use serde_json::json;

use super::{ConfigArgs, print};
use crate::parts::open_store;

/// Brings the database of the settings up to date.
///
/// # Errors
/// When it cannot be reached or changed.
pub fn run(args: ConfigArgs) -> BoxFuture<'static, anyhow::Result<ExitCode>> {
    Box::pin(async move {
        crate::telemetry::start("warn");
        let store = open_store(&args.read()?).await?;
        let before = store.schema_version().await?;
        store.migrate().await?;
        let said = match before {
            _ if args.json => format!("{:#}", json!({ "schema": SCHEMA_VERSION, "before": before })),
            SCHEMA_VERSION => format!("The database is at schema {SCHEMA_VERSION} already."),
            before => format!("The database is at schema {SCHEMA_VERSION} now (it was at {before})."),
        };
        print(&said)?;
        Ok(ExitCode::SUCCESS)
    })
}
