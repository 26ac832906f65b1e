//! What the settings say of a SQL system.

use serde::Deserialize;

/// A SQL system's own part of the settings.
#[derive(Clone, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct SqlSettings {
    /// Where it is: `postgres://user:password@host:port/name` or `sqlite:/path/to/file.db`. A secret.
    pub url: String,
}

impl std::fmt::Debug for SqlSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SqlSettings(..)")
    }
}
