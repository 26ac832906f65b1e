//! `redress status`: how the server is.

use clap::Args;

use super::{
    Failure, Server, Session,
    answers::Status,
    page::{Look, Page, Table, cell},
    session::read,
    when::counted,
};

/// Which server.
#[derive(Args)]
pub struct StatusArgs {
    #[command(flatten)]
    pub(super) server: Server,
}

/// Shows it.
///
/// # Errors
/// Why it cannot be shown.
pub async fn run(session: &mut Session<'_>) -> Result<(), Failure> {
    let value = session.client.get(&["status"], &[]).await?;
    let status: Status = read(&value)?;
    session.show(&value, |_| page(&status))
}

fn page(status: &Status) -> Page {
    let mut table = Table::default();
    let mut row =
        |name: &str, look: Look, text: String| table.row([cell(Look::Faint, name), cell(look, text)]);
    let bad_if = |count: u64| if count > 0 { Look::Bad } else { Look::Plain };
    row("version", Look::Plain, format!("{}, schema {}", status.version, status.schema));
    row("open requests", Look::Plain, status.open.values().sum::<u64>().to_string());
    for (state, count) in &status.open {
        row("", Look::Plain, format!("{count} {}", state.replace('_', " ")));
    }
    row("overdue", bad_if(status.overdue), status.overdue.to_string());
    for (i, (system, jobs)) in status.waiting.iter().enumerate() {
        let name = if i == 0 { "waits for" } else { "" };
        row(name, Look::Bad, format!("{system}: {}", counted(*jobs, "task")));
    }
    row("parked", bad_if(status.parked), status.parked.to_string());
    for (i, queue) in status.unworked.iter().enumerate() {
        let name = if i == 0 { "nobody works" } else { "" };
        row(name, Look::Bad, queue.clone());
    }
    row("ledger", Look::Plain, counted(status.ledger_entries, "entry"));
    if status.at_least {
        row("", Look::Faint, "There are more parked messages than were counted.".to_owned());
    }
    let mut page = Page::default();
    page.table(0, table);
    page
}
