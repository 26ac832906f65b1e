//! The systems as they are configured: each one's connector, data map and policy, addressed by digest.

use std::{collections::BTreeMap, sync::Arc};

use redress_contracts::v1::Digest;
use redress_domain::{ConnectorName, IdentifierKind, SystemName, TenantId};
use sha2::{Digest as _, Sha256};

use crate::{
    DataMap, Field, Placeholders, Policy, Problem, Problems, Treatment, field_key, node::Finder, references,
};

/// One system of one tenant.
#[derive(Debug, Clone, PartialEq)]
pub struct System {
    /// Its name.
    pub name: SystemName,
    /// Whose it is.
    pub tenant: TenantId,
    /// Which connector speaks to it.
    pub connector: ConnectorName,
    /// Its data map's file, as problems name it.
    pub file: String,
    /// The datasets of that file.
    pub maps: Vec<DataMap>,
    /// SHA-256 over the data map's file.
    pub map_digest: [u8; 32],
    /// What is done with its data.
    pub policy: Arc<Policy>,
    /// Values that identify nobody.
    pub placeholders: Placeholders,
    /// Whether plans are tried before they are approved: not where a trigger reaches outside of its transaction.
    pub tries_plans: bool,
}

impl System {
    /// A system with the data map of this file's text; `file` names it in problems.
    ///
    /// # Errors
    /// Everything that is wrong with the data map.
    pub fn new(
        (tenant, name): (TenantId, SystemName),
        connector: ConnectorName,
        (file, yaml): (&str, &str),
        policy: Arc<Policy>,
    ) -> Result<Self, Problems> {
        let maps = DataMap::read(file, yaml)?;
        let map_digest = Sha256::digest(yaml.as_bytes()).into();
        let (file, placeholders) = (file.to_owned(), Placeholders::default());
        let tries_plans = true;
        Ok(Self { name, tenant, connector, file, maps, map_digest, policy, placeholders, tries_plans })
    }

    /// The same with the tenant's own placeholders.
    #[must_use]
    pub fn with_placeholders(self, placeholders: Placeholders) -> Self {
        Self { placeholders, ..self }
    }

    /// The same, with plans tried before they are approved or not.
    #[must_use]
    pub fn trying_plans(self, tries_plans: bool) -> Self {
        Self { tries_plans, ..self }
    }

    /// The constant texts, in lower case, that the tenant's policy or the data map writes in the place of values.
    pub fn mask_texts(&self) -> impl Iterator<Item = String> {
        let rules = self.policy.rules.iter().filter(|rule| rule.tenant == self.tenant);
        let collections = self.maps.iter().flat_map(|map| &map.collections);
        let of_map = collections.flat_map(|it| &it.fields).filter_map(|field| field.masking.as_ref());
        rules.map(|rule| &rule.treatment).chain(of_map).filter_map(|treatment| match treatment {
            Treatment::Text(text) | Treatment::Set(text) => Some(text.trim().to_lowercase()),
            _ => None,
        })
    }

    /// References of its data map into other files, to what none of `systems`, which are all of its tenant, has.
    pub fn dangling(&self, systems: &[&Self]) -> Vec<Problem> {
        let all: Vec<&DataMap> = systems.iter().flat_map(|system| &system.maps).collect();
        let finder = Finder::new(&self.file);
        references::dangling(&self.maps, &all, false, &finder);
        finder.finish(()).err().map_or_else(Vec::new, |problems| problems.0)
    }

    /// What in its data map looks like a mistake and is none for certain.
    pub fn warnings(&self) -> impl Iterator<Item = &Problem> {
        self.maps.iter().flat_map(|map| &map.warnings)
    }

    /// The digest of its data map, as a plan carries it.
    pub fn map(&self) -> Digest {
        Digest { sha256: self.map_digest.to_vec() }
    }

    /// The digest of its policy, as a plan carries it.
    pub fn policy(&self) -> Digest {
        Digest { sha256: self.policy.digest.to_vec() }
    }

    /// Whether plans have a dataset of this name.
    pub fn has_dataset(&self, name: &str) -> bool {
        let named = |map: &DataMap| match self.maps.len() {
            1 => map.collection(name).is_some(),
            _ => name
                .strip_prefix(&map.fides_key)
                .and_then(|rest| rest.strip_prefix('.'))
                .is_some_and(|collection| map.collection(collection).is_some()),
        };
        self.maps.iter().any(named)
    }

    /// Whether it can be asked about an identifier: one of its fields holds such values, or, for a field's
    /// key (`dataset.collection.field`), it has that field or refers to it.
    pub fn can_use(&self, kind: IdentifierKind, field: &str) -> bool {
        let holds =
            |map: &DataMap, collection: &str, it: &Field| match kind {
                IdentifierKind::Field => {
                    let refers = it.references.iter().any(|reference| reference.key() == field);
                    refers || field_key(&map.fides_key, collection, &it.name) == field
                }
                // Whoever has the address has its hash.
                IdentifierKind::Email => it.identities().iter().any(|identity| {
                    matches!(identity.kind, IdentifierKind::Email | IdentifierKind::EmailSha256)
                }),
                IdentifierKind::Phone => it.identities().iter().any(|identity| {
                    matches!(identity.kind, IdentifierKind::Phone | IdentifierKind::PhoneSha256)
                }),
                _ => it.identities().iter().any(|identity| identity.kind == kind),
            };
        self.maps.iter().any(|map| {
            let searched = map.collections.iter().filter(|collection| !collection.skipped);
            searched
                .into_iter()
                .any(|collection| collection.fields.iter().any(|field| holds(map, &collection.name, field)))
        })
    }
}

/// All systems of all tenants.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Systems(BTreeMap<TenantId, BTreeMap<SystemName, System>>);

impl Systems {
    /// These systems.
    ///
    /// # Errors
    /// When two have the same name, in one tenant or in two: a system is exactly one tenant's.
    pub fn new(systems: impl IntoIterator<Item = System>) -> Result<Self, Problems> {
        let mut all = Self::default();
        for system in systems {
            if let Some(other) = all.0.values().find_map(|of_tenant| of_tenant.get(&system.name)) {
                let reason = match other.tenant == system.tenant {
                    true => format!("a second system `{}`", system.name),
                    false => format!("is configured for `{}` too: a system is one tenant's", other.tenant),
                };
                let path = format!("system `{}` of `{}`", system.name, system.tenant);
                return Err(Problems(vec![Problem { file: "settings".to_owned(), path, reason }]));
            }
            all.0.entry(system.tenant.clone()).or_default().insert(system.name.clone(), system);
        }
        Ok(all)
    }

    /// A tenant's systems, by name.
    pub fn of(&self, tenant: &TenantId) -> impl Iterator<Item = &System> {
        self.0.get(tenant).into_iter().flat_map(BTreeMap::values)
    }

    /// One system of a tenant.
    pub fn get(&self, tenant: &TenantId, name: &SystemName) -> Option<&System> {
        self.0.get(tenant)?.get(name)
    }

    /// All systems of a connector.
    pub fn of_connector(&self, connector: &ConnectorName) -> impl Iterator<Item = &System> {
        self.0.values().flat_map(BTreeMap::values).filter(move |system| system.connector == *connector)
    }
}
