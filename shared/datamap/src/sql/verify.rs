//! Looks again, after the effect, on another connection: by identity, and by the keys found before.

use async_trait::async_trait;
use futures::future::BoxFuture;
use redress_contracts::v1;

use super::{
    Bound, Changes, FieldPlanned, Layout, Order, SqlError, SqlSession, Subject,
    effect::{CHUNK_ROWS, masked_rows},
    found::{Work, aliased_keys, found, key_names, own_keys, same_row},
    mask, plan,
    roles::Roles,
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
    /// What was to be done with its rows, as its plan has it.
    pub treatment: v1::Treatment,
    /// By which references alone they are the subject's.
    pub roles: Vec<v1::RowRole>,
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
        self.add_roles(&subjects).await?;
        self.decide_fates().await?;
        let mut seen: Vec<Vec<Seen>> = vec![Vec::new(); orders.len()];
        for bound in 0..self.layout.tables.len() {
            for change in self.changes(bound) {
                let planned = |plan: &v1::DatasetPlan| change.is_of(&self.layout.tables[bound], plan);
                let is_planned: Vec<bool> =
                    orders.iter().map(|order| order.datasets.iter().any(planned)).collect();
                if !self.is_reached(bound) && !is_planned.contains(&true) {
                    continue;
                }
                self.left_by_identity(bound, &change, &subjects).await?;
                // A row that is built anew may have the same key, and nothing of the subject's.
                if change.treatment != v1::Treatment::Rebuild {
                    self.left_by_keys(bound, &change, orders, &subjects, keys).await?;
                }
                let left = self.count_left(bound, &change, orders.len()).await?;
                let table = &self.layout.tables[bound];
                for (request, (is_planned, remains)) in is_planned.into_iter().zip(left).enumerate() {
                    if remains > 0 || is_planned {
                        let (treatment, roles) = (change.treatment, table.told(change.roles));
                        seen[request].push(Seen {
                            dataset: table.dataset.clone(),
                            treatment,
                            roles,
                            remains,
                        });
                    }
                }
            }
        }
        Ok(seen)
    }

    /// What a deletion does to rows of a table.
    fn changes(&self, bound: usize) -> Vec<Change> {
        let table = &self.layout.tables[bound];
        let whole = |treatment, fate: &str| {
            vec![Change { treatment, roles: Roles::OWN, fates: format!("('{fate}')"), fields: None }]
        };
        match table.changes {
            Changes::Not(_) => return Vec::new(),
            // What is computed of rows that stay, masked, stays too, with what is retained in them.
            Changes::Rebuilt if !table.rows_go => return Vec::new(),
            Changes::Rebuilt => return whole(v1::Treatment::Rebuild, "rebuild"),
            Changes::Directly => {}
        }
        let mut changes = if table.rows_go { whole(v1::Treatment::Delete, "go") } else { Vec::new() };
        let masks = self.masks(bound).into_iter();
        changes.extend(masks.map(|(roles, fates, fields)| Change {
            treatment: v1::Treatment::Unspecified,
            roles,
            fates,
            fields: Some(fields),
        }));
        changes
    }

    /// Rows that identity and references still lead to.
    async fn left_by_identity(
        &mut self,
        bound: usize,
        change: &Change,
        subjects: &[Subject],
    ) -> Result<(), SqlError> {
        let keys = key_names(self.layout, bound);
        if !self.is_reached(bound) {
            return Ok(());
        }
        let Change { fates, fields, .. } = change;
        let Some(fields) = fields else {
            let gone = format!("select request, {keys} from {} where fate in {fates}", found(bound));
            return self.leave(bound, change, &gone, &[]).await.map(drop);
        };
        if mask::only_nulls(fields) {
            let sql = format!(
                "select f.request, {} from {} f join {} t on {} where f.fate in {fates} and ({})",
                aliased_keys(self.layout, bound, Some("f")),
                found(bound),
                self.table(bound),
                same_row(self.layout, bound, "f", "t"),
                mask::differs(self.dialect(), fields)
            );
            return self.leave(bound, change, &sql, &[]).await.map(drop);
        }
        for piece in self.pieces(bound, fates).await?.each {
            let rows = self.rows_of(bound, &piece).await?;
            self.add_left(bound, change, &rows, subjects).await?;
        }
        Ok(())
    }

    /// Notes the rows (request and key) that a query finds left over, for which a table is made only then; true if
    /// there are such.
    async fn leave(
        &mut self,
        bound: usize,
        change: &Change,
        query: &str,
        parameters: &[&str],
    ) -> Result<bool, SqlError> {
        // Counted: to find any one, a database would look for each by its key.
        if self.count(&format!("({query})"), parameters).await? == 0 {
            return Ok(false);
        }
        let (name, keys) = (left(bound, change), key_names(self.layout, bound));
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
        change: &Change,
        orders: &[Order<'_>],
        subjects: &[Subject],
        keys: &mut dyn KeySource,
    ) -> Result<(), SqlError> {
        let table = &self.layout.tables[bound];
        let dataset = &table.dataset;
        let mut rows: Vec<(usize, Vec<String>)> = Vec::new();
        for (request, order) in orders.iter().enumerate() {
            for plan in order.datasets.iter().filter(|plan| change.is_of(table, plan)) {
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
                        self.add_left(bound, change, &rows, subjects).await?;
                        rows.clear();
                    }
                }
                if count != plan.count {
                    let why = format!("{count} keys of `{dataset}` were kept, the plan names {}", plan.count);
                    return Err(SqlError::Beside(why));
                }
            }
        }
        self.add_left(bound, change, &rows, subjects).await
    }

    /// Of these rows, those that are there (`goes`) or differ from what they should hold.
    async fn add_left(
        &mut self,
        bound: usize,
        change: &Change,
        rows: &[(usize, Vec<String>)],
        subjects: &[Subject],
    ) -> Result<(), SqlError> {
        let (layout, dialect) = (self.layout, self.dialect());
        let table = &layout.tables[bound];
        let fields = change.fields.as_deref().unwrap_or_default();
        let (given, columns) = masked_rows(table, fields, subjects, rows);
        let named: Vec<(&str, bool)> =
            columns.iter().map(|name| (name.as_str(), name == "request")).collect();
        let goes = change.goes();
        let differs = if goes { "true".to_owned() } else { mask::differs(dialect, fields) };
        if given.is_empty() {
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
        let any = self.leave(bound, change, &format!("{of_given} ({differs})"), &[&given.json()]).await?;
        if !any || goes {
            return Ok(());
        }
        // A row that several orders name was masked once, with the secret of one of them.
        let sql = format!(
            "delete from {} where (request, {keys}) in ({of_given} not ({differs}))",
            left(bound, change)
        );
        for other in subjects.iter().filter(|_| subjects.len() > 1) {
            let as_other = vec![other.clone(); subjects.len()];
            let (given, _) = masked_rows(table, fields, &as_other, rows);
            self.session.execute(&sql, &[&given.json()]).await?;
        }
        Ok(())
    }

    async fn count_left(
        &mut self,
        bound: usize,
        change: &Change,
        requests: usize,
    ) -> Result<Vec<u64>, SqlError> {
        let (name, mut counts) = (left(bound, change), vec![0; requests]);
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

/// What a deletion does to some rows of a table.
struct Change {
    treatment: v1::Treatment,
    /// By which references alone they are the subject's.
    roles: Roles,
    /// The fates of these rows.
    fates: String,
    /// The fields that it masks; none: it deletes the rows.
    fields: Option<Vec<FieldPlanned>>,
}

impl Change {
    fn goes(&self) -> bool {
        self.fields.is_none()
    }

    /// Whether an entry of a plan is of these rows.
    fn is_of(&self, table: &Bound, plan: &v1::DatasetPlan) -> bool {
        plan.treatment() == self.treatment
            && plan.dataset == table.dataset
            && plan.roles == table.told(self.roles)
    }
}

/// The temporary table of the rows that are left over of a change.
fn left(bound: usize, change: &Change) -> String {
    let what = if change.goes() { "there" } else { change.roles.fate().unwrap_or("unmasked") };
    format!("redress_left_{what}_{bound}")
}
