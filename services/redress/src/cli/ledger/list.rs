//! Shows entries of the ledger.

use clap::Args;
use jiff::Timestamp;

use super::super::{
    Failure, Session,
    answers::{Entries, Status},
    page::{Look, Page, Table, cell, plain},
    session::read,
    when::Now,
};

/// Which entries.
#[derive(Args)]
pub(super) struct ListArgs {
    /// The first, by its index. Without it, the newest are shown.
    #[arg(long, value_name = "INDEX")]
    from: Option<u64>,
    /// How many, at most.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=200))]
    limit: u32,
}

impl ListArgs {
    pub(super) async fn run(self, session: &mut Session<'_>) -> Result<(), Failure> {
        let from = match self.from {
            Some(from) => from,
            None => length(session).await?.saturating_sub(self.limit.into()),
        };
        let (value, entries) = super::entries(session, from, self.limit).await?;
        session.show(&value, |now| page(&entries, now))
    }
}

async fn length(session: &Session<'_>) -> Result<u64, Failure> {
    let status: Status = read(&session.client.get(&["status"], &[]).await?)?;
    Ok(status.ledger_entries)
}

fn page(entries: &Entries, now: &Now) -> Page {
    let mut page = Page::default();
    if entries.items.is_empty() {
        page.line([plain("There is none.")]);
        return page;
    }
    let mut table = Table::of(["INDEX", "AT", "EVENT", "REQUEST", "SENDER"]);
    for entry in &entries.items {
        let at = Timestamp::from_microsecond(entry.at_us).map(|at| now.second(at)).unwrap_or_default();
        let index = plain(entry.index.to_string());
        let at = cell(Look::Faint, at);
        table.row([index, at, plain(&entry.event), plain(&entry.request), cell(Look::Faint, &entry.sender)]);
    }
    page.table(0, table);
    if let Some(next) = entries.next {
        page.line([cell(Look::Faint, format!("There are more: --from {next}."))]);
    }
    page
}
