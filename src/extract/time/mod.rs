//! Dates in the text, with the precision they are given in, as EDTF (ISO 8601-2).
//!
//! The words come from the pack; only the calendar is here. Relative dates are reckoned from the day of publication, and
//! are found where it is not known as well: the parse leaves dates out.

use jiff::civil::Date;

use crate::document::Document;
use crate::rules::RuleSet;

use super::lexed::Lexed;

mod calendar;
mod phrase;

use phrase::Phrases;

/// A date that the text gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateMention {
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
    /// EDTF; none where it is told from a day of publication that nobody knows.
    pub edtf: Option<String>,
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
    let phrases = Phrases { document, lexed, dates: &rules.dates, limit };
    phrases.all(0).find_map(|(_, when)| when.edtf(None)?.parse::<Date>().ok())
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
    let phrases = Phrases { document, lexed, dates: &rules.dates, limit: range.end as u32 };
    let mention = |(at, when): (std::ops::Range<u32>, calendar::When)| DateMention {
        start: at.start,
        end: at.end,
        edtf: when.edtf(published),
    };
    phrases.all(range.start as u32).map(mention).collect()
}
