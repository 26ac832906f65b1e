//! The shop that speed is measured on: the tables and counts that the strongest peer was measured with, 104,500 rows of
//! 10,000 customers, the same each time; and one more person with 70,000 rows.

/// Its tables, on PostgreSQL.
pub const SCHEMA: &str = include_str!("schema.sql");
/// Its rows, and the indexes that `redress check` asks for.
pub const ROWS: &str = include_str!("rows.sql");
/// Customer 10,001, who has 70,002 rows.
pub const LARGE: &str = include_str!("large.sql");
/// Its data map.
pub const MAP: &str = include_str!("map.yml");
/// A policy by which fields are made empty: see [`ERASED`].
pub const FIELDS: &str = include_str!("fields.toml");
/// A policy by which rows go.
pub const WHOLE_ROWS: &str = include_str!("rows.toml");

/// What [`FIELDS`] makes empty.
pub const ERASED: [(&str, &[&str]); 7] = [
    ("address", &["house", "street", "city", "zip"]),
    ("customer", &["name", "phone", "birth_date"]),
    ("login", &["ip", "user_agent"]),
    ("orders", &["note"]),
    ("payment_card", &["ccn"]),
    ("service_request", &["subject", "body"]),
    ("visit", &["referrer"]),
];

/// How a customer is known.
pub fn email(customer: u32) -> String {
    format!("cust{customer:05}@example.com")
}

/// How many rows are a customer's.
pub const fn rows_of(customer: u32) -> u64 {
    match customer {
        1..=2000 => 11,
        2001..=10_000 => 10,
        10_001 => 70_002,
        _ => 0,
    }
}
