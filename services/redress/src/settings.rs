//! The settings: one TOML file (`redress.toml`) and what it names. Strict: what is not known is an error.
//! Any value can come from the environment too: `REDRESS__STORE__URL` is `store.url`. Secrets come from files or
//! from the environment: where a value `x` is wanted, `x_file` names a file and `x_env` a variable that has it.

use std::{
    collections::BTreeMap,
    env, fs,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context as _, anyhow, bail};
use config::{Config, Environment, File, FileFormat};
use redress_connector_sql::{Database, SqlSettings};
use redress_datamap::{Policy, System, Systems};
use redress_domain::{ConnectorName, SystemName, TenantId};
use redress_intake::settings::{TenantSettings, Tenants};
use redress_runtime::http::{TokenSettings, Tokens};
use redress_vault::{TenantKey, TenantKeys};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value};

/// The file, as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    http: Http,
    #[serde(default)]
    store: Map<String, Value>,
    #[serde(default)]
    bus: Map<String, Value>,
    #[serde(default)]
    vault: Vault,
    #[serde(default)]
    tenant: Vec<Map<String, Value>>,
    #[serde(default)]
    system: Vec<Map<String, Value>>,
    #[serde(default)]
    token: Vec<TokenSettings>,
}

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
}

impl Settings {
    /// Reads a settings file. What it does not say lies in `data`.
    ///
    /// # Errors
    /// What is wrong, where, and how it should be.
    pub fn read(file: &Path, data: &Path) -> anyhow::Result<Self> {
        let text = fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
        let folder = file.parent().unwrap_or(Path::new("."));
        Self::of_text(&text, folder, data).with_context(|| format!("in {}", file.display()))
    }

    /// Reads settings; the files that they name are looked for in `folder`.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn of_text(text: &str, folder: &Path, data: &Path) -> anyhow::Result<Self> {
        let written: Written = Config::builder()
            .add_source(File::from_str(text, FileFormat::Toml))
            .add_source(Environment::with_prefix("REDRESS").prefix_separator("__").separator("__"))
            .build()?
            .try_deserialize()?;
        let reader = Reader { folder };
        let tenants = written.tenant.into_iter().enumerate();
        let tenants: Vec<TenantRead> = tenants
            .map(|(i, tenant)| reader.tenant(tenant).with_context(|| format!("tenant[{i}]")))
            .collect::<Result<_, _>>()?;
        let (mut systems, mut databases) = (Vec::new(), BTreeMap::new());
        for (i, system) in written.system.into_iter().enumerate() {
            let (system, database) =
                reader.system(system, &tenants).with_context(|| format!("system[{i}]"))?;
            databases.insert(system.name.clone(), database);
            systems.push(system);
        }
        let store = reader
            .place("store", written.store, || format!("sqlite:{}", data.join("redress.db").display()))?;
        let bus = reader.place("bus", written.bus, || "local:".to_owned())?;
        let keys = written.vault.keys.map_or_else(|| data.join("keys"), |keys| folder.join(keys));
        let vault = written.vault.url.map_or_else(|| file_url(&data.join("vault")), Ok)?;
        Tenants::new(tenants.iter().map(|tenant| tenant.settings.clone()))?;
        Tokens::new(&written.token)?;
        Ok(Self {
            http: written.http,
            store,
            bus,
            vault: (vault, written.vault.options),
            keys,
            tenant_keys: tenants
                .iter()
                .map(|tenant| (tenant.settings.name.clone(), tenant.key.clone()))
                .collect(),
            tenants: tenants.into_iter().map(|tenant| tenant.settings).collect(),
            systems: Arc::new(Systems::new(systems)?),
            databases,
            tokens: written.token,
        })
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

struct TenantRead {
    settings: TenantSettings,
    key: TenantKey,
    policy: Arc<Policy>,
}

/// Reads what a settings file names.
struct Reader<'a> {
    folder: &'a Path,
}

/// A tenant's settings that are not the front door's.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TenantOwn {
    key: String,
    policy: PathBuf,
}

/// A system's settings that are not its connector's.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SystemOwn {
    name: SystemName,
    tenant: TenantId,
    connector: ConnectorName,
    data_map: PathBuf,
}

impl Reader<'_> {
    fn tenant(&self, section: Map<String, Value>) -> anyhow::Result<TenantRead> {
        let (own, rest) = split(self.secrets(section)?, &["key", "policy"]);
        let settings: TenantSettings = read(rest)?;
        let own: TenantOwn = read(own)?;
        let key = TenantKey::from_base64(&format!("tenant {}", settings.name), &own.key)?;
        let (file, text) = self.file(&own.policy)?;
        let policy = Arc::new(Policy::read(&file, &text)?);
        if let Some(rule) = policy.rules.iter().find(|rule| rule.tenant != settings.name) {
            tracing::debug!(tenant = %rule.tenant, "the policy has rules of another tenant too");
        }
        Ok(TenantRead { settings, key, policy })
    }

    fn system(
        &self,
        section: Map<String, Value>,
        tenants: &[TenantRead],
    ) -> anyhow::Result<(System, Database)> {
        let names = ["name", "tenant", "connector", "data_map"];
        let (own, rest) = split(self.secrets(section)?, &names);
        let own: SystemOwn = read(own)?;
        let tenant = tenants.iter().find(|tenant| tenant.settings.name == own.tenant);
        let tenant = tenant.ok_or_else(|| anyhow!("`tenant`: there is no tenant `{}`", own.tenant))?;
        if own.connector != redress_connector_sql::name() {
            bail!("`connector`: `{}` is none of: sql", own.connector);
        }
        let settings: SqlSettings = read(rest)?;
        let (file, text) = self.file(&own.data_map)?;
        let system =
            System::new((own.tenant, own.name), own.connector, (&file, &text), tenant.policy.clone())?;
        let database =
            Database::of_url(&self.sqlite_here(&settings.url)).map_err(|why| anyhow!("`url`: {why}"))?;
        Ok((system, database))
    }

    fn place(
        &self,
        name: &str,
        section: Map<String, Value>,
        usual: impl FnOnce() -> String,
    ) -> anyhow::Result<Place> {
        let section = self.secrets(section).with_context(|| name.to_owned())?;
        if section.is_empty() {
            return Ok(Place { url: usual() });
        }
        let place: Place = read(section).with_context(|| name.to_owned())?;
        Ok(Place { url: self.sqlite_here(&place.url) })
    }

    /// A SQLite file's path is from the settings' folder on.
    fn sqlite_here(&self, url: &str) -> String {
        match url.strip_prefix("sqlite:") {
            Some(path) if !path.starts_with('/') && !path.starts_with(':') => {
                format!("sqlite:{}", self.folder.join(path).display())
            }
            _ => url.to_owned(),
        }
    }

    /// `x_file` and `x_env` become `x`.
    fn secrets(&self, section: Map<String, Value>) -> anyhow::Result<Map<String, Value>> {
        let mut resolved = Map::new();
        for (name, value) in section {
            let text = value.as_str().unwrap_or_default();
            let (name, value) = if let Some(name) = name.strip_suffix("_file") {
                (name.to_owned(), Value::from(self.file(Path::new(text))?.1.trim()))
            } else if let Some(name) = name.strip_suffix("_env") {
                let value = env::var(text)
                    .with_context(|| format!("`{name}_env`: the variable {text} is not set"))?;
                (name.to_owned(), Value::from(value))
            } else {
                (name, value)
            };
            if resolved.insert(name.clone(), value).is_some() {
                bail!("`{name}` is there twice: as it is, as `{name}_file` or as `{name}_env`");
            }
        }
        Ok(resolved)
    }

    fn file(&self, path: &Path) -> anyhow::Result<(String, String)> {
        let place = self.folder.join(path);
        let text =
            fs::read_to_string(&place).with_context(|| format!("{} cannot be read", place.display()))?;
        Ok((path.display().to_string(), text))
    }
}

fn split(section: Map<String, Value>, names: &[&str]) -> (Map<String, Value>, Map<String, Value>) {
    section.into_iter().partition(|(name, _)| names.contains(&name.as_str()))
}

fn read<T: DeserializeOwned>(section: Map<String, Value>) -> anyhow::Result<T> {
    Ok(serde_json::from_value(Value::Object(section))?)
}
