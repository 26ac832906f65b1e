//! What is found, in temporary tables: one for each mapped table, with a row for each (request, key).

use std::collections::{BTreeMap, BTreeSet};

use redress_domain::{Identifier, IdentifierKind};
use sha2::{Digest as _, Sha256};

use super::{
    Dialect, Edge, Family, Layout, SqlError, SqlSession,
    dialect::{literal, quote},
    fate::usual_fate,
    roles::role_table,
    tables::InUse,
    value,
};
use crate::Condition;

/// A temporary table with more rows than this has an index, and the planner is told of it: a plan that is right for few
/// rows compares each with each. The index is for one person who has a thousand times as many rows as others: what such
/// a person's rows lead to the planner takes for a handful.
pub(crate) const FEW_ROWS: u64 = 100;

/// Whom one request is about.
#[derive(Debug, Clone)]
pub struct Subject {
    /// The identifiers known so far.
    pub identifiers: Vec<Identifier>,
    /// Candidates that a reviewer accepted, by id.
    pub accepted: BTreeSet<String>,
    /// Candidates that a reviewer rejected.
    pub rejected: BTreeSet<String>,
    /// What candidates' ids and masks are made with: secret, and the same for all of one request's work.
    pub secret: [u8; 32],
}

impl Subject {
    /// The values by which a field of this kind is asked; `key` is what a field's keys are called there.
    pub(crate) fn values(&self, kind: IdentifierKind, key: Option<&str>) -> impl Iterator<Item = &str> {
        let key = key.map(str::to_owned);
        let named =
            move |identifier: &&Identifier| identifier.kind() == kind && identifier.field() == key.as_deref();
        self.identifiers.iter().filter(named).map(Identifier::value)
    }

    /// The hashes of the values whose hashes this kind is of; none for other kinds.
    pub(crate) fn hashes(&self, kind: IdentifierKind) -> impl Iterator<Item = String> {
        let plain = match kind {
            IdentifierKind::EmailSha256 => Some(IdentifierKind::Email),
            IdentifierKind::PhoneSha256 => Some(IdentifierKind::Phone),
            _ => None,
        };
        let values = plain.into_iter().flat_map(|kind| self.values(kind, None));
        values.map(|value| hex::encode(Sha256::digest(value)))
    }
}

/// Values for requests, as a statement takes them: a JSON list of `[request, value…]`.
#[derive(Debug, Default)]
pub struct Given {
    /// The rows, with commas between them.
    rows: String,
}

impl Given {
    pub(crate) fn add(&mut self, request: usize, values: impl IntoIterator<Item = impl AsRef<str>>) {
        if !self.rows.is_empty() {
            self.rows.push(',');
        }
        self.rows.push('[');
        self.rows.push_str(&request.to_string());
        for one in values {
            self.rows.push(',');
            value::write_text(&mut self.rows, one.as_ref());
        }
        self.rows.push(']');
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(crate) fn json(&self) -> String {
        format!("[{}]", self.rows)
    }
}

/// A piece of work on a database: its session and where everything lies.
pub(crate) struct Work<'a> {
    pub(crate) session: &'a mut dyn SqlSession,
    pub(crate) layout: &'a Layout,
    /// Statements that looked for people.
    pub(crate) queries: u32,
    /// How many rows are in each temporary table that has any of what was found; mapped tables without are asked
    /// nothing more.
    rows: BTreeMap<String, u64>,
    /// How many requests are worked together.
    pub(crate) requests: usize,
    /// How rows were reached, and in which round: rows have the place in it.
    pub(crate) hows: Vec<(String, u32)>,
    /// Requests with the mapped tables whose keys do not tell their rows apart: nothing of them counts as found.
    pub(crate) repeated: BTreeSet<(usize, usize)>,
    /// The mapped table whose rows are being changed.
    pub(crate) at: Option<usize>,
    tables: InUse,
}

impl<'a> Work<'a> {
    /// Begins the transaction. Temporary tables are made as rows come to light.
    pub(crate) async fn begin(
        session: &'a mut dyn SqlSession,
        layout: &'a Layout,
        changes: bool,
    ) -> Result<Self, SqlError> {
        let left = session.tables().map(std::mem::take).unwrap_or_default();
        session.run(&session.dialect().begin(changes).join("; ")).await?;
        let (rows, hows, tables) = (BTreeMap::new(), Vec::new(), InUse::begin(left));
        let repeated = BTreeSet::new();
        Ok(Self { session, layout, queries: 0, rows, requests: 0, hows, repeated, at: None, tables })
    }

    /// Makes a temporary table of keys of a mapped table, with more columns; in the place of one that may be there.
    pub(crate) async fn make(&mut self, bound: usize, name: &str, more: &str) -> Result<(), SqlError> {
        let (dialect, keys) = (self.dialect(), self.layout.tables[bound].keys.iter().enumerate());
        let columns: String = keys.map(|(n, key)| format!("k{n} {}, ", key.type_name)).collect();
        match self.tables.take(dialect, name, format!("request integer, {columns}{more}")) {
            Some(make) => self.session.run(&make).await,
            None => Ok(()),
        }
    }

    /// Puts rows into a temporary table; gives how many.
    pub(crate) async fn fill(
        &mut self,
        name: &str,
        insert: &str,
        parameters: &[&str],
    ) -> Result<u64, SqlError> {
        let rows = self.session.execute(insert, parameters).await?;
        self.tables.filled(name, rows);
        Ok(rows)
    }

    /// Makes the temporary table that rows of a mapped table are added to, where it is not made.
    pub(crate) async fn make_for(&mut self, into: Into, bound: usize) -> Result<(), SqlError> {
        let (name, more) = match into {
            Into::Found(_) => {
                (found(bound), "how integer, round integer, fate varchar(10), seed integer, lent integer")
            }
            Into::Candidates => (candidate(bound), "how integer"),
            Into::Role(place) => (role_table(bound, place), "how integer"),
        };
        if self.is_made(&name) { Ok(()) } else { self.make(bound, &name, more).await }
    }

    /// The place of a way by which rows are reached.
    fn how(&mut self, how: &str, round: u32) -> usize {
        self.hows.iter().position(|(known, in_round)| known == how && *in_round == round).unwrap_or_else(
            || {
                self.hows.push((how.to_owned(), round));
                self.hows.len() - 1
            },
        )
    }

    /// Whether anything was found in a mapped table.
    pub(crate) fn is_reached(&self, bound: usize) -> bool {
        self.rows.contains_key(&found(bound))
    }

    /// How many rows were found in a mapped table, at most.
    pub(crate) fn rows_found(&self, bound: usize) -> u64 {
        self.rows.get(&found(bound)).copied().unwrap_or_default()
    }

    /// Whether a mapped table has candidates.
    pub(crate) fn has_candidates(&self, bound: usize) -> bool {
        self.is_made(&candidate(bound))
    }

    /// Whether this transaction has made a temporary table.
    pub(crate) fn is_made(&self, name: &str) -> bool {
        self.tables.has(name)
    }

    /// Ends the transaction, in which nothing but temporary tables was changed, unless it `changes` something.
    pub(crate) async fn end(self, changes: bool) -> Result<(), SqlError> {
        let Self { session, tables, .. } = self;
        if session.tables().is_none() {
            return session.run(if changes { "commit" } else { "rollback" }).await;
        }
        let (end, left) = tables.end(session.dialect(), changes);
        session.run(&end).await?;
        if let Some(tables) = session.tables() {
            *tables = left;
        }
        Ok(())
    }

    pub(crate) fn dialect(&self) -> &'static dyn Dialect {
        self.session.dialect()
    }

    pub(crate) async fn run(&mut self, sql: &str) -> Result<u64, SqlError> {
        self.session.execute(sql, &[]).await
    }

    /// Tells the planner how much is in a temporary table, where it is much.
    pub(crate) async fn analyze(&mut self, name: &str, rows: u64) -> Result<(), SqlError> {
        match self.dialect().analyze(name).filter(|_| rows > FEW_ROWS) {
            Some(sql) => self.session.run(&sql).await,
            None => Ok(()),
        }
    }

    /// The same of what was found in these mapped tables.
    pub(crate) async fn analyze_all(&mut self, fresh: &BTreeSet<usize>) -> Result<(), SqlError> {
        for bound in fresh {
            self.analyze(&found(*bound), self.rows_found(*bound)).await?;
        }
        Ok(())
    }

    /// The condition that a row of a mapped table is one that the map means; with ` and ` before it.
    pub(crate) fn meant(&self, bound: usize, row: &str) -> String {
        let conditions = &self.layout.tables[bound].collection.conditions;
        holding(self.dialect(), row, self.layout.table(bound), conditions)
    }

    /// A mapped table's name in a statement.
    pub(crate) fn table(&self, bound: usize) -> String {
        self.dialect().table(self.layout.table(bound))
    }

    /// Adds rows to what was found: `from` is everything after the columns, with `request` and the keys of
    /// `row` selected before it. A row that was lent and is not any more is followed once more.
    ///
    /// Only the first rows of a table are simply put there: of later ones, those that are there already are passed
    /// over. That costs less than an index which every row has to go through.
    pub(crate) async fn add(&mut self, add: Add<'_>, parameters: &[&str]) -> Result<u64, SqlError> {
        let Add { into, bound, row, request, how, round, lent, from, once } = add;
        let (keys, columns) = (key_names(self.layout, bound), own_keys(self.layout, bound, row));
        let how = self.how(how, round);
        let (table, names, values) = match into {
            Into::Found(way) => {
                let usual = usual_fate(&self.layout.tables[bound]);
                let fate = literal(if way == Way::Cascade { "cascade" } else { usual });
                let lent = if once { lent.to_owned() } else { format!("min({lent})") };
                let values = format!("{how}, {round}, {fate}, {}, {lent}", u8::from(way == Way::Seed));
                (found(bound), format!("request, {keys}, how, round, fate, seed, lent"), values)
            }
            Into::Candidates => (candidate(bound), format!("request, {keys}, how"), how.to_string()),
            Into::Role(place) => (role_table(bound, place), format!("request, {keys}, how"), how.to_string()),
        };
        let is_first = !self.is_made(&table);
        self.make_for(into, bound).await?;
        self.queries += 1;
        let each_once = if once { String::new() } else { format!(" group by {request}, {columns}") };
        let mut new = format!("select {request}, {columns}, {values} from {from}{each_once}");
        let mut added = 0;
        if !is_first {
            let old = self.same_key(bound, "old", "new");
            new = format!(
                "with new ({names}) as ({new}) select * from new where not exists \
                 (select 1 from {table} old where {old})"
            );
            if let (Into::Found(_), true) = (into, lent != "1") {
                let own = format!(
                    "update {table} set how = {how}, round = {round}, lent = 0 where lent = 1 and (request, {keys}) in \
                     (select {request}, {columns} from {from} group by {request}, {columns} having min({lent}) = 0)"
                );
                added += self.session.execute(&own, parameters).await?;
            }
        }
        let filled = match into {
            Into::Found(_) => self.insert_found(bound, &new, parameters).await?,
            _ => self.fill(&table, &format!("insert into {table} ({names}) {new}"), parameters).await?,
        };
        Ok(added + filled)
    }

    /// Inserts what a query gives (request, keys and the columns of what was found) where it is not yet; gives how many.
    pub(crate) async fn insert_found(
        &mut self,
        bound: usize,
        query: &str,
        parameters: &[&str],
    ) -> Result<u64, SqlError> {
        let (table, keys) = (found(bound), key_names(self.layout, bound));
        let insert = format!("insert into {table} (request, {keys}, how, round, fate, seed, lent) {query}");
        let filled = self.fill(&table, &insert, parameters).await?;
        if filled > 0 {
            let rows = self.rows.entry(table.clone()).or_default();
            let was_few = *rows <= FEW_ROWS;
            *rows += filled;
            if was_few && *rows > FEW_ROWS {
                let index = format!("create unique index {table}_key on {table} (request, {keys})");
                self.session.run(&index).await?;
            }
        }
        Ok(filled)
    }

    /// The condition that two rows of a mapped table's temporary tables are of the same request and key.
    pub(crate) fn same_key(&self, bound: usize, a: &str, b: &str) -> String {
        let keys = 0..self.layout.tables[bound].keys.len();
        let same: String = keys.map(|n| format!(" and {a}.k{n} = {b}.k{n}")).collect();
        format!("{a}.request = {b}.request{same}")
    }
}

/// Rows to add to what was found.
pub(crate) struct Add<'a> {
    pub(crate) into: Into,
    pub(crate) bound: usize,
    /// The alias of the mapped table's row.
    pub(crate) row: &'a str,
    /// The expression of the request.
    pub(crate) request: &'a str,
    /// How it was reached, for people.
    pub(crate) how: &'a str,
    pub(crate) round: u32,
    /// The expression that is 1 for what is *lent*: every way to it goes up to something that a subject's row
    /// points to, and that others may point to as well.
    pub(crate) lent: &'a str,
    /// Everything after `from`, with a `where`.
    pub(crate) from: &'a str,
    /// Whether it gives no row twice for one request.
    pub(crate) once: bool,
}

/// Where they are added.
#[derive(Clone, Copy)]
pub(crate) enum Into {
    Found(Way),
    Candidates,
    /// Those that a reference with a role leads to, by the role's place.
    Role(usize),
}

/// Which way a row was found.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// By an identifier, as an accepted record of the subject's, or as another record of the same person.
    Seed,
    /// Along a reference, or as an accepted candidate that others may need too.
    Reached,
    /// Not at all: the database deletes it with another one.
    Cascade,
}

/// The temporary table of what was found of a mapped table.
pub(crate) fn found(bound: usize) -> String {
    format!("redress_found_{bound}")
}

/// The temporary table of its candidates.
pub(crate) fn candidate(bound: usize) -> String {
    format!("redress_candidate_{bound}")
}

/// `k0, k1`: the key's columns in a temporary table.
pub(crate) fn key_names(layout: &Layout, bound: usize) -> String {
    aliased_keys(layout, bound, None)
}

/// `f.k0, f.k1`.
pub(crate) fn aliased_keys(layout: &Layout, bound: usize, alias: Option<&str>) -> String {
    let alias = alias.map(|alias| format!("{alias}.")).unwrap_or_default();
    let names: Vec<String> = (0..layout.tables[bound].keys.len()).map(|n| format!("{alias}k{n}")).collect();
    names.join(", ")
}

/// `t."id", t."line"`: the key's columns in the mapped table.
pub(crate) fn own_keys(layout: &Layout, bound: usize, alias: &str) -> String {
    let keys = layout.tables[bound].keys.iter();
    keys.map(|key| format!("{alias}.{}", quote(&key.name))).collect::<Vec<_>>().join(", ")
}

/// `f.k0 = t."id" and …`: the mapped table's row `t` is the found one `f`.
pub(crate) fn same_row(layout: &Layout, bound: usize, found: &str, row: &str) -> String {
    let keys = layout.tables[bound].keys.iter().enumerate();
    let equal = keys.map(|(n, key)| format!("{found}.k{n} = {row}.{}", quote(&key.name)));
    equal.collect::<Vec<_>>().join(" and ")
}

/// `a."x" = b."y" and …`: values of one kind as they are, others by what they mean. `are_emails`: whether a pair of
/// columns holds addresses that may be written in several ways.
pub(crate) fn same_values(
    dialect: &dyn Dialect,
    (left, left_table, left_columns): (&str, &super::Table, &[String]),
    (right, right_table, right_columns): (&str, &super::Table, &[String]),
    are_emails: impl Fn(&str, &str) -> bool,
) -> String {
    let equal = left_columns.iter().zip(right_columns).map(|(a, b)| {
        let family = |table: &super::Table, name: &str| table.column(name).map(|column| column.family);
        let (x, y) = (format!("{left}.{}", quote(a)), format!("{right}.{}", quote(b)));
        let is_number = |family| matches!(family, Some(Family::Integer | Family::Number));
        match (family(left_table, a), family(right_table, b)) {
            (Some(Family::Text), Some(Family::Text)) if are_emails(a, b) => {
                format!("{} = {}", dialect.email(&x), dialect.email(&y))
            }
            (one, other) if one == other || is_number(one) && is_number(other) => format!("{x} = {y}"),
            (one, other) if one == Some(Family::Uuid) || other == Some(Family::Uuid) => {
                format!("{} = {}", hexadecimal(dialect, &x), hexadecimal(dialect, &y))
            }
            _ => format!("trim({}) = trim({})", dialect.as_text(&x), dialect.as_text(&y)),
        }
    });
    equal.collect::<Vec<_>>().join(" and ")
}

/// The digits of a UUID, however it is written.
fn hexadecimal(dialect: &dyn Dialect, expression: &str) -> String {
    let text = format!("lower(trim({}))", dialect.as_text(expression));
    ["-", "{", "}"].iter().fold(text, |inner, mark| format!("replace({inner}, '{mark}', '')"))
}

/// The condition that an edge leads from row `a` to row `b`.
pub(crate) fn along(dialect: &dyn Dialect, layout: &Layout, edge: &Edge) -> String {
    let (from, to) = (layout.table(edge.from), layout.table(edge.to));
    let is_email = |bound: usize, name: &str| {
        let identity = layout.tables[bound].collection.field(name).and_then(|field| field.identity);
        identity.is_some_and(|it| it.kind == IdentifierKind::Email && !it.normal)
    };
    let are_emails = |b: &str, a: &str| is_email(edge.to, b) || is_email(edge.from, a);
    let same = same_values(dialect, ("b", to, &edge.to_columns), ("a", from, &edge.from_columns), are_emails);
    let (of_rows, table) = if edge.up == edge.conditions.on_child { ("a", from) } else { ("b", to) };
    let conditions = holding(dialect, of_rows, table, &edge.conditions.all);
    format!("{same}{}{conditions}", identifying(dialect, layout, edge))
}

/// ` and lower(trim(b."email")) not in ('n/a', …)`: where no foreign key holds rows together, texts that identify nobody
/// do not either.
fn identifying(dialect: &dyn Dialect, layout: &Layout, edge: &Edge) -> String {
    let nobody: Vec<String> =
        layout.placeholders.words().chain(&layout.mask_texts).map(|it| literal(it)).collect();
    let is_text = |name: &String| {
        let column = layout.table(edge.to).column(name);
        !edge.is_foreign_key && !nobody.is_empty() && column.is_some_and(|it| it.family == Family::Text)
    };
    let one = |name: &String| {
        let text = dialect.as_text(&format!("b.{}", quote(name)));
        format!(" and lower(trim({text})) not in ({})", nobody.join(", "))
    };
    edge.to_columns.iter().filter(|name| is_text(name)).map(one).collect()
}

/// ` and t."kind" in ('a', 'b') and …`: the row is one of those that the map means. Numbers are compared as numbers; of
/// truth values it does not matter how they are written.
pub(crate) fn holding(
    dialect: &dyn Dialect,
    row: &str,
    table: &super::Table,
    conditions: &[Condition],
) -> String {
    let one = |condition: &Condition| {
        let name = format!("{row}.{}", quote(&condition.field));
        let family = table.column(&condition.field).map(|column| column.family);
        let is_number = matches!(family, Some(Family::Integer | Family::Number));
        let mut values: Vec<String> = condition.values.iter().map(|value| literal(value)).collect();
        if family == Some(Family::Boolean) {
            for (words, others) in
                [(["true", "1"], "'true', 't', '1'"), (["false", "0"], "'false', 'f', '0'")]
            {
                if condition.values.iter().any(|value| words.contains(&value.as_str())) {
                    values.push(others.to_owned());
                }
            }
        }
        if is_number && condition.values.iter().all(|value| value.parse::<f64>().is_ok_and(f64::is_finite)) {
            return format!(" and {name} in ({})", condition.values.join(", "));
        }
        format!(" and {} in ({})", dialect.as_text(&name), values.join(", "))
    };
    conditions.iter().map(one).collect()
}
