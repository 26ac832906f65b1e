//! What became of it.

use jiff::Timestamp;
use redress_contracts::v1;
use serde::Serialize;
use utoipa::ToSchema;

use super::{digest, findings::RelatedObject, some, time, word};

/// What became of a step in one system.
#[derive(Serialize, ToSchema)]
#[schema(as = OutcomeShown)]
pub(in crate::http) struct Outcome {
    system: String,
    status: Option<String>,
    reason: Option<String>,
    ground: Option<String>,
    /// Who else must act.
    who: Option<String>,
    /// By when a provider expects to be done.
    #[schema(value_type = Option<String>, format = DateTime)]
    expected_by: Option<Timestamp>,
    datasets: Vec<DatasetOutcome>,
    /// What lies beside the rows.
    related: Vec<RelatedObject>,
}

/// What became of one dataset.
#[derive(Serialize, ToSchema)]
#[schema(as = DatasetOutcomeShown)]
struct DatasetOutcome {
    dataset: String,
    planned: u64,
    done: u64,
    kept: u64,
    /// Neither planned nor still being deleted.
    remains: u64,
    /// How its end is known.
    evidence: Option<String>,
    #[schema(value_type = Option<String>, format = DateTime)]
    expected_by: Option<Timestamp>,
    ground: Option<String>,
    /// Personal data that stays in these rows.
    retained: Vec<RetainedField>,
}

/// A field of personal data that stays.
#[derive(Serialize, ToSchema)]
#[schema(as = RetainedFieldShown)]
struct RetainedField {
    field: String,
    reason: String,
}

/// What was collected.
#[derive(Serialize, ToSchema)]
#[schema(as = DraftShown)]
pub(in crate::http) struct Draft {
    records: u64,
    bytes: u64,
}

/// What was delivered.
#[derive(Serialize, ToSchema)]
#[schema(as = PackageOfRequest)]
pub(in crate::http) struct Package {
    /// By which it is fetched.
    package: String,
    records: u64,
    bytes: u64,
    /// SHA-256 over the manifest, in hex.
    manifest: Option<String>,
    #[schema(value_type = Option<String>, format = DateTime)]
    delivered_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<Timestamp>,
}

impl Outcome {
    pub(in crate::http) fn new(it: &v1::SystemOutcome) -> Self {
        Self {
            system: it.system.clone(),
            status: word(it.status().as_str_name(), "STATUS_"),
            reason: some(&it.reason),
            ground: word(it.ground().as_str_name(), "GROUND_"),
            who: some(&it.who),
            expected_by: it.pending.as_ref().and_then(|pending| time(pending.expected_by.as_ref())),
            datasets: it.datasets.iter().map(DatasetOutcome::new).collect(),
            related: it.related.iter().map(RelatedObject::new).collect(),
        }
    }
}

impl DatasetOutcome {
    fn new(it: &v1::DatasetOutcome) -> Self {
        Self {
            dataset: it.dataset.clone(),
            planned: it.planned,
            done: it.done,
            kept: it.kept,
            remains: it.remains,
            evidence: word(it.evidence().as_str_name(), "EVIDENCE_"),
            expected_by: time(it.expected_by.as_ref()),
            ground: word(it.ground().as_str_name(), "GROUND_"),
            retained: it.retained.iter().map(RetainedField::new).collect(),
        }
    }
}

impl RetainedField {
    fn new(it: &v1::RetainedField) -> Self {
        Self { field: it.field.clone(), reason: it.reason.clone() }
    }
}

impl Draft {
    pub(in crate::http) fn new(it: &v1::DraftSummary) -> Self {
        Self { records: it.records, bytes: it.bytes }
    }
}

impl Package {
    pub(in crate::http) fn new(it: &v1::PackageSummary) -> Self {
        Self {
            package: it.package.clone(),
            records: it.records,
            bytes: it.bytes,
            manifest: digest(it.manifest.as_ref()),
            delivered_at: time(it.delivered_at.as_ref()),
            expires_at: time(it.expires_at.as_ref()),
        }
    }
}
