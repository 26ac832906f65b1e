//! Without settings: one tenant, `main`, with its key, its policy and everything else in one folder.

use std::{
    fs::{self, OpenOptions},
    io::Write as _,
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
};

use anyhow::Context as _;
use redress_runtime::OsRandom;
use redress_vault::{Key, TenantKey};

use crate::{parts::make_folder, settings::Settings};

const KEY: &str = "main.key";
const POLICY: &str = "policy.toml";

/// Whether they were made in this folder before.
pub(super) fn is_there(data: &Path) -> bool {
    data.join(KEY).exists()
}

/// Settings of one tenant without a system yet. What they name is made where it is not there.
///
/// # Errors
/// When it cannot be made; what is wrong with it.
pub(super) fn read(data: &Path) -> anyhow::Result<Settings> {
    make_folder(data)?;
    write_key(&data.join(KEY))?;
    let policy = data.join(POLICY);
    if !policy.exists() {
        let text = "# What is done with which category of data: see the README.\npolicy.rule = []\n";
        fs::write(&policy, text).with_context(|| format!("{} cannot be written", policy.display()))?;
    }
    let text = format!(
        "[[tenant]]\nname = 'main'\nkey_file = '{KEY}'\npolicy = '{POLICY}'\ntime_zone = 'UTC'\n\
         verification_level = 'asserted'\n"
    );
    Settings::of_text(&text, data, data)
}

/// Makes a tenant's key, unless it is there: only its owner may read it.
///
/// # Errors
/// When it cannot be written.
pub fn write_key(file: &Path) -> anyhow::Result<()> {
    if file.exists() {
        return Ok(());
    }
    let cannot = || format!("{} cannot be written", file.display());
    let key = TenantKey::new(Key::generate(&OsRandom)).to_base64();
    let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file);
    let mut made = made.with_context(cannot)?;
    made.write_all(key.as_bytes()).and_then(|()| made.sync_all()).with_context(cannot)
}
