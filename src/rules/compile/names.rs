//! Name rules: sequences, templates and the index that finds the rules worth trying at a token.

use std::sync::Arc;

use super::ahead::Ahead;
use super::{Context, latest, span_of};
use crate::diagnostic::{Diagnostic, nearest};
use crate::document::LazyRegex;
use crate::pattern::{AstKind, Openers, Sequence};
use crate::rules::Spanned;
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
        let ahead = self.ahead.clone();
        for item in items {
            let value = &item.value;
            if self.crowded() || self.too_many_patterns(value.patterns.len(), &item.file, item.span) {
                continue;
            }
            let Some(gives) = self.type_named(&value.gives, &item.file) else { continue };
            let nominal = match &value.kind {
                None => false,
                Some(kind) => self
                    .one_of("E018", "kind", kind, &item.file, &[("named", false), ("nominal", true)])
                    .unwrap_or(false),
            };
            for pattern in &value.patterns {
                let ast = match ahead.pattern(pattern.get_ref()) {
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
                // Rules are looked up by each of these words.
                if !self.has_room(sequence.first().words.iter().count(), &item.file, span_of(pattern)) {
                    break;
                }
                // Each pattern has its own roles: what a pattern does not bind, its templates leave empty.
                let set =
                    value.set.iter().map(|(k, t)| (k.as_str().into(), self.template(t, &sequence, item))).collect();
                let name = value.value.as_ref().map(|t| self.template(t, &sequence, item));
                let key = value.key.as_ref().map(|t| self.template(t, &sequence, item));
                let alias = value.alias.as_ref().map(|t| self.template(t, &sequence, item));
                if let Some(head) = &value.head
                    && !has_role(&ahead, &value.patterns, head.get_ref())
                {
                    let span = super::inside(&item.file, head, Span::new(0, head.get_ref().len() as u32));
                    self.missing_role(head.get_ref(), span, item);
                }
                let head = value
                    .head
                    .as_ref()
                    .map(|h| h.get_ref().as_str())
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
        written: &Spanned<String>,
        sequence: &Sequence,
        item: &super::Item<crate::rules::written::NameWritten>,
    ) -> Template {
        let text = written.get_ref();
        let mut parts = Vec::new();
        let mut at = 0;
        while let Some(open) = text[at..].find('{').map(|open| at + open) {
            if open > at {
                parts.push(TemplatePart::Text(text[at..open].into()));
            }
            let Some(close) = text[open..].find('}').map(|close| open + close) else {
                let span = super::inside(&item.file, written, Span::new(open as u32, text.len() as u32));
                self.error("E003", &item.file, span, "this `{` is never closed", None);
                return Template { parts };
            };
            let body = &text[open + 1..close];
            let (role, attribute) = match body.split_once('.') {
                Some((role, attribute)) => (role, Some(attribute.into())),
                None => (body, None),
            };
            match sequence.roles().iter().position(|r| r == role) {
                Some(index) => parts.push(TemplatePart::Role(index as u8, attribute)),
                None if has_role(&self.ahead, &item.value.patterns, role) => {}
                None => {
                    let span = Span::new(open as u32 + 1, (open + 1 + role.len()) as u32);
                    self.missing_role(role, super::inside(&item.file, written, span), item);
                }
            }
            at = close + 1;
        }
        if at < text.len() {
            parts.push(TemplatePart::Text(text[at..].into()));
        }
        Template { parts }
    }

    fn missing_role(&mut self, role: &str, span: Span, item: &super::Item<crate::rules::written::NameWritten>) {
        let roles = roles_of(&self.ahead, &item.value.patterns);
        let error = Diagnostic::error("E019", format!("no pattern of this rule has a role `{role}`"))
            .in_file(item.file.clone())
            .label(span, "");
        self.errors.push(match nearest(role, roles.iter().map(String::as_str)) {
            Some(near) => error.help(format!("did you mean `{near}`?")).patch(span, near),
            None => error.help(format!("write {{{role}:Type}} or {role}:( … ) in a pattern")),
        });
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
    stage.openers = Openers::new(stage.rules.iter().map(|rule| &rule.sequence));
}

/// Every role that the patterns of a rule bind, sorted.
fn roles_of(ahead: &Ahead<'_>, patterns: &[Spanned<String>]) -> Vec<String> {
    let mut roles = Vec::new();
    for ast in patterns.iter().filter_map(|p| ahead.pattern(p.get_ref()).ok()) {
        ast.walk(&mut |node| match &node.kind {
            AstKind::Slot { role: Some(role), .. } | AstKind::Capture { role, .. } => roles.push(role.clone()),
            _ => {}
        });
    }
    roles.sort();
    roles.dedup();
    roles
}

/// Lists can bind roles as well; what is only written inside of one counts where a pattern names it.
fn has_role(ahead: &Ahead<'_>, patterns: &[Spanned<String>], role: &str) -> bool {
    roles_of(ahead, patterns).iter().any(|r| r == role)
}
