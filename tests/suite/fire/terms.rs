//! How processes work side by side, and how one ends: by SIGTERM in the middle of work, as a cluster sends it, it takes no
//! more work, finishes what it has begun and ends well, and whoever comes next goes on; at its start, where it cannot be
//! spoken to, it ends before it has begun anything.

use std::{collections::BTreeMap, net::TcpListener, time::Duration};

use redress_tests::{
    fleet::{ALL, Approval, Fleet, counted::planned},
    killable::Killable,
    servers,
};
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_of_each_role_at_once_do_everything_once() {
    let fleet = Fleet::on(("amqp", "postgres"), 2 * REQUESTS).await;
    let elsewhere = [("REDRESS__HTTP__LISTEN", "127.0.0.1:0")];
    let both = |role| [fleet.start(&[role], None), fleet.start_with(&[role], elsewhere)];
    let mut processes: Vec<_> = ALL.into_iter().flat_map(both).collect();
    fleet.deletions(1..=REQUESTS).await.unwrap();
    fleet.assert_ledger(REQUESTS as usize, 0).await;
    assert_eq!(fleet.target.changes().await, planned(1..=REQUESTS));
    assert!(processes.iter_mut().all(Killable::runs), "{}", fleet.said());
}

/// The broker does not answer: whoever called it first would be half connected when it ends, which lapin panics at.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_cannot_have_its_port_says_so_and_nothing_else() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let bus = format!("amqp://{address}/x");
    let (folder, target) = (tempfile::tempdir().unwrap(), servers::shared_postgres().await.unwrap());
    let (store, target) = tokio::try_join!(target.create_database(), target.create_database()).unwrap();
    let fleet = Fleet::of(Approval::Standing, (&bus, &store, &target), folder, 1).await;
    let mut process = fleet.start_with(&["audit"], [("REDRESS__HTTP__LISTEN", &*address)]);
    let ended = timeout(PATIENCE, process.ended()).await;
    let ended = ended.unwrap_or_else(|_| panic!("it does not end; {}", fleet.said()));
    assert!(!ended.success(), "{ended}");
    let said = fleet.said();
    assert!(said.contains(&format!("{address} cannot be listened on")) && !said.contains("panic"), "{said}");
}
