//! A match of a name rule becomes a mention: what it is called, what is said of it, what it is made of.

use crate::document::Document;
use crate::pattern::Capture;
use crate::rules::{NameRule, RuleSet, Template, TemplatePart};

use super::candidate::Candidate;
use super::mention::{Mention, Part, squeeze};

/// The mention that a match of a name rule makes of the tokens from `at` to `end`.
#[allow(clippy::too_many_arguments)]
pub fn make(
    document: &Document,
    rules: &RuleSet,
    rule: &NameRule,
    sentence: u32,
    base: usize,
    at: usize,
    end: usize,
    captures: &[Capture],
    all: &[Candidate],
) -> Mention {
    let (start, end) = ((base + at) as u32, (base + end) as u32);
    let text_of =
        |c: &Capture| squeeze(document.span(base as u32 + c.start..base as u32 + c.end).slice(document.text()));
    let fill = |template: &Template| -> Option<String> {
        let mut out = String::new();
        let mut any = false;
        for part in &template.parts {
            match part {
                TemplatePart::Text(text) => out.push_str(text),
                TemplatePart::Role(role, attribute) => {
                    let Some(capture) = captures.iter().find(|c| c.role == *role) else { continue };
                    let before = out.len();
                    match (capture.mention, attribute) {
                        (Some(id), Some(attribute)) => {
                            out.push_str(all[id as usize].attribute(attribute, rules).unwrap_or_default());
                        }
                        (Some(id), None) => out.push_str(all[id as usize].value(document, rules)),
                        (None, _) => out.push_str(&text_of(capture)),
                    }
                    any |= out.len() > before;
                }
            }
        }
        let literal = template.parts.iter().all(|p| matches!(p, TemplatePart::Text(_)));
        let out = squeeze(&out);
        ((any || literal) && !out.is_empty()).then_some(out)
    };
    let mut attributes: Vec<(Box<str>, String)> = Vec::new();
    for (name, template) in &rule.set {
        if let Some(value) = fill(template) {
            attributes.push((name.clone(), value));
        }
    }
    // What the building blocks know carries over, where the rule says nothing else.
    for capture in captures {
        let Some(block) = capture.mention.map(|id| &all[id as usize]) else { continue };
        if rules.types.get(block.type_id).node {
            continue;
        }
        for (name, value) in block.attributes(rules) {
            if !attributes.iter().any(|(k, _)| **k == *name) {
                attributes.push((name.into(), value.to_owned()));
            }
        }
    }
    let mut parts: Vec<Part> = Vec::new();
    for capture in captures {
        let Some(id) = capture.mention else { continue };
        let block = &all[id as usize];
        if rules.types.get(block.type_id).node {
            if let Some((_, role)) = rule.parts.iter().find(|(role, _)| *role == capture.role) {
                parts.push(Part { role: role.clone(), id, start: block.start, end: block.end });
            }
        } else {
            parts.extend(block.parts().iter().cloned());
        }
    }
    let head_capture = rule.head.and_then(|role| captures.iter().find(|c| c.role == role));
    let name = head_capture.map_or((start, end), |c| (base as u32 + c.start, base as u32 + c.end));
    // What the gazetteers know of a name holds where the report takes it for granted, but never against the report.
    if let Some(known) = all.iter().find(|m| (m.start, m.end) == name && rules.types.is_a(m.type_id, rule.gives)) {
        let agrees =
            known.attributes(rules).all(|(k, v)| attributes.iter().all(|(key, value)| **key != *k || value == v));
        if agrees {
            for (key, value) in known.attributes(rules) {
                if !attributes.iter().any(|(k, _)| **k == *key) {
                    attributes.push((key.into(), value.to_owned()));
                }
            }
        }
    }
    // A description is called by all of its words, a name without its titles.
    let called = if rule.nominal { (start, end) } else { name };
    let value = rule
        .value
        .as_ref()
        .and_then(&fill)
        .unwrap_or_else(|| squeeze(document.span(called.0..called.1).slice(document.text())));
    let mut type_id = rule.gives;
    for refine in &rules.refine {
        if rules.types.is_a(type_id, refine.from)
            && let Some((_, v)) = attributes.iter().find(|(k, _)| **k == *refine.attribute)
            && refine.matches.is_match(v)
        {
            type_id = refine.to;
            for (k, v) in &refine.set {
                attributes.push((k.as_str().into(), v.clone()));
            }
            break;
        }
    }
    let mut entry = None;
    if let Some(key) = rule.key.as_ref().and_then(&fill) {
        entry = captures
            .iter()
            .filter_map(|c| c.mention)
            .find_map(|id| all[id as usize].entry(rules).filter(|_| all[id as usize].value(document, rules) == key));
        if let Some(found) = entry {
            type_id = rules.gazetteer.entry(found).type_id;
        }
    }
    Mention {
        start,
        end,
        head: name.1 - 1,
        name,
        type_id,
        form: 0,
        nominal: rule.nominal,
        pronoun: false,
        rule: rule.id.clone(),
        value: entry.map_or(value, |e| rules.gazetteer.entry(e).name.to_string()),
        entry,
        attributes,
        alias: rule.alias.as_ref().and_then(&fill),
        sentence,
        read: (start, end),
        parts,
    }
}

/// The stretches that a match makes mentions of, each with the captures that are its own or everybody's.
pub fn members(rule: &NameRule, at: usize, end: usize, captures: &[Capture]) -> Vec<(usize, usize, Vec<Capture>)> {
    let each: Vec<&Capture> = captures.iter().filter(|c| Some(c.role) == rule.each).collect();
    if each.is_empty() {
        return vec![(at, end, captures.to_vec())];
    }
    let within = |c: &Capture, m: &Capture| m.start <= c.start && c.end <= m.end;
    each.iter()
        .map(|member| {
            let own = |c: &&Capture| {
                within(c, member) || Some(c.role) == rule.shared || !each.iter().any(|other| within(c, other))
            };
            (member.start as usize, member.end as usize, captures.iter().filter(own).copied().collect())
        })
        .collect()
}
