//! `redress check`: reads every setting and map, connects to everything, and says in plain words what is wrong.

use std::process::ExitCode;

use clap::Args;
use redress_connector_sql::{Checked, check};
use redress_store::SCHEMA_VERSION;
use redress_vault::Objects;

use super::ConfigArgs;
use crate::{parts::open_store, settings::Settings};

/// What to check.
#[derive(Debug, Args)]
pub struct CheckArgs {
    #[command(flatten)]
    config: ConfigArgs,
    /// Make in each system what it needs: the table that notes effects.
    #[arg(long)]
    prepare: bool,
}

/// Checks; fails when something must be mended.
///
/// # Errors
/// When the settings cannot be read.
pub async fn run(args: CheckArgs) -> anyhow::Result<ExitCode> {
    crate::telemetry::start("error");
    let settings = args.config.read()?;
    let mut healthy = true;
    let mut say = |what: &str, checked: &Checked| {
        healthy &= checked.problems.is_empty();
        println!("{what}: {}", if checked.problems.is_empty() { "well" } else { "must be mended" });
        checked.problems.iter().for_each(|problem| println!("  - {problem}"));
        checked.notes.iter().for_each(|note| println!("  . {note}"));
    };
    say("database", &database(&settings).await);
    say("vault", &vault(&settings));
    for tenant in &settings.tenants {
        say(&format!("tenant `{}`", tenant.name), &tenant_of(&settings, &tenant.name));
        for system in settings.systems.of(&tenant.name) {
            let Some(database) = settings.databases.get(&system.name) else { continue };
            say(&format!("system `{}`", system.name), &check(database, system, args.prepare).await);
        }
    }
    println!("{}", if healthy { "All is well." } else { "Something must be mended." });
    Ok(if healthy { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn wrong(problem: String) -> Checked {
    Checked { problems: vec![problem], notes: Vec::new() }
}

async fn database(settings: &Settings) -> Checked {
    let store = match open_store(settings).await {
        Ok(store) => store,
        Err(error) => return wrong(format!("{error:#}; look at `store.url`")),
    };
    match store.schema_version().await {
        Ok(version) if version >= SCHEMA_VERSION => Checked::default(),
        Ok(version) => {
            wrong(format!("it has schema {version}, this is {SCHEMA_VERSION}: run `redress migrate`"))
        }
        Err(error) => wrong(format!("{error}; look at `store.url`")),
    }
}

fn vault(settings: &Settings) -> Checked {
    let (url, options) = settings.vault.clone();
    match Objects::open(&url, options) {
        Ok(_) => Checked::default(),
        Err(error) => wrong(format!("{error}; look at `vault.url` and `vault.options`")),
    }
}

fn tenant_of(settings: &Settings, name: &redress_domain::TenantId) -> Checked {
    let mut checked = Checked::default();
    if settings.systems.of(name).next().is_none() {
        checked.notes.push("it has no `[[system]]`: every request will find nothing".to_owned());
    }
    let rules = settings.systems.of(name).flat_map(|system| &system.policy.rules);
    if rules.filter(|rule| rule.tenant == *name).count() == 0 {
        checked.notes.push("its policy has no rule for it: a deletion will keep everything".to_owned());
    }
    let admits = |token: &&redress_runtime::http::TokenSettings| token.tenant == *name;
    if !settings.tokens.iter().any(|token| admits(&token)) {
        checked.notes.push("no `[[token]]` is for it: `redress up` makes one at start".to_owned());
    }
    checked
}
