//! Shows which packages there are.

use clap::Args;

use super::super::{
    Failure, Session,
    answers::{Items, Package},
    page::{Look, Page, Table, cell, plain},
    request::{pages, sheet::bytes},
    session::read,
    when::Now,
};

/// Which packages.
#[derive(Args)]
pub(super) struct ListArgs {
    /// Every page; without it, the newest.
    #[arg(long)]
    all: bool,
}

impl ListArgs {
    pub(super) async fn run(self, session: &mut Session<'_>) -> Result<(), Failure> {
        let value = pages(session, "packages", Vec::new(), self.all).await?;
        let items: Items<Package> = read(&value)?;
        session.show(&value, |now| page(&items, now))
    }
}

fn page(items: &Items<Package>, now: &Now) -> Page {
    let mut page = Page::default();
    if items.items.is_empty() {
        page.line([plain("There is none.")]);
    } else {
        let mut table = Table::of(["PACKAGE", "KIND", "RECORDS", "SIZE", "SINCE", "KEPT UNTIL"]);
        let day = |at: Option<jiff::Timestamp>| plain(at.map(|at| now.day(at)).unwrap_or_default());
        for item in &items.items {
            let kind = plain(item.kind.as_deref().unwrap_or_default());
            let (records, size) = (plain(item.records.to_string()), plain(bytes(item.bytes)));
            let (since, until) = (day(item.released_at), day(item.expires_at));
            table.row([plain(&item.package), kind, records, size, since, until]);
        }
        page.table(0, table);
    }
    if items.next.is_some() {
        page.line([cell(Look::Faint, "There are more: --all shows them.")]);
    }
    page
}
