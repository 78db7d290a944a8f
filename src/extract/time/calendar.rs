//! From what a text says of a day to the day itself, written as EDTF (ISO 8601-2).

use jiff::ToSpan;
use jiff::civil::Date;

/// A stretch of days that is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Year,
}

/// What a text says of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// A day of the calendar.
    Date(Date),
    /// A month, with or without its day and year.
    Month { year: Option<i16>, month: u8, day: Option<i16> },
    /// A year.
    Year(i16),
    /// The weekday on or before publication, shifted by whole weeks.
    Weekday { number: u8, shift: i32 },
    /// The month of that number before (-1) or after (1) publication, or of its year.
    NearMonth { month: u8, shift: i32 },
    /// So many units from publication.
    Off { unit: Unit, shift: i32 },
    /// A day that cannot be told from the text.
    Vague,
}

impl When {
    /// The day in EDTF, given the day of publication where it is known.
    pub(super) fn edtf(self, published: Option<Date>) -> Option<String> {
        match self {
            When::Date(date) => Some(date.to_string()),
            When::Month { year, month, day } => full(year, month, day, published),
            When::Year(year) => Some(format!("{year:04}")),
            When::Weekday { number, shift } => weekday_before(published?, number, shift).map(|d| d.to_string()),
            When::NearMonth { month, shift } => {
                let published = published?;
                let year = published.year() + i16::from(shift > 0 && (month as i8) <= published.month())
                    - i16::from(shift < 0 && (month as i8) >= published.month());
                Some(format!("{year:04}-{month:02}"))
            }
            When::Off { unit, shift } => off(published?, unit, shift),
            When::Vague => None,
        }
    }
}

fn off(published: Date, unit: Unit, shift: i32) -> Option<String> {
    match unit {
        Unit::Day => published.checked_add(shift.days()).ok().map(|d| d.to_string()),
        Unit::Week => {
            let day = published.checked_add(shift.checked_mul(7)?.days()).ok()?;
            let monday = day.checked_sub(i32::from(day.weekday().to_monday_zero_offset()).days()).ok()?;
            let sunday = monday.checked_add(6.days()).ok()?;
            Some(format!("{monday}/{sunday}"))
        }
        Unit::Month => {
            let date = published.checked_add(shift.months()).ok()?;
            Some(format!("{:04}-{:02}", date.year(), date.month()))
        }
        Unit::Year => {
            let year = i32::from(published.year()).checked_add(shift).filter(|y| (0..10_000).contains(y))?;
            Some(format!("{year:04}"))
        }
    }
}

/// A month with or without a day; the year that lies nearest before publication where none is given.
fn full(year: Option<i16>, month: u8, day: Option<i16>, published: Option<Date>) -> Option<String> {
    let year = match (year, published) {
        (Some(year), _) => year,
        (None, Some(published)) => {
            // A date in the next month is more likely to come than to be eleven months gone.
            let ahead = i16::from(month as i8 > published.month() + 1);
            published.year() - ahead
        }
        (None, None) => {
            return Some(day.map_or_else(|| format!("XXXX-{month:02}"), |d| format!("XXXX-{month:02}-{d:02}")));
        }
    };
    match day {
        Some(day) => Date::new(year, month as i8, i8::try_from(day).ok()?).ok().map(|d| d.to_string()),
        None => Some(format!("{year:04}-{month:02}")),
    }
}

/// The weekday on or before publication, shifted by whole weeks.
fn weekday_before(published: Date, weekday: u8, shift: i32) -> Option<Date> {
    let today = i32::from(published.weekday().to_monday_one_offset());
    let back = (today - i32::from(weekday)).rem_euclid(7);
    let base = published.checked_sub(back.days()).ok()?;
    match shift {
        0 => Some(base),
        s if s < 0 && back == 0 => base.checked_sub(7.days()).ok(),
        s if s < 0 => Some(base),
        _ => base.checked_add(7.days()).ok(),
    }
}
