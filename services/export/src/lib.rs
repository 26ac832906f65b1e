//! Collects the records of an access or export and makes the package.
