//! A package, as it is shown.

use jiff::Timestamp;
use redress_contracts::{Contract as _, from_timestamp};
use redress_domain::{IdentifierKind, Kind, RequestId, TenantId};
use serde::{Deserialize, Serialize};
use utoipa::{
    ToSchema,
    openapi::{
        Object, ObjectBuilder,
        schema::{Schema, Type},
    },
};

use crate::{Manifest, Missing, Nothing, Origin, PackagedFile, State};

/// What a path says besides its tenant, which the guard reads.
#[derive(Deserialize)]
pub(super) struct OfPackage {
    pub(super) package: RequestId,
}

/// A package in a list.
#[derive(Serialize, ToSchema)]
#[schema(as = PackageItem)]
pub(super) struct Item {
    /// By which it is shown and fetched.
    package: String,
    #[schema(value_type = String, format = "uuid")]
    request: RequestId,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(schema_with = kind)]
    kind: Option<Kind>,
    records: u64,
    /// Of all its files.
    bytes: u64,
    #[schema(value_type = Option<String>, format = DateTime)]
    released_at: Option<Timestamp>,
    /// Until when it is kept.
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<Timestamp>,
}

/// What a package says of itself: its `manifest.json`.
#[derive(Serialize, ToSchema)]
#[schema(as = PackageManifest)]
pub(super) struct Shown {
    /// The layout of the manifest.
    format: u32,
    #[schema(value_type = String)]
    tenant: TenantId,
    #[schema(value_type = String, format = "uuid")]
    request: RequestId,
    #[schema(schema_with = kind)]
    kind: Kind,
    /// When the request was recorded.
    #[schema(value_type = Option<String>, format = DateTime)]
    recorded_at: Option<Timestamp>,
    /// When the package was asked for.
    #[schema(value_type = Option<String>, format = DateTime)]
    made_at: Option<Timestamp>,
    /// In all its files.
    records: u64,
    /// Of all its files, the manifest left out.
    bytes: u64,
    files: Vec<File>,
    nothing_found: Vec<Place>,
    missing: Vec<Absent>,
}

/// A file of a package.
#[derive(Serialize, ToSchema)]
#[schema(as = PackageFile)]
struct File {
    /// Where it is fetched.
    path: String,
    media_type: String,
    from: Option<Source>,
    records: u64,
    bytes: u64,
    /// Over its bytes, in hex.
    sha256: String,
}

/// Where a file's records are from; none for the page, which has them all.
#[derive(Serialize, ToSchema)]
#[schema(as = PackageOrigin)]
struct Source {
    system: String,
    dataset: String,
    /// By which kinds of identifier the person was looked for.
    #[schema(value_type = Vec<String>)]
    identifiers: Vec<IdentifierKind>,
}

/// A place that was searched and holds nothing.
#[derive(Serialize, ToSchema)]
#[schema(as = PackageNothing)]
struct Place {
    system: String,
    /// None: nothing in all of the system.
    dataset: Option<String>,
}

/// What should be there and is not.
#[derive(Serialize, ToSchema)]
#[schema(as = PackageMissing)]
struct Absent {
    system: String,
    /// None: all of the system.
    dataset: Option<String>,
    what: String,
    reason: String,
    #[schema(value_type = Option<String>, format = DateTime)]
    expected_by: Option<Timestamp>,
}

fn kind() -> Schema {
    let words = Kind::ALL.iter().map(|kind| kind.as_str());
    let object: Object = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words)).build();
    object.into()
}

impl Item {
    /// None: there is no package.
    pub(super) fn new(request: RequestId, state: &State) -> Option<Self> {
        let package = state.kept.package.as_ref()?;
        let command = state.kept.command.as_ref()?;
        Some(Self {
            package: package.package.clone(),
            request,
            kind: Kind::of_number(command.kind).ok(),
            records: package.records,
            bytes: package.bytes,
            released_at: package.delivered_at.as_ref().and_then(from_timestamp),
            expires_at: package.expires_at.as_ref().and_then(from_timestamp),
        })
    }
}

impl From<Manifest> for Shown {
    fn from(manifest: Manifest) -> Self {
        let Manifest { format, tenant, request, kind, recorded_at, made_at, records, bytes, .. } = manifest;
        let files = manifest.files.into_iter().map(File::new).collect();
        let nothing_found = manifest.nothing_found.into_iter();
        let nothing_found =
            nothing_found.map(|Nothing { system, dataset }| Place { system, dataset }).collect();
        let missing = manifest.missing.into_iter().map(Absent::new).collect();
        Self {
            format,
            tenant,
            request,
            kind,
            recorded_at,
            made_at,
            records,
            bytes,
            files,
            nothing_found,
            missing,
        }
    }
}

impl File {
    fn new(file: PackagedFile) -> Self {
        let PackagedFile { path, media_type, from, records, bytes, sha256 } = file;
        let from =
            from.map(|Origin { system, dataset, identifiers }| Source { system, dataset, identifiers });
        Self { path, media_type, from, records, bytes, sha256 }
    }
}

impl Absent {
    fn new(missing: Missing) -> Self {
        let Missing { system, dataset, what, reason, expected_by } = missing;
        Self { system, dataset, what, reason, expected_by }
    }
}
