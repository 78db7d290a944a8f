//! Which nodes of a drawing stand together: those with the same value of an attribute, and the node that is called so.

use std::collections::BTreeMap;

use super::view::View;

/// By value of the attribute, its nodes, as numbers of the view: two at least. A node that bears a value as its name stands
/// with those that have it: the country itself with its people.
pub(super) fn clusters(view: &View<'_>, attribute: &str) -> BTreeMap<String, Vec<usize>> {
    let mut found: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (number, node) in view.nodes.iter().enumerate() {
        if let Some(value) = node.node.attributes.get(attribute) {
            found.entry(value.clone()).or_default().push(number);
        }
    }
    for (number, node) in view.nodes.iter().enumerate() {
        if node.node.attributes.contains_key(attribute) {
            continue;
        }
        if let Some(members) = found.get_mut(&node.node.name) {
            members.push(number);
        }
    }
    found.retain(|_, members| members.len() > 1);
    found
}
