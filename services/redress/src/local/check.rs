//! `redress check`: reads every setting and map, connects to everything, and says in plain words what is wrong.

mod look;

use std::{
    io::{IsTerminal as _, stderr},
    process::ExitCode,
};

use clap::Args;
use futures::future::BoxFuture;
use redress_connector_sql::{Checked, check};
use serde_json::{Value, json};

use super::{ConfigArgs, print};
use crate::settings::{Settings, SettingsProblems};

/// Problems were found: as [`EXIT_CODES`](crate::cli::EXIT_CODES) has it.
const NOT_WELL: u8 = 6;

/// What to check.
#[derive(Debug, Args)]
pub struct CheckArgs {
    #[command(flatten)]
    config: ConfigArgs,
    /// Make in each system what it needs: the table that notes effects.
    #[arg(long)]
    prepare: bool,
}

/// Checks, and tells each part as it is known.
///
/// # Errors
/// When there are no settings, or nobody reads.
pub fn run(args: CheckArgs) -> BoxFuture<'static, anyhow::Result<ExitCode>> {
    Box::pin(async move {
        crate::telemetry::start("error");
        let mut report = Report::new(args.config.json);
        report.begin("settings");
        match args.config.read() {
            Ok(settings) => {
                report.end("settings", Checked::default())?;
                everything(&settings, args.prepare, &mut report).await?;
            }
            Err(error) => report.end("settings", of_settings(error.downcast::<SettingsProblems>()?))?,
        }
        report.finish()
    })
}

async fn everything(settings: &Settings, prepare: bool, report: &mut Report) -> anyhow::Result<()> {
    report.begin("database");
    report.end("database", look::database(settings).await)?;
    report.begin("bus");
    report.end("bus", look::bus(settings).await)?;
    report.begin("vault");
    report.end("vault", look::vault(settings).await)?;
    report.begin("period keys");
    report.end("period keys", look::period_keys(settings))?;
    if let Some(url) = &settings.telemetry.otlp {
        report.begin("collector");
        report.end("collector", look::collector(url).await)?;
    }
    for tenant in &settings.tenants {
        let what = format!("tenant `{}`", tenant.name);
        report.begin(&what);
        report.end(&what, look::tenant(settings, &tenant.name))?;
        for system in settings.systems.of(&tenant.name) {
            let Some(database) = settings.databases.get(&system.name) else { continue };
            let what = format!("system `{}`", system.name);
            report.begin(&what);
            report.end(&what, check(database, system, prepare).await)?;
        }
    }
    Ok(())
}

fn of_settings(SettingsProblems { file, problems }: SettingsProblems) -> Checked {
    let file = file.map(|file| format!("{}: ", file.display())).unwrap_or_default();
    Checked {
        problems: problems.iter().map(|problem| format!("{file}{problem}")).collect(),
        notes: Vec::new(),
    }
}

/// What was found, told part by part, or as one JSON at the end.
struct Report {
    json: bool,
    /// Somebody looks who would like to know what is waited for.
    is_watched: bool,
    parts: Vec<Value>,
    well: bool,
}

impl Report {
    fn new(json: bool) -> Self {
        Self { json, is_watched: stderr().is_terminal(), parts: Vec::new(), well: true }
    }

    fn begin(&self, what: &str) {
        if self.is_watched {
            eprintln!("checking {what} ...");
        }
    }

    fn end(&mut self, what: &str, Checked { problems, notes }: Checked) -> anyhow::Result<()> {
        let well = problems.is_empty();
        self.well &= well;
        if self.json {
            self.parts.push(json!({ "what": what, "well": well, "problems": problems, "notes": notes }));
            return Ok(());
        }
        let mut text = format!("{what}: {}", if well { "well" } else { "must be mended" });
        problems.iter().for_each(|problem| text += &format!("\n  - {problem}"));
        notes.iter().for_each(|note| text += &format!("\n  . {note}"));
        Ok(print(&text)?)
    }

    fn finish(self) -> anyhow::Result<ExitCode> {
        print(&match (self.json, self.well) {
            (true, well) => format!("{:#}", json!({ "well": well, "parts": self.parts })),
            (false, true) => "All is well.".to_owned(),
            (false, false) => "Something must be mended.".to_owned(),
        })?;
        Ok(if self.well { ExitCode::SUCCESS } else { ExitCode::from(NOT_WELL) })
    }
}
