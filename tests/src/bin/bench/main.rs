//! What Redress does in a second, beside what the machine can: one table. `tests/bench` builds and runs it.
//!
//! It starts its own RabbitMQ and PostgreSQL, loads its own shop (see `redress_tests::bench_shop`) for every part anew,
//! and runs the program as its users do: subjects sealed, deletions verified, every commit on the disk.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a bench measures time, looks at what it measures, and may end at once"
)]

mod eyes;
mod history;
mod hop;
mod large;
mod latency;
mod memory;
mod processes;
mod product;
mod start;
mod table;
mod throughput;

use clap::{Parser, ValueEnum};

use product::Servers;
use table::Table;

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// The loop's hops a second, beside bare statements.
    Hop,
    /// Requests a second, and what one costs.
    Throughput,
    /// How long one request takes.
    Latency,
    /// One person with 70,002 rows, beside statements by hand.
    Large,
    /// What the processes hold in memory.
    Memory,
    /// From start to ready.
    Start,
    /// Cost beside many closed requests.
    History,
}

#[derive(Parser)]
struct Bench {
    /// Only these parts.
    parts: Vec<Part>,
    /// How often each is measured.
    #[arg(long, default_value_t = 5)]
    rounds: u32,
    /// Requests of a round, where many are asked for: at most 10,000.
    #[arg(long, default_value_t = 2000)]
    requests: u32,
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> anyhow::Result<()> {
    redress::choose_tls();
    let Bench { parts, rounds, requests } = Bench::parse();
    let servers = Servers::start().await?;
    let mut table = Table::default();
    for part in Part::value_variants() {
        if !parts.is_empty() && !parts.contains(part) {
            continue;
        }
        let (servers, table) = (&servers, &mut table);
        match part {
            Part::Hop => Box::pin(hop::measure(servers, rounds, table)).await?,
            Part::Throughput => Box::pin(throughput::measure(servers, rounds, requests, table)).await?,
            Part::Latency => Box::pin(latency::measure(servers, table)).await?,
            Part::Large => Box::pin(large::measure(servers, rounds, table)).await?,
            Part::Memory => Box::pin(memory::measure(servers, rounds, requests, table)).await?,
            Part::Start => Box::pin(start::measure(servers, rounds, table)).await?,
            Part::History => Box::pin(history::measure(servers, rounds, table)).await?,
        }
    }
    println!("{table}");
    Ok(())
}
