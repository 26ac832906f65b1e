//! What every front door shares, whether a request comes by HTTP or by a queue: it checks what comes in,
//! seals what names the person, and hands it to intake's loop.
//!
//! What it promises: whatever is wrong is told by field and rule, all of it at once, and no value is ever
//! repeated; what is clear when it comes in is sealed before it is stored; one idempotency key submits once,
//! also when it comes twice at the same time.

mod check;
mod claim;
mod faults;
mod find;
mod queue;
mod subject;
mod submit;
mod words;

use std::sync::Arc;

use axum::http::StatusCode;
use prost::Name;
use redress_contracts::{
    ContentType, Contract as _, Envelope, Message,
    v1::{Actor, Admission, Deed, Sealed, deed},
};
use redress_datamap::{Systems, sql::row_id};
use redress_domain::{MessageId, Random, RequestId, TenantId, roles::Who};
use redress_runtime::{
    Called, Context, Publisher, Service as _, Worker,
    http::{Admitted, Fault, Problem},
};
use redress_vault::{Keyring, ROW_SECRET, VaultError};

use crate::{
    decide::Intake,
    settings::{Tenant, Tenants},
    state::Request,
};

pub use faults::text;
pub use queue::QueueDoor;
pub(crate) use subject::identifier;
pub use words::subject_account;

/// Intake's front door.
pub struct FrontDoor {
    tenants: Tenants,
    systems: Arc<Systems>,
    keyring: Arc<Keyring>,
    random: Arc<dyn Random>,
    context: Context,
    publisher: Arc<Publisher>,
    worker: Worker,
}

/// A row of a system, as a reviewer names it.
pub(crate) struct RowName {
    pub(crate) system: String,
    pub(crate) dataset: String,
    /// The texts of its primary key.
    pub(crate) key: Vec<String>,
}

/// A request that was taken in, now or before under the same idempotency key.
#[derive(Debug, Clone, PartialEq)]
pub struct Submitted {
    /// Its id.
    pub request: RequestId,
    /// As it was taken in.
    pub admission: Admission,
}

impl FrontDoor {
    /// A front door of these tenants and systems. `random` must be fit for keys.
    pub fn new(
        (tenants, systems): (Tenants, Arc<Systems>),
        (keyring, random): (Arc<Keyring>, Arc<dyn Random>),
        context: Context,
        publisher: Arc<Publisher>,
    ) -> Self {
        let worker = Worker::new(Arc::new(Intake::default()), context.clone());
        Self { tenants, systems, keyring, random, context, publisher, worker }
    }

    /// What a person decides about a request of theirs to decide about.
    ///
    /// # Errors
    /// When there is no such request for them, or the deed does not fit how it stands.
    pub async fn deed(
        &self,
        admitted: &Admitted,
        request: RequestId,
        what: deed::What,
    ) -> Result<Request, Problem> {
        self.get(admitted, request).await?;
        self.done(admitted, request, what).await
    }

    /// What a person decides, and why, in their own words; these go sealed.
    ///
    /// # Errors
    /// As [`FrontDoor::deed`].
    pub async fn deed_because(
        &self,
        admitted: &Admitted,
        request: RequestId,
        reason: &str,
        what: impl FnOnce(Option<Sealed>) -> deed::What,
    ) -> Result<Request, Problem> {
        self.get(admitted, request).await?;
        let reason = self.sealed_reason(admitted.tenant(), request, reason).await?;
        self.done(admitted, request, what(reason)).await
    }

    async fn done(
        &self,
        admitted: &Admitted,
        request: RequestId,
        what: deed::What,
    ) -> Result<Request, Problem> {
        let tenant = admitted.tenant();
        let deed = Deed { what: Some(what), actor: Some(actor(&admitted.who)) };
        let message = self.message(self.context.ids.message(), tenant, request, &deed);
        let done = self.call(message).await?;
        let done = done.ok_or_else(|| Problem::internal(&"a new message's id was known"))?;
        self.opened_in_list(tenant, request, done).await
    }

    /// None: a message of this id was worked before.
    async fn call(&self, message: Message) -> Result<Option<Request>, Problem> {
        let called = self.worker.call(message).await?;
        self.called(called)
    }

    fn called(&self, called: Called) -> Result<Option<Request>, Problem> {
        match called {
            Called::Done { row, outgoing } => {
                self.publisher.hand_over(outgoing);
                Ok(Some(Request::read(&row)?))
            }
            Called::Known => Ok(None),
            Called::Refused(why) if why.code == "unknown_candidate" => {
                Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, why.code, why.detail))
            }
            Called::Refused(why) => Err(why.into()),
        }
    }

    /// The tenant's settings.
    fn tenant(&self, tenant: &TenantId) -> Result<&Tenant, Problem> {
        self.tenants.get(tenant).ok_or_else(Problem::not_found)
    }

    /// Whether identifiers on which no reviewer has decided are left out.
    pub(crate) fn leaves_undecided_identifiers(&self, tenant: &TenantId) -> Result<bool, Problem> {
        Ok(self.tenant(tenant)?.leave_undecided_identifiers)
    }

    /// The ids by which these rows are left out.
    ///
    /// # Errors
    /// Which of them no system of the tenant can have.
    pub(crate) async fn row_ids(
        &self,
        tenant: &TenantId,
        request: RequestId,
        rows: &[RowName],
    ) -> Result<Vec<String>, Problem> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let mut faults = Vec::new();
        let mut systems = Vec::with_capacity(rows.len());
        for (i, row) in rows.iter().enumerate() {
            let system = row.system.parse().ok().and_then(|name| self.systems.get(tenant, &name));
            match system.filter(|system| system.has_dataset(&row.dataset)) {
                Some(system) => systems.push(&system.name),
                None => {
                    let rule = "a dataset of one of this tenant's systems, as the inventory names it";
                    faults.push(Fault::new(format!("rejected_rows[{i}].dataset"), rule));
                }
            }
            if row.key.is_empty() {
                faults.push(Fault::new(format!("rejected_rows[{i}].key"), "the values of its primary key"));
            }
        }
        if !faults.is_empty() {
            return Err(Problem::invalid(faults));
        }
        let key = self.keyring.get(tenant, request).await.map_err(problem_of)?;
        let secret = key.secret(ROW_SECRET);
        let named = rows.iter().zip(systems);
        Ok(named.map(|(row, system)| row_id(&secret, system, &row.dataset, &row.key)).collect())
    }

    fn message<T: Name>(&self, id: MessageId, tenant: &TenantId, request: RequestId, body: &T) -> Message {
        let envelope = Envelope {
            id,
            kind: T::full_name(),
            source: Intake::default().name().clone(),
            time: self.context.clock.now(),
            tenant: tenant.clone(),
            request,
            state_version: 0,
            answers: None,
            traceparent: None,
            again: false,
            content_type: ContentType::Protobuf,
        };
        Message { envelope, body: body.encode_to_vec() }
    }
}

/// Somebody, as the ledger and the timeline name them.
pub(crate) fn actor(who: &Who) -> Actor {
    Actor { role: who.role.number(), name: who.name.clone() }
}

/// What the vault's failures are to somebody at a door. What they could have done better is told elsewhere.
pub(crate) fn problem_of(error: VaultError) -> Problem {
    match error {
        VaultError::Store(error) => error.into(),
        error => Problem::internal(&error),
    }
}
