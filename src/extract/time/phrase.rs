//! How dates are written, by the words of the pack.

use std::ops::Range;

use jiff::civil::Date;

use crate::document::Document;
use crate::extract::lexed::Lexed;
use crate::language::Upos;
use crate::pattern::{Flags, WordId};
use crate::rules::Dates;

use super::calendar::{Unit, When};

/// What dates are read from.
pub(super) struct Phrases<'a> {
    pub(super) document: &'a Document,
    pub(super) lexed: &'a Lexed,
    pub(super) dates: &'a Dates,
    /// One past the last token that is looked at.
    pub(super) limit: u32,
}

impl<'a> Phrases<'a> {
    /// Every date from a token on, in text order.
    pub(super) fn all(&self, from: u32) -> impl Iterator<Item = (Range<u32>, When)> + '_ {
        let mut at = from;
        std::iter::from_fn(move || {
            while at < self.limit {
                let start = at;
                if let Some((end, when)) = self.date(start) {
                    at = end.min(self.limit);
                    return Some((start..at, when));
                }
                at += 1;
            }
            None
        })
    }

    fn date(&self, at: u32) -> Option<(u32, When)> {
        self.day(at)
            .or_else(|| self.weekday(at))
            .or_else(|| self.near(at))
            .or_else(|| self.ago(at))
            .or_else(|| self.year(at))
            .map(|(end, when)| (end + u32::from(self.dates.daytime.contains(self.word(end))), when))
    }

    fn word(&self, token: u32) -> WordId {
        if token < self.limit { self.lexed.words[token as usize] } else { WordId::NONE }
    }

    fn text(&self, token: u32) -> &'a str {
        if token < self.limit { self.document.surface(token) } else { "" }
    }

    fn capital(&self, token: u32) -> bool {
        let flags = self.lexed.flags[token as usize];
        flags.has(Flags::CAP) || flags.has(Flags::CAPS)
    }

    /// A number, also *3rd*.
    fn number(&self, token: u32) -> Option<i16> {
        let text = self.text(token);
        let digits = text.starts_with(|c: char| c.is_ascii_digit());
        digits.then(|| text.trim_end_matches(char::is_alphabetic).parse().ok()).flatten()
    }

    fn year_number(&self, token: u32) -> Option<i16> {
        self.number(token).filter(|n| (1900..2100).contains(n))
    }

    fn day_number(&self, token: u32) -> Option<i16> {
        self.number(token).filter(|n| (1..=31).contains(n) && self.text(token).len() <= 4)
    }

    fn past_comma(&self, token: u32) -> u32 {
        token + u32::from(self.text(token) == ",")
    }

    fn with_year(&self, end: u32, month: u8, day: Option<i16>) -> (u32, When) {
        let after = self.past_comma(end);
        match self.year_number(after) {
            Some(year) => (after + 1, When::Month { year: Some(year), month, day }),
            None => (end, When::Month { year: None, month, day }),
        }
    }

    /// *2015-05-18*, *18 May 2015*, *May 18, 2015*, *May 2015*, *May*.
    fn day(&self, at: u32) -> Option<(u32, When)> {
        if self.text(at).len() == 10
            && let Ok(date) = self.text(at).parse::<Date>()
        {
            return Some((at + 1, When::Date(date)));
        }
        if let (Some(day), Some(month)) = (self.day_number(at), self.dates.months.get(&self.word(at + 1))) {
            return Some(self.with_year(at + 2, *month, Some(day)));
        }
        // A month is written with a capital; a verb is not.
        let month = *self.dates.months.get(&self.word(at)).filter(|_| self.capital(at))?;
        if let Some(day) = self.day_number(at + 1) {
            return Some(self.with_year(at + 2, month, Some(day)));
        }
        let (end, when) = self.with_year(at + 1, month, None);
        let flags = self.lexed.flags[at as usize];
        (end > at + 1 || flags.has(Flags::PROPN) || flags.has(Flags::NAME)).then_some((end, when))
    }

    /// *Monday*, *late Monday*, *Tuesday, June 19*.
    fn weekday(&self, at: u32) -> Option<(u32, When)> {
        let day = at + u32::from(self.dates.daytime.contains(self.word(at)));
        let number = *self.dates.weekdays.get(&self.word(day)).filter(|_| self.capital(day))?;
        let (next, opened) = (self.past_comma(day + 1), self.text(day + 1) == "(");
        match self.day(next + u32::from(opened)) {
            Some((end, When::Month { year, month, day: Some(day) })) => {
                let end = end + u32::from(opened && self.text(end) == ")");
                Some((end, When::Month { year, month, day: Some(day) }))
            }
            _ => Some((day + 1, When::Weekday { number, shift: 0 })),
        }
    }

    fn unit(&self, token: u32) -> Option<Unit> {
        let word = self.word(token);
        let units = [
            (&self.dates.day, Unit::Day),
            (&self.dates.week, Unit::Week),
            (&self.dates.month, Unit::Month),
            (&self.dates.year, Unit::Year),
        ];
        units.into_iter().find(|(set, _)| set.contains(word)).map(|(_, unit)| unit)
    }

    /// *yesterday*, *last week*, *earlier this month*, *next Friday*.
    fn near(&self, at: u32) -> Option<(u32, When)> {
        let word = self.word(at);
        if let Some(days) = self.dates.days.get(&word) {
            return Some((at + 1, When::Off { unit: Unit::Day, shift: *days }));
        }
        let (last, this, next) =
            (self.dates.last.contains(word), self.dates.this.contains(word), self.dates.next.contains(word));
        if !(last || this || next) {
            return None;
        }
        // *earlier this month*, *this past week*
        let second = self.word(at + 1);
        let doubled = self.dates.this.contains(second) || this && self.dates.last.contains(second);
        let shift = match (last, next) {
            (true, _) => -1,
            (_, true) => 1,
            _ => -i32::from(doubled && self.dates.last.contains(second)),
        };
        let named = at + 1 + u32::from(doubled);
        if let Some(number) = self.dates.weekdays.get(&self.word(named)).filter(|_| self.capital(named)) {
            return Some((named + 1, When::Weekday { number: *number, shift }));
        }
        if let Some(month) = self.dates.months.get(&self.word(named)).filter(|_| self.capital(named)) {
            return Some((named + 1, When::NearMonth { month: *month, shift }));
        }
        let unit = self.unit(named).filter(|unit| *unit != Unit::Day)?;
        Some((named + 1, When::Off { unit, shift }))
    }

    /// *three weeks ago*; how many days that is only digits say.
    fn ago(&self, at: u32) -> Option<(u32, When)> {
        let counted = self.number(at).is_some() || self.lexed.morphs.get(at as usize)?.upos == Upos::Num;
        let unit = self.unit(at + 1).filter(|_| counted && self.dates.ago.contains(self.word(at + 2)))?;
        let when = self.number(at).map_or(When::Vague, |n| When::Off { unit, shift: -i32::from(n) });
        Some((at + 3, when))
    }

    /// A year, where it is no sum of money.
    fn year(&self, at: u32) -> Option<(u32, When)> {
        let year = self.year_number(at)?;
        let money = at > 0 && self.document.surface(at - 1).ends_with(['$', '€', '£']);
        (!money).then_some((at + 1, When::Year(year)))
    }
}
