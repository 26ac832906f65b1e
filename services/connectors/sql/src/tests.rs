//! The connector on a real database, worked by a runner: what is parted, what waits, and what stands.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use prost::Message as _;
use redress_bus::LocalBus;
use redress_connector::{Runner, RunnerSettings};
use redress_contracts::{
    Contract as _, Envelope,
    state::JobBody,
    topology::Topology,
    v1::{self, SystemOutcome, Task, TaskOutcome, TaskSystem},
};
use redress_datamap::{
    Policy, System, Systems,
    sql::{SqlSession as _, prepare},
};
use redress_domain::{Clock, IdentifierKind, Ids, Random, RequestId, TenantId};
use redress_runtime::{Context, Publisher, Sealer};
use redress_store::{Job, JobWrite, SqliteStore, Store, Writes};
use redress_vault::{Key, Keyring, Objects, Periods, Purpose, TenantKey, seal};

use crate::{Database, Sql};

const MAP: &str = r"
dataset:
  - fides_key: company
    collections:
      - name: person
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email}}
      - name: visit
        fields:
          - {name: id, fides_meta: {primary_key: true}}
          - {name: person_id, data_categories: [user.unique_id], fides_meta: {references: [{dataset: company, field: person.id, direction: from}]}}
";
const POLICY: &str = "[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user'\ndo = 'delete'\n";
const PEOPLE: usize = 6;

/// A clock that counts how often it is read.
struct TestClock {
    now: AtomicI64,
    read: AtomicU64,
}

impl TestClock {
    fn new() -> Arc<Self> {
        Arc::new(Self { now: AtomicI64::new(1_781_092_800_000_000), read: AtomicU64::new(0) })
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        self.read.fetch_add(1, Ordering::SeqCst);
        Timestamp::from_microsecond(self.now.load(Ordering::SeqCst)).unwrap()
    }
}

struct Dice(AtomicU64);

impl Random for Dice {
    fn fill(&self, out: &mut [u8]) {
        out.fill_with(|| {
            let next = |state: u64| Some(state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1));
            (self.0.fetch_update(Ordering::SeqCst, Ordering::SeqCst, next).unwrap() >> 56) as u8
        });
    }
}

struct Nobody;

impl Sealer for Nobody {
    fn seal(&self, _: Option<&Envelope>, _: &[u8]) -> Vec<u8> {
        Vec::new()
    }
}

/// A database of people, and one request about each.
struct World {
    store: Arc<dyn Store>,
    clock: Arc<TestClock>,
    /// The connector's own.
    its_clock: Arc<TestClock>,
    ids: Ids,
    dice: Arc<Dice>,
    context: Context,
    keyring: Arc<Keyring>,
    objects: Objects,
    database: Database,
    requests: Vec<RequestId>,
    folder: tempfile::TempDir,
}

fn dublin() -> TenantId {
    "dublin".parse().unwrap()
}

fn system(map: &str) -> System {
    let policy = Arc::new(Policy::read("policy.toml", POLICY).unwrap());
    System::new((dublin(), "crm".parse().unwrap()), crate::name(), ("map.yml", map), policy).unwrap()
}

impl World {
    async fn new(name: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (clock, its_clock, dice) =
            (TestClock::new(), TestClock::new(), Arc::new(Dice(AtomicU64::new(1))));
        let store: Arc<dyn Store> = Arc::new(SqliteStore::in_memory(name, clock.clone()).await.unwrap());
        store.migrate().await.unwrap();
        let ids = Ids::new(clock.clone(), dice.clone());
        let context = Context::new(store.clone(), clock.clone(), ids.clone(), Arc::new(Nobody));
        let tenants = BTreeMap::from([(dublin(), TenantKey::new(Key::new([1; 32])))]);
        let periods = Periods::new(folder.path());
        let keyring = Arc::new(Keyring::new(store.clone(), tenants, periods, clock.clone(), dice.clone()));
        let url = format!("sqlite:{}?mode=rwc", folder.path().join("company.db").display());
        let database = match Database::of_url(&url).unwrap() {
            Database::Sqlite(options) => Database::Sqlite(Box::new(options.busy_timeout(Duration::ZERO))),
            postgres => postgres,
        };
        let mut session = database.connect().await.unwrap();
        prepare(&mut session).await.unwrap();
        session.close().await;
        let mut requests = Vec::new();
        for _ in 0..PEOPLE {
            let request = ids.request();
            keyring.make(&dublin(), request).await.unwrap();
            requests.push(request);
        }
        let objects = Objects::open("memory:///", []).unwrap();
        let world = Self {
            store,
            clock,
            its_clock,
            ids,
            dice,
            context,
            keyring,
            objects,
            database,
            requests,
            folder,
        };
        world.run("create table person (id integer primary key, email text unique)").await;
        world.run("create table visit (id integer primary key, person_id integer)").await;
        for id in 0..PEOPLE {
            world.run(&format!("insert into person values ({id}, 'person{id}@example.com')")).await;
            world.run(&format!("insert into visit values ({id}, {id})")).await;
        }
        world
    }

    async fn run(&self, sql: &str) {
        let mut session = self.database.connect().await.unwrap();
        session.execute(sql, &[]).await.unwrap();
        session.close().await;
    }

    fn runner(&self, map: &str) -> Runner {
        let systems = Arc::new(Systems::new([system(map)]).unwrap());
        let databases = BTreeMap::from([("crm".parse().unwrap(), self.database.clone())]);
        let sql = Sql::new(
            systems,
            databases,
            self.keyring.clone(),
            self.objects.clone(),
            self.its_clock.clone(),
            self.dice.clone(),
        );
        let bus = Arc::new(LocalBus::new(Topology::new(&[], &[], &[])));
        let publisher = Arc::new(Publisher::new(self.store.clone(), bus));
        let settings = RunnerSettings::new(self.ids.message().to_string());
        Runner::new(Arc::new(sql), self.context.clone(), publisher, settings)
    }

    /// Works a task for each of these people; gives an outcome for each, or none where it is tried later.
    async fn work(
        &self,
        runner: &Runner,
        action: v1::Action,
        asked: &[(usize, TaskSystem)],
    ) -> Vec<Option<SystemOutcome>> {
        let (mut jobs, mut tasks) = (Vec::new(), Vec::new());
        for (person, system) in asked {
            let job = self.job(action, *person, system).await;
            tasks.push(job.task.to_string());
            jobs.push(JobWrite::Add(job));
        }
        let mut tx = self.store.begin(&"sql".parse().unwrap()).await.unwrap();
        tx.write(&Writes { jobs, ..Writes::default() }).await.unwrap();
        tx.commit().await.unwrap();
        let outgoing = runner.step().await.unwrap().expect("there are jobs");
        let outcomes: Vec<TaskOutcome> = outgoing.iter().map(|one| one.message.read().unwrap()).collect();
        let of =
            |task: &String| outcomes.iter().find(|outcome| outcome.task == *task)?.systems.first().cloned();
        tasks.iter().map(of).collect()
    }

    async fn job(&self, action: v1::Action, person: usize, system: &TaskSystem) -> Job {
        let (id, request) = (self.ids.task(), self.requests[person]);
        let key = self.keyring.get(&dublin(), request).await.unwrap();
        let kind = IdentifierKind::Email.number();
        let value = format!("person{person}@example.com");
        let plain = v1::Identifier { kind, value, ..v1::Identifier::default() };
        let whose = request.to_string();
        let purpose = Purpose { what: "identifier", whose: &whose };
        let identifier = v1::SealedIdentifier {
            kind,
            identifier: Some(seal(&key, purpose, &plain.encode_to_vec(), &*self.dice)),
            ..v1::SealedIdentifier::default()
        };
        let task = Task {
            task: id.to_string(),
            request: whose.clone(),
            connector: "sql".to_owned(),
            action: action as i32,
            kind: v1::Kind::Delete as i32,
            systems: vec![system.clone()],
            identifiers: vec![identifier],
            ..Task::default()
        };
        let body = JobBody {
            task: task.encode_to_vec(),
            message: self.ids.message().to_string(),
            reply_to: "deletion".to_owned(),
            traceparent: String::new(),
        };
        Job {
            task: id,
            system: "crm".parse().unwrap(),
            connector: crate::name(),
            request,
            tenant: dublin(),
            format: 1,
            due_at: self.clock.now(),
            tries: 0,
            attempts: 0,
            body: body.encode_to_vec(),
            intent: Vec::new(),
            progress: Vec::new(),
            outcome: None,
        }
    }

    /// What is asked of the system by this data map: without a plan.
    fn by(map: &str) -> TaskSystem {
        let system = system(map);
        TaskSystem {
            system: "crm".to_owned(),
            map: Some(system.map()),
            policy: Some(system.policy()),
            ..TaskSystem::default()
        }
    }

    /// A plan for each person.
    async fn plans(&self, runner: &Runner) -> Vec<(usize, TaskSystem)> {
        let asked: Vec<_> = (0..PEOPLE).map(|person| (person, Self::by(MAP))).collect();
        let located = self.work(runner, v1::Action::Locate, &asked).await;
        let plan = |((person, system), outcome): ((usize, TaskSystem), Option<SystemOutcome>)| {
            (person, TaskSystem { plan: outcome.unwrap().proposal, ..system })
        };
        asked.into_iter().zip(located).map(plan).collect()
    }

    /// All that waits is due.
    fn later(&self) {
        let days = SignedDuration::from_hours(48).as_micros();
        self.clock.now.fetch_add(i64::try_from(days).unwrap(), Ordering::SeqCst);
    }
}

fn code(outcome: &SystemOutcome) -> (&str, bool) {
    outcome.failure.as_ref().map_or(("", false), |failure| (&failure.code, failure.r#final))
}

#[tokio::test]
async fn one_job_that_fails_for_good_fails_alone_and_all_others_are_done() {
    for guilty in 0..PEOPLE {
        let world = World::new(&format!("guilty-{guilty}")).await;
        let runner = world.runner(MAP);
        let plans = world.plans(&runner).await;
        world
            .run(&format!(
                "create trigger never before delete on person when old.id = {guilty} \
                 begin select raise(abort, 'never'); end"
            ))
            .await;
        for (person, outcome) in world.work(&runner, v1::Action::Purge, &plans).await.iter().enumerate() {
            let outcome = outcome.as_ref().unwrap();
            let expected = if person == guilty { v1::Status::Refused } else { v1::Status::Done };
            assert_eq!(outcome.status(), expected, "{person} of {guilty}: {}", outcome.reason);
            assert_eq!(code(outcome), if person == guilty { ("refused", true) } else { ("", false) });
        }
    }
}

#[tokio::test]
async fn what_is_busy_is_parted_and_waits_and_is_done_when_it_is_over() {
    let world = World::new("busy").await;
    let runner = world.runner(MAP);
    let plans = world.plans(&runner).await;
    let mut other = world.database.connect().await.unwrap();
    other.execute("begin immediate", &[]).await.unwrap();
    world.its_clock.read.store(0, Ordering::SeqCst);
    let outcomes = world.work(&runner, v1::Action::Purge, &plans[..4]).await;
    assert_eq!(outcomes, [None, None, None, None]);
    // Once for each try (of four, of two twos, of four ones), and once for each that waits.
    assert_eq!(world.its_clock.read.load(Ordering::SeqCst), 7 + 4);
    other.execute("rollback", &[]).await.unwrap();
    other.close().await;
    world.later();
    assert_eq!(runner.step().await.unwrap().unwrap().len(), 4, "all are answered");
}

#[tokio::test]
async fn a_database_that_is_away_makes_all_wait_together() {
    let world = World::new("away").await;
    let runner = world.runner(MAP);
    let plans = world.plans(&runner).await;
    let (file, aside) = (world.folder.path().join("company.db"), world.folder.path().join("aside.db"));
    std::fs::rename(&file, &aside).unwrap();
    std::fs::create_dir(&file).unwrap();
    world.its_clock.read.store(0, Ordering::SeqCst);
    let outcomes = world.work(&runner, v1::Action::Purge, &plans).await;
    assert!(outcomes.iter().all(Option::is_none), "{outcomes:?}");
    assert_eq!(world.its_clock.read.load(Ordering::SeqCst), PEOPLE as u64, "nothing is tried apart");
    std::fs::remove_dir(&file).unwrap();
    std::fs::rename(&aside, &file).unwrap();
    world.later();
    assert_eq!(runner.step().await.unwrap().unwrap().len(), PEOPLE);
}

/// Whatever changed since: the data map in its words only, the data map so that it cannot tell, the catalog.
#[tokio::test]
async fn an_effect_that_stands_is_never_called_undone() {
    let worded = format!("# Another word.{MAP}");
    let narrowed = MAP.split("      - name: visit").next().unwrap().to_owned();
    for (name, map, change, expected) in [
        ("same", MAP.to_owned(), "", v1::Status::Done),
        ("worded", worded, "", v1::Status::Done),
        ("narrowed", narrowed, "", v1::Status::Partial),
        ("dropped", MAP.to_owned(), "drop table visit", v1::Status::Partial),
    ] {
        let world = World::new(&format!("stands-{name}")).await;
        let runner = world.runner(MAP);
        let plans = world.plans(&runner).await;
        let (done, _) = plans.split_at(1);
        assert_eq!(plans[0].1.plan.as_ref().unwrap().datasets.len(), 2);
        let outcome = world.work(&runner, v1::Action::Purge, done).await.remove(0).unwrap();
        assert_eq!(outcome.status(), v1::Status::Done);
        if !change.is_empty() {
            world.run(change).await;
        }
        // Nobody heard of the answer: the same task is worked again, by whoever runs now.
        let mut session = world.database.connect().await.unwrap();
        let task = world.ids.task();
        session.execute("update redress_effect set task = $1", &[&task.to_string()]).await.unwrap();
        session.close().await;
        let job = world.job(v1::Action::Purge, 0, &done[0].1).await;
        let mut body = JobBody::decode(job.body.as_slice()).unwrap();
        let again = Task { task: task.to_string(), ..Task::decode(body.task.as_slice()).unwrap() };
        body.task = again.encode_to_vec();
        let job = Job { task, body: body.encode_to_vec(), ..job };
        let mut tx = world.store.begin(&"sql".parse().unwrap()).await.unwrap();
        tx.write(&Writes { jobs: vec![JobWrite::Add(job)], ..Writes::default() }).await.unwrap();
        tx.commit().await.unwrap();
        let outgoing = world.runner(&map).step().await.unwrap().unwrap();
        let outcome = outgoing[0].message.read::<TaskOutcome>().unwrap().systems.remove(0);
        assert_eq!((outcome.status(), outcome.plan_changed), (expected, false), "{name}: {}", outcome.reason);
        let says = outcome.reason.starts_with("the effect is committed, and not verified");
        assert_eq!(says, expected == v1::Status::Partial, "{name}: {}", outcome.reason);
    }
}

#[tokio::test]
async fn another_data_map_is_asked_for_again_where_nothing_was_approved() {
    let world = World::new("other-map").await;
    let ours = world.runner(MAP);
    let plan = world.plans(&ours).await.remove(0);
    let other = world.runner(&format!("# Another word.{MAP}"));
    for (action, code) in
        [(v1::Action::Locate, "other_map"), (v1::Action::Collect, "other_map"), (v1::Action::Purge, "")]
    {
        let outcome = world.work(&other, action, std::slice::from_ref(&plan)).await.remove(0).unwrap();
        assert_eq!(self::code(&outcome), (code, false), "{action:?}");
        assert_eq!(outcome.plan_changed, action == v1::Action::Purge, "{action:?}");
    }
}
