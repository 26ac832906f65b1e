//! A fleet with every role in a process of its own, on servers of its own: each of these parts can be killed.

use std::{collections::BTreeMap, fmt, sync::Arc, time::Duration};

use redress::roles::topology;
use tokio::time::Instant;

use super::{ALL, Approval, Fleet};
use crate::{
    killable::{Killable, look_again},
    servers::{Postgres, RabbitMq},
};

/// What does not go on within this time of the restart never will.
const EVER: Duration = Duration::from_secs(60);

/// A part that is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Victim {
    /// RabbitMQ.
    Broker,
    /// The store's PostgreSQL.
    Store,
    /// The target's PostgreSQL.
    Target,
    /// The process of a role.
    Role(&'static str),
}

impl fmt::Display for Victim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Broker => "the broker",
            Self::Store => "the store",
            Self::Target => "the target",
            Self::Role(role) => role,
        })
    }
}

impl Victim {
    /// Each of them.
    pub fn all() -> Vec<Self> {
        [Self::Broker, Self::Store, Self::Target].into_iter().chain(ALL.map(Self::Role)).collect()
    }
}

/// See the module.
pub struct Cluster {
    /// Its broker.
    pub rabbitmq: RabbitMq,
    /// The server of its store.
    pub store: Postgres,
    /// The server of its target.
    pub target: Postgres,
    /// What runs on them.
    pub fleet: Arc<Fleet>,
    /// Where its store is.
    pub store_url: String,
    /// Where its target is.
    pub target_url: String,
    /// The processes.
    pub roles: BTreeMap<&'static str, Killable>,
}

impl Cluster {
    /// Starts servers and processes; the target has so many people.
    pub async fn start(people: u32) -> Self {
        let (rabbitmq, store, target) =
            tokio::try_join!(RabbitMq::start(), Postgres::start(), Postgres::start()).unwrap();
        let (bus, store_url, target_url) = tokio::try_join!(
            rabbitmq.create_vhost("redress"),
            store.create_database(),
            target.create_database()
        )
        .unwrap();
        let folder = tempfile::tempdir().unwrap();
        let urls = (&*bus, &*store_url, &*target_url);
        let fleet = Arc::new(Fleet::of(Approval::Standing, urls, folder, people).await);
        let roles = ALL.into_iter().map(|role| (role, fleet.start(&[role], None))).collect();
        let cluster = Self { rabbitmq, store, target, fleet, store_url, target_url, roles };
        cluster.until_queues_last().await;
        cluster
    }

    /// Waits until the broker has every queue, and has it on its disk. It writes a new quorum queue's name with a
    /// delay of its own; killed before that, it starts the queue without its log, as one that never gets a leader
    /// (issue 15725 of rabbitmq-server): no message comes or goes there until an operator mends it.
    async fn until_queues_last(&self) {
        let queues = topology().queues.len().to_string();
        // A queue is in the broker's list before its log is begun and its name is written.
        let written = "length([Name || {Name, _} <- ra_directory:list_registered(quorum_queues), \
                       ra_leaderboard:lookup_leader(Name) =/= undefined])";
        for count in ["length(rabbit_amqqueue:list(<<\"redress\">>))", written] {
            while self.rabbitmq.eval(count).await.unwrap() != queues {
                look_again().await;
            }
        }
        self.rabbitmq.eval("[ok = dets:sync(Table) || Table <- dets:all()]").await.unwrap();
    }

    /// Kills it, and starts it again.
    pub async fn kill(&mut self, victim: Victim) {
        self.end(victim).await;
        self.restart(victim).await;
    }

    /// Kills it.
    pub async fn end(&mut self, victim: Victim) {
        match victim {
            Victim::Broker => self.rabbitmq.kill().await.unwrap(),
            Victim::Store => self.store.kill().await.unwrap(),
            Victim::Target => self.target.kill().await.unwrap(),
            Victim::Role(role) => drop(self.roles.remove(role)),
        }
    }

    /// Starts it again; a server answers then.
    pub async fn restart(&mut self, victim: Victim) {
        match victim {
            Victim::Broker => self.rabbitmq.restart().await.unwrap(),
            Victim::Store => self.store.restart().await.unwrap(),
            Victim::Target => self.target.restart().await.unwrap(),
            Victim::Role(role) => drop(self.roles.insert(role, self.fleet.start(&[role], None))),
        }
    }

    /// Has the broker's `memory` or `disk` alarm go off: it takes no messages.
    pub async fn alarm(&self, of: &str) {
        let set = format!("rabbit_alarm:set_alarm({{{{resource_limit, {of}, node()}}, []}})");
        self.rabbitmq.eval(&set).await.unwrap();
    }

    /// Ends that alarm.
    pub async fn clear_alarm(&self, of: &str) {
        let clear = format!("rabbit_alarm:clear_alarm({{resource_limit, {of}, node()}})");
        self.rabbitmq.eval(&clear).await.unwrap();
    }
}

impl Fleet {
    /// Waits until one more is closed, if there is one more of these; gives how long that took.
    pub async fn going_again(&self, requests: u32, after: impl fmt::Display) -> Duration {
        let begun = Instant::now();
        let mut closed = None;
        loop {
            let now = self.closed().await;
            closed = closed.or(now);
            // None: the store does not answer yet.
            if now.is_some_and(|now| now >= requests || closed.is_some_and(|then| now > then)) {
                return begun.elapsed();
            }
            let waited = begun.elapsed();
            assert!(waited < EVER, "{after}: nothing more is closed after {closed:?}; {}", self.said());
            look_again().await;
        }
    }
}
