//! The settings: one TOML file (`redress.toml`) and what it names. Strict: what is not known is an error, and all
//! that is wrong is told at once. What is no list can come from the environment too, and that wins:
//! `REDRESS__STORE__URL` is `store.url`. Secrets come from files or from the environment: where a value `x` is
//! wanted, `x_file` names a file and `x_env` a variable that has it.

mod agree;
mod problems;
mod reader;
mod sources;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context as _;
use redress_connector_sql::Database;
use redress_datamap::Systems;
use redress_domain::{Role, ServiceName, SystemName, TenantId, roles::Who};
use redress_intake::settings::{TenantSettings, Tenants};
use redress_runtime::http::{TokenSettings, Tokens};
use redress_vault::TenantKeys;
use reqwest::Url;
use serde::{Deserialize, Deserializer, de::Error as _};
use serde_json::{Map, Value};

pub use self::problems::SettingsProblems;
pub(crate) use self::reader::amqp_user;
use self::{problems::Found, reader::Reader, sources::Written};

/// Where the doors are.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Http {
    /// Address and port. A port of 0 is any that is free.
    pub listen: SocketAddr,
}

impl Default for Http {
    fn default() -> Self {
        Self { listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8420)) }
    }
}

/// Who comes by way of the broker: an AMQP user, known by name. How it proves itself is the broker's.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BrokerUser {
    /// Its name at the broker.
    pub name: ServiceName,
    /// Whose it is.
    pub tenant: TenantId,
    /// `upstream` hands in requests; `auditor` listens to the tenant's events.
    pub role: Role,
}

/// Where what a process tells of itself goes; nowhere, unless it is said.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Telemetry {
    /// Where Prometheus asks for figures, at `/metrics`; without a token, so not where strangers come.
    pub metrics: Option<SocketAddr>,
    /// A collector's `http://…` URL: traces and figures go there by OTLP, as protobuf over HTTP.
    #[serde(deserialize_with = "http_url")]
    pub otlp: Option<Url>,
}

fn http_url<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Url>, D::Error> {
    let url = String::deserialize(deserializer)?.parse::<Url>().ok();
    let url = url.filter(|url| url.has_host() && ["http", "https"].contains(&url.scheme()));
    url.map(Some).ok_or_else(|| D::Error::custom("a URL such as `http://collector:4318` is wanted"))
}

/// A place that a URL names.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// May hold a password.
    pub url: String,
}

impl std::fmt::Debug for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let scheme = self.url.split(':').next().unwrap_or_default();
        write!(f, "Place({scheme}:..)")
    }
}

/// What lies at rest.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Vault {
    /// `file:///folder`, `az://container/folder` or `s3://bucket/folder`.
    pub url: Option<String>,
    /// What the object store wants to be told, such as `azure_storage_account_name`.
    pub options: BTreeMap<String, String>,
    /// The folder of period keys. Not in the database, and not in its backups.
    pub keys: Option<PathBuf>,
}

/// The settings, read whole.
#[derive(Debug)]
pub struct Settings {
    /// Where the doors are.
    pub http: Http,
    /// The database: `sqlite:/path/to/file.db` or `postgres://…`.
    pub store: Place,
    /// The broker: `local:` or `amqp://…`.
    pub bus: Place,
    /// The object store's URL and options.
    pub vault: (String, BTreeMap<String, String>),
    /// The folder of period keys.
    pub keys: PathBuf,
    /// Where what a process tells of itself goes.
    pub telemetry: Telemetry,
    /// The tenants.
    pub tenants: Vec<TenantSettings>,
    /// Their keys.
    pub tenant_keys: TenantKeys,
    /// The systems, with their data maps and policies.
    pub systems: Arc<Systems>,
    /// Where the SQL systems are.
    pub databases: BTreeMap<SystemName, Database>,
    /// Who may come in.
    pub tokens: Vec<TokenSettings>,
    /// Who comes by way of the broker.
    pub broker_users: Vec<BrokerUser>,
    /// The folder of what is placed nowhere else.
    pub data: PathBuf,
}

impl Settings {
    /// Reads a settings file. What it does not say lies in `data`.
    ///
    /// # Errors
    /// [`SettingsProblems`]: all that is wrong, where, and how it should be.
    pub fn read(file: &Path, data: &Path) -> anyhow::Result<Self> {
        let text = fs::read_to_string(file)
            .map_err(|error| SettingsProblems::of(format!("{} cannot be read: {error}", file.display())))?;
        let folder = file.parent().unwrap_or(Path::new("."));
        let read = Self::of_sources(&text, sources::environment(), folder, data);
        Ok(read.map_err(|problems| SettingsProblems { file: Some(file.to_owned()), ..problems })?)
    }

    /// Reads settings; the files that they name are looked for in `folder`.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn of_text(text: &str, folder: &Path, data: &Path) -> anyhow::Result<Self> {
        Ok(Self::of_sources(text, sources::environment(), folder, data)?)
    }

    fn of_sources(
        text: &str,
        environment: Map<String, Value>,
        folder: &Path,
        data: &Path,
    ) -> Result<Self, SettingsProblems> {
        let (mut found, reader) = (Found::default(), Reader { folder });
        let written = Written::read(text, environment, &mut found);
        let known = Known::of(&written);
        let tenants = reader.tenants(written.tenant, &mut found);
        let systems = reader.systems(written.system, &tenants, &known, &mut found);
        let tokens = reader.tokens(written.token, &known, &mut found);
        let http = found.ok("http", reader::read::<Http>(written.http));
        let telemetry = found.ok("telemetry", reader::read::<Telemetry>(written.telemetry));
        let store = reader.place("store", &STORES, written.store, &mut found, || {
            format!("sqlite:{}", data.join("redress.db").display())
        });
        let bus = reader.place("bus", &BUSES, written.bus, &mut found, || "local:".to_owned());
        let broker_users = reader.broker_users(written.broker_user, bus.as_ref(), &known, &mut found);
        let vault = reader.vault(written.vault, &mut found);
        agree::agree(&tenants, &systems, &tokens, &known, &mut found);
        let (systems, databases): (Vec<_>, Vec<_>) = systems.into_iter().unzip();
        let databases = systems.iter().map(|system| system.name.clone()).zip(databases).collect();
        // These look at what is one by one as it should be, and find what is there twice.
        found.nothing_yet(|| Tenants::new(tenants.iter().map(|tenant| tenant.settings.clone())));
        found.nothing_yet(|| Tokens::new(&tokens));
        let systems = found.nothing_yet(|| Systems::new(systems));
        let url = match &vault {
            Some(Vault { url: Some(url), .. }) => Some(url.clone()),
            _ => found.ok("vault", file_url(&data.join("vault"))),
        };
        let read = (http, telemetry, store, bus, vault, systems, url);
        let (
            true,
            (Some(http), Some(telemetry), Some(store), Some(bus), Some(vault), Some(systems), Some(url)),
        ) = (found.is_nothing(), read)
        else {
            return Err(found.into());
        };
        Ok(Self {
            http,
            telemetry,
            store,
            bus,
            vault: (url, vault.options),
            keys: vault.keys.map_or_else(|| data.join("keys"), |keys| folder.join(keys)),
            tenant_keys: tenants
                .iter()
                .map(|tenant| (tenant.settings.name.clone(), tenant.key.clone()))
                .collect(),
            tenants: tenants.into_iter().map(|tenant| tenant.settings).collect(),
            systems: Arc::new(systems),
            databases,
            tokens,
            broker_users,
            data: data.to_owned(),
        })
    }

    /// AMQP users, and who they are.
    pub fn senders(&self) -> BTreeMap<String, Who> {
        let who = |user: &BrokerUser| {
            let BrokerUser { name, tenant, role } = user.clone();
            (name.to_string(), Who { name: name.to_string(), tenant, role })
        };
        self.broker_users.iter().map(who).collect()
    }

    /// Whether messages stay in one process.
    pub fn is_local(&self) -> bool {
        self.bus.url.starts_with(LOCAL)
    }
}

/// Messages that stay in one process.
const LOCAL: &str = "local:";
const BUSES: [&str; 3] = [LOCAL, "amqp:", "amqps:"];
const STORES: [&str; 3] = ["sqlite:", "postgres:", "postgresql:"];

/// Names that the settings have, also where the rest of their section is not as it should be: whoever speaks of
/// them is not at fault.
struct Known {
    tenants: BTreeSet<String>,
    /// Tenant and system.
    systems: BTreeSet<(String, String)>,
}

impl Known {
    fn of(written: &Written) -> Self {
        let text = |section: &Map<String, Value>, name: &str| Some(section.get(name)?.as_str()?.to_owned());
        let tenants = written.tenant.iter().filter_map(|(_, tenant)| text(tenant, "name"));
        let systems = written.system.iter();
        let systems =
            systems.filter_map(|(_, system)| Some((text(system, "tenant")?, text(system, "name")?)));
        Self { tenants: tenants.collect(), systems: systems.collect() }
    }

    fn has(&self, tenant: &TenantId) -> bool {
        self.tenants.contains(tenant.as_str())
    }
}

/// A folder as a URL.
///
/// # Errors
/// When the folder cannot be made.
fn file_url(folder: &Path) -> anyhow::Result<String> {
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    Ok(format!("file://{}", folder.canonicalize()?.display()))
}
