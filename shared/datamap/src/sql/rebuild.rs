//! What lies beside the rows and goes with them: large objects, materialized views, full-text indexes.

use super::{
    Changes, Column, Family, SqlError,
    dialect::quote,
    fate::GOING,
    found::{Given, Work, found, same_row},
    plan,
    session::all,
};

impl Work<'_> {
    /// The numbers of the large objects of rows that go, or that are emptied there.
    pub(crate) async fn large_objects(&mut self) -> Result<Given, SqlError> {
        let (layout, mut given) = (self.layout, Given::default());
        for (bound, table) in layout.tables.iter().enumerate() {
            if !self.is_reached(bound) {
                continue;
            }
            for column in table.columns.iter().filter(|column| column.family == Family::LargeObject) {
                let masks = self.masks(bound).into_iter();
                let emptied =
                    masks.filter(|(.., fields)| fields.iter().any(|field| field.column.name == column.name));
                let emptied: String = emptied.map(|(_, fates, _)| format!(" or f.fate in {fates}")).collect();
                let number = format!("t.{}", quote(&column.name));
                let sql = format!(
                    "select distinct 0, {} from {} f join {} t on {} where {number} is not null \
                     and (f.fate in {GOING}{emptied})",
                    self.dialect().as_text(&number),
                    found(bound),
                    self.table(bound),
                    same_row(layout, bound, "f", "t"),
                );
                for mut row in all(self.session, &sql, &[]).await? {
                    given.add(0, plan::key_of(row.drain(1..))?);
                }
            }
        }
        Ok(given)
    }

    /// Unlinks large objects to which no row refers any more.
    pub(crate) async fn unlink(&mut self, objects: &Given) -> Result<(), SqlError> {
        if objects.is_empty() {
            return Ok(());
        }
        let dialect = self.dialect();
        let is_large_object = |column: &&Column| column.family == Family::LargeObject && column.readable;
        let referring = self.layout.catalog.tables.iter().flat_map(|table| {
            let columns = table.columns.iter().filter(is_large_object);
            columns.map(|column| {
                let (table, column) = (dialect.table(table), quote(&column.name));
                format!(" and not exists (select 1 from {table} r where r.{column} = m.oid)")
            })
        });
        let sql = format!(
            "select lo_unlink(m.oid) from pg_largeobject_metadata m join {} on m.oid = cast(given.value as oid) \
             where true{}",
            dialect.given(&[("n", true), ("value", false)]),
            referring.collect::<String>(),
        );
        all(self.session, &sql, &[&objects.json()]).await.map(drop)
    }

    /// Has built anew what is computed of rows that were changed: mapped materialized views, and full-text indexes.
    pub(crate) async fn rebuild(&mut self) -> Result<(), SqlError> {
        let layout = self.layout;
        let mut views = Vec::new();
        for (bound, table) in layout.tables.iter().enumerate() {
            if table.changes == Changes::Rebuilt && self.any_changed(bound, "('rebuild')").await? {
                views.push(bound);
            }
        }
        // One may be made of another: after as many passes as there are views, in whatever order, each is of today.
        for bound in std::iter::repeat_n(&views, views.len()).flatten() {
            self.run(&self.dialect().rebuild(layout.table(*bound))).await?;
        }
        for index in layout.catalog.search_indexes.iter().filter(|index| index.can_be_rebuilt) {
            let of = index.content.unwrap_or(index.table);
            let bounds = layout.tables.iter().enumerate().filter(|(_, table)| table.table == of);
            for (bound, _) in bounds.collect::<Vec<_>>() {
                if self.any_changed(bound, "('go', 'cascade', 'mask', 'blocked')").await? {
                    self.run(&self.dialect().rebuild(&layout.catalog.tables[index.table])).await?;
                    break;
                }
            }
        }
        Ok(())
    }

    async fn any_changed(&mut self, bound: usize, fates: &str) -> Result<bool, SqlError> {
        if !self.is_reached(bound) {
            return Ok(false);
        }
        let changed = format!("(select 1 from {} where fate in {fates} or fate like 'role%')", found(bound));
        Ok(self.count(&changed, &[]).await? > 0)
    }
}
