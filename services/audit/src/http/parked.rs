//! Parked messages, as they are found for somebody and shown: never their body.

use jiff::Timestamp;
use redress_contracts::Envelope;
use redress_domain::{MessageId, RequestId, ServiceName, TenantId};
use redress_runtime::http::{Page, Problem};
use redress_store::Parked;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::AuditDoor;

/// Rows that are read at a time.
const ROWS: u32 = 200;
/// Rows that are looked at for one answer, at most: those of others are passed over.
const LOOKED_AT_MAX: usize = 10_000;

/// What a path says besides its tenant, which the guard reads.
#[derive(Deserialize)]
pub(super) struct OfParked {
    service: ServiceName,
    id: MessageId,
}

/// A message that could not be worked.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ParkedItem)]
pub(super) struct Item {
    /// Whose queue it was in.
    #[schema(value_type = String)]
    service: ServiceName,
    /// The message's id; where it had none, one that was made for it.
    #[schema(value_type = String, format = "uuid")]
    pub(super) id: MessageId,
    /// A stable code.
    reason: String,
    /// A sentence for a person.
    detail: String,
    attempts: u32,
    #[schema(value_type = String, format = DateTime)]
    parked_at: Timestamp,
    /// What it says of itself; none: nobody could read that, and it can only be dropped.
    envelope: Option<Head>,
}

/// What a parked message says of itself.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ParkedEnvelope)]
struct Head {
    /// The full name of its kind, such as `redress.v1.Task`.
    kind: String,
    #[schema(value_type = String, format = "uuid")]
    request: RequestId,
    /// Who sent it.
    #[schema(value_type = String)]
    source: ServiceName,
    #[schema(value_type = String, format = DateTime)]
    sent_at: Timestamp,
}

impl AuditDoor {
    /// A page of what is the tenant's, newest first, and after which one the next page begins.
    pub(super) async fn parked(
        &self,
        tenant: &TenantId,
        service: Option<&ServiceName>,
        page: &Page<MessageId>,
    ) -> Result<(Vec<Item>, Option<MessageId>), Problem> {
        let (mut items, mut last, mut looked_at) = (Vec::new(), page.after, 0);
        loop {
            let rows = self.store.parked(service, last, ROWS).await?;
            let more = rows.len() == ROWS as usize;
            for row in rows {
                if items.len() == page.limit as usize || looked_at == LOOKED_AT_MAX {
                    return Ok((items, last));
                }
                (last, looked_at) = (Some(row.id), looked_at + 1);
                if self.is_of(tenant, &row) {
                    items.push(Item::new(&row));
                }
            }
            if !more {
                return Ok((items, None));
            }
        }
    }

    /// How many are the tenant's, and whether there may be more.
    pub(super) async fn count_parked(&self, tenant: &TenantId) -> Result<(u64, bool), Problem> {
        let (mut count, mut last) = (0, None);
        for _ in 0..LOOKED_AT_MAX / ROWS as usize {
            let rows = self.store.parked(None, last, ROWS).await?;
            count += rows.iter().filter(|row| self.is_of(tenant, row)).count() as u64;
            if rows.len() < ROWS as usize {
                return Ok((count, false));
            }
            last = rows.last().map(|row| row.id);
        }
        Ok((count, true))
    }

    /// The one that a path names.
    pub(super) async fn one_parked(&self, tenant: &TenantId, of: &OfParked) -> Result<Parked, Problem> {
        // The store lists from below an id: this one is the first below the next.
        let next = MessageId(Uuid::from_u128(of.id.0.as_u128().saturating_add(1)));
        let first = self.store.parked(Some(&of.service), Some(next), 1).await?.pop();
        let found = first.filter(|row| row.id == of.id && self.is_of(tenant, row));
        found.ok_or_else(Problem::not_found)
    }

    /// A message is its envelope's tenant's.
    fn is_of(&self, tenant: &TenantId, row: &Parked) -> bool {
        match &row.envelope {
            Some(envelope) => envelope.tenant == *tenant,
            None => self.stranger.as_ref() == Some(tenant),
        }
    }
}

impl Item {
    pub(super) fn new(row: &Parked) -> Self {
        Self {
            service: row.service.clone(),
            id: row.id,
            reason: row.reason.clone(),
            detail: row.detail.clone(),
            attempts: row.attempts,
            parked_at: row.parked_at,
            envelope: row.envelope.as_ref().map(Head::new),
        }
    }
}

impl Head {
    fn new(envelope: &Envelope) -> Self {
        // A stranger may have written there what they liked.
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "._".contains(c);
        let is_name = envelope.kind.len() <= 128 && envelope.kind.chars().all(is_plain);
        Self {
            kind: if is_name { envelope.kind.clone() } else { "not a name".to_owned() },
            request: envelope.request,
            source: envelope.source.clone(),
            sent_at: envelope.time,
        }
    }
}
