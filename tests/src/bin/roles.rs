//! `redress run`, with the points at which a test ends it, and an end of its own when the test is gone: that
//! closes our standard input.

use std::{
    io::{Read as _, stdin},
    thread,
};

use clap::Parser;
use redress::local::run::{RunArgs, run};

#[derive(Parser)]
struct Roles {
    #[command(flatten)]
    run: RunArgs,
}

#[tokio::main]
async fn main() -> anyhow::Result<std::process::ExitCode> {
    redress::choose_tls();
    thread::spawn(|| {
        stdin().read_to_end(&mut Vec::new()).unwrap_or_default();
        std::process::abort();
    });
    run(Roles::parse().run).await
}
