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
    /// A URL or an option from which no object store can be opened.
    #[error("the object store cannot be opened: {0}")]
    Unusable(String),
    /// What is no place of an object.
    #[error("this is not the place of an object: {0}")]
    Place(&'static str),
    /// There is no object at this place.
    #[error("there is no object at {0}")]
    Missing(String),
    /// More than may be held at once.
    #[error("{what} is longer than {bytes_max} bytes")]
    TooLong {
        /// What is.
        what: &'static str,
        /// As long as it may be.
        bytes_max: usize,
    },
    /// The object store is there, and has no such container or bucket: somebody has to make it.
    #[error("the container, or bucket, that `vault.url` names does not exist: make it")]
    NoContainer,
    /// The object store does not do what it is asked to; it may later.
    #[error("the object store: {0}")]
    Objects(Box<dyn std::error::Error + Send + Sync>),
    /// The keyring's store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl VaultError {
    /// Whether it may be over when the same is tried again.
    pub const fn may_pass(&self) -> bool {
        match self {
            Self::Objects(_) | Self::Folder(_) => true,
            Self::Store(error) => error.may_pass(),
            _ => false,
        }
    }
}
