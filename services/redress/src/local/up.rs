//! `redress up`: everything in one process. Without settings, with a database, keys and a vault of its own in one
//! folder.

use std::{
    fs::{self, OpenOptions},
    io::Write as _,
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context as _, bail};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use clap::Args;
use redress_domain::{Random, Role as TokenRole, TenantId};
use redress_runtime::{OsRandom, http::TokenSettings};
use redress_vault::{Key, TenantKey};
use sha2::{Digest as _, Sha256};

use super::asked_to_end;
use crate::{
    node::Node,
    parts::{Parts, open_store},
    roles::Role,
    settings::Settings,
};

/// What to start with.
#[derive(Debug, Args)]
pub struct UpArgs {
    /// The settings file. Without one, everything is embedded.
    #[arg(long, env = "REDRESS_CONFIG")]
    config: Option<PathBuf>,
    /// The folder for what the settings do not place elsewhere.
    #[arg(long, default_value = "redress-data")]
    data: PathBuf,
}

/// A token that was made at start: told once, and kept nowhere.
pub struct MadeToken {
    /// For which tenant.
    pub tenant: TenantId,
    /// The token.
    pub token: String,
}

/// Starts everything, and runs until it is asked to end.
///
/// # Errors
/// What is wrong with the settings, or cannot be had.
pub async fn run(args: UpArgs) -> anyhow::Result<ExitCode> {
    crate::telemetry::start("info");
    let mut settings = match &args.config {
        Some(file) => Settings::read(file, &args.data)?,
        None => embedded(&args.data)?,
    };
    let made = make_tokens(&mut settings)?;
    let node = start(settings).await?;
    println!("Redress is up at http://{}", node.address);
    println!("  doors described at  http://{}/docs", node.address);
    println!("  data kept in        {}", args.data.display());
    for MadeToken { tenant, token } in &made {
        println!("\nA token of a tenant administrator of `{tenant}`, made now and shown only here:\n");
        println!(
            "  export REDRESS_URL=http://{} REDRESS_TENANT={tenant} REDRESS_TOKEN={token}",
            node.address
        );
    }
    println!("\nTry `redress status`. Ctrl-C ends it.");
    asked_to_end().await?;
    node.stop().await;
    Ok(ExitCode::SUCCESS)
}

/// Migrates, and starts all roles.
///
/// # Errors
/// What cannot be had.
pub async fn start(settings: Settings) -> anyhow::Result<Node> {
    open_store(&settings).await?.migrate().await?;
    Node::start(&Parts::open(settings).await?, &Role::ALL).await
}

/// Where the settings name no token: one for each tenant, for an administrator on this machine.
///
/// # Errors
/// When the doors would be open to other machines.
pub fn make_tokens(settings: &mut Settings) -> anyhow::Result<Vec<MadeToken>> {
    if !settings.tokens.is_empty() {
        return Ok(Vec::new());
    }
    if !settings.http.listen.ip().is_loopback() {
        bail!("the settings name no `[[token]]`: without any, `http.listen` must be on loopback");
    }
    let mut made = Vec::new();
    for tenant in &settings.tenants {
        let token = random_text(&OsRandom);
        settings.tokens.push(TokenSettings {
            sha256: hex::encode(Sha256::digest(&token)),
            name: "admin".to_owned(),
            tenant: tenant.name.clone(),
            role: TokenRole::TenantAdmin,
        });
        made.push(MadeToken { tenant: tenant.name.clone(), token });
    }
    Ok(made)
}

/// 256 random bits, as text that needs no quotes.
pub fn random_text(random: &dyn Random) -> String {
    let mut bytes = [0; 32];
    random.fill(&mut bytes);
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// One tenant, `main`, without a system yet.
fn embedded(data: &Path) -> anyhow::Result<Settings> {
    fs::create_dir_all(data).with_context(|| format!("{} cannot be made", data.display()))?;
    write_key(&data.join("main.key"))?;
    let policy = data.join("policy.toml");
    if !policy.exists() {
        fs::write(
            &policy,
            "# What is done with which category of data: see the README.\npolicy.rule = []\n",
        )?;
    }
    let text = "[[tenant]]\nname = 'main'\nkey_file = 'main.key'\npolicy = 'policy.toml'\ntime_zone = 'UTC'\n\
                verification_level = 'asserted'\n";
    Settings::of_text(text, data, data)
}

/// Makes a tenant's key, unless it is there: only its owner may read it.
///
/// # Errors
/// When it cannot be written.
pub fn write_key(file: &Path) -> anyhow::Result<()> {
    if file.exists() {
        return Ok(());
    }
    let key = TenantKey::new(Key::generate(&OsRandom)).to_base64();
    let mut made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?;
    made.write_all(key.as_bytes())?;
    Ok(made.sync_all()?)
}
