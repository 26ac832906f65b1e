//! What will be done: by system and dataset, row by row or field by field, and why.

use super::super::super::{
    answers::{DatasetPlan, FieldPlan, Inside},
    page::{Cell, Look, Page, Table, cell, plain},
    when::counted,
};

/// The plan, with its digest.
pub fn plan(inside: &Inside) -> Page {
    let mut page = Page::default();
    let Some(plan) = &inside.plan else { return page };
    page.heading("Plan", plan.digest.as_deref().unwrap_or_default());
    if plan.systems.iter().all(|system| system.datasets.is_empty()) {
        page.wrapped(2, "Nothing is to be done.");
    }
    for system in plan.systems.iter().filter(|system| !system.datasets.is_empty()) {
        page.line([plain("  "), cell(Look::Strong, &system.system)]);
        for dataset in &system.datasets {
            one(dataset, &mut page);
        }
    }
    page
}

fn one(dataset: &DatasetPlan, page: &mut Page) {
    let rows = counted(dataset.count, "row");
    let mut line = vec![plain(format!("    {}  {rows}  ", dataset.dataset)), fate(dataset)];
    if let Some(class) = dataset.class.as_deref().filter(|class| *class != "content") {
        line.push(cell(Look::Faint, format!("  ({class})")));
    }
    page.line(line);
    if let Some(why) = dataset.ground_text.as_deref().filter(|_| dataset.treatment.as_deref() != Some("keep")) {
        page.wrapped(6, why);
    }
    let mut fields = Table::default();
    for field in &dataset.fields {
        fields.row(of_field(field));
    }
    page.table(6, fields);
    for cascade in &dataset.cascades {
        let rows = counted(cascade.count, "row");
        let what = if cascade.sets_null { "the reference is cleared in" } else { "the database deletes" };
        let of = if cascade.sets_null { format!("{rows} of {}", cascade.dataset) } else { format!("{rows} of {} too", cascade.dataset) };
        page.wrapped(6, &format!("{what} {of}"));
    }
    if !dataset.unmapped_columns.is_empty() {
        let columns = dataset.unmapped_columns.join(", ");
        page.marked("      not in the data map", Look::Wanting, &columns);
    }
}

/// What becomes of the rows.
fn fate(dataset: &DatasetPlan) -> Cell {
    let why = dataset.ground_text.clone().or_else(|| dataset.ground.as_ref().map(|it| it.replace('_', " ")));
    match (dataset.treatment.as_deref(), why) {
        (Some("delete"), _) => cell(Look::Bad, "delete"),
        (Some("keep"), Some(why)) => cell(Look::Good, format!("keep: {why}")),
        (Some("keep"), None) => cell(Look::Good, "keep"),
        (Some(other), _) => plain(other.replace('_', " ")),
        (None, _) if dataset.fields.is_empty() => plain(""),
        (None, _) => cell(Look::Wanting, "change fields"),
    }
}

fn of_field(field: &FieldPlan) -> [Cell; 3] {
    let category = field.category.as_deref().unwrap_or_default();
    let (look, what) = match field.treatment.as_deref() {
        Some("null") => (Look::Wanting, "make empty".to_owned()),
        Some("string") => {
            (Look::Wanting, format!("replace by '{}'", field.value.as_deref().unwrap_or_default()))
        }
        Some("hash") => (Look::Wanting, "replace by a hash".to_owned()),
        Some("hmac") => (Look::Wanting, "replace by a keyed hash".to_owned()),
        Some("random") => (Look::Wanting, "replace by a random value".to_owned()),
        Some("keep") => match field.ground_text.as_deref() {
            Some(why) => (Look::Plain, format!("keep: {why}")),
            None => (Look::Plain, "keep".to_owned()),
        },
        Some(other) => (Look::Wanting, other.replace('_', " ")),
        None => (Look::Plain, String::new()),
    };
    [plain(&field.field), cell(Look::Faint, category), cell(look, what)]
}
