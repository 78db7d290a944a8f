//! Pronouns, cues, reference, dates and identity.

use rustc_hash::FxHashMap;

use super::Context;
use crate::pattern::{TypeMask, WordId, WordSet};
use crate::rules::Spanned;
use crate::rules::ruleset::Status;
use crate::rules::words::{Back, Cues, Dates, Discourse, Pronoun, through};
use crate::rules::written::IdentityWritten;

impl Context<'_> {
    fn forms_of(&mut self, words: &[Spanned<String>]) -> WordSet {
        let mut set = WordSet::default();
        for word in words {
            let forms = self.with_vocabulary(|v| v.forms(word.get_ref(), None));
            forms.iter().for_each(|w| set.insert(w));
        }
        set
    }

    pub(super) fn compile_pronouns(&mut self) -> FxHashMap<WordId, Vec<Pronoun>> {
        let mut out: FxHashMap<WordId, Vec<Pronoun>> = FxHashMap::default();
        for item in &self.written.pronouns {
            let value = &item.value;
            let mut types = TypeMask::NONE;
            for name in &value.types {
                types = types.union(self.mask_named(name, &item.file).unwrap_or_default());
            }
            for word in &value.words {
                let id = self.lexis.intern(word.get_ref());
                out.entry(id).or_default().push(Pronoun {
                    types,
                    person: value.person,
                    plural: value.plural,
                    gender: value.gender.clone(),
                    possessive: value.possessive,
                });
            }
        }
        out
    }

    pub(super) fn compile_cues(&mut self) -> Cues {
        let mut cues = Cues::default();
        for item in &self.written.cues {
            let value = &item.value;
            let Some(status) = self.one_of("E018", "status", &value.gives, &item.file, Status::NAMED) else { continue };
            let Some(governs) =
                self.one_of("E018", "way to act", &value.acts, &item.file, &[("on", false), ("govern", true)])
            else {
                continue;
            };
            let reported = match &value.reported {
                Some(status) => self.one_of("E018", "status", status, &item.file, Status::NAMED),
                None => None,
            };
            let mut ways = 0;
            for way in &value.through {
                ways |= self.one_of("E018", "way through", way, &item.file, through::NAMED).unwrap_or(0);
            }
            if ways == 0 {
                ways = through::ALL;
            }
            if governs {
                for word in self.forms_of(&value.words).iter() {
                    cues.govern.entry(word).or_default().push((status, ways));
                }
            } else {
                for word in &value.words {
                    let id = self.lexis.intern(word.get_ref());
                    cues.on.insert(id, status);
                    if let Some(status) = reported {
                        cues.on_reported.insert(id, status);
                    }
                }
            }
        }
        cues
    }

    pub(super) fn compile_discourse(&mut self) -> Discourse {
        let mut out = Discourse::default();
        for item in &self.written.discourse {
            let value = &item.value;
            self.forms_of(&value.transparent).iter().for_each(|w| out.transparent.insert(w));
            self.forms_of(&value.opaque).iter().for_each(|w| out.opaque.insert(w));
            self.forms_of(&value.counterpart).iter().for_each(|w| out.counterpart.insert(w));
            self.forms_of(&value.doubling).iter().for_each(|w| out.doubling.insert(w));
            self.forms_of(&value.gerunds).iter().for_each(|w| out.gerunds.insert(w));
            self.forms_of(&value.giving).iter().for_each(|w| out.giving.insert(w));
            self.forms_of(&value.rendering).iter().for_each(|w| out.rendering.insert(w));
            self.forms_of(&value.topics).iter().for_each(|w| out.topics.insert(w));
            self.forms_of(&value.aims).iter().for_each(|w| out.aims.insert(w));
            self.forms_of(&value.linking).iter().for_each(|w| out.linking.insert(w));
            self.forms_of(&value.light).iter().for_each(|w| out.light.insert(w));
            self.forms_of(&value.reporting).iter().for_each(|w| out.reporting.insert(w));
            for pair in &value.pairs {
                let mut types = TypeMask::NONE;
                for name in &pair.types {
                    types = types.union(self.mask_named(name, &item.file).unwrap_or_default());
                }
                for words in &pair.words {
                    let words = words.get_ref().split_whitespace().map(|w| self.lexis.intern(w)).collect();
                    out.pairs.push(Back { words, types, count: pair.count, owned: pair.owned, several: pair.several });
                }
            }
            for name in &value.things {
                out.things = out.things.union(self.mask_named(name, &item.file).unwrap_or_default());
            }
            if let Some(guess) = &value.guess {
                let mut of = |name| self.type_named(name, &item.file);
                let (several, one) = (of(&guess.several_words), of(&guess.one_word));
                out.guess = several.zip(one);
            }
            out.discriminating.extend(value.discriminating.iter().cloned());
            out.generic.extend(value.generic.iter().cloned());
            for group in &value.equivalent {
                if let Some(first) = group.first() {
                    out.equivalent.extend(group.iter().map(|w| (w.to_lowercase(), first.to_lowercase())));
                }
            }
            for word in &value.place_adpositions {
                let id = self.lexis.intern(word);
                out.place_adpositions.insert(id);
            }
        }
        out
    }

    pub(super) fn compile_dates(&mut self) -> Dates {
        let mut out = Dates::default();
        for item in &self.written.dates {
            let value = &item.value;
            for (file, column, months) in [(&value.months, "month", true), (&value.weekdays, "weekday", false)] {
                let Some(file) = file else { continue };
                for row in self.table(item.pack, file, &item.file).rows() {
                    let Some(number) = row.get("number").and_then(|n| n.parse::<u8>().ok()) else { continue };
                    for word in
                        [row.get(column), row.get("abbreviations")].into_iter().flatten().flat_map(|c| c.split('|'))
                    {
                        let id = self.lexis.intern(word.trim());
                        if months {
                            out.months.insert(id, number)
                        } else {
                            out.weekdays.insert(id, number)
                        };
                    }
                }
            }
            for (word, days) in &value.days {
                out.days.insert(self.lexis.intern(word), *days);
            }
            for (words, set) in [
                (&value.last, &mut out.last),
                (&value.this, &mut out.this),
                (&value.next, &mut out.next),
                (&value.week, &mut out.week),
                (&value.month, &mut out.month),
                (&value.year, &mut out.year),
                (&value.day, &mut out.day),
                (&value.ago, &mut out.ago),
                (&value.daytime, &mut out.daytime),
            ] {
                words.iter().for_each(|w| set.insert(self.lexis.intern(w)));
            }
            let orders = [("day-first", false), ("month-first", true)];
            let month_first =
                value.order.as_ref().and_then(|o| self.one_of("E018", "order", o, &item.file, &orders)) == Some(true);
            out.day_first = !month_first;
        }
        out
    }

    pub(super) fn compile_identity(&mut self) -> IdentityWritten {
        let mut out = IdentityWritten::default();
        for item in &self.written.identity {
            let value = item.value.clone();
            out.same.extend(value.same);
            out.never_same.extend(value.never_same);
            out.transliteration.extend(value.transliteration);
            out.particles.extend(value.particles);
            out.vowels.push_str(&value.vowels);
            out.near.extend(value.near);
            out.family_first.extend(value.family_first);
            if !value.tenure.attribute.is_empty() {
                out.tenure.attribute = value.tenure.attribute;
            }
            out.tenure.past.extend(value.tenure.past);
            out.tenure.future.extend(value.tenure.future);
            out.tenure.begins.extend(value.tenure.begins);
            out.tenure.ends.extend(value.tenure.ends);
            out.distinguishing.extend(value.distinguishing);
            out.roles.extend(value.roles);
            out.nameless.extend(value.nameless);
            value.equivalent.into_iter().for_each(|(k, v)| out.equivalent.entry(k).or_default().extend(v));
            value.vague.into_iter().for_each(|(k, v)| out.vague.entry(k).or_default().extend(v));
        }
        out
    }
}
