//! The keyring over a real store: who gets a key, and who does not any more.

use std::sync::Arc;

use jiff::SignedDuration;
use redress_domain::{Clock as _, Ids, RequestId, TenantId};
use redress_store::{SqliteStore, Store};
use redress_tests::ambient::{Dice, TestClock};
use redress_vault::{Key, Keyring, Period, Periods, TenantKey, VaultError};

struct World {
    store: Arc<dyn Store>,
    periods: Periods,
    clock: Arc<TestClock>,
    request: RequestId,
    _folder: tempfile::TempDir,
}

impl World {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(TestClock::default());
        let store = SqliteStore::open(&folder.path().join("store.sqlite"), clock.clone()).await.unwrap();
        store.migrate().await.unwrap();
        let periods = Periods::new(&folder.path().join("keys"));
        let request = Ids::new(clock.clone(), Arc::new(Dice::new(1))).request();
        Self { store: Arc::new(store), periods, clock, request, _folder: folder }
    }

    /// One process's keyring; `seed` is its randomness.
    fn process(&self, seed: u64) -> Keyring {
        let key = |byte| TenantKey::new(Key::new([byte; 32]));
        let tenants = [(dublin(), key(1)), (cork(), key(2))].into();
        let random = Arc::new(Dice::new(seed));
        Keyring::new(self.store.clone(), tenants, self.periods.clone(), self.clock.clone(), random)
    }
}

fn dublin() -> TenantId {
    "dublin".parse().unwrap()
}

fn cork() -> TenantId {
    "cork".parse().unwrap()
}

fn is_forgotten(result: &Result<Key, VaultError>) -> bool {
    matches!(result, Err(VaultError::Forgotten))
}

#[tokio::test]
async fn processes_agree_on_a_requests_key() {
    let world = World::new().await;
    let (one, other) = (world.process(1), world.process(2));
    let key = one.make(&dublin(), world.request).await.unwrap();
    assert_eq!(other.make(&dublin(), world.request).await.unwrap(), key);
    assert_eq!(world.process(3).get(&dublin(), world.request).await.unwrap(), key);
}

#[tokio::test]
async fn no_tenant_gets_a_key_by_naming_anothers_request() {
    let world = World::new().await;
    let process = world.process(1);
    process.make(&dublin(), world.request).await.unwrap();
    assert!(is_forgotten(&process.get(&cork(), world.request).await));
    assert!(!process.forget(&cork(), world.request).await.unwrap());
    assert!(process.get(&dublin(), world.request).await.is_ok());
    let stranger = process.get(&"galway".parse().unwrap(), world.request).await;
    assert!(is_forgotten(&stranger));
}

#[tokio::test]
async fn a_forgotten_request_is_gone_here_at_once_and_elsewhere_within_a_minute() {
    let world = World::new().await;
    let (one, other) = (world.process(1), world.process(2));
    one.make(&dublin(), world.request).await.unwrap();
    other.get(&dublin(), world.request).await.unwrap();
    assert!(one.forget(&dublin(), world.request).await.unwrap());
    assert!(is_forgotten(&one.get(&dublin(), world.request).await));
    world.clock.advance(SignedDuration::from_secs(60));
    assert!(is_forgotten(&other.get(&dublin(), world.request).await));
}

#[tokio::test]
async fn without_its_periods_key_a_request_is_forgotten_wherever_a_copy_lies() {
    let world = World::new().await;
    world.process(1).make(&dublin(), world.request).await.unwrap();
    world.periods.destroy(&dublin(), Period::of(world.clock.now())).unwrap();
    assert!(is_forgotten(&world.process(2).get(&dublin(), world.request).await));
    assert!(world.store.key(&dublin(), &world.request.to_string()).await.unwrap().is_some());
}

#[tokio::test]
async fn a_tenant_without_a_key_is_told_what_to_do() {
    let world = World::new().await;
    let error = world.process(1).make(&"galway".parse().unwrap(), world.request).await.unwrap_err();
    assert!(error.to_string().contains("tenant galway") && error.to_string().contains("32 random bytes"));
}
