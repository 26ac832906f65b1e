//! What was found, as a plan says it: for each dataset and fate a count and the digest of the sorted keys.

use std::collections::BTreeMap;

use futures::StreamExt as _;
use redress_contracts::v1;
use sha2::{Digest as _, Sha256};

use super::{
    Bound, Cell, Changes, Dialect, FieldPlanned, Kept, KeySink, Layout, OnDelete, Pointer, SqlError,
    dialect::quote,
    fate::GOING,
    found::{Work, found, same_row},
    mask::changed,
    roles::Roles,
    rules::NO_RULE,
    session::all,
};
use crate::DatasetClass;

/// Why rows stay of which nothing is personal data.
const NOT_PERSONAL: &str = "none of its mapped fields is personal data";
/// Why rows that would go are masked, before it is known which tables hold them.
const BLOCKED: &str = "rows that stay point to these: they are masked instead";
/// What becomes of the subject's own rows.
const FATES: [&str; 7] = ["shared", "keep", "mask", "go", "blocked", "rebuild", "fixed"];

/// One request's findings and datasets.
type Entries = (Vec<v1::Finding>, Vec<v1::DatasetPlan>);

/// A running digest of sorted keys.
struct Tally {
    count: u64,
    keys: Sha256,
    kept: Kept,
}

impl Default for Tally {
    fn default() -> Self {
        Self { count: 0, keys: Sha256::default(), kept: Kept::Not }
    }
}

impl Tally {
    fn take(&mut self, key: &[String]) {
        self.count += 1;
        for part in key {
            self.keys.update((part.len() as u64).to_be_bytes());
            self.keys.update(part.as_bytes());
        }
    }

    fn digest(self) -> v1::Digest {
        v1::Digest { sha256: self.keys.finalize().to_vec() }
    }
}

/// Findings and plan of each request.
pub(crate) async fn entries(
    work: &mut Work<'_>,
    requests: usize,
    kind: v1::Kind,
    keys: &mut dyn KeySink,
) -> Result<Vec<Entries>, SqlError> {
    let mut entries: Vec<Entries> = (0..requests).map(|_| Entries::default()).collect();
    let layout = work.layout;
    for (bound, table) in layout.tables.iter().enumerate() {
        if !work.is_reached(bound) {
            continue;
        }
        let (by_way, by_fate) = tally(work, bound, kind, keys).await?;
        for ((request, (round, by)), tally) in by_way {
            let (count, dataset, by) = (tally.count, table.dataset.clone(), by.to_owned());
            entries[request].0.push(v1::Finding { dataset, count, keys: Some(tally.digest()), by, round });
        }
        for ((request, fate), tally) in by_fate {
            entries[request].1.push(dataset_plan(table, fate, kind, tally));
        }
    }
    if kind == v1::Kind::Delete {
        for bound in (0..layout.tables.len()).filter(|bound| work.is_reached(*bound)).collect::<Vec<_>>() {
            let table = &layout.tables[bound];
            for (request, holders) in work.holders_of_blocked(bound).await? {
                let of_table = entries[request].1.iter_mut().filter(|plan| plan.dataset == table.dataset);
                for plan in of_table.filter(|plan| plan.ground_text == BLOCKED) {
                    plan.ground_text =
                        format!("rows that stay point to these ({holders}): they are masked instead");
                }
            }
        }
        for pointer in &layout.pointers {
            for (request, cascade) in cascade(work, pointer).await? {
                attribute(&mut entries[request].1, &layout.tables[pointer.parent].dataset, cascade);
            }
        }
    }
    Ok(entries)
}

/// To the rows that go of the table pointed to; where they go by a cascade themselves, to those that began it.
fn attribute(datasets: &mut [v1::DatasetPlan], parent: &str, cascade: v1::Cascade) {
    let goes = |plan: &v1::DatasetPlan| plan.treatment() == v1::Treatment::Delete;
    let of_parent = datasets.iter().position(|plan| goes(plan) && plan.dataset == parent);
    if let Some(place) = of_parent.or_else(|| datasets.iter().position(goes)) {
        datasets[place].cascades.push(cascade);
    }
}

type ByWay<'a> = BTreeMap<(usize, (u32, &'a str)), Tally>;
type ByFate = BTreeMap<(usize, &'static str), Tally>;

/// One table's rows, once, in the order of their keys.
async fn tally<'a>(
    work: &'a mut Work<'_>,
    bound: usize,
    kind: v1::Kind,
    sink: &mut dyn KeySink,
) -> Result<(ByWay<'a>, ByFate), SqlError> {
    let (layout, dialect) = (work.layout, work.dialect());
    let keys = key_texts(dialect, layout, bound, "f");
    let sql = format!(
        "select f.request, f.how, f.fate, {} from {} f where f.fate not in ('cascade', 'stays') \
         order by f.request, {}",
        keys.join(", "),
        found(bound),
        in_order(dialect, &keys)
    );
    let (mut by_way, mut by_fate) = (ByWay::new(), ByFate::new());
    let mut are_changed = BTreeMap::new();
    let table = &layout.tables[bound];
    let mut rows = work.session.rows(&sql, &[]);
    let mut of = None;
    while let Some(row) = rows.next().await {
        let mut row = row?;
        let (request, key) = (request_of(&row)?, key_of(row.drain(3..))?);
        let (how, round) = how_of(&work.hows, &row)?;
        if let Some(before) = of.replace(request).filter(|before| *before != request) {
            end_keys((before, kind), table, &mut by_fate, sink).await?;
        }
        by_way.entry((request, (*round, how.as_str()))).or_default().take(&key);
        let fate = match (fate_of(&row)?, kind) {
            (fate, v1::Kind::Delete) => fate,
            (fate, _) if Roles::of_fate(fate) != Roles::OWN => fate,
            _ => "collect",
        };
        if *are_changed.entry(fate).or_insert_with(|| changes(table, fate, kind)) {
            sink.key(request, &entry_name(&table.dataset, fate), &key).await?;
        }
        by_fate.entry((request, fate)).or_default().take(&key);
    }
    if let Some(last) = of {
        end_keys((last, kind), table, &mut by_fate, sink).await?;
    }
    Ok((by_way, by_fate))
}

/// A request's keys of one dataset are complete.
async fn end_keys(
    (request, kind): (usize, v1::Kind),
    table: &Bound,
    by_fate: &mut ByFate,
    sink: &mut dyn KeySink,
) -> Result<(), SqlError> {
    for ((of, fate), tally) in by_fate.iter_mut().filter(|((of, _), _)| *of == request) {
        if changes(table, fate, kind) {
            tally.kept = sink.end(*of, &entry_name(&table.dataset, fate)).await?;
        }
    }
    Ok(())
}

/// Whether the rows of a fate are changed: their keys are kept for the verification.
fn changes(table: &Bound, fate: &str, kind: v1::Kind) -> bool {
    match Roles::of_fate(fate) {
        _ if kind != v1::Kind::Delete => false,
        Roles::OWN => ["go", "mask", "blocked"].contains(&fate),
        _ if table.changes != Changes::Directly => false,
        roles => changed(&table.fields_in(roles)).next().is_some(),
    }
}

/// What an entry's keys are kept under.
pub(crate) fn entry_name(dataset: &str, fate: &str) -> String {
    format!("{dataset}.{fate}")
}

fn dataset_plan(table: &Bound, fate: &str, kind: v1::Kind, tally: Tally) -> v1::DatasetPlan {
    let class = match table.collection.class {
        DatasetClass::Content => v1::DatasetClass::Content,
        DatasetClass::Log => v1::DatasetClass::Log,
        DatasetClass::Audit => v1::DatasetClass::Audit,
    };
    let mut plan = v1::DatasetPlan {
        dataset: table.dataset.clone(),
        class: class as i32,
        count: tally.count,
        unmapped_columns: table.unmapped.clone(),
        special_categories: table
            .collection
            .special_categories()
            .into_iter()
            .map(ToString::to_string)
            .collect(),
        ..v1::DatasetPlan::default()
    };
    match &tally.kept {
        Kept::Not => {}
        Kept::Sealed(keys) => plan.kept_keys = Some(keys.clone()),
        Kept::At(reference) => plan.keys_reference.clone_from(reference),
    }
    plan.keys = Some(tally.digest());
    match fate {
        "go" => plan.treatment = v1::Treatment::Delete as i32,
        "rebuild" => plan.treatment = v1::Treatment::Rebuild as i32,
        "fixed" => {
            let why = if let Changes::Not(why) = table.changes { why } else { "nobody may change it" };
            keep(&mut plan, v1::Ground::Immutable, why);
        }
        "shared" => keep(&mut plan, v1::Ground::Shared, "rows of others point to these"),
        "keep" if table.collection.class == DatasetClass::Audit => {
            keep(&mut plan, v1::Ground::Audit, "an audit dataset is never changed");
        }
        "keep" => {
            let (ground, why) =
                grounds(&table.fields).unwrap_or((v1::Ground::Policy, NOT_PERSONAL.to_owned()));
            keep(&mut plan, ground, &why);
            plan.fields = told(&table.fields);
        }
        "mask" => mask(&mut plan, &table.fields),
        "blocked" => {
            plan.fields = told(&table.fields);
            (plan.ground, plan.ground_text) = (v1::Ground::Shared as i32, BLOCKED.to_owned());
            if let Some((v1::Ground::NoRule, _)) = grounds(&table.fields) {
                plan.ground = v1::Ground::NoRule as i32;
            }
        }
        fate => {
            let roles = Roles::of_fate(fate);
            plan.roles = table.told(roles);
            if let (true, Changes::Not(why)) =
                (roles != Roles::OWN && kind == v1::Kind::Delete, table.changes)
            {
                keep(&mut plan, v1::Ground::Immutable, why);
            } else if roles != Roles::OWN && kind == v1::Kind::Delete {
                mask(&mut plan, &table.fields_in(roles));
                if !changes(table, fate, kind) {
                    keep(&mut plan, v1::Ground::Shared, "they are other people's too");
                }
            }
        }
    }
    plan
}

fn mask(plan: &mut v1::DatasetPlan, fields: &[FieldPlanned]) {
    plan.fields = told(fields);
    if let Some((ground, why)) = grounds(fields) {
        (plan.ground, plan.ground_text) = (ground as i32, why);
    }
}

fn keep(plan: &mut v1::DatasetPlan, ground: v1::Ground, text: &str) {
    plan.treatment = v1::Treatment::Keep as i32;
    (plan.ground, plan.ground_text) = (ground as i32, text.to_owned());
}

fn told(fields: &[FieldPlanned]) -> Vec<v1::FieldPlan> {
    fields.iter().map(|field| field.plan.clone()).collect()
}

/// Why personal fields stay: each reason once. None: none stays.
fn grounds(fields: &[FieldPlanned]) -> Option<(v1::Ground, String)> {
    let retained: Vec<&v1::FieldPlan> =
        fields.iter().filter(|field| field.retained).map(|field| &field.plan).collect();
    // A rule that keeps a field says on which ground; any other reason is the database's or the map's.
    let ground = match () {
        () if retained.is_empty() => return None,
        () if retained.iter().any(|plan| plan.ground_text == NO_RULE) => v1::Ground::NoRule,
        () if retained.iter().any(|plan| plan.kept_by_rule) => v1::Ground::Policy,
        () => v1::Ground::Immutable,
    };
    let mut why: Vec<&str> = retained.iter().map(|plan| plan.ground_text.as_str()).collect();
    why.sort_unstable();
    why.dedup();
    Some((ground, why.join("; ")))
}

/// What the database does besides to the rows that point to those that go.
async fn cascade(work: &mut Work<'_>, pointer: &Pointer) -> Result<Vec<(usize, v1::Cascade)>, SqlError> {
    let sets_null = match pointer.on_delete {
        _ if !work.is_reached(pointer.parent) => return Ok(Vec::new()),
        Some(OnDelete::SetNull) => true,
        Some(OnDelete::Cascade) => false,
        _ => return Ok(Vec::new()),
    };
    let layout = work.layout;
    let rows = work.pointing_rows(pointer);
    let child_found = pointer.child_bound.filter(|child| work.is_reached(*child));
    let condition = match (child_found, sets_null) {
        // Rows that go themselves are in their own dataset's entry.
        (Some(child), true) => format!(
            "left join {} fc on fc.request = f.request and {} and fc.fate in {} \
             where f.fate in {GOING} and fc.request is null",
            found(child),
            same_row(layout, child, "fc", "c"),
            work.not_holding(pointer)
        ),
        (Some(child), false) => format!(
            "join {} fc on fc.request = f.request and {} and fc.fate = 'cascade' where f.fate in {GOING}",
            found(child),
            same_row(layout, child, "fc", "c")
        ),
        (None, true) => format!("where f.fate in {GOING}"),
        (None, false) => return Ok(Vec::new()),
    };
    let sql =
        format!("select f.request, count(*) from {rows} {condition} group by f.request order by f.request");
    let child = &layout.catalog.tables[pointer.child];
    let dataset =
        pointer.child_bound.map_or_else(|| child.name.clone(), |child| layout.tables[child].dataset.clone());
    let counted = all(work.session, &sql, &[]).await?.into_iter().map(|row| {
        let count = row.get(1).and_then(Cell::int).and_then(|count| u64::try_from(count).ok()).unwrap_or(0);
        Ok((request_of(&row)?, v1::Cascade { dataset: dataset.clone(), count, sets_null }))
    });
    counted.collect()
}

/// Whether two entries say the same of the same rows.
pub(crate) fn same(a: &v1::DatasetPlan, b: &v1::DatasetPlan) -> bool {
    bare(a) == bare(b)
}

/// Whether two lists of entries name the same rows: by dataset, count and digest of the keys.
pub(crate) fn same_rows(planned: &[v1::DatasetPlan], now: &[v1::DatasetPlan]) -> bool {
    let rows = |plans: &[v1::DatasetPlan]| {
        let named = plans.iter().filter(|plan| plan.count > 0);
        named.map(|plan| (plan.dataset.clone(), plan.count, plan.keys.clone())).collect::<Vec<_>>()
    };
    rows(planned) == rows(now)
}

/// An entry without where its keys are kept, and what came of its trial.
pub(crate) fn bare(plan: &v1::DatasetPlan) -> v1::DatasetPlan {
    v1::DatasetPlan { keys_reference: String::new(), kept_keys: None, refusals: Vec::new(), ..plan.clone() }
}

/// The key's columns as texts.
pub(crate) fn key_texts(dialect: &dyn Dialect, layout: &Layout, bound: usize, alias: &str) -> Vec<String> {
    let keys = layout.tables[bound].keys.iter().enumerate();
    keys.map(|(n, key)| dialect.to_text(&format!("{alias}.k{n}"), key)).collect()
}

/// The same order everywhere.
pub(crate) fn in_order(dialect: &dyn Dialect, texts: &[String]) -> String {
    texts.iter().map(|text| dialect.by_bytes(text)).collect::<Vec<_>>().join(", ")
}

/// `t."id" = <value of given.v0> and …`: the mapped table's row has the given key.
pub(crate) fn same_texts(dialect: &dyn Dialect, layout: &Layout, bound: usize, row: &str) -> String {
    let keys = layout.tables[bound].keys.iter().zip(given_values(dialect, layout, bound));
    let equal = keys.map(|(key, value)| format!("{row}.{} = {value}", quote(&key.name)));
    equal.collect::<Vec<_>>().join(" and ")
}

/// `<value of given.v0>`, …: the key's columns of what [`given_keys`] gives, in their types.
pub(crate) fn given_values(dialect: &dyn Dialect, layout: &Layout, bound: usize) -> Vec<String> {
    let keys = layout.tables[bound].keys.iter().enumerate();
    keys.map(|(n, key)| dialect.of_text(&format!("given.v{n}"), key)).collect()
}

/// The table `given` of requests with keys of a mapped table, `v0` and so on, and a last column of texts.
pub(crate) fn given_keys(dialect: &dyn Dialect, layout: &Layout, bound: usize, last: Option<&str>) -> String {
    let keys: Vec<String> = (0..layout.tables[bound].keys.len()).map(|n| format!("v{n}")).collect();
    let texts = keys.iter().map(String::as_str).chain(last).map(|name| (name, false));
    dialect.given(&std::iter::once(("request", true)).chain(texts).collect::<Vec<_>>())
}

/// What to select for the mapped fields of a row.
pub(crate) fn values(dialect: &dyn Dialect, layout: &Layout, bound: usize, alias: &str) -> Vec<String> {
    let columns = layout.tables[bound].columns.iter();
    columns.map(|column| dialect.value(&format!("{alias}.{}", quote(&column.name)), column)).collect()
}

/// The request of a row that begins with it.
pub(crate) fn request_of(row: &[Cell]) -> Result<usize, SqlError> {
    let request = row.first().and_then(Cell::int).and_then(|request| usize::try_from(request).ok());
    request.ok_or_else(|| SqlError::Unexpected("a row without its request".to_owned()))
}

/// A key of these texts.
pub(crate) fn key_of(cells: impl Iterator<Item = Cell>) -> Result<Vec<String>, SqlError> {
    let texts = cells.map(|cell| if let Cell::Text(text) = cell { Some(text) } else { None });
    let whole: Option<Vec<String>> = texts.collect();
    whole.ok_or_else(|| SqlError::Unexpected("a primary key with a null in it".to_owned()))
}

/// How, and in which round, a row was reached whose second column says so.
pub(crate) fn how_of<'a>(hows: &'a [(String, u32)], row: &[Cell]) -> Result<&'a (String, u32), SqlError> {
    let place = row.get(1).and_then(Cell::int).and_then(|place| usize::try_from(place).ok());
    let how = place.and_then(|place| hows.get(place));
    how.ok_or_else(|| SqlError::Unexpected("a row that was reached in no way".to_owned()))
}

/// What becomes of a row whose third column says so.
fn fate_of(row: &[Cell]) -> Result<&'static str, SqlError> {
    let text = row.get(2).and_then(Cell::text).unwrap_or_default();
    let fate = FATES.into_iter().find(|fate| *fate == text).or_else(|| Roles::of_fate(text).fate());
    fate.ok_or_else(|| SqlError::Unexpected("a row without a fate".to_owned()))
}
