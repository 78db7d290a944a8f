//! Rules that read a relation off the parts of a name: *NATO spokeswoman Ada Lund* speaks for NATO.

use std::sync::Arc;

use super::{Context, Item, span_of};
use crate::document::LazyRegex;
use crate::rules::ruleset::PartReading;
use crate::rules::written::RuleWritten;

impl Context<'_> {
    /// What a rule reads off names, where it says `of`.
    pub(super) fn part_reading(&mut self, item: &Item<RuleWritten>) -> Option<PartReading> {
        let value = &item.value;
        let Some(of) = &value.of else {
            if let Some(part) = value.part.first() {
                self.error(
                    "E019",
                    &item.file,
                    span_of(part),
                    "`part` says which part of a name is meant, but not of what names",
                    Some("add of = \"Person\"".to_owned()),
                );
            }
            return None;
        };
        let of_name = of.get_ref().clone();
        let of = self.mask_named(of, &item.file)?;
        if value.part.is_empty() {
            self.error(
                "E019",
                &item.file,
                item.span,
                "`of` needs the roles of name rules whose fillers are the target",
                Some("add part = [\"body\"]".to_owned()),
            );
        }
        let mut roles: Vec<Arc<str>> = Vec::new();
        for role in &value.part {
            let name = role.get_ref();
            let bound = format!("{{{name}:");
            let patterns = self.written.names.iter().flat_map(|n| &n.value.patterns);
            if patterns.clone().any(|p| p.get_ref().contains(&bound)) {
                roles.push(name.as_str().into());
            } else {
                self.error(
                    "E019",
                    &item.file,
                    span_of(role),
                    format!("no name rule has a role `{name}`"),
                    Some(format!("write {{{name}:Type}} in a pattern of a [[name]], or name another role")),
                );
            }
        }
        let mut when = Vec::new();
        for (attribute, pattern) in &value.when {
            match LazyRegex::new(pattern.get_ref()) {
                Ok(regex) => when.push((attribute.as_str().into(), regex)),
                Err(message) => self.error(
                    "E003",
                    &item.file,
                    span_of(pattern),
                    format!("this regular expression is wrong: {message}"),
                    None,
                ),
            }
        }
        Some(PartReading { of, of_name, roles, when })
    }
}
