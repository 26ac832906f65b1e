//! What the doors of other services ask about requests. Requests are intake's, and no service knows another:
//! here is where both are known.

use std::sync::Arc;

use async_trait::async_trait;
use redress_audit::http::{Counts, OpenRequests};
use redress_contracts::Contract as _;
use redress_domain::{Clock, RequestId, Role, TenantId};
use redress_export::http::{Owner, Owners};
use redress_intake::{decide::Intake, door::subject_account, state::Request};
use redress_runtime::Service as _;
use redress_store::{StateFilter, Store, StoreError};
use redress_vault::{Keyring, VaultError};

/// Rows that are looked at, at most.
const LOOKED_AT_MAX: usize = 10_000;
/// Rows that are read at a time.
const ROWS: u32 = 500;

/// Intake's rows.
pub struct OfIntake {
    /// Where they are.
    pub store: Arc<dyn Store>,
    /// Says what is overdue.
    pub clock: Arc<dyn Clock>,
    /// Opens who asked.
    pub keyring: Arc<Keyring>,
}

#[async_trait]
impl Counts for OfIntake {
    async fn open_requests(&self, tenant: &TenantId) -> Result<OpenRequests, StoreError> {
        let (intake, now) = (Intake::default(), self.clock.now());
        let filter = StateFilter { tenant: Some(tenant.clone()), status: None, open: true };
        let (mut open, mut last) = (OpenRequests::default(), None);
        for _ in 0..LOOKED_AT_MAX / ROWS as usize {
            let rows = self.store.states(intake.name(), &filter, last, ROWS).await?;
            // A row without a status only keeps what came before its request.
            for row in rows.iter().filter(|row| !row.status.is_empty()) {
                *open.by_state.entry(row.status.clone()).or_default() += 1;
                open.overdue += u64::from(row.due_at.is_some_and(|due| due <= now));
            }
            if rows.len() < ROWS as usize {
                return Ok(open);
            }
            last = rows.last().map(|row| row.request);
        }
        Ok(OpenRequests { at_least: true, ..open })
    }
}

#[async_trait]
impl Owners for OfIntake {
    async fn owner(&self, tenant: &TenantId, id: RequestId) -> Result<Option<Owner>, StoreError> {
        let row = self.store.state(Intake::default().name(), id).await?;
        let row = row.filter(|row| row.tenant == *tenant && !row.status.is_empty());
        let read = row.map(|row| Request::read(&row)).transpose();
        let Some(request) = read.map_err(|error| StoreError::Broken(error.to_string()))? else {
            return Ok(None);
        };
        // Handed in by a role that is not known here, it is nobody's own.
        let Some(handed_in_by) = handed_in_by(&request) else { return Ok(None) };
        let subject = subject_account(&self.keyring, tenant, id, &request).await.map_err(stored)?;
        Ok(Some(Owner { handed_in_by, subject }))
    }
}

fn handed_in_by(request: &Request) -> Option<(Role, String)> {
    let by = request.admission.actor.as_ref()?;
    Some((Role::of_number(by.role).ok()?, by.name.clone()))
}

fn stored(error: VaultError) -> StoreError {
    match error {
        VaultError::Store(error) => error,
        error => StoreError::Broken(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::{SignedDuration, Timestamp};
    use prost::Message as _;
    use redress_contracts::v1::{Actor, Admission, Requester, RequesterKind};
    use redress_domain::{Ids, Kind, life::Life};
    use redress_runtime::{OsRandom, SystemClock};
    use redress_store::{SqliteStore, StateRow, StateWrite, Writes};
    use redress_vault::{Key, Periods, Purpose, TenantKey, seal};

    use super::*;

    struct Desk {
        of_intake: OfIntake,
        ids: Ids,
        _keys: tempfile::TempDir,
    }

    impl Desk {
        async fn new(name: &str) -> Self {
            let clock: Arc<dyn Clock> = Arc::new(SystemClock);
            let store = SqliteStore::in_memory(&format!("of_intake_{name}"), clock.clone()).await.unwrap();
            store.migrate().await.unwrap();
            let ids = Ids::new(clock.clone(), Arc::new(OsRandom));
            let store: Arc<dyn Store> = Arc::new(store);
            let keys = tempfile::tempdir().unwrap();
            let tenants = [("dublin".parse().unwrap(), TenantKey::new(Key::new([1; 32])))].into();
            let periods = Periods::new(keys.path());
            let keyring = Keyring::new(store.clone(), tenants, periods, clock.clone(), Arc::new(OsRandom));
            Self { of_intake: OfIntake { store, clock, keyring: Arc::new(keyring) }, ids, _keys: keys }
        }

        fn row(&self, tenant: &str, status: &str) -> StateRow {
            StateRow {
                request: self.ids.request(),
                tenant: tenant.parse().unwrap(),
                version: 1,
                format: 1,
                status: status.to_owned(),
                due_at: None,
                body: Vec::new(),
                early: Vec::new(),
                closed_at: None,
            }
        }

        async fn write(&self, rows: impl IntoIterator<Item = StateRow>) {
            let states = rows.into_iter().map(|row| StateWrite { row, replaces: 0 }).collect();
            let mut tx = self.of_intake.store.begin(Intake::default().name()).await.unwrap();
            tx.write(&Writes { states, ..Writes::default() }).await.unwrap();
            tx.commit().await.unwrap();
        }

        fn in_hours(&self, hours: i64) -> Option<Timestamp> {
            Some(self.of_intake.clock.now() + SignedDuration::from_hours(hours))
        }
    }

    #[tokio::test]
    async fn what_is_open_is_counted_by_its_state_and_due_date() {
        let desk = Desk::new("counts").await;
        let dublin = "dublin".parse().unwrap();
        let row = |status| desk.row("dublin", status);
        desk.write([
            row("held"),
            StateRow { due_at: desk.in_hours(-1), ..row("held") },
            StateRow { due_at: desk.in_hours(1), ..row("in_review") },
            StateRow { due_at: desk.in_hours(-1), closed_at: desk.in_hours(-2), ..row("closed") },
            row(""),
            StateRow { due_at: desk.in_hours(-1), ..desk.row("cork", "held") },
        ])
        .await;
        let by_state = BTreeMap::from([("held".to_owned(), 2), ("in_review".to_owned(), 1)]);
        let expected = OpenRequests { by_state, overdue: 1, at_least: false };
        assert_eq!(desk.of_intake.open_requests(&dublin).await.unwrap(), expected);
        desk.write((0..LOOKED_AT_MAX).map(|_| row("held"))).await;
        let open = desk.of_intake.open_requests(&dublin).await.unwrap();
        // The row without a status is looked at too, and not counted.
        assert!(open.at_least && open.by_state.values().sum::<u64>() >= LOOKED_AT_MAX as u64 - 1, "{open:?}");
    }

    #[tokio::test]
    async fn whose_a_request_is_stands_in_how_it_came_in() {
        let desk = Desk::new("owners").await;
        let requester = |kind: RequesterKind| Some(Requester { kind: kind as i32, ..Requester::default() });
        let actor = |role: i32| Some(Actor { role, name: "shop".to_owned() });
        let shop = |subject: Option<&str>| {
            Some(Owner {
                handed_in_by: (Role::Upstream, "shop".to_owned()),
                subject: subject.map(str::to_owned),
            })
        };
        let upstream = Role::Upstream.number();
        for (actor, requester, expected) in [
            (actor(upstream), requester(RequesterKind::Subject), shop(Some("a17"))),
            (actor(upstream), requester(RequesterKind::Agent), shop(None)),
            (actor(upstream), None, shop(None)),
            (actor(99), requester(RequesterKind::Subject), None),
            (None, requester(RequesterKind::Subject), None),
        ] {
            let mut row = desk.row("dublin", "");
            let dublin = "dublin".parse().unwrap();
            let key = desk.of_intake.keyring.make(&dublin, row.request).await.unwrap();
            // As the front door seals it.
            let name = Requester { name: "a17".to_owned(), ..Requester::default() }.encode_to_vec();
            let purpose = Purpose { what: "requester", whose: &row.request.to_string() };
            let words = Some(seal(&key, purpose, &name, &OsRandom));
            let requester = requester.map(|requester| Requester { words, ..requester });
            let admission = Admission { actor, requester, ..Admission::default() };
            let life = Life::new(Kind::Access, false);
            Request { admission, life, kept: Default::default() }.write(&mut row);
            desk.write([row.clone()]).await;
            let owner = async |tenant: &str| {
                desk.of_intake.owner(&tenant.parse().unwrap(), row.request).await.unwrap()
            };
            assert_eq!(owner("dublin").await, expected);
            assert_eq!(owner("cork").await, None, "it is another tenant's");
        }
        let unknown = desk.of_intake.owner(&"dublin".parse().unwrap(), desk.ids.request()).await;
        assert_eq!(unknown.unwrap(), None);
    }
}
