//! From a URL and options to an object store.

use std::{
    fs::DirBuilder, os::unix::fs::DirBuilderExt as _, path::Path, str::FromStr, sync::Arc, time::Duration,
};

use object_store::{
    ClientOptions, ObjectStore, aws::AmazonS3Builder, azure::MicrosoftAzureBuilder, local::LocalFileSystem,
    memory::InMemory, prefix::PrefixStore,
};
use reqwest::Url;

use crate::VaultError;

/// What is spoken of; an option's value never is, it may be a secret.
const SCHEMES: &str =
    "the URL must be file:///folder, az://container/folder, s3://bucket/folder or memory:///";

/// How long a store may be silent. A part of an upload must be sent within it, too.
const SILENCE_MAX: Duration = Duration::from_secs(60);

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
        "az" => under(azure(url, options)?.build().map_err(unusable)?, url),
        "s3" => under(s3(url, options)?.build().map_err(unusable)?, url),
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

fn azure(url: &Url, options: Options) -> Result<MicrosoftAzureBuilder, VaultError> {
    let mut builder = MicrosoftAzureBuilder::new().with_client_options(client()).with_url(url.as_str());
    for (name, value) in options {
        builder = builder.with_config(key(&name)?, value);
    }
    Ok(builder)
}

fn s3(url: &Url, options: Options) -> Result<AmazonS3Builder, VaultError> {
    let mut builder = AmazonS3Builder::new().with_client_options(client()).with_url(url.as_str());
    for (name, value) in options {
        builder = builder.with_config(key(&name)?, value);
    }
    Ok(builder)
}

/// No limit on a whole request, as the library has it: whoever reads a large object slowly would be cut off.
fn client() -> ClientOptions {
    ClientOptions::new().with_timeout_disabled().with_read_timeout(SILENCE_MAX)
}

fn under<T: ObjectStore>(store: T, url: &Url) -> Result<Arc<dyn ObjectStore>, VaultError> {
    let prefix = object_store::path::Path::from_url_path(url.path()).map_err(unusable)?;
    Ok(Arc::new(PrefixStore::new(store, prefix)))
}

fn key<T: FromStr>(name: &str) -> Result<T, VaultError> {
    name.to_ascii_lowercase().parse().map_err(|_| unknown(name))
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
    use object_store::{ClientConfigKey, aws::AmazonS3ConfigKey, azure::AzureConfigKey};

    use super::*;
    use crate::Objects;

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

    #[test]
    fn a_slow_reader_is_not_cut_off_unless_the_user_wants_it() {
        let limits = |given: &[(&str, &str)]| {
            let (az, bucket) = (parse("az://c/x").unwrap(), parse("s3://b/x").unwrap());
            let (az, s3) = (azure(&az, options(given)).unwrap(), s3(&bucket, options(given)).unwrap());
            [ClientConfigKey::Timeout, ClientConfigKey::ReadTimeout].map(|key| {
                let in_azure = az.get_config_value(&AzureConfigKey::Client(key));
                assert_eq!(in_azure, s3.get_config_value(&AmazonS3ConfigKey::Client(key)));
                in_azure
            })
        };
        assert_eq!(limits(&[]), [None, Some("1m".to_owned())]);
        let given = [("timeout", "5 minutes"), ("read_timeout", "1 minute")];
        assert_eq!(limits(&given), given.map(|(_, value)| Some(value.to_owned())));
    }
}
