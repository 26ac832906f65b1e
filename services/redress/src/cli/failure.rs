//! What can go wrong, told to a person in words and to a script by an exit code.

use std::{fmt, io, process::ExitCode};

use redress_store::StoreError;
use serde::Deserialize;

use super::page::{Look, Page, Table, cell, plain};
use crate::settings::SettingsProblems;

/// Every command's exit codes, for `--help`.
pub const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  something unexpected
  2  the command line or the settings are not right
  3  refused, or not allowed; a system refused what was approved, and nothing was changed
  4  not found, or another tenant's
  5  the server, or a database, cannot be reached or cannot serve now
  6  done, but it did not come out well: a request failed, was declined or is stuck; a file or the
     ledger is not what it should be; a check found what must be mended; a question was answered
     with no";

/// Why a command did not do what it was asked for.
#[derive(Debug)]
pub enum Failure {
    /// The command line lacks something, or does not fit together.
    Usage(String),
    /// The server's own answer.
    Problem(Box<Problem>),
    /// We do not do it, and the server was not asked.
    Refused(String),
    /// The settings are not as they should be.
    Settings(SettingsProblems),
    /// What the settings name cannot be reached.
    Unreachable(String),
    /// Nobody answers.
    Away {
        /// Where the server should be.
        server: String,
        /// What the network says.
        why: String,
    },
    /// It was done, and the result is not a good one.
    NotWell(String),
    /// Nothing that should happen.
    Unexpected(String),
    /// Whoever read our output has gone: there is nobody to tell.
    NobodyReads,
}

/// What a server says when it does not do what it was asked: RFC 9457.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Problem {
    /// The HTTP status.
    pub status: u16,
    /// The sentence.
    pub detail: String,
    /// The stable code.
    pub code: String,
    /// The fields at fault.
    pub fields: Vec<Fault>,
}

/// One field at fault.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Fault {
    /// Which one.
    pub field: String,
    /// What it should be.
    pub rule: String,
}

impl Failure {
    /// What the process ends with: see [`EXIT_CODES`].
    pub fn code(&self) -> u8 {
        match self {
            Self::NobodyReads => 0,
            Self::Unexpected(_) => 1,
            Self::Usage(_) | Self::Settings(_) => 2,
            Self::Refused(_) => 3,
            Self::Problem(problem) => match problem.status {
                404 => 4,
                400..=499 => 3,
                502..=504 => 5,
                _ => 1,
            },
            Self::Away { .. } | Self::Unreachable(_) => 5,
            Self::NotWell(_) => 6,
        }
    }

    /// Whether the same may work in a moment.
    pub fn is_passing(&self) -> bool {
        self.code() == 5
    }

    /// As it is told to a person.
    pub fn page(&self) -> Page {
        let mut page = Page::default();
        let Self::NobodyReads = self else {
            self.say(&mut page);
            if let Self::Problem(problem) = self {
                page.table(2, problem.faults());
            }
            for advice in self.advice() {
                page.wrapped(2, advice);
            }
            return page;
        };
        page
    }

    fn say(&self, page: &mut Page) {
        let text = match self {
            Self::Settings(all) if all.problems.len() > 1 => format!("{}:", all.head()),
            _ => self.to_string(),
        };
        // Whoever reads a file may say in which line of it, over several of ours.
        let mut lines = text.lines();
        page.marked("error", Look::Bad, lines.next().unwrap_or_default());
        lines.for_each(|line| page.whole(2, line));
        if let Self::Settings(all) = self
            && all.problems.len() > 1
        {
            for problem in &all.problems {
                let mut lines = problem.lines();
                page.hanging(vec![plain("  - ")], &plain(lines.next().unwrap_or_default()));
                lines.for_each(|line| page.whole(4, line));
            }
        }
    }

    /// What to do about it.
    fn advice(&self) -> Vec<&'static str> {
        match self {
            Self::Usage(_) => vec!["`--help` says what this command takes."],
            Self::Settings(_) | Self::Unreachable(_) => {
                vec!["`redress check` says what is wrong, and how to mend it."]
            }
            Self::Away { .. } => vec![
                "Is it running? `redress up` starts one here; REDRESS_URL or --url says where another is.",
            ],
            Self::Problem(problem) => problem.advice().into_iter().collect(),
            _ => Vec::new(),
        }
    }
}

impl Problem {
    /// The fields, beside the flags that they come from.
    fn faults(&self) -> Table {
        let mut table = Table::default();
        // A single one stands in the sentence already.
        for fault in self.fields.iter().filter(|_| self.fields.len() > 1) {
            table.row([cell(Look::Strong, &fault.field), cell(Look::Plain, &fault.rule)]);
        }
        table
    }

    fn advice(&self) -> Option<&'static str> {
        Some(match (self.code.as_str(), self.status) {
            ("idempotency_key_reused", _) => "Give another --idempotency-key for another submission.",
            ("plan_changed", _) => "See the plan as it is now with `redress request show <id>`.",
            ("not_now" | "irreversible" | "on_hold", _) => {
                "`redress request show <id>` says how it stands, and what can be done now."
            }
            ("undecided_candidates", _) => {
                "Decide with `redress request candidates <id>`, or approve with --leave-undecided."
            }
            ("ambiguous_identity" | "unknown_candidate", _) => {
                "`redress request show <id>` shows the candidates and how to decide on them."
            }
            ("no_door", _) => {
                "Of roles apart each has an address of its own: is REDRESS_URL (or --url) that of the role which does this?"
            }
            (_, 401) => "Is REDRESS_TOKEN (or --token) there, and is it one of this server's?",
            (_, 403) => "Ask somebody whose role includes it, or use their kind of token.",
            (_, 404) => "Is the id right, and is REDRESS_TENANT (or --tenant) the tenant of your token?",
            (_, 502..=504) => "It may be starting or very busy: try again in a moment.",
            (_, 500..) => "Its log says what happened.",
            _ => return None,
        })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(why)
            | Self::Refused(why)
            | Self::Unreachable(why)
            | Self::NotWell(why)
            | Self::Unexpected(why) => f.write_str(why),
            Self::Settings(problems) => problems.fmt(f),
            Self::Problem(problem) => f.write_str(&problem.detail),
            Self::Away { server, why } => write!(f, "{server} cannot be reached: {why}"),
            Self::NobodyReads => Ok(()),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::NobodyReads,
            _ => Self::Unexpected(error.to_string()),
        }
    }
}

impl std::error::Error for Failure {}

/// What a command that works here ended with: its causes are joined in one sentence.
impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        let error = match error.downcast::<Self>() {
            Ok(failure) => return failure,
            Err(error) => error,
        };
        let error = match error.downcast::<SettingsProblems>() {
            Ok(problems) => return Self::Settings(problems),
            Err(error) => error,
        };
        let is_away = |cause: &StoreError| matches!(cause, StoreError::Away(_));
        if error.chain().any(|cause| cause.downcast_ref().is_some_and(is_away)) {
            return Self::Unreachable(joined(&error));
        }
        // What is said of a file or an address says more than the system's error alone.
        let bare = || error.downcast_ref::<io::Error>().filter(|_| error.chain().count() == 1);
        match bare().map(io::Error::kind) {
            Some(io::ErrorKind::BrokenPipe) => Self::NobodyReads,
            _ => Self::Unexpected(joined(&error)),
        }
    }
}

/// Each cause once: some errors say their causes themselves.
fn joined(error: &anyhow::Error) -> String {
    let mut said = String::new();
    for cause in error.chain().map(ToString::to_string).filter(|cause| !cause.is_empty()) {
        match said.contains(&cause) {
            true => {}
            false if said.is_empty() => said = cause,
            false => said = format!("{said}: {cause}"),
        }
    }
    said
}

impl From<&Failure> for ExitCode {
    fn from(failure: &Failure) -> Self {
        failure.code().into()
    }
}
