//! moto: S3 as its Python users test against it.

use std::{net::SocketAddr, path::Path, process::Command};

use super::{
    emulator::{Bucket, Kind},
    folder::Folder,
};

pub(super) static KIND: Kind =
    Kind { name: "moto", program: "pip/moto/server.py", command, bucket, make: |name| format!("/{name}") };

/// It takes any request for signed that says so.
const SIGNED: (&str, &str) =
    ("authorization", "AWS4-HMAC-SHA256 Credential=redress/20260101/us-east-1/s3/aws4_request");

fn command(folder: &Folder, program: &Path, port: u16) -> Command {
    let mut python = folder.command("/usr/bin/python3");
    let packages = program.ancestors().nth(2).unwrap_or(program);
    python.env("PYTHONPATH", packages).args(["-s", "-P", "-m", "moto.server"]);
    python.args(["-H", "127.0.0.1", "-p", &port.to_string()]);
    python
}

fn bucket(address: SocketAddr, name: &str) -> Bucket {
    let endpoint = format!("http://{address}");
    let options = [
        ("access_key_id", "redress"),
        ("secret_access_key", "redress"),
        ("region", "us-east-1"),
        ("endpoint", &endpoint),
        ("allow_http", "true"),
    ];
    Bucket {
        url: format!("s3://{name}/vault"),
        options: options.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
        direct: (format!("{endpoint}/{name}/vault"), ""),
        address,
        name: name.to_owned(),
        header: SIGNED,
    }
}
