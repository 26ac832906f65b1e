//! Shows how the machine is.

use std::collections::BTreeMap;

use axum::{Json, extract::State};
use redress_bus::QueueStanding;
use redress_runtime::http::{Admitted, Problem};
use serde::Serialize;
use utoipa::ToSchema;

use super::Door;

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
    /// The systems that could not do their part yet, and how many pieces of work wait for each.
    waiting: BTreeMap<String, u64>,
    /// How many messages wait for a person to look at them.
    parked: u64,
    /// Queues of the broker that no process works: what is sent there waits.
    unworked: Vec<String>,
    /// How many entries the ledger has.
    ledger_entries: u64,
    /// There are so many parked messages that there may be more than were counted.
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
    let queues = door.bus.queues().await;
    Ok(Json(Status {
        version: env!("CARGO_PKG_VERSION"),
        schema: door.store.schema_version().await?,
        open: requests.by_state,
        overdue: requests.overdue,
        waiting: requests.waiting,
        parked,
        unworked: queues.into_iter().filter(QueueStanding::is_unworked).map(|it| it.queue).collect(),
        ledger_entries: door.store.ledger_size(tenant).await?,
        at_least: more_parked,
    }))
}
