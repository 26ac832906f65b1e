//! Indexes without which looking for people reads tables whole.

use std::collections::{BTreeMap, BTreeSet};

use redress_datamap::sql::{Bound, Cell, Dialect, Family, Layout, SqlError, SqlSession as _};
use redress_domain::IdentifierKind;

use crate::{Session, client::rows_of};

/// What is missing, with how to mend it.
pub(crate) async fn missing(session: &mut Session, layout: &Layout) -> Result<Vec<String>, SqlError> {
    let mut missing = Vec::new();
    for (bound, mapped) in layout.tables.iter().enumerate() {
        let table = layout.table(bound);
        let lowered = mapped.collection.fields.iter().filter(|field| {
            let is_text = table.column(&field.name).is_some_and(|column| column.family == Family::Text);
            let compared =
                field.identity.is_some_and(|identity| !identity.normal && is_lowered(identity.kind));
            is_text && compared && field.identity_with.is_empty()
        });
        let lowered: Vec<&str> = lowered.map(|field| field.name.as_str()).collect();
        if lowered.is_empty() {
            continue;
        }
        let indexes = indexes(session, &table.schema, &table.name).await?;
        let is_there = |column: &str| {
            let column = plain(column);
            indexes.iter().any(|index| index.contains("lower(") && index.contains(column.as_str()))
        };
        missing.extend(lowered.into_iter().filter(|column| !is_there(column)).map(|column| {
            let (name, quoted) = (&table.name, format!("\"{column}\""));
            let index = normal(session.dialect(), mapped, column, &quoted);
            let index = index.map(|it| format!("`create index {name}_{column}_normal on {name} (({it}))` mends it, or "));
            format!(
                "looking for a person by `{column}` reads `{name}` whole, since it is compared in its normal form: \
                 {}`identity_normal: true` in the data map and a plain index, if all its values stand in it",
                index.unwrap_or_default()
            )
        }));
    }
    missing.extend(missing_for_references(session, layout).await?);
    Ok(missing)
}

/// The expression by which a column is compared, for an index; none where that would not be readable.
fn normal(dialect: &dyn Dialect, table: &Bound, column: &str, quoted: &str) -> Option<String> {
    let kind = table.collection.field(column).and_then(|field| field.identity).map(|identity| identity.kind);
    match kind {
        Some(IdentifierKind::Email) => dialect.email_index(quoted),
        _ => Some(format!("lower(trim({quoted}))")),
    }
}

/// A person's rows are found by what points to them, and a database looks there before it deletes.
async fn missing_for_references(session: &mut Session, layout: &Layout) -> Result<Vec<String>, SqlError> {
    let mut pointing = BTreeMap::<usize, BTreeSet<&[String]>>::new();
    for pointer in &layout.pointers {
        pointing.entry(pointer.child).or_default().insert(&pointer.child_columns);
    }
    let mut missing = Vec::new();
    for (child, references) in pointing {
        let table = &layout.catalog.tables[child];
        let name = &table.name;
        let indexes = indexes(session, &table.schema, name).await?;
        let is_served = |columns: &&[String]| {
            let Some(first) = columns.first() else { return true };
            let mut keys = table.uniques.iter().chain([&table.primary_key]);
            let begins = [')', ','].map(|end| format!("({}{end}", plain(first)));
            let serves =
                |index: &String| !index.contains("where") && begins.iter().any(|it| index.contains(it));
            keys.any(|key| key.first() == Some(first)) || indexes.iter().any(serves)
        };
        missing.extend(references.into_iter().filter(|columns| !is_served(columns)).map(|columns| {
            format!(
                "looking for what points to somebody's rows by `{0}` reads `{name}` whole: \
                 `create index {name}_{1} on {name} ({0})` mends it",
                columns.join(", "),
                columns.join("_")
            )
        }));
    }
    Ok(missing)
}

/// Whether values of this kind are compared in lower case.
fn is_lowered(kind: IdentifierKind) -> bool {
    !matches!(
        kind,
        IdentifierKind::CustomerId | IdentifierKind::Field | IdentifierKind::Name | IdentifierKind::Phone
    )
}

/// How a table's indexes were made, each as plainly as [`plain`] says it.
async fn indexes(session: &mut Session, schema: &str, table: &str) -> Result<Vec<String>, SqlError> {
    let rows = match session {
        Session::Postgres(..) => {
            let sql = "select indexdef from pg_indexes where schemaname = $1 and tablename = $2";
            rows_of(session, sql, &[schema, table]).await?
        }
        Session::Sqlite(_) => {
            let sql =
                "select sql from sqlite_master where type = 'index' and tbl_name = $1 and sql is not null";
            rows_of(session, sql, &[table]).await?
        }
    };
    Ok(rows.iter().filter_map(|row| row.first().and_then(Cell::text)).map(plain).collect())
}

/// Without quotes, blanks and casts to text, in lower case.
fn plain(sql: &str) -> String {
    let is_kept = |c: &char| !c.is_whitespace() && !['"', '`', '[', ']'].contains(c);
    sql.to_lowercase().chars().filter(is_kept).collect::<String>().replace("::text", "")
}
