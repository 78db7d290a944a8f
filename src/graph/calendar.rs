//! Dates as days: the first and the last day that a date of any precision may mean.

use jiff::civil::Date;

/// First and last day of an EDTF date (ISO 8601-2): a day, month or year, an interval of two, each of which may be
/// marked as uncertain (`?`, `~`, `%`). None where the year is not known.
///
/// A month or day that is not known (`2019-XX`) or no number of one (a season) leaves the precision at what stands before.
pub(crate) fn days(date: &str) -> Option<(Date, Date)> {
    match date.split_once('/') {
        Some((from, to)) => {
            let ((first, _), (_, last)) = (days_of_one(from)?, days_of_one(to)?);
            (first <= last).then_some((first, last))
        }
        None => days_of_one(date),
    }
}

fn days_of_one(date: &str) -> Option<(Date, Date)> {
    let mut parts = date.trim_matches(['?', '~', '%']).split('-');
    let year = parts.next().filter(|year| year.len() == 4).and_then(number::<i16>)?;
    let month = parts.next().and_then(number::<i8>).filter(|month| (1..=12).contains(month));
    let Some(month) = month else { return Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)) };
    let first = Date::new(year, month, 1).ok()?;
    match parts.next().and_then(number::<i8>).and_then(|day| Date::new(year, month, day).ok()) {
        Some(day) => Some((day, day)),
        None => Some((first, first.last_of_month())),
    }
}

fn number<T: std::str::FromStr>(digits: &str) -> Option<T> {
    let digits = digits.trim_matches(['?', '~', '%']);
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_precision_has_its_days() {
        let shown = |date| days(date).map(|(first, last)| format!("{first} {last}"));
        assert_eq!(shown("2019-07-02").as_deref(), Some("2019-07-02 2019-07-02"));
        assert_eq!(shown("2020-02").as_deref(), Some("2020-02-01 2020-02-29"));
        assert_eq!(shown("2019~").as_deref(), Some("2019-01-01 2019-12-31"));
        assert_eq!(shown("2019-XX-XX").as_deref(), Some("2019-01-01 2019-12-31"));
        assert_eq!(shown("2019-07-30/2019-08-02").as_deref(), Some("2019-07-30 2019-08-02"));
        assert_eq!(shown("2019-02-31").as_deref(), Some("2019-02-01 2019-02-28"));
        for none in ["", "XXXX-04", "soon", "201", "2019/2018", "+019"] {
            assert_eq!(shown(none), None, "{none}");
        }
    }
}
