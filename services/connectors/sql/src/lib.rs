//! Speaks to SQL databases.
