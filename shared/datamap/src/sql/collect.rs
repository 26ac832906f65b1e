//! Reads a subject's rows for a package: as a stream, never held whole.

use async_trait::async_trait;
use futures::{StreamExt as _, future::BoxFuture};
use redress_contracts::v1;

use super::{
    Cell, Layout, NoKeys, SqlError, SqlSession, Subject,
    found::{Work, found, same_row},
    locate::record,
    plan,
    roles::Roles,
};

/// Takes records: each request's of one dataset together.
#[async_trait]
pub trait RecordSink: Send {
    /// The next record of a dataset, a JSON object on one line.
    ///
    /// # Errors
    /// [`SqlError::Beside`] when it cannot be kept.
    async fn record(&mut self, request: usize, dataset: &str, json: &str) -> Result<(), SqlError>;

    /// The dataset's records are complete.
    ///
    /// # Errors
    /// As [`record`](Self::record).
    async fn end(&mut self, request: usize, dataset: &str) -> Result<(), SqlError>;
}

/// What came of a collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collected {
    /// For each subject, whether the rows are those that the plan counted: nothing is read of the others.
    pub as_planned: Vec<bool>,
    /// Statements that looked.
    pub queries: u32,
}

/// Reads these subjects' rows, shared and kept ones too, where they are just those of the plan: its entries for each
/// subject, with counts and digests of keys.
///
/// # Errors
/// See [`SqlError`].
pub fn collect<'a>(
    session: &'a mut dyn SqlSession,
    layout: &'a Layout,
    subjects: &'a [Subject],
    plans: &'a [&'a [v1::DatasetPlan]],
    sink: &'a mut dyn RecordSink,
) -> BoxFuture<'a, Result<Collected, SqlError>> {
    Box::pin(async move {
        let mut work = Work::begin(session, layout, false).await?;
        work.find(subjects).await?;
        work.add_roles(subjects).await?;
        let now = plan::entries(&mut work, subjects.len(), v1::Kind::Access, &mut NoKeys).await?;
        let as_planned: Vec<bool> =
            now.iter().zip(plans).map(|((_, now), plan)| plan::same_rows(plan, now)).collect();
        for (request, _) in as_planned.iter().enumerate().filter(|(_, as_planned)| !**as_planned) {
            work.leave_alone(request).await?;
        }
        for (bound, table) in layout.tables.iter().enumerate() {
            if !work.is_reached(bound) {
                continue;
            }
            let dialect = work.dialect();
            let values: String =
                plan::values(dialect, layout, bound, "t").iter().map(|v| format!(", {v}")).collect();
            let sql = format!(
                "select f.request, f.fate{values} from {} f join {} t on {} order by f.request, {}",
                found(bound),
                work.table(bound),
                same_row(layout, bound, "f", "t"),
                plan::in_order(dialect, &plan::key_texts(dialect, layout, bound, "f")),
            );
            let mut rows = work.session.rows(&sql, &[]);
            let mut of = None;
            while let Some(row) = rows.next().await {
                let row = row?;
                let request = plan::request_of(&row)?;
                if let Some(before) = of.replace(request).filter(|before| *before != request) {
                    sink.end(before, &table.dataset).await?;
                }
                let roles = Roles::of_fate(row.get(1).and_then(Cell::text).unwrap_or_default());
                sink.record(request, &table.dataset, &record(layout, bound, roles, &row[2..])).await?;
            }
            if let Some(last) = of {
                sink.end(last, &table.dataset).await?;
            }
        }
        let queries = work.queries;
        work.end(false).await?;
        Ok(Collected { as_planned, queries })
    })
}
