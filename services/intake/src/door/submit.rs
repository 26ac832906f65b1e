//! A submission becomes a request, once.

use std::collections::{BTreeMap, BTreeSet};

use prost::Message as _;
use redress_contracts::{
    Message, to_timestamp,
    v1::{Admission, IdentifierClass, SubmitRequest},
};
use redress_domain::{Kind, RequestId, TenantId, roles::Who};
use redress_runtime::http::Problem;
use redress_vault::{Key, TenantKey, blind_index};

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

/// A submission that is as it should be.
struct Ready<'a> {
    /// Its place among those that came with it.
    place: usize,
    who: &'a Who,
    plain: Plain,
    subject: Subject,
    content: [u8; 32],
    /// None: its sender gave no key.
    hash: Option<[u8; 32]>,
}

impl FrontDoor {
    /// Takes in a submission of somebody who may submit. The same idempotency key with the same content gets
    /// the first answer again.
    ///
    /// # Errors
    /// Everything that is wrong with it; or `idempotency_key_reused`.
    pub async fn submit(&self, who: &Who, given: &SubmitRequest) -> Result<Submitted, Problem> {
        let taken = self.submit_all(&[(who, given)]).await;
        taken.into_iter().next().unwrap_or_else(|| Err(Problem::internal(&"one was handed in")))
    }

    /// Takes in many at once, each for itself: one that is wrong is no other's fault. An answer for each.
    pub async fn submit_all(&self, given: &[(&Who, &SubmitRequest)]) -> Vec<Result<Submitted, Problem>> {
        let mut answers: Vec<Option<Result<Submitted, Problem>>> = given.iter().map(|_| None).collect();
        let mut by_tenant: BTreeMap<&TenantId, Vec<Ready<'_>>> = BTreeMap::new();
        for (place, (who, given)) in given.iter().enumerate() {
            match self.ready(place, who, given) {
                Ok(ready) => by_tenant.entry(&who.tenant).or_default().push(ready),
                Err(problem) => answers[place] = Some(Err(problem)),
            }
        }
        for (tenant, ready) in by_tenant {
            let places: Vec<usize> = ready.iter().map(|ready| ready.place).collect();
            match self.take_in(tenant, ready).await {
                Ok(taken) => taken.into_iter().for_each(|(place, answer)| answers[place] = Some(answer)),
                // None of them was taken in by this.
                Err(problem) => {
                    places.into_iter().for_each(|place| answers[place] = Some(Err(problem.clone())));
                }
            }
        }
        let unanswered = || Err(Problem::internal(&"a submission was not answered"));
        answers.into_iter().map(|answer| answer.unwrap_or_else(unanswered)).collect()
    }

    fn ready<'a>(&self, place: usize, who: &'a Who, given: &SubmitRequest) -> Result<Ready<'a>, Problem> {
        let tenant_key = self.keyring.tenant(&who.tenant).map_err(problem_of)?;
        let (plain, subject, given) = self.check(who, given)?;
        let blinds: Vec<[u8; 32]> =
            subject.identifiers.iter().map(|identifier| blind_index(tenant_key, identifier)).collect();
        let content = content(&given, subject.kind, blinds);
        Ok(Ready { place, who, plain, subject, content, hash: hash(who, &given.idempotency_key) })
    }

    /// Those of one tenant, together: what their keys stand for, their data keys, the requests.
    async fn take_in(
        &self,
        tenant: &TenantId,
        ready: Vec<Ready<'_>>,
    ) -> Result<Vec<(usize, Result<Submitted, Problem>)>, Problem> {
        let (mut answers, mut fresh, mut later) = (Vec::new(), Vec::new(), Vec::new());
        let mut requests = BTreeSet::new();
        for (claim, ready) in self.claimed(tenant, ready).await? {
            if !requests.insert(claim.request) {
                later.push((claim, ready));
                continue;
            }
            match claim.is_new {
                true => fresh.push((claim, ready)),
                false => match self.first(&claim, &ready).await.transpose() {
                    Some(answer) => answers.push((ready.place, answer)),
                    None => fresh.push((claim, ready)),
                },
            }
        }
        let admissions = self.admissions(tenant, &fresh).await?;
        let message = |((claim, _), admission): (&(Claim, Ready<'_>), &Admission)| {
            self.message(claim.message, tenant, claim.request, admission)
        };
        let messages: Vec<Message> = fresh.iter().zip(&admissions).map(message).collect();
        let called = self.worker.call_all(&messages).await?;
        for (((claim, ready), admission), called) in fresh.into_iter().zip(admissions).zip(called) {
            match self.called(called) {
                Ok(Some(_)) => {
                    answers.push((ready.place, Ok(Submitted { request: claim.request, admission })));
                }
                Ok(None) => later.push((claim, ready)),
                Err(problem) => answers.push((ready.place, Err(problem))),
            }
        }
        for (claim, ready) in later {
            let missing = || Problem::internal(&"an admission that was worked has left no request");
            let first = self.first(&claim, &ready).await.and_then(|first| first.ok_or_else(missing));
            answers.push((ready.place, first));
        }
        Ok(answers)
    }

    /// Each with what its key stands for.
    async fn claimed<'a>(
        &self,
        tenant: &TenantId,
        ready: Vec<Ready<'a>>,
    ) -> Result<Vec<(Claim, Ready<'a>)>, Problem> {
        let hashes: Vec<[u8; 32]> = ready.iter().filter_map(|ready| ready.hash).collect();
        let mut claims = self.claims(tenant, &hashes).await?.into_iter();
        let (ids, is_new) = (&self.context.ids, true);
        let new = || Claim { request: ids.request(), message: ids.message(), is_new };
        let claim = |ready: Ready<'a>| (ready.hash.and_then(|_| claims.next()).unwrap_or_else(new), ready);
        Ok(ready.into_iter().map(claim).collect())
    }

    /// With what the sealed box holds in the place of what stands beside it.
    fn check(&self, who: &Who, given: &SubmitRequest) -> Result<(Plain, Subject, SubmitRequest), Problem> {
        let tenant = self.tenant(&who.tenant)?;
        let key = self.keyring.tenant(&who.tenant).map_err(problem_of)?;
        let mut faults = Faults::default();
        let against = Against { who, tenant, systems: &self.systems, now: self.context.clock.now() };
        let subject = subject::check(given, tenant, key, &mut faults);
        let mut whole = given.clone();
        if let Some(subject) = &subject {
            whole.requester = subject.requester.clone().or(whole.requester);
            whole.verification = subject.verification.clone().or(whole.verification);
        }
        let plain = check::check(&whole, &against, &mut faults);
        match (plain, subject) {
            (Some(plain), Some(subject)) => Ok((plain, subject, whole)),
            _ => Err(Problem::invalid(faults.0)),
        }
    }

    /// What was taken in under the same key before.
    async fn first(&self, claim: &Claim, ready: &Ready<'_>) -> Result<Option<Submitted>, Problem> {
        let Some(found) = self.find(&ready.who.tenant, claim.request).await? else { return Ok(None) };
        if found.admission.content != ready.content {
            let detail = "this idempotency key was used for another submission";
            return Err(Problem::conflict("idempotency_key_reused", detail));
        }
        Ok(Some(Submitted { request: claim.request, admission: found.admission }))
    }

    async fn admissions(
        &self,
        tenant: &TenantId,
        fresh: &[(Claim, Ready<'_>)],
    ) -> Result<Vec<Admission>, Problem> {
        if fresh.is_empty() {
            return Ok(Vec::new());
        }
        let tenant_key = self.keyring.tenant(tenant).map_err(problem_of)?;
        let requests: Vec<RequestId> = fresh.iter().map(|(claim, _)| claim.request).collect();
        let keys = self.keyring.make_all(tenant, &requests).await.map_err(problem_of)?;
        let mut admissions: Vec<Admission> = Vec::with_capacity(fresh.len());
        for ((claim, ready), key) in fresh.iter().zip(&keys) {
            admissions.push(self.admission(claim.request, ready, (tenant_key, key)));
        }
        self.link(tenant, &requests, &mut admissions).await?;
        Ok(admissions)
    }

    fn admission(
        &self,
        request: RequestId,
        ready: &Ready<'_>,
        (tenant_key, key): (&TenantKey, &Key),
    ) -> Admission {
        let (plain, subject, random) = (&ready.plain, &ready.subject, &*self.random);
        let (subject_commitment, opening) = commitment(&subject.identifiers, request, key, random);
        let verification = plain.verification.as_ref();
        Admission {
            kind: plain.kind,
            subject_kind: subject.kind,
            identifiers: sealed(&subject.identifiers, request, (tenant_key, key), random),
            regimes: plain.regimes.clone(),
            received_at: Some(to_timestamp(plain.received_at)),
            due_at: plain.due_at.map(to_timestamp),
            requester: Some(sealed_requester(&plain.requester, request, key, random)),
            verification: verification.map(|it| sealed_verification(it, request, key, random)),
            trigger: plain.trigger,
            scopes: plain.scopes.clone(),
            destination: None,
            systems: plain.systems.clone(),
            subject_commitment,
            opening: Some(opening),
            verified: plain.verified,
            earlier: Vec::new(),
            idempotency: ready.hash.map(|hash| hash.to_vec()).unwrap_or_default(),
            content: ready.content.to_vec(),
            actor: Some(actor(ready.who)),
        }
    }

    /// Notes with each the open requests of the same kind about the same person.
    async fn link(
        &self,
        tenant: &TenantId,
        requests: &[RequestId],
        admissions: &mut [Admission],
    ) -> Result<(), Problem> {
        let (mut blinds, mut whose) = (Vec::new(), Vec::new());
        for (i, admission) in admissions.iter().enumerate() {
            for identifier in &admission.identifiers {
                if identifier.class() == IdentifierClass::Unique {
                    blinds.push(identifier.blind.as_slice());
                    whose.push(i);
                }
            }
        }
        let found = self.context.store.by_index(tenant, &blinds).await?;
        let mut about: BTreeMap<usize, BTreeSet<RequestId>> = BTreeMap::new();
        for (i, found) in whose.into_iter().zip(found) {
            let others = found.into_iter().filter(|id| *id != requests[i]).take(LOOKED_AT_MAX);
            about.entry(i).or_default().extend(others);
        }
        for (i, about) in about {
            for id in about {
                let found = self.find(tenant, id).await?;
                let kind = admissions[i].kind;
                let same = found.is_some_and(|it| it.admission.kind == kind && !it.life.is_closed());
                if same && admissions[i].earlier.len() < LINKED_MAX {
                    admissions[i].earlier.push(id.to_string());
                }
            }
        }
        Ok(())
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
