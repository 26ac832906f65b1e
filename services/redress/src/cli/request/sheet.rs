//! A request on a page by which a reviewer can decide. Pure: from the server's answer to text.

mod found;
mod outcomes;
mod plan;

#[cfg(test)]
mod tests;

use super::super::{
    answers::{Actor, Identifier, Inside, Line, Shown},
    page::{Cell, Look, Page, Table, cell, plain},
    when::{Now, counted},
};
use super::Standing;

use found::ID_LETTERS_MIN;
pub use found::unsearched;
pub use plan::plan;

/// The whole page.
pub fn page(shown: &Shown, now: &Now) -> Page {
    let mut page = Page::default();
    let standing = Standing::of_shown(shown);
    page.line(standing.name());
    page.table(2, head(shown, &standing, now));
    if let Some(inside) = &shown.inside {
        page.section(found::found(inside));
        page.section(found::candidates(inside));
        page.section(plan(&shown.kind, inside));
        page.section(outcomes::outcomes(inside, now));
        page.section(timeline(inside, now));
    }
    page.section(standing.steps());
    page
}

fn head(shown: &Shown, standing: &Standing, now: &Now) -> Table {
    let mut head = Head::default();
    head.cell("state", standing.word());
    head.text("", &standing.waits_for());
    if let Some(due) = shown.outside.due_at {
        let left = if standing.is_closed() { String::new() } else { format!(" ({})", now.left(due)) };
        let look = if due <= now.at && !standing.is_closed() { Look::Bad } else { Look::Plain };
        head.cell("due before", cell(look, format!("{}{left}", now.moment(due))));
    }
    let received = shown.outside.received_at.map(|at| now.moment(at)).unwrap_or_default();
    head.text("received", &received);
    head.text("closed", &shown.outside.closed_at.map(|at| now.moment(at)).unwrap_or_default());
    if let Some(inside) = &shown.inside {
        head.waiting(inside, now);
        head.inside(inside);
    }
    if let Some(package) = &shown.package {
        let records = counted(package.records, "record");
        let until = package.expires_at.map(|at| format!(", kept until {}", now.day(at))).unwrap_or_default();
        head.text("package", &format!("{records}, {}{until}", bytes(package.bytes)));
        head.text("", &package.manifest.as_ref().map(|hash| format!("manifest {hash}")).unwrap_or_default());
    }
    head.0
}

#[derive(Default)]
struct Head(Table);

impl Head {
    fn cell(&mut self, name: &str, cell_of: Cell) {
        self.0.row([cell(Look::Faint, name), cell_of]);
    }

    /// What is not known has no line.
    fn text(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.cell(name, plain(text));
        }
    }

    fn waiting(&mut self, inside: &Inside, now: &Now) {
        for it in &inside.waiting_systems {
            let next =
                it.next_at.map(|at| format!(", asked again at {}", now.moment(at))).unwrap_or_default();
            let tries = counted(u64::from(it.tries), "try");
            self.cell("waits for", cell(Look::Bad, format!("{}: {} ({tries}{next})", it.system, it.why)));
        }
    }

    fn inside(&mut self, inside: &Inside) {
        let marks: Vec<String> = inside.marks.iter().map(|mark| mark.replace('_', " ")).collect();
        if !marks.is_empty() {
            self.cell("marks", cell(Look::Bad, marks.join(", ")));
        }
        self.text("stuck", inside.stuck_because.as_deref().unwrap_or_default());
        self.text("subject", &subject(inside));
        self.text("requester", &requester(inside));
        self.text("verified", &verified(inside));
        self.text("laws", &inside.regimes.join(", ").to_uppercase());
        let trigger = inside.trigger.as_deref().filter(|trigger| *trigger != "subject_request");
        self.text("because of", &trigger.unwrap_or_default().replace('_', " "));
        self.text("only in", &inside.systems.join(", "));
        self.text("see also", &inside.linked.join(", "));
        if let Some(draft) = &inside.draft {
            let collected = format!("{}, {}", counted(draft.records, "record"), bytes(draft.bytes));
            self.text("collected", &collected);
        }
    }
}

/// What the person is, and by what they are known: never by which value.
fn subject(inside: &Inside) -> String {
    let kind = inside.subject_kind.as_deref().unwrap_or("somebody").replace('_', " ");
    let known: Vec<String> = inside.identifiers.iter().map(identifier).collect();
    if known.is_empty() { kind } else { format!("{kind}, known by {}", known.join(", ")) }
}

fn identifier(it: &Identifier) -> String {
    let kind = it.kind.as_deref().unwrap_or("something").replace('_', " ");
    let name = it.field.clone().unwrap_or(kind);
    let shared = if it.class.as_deref() == Some("shared") { " (may name several)" } else { "" };
    let place = it.found_in.as_ref().map(|place| format!(" {place}")).unwrap_or_default();
    let id = it.id.as_deref().map(|id| format!(" [{}]", id.get(..ID_LETTERS_MIN).unwrap_or(id)));
    match &it.from_system {
        Some(system) => format!("{name} from {system}{place}{}{shared}", id.unwrap_or_default()),
        None => format!("{name}{shared}"),
    }
}

fn requester(inside: &Inside) -> String {
    let Some(it) = &inside.requester else { return String::new() };
    let mut parts = vec![it.kind.as_deref().unwrap_or("somebody").replace('_', " ")];
    parts.extend(it.name.clone());
    parts.extend(it.authority.as_ref().map(|authority| format!("by authority of: {authority}")));
    let handed_in = inside.handed_in_by.as_ref().map(|by| format!("handed in by {}", actor(by)));
    parts.extend(handed_in);
    parts.join(", ")
}

fn verified(inside: &Inside) -> String {
    let Some(it) = &inside.verification else { return "not yet".to_owned() };
    let level = it.level.as_deref().unwrap_or("to no level");
    format!("{level}: {}, by {}", it.method, it.by)
}

fn actor(actor: &Actor) -> String {
    match &actor.role {
        Some(role) => format!("{} ({})", actor.name, role.replace('_', " ")),
        None => actor.name.clone(),
    }
}

fn timeline(inside: &Inside, now: &Now) -> Page {
    let mut page = Page::default();
    if inside.timeline.is_empty() {
        return page;
    }
    page.heading("Timeline", &now.zone_name());
    let mut table = Table::default();
    for line in &inside.timeline {
        let at = line.at.map(|at| now.second(at)).unwrap_or_default();
        let who = line.actor.as_ref().map(|actor| actor.name.clone()).unwrap_or_default();
        table.row([cell(Look::Faint, at), cell(Look::Faint, who), plain(what(line))]);
    }
    page.table(2, table);
    page
}

/// What happened, in words.
pub fn what(line: &Line) -> String {
    match line.event.as_deref() {
        Some(event) if line.detail.is_empty() => event.to_owned(),
        // Begins with the word of how it closed.
        Some("request.closed") => {
            let (closing, reason) = line.detail.split_at(line.detail.find(':').unwrap_or(line.detail.len()));
            format!("{}{reason}", closing.replace('_', " "))
        }
        _ => line.detail.clone(),
    }
}

/// Bytes, in the unit that fits.
pub fn bytes(bytes: u64) -> String {
    let mut unit = "bytes";
    let mut size = bytes;
    let mut rest = 0;
    for larger in ["KiB", "MiB", "GiB", "TiB"] {
        if size < 1024 {
            break;
        }
        (rest, size, unit) = (size % 1024 * 10 / 1024, size / 1024, larger);
    }
    if unit == "bytes" { counted(size, "byte") } else { format!("{size}.{rest} {unit}") }
}
