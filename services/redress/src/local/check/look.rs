//! What is looked at: each part is used as a process would use it.

use std::{collections::BTreeSet, path::Path, sync::Arc};

use anyhow::Context as _;
use redress_bus::{AmqpBus, Unfit};
use redress_connector_sql::Checked;
use redress_datamap::Rule;
use redress_domain::{Clock as _, Ids, TenantId};
use redress_intake::settings::TenantSettings;
use redress_runtime::{OsRandom, SystemClock};
use redress_store::SCHEMA_VERSION;
use redress_vault::{Key, Objects, Period, Periods, Place, VaultError};
use reqwest::Url;
use tokio::task::spawn_blocking;

use crate::{
    parts::{broker, make_folder, open_store},
    roles::topology,
    settings::Settings,
    telemetry::refused,
};

/// What is written to see whether it can be.
const WORD: &[u8] = b"redress check";

fn wrong(problem: String) -> Checked {
    Checked { problems: vec![problem], notes: Vec::new() }
}

/// The store is there, at this build's schema.
pub(super) async fn database(settings: &Settings) -> Checked {
    let store = match open_store(settings).await {
        Ok(store) => store,
        Err(error) => return wrong(format!("{error:#}; look at `store.url`")),
    };
    match store.schema_version().await {
        Ok(version) if version >= SCHEMA_VERSION => Checked::default(),
        Ok(version) => {
            let how = "run `redress migrate` (`redress up` does so itself)";
            wrong(format!("it has schema {version}, this is {SCHEMA_VERSION}: {how}"))
        }
        Err(error) => wrong(format!("{error}; look at `store.url`")),
    }
}

/// The broker lets us in, and has or takes our queues.
pub(super) async fn bus(settings: &Settings) -> Checked {
    if settings.is_local() {
        return Checked::default();
    }
    let how = match AmqpBus::check(&broker(settings), &topology()).await {
        Ok(()) => return Checked::default(),
        Err(why @ Unfit::Connection(_)) => {
            format!("{why}; look at `bus.url`, with its user, password and vhost, and at the network")
        }
        Err(why @ Unfit::Topology(_)) => format!(
            "{why}; the broker's user must be allowed to declare exchanges and quorum queues in its vhost, and none of \
             ours may stand there as something else"
        ),
    };
    wrong(how)
}

/// An object can be written, read and deleted.
pub(super) async fn vault(settings: &Settings) -> Checked {
    match write_and_delete(settings).await {
        Ok(()) => Checked::default(),
        Err(error) if matches!(error.downcast_ref(), Some(VaultError::NoContainer)) => {
            wrong(no_container(&settings.vault.0))
        }
        Err(error) => wrong(format!(
            "{error:#}; look at `vault.url` and `vault.options`, and whether its user may write, read and delete"
        )),
    }
}

/// Who makes it is not we: a container has settings that its owner has to choose.
fn no_container(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or_default();
    let name = rest.split('/').next().unwrap_or_default();
    let (what, make) = match scheme {
        "s3" => ("bucket", format!("aws s3 mb s3://{name}")),
        _ => ("container", format!("az storage container create --name {name}")),
    };
    format!("the {what} `{name}` does not exist: make it, as with `{make}`, or name another in `vault.url`")
}

async fn write_and_delete(settings: &Settings) -> anyhow::Result<()> {
    let (url, options) = settings.vault.clone();
    let objects = Objects::open(&url, options)?;
    let nobody = || "nobody".parse::<TenantId>();
    let tenant = settings.tenants.first().map_or_else(nobody, |tenant| Ok(tenant.name.clone()))?;
    let request = Ids::new(Arc::new(SystemClock), Arc::new(OsRandom)).request();
    let (place, key) = (Place::work(&tenant, request, "check")?, Key::generate(&OsRandom));
    let mut writer = objects.writer(&place, &key, &OsRandom);
    writer.push(WORD).await.context("an object cannot be written")?;
    writer.finish().await.context("an object cannot be written")?;
    let read = async { objects.reader(&place, &key).await?.whole(WORD.len()).await }.await;
    let deleted = objects.delete_all(&place.prefix()).await;
    anyhow::ensure!(read.context("an object cannot be read")? == WORD, "an object is not what was written");
    anyhow::ensure!(
        deleted.context("an object cannot be deleted")? == 1,
        "an object that was written is not there"
    );
    Ok(())
}

/// The folder can be written, and this month's keys were made under the tenants' keys.
pub(super) fn period_keys(settings: &Settings) -> Checked {
    let mut checked = Checked::default();
    for TenantSettings { name, .. } in &settings.tenants {
        let folder = settings.keys.join(name.as_str());
        if let Err(error) = write_below(&folder) {
            let folder = folder.display();
            checked.problems.push(format!(
                "{folder} cannot be written: {error}; look at `vault.keys`, and whose folder it is"
            ));
            continue;
        }
        let (periods, now) = (Periods::new(&settings.keys), Period::of(SystemClock.now()));
        match settings.tenant_keys.get(name).map(|key| periods.get(name, key, now)) {
            // It is made when the first request of the month comes.
            None | Some(Ok(_) | Err(VaultError::Forgotten)) => {}
            Some(Err(error)) => checked.problems.push(format!("{error}; look at `key` of tenant `{name}`")),
        }
    }
    checked
}

/// Makes the folder as a process would, and a file that goes again.
fn write_below(folder: &Path) -> anyhow::Result<()> {
    make_folder(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    std::io::Write::write_all(&mut file, WORD)?;
    file.as_file().sync_all()?;
    Ok(file.close()?)
}

/// The collector takes traces and figures.
pub(super) async fn collector(url: &Url) -> Checked {
    let tried = url.clone();
    let refused = spawn_blocking(move || refused(&tried)).await.map_err(anyhow::Error::from).flatten();
    let refused = match refused {
        Ok(refused) => refused,
        Err(error) => return wrong(format!("{error:#}; look at `telemetry.otlp`")),
    };
    // The address may have a password.
    let problem = |(path, why): &(&str, String)| {
        format!(
            "at `/{path}`: {why}; look at `telemetry.otlp` and at the network: it is the collector's address for OTLP \
             over HTTP (usually with the port 4318), without that path"
        )
    };
    Checked { problems: refused.iter().map(problem).collect(), notes: Vec::new() }
}

/// What its settings mean for it.
pub(super) fn tenant(settings: &Settings, name: &TenantId) -> Checked {
    let mut notes = Vec::new();
    if settings.systems.of(name).next().is_none() {
        notes.push("it has no `[[system]]`: every request will find nothing".to_owned());
    }
    let rules = || settings.systems.of(name).flat_map(|system| &system.policy.rules);
    if rules().all(|rule| rule.tenant != *name) {
        notes.push("its policy has no rule for it: a deletion will keep everything".to_owned());
    }
    let mapped =
        || settings.systems.of(name).flat_map(|system| &system.maps).flat_map(|map| &map.collections);
    let categories =
        || mapped().flat_map(|collection| &collection.fields).flat_map(|field| &field.categories);
    let is_idle = |rule: &&Rule| rule.tenant == *name && !categories().any(|it| rule.category.covers(it));
    let idle: BTreeSet<&str> = rules().filter(is_idle).map(|rule| rule.category.as_str()).collect();
    if !idle.is_empty() {
        let names = idle.into_iter().collect::<Vec<_>>().join(", ");
        notes.push(format!("its policy has rules for categories that no field of a data map has: {names}"));
    }
    let is_known = |tenant: &TenantId| settings.tenants.iter().any(|known| known.name == *tenant);
    let unknown: BTreeSet<&str> =
        rules().map(|rule| &rule.tenant).filter(|tenant| !is_known(tenant)).map(TenantId::as_str).collect();
    if !unknown.is_empty() {
        let names = unknown.into_iter().collect::<Vec<_>>().join(", ");
        notes.push(format!("its policy has rules for tenants that these settings do not have: {names}"));
    }
    if settings.tokens.is_empty() {
        let says = "there is no `[[token]]`: `redress up` makes one for each tenant at start, on loopback only, and \
                    `redress run` does not start";
        notes.push(says.to_owned());
    } else if settings.tokens.iter().all(|token| token.tenant != *name) {
        let says = "no `[[token]]` is for it: nobody can ask anything for it (`redress up` makes tokens only where \
                    there is none at all)";
        notes.push(says.to_owned());
    }
    Checked { problems: Vec::new(), notes }
}
