//! How a page says counts, times and kinds.

use std::borrow::Borrow;

use jiff::{Timestamp, tz::TimeZone};
use redress_domain::IdentifierKind;

/// `5,000`.
pub(super) fn grouped(number: impl Borrow<u64>) -> String {
    let digits = number.borrow().to_string();
    let mut out = String::with_capacity(digits.len() * 4 / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `5,000 records`, `1 record`.
pub(super) fn counted(number: impl Borrow<u64>, what: &str) -> String {
    let number: u64 = *number.borrow();
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {what}{plural}", grouped(number))
}

/// `10 June 2026, 12:00 UTC`.
pub(super) fn time(time: &Timestamp) -> String {
    time.to_zoned(TimeZone::UTC).strftime("%-d %B %Y, %H:%M UTC").to_string()
}

/// What a kind of identifier is called.
pub(super) fn kind(kind: impl Borrow<IdentifierKind>) -> &'static str {
    match kind.borrow() {
        IdentifierKind::Email => "e-mail address",
        IdentifierKind::ObjectId => "directory object",
        IdentifierKind::Upn => "sign-in name",
        IdentifierKind::Phone => "telephone number",
        IdentifierKind::CustomerId => "customer number",
        IdentifierKind::EmailSha256 => "hash of the e-mail address",
        IdentifierKind::PhoneSha256 => "hash of the telephone number",
        IdentifierKind::Field => "keys of records",
        IdentifierKind::Name => "name",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_times_are_written_as_people_write_them() {
        for (number, written) in
            [(0_u64, "0"), (12, "12"), (999, "999"), (1000, "1,000"), (1234567, "1,234,567")]
        {
            assert_eq!(grouped(number), written);
        }
        assert_eq!(counted(0_u64, "record"), "0 records");
        assert_eq!(counted(1_u64, "record"), "1 record");
        assert_eq!(counted(5000_u64, "record"), "5,000 records");
        assert_eq!(time(&"2026-06-09T12:04:59Z".parse().unwrap()), "9 June 2026, 12:04 UTC");
    }
}
