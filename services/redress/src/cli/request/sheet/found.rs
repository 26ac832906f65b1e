//! What was found where, and what may be the person's.

use serde_json::Value;

use super::super::super::{
    answers::{Candidate, IdentityNote, Inside, SystemInventory},
    page::{Look, Page, Table, cell, plain},
    when::counted,
};

/// Letters of an id that is shown, at least.
pub(super) const ID_LETTERS_MIN: usize = 8;

/// Every system: what it holds, or why it was not asked.
pub(super) fn found(inside: &Inside) -> Page {
    let mut page = Page::default();
    let Some(inventory) = &inside.inventory else { return page };
    page.heading("Found", &format!("in {}", counted(inventory.rounds.into(), "round")));
    let mut table = Table::of(["SYSTEM", "DATASET", "ROWS", "REACHED BY"]);
    for system in &inventory.systems {
        rows(system, &mut table);
    }
    page.table(2, table);
    for system in &inventory.systems {
        for note in &system.notes {
            page.marked("note", Look::Wanting, &noted(note));
        }
    }
    page
}

/// A value that is not followed, and why.
fn noted(note: &IdentityNote) -> String {
    let IdentityNote { dataset, field, reason, rows } = note;
    let why = match reason.as_deref() {
        Some("placeholder") => "a placeholder",
        Some("mask") => "a mask of the policy",
        _ => "shared",
    };
    let rows = counted(*rows, "row");
    format!("{dataset}.{field} holds a value that occurs in {rows}: {why}, which identifies nobody")
}

fn rows(system: &SystemInventory, table: &mut Table) {
    for finding in system.findings.iter().filter(|finding| finding.count > 0) {
        let count = finding.count.to_string();
        table.row([
            plain(&system.system),
            plain(&finding.dataset),
            plain(count),
            plain(finding.by.replace('_', " ")),
        ]);
    }
    let reason = system.reason.as_deref().unwrap_or_default();
    let nothing = system.findings.iter().all(|finding| finding.count == 0);
    let beside = |look: Look, text: String| [plain(&system.system), plain(""), plain(""), cell(look, text)];
    match system.status.as_deref() {
        _ if !system.asked => table.row(beside(Look::Faint, format!("not asked: {reason}"))),
        Some("done" | "not_found" | "kept") if nothing => {
            let queries = counted(system.queries.into(), "query");
            table.row(beside(Look::Faint, format!("nothing, by {queries}")));
        }
        Some("done" | "not_found" | "kept") if reason.is_empty() => {}
        status => {
            let status = status.unwrap_or("no answer").replace('_', " ");
            let text = if reason.is_empty() { status } else { format!("{status}: {reason}") };
            table.row(beside(Look::Bad, text));
        }
    }
}

/// The systems that were asked and have not answered in full: the plan says nothing of what they hold.
pub fn unsearched(inside: &Inside) -> Page {
    let mut page = Page::default();
    let systems = inside.inventory.iter().flat_map(|inventory| &inventory.systems);
    let answered = |it: &SystemInventory| matches!(it.status.as_deref(), Some("done" | "not_found" | "kept"));
    let mut table = Table::default();
    let mut many = 0;
    for system in systems.filter(|system| system.asked && !answered(system)) {
        many += 1;
        rows(system, &mut table);
    }
    if many > 0 {
        page.heading("Not searched", "what these hold is not in the plan");
        page.table(2, table);
    }
    page
}

/// What a person has to decide on, with what they need to see.
pub(super) fn candidates(inside: &Inside) -> Page {
    let mut page = Page::default();
    let all: Vec<&Candidate> = inside.inventory.iter().flat_map(|inventory| &inventory.candidates).collect();
    if all.is_empty() {
        return page;
    }
    page.heading("Candidates", "may be this person's: somebody decides");
    for candidate in &all {
        one(candidate, inside, &mut page);
    }
    page
}

fn one(candidate: &Candidate, inside: &Inside, page: &mut Page) {
    let (look, decided) = match &candidate.id {
        id if inside.accepted_candidates.contains(id) => (Look::Good, "accepted"),
        id if inside.rejected_candidates.contains(id) => (Look::Faint, "rejected"),
        _ => (Look::Wanting, "undecided"),
    };
    page.line([
        plain("  "),
        cell(Look::Strong, short_id(inside, &candidate.id)),
        plain("  "),
        cell(look, decided),
    ]);
    let rows = counted(candidate.count, "row");
    let by =
        if candidate.what == "identifier" { candidate.by.clone() } else { candidate.by.replace('_', " ") };
    let what = match candidate.what.as_str() {
        "identifier" => {
            format!("an identifier in {by} of {}: {rows} of the dataset with it", candidate.system)
        }
        _ => format!("{rows} of {} in {}, by {by}", candidate.dataset, candidate.system),
    };
    page.wrapped(4, &what);
    if let Some(preview) = &candidate.preview {
        page.table(4, seen(preview));
    }
}

/// As few letters of a candidate's id as tell it apart: `request candidates` takes them.
fn short_id<'a>(inside: &Inside, id: &'a str) -> &'a str {
    let shared = |other: &str| id.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let others = inside.inventory.iter().flat_map(|inventory| &inventory.candidates);
    let others = others.map(|other| other.id.as_str()).filter(|other| *other != id);
    let longest = others.map(shared).max().unwrap_or_default();
    id.get(..(longest + 1).max(ID_LETTERS_MIN)).unwrap_or(id)
}

/// A preview: names and values, as they are.
fn seen(preview: &Value) -> Table {
    let mut table = Table::default();
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match preview {
        Value::Object(fields) => {
            for (name, value) in fields {
                table.row([cell(Look::Faint, name), plain(text(value))]);
            }
        }
        Value::Array(rows) => rows.iter().for_each(|row| table.row([plain(text(row))])),
        other => table.row([plain(text(other))]),
    }
    table
}
