//! In processes of their own, whose memory is theirs alone.

use std::{fs, process::Command};

use redress_contracts::v1::Released;
use redress_domain::{Kind, Status};
use redress_vault::Objects;

use super::record;
use crate::testing::{World, outcome};

/// What a process holds at most while it packages so many records, in KiB. In a process of its own.
fn peak_kib(records: u64) -> u64 {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "--nocapture", "package::tests::memory::memory_does_not_grow_with_the_records"])
        .env("REDRESS_TEST_RECORDS", records.to_string())
        .output()
        .unwrap();
    let output = String::from_utf8(output.stdout).unwrap();
    output.split("peak KiB ").nth(1).and_then(|rest| rest.lines().next()).unwrap().parse().unwrap()
}

async fn package_in_a_folder(count: u64) {
    let folder = tempfile::tempdir().unwrap();
    let world = World::with("memory", Objects::local(folder.path()).unwrap()).await;
    let people = world.draft("shop", "people", (0..count).map(record)).await;
    world.collected(Kind::Access, vec![outcome("shop", Status::Done, vec![people])]).await;
    world.say(&world.release()).await;
    assert_eq!(world.released().await.only::<Released>().failure, "");
}

#[tokio::test]
async fn memory_does_not_grow_with_the_records() {
    if let Ok(count) = std::env::var("REDRESS_TEST_RECORDS") {
        package_in_a_folder(count.parse().unwrap()).await;
        let status = fs::read_to_string("/proc/self/status").unwrap();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        println!("peak KiB {}", peak.trim().trim_end_matches(" kB"));
        return;
    }
    // The larger package's page alone has more than 60 MiB.
    let (small, large) = (peak_kib(20_000), peak_kib(100_000));
    assert!(large < small + 16 * 1024, "{small} KiB, then {large} KiB");
}
