//! `redress broker permissions`: what each AMQP user may do at the broker, from the settings.
//!
//! What it promises: whoever has just these permissions can neither send a message as one of our services, nor hand in
//! a request for another tenant (the tenant is the user's), nor hear another tenant's events. A queue of one's own has
//! a name that begins with the user's and a dot. A binding to the events names the tenant: `dublin.#`, not `#`.

use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, Subcommand};
use futures::future::BoxFuture;
use redress_contracts::topology::{EVENTS, REQUESTS};
use redress_domain::Role;
use reqwest::Url;
use serde::Serialize;
use serde_json::json;

use super::{ConfigArgs, print};
use crate::{
    cli::Failure,
    settings::{BrokerUser, Settings, amqp_user},
};

/// What to do about the broker.
#[derive(Debug, Args)]
pub struct BrokerArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Print the commands that give each AMQP user of the settings what it needs, and no more. With --json, a file for
    /// `rabbitmqctl import_definitions`.
    Permissions(ConfigArgs),
}

/// What a user may do in the vhost: patterns over the names of queues and exchanges.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Permission {
    /// Whose.
    pub user: String,
    /// Where.
    pub vhost: String,
    /// What it may make.
    pub configure: String,
    /// What it may publish to, or bind.
    pub write: String,
    /// What it may consume from, or bind to.
    pub read: String,
}

/// Which routing keys of an exchange a user may publish with (`write`) and bind to (`read`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TopicPermission {
    /// Whose.
    pub user: String,
    /// Where.
    pub vhost: String,
    /// Of which exchange.
    pub exchange: String,
    /// Keys to publish with.
    pub write: String,
    /// Keys to bind to.
    pub read: String,
}

/// Prints what was asked for.
///
/// # Errors
/// What is wrong with the settings; [`Failure::Refused`] where they name no broker.
pub fn run(args: BrokerArgs) -> BoxFuture<'static, anyhow::Result<ExitCode>> {
    Box::pin(async move {
        crate::telemetry::start("warn");
        let What::Permissions(config) = args.what;
        let settings = config.read()?;
        let all = permissions(&settings)?;
        match config.json {
            true => {
                let (permissions, topics): (Vec<_>, Vec<_>) = all.into_iter().unzip();
                let topics: Vec<_> = topics.into_iter().flatten().collect();
                print(&format!("{:#}", json!({ "permissions": permissions, "topic_permissions": topics })))?;
            }
            false => print(&script(&all))?,
        }
        Ok(ExitCode::SUCCESS)
    })
}

/// What each user needs: first Redress's own, then those of the settings.
///
/// # Errors
/// [`Failure::Refused`] where the settings name no broker.
pub fn permissions(settings: &Settings) -> anyhow::Result<Vec<(Permission, Option<TopicPermission>)>> {
    if settings.is_local() {
        let why = "`bus.url` is `local:`: there is no broker that could be told";
        return Err(Failure::Refused(why.to_owned()).into());
    }
    let url: Url = settings.bus.url.parse().context("`bus.url` is no URL")?;
    let vhost = match url.path() {
        "" => "/".to_owned(),
        path => path[1..].replace("%2f", "/").replace("%2F", "/"),
    };
    let own = amqp_user(&settings.bus).unwrap_or_default();
    let ours = r"^redress\.".to_owned();
    let redress = Permission {
        user: own,
        vhost: vhost.clone(),
        configure: ours.clone(),
        write: ours.clone(),
        read: ours,
    };
    let others = settings.broker_users.iter().map(|user| of_user(user, &vhost));
    Ok(std::iter::once((redress, None)).chain(others).collect())
}

fn of_user(user: &BrokerUser, vhost: &str) -> (Permission, Option<TopicPermission>) {
    let BrokerUser { name, tenant, role } = user;
    let (events, requests) = (escaped(EVENTS), escaped(REQUESTS));
    let (write, hears) = match role {
        Role::Upstream => (format!(r"^({name}\..*|{requests})$"), r"request\.rejected$"),
        _ => (format!(r"^{name}\."), ""),
    };
    let permission = Permission {
        user: name.to_string(),
        vhost: vhost.to_owned(),
        configure: format!(r"^{name}\."),
        write,
        read: format!(r"^({name}\..*|{events})$"),
    };
    let topics = TopicPermission {
        user: name.to_string(),
        vhost: vhost.to_owned(),
        exchange: EVENTS.to_owned(),
        write: "^$".to_owned(),
        read: format!(r"^{tenant}\.{hears}"),
    };
    (permission, Some(topics))
}

fn escaped(name: &str) -> String {
    name.replace('.', r"\.")
}

fn script(all: &[(Permission, Option<TopicPermission>)]) -> String {
    let mut lines = vec![
        "# A user that is not there yet: rabbitmqctl add_user <name>, which asks for its password."
            .to_owned(),
    ];
    for (own, topics) in all {
        let Permission { user, vhost, configure, write, read } = own;
        lines.push(format!(
            "rabbitmqctl set_permissions --vhost '{vhost}' '{user}' '{configure}' '{write}' '{read}'"
        ));
        if let Some(TopicPermission { exchange, write, read, .. }) = topics {
            lines.push(format!(
                "rabbitmqctl set_topic_permissions --vhost '{vhost}' '{user}' '{exchange}' '{write}' '{read}'"
            ));
        }
    }
    lines.join("\n")
}
