//! The roles that a process can have: one alphabetical list. A laptop runs all of them in one process, a
//! cluster each in its own.

use std::{fmt, str::FromStr};

use redress_contracts::topology::Topology;

/// A role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The ledger of every event.
    Audit,
    /// SQL systems.
    ConnectorSql,
    /// Carries out a plan of deletion.
    Deletion,
    /// Finds the subject, proposes a plan.
    Discovery,
    /// Collects, makes packages.
    Export,
    /// The front doors and the request's life.
    Intake,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Audit, Self::ConnectorSql, Self::Deletion, Self::Discovery, Self::Export, Self::Intake];

    /// Its name on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Audit => "audit",
            Self::ConnectorSql => "connector-sql",
            Self::Deletion => "deletion",
            Self::Discovery => "discovery",
            Self::Export => "export",
            Self::Intake => "intake",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Role {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = Self::ALL.map(Self::as_str).join(", ");
        Self::ALL
            .into_iter()
            .find(|role| role.as_str() == text)
            .ok_or_else(|| format!("`{text}` is none of: {known}"))
    }
}

/// Every queue of every role: each process declares all of it.
///
/// # Panics
/// Never: these are names.
pub fn topology() -> Topology {
    let service = |name: &str| name.parse().expect("a name");
    let services = ["audit", "deletion", "discovery", "export", "intake"].map(service);
    Topology::new(&services, &[service("audit")], &[redress_connector_sql::name()])
}
