//! What `redress check` finds out about a SQL system.

use futures::future::BoxFuture;
use redress_contracts::v1::{RelatedObject, Treatment, related_object::ObjectKind as Kind};
use redress_datamap::{
    DatasetClass, System,
    sql::{
        Bound, Catalog, Changes, EFFECT_TABLE, FieldPlanned, Layout, SqlError, SqlSession as _, effect_table,
        is_prepared, preparation, prepare, related,
    },
};

use crate::{Database, Session, client::rows_of, indexes, privileges};

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// What must be mended, with how.
    pub problems: Vec<String>,
    /// What one should know.
    pub notes: Vec<String>,
}

/// Connects, reads the catalog and lays the data map over it. With `preparing`, makes the table that notes
/// effects where it is missing.
pub fn check<'a>(database: &'a Database, system: &'a System, preparing: bool) -> BoxFuture<'a, Checked> {
    Box::pin(async move {
        let mut session = match database.connect().await {
            Ok(session) => session,
            Err(error) => return problem(format!("{error}; look at its url, its network and its user")),
        };
        let checked = look(&mut session, system, preparing).await;
        session.close().await;
        checked
    })
}

async fn look(session: &mut Session, system: &System, preparing: bool) -> Checked {
    let refused = if preparing { prepare(session).await.err() } else { None };
    let catalog = match Catalog::read(session).await {
        Ok(catalog) => catalog,
        Err(error) => return problem(format!("its tables cannot be listed: {error}")),
    };
    let mut checked = Checked::default();
    checked.notes.extend(system.warnings().map(ToString::to_string));
    let skipped = system.maps.iter().flat_map(|map| &map.collections).filter(|collection| collection.skipped);
    checked.notes.extend(
        skipped.map(|it| format!("`{}` is not searched, since the data map says `skip_processing`", it.name)),
    );
    if let Some(error) = refused {
        let statements = preparation(&catalog).join("; ");
        checked.problems.push(format!(
            "the table `{EFFECT_TABLE}` cannot be made ({error}): a user who may make tables has to run \
             `{statements}`, and `redress check` then says what to grant on it"
        ));
    } else if effect_table(&catalog).is_none() {
        let how = "`redress check --prepare` makes it; without it nothing can be deleted";
        checked.problems.push(format!("the table `{EFFECT_TABLE}` is missing: {how}"));
    } else if !is_prepared(&catalog) {
        let how = "`redress check --prepare` adds it; without it what remained cannot be tried again";
        checked.problems.push(format!("the table `{EFFECT_TABLE}` lacks the column for plans: {how}"));
    }
    match Layout::lay(system, catalog) {
        Err(problems) => checked.problems.extend(problems.0.iter().map(ToString::to_string)),
        Ok(layout) => {
            let unsearched = layout.unsearched.iter();
            let unsearched =
                unsearched.map(|(dataset, why)| format!("`{dataset}` is not searched in full: {why}"));
            checked.problems.extend(unsearched);
            checked.problems.extend(layout.tables.iter().filter_map(|table| match table.changes {
                Changes::Not(why) => Some(format!("`{}` cannot be changed: {why}", table.dataset)),
                Changes::Directly | Changes::Rebuilt => None,
            }));
            checked.problems.extend(layout.mismatched().map(|(child, parent)| {
                format!(
                    "a foreign key of `{child}` refers to columns of `{parent}` that are not unique together: nothing can be \
                     changed in either: make a unique index on them, or drop the foreign key"
                )
            }));
            checked.notes.extend(notes(&layout));
            if let Err(error) = look_closer(session, &layout, &mut checked).await {
                checked.problems.push(format!("privileges and indexes cannot be read: {error}"));
            }
        }
    }
    checked
}

async fn look_closer(session: &mut Session, layout: &Layout, checked: &mut Checked) -> Result<(), SqlError> {
    checked.problems.extend(privileges::missing(session, layout).await?);
    checked.notes.extend(indexes::missing(session, layout).await?);
    let related = related(session, layout).await?;
    checked.notes.extend(related.all().iter().map(told));
    if layout.tries_plans {
        checked.notes.extend(related.reaching_outside().iter().map(|trigger| {
            format!(
                "{trigger} may reach outside of its transaction, and plans are tried in one that is taken back: \
                 `try_plans = false` in the system's settings tries none"
            )
        }));
    }
    checked.problems.extend(unreadable_values(session, layout).await?);
    checked.problems.extend(layout.tables.iter().filter_map(without_rule));
    Ok(())
}

/// The personal data of a table that no rule covers.
fn without_rule(table: &Bound) -> Option<String> {
    let is_uncovered = |field: &&FieldPlanned| field.retained && field.plan.rule.is_empty();
    let named = table.fields.iter().filter(is_uncovered);
    let named: Vec<String> = named.map(|it| format!("{} ({})", it.plan.field, it.plan.category)).collect();
    let uncovered = !named.is_empty() && !table.rows_go && table.collection.class != DatasetClass::Audit;
    uncovered.then(|| {
        format!(
            "no rule of the policy covers {} of `{}`: a deletion keeps it on no ground, and ends as `remains`",
            named.join(", "),
            table.dataset
        )
    })
}

/// What the policy sets columns to that their types do not take.
async fn unreadable_values(session: &mut Session, layout: &Layout) -> Result<Vec<String>, SqlError> {
    let mut told = Vec::new();
    for table in &layout.tables {
        let is_set =
            |field: &&FieldPlanned| field.plan.treatment() == Treatment::Set && field.path.is_empty();
        for FieldPlanned { column, plan, .. } in table.fields.iter().filter(is_set) {
            let sql = format!("select {} is null", session.dialect().typed("$1", column));
            match rows_of(session, &sql, &[&plan.value]).await {
                Ok(_) => {}
                Err(SqlError::Refused { .. }) => told.push(format!(
                    "`{}.{}` is no column for '{}', which {} sets it to: its type is {}",
                    table.dataset, column.name, plan.value, plan.rule, column.type_name
                )),
                Err(error) => return Err(error),
            }
        }
    }
    Ok(told)
}

/// What is to be known of an object beside the rows.
fn told(it: &RelatedObject) -> String {
    let RelatedObject { name, dataset, covered, .. } = it;
    match (it.kind(), *covered) {
        (Kind::Table, _) => format!(
            "the table `{name}` refers to rows of `{dataset}` and is not in the data map: its rows are neither copied nor deleted"
        ),
        (Kind::MaterializedView, _) => format!(
            "the materialized view `{name}` holds copies of rows of `{dataset}`: name it in the data map, and a deletion refreshes it"
        ),
        (Kind::Trigger, _) => {
            format!("the trigger `{name}` of `{dataset}`: what it writes elsewhere is not known")
        }
        (Kind::Rule, _) => format!("the rule `{name}` of `{dataset}`: what it does elsewhere is not known"),
        (Kind::Publication, _) => {
            format!("the publication `{name}` sends rows of `{dataset}` to subscribers")
        }
        (Kind::ChildTable, _) => {
            format!("the rows of `{name}`, which inherits from `{dataset}`, are among its rows")
        }
        (Kind::ForeignTable, _) => {
            format!("the rows of `{dataset}` lie in another database: what refers to them there is not known")
        }
        (Kind::LargeObject, _) => {
            format!("the large objects of `{dataset}.{name}` are copied and unlinked with their rows")
        }
        (Kind::SearchIndex, true) => {
            format!("the full-text index `{name}` of `{dataset}` is built anew after a deletion")
        }
        (Kind::SearchIndex | Kind::Unspecified, _) => {
            format!("the full-text index `{name}` may hold copies, and is not in the data map")
        }
    }
}

fn notes(layout: &Layout) -> Vec<String> {
    let unmapped = layout.tables.iter().filter(|table| !table.unmapped.is_empty()).map(|table| {
        format!(
            "columns of `{}` that the data map does not name: {}",
            table.dataset,
            table.unmapped.join(", ")
        )
    });
    let mut notes: Vec<String> = unmapped.collect();
    let mut fields = layout.tables.iter().flat_map(|table| &table.collection.fields);
    if fields.all(|field| field.identities().is_empty()) {
        notes.push("no field of the data map has an `identity`: nobody can be found here".to_owned());
    }
    if !layout.unmapped_tables.is_empty() {
        let names = layout.unmapped_tables.join(", ");
        notes.push(format!("tables that the data map does not name: {names}"));
    }
    notes
}

fn problem(text: String) -> Checked {
    Checked { problems: vec![text], notes: Vec::new() }
}
