//! What processes use: time of the processors, memory.

use std::{collections::BTreeMap, fs, path::Path};

/// Processes by what they are called here.
pub(crate) struct Processes(BTreeMap<String, Vec<u32>>);

impl Processes {
    /// Of these roots, with all that they have started.
    pub(crate) fn of(roots: impl IntoIterator<Item = (String, u32)>) -> Self {
        let parents = parents();
        let mut all = BTreeMap::<String, Vec<u32>>::new();
        for (name, root) in roots {
            let mut tree = vec![root];
            let mut next = 0;
            while let Some(parent) = tree.get(next).copied() {
                tree.extend(parents.iter().filter(|(_, of)| *of == parent).map(|(pid, _)| *pid));
                next += 1;
            }
            all.entry(name).or_default().extend(tree);
        }
        Self(all)
    }

    /// Seconds of the processors that they have used, by name.
    pub(crate) fn seconds(&self) -> BTreeMap<&str, f64> {
        self.sum(|pid| {
            let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
            // After the program's name, which may have anything in it.
            let fields: Vec<&str> = stat.rsplit(')').next()?.split_whitespace().collect();
            // User and system, in hundredths; with those of children that have ended.
            let ticks = |field: usize| fields.get(field)?.parse::<f64>().ok();
            Some((11..15).filter_map(ticks).sum::<f64>() / 100.0)
        })
    }

    /// Mebibytes that they have, shared ones by their share (PSS), by name.
    pub(crate) fn mebibytes(&self) -> BTreeMap<&str, f64> {
        self.sum(|pid| {
            let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok()?;
            let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
            line.split_whitespace().next()?.parse::<f64>().ok().map(|kib| kib / 1024.0)
        })
    }

    /// What has ended meanwhile counts for nothing.
    fn sum(&self, of: impl Fn(u32) -> Option<f64>) -> BTreeMap<&str, f64> {
        let sum = |pids: &[u32]| pids.iter().filter_map(|pid| of(*pid)).sum();
        self.0.iter().map(|(name, pids)| (name.as_str(), sum(pids))).collect()
    }
}

/// The processes that were started with this path among their words, and by none that was: a server by its folder.
pub(crate) fn roots_at(folder: &Path) -> Vec<u32> {
    let folder = folder.display().to_string();
    let is_at = |pid: u32| {
        let words = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        String::from_utf8_lossy(&words).contains(&folder)
    };
    let at = parents().into_iter().filter(|(pid, parent)| is_at(*pid) && !is_at(*parent));
    at.map(|(pid, _)| pid).collect()
}

/// Every process, with its parent.
fn parents() -> Vec<(u32, u32)> {
    let all = fs::read_dir("/proc").into_iter().flatten().flatten();
    let parent = |entry: fs::DirEntry| {
        let pid = entry.file_name().to_str()?.parse().ok()?;
        let status = fs::read_to_string(entry.path().join("status")).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("PPid:"))?;
        Some((pid, line.trim().parse().ok()?))
    };
    all.filter_map(parent).collect()
}
