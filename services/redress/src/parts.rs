//! What every role of a process stands on: the store, the bus, the vault, who may come in.

use std::{fs::DirBuilder, os::unix::fs::DirBuilderExt as _, path::Path, sync::Arc, time::Duration};

use anyhow::Context as _;
use futures::future::BoxFuture;
use redress_bus::{AmqpBus, AmqpSettings, Bus, LocalBus};
use redress_contracts::{Envelope, v1::Sealed};
use redress_domain::{Clock, Ids, Random};
use redress_intake::settings::Tenants;
use redress_runtime::{Context, Opener, OsRandom, Publisher, Sealer, SystemClock, http::Tokens};
use redress_store::{PostgresStore, SCHEMA_VERSION, SqliteStore, Store, Time};
use redress_vault::{Key, Keyring, Objects, Periods, Purpose, TenantKeys, open, seal};

use crate::{cli::Failure, roles::topology, settings::Settings};

/// Connections to PostgreSQL that a process holds at most.
const CONNECTIONS_MAX: u32 = 16;
/// How long the broker is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// See the module.
#[derive(Clone)]
pub struct Parts {
    /// The settings that they were made from.
    pub settings: Arc<Settings>,
    /// The tenants.
    pub tenants: Tenants,
    /// Who may come in.
    pub tokens: Arc<Tokens>,
    /// The database, the clock, ids.
    pub context: Context,
    /// Messages between services.
    pub bus: Arc<dyn Bus>,
    /// The way out.
    pub publisher: Arc<Publisher>,
    /// Opens what is parked.
    pub opener: Arc<dyn Opener>,
    /// Keys.
    pub keyring: Arc<Keyring>,
    /// What lies at rest.
    pub objects: Objects,
    /// Randomness fit for keys.
    pub random: Arc<dyn Random>,
}

/// Opens the database that the settings name.
///
/// # Errors
/// When it cannot be reached.
pub fn open_store(settings: &Settings) -> BoxFuture<'_, anyhow::Result<Arc<dyn Store>>> {
    store_at(settings, Arc::new(SystemClock))
}

fn store_at(settings: &Settings, clock: Arc<dyn Clock>) -> BoxFuture<'_, anyhow::Result<Arc<dyn Store>>> {
    Box::pin(async move {
        let url = &settings.store.url;
        if let Some(path) = url.strip_prefix("sqlite:") {
            let path = Path::new(path.split('?').next().unwrap_or(path));
            if let Some(folder) = path.parent() {
                make_folder(folder)?;
            }
            let store = SqliteStore::open(path, clock).await;
            let store = store.with_context(|| format!("the database {} cannot be opened", path.display()))?;
            return Ok(Arc::new(store) as Arc<dyn Store>);
        }
        let store = PostgresStore::new(url, CONNECTIONS_MAX, Time::Server);
        Ok(Arc::new(store.context("the database of `store.url` cannot be reached")?))
    })
}

/// Makes a folder, unless it is there: for its owner alone.
///
/// # Errors
/// When it cannot be made.
pub fn make_folder(folder: &Path) -> anyhow::Result<()> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.with_context(|| format!("{} cannot be made", folder.display()))
}

/// How the broker that the settings name is spoken to.
pub fn broker(settings: &Settings) -> AmqpSettings {
    AmqpSettings { url: settings.bus.url.clone(), name: "redress".to_owned(), patience: PATIENCE }
}

impl Parts {
    /// Opens everything.
    ///
    /// # Errors
    /// What cannot be opened, and why.
    pub fn open(settings: Settings) -> BoxFuture<'static, anyhow::Result<Self>> {
        Self::open_at(settings, Arc::new(SystemClock))
    }

    /// Opens everything, by this clock. PostgreSQL keeps its own.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn open_at(settings: Settings, clock: Arc<dyn Clock>) -> BoxFuture<'static, anyhow::Result<Self>> {
        Box::pin(async move {
            let store = store_at(&settings, clock.clone()).await?;
            let version = store.schema_version().await?;
            if version < SCHEMA_VERSION {
                let why = format!("the database has schema {version}, this is {SCHEMA_VERSION}");
                return Err(Failure::Refused(format!("{why}: run `redress migrate` first")).into());
            }
            let random: Arc<dyn Random> = Arc::new(OsRandom);
            let (url, options) = settings.vault.clone();
            let objects = Objects::open(&url, options).context("`vault.url`")?;
            let keys = settings.tenant_keys.clone();
            let sealer = Arc::new(ParkedSealer { keys: keys.clone(), random: random.clone() });
            let periods = Periods::new(&settings.keys);
            let keyring = Keyring::new(store.clone(), keys, periods, clock.clone(), random.clone());
            let ids = Ids::new(clock.clone(), random.clone());
            let (tenants, tokens) = (Tenants::new(settings.tenants.clone())?, Tokens::new(&settings.tokens)?);
            // Last: what is half connected when a process ends is not closed.
            let bus: Arc<dyn Bus> = match settings.is_local() {
                true => Arc::new(LocalBus::new(topology())),
                false => Arc::new(AmqpBus::start(&broker(&settings), topology())),
            };
            Ok(Self {
                tenants,
                tokens: Arc::new(tokens),
                context: Context::new(store.clone(), clock, ids, sealer.clone()),
                publisher: Arc::new(Publisher::new(store, bus.clone())),
                bus,
                opener: sealer,
                keyring: Arc::new(keyring),
                objects,
                random,
                settings: Arc::new(settings),
            })
        })
    }
}

const PARKED: Purpose<'static> = Purpose { what: "parked", whose: "body" };

/// Seals what is parked under its tenant's key; what names no tenant that we know, under the first tenant's.
struct ParkedSealer {
    keys: TenantKeys,
    random: Arc<dyn Random>,
}

impl Sealer for ParkedSealer {
    fn seal(&self, envelope: Option<&Envelope>, body: &[u8]) -> Vec<u8> {
        let own = envelope.and_then(|envelope| self.keys.get(&envelope.tenant));
        let key = own.or_else(|| self.keys.values().next()).map(|key| key.derive("parked"));
        // Without any tenant nothing can have been said to us that anybody could want back.
        let key = key.unwrap_or_else(|| Key::generate(&*self.random));
        seal(&key, PARKED, body, &*self.random).body
    }
}

impl Opener for ParkedSealer {
    fn open(&self, envelope: Option<&Envelope>, sealed: &[u8]) -> Option<Vec<u8>> {
        let own = envelope.and_then(|envelope| self.keys.get(&envelope.tenant));
        let sealed = Sealed { format: 1, body: sealed.to_vec() };
        // A tenant that is known by now may not have been when the message was parked.
        let mut keys = own.into_iter().chain(self.keys.values().next());
        keys.find_map(|key| open(&key.derive("parked"), PARKED, &sealed).ok())
    }
}

#[cfg(test)]
mod tests {
    use redress_contracts::ContentType;
    use redress_domain::TenantId;
    use redress_vault::TenantKey;

    use super::*;

    fn sealer(tenants: &[(&str, u8)]) -> ParkedSealer {
        let key =
            |(tenant, byte): &(&str, u8)| (tenant.parse().unwrap(), TenantKey::new(Key::new([*byte; 32])));
        ParkedSealer { keys: tenants.iter().map(key).collect(), random: Arc::new(OsRandom) }
    }

    fn envelope(tenant: TenantId) -> Envelope {
        let ids = Ids::new(Arc::new(SystemClock), Arc::new(OsRandom));
        Envelope {
            id: ids.message(),
            kind: "redress.v1.Task".to_owned(),
            source: "intake".parse().unwrap(),
            time: SystemClock.now(),
            tenant,
            request: ids.request(),
            state_version: 1,
            answers: None,
            traceparent: None,
            again: false,
            content_type: ContentType::Protobuf,
        }
    }

    #[test]
    fn what_is_parked_opens_again_and_for_nobody_else() {
        let (cork, dublin) = (envelope("cork".parse().unwrap()), envelope("dublin".parse().unwrap()));
        let both = sealer(&[("cork", 1), ("dublin", 2)]);
        for envelope in [Some(&cork), Some(&dublin), None] {
            let sealed = both.seal(envelope, b"anna");
            assert_eq!(both.open(envelope, &sealed).as_deref(), Some(&b"anna"[..]));
            let mut spoiled = sealed.clone();
            spoiled[30] ^= 1;
            assert_eq!(both.open(envelope, &spoiled), None);
            assert_eq!(sealer(&[("cork", 3), ("dublin", 4)]).open(envelope, &sealed), None);
        }
        let before = sealer(&[("cork", 1)]).seal(Some(&dublin), b"anna");
        assert_eq!(
            both.open(Some(&dublin), &before).as_deref(),
            Some(&b"anna"[..]),
            "dublin was not known then"
        );
        assert_eq!(both.open(Some(&cork), &both.seal(Some(&dublin), b"anna")), None);
        assert_eq!(sealer(&[]).open(None, &sealer(&[]).seal(None, b"anna")), None);
    }
}
