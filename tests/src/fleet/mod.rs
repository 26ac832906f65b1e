//! Redress in processes of its own, as on a cluster, with the tests' eyes on its store and a caller at its doors.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod caller;
pub mod cluster;
pub mod counted;
mod eyes;

use std::{
    fs,
    ops::RangeInclusive,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::Arc,
};

use futures::{FutureExt as _, StreamExt as _, future::join_all, stream};
use redress::{parts::open_store, settings::Settings};
use redress_store::Store;
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;
use tokio::task::JoinHandle;

use crate::{killable::Killable, servers};
use caller::Caller;
use counted::{Counted, MAP, POLICY};
use eyes::Eyes;

/// Every role, as a laptop runs them.
pub const ALL: [&str; 6] = ["audit", "connector-sql", "deletion", "discovery", "export", "intake"];

/// Requests that the caller looks after at a time.
const AT_ONCE: usize = 32;
/// Requests that are open at a time, at most: whatever is killed is killed while others are on their way.
const OPEN_MAX: u32 = 30;
/// Requests that are handed in together.
const TOGETHER: usize = 10;

/// Who approves plans.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Approval {
    /// An administrator, for each request, at the door.
    AtTheDoor,
    /// An administrator, once and for all, in the settings.
    Standing,
}

/// See the module.
pub struct Fleet {
    /// The tests' own way to its store.
    pub store: Arc<dyn Store>,
    /// The database whose people it deletes.
    pub target: Counted,
    caller: Arc<Caller>,
    eyes: Arc<Eyes>,
    folder: TempDir,
}

impl Fleet {
    /// On this transport and store, with a target of the store's kind that has so many people, and an administrator
    /// at the door. Nothing runs yet.
    pub async fn on(pair: (&str, &str), people: u32) -> Self {
        Self::approved(Approval::AtTheDoor, pair, people).await
    }

    /// The same, with approvals of this kind.
    pub async fn approved(approval: Approval, (bus, store): (&str, &str), people: u32) -> Self {
        let bus = match bus {
            "amqp" => servers::fresh_vhost().await.unwrap(),
            _ => "local:".to_owned(),
        };
        let folder = tempfile::tempdir().unwrap();
        if store == "sqlite" {
            let target = format!("sqlite:{}?mode=rwc", folder.path().join("shop.db").display());
            return Self::of(approval, (&bus, "sqlite:redress.db", &target), folder, people).await;
        }
        let postgres = servers::shared_postgres().await.unwrap();
        let (store, target) =
            tokio::try_join!(postgres.create_database(), postgres.create_database()).unwrap();
        Self::of(approval, (&bus, &store, &target), folder, people).await
    }

    /// On servers of the caller's choice: a bus, a store, a target.
    pub async fn of(approval: Approval, urls: (&str, &str, &str), folder: TempDir, people: u32) -> Self {
        redress::choose_tls();
        let settings = settings(approval, urls);
        for (file, text) in [("policy.toml", POLICY), ("map.yml", MAP), ("redress.toml", &*settings)] {
            fs::write(folder.path().join(file), text).unwrap();
        }
        let settings = Settings::of_text(&settings, folder.path(), folder.path()).unwrap();
        let store = open_store(&settings).await.unwrap();
        store.migrate().await.unwrap();
        let target = Counted::with_people(urls.2, people).await;
        let eyes = Arc::new(Eyes::on(store.clone(), folder.path().join("processes.log")));
        Self { store, target, caller: Arc::new(Caller::new()), eyes, folder }
    }

    /// The processes' current folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Starts a process with these roles; `crash` is where it is to end (see `redress_runtime::crash`).
    /// The caller comes to the doors of whichever has intake.
    pub fn start(&self, roles: &[&str], crash: Option<&str>) -> Killable {
        self.start_with(roles, crash.map(|crash| ("REDRESS_CRASH", crash)))
    }

    /// Starts a process with these roles and these words in its environment.
    pub fn start_with<'a>(
        &self,
        roles: &[&str],
        environment: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Killable {
        let log = fs::File::options().create(true).append(true).open(&self.eyes.log).unwrap();
        let mut command = Command::new(program());
        command.args(roles).current_dir(self.folder.path());
        let port = if roles.contains(&"intake") { self.caller.port() } else { 0 };
        command.env("REDRESS__HTTP__LISTEN", format!("127.0.0.1:{port}")).env("RUST_BACKTRACE", "0");
        command.envs(environment).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(log);
        Killable::start(&mut command).unwrap()
    }

    /// Begins what a user does for the deletion of these people, again and again until each is closed: hands them in
    /// and approves each plan. A door that is shut is tried again.
    pub fn deletions(&self, people: RangeInclusive<u32>) -> JoinHandle<()> {
        let caller = self.caller.clone();
        tokio::spawn(async move {
            stream::iter(people).for_each_concurrent(AT_ONCE, |person| caller.delete(person)).await;
        })
    }

    /// Begins to hand in what an upstream system does, in this order, so that not too many are open at a time; ends
    /// when each has ended well. So many were closed before.
    pub fn stream(&self, requests: Vec<(&'static str, u32)>, before: u32) -> JoinHandle<()> {
        let (caller, eyes) = (self.caller.clone(), self.eyes.clone());
        tokio::spawn(async move {
            let (mut ids, mut submitted) = (Vec::new(), before);
            for some in requests.chunks(TOGETHER) {
                eyes.until_closed(submitted.saturating_sub(OPEN_MAX)).await;
                let some = some.iter().map(|(kind, person)| caller.submit(kind, *person));
                ids.extend(join_all(some).await);
                submitted = before + u32::try_from(ids.len()).unwrap();
            }
            eyes.until_closed(submitted).await;
            let caller = &caller;
            let ended = |id: String| async move { caller.assert_ended_well(&id).await };
            stream::iter(ids).for_each_concurrent(AT_ONCE, ended).await;
        })
    }

    /// Hands these in, and gives their ids; each is accepted, however the rest of the fleet does.
    pub async fn submit(&self, requests: Vec<(&'static str, u32)>) -> Vec<String> {
        let submitted = requests.into_iter().map(|(kind, person)| {
            let caller = self.caller.clone();
            async move { caller.submit(kind, person).await }.boxed()
        });
        join_all(submitted).await
    }

    /// Each of these is closed, and everything was done.
    pub async fn assert_ended_well(&self, requests: &[String]) {
        for request in requests {
            self.caller.assert_ended_well(request).await;
        }
    }

    /// Waits until so many requests are closed.
    pub async fn until_closed(&self, requests: u32) {
        self.eyes.until_closed(requests).await;
    }

    /// How many requests are closed, as the ledger says; none: the store is away.
    pub async fn closed(&self) -> Option<u32> {
        self.eyes.closed().await
    }

    /// Waits until the ledger has the end of each request; then it has each of their events once, unaltered, and
    /// nothing is parked.
    pub async fn assert_ledger(&self, deletions: usize, exports: usize) {
        let requests = deletions + exports;
        self.until_closed(u32::try_from(requests).unwrap()).await;
        let events = self.eyes.events().await;
        for (event, times) in [
            ("request.received", requests),
            ("discovery.completed", requests),
            ("request.approved", requests),
            ("deletion.purged", deletions),
            ("request.closed", requests),
        ] {
            let seen = events.get(event).copied().unwrap_or_default();
            assert_eq!(seen, times, "{event} in {events:?}; {}", self.said());
        }
        assert_eq!(self.store.parked(None, None, 10).await.unwrap(), [], "{}", self.said());
    }

    /// Whether a process wrote this.
    pub fn has_said(&self, words: &str) -> bool {
        fs::read_to_string(&self.eyes.log).is_ok_and(|log| log.contains(words))
    }

    /// The end of what the processes wrote.
    pub fn said(&self) -> String {
        self.eyes.said()
    }
}

/// A request of deletion for each of these people.
pub fn deletions(people: RangeInclusive<u32>) -> Vec<(&'static str, u32)> {
    people.map(|person| ("delete", person)).collect()
}

/// The program that runs roles: it is built beside this one, and a test program lies one folder deeper.
fn program() -> PathBuf {
    let own = std::env::current_exe().unwrap();
    let folders = own.ancestors().skip(1).take(2);
    let mut programs = folders.map(|folder| folder.join("roles"));
    programs.find(|program| program.is_file()).expect("`roles` is built with the tests")
}

fn settings(approval: Approval, (bus, store, target): (&str, &str, &str)) -> String {
    let sha256 = hex::encode(Sha256::digest("ada"));
    let standing = match approval {
        Approval::AtTheDoor => "",
        Approval::Standing => {
            "[[tenant.standing_approval]]\nname = 'all'\nby = 'ada'\nkinds = ['export', 'delete']\n\
             systems = ['shop']\nrows_max = 100\nuntil = '2099-12-31'\npurges_at_once = true\n"
        }
    };
    format!(
        "bus.url = '{bus}'\nstore.url = '{store}'\n\
         [[tenant]]\nname = 'dublin'\nkey = '{}='\npolicy = 'policy.toml'\ntime_zone = 'Europe/Dublin'\n\
         clear_subjects = true\nverification_level = 'asserted'\n{standing}\
         [[system]]\nname = 'shop'\ntenant = 'dublin'\nconnector = 'sql'\nurl = '{target}'\ndata_map = 'map.yml'\n\
         [[token]]\nsha256 = '{sha256}'\nname = 'ada'\ntenant = 'dublin'\nrole = 'tenant_admin'\n",
        "A".repeat(43)
    )
}
