//! Finds a subject's rows: by identity, then along references; sets apart what a reviewer decides on.

use std::collections::BTreeSet;

use async_trait::async_trait;
use futures::future::BoxFuture;
use redress_contracts::v1;
use redress_domain::{Identifier, IdentifierClass};

use super::{
    Cell, Column, Dialect, Edge, Family, Layout, SqlError, SqlSession, Subject,
    asking::{Neighbours, asked_of, given, somebody_elses},
    candidates::Open,
    field_values::FieldValues,
    found::{Add, Into, Way, Work, along, found, holding, key_names, own_keys, same_row},
    plan,
    roles::Roles,
    trial::Refused,
    value,
};

/// How many references deep a subject is followed.
const DEPTH_MAX: u32 = 1_000;

/// What was found for one request.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Located {
    /// Rows by dataset and by the way they were reached.
    pub findings: Vec<v1::Finding>,
    /// What would be done to each dataset; for access and export, what would be collected.
    pub datasets: Vec<v1::DatasetPlan>,
    /// Rows and identifiers that may be the subject's.
    pub candidates: Vec<SeenCandidate>,
    /// Identifiers that are the subject's, and were not known before.
    pub identifiers: Vec<FoundIdentifier>,
    /// Values that identify nobody, though they stand where identifiers do.
    pub notes: Vec<v1::IdentityNote>,
    /// Ids of the rows that are candidates, also of those that are not shown.
    pub left: Vec<String>,
    /// Datasets that were not searched, or not in full: a sentence for each.
    pub unsearched: Vec<String>,
    /// Statements that looked.
    pub queries: u32,
}

/// A candidate and what a reviewer needs to see of it.
#[derive(Debug, Clone, PartialEq)]
pub struct SeenCandidate {
    /// Without its preview.
    pub candidate: v1::Candidate,
    /// The row, or the identifier, as a JSON object: to be sealed.
    pub row: String,
    /// None: the candidate is a row.
    pub identifier: Option<FoundIdentifier>,
}

/// An identifier in a subject's row. It names one person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FoundIdentifier {
    /// What.
    pub identifier: Identifier,
    /// Where: `dataset.field`.
    pub found_in: String,
}

/// Where the keys of an entry are kept.
#[derive(Debug, Clone, PartialEq)]
pub enum Kept {
    /// Nowhere.
    Not,
    /// Here.
    Sealed(v1::Sealed),
    /// In a stream of this name.
    At(String),
}

/// Takes the keys of what will be changed, for the verification: sorted, each request's of one dataset together.
#[async_trait]
pub trait KeySink: Send {
    /// The next key of a dataset's entry.
    ///
    /// # Errors
    /// [`SqlError::Beside`] when it cannot be kept.
    async fn key(&mut self, request: usize, entry: &str, key: &[String]) -> Result<(), SqlError>;

    /// An entry is complete; gives where its keys are.
    ///
    /// # Errors
    /// As [`key`](Self::key).
    async fn end(&mut self, request: usize, entry: &str) -> Result<Kept, SqlError>;
}

/// Keeps no keys: for access and export, and where the plan is only compared.
pub struct NoKeys;

#[async_trait]
impl KeySink for NoKeys {
    async fn key(&mut self, _: usize, _: &str, _: &[String]) -> Result<(), SqlError> {
        Ok(())
    }

    async fn end(&mut self, _: usize, _: &str) -> Result<Kept, SqlError> {
        Ok(Kept::Not)
    }
}

/// Looks for these subjects, all at once, and says what would be done for a request of this kind.
///
/// # Errors
/// See [`SqlError`]; nothing is changed in any case.
pub fn locate<'a>(
    session: &'a mut dyn SqlSession,
    layout: &'a Layout,
    subjects: &'a [Subject],
    kind: v1::Kind,
    neighbours: &'a Neighbours,
    keys: &'a mut dyn KeySink,
) -> BoxFuture<'a, Result<Vec<Located>, SqlError>> {
    Box::pin(async move {
        let mut work = Work::begin(session, layout, false).await?;
        let open = work.find(subjects).await?;
        let mut located = vec![Located::default(); subjects.len()];
        for (request, seen) in work.show(&open, subjects).await? {
            located[request].candidates.push(seen);
        }
        for (request, ids) in open.into_iter().flat_map(|of_table| of_table.ids) {
            located[request].left.extend(ids);
        }
        work.mark_shared().await?;
        work.identifiers(subjects, neighbours, &mut located).await?;
        work.add_roles(subjects).await?;
        if kind == v1::Kind::Delete {
            work.decide_fates().await?;
        }
        for (request, (findings, datasets)) in
            plan::entries(&mut work, subjects.len(), kind, keys).await?.into_iter().enumerate()
        {
            located[request].findings = findings;
            located[request].datasets = datasets;
            located[request].queries = work.queries;
            located[request].unsearched = work.unsearched(request);
        }
        if kind == v1::Kind::Delete {
            for Refused { request, bound, goes, refusal } in work.try_plans(subjects).await? {
                let dataset = &layout.tables[bound].dataset;
                let of_table = located[request].datasets.iter_mut().filter(|plan| plan.dataset == *dataset);
                let changed = |plan: &&mut v1::DatasetPlan| match plan.treatment() {
                    v1::Treatment::Keep => false,
                    treatment => goes == (treatment != v1::Treatment::Unspecified),
                };
                of_table.filter(changed).for_each(|plan| plan.refusals.push(refusal.clone()));
            }
        }
        work.end(false).await?;
        Ok(located)
    })
}

impl Work<'_> {
    /// Fills the tables of what is found; gives the candidates that are left to decide on.
    pub(crate) async fn find(&mut self, subjects: &[Subject]) -> Result<Vec<Open>, SqlError> {
        let mut round = 0;
        self.requests = subjects.len();
        let mut fresh = self.seed(subjects).await?;
        self.screen(subjects, &fresh, round).await?;
        self.set_accounts_apart(subjects, &fresh).await?;
        loop {
            while !fresh.is_empty() {
                fresh = self.follow(&fresh, round).await?;
                round += 1;
                self.screen(subjects, &fresh, round).await?;
                if round > DEPTH_MAX {
                    return Err(SqlError::Unexpected(format!(
                        "references lead more than {DEPTH_MAX} rows deep"
                    )));
                }
            }
            let (accepted, open) = self.candidates(subjects).await?;
            fresh = self.accept(&accepted, round).await?;
            self.leave_repeated(&fresh).await?;
            if fresh.is_empty() {
                return Ok(open);
            }
        }
    }

    /// Takes rows out of what a round has found, before they are followed.
    async fn screen(
        &mut self,
        subjects: &[Subject],
        fresh: &BTreeSet<usize>,
        round: u32,
    ) -> Result<(), SqlError> {
        self.leave_repeated(fresh).await?;
        self.leave_rejected(subjects, fresh, i32::try_from(round).unwrap_or(i32::MAX)).await
    }

    /// Rows that carry an identifier. One that may name several people makes candidates.
    async fn seed(&mut self, subjects: &[Subject]) -> Result<BTreeSet<usize>, SqlError> {
        let mut fresh = BTreeSet::new();
        let layout = self.layout;
        for bound in 0..layout.tables.len() {
            for values_of in FieldValues::of(layout, bound) {
                for asked in asked_of(layout, bound, &values_of) {
                    let given = given(layout, subjects, &asked, &values_of.column);
                    if given.is_empty() {
                        continue;
                    }
                    let role = layout.tables[bound].role(asked.role, std::slice::from_ref(&values_of.name));
                    let into = match (role, asked.class) {
                        (Some(place), _) => Into::Role(place),
                        (None, IdentifierClass::Unique) => Into::Found(Way::Seed),
                        (None, IdentifierClass::Shared) => Into::Candidates,
                    };
                    let values = self.dialect().given(&[("request", true), ("value", false)]);
                    let from = format!(
                        "{values} join {} t on {} where true{}{}",
                        self.table(bound),
                        values_of.hold_given(self.dialect(), &asked),
                        self.meant(bound, "t"),
                        holding(self.dialect(), "t", layout.table(bound), &asked.conditions),
                    );
                    let add = Add {
                        into,
                        bound,
                        row: "t",
                        request: "given.request",
                        how: &asked.how,
                        round: 0,
                        lent: "0",
                        from: &from,
                        once: false,
                    };
                    let added = self.add(add, &[&given.json()]).await?;
                    if matches!(into, Into::Found(_)) && added > 0 {
                        fresh.insert(bound);
                    }
                }
            }
        }
        self.analyze_all(&fresh).await?;
        Ok(fresh)
    }

    /// Rows that were found in another way before, and are records of the same person; gives how many.
    async fn promote(&mut self, bound: usize, from: &str, round: u32) -> Result<u64, SqlError> {
        if !self.is_reached(bound) {
            return Ok(0);
        }
        let (keys, own) = (key_names(self.layout, bound), own_keys(self.layout, bound, "b"));
        self.run(&format!(
            "update {} set seed = 1, lent = 0, round = {round} where seed = 0 and (request, {keys}) in (select f.request, {own} from {from})",
            found(bound)
        ))
        .await
    }

    /// One step along every reference from what this round found. What may be somebody else's becomes a candidate.
    async fn follow(&mut self, fresh: &BTreeSet<usize>, round: u32) -> Result<BTreeSet<usize>, SqlError> {
        let (layout, mut reached) = (self.layout, BTreeSet::new());
        for edge in layout.edges.iter().filter(|edge| fresh.contains(&edge.from)) {
            let base = format!(
                "{} f join {} a on {} join {} b on {} where f.round = {round}{}",
                found(edge.from),
                self.table(edge.from),
                same_row(layout, edge.from, "f", "a"),
                self.table(edge.to),
                along(self.dialect(), layout, edge),
                self.meant(edge.to, "b"),
            );
            let how = &format!("{}.{}", layout.table(edge.from).name, edge.from_columns.join("+"));
            let lent = if edge.up && !edge.to_owner { "1" } else { "f.lent" };
            let (bound, request, row) = (edge.to, "f.request", "b");
            if let Some(place) = layout.tables[bound].role(edge.role, &edge.to_columns) {
                // What is lent may be others', and so may what refers to it.
                let (into, from, how) = (
                    Into::Role(place),
                    &format!("{base} and f.lent = 0"),
                    &format!("{how}, {}", edge.role.as_str()),
                );
                let add = Add { into, bound, row, request, how, round, lent, from, once: false };
                self.add(add, &[]).await?;
                continue;
            }
            if edge.same_person {
                let (into, from) = (Into::Found(Way::Seed), &format!("{base} and f.seed = 1"));
                let add =
                    Add { into, bound, row, request, how, round: round + 1, lent: "0", from, once: false };
                let added = self.add(add, &[]).await?;
                if added + self.promote(edge.to, from, round + 1).await? > 0 {
                    reached.insert(edge.to);
                }
            }
            let theirs = somebody_elses(layout, edge);
            let mine = match &theirs {
                Some(theirs) => format!("{base} and not ({theirs})"),
                None => base.clone(),
            };
            let (into, once) = (Into::Found(Way::Reached), points_to_one(self.dialect(), layout, edge));
            let add = Add { into, bound, row, request, how, round: round + 1, lent, from: &mine, once };
            if self.add(add, &[]).await? > 0 {
                reached.insert(edge.to);
            }
            if let Some(theirs) = theirs {
                let (into, from) = (Into::Candidates, &format!("{base} and ({theirs})"));
                let add = Add { into, bound, row, request, how, round, lent, from, once };
                self.add(add, &[]).await?;
            }
        }
        self.analyze_all(&reached).await?;
        Ok(reached)
    }
}

/// Whether a row is reached along an edge from one row at most: it leads from a primary key. Of that, several values may
/// be equal to one of another type, or to a text of another collation: then it is not so.
fn points_to_one(dialect: &dyn Dialect, layout: &Layout, edge: &Edge) -> bool {
    let (from, to) = (layout.table(edge.from), layout.table(edge.to));
    let same_type = |(a, b): (&String, &String)| match (from.column(a), to.column(b)) {
        (Some(a), Some(b)) => {
            a.type_name == b.type_name && (a.family == Family::Integer || dialect.is_uuid(a))
        }
        _ => false,
    };
    edge.from_columns == from.primary_key && edge.from_columns.iter().zip(&edge.to_columns).all(same_type)
}

/// The mapped fields of a row with these roles, as far as they are shown, as a JSON object.
pub(crate) fn record(layout: &Layout, bound: usize, roles: Roles, cells: &[Cell]) -> String {
    let mut json = String::from("{");
    let table = &layout.tables[bound];
    let shown = |(_, column): &(&Cell, &Column)| table.shows(roles, &column.name);
    for (cell, column) in cells.iter().zip(&table.columns).filter(shown) {
        if json.len() > 1 {
            json.push(',');
        }
        value::write_text(&mut json, &column.name);
        json.push(':');
        value::write_json(&mut json, cell, column);
    }
    json.push('}');
    json
}
