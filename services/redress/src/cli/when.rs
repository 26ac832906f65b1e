//! Times and dates, as a person reads them.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

/// What time it is where.
#[derive(Debug, Clone)]
pub struct Now {
    /// The time.
    pub at: Timestamp,
    /// The reader's zone.
    pub zone: TimeZone,
}

impl Now {
    /// To the minute, with its zone.
    pub fn moment(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone()).strftime("%Y-%m-%d %H:%M %Z").to_string()
    }

    /// To the second, without its zone: for columns.
    pub fn second(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone()).strftime("%Y-%m-%d %H:%M:%S").to_string()
    }

    /// The day alone.
    pub fn day(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone()).strftime("%Y-%m-%d").to_string()
    }

    /// How far off it is: `30 days left`, `5 hours left`, `2 days over`.
    pub fn left(&self, due: Timestamp) -> String {
        let left = due.duration_since(self.at);
        format!("{} {}", span(left.abs()), if left.is_negative() { "over" } else { "left" })
    }

    /// The name of the zone, for a heading.
    pub fn zone_name(&self) -> String {
        self.at.to_zoned(self.zone.clone()).strftime("%Z").to_string()
    }
}

fn span(span: SignedDuration) -> String {
    let hours = span.as_hours();
    match hours {
        0 => counted(span.as_mins().unsigned_abs(), "minute"),
        1..48 => counted(hours.unsigned_abs(), "hour"),
        _ => counted(hours.unsigned_abs() / 24, "day"),
    }
}

/// A number with its noun.
pub fn counted(number: u64, what: &str) -> String {
    match what.strip_suffix("ry") {
        _ if number == 1 => format!("1 {what}"),
        Some(stem) => format!("{number} {stem}ries"),
        None => format!("{number} {what}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_told_in_the_unit_that_fits() {
        let at: Timestamp = "2026-11-22T12:00:00Z".parse().unwrap();
        let now = Now { at, zone: TimeZone::get("Europe/Dublin").unwrap() };
        for (due, expected) in [
            ("2026-12-22T23:59:59Z", "30 days left"),
            ("2026-11-24T12:00:00Z", "2 days left"),
            ("2026-11-24T11:59:59Z", "47 hours left"),
            ("2026-11-22T13:00:00Z", "1 hour left"),
            ("2026-11-22T12:59:00Z", "59 minutes left"),
            ("2026-11-22T12:00:00Z", "0 minutes left"),
            ("2026-11-22T11:00:00Z", "1 hour over"),
            ("2026-11-01T12:00:00Z", "21 days over"),
        ] {
            assert_eq!(now.left(due.parse().unwrap()), expected);
        }
        let summer = "2026-06-30T23:30:00Z".parse().unwrap();
        assert_eq!(now.moment(summer), "2026-07-01 00:30 IST");
        assert_eq!((now.day(summer), now.zone_name()), ("2026-07-01".to_owned(), "GMT".to_owned()));
    }
}
