//! Azurite: Azure Blob Storage as Microsoft emulates it.

use std::{net::SocketAddr, path::Path, process::Command};

use super::{
    emulator::{Bucket, Kind},
    folder::Folder,
};

pub(super) static KIND: Kind = Kind {
    name: "azurite",
    program: "npm/node_modules/azurite/dist/src/blob/main.js",
    command,
    bucket,
    make: |name| format!("/{ACCOUNT}/{name}{SIGNED}&restype=container"),
};

/// The file in which it keeps what it knows of objects.
pub(super) const CATALOG: &str = "__azurite_db_blob__.json";

/// The account that every Azurite has, and its key: both are public.
const ACCOUNT: &str = "devstoreaccount1";
const KEY: &str = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

/// What that key lets the harness's own requests do: everything with blobs, until the year 2100.
const SIGNED: &str = "?sv=2019-12-12&ss=b&srt=sco&sp=rwdlac&se=2100-01-01T00%3A00%3A00Z\
                      &sig=6Px4DBl9EbhM9UYKYthc2apX3i0oLhrUr2ObbvoSsGs%3D";

fn command(folder: &Folder, program: &Path, port: u16) -> Command {
    let mut node = folder.command("/usr/bin/node");
    node.arg(program).args(["--silent", "--disableTelemetry", "--location"]).arg(folder.path());
    node.args(["--blobHost", "127.0.0.1", "--blobPort", &port.to_string()]);
    node
}

fn bucket(address: SocketAddr, name: &str) -> Bucket {
    let endpoint = format!("http://{address}/{ACCOUNT}");
    let options = [
        ("account_name", ACCOUNT),
        ("account_key", KEY),
        ("azure_storage_endpoint", &endpoint),
        ("allow_http", "true"),
    ];
    Bucket {
        url: format!("az://{name}/vault"),
        options: options.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
        direct: (format!("{endpoint}/{name}/vault"), SIGNED),
        address,
        name: name.to_owned(),
        header: ("x-ms-blob-type", "BlockBlob"),
    }
}
