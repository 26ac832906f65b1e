//! Runners beside jobs that panic, end the process or take long, over a store in memory. A process that dies is a
//! runner that is dropped in the middle of its work.

use std::{
    future::pending,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use prost::Message as _;
use redress_bus::LocalBus;
use redress_contracts::{
    Contract as _, Envelope,
    state::JobBody,
    topology::Topology,
    v1::{SystemOutcome, Task, TaskOutcome, TaskSystem},
};
use redress_domain::{Clock, ConnectorName, Ids, Random, Status, SystemName, TaskId};
use redress_runtime::{Context, Publisher, Sealer, Stop};
use redress_store::{Job, JobWrite, Outgoing, SqliteStore, Store, Writes};
use tokio::sync::Notify;

use crate::{Connector, Hand, Lost, Runner, RunnerSettings, SystemJob, Worked, runner::pause};

/// What the fake connector does over a job: the number in the task's `round`.
const DONE: u32 = 0;
const PANICS: u32 = 1;
const ENDS_THE_PROCESS: u32 = 2;
const LATER: u32 = 3;
const ANSWERS_NOTHING: u32 = 4;
const STALLS_THE_STORE: u32 = 5;
const STALLS_AFTER_AN_INTENT: u32 = 6;
const LOSES_THE_LEASE: u32 = 7;
const RUNS_ON_PAST_A_STOP: u32 = 8;

const LEASE: Duration = Duration::from_millis(60);

struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

struct Counting(AtomicU64);

impl Random for Counting {
    fn fill(&self, out: &mut [u8]) {
        out.fill_with(|| ((self.0.fetch_add(1, Ordering::SeqCst) * 31) >> 3) as u8);
    }
}

struct Nobody;

impl Sealer for Nobody {
    fn seal(&self, _: Option<&Envelope>, _: &[u8]) -> Vec<u8> {
        Vec::new()
    }
}

struct Fake {
    name: ConnectorName,
    world: Arc<World>,
    died: Arc<Notify>,
}

#[async_trait]
impl Connector for Fake {
    fn name(&self) -> &ConnectorName {
        &self.name
    }

    async fn work(
        &self,
        system: &SystemName,
        jobs: &[SystemJob],
        hand: &Hand<'_>,
    ) -> Result<Vec<Worked>, Lost> {
        self.world.calls.lock().unwrap().push(jobs.len());
        let mut worked = Vec::new();
        for job in jobs {
            match job.task.round {
                PANICS => panic!("over a job"),
                ENDS_THE_PROCESS => {
                    self.died.notify_one();
                    pending::<()>().await;
                }
                LATER if job.row.tries < 10 => {
                    worked.push(Worked::Later { at: self.world.clock.now(), why: "it is busy".to_owned() });
                    continue;
                }
                ANSWERS_NOTHING => continue,
                STALLS_THE_STORE => self.world.stall().await,
                STALLS_AFTER_AN_INTENT => {
                    hand.intend(&[(job, vec![1])]).await?;
                    self.world.stall().await;
                }
                LOSES_THE_LEASE if job.row.attempts == 1 && job.row.tries == 0 => {
                    self.world.advance();
                    let lease = self.world.store.lease_system(&self.name, "another", self.world.ttl()).await;
                    assert!(lease.unwrap().is_some());
                    pending::<()>().await;
                }
                RUNS_ON_PAST_A_STOP => {
                    self.died.notify_one();
                    self.world.went_on.notified().await;
                }
                _ => {}
            }
            let status = Status::Done.number();
            let system = system.to_string();
            worked.push(Worked::Ended(Box::new(SystemOutcome { system, status, ..Default::default() })));
        }
        Ok(worked)
    }
}

struct World {
    store: Arc<dyn Store>,
    clock: Arc<TestClock>,
    ids: Ids,
    context: Context,
    calls: Mutex<Vec<usize>>,
    went_on: Notify,
}

impl World {
    async fn new(name: &str) -> Arc<Self> {
        let clock = Arc::new(TestClock(AtomicI64::new(1_781_092_800_000_000)));
        let store: Arc<dyn Store> = Arc::new(SqliteStore::in_memory(name, clock.clone()).await.unwrap());
        store.migrate().await.unwrap();
        let ids = Ids::new(clock.clone(), Arc::new(Counting(AtomicU64::new(1))));
        let context = Context::new(store.clone(), clock.clone(), ids.clone(), Arc::new(Nobody));
        Arc::new(Self { store, clock, ids, context, calls: Mutex::default(), went_on: Notify::new() })
    }

    fn ttl(&self) -> SignedDuration {
        SignedDuration::try_from(LEASE).unwrap()
    }

    /// Until a lease that is held now has run out.
    fn advance(&self) {
        self.clock.0.fetch_add(i64::try_from(LEASE.as_micros()).unwrap(), Ordering::SeqCst);
    }

    /// A process's runner, and word of its death.
    fn runner(self: &Arc<Self>) -> (Runner, Arc<Notify>) {
        let died = Arc::new(Notify::new());
        let fake = Fake { name: "fake".parse().unwrap(), world: self.clone(), died: died.clone() };
        let bus = Arc::new(LocalBus::new(Topology::new(&[], &[], &[])));
        let publisher = Arc::new(Publisher::new(self.store.clone(), bus));
        let holder = self.ids.message().to_string();
        let settings = RunnerSettings { holder, lease: LEASE, poll: Duration::from_millis(1) };
        (Runner::new(Arc::new(fake), self.context.clone(), publisher, settings), died)
    }

    /// Jobs of one system with these fates, each due after the one before.
    async fn add(&self, fates: &[u32]) -> Vec<TaskId> {
        let job = |fate: &u32| {
            self.clock.0.fetch_add(1, Ordering::SeqCst);
            let (id, request) = (self.ids.task(), self.ids.request());
            let task = Task {
                task: id.to_string(),
                request: request.to_string(),
                connector: "fake".to_owned(),
                systems: vec![TaskSystem { system: "crm".to_owned(), ..TaskSystem::default() }],
                round: *fate,
                ..Task::default()
            };
            let body = JobBody {
                task: task.encode_to_vec(),
                message: self.ids.message().to_string(),
                reply_to: "discovery".to_owned(),
                traceparent: String::new(),
            };
            Job {
                task: id,
                system: "crm".parse().unwrap(),
                connector: "fake".parse().unwrap(),
                request,
                tenant: "dublin".parse().unwrap(),
                format: 1,
                due_at: self.clock.now(),
                tries: 0,
                attempts: 0,
                body: body.encode_to_vec(),
                intent: Vec::new(),
                progress: Vec::new(),
                outcome: None,
            }
        };
        let jobs: Vec<Job> = fates.iter().map(job).collect();
        let tasks = jobs.iter().map(|job| job.task).collect();
        let writes = Writes { jobs: jobs.into_iter().map(JobWrite::Add).collect(), ..Writes::default() };
        let mut tx = self.store.begin(&"fake".parse().unwrap()).await.unwrap();
        tx.write(&writes).await.unwrap();
        tx.commit().await.unwrap();
        tasks
    }

    async fn job(&self, task: TaskId) -> Job {
        let mut tx = self.store.begin(&"fake".parse().unwrap()).await.unwrap();
        tx.jobs_of(&[task]).await.unwrap().remove(0)
    }

    /// Nobody can write to the store for three leases.
    async fn stall(&self) {
        let tx = self.store.begin(&"fake".parse().unwrap()).await.unwrap();
        pause(LEASE * 3).await;
        drop(tx);
    }

    fn calls(&self) -> Vec<usize> {
        std::mem::take(&mut self.calls.lock().unwrap())
    }
}

/// Each answered task with its code; nothing when it is done.
fn codes(outgoing: &[Outgoing]) -> Vec<(String, String)> {
    let read = |outgoing: &Outgoing| {
        let outcome: TaskOutcome = outgoing.message.read().unwrap();
        let failure = outcome.systems[0].failure.clone().unwrap_or_default();
        assert_eq!(failure.r#final, !failure.code.is_empty());
        (outcome.task, failure.code)
    };
    outgoing.iter().map(read).collect()
}

#[tokio::test]
async fn what_panics_or_is_not_answered_fails_alone_and_all_others_are_done() {
    for (fate, code) in [(PANICS, "panicked"), (ANSWERS_NOTHING, "unanswered")] {
        for (many, guilty) in (1..9_usize).flat_map(|many| (0..many).map(move |guilty| (many, guilty))) {
            let world = World::new(&format!("panics-{fate}-{many}-{guilty}")).await;
            let fates: Vec<u32> = (0..many).map(|i| if i == guilty { fate } else { DONE }).collect();
            let tasks = world.add(&fates).await;
            let (runner, _) = world.runner();
            let answers = codes(&runner.step().await.unwrap().unwrap());
            let code = |i| if i == guilty { code } else { "" };
            let expected: Vec<_> =
                tasks.iter().enumerate().map(|(i, task)| (task.to_string(), code(i).to_owned())).collect();
            assert_eq!(answers, expected);
            assert!(world.calls().len() <= 2 * many.ilog2() as usize + 3, "halves, not one by one");
            assert_eq!(runner.step().await.unwrap(), None);
        }
    }
}

#[tokio::test]
async fn what_ends_the_process_is_convicted_after_three_deaths_and_no_other_with_it() {
    for (many, guilty) in [(1, 0), (2, 0), (2, 1), (7, 0), (7, 3), (7, 6)] {
        let world = World::new(&format!("deaths-{many}-{guilty}")).await;
        let fates: Vec<u32> = (0..many).map(|i| if i == guilty { ENDS_THE_PROCESS } else { DONE }).collect();
        let tasks = world.add(&fates).await;
        let (mut deaths, mut answers) = (0, Vec::new());
        let (mut runner, mut died) = world.runner();
        while answers.len() < many {
            let stepped = tokio::select! {
                stepped = runner.step() => Some(stepped.unwrap()),
                () = died.notified() => None,
            };
            match stepped {
                Some(Some(outgoing)) => answers.extend(codes(&outgoing)),
                Some(None) => panic!("{many}, {guilty}: nothing is worked, after {deaths} deaths"),
                None => {
                    deaths += 1;
                    assert!(deaths <= 3, "{many}, {guilty}: never convicted");
                    world.advance();
                    (runner, died) = world.runner();
                }
            }
        }
        assert_eq!(deaths, 3, "{many}, {guilty}: it had its chances");
        for (task, code) in answers {
            let expected = if task == tasks[guilty].to_string() { "crashed" } else { "" };
            assert_eq!(code, expected, "{many}, {guilty}");
        }
        let first = world.calls()[0];
        assert_eq!(first, many, "together, as long as nobody has died");
        assert_eq!(runner.step().await.unwrap(), None);
    }
}

#[tokio::test]
async fn an_answer_of_later_is_no_death() {
    let world = World::new("later").await;
    let task = world.add(&[LATER]).await[0];
    let (runner, _) = world.runner();
    for tries in 1..=10 {
        assert_eq!(runner.step().await.unwrap(), Some(Vec::new()));
        let job = world.job(task).await;
        assert_eq!((job.tries, job.attempts, job.outcome), (tries, 0, None));
    }
    assert_eq!(codes(&runner.step().await.unwrap().unwrap()), [(task.to_string(), String::new())]);
}

#[tokio::test]
async fn whoever_loses_the_lease_and_lives_takes_its_attempt_back() {
    let world = World::new("lost").await;
    let task = world.add(&[LOSES_THE_LEASE]).await[0];
    let (runner, _) = world.runner();
    assert_eq!(runner.step().await.unwrap(), None);
    let job = world.job(task).await;
    assert_eq!((job.attempts, job.outcome), (0, None));
}

#[tokio::test]
async fn what_is_worked_when_the_process_is_stopped_is_innocent_of_its_end() {
    let world = World::new("stopped").await;
    let task = world.add(&[RUNS_ON_PAST_A_STOP]).await[0];
    let ((runner, begun), (stopper, stop)) = (world.runner(), Stop::new());
    let mut run = std::pin::pin!(runner.run(stop));
    tokio::select! {
        () = &mut run => panic!("nobody has stopped it"),
        () = begun.notified() => {}
    }
    assert_eq!(world.job(task).await.attempts, 1);
    stopper.send_replace(true);
    let taken_back = async {
        while world.job(task).await.attempts > 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        () = &mut run => panic!("it is not done"),
        () = taken_back => {}
    }
    world.went_on.notify_one();
    run.await;
    assert!(world.job(task).await.outcome.is_some(), "what was begun is finished");
}

/// The lease runs out, and nobody else takes it.
#[tokio::test]
async fn a_store_that_stalls_for_longer_than_a_lease_does_not_end_long_work() {
    let world = World::new("stalls").await;
    let tasks = world.add(&[STALLS_THE_STORE, DONE]).await;
    let (runner, _) = world.runner();
    let answers = runner.step().await.unwrap().expect("it is worked to its end at once");
    assert_eq!(
        codes(&answers),
        tasks.iter().map(|task| (task.to_string(), String::new())).collect::<Vec<_>>()
    );
}

/// An effect that others could make too is stopped before they may.
#[tokio::test]
async fn after_an_intent_work_ends_when_the_lease_may_be_anothers() {
    let world = World::new("stalls-after-intent").await;
    let task = world.add(&[STALLS_AFTER_AN_INTENT]).await[0];
    let (runner, _) = world.runner();
    assert_eq!(runner.step().await.unwrap(), None);
    let job = world.job(task).await;
    assert_eq!((job.intent, job.attempts, job.outcome), (vec![1], 0, None));
}
