//! The commands, from their words to their text and exit code.

mod approving;
mod failures;
mod fetching;
mod listing;
mod stub;
mod submitting;
mod verifying;
mod watching;
mod whole;
mod world;

use std::{
    io::{BufReader, Cursor},
    sync::Arc,
    time::Duration,
};

use clap::Parser;
use jiff::{Timestamp, tz::TimeZone};
use redress_domain::{Clock, Random};
use redress_runtime::OsRandom;

use super::{Remote, Surroundings, Terminal, run_on};

/// What a command said, and how it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ran {
    pub(super) code: u8,
    pub(super) out: String,
    pub(super) err: String,
}

/// How a command is run.
#[derive(Clone, Copy, Default)]
pub(super) struct How<'a> {
    /// What is typed or piped.
    pub(super) input: &'a str,
    /// A person is there.
    pub(super) is_asked: bool,
    /// Somebody looks at a terminal.
    pub(super) is_redrawn: bool,
    /// Somebody sees what is being done.
    pub(super) is_watched: bool,
    /// No two keys that are made are the same.
    pub(super) is_random: bool,
    /// For how long a server may say nothing; none: for longer than any does here.
    pub(super) silence_max: Option<Duration>,
}

#[derive(Parser)]
struct Line {
    #[command(subcommand)]
    command: Remote,
}

pub(super) struct Noon;

impl Noon {
    pub(super) fn at() -> Timestamp {
        "2026-11-22T12:00:00Z".parse().unwrap()
    }
}

impl Clock for Noon {
    fn now(&self) -> Timestamp {
        Self::at()
    }
}

struct Sevens;

impl Random for Sevens {
    fn fill(&self, out: &mut [u8]) {
        out.fill(7);
    }
}

/// Runs a command against a server.
pub(super) async fn run(url: &str, token: &str, words: &[&str], how: How<'_>) -> Ran {
    crate::choose_tls();
    let flags = ["--url", url, "--token", token, "--tenant", "dublin"];
    let line = Line::try_parse_from(["redress"].iter().chain(words).chain(&flags));
    let line = match line {
        Ok(line) => line,
        Err(error) => {
            return Ran {
                code: error.exit_code().try_into().unwrap(),
                out: String::new(),
                err: error.to_string(),
            };
        }
    };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut input = BufReader::new(Cursor::new(how.input.as_bytes()));
    let terminal = Terminal {
        out: &mut out,
        err: &mut err,
        input: &mut input,
        is_asked: how.is_asked,
        is_redrawn: how.is_redrawn,
        is_watched: how.is_watched,
        out_colours: false,
        err_colours: false,
    };
    let random: Arc<dyn Random> = if how.is_random { Arc::new(OsRandom) } else { Arc::new(Sevens) };
    let silence_max = how.silence_max.unwrap_or(Duration::from_secs(60));
    let (pace, zone) = (Duration::from_millis(5), TimeZone::UTC);
    let around = Surroundings { clock: Arc::new(Noon), random, zone, pace, silence_max };
    let code = run_on(line.command, terminal, around).await;
    Ran { code, out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
}
