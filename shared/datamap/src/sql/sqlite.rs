//! SQLite. A column may hold values of any type, whatever it was declared as.

use super::{
    Column, Dialect, Family, Table,
    dialect::{literal, quote},
};

/// See the module.
#[derive(Debug)]
pub struct Sqlite;

impl Dialect for Sqlite {
    fn name(&self) -> &'static str {
        "SQLite"
    }

    fn begin(&self, changes: bool) -> &'static [&'static str] {
        if changes { &["begin immediate"] } else { &["begin"] }
    }

    fn defer(&self) -> &'static str {
        "pragma defer_foreign_keys = on"
    }

    fn check_now(&self) -> Option<&'static str> {
        None
    }

    fn hurry(&self) -> Option<&'static str> {
        None
    }

    fn defers_all(&self) -> bool {
        true
    }

    fn columns_sql(&self) -> &'static str {
        // A column of `any` changes nothing in a strict table; elsewhere the same word makes numbers of texts.
        "select 'main', l.name, 1, x.name, case when upper(x.type) = 'ANY' and l.strict then 'blob' else x.type end,
                x.type, x.\"notnull\", x.hidden in (2, 3), null, 1, 0, 0,
                case when l.type <> 'view' then 'table'
                     when exists (select 1 from sqlite_master m where m.type = 'trigger' and m.tbl_name = l.name) then 'view'
                     else 'fixed view' end
         from pragma_table_list l join pragma_table_xinfo(l.name) x
         where l.schema = 'main' and l.type in ('table', 'view', 'virtual') and l.name not like 'sqlite\\_%' escape '\\'
               and not (l.type = 'virtual' and x.hidden = 1)
         union all
         select 'main', l.name, 1, 'rowid', 'INTEGER', 'INTEGER', 1, 0, null, 1, 0, 0, 'table'
         from pragma_table_list l where l.schema = 'main' and l.type = 'virtual'
         order by 2"
    }

    fn uniques_sql(&self) -> &'static str {
        // The primary key comes from the table: one that is the row's number has no index. Of an expression it
        // is only known how it is written: every column whose name stands there counts.
        "select 'main', l.name, 'primary',
                (select json_group_array(name) from (select name from pragma_table_info(l.name) where pk > 0 order by pk))
         from pragma_table_list l where l.schema = 'main' and l.type = 'table' and l.name not like 'sqlite\\_%' escape '\\'
         union all
         select 'main', l.name, 'primary', json_array('rowid')
         from pragma_table_list l where l.schema = 'main' and l.type = 'virtual'
         union all
         select 'main', l.name, 'unique',
                (select json_group_array(x.name) from pragma_table_xinfo(l.name) x
                 where x.name in (select name from pragma_index_info(i.name))
                       or exists (select 1 from pragma_index_info(i.name) where cid = -2)
                          and instr(lower(substr(m.sql, instr(m.sql, '('))), lower(x.name)) > 0)
         from pragma_table_list l join pragma_index_list(l.name) i
              left join sqlite_master m on m.type = 'index' and m.name = i.name
         where l.schema = 'main' and l.type = 'table' and i.\"unique\" = 1 and i.origin <> 'pk'"
    }

    fn foreign_keys_sql(&self) -> &'static str {
        "select 'main', name, json_group_array(\"from\"), 'main', \"table\", json_group_array(\"to\"), on_delete, 1
         from (select l.name, f.id, f.\"from\", f.\"table\", f.\"to\",
                      case when f.on_delete = 'NO ACTION' then 'RESTRICT' else f.on_delete end as on_delete
               from pragma_table_list l join pragma_foreign_key_list(l.name) f
               where l.schema = 'main' and l.type = 'table' order by l.name, f.id, f.seq)
         group by name, id, \"table\", on_delete"
    }

    fn search_indexes_sql(&self) -> Option<&'static str> {
        Some(
            "select name, sql from sqlite_master where type = 'table' and sql like 'create virtual table%using fts%' \
             order by name",
        )
    }

    fn related_sql(&self) -> &'static str {
        "select 'trigger', 'main', tbl_name, name, 0 from sqlite_master where type = 'trigger' order by 3, 4"
    }

    fn rebuild(&self, table: &Table) -> String {
        let name = quote(&table.name);
        format!("insert into {} ({name}) values ('rebuild')", self.table(table))
    }

    fn family(&self, type_name: &str, _: &str) -> Family {
        let name = type_name.to_ascii_uppercase();
        let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
        match () {
            () if has(&["BOOL"]) => Family::Boolean,
            () if has(&["TIMESTAMP", "DATETIME"]) => Family::LocalMoment,
            () if has(&["UUID"]) => Family::Uuid,
            () if has(&["JSON"]) => Family::Json,
            () if has(&["INT"]) => Family::Integer,
            () if has(&["CHAR", "CLOB", "TEXT"]) => Family::Text,
            () if has(&["BLOB", "BINARY"]) => Family::Binary,
            () if has(&["REAL", "FLOA", "DOUB", "NUMERIC", "DECIMAL"]) => Family::Number,
            () if has(&["DATE"]) => Family::Date,
            () if has(&["TIME"]) => Family::Time,
            () => Family::Other,
        }
    }

    fn same_name(&self, a: &str, b: &str) -> bool {
        a.eq_ignore_ascii_case(b)
    }

    fn is_uuid(&self, _: &Column) -> bool {
        false
    }

    fn table(&self, table: &Table) -> String {
        format!("main.{}", quote(&table.name))
    }

    fn forget(&self, name: &str) -> String {
        format!("drop table if exists temp.{name}")
    }

    fn analyze(&self, _: &str) -> Option<String> {
        None
    }

    fn given(&self, columns: &[(&str, bool)]) -> String {
        let column =
            |(i, (name, _)): (usize, &(&str, bool))| format!("json_extract(e.value, '$[{i}]') as {name}");
        let columns: Vec<String> = columns.iter().enumerate().map(column).collect();
        format!("(select {} from json_each($1) e) given", columns.join(", "))
    }

    /// Two letters before it tell what is not the usual: bytes, floating-point numbers, whole numbers in a
    /// column that keeps them apart from their text, and texts that begin with such letters themselves.
    fn to_text(&self, expression: &str, column: &Column) -> String {
        let e = expression;
        let integer = if is_numeric(column) { "" } else { "'i:' || " };
        format!(
            "case typeof({e}) when 'blob' then 'x:' || hex({e}) when 'real' then 'r:' || printf('%!.17g', {e}) \
             when 'integer' then {integer}cast({e} as text) \
             else case when substr({e}, 1, 2) in ('x:', 'r:', 'i:', 't:') then 't:' || {e} else {e} end end"
        )
    }

    /// A column of numbers makes a number of the text that it is compared with.
    fn of_text(&self, expression: &str, _: &Column) -> String {
        let e = expression;
        format!(
            "case substr({e}, 1, 2) when 'x:' then unhex(substr({e}, 3)) when 'r:' then cast(substr({e}, 3) as real) \
             when 'i:' then cast(substr({e}, 3) as integer) when 't:' then substr({e}, 3) else {e} end"
        )
    }

    fn as_text(&self, expression: &str) -> String {
        format!("cast({expression} as text)")
    }

    fn email(&self, expression: &str) -> String {
        let text = self.as_text(expression);
        let inside = format!(
            "case when instr({text}, '<') > 0 and instr({text}, '>') > instr({text}, '<') \
             then substr({text}, instr({text}, '<') + 1, instr({text}, '>') - instr({text}, '<') - 1) else {text} end"
        );
        let blank = "char(9, 10, 13, 32)";
        let bare = format!("lower(trim({inside}, {blank}))");
        format!("case when {bare} like 'mailto:%' then substr({bare}, 8) else {bare} end")
    }

    fn json_text(&self, expression: &str, path: &[String]) -> String {
        let e = expression;
        format!("case when json_valid({e}) then cast(json_extract({e}, {}) as text) end", json_path(path))
    }

    fn json_with(&self, expression: &str, path: &[String], text: Option<&str>, column: &Column) -> String {
        let arrays = (0..path.len()).map(|n| {
            let before = json_path(&path[..n]);
            format!(" when json_type(s.e, {before}) = 'array' then json_set(s.e, {before}, json('[]'))")
        });
        let whole = json_path(path);
        let changed = match text {
            Some(text) => format!("json_replace(s.e, {whole}, {text})"),
            None => format!("json_remove(s.e, {whole})"),
        };
        // Of what is no JSON nothing is known: it goes whole.
        let empty = if column.not_null { "'{}'" } else { "null" };
        format!(
            "(select case when not json_valid(s.e) then {empty}{} else {changed} end \
             from (select {expression} as e) s)",
            arrays.collect::<String>(),
        )
    }

    fn json_has_other(&self, expression: &str, path: &[String], text: Option<&str>) -> String {
        let (e, whole) = (expression, json_path(path));
        let other = match text {
            Some(text) => format!("coalesce(cast(json_extract({e}, {whole}) as text) <> {text}, 0)"),
            None => format!("json_extract({e}, {whole}) is not null"),
        };
        let arrays = (0..path.len()).map(|n| {
            let before = json_path(&path[..n]);
            format!(
                " or coalesce(json_type({e}, {before}) = 'array' and json_array_length({e}, {before}) > 0, 0)"
            )
        });
        format!(
            "case when {e} is null then 0 when not json_valid({e}) then 1 else {other}{} end",
            arrays.collect::<String>()
        )
    }

    fn typed(&self, text: &str, column: &Column) -> String {
        match column.family {
            Family::Binary => {
                format!(
                    "case when substr({text}, 1, 2) = '\\x' then unhex(substr({text}, 3)) else {text} end"
                )
            }
            _ => text.to_owned(),
        }
    }

    // A column of numbers makes a number of the text that it is compared with.
    fn is_other(&self, expression: &str, value: &str) -> String {
        format!("{expression} <> {value}")
    }

    fn elements(&self, expression: &str, path: &[String], _: Family) -> String {
        let e = expression;
        format!("json_each(case when json_valid({e}) then {e} else '[]' end, {}) e", json_path(path))
    }

    fn email_index(&self, _: &str) -> Option<String> {
        None
    }

    fn hex(&self, expression: &str) -> String {
        format!("lower(hex({expression}))")
    }

    fn value(&self, expression: &str, _: &Column) -> String {
        expression.to_owned()
    }

    fn by_bytes(&self, expression: &str) -> String {
        format!("{expression} collate binary")
    }
}

/// The path of these names, as SQLite's functions take it.
fn json_path(path: &[String]) -> String {
    let names: String = path.iter().map(|name| format!(".\"{}\"", name.replace('"', ""))).collect();
    literal(&format!("${names}"))
}

/// Whether SQLite makes a number of every text in the column that looks like one: its rules for the affinity of
/// a type, by its name.
fn is_numeric(column: &Column) -> bool {
    let name = column.type_name.to_ascii_uppercase();
    let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    has(&["INT"]) || !(name.is_empty() || has(&["CHAR", "CLOB", "TEXT", "BLOB"]))
}
