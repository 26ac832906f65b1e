//! A disk that is full: who asks is told, nothing is lost, and work goes on once there is room.

use std::{
    fs::{self, File},
    io::{ErrorKind, Write as _},
    os::unix::fs::symlink,
    path::PathBuf,
    process::Command,
};

use redress_tests::{
    fleet::{ALL, Approval, Fleet, counted::planned, deletions},
    killable::look_again,
    skip,
};
use tempfile::TempDir;

const REQUESTS: u32 = 200;
/// The disk fills when so many are closed, and others on their way.
const CLOSED: u32 = 10;
const MEBIBYTES: u32 = 24;

/// A small disk, in a folder of its own.
struct Disk(TempDir);

impl Disk {
    /// None: only root may mount one. Then the test is skipped.
    fn mount() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let size = format!("size={MEBIBYTES}m");
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(folder.path()).output();
        if mounted.is_ok_and(|output| output.status.success()) {
            return Some(Self(folder));
        }
        skip("a small disk cannot be mounted here: that takes root").unwrap();
        None
    }

    fn ballast(&self) -> PathBuf {
        self.0.path().join("ballast")
    }

    /// Takes all the room that there is; gives how much that was.
    fn fill(&self) -> usize {
        let mut file = File::options().create(true).append(true).open(self.ballast()).unwrap();
        let mut taken = 0;
        for block in [1 << 16, 1 << 12, 1] {
            loop {
                match file.write_all(&vec![0; block]) {
                    Ok(()) => taken += block,
                    Err(error) if error.kind() == ErrorKind::StorageFull => break,
                    Err(error) => panic!("{error}"),
                }
            }
        }
        taken
    }

    fn make_room(&self) {
        fs::remove_file(self.ballast()).unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Whoever has files open there may have them until they are closed.
        Command::new("umount").arg("--lazy").arg(self.0.path()).status().unwrap();
    }
}

async fn fleet(store: &str) -> Fleet {
    let folder = tempfile::tempdir().unwrap();
    let target = format!("sqlite:{}?mode=rwc", folder.path().join("shop.db").display());
    Fleet::of(Approval::Standing, ("local:", store, &target), folder, 2 * REQUESTS).await
}

/// Fills the disk while these are worked; makes room when the processes have said that there is none.
async fn filled(fleet: &Fleet, disk: &Disk, requests: Vec<(&'static str, u32)>, full: &str) {
    let mut process = fleet.start(&ALL, None);
    let caller = fleet.stream(requests, 0);
    fleet.until_closed(CLOSED).await;
    while !fleet.has_said(full) {
        assert!(process.runs(), "{}", fleet.said());
        assert!(fleet.closed().await < Some(REQUESTS), "there was always room; {}", fleet.said());
        disk.fill();
        look_again().await;
    }
    disk.make_room();
    caller.await.unwrap();
    assert!(process.runs(), "{}", fleet.said());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_of_the_vault_delays_exports_and_loses_none() {
    let Some(disk) = Disk::mount() else { return };
    let fleet = fleet("sqlite:redress.db").await;
    // Where a process keeps what the settings do not place.
    let data = fleet.folder().join("redress-data");
    fs::create_dir_all(&data).unwrap();
    symlink(disk.0.path(), data.join("vault")).unwrap();
    let exports = (1..=REQUESTS).map(|person| ("export", person)).collect();
    filled(&fleet, &disk, exports, "No space left on device").await;
    fleet.assert_ledger(0, REQUESTS as usize).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_of_the_embedded_store_delays_deletions_and_loses_none() {
    let Some(disk) = Disk::mount() else { return };
    let store = format!("sqlite:{}", disk.0.path().join("redress.db").display());
    let fleet = fleet(&store).await;
    filled(&fleet, &disk, deletions(1..=REQUESTS), "database or disk is full").await;
    fleet.assert_ledger(REQUESTS as usize, 0).await;
    assert_eq!(fleet.target.changes().await, planned(1..=REQUESTS));
}
