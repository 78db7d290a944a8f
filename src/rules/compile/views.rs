//! Parts of a graph that a pack gives names to.

use std::collections::BTreeSet;

use super::{Context, latest};
use crate::rules::ruleset::{Relation, View};

/// Ways of telling, as graphs name them.
const TOLD: [(&str, &str); 7] = [
    ("asserted", "asserted"),
    ("planned", "planned"),
    ("requested", "requested"),
    ("possible", "possible"),
    ("alleged", "alleged"),
    ("denied", "denied"),
    ("inferred", "inferred"),
];

impl Context<'_> {
    /// `[view.x]`, by name.
    pub(super) fn compile_views(&mut self, relations: &[Relation]) -> Vec<View> {
        // The roles of events are relations of the graph as well.
        let mut names: BTreeSet<String> = relations.iter().map(|relation| relation.name.clone()).collect();
        for item in &self.written.events {
            let roles = [&item.value.source, &item.value.target].into_iter().chain(&item.value.place);
            names.extend(roles.map(|role| role.get_ref().clone()));
        }
        let names: Vec<String> = names.into_iter().collect();
        let mut errors = Vec::new();
        let items = latest(&self.written.views, |item| &item.name, &mut errors, "view");
        self.errors.extend(errors);
        let mut views = Vec::new();
        for item in items {
            let (value, file) = (&item.value, &item.file);
            for relation in &value.relations {
                if !names.contains(relation.get_ref()) {
                    self.unknown("E005", "relation", relation, file, &names);
                }
            }
            for wanted in &value.types {
                self.type_named(wanted, file);
            }
            let told = value.modality.iter().filter_map(|told| self.one_of("E018", "modality", told, file, &TOLD));
            views.push(View {
                name: item.name.clone(),
                doc: value.doc.clone(),
                relations: value.relations.iter().map(|relation| relation.get_ref().clone()).collect(),
                types: value.types.iter().map(|wanted| wanted.get_ref().clone()).collect(),
                told: told.map(str::to_owned).collect(),
                min_support: value.min_support.unwrap_or(1),
            });
        }
        views.sort_by(|a, b| a.name.cmp(&b.name));
        views
    }
}
