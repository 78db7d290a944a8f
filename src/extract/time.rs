//! Dates in the text, with the precision they are given in, as EDTF (ISO 8601-2).
//!
//! The words come from the pack; only the calendar is here. Relative dates are reckoned from the day of publication.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::document::Document;
use crate::pattern::{Flags, WordId};
use crate::rules::{Dates, RuleSet};

use super::lexed::Lexed;

/// A date that the text gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateMention {
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
    /// EDTF.
    pub edtf: String,
}

/// The day of publication: what the record or the header says, else the first full date of the text's first lines.
pub fn publication(document: &Document, lexed: &Lexed, rules: &RuleSet) -> Option<Date> {
    if let Some(date) = &document.date
        && let Some(found) = parse_text(&date.text, rules)
    {
        return Some(found);
    }
    // A dateline or byline may hold one.
    let limit = document.tokens.len().min(120) as u32;
    let mut at = 0;
    while at < limit {
        if let Some((end, when)) = date_at(document, lexed, &rules.dates, at, limit, None) {
            if let Ok(date) = when.parse::<Date>() {
                return Some(date);
            }
            at = end;
        } else {
            at += 1;
        }
    }
    None
}

/// Reads a date out of a line such as `Monday 18 May 2015 - 21:53` or `2019-07-03T10:00Z`.
pub fn parse_text(text: &str, rules: &RuleSet) -> Option<Date> {
    let mut numbers: Vec<(usize, i32)> = Vec::new();
    let mut month = None;
    for (i, piece) in text.split(|c: char| !c.is_alphanumeric()).filter(|p| !p.is_empty()).enumerate() {
        if let Ok(number) = piece.trim_end_matches(|c: char| c.is_alphabetic()).parse::<i32>() {
            numbers.push((i, number));
        } else if month.is_none() {
            let id = rules.lexis.find(&crate::pattern::fold(piece));
            month = rules.dates.months.get(&id).copied();
        }
    }
    let year = numbers.iter().map(|(_, n)| *n).find(|n| (1900..2100).contains(n))?;
    let small: Vec<i32> = numbers.iter().map(|(_, n)| *n).filter(|n| (1..=31).contains(n)).collect();
    let year_first = numbers.first().is_some_and(|(_, n)| *n == year);
    let (month, day) = match (month, small.as_slice()) {
        (Some(month), [day, ..]) => (i32::from(month), *day),
        (None, [a, b, ..]) if year_first => (*a, *b),
        (None, [a, b, ..]) if *a > 12 || rules.dates.day_first && *b <= 12 => (*b, *a),
        (None, [a, b, ..]) => (*a, *b),
        _ => return None,
    };
    Date::new(year as i16, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// All dates of a stretch of tokens.
pub fn find(
    document: &Document,
    lexed: &Lexed,
    rules: &RuleSet,
    range: std::ops::Range<usize>,
    published: Option<Date>,
) -> Vec<DateMention> {
    let mut out = Vec::new();
    let (mut at, limit) = (range.start as u32, range.end as u32);
    while at < limit {
        match date_at(document, lexed, &rules.dates, at, limit, published) {
            Some((end, edtf)) => {
                out.push(DateMention { start: at, end, edtf });
                at = end;
            }
            None => at += 1,
        }
    }
    out
}

fn date_at(
    document: &Document,
    lexed: &Lexed,
    dates: &Dates,
    at: u32,
    limit: u32,
    published: Option<Date>,
) -> Option<(u32, String)> {
    let word = |t: u32| if t < limit { lexed.words[t as usize] } else { WordId::NONE };
    let number = |t: u32| {
        let digits = |t: u32| document.surface(t).starts_with(|c: char| c.is_ascii_digit());
        (t < limit && (lexed.flags[t as usize].has(Flags::NUMBER) || digits(t)))
            .then(|| document.surface(t).trim_end_matches(|c: char| c.is_alphabetic()).parse::<i16>().ok())
            .flatten()
    };
    let year_at = |t: u32| number(t).filter(|n| (1900..2100).contains(n));
    let day_at = |t: u32| number(t).filter(|n| (1..=31).contains(n) && document.surface(t).len() <= 4);
    let comma = |t: u32| if t < limit && document.surface(t) == "," { t + 1 } else { t };
    // ISO in one token.
    if at < limit
        && document.surface(at).len() == 10
        && let Ok(date) = document.surface(at).parse::<Date>()
    {
        return Some((at + 1, date.to_string()));
    }
    // 18 May 2015, 18 May
    if let (Some(day), Some(month)) = (day_at(at), dates.months.get(&word(at + 1))) {
        let after = comma(at + 2);
        let (end, year) = match year_at(after) {
            Some(year) => (after + 1, Some(year)),
            None => (at + 2, None),
        };
        return Some((end, full(year, *month, Some(day), published)?));
    }
    // May 18, 2015; May 18; May 2015; May
    if let Some(month) = dates.months.get(&word(at)) {
        // A month is written with a capital; a verb is not.
        if lexed.flags[at as usize].has(Flags::CAP) || lexed.flags[at as usize].has(Flags::CAPS) {
            if let Some(day) = day_at(at + 1) {
                let after = comma(at + 2);
                let (end, year) = match year_at(after) {
                    Some(year) => (after + 1, Some(year)),
                    None => (at + 2, None),
                };
                return Some((end, full(year, *month, Some(day), published)?));
            }
            let after = comma(at + 1);
            if let Some(year) = year_at(after) {
                return Some((after + 1, format!("{year:04}-{month:02}")));
            }
            if lexed.flags[at as usize].has(Flags::PROPN) || lexed.flags[at as usize].has(Flags::NAME) {
                return Some((at + 1, full(None, *month, None, published)?));
            }
        }
    }
    if let Some(year) = year_at(at) {
        let lone = at == 0 || !document.surface(at - 1).ends_with(['$', '€', '£']);
        return lone.then(|| (at + 1, format!("{year:04}")));
    }
    let published = published?;
    if let Some(days) = dates.days.get(&word(at)) {
        return Some((at + 1, published.checked_add((*days).days()).ok()?.to_string()));
    }
    if let Some(weekday) = dates.weekdays.get(&word(at)) {
        return Some((at + 1, weekday_before(published, *weekday, 0)?.to_string()));
    }
    let (last, this, next) =
        (dates.last.contains(word(at)), dates.this.contains(word(at)), dates.next.contains(word(at)));
    if last || this || next {
        // *earlier this month*
        let unit_at = if dates.this.contains(word(at + 1)) { at + 2 } else { at + 1 };
        let shift: i32 = if last { -1 } else { i32::from(next) };
        let unit = word(unit_at);
        if let Some(weekday) = dates.weekdays.get(&unit) {
            return Some((unit_at + 1, weekday_before(published, *weekday, shift)?.to_string()));
        }
        if let Some(month) = dates.months.get(&unit) {
            let year = published.year() + i16::from(next && (*month as i8) <= published.month())
                - i16::from(last && (*month as i8) >= published.month());
            return Some((unit_at + 1, format!("{year:04}-{month:02}")));
        }
        if dates.month.contains(unit) {
            let date = published.checked_add(shift.months()).ok()?;
            return Some((unit_at + 1, format!("{:04}-{:02}", date.year(), date.month())));
        }
        if dates.year.contains(unit) {
            return Some((unit_at + 1, format!("{:04}", i32::from(published.year()) + shift)));
        }
        if dates.week.contains(unit) {
            let day = published.checked_add((shift * 7).days()).ok()?;
            let monday = day.checked_sub(i32::from(day.weekday().to_monday_zero_offset()).days()).ok()?;
            let sunday = monday.checked_add(6.days()).ok()?;
            return Some((unit_at + 1, format!("{monday}/{sunday}")));
        }
    }
    None
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
