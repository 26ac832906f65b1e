//! Reads what a settings file names, each part as far as the others let it: what is wrong is noted.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context as _, anyhow, bail};
use redress_bus::AmqpBus;
use redress_connector_sql::{Database, SqlSettings};
use redress_datamap::{Placeholders, Policy, System};
use redress_domain::{ConnectorName, Role, ServiceName, SystemName, TenantId};
use redress_intake::settings::{TenantSettings, Tenants};
use redress_runtime::http::{TokenSettings, Tokens};
use redress_vault::TenantKey;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use super::{BrokerUser, Known, Place, Vault, problems::Found};
use crate::roles::topology;

type Section = Map<String, Value>;
type Sections = Vec<(String, Section)>;

/// Options of object stores that name files themselves.
const FILES_OF_THEIR_OWN: [&str; 3] =
    ["federated_token_file", "identity_token_file", "authorization_token_file"];

pub(super) struct TenantRead {
    /// Where in the settings it stands.
    pub(super) at: String,
    pub(super) settings: TenantSettings,
    pub(super) key: TenantKey,
    /// Its policy's file, as it is named.
    pub(super) file: String,
    pub(super) policy: Arc<Policy>,
}

/// Files are looked for in this folder.
pub(super) struct Reader<'a> {
    pub(super) folder: &'a Path,
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
    try_plans: Option<bool>,
}

impl Reader<'_> {
    pub(super) fn tenants(&self, sections: Sections, found: &mut Found) -> Vec<TenantRead> {
        sections.into_iter().filter_map(|(at, section)| self.tenant(section, &at, found)).collect()
    }

    fn tenant(&self, section: Section, at: &str, found: &mut Found) -> Option<TenantRead> {
        let (own, rest) = split(self.secrets(section, at, found)?, &["key", "policy"]);
        let settings = found.ok(at, read::<TenantSettings>(rest));
        if let Some(settings) = &settings {
            found.ok(at, Tenants::new([settings.clone()]).map_err(Into::into));
        }
        let own: TenantOwn = found.ok(at, read(own))?;
        let policy = found.ok(at, self.policy(&own.policy));
        let whose =
            settings.as_ref().map_or_else(|| "the tenant".to_owned(), |it| format!("tenant {}", it.name));
        let key = found.ok(at, TenantKey::from_base64(&whose, &own.key).map_err(Into::into));
        let ((file, policy), key) = (policy?, key?);
        let at = at.to_owned();
        Some(TenantRead { at, settings: settings?, key, file, policy: Arc::new(policy) })
    }

    fn policy(&self, path: &Path) -> anyhow::Result<(String, Policy)> {
        let (file, text) = self.file(path)?;
        let policy = Policy::read(&file, &text)?;
        Ok((file, policy))
    }

    pub(super) fn systems(
        &self,
        sections: Sections,
        tenants: &[TenantRead],
        known: &Known,
        found: &mut Found,
    ) -> Vec<(System, Database)> {
        let read = |(at, section): (String, Section)| self.system(section, tenants, known, &at, found);
        sections.into_iter().filter_map(read).collect()
    }

    fn system(
        &self,
        section: Section,
        tenants: &[TenantRead],
        known: &Known,
        at: &str,
        found: &mut Found,
    ) -> Option<(System, Database)> {
        let names = ["name", "tenant", "connector", "data_map", "try_plans"];
        let (own, rest) = split(self.secrets(section, at, found)?, &names);
        let own = found.ok(at, read::<SystemOwn>(own));
        let settings = match own.as_ref().map(|own| &own.connector) {
            Some(connector) if *connector != redress_connector_sql::name() => {
                found.add(at, format!("`connector`: `{connector}` is none of: sql"));
                None
            }
            _ => found.ok(at, read::<SqlSettings>(rest)),
        };
        let database = settings.and_then(|settings| {
            let database = Database::of_url(&self.sqlite_here(&settings.url));
            found.ok(at, database.map_err(|why| anyhow!("`url`: {why}")))
        });
        let own = own?;
        if !known.has(&own.tenant) {
            found.add(at, format!("`tenant`: there is no tenant `{}`", own.tenant));
        }
        let tenant = tenants.iter().find(|tenant| tenant.settings.name == own.tenant);
        // Without its tenant nothing starts; the data map is looked at all the same.
        let nothing = || Arc::new(Policy { rules: Vec::new(), digest: [0; 32] });
        let policy = tenant.map_or_else(nothing, |tenant| tenant.policy.clone());
        let (file, text) = found.ok(at, self.file(&own.data_map))?;
        let placeholders = tenant.and_then(|tenant| tenant.settings.placeholders.clone());
        let placeholders = placeholders.map(Placeholders::new).unwrap_or_default();
        let system = System::new((own.tenant, own.name), own.connector, (&file, &text), policy);
        let system = found.ok(at, system.map_err(Into::into))?.with_placeholders(placeholders);
        Some((system.trying_plans(own.try_plans.unwrap_or(true)), database?))
    }

    pub(super) fn tokens(&self, sections: Sections, known: &Known, found: &mut Found) -> Vec<TokenSettings> {
        let mut tokens = Vec::new();
        for (at, section) in sections {
            let Some(section) = self.secrets(section, &at, found) else { continue };
            let Some(token) = found.ok(&at, read::<TokenSettings>(section)) else { continue };
            found.ok(&at, Tokens::new(std::slice::from_ref(&token)).map_err(Into::into));
            if !known.has(&token.tenant) {
                found.add(&at, format!("`tenant`: there is no tenant `{}`", token.tenant));
            }
            tokens.push(token);
        }
        tokens
    }

    pub(super) fn broker_users(
        &self,
        sections: Sections,
        bus: Option<&Place>,
        known: &Known,
        found: &mut Found,
    ) -> Vec<BrokerUser> {
        let own_user = bus.and_then(amqp_user);
        let mut users: Vec<BrokerUser> = Vec::new();
        for (at, section) in sections {
            let Some(user) = found.ok(&at, read::<BrokerUser>(section)) else { continue };
            if !known.has(&user.tenant) {
                found.add(&at, format!("`tenant`: there is no tenant `{}`", user.tenant));
            }
            if ![Role::Auditor, Role::Upstream].contains(&user.role) {
                found.add(&at, "`role`: by way of the broker come `upstream` and `auditor`");
            }
            if is_reserved(&user.name) {
                let name = &user.name;
                found.add(&at, format!("`name`: `{name}` is a name of Redress's own queues and exchanges"));
            }
            // A message counts as Redress's own by this name alone.
            if own_user.as_deref() == Some(user.name.as_str()) {
                found.add(
                    &at,
                    format!("`name`: `{}` is the AMQP user of `bus.url`: give it one of its own", user.name),
                );
            }
            if users.iter().any(|other| other.name == user.name) {
                found.add(&at, format!("`name`: there is a `{}` before it", user.name));
            }
            users.push(user);
        }
        users
    }

    /// A place whose URL begins in one of these ways.
    pub(super) fn place(
        &self,
        at: &str,
        schemes: &[&str],
        section: Section,
        found: &mut Found,
        usual: impl FnOnce() -> String,
    ) -> Option<Place> {
        let section = self.secrets(section, at, found)?;
        if section.is_empty() {
            return Some(Place { url: usual() });
        }
        let place: Place = found.ok(at, read(section))?;
        if !schemes.iter().any(|scheme| place.url.starts_with(scheme)) {
            let known = schemes.iter().map(|scheme| format!("`{scheme}`")).collect::<Vec<_>>().join(" or ");
            found.add(at, format!("`url` begins with {known}"));
            return None;
        }
        Some(Place { url: self.sqlite_here(&place.url) })
    }

    pub(super) fn vault(&self, section: Section, found: &mut Found) -> Option<Vault> {
        let mut section = self.secrets(section, "vault", found)?;
        if let Some(Value::Object(options)) = section.remove("options") {
            let options = self.secrets(options, "vault.options", found)?;
            section.insert("options".to_owned(), options.into());
        }
        found.ok("vault", read(section))
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

    /// `x_file` and `x_env` become `x`. None: not each of them could.
    fn secrets(&self, section: Section, at: &str, found: &mut Found) -> Option<Section> {
        let (mut resolved, mut whole) = (BTreeMap::new(), true);
        for (name, value) in section {
            let Some((name, value)) = found.ok(at, self.secret(name, value)) else {
                whole = false;
                continue;
            };
            if resolved.insert(name.clone(), value).is_some() {
                found.add(
                    at,
                    format!("`{name}` is there twice: as it is, as `{name}_file` or as `{name}_env`"),
                );
                whole = false;
            }
        }
        whole.then(|| resolved.into_iter().collect())
    }

    fn secret(&self, name: String, value: Value) -> anyhow::Result<(String, Value)> {
        let says = || value.as_str().with_context(|| format!("`{name}` is a text"));
        if let Some(plain) = name.strip_suffix("_file")
            && !FILES_OF_THEIR_OWN.iter().any(|own| name.ends_with(own))
        {
            let (_, text) = self.file(Path::new(says()?)).with_context(|| format!("`{name}`"))?;
            return Ok((plain.to_owned(), text.trim().into()));
        }
        if let Some(plain) = name.strip_suffix("_env") {
            let variable = says()?;
            return match env::var(variable) {
                Ok(text) => Ok((plain.to_owned(), text.into())),
                Err(_) => bail!("`{name}`: the variable {variable} is not set"),
            };
        }
        Ok((name, value))
    }

    fn file(&self, path: &Path) -> anyhow::Result<(String, String)> {
        let place = self.folder.join(path);
        let text =
            fs::read_to_string(&place).with_context(|| format!("{} cannot be read", place.display()))?;
        Ok((path.display().to_string(), text))
    }
}

/// Whether Redress's own queues, exchanges, services or connectors are called so.
fn is_reserved(name: &ServiceName) -> bool {
    let topology = topology();
    let queues = topology.queues.iter().map(|queue| queue.name.as_str());
    let mut known = queues.chain(topology.exchanges.iter().map(|exchange| exchange.name.as_str()));
    // The part of their names that all of them begin with.
    name.as_str() == "redress" || known.any(|known| known.rsplit('.').next() == Some(name.as_str()))
}

/// The user that a broker's URL names; AMQP's usual one where it names none.
pub(crate) fn amqp_user(bus: &Place) -> Option<String> {
    AmqpBus::user(&bus.url)
}

fn split(section: Section, names: &[&str]) -> (Section, Section) {
    section.into_iter().partition(|(name, _)| names.contains(&name.as_str()))
}

/// Reads a section; says which of its settings is at fault.
pub(super) fn read<T: DeserializeOwned>(section: Section) -> anyhow::Result<T> {
    serde_path_to_error::deserialize(Value::Object(section)).map_err(|error| {
        let path = error.path().to_string();
        let known =
            !matches!(path.as_str(), "." | "?") && !error.inner().to_string().contains(&format!("`{path}`"));
        if known { anyhow!("`{path}`: {}", error.inner()) } else { anyhow!("{}", error.inner()) }
    })
}
