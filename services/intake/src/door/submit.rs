//! A submission becomes a request, once.

use std::collections::BTreeSet;

use prost::Message as _;
use redress_contracts::{
    to_timestamp,
    v1::{Admission, IdentifierClass, SealedIdentifier, SubmitRequest},
};
use redress_domain::{Kind, RequestId, roles::Who};
use redress_runtime::http::Problem;
use redress_vault::blind_index;

use super::{
    FrontDoor, Submitted, actor,
    check::{self, Against, Plain},
    claim::{Claim, digest, hash},
    faults::Faults,
    problem_of,
    subject::{self, Subject, commitment, sealed},
    words::{sealed_requester, sealed_verification},
};

/// Earlier requests that one is linked to, at most.
const LINKED_MAX: usize = 20;
/// Requests that are looked at for one identifier, at most: the newest.
const LOOKED_AT_MAX: usize = 100;

impl FrontDoor {
    /// Takes in a submission of somebody who may submit. The same idempotency key with the same content gets
    /// the first answer again.
    ///
    /// # Errors
    /// Everything that is wrong with it; or `idempotency_key_reused`.
    pub async fn submit(&self, who: &Who, given: &SubmitRequest) -> Result<Submitted, Problem> {
        let tenant_key = self.keyring.tenant(&who.tenant).map_err(problem_of)?;
        let (plain, subject) = self.check(who, given)?;
        let blinds: Vec<[u8; 32]> =
            subject.identifiers.iter().map(|identifier| blind_index(tenant_key, identifier)).collect();
        let content = content(given, subject.kind, blinds);
        let hash = hash(who, given);
        let claim = match &hash {
            Some(hash) => self.claim(&who.tenant, hash).await?,
            None => Claim { request: self.context.ids.request(), message: self.context.ids.message() },
        };
        if hash.is_some()
            && let Some(first) = self.first(who, claim.request, &content).await?
        {
            return Ok(first);
        }
        let mut admission = self.admission(who, plain, &subject, claim.request).await?;
        admission.idempotency = hash.map(|hash| hash.to_vec()).unwrap_or_default();
        admission.content = content.to_vec();
        let message = self.message(claim.message, &who.tenant, claim.request, &admission);
        if self.call(message).await?.is_some() {
            return Ok(Submitted { request: claim.request, admission });
        }
        let first = self.first(who, claim.request, &content).await?;
        first.ok_or_else(|| Problem::internal(&"an admission that was worked has left no request"))
    }

    fn check(&self, who: &Who, given: &SubmitRequest) -> Result<(Plain, Subject), Problem> {
        let tenant = self.tenant(&who.tenant)?;
        let key = self.keyring.tenant(&who.tenant).map_err(problem_of)?;
        let mut faults = Faults::default();
        let against = Against { who, tenant, systems: &self.systems, now: self.context.clock.now() };
        let plain = check::check(given, &against, &mut faults);
        let subject = subject::check(given, tenant, key, &mut faults);
        plain.zip(subject).ok_or_else(|| Problem::invalid(faults.0))
    }

    /// What was taken in under the same key before.
    async fn first(
        &self,
        who: &Who,
        request: RequestId,
        content: &[u8; 32],
    ) -> Result<Option<Submitted>, Problem> {
        let Some(found) = self.find(&who.tenant, request).await? else { return Ok(None) };
        if found.admission.content != content {
            let detail = "this idempotency key was used for another submission";
            return Err(Problem::conflict("idempotency_key_reused", detail));
        }
        Ok(Some(Submitted { request, admission: found.admission }))
    }

    async fn admission(
        &self,
        who: &Who,
        plain: Plain,
        subject: &Subject,
        request: RequestId,
    ) -> Result<Admission, Problem> {
        let tenant_key = self.keyring.tenant(&who.tenant).map_err(problem_of)?;
        let key = self.keyring.make(&who.tenant, request).await.map_err(problem_of)?;
        let keys = (tenant_key, &key);
        let identifiers = sealed(&subject.identifiers, request, keys, &*self.random);
        let (subject_commitment, opening) = commitment(&subject.identifiers, request, &key, &*self.random);
        let earlier = self.linked(who, request, plain.kind, &identifiers).await?;
        Ok(Admission {
            kind: plain.kind,
            subject_kind: subject.kind,
            identifiers,
            regimes: plain.regimes,
            received_at: Some(to_timestamp(plain.received_at)),
            due_at: plain.due_at.map(to_timestamp),
            requester: Some(sealed_requester(&plain.requester, request, &key, &*self.random)),
            verification: plain.verification.map(|it| sealed_verification(&it, request, &key, &*self.random)),
            trigger: plain.trigger,
            scopes: plain.scopes,
            destination: None,
            systems: plain.systems,
            subject_commitment,
            opening: Some(opening),
            verified: plain.verified,
            earlier,
            idempotency: Vec::new(),
            content: Vec::new(),
            actor: Some(actor(who)),
        })
    }

    /// Open requests of the same kind about the same person.
    async fn linked(
        &self,
        who: &Who,
        request: RequestId,
        kind: i32,
        identifiers: &[SealedIdentifier],
    ) -> Result<Vec<String>, Problem> {
        let mut about = BTreeSet::new();
        for identifier in identifiers.iter().filter(|it| it.class() == IdentifierClass::Unique) {
            let found = self.context.store.by_index(&who.tenant, &identifier.blind).await?;
            about.extend(found.into_iter().filter(|id| *id != request).take(LOOKED_AT_MAX));
        }
        let mut earlier = Vec::new();
        for id in about {
            let found = self.find(&who.tenant, id).await?;
            let same = found.is_some_and(|it| it.admission.kind == kind && !it.life.is_closed());
            if same && earlier.len() < LINKED_MAX {
                earlier.push(id.to_string());
            }
        }
        Ok(earlier)
    }

    /// The kinds of request that this door takes.
    pub fn kinds() -> &'static [Kind] {
        &check::KINDS
    }
}

/// SHA-256 over what was submitted. The person stands in it by blind indexes alone, so that nobody can guess
/// who it is, and the same subject sealed twice is the same content.
fn content(given: &SubmitRequest, subject_kind: i32, mut blinds: Vec<[u8; 32]>) -> [u8; 32] {
    blinds.sort_unstable();
    blinds.dedup();
    let plain = SubmitRequest { idempotency_key: String::new(), subject: None, ..given.clone() };
    digest("content", &[&plain.encode_to_vec(), &subject_kind.to_be_bytes(), &blinds.concat()])
}
