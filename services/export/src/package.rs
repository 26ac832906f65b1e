//! What a package is: sealed objects under `packages/<tenant>/<request>/`, made from what was collected.
//!
//! | object | what it is |
//! |---|---|
//! | `<system>/<dataset>.json` | the records: a JSON array, one record on each line, as the connector gave them |
//! | `index.html` | every record on a page that a person can read |
//! | `manifest.json` | every file with its origin, counts and SHA-256; what holds nothing; what is missing, and why |
//!
//! The manifest is written last: without it there is no package. All but the seals is a function of what
//! was collected and asked, so a package that is made again is the same.

pub(crate) mod build;
pub(crate) mod contents;
pub(crate) mod manifest;
mod page;
mod value;
mod words;

#[cfg(test)]
mod tests;

/// The page's path.
const PAGE: &str = "index.html";
/// The manifest's path.
pub(crate) const MANIFEST: &str = "manifest.json";
