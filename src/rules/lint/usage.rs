//! What is defined and then used by nothing.

use std::collections::BTreeSet;

use super::{View, warning};
use crate::diagnostic::Diagnostic;
use crate::pattern::{Ast, AstKind, TagExpr, parse};
use crate::rules::spanned::Spanned;

/// Every name that something speaks of.
#[derive(Debug, Default)]
pub(super) struct Used {
    /// Types, those of slots and tests included.
    pub types: BTreeSet<String>,
    /// Lists and pieces of pattern.
    pub lists: BTreeSet<String>,
    /// Relations.
    pub relations: BTreeSet<String>,
}

pub(super) fn look(view: &View<'_>, out: &mut Vec<Diagnostic>) {
    let used = used(view);
    let written = view.written;
    for item in view.own(&written.lists, |i| &i.name) {
        if !used.lists.contains(&item.name) {
            let title = format!("no pattern uses the list `@{}`", item.name);
            out.push(warning("W007", title, &item.file, item.span, "defined here").help("use it or remove it"));
        }
    }
    for item in view.own(&written.types, |i| &i.name) {
        if !used.types.contains(&item.name) {
            let title = format!("nothing speaks of the type `{}`", item.name);
            out.push(
                warning("W008", title, &item.file, item.span, "defined here")
                    .help("give it to names, with a lexicon or a [[name]] rule, or remove it"),
            );
        }
    }
    for item in view.own(&written.relations, |i| &i.name) {
        if !used.relations.contains(&item.name) {
            let title = format!("no rule gives the relation `{}`", item.name);
            out.push(
                warning("W009", title, &item.file, item.span, "defined here")
                    .help(format!("write a [[rule]] with gives = \"{}\"", item.name)),
            );
        }
    }
}

fn used(view: &View<'_>) -> Used {
    let mut used = Used::default();
    let written = view.written;
    for item in &written.types {
        used.types.extend(item.value.parent.iter().chain(&item.value.any).map(|t| t.get_ref().clone()));
    }
    for item in &written.lists {
        used.pattern(item.value.pattern.iter());
    }
    for item in &written.lexicons {
        used.types.extend(item.value.type_name.iter().map(|t| t.get_ref().clone()));
        if let Some(column) = &item.value.type_column
            && let Some(bytes) = written.packs[item.pack].files.get(item.value.file.get_ref())
        {
            used.types.extend(super::types::column(bytes.bytes(), column.get_ref()));
        }
    }
    for item in &written.names {
        used.types.insert(item.value.gives.get_ref().clone());
        used.pattern(item.value.patterns.iter());
    }
    for item in &written.refine {
        used.types.extend([item.value.type_name.get_ref().clone(), item.value.to.get_ref().clone()]);
    }
    for item in &written.stands_for {
        let value = &item.value;
        used.types
            .extend([&value.type_name, &value.meant].into_iter().chain(&value.literal).map(|t| t.get_ref().clone()));
    }
    for item in &written.relations {
        used.types.extend(item.value.between.iter().map(|t| t.get_ref().clone()));
    }
    for item in &written.rules {
        used.relations.insert(item.value.gives.get_ref().clone());
        used.pattern(item.value.patterns.iter().chain(&item.value.optional));
        used.lists.extend(item.value.unless.iter().filter_map(|w| w.get_ref().strip_prefix('@')).map(str::to_owned));
    }
    for item in &written.inferences {
        // Names as such: what they stand for may be wrong otherwise.
        let names = |text: &Spanned<String>| -> Vec<String> {
            let parts = text.get_ref().split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_'));
            parts.map(|part| part.trim_matches('-').to_owned()).collect()
        };
        used.relations.extend(names(&item.value.conclusion));
        used.types.extend(names(&item.value.condition));
    }
    for item in &written.events {
        let value = &item.value;
        used.types.insert(item.name.clone());
        let roles = value.from.iter().chain([&value.source, &value.target]).chain(&value.place);
        used.relations.extend(roles.map(|r| r.get_ref().clone()));
    }
    for item in &written.pronouns {
        used.types.extend(item.value.types.iter().map(|t| t.get_ref().clone()));
    }
    for pair in written.discourse.iter().flat_map(|i| &i.value.pairs) {
        used.types.extend(pair.types.iter().map(|t| t.get_ref().clone()));
    }
    used
}

impl Used {
    fn pattern<'p>(&mut self, patterns: impl Iterator<Item = &'p Spanned<String>>) {
        for ast in patterns.filter_map(|p| parse(p.get_ref()).ok()) {
            self.ast(&ast);
        }
    }

    fn ast(&mut self, ast: &Ast) {
        ast.walk(&mut |node| match &node.kind {
            AstKind::Slot { type_name, .. } => {
                self.types.insert(type_name.clone());
            }
            AstKind::List(name) => {
                self.lists.insert(name.clone());
            }
            AstKind::Tag(test) => self.test(test),
            _ => {}
        });
    }

    fn test(&mut self, test: &TagExpr) {
        match test {
            TagExpr::Name(name, _) => {
                self.types.insert(name.clone());
            }
            TagExpr::And(a, b) | TagExpr::Or(a, b) => {
                self.test(a);
                self.test(b);
            }
            TagExpr::Not(inner) => self.test(inner),
        }
    }
}
