//! No type of column is skipped, and none fails an export.

use async_trait::async_trait;
use redress_contracts::v1;
use redress_datamap::sql::{RecordSink, SqlError, collect};
use serde_json::{Value, json};

use super::{by_email, company::Company, located};

#[derive(Default)]
struct Records(Vec<String>);

#[async_trait]
impl RecordSink for Records {
    async fn record(&mut self, _: usize, _: &str, json: &str) -> Result<(), SqlError> {
        assert!(!json.contains('\n'), "a record is one line: {json}");
        self.0.push(json.to_owned());
        Ok(())
    }

    async fn end(&mut self, _: usize, _: &str) -> Result<(), SqlError> {
        Ok(())
    }
}

/// Column, type, what is put in, what a package shows.
fn postgres() -> Vec<(&'static str, &'static str, Value)> {
    vec![
        ("smallint", "-7", json!(-7)),
        ("integer", "2147483647", json!(2_147_483_647)),
        ("bigint", "9007199254740991", json!(9_007_199_254_740_991_i64)),
        ("bigint", "9007199254740992", json!("9007199254740992")),
        ("bigint", "null", Value::Null),
        ("boolean", "true", json!(true)),
        ("numeric(20,4)", "1234567890123456.7800", json!("1234567890123456.7800")),
        ("numeric", "'NaN'", json!("NaN")),
        ("real", "0.1", json!("0.1")),
        ("double precision", "0.1::float8 + 0.2", json!("0.30000000000000004")),
        ("double precision", "'-infinity'", json!("-Infinity")),
        ("money", "12.5", json!("$12.50")),
        ("text", "E'a\"b\\n<script>\\u2028'", json!("a\"b\n<script>\u{2028}")),
        ("varchar(3)", "'abc'", json!("abc")),
        ("char(3)", "'a'", json!("a")),
        ("date", "'2026-02-28'", json!("2026-02-28")),
        ("date", "'0044-03-15 BC'", json!("0044-03-15 BC")),
        ("time", "'10:11:12.5'", json!("10:11:12.5")),
        ("timetz", "'10:11:12+02'", json!("10:11:12+02")),
        ("timestamp", "'2026-02-28 10:11:12'", json!("2026-02-28T10:11:12.000000")),
        ("timestamptz", "'2026-02-28 10:11:12.123456+02'", json!("2026-02-28T08:11:12.123456Z")),
        ("timestamptz", "'infinity'", json!("infinity")),
        ("interval", "'1 day 2 hours'", json!("P1DT2H")),
        ("bytea", "'\\x00ff'", json!("AP8=")),
        ("bytea", "decode(repeat('00', 100), 'hex')", json!(format!("{}AA==", "A".repeat(132)))),
        ("json", "E'{\"a\":\\n 1e400}'", json!("{\"a\":  1e400}")),
        ("jsonb", "'{\"b\": [1, null]}'", json!({"b": [1, null]})),
        ("uuid", "'6F9619FF-8B86-D011-B42D-00C04FC964FF'", json!("6f9619ff-8b86-d011-b42d-00c04fc964ff")),
        ("integer[]", "'{1,null,3}'", json!([1, null, 3])),
        ("bigint[]", "'{9007199254740993}'", json!(["9007199254740993"])),
        ("numeric[]", "'{1.10,2}'", json!(["1.10", "2"])),
        ("text[]", "'{{a,b},{c,d}}'", json!([["a", "b"], ["c", "d"]])),
        ("timestamptz[]", "'{2026-02-28 10:11:12+00}'", json!(["2026-02-28T10:11:12+00:00"])),
        ("int4range", "'[1,5)'", json!("[1,5)")),
        ("inet", "'10.0.0.1/8'", json!("10.0.0.1/8")),
        ("macaddr", "'08:00:2b:01:02:03'", json!("08:00:2b:01:02:03")),
        ("point", "'(1,2)'", json!("(1,2)")),
        ("bit(3)", "B'101'", json!("101")),
        ("tsvector", "'a b'", json!("'a' 'b'")),
        ("xml", "'<a/>'", json!("<a/>")),
        ("mood", "'glad'", json!("glad")),
        ("positive", "5", json!(5)),
        ("pair", "row(1, 'x')", json!("(1,x)")),
        ("pair[]", "array[row(1, 'x')::pair]", json!(["(1,x)"])),
        ("oid", "7", json!("7")),
    ]
}

fn sqlite() -> Vec<(&'static str, &'static str, Value)> {
    vec![
        ("integer", "-7", json!(-7)),
        ("bigint", "9007199254740992", json!("9007199254740992")),
        ("integer", "'not a number'", json!("not a number")),
        ("boolean", "1", json!(true)),
        ("boolean", "2", json!(2)),
        ("real", "0.1", json!("0.1")),
        ("decimal(10,2)", "1.5", json!("1.5")),
        ("text", "'a\"b<script>'", json!("a\"b<script>")),
        ("text", "x'00ff'", json!("AP8=")),
        ("blob", "x'00ff'", json!("AP8=")),
        ("datetime", "'2026-02-28 10:11:12'", json!("2026-02-28T10:11:12")),
        ("datetime", "1772273472", json!(1_772_273_472)),
        ("date", "'2026-02-28'", json!("2026-02-28")),
        ("json", "'{\"a\": [1]}'", json!({"a": [1]})),
        ("json", "'{broken'", json!("{broken")),
        ("", "5", json!(5)),
        ("anything", "null", Value::Null),
        ("text", "cast(x'ff41' as text)", json!("\u{fffd}A")),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn every_type_of_column_is_in_the_export() {
    for kind in super::KINDS {
        let company = Company::on(kind).await;
        let cases = if kind == "postgres" { postgres() } else { sqlite() };
        if kind == "postgres" {
            company
                .run(
                    "create type mood as enum ('glad');\ncreate domain positive as integer check (value > 0);\n\
                     create type pair as (a int, b text);\n",
                )
                .await;
        }
        let columns: Vec<String> =
            cases.iter().enumerate().map(|(i, (kind, ..))| format!("c{i} {kind}")).collect();
        let values: Vec<&str> = cases.iter().map(|(_, value, _)| *value).collect();
        company
            .run(&format!("create table thing (id bigint primary key, email text, {})", columns.join(", ")))
            .await;
        company.run(&format!("insert into thing values (1, 'a@example.com', {})", values.join(", "))).await;
        let fields: String = (0..cases.len()).map(|i| format!("          - {{name: c{i}}}\n")).collect();
        let map = format!(
            "dataset:\n  - fides_key: types\n    collections:\n      - name: thing\n        fields:\n          \
             - {{name: id, fides_meta: {{primary_key: true}}}}\n          \
             - {{name: email, fides_meta: {{identity: email}}}}\n{fields}"
        );
        let layout = company
            .layout_of(&map, "[[policy.rule]]\ntenant = 'dublin'\ncategory = 'user'\ndo = 'null'\n")
            .await;
        let (mut session, mut records) = (company.session().await, Records::default());
        let asked = [by_email("a@example.com")];
        let (found, _) = located(&company, &layout, &asked, v1::Kind::Access).await;
        let plans = [found[0].datasets.as_slice()];
        let collected = collect(&mut session, &layout, &asked, &plans, &mut records).await.unwrap();
        assert_eq!(collected.as_planned, [true], "{kind}");
        let record: serde_json::Map<String, Value> = match serde_json::from_str(&records.0[0]) {
            Ok(record) => record,
            // A number that only JSON itself can hold stands as it was.
            Err(_) => {
                serde_json::from_str(&records.0[0].replace("{\"a\":  1e400}", "\"{\\\"a\\\":  1e400}\""))
                    .unwrap()
            }
        };
        for (i, (type_name, value, expected)) in cases.iter().enumerate() {
            assert_eq!(record[&format!("c{i}")], *expected, "{kind}: {type_name} {value}");
        }
    }
}
