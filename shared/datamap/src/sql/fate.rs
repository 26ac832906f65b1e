//! What becomes of each found row, before anything is done.
//!
//! | fate | what |
//! |---|---|
//! | shared | others point to it, or to that through which it was reached: kept as it is |
//! | keep | the policy, or the class of its dataset, keeps it as it is |
//! | mask | it stays, and the policy changes fields of it |
//! | go | it is deleted |
//! | fixed | the database lets nobody change it: kept as it is |
//! | rebuild | it is of a materialized view, which is built anew |
//! | blocked | it would go, and rows that stay point to it: its fields are masked |
//! | cascade | not found, and deleted by the database with a row that goes |
//! | role1 to role7 | it is the subject's by a role alone, whose bits the number is: what is about the subject is masked |
//! | stays | not found; a cascade that does not come to pass |

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Changes, Edge, Layout, OnDelete, Pointer, SqlError,
    dialect::literal,
    found::{
        Add, Into, Way, Work, aliased_keys, along, candidate, found, holding, key_names, same_row,
        same_values,
    },
    plan,
    session::all,
};
use crate::DatasetClass;

/// The rows that will not be there any more.
pub(crate) const GOING: &str = "('go', 'cascade')";

impl Work<'_> {
    /// Rows that references only lead up to, and accepted rows that are no person's, are shared where others point to
    /// them, unless the map says they are owned. A shared row stays: so what it points to is shared too, and what was
    /// reached through it alone. A row that itself points to the subject's is the subject's, whoever points to it.
    pub(crate) async fn mark_shared(&mut self) -> Result<(), SqlError> {
        let layout = self.layout;
        let owned = |bound: usize| layout.tables[bound].collection.owned;
        loop {
            let mut marked = 0;
            let reached = |pointer: &&Pointer| self.is_reached(pointer.parent) && !owned(pointer.parent);
            for pointer in layout.pointers.iter().filter(reached).collect::<Vec<_>>() {
                let outside = self.pointed_at_from_outside(
                    pointer,
                    "f.lent = 1 and f.fate <> 'shared'",
                    "and fc.fate <> 'shared'",
                );
                marked += self
                    .set_fate(pointer.parent, "shared", "lent = 1 and fate <> 'shared'", &outside)
                    .await?;
            }
            let reached = |edge: &&Edge| self.is_reached(edge.from) && self.is_reached(edge.to);
            let down = layout.edges.iter().filter(|edge| !edge.up && !owned(edge.to));
            for edge in down.filter(reached).collect::<Vec<_>>() {
                let below = self.below_shared(edge);
                marked += self.set_fate(edge.to, "shared", "lent = 1 and fate <> 'shared'", &below).await?;
            }
            if marked == 0 {
                return Ok(());
            }
        }
    }

    /// Request and key of the found rows that an edge leads down to from shared ones.
    fn below_shared(&self, edge: &Edge) -> String {
        let layout = self.layout;
        format!(
            "select below.request, {} from {} f join {} a on {} join {} b on {} \
             join {} below on below.request = f.request and {} where f.fate = 'shared'",
            aliased_keys(layout, edge.to, Some("below")),
            found(edge.from),
            self.table(edge.from),
            same_row(layout, edge.from, "f", "a"),
            self.table(edge.to),
            along(self.dialect(), layout, edge),
            found(edge.to),
            same_row(layout, edge.to, "below", "b"),
        )
    }

    /// What a deletion makes of each row, beyond what its dataset's rows usually become.
    pub(crate) async fn decide_fates(&mut self) -> Result<(), SqlError> {
        // What is blocked stays blocked, so that this ends.
        loop {
            self.add_cascades().await?;
            if !self.block().await? {
                return Ok(());
            }
            for bound in
                (0..self.layout.tables.len()).filter(|bound| self.is_reached(*bound)).collect::<Vec<_>>()
            {
                self.run(&format!("delete from {} where fate = 'cascade'", found(bound))).await?;
            }
        }
    }

    /// Rows that the database itself will delete with those that go, where the policy would have them deleted.
    async fn add_cascades(&mut self) -> Result<(), SqlError> {
        let layout = self.layout;
        loop {
            let mut added = 0;
            for pointer in &layout.pointers {
                let Some(child) = cascades_into(layout, pointer).filter(|_| self.is_reached(pointer.parent))
                else {
                    continue;
                };
                let (rows, meant) = (self.pointing_rows(pointer), self.meant(child, "c"));
                let others = self.not_a_candidate(child, "c");
                let from = format!("{rows} where f.fate in {GOING}{meant}{others}");
                let (into, request, how) = (Into::Found(Way::Cascade), "f.request", "cascade");
                let (bound, row, round, lent, from, once) = (child, "c", 0, "1", &from, false);
                let add = Add { into, bound, row, request, how, round, lent, from, once };
                added += self.add(add, &[]).await?;
            }
            if added == 0 {
                return Ok(());
            }
        }
    }

    /// The condition that a row is no candidate of the request of `f`: what was rejected or left undecided is another
    /// person's.
    fn not_a_candidate(&self, bound: usize, row: &str) -> String {
        if !self.has_candidates(bound) {
            return String::new();
        }
        let same = same_row(self.layout, bound, "k", row);
        format!(
            " and not exists (select 1 from {} k where k.request = f.request and {same})",
            candidate(bound)
        )
    }

    /// Takes back what cannot go since a row that stays points to it; true if there was such.
    async fn block(&mut self) -> Result<bool, SqlError> {
        let (layout, mut any) = (self.layout, false);
        loop {
            let mut changed = 0;
            for pointer in &layout.pointers {
                let may_go = self.is_reached(pointer.parent) && layout.tables[pointer.parent].rows_go;
                if !holds(pointer) || !may_go {
                    continue;
                }
                let held = self.pointed_at_from_outside(
                    pointer,
                    &format!("f.fate in {GOING}"),
                    &format!("and fc.fate in {}", self.not_holding(pointer)),
                );
                changed += self.set_fate(pointer.parent, "blocked", "fate = 'go'", &held).await?;
                changed += self.set_fate(pointer.parent, "stays", "fate = 'cascade'", &held).await?;
            }
            if changed == 0 {
                return Ok(any);
            }
            any = true;
        }
    }

    /// By request, the tables whose rows keep those of a mapped table from going.
    pub(crate) async fn holders_of_blocked(
        &mut self,
        bound: usize,
    ) -> Result<BTreeMap<usize, String>, SqlError> {
        let (layout, mut holders) = (self.layout, BTreeMap::<usize, BTreeSet<&str>>::new());
        if self.count(&format!("(select 1 from {} where fate = 'blocked')", found(bound)), &[]).await? == 0 {
            return Ok(BTreeMap::new());
        }
        for pointer in layout.pointers.iter().filter(|pointer| pointer.parent == bound && holds(pointer)) {
            let inside = format!("and fc.fate in {}", self.not_holding(pointer));
            let held = self.pointed_at_from_outside(pointer, "f.fate = 'blocked'", &inside);
            let sql = format!("select distinct request from ({held}) held");
            for row in all(self.session, &sql, &[]).await? {
                let name = layout.catalog.tables[pointer.child].name.as_str();
                holders.entry(plan::request_of(&row)?).or_default().insert(name);
            }
        }
        let named = holders
            .into_iter()
            .map(|(request, names)| (request, names.into_iter().collect::<Vec<_>>().join(", ")));
        Ok(named.collect())
    }

    /// The fates of rows that will not point any more: they go, or are emptied there.
    pub(crate) fn not_holding(&self, pointer: &Pointer) -> String {
        let child = pointer.child_bound.map(|child| &self.layout.tables[child]);
        let released = child.map(|child| child.released(&pointer.child_columns)).unwrap_or_default();
        let released: String = released.into_iter().map(|fate| format!(", {}", literal(fate))).collect();
        format!("('go', 'cascade'{released})")
    }

    async fn set_fate(
        &mut self,
        bound: usize,
        fate: &str,
        whose: &str,
        among: &str,
    ) -> Result<u64, SqlError> {
        let keys = key_names(self.layout, bound);
        let table = found(bound);
        let fate = literal(fate);
        self.run(&format!(
            "update {table} set fate = {fate} where {whose} and (request, {keys}) in ({among})"
        ))
        .await
    }

    /// `found f` of the parent, its row `t` and every row `c` that points to it.
    pub(crate) fn pointing_rows(&self, pointer: &Pointer) -> String {
        let layout = self.layout;
        let (parent, child) = (layout.table(pointer.parent), &layout.catalog.tables[pointer.child]);
        format!(
            "{} f join {} t on {} join {} c on {}{}",
            found(pointer.parent),
            self.table(pointer.parent),
            same_row(layout, pointer.parent, "f", "t"),
            self.dialect().table(child),
            same_values(
                self.dialect(),
                ("c", child, &pointer.child_columns),
                ("t", parent, &pointer.parent_columns),
                |_, _| false
            ),
            match pointer.conditions.on_child {
                true => holding(self.dialect(), "c", child, &pointer.conditions.all),
                false => holding(self.dialect(), "t", parent, &pointer.conditions.all),
            },
        )
    }

    /// Request and key of the parent's rows (`whose`) to which a row points that was not found for the same
    /// request (`inside` narrows which found ones count).
    fn pointed_at_from_outside(&self, pointer: &Pointer, whose: &str, inside: &str) -> String {
        let layout = self.layout;
        let keys = aliased_keys(layout, pointer.parent, Some("f"));
        let rows = self.pointing_rows(pointer);
        match pointer.child_bound.filter(|child| self.is_reached(*child)) {
            None => format!("select f.request, {keys} from {rows} where {whose}"),
            Some(child) => format!(
                "select f.request, {keys} from {rows} left join {} fc on fc.request = f.request and {} {inside} \
                 where {whose} and fc.request is null",
                found(child),
                same_row(layout, child, "fc", "c"),
            ),
        }
    }
}

/// Whether a row that points keeps the one that it points to.
fn holds(pointer: &Pointer) -> bool {
    !matches!(pointer.on_delete, None | Some(OnDelete::SetNull))
}

/// What becomes of a dataset's rows where nothing speaks against it.
pub(super) fn usual_fate(table: &super::Bound) -> &'static str {
    let changes =
        |field: &super::FieldPlanned| field.plan.treatment() != redress_contracts::v1::Treatment::Keep;
    let is_changed = table.rows_go || table.fields.iter().any(changes);
    match (table.collection.class, &table.changes) {
        (DatasetClass::Audit, _) => "keep",
        (_, Changes::Rebuilt) if is_changed => "rebuild",
        (_, Changes::Not(_)) if is_changed => "fixed",
        _ if table.rows_go => "go",
        _ if is_changed => "mask",
        _ => "keep",
    }
}

/// The mapped table whose rows the database deletes with those of the parent, and may: not where people are identified,
/// since a row that was not found there is another person's.
fn cascades_into(layout: &Layout, pointer: &Pointer) -> Option<usize> {
    let child = pointer.child_bound?;
    let table = &layout.tables[child];
    let is_anonymous = table.collection.fields.iter().all(|field| field.identities().is_empty());
    (pointer.on_delete == Some(OnDelete::Cascade) && table.rows_go && is_anonymous).then_some(child)
}
