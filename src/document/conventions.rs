//! How a language and its pages are written, compiled from [`SegmentationFile`].

use rustc_hash::{FxHashMap, FxHashSet};

use super::SegmentationFile;
use super::pattern::{LinePattern, LinePatterns};
use super::written::Pattern;
use crate::source::Span;

/// What the period of an abbreviation means.
#[derive(Debug, Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AbbreviationKind {
    /// A name follows: never the end of a sentence (`Lt.`).
    Title,
    /// May stand last in a sentence (`U.S.`).
    Ender,
    /// An abbreviation only before a number (`No.`).
    Number,
}

impl AbbreviationKind {
    /// The kind called `title`, `ender` or `number`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "title" => Some(AbbreviationKind::Title),
            "ender" => Some(AbbreviationKind::Ender),
            "number" => Some(AbbreviationKind::Number),
            _ => None,
        }
    }
}

/// Something in the file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The key: `layout.meta`.
    pub key: &'static str,
    /// The value at fault.
    pub value: String,
    /// Where the value stands in the file, quotes included, when that is known.
    pub span: Option<Span>,
    /// What is wrong, in a sentence without a final period.
    pub message: String,
}

/// Compiled conventions: immutable, shared by every thread.
#[derive(Debug, Default)]
pub struct Conventions {
    /// Endings with a straight apostrophe, longest first, and whether they mark a possessor.
    pub(super) clitics: Vec<(String, bool)>,
    /// Lower-case word to the byte at which it is cut.
    pub(super) split: FxHashMap<String, usize>,
    pub(super) apostrophe_first: FxHashSet<String>,
    pub(super) domains: FxHashSet<String>,
    pub(super) particles: FxHashSet<String>,
    pub(super) starters: FxHashSet<String>,
    /// With the final period, as written and in capitals.
    pub(super) abbreviations: FxHashMap<String, AbbreviationKind>,
    pub(super) possessive: String,
    pub(super) possessive_words: LinePatterns,
    pub(super) plural_names: Vec<String>,
    pub(super) after: Vec<String>,
    pub(super) after_name: Vec<String>,
    pub(super) before: Vec<String>,
    pub(super) both: FxHashSet<String>,
    pub(super) whole: FxHashSet<String>,
    pub(super) function_words: FxHashSet<String>,
    pub(super) headline_words: usize,
    pub(super) subhead_words: usize,
    pub(super) date_lines: Vec<LinePattern>,
    pub(super) meta: LinePatterns,
    pub(super) byline: LinePatterns,
    /// With whether the place must be a known name.
    pub(super) dateline: Vec<(LinePattern, bool)>,
    pub(super) boilerplate: LinePatterns,
    pub(super) to_end: LinePatterns,
    pub(super) listing: LinePatterns,
    pub(super) teaser: LinePatterns,
}

impl Conventions {
    /// Compile what was written; `abbreviations` (with their periods) come on top of those of the file.
    ///
    /// # Errors
    /// Every fault that was found: patterns that are not regular expressions or lack a group, cuts without a `|`.
    pub fn compile(
        written: &SegmentationFile,
        abbreviations: &[(String, AbbreviationKind)],
    ) -> Result<Conventions, Vec<Fault>> {
        let mut faults = Faults::default();
        let layout = &written.layout;
        let tokens = &written.tokens;
        let repair = &written.repair;
        let mut dateline = faults.anchored("layout.dateline", &layout.dateline, "place", false);
        let first_named = dateline.len();
        dateline.extend(faults.anchored("layout.dateline_named", &layout.dateline_named, "place", false));
        let conventions = Conventions {
            clitics: clitics(tokens),
            split: faults.split(&tokens.split),
            apostrophe_first: set(&tokens.apostrophe_first),
            domains: set(&tokens.domains),
            particles: set(&tokens.particles),
            starters: set(&written.sentences.starters),
            abbreviations: faults.abbreviations(&written.abbreviations, abbreviations),
            possessive: repair.possessive.clone(),
            possessive_words: faults.set("repair.possessive_words", &repair.possessive_words),
            plural_names: repair.plural_names.clone(),
            after: repair.after.clone(),
            after_name: repair.after_name.clone(),
            before: repair.before.clone(),
            both: set(&repair.both),
            whole: set(&repair.whole),
            function_words: set(&layout.function_words),
            headline_words: layout.headline_words.unwrap_or(25) as usize,
            subhead_words: layout.subhead_words.unwrap_or(12) as usize,
            date_lines: faults.anchored("layout.date_lines", &layout.date_lines, "date", true),
            meta: faults.set("layout.meta", &layout.meta),
            byline: faults.set("layout.byline", &layout.byline),
            dateline: dateline.into_iter().enumerate().map(|(i, regex)| (regex, i >= first_named)).collect(),
            boilerplate: faults.set("layout.boilerplate", &layout.boilerplate),
            to_end: faults.set("layout.to_end", &layout.to_end),
            listing: faults.set("layout.listing", &layout.listing),
            teaser: faults.set("layout.teaser", &layout.teaser),
        };
        if faults.0.is_empty() { Ok(conventions) } else { Err(faults.0) }
    }
}

fn set(words: &[String]) -> FxHashSet<String> {
    words.iter().map(|word| word.to_lowercase()).collect()
}

fn clitics(tokens: &super::written::Tokens) -> Vec<(String, bool)> {
    let mut clitics: Vec<_> =
        tokens.clitics.iter().map(|c| (c.to_lowercase(), tokens.possessive.contains(c))).collect();
    clitics.sort_by_key(|(clitic, _)| std::cmp::Reverse(clitic.len()));
    clitics
}

#[derive(Default)]
struct Faults(Vec<Fault>);

impl Faults {
    fn add(&mut self, key: &'static str, value: &str, span: Option<Span>, message: impl Into<String>) {
        self.0.push(Fault { key, value: value.to_owned(), span, message: message.into() });
    }

    fn split(&mut self, words: &[String]) -> FxHashMap<String, usize> {
        let mut split = FxHashMap::default();
        for word in words {
            match word.split_once('|') {
                Some((left, right)) if !left.is_empty() && !right.is_empty() => {
                    let left = left.to_lowercase();
                    split.insert(format!("{left}{}", right.to_lowercase()), left.len());
                }
                _ => self.add("tokens.split", word, None, "the place of the cut must be marked, as in `left|right`"),
            }
        }
        split
    }

    fn abbreviations(
        &mut self,
        written: &super::written::Abbreviations,
        more: &[(String, AbbreviationKind)],
    ) -> FxHashMap<String, AbbreviationKind> {
        use AbbreviationKind::{Ender, Number, Title};
        let lists = [(&written.title, Title), (&written.ender, Ender), (&written.number, Number)];
        let own = lists.into_iter().flat_map(|(words, kind)| words.iter().map(move |word| (word, kind)));
        let mut all = FxHashMap::default();
        for (word, kind) in own.chain(more.iter().map(|(word, kind)| (word, *kind))) {
            if word.ends_with('.') && word.len() > 1 && !word.contains(char::is_whitespace) {
                all.entry(word.to_uppercase()).or_insert(kind);
                all.insert(word.clone(), kind);
            } else {
                self.add("abbreviations", word, None, "an abbreviation is one word that ends in a period");
            }
        }
        all
    }

    /// Patterns that must match a whole line.
    fn set(&mut self, key: &'static str, patterns: &[Pattern]) -> LinePatterns {
        LinePatterns(patterns.iter().filter_map(|pattern| self.pattern(key, pattern, true)).collect())
    }

    /// Patterns with a group, each by itself.
    fn anchored(&mut self, key: &'static str, patterns: &[Pattern], group: &str, whole: bool) -> Vec<LinePattern> {
        let mut good = Vec::new();
        for pattern in patterns {
            let Some(read) = self.pattern(key, pattern, whole) else { continue };
            if read.has_group(group) {
                good.push(read);
            } else {
                self.add(
                    key,
                    pattern.as_ref(),
                    Some(place(pattern)),
                    format!("the pattern has no group `(?<{group}>…)`"),
                );
            }
        }
        good
    }

    fn pattern(&mut self, key: &'static str, pattern: &Pattern, whole: bool) -> Option<LinePattern> {
        match LinePattern::new(pattern.as_ref(), whole) {
            Ok(read) => Some(read),
            Err(message) => {
                self.add(key, pattern.as_ref(), Some(place(pattern)), message);
                None
            }
        }
    }
}

fn place(pattern: &Pattern) -> Span {
    Span::new(pattern.span().start as u32, pattern.span().end as u32)
}
