//! Dates of different precision: which agree, and which of many belong together.
//!
//! EDTF dates, where a less precise one is the beginning of a more precise one (`2015` of `2015-05-18`).

/// Whether two dates can be the same: equal, or one the less precise form of the other.
pub(super) fn compatible(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    long.strip_prefix(short).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// Puts each date into a group: for each input the most precise date of its group.
///
/// A missing or less precise date joins the one most precise date that it agrees with; where it agrees with several it
/// cannot be known which is meant, and it stays a group of its own. A function of the set: the order does not matter.
pub(super) fn group(dates: &[Option<&str>]) -> Vec<Option<String>> {
    let mut distinct: Vec<&str> = dates.iter().flatten().copied().collect();
    distinct.sort_unstable();
    distinct.dedup();
    // In sorted order a prefix stands right before its extensions, so that one look ahead finds whether it has any.
    let precise: Vec<&str> = distinct
        .iter()
        .enumerate()
        .filter(|(at, date)| {
            !distinct[at + 1..].iter().take_while(|next| next.starts_with(**date)).any(|next| compatible(date, next))
        })
        .map(|(_, date)| *date)
        .collect();
    dates
        .iter()
        .map(|date| match date {
            None if precise.len() == 1 => Some(precise[0].to_string()),
            None => None,
            Some(date) => {
                let from = precise.partition_point(|other| other < date);
                let mut fits = precise[from..]
                    .iter()
                    .take_while(|other| other.starts_with(date))
                    .filter(|other| compatible(date, other));
                match (fits.next(), fits.next()) {
                    (Some(only), None) => Some((*only).to_string()),
                    _ => Some((*date).to_string()),
                }
            }
        })
        .collect()
}

/// Days since an epoch, from the leading year, month and day of a date; missing parts count as the middle of theirs.
pub(super) fn day_number(date: &str) -> Option<i64> {
    let mut parts = date.split('-');
    let year: i64 = parts.next()?.get(..4)?.parse().ok()?;
    let mut number = |range: std::ops::RangeInclusive<i64>, middle| {
        parts
            .next()
            .and_then(|part| part.get(..2)?.parse().ok())
            .filter(|value| range.contains(value))
            .unwrap_or(middle)
    };
    let month = number(1..=12, 7);
    let day = number(1..=31, 15);
    Some(year * 365 + year / 4 + (month - 1) * 30 + day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_less_precise_date_joins_the_only_one_it_agrees_with() {
        let groups = group(&[Some("2015"), Some("2015-05-18"), None]);
        assert!(groups.iter().all(|date| date.as_deref() == Some("2015-05-18")));
    }

    #[test]
    fn it_stays_alone_where_it_agrees_with_several() {
        let groups = group(&[None, Some("2015-05"), Some("2015"), Some("2015-07-01")]);
        assert_eq!(groups[0], None);
        assert_eq!(groups[2].as_deref(), Some("2015"));
    }

    #[test]
    fn only_whole_parts_are_prefixes() {
        assert!(!compatible("2015-0", "2015-05"));
        assert!(compatible("2015-05", "2015"));
        assert!(!compatible("2015-05", "2015-07"));
    }

    #[test]
    fn days_are_apart_as_far_as_the_calendar_says() {
        let day = |date| day_number(date).unwrap();
        assert!(day("2016-05-18") - day("2015-05-18") <= 366);
        assert!(day("2017-01-01") - day("2015-05-18") > 366);
        assert_eq!(day_number("soon"), None);
    }
}
