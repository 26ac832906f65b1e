//! Changes exactly what the plan says, in one transaction with the note that it was done.
//!
//! One transaction, though a plan may name many rows: its count and digest are checked in it, so that either
//! all of a plan comes to pass or nothing. Statements in it change at most 10,000 rows each, under the
//! statement's and the lock's time limits.

use std::collections::{BTreeMap, BTreeSet};

use futures::future::BoxFuture;
use redress_contracts::{digest_of, v1};

use super::{
    Bound, Catalog, Cell, FieldPlanned, Layout, NoKeys, SqlError, SqlSession, Subject, Table,
    dialect::quote,
    found::{Given, Work, aliased_keys, found, key_names},
    mask, order, plan,
    session::all,
};

/// The table in the target that says which tasks have had their effect.
pub const EFFECT_TABLE: &str = "redress_effect";

/// Its column for the plan's digest, which tables of before may lack.
const PLAN: &str = "plan";

/// How many rows one statement changes, at most.
pub(crate) const CHUNK_ROWS: usize = 10_000;

/// What is to be done for one request.
#[derive(Debug, Clone)]
pub struct Order<'a> {
    /// The task: a task has its effect once.
    pub task: &'a str,
    /// The request, for the note.
    pub request: &'a str,
    /// Whom it is about.
    pub subject: Subject,
    /// What the approved plan says of this system.
    pub datasets: &'a [v1::DatasetPlan],
}

/// What is noted of an earlier effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stands {
    /// Another task of the same request had it, by the same plan.
    Plan,
    /// The task had it.
    Task,
}

/// By what an effect is known.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The task.
    pub task: &'a str,
    /// The request.
    pub request: &'a str,
    /// What the approved plan says of the system.
    pub datasets: &'a [v1::DatasetPlan],
}

/// What came of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carried {
    /// It is done now.
    Done,
    /// It had been done before, by this task or, where something else is there now, by one of the same plan.
    Again,
    /// What would be done is not what the plan says: nothing was changed.
    Changed,
}

/// The table that notes effects, where it is found by its name alone.
pub fn effect_table(catalog: &Catalog) -> Option<&Table> {
    catalog.tables.iter().find(|table| table.visible && table.name == EFFECT_TABLE)
}

/// Whether the table that notes effects is there and has all its columns.
pub fn is_prepared(catalog: &Catalog) -> bool {
    effect_table(catalog).is_some_and(|table| table.column(PLAN).is_some())
}

/// The statements that make the table that notes effects, or give one of before the column that it lacks: none where
/// it is whole. `redress check --prepare` runs them.
pub fn preparation(catalog: &Catalog) -> Vec<String> {
    if is_prepared(catalog) {
        return Vec::new();
    }
    let table = match effect_table(catalog) {
        Some(_) => format!("alter table {EFFECT_TABLE} add column {PLAN} varchar(64)"),
        None => format!(
            "create table {EFFECT_TABLE} (task varchar(64) not null primary key, \
             request varchar(64) not null, at varchar(40) not null, counts text not null, {PLAN} varchar(64))"
        ),
    };
    let index =
        format!("create index if not exists {EFFECT_TABLE}_request on {EFFECT_TABLE} (request, {PLAN})");
    vec![table, index]
}

/// Runs the [`preparation`].
///
/// # Errors
/// See [`SqlError`].
pub fn prepare(session: &mut dyn SqlSession) -> BoxFuture<'_, Result<(), SqlError>> {
    Box::pin(async move {
        for statement in preparation(&Catalog::read(session).await?) {
            session.execute(&statement, &[]).await?;
        }
        Ok(())
    })
}

/// For each of these, what is noted of an effect that stands.
///
/// # Errors
/// See [`SqlError`].
pub fn standing<'a>(
    session: &'a mut dyn SqlSession,
    catalog: &'a Catalog,
    asked: &'a [Known<'a>],
) -> BoxFuture<'a, Result<Vec<Option<Stands>>, SqlError>> {
    Box::pin(async move {
        let mut standing = vec![None; asked.len()];
        if effect_table(catalog).is_none() || asked.is_empty() {
            return Ok(standing);
        }
        let mut given = Given::default();
        for (i, known) in asked.iter().enumerate() {
            let plan = plan_digest(known.datasets);
            given.add(i, [known.task.to_owned(), known.request.to_owned(), plan]);
        }
        let columns = [("n", true), ("task", false), ("request", false), ("plan", false)];
        let values = session.dialect().given(&columns);
        let mut sql = format!("select given.n, 1 from {EFFECT_TABLE} e join {values} on given.task = e.task");
        if is_prepared(catalog) {
            sql += &format!(
                " union all select given.n, 0 from {EFFECT_TABLE} e join {values} \
             on given.request = e.request and given.plan = e.{PLAN}"
            );
        }
        for row in all(session, &sql, &[&given.json()]).await? {
            let by_task = row.get(1).and_then(Cell::int) == Some(1);
            let stands = if by_task { Stands::Task } else { Stands::Plan };
            let place = plan::request_of(&row)?;
            standing[place] = standing[place].max(Some(stands));
        }
        Ok(standing)
    })
}

/// Carries out these orders together. `at` is the time for the note, in RFC 3339.
///
/// # Errors
/// See [`SqlError`]; then nothing was changed for any of them.
pub fn carry_out<'a>(
    session: &'a mut dyn SqlSession,
    layout: &'a Layout,
    orders: &'a [Order<'a>],
    at: &'a str,
) -> BoxFuture<'a, Result<Vec<Carried>, SqlError>> {
    Box::pin(async move {
        let mut work = Work::begin(session, layout, true).await?;
        match work.carry_out(orders, at).await {
            Ok(carried) => work.end(true).await.map(|()| carried),
            Err(error) => {
                // The connection may be what failed, and ends the transaction too.
                session.run("rollback").await.ok();
                Err(error)
            }
        }
    })
}

impl Work<'_> {
    async fn carry_out(&mut self, orders: &[Order<'_>], at: &str) -> Result<Vec<Carried>, SqlError> {
        let asked: Vec<Known<'_>> = orders
            .iter()
            .map(|order| Known { task: order.task, request: order.request, datasets: order.datasets })
            .collect();
        let standing = standing(self.session, &self.layout.catalog, &asked).await?;
        let subjects: Vec<Subject> = orders.iter().map(|order| order.subject.clone()).collect();
        self.find(&subjects).await?;
        self.mark_shared().await?;
        self.add_roles(&subjects).await?;
        self.decide_fates().await?;
        let now = plan::entries(self, orders.len(), v1::Kind::Delete, &mut NoKeys).await?;
        let mut carried = Vec::with_capacity(orders.len());
        for (i, (order, (_, datasets))) in orders.iter().zip(now).enumerate() {
            let as_planned = order.datasets.len() == datasets.len()
                && order.datasets.iter().zip(&datasets).all(|(a, b)| plan::same(a, b));
            carried.push(match (standing[i], as_planned) {
                (Some(Stands::Task), _) | (Some(Stands::Plan), false) => Carried::Again,
                (_, true) => Carried::Done,
                (None, false) => Carried::Changed,
            });
            if carried[i] != Carried::Done {
                self.leave_alone(i).await?;
            }
        }
        self.change(&subjects).await?;
        self.note(orders, &carried, at).await?;
        Ok(carried)
    }

    /// Masks and deletes what was found, by its fates.
    pub(crate) async fn change(&mut self, subjects: &[Subject]) -> Result<(), SqlError> {
        self.run(self.dialect().defer()).await?;
        let large_objects = self.large_objects().await?;
        for bound in 0..self.layout.tables.len() {
            for (_, fates, fields) in self.masks(bound) {
                self.mask_fields(bound, &fates, &fields, subjects).await?;
            }
        }
        self.remove(&large_objects).await
    }

    /// Deletes the rows that go, with what lies beside rows; every constraint holds then.
    pub(crate) async fn remove(&mut self, large_objects: &Given) -> Result<(), SqlError> {
        self.delete().await?;
        self.unlink(large_objects).await?;
        self.rebuild().await?;
        match self.dialect().check_now() {
            Some(check) => self.run(check).await.map(drop),
            None => Ok(()),
        }
    }

    /// Nothing counts as found for a request any more.
    pub(crate) async fn leave_alone(&mut self, request: usize) -> Result<(), SqlError> {
        for bound in 0..self.layout.tables.len() {
            if self.is_reached(bound) {
                self.run(&format!("delete from {} where request = {request}", found(bound))).await?;
            }
        }
        Ok(())
    }

    /// The found rows of these fates, each once, in pieces of at most 10,000.
    pub(crate) async fn pieces(&mut self, bound: usize, fates: &str) -> Result<Pieces, SqlError> {
        let names = key_names(self.layout, bound);
        // Several requests may name one row.
        let (request, each_once) = match self.requests {
            1 => ("request", String::new()),
            _ => ("min(request) as request", format!(" group by {names}")),
        };
        let all =
            format!("(select {request}, {names} from {} where fate in {fates}{each_once})", found(bound));
        if self.rows_found(bound) <= CHUNK_ROWS as u64 {
            let is_none = !self.is_reached(bound) || self.count(&all, &[]).await? == 0;
            return Ok(Pieces { each: if is_none { Vec::new() } else { vec![all.clone()] }, all });
        }
        let name = chunked(bound);
        self.make(bound, &name, "chunk integer").await?;
        let sql = format!(
            "insert into {name} (request, {names}, chunk) select request, {names}, \
             (row_number() over (order by {names}) - 1) / {CHUNK_ROWS} from {all} rows_of"
        );
        let rows = self.fill(&name, &sql, &[]).await?;
        self.analyze(&name, rows).await?;
        let chunks = usize::try_from(rows).unwrap_or(usize::MAX).div_ceil(CHUNK_ROWS);
        let each = (0..chunks).map(|n| format!("(select request, {names} from {name} where chunk = {n})"));
        Ok(Pieces { all: format!("(select request, {names} from {name})"), each: each.collect() })
    }

    /// Masks these fields of a table's rows that have these fates.
    pub(crate) async fn mask_fields(
        &mut self,
        bound: usize,
        fates: &str,
        fields: &[FieldPlanned],
        subjects: &[Subject],
    ) -> Result<(), SqlError> {
        self.at = Some(bound);
        for piece in self.pieces(bound, fates).await?.each {
            match mask::only_nulls(fields) {
                true => self.empty(bound, fields, &piece).await?,
                false => self.rewrite(bound, fields, &piece, subjects).await?,
            }
        }
        Ok(())
    }

    /// Makes these fields empty: the same in each row.
    async fn empty(&mut self, bound: usize, fields: &[FieldPlanned], piece: &str) -> Result<(), SqlError> {
        let (table, these) = (self.table(bound), self.among(bound, piece));
        let set = mask::assignments(self.dialect(), fields);
        let changed = self.run(&format!("update {table} as t set {set} where {these}")).await?;
        self.as_many(bound, changed, piece).await
    }

    /// Gives each row's fields the values that are made for it.
    async fn rewrite(
        &mut self,
        bound: usize,
        fields: &[FieldPlanned],
        piece: &str,
        subjects: &[Subject],
    ) -> Result<(), SqlError> {
        let (layout, dialect) = (self.layout, self.dialect());
        let rows = self.rows_of(bound, piece).await?;
        let (given, columns) = masked_rows(&layout.tables[bound], fields, subjects, &rows);
        let named: Vec<(&str, bool)> =
            columns.iter().map(|name| (name.as_str(), name == "request")).collect();
        let sql = format!(
            "update {} as t set {} from {} where {}",
            self.table(bound),
            mask::assignments(dialect, fields),
            dialect.given(&named),
            plan::same_texts(dialect, layout, bound, "t")
        );
        let (given, meant) = (given.json(), rows.len() as u64);
        if self.session.execute(&sql, &[&given]).await? != meant {
            let reached = format!(
                "select count(*), {meant} from {} join {} t on {}",
                dialect.given(&named),
                self.table(bound),
                plan::same_texts(dialect, layout, bound, "t")
            );
            self.reaches_all(bound, &reached, &[&given]).await?;
        }
        Ok(())
    }

    /// Looks closer where a statement says that it changed another number of rows than a piece has.
    async fn as_many(&mut self, bound: usize, changed: u64, piece: &str) -> Result<(), SqlError> {
        if self.count(piece, &[]).await? == changed { Ok(()) } else { self.reaches(bound, piece).await }
    }

    /// Whether as many rows are there as a piece names.
    async fn reaches(&mut self, bound: usize, piece: &str) -> Result<(), SqlError> {
        let reached = format!(
            "select (select count(*) from {} where {}), (select count(*) from {piece} g)",
            self.table(bound),
            self.among(bound, piece),
        );
        self.reaches_all(bound, &reached, &[]).await
    }

    /// How many rows a query in brackets gives.
    pub(crate) async fn count(&mut self, query: &str, parameters: &[&str]) -> Result<u64, SqlError> {
        let counts = all(self.session, &format!("select count(*) from {query} g"), parameters).await?;
        let count = counts.first().and_then(|row| row.first()).and_then(Cell::int);
        let count = count.and_then(|count| u64::try_from(count).ok());
        count.ok_or_else(|| SqlError::Unexpected("a count that is none".to_owned()))
    }

    /// Whether the statement counts as many rows that keys reach as are meant. The database may keep rows that it
    /// is told to change, which looking again shows; one that no key reaches is not seen then either.
    async fn reaches_all(&mut self, bound: usize, sql: &str, parameters: &[&str]) -> Result<(), SqlError> {
        let counts = all(self.session, sql, parameters).await?;
        let count = |i: usize| counts.first().and_then(|row| row.get(i)).and_then(Cell::int).unwrap_or(-1);
        let (reached, meant, dataset) = (count(0), count(1), &self.layout.tables[bound].dataset);
        if reached == meant {
            return Ok(());
        }
        Err(SqlError::Unexpected(format!(
            "the keys of {meant} rows of `{dataset}` lead to {reached} of them: nothing was changed"
        )))
    }

    /// The rows of a piece: request and key.
    pub(crate) async fn rows_of(
        &mut self,
        bound: usize,
        piece: &str,
    ) -> Result<Vec<(usize, Vec<String>)>, SqlError> {
        let keys = plan::key_texts(self.dialect(), self.layout, bound, "g").join(", ");
        let rows = all(self.session, &format!("select g.request, {keys} from {piece} g"), &[]).await?;
        rows.into_iter().map(|mut row| Ok((plan::request_of(&row)?, plan::key_of(row.drain(1..))?))).collect()
    }

    async fn delete(&mut self) -> Result<(), SqlError> {
        let layout = self.layout;
        let mut going: BTreeMap<usize, Pieces> = BTreeMap::new();
        for bound in (0..layout.tables.len()).filter(|bound| layout.tables[*bound].rows_go) {
            let pieces = self.pieces(bound, "('go')").await?;
            if !pieces.each.is_empty() {
                self.reaches(bound, &pieces.all).await?;
                going.insert(bound, pieces);
            }
        }
        let bounds: BTreeSet<usize> = going.keys().copied().collect();
        let sequence = order::sequence(layout, &bounds, self.dialect().defers_all())?;
        for (bound, columns) in &sequence.null_first {
            let set: Vec<String> = columns.iter().map(|column| format!("{} = null", quote(column))).collect();
            self.at = Some(*bound);
            let (table, these) = (self.table(*bound), self.among(*bound, &going[bound].all));
            self.run(&format!("update {table} set {} where {these}", set.join(", "))).await?;
        }
        for bound in sequence.tables {
            self.at = Some(bound);
            let pieces = &going[&bound];
            let whole = sequence.whole.contains(&bound).then(|| vec![pieces.all.clone()]);
            for piece in whole.as_ref().unwrap_or(&pieces.each) {
                let (table, these) = (self.table(bound), self.among(bound, piece));
                self.run(&format!("delete from {table} where {these}")).await?;
            }
        }
        Ok(())
    }

    /// The condition that a mapped table's row is in a piece.
    fn among(&self, bound: usize, piece: &str) -> String {
        let own: Vec<String> = self.layout.tables[bound].keys.iter().map(|key| quote(&key.name)).collect();
        let keys = aliased_keys(self.layout, bound, Some("g"));
        format!("({}) in (select {keys} from {piece} g)", own.join(", "))
    }

    async fn note(&mut self, orders: &[Order<'_>], carried: &[Carried], at: &str) -> Result<(), SqlError> {
        let mut given = Given::default();
        for (i, order) in orders.iter().enumerate().filter(|(i, _)| carried[*i] == Carried::Done) {
            let (plan, counts) = (plan_digest(order.datasets), counts(order.datasets));
            given.add(i, [order.task.to_owned(), order.request.to_owned(), at.to_owned(), counts, plan]);
        }
        if given.is_empty() {
            return Ok(());
        }
        let noted = ["task", "request", "at", "counts", PLAN];
        let columns: Vec<(&str, bool)> =
            std::iter::once(("n", true)).chain(noted.map(|name| (name, false))).collect();
        let values = self.dialect().given(&columns);
        let there = if is_prepared(&self.layout.catalog) { &noted[..] } else { &noted[..4] };
        let sql = format!(
            "insert into {EFFECT_TABLE} ({}) select {} from {values} where true",
            there.join(", "),
            there.iter().map(|name| format!("given.{name}")).collect::<Vec<_>>().join(", ")
        );
        self.session.execute(&sql, &[&given.json()]).await.map(drop)
    }
}

/// Rows of a mapped table, as statements name them: each is a query that gives request and key.
pub(crate) struct Pieces {
    /// All of them.
    pub(crate) all: String,
    /// The same in pieces; none where there are no rows: then there is no statement, and no lock.
    pub(crate) each: Vec<String>,
}

/// The temporary table of a mapped table's rows that are being changed.
fn chunked(bound: usize) -> String {
    format!("redress_change_{bound}")
}

/// Rows with the new values of their changed fields (`m0`…), and the columns' names.
pub(crate) fn masked_rows(
    table: &Bound,
    fields: &[FieldPlanned],
    subjects: &[Subject],
    rows: &[(usize, Vec<String>)],
) -> (Given, Vec<String>) {
    let keys = (0..table.keys.len()).map(|n| format!("v{n}"));
    let names =
        std::iter::once("request".to_owned()).chain(keys).chain((0..fields.len()).map(|i| format!("m{i}")));
    let mut given = Given::default();
    for (request, key) in rows {
        let Some(subject) = subjects.get(*request) else { continue };
        let values = fields
            .iter()
            .map(|field| mask::masked(field, &subject.secret, &table.dataset, key).unwrap_or_default());
        given.add(*request, key.iter().cloned().chain(values));
    }
    (given, names.collect())
}

/// What is noted of a plan: the same for equal plans, wherever their keys are kept.
fn plan_digest(datasets: &[v1::DatasetPlan]) -> String {
    let datasets = datasets.iter().map(plan::bare).collect();
    let plan = v1::SystemPlan { datasets, ..v1::SystemPlan::default() };
    hex::encode(digest_of(&plan).sha256)
}

/// What the note says was done: no personal data.
fn counts(datasets: &[v1::DatasetPlan]) -> String {
    let changed = datasets.iter().filter(|plan| plan.treatment() != v1::Treatment::Keep);
    let one = |plan: &v1::DatasetPlan| {
        let what = match plan.treatment() {
            v1::Treatment::Delete => "deleted",
            v1::Treatment::Rebuild => "rebuilt",
            _ => "masked",
        };
        serde_json::json!({ "dataset": plan.dataset, "rows": plan.count, "what": what })
    };
    serde_json::Value::from(changed.map(one).collect::<Vec<_>>()).to_string()
}
