//! Words: the language model, function words, inflection, lists and how texts are cut up.

use std::sync::Arc;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::diagnostic::{Diagnostic, SourceFile};
use crate::document::{AbbreviationKind, Conventions};
use crate::language::{Inflector, Model};
use crate::pattern::{AstKind, Definition, PatternFault, WordClass, WordSet, parse, unknown};
use crate::rules::Spanned;
use crate::rules::files::FileBytes;
use crate::rules::read::{Item, Written};
use crate::rules::words::Classes;
use crate::rules::written::ListWritten;
use crate::source::Span;

use super::table::Table;
use super::{Context, latest, span_of};

/// All inflections of a word that a rule writes: of a verb, of a noun, or of both where it does not say.
pub(in crate::rules) fn inflect(inflector: Option<&Inflector>, word: &str, class: Option<WordClass>) -> Vec<String> {
    let mut out = vec![word.to_owned()];
    let Some(inflector) = inflector else { return out };
    for spelling in std::iter::once(word.to_owned()).chain(inflector.variants(word)) {
        if class != Some(WordClass::Noun) {
            out.extend(inflector.verb_forms(&spelling).into_all());
        }
        if class != Some(WordClass::Verb) {
            out.extend(inflector.noun_plural(&spelling));
        }
        out.push(spelling);
    }
    out.sort();
    out.dedup();
    out
}

/// The bytes of a line, counted from 1, without the space around it.
fn line_of(text: &str, number: usize) -> Span {
    let line = text.lines().nth(number.saturating_sub(1)).unwrap_or_default();
    let line = line.trim();
    let start = if line.is_empty() { 0 } else { line.as_ptr() as usize - text.as_ptr() as usize };
    Span::new(start as u32, (start + line.len()) as u32)
}

impl Context<'_> {
    pub(super) fn load_model(&mut self) {
        for item in &self.written.pack {
            let Some(name) = &item.value.model else { continue };
            match self.written.packs[item.pack].files.get(name.get_ref()) {
                None => self.error(
                    "E009",
                    &item.file,
                    span_of(name),
                    format!("the pack has no file `{}`", name.get_ref()),
                    Some("train one: attache language train TREEBANK.conllu -o model.bin".to_owned()),
                ),
                Some(bytes) => {
                    let model = match bytes {
                        FileBytes::Static(bytes, _) => Model::load(bytes),
                        FileBytes::Owned(bytes) => Model::from_bytes(bytes.clone().into()),
                    };
                    match model {
                        Ok(model) => self.model = Some(model),
                        Err(error) => self.error(
                            "E009",
                            &item.file,
                            span_of(name),
                            format!("`{}` cannot be used: {error}", name.get_ref()),
                            Some("train it again: attache language train TREEBANK.conllu -o model.bin".to_owned()),
                        ),
                    }
                }
            }
        }
    }

    pub(super) fn load_inflector(&mut self) {
        for (pack, file) in &self.written.inflection {
            let table = |name: &str| {
                self.written.packs[*pack]
                    .files
                    .iter()
                    .find(|(p, _)| p.ends_with(name))
                    .map(|(_, b)| String::from_utf8_lossy(b.bytes()).into_owned())
                    .unwrap_or_default()
            };
            match Inflector::new(&file.text, &table("irregular.csv"))
                .and_then(|i| i.with_spellings(&table("spelling.csv")))
            {
                Ok(inflector) => self.inflector = Some(inflector),
                Err(error) => {
                    let inside = file.name.ends_with(error.table());
                    let text = if inside { String::new() } else { table(error.table()) };
                    let place = file.name.trim_end_matches("inflection.toml");
                    let other = || Arc::new(SourceFile::new(format!("{place}{}", error.table()), text));
                    let file = if inside { file.clone() } else { other() };
                    let span = line_of(&file.text, error.line());
                    self.error("E014", &file, span, error.what().to_owned(), None);
                }
            }
        }
    }

    pub(super) fn compile_function_words(&mut self) -> Classes {
        let mut classes = Classes::default();
        for item in &self.written.functions {
            let value = &item.value;
            let mut function = std::mem::take(&mut self.function);
            {
                let mut uninflected = std::mem::take(&mut function.uninflected);
                let mut fill = |words: &[String], into: &mut WordSet| {
                    for word in words {
                        let id = self.lexis.intern(word);
                        into.insert(id);
                        uninflected.insert(id);
                    }
                };
                fill(&value.determiner, &mut function.determiner);
                fill(&value.adposition, &mut function.adposition);
                fill(&value.conjunction, &mut function.conjunction);
                fill(&value.infinitive, &mut function.infinitive);
                fill(&value.complementizer, &mut function.complementizer);
                fill(&value.copula, &mut function.copula);
                fill(&value.agent, &mut function.agent);
                fill(&value.genitive, &mut function.genitive);
                fill(&value.comitative, &mut function.comitative);
                fill(&value.object_control, &mut classes.object_control);
                fill(&value.relative, &mut classes.relative);
                fill(&value.indefinite, &mut classes.indefinite);
                fill(&value.quantity, &mut classes.quantity);
                fill(&value.modal, &mut classes.modal);
                fill(&value.contrast, &mut classes.contrast);
                fill(&value.focus, &mut classes.focus);
                fill(&value.reciprocal, &mut classes.reciprocal);
                fill(&value.other, &mut WordSet::default());
                // *have* and *do* are verbs of their own as well, and inflect; what is a copula is listed form by form.
                for word in &value.auxiliary {
                    let id = self.lexis.intern(word);
                    classes.auxiliary.insert(id);
                    function.auxiliary.insert(id);
                }
                function.uninflected = uninflected;
            }
            self.function = function;
            for (words, set) in [
                (&value.caption, &mut classes.caption),
                (&value.personal, &mut classes.personal),
                (&value.replaced, &mut classes.replaced),
                (&value.including, &mut classes.including),
                (&value.circumstance, &mut classes.circumstance),
                (&value.clausal, &mut classes.clausal),
                (&value.owning, &mut classes.owning),
                (&value.awaiting, &mut classes.awaiting),
            ] {
                words.iter().for_each(|word| set.insert(self.lexis.intern(word)));
            }
            for phrase in &value.approximate {
                classes.approximate.push(phrase.split_whitespace().map(|w| self.lexis.intern(w)).collect());
            }
        }
        classes
    }

    pub(super) fn compile_lists(&mut self) {
        // Lists that extend add to the one below; others replace it.
        let mut plain = Vec::new();
        let mut added = Vec::new();
        for item in &self.written.lists {
            if item.value.extend { added.push(item) } else { plain.push(item.clone()) }
        }
        let plain =
            latest(&plain, |i| i.name.as_str(), &mut self.errors, "list").into_iter().cloned().collect::<Vec<_>>();
        for item in plain.iter().chain(added) {
            let value = &item.value;
            if value.extend && !plain.iter().any(|below| below.name == item.name) {
                let known: Vec<String> = plain.iter().map(|list| list.name.clone()).collect();
                let name = Spanned::new(item.span.range(), item.name.clone());
                self.unknown("E006", "list", &name, &item.file, &known);
            }
            if let Some(pattern) = &value.pattern {
                match parse(pattern.get_ref()) {
                    Ok(ast) => {
                        self.definitions.insert(item.name.clone(), Definition::Fragment(ast));
                    }
                    Err(fault) => self.pattern_errors(vec![fault], pattern, &item.file),
                }
                continue;
            }
            let mut words: Vec<String> = value.words.iter().map(|w| w.get_ref().clone()).collect();
            if let Some(file) = &value.file {
                let table = self.table(item.pack, file, &item.file);
                for column in value.columns.iter().chain(value.only.keys()) {
                    if !table.is_empty() && !table.has(column.get_ref()) {
                        self.unknown("E017", "column", column, &item.file, &table.columns());
                    }
                }
                for row in table.rows() {
                    if value.only.iter().all(|(k, v)| row.get(k.get_ref()).is_some_and(|x| x == v)) {
                        let columns = value.columns.iter().map(|c| table.column(c.get_ref()));
                        words.extend(columns.flat_map(|c| row.values(c)).map(str::to_owned));
                    }
                }
            }
            if words.is_empty() {
                self.error(
                    "E015",
                    &item.file,
                    item.span,
                    format!("the list `{}` is empty", item.name),
                    Some("give it `words`, a `match`, or a `file` with `columns`".to_owned()),
                );
                continue;
            }
            match self.definitions.get_mut(&item.name) {
                Some(Definition::Words(all)) if value.extend => all.extend(words),
                _ => {
                    self.definitions.insert(item.name.clone(), Definition::Words(words));
                }
            }
        }
        // A fragment that contains itself would never end. A circle is told once, where it is met first.
        for circle in self.circles() {
            if let Some((name, item)) =
                circle.first().and_then(|name| Some((name, plain.iter().find(|i| i.name == *name)?)))
            {
                let span = item.value.pattern.as_ref().map_or(item.span, span_of);
                self.error(
                    "E013",
                    &item.file,
                    span,
                    format!("the list `@{name}` stands inside itself"),
                    Some("write the repeated part with + or *".to_owned()),
                );
            }
            for name in circle {
                self.definitions.insert(name, Definition::Words(Vec::new()));
            }
        }
        self.check_fragments(&plain);
    }

    /// What is wrong in a piece of pattern is said once, at the list, and not wherever the list is used.
    fn check_fragments(&mut self, lists: &[Item<ListWritten>]) {
        for item in lists {
            let Some(pattern) = &item.value.pattern else { continue };
            let Some(Definition::Fragment(ast)) = self.definitions.get(&item.name) else { continue };
            let mut faults = Vec::new();
            let (types, definitions) = (self.types.masks(), &self.definitions);
            ast.walk(&mut |node| match &node.kind {
                AstKind::Slot { type_name, type_span, .. } if !types.contains_key(type_name) => {
                    faults.push(unknown(*type_span, PatternFault::Type, type_name, types.keys()));
                }
                AstKind::List(name) if !definitions.contains_key(name) => {
                    let span = Span::new(node.span.start + 1, node.span.end);
                    faults.push(unknown(span, PatternFault::List, name, definitions.keys()));
                }
                _ => {}
            });
            if !faults.is_empty() {
                self.pattern_errors(faults, pattern, &item.file);
                self.definitions.insert(item.name.clone(), Definition::Words(Vec::new()));
            }
        }
    }

    /// Fragments that stand inside themselves, those of one circle together; sorted by name.
    fn circles(&self) -> Vec<Vec<String>> {
        let mut names: Vec<&String> = self.definitions.keys().collect();
        names.sort_unstable();
        let number = |name: &String| names.binary_search(&name).ok().map(|at| at as u32);
        let mut graph: DiGraph<(), ()> = DiGraph::new();
        for _ in &names {
            graph.add_node(());
        }
        for (at, name) in (0..).zip(&names) {
            if let Some(Definition::Fragment(ast)) = self.definitions.get(*name) {
                ast.walk(&mut |node| {
                    if let AstKind::List(inner) = &node.kind
                        && let Some(inner) = number(inner)
                    {
                        graph.update_edge(NodeIndex::new(at), NodeIndex::new(inner as usize), ());
                    }
                });
            }
        }
        let closed = |group: &Vec<NodeIndex>| group.len() > 1 || group.iter().any(|at| graph.contains_edge(*at, *at));
        let mut circles: Vec<Vec<String>> = kosaraju_scc(&graph)
            .into_iter()
            .filter(closed)
            .map(|mut group| {
                group.sort_unstable();
                group.into_iter().map(|at| names[at.index()].clone()).collect()
            })
            .collect();
        circles.sort_unstable();
        circles
    }

    /// Reads nothing but the files, so that it can be done beside the other steps.
    pub(super) fn compile_conventions(written: &Written) -> (Conventions, Vec<Diagnostic>) {
        let mut out = None;
        let mut errors = Vec::new();
        for item in &written.segmentation {
            let mut abbreviations: Vec<(String, AbbreviationKind)> = Vec::new();
            for (path, bytes) in &written.packs[item.pack].files {
                if path.ends_with("abbreviations.csv") {
                    let table = Table::read(bytes.bytes()).unwrap_or_default();
                    abbreviations.extend(table.rows().filter_map(|row| {
                        Some((row.get("abbreviation")?.to_owned(), AbbreviationKind::from_name(row.get("kind")?)?))
                    }));
                }
            }
            match Conventions::compile(&item.value, &abbreviations) {
                Ok(conventions) => out = Some(conventions),
                Err(faults) => errors.extend(faults.into_iter().map(|fault| {
                    let span = fault.span.unwrap_or(Span::new(0, 0));
                    Diagnostic::error("E014", fault.message).in_file(item.file.clone()).label(span, "")
                })),
            }
        }
        (out.unwrap_or_default(), errors)
    }
}
