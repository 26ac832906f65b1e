//! SIGTERM in the middle of work, as a cluster sends it: a process takes no more work, finishes what it has begun and
//! ends well; whoever comes next goes on.

use std::{collections::BTreeMap, time::Duration};

use redress_tests::fleet::{ALL, Fleet, counted::planned};
use tokio::time::timeout;

/// Requests; each role is asked to end once for each so many of them that are closed.
const REQUESTS: u32 = 60;
const EACH: u32 = 10;
/// A cluster waits half a minute by default before it kills.
const PATIENCE: Duration = Duration::from_secs(30);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_asked_to_end_finishes_what_it_began_and_nothing_is_lost_or_doubled() {
    let fleet = Fleet::on(("amqp", "postgres"), 2 * REQUESTS).await;
    let mut roles: BTreeMap<_, _> = ALL.into_iter().map(|role| (role, fleet.start(&[role], None))).collect();
    let driver = fleet.deletions(1..=REQUESTS);
    // From the fifth end on, every process has long been up: one that is only starting is ended by SIGTERM itself.
    for (k, role) in (EACH / 2..REQUESTS).step_by(EACH as usize).zip(ALL) {
        fleet.until_closed(k).await;
        let mut process = roles.remove(role).unwrap();
        process.terminate();
        let ended = timeout(PATIENCE, process.ended()).await;
        let ended = ended.unwrap_or_else(|_| panic!("{role} does not end; {}", fleet.said()));
        assert!(ended.success(), "{role}: {ended}; {}", fleet.said());
        roles.insert(role, fleet.start(&[role], None));
    }
    driver.await.unwrap();
    fleet.assert_ledger(REQUESTS as usize, 0).await;
    assert_eq!(fleet.target.changes().await, planned(1..=REQUESTS));
}
