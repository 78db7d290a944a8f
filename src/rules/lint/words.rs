//! Words of patterns and lists that texts do not hold in that form.
//!
//! A rule word is inflected when rules are compiled, so it has to be the base form: `met` would become *metted*. And a
//! text is cut into words before rules see it, so a word that is cut in two is never met as one.

use std::cell::RefCell;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{View, warning};
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::document::{NoVocabulary, Segmenter};
use crate::language::Inflector;
use crate::pattern::{AstKind, AtomKind, WordClass, fold, parse};
use crate::rules::compile::inside;
use crate::rules::ruleset::{PatternSource, Rule, RuleSet};
use crate::rules::spanned::Spanned;
use crate::source::{Source, Span};

pub(super) fn look(view: &View<'_>, rules: &RuleSet, out: &mut Vec<Diagnostic>) {
    let looker = Looker::new(rules);
    for item in view.own(&view.written.rules, |i| i.value.id.get_ref()) {
        for pattern in &item.value.patterns {
            looker.pattern(pattern, &item.file, true, out);
        }
    }
    for item in view.own(&view.written.names, |i| i.value.id.get_ref()) {
        for pattern in &item.value.patterns {
            looker.pattern(pattern, &item.file, false, out);
        }
    }
    for item in view.written.lists.iter().filter(|i| view.asks(i)) {
        for phrase in &item.value.words {
            for (word, span) in parts(phrase.get_ref()) {
                // *attack/noun*: the class is no part of the word.
                let bare = word.rsplit_once('/').filter(|(_, class)| WordClass::named(class).is_some());
                let word = bare.map_or(word, |(word, _)| word);
                let span = Span::new(span.start, span.start + word.len() as u32);
                looker.cut_in_two(word, span, phrase, &item.file, out);
            }
        }
        item.value.pattern.iter().for_each(|pattern| looker.pattern(pattern, &item.file, false, out));
    }
}

struct Looker<'r> {
    rules: &'r RuleSet,
    segmenter: Segmenter,
    /// Compiled patterns by the file they stand in and the byte they begin at.
    compiled: FxHashMap<(&'r str, u32), Vec<(&'r Rule, &'r PatternSource)>>,
    /// Words that were looked at, and what they are cut into; none where they stay whole.
    cut: RefCell<FxHashMap<String, Option<Arc<[String]>>>>,
}

impl<'r> Looker<'r> {
    fn new(rules: &'r RuleSet) -> Self {
        let mut compiled: FxHashMap<(&str, u32), Vec<(&Rule, &PatternSource)>> = FxHashMap::default();
        for rule in &rules.rules {
            for pattern in &rule.patterns {
                compiled.entry((&pattern.file.name, pattern.span.start)).or_default().push((rule, pattern));
            }
        }
        let segmenter = Segmenter::new(rules.conventions.clone());
        Looker { rules, segmenter, compiled, cut: RefCell::default() }
    }

    /// Looks at every word of a pattern; of a clause also at whether its predicate is a base form.
    fn pattern(&self, pattern: &Spanned<String>, file: &Arc<SourceFile>, clause: bool, out: &mut Vec<Diagnostic>) {
        let Ok(ast) = parse(pattern.get_ref()) else { return };
        // After a copula stands what somebody is, which may well be a participle: *is willing to meet*.
        let mut copula = false;
        ast.walk(&mut |node| {
            if let AstKind::Word { text, .. } = &node.kind {
                copula |= self.rules.function.copula.contains(self.rules.lexis.find(&fold(text)));
            }
        });
        let clause = clause && !copula;
        let heads = if clause { self.heads(pattern, file) } else { Vec::new() };
        ast.walk(&mut |node| match &node.kind {
            AstKind::Word { text, class } => {
                let span = Span::new(node.span.start, node.span.start + text.len() as u32);
                self.cut_in_two(text, span, pattern, file, out);
                let verb = *class == Some(WordClass::Verb) || class.is_none() && heads.contains(&fold(text));
                if verb {
                    self.inflected(text, span, pattern, file, out);
                }
            }
            AstKind::Exact(text) => {
                for (word, span) in parts(text) {
                    let from = node.span.start + 1;
                    self.cut_in_two(word, Span::new(from + span.start, from + span.end), pattern, file, out);
                }
            }
            _ => {}
        });
    }

    /// Words by which the pattern's clauses are headed as verbs.
    fn heads(&self, pattern: &Spanned<String>, file: &SourceFile) -> Vec<String> {
        let mut heads = Vec::new();
        for (rule, source) in self.compiled.get(&(file.name.as_str(), pattern.place().start)).into_iter().flatten() {
            let range = source.clauses.start as usize..source.clauses.end as usize;
            for clause in rule.clauses.get(range).unwrap_or_default() {
                if let AtomKind::Word { forms, .. } = &clause.atoms[clause.head].kind
                    && clause.verbal
                {
                    heads.extend(forms.iter().map(|id| self.rules.lexis.word(id).to_owned()));
                }
            }
        }
        heads
    }

    fn inflected(
        &self,
        word: &str,
        span: Span,
        pattern: &Spanned<String>,
        file: &Arc<SourceFile>,
        out: &mut Vec<Diagnostic>,
    ) {
        let Some(inflector) = &self.rules.inflector else { return };
        if self.rules.function.uninflected.contains(self.rules.lexis.find(&fold(word))) {
            return;
        }
        let place = inside(file, pattern, span);
        if let Some(base) = self.rules.verb_of(word) {
            let mut found =
                warning("W010", format!("`{word}` is a form of `{base}`"), file, place, "not the base form")
                    .note(format!(
                        "rule words are inflected: this one would match {}",
                        some(&inflector.verb_forms(&fold(word)).all())
                    ))
                    .help("write the base form; it matches in all its inflections");
            if place.len() == span.len() {
                found = match without_double(pattern.get_ref(), span, &base) {
                    // The base form stands beside it: a second one would say nothing.
                    Some((cut, instead)) => found.patch(inside(file, pattern, cut), instead),
                    None => found.patch(place, base),
                };
            }
            out.push(found);
        } else if let Some((first, last)) = self.compound_of_irregular(inflector, &fold(word)) {
            let past = inflector.verb_forms(&fold(word)).past.join(", ");
            out.push(
                warning(
                    "W010",
                    format!("`{word}` may be inflected wrongly"),
                    file,
                    place,
                    &format!("its past is taken to be {past}"),
                )
                .note(format!(
                    "`{last}`, which it ends in, is irregular: {}",
                    inflector.verb_forms(last).past.join(", ")
                ))
                .help(format!("add `{word}` to irregular.csv of the language, or write `{first}-{last}`")),
            );
        }
    }

    /// `outrun` as (`out`, `run`): inflected by the general rules, although its last part is irregular.
    fn compound_of_irregular<'w>(&self, inflector: &Inflector, word: &'w str) -> Option<(&'w str, &'w str)> {
        let frequency = |w: &str| self.rules.model.as_ref().map_or(0, |m| m.frequency(w));
        let own = inflector.verb_forms(word).past;
        // A past that is met as it is made is right: *repeated*, although it ends in *eat*.
        if own.iter().any(|past| frequency(past) > 0) {
            return None;
        }
        word.char_indices().map(|(at, _)| word.split_at(at)).find(|(first, last)| {
            first.chars().count() > 2
                && last.chars().count() > 1
                && inflector.is_irregular(last)
                && frequency(first) > 0
                && !inflector.is_irregular(word)
                && inflector.verb_forms(last).past.iter().all(|past| !own.contains(&format!("{first}{past}")))
        })
    }

    /// What a word is cut into, where it is. Letters alone are never cut, unless the language says so of the word.
    fn cut(&self, word: &str) -> Option<Arc<[String]>> {
        if let Some(known) = self.cut.borrow().get(word) {
            return known.clone();
        }
        let source = Arc::new(Source::new("word", format!("a {word} a")));
        let document = self.segmenter.segment(source, &NoVocabulary);
        let count = document.tokens.len() as u32;
        let parts: Vec<String> = (1..count.saturating_sub(1)).map(|at| document.surface(at).to_owned()).collect();
        let cut: Option<Arc<[String]>> = (parts.len() > 1).then(|| parts.into());
        self.cut.borrow_mut().insert(word.to_owned(), cut.clone());
        cut
    }

    fn cut_in_two(
        &self,
        word: &str,
        span: Span,
        value: &Spanned<String>,
        file: &Arc<SourceFile>,
        out: &mut Vec<Diagnostic>,
    ) {
        let Some(cut) = self.cut(word) else { return };
        out.push(
            warning(
                "W011",
                format!("no text has the word `{word}`"),
                file,
                inside(file, value, span),
                &format!("texts are cut into {}", cut.iter().map(|c| format!("`{c}`")).collect::<Vec<_>>().join(" ")),
            )
            .help("write its parts with a space between"),
        );
    }
}

/// Of a pattern in which a word is one of several, and its base form another: the bytes to replace so that only the base form
/// is left, and what to put there. `(brokered | broker)` is `broker`.
fn without_double(pattern: &str, word: Span, base: &str) -> Option<(Span, String)> {
    let (from, to) = (word.start as usize, word.end as usize);
    let mut depth = 0;
    let open = pattern[..from].char_indices().rev().find(|(_, c)| {
        depth += i32::from(*c == ')') - i32::from(*c == '(');
        depth < 0
    })?;
    depth = 0;
    let close = pattern[to..].char_indices().find(|(_, c)| {
        depth += i32::from(*c == '(') - i32::from(*c == ')');
        depth < 0
    })?;
    let (open, close) = (open.0, to + close.0);
    let inner = &pattern[open + 1..close];
    if inner.contains('(') {
        return None;
    }
    let plain = |branch: &str| branch.trim().split('/').next().unwrap_or_default().to_owned();
    let mut at = open + 1;
    let mut left = Vec::new();
    for branch in inner.split('|') {
        let own = (at..=at + branch.len()).contains(&from);
        at += branch.len() + 1;
        left.extend((!own).then_some(branch.trim()));
    }
    if !left.iter().any(|branch| fold(&plain(branch)) == base) {
        return None;
    }
    let counted = pattern[close + 1..].starts_with(['?', '*', '+', '{']);
    let instead = if left.len() == 1 && !counted { left.concat() } else { format!("({})", left.join(" | ")) };
    Some((Span::new(open as u32, close as u32 + 1), instead))
}

/// The words of a phrase and their bytes.
fn parts(phrase: &str) -> impl Iterator<Item = (&str, Span)> {
    phrase.split_whitespace().map(|word| {
        let from = (word.as_ptr() as usize - phrase.as_ptr() as usize) as u32;
        (word, Span::new(from, from + word.len() as u32))
    })
}

fn some(words: &[String]) -> String {
    words.iter().take(4).cloned().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(pattern: &str, word: &str, base: &str) -> Option<String> {
        let at = pattern.find(word).unwrap() as u32;
        let (span, instead) = without_double(pattern, Span::new(at, at + word.len() as u32), base)?;
        let mut out = pattern.to_owned();
        out.replace_range(span.start as usize..span.end as usize, &instead);
        Some(out)
    }

    #[test]
    fn a_form_beside_its_base_goes() {
        assert_eq!(mended("{a} (brokered | broker) {b}", "brokered", "broker").unwrap(), "{a} broker {b}");
        assert_eq!(
            mended("{a} (see | brokered | broker) {b}", "brokered", "broker").unwrap(),
            "{a} (see | broker) {b}"
        );
        assert_eq!(mended("(broker/verb | brokered)? {b}", "brokered", "broker").unwrap(), "(broker/verb)? {b}");
        assert_eq!(mended("{a} (brokered | see) {b}", "brokered", "broker"), None);
        assert_eq!(mended("{a} brokered {b}", "brokered", "broker"), None);
    }
}
