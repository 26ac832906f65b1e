//! Why something cannot be sealed or opened. Never says what was inside.

use redress_store::StoreError;

/// A failure of the vault.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The request's key, or its period's, was destroyed: what was sealed with it is gone for good.
    #[error("the key was destroyed: what it sealed is forgotten")]
    Forgotten,
    /// The bytes are not what was sealed under this key for this purpose: altered, truncated, or somebody
    /// else's.
    #[error("sealed bytes do not open: {0}")]
    Altered(&'static str),
    /// A key as it was given cannot be used.
    #[error("the key of {whose} cannot be used: {why}")]
    Key {
        /// A tenant, or a key's file.
        whose: String,
        /// What is wrong, and how it should be.
        why: String,
    },
    /// The folder of the period keys.
    #[error("the folder of period keys: {0}")]
    Folder(#[from] std::io::Error),
    /// The keyring's store.
    #[error(transparent)]
    Store(#[from] StoreError),
}
