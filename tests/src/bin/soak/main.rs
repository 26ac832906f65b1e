//! A cluster under a steady stream of deletions and exports while one thing after another goes wrong, as a seed has it.
//! `tests/soak` builds and runs it.
//!
//! After each minute everything that was accepted has ended well, each planned row was changed once and no other, and
//! the ledger has each event once. After each fault work goes on within five seconds. It ends at the first violation.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a soak measures time, lets some pass, and ends at once where something is wrong"
)]

mod fault;
mod stream;

use std::{collections::BTreeMap, time::Duration};

use clap::Parser;
use redress_domain::Random as _;
use redress_runtime::OsRandom;
use redress_tests::{
    ambient::Dice,
    fleet::{cluster::Cluster, counted::planned},
};
use tokio::time::{Instant, sleep};

use fault::Fault;
use stream::{PEOPLE_A_MINUTE, Stream};

/// Work goes on so soon after a fault is over.
const GOING_AGAIN: Duration = Duration::from_secs(5);
/// People whom nobody asks about.
const OTHERS: u32 = 500;

#[derive(Parser)]
struct Soak {
    /// How long.
    #[arg(long, default_value_t = 5)]
    minutes: u32,
    /// What goes wrong, and when: the same seed has the same faults in the same order. Without one, any.
    #[arg(long)]
    seed: Option<u64>,
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let soak = Soak::parse();
    let seed = soak.seed.unwrap_or_else(any_seed);
    println!("seed {seed}, {} minutes", soak.minutes);
    let dice = Dice::new(seed);
    let mut cluster = Cluster::start(soak.minutes * PEOPLE_A_MINUTE + OTHERS).await;
    let mut stream = Stream::default();
    let mut worst = BTreeMap::<&'static str, (u32, Duration)>::new();
    let begun = Instant::now();
    for minute in 1..=soak.minutes {
        let running = stream.begin(&cluster.fleet, dice.below(u64::MAX));
        let end = begun + Duration::from_secs(60) * minute;
        while Instant::now() < end {
            sleep(Duration::from_millis(500 + dice.below(2500))).await;
            let fault = Fault::any(&dice);
            let at = begun.elapsed().as_secs();
            fault.happen(&mut cluster).await;
            let took = cluster.fleet.going_again(u32::MAX, &fault).await;
            println!("{at:>5} s  {:44} going again after {:.1} s", fault.to_string(), took.as_secs_f64());
            assert!(took <= GOING_AGAIN, "{fault}: it took {took:?}, seed {seed}; {}", cluster.fleet.said());
            let (times, longest) = worst.entry(fault.kind()).or_default();
            (*times, *longest) = (*times + 1, took.max(*longest));
        }
        stream.end(running).await;
        check(&cluster, &stream, minute).await;
    }
    println!("\n{:32} {:>5}  going again, at worst", "what went wrong", "times");
    for (kind, (times, longest)) in &worst {
        println!("{kind:32} {times:>5}  {:.1} s", longest.as_secs_f64());
    }
    println!("nothing was lost, doubled or left open; seed {seed}");
}

/// Everything has ended, well; nothing was done but what was asked, and that once.
async fn check(cluster: &Cluster, stream: &Stream, minute: u32) {
    let fleet = &cluster.fleet;
    fleet.until_closed(u32::try_from(stream.requests()).unwrap()).await;
    fleet.assert_ended_well(&stream.new).await;
    fleet.assert_ledger(stream.deleted.len(), stream.exports).await;
    let people = stream.deleted.iter().copied();
    assert!(fleet.target.changes().await == planned(people), "rows were changed that should not, or not");
    println!("minute {minute}: {} deletions and {} exports have ended", stream.deleted.len(), stream.exports);
}

fn any_seed() -> u64 {
    let mut bytes = [0; 4];
    OsRandom.fill(&mut bytes);
    u32::from_le_bytes(bytes).into()
}
