//! Shows which requests there are.

use clap::Args;
use redress_domain::State;
use serde_json::{Value, json};

use super::super::{
    Failure, Session,
    answers::{Item, Items},
    page::{Cell, Look, Page, Table, cell, plain},
    session::read,
    when::Now,
};
use super::{standing::Standing, words};

/// Which requests.
#[derive(Args)]
pub(super) struct ListArgs {
    /// Only those that stand here.
    #[arg(long, value_parser = words(State::ALL, State::as_str))]
    state: Option<String>,
    /// Only those that have not ended.
    #[arg(long)]
    open: bool,
    /// Every page; without it, the newest.
    #[arg(long)]
    all: bool,
}

impl ListArgs {
    pub(super) async fn run(self, session: &mut Session<'_>) -> Result<(), Failure> {
        let mut query = Vec::new();
        query.extend(self.state.map(|state| ("state", state)));
        if self.open {
            query.push(("open", "true".to_owned()));
        }
        let value = pages(session, "requests", query, self.all).await?;
        let items: Items<Item> = read(&value)?;
        session.show(&value, |now| page(&items, now))
    }
}

/// One page of a list, or all of them as one.
pub(in crate::cli) async fn pages(
    session: &Session<'_>,
    of: &str,
    query: Vec<(&'static str, String)>,
    all: bool,
) -> Result<Value, Failure> {
    let mut value = session.client.get(&[of], &query).await?;
    while let (true, Some(next)) = (all, value["next"].as_str()) {
        let cursor = ("cursor", next.to_owned());
        let query: Vec<_> = query.iter().cloned().chain([cursor]).collect();
        let mut page = session.client.get(&[of], &query).await?;
        let items = value["items"].as_array_mut().into_iter().flatten().map(Value::take);
        let more = page["items"].as_array_mut().into_iter().flatten().map(Value::take);
        value = json!({ "items": items.chain(more).collect::<Vec<_>>(), "next": page["next"] });
    }
    Ok(value)
}

/// A table of requests.
pub(super) fn page(items: &Items<Item>, now: &Now) -> Page {
    let mut page = Page::default();
    if items.items.is_empty() {
        page.line([plain("There is none.")]);
        return page;
    }
    let mut table = Table::of(["REQUEST", "KIND", "STATE", "DUE", "NOTES"]);
    for item in &items.items {
        let standing = Standing::of_item(item);
        let due = if standing.is_closed() { plain("") } else { due(item, now) };
        table.row([plain(&item.request), plain(&item.kind), standing.word(), due, notes(item)]);
    }
    page.table(0, table);
    if items.next.is_some() {
        page.line([cell(Look::Faint, "There are more: --all shows them.")]);
    }
    page
}

fn due(item: &Item, now: &Now) -> Cell {
    let Some(due) = item.outside.due_at else { return plain("") };
    cell(if due <= now.at { Look::Bad } else { Look::Plain }, now.left(due))
}

fn notes(item: &Item) -> Cell {
    let marks: Vec<String> = item.marks.iter().map(|mark| mark.replace('_', " ")).collect();
    match (marks.is_empty(), item.waits_for.who.as_str()) {
        (false, _) => cell(Look::Wanting, marks.join(", ")),
        (true, "person") => cell(Look::Wanting, "waits for you"),
        _ => plain(""),
    }
}
