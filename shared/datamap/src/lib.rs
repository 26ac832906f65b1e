//! Where personal data lies and what is done with it: datasets in the fideslang format, as a Fides user has
//! them, and policies over their data categories. Pure: files come in as text.
//!
//! What it promises: every key of fideslang is obeyed, or refused by name (`keys.rs`); any other is kept, since other
//! tools read the same files, and warned of where it looks misspelt; a known key with a wrong value is an error that names file, path and reason, and every such error is told, not
//! only the first.

mod category;
mod keys;
mod map;
mod node;
mod phone_region;
mod placeholder;
mod policy;
mod read;
mod references;
pub mod sql;
mod system;

pub use category::{Category, KNOWN as KNOWN_CATEGORIES};
pub use keys::{KEYS, KeyPlace, KeyUse};
pub use map::{
    Collection, Condition, DataMap, DatasetClass, Direction, Field, Identity, Namespace, Reference, Role,
    field_key,
};
pub use node::{Problem, Problems};
pub use phone_region::PhoneRegion;
pub use placeholder::Placeholders;
pub use policy::{Match, Policy, Rule, Treatment};
pub use system::{System, Systems};
