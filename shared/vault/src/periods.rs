//! Period keys: one file for each tenant and month, in a folder outside the database and its backups.

use std::{
    fmt,
    fs::{self, File, OpenOptions},
    io::{self, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
    str::FromStr,
};

use jiff::{Timestamp, tz::TimeZone};
use redress_contracts::v1::Sealed;
use redress_domain::{Random, TenantId};

use crate::{Key, Purpose, TenantKey, VaultError, seal};

/// A month, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    year: i16,
    month: i8,
}

impl Period {
    /// The month in which this time lies.
    pub fn of(time: Timestamp) -> Self {
        let date = time.to_zoned(TimeZone::UTC).date();
        Self { year: date.year(), month: date.month() }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for Period {
    type Err = VaultError;

    fn from_str(text: &str) -> Result<Self, VaultError> {
        let bad = VaultError::Altered("a period is a year and a month, like 2026-11");
        let Some((year, month)) = text.split_once('-') else { return Err(bad) };
        match (year.parse(), month.parse()) {
            (Ok(year), Ok(month @ 1..=12)) => Ok(Self { year, month }),
            _ => Err(bad),
        }
    }
}

/// The folder: `<tenant>/<period>.key`, each file 72 bytes, sealed under the tenant key.
#[derive(Debug, Clone)]
pub struct Periods {
    folder: PathBuf,
}

impl Periods {
    /// The keys in this folder, which is made when the first key is.
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// The period's key, made now if there is none yet. Several processes get the same.
    ///
    /// # Errors
    /// When the folder cannot be written, or the file was not made under this tenant key.
    pub fn get_or_make(
        &self,
        tenant: &TenantId,
        tenant_key: &TenantKey,
        period: Period,
        random: &dyn Random,
    ) -> Result<Key, VaultError> {
        match self.get(tenant, tenant_key, period) {
            Err(VaultError::Forgotten) => {}
            found => return found,
        }
        let sealed = seal(
            &tenant_key.derive("period"),
            purpose(&whose(tenant, period)),
            Key::generate(random).bytes(),
            random,
        );
        self.write_once(tenant, period, &sealed.body, random)?;
        self.get(tenant, tenant_key, period)
    }

    /// The period's key.
    ///
    /// # Errors
    /// [`VaultError::Forgotten`] when there is none (any more); as [`get_or_make`](Self::get_or_make).
    pub fn get(&self, tenant: &TenantId, tenant_key: &TenantKey, period: Period) -> Result<Key, VaultError> {
        let body = match fs::read(self.file(tenant, period)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(VaultError::Forgotten),
            read => read?,
        };
        let key = crate::open(
            &tenant_key.derive("period"),
            purpose(&whose(tenant, period)),
            &Sealed { format: 1, body },
        );
        let bad = |why: &str| VaultError::Key { whose: whose(tenant, period), why: why.to_owned() };
        let key = key.map_err(|_| bad("its file was altered, or made under another tenant key"))?;
        Key::read(&key).ok_or_else(|| bad("its file does not hold 32 bytes"))
    }

    /// Destroys the period's key: nothing sealed under it can be opened again, wherever a copy lies. True:
    /// it was there.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn destroy(&self, tenant: &TenantId, period: Period) -> Result<bool, VaultError> {
        let folder = self.folder.join(tenant.as_str());
        let entries = match fs::read_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            entries => entries?,
        };
        let mut destroyed = false;
        for entry in entries {
            let entry = entry?;
            // The key, and any draft of it that a crash left behind.
            if entry.file_name().to_string_lossy().starts_with(&format!("{period}.")) {
                fs::remove_file(entry.path())?;
                destroyed = true;
            }
        }
        File::open(&folder)?.sync_all()?;
        Ok(destroyed)
    }

    fn file(&self, tenant: &TenantId, period: Period) -> PathBuf {
        self.folder.join(tenant.as_str()).join(format!("{period}.key"))
    }

    /// Writes the whole file under a name of its own and links it to its place, which fails if another
    /// process was first: then that one's key is the key.
    fn write_once(
        &self,
        tenant: &TenantId,
        period: Period,
        body: &[u8],
        random: &dyn Random,
    ) -> Result<(), VaultError> {
        let folder = self.folder.join(tenant.as_str());
        fs::DirBuilder::new().recursive(true).mode(0o700).create(&folder)?;
        let mut name = [0; 8];
        random.fill(&mut name);
        let draft = folder.join(format!("{period}.{:016x}.new", u64::from_be_bytes(name)));
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
        file.write_all(body)?;
        file.sync_all()?;
        let linked = fs::hard_link(&draft, self.file(tenant, period));
        fs::remove_file(&draft)?;
        File::open(&folder)?.sync_all()?;
        match linked {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            linked => Ok(linked?),
        }
    }
}

fn whose(tenant: &TenantId, period: Period) -> String {
    format!("{tenant}/{period}")
}

fn purpose(whose: &str) -> Purpose<'_> {
    Purpose { what: "period key", whose }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;
    use crate::seal::tests::Counter;

    #[test]
    fn a_period_is_a_month_in_utc() {
        let time = "2026-11-30T23:59:59.999999Z".parse().unwrap();
        assert_eq!(Period::of(time).to_string(), "2026-11");
        assert_eq!("2026-11".parse::<Period>().unwrap(), Period::of(time));
        for bad in ["", "2026", "2026-13", "2026-00", "x-y"] {
            assert!(bad.parse::<Period>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_periods_key_is_made_once_and_destroyed_for_good() {
        let folder = tempfile::tempdir().unwrap();
        let (periods, random) = (Periods::new(&folder.path().join("keys")), Counter::default());
        let (tenant, key) = ("dublin".parse().unwrap(), TenantKey::new(Key::new([1; 32])));
        let period: Period = "2026-11".parse().unwrap();
        assert!(matches!(periods.get(&tenant, &key, period), Err(VaultError::Forgotten)));
        let made = periods.get_or_make(&tenant, &key, period, &random).unwrap();
        assert_eq!(periods.get_or_make(&tenant, &key, period, &random).unwrap(), made);
        let other: Period = "2026-12".parse().unwrap();
        assert_ne!(periods.get_or_make(&tenant, &key, other, &random).unwrap(), made);

        let file = periods.file(&tenant, period);
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(file.parent().unwrap()).unwrap().count(), 2, "no drafts are left");
        let wrong = periods.get(&tenant, &TenantKey::new(Key::new([2; 32])), period);
        assert!(matches!(wrong, Err(VaultError::Key { .. })));

        let draft = file.with_extension("0123.new");
        fs::copy(&file, &draft).unwrap();
        assert!(periods.destroy(&tenant, period).unwrap());
        assert!(!draft.exists(), "a draft that a crash left behind goes too");
        assert!(!periods.destroy(&tenant, period).unwrap());
        assert!(matches!(periods.get(&tenant, &key, period), Err(VaultError::Forgotten)));
    }

    #[test]
    fn many_at_once_agree_on_one_key() {
        let folder = tempfile::tempdir().unwrap();
        let periods = Periods::new(folder.path());
        let period: Period = "2026-11".parse().unwrap();
        let make = |seed: u8| {
            let (tenant, key) = ("dublin".parse().unwrap(), TenantKey::new(Key::new([1; 32])));
            periods.get_or_make(&tenant, &key, period, &Fixed(seed)).unwrap()
        };
        let keys: Vec<Key> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|seed| scope.spawn(move || make(seed))).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(keys.iter().all(|key| *key == keys[0]));
    }

    struct Fixed(u8);

    impl Random for Fixed {
        fn fill(&self, out: &mut [u8]) {
            out.fill(self.0);
        }
    }
}
