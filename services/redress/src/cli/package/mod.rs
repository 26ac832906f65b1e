//! `redress package …`: what was exported, and waits for its reader.

mod get;
mod link;
mod list;
mod place;

use clap::{Args, Subcommand};

use super::{Failure, Server, Session};

/// A group of commands.
#[derive(Args)]
pub struct PackageArgs {
    #[command(flatten)]
    pub(super) server: Server,
    #[command(subcommand)]
    what: What,
}

/// What to do about packages.
#[derive(Subcommand)]
enum What {
    /// Show which packages there are.
    List(list::ListArgs),
    /// Fetch all files of a package, and check each against the manifest.
    Get(get::GetArgs),
    /// Make a link by which somebody without an account reads a package.
    Link(link::LinkArgs),
}

impl PackageArgs {
    /// Does it.
    ///
    /// # Errors
    /// Why it was not done, or did not come out well.
    pub async fn run(self, session: &mut Session<'_>) -> Result<(), Failure> {
        match self.what {
            What::List(args) => args.run(session).await,
            What::Get(args) => args.run(session).await,
            What::Link(args) => args.run(session).await,
        }
    }
}
