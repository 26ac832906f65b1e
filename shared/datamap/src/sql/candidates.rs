//! Rows that may be the subject's: shown to a reviewer, who accepts or rejects each.

use std::collections::{BTreeMap, BTreeSet};

use hmac::{Hmac, KeyInit as _, Mac as _};
use redress_contracts::v1;
use sha2::Sha256;

use super::{
    Cell, SeenCandidate, SqlError, Subject,
    found::{Add, Given, Into, Work, candidate, found, same_row},
    locate::record,
    plan,
    session::all,
};

/// How many candidates of one dataset are shown for one request; the rest is counted.
const CANDIDATES_MAX: usize = 100;

/// The keys of accepted candidates, by table.
pub(super) type Accepted = BTreeMap<usize, Given>;

impl Work<'_> {
    /// The candidates: those accepted, as keys by table, and those that are still open.
    pub(super) async fn candidates(
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

    /// Takes accepted candidates for the subject's; gives the tables that have new rows.
    pub(super) async fn accept(
        &mut self,
        accepted: &Accepted,
        round: u32,
    ) -> Result<BTreeSet<usize>, SqlError> {
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
