//! From a URL and options to an object store.

use std::{fs::DirBuilder, os::unix::fs::DirBuilderExt as _, path::Path, str::FromStr, sync::Arc};

use object_store::{
    ObjectStore, aws::AmazonS3Builder, azure::MicrosoftAzureBuilder, local::LocalFileSystem,
    memory::InMemory, prefix::PrefixStore,
};
use reqwest::Url;

use crate::VaultError;

/// What is spoken of; an option's value never is, it may be a secret.
const SCHEMES: &str =
    "the URL must be file:///folder, az://container/folder, s3://bucket/folder or memory:///";

type Options = Vec<(String, String)>;

/// A folder of this machine, made when it is missing, which nobody else can enter.
pub(super) fn local(folder: &Path) -> Result<Arc<dyn ObjectStore>, VaultError> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(unusable)?;
    let store = LocalFileSystem::new_with_prefix(folder).map_err(unusable)?;
    // What is written down elsewhere as made must still be there after the power failed.
    Ok(Arc::new(store.with_fsync(true)))
}

/// Of the clouds: everything lies under the URL's path.
pub(super) fn remote(url: &Url, options: Options) -> Result<Arc<dyn ObjectStore>, VaultError> {
    use_ring();
    match url.scheme() {
        "az" => azure(url, options),
        "s3" => s3(url, options),
        _ => Err(VaultError::Unusable(SCHEMES.to_owned())),
    }
}

pub(super) fn memory(options: &Options) -> Result<Arc<dyn ObjectStore>, VaultError> {
    none_of(options)?;
    Ok(Arc::new(InMemory::new()))
}

pub(super) fn parse(url: &str) -> Result<Url, VaultError> {
    let url = Url::parse(url).map_err(|_| VaultError::Unusable(SCHEMES.to_owned()))?;
    if url.query().is_some() || url.fragment().is_some() || url.password().is_some() {
        let why = "the URL may have no password, query or fragment: give credentials as options";
        return Err(VaultError::Unusable(why.to_owned()));
    }
    Ok(url)
}

/// The folder of a `file:` URL.
pub(super) fn folder(url: &Url, options: &Options) -> Result<std::path::PathBuf, VaultError> {
    none_of(options)?;
    let bad = |()| VaultError::Unusable("a file URL is file:/// and an absolute path".to_owned());
    url.to_file_path().map_err(bad)
}

fn none_of(options: &Options) -> Result<(), VaultError> {
    match options.first() {
        Some((name, _)) => Err(unknown(name)),
        None => Ok(()),
    }
}

fn azure(url: &Url, options: Options) -> Result<Arc<dyn ObjectStore>, VaultError> {
    let mut builder = MicrosoftAzureBuilder::new().with_url(url.as_str());
    for (name, value) in options {
        builder = builder.with_config(key(&name)?, value);
    }
    Ok(Arc::new(PrefixStore::new(builder.build().map_err(unusable)?, prefix(url)?)))
}

fn s3(url: &Url, options: Options) -> Result<Arc<dyn ObjectStore>, VaultError> {
    let mut builder = AmazonS3Builder::new().with_url(url.as_str());
    for (name, value) in options {
        builder = builder.with_config(key(&name)?, value);
    }
    Ok(Arc::new(PrefixStore::new(builder.build().map_err(unusable)?, prefix(url)?)))
}

fn key<T: FromStr>(name: &str) -> Result<T, VaultError> {
    name.to_ascii_lowercase().parse().map_err(|_| unknown(name))
}

fn prefix(url: &Url) -> Result<object_store::path::Path, VaultError> {
    object_store::path::Path::from_url_path(url.path()).map_err(unusable)
}

fn unknown(name: &str) -> VaultError {
    VaultError::Unusable(format!("it has no option {name}"))
}

fn unusable(error: impl std::error::Error) -> VaultError {
    VaultError::Unusable(error.to_string())
}

/// The client speaks TLS by the process's provider, and cannot be built without one.
fn use_ring() {
    // Refused when there is one already: then that one is used.
    rustls::crypto::ring::default_provider().install_default().unwrap_or_default();
}

#[cfg(test)]
mod tests {
    use crate::{Objects, VaultError};

    fn options(given: &[(&str, &str)]) -> Vec<(String, String)> {
        given.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn why(url: &str, given: &[(&str, &str)]) -> String {
        match Objects::open(url, options(given)) {
            Err(VaultError::Unusable(why)) => why,
            Err(other) => panic!("{url}: {other}"),
            Ok(_) => panic!("{url} opens"),
        }
    }

    #[test]
    fn what_is_no_object_store_is_refused_in_words() {
        for url in ["", "vault", "/tmp/vault", "http://example.com/x", "gs://bucket/x", "c:\\vault"] {
            assert!(why(url, &[]).contains("file:///folder, az://"), "{url}");
        }
        for url in ["az://container/x?sig=s3cr3t", "s3://key:s3cr3t@bucket/x", "file:///x#y"] {
            let why = why(url, &[]);
            assert!(why.contains("no password") && !why.contains("s3cr3t"), "{why}");
        }
        assert!(why("file://host/x", &[]).contains("absolute path"));
    }

    #[test]
    fn an_option_that_nobody_knows_is_named_without_its_value() {
        for url in ["file:///x", "memory:///", "az://container/x", "s3://bucket/x"] {
            let why = why(url, &[("acount", "s3cr3t")]);
            assert!(why.contains("acount") && !why.contains("s3cr3t"), "{why}");
        }
    }

    #[test]
    fn the_clouds_stores_open_before_anything_is_asked_of_them() {
        let azure = [("account_name", "redress"), ("account_key", "c2VjcmV0")];
        Objects::open("az://container/vault", options(&azure)).unwrap();
        let s3 = [("access_key_id", "redress"), ("secret_access_key", "secret"), ("region", "eu-west-1")];
        Objects::open("s3://bucket/vault", options(&s3)).unwrap();
    }
}
