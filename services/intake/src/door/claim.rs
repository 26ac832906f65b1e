//! One idempotency key, one request. Before a request is taken in, its key claims an id for it: a row of its
//! own, which only one of two at the same time can write. Both then hand in the same message for the same
//! request, and the inbox lets one of them through.

use redress_contracts::v1::SubmitRequest;
use redress_domain::{MessageId, RequestId, ServiceName, TenantId, roles::Who};
use redress_runtime::http::Problem;
use redress_store::{StateRow, StateWrite, StoreError, Writes};
use sha2::{Digest as _, Sha256};
use uuid::{Builder, Uuid};

use super::FrontDoor;

/// The rows of claims stand beside intake's own, under this name.
const CLAIMS: &str = "intake-claims";
/// The layout of a claim's body: the request's id as text.
const FORMAT: u32 = 1;

/// What a sender's key stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Claim {
    pub(super) request: RequestId,
    pub(super) message: MessageId,
}

/// SHA-256 over tenant, sender and key. None: the sender gave no key.
pub(super) fn hash(who: &Who, given: &SubmitRequest) -> Option<[u8; 32]> {
    let key = &given.idempotency_key;
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
    /// The request that a key stands for, claimed now or before.
    pub(super) async fn claim(&self, tenant: &TenantId, hash: &[u8; 32]) -> Result<Claim, Problem> {
        let name = uuid(hash);
        let service: ServiceName = CLAIMS.parse().expect("a name");
        if let Some(request) = self.claimed(&service, tenant, name).await? {
            return Ok(Claim { request, message: MessageId(name) });
        }
        let request = self.context.ids.request();
        let row = self.row(tenant, name, request);
        match self.write_claim(&service, row).await {
            Ok(()) => Ok(Claim { request, message: MessageId(name) }),
            Err(StoreError::Conflict(_)) => match self.claimed(&service, tenant, name).await? {
                Some(request) => Ok(Claim { request, message: MessageId(name) }),
                None => Err(Problem::unavailable(&"a claim that is being made")),
            },
            Err(error) => Err(error.into()),
        }
    }

    async fn claimed(
        &self,
        service: &ServiceName,
        tenant: &TenantId,
        name: Uuid,
    ) -> Result<Option<RequestId>, Problem> {
        let row = self.context.store.state(service, RequestId(name)).await?;
        row.filter(|row| row.tenant == *tenant)
            .map(|row| std::str::from_utf8(&row.body).ok().and_then(|id| id.parse().ok()))
            .map(|id| id.ok_or_else(|| Problem::internal(&"a claim cannot be read")))
            .transpose()
    }

    async fn write_claim(&self, service: &ServiceName, row: StateRow) -> Result<(), StoreError> {
        let mut tx = self.context.store.begin(service).await?;
        let states = vec![StateWrite { row, replaces: 0 }];
        tx.write(&Writes { states, ..Writes::default() }).await?;
        tx.commit().await
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
        let given = SubmitRequest { idempotency_key: key.to_owned(), ..SubmitRequest::default() };
        self.claim(&who.tenant, &hash(who, &given).unwrap()).await.unwrap().request
    }
}

/// A UUID of version 8 (RFC 9562) from the first bits of a hash.
pub(super) fn uuid(hash: &[u8; 32]) -> Uuid {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    Builder::from_custom_bytes(bytes).into_uuid()
}
