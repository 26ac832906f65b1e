//! Shows how the machine is.

use std::collections::BTreeMap;

use axum::{Json, extract::State};
use redress_domain::TenantId;
use redress_runtime::http::{Admitted, Problem};
use redress_store::StoreError;
use serde::Serialize;
use utoipa::ToSchema;

use super::{AuditDoor, Door};

/// How the machine is, as far as it is the tenant's.
#[derive(Serialize, ToSchema)]
pub(super) struct Status {
    /// Of this program.
    version: &'static str,
    /// Of the database.
    schema: i64,
    /// How many requests are open, by their state.
    open: BTreeMap<String, u64>,
    /// How many of them are past their due date.
    overdue: u64,
    /// How many messages wait for a person to look at them.
    parked: u64,
    /// How many entries the ledger has.
    ledger_entries: u64,
    /// There are so many requests or parked messages that there may be more than were counted.
    at_least: bool,
}

/// Shows how the machine is: what is open, what is parked, how long the ledger is.
#[utoipa::path(
    get,
    path = "/v1/tenants/{tenant}/status",
    tag = "status",
    params(("tenant" = String, Path)),
    responses((status = 200, body = Status))
)]
pub(super) async fn read_status(State(door): Door, admitted: Admitted) -> Result<Json<Status>, Problem> {
    let tenant = admitted.tenant();
    let requests = door.counts.open_requests(tenant).await?;
    let (parked, more_parked) = door.count_parked(tenant).await?;
    Ok(Json(Status {
        version: env!("CARGO_PKG_VERSION"),
        schema: door.store.schema_version().await?,
        open: requests.by_state,
        overdue: requests.overdue,
        parked,
        ledger_entries: door.ledger_entries(tenant).await?,
        at_least: requests.at_least || more_parked,
    }))
}

impl AuditDoor {
    /// Entries are numbered from 0 without a gap: where there is none from an index on, there are no more than
    /// that. Finds the number by halves, in some forty looks at the most.
    pub(super) async fn ledger_entries(&self, tenant: &TenantId) -> Result<u64, StoreError> {
        let (mut at_least, mut step) = (0, 1);
        while self.has_entry(tenant, at_least + step - 1).await? {
            at_least += step;
            step *= 2;
        }
        // From here on: `at_least` are there, and `at_least + step` are not.
        while step > 1 {
            step /= 2;
            if self.has_entry(tenant, at_least + step - 1).await? {
                at_least += step;
            }
        }
        Ok(at_least)
    }

    async fn has_entry(&self, tenant: &TenantId, index: u64) -> Result<bool, StoreError> {
        Ok(!self.store.ledger(tenant, index, 1).await?.is_empty())
    }
}
