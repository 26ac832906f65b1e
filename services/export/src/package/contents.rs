//! What goes into a package, read off what was collected.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use redress_contracts::{
    Contract as _, from_timestamp,
    state::ExportState,
    v1::{DatasetOutcome, Ground, Plan, SystemOutcome, SystemPlan, related_object},
};
use redress_domain::{IdentifierKind, Kind, MessageId, RequestId, Status, TenantId};
use redress_vault::{Place, Prefix, VaultError};

use super::manifest::{Missing, Nothing};

/// What goes into a package.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Contents {
    pub(crate) tenant: TenantId,
    pub(crate) request: RequestId,
    pub(crate) kind: Kind,
    pub(crate) recorded_at: Option<Timestamp>,
    pub(crate) made_at: Option<Timestamp>,
    pub(crate) identifiers: Vec<IdentifierKind>,
    pub(crate) systems: Vec<SystemPart>,
    pub(crate) nothing: Vec<Nothing>,
    pub(crate) missing: Vec<Missing>,
}

/// A system that gave records.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SystemPart {
    pub(crate) name: String,
    pub(crate) anchor: String,
    pub(crate) datasets: Vec<DatasetPart>,
}

/// A dataset with records.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DatasetPart {
    pub(crate) system: String,
    pub(crate) name: String,
    pub(crate) anchor: String,
    /// In the package.
    pub(crate) path: String,
    pub(crate) place: Place,
    /// Where its records lie.
    pub(crate) source: Place,
    pub(crate) records: u64,
    pub(crate) sha256: Vec<u8>,
}

/// Why no package can be made of what was collected.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unfit {
    #[error("it is neither an access nor an export")]
    Kind,
    #[error("{system}, {dataset}: its records do not lie with the request")]
    Source { system: String, dataset: String },
    #[error("{system}, {dataset}: no file can have its name: {why}")]
    Name { system: String, dataset: String, why: VaultError },
}

impl Contents {
    /// Of a request's package that `release` asked for.
    pub(crate) fn read(
        state: &ExportState,
        tenant: &TenantId,
        request: RequestId,
        release: MessageId,
    ) -> Result<Self, Unfit> {
        let command = state.command.clone().unwrap_or_default();
        let kind = Kind::of_number(command.kind).map_err(|_| Unfit::Kind)?;
        if !matches!(kind, Kind::Access | Kind::Export) {
            return Err(Unfit::Kind);
        }
        let identifiers: BTreeSet<IdentifierKind> =
            command.identifiers.iter().filter_map(|one| IdentifierKind::of_number(one.kind).ok()).collect();
        let mut contents = Self {
            tenant: tenant.clone(),
            request,
            kind,
            // Both ids say when they were made (UUID version 7), which is the same however often one looks.
            recorded_at: made_at(request.0.as_u128()),
            made_at: made_at(release.0.as_u128()),
            identifiers: identifiers.into_iter().collect(),
            systems: Vec::new(),
            nothing: Vec::new(),
            missing: Vec::new(),
        };
        let systems: BTreeMap<&str, &SystemOutcome> =
            state.systems.iter().map(|outcome| (outcome.system.as_str(), outcome)).collect();
        let undescribed = undescribed(command.plan.as_ref());
        for outcome in systems.into_values() {
            contents.add(outcome, &undescribed)?;
        }
        contents.missing.extend(command.plan.iter().flat_map(|plan| &plan.systems).flat_map(not_looked_into));
        for (system, many) in command.left_undecided.iter().collect::<BTreeMap<_, _>>() {
            contents.nothing.retain(|nothing| nothing.system != *system);
            contents.missing.push(left_undecided(system, *many));
        }
        Ok(contents)
    }

    /// Records of all datasets.
    pub(crate) fn records(&self) -> u64 {
        self.all_datasets().map(|dataset| dataset.records).sum()
    }

    /// How many datasets there are.
    pub(crate) fn datasets(&self) -> u64 {
        self.all_datasets().count() as u64
    }

    /// How many systems gave records.
    pub(crate) fn systems(&self) -> u64 {
        self.systems.len() as u64
    }

    fn all_datasets(&self) -> impl Iterator<Item = &DatasetPart> {
        self.systems.iter().flat_map(|system| &system.datasets)
    }

    fn add(&mut self, outcome: &SystemOutcome, undescribed: &Undescribed<'_>) -> Result<(), Unfit> {
        let mut datasets: Vec<&DatasetOutcome> = outcome.datasets.iter().collect();
        datasets.sort_by(|a, b| (&a.dataset, &a.reference).cmp(&(&b.dataset, &b.reference)));
        let anchor = format!("s{}", self.systems.len() + 1);
        let mut system =
            SystemPart { name: outcome.system.clone(), anchor, datasets: Vec::with_capacity(datasets.len()) };
        for dataset in datasets {
            if dataset.reference.is_empty() {
                self.without_records(&outcome.system, dataset);
                continue;
            }
            let part = self.part(&system, dataset)?;
            self.missing.extend(fewer_than_planned(&outcome.system, dataset));
            let fields = undescribed.get(&(outcome.system.as_str(), dataset.dataset.as_str()));
            self.missing.extend(fields.map(|fields| not_copied(&part, fields)));
            system.datasets.push(part);
        }
        match missing(outcome) {
            Some(missing) => self.missing.push(missing),
            None if outcome.datasets.is_empty() => {
                self.nothing.push(Nothing { system: outcome.system.clone(), dataset: None });
            }
            None => {}
        }
        if !system.datasets.is_empty() {
            self.systems.push(system);
        }
        Ok(())
    }

    fn part(&self, system: &SystemPart, dataset: &DatasetOutcome) -> Result<DatasetPart, Unfit> {
        let (system_name, name) = (system.name.clone(), dataset.dataset.clone());
        let foreign = || Unfit::Source { system: system_name.clone(), dataset: name.clone() };
        let source = Place::parse(&dataset.reference).map_err(|_| foreign())?;
        if source.prefix() != Prefix::work(&self.tenant, self.request) {
            return Err(foreign());
        }
        let place = self.file(system, &name).map_err(|why| Unfit::Name {
            system: system_name.clone(),
            dataset: name.clone(),
            why,
        })?;
        Ok(DatasetPart {
            anchor: format!("{}-{}", system.anchor, system.datasets.len() + 1),
            path: place.name().to_owned(),
            place,
            source,
            records: dataset.done,
            sha256: dataset.content.clone().unwrap_or_default().sha256,
            system: system_name,
            name,
        })
    }

    /// The place of a dataset's file. Two that would share one, as when a dataset came in several streams, get
    /// a number.
    fn file(&self, system: &SystemPart, dataset: &str) -> Result<Place, VaultError> {
        let base = format!("{}/{}", system.name, file_stem(dataset));
        let package = self.request.to_string();
        let mut name = format!("{base}.json");
        for number in 2.. {
            let place = Place::package(&self.tenant, &package, &name)?;
            // Some file systems do not tell capitals from others.
            let is_same = |other: &DatasetPart| other.path.eq_ignore_ascii_case(place.name());
            if !system.datasets.iter().any(is_same) {
                return Ok(place);
            }
            name = format!("{base}-{number}.json");
        }
        Err(VaultError::Place("there are too many of its name"))
    }

    fn without_records(&mut self, system: &str, dataset: &DatasetOutcome) {
        let (system, name) = (system.to_owned(), Some(dataset.dataset.clone()));
        if dataset.planned == 0 && dataset.done == 0 {
            self.nothing.push(Nothing { system, dataset: name });
        } else {
            let what = "No copy was made of what was found there.".to_owned();
            self.missing.push(of_dataset(&system, &dataset.dataset, what, ""));
        }
    }
}

/// The names that Windows has for devices, with any ending.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
    "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// What a dataset's file is called, without its ending: one that every file system takes, and shows.
fn file_stem(dataset: &str) -> String {
    let plain = dataset.replace(['/', '\\'], "_");
    let stem = match plain.trim_start_matches('.') {
        rest if rest.len() < plain.len() => format!("_{rest}"),
        rest => rest.to_owned(),
    };
    let first = stem.split('.').next().unwrap_or_default();
    if DEVICES.iter().any(|device| device.eq_ignore_ascii_case(first)) { format!("_{stem}") } else { stem }
}

/// By system and dataset, its columns that the data map does not name: they are not read.
type Undescribed<'a> = BTreeMap<(&'a str, &'a str), BTreeSet<&'a str>>;

fn undescribed(plan: Option<&Plan>) -> Undescribed<'_> {
    let mut undescribed = Undescribed::new();
    for system in plan.into_iter().flat_map(|plan| &plan.systems) {
        for dataset in system.datasets.iter().filter(|dataset| !dataset.unmapped_columns.is_empty()) {
            let columns = dataset.unmapped_columns.iter().map(String::as_str);
            undescribed.entry((&system.system, &dataset.dataset)).or_default().extend(columns);
        }
    }
    undescribed
}

fn not_copied(part: &DatasetPart, fields: &BTreeSet<&str>) -> Missing {
    let names = fields.iter().copied().collect::<Vec<_>>().join(", ");
    let what = format!("These fields are not in the copy: {names}.");
    of_dataset(&part.system, &part.name, what, UNNAMED)
}

/// Why columns and tables are not in a copy.
const UNNAMED: &str = "The data map of the system does not name them, and so it is not known what they hold.";

/// The objects beside the rows of a system that nobody looks into: one entry for each dataset and kind.
fn not_looked_into(system: &SystemPlan) -> impl Iterator<Item = Missing> {
    let mut names: BTreeMap<(&str, related_object::ObjectKind), Vec<&str>> = BTreeMap::new();
    for it in system.related.iter().filter(|it| !it.covered) {
        names.entry((&it.dataset, it.kind())).or_default().push(&it.name);
    }
    names.into_iter().filter_map(|((dataset, kind), names)| {
        let names = names.join(", ");
        let what = match kind {
            related_object::ObjectKind::Table => format!("These tables are not in the copy: {names}."),
            related_object::ObjectKind::MaterializedView | related_object::ObjectKind::SearchIndex => {
                format!("These copies of the data are not in the copy: {names}.")
            }
            // What happens when data changes is nothing that a copy could have.
            _ => return None,
        };
        Some(Missing {
            system: system.system.clone(),
            dataset: Some(dataset.to_owned()).filter(|name| !name.is_empty()),
            what,
            reason: UNNAMED.to_owned(),
            expected_by: None,
        })
    })
}

/// What may be the person's and was left out.
fn left_undecided(system: &str, many: u64) -> Missing {
    Missing {
        system: system.to_owned(),
        dataset: None,
        what: format!("Rows or identifiers that may be yours are not in the copy: {many}."),
        reason: "Nobody has decided whether they are yours.".to_owned(),
        expected_by: None,
    }
}

fn fewer_than_planned(system: &str, dataset: &DatasetOutcome) -> Option<Missing> {
    let DatasetOutcome { done, planned, .. } = dataset;
    let what = || format!("{done} of the {planned} records that were found are here.");
    (done < planned).then(|| of_dataset(system, &dataset.dataset, what(), ""))
}

/// What is missing of one dataset.
fn of_dataset(system: &str, dataset: &str, what: String, reason: &str) -> Missing {
    Missing {
        system: system.to_owned(),
        dataset: Some(dataset.to_owned()),
        what,
        reason: reason.to_owned(),
        expected_by: None,
    }
}

/// What an outcome says of what is not there.
fn missing(outcome: &SystemOutcome) -> Option<Missing> {
    let status = Status::of_number(outcome.status).unwrap_or(Status::Failed);
    let what = match status {
        Status::Done | Status::NotFound => return None,
        Status::Partial => "A part of its data could not be collected.".to_owned(),
        Status::Pending => "It is still preparing the data.".to_owned(),
        Status::Kept => kept(outcome.ground()).to_owned(),
        Status::Elsewhere if outcome.who.is_empty() => "Somebody else has to give this data.".to_owned(),
        Status::Elsewhere => format!("This data has to be given by {}.", outcome.who),
        Status::Refused => "It does not give this data.".to_owned(),
        Status::Failed => "Its data could not be collected.".to_owned(),
    };
    let pending = outcome.pending.as_ref().and_then(|pending| pending.expected_by.as_ref());
    Some(Missing {
        system: outcome.system.clone(),
        dataset: None,
        what,
        reason: outcome.reason.clone(),
        expected_by: pending.and_then(from_timestamp),
    })
}

const fn kept(ground: Ground) -> &'static str {
    match ground {
        Ground::Policy => "The policy of the controller keeps this data from being given.",
        Ground::Shared => "This data is about other people too, and is not given.",
        Ground::LegalHold => "A legal hold keeps this data from being given.",
        Ground::Immutable => "The system has no way to give this data.",
        Ground::Audit => "This data is kept for audit, and is not given.",
        Ground::NoRule | Ground::Unspecified => "This data is not given.",
    }
}

/// The time in a UUID of version 7: its first 48 bits, in milliseconds since 1970.
fn made_at(uuid: u128) -> Option<Timestamp> {
    let is_version_7 = (uuid >> 76) & 0xf == 7;
    let millis = i64::try_from(uuid >> 80).ok().filter(|_| is_version_7)?;
    Timestamp::from_millisecond(millis).ok()
}

#[cfg(test)]
mod tests;
