//! Where personal data lies and what is done with it: datasets in the fideslang format, as a Fides user has
//! them, and policies over their data categories. Pure: files come in as text.
//!
//! What it promises: a key that is not known here is kept, since other tools read the same files; a known
//! key with a wrong value is an error that names file, path and reason, and every such error is told, not
//! only the first.

mod category;
mod map;
mod node;
mod placeholder;
mod policy;
mod read;
mod references;
pub mod sql;
mod system;

pub use category::Category;
pub use map::{Collection, DataMap, DatasetClass, Direction, Field, Identity, Reference};
pub use node::{Problem, Problems};
pub use placeholder::Placeholders;
pub use policy::{Match, Policy, Rule, Treatment};
pub use system::{System, Systems};
