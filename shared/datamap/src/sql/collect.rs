//! Reads a subject's rows for a package: as a stream, never held whole.

use async_trait::async_trait;
use futures::{StreamExt as _, future::BoxFuture};

use super::{
    Layout, SqlError, SqlSession, Subject,
    found::{Work, found, same_row},
    locate::record,
    plan,
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

/// Reads these subjects' rows, shared and kept ones too. Gives how many statements looked.
///
/// # Errors
/// See [`SqlError`].
pub fn collect<'a>(
    session: &'a mut dyn SqlSession,
    layout: &'a Layout,
    subjects: &'a [Subject],
    sink: &'a mut dyn RecordSink,
) -> BoxFuture<'a, Result<u32, SqlError>> {
    Box::pin(async move {
        let mut work = Work::begin(session, layout, false).await?;
        work.find(subjects).await?;
        for (bound, table) in layout.tables.iter().enumerate() {
            if !work.is_reached(bound) {
                continue;
            }
            let dialect = work.dialect();
            let values: String =
                plan::values(dialect, layout, bound, "t").iter().map(|v| format!(", {v}")).collect();
            let sql = format!(
                "select f.request{values} from {} f join {} t on {} order by f.request, {}",
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
                sink.record(request, &table.dataset, &record(layout, bound, &row[1..])).await?;
            }
            if let Some(last) = of {
                sink.end(last, &table.dataset).await?;
            }
        }
        let queries = work.queries;
        work.end(false).await?;
        Ok(queries)
    })
}
