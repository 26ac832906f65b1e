//! Reading a package back: what the front doors give to its reader.

use redress_domain::TenantId;
use redress_vault::{Key, Objects, Place, Prefix, SealedReader, VaultError};

use crate::{Manifest, PackagedFile, package::MANIFEST};

/// A manifest is a line or two for each dataset.
const MANIFEST_BYTES_MAX: usize = 16 * 1024 * 1024;

/// The packages that were made. A package's id is its request's.
#[derive(Clone)]
pub struct Packages(Objects);

impl Packages {
    /// Those in this object store.
    pub fn new(objects: Objects) -> Self {
        Self(objects)
    }

    /// What a package says of itself.
    ///
    /// # Errors
    /// [`VaultError::Missing`] when there is no such package, or it is still being made.
    pub async fn manifest(
        &self,
        tenant: &TenantId,
        package: &str,
        key: &Key,
    ) -> Result<Manifest, VaultError> {
        let place = Place::package(tenant, package, MANIFEST)?;
        let json = self.0.reader(&place, key).await?.whole(MANIFEST_BYTES_MAX).await?;
        serde_json::from_slice(&json).map_err(|_| VaultError::Altered("its manifest cannot be read"))
    }

    /// The files of a package, the manifest itself left out.
    ///
    /// # Errors
    /// As [`manifest`](Self::manifest).
    pub async fn list(
        &self,
        tenant: &TenantId,
        package: &str,
        key: &Key,
    ) -> Result<Vec<PackagedFile>, VaultError> {
        Ok(self.manifest(tenant, package, key).await?.files)
    }

    /// Begins to read one file, by its path as the manifest has it, or the manifest itself.
    ///
    /// # Errors
    /// [`VaultError::Place`] when that is no path; [`VaultError::Missing`] when the manifest does not name
    /// it, or as [`manifest`](Self::manifest).
    pub async fn open(
        &self,
        tenant: &TenantId,
        package: &str,
        path: &str,
        key: &Key,
    ) -> Result<SealedReader, VaultError> {
        let prefix = Prefix::package(tenant, package)?;
        let place = Place::parse(&format!("{prefix}/{path}"))?;
        let named =
            path == MANIFEST || self.list(tenant, package, key).await?.iter().any(|file| file.path == path);
        if !named {
            return Err(VaultError::Missing(place.to_string()));
        }
        self.0.reader(&place, key).await
    }
}
