//! Name rules: sequences, templates and the index that finds the rules worth trying at a token.

use std::sync::Arc;

use super::{Context, latest, span_of};
use crate::diagnostic::SourceFile;
use crate::document::LazyRegex;
use crate::pattern::{Sequence, TypeMask, parse};
use crate::rules::ruleset::{NameRule, Refine, Stage, Template, TemplatePart};
use crate::source::Span;

impl Context<'_> {
    pub(super) fn compile_names(&mut self) -> (Vec<Stage>, Vec<Refine>) {
        let items = latest(&self.written.names, |i| i.value.id.get_ref(), &mut self.errors, "rule");
        let mut stages: std::collections::BTreeMap<u32, Stage> = std::collections::BTreeMap::new();
        let mut read: Vec<Arc<str>> =
            self.written.rules.iter().flat_map(|i| &i.value.part).map(|p| p.get_ref().as_str().into()).collect();
        read.sort_unstable();
        read.dedup();
        for item in items {
            let value = &item.value;
            let Some(gives) = self.type_named(&value.gives, &item.file) else { continue };
            let nominal = match &value.kind {
                None => false,
                Some(kind) => self
                    .one_of("E018", "kind", kind, &item.file, &[("named", false), ("nominal", true)])
                    .unwrap_or(false),
            };
            for pattern in &value.patterns {
                let ast = match parse(pattern.get_ref()) {
                    Ok(ast) => ast,
                    Err(fault) => {
                        self.pattern_errors(vec![fault], pattern, &item.file);
                        continue;
                    }
                };
                let sequence = match self.with_vocabulary(|v| Sequence::compile(&ast, v)) {
                    Ok(sequence) => sequence,
                    Err(faults) => {
                        self.pattern_errors(faults, pattern, &item.file);
                        continue;
                    }
                };
                // Each pattern has its own roles: what a pattern does not bind, its templates leave empty.
                let set = value
                    .set
                    .iter()
                    .map(|(k, t)| (k.as_str().into(), self.template(t, &sequence, item, &value.patterns)))
                    .collect();
                let name = value.value.as_ref().map(|t| self.template(t, &sequence, item, &value.patterns));
                let key = value.key.as_ref().map(|t| self.template(t, &sequence, item, &value.patterns));
                let alias = value.alias.as_ref().map(|t| self.template(t, &sequence, item, &value.patterns));
                let head = value
                    .head
                    .as_deref()
                    .or(Some("name"))
                    .and_then(|h| sequence.roles().iter().position(|r| r == h))
                    .map(|i| i as u8);
                let role = |name: &str| sequence.roles().iter().position(|r| r == name).map(|i| i as u8);
                let (each, shared) = (role("each"), role("shared"));
                let parts = read.iter().filter_map(|name| Some((role(name)?, name.clone()))).collect();
                let rule = NameRule {
                    id: Arc::from(value.id.get_ref().as_str()),
                    gives,
                    sequence,
                    priority: value.priority,
                    nominal,
                    set,
                    value: name,
                    key,
                    alias,
                    head,
                    each,
                    shared,
                    parts,
                };
                stages.entry(value.stage).or_default().rules.push(rule);
            }
        }
        let mut stages: Vec<Stage> = stages.into_values().collect();
        stages.iter_mut().for_each(index);
        (stages, self.compile_refine())
    }

    fn template(
        &mut self,
        text: &str,
        sequence: &Sequence,
        item: &super::Item<crate::rules::written::NameWritten>,
        patterns: &[serde_spanned::Spanned<String>],
    ) -> Template {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            if open > 0 {
                parts.push(TemplatePart::Text(rest[..open].into()));
            }
            let Some(close) = rest[open..].find('}') else { break };
            let body = &rest[open + 1..open + close];
            let (role, attribute) = match body.split_once('.') {
                Some((role, attribute)) => (role, Some(attribute.into())),
                None => (body, None),
            };
            match sequence.roles().iter().position(|r| r == role) {
                Some(index) => parts.push(TemplatePart::Role(index as u8, attribute)),
                None => {
                    let anywhere = patterns.iter().any(|p| p.get_ref().contains(&format!("{role}:")));
                    if !anywhere {
                        self.missing_role(role, item.span, &item.file);
                    }
                }
            }
            rest = &rest[open + close + 1..];
        }
        if !rest.is_empty() {
            parts.push(TemplatePart::Text(rest.into()));
        }
        Template { parts }
    }

    fn missing_role(&mut self, role: &str, span: Span, file: &Arc<SourceFile>) {
        self.error(
            "E019",
            file,
            span,
            format!("no pattern of this rule has a role `{role}`"),
            Some(format!("write {{{role}:Type}} or {role}:( … ) in a pattern, or change the template")),
        );
    }

    fn compile_refine(&mut self) -> Vec<Refine> {
        let mut out = Vec::new();
        for item in &self.written.refine {
            let (from, to) =
                (self.type_named(&item.value.type_name, &item.file), self.type_named(&item.value.to, &item.file));
            match LazyRegex::new(item.value.matches.get_ref()) {
                Ok(matches) => {
                    if let (Some(from), Some(to)) = (from, to) {
                        out.push(Refine {
                            from,
                            attribute: item.value.attribute.clone(),
                            matches,
                            to,
                            set: item.value.set.clone(),
                        });
                    }
                }
                Err(message) => self.error(
                    "E003",
                    &item.file,
                    span_of(&item.value.matches),
                    format!("this regular expression is wrong: {message}"),
                    None,
                ),
            }
        }
        out
    }
}

fn index(stage: &mut Stage) {
    stage.rules.sort_by_key(|rule| std::cmp::Reverse(rule.priority));
    for (i, rule) in stage.rules.iter().enumerate() {
        let first = rule.sequence.first();
        if first.anything {
            stage.always.push(i as u32);
            continue;
        }
        for word in first.words.iter() {
            stage.by_word.entry(word).or_default().push(i as u32);
        }
        if first.types != TypeMask::NONE {
            stage.by_type.push((first.types, i as u32));
            stage.types = stage.types.union(first.types);
        }
    }
}
