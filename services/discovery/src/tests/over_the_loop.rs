//! Discovery beside a real connector's loop: what is lost on the way is got again.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use redress_bus::{Delivery, LocalBus, Tag};
use redress_connector::{Connector, Hand, Lost, Runner, RunnerSettings, SystemJob, Tasks, Worked};
use redress_contracts::{
    Message,
    topology::Topology,
    v1::{Discovered, Event, Task, TaskOutcome},
};
use redress_domain::{ConnectorName, SystemName};
use redress_runtime::{Publisher, Worker};

use super::*;

/// Fails a few times, and then finds.
struct Sql {
    name: ConnectorName,
    failures: Mutex<u32>,
}

#[async_trait]
impl Connector for Sql {
    fn name(&self) -> &ConnectorName {
        &self.name
    }

    async fn work(&self, name: &SystemName, jobs: &[SystemJob], _: &Hand<'_>) -> Result<Vec<Worked>, Lost> {
        let mut failures = self.failures.lock().unwrap();
        let outcome = if *failures == 0 { found(name.as_str(), &[]) } else { failed(name.as_str(), false) };
        *failures = failures.saturating_sub(1);
        Ok(jobs.iter().map(|_| Worked::Ended(Box::new(outcome.clone()))).collect())
    }
}

/// State, a connector, and all that goes between them.
struct Both {
    world: World,
    tasks: Worker,
    runner: Runner,
    wire: VecDeque<Message>,
    answers: Vec<Discovered>,
}

impl Both {
    async fn new(name: &str, seed: u64, failures: u32) -> Self {
        let world = World::seeded(name, seed, chain(1)).await;
        let (name, failures): (ConnectorName, _) = ("sql".parse().unwrap(), Mutex::new(failures));
        let tasks = Worker::new(Arc::new(Tasks::of(&name)), world.context.clone());
        let bus = Arc::new(LocalBus::new(Topology::new(&[], &[], &[])));
        let publisher = Arc::new(Publisher::new(world.context.store.clone(), bus));
        let settings = RunnerSettings::new("here".to_owned());
        let runner =
            Runner::new(Arc::new(Sql { name, failures }), world.context.clone(), publisher, settings);
        Self { world, tasks, runner, wire: VecDeque::new(), answers: Vec::new() }
    }

    /// Everything that can happen now, but for messages that get lost.
    async fn run(&mut self, mut is_lost: impl FnMut(&Message) -> bool) {
        while let Some(message) = self.wire.pop_front() {
            if is_lost(&message) {
                continue;
            }
            let is_task = message.is::<Task>();
            if message.is::<Discovered>() {
                self.answers.push(message.read().unwrap());
            }
            if message.is::<Discovered>() || message.is::<Event>() {
                continue;
            }
            let delivery =
                [Delivery { tag: Tag::new(0, 1), redelivered: false, dead_of: None, message: Ok(message) }];
            let out = match is_task {
                true => self.tasks.step(&delivery).await.unwrap(),
                false => self.world.worker.step(&delivery).await.unwrap(),
            };
            let worked = self.runner.step().await.unwrap().unwrap_or_default();
            self.wire.extend(out.into_iter().chain(worked).map(|outgoing| outgoing.message));
        }
    }

    async fn wait(&mut self, time: SignedDuration) {
        self.world.clock.advance(time);
        let (out, _) = self.world.worker.step_timers().await.unwrap();
        self.wire.extend(out.into_iter().map(|outgoing| outgoing.message));
    }

    fn discover(&self) -> Message {
        let command = self.world.discover(&[email()]);
        self.world.message(self.world.ids.message(), "intake", 1, &command)
    }
}

#[tokio::test]
async fn what_failed_is_done_by_another_task_although_every_second_message_is_lost() {
    for seed in 0..30 {
        let mut both = Both::new(&format!("lossy{seed}"), seed, seed as u32 % 4).await;
        let dice = both.world.dice.clone();
        both.wire.push_back(both.discover());
        for _ in 0..100 {
            both.run(|message| (message.is::<Task>() || message.is::<TaskOutcome>()) && dice.below(2) == 0)
                .await;
            both.wait(SignedDuration::from_mins(20)).await;
        }
        assert_eq!(both.answers.len(), 1, "seed {seed}");
        assert_eq!(both.answers[0].plan.as_ref().unwrap().systems.len(), 1);
        assert_eq!(both.world.parked().await, [""; 0]);
    }
}

/// However often its tasks had to be tried, so that a timer began what ended in the answer.
#[tokio::test]
async fn an_answer_that_intake_did_not_get_is_sent_again_when_it_asks_again() {
    for failures in 0..3 {
        let mut both = Both::new(&format!("again{failures}"), 1, failures).await;
        let mut discover = both.discover();
        both.wire.push_back(discover.clone());
        for _ in 0..20 {
            both.run(Message::is::<Discovered>).await;
            both.wait(SignedDuration::from_mins(20)).await;
        }
        assert!(both.answers.is_empty());
        discover.envelope.again = true;
        both.wire.push_back(discover);
        both.run(|_| false).await;
        assert_eq!(both.answers.len(), 1, "after {failures} failures");
    }
}
