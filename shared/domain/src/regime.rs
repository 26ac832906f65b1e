//! By when a law wants an answer.

use std::collections::BTreeSet;

use jiff::{Timestamp, ToSpan, Zoned, civil::Date, civil::Weekday, tz::TimeZone};

use crate::Regime;

/// What a tenant's calendar adds to the law: its time zone and its public holidays.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// Where the controller is: days begin and end there.
    pub zone: TimeZone,
    /// Public holidays, on which no period ends.
    pub holidays: BTreeSet<Date>,
}

impl Calendar {
    fn is_working_day(&self, day: Date) -> bool {
        !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !self.holidays.contains(&day)
    }

    /// The first instant after `day`.
    fn end_of(&self, day: Date) -> Result<Timestamp, jiff::Error> {
        Ok(day.tomorrow()?.to_zoned(self.zone.clone())?.timestamp())
    }
}

/// The instant at which the period is over: an answer is in time if it is given before.
///
/// # Errors
/// Only for dates near the end of what a calendar can hold (year 9999).
pub fn due_at(regime: Regime, received: Timestamp, calendar: &Calendar) -> Result<Timestamp, jiff::Error> {
    match regime {
        Regime::Gdpr => one_month(received, calendar),
    }
}

/// The earliest of several regimes' due dates: it binds.
///
/// # Errors
/// As [`due_at`].
pub fn earliest_due(
    regimes: &[Regime],
    received: Timestamp,
    calendar: &Calendar,
) -> Result<Option<Timestamp>, jiff::Error> {
    let mut earliest: Option<Timestamp> = None;
    for regime in regimes {
        let due = due_at(*regime, received, calendar)?;
        earliest = Some(earliest.map_or(due, |at| at.min(due)));
    }
    Ok(earliest)
}

/// GDPR Art. 12(3): one month of receipt. Regulation (EEC, Euratom) 1182/71 says how it runs: the day of
/// receipt does not count [3(1)]; it ends with the last hour of the same date of the next month, or of that
/// month's last day where there is no such date [3(2)(c)]; and where that is a public holiday, a Saturday or
/// a Sunday, with the last hour of the following working day [3(4)].
fn one_month(received: Timestamp, calendar: &Calendar) -> Result<Timestamp, jiff::Error> {
    let received: Zoned = received.to_zoned(calendar.zone.clone());
    let mut last_day = received.date().checked_add(1.month())?;
    while !calendar.is_working_day(last_day) {
        last_day = last_day.tomorrow()?;
    }
    calendar.end_of(last_day)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn dublin(holidays: &[Date]) -> Calendar {
        let zone = TimeZone::get("Europe/Dublin").unwrap();
        Calendar { zone, holidays: holidays.iter().copied().collect() }
    }

    /// The last day on which an answer to something received at this local time is in time.
    fn last_day(calendar: &Calendar, received: &str) -> Date {
        let received = format!("{received}[Europe/Dublin]").parse::<Zoned>().unwrap().timestamp();
        let due = due_at(Regime::Gdpr, received, calendar).unwrap().to_zoned(calendar.zone.clone());
        assert_eq!(due.time(), jiff::civil::Time::midnight(), "a period ends with its last hour");
        due.date().yesterday().unwrap()
    }

    #[test]
    fn one_month_ends_on_the_same_date_the_months_last_day_or_the_next_working_day() {
        let cases = [
            ("2026-03-05T10:00", date(2026, 4, 7), "5 April is Easter Sunday, 6 April Easter Monday"),
            ("2026-06-10T00:00", date(2026, 7, 10), "the same date"),
            ("2026-06-10T23:59", date(2026, 7, 10), "whatever the hour"),
            ("2026-08-31T12:00", date(2026, 9, 30), "no 31 September"),
            ("2027-01-29T12:00", date(2027, 3, 1), "28 February 2027 is a Sunday"),
            ("2028-01-31T12:00", date(2028, 2, 29), "a leap year"),
            ("2026-11-25T12:00", date(2026, 12, 28), "Christmas, St Stephen's Day, then a Sunday"),
        ];
        let calendar = dublin(&[date(2026, 4, 6), date(2026, 12, 25), date(2026, 12, 26)]);
        for (received, expected, why) in cases {
            assert_eq!(last_day(&calendar, received), expected, "{received}: {why}");
        }
    }

    #[test]
    fn the_day_of_receipt_is_the_controllers_own() {
        let received = "2026-06-10T23:30:00Z".parse().unwrap();
        let due = due_at(Regime::Gdpr, received, &dublin(&[])).unwrap();
        let summer_midnight: Timestamp = "2026-07-13T23:00:00Z".parse().unwrap();
        assert_eq!(due, summer_midnight, "00:30 on 11 June in Dublin; 11 July 2026 is a Saturday");
    }

    #[test]
    fn every_day_of_forty_years_ends_on_a_working_day_at_most_four_days_late() {
        let calendar = dublin(&[]);
        let mut day = date(2020, 1, 1);
        while day.year() < 2060 {
            let noon = day.at(12, 0, 0, 0).to_zoned(calendar.zone.clone()).unwrap().timestamp();
            let due = due_at(Regime::Gdpr, noon, &calendar).unwrap().to_zoned(calendar.zone.clone());
            let last = due.date().yesterday().unwrap();
            let days = day.until(last).unwrap().get_days();
            assert!((28..=33).contains(&days), "{day}: {days} days");
            assert!(calendar.is_working_day(last), "{day} ends on {last}");
            day = day.tomorrow().unwrap();
        }
    }

    #[test]
    fn the_earliest_regime_binds_and_none_sets_no_date() {
        let received = "2026-06-10T12:00:00Z".parse().unwrap();
        let calendar = dublin(&[]);
        let one = due_at(Regime::Gdpr, received, &calendar).unwrap();
        assert_eq!(earliest_due(&[Regime::Gdpr], received, &calendar).unwrap(), Some(one));
        assert_eq!(earliest_due(&[], received, &calendar).unwrap(), None);
    }
}
