//! Examples: what a rule must find and where it must keep still, and the longer tests of a pack.

use std::sync::Arc;

use super::relations::body;
use super::{Context, inside, latest};
use crate::diagnostic::SourceFile;
use crate::rules::Spanned;
use crate::rules::ruleset::{Example, PackTest, Relation};
use crate::source::Span;

/// What an example is one of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Yes,
    No,
    Todo,
}

impl Context<'_> {
    /// Reads `"text => source, target"` or, of rules that compose a mention, `"text => name, attribute = value"`.
    pub(super) fn examples(
        &mut self,
        lists: [(&Vec<Spanned<String>>, Kind); 3],
        file: &Arc<SourceFile>,
        names: bool,
    ) -> Vec<Example> {
        let mut out = Vec::new();
        for (list, kind) in lists {
            for written in list {
                let all = written.get_ref();
                let (text, expect) = match all.rsplit_once("=>") {
                    None => (all.as_str(), None),
                    Some((text, ends)) => {
                        let expect = match ends.split_once(',') {
                            Some((a, b)) => Some((a.trim().to_owned(), b.trim().to_owned())),
                            None if names && !ends.trim().is_empty() => Some((ends.trim().to_owned(), String::new())),
                            None => None,
                        };
                        if expect.is_none() || names && kind == Kind::No {
                            let at = Span::new((all.len() - ends.len() - 2) as u32, all.len() as u32);
                            self.no_example(inside(file, written, at), kind, file, names);
                        }
                        (text.trim_end(), expect)
                    }
                };
                if text.trim().is_empty() {
                    self.no_example(body(file, written), kind, file, names);
                }
                out.push(Example { text: text.to_owned(), expect, yes: kind != Kind::No, todo: kind == Kind::Todo });
            }
        }
        out
    }

    fn no_example(&mut self, span: Span, kind: Kind, file: &Arc<SourceFile>, names: bool) {
        let (title, help) = match (names, kind) {
            (true, Kind::No) => {
                ("a `no` example of a name rule is a text alone", "it says where the rule must keep still")
            }
            (true, _) => ("this example does not say which name", "write \"Text. => the name\""),
            (false, Kind::No) => (
                "this example does not say what must not come out",
                "write a sentence alone, or \"Sentence. => source, target\"",
            ),
            (false, _) => ("this example does not say between whom", "write \"Sentence. => source, target\""),
        };
        self.error("E024", file, span, title, Some(help.to_owned()));
    }

    /// The examples of name rules, by rule, in the order written.
    pub(super) fn name_examples(&mut self) -> Vec<(Arc<str>, Example)> {
        let mut out = Vec::new();
        // What is defined twice was reported where the rules were compiled.
        for item in latest(&self.written.names, |i| i.value.id.get_ref(), &mut Vec::new(), "rule") {
            let value = &item.value;
            let id: Arc<str> = Arc::from(value.id.get_ref().as_str());
            let lists = [(&value.yes, Kind::Yes), (&value.no, Kind::No), (&value.todo, Kind::Todo)];
            out.extend(self.examples(lists, &item.file, true).into_iter().map(|example| (id.clone(), example)));
        }
        out
    }

    /// `[[test]]`: every line must name a relation that there is.
    pub(super) fn compile_tests(&mut self, relations: &[Relation]) -> Vec<PackTest> {
        let mut out = Vec::new();
        for item in &self.written.tests {
            let value = &item.value;
            for line in value.yes.iter().chain(&value.no).chain(&value.todo) {
                let words: Vec<&str> = line.get_ref().split_whitespace().collect();
                let at = words.iter().position(|word| relations.iter().any(|relation| relation.name == *word));
                if at.is_none_or(|at| at == 0 || at + 1 == words.len()) {
                    let title = match at {
                        None => "no word of this line is a relation",
                        Some(_) => "this line lacks one of the two ends of its relation",
                    };
                    let help = "write \"source relation target\", and `planned`, `negative` … behind it where it is so";
                    self.error("E024", &item.file, body(&item.file, line), title, Some(help.to_owned()));
                }
            }
            let line = item.file.text[..(item.span.start as usize).min(item.file.text.len())].matches('\n').count() + 1;
            let place = format!("{}:{line}", item.file.name);
            let lines = |list: &[Spanned<String>]| list.iter().map(|line| line.get_ref().clone()).collect();
            out.push(PackTest {
                name: if value.doc.is_empty() { place } else { format!("{place} ({})", value.doc) },
                text: value.text.get_ref().clone(),
                yes: lines(&value.yes),
                no: lines(&value.no),
                todo: lines(&value.todo),
            });
        }
        out
    }
}
