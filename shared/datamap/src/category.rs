//! Data categories of fideslang: words with dots between, from the general to the particular.

use std::{fmt, str::FromStr};

/// A category such as `user.contact.email`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Category(String);

/// A text that is not a category.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a data category is words of a-z, 0-9 and `_` with dots between, like user.contact.email")]
pub struct InvalidCategory;

/// What Articles 9 and 10 of the GDPR name, as fideslang 2 and 3 have it, and by the names it had in fideslang 1. The
/// taxonomy has nothing for membership in a trade union.
const SPECIAL: [&str; 14] = [
    "user.authorization.biometric",
    "user.biometric",
    "user.biometric_health",
    "user.criminal_history",
    "user.demographic.political_opinion",
    "user.demographic.race_ethnicity",
    "user.demographic.religious_belief",
    "user.demographic.sexual_orientation",
    "user.genetic",
    "user.health_and_medical",
    "user.political_opinion",
    "user.race",
    "user.religious_belief",
    "user.sexual_orientation",
];

/// The data categories of fideslang 3.
pub const KNOWN: [&str; 85] = [
    "system",
    "system.authentication",
    "system.operations",
    "user",
    "user.account",
    "user.account.settings",
    "user.account.username",
    "user.authorization",
    "user.authorization.biometric",
    "user.authorization.credentials",
    "user.authorization.password",
    "user.behavior",
    "user.behavior.browsing_history",
    "user.behavior.media_consumption",
    "user.behavior.purchase_history",
    "user.behavior.search_history",
    "user.biometric",
    "user.biometric.fingerprint",
    "user.biometric.health",
    "user.biometric.retinal",
    "user.biometric.voice",
    "user.childrens",
    "user.contact",
    "user.contact.address",
    "user.contact.address.city",
    "user.contact.address.country",
    "user.contact.address.postal_code",
    "user.contact.address.state",
    "user.contact.address.street",
    "user.contact.email",
    "user.contact.fax_number",
    "user.contact.organization",
    "user.contact.phone_number",
    "user.contact.url",
    "user.content",
    "user.content.private",
    "user.content.public",
    "user.content.self_image",
    "user.criminal_history",
    "user.demographic",
    "user.demographic.age_range",
    "user.demographic.date_of_birth",
    "user.demographic.gender",
    "user.demographic.language",
    "user.demographic.marital_status",
    "user.demographic.political_opinion",
    "user.demographic.profile",
    "user.demographic.race_ethnicity",
    "user.demographic.religious_belief",
    "user.demographic.sexual_orientation",
    "user.device",
    "user.device.cookie",
    "user.device.cookie_id",
    "user.device.device_id",
    "user.device.ip_address",
    "user.financial",
    "user.financial.bank_account",
    "user.financial.credit_card",
    "user.government_id",
    "user.government_id.birth_certificate",
    "user.government_id.drivers_license_number",
    "user.government_id.immigration",
    "user.government_id.national_identification_number",
    "user.government_id.passport_number",
    "user.government_id.vehicle_registration",
    "user.health_and_medical",
    "user.health_and_medical.genetic",
    "user.health_and_medical.insurance_beneficiary_id",
    "user.health_and_medical.record_id",
    "user.job_title",
    "user.location",
    "user.location.imprecise",
    "user.location.precise",
    "user.name",
    "user.name.first",
    "user.name.last",
    "user.payment",
    "user.privacy_preferences",
    "user.sensor",
    "user.social",
    "user.telemetry",
    "user.unique_id",
    "user.unique_id.pseudonymous",
    "user.user_sensor",
    "user.workplace",
];

impl Category {
    /// Whether fideslang has it.
    pub fn is_known(&self) -> bool {
        KNOWN.contains(&self.as_str())
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether `other` is this category or one of its particulars.
    pub fn covers(&self, other: &Self) -> bool {
        is_under(&self.0, &other.0)
    }

    /// Whether the law protects it above others: a special category (GDPR, Art. 9), or criminal offences (Art. 10).
    pub fn is_special(&self) -> bool {
        SPECIAL.iter().any(|special| is_under(special, &self.0))
    }

    /// How many words: the more, the more particular.
    pub fn depth(&self) -> usize {
        self.0.split('.').count()
    }
}

/// By whole words.
fn is_under(general: &str, particular: &str) -> bool {
    let rest = particular.strip_prefix(general);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

impl FromStr for Category {
    type Err = InvalidCategory;

    fn from_str(text: &str) -> Result<Self, InvalidCategory> {
        let word = |word: &str| {
            !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        };
        if text.split('.').all(word) { Ok(Self(text.to_owned())) } else { Err(InvalidCategory) }
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_law_protects_above_others_is_known_with_its_particulars() {
        let is_special = |text: &str| text.parse::<Category>().unwrap().is_special();
        for special in SPECIAL {
            assert!(is_special(special) && is_special(&format!("{special}.more")), "{special}");
            assert!(!is_special(&format!("{special}_more")), "{special}");
        }
        for plain in ["user", "user.demographic", "user.demographic.gender", "user.contact.email", "system"] {
            assert!(!is_special(plain), "{plain}");
        }
    }

    #[test]
    fn a_category_covers_itself_and_its_particulars_by_whole_words() {
        let category = |text: &str| text.parse::<Category>().unwrap();
        let contact = category("user.contact");
        for (other, covered) in [
            ("user.contact", true),
            ("user.contact.email", true),
            ("user.contacts", false),
            ("user", false),
            ("system.user.contact", false),
        ] {
            assert_eq!(contact.covers(&category(other)), covered, "{other}");
        }
        for bad in ["", ".", "user.", "User", "user contact", "user..email"] {
            assert!(bad.parse::<Category>().is_err(), "{bad}");
        }
    }
}
