//! Types: the hierarchy, unions and metonymy.

use super::{Context, latest, plain, span_of};
use crate::diagnostic::Diagnostic;
use crate::pattern::{MAX_TYPES, TypeId, TypeMask};
use crate::rules::Spanned;
use crate::rules::read::Item;
use crate::rules::ruleset::StandsFor;
use crate::rules::types::TypeDef;
use crate::rules::written::TypeWritten;
use rustc_hash::{FxHashMap, FxHashSet};

/// Most unions of types of a rule set.
const MAX_UNIONS: usize = 3 * MAX_TYPES;

impl Context<'_> {
    pub(super) fn compile_types(&mut self) {
        let items = latest(&self.written.types, |i| i.name.as_str(), &mut self.errors, "type");
        let mut defined = Vec::new();
        for item in &items {
            if !item.value.any.is_empty() {
                continue;
            }
            if self.types.defs.len() >= MAX_TYPES - 1 {
                self.error(
                    "E012",
                    &item.file,
                    item.span,
                    format!("a rule set may have at most {MAX_TYPES} types"),
                    None,
                );
                break;
            }
            let id = TypeId(self.types.defs.len() as u8);
            let value = &item.value;
            self.types.ids.insert(item.name.clone(), id);
            self.types.defs.push(TypeDef {
                name: item.name.clone(),
                doc: value.doc.clone(),
                parent: None,
                ancestors: Vec::new(),
                node: true,
                id: value.id.clone().unwrap_or_default(),
                draw: plain(&value.draw),
                upward: TypeMask::NONE,
            });
            defined.push(*item);
        }
        let names: Vec<String> = items.iter().map(|i| i.name.clone()).collect();
        for item in &defined {
            let Some(id) = self.types.find(&item.name) else { continue };
            if let Some(parent) = &item.value.parent {
                match self.types.find(parent.get_ref()) {
                    Some(parent) => self.types.defs[id.0 as usize].parent = Some(parent),
                    None => self.unknown("E004", "type", parent, &item.file, &names),
                }
            }
        }
        for item in &defined {
            let Some(id) = self.types.find(&item.name) else { continue };
            let mut ancestors = vec![id];
            let mut at = id;
            while let Some(parent) = self.types.get(at).parent {
                if ancestors.contains(&parent) {
                    let error = Diagnostic::error("E013", format!("the type `{}` is its own ancestor", item.name))
                        .in_file(item.file.clone());
                    let span = item.value.parent.as_ref().map_or(item.span, span_of);
                    self.errors.push(
                        error
                            .label(span, "this closes the circle")
                            .help("let one of the types in the circle have no parent"),
                    );
                    break;
                }
                ancestors.push(parent);
                at = parent;
            }
            let upward = ancestors.iter().fold(TypeMask::NONE, |m, t| m.union(TypeMask::of(*t)));
            // What a type leaves open it has from the next broader one.
            let inherited =
                |f: &dyn Fn(&TypeDef) -> Option<String>| ancestors.iter().find_map(|t| f(self.types.get(*t)));
            let node = ancestors
                .iter()
                .find_map(|t| defined.iter().find(|i| i.name == self.types.get(*t).name).and_then(|i| i.value.node))
                .unwrap_or(true);
            let prefix = inherited(&|d| Some(d.id.clone()).filter(|s| !s.is_empty()))
                .unwrap_or_else(|| item.name.to_lowercase());
            let mut draw = std::collections::BTreeMap::new();
            for ancestor in ancestors.iter().rev() {
                if let Some(i) = defined.iter().find(|i| i.name == self.types.get(*ancestor).name) {
                    draw.extend(plain(&i.value.draw));
                }
            }
            let def = &mut self.types.defs[id.0 as usize];
            (def.ancestors, def.upward, def.node, def.id, def.draw) = (ancestors, upward, node, prefix, draw);
        }
        let below: Vec<(String, TypeMask)> = self
            .types
            .iter()
            .map(|(id, def)| {
                (
                    def.name.clone(),
                    self.types
                        .iter()
                        .filter(|(_, d)| d.upward.contains(id))
                        .fold(TypeMask::NONE, |m, (t, _)| m.union(TypeMask::of(t))),
                )
            })
            .collect();
        self.types.masks.extend(below);
        self.compile_unions(&items, &names);
    }

    /// Unions may cover other unions, in any order of the file, but not themselves.
    fn compile_unions(&mut self, items: &[&Item<TypeWritten>], names: &[String]) {
        let mut open: Vec<&Item<TypeWritten>> = items.iter().copied().filter(|i| !i.value.any.is_empty()).collect();
        if let Some(first) = open.get(MAX_UNIONS) {
            let title = format!("a rule set may have at most {MAX_UNIONS} unions of types");
            self.error("E012", &first.file, first.span, title, None);
            open.truncate(MAX_UNIONS);
        }
        let unions: FxHashSet<String> = open.iter().map(|i| i.name.clone()).collect();
        while !open.is_empty() {
            let known =
                |masks: &FxHashMap<String, TypeMask>, name: &str| masks.contains_key(name) || !unions.contains(name);
            let ready =
                |item: &&Item<TypeWritten>| item.value.any.iter().all(|m| known(&self.types.masks, m.get_ref()));
            let Some(at) = open.iter().position(ready) else { break };
            let item = open.remove(at);
            let mut mask = TypeMask::NONE;
            for member in &item.value.any {
                match self.types.masks.get(member.get_ref()) {
                    Some(m) => mask = mask.union(*m),
                    None => self.unknown("E004", "type", member, &item.file, names),
                }
            }
            self.types.masks.insert(item.name.clone(), mask);
        }
        // What waits for itself never ends.
        for item in open {
            let closes = item.value.any.iter().find(|m| !self.types.masks.contains_key(m.get_ref()));
            let span = closes.map_or(item.span, span_of);
            self.errors.push(
                Diagnostic::error("E013", format!("the type `{}` covers itself", item.name))
                    .in_file(item.file.clone())
                    .label(span, "this leads back to it")
                    .help("let one of the types in the circle not cover the next"),
            );
            self.types.masks.insert(item.name.clone(), TypeMask::NONE);
        }
    }

    pub(super) fn type_named(
        &mut self,
        value: &Spanned<String>,
        file: &std::sync::Arc<crate::diagnostic::SourceFile>,
    ) -> Option<TypeId> {
        let found = self.types.find(value.get_ref());
        if found.is_none() {
            let mut names: Vec<String> = self.types.defs.iter().map(|d| d.name.clone()).collect();
            names.sort();
            self.unknown("E004", "type", value, file, &names);
        }
        found
    }

    pub(super) fn mask_named(
        &mut self,
        value: &Spanned<String>,
        file: &std::sync::Arc<crate::diagnostic::SourceFile>,
    ) -> Option<TypeMask> {
        let found = self.types.masks.get(value.get_ref()).copied();
        if found.is_none() {
            let mut names: Vec<String> = self.types.masks.keys().cloned().collect();
            names.sort();
            self.unknown("E004", "type", value, file, &names);
        }
        found
    }

    pub(super) fn compile_stands_for(&mut self) -> Vec<StandsFor> {
        let mut out = Vec::new();
        for item in &self.written.stands_for {
            let (mentioned, meant) =
                (self.type_named(&item.value.type_name, &item.file), self.type_named(&item.value.meant, &item.file));
            let literal = item.value.literal.as_ref().and_then(|t| self.mask_named(t, &item.file)).unwrap_or_default();
            if let (Some(mentioned), Some(meant)) = (mentioned, meant) {
                out.push(StandsFor { mentioned, meant, attribute: item.value.attribute.clone(), literal });
            }
        }
        out
    }
}
