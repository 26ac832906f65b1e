//! One idempotency key, one request. Before a request is taken in, its key claims an id for it: a row of its
//! own, which only one of two at the same time can write. Both then hand in the same message for the same
//! request, and the inbox lets one of them through.

use std::collections::BTreeMap;

use redress_domain::{MessageId, RequestId, TenantId, roles::Who};
use redress_runtime::http::Problem;
use redress_store::{StateRow, StateWrite, StoreError, Writes};
use sha2::{Digest as _, Sha256};
use uuid::{Builder, Uuid};

use super::FrontDoor;

/// The rows of claims stand beside intake's own, under this name.
const CLAIMS: &str = "intake-claims";
/// How often a claim that met another is tried.
const CLAIMS_MAX: u32 = 4;
/// The layout of a claim's body: the request's id as text.
const FORMAT: u32 = 1;

/// What a sender's key stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Claim {
    pub(super) request: RequestId,
    pub(super) message: MessageId,
    /// Whether it did not stand for anything before.
    pub(super) is_new: bool,
}

/// SHA-256 over tenant, sender and key. None: the sender gave no key.
pub(super) fn hash(who: &Who, key: &str) -> Option<[u8; 32]> {
    (!key.is_empty()).then(|| digest("key", &[who.tenant.as_str(), &who.name, key].map(str::as_bytes)))
}

/// SHA-256 over parts, each with its length, so that no two lists of them share their bytes.
pub(super) fn digest(what: &str, parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in [what.as_bytes()].iter().chain(parts) {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

impl FrontDoor {
    /// The requests that these keys of a tenant's senders stand for, claimed now or before. One that is there twice
    /// stands for one request.
    pub(super) async fn claims(&self, tenant: &TenantId, hashes: &[[u8; 32]]) -> Result<Vec<Claim>, Problem> {
        let names: Vec<Uuid> = hashes.iter().map(uuid).collect();
        let mut tries = 1;
        loop {
            match self.claim_once(tenant, &names).await {
                // Another process claimed one of them meanwhile, and has it from now on.
                Err(StoreError::Conflict(_)) if tries < CLAIMS_MAX => tries += 1,
                claimed => return Ok(claimed?),
            }
        }
    }

    async fn claim_once(&self, tenant: &TenantId, names: &[Uuid]) -> Result<Vec<Claim>, StoreError> {
        let ids: Vec<RequestId> = names.iter().copied().map(RequestId).collect();
        let mut tx = self.context.store.begin(&CLAIMS.parse().expect("a name")).await?;
        let mut claimed: BTreeMap<Uuid, RequestId> = BTreeMap::new();
        for row in tx.lock(&ids).await?.into_iter().filter(|row| row.tenant == *tenant) {
            let request = std::str::from_utf8(&row.body).ok().and_then(|id| id.parse().ok());
            let request = request.ok_or_else(|| StoreError::Broken("a claim cannot be read".to_owned()))?;
            claimed.insert(row.request.0, request);
        }
        let (known, mut states) = (claimed.clone(), Vec::new());
        for name in names {
            claimed.entry(*name).or_insert_with(|| {
                let request = self.context.ids.request();
                states.push(StateWrite { row: self.row(tenant, *name, request), replaces: 0 });
                request
            });
        }
        if !states.is_empty() {
            tx.write(&Writes { states, ..Writes::default() }).await?;
            tx.commit().await?;
        }
        let claim = |name: &Uuid| Claim {
            request: claimed[name],
            message: MessageId(*name),
            is_new: !known.contains_key(name),
        };
        Ok(names.iter().map(claim).collect())
    }

    fn row(&self, tenant: &TenantId, name: Uuid, request: RequestId) -> StateRow {
        StateRow {
            request: RequestId(name),
            tenant: tenant.clone(),
            version: 1,
            format: FORMAT,
            status: "claimed".to_owned(),
            due_at: None,
            body: request.to_string().into_bytes(),
            early: Vec::new(),
            // Nothing more will become of it.
            closed_at: Some(self.context.clock.now()),
        }
    }
}

#[cfg(test)]
impl FrontDoor {
    /// What is left when a process ends between a claim and its admission.
    pub(crate) async fn claim_for_test(&self, who: &Who, key: &str) -> RequestId {
        self.claims(&who.tenant, &[hash(who, key).unwrap()]).await.unwrap()[0].request
    }
}

/// A UUID of version 8 (RFC 9562) from the first bits of a hash.
pub(super) fn uuid(hash: &[u8; 32]) -> Uuid {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    Builder::from_custom_bytes(bytes).into_uuid()
}
