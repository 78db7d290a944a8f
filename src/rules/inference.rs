//! Inference rules, compiled: what must be in a graph, and which relation follows from it.

use std::sync::Arc;

use super::ruleset::Example;
use super::types::Types;
use crate::diagnostic::SourceFile;
use crate::motif::{Check, Plan, Slot};
use crate::source::Span;

/// A rule that concludes a relation from other relations of a graph.
pub struct Inference {
    /// Its id.
    pub id: Arc<str>,
    /// What it is for.
    pub doc: String,
    /// Index of the relation that it concludes.
    pub relation: u32,
    /// What must be in the graph, as written.
    pub condition: String,
    /// What follows, as written.
    pub conclusion: String,
    /// The least number of documents behind a conclusion.
    pub min_support: u32,
    /// How sure a conclusion is where all it rests on is certain.
    pub confidence: f64,
    /// Rules of a lower stratum have concluded everything before this one begins.
    pub stratum: u32,
    /// Examples: what must be concluded, and what must not.
    pub examples: Vec<Example>,
    /// The file it stands in.
    pub file: Arc<SourceFile>,
    /// Bytes of the file that say what must be in the graph.
    pub span: Span,
    /// The condition, ready to be looked for.
    pub(crate) plan: Plan,
    /// The node of the plan that is the conclusion's source.
    pub(crate) source: usize,
    /// The node of the plan that is its target.
    pub(crate) target: usize,
}

impl std::fmt::Debug for Inference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Inference").field("id", &self.id).field("stratum", &self.stratum).finish_non_exhaustive()
    }
}

/// A relation that a condition speaks of, and whether it must be absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Needs<'p> {
    pub relation: &'p str,
    pub absent: bool,
}

/// Every relation that a plan speaks of.
pub(super) fn needs(plan: &Plan) -> Vec<Needs<'_>> {
    let mut found = Vec::new();
    gather(plan, false, &mut found);
    found.sort_unstable();
    found.dedup();
    found
}

fn gather<'p>(plan: &'p Plan, absent: bool, found: &mut Vec<Needs<'p>>) {
    let own = plan.hops.iter().flat_map(|hop| &hop.relations);
    found.extend(own.map(|relation| Needs { relation, absent }));
    for check in &plan.checks {
        of_check(plan, check, absent, found);
    }
}

fn of_check<'p>(plan: &'p Plan, check: &Check, absent: bool, found: &mut Vec<Needs<'p>>) {
    match check {
        Check::All(checks) | Check::Any(checks) => checks.iter().for_each(|check| of_check(plan, check, absent, found)),
        Check::Not(check) => of_check(plan, check, !absent, found),
        Check::Exists(number) => gather(&plan.inner[*number].plan, absent, found),
        Check::Compare(..) | Check::Matches(..) | Check::Unknown(_) | Check::Typed(..) => {}
    }
}

/// Names of unions become those of the types they cover, since nodes of a graph have types alone.
pub(super) fn spell_out_unions(plan: &mut Plan, types: &Types) {
    let covered = |names: &mut Vec<String>| {
        *names = names.iter().flat_map(|name| covered(name, types)).collect();
    };
    plan.nodes.iter_mut().flat_map(|node| &mut node.types).for_each(covered);
    fn of_check(check: &mut Check, covered: &impl Fn(&mut Vec<String>)) {
        match check {
            Check::Typed(_, names) => covered(names),
            Check::All(checks) | Check::Any(checks) => checks.iter_mut().for_each(|check| of_check(check, covered)),
            Check::Not(check) => of_check(check, covered),
            Check::Compare(..) | Check::Matches(..) | Check::Unknown(_) | Check::Exists(_) => {}
        }
    }
    plan.checks.iter_mut().for_each(|check| of_check(check, &covered));
    plan.inner.iter_mut().for_each(|inner| spell_out_unions(&mut inner.plan, types));
}

/// The type itself, or the types that a union covers.
pub(super) fn covered(name: &str, types: &Types) -> Vec<String> {
    if types.find(name).is_some() {
        return vec![name.to_owned()];
    }
    let mask = types.mask(name);
    types.iter().filter(|(id, _)| mask.contains(*id)).map(|(_, def)| def.name.clone()).collect()
}

/// The node that a name stands for.
pub(super) fn node(slot: Option<&Slot>) -> Option<usize> {
    match slot {
        Some(Slot::Node(at)) => Some(*at),
        _ => None,
    }
}
