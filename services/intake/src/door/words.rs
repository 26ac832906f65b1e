//! What people write: names, methods, authorities, reasons. It may name somebody, so it is sealed under the
//! request's key before it goes anywhere, and opened where it is shown.

use prost::Message as _;
use redress_contracts::v1::{Requester, RequesterKind, Sealed, Verification};
use redress_domain::{Random, RequestId, TenantId};
use redress_runtime::http::Problem;
use redress_vault::{Key, Keyring, Purpose, VaultError, open, seal};

use super::{FrontDoor, problem_of};
use crate::state::Request;

const REQUESTER: &str = "requester";
const VERIFICATION: &str = "verification";
const REASON: &str = "reason";

/// The account of a subject who asked for it themselves, by which they are known at the doors; none where somebody
/// else asked, or the request is forgotten.
///
/// # Errors
/// When the keys cannot be read.
pub async fn subject_account(
    keyring: &Keyring,
    tenant: &TenantId,
    id: RequestId,
    request: &Request,
) -> Result<Option<String>, VaultError> {
    let Some(requester) = request.admission.requester.as_ref() else { return Ok(None) };
    if requester.kind() != RequesterKind::Subject {
        return Ok(None);
    }
    let key = known(keyring, tenant, id).await?;
    Ok(Some(opened_requester(requester, key.as_ref(), id).name))
}

/// The requester as they may be stored.
pub(super) fn sealed_requester(
    given: &Requester,
    request: RequestId,
    key: &Key,
    random: &dyn Random,
) -> Requester {
    let plain =
        Requester { name: given.name.clone(), authority: given.authority.clone(), ..Requester::default() };
    let words = sealed(REQUESTER, &plain.encode_to_vec(), request, key, random);
    Requester { kind: given.kind, words: Some(words), ..Requester::default() }
}

/// A verification as it may be stored.
pub(super) fn sealed_verification(
    given: &Verification,
    request: RequestId,
    key: &Key,
    random: &dyn Random,
) -> Verification {
    let plain =
        Verification { method: given.method.clone(), by: given.by.clone(), ..Verification::default() };
    let words = sealed(VERIFICATION, &plain.encode_to_vec(), request, key, random);
    Verification { level: given.level, at: given.at, words: Some(words), ..Verification::default() }
}

impl FrontDoor {
    /// A reason as it may be stored; none where nothing was said. Of a forgotten request nothing is kept.
    pub(super) async fn sealed_reason(
        &self,
        tenant: &TenantId,
        request: RequestId,
        reason: &str,
    ) -> Result<Option<Sealed>, Problem> {
        let key = known(&self.keyring, tenant, request).await.map_err(problem_of)?;
        let key = key.filter(|_| !reason.is_empty());
        Ok(key.map(|key| sealed(REASON, reason.as_bytes(), request, &key, &*self.random)))
    }

    /// The request as it is shown whole: with what people wrote, unless it is forgotten.
    pub(super) async fn opened(
        &self,
        tenant: &TenantId,
        id: RequestId,
        mut request: Request,
    ) -> Result<Request, Problem> {
        let key = known(&self.keyring, tenant, id).await.map_err(problem_of)?;
        if let Some(requester) = &mut request.admission.requester {
            *requester = opened_requester(requester, key.as_ref(), id);
        }
        if let Some(verification) = &mut request.admission.verification {
            *verification = opened_verification(verification, key.as_ref(), id);
        }
        for line in &mut request.kept.timeline {
            if let Some(words) = line.words.take().and_then(|words| text(&words, key.as_ref(), id)) {
                let between = if line.detail.is_empty() { "" } else { ": " };
                line.detail = format!("{}{between}{words}", line.detail);
            }
        }
        opened_end(&mut request, key.as_ref(), id);
        Ok(request)
    }

    /// The request as it stands in a list: with the reason of its end.
    pub(super) async fn opened_in_list(
        &self,
        tenant: &TenantId,
        id: RequestId,
        mut request: Request,
    ) -> Result<Request, Problem> {
        if request.life.is_closed() && request.kept.words.is_some() {
            let key = known(&self.keyring, tenant, id).await.map_err(problem_of)?;
            opened_end(&mut request, key.as_ref(), id);
        }
        Ok(request)
    }
}

/// Why it ended stands where a service's own reason would.
fn opened_end(request: &mut Request, key: Option<&Key>, id: RequestId) {
    if request.life.is_closed()
        && let Some(words) = request.kept.words.take().and_then(|words| text(&words, key, id))
    {
        request.kept.reason = words;
    }
}

/// None: it is forgotten.
async fn known(keyring: &Keyring, tenant: &TenantId, id: RequestId) -> Result<Option<Key>, VaultError> {
    match keyring.get(tenant, id).await {
        Ok(key) => Ok(Some(key)),
        Err(VaultError::Forgotten) => Ok(None),
        Err(error) => Err(error),
    }
}

/// What was stored before names were sealed stands as it is.
fn opened_requester(stored: &Requester, key: Option<&Key>, id: RequestId) -> Requester {
    let opened = stored.words.as_ref().and_then(|words| bytes(REQUESTER, words, key, id));
    match opened.and_then(|bytes| Requester::decode(bytes.as_slice()).ok()) {
        Some(opened) => Requester { kind: stored.kind, ..opened },
        None => stored.clone(),
    }
}

fn opened_verification(stored: &Verification, key: Option<&Key>, id: RequestId) -> Verification {
    let opened = stored.words.as_ref().and_then(|words| bytes(VERIFICATION, words, key, id));
    match opened.and_then(|bytes| Verification::decode(bytes.as_slice()).ok()) {
        Some(opened) => Verification { level: stored.level, at: stored.at, ..opened },
        None => stored.clone(),
    }
}

fn text(words: &Sealed, key: Option<&Key>, id: RequestId) -> Option<String> {
    bytes(REASON, words, key, id).and_then(|bytes| String::from_utf8(bytes).ok())
}

fn bytes(what: &str, words: &Sealed, key: Option<&Key>, id: RequestId) -> Option<Vec<u8>> {
    open(key?, Purpose { what, whose: &id.to_string() }, words).ok()
}

fn sealed(what: &str, plain: &[u8], request: RequestId, key: &Key, random: &dyn Random) -> Sealed {
    seal(key, Purpose { what, whose: &request.to_string() }, plain, random)
}
