//! Name rules that say what another one of their stage says already.

use std::collections::BTreeMap;

use super::{View, beside, cut, warning};
use crate::diagnostic::Diagnostic;

pub(super) fn look(view: &View<'_>, out: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<(u32, String), (&str, &crate::rules::Item<_>, usize)> = BTreeMap::new();
    for item in view.written.names.iter() {
        let value = &item.value;
        for (number, pattern) in value.patterns.iter().enumerate() {
            // Letter case of words in a pattern has no meaning, white space neither; everything else has.
            let plain = pattern.get_ref().split_whitespace().collect::<Vec<_>>().join(" ");
            let id = value.id.get_ref().as_str();
            let Some(&(other, first, at)) = seen.get(&(value.stage, plain.clone())) else {
                seen.insert((value.stage, plain), (id, item, number));
                continue;
            };
            // A pack laid over another may give a rule another meaning.
            if !view.asks(item) || first.pack != item.pack {
                continue;
            }
            let named = if other == id { "of this rule".to_owned() } else { format!("of `{other}`") };
            let title = format!("this pattern says the same as another {named}");
            let mut found = warning("W001", title, &item.file, pattern.place(), "");
            let place: &crate::rules::written::NameWritten = &first.value;
            found = beside(found, &first.file, place.patterns[at].place(), "says the same");
            if let Some(span) = cut(&value.patterns, number, &item.file) {
                found = found.help("remove it").patch(span, "");
            }
            out.push(found);
        }
    }
}
