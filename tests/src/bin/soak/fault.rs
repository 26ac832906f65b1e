//! What goes wrong.

use std::{fmt, time::Duration};

use redress_tests::{
    ambient::Dice,
    fleet::{
        ALL,
        cluster::{Cluster, Victim},
    },
};
use tokio::time::sleep;

/// The longest time for which something is away, blocked or stands still.
const LONGEST_MS: u64 = 8000;

/// Something that goes wrong, and how long it does.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Fault {
    /// Signal 9; it comes back at once, or a while later.
    Kill(Victim, Duration),
    /// SIGTERM: it ends well, and another takes its place.
    Term(&'static str),
    /// SIGSTOP, and SIGCONT a while later.
    Stop(&'static str, Duration),
    /// An alarm of the broker: it takes no messages.
    Alarm(&'static str, Duration),
}

impl Fault {
    /// One that the dice choose.
    pub(crate) fn any(dice: &Dice) -> Self {
        let one_of = |count: usize| usize::try_from(dice.below(count as u64)).unwrap_or_default();
        let while_ = || Duration::from_millis(dice.below(LONGEST_MS));
        match dice.below(8) {
            0..4 => {
                let victims = Victim::all();
                Self::Kill(victims[one_of(victims.len())], Duration::ZERO)
            }
            4 => Self::Kill([Victim::Broker, Victim::Store, Victim::Target][one_of(3)], while_()),
            5 => Self::Term(ALL[one_of(ALL.len())]),
            6 => Self::Stop(ALL[one_of(ALL.len())], while_()),
            _ => Self::Alarm(["memory", "disk"][one_of(2)], while_()),
        }
    }

    /// What is counted together.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Kill(Victim::Broker, _) => "kill -9 of the broker",
            Self::Kill(Victim::Store, _) => "kill -9 of the store",
            Self::Kill(Victim::Target, _) => "kill -9 of the target",
            Self::Kill(Victim::Role(_), _) => "kill -9 of a role",
            Self::Term(_) => "SIGTERM to a role",
            Self::Stop(..) => "SIGSTOP of a role",
            Self::Alarm(..) => "an alarm of the broker",
        }
    }

    /// It happens; returns when it is over.
    pub(crate) async fn happen(&self, cluster: &mut Cluster) {
        match *self {
            Self::Kill(victim, away) => {
                cluster.end(victim).await;
                sleep(away).await;
                cluster.restart(victim).await;
            }
            Self::Term(role) => {
                let mut process = cluster.roles.remove(role).unwrap();
                process.terminate();
                let ended = process.ended().await;
                assert!(ended.success(), "{role}: {ended}; {}", cluster.fleet.said());
                cluster.restart(Victim::Role(role)).await;
            }
            Self::Stop(role, long) => {
                cluster.roles[role].signal("STOP");
                sleep(long).await;
                cluster.roles[role].signal("CONT");
            }
            Self::Alarm(of, long) => {
                cluster.alarm(of).await;
                sleep(long).await;
                cluster.clear_alarm(of).await;
            }
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kill(victim, Duration::ZERO) => write!(f, "kill -9 of {victim}"),
            Self::Kill(victim, away) => {
                write!(f, "kill -9 of {victim}, away for {:.1} s", away.as_secs_f64())
            }
            Self::Term(role) => write!(f, "SIGTERM to {role}"),
            Self::Stop(role, long) => write!(f, "SIGSTOP of {role} for {:.1} s", long.as_secs_f64()),
            Self::Alarm(of, long) => write!(f, "the broker's {of} alarm for {:.1} s", long.as_secs_f64()),
        }
    }
}
