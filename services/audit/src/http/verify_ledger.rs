//! Has the ledger verified.

use axum::{Json, extract::State};
use redress_runtime::http::{Admitted, Problem};
use redress_store::LedgerRow;
use serde::Serialize;
use utoipa::ToSchema;

use super::Door;
use crate::ledger::{Fault, Verifier};

/// Rows that are held at a time.
const ROWS: u32 = 1_000;

/// What was found.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(untagged)]
#[schema(as = LedgerVerification)]
pub(super) enum Found {
    /// No fault.
    Whole {
        /// How many entries it has.
        entries: u64,
        /// Its Merkle tree head, as RFC 6962 has it, in hex. Whoever has noted it sees any change.
        root: String,
    },
    /// A fault. What follows it was not looked at.
    Broken {
        /// The first one.
        fault: FaultShown,
    },
}

/// What is wrong with a ledger.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = LedgerFault)]
pub(super) struct FaultShown {
    /// Where.
    index: u64,
    /// What.
    what: String,
}

/// Verifies the tenant's ledger from its first entry to its last.
#[utoipa::path(
    get,
    path = "/v1/tenants/{tenant}/ledger/verify",
    tag = "ledger",
    params(("tenant" = String, Path)),
    responses((status = 200, body = Found, description = "It was verified, and this was found."))
)]
pub(super) async fn verify_ledger(State(door): Door, admitted: Admitted) -> Result<Json<Found>, Problem> {
    let mut verifier = Verifier::new(admitted.tenant().clone());
    // Counted first: what is written meanwhile is more, and never less.
    let counted = door.store.ledger_size(admitted.tenant()).await?;
    loop {
        let rows = door.store.ledger(admitted.tenant(), verifier.verified().entries, ROWS).await?;
        if let Some(found) = verify(&mut verifier, &rows, counted) {
            return Ok(Json(found));
        }
    }
}

/// Verifies a page. None: there may be more; the first page without rows is the end.
pub(super) fn verify(verifier: &mut Verifier, rows: &[LedgerRow], counted: u64) -> Option<Found> {
    if rows.is_empty() {
        return Some(match verifier.end(counted) {
            Ok(verified) => Found::Whole { entries: verified.entries, root: hex::encode(verified.root) },
            Err(fault) => Found::Broken { fault: fault.into() },
        });
    }
    let fault = rows.iter().find_map(|row| verifier.push(row).err())?;
    Some(Found::Broken { fault: fault.into() })
}

impl From<Fault> for FaultShown {
    fn from(fault: Fault) -> Self {
        let index = match fault {
            Fault::OutOfPlace { expected: index, .. }
            | Fault::CutOff { expected: index, .. }
            | Fault::Foreign { index }
            | Fault::Changed { index } => index,
        };
        Self { index, what: fault.to_string() }
    }
}
