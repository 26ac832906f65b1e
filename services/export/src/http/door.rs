//! What the doors to the packages share: which packages there are, for whom, and under which key.
//!
//! What it promises: a package that is not there, is another tenant's, or is somebody else's own looks the
//! same; nothing of a package is given once its time is over, or its request was forgotten.

use std::sync::Arc;

use async_trait::async_trait;
use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use redress_domain::{Clock, RequestId, Role, TenantId};
use redress_runtime::http::{Admitted, Page, Problem};
use redress_store::{StateFilter, Store, StoreError};
use redress_vault::{Key, Keyring, Place, SealedReader, VaultError};

use super::shown::Item;
use crate::{
    Manifest, Packages, State,
    link::Link,
    state::{RELEASED, ends_at},
};

/// Packages that are looked at for one page, at most: those of others are passed over.
const LOOKED_AT_MAX: usize = 1_000;

/// Whose a request is: intake alone knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// Who handed it in.
    pub handed_in_by: (Role, String),
    /// The name of its requester, where that is the subject.
    pub subject: Option<String>,
}

/// Knows whose requests are.
#[async_trait]
pub trait Owners: Send + Sync {
    /// Whose this request of this tenant is; none: there is no such one.
    async fn owner(&self, tenant: &TenantId, request: RequestId) -> Result<Option<Owner>, StoreError>;
}

/// The door to the packages.
pub struct PackageDoor {
    /// The export service's rows.
    pub store: Arc<dyn Store>,
    /// Keys.
    pub keyring: Arc<Keyring>,
    /// The packages.
    pub packages: Packages,
    /// Knows whether a package's time is over, however late it is deleted.
    pub clock: Arc<dyn Clock>,
    /// Asked on behalf of those who see only what is their own.
    pub owners: Arc<dyn Owners>,
}

impl PackageDoor {
    /// A page of the tenant's packages, newest request first, and after which one the next page begins.
    pub(super) async fn list(
        &self,
        admitted: &Admitted,
        page: &Page<RequestId>,
    ) -> Result<(Vec<Item>, Option<RequestId>), Problem> {
        let status = Some(RELEASED.to_owned());
        let filter = StateFilter { tenant: Some(admitted.tenant().clone()), status, open: false };
        let (mut items, mut last, mut looked_at) = (Vec::new(), page.after, 0);
        let now = self.clock.now();
        loop {
            let rows = self.store.states(&crate::name(), &filter, last, page.read_limit()).await?;
            let more = rows.len() == page.read_limit() as usize;
            for row in rows {
                if items.len() == page.limit as usize || looked_at == LOOKED_AT_MAX {
                    return Ok((items, last));
                }
                (last, looked_at) = (Some(row.request), looked_at + 1);
                let state = State::read(&row)?;
                if state.over(now).is_none() && self.is_theirs(admitted, row.request).await? {
                    items.extend(Item::new(row.request, &state));
                }
            }
            if !more {
                return Ok((items, None));
            }
        }
    }

    /// What a package says of itself.
    pub(super) async fn manifest(
        &self,
        admitted: &Admitted,
        package: RequestId,
    ) -> Result<Manifest, Problem> {
        let (_, key) = self.admit(admitted, package).await?;
        let manifest = self.packages.manifest(admitted.tenant(), &package.to_string(), &key).await;
        manifest.map_err(problem_of)
    }

    /// Begins to read one file, by its path as a URL has it: decoded.
    pub(super) async fn open(
        &self,
        admitted: &Admitted,
        package: RequestId,
        path: &str,
    ) -> Result<SealedReader, Problem> {
        let (_, key) = self.admit(admitted, package).await?;
        self.file(admitted.tenant(), package, path, &key).await
    }

    /// A link to a package for this long, and no longer than it is there.
    pub(super) async fn share(
        &self,
        admitted: &Admitted,
        package: RequestId,
        time: SignedDuration,
    ) -> Result<Link, Problem> {
        let (state, key) = self.admit(admitted, package).await?;
        let end = self.clock.now() + time;
        let end = state.kept.package.as_ref().and_then(ends_at).map_or(end, |last| last.min(end));
        Ok(Link::new(package, end, &key))
    }

    /// Begins to read one file of the package that a link is for. Whatever is no link of ours looks the same.
    pub(super) async fn follow(&self, link: &str, path: &str) -> Result<SealedReader, Problem> {
        let link: Link = link.parse().map_err(|()| Problem::not_found())?;
        let row = self.store.state(&crate::name(), link.package).await?.ok_or_else(Problem::not_found)?;
        let state = State::read(&row)?;
        if state.kept.package.is_none() {
            return Err(Problem::not_found());
        }
        let key = self.keyring.get(&row.tenant, link.package).await.map_err(problem_of)?;
        if !link.is_genuine(&key) {
            return Err(Problem::not_found());
        }
        let now = self.clock.now();
        match state.over(now).or((link.end <= now).then_some(link.end)) {
            Some(end) => Err(expired(end)),
            None => self.file(&row.tenant, link.package, path, &key).await,
        }
    }

    async fn file(
        &self,
        tenant: &TenantId,
        package: RequestId,
        path: &str,
        key: &Key,
    ) -> Result<SealedReader, Problem> {
        let id = package.to_string();
        let place = Place::package(tenant, &id, path).map_err(problem_of)?;
        self.packages.open(tenant, &id, place.name(), key).await.map_err(problem_of)
    }

    /// The state and the key of a package that this person may have.
    async fn admit(&self, admitted: &Admitted, package: RequestId) -> Result<(State, Key), Problem> {
        let row = self.store.state(&crate::name(), package).await?;
        let row = row.filter(|row| row.tenant == *admitted.tenant()).ok_or_else(Problem::not_found)?;
        let state = State::read(&row)?;
        if state.kept.package.is_none() || !self.is_theirs(admitted, package).await? {
            return Err(Problem::not_found());
        }
        if let Some(end) = state.over(self.clock.now()) {
            return Err(expired(end));
        }
        let key = self.keyring.get(admitted.tenant(), package).await.map_err(problem_of)?;
        Ok((state, key))
    }

    async fn is_theirs(&self, admitted: &Admitted, request: RequestId) -> Result<bool, Problem> {
        if !admitted.own_only() {
            return Ok(true);
        }
        let owner = self.owners.owner(admitted.tenant(), request).await?;
        Ok(owner.is_some_and(|Owner { handed_in_by: (role, name), subject }| {
            admitted.may((role, &name), subject.as_deref()).is_ok()
        }))
    }
}

/// The time of a package, or of a link to it, is over.
fn expired(end: Timestamp) -> Problem {
    let detail = format!("the time of this was over at {end}: it cannot be had any more");
    Problem::new(StatusCode::GONE, "expired", detail)
}

/// What the vault's failures are to somebody at a door.
pub(super) fn problem_of(error: VaultError) -> Problem {
    match error {
        VaultError::Forgotten => {
            let detail = "the request was forgotten: nothing of its package can be opened any more";
            Problem::new(StatusCode::GONE, "forgotten", detail)
        }
        VaultError::Missing(_) | VaultError::Place(_) => Problem::not_found(),
        VaultError::Objects(_) | VaultError::NoContainer | VaultError::Folder(_) => {
            Problem::unavailable(&error)
        }
        VaultError::Store(error) => error.into(),
        error => Problem::internal(&error),
    }
}
