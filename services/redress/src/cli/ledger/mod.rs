//! `redress ledger …`: every event of the tenant's requests, and the proof that none was changed.

mod list;
mod verify;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use clap::{Args, Subcommand};
use redress_contracts::v1::LedgerEntry;
use redress_store::LedgerRow;
use serde_json::Value;

use super::{
    Failure, Server, Session,
    answers::{Entries, Entry},
    session::read,
};

/// A group of commands.
#[derive(Args)]
pub struct LedgerArgs {
    #[command(flatten)]
    pub(super) server: Server,
    #[command(subcommand)]
    what: What,
}

/// What to do about the ledger.
#[derive(Subcommand)]
enum What {
    /// Show entries, from the first on.
    List(list::ListArgs),
    /// Fetch every entry, compute each hash here, and compare with what the server says.
    Verify(verify::VerifyArgs),
}

impl LedgerArgs {
    /// Does it.
    ///
    /// # Errors
    /// Why it was not done, or did not come out well.
    pub async fn run(self, session: &mut Session<'_>) -> Result<(), Failure> {
        match self.what {
            What::List(args) => args.run(session).await,
            What::Verify(args) => args.run(session).await,
        }
    }
}

/// A page of the ledger from an index on.
async fn entries(session: &Session<'_>, from: u64, limit: u32) -> Result<(Value, Entries), Failure> {
    let query = [("from", from.to_string()), ("limit", limit.to_string())];
    let value = session.client.get(&["ledger"], &query).await?;
    let entries = read(&value)?;
    Ok((value, entries))
}

/// The row that an entry was made of; none: its bytes are not even written as they should be.
fn row(entry: Entry) -> Option<LedgerRow> {
    let body = BASE64_STANDARD.decode(entry.body).ok()?;
    let leaf = hex::decode(entry.leaf).ok()?;
    let Entry { index, tenant, request, sender, sequence, event, at_us, .. } = entry;
    Some(LedgerRow {
        entry: LedgerEntry { index, tenant, request, sender, sequence, event, at_us, body },
        leaf,
    })
}
