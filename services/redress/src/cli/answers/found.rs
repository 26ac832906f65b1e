//! What discovery found.

use serde::Deserialize;
use serde_json::Value;

/// What discovery found.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Inventory {
    /// Where it looked, and where not.
    pub systems: Vec<SystemInventory>,
    /// What may be the subject's.
    pub candidates: Vec<Candidate>,
    /// How often it went round.
    pub rounds: u32,
}

/// One system.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SystemInventory {
    /// Its name.
    pub system: String,
    /// Whether it was asked.
    pub asked: bool,
    /// Why not, or what is missing.
    pub reason: Option<String>,
    /// What came of it.
    pub status: Option<String>,
    /// Rows by dataset.
    pub findings: Vec<Finding>,
    /// Values that identify nobody.
    pub notes: Vec<IdentityNote>,
    /// Queries that were run.
    pub queries: u32,
}

/// A value that stands where identifiers do, and identifies nobody.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct IdentityNote {
    /// Where.
    pub dataset: String,
    /// In which field.
    pub field: String,
    /// placeholder, shared, mask.
    pub reason: Option<String>,
    /// Rows of the dataset that hold it.
    pub rows: u64,
}

/// Rows of one dataset, and how they were reached.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Finding {
    /// Which dataset.
    pub dataset: String,
    /// How many.
    pub count: u64,
    /// By which identifier or reference.
    pub by: String,
}

/// Rows or an identifier that may be the subject's.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Candidate {
    /// By which it is decided on.
    pub id: String,
    /// row, identifier.
    pub what: String,
    /// Where they are.
    pub system: String,
    /// In which dataset.
    pub dataset: String,
    /// By which identifier.
    pub by: String,
    /// How many.
    pub count: u64,
    /// What one needs to see to decide.
    pub preview: Option<Value>,
}
