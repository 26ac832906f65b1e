//! The manifest: what a package holds, where each part is from, and what is not there.

use jiff::Timestamp;
use redress_domain::{IdentifierKind, Kind, RequestId, TenantId};
use serde::{Deserialize, Serialize};

/// The layout of the manifest.
pub(crate) const FORMAT: u32 = 1;

/// `manifest.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Its layout: 1.
    pub format: u32,
    /// Whose request.
    pub tenant: TenantId,
    /// Which request.
    pub request: RequestId,
    /// What was asked.
    pub kind: Kind,
    /// When the request was recorded.
    pub recorded_at: Option<Timestamp>,
    /// When the package was asked for.
    pub made_at: Option<Timestamp>,
    /// Records in all.
    pub records: u64,
    /// Bytes of all files that are named here.
    pub bytes: u64,
    /// Every file but the manifest itself.
    pub files: Vec<PackagedFile>,
    /// What was searched and holds nothing.
    pub nothing_found: Vec<Nothing>,
    /// What is missing.
    pub missing: Vec<Missing>,
}

/// One file of a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackagedFile {
    /// Its path in the package, percent-encoded where a path has to be.
    pub path: String,
    /// Its media type.
    pub media_type: String,
    /// Where its records are from; none for the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Origin>,
    /// Its records.
    pub records: u64,
    /// Its bytes.
    pub bytes: u64,
    /// SHA-256 over them, in lowercase hex.
    pub sha256: String,
}

/// Where records are from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The system.
    pub system: String,
    /// Its dataset.
    pub dataset: String,
    /// By which kinds of identifier the person was looked for.
    pub identifiers: Vec<IdentifierKind>,
}

/// A place that was searched and holds nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nothing {
    /// The system.
    pub system: String,
    /// One dataset of it; none: all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dataset: Option<String>,
}

/// What should be there and is not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// The system.
    pub system: String,
    /// One dataset of it; none: all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dataset: Option<String>,
    /// What is missing: a sentence.
    pub what: String,
    /// Why, in the words of the system's connector; may be empty.
    pub reason: String,
    /// When it is expected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_by: Option<Timestamp>,
}
