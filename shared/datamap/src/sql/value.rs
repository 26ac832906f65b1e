//! A database's value as a package shows it.
//!
//! Whole numbers below 2^53 and booleans are JSON's own; larger ones and decimals are texts, so that no reader
//! rounds them; moments are RFC 3339; bytes are base64; arrays and JSON are JSON; anything else is the
//! database's own text.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use jiff::civil::DateTime;
use serde_json::{Value, value::RawValue};

use super::{Cell, Column, Family};

/// Beyond this a JSON reader that knows only doubles would round.
const EXACT_BELOW: u64 = 1 << 53;

/// Writes the JSON of a value.
pub(crate) fn write_json(out: &mut String, cell: &Cell, column: &Column) {
    match cell {
        Cell::Null => out.push_str("null"),
        Cell::Int(number) if column.family == Family::Boolean && matches!(number, 0 | 1) => {
            out.push_str(if *number == 1 { "true" } else { "false" });
        }
        Cell::Int(number) => write_int(out, *number),
        Cell::Real(number) => write_text(out, &number.to_string()),
        Cell::Blob(bytes) => write_text(out, &BASE64_STANDARD.encode(bytes)),
        Cell::Text(text) => write_typed(out, text, column.family),
    }
}

fn write_typed(out: &mut String, text: &str, family: Family) {
    match (family, text) {
        (Family::Boolean, "t" | "true") => out.push_str("true"),
        (Family::Boolean, "f" | "false") => out.push_str("false"),
        (Family::Integer, _) => match text.parse() {
            Ok(number) => write_int(out, number),
            Err(_) => write_text(out, text),
        },
        (Family::Json, _) => match serde_json::from_str::<&RawValue>(text) {
            // On one line: a record is a line.
            Ok(raw) if !raw.get().contains('\n') => out.push_str(raw.get()),
            Ok(raw) => out.push_str(&on_one_line(raw.get())),
            Err(_) => write_text(out, text),
        },
        (Family::Array | Family::ArrayOfText, _) => match serde_json::from_str::<Value>(text) {
            Ok(mut value) => {
                keep_exact(&mut value);
                out.push_str(&value.to_string());
            }
            Err(_) => write_text(out, text),
        },
        (Family::Moment | Family::LocalMoment, _) => write_text(out, &moment(text)),
        _ => write_text(out, text),
    }
}

fn write_int(out: &mut String, number: i64) {
    let exact = number.unsigned_abs() < EXACT_BELOW;
    if exact { out.push_str(&number.to_string()) } else { write_text(out, &number.to_string()) }
}

pub(crate) fn write_text(out: &mut String, text: &str) {
    if text.bytes().any(|byte| byte < b' ' || matches!(byte, b'"' | b'\\')) {
        out.push_str(&Value::from(text).to_string());
    } else {
        out.extend(["\"", text, "\""]);
    }
}

/// Line breaks stand in JSON only between its parts.
fn on_one_line(json: &str) -> String {
    json.replace(['\n', '\r'], " ")
}

fn keep_exact(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(keep_exact),
        Value::Number(number) => {
            let inexact = number.as_i64().is_none_or(|number| number.unsigned_abs() >= EXACT_BELOW);
            if inexact {
                *value = Value::from(number.to_string());
            }
        }
        _ => {}
    }
}

/// SQLite's own way to write a moment becomes RFC 3339's, without a zone where it has none; anything else stays.
fn moment(text: &str) -> String {
    match text.parse::<DateTime>() {
        Ok(_) if text.len() > 10 => text.replacen(' ', "T", 1),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(cell: &Cell, family: Family) -> String {
        let column = Column {
            name: "c".to_owned(),
            type_name: String::new(),
            family,
            not_null: false,
            generated: false,
            length_max: None,
            readable: true,
        };
        let mut out = String::new();
        write_json(&mut out, cell, &column);
        out
    }

    #[test]
    fn every_kind_of_value_has_its_json() {
        let text = |text: &str| Cell::Text(text.to_owned());
        let cases = [
            (Cell::Null, Family::Integer, "null"),
            (Cell::Int(-7), Family::Integer, "-7"),
            (Cell::Int((1 << 53) - 1), Family::Integer, "9007199254740991"),
            (Cell::Int(1 << 53), Family::Integer, "\"9007199254740992\""),
            (Cell::Int(i64::MIN), Family::Other, "\"-9223372036854775808\""),
            (Cell::Int(1), Family::Boolean, "true"),
            (Cell::Int(2), Family::Boolean, "2"),
            (Cell::Real(0.1), Family::Number, "\"0.1\""),
            (Cell::Blob(vec![0, 255]), Family::Text, "\"AP8=\""),
            (text("9007199254740993"), Family::Integer, "\"9007199254740993\""),
            (text("12"), Family::Integer, "12"),
            (text("t"), Family::Boolean, "true"),
            (text("1.10"), Family::Number, "\"1.10\""),
            (text("NaN"), Family::Number, "\"NaN\""),
            (text("{\"a\": 1e400,\n\"b\":[1]}"), Family::Json, "{\"a\": 1e400, \"b\":[1]}"),
            (text("{broken"), Family::Json, "\"{broken\""),
            (text("[1,9007199254740993,[null]]"), Family::Array, "[1,\"9007199254740993\",[null]]"),
            (text("[\"1.10\"]"), Family::ArrayOfText, "[\"1.10\"]"),
            (text("2026-11-22 10:00:00"), Family::LocalMoment, "\"2026-11-22T10:00:00\""),
            (text("2026-11-22T10:00:00.5+02:00"), Family::Moment, "\"2026-11-22T10:00:00.5+02:00\""),
            (text("2026-11-22"), Family::Moment, "\"2026-11-22\""),
            (text("infinity"), Family::Moment, "\"infinity\""),
            (text("a\"<b>\n"), Family::Other, "\"a\\\"<b>\\n\""),
        ];
        for (cell, family, expected) in cases {
            assert_eq!(json(&cell, family), expected, "{cell:?} {family:?}");
        }
    }
}
