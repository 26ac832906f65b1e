//! What will be done: by system and dataset, row by row or field by field, and why.

use std::collections::BTreeMap;

use super::super::super::{
    answers::{DatasetPlan, FieldPlan, Inside, RelatedObject},
    page::{Cell, Look, Page, Table, cell, plain},
    when::counted,
};

/// The plan, with its digest.
pub fn plan(kind: &str, inside: &Inside) -> Page {
    let mut page = Page::default();
    let Some(plan) = &inside.plan else { return page };
    page.heading("Plan", plan.digest.as_deref().unwrap_or_default());
    if plan.systems.iter().all(|system| system.datasets.is_empty()) {
        page.wrapped(2, "Nothing is to be done.");
    }
    for system in plan.systems.iter().filter(|system| !system.datasets.is_empty()) {
        page.line([plain("  "), cell(Look::Strong, &system.system)]);
        let mut table = Table::default();
        for dataset in &system.datasets {
            one(kind, dataset, &mut table);
        }
        page.table(4, table);
        related(&system.related, &mut page);
    }
    page
}

/// What lies beside the rows, and nobody looks into: one line for each kind and dataset.
pub(super) fn related(objects: &[RelatedObject], page: &mut Page) {
    let mut lines: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for it in objects.iter().filter(|it| !it.covered) {
        let kind = it.kind.as_deref().unwrap_or_default();
        lines.entry((it.dataset.as_deref().unwrap_or_default(), kind)).or_default().push(&it.name);
    }
    for ((dataset, kind), names) in lines {
        let names = names.join(", ");
        let of = if dataset.is_empty() { String::new() } else { format!(" of {dataset}") };
        page.wrapped(
            4,
            &match kind {
                "table" => format!("Not in the data map, and its rows refer to these{of}: table {names}"),
                _ => {
                    format!("May hold copies{of}, and is not looked into: {} {names}", kind.replace('_', " "))
                }
            },
        );
    }
}

/// A dataset's row, and below it what is to be known of it.
fn one(kind: &str, dataset: &DatasetPlan, table: &mut Table) {
    table.row([plain(&dataset.dataset), plain(counted(dataset.count, "row")), fate(kind, dataset)]);
    let mut below = |cell: Cell| table.row([plain(""), plain(""), cell]);
    for refusal in &dataset.refusals {
        let what = refusal
            .field
            .as_ref()
            .map_or_else(|| "this".to_owned(), |field| format!("the change of {field}"));
        let codes: Vec<&str> = refusal.code.iter().chain(&refusal.place).map(String::as_str).collect();
        let codes = if codes.is_empty() { String::new() } else { format!(" ({})", codes.join(", ")) };
        below(cell(Look::Bad, format!("the database refuses {what}{codes}: {}", refusal.remedy)));
    }
    for role in &dataset.roles {
        let kind = role.kind.as_deref().unwrap_or_default();
        below(cell(Look::Wanting, format!("not this person's alone: {kind} by {}", role.field)));
    }
    for field in &dataset.fields {
        below(of_field(field));
    }
    for cascade in &dataset.cascades {
        let rows = format!("{} of {}", counted(cascade.count, "row"), cascade.dataset);
        below(cell(
            Look::Wanting,
            match cascade.sets_null {
                true => format!("the database clears the reference in {rows}"),
                false => format!("the database deletes {rows} with them"),
            },
        ));
    }
    if !dataset.special_categories.is_empty() {
        let categories = dataset.special_categories.join(", ");
        below(cell(Look::Wanting, format!("special categories of data: {categories}")));
    }
    if !dataset.unmapped_columns.is_empty() {
        let columns = dataset.unmapped_columns.join(", ");
        below(cell(Look::Wanting, format!("the data map does not know: {columns}")));
    }
}

/// What becomes of the rows.
fn fate(kind: &str, dataset: &DatasetPlan) -> Cell {
    let why = dataset.ground_text.clone().or_else(|| dataset.ground.as_ref().map(|it| it.replace('_', " ")));
    match (dataset.treatment.as_deref(), why) {
        (Some("delete"), None) => cell(Look::Bad, "delete"),
        (Some("keep"), None) => cell(Look::Good, "keep"),
        (Some("keep"), Some(why)) => cell(Look::Good, format!("keep: {why}")),
        (Some(other), None) => plain(other.replace('_', " ")),
        (Some(other), Some(why)) => plain(format!("{}: {why}", other.replace('_', " "))),
        (None, _) if matches!(kind, "access" | "export") => cell(Look::Good, "copy"),
        (None, Some(why)) => cell(Look::Wanting, format!("change fields: {why}")),
        (None, None) => cell(Look::Wanting, "change fields"),
    }
}

fn of_field(field: &FieldPlan) -> Cell {
    let (look, what) = match field.treatment.as_deref() {
        Some("null") => (Look::Wanting, "make empty".to_owned()),
        Some("string") => {
            (Look::Wanting, format!("replace by '{}'", field.value.as_deref().unwrap_or_default()))
        }
        Some("set") => (Look::Wanting, format!("set to '{}'", field.value.as_deref().unwrap_or_default())),
        Some("hash") => (Look::Wanting, "replace by a hash".to_owned()),
        Some("hmac") => (Look::Wanting, "replace by a keyed hash".to_owned()),
        Some("random") => (Look::Wanting, "replace by a random value".to_owned()),
        Some("keep") => (Look::Plain, "keep".to_owned()),
        Some(other) => (Look::Wanting, other.replace('_', " ")),
        None => (Look::Plain, "leave".to_owned()),
    };
    let by: Vec<&str> = field.category.iter().chain(&field.rule).map(String::as_str).collect();
    let by = if by.is_empty() { String::new() } else { format!(" ({})", by.join(", ")) };
    let why = field.ground_text.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
    cell(look, format!("{}{by}: {what}{why}", field.field))
}
