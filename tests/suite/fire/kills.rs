//! `kill -9` of each part of a cluster while it works: the broker, the store's database, the target's, each role; and
//! of the one process that has everything embedded.

use std::time::Duration;

use redress_tests::fleet::{
    ALL, Approval, Fleet,
    cluster::{Cluster, Victim},
    counted::planned,
    deletions,
};

/// Requests for each victim, which is killed each time that so many more of them are closed.
const REQUESTS: u32 = 200;
const KILL_EVERY: u32 = 20;
/// Beside other tests nothing is quick; `tests/soak`, which is alone, asks for 5 s.
const GOING_AGAIN: Duration = Duration::from_secs(30);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_server_killed_again_and_again_each_planned_row_is_changed_once() {
    kill_each(&[Victim::Broker, Victim::Store, Victim::Target]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_role_killed_again_and_again_each_planned_row_is_changed_once() {
    kill_each(&ALL.map(Victim::Role)).await;
}

async fn kill_each(victims: &[Victim]) {
    let rounds = u32::try_from(victims.len()).unwrap();
    // Half of the people are nobody's to touch.
    let mut cluster = Cluster::start(2 * rounds * REQUESTS).await;
    for (round, victim) in (0..rounds).zip(victims) {
        let (before, after) = (round * REQUESTS, (round + 1) * REQUESTS);
        let caller = cluster.fleet.stream(deletions(before + 1..=after), before);
        let mut worst = Duration::ZERO;
        for k in (0..REQUESTS).step_by(KILL_EVERY as usize) {
            cluster.fleet.until_closed(before + k).await;
            cluster.kill(*victim).await;
            worst = worst.max(cluster.fleet.going_again(after, victim).await);
        }
        caller.await.unwrap();
        cluster.fleet.assert_ledger(after as usize, 0).await;
        assert_eq!(cluster.fleet.target.changes().await, planned(1..=after), "{victim}");
        println!("{victim:16} {:.1} s at worst until it went again", worst.as_secs_f64());
        assert!(worst < GOING_AGAIN, "{victim}: {worst:?}");
    }
}

/// Embedded, there is one process to kill.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_one_process_killed_again_and_again_each_planned_row_is_changed_once() {
    let fleet = Fleet::approved(Approval::Standing, ("local", "sqlite"), 2 * REQUESTS).await;
    let mut process = fleet.start(&ALL, None);
    let caller = fleet.stream(deletions(1..=REQUESTS), 0);
    let mut worst = Duration::ZERO;
    for k in (0..REQUESTS).step_by(KILL_EVERY as usize) {
        fleet.until_closed(k).await;
        drop(process);
        process = fleet.start(&ALL, None);
        worst = worst.max(fleet.going_again(REQUESTS, "all").await);
    }
    caller.await.unwrap();
    fleet.assert_ledger(REQUESTS as usize, 0).await;
    assert_eq!(fleet.target.changes().await, planned(1..=REQUESTS));
    println!("{:16} {:.1} s at worst until it went again", "embedded", worst.as_secs_f64());
    assert!(worst < GOING_AGAIN, "{worst:?}");
}
