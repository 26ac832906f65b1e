//! The subject of a submission: opened, brought to one spelling, and sealed again for the way.

use prost::Message as _;
use redress_contracts::{
    Contract as _,
    v1::{
        self, Requester, Sealed, SealedIdentifier, SealedSubmission, SubmitRequest, Verification,
        submit_request,
    },
};
use redress_datamap::Placeholders;
use redress_domain::{Identifier, IdentifierKind, Random, RequestId};
use redress_vault::{IntakeKey, Key, Opening, Purpose, TenantKey, blind_index, seal};

use super::faults::Faults;
use crate::settings::Tenant;

/// Identifiers of one subject, at most.
const IDENTIFIERS_MAX: usize = 20;
/// Bytes of a sealed subject, at most.
const SEALED_BYTES_MAX: usize = 64 << 10;

/// Who it is about.
pub(super) struct Subject {
    pub(super) kind: i32,
    /// In one spelling each, none twice.
    pub(super) identifiers: Vec<Identifier>,
    /// From the sealed box: instead of the ones beside it.
    pub(super) requester: Option<Requester>,
    pub(super) verification: Option<Verification>,
}

/// Nothing when something is wrong: the faults say what.
pub(super) fn check(
    given: &SubmitRequest,
    tenant: &Tenant,
    key: &TenantKey,
    faults: &mut Faults,
) -> Option<Subject> {
    match &given.subject {
        Some(submit_request::Subject::Sealed(sealed)) => {
            let rule = "a sealed box to this tenant's intake key that holds a redress.v1.SealedSubmission";
            let opened = (sealed.len() <= SEALED_BYTES_MAX)
                .then(|| IntakeKey::of(key).open(sealed).ok())
                .flatten()
                .and_then(|bytes| SealedSubmission::decode(bytes.as_slice()).ok());
            faults.check(opened.is_some(), "subject.sealed", rule);
            subject("subject.sealed", opened?, &tenant.placeholders, faults)
        }
        Some(submit_request::Subject::Clear(_)) if !tenant.clear_subjects => {
            faults.add("subject.clear", "this tenant takes sealed subjects only: seal it to the intake key");
            None
        }
        Some(submit_request::Subject::Clear(v1::Subject { kind, identifiers })) => {
            let (kind, identifiers) = (*kind, identifiers.clone());
            let clear = SealedSubmission { kind, identifiers, requester: None, verification: None };
            subject("subject.clear", clear, &tenant.placeholders, faults)
        }
        None => {
            faults.add("subject", "is required: sealed, or clear where the tenant allows it");
            None
        }
    }
}

fn subject(
    field: &str,
    given: SealedSubmission,
    placeholders: &Placeholders,
    faults: &mut Faults,
) -> Option<Subject> {
    let before = faults.0.len();
    let kind = v1::SubjectKind::try_from(given.kind).unwrap_or_default();
    let known = kind != v1::SubjectKind::Unspecified;
    faults.check(known, &format!("{field}.kind"), "one of member, guest, direct_connect, customer, external");
    let many = given.identifiers.len();
    if !(1..=IDENTIFIERS_MAX).contains(&many) {
        faults.add(&format!("{field}.identifiers"), format!("1 to {IDENTIFIERS_MAX} identifiers"));
        return None;
    }
    let mut identifiers: Vec<Identifier> = Vec::with_capacity(many);
    for (i, given) in given.identifiers.iter().enumerate() {
        match identifier(&format!("{field}.identifiers[{i}]"), given) {
            Ok(identifier) if identifiers.contains(&identifier) => {}
            Ok(identifier)
                if identifier.kind() != IdentifierKind::Field && placeholders.has(identifier.value()) =>
            {
                let rule = "is a placeholder, which identifies nobody: leave it out";
                faults.add(&format!("{field}.identifiers[{i}].value"), rule);
            }
            Ok(identifier) => identifiers.push(identifier),
            Err(fault) => faults.0.push(fault),
        }
    }
    let SealedSubmission { kind, requester, verification, .. } = given;
    (faults.0.len() == before).then_some(Subject { kind, identifiers, requester, verification })
}

/// One identifier in its one spelling.
///
/// # Errors
/// What is wrong with it, without its value.
pub(crate) fn identifier(
    field: &str,
    given: &v1::Identifier,
) -> Result<Identifier, redress_runtime::http::Fault> {
    let fault = |part: &str, rule: String| redress_runtime::http::Fault::new(format!("{field}.{part}"), rule);
    let Ok(kind) = IdentifierKind::of_number(given.kind) else {
        let known: Vec<&str> = IdentifierKind::ALL.iter().map(|kind| kind.as_str()).collect();
        return Err(fault("kind", format!("one of {}", known.join(", "))));
    };
    let parsed = match kind {
        IdentifierKind::Field => Identifier::of_field(&given.field, &given.value),
        _ if given.field.is_empty() => Identifier::parse(kind, &given.value),
        _ => return Err(fault("field", "only with the kind field".to_owned())),
    };
    parsed.map_err(|error| fault("value", error.to_string()))
}

/// The identifiers as they travel.
pub(super) fn sealed(
    identifiers: &[Identifier],
    request: RequestId,
    (tenant, key): (&TenantKey, &Key),
    random: &dyn Random,
) -> Vec<SealedIdentifier> {
    let whose = &request.to_string();
    let purpose = Purpose { what: "identifier", whose };
    let seal_one = |identifier: &Identifier| {
        let field = identifier.field().unwrap_or_default().to_owned();
        let kind = identifier.kind().number();
        let plain = v1::Identifier { kind, value: identifier.value().to_owned(), field: field.clone() };
        SealedIdentifier {
            kind,
            field,
            class: identifier.usual_class().number(),
            blind: blind_index(tenant, identifier).to_vec(),
            identifier: Some(seal(key, purpose, &plain.encode_to_vec(), random)),
            from_system: String::new(),
            from: Vec::new(),
            round: 0,
            found_in: String::new(),
        }
    };
    identifiers.iter().map(seal_one).collect()
}

/// What stands in the ledger for the person, and the sealed opening that proves it.
pub(super) fn commitment(
    identifiers: &[Identifier],
    request: RequestId,
    key: &Key,
    random: &dyn Random,
) -> (Vec<u8>, Sealed) {
    let opening = Opening::generate(random);
    let whose = &request.to_string();
    let sealed = seal(key, Purpose { what: "opening", whose }, opening.bytes(), random);
    (opening.commitment(identifiers).to_vec(), sealed)
}
