//! `kill -9` of each part of a cluster while it works: the broker, the store's database, the target's, each role.

use std::{collections::BTreeMap, time::Duration};

use redress_tests::servers::{Postgres, RabbitMq};
use tokio::time::Instant;

use super::{
    counted::planned,
    fleet::{ALL, Fleet},
};
use crate::killable::{Killable, look_again};

/// Requests in a round; one round for each victim.
const REQUESTS: u32 = 60;
/// A victim is killed each time that so many more requests of its round are closed.
const KILL_EVERY: u32 = 20;
/// What does not go on within this time of the restart never will. (How soon it does is for the soak to measure.)
const GOING_AGAIN: Duration = Duration::from_secs(30);

#[derive(Debug, Clone, Copy)]
enum Victim {
    Broker,
    Store,
    Target,
    Role(&'static str),
}

/// Every role in a process of its own, on servers of its own.
struct Cluster {
    rabbitmq: RabbitMq,
    store: Postgres,
    target: Postgres,
    fleet: Fleet,
    roles: BTreeMap<&'static str, Killable>,
}

impl Cluster {
    async fn start(people: u32) -> Self {
        let (rabbitmq, store, target) =
            tokio::try_join!(RabbitMq::start(), Postgres::start(), Postgres::start()).unwrap();
        let (bus, of_store, of_target) = tokio::try_join!(
            rabbitmq.create_vhost("redress"),
            store.create_database(),
            target.create_database()
        )
        .unwrap();
        let folder = tempfile::tempdir().unwrap();
        let fleet = Fleet::of(&bus, &of_store, &of_target, folder, people).await;
        let roles = ALL.into_iter().map(|role| (role, fleet.start(&[role], None))).collect();
        Self { rabbitmq, store, target, fleet, roles }
    }

    /// Kills it, and starts it again.
    async fn kill(&mut self, victim: Victim) {
        match victim {
            Victim::Broker => {
                self.rabbitmq.kill().await.unwrap();
                self.rabbitmq.restart().await.unwrap();
            }
            Victim::Store => {
                self.store.kill().await.unwrap();
                self.store.restart().await.unwrap();
            }
            Victim::Target => {
                self.target.kill().await.unwrap();
                self.target.restart().await.unwrap();
            }
            Victim::Role(role) => {
                drop(self.roles.remove(role));
                self.roles.insert(role, self.fleet.start(&[role], None));
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_part_killed_again_and_again_each_planned_row_is_changed_once() {
    let victims = [Victim::Broker, Victim::Store, Victim::Target].into_iter();
    let victims: Vec<Victim> = victims.chain(ALL.map(Victim::Role)).collect();
    let rounds = u32::try_from(victims.len()).unwrap();
    // Half of the people are nobody's to touch.
    let mut cluster = Cluster::start(2 * rounds * REQUESTS).await;
    for (round, victim) in (0..rounds).zip(victims) {
        let (before, after) = (round * REQUESTS, (round + 1) * REQUESTS);
        let driver = cluster.fleet.deletions(before + 1..=after);
        for k in (0..REQUESTS).step_by(KILL_EVERY as usize) {
            cluster.fleet.until_closed(before + k).await;
            cluster.kill(victim).await;
            going_again(&cluster.fleet, after, victim).await;
        }
        driver.await.unwrap();
        cluster.fleet.assert_ledger(after).await;
        assert_eq!(cluster.fleet.target.changes().await, planned(1..=after), "{victim:?}");
    }
}

/// Embedded, there is one process to kill.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_one_process_killed_again_and_again_each_planned_row_is_changed_once() {
    let fleet = Fleet::on(("local", "sqlite"), 2 * REQUESTS).await;
    let mut process = fleet.start(&ALL, None);
    let driver = fleet.deletions(1..=REQUESTS);
    for k in (0..REQUESTS).step_by(KILL_EVERY as usize) {
        fleet.until_closed(k).await;
        drop(process);
        process = fleet.start(&ALL, None);
        going_again(&fleet, REQUESTS, Victim::Role("all")).await;
    }
    driver.await.unwrap();
    fleet.assert_ledger(REQUESTS).await;
    assert_eq!(fleet.target.changes().await, planned(1..=REQUESTS));
}

/// Something more is closed soon, if there is more to close.
async fn going_again(fleet: &Fleet, requests: u32, victim: Victim) {
    let (begun, closed) = (Instant::now(), fleet.closed().await.unwrap());
    while closed < requests && fleet.closed().await.is_none_or(|now| now == closed) {
        let waited = begun.elapsed();
        assert!(waited < GOING_AGAIN, "{victim:?}: nothing more is closed after {closed}; {}", fleet.said());
        look_again().await;
    }
}
