//! The command line that speaks to a server over HTTP: one folder or file for each group of commands.
//!
//! What it promises: nothing that names a person leaves this process unsealed with a submission, or stands in an
//! error; what a server says cannot steer the terminal; every end has its exit code ([`EXIT_CODES`]).

pub mod answers;
pub mod client;
pub mod failure;
pub mod ledger;
pub mod package;
pub mod page;
pub mod parked;
pub mod request;
pub mod server;
pub mod session;
pub mod status;
pub mod subject;
#[cfg(test)]
mod tests;
pub mod when;

use std::{
    env,
    io::{self, IsTerminal as _, Write},
    process::ExitCode,
};

use clap::Subcommand;
use futures::future::LocalBoxFuture;

pub use client::Client;
pub use failure::{EXIT_CODES, Failure, Problem};
pub use server::{Server, Target};
pub use session::{Session, Surroundings, Terminal};

/// Every command that asks a server.
#[derive(Subcommand)]
pub enum Remote {
    /// Data subject requests: hand one in, look at it, decide on it.
    Request(request::RequestArgs),
    /// Packages of what was exported: list them, fetch one.
    Package(package::PackageArgs),
    /// The ledger: read it, and verify that nothing in it was changed.
    Ledger(ledger::LedgerArgs),
    /// Messages that could not be worked: look at them, replay or drop them.
    Parked(parked::ParkedArgs),
    /// How the server is.
    Status(status::StatusArgs),
}

impl Remote {
    fn server(&self) -> &Server {
        match self {
            Self::Ledger(args) => &args.server,
            Self::Package(args) => &args.server,
            Self::Parked(args) => &args.server,
            Self::Request(args) => &args.server,
            Self::Status(args) => &args.server,
        }
    }
}

/// Whether a terminal is to have colours.
fn colours() -> bool {
    let dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
    env::var_os("NO_COLOR").is_none_or(|set| set.is_empty()) && !dumb
}

/// Tells on stderr why a command was not done; gives what the process ends with.
pub fn told(failure: &Failure) -> ExitCode {
    let mut err = io::stderr();
    let said = failure.page().text(colours() && err.is_terminal());
    ExitCode::from(tell(&mut err, &said, failure))
}

/// Where not even this can be written, the exit code has to do.
fn tell(err: &mut dyn Write, said: &str, failure: &Failure) -> u8 {
    let told = err.write_all(said.as_bytes()).and_then(|()| err.flush());
    told.map_or(1, |()| failure.code())
}

/// Runs a command on this process's terminal.
pub fn run(command: Remote) -> LocalBoxFuture<'static, ExitCode> {
    Box::pin(async move {
        let dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
        let (out, err, input) = (io::stdout(), io::stderr(), io::stdin());
        let terminal = Terminal {
            is_asked: input.is_terminal() && err.is_terminal(),
            is_redrawn: out.is_terminal() && !dumb,
            is_watched: err.is_terminal(),
            out_colours: colours() && out.is_terminal(),
            err_colours: colours() && err.is_terminal(),
            out: &mut out.lock(),
            err: &mut err.lock(),
            input: &mut input.lock(),
        };
        ExitCode::from(run_on(command, terminal, Surroundings::real()).await)
    })
}

/// Runs a command on a terminal; gives the exit code.
pub async fn run_on(command: Remote, mut terminal: Terminal<'_>, around: Surroundings) -> u8 {
    let server = command.server();
    let client = server.target().and_then(|target| Client::new(target, around.silence_max));
    let failure = match client {
        Err(failure) => failure,
        Ok(client) => {
            let mut session = Session { client, json: server.json, terminal, around };
            let Err(failure) = dispatch(command, &mut session).await else { return 0 };
            terminal = session.terminal;
            failure
        }
    };
    let said = failure.page().text(terminal.err_colours);
    tell(terminal.err, &said, &failure)
}

/// Runs a command in a session.
///
/// # Errors
/// Why it was not done, or did not come out well.
pub async fn dispatch(command: Remote, session: &mut Session<'_>) -> Result<(), Failure> {
    match command {
        Remote::Ledger(args) => args.run(session).await,
        Remote::Package(args) => args.run(session).await,
        Remote::Parked(args) => args.run(session).await,
        Remote::Request(args) => args.run(session).await,
        Remote::Status(_) => status::run(session).await,
    }
}
