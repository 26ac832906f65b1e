//! Rows that may be the subject's: shown to a reviewer, who accepts or rejects each.

use std::collections::{BTreeMap, BTreeSet};

use futures::StreamExt as _;
use hmac::{Hmac, KeyInit as _, Mac as _};
use redress_contracts::v1;
use redress_domain::{IdentifierClass, SystemName};
use sha2::Sha256;

use super::{
    Cell, SeenCandidate, SqlError, Subject,
    found::{Add, Given, Into, Way, Work, aliased_keys, candidate, found},
    locate::record,
    plan,
    roles::Roles,
    session::all,
};

/// How many candidates of one dataset are shown for one request; the rest is counted.
pub(super) const CANDIDATES_MAX: usize = 100;
/// How many candidates of one dataset are known again by their ids once a plan is carried out.
const LEFT_MAX: usize = 5_000;

/// The keys of accepted candidates, by table.
pub(super) type Accepted = BTreeMap<usize, Given>;

/// One table's candidates that are left to decide on.
#[derive(Debug, Default)]
pub(crate) struct Open {
    /// Key and way of those that are shown.
    shown: Given,
    /// How many there are for each request.
    counts: BTreeMap<usize, usize>,
    /// The ids of each request's, those that are not shown too.
    pub(super) ids: BTreeMap<usize, Vec<String>>,
}

impl Work<'_> {
    /// The candidates: those accepted, as keys by table, and those of each table that are still open. Only keys
    /// are read, and of those that are not shown only their number is kept.
    pub(super) async fn candidates(
        &mut self,
        subjects: &[Subject],
    ) -> Result<(Accepted, Vec<Open>), SqlError> {
        let (layout, mut accepted, mut open) = (self.layout, Accepted::new(), Vec::new());
        for (bound, table) in layout.tables.iter().enumerate() {
            let mut of_table = Open::default();
            if !self.has_candidates(bound) {
                open.push(of_table);
                continue;
            }
            let sql = self.candidate_keys(bound);
            let (mut rows, hows, repeated) = (self.session.rows(&sql, &[]), &self.hows, &self.repeated);
            while let Some(row) = rows.next().await {
                let mut row = row?;
                let (request, key) = (plan::request_of(&row)?, plan::key_of(row.drain(2..))?);
                let Some(subject) = subjects.get(request) else { continue };
                let id = row_id(&subject.secret, &layout.system, &table.dataset, &key);
                if subject.accepted.contains(&id) {
                    // Of a table whose keys do not tell its rows apart, none counts as found.
                    if repeated.contains(&(request, bound)) {
                        continue;
                    }
                    accepted.entry(bound).or_default().add(request, key);
                } else if !subject.rejected.contains(&id) {
                    let (how, _) = plan::how_of(hows, &row)?;
                    of_table.take(request, (id, key), how.clone());
                }
            }
            drop(rows);
            open.push(of_table);
        }
        Ok((accepted, open))
    }

    fn candidate_keys(&self, bound: usize) -> String {
        let (layout, dialect) = (self.layout, self.dialect());
        let same = layout.tables[bound].keys.iter().enumerate().map(|(n, _)| format!(" and f.k{n} = c.k{n}"));
        let not_found = match self.is_reached(bound) {
            true => format!(
                "not exists (select 1 from {} f where f.request = c.request{})",
                found(bound),
                same.collect::<String>()
            ),
            false => "true".to_owned(),
        };
        let keys = plan::key_texts(dialect, layout, bound, "c");
        format!(
            "select c.request, c.how, {} from {} c where {not_found} and {} order by c.request, {}",
            keys.join(", "),
            candidate(bound),
            aliased_keys(layout, bound, Some("c"))
                .split(", ")
                .map(|key| format!("{key} is not null"))
                .collect::<Vec<_>>()
                .join(" and "),
            plan::in_order(dialect, &keys),
        )
    }

    /// The candidates that are shown, each with its row, and one for the rest of each dataset's.
    pub(super) async fn show(
        &mut self,
        open: &[Open],
        subjects: &[Subject],
    ) -> Result<Vec<(usize, SeenCandidate)>, SqlError> {
        let (layout, mut seen) = (self.layout, Vec::new());
        for (bound, (open, table)) in open.iter().zip(&layout.tables).enumerate() {
            let candidate = |id: String, by: &str, count: usize| v1::Candidate {
                id,
                system: layout.system.to_string(),
                dataset: table.dataset.clone(),
                by: by.to_owned(),
                count: count as u64,
                preview: None,
                identifier: None,
            };
            for mut row in self.shown_rows(bound, open).await? {
                let request = plan::request_of(&row)?;
                let key = plan::key_of(row.drain(2..2 + table.keys.len()))?;
                let Some(subject) = subjects.get(request) else { continue };
                let id = row_id(&subject.secret, &layout.system, &table.dataset, &key);
                let candidate = candidate(id, row.get(1).and_then(Cell::text).unwrap_or_default(), 1);
                let row = record(layout, bound, Roles::OWN, &row[2..]);
                seen.push((request, SeenCandidate { candidate, row, identifier: None }));
            }
            for (request, count) in open.counts.iter().filter(|(_, count)| **count > CANDIDATES_MAX) {
                let candidate = candidate(String::new(), "more of the same", count - CANDIDATES_MAX);
                let row = "{}".to_owned();
                seen.push((*request, SeenCandidate { candidate, row, identifier: None }));
            }
        }
        Ok(seen)
    }

    async fn shown_rows(&mut self, bound: usize, open: &Open) -> Result<Vec<Vec<Cell>>, SqlError> {
        if open.shown.is_empty() {
            return Ok(Vec::new());
        }
        let (layout, dialect) = (self.layout, self.dialect());
        let keys = 0..layout.tables[bound].keys.len();
        let texts: Vec<String> = keys.map(|n| format!("given.v{n}")).collect();
        let values: String =
            plan::values(dialect, layout, bound, "t").iter().map(|v| format!(", {v}")).collect();
        let sql = format!(
            "select given.request, given.how, {}{values} from {} join {} t on {} order by given.request, {}",
            texts.join(", "),
            plan::given_keys(dialect, layout, bound, Some("how")),
            self.table(bound),
            plan::same_texts(dialect, layout, bound, "t"),
            plan::in_order(dialect, &texts),
        );
        all(self.session, &sql, &[&open.shown.json()]).await
    }

    /// Takes accepted candidates for the subject's; gives the tables that have new rows.
    pub(super) async fn accept(
        &mut self,
        accepted: &Accepted,
        round: u32,
    ) -> Result<BTreeSet<usize>, SqlError> {
        let mut fresh = BTreeSet::new();
        for (bound, given) in accepted {
            let from = format!(
                "{} join {} t on {} where true",
                plan::given_keys(self.dialect(), self.layout, *bound, None),
                self.table(*bound),
                plan::same_texts(self.dialect(), self.layout, *bound, "t")
            );
            // What identifies nobody may be others' too: it keeps its protection as a shared row.
            let (way, lent) = match self.is_record(*bound) {
                true => (Way::Seed, "0"),
                false => (Way::Reached, "1"),
            };
            let add = Add {
                into: Into::Found(way),
                bound: *bound,
                row: "t",
                request: "given.request",
                how: "accepted candidate",
                round,
                lent,
                from: &from,
                once: false,
            };
            if self.add(add, &[&given.json()]).await? > 0 {
                fresh.insert(*bound);
            }
        }
        self.analyze_all(&fresh).await?;
        Ok(fresh)
    }

    /// Whether a table's rows are records of people: the map says so, or they carry what names one person.
    fn is_record(&self, bound: usize) -> bool {
        let collection = &self.layout.tables[bound].collection;
        let mut identities = collection.fields.iter().flat_map(crate::Field::identities);
        collection.person || identities.any(|identity| identity.class == IdentifierClass::Unique)
    }
}

impl Open {
    fn take(&mut self, request: usize, (id, key): (String, Vec<String>), how: String) {
        let ids = self.ids.entry(request).or_default();
        if ids.len() < LEFT_MAX {
            ids.push(id);
        }
        let count = self.counts.entry(request).or_default();
        *count += 1;
        if *count <= CANDIDATES_MAX {
            self.shown.add(request, key.into_iter().chain([how]));
        }
    }
}

/// What a reviewer names a row by, which is a candidate or was found: it tells nothing to whoever has not the request's
/// secret. `key`: the texts of its primary key.
pub fn row_id(secret: &[u8; 32], system: &SystemName, dataset: &str, key: &[String]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes a key of any length");
    for part in [system.as_str(), dataset].into_iter().chain(key.iter().map(String::as_str)) {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part.as_bytes());
    }
    hex::encode(&mac.finalize().into_bytes()[..16])
}
