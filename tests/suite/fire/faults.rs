//! What is no death: a database that is away for a while, a broker that takes nothing, a process that stands still
//! while its lease runs out.

use std::{ops::RangeInclusive, time::Duration};

use futures::{TryStreamExt as _, future::select_all};
use redress_connector_sql::{Database, Session};
use redress_datamap::sql::{Cell, SqlSession as _};
use redress_tests::{
    fleet::{cluster::Cluster, counted::planned, deletions},
    killable::look_again,
};
use tokio::{task::JoinHandle, time::timeout};

const REQUESTS: u32 = 60;
/// Faults come when so many are closed, and others on their way.
const CLOSED: u32 = 10;
/// Longer than a process waits for a connection, for the broker or for a lease.
const AWAY: Duration = Duration::from_secs(12);

/// Waits until each is closed; then everything is as if nothing had been.
async fn assert_all_well(cluster: &Cluster, caller: JoinHandle<()>, people: RangeInclusive<u32>) {
    caller.await.unwrap();
    cluster.fleet.assert_ledger(*people.end() as usize, 0).await;
    assert_eq!(cluster.fleet.target.changes().await, planned(people));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_that_is_away_ends_no_process_and_parks_nothing() {
    let mut cluster = Cluster::start(2 * REQUESTS).await;
    let caller = cluster.fleet.stream(deletions(1..=REQUESTS), 0);
    cluster.fleet.until_closed(CLOSED).await;
    cluster.store.kill().await.unwrap();
    let ended = select_all(cluster.roles.values_mut().map(|process| Box::pin(process.ended())));
    let ended = timeout(AWAY, ended).await.map(|(status, ..)| status);
    assert!(ended.is_err(), "{ended:?}; {}", cluster.fleet.said());
    cluster.store.restart().await.unwrap();
    assert_all_well(&cluster, caller, 1..=REQUESTS).await;
}

/// While the broker takes no messages, what comes in is taken in, and waits in the outbox.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn under_the_brokers_alarms_intake_goes_on_accepting() {
    let cluster = Cluster::start(2 * 2 * REQUESTS).await;
    let intake = "intake".parse().unwrap();
    for (alarm, before) in [("memory", 0), ("disk", REQUESTS)] {
        let half = before + REQUESTS / 2;
        let first = cluster.fleet.stream(deletions(before + 1..=half), before);
        cluster.fleet.until_closed(before + CLOSED).await;
        cluster.alarm(alarm).await;
        // Each is answered with 202, though nothing of it goes on.
        let second = cluster.fleet.submit(deletions(half + 1..=before + REQUESTS)).await;
        let standing = cluster.fleet.store.standing(&intake).await.unwrap();
        assert!(standing.unsent >= second.len() as u64, "{alarm}: {standing:?}");
        cluster.clear_alarm(alarm).await;
        first.await.unwrap();
        cluster.fleet.until_closed(before + REQUESTS).await;
        cluster.fleet.assert_ended_well(&second).await;
        cluster.fleet.assert_ledger((before + REQUESTS) as usize, 0).await;
        assert_eq!(cluster.fleet.target.changes().await, planned(1..=before + REQUESTS), "{alarm}");
    }
}

/// The connector is stopped in the middle of an effect, for longer than its lease. Another takes over; the one that
/// stood still cannot answer any more, whatever it does when it goes on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connector_that_stands_still_in_the_middle_of_an_effect_loses_its_lease() {
    let cluster = Cluster::start(2 * REQUESTS).await;
    let mut target = Eye::on(&cluster.target_url).await;
    let mut store = Eye::on(&cluster.store_url).await;
    // Whoever changes a person waits for us, in its transaction.
    target.run("begin").await;
    target.run("lock table person in share mode").await;
    let caller = cluster.fleet.stream(deletions(1..=REQUESTS), 0);
    let waiting = "select count(*)::text from pg_stat_activity where application_name = 'redress' \
                   and wait_event_type = 'Lock' and query ilike 'delete%'";
    // A look of its own: within a transaction it always sees the same.
    Eye::on(&cluster.target_url).await.until(waiting, |count| count != "0").await;
    let old = &cluster.roles["connector-sql"];
    old.signal("STOP");
    let lease = "select epoch::text || ' ' || holder from lease where connector = 'sql'";
    let held = store.ask(lease).await;
    let other = cluster.fleet.start(&["connector-sql"], None);
    target.run("rollback").await;
    store.until(lease, |now| now != held).await;
    old.signal("CONT");
    assert_all_well(&cluster, caller, 1..=REQUESTS).await;
    assert!(cluster.fleet.has_said("the lease was lost"), "{}", cluster.fleet.said());
    drop(other);
}

/// A look into a database.
struct Eye(Session);

impl Eye {
    async fn on(url: &str) -> Self {
        Self(Database::of_url(url).unwrap().connect().await.unwrap())
    }

    async fn run(&mut self, sql: &str) {
        self.0.execute(sql, &[]).await.unwrap_or_else(|error| panic!("{error}: {sql}"));
    }

    async fn ask(&mut self, sql: &str) -> String {
        let rows: Vec<Vec<Cell>> = self.0.rows(sql, &[]).try_collect().await.unwrap();
        rows[0][0].text().unwrap_or_default().to_owned()
    }

    async fn until(&mut self, sql: &str, is_so: impl Fn(&str) -> bool) {
        for _ in 0..1200 {
            if is_so(&self.ask(sql).await) {
                return;
            }
            look_again().await;
        }
        panic!("never: {sql}");
    }
}
