//! `redress parked …`: messages that could not be worked, and what becomes of them.

use clap::{Args, Subcommand};
use redress_domain::{MessageId, ServiceName};
use serde_json::{Value, json};

use super::{
    Failure, Server, Session,
    answers::{Items, Parked},
    page::{Look, Page, Table, cell, plain},
    request::pages,
    session::read,
    when::{Now, counted},
};

/// A group of commands.
#[derive(Args)]
pub struct ParkedArgs {
    #[command(flatten)]
    pub(super) server: Server,
    #[command(subcommand)]
    what: What,
}

/// What to do about parked messages.
#[derive(Subcommand)]
enum What {
    /// Show which messages are parked, newest first.
    List {
        /// Only this service's.
        #[arg(long)]
        service: Option<ServiceName>,
        /// Every page; without it, the newest.
        #[arg(long)]
        all: bool,
    },
    /// Show one parked message.
    Show(One),
    /// Have a parked message worked again.
    Replay(One),
    /// Drop a parked message for good.
    Drop {
        #[command(flatten)]
        one: One,
        /// Do not ask. For scripts.
        #[arg(long)]
        yes: bool,
    },
}

/// Which message.
#[derive(Args)]
struct One {
    /// In whose queue it was.
    service: ServiceName,
    /// Its id.
    message: MessageId,
}

impl One {
    /// Reads it, or does something to it.
    async fn call(&self, session: &Session<'_>, deed: Option<&str>) -> Result<Value, Failure> {
        let message = self.message.to_string();
        let mut path = vec!["parked", self.service.as_str(), &message];
        path.extend(deed);
        match deed {
            Some(_) => session.client.post(&path, &json!({})).await,
            None => session.client.get(&path, &[]).await,
        }
    }
}

impl ParkedArgs {
    /// Does it.
    ///
    /// # Errors
    /// Why it was not done.
    pub async fn run(self, session: &mut Session<'_>) -> Result<(), Failure> {
        match self.what {
            What::List { service, all } => {
                let query = service.map(|service| ("service", service.to_string()));
                let value = pages(session, "parked", query.into_iter().collect(), all).await?;
                let items: Items<Parked> = read(&value)?;
                session.show(&value, |now| list(&items, now))
            }
            What::Show(one) => {
                let value = one.call(session, None).await?;
                let parked: Parked = read(&value)?;
                session.show(&value, |now| sheet(&parked, now))
            }
            What::Replay(one) => {
                let value = one.call(session, Some("replay")).await?;
                session.show(&value, |_| said("It is worked again; if it cannot be, it is parked again."))
            }
            What::Drop { one, yes } => {
                if !yes {
                    session.ask("Drop it for good? What it should have done is not done.", "give --yes")?;
                }
                let value = one.call(session, Some("drop")).await?;
                session.show(&value, |_| said("It is dropped."))
            }
        }
    }
}

fn said(text: &str) -> Page {
    let mut page = Page::default();
    page.wrapped(0, text);
    page
}

fn list(items: &Items<Parked>, now: &Now) -> Page {
    if items.items.is_empty() {
        return said("Nothing is parked.");
    }
    let mut page = Page::default();
    let mut table = Table::of(["SERVICE", "MESSAGE", "SINCE", "WHY"]);
    for item in &items.items {
        let since = item.parked_at.map(|at| now.second(at)).unwrap_or_default();
        let why = cell(Look::Bad, item.reason.replace('_', " "));
        table.row([plain(&item.service), plain(&item.id), cell(Look::Faint, since), why]);
    }
    page.table(0, table);
    if items.next.is_some() {
        page.line([cell(Look::Faint, "There are more: --all shows them.")]);
    }
    page
}

fn sheet(parked: &Parked, now: &Now) -> Page {
    let mut page = Page::default();
    page.line([cell(Look::Strong, "Message"), plain(format!(" {}", parked.id))]);
    let mut table = Table::default();
    let mut row = |name: &str, text: &str| {
        if !text.is_empty() {
            table.row([cell(Look::Faint, name), plain(text)]);
        }
    };
    row("service", &parked.service);
    row("why", &parked.reason.replace('_', " "));
    row("", &parked.detail);
    row("tried", &counted(parked.attempts.into(), "time"));
    if let Some(envelope) = &parked.envelope {
        row("kind", &envelope.kind);
        row("request", &envelope.request);
        row("from", &envelope.source);
    }
    row("since", &parked.parked_at.map(|at| now.moment(at)).unwrap_or_default());
    page.table(2, table);
    page.line([cell(Look::Faint, "Next:")]);
    // What nobody can read cannot be worked.
    let deeds = ["replay", "drop"];
    for deed in &deeds[usize::from(parked.envelope.is_none())..] {
        page.whole(2, &format!("redress parked {deed} {} {}", parked.service, parked.id));
    }
    page
}
