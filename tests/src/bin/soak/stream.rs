//! The steady stream: so many people are asked about each second, most to be deleted.

use std::{sync::Arc, time::Duration};

use redress_tests::{ambient::Dice, fleet::Fleet};
use tokio::{
    sync::watch,
    task::JoinHandle,
    time::{MissedTickBehavior, interval},
};

/// How often some are handed in, and how many.
const EVERY: Duration = Duration::from_millis(500);
const TOGETHER: u32 = 10;
/// People who are asked about in a minute, at most.
pub(crate) const PEOPLE_A_MINUTE: u32 = 60_000 / 500 * TOGETHER + 2 * TOGETHER;
/// One in so many is an export.
const EXPORTS: u64 = 4;

/// What was accepted so far.
#[derive(Default)]
pub(crate) struct Stream {
    /// Whose deletion.
    pub(crate) deleted: Vec<u32>,
    /// How many exports.
    pub(crate) exports: usize,
    /// The requests of the last minute.
    pub(crate) new: Vec<String>,
}

/// A minute of it.
pub(crate) struct Running {
    stop: watch::Sender<bool>,
    task: JoinHandle<Vec<(&'static str, u32, String)>>,
}

impl Stream {
    pub(crate) fn requests(&self) -> usize {
        self.deleted.len() + self.exports
    }

    /// Begins to hand in requests about the next people.
    pub(crate) fn begin(&self, fleet: &Arc<Fleet>, seed: u64) -> Running {
        let (stop, stopped) = watch::channel(false);
        let (fleet, dice) = (fleet.clone(), Dice::new(seed));
        let mut person = u32::try_from(self.requests()).unwrap();
        let task = tokio::spawn(async move {
            let mut accepted = Vec::new();
            let mut ticks = interval(EVERY);
            // What was late is not made up for.
            ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
            while !*stopped.borrow() {
                ticks.tick().await;
                let kind = || if dice.below(EXPORTS) == 0 { "export" } else { "delete" };
                let some: Vec<_> = (1..=TOGETHER).map(|i| (kind(), person + i)).collect();
                person += TOGETHER;
                let ids = fleet.submit(some.clone()).await;
                accepted.extend(some.into_iter().zip(ids).map(|((kind, person), id)| (kind, person, id)));
            }
            accepted
        });
        Running { stop, task }
    }

    /// Ends a minute, and notes what was accepted in it.
    pub(crate) async fn end(&mut self, running: Running) {
        running.stop.send_replace(true);
        self.new.clear();
        for (kind, person, id) in running.task.await.unwrap() {
            self.new.push(id);
            match kind {
                "delete" => self.deleted.push(person),
                _ => self.exports += 1,
            }
        }
    }
}
