//! Finds requests for somebody: what is another tenant's, or another's own, is not there.

use redress_contracts::{
    Contract as _,
    v1::{self, RequesterKind, Verification, deed},
};
use redress_domain::{IdentifierClass, RequestId, Role, State, TenantId, VerificationLevel};
use redress_runtime::{
    Service as _,
    http::{Admitted, Fault, Page, Problem},
};
use redress_store::{StateFilter, WaitingJob};
use redress_vault::{IntakeKey, Purpose, blind_index, open};

use super::{
    FrontDoor,
    check::{Against, verification},
    faults::Faults,
    identifier, problem_of,
    words::sealed_verification,
};
use crate::{decide::Intake, state::Request};

/// Requests that a search gives, at most: the newest.
const FOUND_MAX: usize = 200;

impl FrontDoor {
    /// A request of this tenant; none if there is no such one.
    pub(crate) async fn find(
        &self,
        tenant: &TenantId,
        request: RequestId,
    ) -> Result<Option<Request>, Problem> {
        let row = self.context.store.state(Intake::default().name(), request).await?;
        let row = row.filter(|row| row.tenant == *tenant && !row.status.is_empty());
        Ok(row.map(|row| Request::read(&row)).transpose()?)
    }

    /// A request that this person may have to do with.
    pub(crate) async fn get(&self, admitted: &Admitted, request: RequestId) -> Result<Request, Problem> {
        self.tenant(admitted.tenant())?;
        let found = self.find(admitted.tenant(), request).await?.ok_or_else(Problem::not_found)?;
        let found = self.opened(admitted.tenant(), request, found).await?;
        let by = found.admission.actor.clone().unwrap_or_default();
        // Handed in by a role that is not known here: nobody's own.
        let role = Role::of_number(by.role).unwrap_or(Role::TenantAdmin);
        let requester = found.admission.requester.as_ref();
        let subject = requester.filter(|it| it.kind() == RequesterKind::Subject).map(|it| it.name.as_str());
        admitted.may((role, &by.name), subject)?;
        Ok(found)
    }

    /// The systems that could not do their part of a request yet.
    pub(crate) async fn waiting(&self, request: RequestId) -> Result<Vec<WaitingJob>, Problem> {
        Ok(self.context.store.waiting(request).await?)
    }

    /// A page of a tenant's requests, newest first; one more than the page holds, if there are more.
    pub(crate) async fn list(
        &self,
        tenant: &TenantId,
        (state, open): (Option<State>, bool),
        page: &Page<RequestId>,
    ) -> Result<Vec<(RequestId, Request)>, Problem> {
        self.tenant(tenant)?;
        let status = state.map(|state| state.to_string());
        let filter = StateFilter { tenant: Some(tenant.clone()), status, open };
        let (service, limit) = (Intake::default(), page.read_limit());
        let rows = self.context.store.states(service.name(), &filter, page.after, limit).await?;
        let mut found = Vec::with_capacity(rows.len());
        for row in &rows {
            found.push((row.request, self.opened_in_list(tenant, row.request, Request::read(row)?).await?));
        }
        Ok(found)
    }

    /// The newest requests about a person.
    pub(crate) async fn search(
        &self,
        tenant: &TenantId,
        given: &v1::Identifier,
    ) -> Result<Vec<(RequestId, Request)>, Problem> {
        self.tenant(tenant)?;
        let identifier = identifier("identifier", given).map_err(|fault| Problem::invalid(vec![fault]))?;
        if identifier.usual_class() == IdentifierClass::Shared {
            let rule = "may be several people's: search by what names one person";
            return Err(Problem::invalid(vec![Fault::new("identifier.kind", rule)]));
        }
        let key = self.keyring.tenant(tenant).map_err(problem_of)?;
        let blind = blind_index(key, &identifier);
        let mut found = Vec::new();
        let about = self.context.store.by_index(tenant, &[&blind]).await?.into_iter().flatten();
        for id in about.take(FOUND_MAX) {
            if let Some(request) = self.find(tenant, id).await? {
                found.push((id, self.opened_in_list(tenant, id, request).await?));
            }
        }
        Ok(found)
    }

    /// Notes how the requester was verified.
    ///
    /// # Errors
    /// What is wrong with it; or that it does not fit how the request stands.
    pub(crate) async fn verify(
        &self,
        admitted: &Admitted,
        request: RequestId,
        given: &Verification,
    ) -> Result<Request, Problem> {
        let given = self.verifying(admitted, given)?;
        self.get(admitted, request).await?;
        let key = self.keyring.get(admitted.tenant(), request).await.map_err(problem_of)?;
        let sealed = sealed_verification(&given, request, &key, &*self.random);
        self.done(admitted, request, deed::What::Verified(sealed)).await
    }

    fn verifying(&self, admitted: &Admitted, given: &Verification) -> Result<Verification, Problem> {
        let (who, tenant) = (&admitted.who, self.tenant(admitted.tenant())?);
        let against = Against { who, tenant, systems: &self.systems, now: self.context.clock.now() };
        let mut faults = Faults::default();
        let verification = verification(Some(given), &against, &mut faults);
        let level = VerificationLevel::of_number(given.level);
        if level.is_ok_and(|level| level < tenant.verification_level) {
            let least = tenant.verification_level;
            faults.add("verification.level", format!("this tenant asks for {least} at least"));
        }
        match verification {
            Some(verification) if faults.0.is_empty() => Ok(verification),
            _ => Err(Problem::invalid(faults.0)),
        }
    }

    /// What a reviewer needs to see of a candidate; none where its key is gone.
    pub(crate) async fn preview(
        &self,
        tenant: &TenantId,
        request: RequestId,
        candidate: &v1::Candidate,
    ) -> Option<Vec<u8>> {
        let key = self.keyring.get(tenant, request).await.ok()?;
        let whose = &request.to_string();
        open(&key, Purpose { what: "candidate", whose }, candidate.preview.as_ref()?).ok()
    }

    /// The public half of the key that subjects are sealed to.
    pub(crate) fn intake_key(&self, tenant: &TenantId) -> Result<[u8; 32], Problem> {
        self.tenant(tenant)?;
        Ok(IntakeKey::of(self.keyring.tenant(tenant).map_err(problem_of)?).public())
    }

    pub(crate) fn now(&self) -> jiff::Timestamp {
        self.context.clock.now()
    }
}
