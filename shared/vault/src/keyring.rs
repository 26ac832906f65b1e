//! Request keys: one for each request, in the store's keyring, cached briefly.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use futures::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};
use redress_contracts::v1::Sealed;
use redress_domain::{Clock, Random, RequestId, TenantId};
use redress_store::{KeyRow, Store};

use crate::{Key, Period, Periods, Purpose, TenantKey, VaultError, open, seal};

/// The tenants' keys, as the settings give them.
pub type TenantKeys = BTreeMap<TenantId, TenantKey>;

/// How long a key is used after it was read: another process may have destroyed it meanwhile.
const CACHED: SignedDuration = SignedDuration::from_secs(60);
/// More keys than this are not kept at once.
const CACHED_MAX: usize = 4096;

/// The tenant is part of it: no tenant gets another's key by naming its request.
type CacheKey = (TenantId, RequestId);

/// A key, or none where it was destroyed, until then.
type Cached = (Option<Key>, Timestamp);

/// The one way to request keys.
pub struct Keyring {
    store: Arc<dyn Store>,
    tenants: TenantKeys,
    periods: Periods,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    cache: Mutex<HashMap<CacheKey, Cached>>,
}

impl Keyring {
    /// A keyring over this store, these tenant keys and this folder of period keys. `random` must be fit
    /// for keys.
    pub fn new(
        store: Arc<dyn Store>,
        tenants: TenantKeys,
        periods: Periods,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
    ) -> Self {
        Self { store, tenants, periods, clock, random, cache: Mutex::default() }
    }

    /// The tenant's own key.
    ///
    /// # Errors
    /// When the settings have none.
    pub fn tenant(&self, tenant: &TenantId) -> Result<&TenantKey, VaultError> {
        let missing = || VaultError::Key {
            whose: format!("tenant {tenant}"),
            why: "the settings name none; make one with 32 random bytes in base64".to_owned(),
        };
        self.tenants.get(tenant).ok_or_else(missing)
    }

    /// Makes the key of each of these new requests of a tenant. Made twice, the first stays.
    ///
    /// # Errors
    /// When the tenant has no key, or folder or store cannot be written.
    pub fn make_all<'a>(
        &'a self,
        tenant: &'a TenantId,
        requests: &'a [RequestId],
    ) -> BoxFuture<'a, Result<Vec<Key>, VaultError>> {
        Box::pin(async move {
            let period = Period::of(self.clock.now());
            let outer = self.periods.get_or_make(tenant, self.tenant(tenant)?, period, &*self.random)?;
            let new = requests.iter().map(|request| {
                let (key, name) = (Key::generate(&*self.random), request.to_string());
                let wrapped = seal(&outer, purpose(&name), key.bytes(), &*self.random).body;
                (KeyRow { tenant: tenant.clone(), name, period: period.to_string(), wrapped }, key)
            });
            let (rows, keys): (Vec<_>, Vec<_>) = new.unzip();
            let there = self.store.put_keys(&rows).await?;
            let mut made = Vec::with_capacity(keys.len());
            for (((row, there), key), request) in rows.iter().zip(&there).zip(keys).zip(requests) {
                let key = if there == row { key } else { self.unwrap(tenant, there)? };
                self.remember((tenant.clone(), *request), &key);
                made.push(key);
            }
            Ok(made)
        })
    }

    /// Makes the key of one new request.
    ///
    /// # Errors
    /// As [`make_all`](Self::make_all).
    pub async fn make(&self, tenant: &TenantId, request: RequestId) -> Result<Key, VaultError> {
        let made = self.make_all(tenant, &[request]).await?;
        made.into_iter().next().ok_or(VaultError::Forgotten)
    }

    /// The key of a request.
    ///
    /// # Errors
    /// [`VaultError::Forgotten`] when it, or its period's, was destroyed.
    pub fn get<'a>(
        &'a self,
        tenant: &'a TenantId,
        request: RequestId,
    ) -> BoxFuture<'a, Result<Key, VaultError>> {
        Box::pin(async move {
            if let Some(key) = self.cached(&(tenant.clone(), request)) {
                return Ok(key);
            }
            let row = self.store.key(tenant, &request.to_string()).await?.ok_or(VaultError::Forgotten)?;
            let key = self.unwrap(tenant, &row)?;
            self.remember((tenant.clone(), request), &key);
            Ok(key)
        })
    }

    /// Destroys the key of a request: what it sealed is forgotten, here at once, in other processes within
    /// a minute. True: it was there.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub async fn forget(&self, tenant: &TenantId, request: RequestId) -> Result<bool, VaultError> {
        let was_there = self.store.delete_key(tenant, &request.to_string()).await?;
        // The place is kept, so that a reader under way does not bring the key back.
        let gone = (None, self.clock.now() + CACHED);
        let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        cache.insert((tenant.clone(), request), gone);
        Ok(was_there)
    }

    fn unwrap(&self, tenant: &TenantId, row: &KeyRow) -> Result<Key, VaultError> {
        let outer = self.periods.get(tenant, self.tenant(tenant)?, row.period.parse()?)?;
        let sealed = Sealed { format: 1, body: row.wrapped.clone() };
        let bytes = open(&outer, purpose(&row.name), &sealed)?;
        Key::read(&bytes).ok_or(VaultError::Altered("a request key has 32 bytes"))
    }

    fn cached(&self, of: &CacheKey) -> Option<Key> {
        let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        let (key, until) = cache.get(of)?;
        if self.clock.now() < *until {
            return key.clone();
        }
        cache.remove(of);
        None
    }

    fn remember(&self, of: CacheKey, key: &Key) {
        let now = self.clock.now();
        let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        if cache.len() >= CACHED_MAX {
            cache.retain(|_, (_, until)| now < *until);
        }
        let destroyed = cache.get(&of).is_some_and(|(key, until)| key.is_none() && now < *until);
        if !destroyed && cache.len() < CACHED_MAX {
            cache.insert(of, (Some(key.clone()), now + CACHED));
        }
    }
}

fn purpose(request: &str) -> Purpose<'_> {
    Purpose { what: "request key", whose: request }
}
