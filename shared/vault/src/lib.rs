//! What lies at rest: keys, sealing, blind indexes. Nothing personal is stored or sent but through here.
//!
//! Keys stand in three tiers. A *tenant key* comes from the tenant's settings and is never stored by us. A
//! *period key* (one for each tenant and month) lies in a folder outside the database and its backups,
//! wrapped under the tenant key. A *request key* lies in the store's keyring, wrapped under its period's.
//! Deleting a request key's row forgets the request here; destroying the period's file is what reaches the
//! write-ahead log, the backups and the broker's files as well.
//!
//! Records lie in an object store, each object a sealed stream: see [`Objects`].

mod blind;
mod error;
mod intake;
mod key;
mod keyring;
mod objects;
mod periods;
mod seal;
mod stream;

pub use blind::{Opening, blind_index};
pub use error::VaultError;
pub use intake::IntakeKey;
pub use key::{Key, ROW_SECRET, TenantKey};
pub use keyring::{Keyring, TenantKeys};
pub use objects::{
    Finishing, LINE_BYTES_MAX, Objects, Place, Prefix, SealedLines, SealedReader, SealedWriter, Written,
};
pub use periods::{Period, Periods};
pub use seal::{Purpose, open, seal};
pub use stream::{CHUNK_BYTES, StreamOpener, StreamSealer};
