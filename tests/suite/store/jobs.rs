//! Jobs and leases: one holder for each system, and none who lost it can answer.

use redress_domain::{Clock as _, TaskId};
use redress_store::{Job, JobWrite, Lease, Writes};

use super::{World, intake, on_both_dialects, secs, tenant};

on_both_dialects! {
    a_task_that_comes_twice_makes_one_job
    a_system_is_leased_to_one
    a_lease_that_ran_out_goes_to_the_next_and_the_old_holder_cannot_answer
    a_lease_given_back_is_free_at_once
    jobs_are_due_by_system_and_time
    systems_are_shared_out_among_many
    attempts_are_noted_under_the_lease_and_taken_back_by_whoever_lives
}

impl World {
    pub(super) fn job(&self, system: &str, in_secs: i64) -> Job {
        Job {
            task: self.ids.task(),
            system: system.parse().unwrap(),
            connector: "sql".parse().unwrap(),
            request: self.ids.request(),
            tenant: tenant(),
            format: 1,
            due_at: self.clock.now() + secs(in_secs),
            tries: 0,
            attempts: 0,
            body: vec![1],
            intent: Vec::new(),
            progress: Vec::new(),
            outcome: None,
        }
    }

    async fn add(&self, jobs: &[Job]) {
        let jobs = jobs.iter().cloned().map(JobWrite::Add).collect();
        self.write(Writes { jobs, ..Writes::default() }).await;
    }

    async fn lease(&self, holder: &str) -> Option<Lease> {
        self.store.lease_system(&"sql".parse().unwrap(), holder, secs(30)).await.unwrap()
    }

    async fn jobs_of(&self, task: TaskId) -> Vec<Job> {
        self.begin().await.jobs_of(&[task]).await.unwrap()
    }
}

async fn a_task_that_comes_twice_makes_one_job(world: World) {
    let job = world.job("crm", 0);
    let ended = Job {
        outcome: Some(vec![5]),
        tries: 3,
        attempts: 2,
        progress: vec![1],
        intent: vec![2],
        ..job.clone()
    };
    world.add(std::slice::from_ref(&job)).await;
    world.write(Writes { jobs: vec![JobWrite::Set(ended.clone())], ..Writes::default() }).await;
    world.add(std::slice::from_ref(&job)).await;
    assert_eq!(world.jobs_of(job.task).await, [ended]);
}

async fn a_system_is_leased_to_one(world: World) {
    assert_eq!(world.lease("a").await, None, "nothing to do");
    world.add(&[world.job("crm", 0), world.job("crm", 0), world.job("later", 60)]).await;
    let lease = world.lease("a").await.unwrap();
    assert_eq!((lease.system.as_str(), lease.holder.as_str(), lease.epoch), ("crm", "a", 1));
    assert_eq!(world.lease("b").await, None, "crm is taken, later is not due");
    assert_eq!(world.store.due_jobs(&lease, 10).await.unwrap().len(), 2);
    assert_eq!(world.store.due_jobs(&lease, 1).await.unwrap().len(), 1);
}

async fn a_lease_that_ran_out_goes_to_the_next_and_the_old_holder_cannot_answer(world: World) {
    let job = world.job("crm", 0);
    world.add(std::slice::from_ref(&job)).await;
    let old = world.lease("a").await.unwrap();
    world.clock.advance(secs(20));
    assert!(world.store.extend_lease(&old, secs(30)).await.unwrap());
    world.clock.advance(secs(20));
    assert_eq!(world.lease("b").await, None, "it was extended");
    world.clock.advance(secs(10));
    let new = world.lease("b").await.unwrap();
    assert_eq!(new.epoch, 2);
    assert!(!world.store.extend_lease(&old, secs(30)).await.unwrap());
    world.store.release_lease(&old).await.unwrap();
    let mut tx = world.store.begin(&intake()).await.unwrap();
    assert!(!tx.fence(&old).await.unwrap());
    assert!(tx.fence(&new).await.unwrap());
    drop(tx);
    assert_eq!(world.lease("c").await, None, "an old holder cannot give back what is not its own");
}

async fn a_lease_given_back_is_free_at_once(world: World) {
    world.add(&[world.job("crm", 0)]).await;
    let lease = world.lease("a").await.unwrap();
    world.store.release_lease(&lease).await.unwrap();
    assert_eq!(world.lease("b").await.unwrap().epoch, 2);
}

async fn jobs_are_due_by_system_and_time(world: World) {
    let (late, first, ended) = (world.job("crm", -10), world.job("shop", -20), world.job("shop", -30));
    let second = world.job("shop", -15);
    world.add(&[late, first.clone(), second.clone(), ended.clone()]).await;
    let ended = Job { outcome: Some(vec![]), ..ended };
    world.write(Writes { jobs: vec![JobWrite::Set(ended)], ..Writes::default() }).await;
    let lease = world.lease("a").await.unwrap();
    assert_eq!(lease.system.as_str(), "shop", "the longest overdue");
    assert_eq!(world.store.due_jobs(&lease, 10).await.unwrap(), [first, second]);
    assert_eq!(world.lease("a").await.unwrap().system.as_str(), "crm");
}

async fn systems_are_shared_out_among_many(world: World) {
    let jobs: Vec<Job> = (0..12).map(|i| world.job(&format!("s{i}"), 0)).collect();
    world.add(&jobs).await;
    let workers = (0..4).map(|i| {
        let store = world.replica();
        async move {
            let (connector, holder) = ("sql".parse().unwrap(), format!("w{i}"));
            let mut mine = Vec::new();
            while let Some(lease) = store.lease_system(&connector, &holder, secs(30)).await.unwrap() {
                mine.push(lease.system);
            }
            mine
        }
    });
    let mut leased: Vec<_> = futures::future::join_all(workers).await.into_iter().flatten().collect();
    leased.sort();
    leased.dedup();
    assert_eq!(leased.len(), 12, "each system to exactly one");
}

async fn attempts_are_noted_under_the_lease_and_taken_back_by_whoever_lives(world: World) {
    let (one, two, other) = (world.job("crm", 0), world.job("crm", 0), world.job("shop", 1));
    world.add(&[one.clone(), two.clone(), other.clone()]).await;
    let lease = world.lease("a").await.unwrap();
    let attempts = async || {
        let of = async |job: &Job| world.jobs_of(job.task).await[0].attempts;
        (of(&one).await, of(&two).await, of(&other).await)
    };
    let (both, all) = ([one.task, two.task], [one.task, two.task, other.task]);
    assert!(world.store.note_job_attempts(&lease, &both).await.unwrap());
    assert!(world.store.note_job_attempts(&lease, &[one.task]).await.unwrap());
    assert_eq!(attempts().await, (2, 1, 0));
    assert_eq!(world.store.due_jobs(&lease, 10).await.unwrap()[0].attempts, 2);
    world.store.take_back_job_attempts(&lease, &all).await.unwrap();
    world.store.take_back_job_attempts(&lease, &all).await.unwrap();
    assert_eq!(attempts().await, (0, 0, 0), "never below nothing");
    assert!(world.store.note_job_attempts(&lease, &all).await.unwrap());
    assert_eq!(attempts().await, (1, 1, 0), "only those of the lease's system");
    world.clock.advance(secs(30));
    let new = world.lease("b").await.unwrap();
    assert!(!world.store.note_job_attempts(&lease, &both).await.unwrap());
    world.store.take_back_job_attempts(&lease, &[one.task]).await.unwrap();
    assert_eq!(attempts().await, (0, 1, 0), "whoever lost the lease still lives");
    assert!(world.store.note_job_attempts(&new, &both).await.unwrap());
    let ended = Job { outcome: Some(vec![1]), attempts: 0, ..two.clone() };
    world.write(Writes { jobs: vec![JobWrite::Set(ended)], ..Writes::default() }).await;
    assert_eq!(attempts().await, (1, 0, 0));
}
