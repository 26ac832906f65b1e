//! Every row of every database of the company: what was changed shows beside what was not.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::bail;
use futures::TryStreamExt as _;
use redress_datamap::sql::{Catalog, Cell, EFFECT_TABLE, SqlSession as _};

use serde_json::Value;

use super::{
    company::{Company, SAMPLES},
    tell::{list, number, text},
};

/// Rows by system and table, and by key.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Snapshot(pub(super) BTreeMap<(&'static str, String), BTreeMap<String, String>>);

/// How many rows of a table are new, gone, or hold something else.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Rows {
    pub(super) new: u64,
    pub(super) gone: u64,
    pub(super) other: u64,
}

/// The tables in which rows are not as they were.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Difference(pub(super) BTreeMap<(String, String), Rows>);

impl Snapshot {
    pub(super) async fn take(company: &Company) -> anyhow::Result<Self> {
        let mut snapshot = Self::default();
        for sample in &SAMPLES {
            let mut session = company.session(sample).await?;
            let catalog = Catalog::read(&mut session).await?;
            for table in catalog.tables.iter().filter(|table| table.name != EFFECT_TABLE) {
                let keys = table.primary_key.iter().map(|key| format!("\"{key}\" || '/'"));
                let columns = table.columns.iter().map(|column| format!("quote(\"{}\") || ','", column.name));
                let (keys, columns): (Vec<String>, Vec<String>) = (keys.collect(), columns.collect());
                let sql =
                    format!("select {}, {} from \"{}\"", keys.join(" || "), columns.join(" || "), table.name);
                let rows: Vec<Vec<Cell>> = session.rows(&sql, &[]).try_collect().await?;
                let text = |cell: &Cell| cell.text().unwrap_or_default().to_owned();
                let rows = rows.iter().map(|row| (text(&row[0]), text(&row[1])));
                snapshot.0.insert((sample.system, table.name.clone()), rows.collect());
            }
            session.close().await;
        }
        Ok(snapshot)
    }

    /// The rows of a system.
    pub(super) fn rows(&self, system: &str) -> usize {
        self.0.iter().filter(|((of, _), _)| *of == system).map(|(_, rows)| rows.len()).sum()
    }

    /// The tables of a system.
    pub(super) fn tables(&self, system: &str) -> usize {
        self.0.keys().filter(|(of, _)| *of == system).count()
    }
}

impl Difference {
    pub(super) fn between(before: &Snapshot, after: &Snapshot) -> Self {
        let none = BTreeMap::new();
        let tables: BTreeSet<_> = before.0.keys().chain(after.0.keys()).collect();
        let mut difference = Self::default();
        for table in tables {
            let (before, after) = (before.0.get(table).unwrap_or(&none), after.0.get(table).unwrap_or(&none));
            let count = |it: usize| it as u64;
            let rows = Rows {
                new: count(after.keys().filter(|key| !before.contains_key(*key)).count()),
                gone: count(before.keys().filter(|key| !after.contains_key(*key)).count()),
                other: count(
                    before.iter().filter(|(key, row)| after.get(*key).is_some_and(|it| it != *row)).count(),
                ),
            };
            if rows != Rows::default() {
                difference.0.insert((table.0.to_owned(), table.1.clone()), rows);
            }
        }
        difference
    }

    /// Of all tables of these systems.
    pub(super) fn sum(&self, is_meant: impl Fn(&str) -> bool) -> Rows {
        let meant = self.0.iter().filter(|((system, _), _)| is_meant(system)).map(|(_, rows)| *rows);
        meant.fold(Rows::default(), |sum, rows| Rows {
            new: sum.new + rows.new,
            gone: sum.gone + rows.gone,
            other: sum.other + rows.other,
        })
    }

    /// What a plan names: the rows that go or change, by system and dataset.
    pub(super) fn planned(shown: &Value) -> Self {
        let mut planned = Self::default();
        let mut add = |system: &Value, dataset: &Value, gone: u64, other: u64| {
            if gone + other > 0 {
                let rows = planned.0.entry((text(system), text(dataset))).or_default();
                (rows.gone, rows.other) = (rows.gone + gone, rows.other + other);
            }
        };
        for system in list(&shown["inside"]["plan"]["systems"]) {
            for dataset in list(&system["datasets"]) {
                let count = number(&dataset["count"]);
                let (gone, other) = match text(&dataset["treatment"]).as_str() {
                    "delete" => (count, 0),
                    "keep" => (0, 0),
                    _ => (0, count),
                };
                add(&system["system"], &dataset["dataset"], gone, other);
                for cascade in list(&dataset["cascades"]) {
                    let count = number(&cascade["count"]);
                    let (gone, other) = if cascade["sets_null"] == true { (0, count) } else { (count, 0) };
                    add(&system["system"], &cascade["dataset"], gone, other);
                }
            }
        }
        planned
    }
}

/// Everybody else is untouched: in each table as many rows are gone and changed as the plan named, no more and no
/// fewer, and none is new.
pub(super) fn as_planned(difference: &Difference, shown: &Value) -> anyhow::Result<()> {
    let planned = Difference::planned(shown);
    if *difference != planned {
        bail!("what was changed is not what the plan named: {difference:?}, and planned {planned:?}");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn snapshot(rows: &[(&'static str, &str, &str, &str)]) -> Snapshot {
        let mut snapshot = Snapshot::default();
        for (system, table, key, row) in rows {
            let table = snapshot.0.entry((*system, (*table).to_owned())).or_default();
            table.insert((*key).to_owned(), (*row).to_owned());
        }
        snapshot
    }

    #[test]
    fn whatever_is_not_exactly_as_planned_is_seen() {
        let before = [
            ("weddings", "guest", "1", "anna"),
            ("weddings", "guest", "2", "brian"),
            ("weddings", "invoice", "1", "anna"),
            ("weddings", "seat", "1", "guest 1"),
            ("catering", "note", "1", "no nuts"),
        ];
        let dataset = |name: &str, treatment: &str, cascades: Value| json!({ "dataset": name, "treatment": treatment, "count": 1, "cascades": cascades });
        let seats = json!([{ "dataset": "seat", "count": 1, "sets_null": true }]);
        let datasets = [dataset("guest", "delete", seats), dataset("invoice", "mask", json!([]))];
        let shown =
            json!({ "inside": { "plan": { "systems": [{ "system": "weddings", "datasets": datasets }] } } });
        let good = [
            ("weddings", "guest", "2", "brian"),
            ("weddings", "invoice", "1", "erased"),
            ("weddings", "seat", "1", ""),
            ("catering", "note", "1", "no nuts"),
        ];
        let told = |after: &[(&'static str, &str, &str, &str)]| {
            as_planned(&Difference::between(&snapshot(&before), &snapshot(after)), &shown)
        };
        told(&good).unwrap();
        for (i, row) in good.iter().enumerate() {
            let mut after = good.to_vec();
            after.remove(i);
            assert!(told(&after).is_err(), "{row:?} is gone");
            let mut after = good.to_vec();
            after[i].3 = before.iter().find(|old| (old.1, old.2) == (row.1, row.2)).unwrap().3;
            assert_eq!(told(&after).is_err(), after != good, "{row:?} is as it was");
            let mut after = good.to_vec();
            after.push((row.0, row.1, "9", "new"));
            assert!(told(&after).is_err(), "beside {row:?} is a new one");
        }
        let mut after = good.to_vec();
        after.push(before[0]);
        assert!(told(&after).is_err(), "who was to go is there");
    }
}
