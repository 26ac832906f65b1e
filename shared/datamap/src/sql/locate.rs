//! Finds a subject's rows: by identity, then along references; names candidates; gathers new identifiers.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use hmac::{Hmac, KeyInit as _, Mac as _};
use redress_contracts::v1;
use redress_domain::{Identifier, IdentifierClass, IdentifierKind};
use sha2::{Digest as _, Sha256};

use super::{
    Cell, Column, Dialect, Family, Layout, SqlError, SqlSession, Subject,
    dialect::quote,
    found::{Add, Given, Into, Work, candidate, found, same_row, same_values},
    plan,
    session::all,
    value,
};
use crate::{Direction, Field};

/// How many references deep a subject is followed.
const DEPTH_MAX: u32 = 1_000;
/// How many candidates of one dataset are shown for one request; the rest is counted.
const CANDIDATES_MAX: usize = 100;
/// How many identifiers one system gives for one request, at most.
const IDENTIFIERS_MAX: usize = 200;

/// What was found for one request.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Located {
    /// Rows by dataset and by the way they were reached.
    pub findings: Vec<v1::Finding>,
    /// What would be done to each dataset; for access and export, what would be collected.
    pub datasets: Vec<v1::DatasetPlan>,
    /// Rows that may be the subject's.
    pub candidates: Vec<SeenCandidate>,
    /// Identifiers that the subject's rows hold, known ones too.
    pub identifiers: Vec<FoundIdentifier>,
    /// Statements that looked.
    pub queries: u32,
}

/// A candidate and what a reviewer needs to see of it.
#[derive(Debug, Clone, PartialEq)]
pub struct SeenCandidate {
    /// Without its preview.
    pub candidate: v1::Candidate,
    /// The row as a JSON object: to be sealed.
    pub row: String,
}

/// An identifier in a subject's row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FoundIdentifier {
    /// What.
    pub identifier: Identifier,
    /// Whether it names one person.
    pub class: IdentifierClass,
}

/// Takes the keys of what will be changed, for the verification: sorted, each request's of one dataset together.
#[async_trait]
pub trait KeySink: Send {
    /// The next key of a dataset's entry.
    ///
    /// # Errors
    /// [`SqlError::Beside`] when it cannot be kept.
    async fn key(&mut self, request: usize, entry: &str, key: &[String]) -> Result<(), SqlError>;

    /// An entry is complete; gives where its keys lie.
    ///
    /// # Errors
    /// As [`key`](Self::key).
    async fn end(&mut self, request: usize, entry: &str) -> Result<String, SqlError>;
}

/// Keeps no keys: for access and export, and where the plan is only compared.
pub struct NoKeys;

#[async_trait]
impl KeySink for NoKeys {
    async fn key(&mut self, _: usize, _: &str, _: &[String]) -> Result<(), SqlError> {
        Ok(())
    }

    async fn end(&mut self, _: usize, _: &str) -> Result<String, SqlError> {
        Ok(String::new())
    }
}

/// Looks for these subjects, all at once, and says what would be done for a request of this kind. `wanted`
/// names the fields (`dataset.collection.field`) whose values other systems can use.
///
/// # Errors
/// See [`SqlError`]; nothing is changed in any case.
pub async fn locate(
    session: &mut dyn SqlSession,
    layout: &Layout,
    subjects: &[Subject],
    kind: v1::Kind,
    wanted: &BTreeSet<String>,
    keys: &mut dyn KeySink,
) -> Result<Vec<Located>, SqlError> {
    let mut work = Work::begin(session, layout, false).await?;
    let candidates = work.find(subjects).await?;
    let mut located = vec![Located::default(); subjects.len()];
    for (request, seen) in candidates {
        located[request].candidates.push(seen);
    }
    work.mark_shared().await?;
    work.identifiers(wanted, &mut located).await?;
    if kind == v1::Kind::Delete {
        work.decide_fates().await?;
    }
    for (request, (findings, datasets)) in
        plan::entries(&mut work, subjects.len(), kind, keys).await?.into_iter().enumerate()
    {
        located[request].findings = findings;
        located[request].datasets = datasets;
        located[request].queries = work.queries;
    }
    work.end().await?;
    Ok(located)
}

impl Work<'_> {
    /// Fills the tables of what is found; gives the candidates that are left to decide on.
    pub(crate) async fn find(
        &mut self,
        subjects: &[Subject],
    ) -> Result<Vec<(usize, SeenCandidate)>, SqlError> {
        let mut round = 0;
        let mut fresh = self.seed(subjects).await?;
        loop {
            while !fresh.is_empty() {
                fresh = self.follow(&fresh, round).await?;
                round += 1;
                if round > DEPTH_MAX {
                    return Err(SqlError::Unexpected(format!(
                        "references lead more than {DEPTH_MAX} rows deep"
                    )));
                }
            }
            let (accepted, open) = self.candidates(subjects).await?;
            fresh = self.accept(&accepted, round).await?;
            if fresh.is_empty() {
                return Ok(open);
            }
        }
    }

    /// Rows that carry an identifier. One that may name several people makes candidates.
    async fn seed(&mut self, subjects: &[Subject]) -> Result<BTreeSet<usize>, SqlError> {
        let mut fresh = BTreeSet::new();
        let layout = self.layout;
        for (bound, table) in layout.tables.iter().enumerate() {
            for field in &table.collection.fields {
                let Some(column) = layout.table(bound).column(&field.name) else { continue };
                for asked in asked_of(layout, bound, field) {
                    let given = given(subjects, &asked, column);
                    if given.is_empty() {
                        continue;
                    }
                    let into = match asked.class {
                        IdentifierClass::Unique => Into::Found("seed"),
                        IdentifierClass::Shared => Into::Candidates,
                    };
                    let values = self.dialect().given(&[("request", true), ("value", false)]);
                    let from = format!(
                        "{values} join {} t on {} where true",
                        self.table(bound),
                        matches(self.dialect(), column, &asked)
                    );
                    let add = Add {
                        into,
                        bound,
                        row: "t",
                        request: "given.request",
                        how: &asked.how,
                        round: 0,
                        from: &from,
                    };
                    let added = self.add(add, &[&given.json()]).await?;
                    if asked.class == IdentifierClass::Unique && added > 0 {
                        fresh.insert(bound);
                    }
                }
            }
        }
        self.analyze_all(&fresh).await?;
        Ok(fresh)
    }

    /// One step along every reference from what this round found. Up to a row that names somebody itself leads
    /// only a candidate.
    async fn follow(&mut self, fresh: &BTreeSet<usize>, round: u32) -> Result<BTreeSet<usize>, SqlError> {
        let (layout, mut reached) = (self.layout, BTreeSet::new());
        for edge in layout.edges.iter().filter(|edge| fresh.contains(&edge.from)) {
            let (from, to) = (layout.table(edge.from), layout.table(edge.to));
            let base = format!(
                "{} f join {} a on {} join {} b on {} where f.round = {round}",
                found(edge.from),
                self.table(edge.from),
                same_row(layout, edge.from, "f", "a"),
                self.table(edge.to),
                same_values(self.dialect(), ("b", to, &edge.to_columns), ("a", from, &edge.from_columns)),
            );
            let how = format!("{}.{}", from.name, edge.from_columns.join("+"));
            let nobody = if edge.up { names_nobody(layout, edge.to, "b") } else { None };
            let (bound, request, row) = (edge.to, "f.request", "b");
            let mine = match &nobody {
                Some(nobody) => format!("{base} and {nobody}"),
                None => base.clone(),
            };
            let into = Into::Found("reached");
            let add = Add { into, bound, row, request, how: &how, round: round + 1, from: &mine };
            if self.add(add, &[]).await? > 0 {
                reached.insert(edge.to);
            }
            if let Some(nobody) = nobody {
                let theirs = format!("{base} and not ({nobody})");
                let add =
                    Add { into: Into::Candidates, bound, row, request, how: &how, round, from: &theirs };
                self.add(add, &[]).await?;
            }
        }
        self.analyze_all(&reached).await?;
        Ok(reached)
    }

    async fn analyze_all(&mut self, fresh: &BTreeSet<usize>) -> Result<(), SqlError> {
        for bound in fresh {
            self.analyze(&found(*bound)).await?;
        }
        Ok(())
    }

    /// The candidates: those accepted, as keys by table, and those that are still open.
    async fn candidates(
        &mut self,
        subjects: &[Subject],
    ) -> Result<(Accepted, Vec<(usize, SeenCandidate)>), SqlError> {
        let (mut accepted, mut open) = (Accepted::new(), Vec::new());
        for bound in 0..self.layout.tables.len() {
            let mut shown: BTreeMap<usize, usize> = BTreeMap::new();
            for row in self.candidate_rows(bound).await? {
                let (request, key) = (plan::request_of(&row)?, plan::key_of(self.layout, bound, &row, 2)?);
                let Some(subject) = subjects.get(request) else { continue };
                let dataset = &self.layout.tables[bound].dataset;
                let id = candidate_id(&subject.secret, dataset, &key);
                if subject.accepted.contains(&id) {
                    accepted.entry(bound).or_default().add(request, key);
                } else if !subject.rejected.contains(&id) {
                    let shown = shown.entry(request).or_default();
                    *shown += 1;
                    if *shown > CANDIDATES_MAX {
                        continue;
                    }
                    let by = row.get(1).and_then(Cell::text).unwrap_or_default().to_owned();
                    let system = self.layout.system.to_string();
                    let dataset = dataset.clone();
                    let candidate = v1::Candidate { id, system, dataset, by, count: 1, preview: None };
                    let values = &row[2 + self.layout.tables[bound].keys.len()..];
                    open.push((
                        request,
                        SeenCandidate { candidate, row: record(self.layout, bound, values) },
                    ));
                }
            }
            let system = self.layout.system.to_string();
            for (request, count) in shown.into_iter().filter(|(_, count)| *count > CANDIDATES_MAX) {
                let (dataset, by) =
                    (self.layout.tables[bound].dataset.clone(), "more of the same".to_owned());
                let count = (count - CANDIDATES_MAX) as u64;
                let (id, system) = (String::new(), system.clone());
                let candidate = v1::Candidate { id, system, dataset, by, count, preview: None };
                open.push((request, SeenCandidate { candidate, row: "{}".to_owned() }));
            }
        }
        Ok((accepted, open))
    }

    async fn candidate_rows(&mut self, bound: usize) -> Result<Vec<Vec<Cell>>, SqlError> {
        let (layout, dialect) = (self.layout, self.dialect());
        let same = layout.tables[bound].keys.iter().enumerate().map(|(n, _)| format!("f.k{n} = c.k{n}"));
        let same = same.collect::<Vec<_>>().join(" and ");
        let values: String =
            plan::values(dialect, layout, bound, "t").iter().map(|v| format!(", {v}")).collect();
        let keys = plan::key_texts(dialect, layout, bound, "c");
        let sql = format!(
            "select c.request, c.how, {}{values} from {} c join {} t on {} \
             where not exists (select 1 from {} f where f.request = c.request and {same}) \
             order by c.request, {}",
            keys.join(", "),
            candidate(bound),
            self.table(bound),
            same_row(layout, bound, "c", "t"),
            found(bound),
            plan::in_order(dialect, &keys),
        );
        all(self.session, &sql, &[]).await
    }

    async fn accept(&mut self, accepted: &Accepted, round: u32) -> Result<BTreeSet<usize>, SqlError> {
        let mut fresh = BTreeSet::new();
        for (bound, given) in accepted {
            let columns: Vec<String> =
                (0..self.layout.tables[*bound].keys.len()).map(|n| format!("v{n}")).collect();
            let named: Vec<(&str, bool)> = std::iter::once(("request", true))
                .chain(columns.iter().map(|name| (name.as_str(), false)))
                .collect();
            let from = format!(
                "{} join {} t on {} where true",
                self.dialect().given(&named),
                self.table(*bound),
                plan::same_texts(self.dialect(), self.layout, *bound, "t")
            );
            let add = Add {
                into: Into::Found("seed"),
                bound: *bound,
                row: "t",
                request: "given.request",
                how: "accepted candidate",
                round,
                from: &from,
            };
            if self.add(add, &[&given.json()]).await? > 0 {
                fresh.insert(*bound);
            }
        }
        self.analyze_all(&fresh).await?;
        Ok(fresh)
    }

    /// The identifiers in the subjects' rows. A row that others share names nobody.
    async fn identifiers(
        &mut self,
        wanted: &BTreeSet<String>,
        located: &mut [Located],
    ) -> Result<(), SqlError> {
        let layout = self.layout;
        for (bound, table) in layout.tables.iter().enumerate() {
            for field in &table.collection.fields {
                for named in named_by(layout, bound, field, wanted) {
                    let sql = format!(
                        "select request, value from (select request, value, row_number() over (partition by request \
                         order by value) as n from (select distinct f.request as request, {} as value from {} f \
                         join {} t on {} where f.fate <> 'shared' and t.{} is not null) found) numbered \
                         where n <= {IDENTIFIERS_MAX} order by 1, 2",
                        self.dialect().as_text(&format!("t.{}", quote(&field.name))),
                        found(bound),
                        self.table(bound),
                        same_row(layout, bound, "f", "t"),
                        quote(&field.name),
                    );
                    for row in all(self.session, &sql, &[]).await? {
                        let request = plan::request_of(&row)?;
                        let value = row.get(1).and_then(Cell::text).unwrap_or_default();
                        located[request].identifiers.extend(named.identifier(value));
                    }
                }
            }
        }
        for one in located {
            one.identifiers.sort();
            one.identifiers.dedup();
        }
        Ok(())
    }
}

type Accepted = BTreeMap<usize, Given>;

/// What a field is asked for.
struct Asked {
    kind: IdentifierKind,
    /// For a field's key: its name where it comes from.
    key: Option<String>,
    class: IdentifierClass,
    normal: bool,
    how: String,
}

/// By what a field's rows are looked for: its own identity, its own key, the keys of other systems' fields that
/// it refers to.
fn asked_of(layout: &Layout, bound: usize, field: &Field) -> Vec<Asked> {
    let table = &layout.tables[bound];
    let own = format!("{}.{}.{}", table.fides_key, table.collection.name, field.name);
    let key = |key: String| {
        let how = key.clone();
        Asked {
            kind: IdentifierKind::Field,
            key: Some(key),
            class: IdentifierClass::Unique,
            normal: true,
            how,
        }
    };
    let mut asked = vec![key(own)];
    if let Some(identity) = field.identity {
        let (class, normal) = (identity.class, identity.normal);
        let how = identity.kind.as_str().to_owned();
        asked.push(Asked { kind: identity.kind, key: None, class, normal, how });
    }
    let elsewhere = field.references.iter().filter(|reference| {
        reference.direction != Direction::To
            && !layout.tables.iter().any(|table| table.fides_key == reference.dataset)
    });
    asked.extend(elsewhere.map(|r| key(format!("{}.{}.{}", r.dataset, r.collection, r.field))));
    asked
}

/// What a field's value names.
struct Named {
    kind: IdentifierKind,
    key: Option<String>,
    class: IdentifierClass,
}

impl Named {
    fn identifier(&self, value: &str) -> Option<FoundIdentifier> {
        let identifier = match &self.key {
            Some(key) => Identifier::of_field(key, value),
            None => Identifier::parse(self.kind, value),
        };
        // What is no address or number names nobody.
        Some(FoundIdentifier { identifier: identifier.ok()?, class: self.class })
    }
}

/// What the values of a field name: people, or rows of other systems.
fn named_by(layout: &Layout, bound: usize, field: &Field, wanted: &BTreeSet<String>) -> Vec<Named> {
    let table = &layout.tables[bound];
    let key =
        |key: String| Named { kind: IdentifierKind::Field, key: Some(key), class: IdentifierClass::Unique };
    let identity = field.identity.filter(|identity| identity.class == IdentifierClass::Unique);
    let mut named: Vec<Named> = identity
        .map(|identity| Named { kind: identity.kind, key: None, class: identity.class })
        .into_iter()
        .collect();
    let elsewhere = field.references.iter().filter(|reference| {
        reference.direction != Direction::From
            && !layout.tables.iter().any(|table| table.fides_key == reference.dataset)
    });
    named.extend(elsewhere.map(|r| key(format!("{}.{}.{}", r.dataset, r.collection, r.field))));
    let own = format!("{}.{}.{}", table.fides_key, table.collection.name, field.name);
    named.extend(wanted.contains(&own).then(|| key(own)));
    named
}

/// `b."email" is null and …`: a row that carries no name of its own. None where its table has no such field.
fn names_nobody(layout: &Layout, bound: usize, alias: &str) -> Option<String> {
    let names = layout.tables[bound]
        .collection
        .fields
        .iter()
        .filter(|field| field.identity.is_some_and(|identity| identity.class == IdentifierClass::Unique));
    let empty: Vec<String> = names.map(|field| format!("{alias}.{} is null", quote(&field.name))).collect();
    if empty.is_empty() { None } else { Some(format!("({})", empty.join(" and "))) }
}

/// The values that can be compared with a column of this type.
fn given(subjects: &[Subject], asked: &Asked, column: &Column) -> Given {
    let mut given = Given::default();
    for (request, subject) in subjects.iter().enumerate() {
        let mut values: Vec<String> =
            subject.values(asked.kind, asked.key.as_deref()).map(str::to_owned).collect();
        let plain = match asked.kind {
            IdentifierKind::EmailSha256 => Some(IdentifierKind::Email),
            IdentifierKind::PhoneSha256 => Some(IdentifierKind::Phone),
            _ => None,
        };
        let hashed =
            plain.map(|kind| subject.values(kind, None).map(|value| hex::encode(Sha256::digest(value))));
        values.extend(hashed.into_iter().flatten());
        for value in values.into_iter().filter(|value| comparable(value, column)) {
            given.add(request, [value]);
        }
    }
    given
}

fn comparable(value: &str, column: &Column) -> bool {
    match column.family {
        Family::Integer => value.parse::<i64>().is_ok(),
        Family::Uuid => value.len() == 36 && value.chars().all(|c| c == '-' || c.is_ascii_hexdigit()),
        _ => true,
    }
}

/// The condition under which a column of row `t` holds `given.value`, however it is spelt there. What has no
/// index on its lower case is read whole; SQLite knows the lower case of ASCII letters only.
fn matches(dialect: &dyn Dialect, column: &Column, asked: &Asked) -> String {
    let name = format!("t.{}", quote(&column.name));
    let text = match column.family {
        Family::Text => name.clone(),
        _ => dialect.as_text(&name),
    };
    match (column.family, asked.kind) {
        (Family::Integer, _) => format!("{name} = cast(given.value as bigint)"),
        (Family::Uuid, _) if column.type_name == "uuid" => format!("{name} = cast(given.value as uuid)"),
        (Family::Text, _) if asked.normal => format!("{name} = given.value"),
        (Family::Text, IdentifierKind::CustomerId) => format!("{name} = given.value"),
        (_, IdentifierKind::Phone) => format!("{} = given.value", without_marks(&text)),
        (_, IdentifierKind::Name) => {
            // A name's words stand one space apart in its normal form.
            format!("lower(replace(replace(trim({text}), '  ', ' '), '  ', ' ')) = lower(given.value)")
        }
        (_, IdentifierKind::Field | IdentifierKind::CustomerId) => format!("{text} = given.value"),
        _ => format!("lower({text}) = given.value"),
    }
}

/// A telephone number without what people put between its digits, and with `+` for `00`.
fn without_marks(text: &str) -> String {
    let bare = [" ", "-", ".", "(", ")", "/"]
        .iter()
        .fold(text.to_owned(), |inner, mark| format!("replace({inner}, '{mark}', '')"));
    format!("case when {bare} like '00%' then '+' || substr({bare}, 3) else {bare} end")
}

/// What a reviewer names a candidate by: it tells nothing to whoever has not the request's secret.
fn candidate_id(secret: &[u8; 32], dataset: &str, key: &[String]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes a key of any length");
    for part in std::iter::once(dataset).chain(key.iter().map(String::as_str)) {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part.as_bytes());
    }
    hex::encode(&mac.finalize().into_bytes()[..16])
}

/// A row's mapped fields as a JSON object.
pub(crate) fn record(layout: &Layout, bound: usize, cells: &[Cell]) -> String {
    let mut json = String::from("{");
    for (cell, field) in cells.iter().zip(&layout.tables[bound].fields) {
        if json.len() > 1 {
            json.push(',');
        }
        value::write_text(&mut json, &field.column.name);
        json.push(':');
        value::write_json(&mut json, cell, &field.column);
    }
    json.push('}');
    json
}
