//! Every row of every database of the company: what was changed shows beside what was not.

use std::collections::BTreeMap;

use futures::TryStreamExt as _;
use redress_datamap::sql::{Catalog, Cell, EFFECT_TABLE, SqlSession as _};

use super::company::{Company, SAMPLES};

/// Rows by system and table, and by key.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Snapshot(pub(super) BTreeMap<(&'static str, String), BTreeMap<String, String>>);

/// How many rows of a table are gone, or hold something else.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Difference(pub(super) BTreeMap<(&'static str, String), (u64, u64)>);

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
        let mut difference = Self::default();
        for (table, rows) in &before.0 {
            let now = after.0.get(table);
            let row_now = |key: &String| now.and_then(|now| now.get(key));
            let gone = rows.keys().filter(|key| row_now(key).is_none()).count() as u64;
            let other =
                rows.iter().filter(|(key, row)| row_now(key).is_some_and(|now| now != *row)).count() as u64;
            if gone + other > 0 {
                difference.0.insert(table.clone(), (gone, other));
            }
        }
        difference
    }
}
