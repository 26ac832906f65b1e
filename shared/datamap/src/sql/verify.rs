//! Looks again, after the effect, on another connection: by identity, and by the keys found before.

use async_trait::async_trait;
use futures::future::BoxFuture;
use redress_contracts::v1;

use super::{
    Layout, Order, SqlError, SqlSession, Subject,
    dialect::quote,
    effect::{CHUNK_ROWS, masked_rows},
    found::{Work, aliased_keys, found, key_names, own_keys, same_row},
    mask, plan,
    session::all,
};

/// Gives the keys that were found before.
#[async_trait]
pub trait KeySource: Send {
    /// Opens the keys of an entry of a request's plan.
    ///
    /// # Errors
    /// [`SqlError::Beside`] when they cannot be had.
    async fn open(&mut self, request: usize, plan: &v1::DatasetPlan) -> Result<(), SqlError>;

    /// Up to `limit` more keys of it; none at the end.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    async fn next(&mut self, limit: usize) -> Result<Vec<Vec<String>>, SqlError>;
}

/// What was seen of one entry of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Its dataset.
    pub dataset: String,
    /// Whether its rows were to go; else to be masked.
    pub goes: bool,
    /// Rows that are still there, or hold what they should not.
    pub remains: u64,
}

/// Looks again for these orders; gives what was seen of each of their changed datasets, and of any other in
/// which something was found that should go.
///
/// # Errors
/// See [`SqlError`].
pub fn verify<'a>(
    session: &'a mut dyn SqlSession,
    layout: &'a Layout,
    orders: &'a [Order<'a>],
    keys: &'a mut dyn KeySource,
) -> BoxFuture<'a, Result<Vec<Vec<Seen>>, SqlError>> {
    Box::pin(async move {
        let mut work = Work::begin(session, layout, false).await?;
        let seen = work.verify(orders, keys).await?;
        work.end(false).await?;
        Ok(seen)
    })
}

impl Work<'_> {
    async fn verify(
        &mut self,
        orders: &[Order<'_>],
        keys: &mut dyn KeySource,
    ) -> Result<Vec<Vec<Seen>>, SqlError> {
        let subjects: Vec<Subject> = orders.iter().map(|order| order.subject.clone()).collect();
        self.find(&subjects).await?;
        self.mark_shared().await?;
        self.decide_fates().await?;
        let mut seen: Vec<Vec<Seen>> = vec![Vec::new(); orders.len()];
        for (bound, table) in self.layout.tables.iter().enumerate() {
            for goes in [true, false] {
                let planned =
                    |plan: &v1::DatasetPlan| plan.dataset == table.dataset && is_changed(plan, goes);
                let may_be_left = if goes { table.rows_go } else { mask::changed(table).next().is_some() };
                let is_looked_at = orders.iter().any(|order| order.datasets.iter().any(planned))
                    || (may_be_left && self.is_reached(bound));
                if !is_looked_at {
                    continue;
                }
                self.left_by_identity(bound, goes, &subjects).await?;
                self.left_by_keys(bound, goes, orders, &subjects, keys).await?;
                let left = self.count_left(bound, goes, orders.len()).await?;
                for (request, (order, remains)) in orders.iter().zip(left).enumerate() {
                    if remains > 0 || order.datasets.iter().any(planned) {
                        seen[request].push(Seen { dataset: table.dataset.clone(), goes, remains });
                    }
                }
            }
        }
        Ok(seen)
    }

    /// Rows that identity and references still lead to.
    async fn left_by_identity(
        &mut self,
        bound: usize,
        goes: bool,
        subjects: &[Subject],
    ) -> Result<(), SqlError> {
        let keys = key_names(self.layout, bound);
        if !self.is_reached(bound) {
            return Ok(());
        }
        if goes {
            let gone = format!("select request, {keys} from {} where fate = 'go'", found(bound));
            return self.leave(bound, goes, &gone, &[]).await.map(drop);
        }
        let table = &self.layout.tables[bound];
        const MASKED: &str = "('mask', 'blocked')";
        if mask::only_nulls(table) {
            let filled =
                mask::changed(table).map(|field| format!("t.{} is not null", quote(&field.column.name)));
            let sql = format!(
                "select f.request, {} from {} f join {} t on {} where f.fate in {MASKED} and ({})",
                aliased_keys(self.layout, bound, Some("f")),
                found(bound),
                self.table(bound),
                same_row(self.layout, bound, "f", "t"),
                filled.collect::<Vec<_>>().join(" or ")
            );
            return self.leave(bound, goes, &sql, &[]).await.map(drop);
        }
        for piece in self.pieces(bound, MASKED).await?.each {
            let rows = self.rows_of(bound, &piece).await?;
            self.add_left(bound, goes, &rows, subjects).await?;
        }
        Ok(())
    }

    /// Notes the rows (request and key) that a query finds left over, for which a table is made only then; true if
    /// there are such.
    async fn leave(
        &mut self,
        bound: usize,
        goes: bool,
        query: &str,
        parameters: &[&str],
    ) -> Result<bool, SqlError> {
        // Counted: to find any one, a database would look for each by its key.
        if self.count(&format!("({query})"), parameters).await? == 0 {
            return Ok(false);
        }
        let (name, keys) = (left(bound, goes), key_names(self.layout, bound));
        if !self.is_made(&name) {
            self.make(bound, &name, &format!("primary key (request, {keys})")).await?;
        }
        let sql = format!("insert into {name} (request, {keys}) {query} on conflict do nothing");
        self.fill(&name, &sql, parameters).await?;
        Ok(true)
    }

    /// Rows whose keys were found before, of all orders together.
    async fn left_by_keys(
        &mut self,
        bound: usize,
        goes: bool,
        orders: &[Order<'_>],
        subjects: &[Subject],
        keys: &mut dyn KeySource,
    ) -> Result<(), SqlError> {
        let dataset = &self.layout.tables[bound].dataset;
        let mut rows: Vec<(usize, Vec<String>)> = Vec::new();
        for (request, order) in orders.iter().enumerate() {
            let changed = |plan: &&v1::DatasetPlan| plan.dataset == *dataset && is_changed(plan, goes);
            for plan in order.datasets.iter().filter(changed) {
                keys.open(request, plan).await?;
                let mut count = 0;
                loop {
                    let some = keys.next(CHUNK_ROWS - rows.len()).await?;
                    if some.is_empty() {
                        break;
                    }
                    count += some.len() as u64;
                    rows.extend(some.into_iter().map(|key| (request, key)));
                    if rows.len() >= CHUNK_ROWS {
                        self.add_left(bound, goes, &rows, subjects).await?;
                        rows.clear();
                    }
                }
                if count != plan.count {
                    let why = format!("{count} keys of `{dataset}` were kept, the plan names {}", plan.count);
                    return Err(SqlError::Beside(why));
                }
            }
        }
        self.add_left(bound, goes, &rows, subjects).await
    }

    /// Of these rows, those that are there (`goes`) or differ from what they should hold.
    async fn add_left(
        &mut self,
        bound: usize,
        goes: bool,
        rows: &[(usize, Vec<String>)],
        subjects: &[Subject],
    ) -> Result<(), SqlError> {
        let (layout, dialect) = (self.layout, self.dialect());
        let table = &layout.tables[bound];
        let (given, columns) = masked_rows(table, subjects, rows);
        let named: Vec<(&str, bool)> =
            columns.iter().map(|name| (name.as_str(), name == "request")).collect();
        let differs = mask::changed(table).enumerate().map(|(i, field)| {
            let name = format!("t.{}", quote(&field.column.name));
            match field.plan.treatment() {
                v1::Treatment::Null => format!("{name} is not null"),
                _ => format!("{name} is null or {name} <> given.m{i}"),
            }
        });
        let differs = if goes { "true".to_owned() } else { differs.collect::<Vec<_>>().join(" or ") };
        if differs.is_empty() || given.is_empty() {
            return Ok(());
        }
        let keys = key_names(layout, bound);
        let of_given = format!(
            "select given.request, {} from {} join {} t on {} where",
            own_keys(layout, bound, "t"),
            dialect.given(&named),
            self.table(bound),
            plan::same_texts(dialect, layout, bound, "t"),
        );
        let any = self.leave(bound, goes, &format!("{of_given} ({differs})"), &[&given.json()]).await?;
        if !any || goes {
            return Ok(());
        }
        // A row that several orders name was masked once, with the secret of one of them.
        let sql = format!(
            "delete from {} where (request, {keys}) in ({of_given} not ({differs}))",
            left(bound, goes)
        );
        for other in subjects.iter().filter(|_| subjects.len() > 1) {
            let as_other = vec![other.clone(); subjects.len()];
            let (given, _) = masked_rows(table, &as_other, rows);
            self.session.execute(&sql, &[&given.json()]).await?;
        }
        Ok(())
    }

    async fn count_left(&mut self, bound: usize, goes: bool, requests: usize) -> Result<Vec<u64>, SqlError> {
        let (name, mut counts) = (left(bound, goes), vec![0; requests]);
        if !self.is_made(&name) {
            return Ok(counts);
        }
        let sql = format!("select request, count(*) from {name} group by request");
        for row in all(self.session, &sql, &[]).await? {
            let count = row.get(1).and_then(super::Cell::int).and_then(|count| u64::try_from(count).ok());
            counts[plan::request_of(&row)?] = count.unwrap_or(0);
        }
        Ok(counts)
    }
}

fn left(bound: usize, goes: bool) -> String {
    format!("redress_{}_{bound}", if goes { "there" } else { "unmasked" })
}

/// Whether a plan's entry changes its rows in this way.
fn is_changed(plan: &v1::DatasetPlan, goes: bool) -> bool {
    match plan.treatment() {
        v1::Treatment::Delete => goes,
        v1::Treatment::Keep => false,
        _ => !goes,
    }
}
