//! Packages, the ledger, parked messages, how the machine is.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Deserialize;

/// A package in a list, and as a request names it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Package {
    /// By which it is fetched.
    pub package: String,
    /// What was asked for.
    pub kind: Option<String>,
    /// Its records.
    pub records: u64,
    /// Its bytes.
    pub bytes: u64,
    /// SHA-256 over its manifest, in hex.
    pub manifest: Option<String>,
    /// Since when it is there.
    #[serde(alias = "delivered_at")]
    pub released_at: Option<Timestamp>,
    /// Until when it is kept.
    pub expires_at: Option<Timestamp>,
}

/// A link to a package. Who has it reads the package.
#[derive(Deserialize)]
pub struct Link {
    /// Below the server's address.
    pub url: String,
    /// Until when it leads there.
    pub expires_at: Timestamp,
}

/// A package's `manifest.json`.
#[derive(Debug, Deserialize)]
pub struct Manifest {
    /// Its records.
    pub records: u64,
    /// Bytes of all files that are named here.
    pub bytes: u64,
    /// Every file but the manifest itself.
    pub files: Vec<Packaged>,
    /// What is not in it.
    #[serde(default)]
    pub missing: Vec<Missing>,
}

/// One file of a package.
#[derive(Debug, Clone, Deserialize)]
pub struct Packaged {
    /// Its path, percent-encoded where a URL has to be.
    pub path: String,
    /// Its bytes.
    pub bytes: u64,
    /// SHA-256 over them, in hex.
    pub sha256: String,
}

/// What should be in a package and is not.
#[derive(Debug, Deserialize)]
pub struct Missing {
    /// The system.
    pub system: String,
    /// One dataset of it; none: all of it.
    pub dataset: Option<String>,
    /// A sentence.
    pub what: String,
}

/// A page of the ledger.
#[derive(Debug, Deserialize)]
pub struct Entries {
    /// In their order.
    pub items: Vec<Entry>,
    /// Where the next page begins.
    pub next: Option<u64>,
}

/// An entry of the ledger.
#[derive(Debug, Deserialize)]
pub struct Entry {
    /// Its place, from 0.
    pub index: u64,
    /// Whose.
    pub tenant: String,
    /// Of which request.
    pub request: String,
    /// Who says it.
    pub sender: String,
    /// Its number among those of sender and request.
    pub sequence: u64,
    /// What happened.
    pub event: String,
    /// When, in microseconds.
    pub at_us: i64,
    /// The event's bytes, in base64.
    pub body: String,
    /// RFC 6962's leaf hash, in hex.
    pub leaf: String,
}

/// A parked message.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Parked {
    /// Its id.
    pub id: String,
    /// In whose queue it was.
    pub service: String,
    /// A stable code.
    pub reason: String,
    /// A sentence.
    pub detail: String,
    /// How often it was tried.
    pub attempts: u32,
    /// Since when.
    pub parked_at: Option<Timestamp>,
    /// None: nobody could read what it says of itself.
    pub envelope: Option<Envelope>,
}

/// What a parked message says of itself.
#[derive(Debug, Deserialize)]
pub struct Envelope {
    /// The full name of its kind.
    pub kind: String,
    /// Which request it is about.
    pub request: String,
    /// Who sent it.
    pub source: String,
}

/// How the machine is, as far as it is the tenant's.
#[derive(Debug, Deserialize)]
pub struct Status {
    /// The server's version.
    pub version: String,
    /// The database's schema.
    pub schema: i64,
    /// Open requests by state.
    pub open: BTreeMap<String, u64>,
    /// How many of them are past their due date.
    pub overdue: u64,
    /// Pieces of work that wait for a system, by its name.
    #[serde(default)]
    pub waiting: BTreeMap<String, u64>,
    /// Messages that wait for a person.
    pub parked: u64,
    /// Queues that no process works.
    #[serde(default)]
    pub unworked: Vec<String>,
    /// How long the ledger is.
    pub ledger_entries: u64,
    /// Not all were counted.
    #[serde(default)]
    pub at_least: bool,
}
