//! A server's own folder under the temporary one, and the account that owns it and runs the server.

use std::{
    fs,
    os::unix::{
        fs::{MetadataExt, PermissionsExt, chown, symlink},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, ensure};
use tempfile::TempDir;

/// A fresh folder that goes with this value.
pub(super) struct Folder {
    dir: TempDir,
    account: Option<Account>,
}

/// Who runs the servers when root runs the tests: PostgreSQL refuses root.
#[derive(Clone, Copy)]
struct Account {
    uid: u32,
    gid: u32,
}

impl Folder {
    /// Makes one whose name starts with `prefix`.
    pub(super) fn new(prefix: &str) -> anyhow::Result<Self> {
        let dir = tempfile::Builder::new().prefix(prefix).tempdir().context("no temporary folder")?;
        let folder = Self { dir, account: Account::unprivileged()? };
        folder.own(folder.path())?;
        Ok(folder)
    }

    /// Makes one for a server that runs from `program`, which may lie where only we can read it: then the server
    /// runs as we do.
    pub(super) fn for_program(prefix: &str, program: &Path) -> anyhow::Result<Self> {
        let mut folder = Self::new(prefix)?;
        let readable = folder.command("/usr/bin/test").arg("-r").arg(program).status();
        if !readable.context("cannot run test")?.success() {
            folder.account = None;
        }
        Ok(folder)
    }

    /// Gives where it is.
    pub(super) fn path(&self) -> &Path {
        self.dir.path()
    }

    /// Writes a file that only the server's account can read; gives its path.
    pub(super) fn write(&self, name: &str, text: &str) -> anyhow::Result<PathBuf> {
        let path = self.path().join(name);
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o400))?;
        self.own(&path)?;
        Ok(path)
    }

    /// Makes a folder in it that holds nothing but a link to `target`; gives its path.
    pub(super) fn folder_with_link(&self, name: &str, target: &Path) -> anyhow::Result<PathBuf> {
        let path = self.path().join(name);
        fs::create_dir(&path)?;
        let link = path.join(target.file_name().context("a link needs a name")?);
        symlink(target, link)?;
        self.own(&path)?;
        Ok(path)
    }

    /// Gives a command that runs `program` as the server's account, at home here, with a bare environment.
    pub(super) fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = Command::new(program.as_ref());
        command.current_dir(self.path()).env_clear();
        command.env("PATH", "/usr/bin:/bin").env("HOME", self.path()).env("LANG", "C.UTF-8");
        if let Some(account) = self.account {
            command.uid(account.uid).gid(account.gid);
        }
        command
    }

    fn own(&self, path: &Path) -> anyhow::Result<()> {
        if let Some(account) = self.account {
            chown(path, Some(account.uid), Some(account.gid))?;
        }
        Ok(())
    }
}

impl Account {
    /// Gives `nobody` when we are root, and none otherwise: then the servers run as we do.
    fn unprivileged() -> anyhow::Result<Option<Self>> {
        if fs::metadata("/proc/self").context("no /proc")?.uid() != 0 {
            return Ok(None);
        }
        let accounts = fs::read_to_string("/etc/passwd").context("cannot read /etc/passwd")?;
        let line = accounts.lines().find(|line| line.starts_with("nobody:"));
        let fields: Vec<&str> = line.context("no account `nobody`")?.split(':').collect();
        ensure!(fields.len() > 3, "the account `nobody` is malformed");
        Ok(Some(Self { uid: fields[2].parse()?, gid: fields[3].parse()? }))
    }
}
