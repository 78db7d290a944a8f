//! What the graph needs of the rules, as the plain data that the graph asks for.

use crate::graph::{
    EdgeStyle, GraphSchema, IdentityRules, NodeStyle, PackInfo, RelationInfo, Shape, TenureRules, TypeInfo,
};
use crate::rules::RuleSet;

/// The graph's schema of a rule set.
pub fn schema(rules: &RuleSet) -> GraphSchema {
    let types = rules
        .types
        .iter()
        .filter(|(_, def)| def.node)
        .map(|(id, def)| TypeInfo {
            name: def.name.clone(),
            ancestors: rules.types.lineage(id),
            prefix: def.id.clone(),
            draw: NodeStyle {
                shape: def.draw.get("shape").and_then(|s| Shape::parse(s)).unwrap_or_default(),
                fill: def.draw.get("color").cloned().unwrap_or_default(),
                border: def.draw.get("border").cloned().unwrap_or_default(),
                detail: def
                    .draw
                    .get("detail")
                    .map(|d| d.split_whitespace().map(str::to_owned).collect())
                    .unwrap_or_default(),
            },
        })
        .collect();
    // The relation between an event and its place runs away from the event; the others run towards it.
    let outward = |name: &str| rules.events.iter().any(|e| e.place.as_deref() == Some(name));
    let relations = rules
        .relations
        .iter()
        .map(|r| RelationInfo {
            name: r.name.clone(),
            label: r.label.clone(),
            symmetric: r.symmetric,
            outward: outward(&r.name),
            codes: r.codes.clone(),
            draw: EdgeStyle { color: r.draw.get("color").cloned().unwrap_or_default() },
        })
        .collect();
    let personal = rules.types.find("Person").map(|id| rules.types.get(id).name.clone()).into_iter().collect();
    let identity = &rules.identity;
    let pack = rules.packs.last();
    GraphSchema {
        types,
        relations,
        pack: PackInfo {
            name: pack.map(|p| p.name.clone()).unwrap_or_default(),
            version: pack.map(|p| p.version.clone()).unwrap_or_default(),
            sha256: rules.sha256.clone(),
        },
        identity: IdentityRules {
            personal,
            same: identity.same.clone(),
            never_same: identity
                .never_same
                .iter()
                .filter_map(|pair| Some((pair.first()?.clone(), pair.get(1)?.clone())))
                .collect(),
            transliteration: identity.transliteration.clone(),
            particles: identity.particles.clone(),
            vowels: identity.vowels.clone(),
            near: identity.near.clone(),
            family_first: identity.family_first.clone(),
            distinguishing: identity.distinguishing.clone(),
            roles: identity.roles.clone(),
            nameless: identity.nameless.clone(),
            equivalent: identity.equivalent.clone(),
            vague: identity.vague.clone(),
            tenure: TenureRules {
                attribute: identity.tenure.attribute.clone(),
                past: identity.tenure.past.clone(),
                future: identity.tenure.future.clone(),
                begins: identity.tenure.begins.clone(),
                ends: identity.tenure.ends.clone(),
            },
        },
    }
}
