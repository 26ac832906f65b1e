//! `redress up`: everything in one process. Without settings, with a database, keys and a vault of its own in one
//! folder.

use std::process::ExitCode;

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use clap::Args;
use futures::future::BoxFuture;
use redress_domain::{Random, Role as TokenRole, TenantId};
use redress_runtime::{OsRandom, http::TokenSettings};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{ConfigArgs, Ending, print};
use crate::{
    node::Node,
    parts::open_store,
    roles::Role,
    settings::{Settings, SettingsProblems},
};

/// What to start with.
#[derive(Debug, Args)]
pub struct UpArgs {
    #[command(flatten)]
    config: ConfigArgs,
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
pub fn run(args: UpArgs) -> BoxFuture<'static, anyhow::Result<ExitCode>> {
    Box::pin(async move {
        crate::telemetry::start("info");
        let mut settings = args.config.read_or_make()?;
        let made = make_tokens(&mut settings)?;
        let node = start(settings).await?;
        let ending = Ending::listen()?;
        let told = match args.config.json {
            true => object(&args.config, &node, &made).to_string(),
            false => page(&args.config, &node, &made),
        };
        print(&told)?;
        ending.asked().await;
        node.stop().await;
        Ok(ExitCode::SUCCESS)
    })
}

/// One line, for programs.
fn object(config: &ConfigArgs, node: &Node, made: &[MadeToken]) -> Value {
    let token = |it: &MadeToken| json!({ "tenant": it.tenant.as_str(), "token": it.token });
    json!({
        "url": format!("http://{}", node.address),
        "settings": config.file(),
        "data": config.data,
        "tokens": made.iter().map(token).collect::<Vec<_>>(),
    })
}

fn page(config: &ConfigArgs, node: &Node, made: &[MadeToken]) -> String {
    let url = format!("http://{}", node.address);
    let settings = config.file().map_or("none: everything is embedded".into(), |it| it.display().to_string());
    let mut text = format!(
        "Redress is up at {url}\n  doors described at  {url}/docs\n  settings            {settings}\n  data kept in        \
         {}\n",
        config.data.display()
    );
    for MadeToken { tenant, token } in made {
        text += &format!(
            "\nA token of a tenant administrator of `{tenant}`, made now and shown only here:\n\n  export \
             REDRESS_URL={url} REDRESS_TENANT={tenant} REDRESS_TOKEN={token}\n"
        );
    }
    text + "\nTry `redress status`. Ctrl-C ends it."
}

/// Migrates, and starts all roles.
///
/// # Errors
/// What cannot be had.
pub async fn start(settings: Settings) -> anyhow::Result<Node> {
    open_store(&settings).await?.migrate().await?;
    Node::open(settings, &Role::ALL).await
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
        let why = "the settings name no `[[token]]`: without any, `http.listen` must be on loopback";
        return Err(SettingsProblems::of(why.to_owned()).into());
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
