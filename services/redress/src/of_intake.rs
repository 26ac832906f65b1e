//! What the doors of other services ask about requests. Requests are intake's, and no service knows another:
//! here is where both are known.

use std::sync::Arc;

use async_trait::async_trait;
use redress_audit::http::{Counts, OpenRequests};
use redress_contracts::{Contract as _, v1::RequesterKind};
use redress_domain::{Clock, RequestId, Role, TenantId};
use redress_export::http::{Owner, Owners};
use redress_intake::{decide::Intake, state::Request};
use redress_runtime::Service as _;
use redress_store::{StateFilter, Store, StoreError};

/// Requests that are counted, at most.
const COUNTED_MAX: usize = 10_000;
/// Rows that are read at a time.
const ROWS: u32 = 500;

/// Intake's rows.
pub struct OfIntake {
    /// Where they are.
    pub store: Arc<dyn Store>,
    /// Says what is overdue.
    pub clock: Arc<dyn Clock>,
}

#[async_trait]
impl Counts for OfIntake {
    async fn open_requests(&self, tenant: &TenantId) -> Result<OpenRequests, StoreError> {
        let (intake, now) = (Intake::default(), self.clock.now());
        let filter = StateFilter { tenant: Some(tenant.clone()), status: None, open: true };
        let (mut open, mut last) = (OpenRequests::default(), None);
        for _ in 0..COUNTED_MAX / ROWS as usize {
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
    async fn owner(&self, tenant: &TenantId, request: RequestId) -> Result<Option<Owner>, StoreError> {
        let row = self.store.state(Intake::default().name(), request).await?;
        let row = row.filter(|row| row.tenant == *tenant && !row.status.is_empty());
        let read = row.map(|row| Request::read(&row)).transpose();
        let request = read.map_err(|error| StoreError::Broken(error.to_string()))?;
        Ok(request.and_then(|request| owner(&request)))
    }
}

/// None: it was handed in by a role that is not known here, and is nobody's own.
fn owner(request: &Request) -> Option<Owner> {
    let by = request.admission.actor.as_ref()?;
    let requester = request.admission.requester.as_ref();
    let subject = requester.filter(|it| it.kind() == RequesterKind::Subject).map(|it| it.name.clone());
    Some(Owner { handed_in_by: (Role::of_number(by.role).ok()?, by.name.clone()), subject })
}
