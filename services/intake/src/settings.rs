//! What a tenant's settings say to the front door.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::{civil::Date, tz::TimeZone};
use redress_datamap::Placeholders;
use redress_domain::{Regime, TenantId, VerificationLevel, regime::Calendar};
use serde::{Deserialize, Serialize};

use crate::approvals::{ApprovalSettings, StandingApproval};

/// One tenant, as the settings have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TenantSettings {
    /// Its name.
    pub name: TenantId,
    /// Whether subjects may be handed in unsealed.
    #[serde(default)]
    pub clear_subjects: bool,
    /// How sure one must be of a requester before anything is looked up.
    #[serde(default = "authenticated")]
    pub verification_level: VerificationLevel,
    /// The laws that bind it, where a request names none.
    #[serde(default = "gdpr")]
    pub regimes: Vec<Regime>,
    /// Where its days begin and end: a name of the IANA time zone database.
    pub time_zone: String,
    /// Its public holidays, on which no period ends.
    #[serde(default)]
    pub holidays: BTreeSet<Date>,
    /// For how many days withdrawn data can be restored. Only 0 is possible yet: a delete purges at once.
    #[serde(default)]
    pub hold_days: u32,
    /// Values that identify nobody, instead of the usual ones such as `N/A`.
    #[serde(default)]
    pub placeholders: Option<Vec<String>>,
    /// Whether identifiers on which no reviewer has decided are left out; else each is decided on before an approval.
    #[serde(default)]
    pub leave_undecided_identifiers: bool,
    /// What is approved beforehand.
    #[serde(default, rename = "standing_approval")]
    pub standing_approvals: Vec<ApprovalSettings>,
}

fn authenticated() -> VerificationLevel {
    VerificationLevel::Authenticated
}

fn gdpr() -> Vec<Regime> {
    vec![Regime::Gdpr]
}

/// Why a tenant's settings cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("tenant `{tenant}`: `{field}` {rule}")]
pub struct SettingsError {
    /// Which tenant.
    pub tenant: TenantId,
    /// Which setting.
    pub field: String,
    /// What it should be.
    pub rule: &'static str,
}

/// One tenant, as the front door knows it.
#[derive(Debug, Clone)]
pub struct Tenant {
    /// Whether subjects may be handed in unsealed.
    pub clear_subjects: bool,
    /// How sure one must be of a requester.
    pub verification_level: VerificationLevel,
    /// The laws that bind it.
    pub regimes: Vec<Regime>,
    /// Its days.
    pub calendar: Calendar,
    /// Values that identify nobody.
    pub placeholders: Placeholders,
    /// Whether identifiers on which no reviewer has decided are left out.
    pub leave_undecided_identifiers: bool,
    /// What is approved beforehand.
    pub standing_approvals: Vec<StandingApproval>,
}

/// All tenants.
#[derive(Debug, Clone, Default)]
pub struct Tenants(Arc<BTreeMap<TenantId, Tenant>>);

impl Tenants {
    /// The tenants of these settings.
    ///
    /// # Errors
    /// The first setting that cannot be used.
    pub fn new(settings: impl IntoIterator<Item = TenantSettings>) -> Result<Self, SettingsError> {
        let mut tenants = BTreeMap::new();
        for settings in settings {
            let name = settings.name.clone();
            if tenants.insert(name.clone(), Tenant::new(settings)?).is_some() {
                return Err(SettingsError { tenant: name, field: "name".to_owned(), rule: "is there twice" });
            }
        }
        Ok(Self(Arc::new(tenants)))
    }

    /// One of them.
    pub fn get(&self, name: &TenantId) -> Option<&Tenant> {
        self.0.get(name)
    }
}

impl Tenant {
    fn new(settings: TenantSettings) -> Result<Self, SettingsError> {
        let tenant = settings.name;
        let zone = TimeZone::get(&settings.time_zone);
        let wrong =
            |field: &str, rule| Err(SettingsError { tenant: tenant.clone(), field: field.to_owned(), rule });
        let Ok(zone) = zone else {
            return wrong("time_zone", "is a name of the IANA time zone database, such as Europe/Dublin");
        };
        if settings.regimes.is_empty() {
            return wrong("regimes", "names at least one: a request without a law has no due date");
        }
        if settings.hold_days != 0 {
            return wrong("hold_days", "can only be 0 yet");
        }
        let mut standing_approvals: Vec<StandingApproval> = Vec::new();
        for approval in settings.standing_approvals {
            let name = approval.name.clone();
            if standing_approvals.iter().any(|other| other.settings.name == name) {
                return wrong("standing_approval.name", "is there twice");
            }
            match StandingApproval::new(
                approval,
                &zone,
                settings.hold_days,
                settings.leave_undecided_identifiers,
            ) {
                Ok(approval) => standing_approvals.push(approval),
                Err((field, rule)) => return wrong(&format!("standing_approval `{name}`: {field}"), rule),
            }
        }
        Ok(Self {
            clear_subjects: settings.clear_subjects,
            verification_level: settings.verification_level,
            regimes: settings.regimes,
            calendar: Calendar { zone, holidays: settings.holidays },
            placeholders: settings.placeholders.map(Placeholders::new).unwrap_or_default(),
            leave_undecided_identifiers: settings.leave_undecided_identifiers,
            standing_approvals,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dublin() -> TenantSettings {
        let json = r#"{ "name": "dublin", "time_zone": "Europe/Dublin", "holidays": ["2026-12-25"] }"#;
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn what_is_not_said_is_strict() {
        let tenants = Tenants::new([dublin()]).unwrap();
        let dublin = tenants.get(&"dublin".parse().unwrap()).unwrap();
        assert!(!dublin.clear_subjects);
        assert_eq!(dublin.verification_level, VerificationLevel::Authenticated);
        assert_eq!(dublin.regimes, [Regime::Gdpr]);
        assert_eq!(dublin.calendar.holidays.len(), 1);
    }

    #[test]
    fn what_cannot_be_used_names_tenant_setting_and_rule() {
        let cases = [
            (vec![dublin(), dublin()], "name"),
            (vec![TenantSettings { time_zone: "Dublin".to_owned(), ..dublin() }], "time_zone"),
            (vec![TenantSettings { regimes: Vec::new(), ..dublin() }], "regimes"),
            (vec![TenantSettings { hold_days: 7, ..dublin() }], "hold_days"),
        ];
        for (settings, field) in cases {
            let error = Tenants::new(settings).unwrap_err();
            assert_eq!(error.field, field);
            assert!(error.to_string().starts_with("tenant `dublin`: `"), "{error}");
        }
    }
}
