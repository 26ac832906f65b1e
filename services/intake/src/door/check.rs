//! Checks all of a submission but its subject, and fills in what it leaves out. Pure.

use jiff::{SignedDuration, Timestamp, ToSpan as _, tz::TimeZone};
use redress_contracts::{
    Contract as _, from_timestamp, to_timestamp,
    v1::{self, Requester, SubmitRequest, Verification},
};
use redress_datamap::Systems;
use redress_domain::{
    Kind, Regime, Role, SystemName, Trigger, VerificationLevel, regime::earliest_due, roles::Who,
};

use super::faults::Faults;
use crate::settings::Tenant;

/// The kinds of request that are done today.
pub(super) const KINDS: [Kind; 3] = [Kind::Access, Kind::Export, Kind::Delete];
/// A sender's clock may be ahead of ours by this much.
const CLOCK_AHEAD: SignedDuration = SignedDuration::from_secs(60);
/// Received longer ago than this is a mistake.
const RECEIVED_YEARS_MAX: i64 = 5;
/// Characters of an idempotency key.
const KEY_CHARS_MAX: usize = 128;
/// Characters of a name, a method, an authority.
const TEXT_CHARS_MAX: usize = 200;

/// A submission's plain part, checked and filled in.
#[derive(Debug)]
pub(super) struct Plain {
    pub(super) kind: i32,
    pub(super) regimes: Vec<i32>,
    pub(super) received_at: Timestamp,
    pub(super) due_at: Option<Timestamp>,
    pub(super) requester: Requester,
    pub(super) verification: Option<Verification>,
    pub(super) verified: bool,
    pub(super) trigger: i32,
    pub(super) scopes: Vec<i32>,
    pub(super) systems: Vec<String>,
}

/// What a submission is checked against.
pub(super) struct Against<'a> {
    pub(super) who: &'a Who,
    pub(super) tenant: &'a Tenant,
    pub(super) systems: &'a Systems,
    pub(super) now: Timestamp,
}

/// Nothing when something is wrong: the faults say what.
pub(super) fn check(given: &SubmitRequest, against: &Against<'_>, faults: &mut Faults) -> Option<Plain> {
    let before = faults.0.len();
    key(&given.idempotency_key, faults);
    let kind = kind(given, faults);
    let trigger = trigger(given.trigger, faults);
    let regimes = regimes(given, against.tenant, faults);
    let received_at = received_at(given, against.now, faults);
    let requester = requester(given, against.who, faults);
    let verification = verification(given.verification.as_ref(), against, faults);
    let scopes = scopes(given, faults);
    let systems = systems(given, against, faults);
    let rule = "a package cannot be sent anywhere yet: leave it out, and fetch it here";
    faults.check(given.destination.is_none(), "destination", rule);
    if faults.0.len() > before {
        return None;
    }
    let clocks = if trigger.has_statutory_clock() { regimes.as_slice() } else { &[] };
    let Ok(due_at) = earliest_due(clocks, received_at, &against.tenant.calendar) else {
        faults.add("received_at", "a date that a calendar holds");
        return None;
    };
    let level = verification.as_ref().and_then(|it| VerificationLevel::of_number(it.level).ok());
    Some(Plain {
        kind: kind?.number(),
        regimes: regimes.iter().map(|regime| regime.number()).collect(),
        received_at,
        due_at,
        requester,
        verified: level.unwrap_or(VerificationLevel::Asserted) >= against.tenant.verification_level,
        verification,
        trigger: trigger.number(),
        scopes,
        systems,
    })
}

fn key(key: &str, faults: &mut Faults) {
    let printable = key.chars().all(|c| c.is_ascii_graphic() || c == ' ');
    let rule = format!("1 to {KEY_CHARS_MAX} printable ASCII characters, or left out");
    faults.check(printable && key.len() <= KEY_CHARS_MAX, "idempotency_key", &rule);
}

fn kind(given: &SubmitRequest, faults: &mut Faults) -> Option<Kind> {
    let kind = faults.word("kind", given.kind, &KINDS, Kind::as_str)?;
    if !KINDS.contains(&kind) {
        faults.add("kind", format!("{kind} is not done yet: one of access, export, delete"));
    }
    faults.check(given.corrections.is_empty(), "corrections", "only with the kind rectify");
    faults.check(given.preference.is_none(), "preference", "only with the kind set_preference");
    Some(kind)
}

fn trigger(number: i32, faults: &mut Faults) -> Trigger {
    if number == 0 {
        return Trigger::SubjectRequest;
    }
    let word = faults.word("trigger", number, Trigger::ALL, Trigger::as_str);
    word.unwrap_or(Trigger::SubjectRequest)
}

fn regimes(given: &SubmitRequest, tenant: &Tenant, faults: &mut Faults) -> Vec<Regime> {
    if given.regimes.is_empty() {
        return tenant.regimes.clone();
    }
    let mut regimes = Vec::new();
    for (i, number) in given.regimes.iter().enumerate() {
        let word = faults.word(&format!("regimes[{i}]"), *number, Regime::ALL, Regime::as_str);
        regimes.extend(word.filter(|word| !regimes.contains(word)));
    }
    regimes
}

fn received_at(given: &SubmitRequest, now: Timestamp, faults: &mut Faults) -> Timestamp {
    let Some(given) = &given.received_at else { return now };
    let earliest = now.to_zoned(TimeZone::UTC).checked_sub(RECEIVED_YEARS_MAX.years());
    let earliest = earliest.map_or(Timestamp::UNIX_EPOCH, |earliest| earliest.timestamp());
    match from_timestamp(given) {
        Some(at) if (earliest..=now + CLOCK_AHEAD).contains(&at) => at.min(now),
        _ => {
            faults.add("received_at", format!("not in the future, nor over {RECEIVED_YEARS_MAX} years ago"));
            now
        }
    }
}

/// Who asks: said, or whoever hands it in.
fn requester(given: &SubmitRequest, who: &Who, faults: &mut Faults) -> Requester {
    let Some(given) = &given.requester else {
        let kind = match who.role {
            Role::Upstream => v1::RequesterKind::Upstream,
            _ => v1::RequesterKind::Administrator,
        };
        return Requester { kind: kind as i32, name: who.name.clone(), ..Requester::default() };
    };
    let kind = v1::RequesterKind::try_from(given.kind).unwrap_or_default();
    let known = kind != v1::RequesterKind::Unspecified;
    faults.check(known, "requester.kind", "one of subject, agent, guardian, administrator, upstream");
    faults.text("requester.name", &given.name, TEXT_CHARS_MAX);
    faults.text("requester.authority", &given.authority, TEXT_CHARS_MAX);
    if matches!(kind, v1::RequesterKind::Agent | v1::RequesterKind::Guardian) {
        let rule = "is required of an agent or a guardian: how their authority was checked";
        faults.check(!given.authority.trim().is_empty(), "requester.authority", rule);
    }
    given.clone()
}

/// Checks a verification, and fills in who and when.
pub(super) fn verification(
    given: Option<&Verification>,
    against: &Against<'_>,
    faults: &mut Faults,
) -> Option<Verification> {
    let given = given?;
    let levels = VerificationLevel::ALL;
    faults.word("verification.level", given.level, levels, VerificationLevel::as_str);
    faults.check(!given.method.trim().is_empty(), "verification.method", "is required");
    faults.text("verification.method", &given.method, TEXT_CHARS_MAX);
    faults.text("verification.by", &given.by, TEXT_CHARS_MAX);
    let at = given.at.as_ref().map_or(Some(against.now), from_timestamp);
    let at = at.filter(|at| *at <= against.now + CLOCK_AHEAD);
    faults.check(at.is_some(), "verification.at", "not in the future");
    let by = if given.by.is_empty() { against.who.name.clone() } else { given.by.clone() };
    Some(Verification { by, at: at.map(|at| to_timestamp(at.min(against.now))), ..given.clone() })
}

fn scopes(given: &SubmitRequest, faults: &mut Faults) -> Vec<i32> {
    for (i, number) in given.scopes.iter().enumerate() {
        let rule = match v1::Scope::try_from(*number) {
            Ok(v1::Scope::CustomerData) => continue,
            Ok(v1::Scope::SystemLogs) => "system_logs is not done yet: only customer_data",
            _ => "one of customer_data",
        };
        faults.add(&format!("scopes[{i}]"), rule);
    }
    vec![v1::Scope::CustomerData as i32]
}

fn systems(given: &SubmitRequest, against: &Against<'_>, faults: &mut Faults) -> Vec<String> {
    let mut systems = Vec::new();
    for (i, name) in given.systems.iter().enumerate() {
        let known = name.parse::<SystemName>().ok();
        let known = known.and_then(|name| against.systems.get(&against.who.tenant, &name));
        match known {
            Some(_) if systems.contains(name) => {}
            Some(_) => systems.push(name.clone()),
            None => faults.add(&format!("systems[{i}]"), "the name of one of this tenant's systems"),
        }
    }
    systems
}
