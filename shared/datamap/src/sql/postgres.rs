//! PostgreSQL, 12 or newer.

use super::{Column, Dialect, Family, dialect::literal};

/// Arrays whose elements PostgreSQL writes as JSON without loss.
const JSON_ELEMENTS: [&str; 10] = [
    "[]int2",
    "[]int4",
    "[]int8",
    "[]bool",
    "[]json",
    "[]jsonb",
    "[]timestamptz",
    "[]timestamp",
    "[]date",
    "[]time",
];

/// See the module.
#[derive(Debug)]
pub struct Postgres;

impl Dialect for Postgres {
    fn name(&self) -> &'static str {
        "PostgreSQL"
    }

    fn begin(&self, _: bool) -> &'static [&'static str] {
        &[
            // A role may begin read only by default: temporary tables are writes too.
            "begin isolation level repeatable read read write",
            // A database without an encoding may hold bytes that are no text, which it would refuse to convert.
            "select set_config('client_encoding', case getdatabaseencoding() when 'SQL_ASCII' then 'SQL_ASCII' \
             else 'UTF8' end, true)",
            "set local lock_timeout = '10s'",
            "set local statement_timeout = '10min'",
            // What a subject's rows look like must not depend on the role's settings.
            "set local timezone = 'UTC'",
            "set local datestyle = 'ISO'",
            "set local intervalstyle = 'iso_8601'",
            "set local bytea_output = 'hex'",
            "set local extra_float_digits = 1",
            // For our own temporary tables the roughest look is enough.
            "set local default_statistics_target = 1",
        ]
    }

    fn defer(&self) -> &'static str {
        "set constraints all deferred"
    }

    fn check_now(&self) -> Option<&'static str> {
        Some("set constraints all immediate")
    }

    fn hurry(&self) -> Option<&'static str> {
        Some("set local lock_timeout = '2s'; set local statement_timeout = '30s'")
    }

    fn defers_all(&self) -> bool {
        false
    }

    fn columns_sql(&self) -> &'static str {
        // `t` is the column's type, or what the domain that it is of is made of, through domains of domains.
        // A partition is the table that it is part of: its rows, its keys, its foreign keys.
        "with recursive domain (oid, base, typmod, not_null) as (
            select oid, typbasetype, typtypmod, typnotnull from pg_type where typtype = 'd'
            union all
            select d.oid, t.typbasetype, case when d.typmod >= 0 then d.typmod else t.typtypmod end,
                   d.not_null or t.typnotnull
            from domain d join pg_type t on t.oid = d.base and t.typtype = 'd')
         select n.nspname::text, c.relname::text, pg_table_is_visible(c.oid)::int, a.attname::text,
                format_type(a.atttypid, a.atttypmod)
                  || coalesce((select format(' collate %I.%I', cn.nspname, co.collname) from pg_collation co
                       join pg_namespace cn on cn.oid = co.collnamespace
                       where co.oid = a.attcollation and a.attcollation <> t.typcollation), ''),
                case when t.typcategory = 'A' then '[]' || e.typname::text
                     else t.typname::text || '/' || t.typcategory::text end,
                (a.attnotnull or coalesce(d.not_null, false))::int,
                (a.attgenerated <> '' or a.attidentity = 'a')::int,
                (case when coalesce(d.typmod, a.atttypmod) > 4 and t.typname in ('varchar', 'bpchar')
                      then coalesce(d.typmod, a.atttypmod) - 4 end)::bigint,
                (has_schema_privilege(n.oid, 'usage') and has_column_privilege(c.oid, a.attnum, 'select'))::int,
                row_security_active(c.oid)::int,
                exists (select 1 from pg_inherits i join pg_class h on h.oid = i.inhrelid
                        where i.inhparent = c.oid and not h.relispartition)::int,
                case c.relkind when 'f' then 'foreign'
                     when 'v' then case when pg_relation_is_updatable(c.oid, true) & 20 = 20 then 'view' else 'fixed view' end
                     when 'm' then case when pg_has_role(c.relowner, 'usage') then 'materialized view'
                                   else 'materialized view of another' end
                     else 'table' end
         from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
              left join (select d.* from domain d join pg_type b on b.oid = d.base and b.typtype <> 'd') d
                   on d.oid = a.atttypid
              join pg_type t on t.oid = coalesce(d.base, a.atttypid) left join pg_type e on e.oid = t.typelem
         where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v', 'm', 'f')
               and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') and n.nspname not like 'pg_temp%'
               and not c.relispartition
         order by n.nspname, c.relname, a.attnum"
    }

    fn uniques_sql(&self) -> &'static str {
        "select n.nspname::text, c.relname::text, case when i.indisprimary then 'primary' else 'unique' end,
                (select coalesce(json_agg(k.name order by k.ord), '[]')::text from (
                    select a.attname as name, k.ord from unnest(i.indkey) with ordinality k(num, ord)
                    join pg_attribute a on a.attrelid = c.oid and a.attnum = k.num
                    where k.num > 0 and k.ord <= i.indnkeyatts
                    union all
                    select a.attname, 1000 + a.attnum from pg_depend d
                    join pg_attribute a on a.attrelid = c.oid and a.attnum = d.refobjsubid and a.attnum > 0
                    where i.indexprs is not null and d.classid = 'pg_class'::regclass and d.objid = i.indexrelid
                          and d.refclassid = 'pg_class'::regclass and d.refobjid = c.oid) k)
         from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
         where (i.indisunique or i.indisexclusion and not exists (
                   select 1 from pg_constraint x cross join unnest(x.conexclop) e join pg_operator o on o.oid = e
                   where x.conindid = i.indexrelid and o.oprname <> '='))
               and n.nspname not in ('pg_catalog', 'pg_toast')"
    }

    fn foreign_keys_sql(&self) -> &'static str {
        // What points to a partition points to the table that it is part of, and what a partition points to that does.
        "select cn.nspname::text, c.relname::text,
                (select json_agg(a.attname order by k.ord)::text from unnest(f.conkey) with ordinality k(num, ord)
                 join pg_attribute a on a.attrelid = c.oid and a.attnum = k.num),
                pn.nspname::text, p.relname::text,
                (select json_agg(a.attname order by k.ord)::text from unnest(f.confkey) with ordinality k(num, ord)
                 join pg_attribute a on a.attrelid = f.confrelid and a.attnum = k.num),
                case f.confdeltype when 'c' then 'CASCADE' when 'n' then 'SET NULL' else 'RESTRICT' end,
                (f.condeferrable and f.confdeltype <> 'r')::int
         from pg_constraint f join pg_class c on c.oid = coalesce(pg_partition_root(f.conrelid), f.conrelid)
              join pg_namespace cn on cn.oid = c.relnamespace
              join pg_class p on p.oid = coalesce(pg_partition_root(f.confrelid), f.confrelid)
              join pg_namespace pn on pn.oid = p.relnamespace
         where f.contype = 'f' and f.conparentid = 0 and cn.nspname not like 'pg_temp%'"
    }

    fn related_sql(&self) -> &'static str {
        // `derived`: through views of views. What belongs to a partition belongs to the table that it is part of.
        "with recursive direct (made, of) as (
            select distinct r.ev_class, d.refobjid from pg_rewrite r
                   join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid
                        and d.refclassid = 'pg_class'::regclass and d.refobjid <> r.ev_class
                   join pg_class c on c.oid = r.ev_class and c.relkind in ('v', 'm')
                   join pg_namespace n on n.oid = c.relnamespace and n.nspname not in ('pg_catalog', 'information_schema')),
         derived (made, of) as (
            select made, of from direct union select d.made, r.of from direct d join derived r on r.made = d.of),
         object (kind, of, name, outside) as (
            select 'materialized_view', d.of, m.oid::regclass::text, 0
            from derived d join pg_class m on m.oid = d.made and m.relkind = 'm'
            union select 'trigger', t.tgrelid, t.tgname::text,
                         (not l.lanpltrusted and l.lanname not in ('internal', 'c')
                          or p.prosrc ~* '(dblink|pg_background|http_|lo_export|pg_file_write|copy\\s.*\\sprogram)')::int
                  from pg_trigger t join pg_proc p on p.oid = t.tgfoid join pg_language l on l.oid = p.prolang
                  where not t.tgisinternal
            union select 'rule', r.ev_class, r.rulename::text, 0 from pg_rewrite r where r.ev_type <> '1'
            union select 'publication', c.oid, p.pubname::text, 0 from pg_publication_tables p
                  join pg_namespace n on n.nspname = p.schemaname
                  join pg_class c on c.relname = p.tablename and c.relnamespace = n.oid
            union select 'child_table', i.inhparent, h.oid::regclass::text, 0 from pg_inherits i
                  join pg_class h on h.oid = i.inhrelid where not h.relispartition)
         select distinct o.kind, n.nspname::text, c.relname::text, o.name, o.outside
         from object o join pg_class c on c.oid = coalesce(pg_partition_root(o.of), o.of)
              join pg_namespace n on n.oid = c.relnamespace
         where n.nspname not in ('pg_catalog', 'information_schema') order by 1, 2, 3, 4"
    }

    fn database_sql(&self) -> Option<&'static str> {
        Some("select getdatabaseencoding()::text, current_database()::text")
    }

    /// `kind` is the type's name and, after a slash, its category; an array's is `[]` and its element's name.
    fn family(&self, _: &str, kind: &str) -> Family {
        let (name, category) = kind.split_once('/').unwrap_or((kind, ""));
        match (name, category) {
            ("int2" | "int4" | "int8", _) => Family::Integer,
            ("bool", _) => Family::Boolean,
            ("numeric" | "float4" | "float8", _) => Family::Number,
            ("timestamptz", _) => Family::Moment,
            ("timestamp", _) => Family::LocalMoment,
            ("date", _) => Family::Date,
            ("time", _) => Family::Time,
            ("bytea", _) => Family::Binary,
            ("oid", _) => Family::LargeObject,
            ("json" | "jsonb", _) => Family::Json,
            ("uuid", _) => Family::Uuid,
            (array, _) if JSON_ELEMENTS.contains(&array) => Family::Array,
            (array, _) if array.starts_with("[]") => Family::ArrayOfText,
            ("text" | "varchar" | "bpchar" | "citext", _) => Family::Text,
            _ => Family::Other,
        }
    }

    fn is_uuid(&self, column: &Column) -> bool {
        column.type_name == "uuid"
    }

    fn forget(&self, name: &str) -> String {
        format!("drop table if exists pg_temp.{name}")
    }

    fn analyze(&self, name: &str) -> Option<String> {
        Some(format!("analyze {name}"))
    }

    fn given(&self, columns: &[(&str, bool)]) -> String {
        let column = |(i, (name, number)): (usize, &(&str, bool))| {
            let cast = if *number { "::int" } else { "" };
            format!("(e.value ->> {i}){cast} as {name}")
        };
        let columns: Vec<String> = columns.iter().enumerate().map(column).collect();
        format!("(select {} from json_array_elements($1::json) e) given", columns.join(", "))
    }

    fn to_text(&self, expression: &str, _: &Column) -> String {
        self.as_text(expression)
    }

    fn of_text(&self, expression: &str, column: &Column) -> String {
        let plain = column.type_name.split(" collate ").next().unwrap_or(&column.type_name);
        format!("cast({expression} as {plain})")
    }

    fn as_text(&self, expression: &str) -> String {
        format!("({expression})::text")
    }

    fn email(&self, expression: &str) -> String {
        let text = self.as_text(expression);
        format!(
            "lower(btrim(coalesce(substring({text} from '<([^<>]*)>'), \
             regexp_replace({text}, '^\\s*mailto:', '', 'i')), E' \\t\\n\\r'))"
        )
    }

    fn json_text(&self, expression: &str, path: &[String]) -> String {
        format!("(({expression})::jsonb #>> {})", texts(path))
    }

    fn json_with(&self, expression: &str, path: &[String], text: Option<&str>, column: &Column) -> String {
        let (whole, parent) = (texts(path), texts(&path[..path.len() - 1]));
        let arrays = (0..path.len()).map(|n| match &path[..n] {
            [] => " when jsonb_typeof(s.e) = 'array' then '[]'".to_owned(),
            before => {
                let before = texts(before);
                format!(" when jsonb_typeof(s.e #> {before}) = 'array' then jsonb_set(s.e, {before}, '[]')")
            }
        });
        let changed = match text {
            Some(text) => format!("jsonb_set(s.e, {whole}, to_jsonb(({text})::text), false)"),
            None => format!("s.e #- {whole}"),
        };
        // The value stands there once, however many parts of it are changed.
        format!(
            "(select (case{} when jsonb_typeof(s.e #> {parent}) = 'object' then {changed} else s.e end)::{} \
             from (select ({expression})::jsonb as e) s)",
            arrays.collect::<String>(),
            column.type_name
        )
    }

    fn json_has_other(&self, expression: &str, path: &[String], text: Option<&str>) -> String {
        let e = format!("({expression})::jsonb");
        let at = self.json_text(expression, path);
        let other = match text {
            Some(text) => format!("coalesce({at} <> {text}, false)"),
            None => format!("{at} is not null"),
        };
        let arrays = (0..path.len()).map(|n| {
            let before = format!("{e} #> {}", texts(&path[..n]));
            format!(" or case when jsonb_typeof({before}) = 'array' then jsonb_array_length({before}) > 0 else false end")
        });
        format!("({other}{})", arrays.collect::<String>())
    }

    fn typed(&self, text: &str, column: &Column) -> String {
        self.of_text(text, column)
    }

    // Not every type has an equality.
    fn is_other(&self, expression: &str, value: &str) -> String {
        format!("{} <> {}", self.as_text(expression), self.as_text(value))
    }

    fn elements(&self, expression: &str, path: &[String], family: Family) -> String {
        if family != Family::Json {
            return format!("unnest(({expression})::text[]) e(value)");
        }
        let list = format!("(({expression})::jsonb #> {})", texts(path));
        format!(
            "jsonb_array_elements_text(case jsonb_typeof({list}) when 'array' then {list} else '[]' end) e(value)"
        )
    }

    fn email_index(&self, expression: &str) -> Option<String> {
        Some(self.email(expression))
    }

    fn hex(&self, expression: &str) -> String {
        format!("encode({expression}, 'hex')")
    }

    fn value(&self, expression: &str, column: &Column) -> String {
        let e = expression;
        match column.family {
            // Outside of these years, and for infinity, the text is the database's own.
            Family::Moment | Family::LocalMoment => {
                let (from, zone, mark) = match column.family {
                    Family::Moment => ("timestamptz", " at time zone 'UTC'", "\"Z\""),
                    _ => ("timestamp", "", ""),
                };
                format!(
                    "case when {e} >= {from} '0001-01-01 00:00:00' and {e} < {from} '9999-12-31 00:00:00' \
                     then to_char({e}{zone}, 'YYYY-MM-DD\"T\"HH24:MI:SS.US{mark}') else ({e})::text end"
                )
            }
            Family::Binary => base64(e),
            // A number that is no large object's stays a number.
            Family::LargeObject => format!(
                "case when {} then {} else ({e})::text end",
                is_large_object(e),
                base64(&format!("lo_get({e})"))
            ),
            Family::Array => format!("to_json({e})::text"),
            Family::ArrayOfText => format!("to_json(({e})::text[])::text"),
            _ => self.as_text(e),
        }
    }

    fn by_bytes(&self, expression: &str) -> String {
        format!("{expression} collate \"C\"")
    }
}

fn is_large_object(expression: &str) -> String {
    format!("exists (select 1 from pg_largeobject_metadata m where m.oid = {expression})")
}

fn base64(bytes: &str) -> String {
    format!("translate(encode({bytes}, 'base64'), E'\\n', '')")
}

/// An array of names.
fn texts(path: &[String]) -> String {
    let names: Vec<String> = path.iter().map(|name| literal(name)).collect();
    format!("array[{}]::text[]", names.join(", "))
}
