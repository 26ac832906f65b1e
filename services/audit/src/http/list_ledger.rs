//! Shows entries of the ledger.

use axum::{Json, extract::State};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use jiff::Timestamp;
use redress_contracts::v1::LedgerEntry;
use redress_runtime::http::{Admitted, Fault, Page, Problem, QueryOf};
use redress_store::LedgerRow;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Door;

/// Which entries.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Query {
    /// The index of the first one; none: 0.
    #[param(value_type = Option<u64>)]
    from: Option<String>,
    /// Entries in a page: 1 to 200.
    #[param(value_type = Option<u32>, example = 50)]
    limit: Option<String>,
}

/// Entries of the ledger, in its order.
#[derive(Serialize, ToSchema)]
#[schema(as = LedgerItems)]
pub(super) struct Items {
    items: Vec<Item>,
    /// Where the next page is from; none: this is the last.
    next: Option<u64>,
}

/// An entry: all that its leaf is computed over, and the leaf.
#[derive(Serialize, ToSchema)]
#[schema(as = LedgerItem)]
struct Item {
    index: u64,
    tenant: String,
    #[schema(format = "uuid")]
    request: String,
    /// The service whose event it is.
    sender: String,
    /// Of that sender for that request, from 1.
    sequence: u64,
    event: String,
    #[schema(value_type = Option<String>, format = DateTime)]
    at: Option<Timestamp>,
    /// The same in microseconds since 1970: as it is in the leaf.
    at_us: i64,
    /// The event as it was published: a `redress.v1.Event`, in base64.
    #[schema(format = Byte)]
    body: String,
    /// RFC 6962's leaf hash, as it was stored with the entry, in hex.
    leaf: String,
}

/// Lists entries of the tenant's ledger from an index on.
#[utoipa::path(
    get,
    path = "/v1/tenants/{tenant}/ledger",
    tag = "ledger",
    params(("tenant" = String, Path), Query),
    responses((status = 200, body = Items))
)]
pub(super) async fn list_ledger(
    State(door): Door,
    admitted: Admitted,
    QueryOf(query): QueryOf<Query>,
) -> Result<Json<Items>, Problem> {
    let mut faults = Vec::new();
    let page = Page::<u64>::read(None, query.limit.as_deref()).map_err(|wrong| faults.extend(wrong)).ok();
    let from = query.from.as_deref().map_or(Ok(0), str::parse);
    if from.is_err() {
        faults.push(Fault::new("from", "an entry's index: 0 or more"));
    }
    let (Some(page), Ok(from)) = (page, from) else { return Err(Problem::invalid(faults)) };
    let mut rows = door.store.ledger(admitted.tenant(), from, page.read_limit()).await?;
    let next = rows.get(page.limit as usize).map(|row| row.entry.index);
    rows.truncate(page.limit as usize);
    Ok(Json(Items { items: rows.into_iter().map(Item::new).collect(), next }))
}

impl Item {
    fn new(LedgerRow { entry, leaf }: LedgerRow) -> Self {
        let LedgerEntry { index, tenant, request, sender, sequence, event, at_us, body } = entry;
        let at = Timestamp::from_microsecond(at_us).ok();
        let (body, leaf) = (BASE64_STANDARD.encode(body), hex::encode(leaf));
        Self { index, tenant, request, sender, sequence, event, at, at_us, body, leaf }
    }
}
