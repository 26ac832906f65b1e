//! What the doors of other services ask about requests. Requests are intake's, and no service knows another:
//! here is where both are known.

use std::sync::Arc;

use async_trait::async_trait;
use redress_audit::http::{Counts, OpenRequests};
use redress_contracts::Contract as _;
use redress_domain::{RequestId, Role, TenantId};
use redress_export::http::{Owner, Owners};
use redress_intake::{decide::Intake, door::subject_account, state::Request};
use redress_runtime::Service as _;
use redress_store::{Store, StoreError};
use redress_vault::{Keyring, VaultError};

/// Intake's rows.
pub struct OfIntake {
    /// Where they are.
    pub store: Arc<dyn Store>,
    /// Opens who asked.
    pub keyring: Arc<Keyring>,
}

#[async_trait]
impl Counts for OfIntake {
    async fn open_requests(&self, tenant: &TenantId) -> Result<OpenRequests, StoreError> {
        let mut open = OpenRequests::default();
        let standing = self.store.standing(Intake::default().name()).await?;
        for rows in standing.open.iter().filter(|rows| rows.tenant == *tenant) {
            open.by_state.insert(rows.status.clone(), rows.requests);
            open.overdue += rows.overdue;
        }
        for jobs in standing.waiting.iter().filter(|jobs| jobs.tenant == *tenant) {
            open.waiting.insert(jobs.system.to_string(), jobs.jobs);
        }
        Ok(open)
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
    use redress_domain::{Clock, Ids, Kind, life::Life};
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
            Self { of_intake: OfIntake { store, keyring: Arc::new(keyring) }, ids, _keys: keys }
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
            Some(SystemClock.now() + SignedDuration::from_hours(hours))
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
        let expected = OpenRequests { by_state, overdue: 1, waiting: BTreeMap::new() };
        assert_eq!(desk.of_intake.open_requests(&dublin).await.unwrap(), expected);
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
