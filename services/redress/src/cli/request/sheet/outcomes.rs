//! What became of the last step.

use super::super::super::{
    answers::{DatasetOutcome, Inside, Outcome},
    page::{Cell, Look, Page, Table, cell, plain},
    when::{Now, counted},
};
use super::plan::related;

/// By system and dataset.
pub(super) fn outcomes(inside: &Inside, now: &Now) -> Page {
    let mut page = Page::default();
    if inside.outcomes.is_empty() {
        return page;
    }
    page.heading("Done", "");
    for outcome in &inside.outcomes {
        page.line([plain("  "), cell(Look::Strong, &outcome.system), plain("  "), status(outcome)]);
        for why in notes(outcome, now) {
            page.wrapped(4, &why);
        }
        let mut table = Table::default();
        for dataset in &outcome.datasets {
            table.row(one(dataset, now));
            for it in &dataset.retained {
                let stays = format!("{} stays: {}", it.field, it.reason);
                table.row([plain(""), cell(Look::Wanting, stays), plain("")]);
            }
        }
        page.table(4, table);
        related(&outcome.related, &mut page);
    }
    page
}

fn status(outcome: &Outcome) -> Cell {
    let status = outcome.status.as_deref().unwrap_or("no answer");
    let look = match status {
        "done" | "not_found" | "kept" => Look::Good,
        "pending" => Look::Wanting,
        _ => Look::Bad,
    };
    cell(look, status.replace('_', " "))
}

fn notes(outcome: &Outcome, now: &Now) -> Vec<String> {
    let mut notes: Vec<String> = outcome.reason.iter().cloned().collect();
    notes.extend(outcome.ground.as_ref().map(|ground| format!("stays: {}", ground.replace('_', " "))));
    notes.extend(outcome.who.as_ref().map(|who| format!("{who} must act")));
    notes.extend(outcome.expected_by.map(|by| format!("expected by {}", now.day(by))));
    notes
}

fn one(dataset: &DatasetOutcome, now: &Now) -> [Cell; 3] {
    let mut said = Vec::new();
    if dataset.done > 0 || (dataset.kept == 0 && dataset.remains == 0) {
        said.push(format!("{} done", counted(dataset.done, "row")));
    }
    if dataset.kept > 0 {
        let ground = dataset.ground.as_ref().map(|it| format!(" ({})", it.replace('_', " ")));
        said.push(format!("{} kept{}", dataset.kept, ground.unwrap_or_default()));
    }
    if dataset.remains > 0 {
        said.push(format!("{} left", dataset.remains));
    }
    let look = if dataset.remains > 0 { Look::Bad } else { Look::Plain };
    [plain(&dataset.dataset), cell(look, said.join(", ")), cell(Look::Faint, evidence(dataset, now))]
}

/// How it is known; never more than that.
fn evidence(dataset: &DatasetOutcome, now: &Now) -> String {
    match dataset.evidence.as_deref() {
        Some("verified") => "looked at again".to_owned(),
        Some("confirmed") => "confirmed by the provider".to_owned(),
        Some("expected_by") => match dataset.expected_by {
            Some(by) => format!("expected by {}", now.day(by)),
            None => "expected".to_owned(),
        },
        Some("retained") => "kept by plan".to_owned(),
        Some(other) => other.replace('_', " "),
        None => String::new(),
    }
}
