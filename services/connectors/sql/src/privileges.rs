//! What the user that connects may not do, and has to.

use redress_contracts::v1;
use redress_datamap::{
    DatasetClass,
    sql::{Cell, Changes, Dialect, Layout, SqlError, SqlSession as _, effect_table},
};

use crate::{Session, client::rows_of};

/// What is missing, with how to mend it. Only PostgreSQL has privileges.
pub(crate) async fn missing(session: &mut Session, layout: &Layout) -> Result<Vec<String>, SqlError> {
    let mut missing = Vec::new();
    if !matches!(session, Session::Postgres(..)) {
        return Ok(missing);
    }
    let sql =
        "select (current_setting('default_transaction_read_only') = 'on')::int, quote_ident(current_user)";
    let rows = rows_of(session, sql, &[]).await?;
    if is_true(&rows) {
        let user = rows.first().and_then(|row| row.get(1)).and_then(Cell::text).unwrap_or_default();
        missing.push(format!(
            "{user} is read only by default, and nothing can be deleted by such a user: \
             `alter role {user} reset default_transaction_read_only` mends it"
        ));
    }
    let sql = "select has_database_privilege(current_database(), 'temp')::int, \
               quote_ident(current_database()), quote_ident(current_user)";
    let rows = rows_of(session, sql, &[]).await?;
    let text = |i: usize| rows.first().and_then(|row| row.get(i)).and_then(Cell::text).unwrap_or_default();
    let (database, user) = (text(1).to_owned(), text(2).to_owned());
    if !is_true(&rows) {
        missing.push(format!(
            "{user} may not make temporary tables, without which nobody is found: \
             `grant temporary on database {database} to {user}` mends it"
        ));
    }
    for (table, columns) in layout.hidden() {
        let table = session.dialect().table(&layout.catalog.tables[table]);
        let columns = columns.into_iter().map(|name| format!("\"{}\"", name.replace('"', "\"\"")));
        let columns = columns.collect::<Vec<_>>().join(", ");
        missing.push(format!(
            "{user} may not read all of {table} that tells what is whose: \
             `grant select ({columns}) on {table} to {user}` mends it"
        ));
    }
    for (table, privileges) in needed(session.dialect(), layout) {
        for privilege in privileges {
            let sql = "select has_table_privilege($1, $2)::int";
            if !is_true(&rows_of(session, sql, &[&table, privilege]).await?) {
                missing.push(format!(
                    "{user} may not {privilege} in {table}, as the data map and the policy need it: \
                     `grant {privilege} on {table} to {user}` mends it"
                ));
            }
        }
    }
    Ok(missing)
}

fn is_true(rows: &[Vec<Cell>]) -> bool {
    rows.first().and_then(|row| row.first()).and_then(Cell::int) == Some(1)
}

/// Each table, as a statement names it, with what is done in it.
fn needed(dialect: &dyn Dialect, layout: &Layout) -> Vec<(String, Vec<&'static str>)> {
    let mapped = layout.tables.iter().enumerate().map(|(bound, table)| {
        let mut fields = table.roles.iter().flat_map(|role| &role.fields).chain(&table.fields);
        let masks = table.collection.class != DatasetClass::Audit
            && fields.any(|field| field.plan.treatment() != v1::Treatment::Keep);
        let directly = table.changes == Changes::Directly;
        let changes = [(directly && masks, "update"), (directly && table.rows_go, "delete")];
        let privileges = changes.into_iter().filter(|(is_needed, _)| *is_needed).map(|(_, name)| name);
        (dialect.table(layout.table(bound)), privileges.collect())
    });
    let noted = effect_table(&layout.catalog).map(|table| (dialect.table(table), vec!["select", "insert"]));
    mapped.chain(noted).collect()
}
