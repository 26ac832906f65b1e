//! Where messages stay in one process, no other may work on the same data: it would wait for answers that are given
//! elsewhere.

use std::{
    fs::{File, TryLockError},
    path::{Path, PathBuf},
};

use anyhow::Context as _;

use crate::{cli::Failure, parts::make_folder, settings::Settings};

/// The files that say so: locked as long as this lives, and by no process that has ended.
#[derive(Debug)]
pub struct Lock {
    _files: Vec<File>,
}

impl Lock {
    /// Takes the data folder, and the SQLite file where one is the store; nothing where a broker carries messages.
    ///
    /// # Errors
    /// [`Failure::Refused`] when another process is at work there; when the folder cannot be written.
    pub fn take(settings: &Settings) -> anyhow::Result<Self> {
        if !settings.is_local() {
            return Ok(Self { _files: Vec::new() });
        }
        let folder = &settings.data;
        make_folder(folder)?;
        let places = [Some(folder.join("redress.lock")), beside_the_store(&settings.store.url)];
        let files = places.iter().flatten().map(|place| lock(place, folder)).collect::<Result<_, _>>()?;
        Ok(Self { _files: files })
    }
}

/// Two folders may share one database.
fn beside_the_store(url: &str) -> Option<PathBuf> {
    let file = url.strip_prefix("sqlite:")?.split('?').next()?;
    Some(PathBuf::from(format!("{file}.lock")))
}

fn lock(place: &Path, folder: &Path) -> anyhow::Result<File> {
    let cannot = || format!("{} cannot be locked", place.display());
    let file = File::options().create(true).truncate(false).write(true).open(place).with_context(cannot)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::Error(error)) => Err(error).with_context(cannot),
        Err(TryLockError::WouldBlock) => Err(Failure::Refused(format!(
            "another process is at work on this data ({} is locked; --data is {}): end it, give --data and \
             `store.url` of its own to this one, or name a broker as `bus.url`",
            place.display(),
            folder.display()
        ))
        .into()),
    }
}
