//! A schema and a builder of fragments, so that tests can say in a line what a report tells.
#![allow(dead_code)]

use std::collections::BTreeMap;

use attache::extract::{
    DocumentRecord, EntityRecord, EventRecord, EvidenceRecord, Fragment, MentionKind, MentionRecord, Modality,
    Polarity, RelationRecord,
};
use attache::graph::{
    EdgeStyle, GraphSchema, IdentityRules, NodeStyle, PackInfo, RelationInfo, Shape, TenureRules, TypeInfo,
};

fn strings(values: &[&str]) -> Vec<String> {
    values.iter().map(|value| (*value).to_string()).collect()
}

fn type_info(chain: &[&str], prefix: &str, shape: Shape, fill: &str) -> TypeInfo {
    let detail = if prefix == "person" { strings(&["office", "country"]) } else { Vec::new() };
    TypeInfo {
        name: chain[0].to_string(),
        ancestors: strings(chain),
        prefix: prefix.to_string(),
        draw: NodeStyle { shape, fill: fill.to_string(), border: String::new(), detail },
    }
}

fn relation(name: &str, label: &str, symmetric: bool, outward: bool, color: &str) -> RelationInfo {
    let codes = if symmetric {
        BTreeMap::from([("plover".to_string(), "CONSULT".to_string()), ("cameo".to_string(), "040".to_string())])
    } else {
        BTreeMap::new()
    };
    RelationInfo {
        name: name.to_string(),
        label: label.to_string(),
        symmetric,
        outward,
        codes,
        draw: EdgeStyle { color: color.to_string() },
    }
}

/// What a pack on diplomacy might say.
pub fn schema() -> GraphSchema {
    let pair = |(a, b): (&str, &str)| (a.to_string(), b.to_string());
    GraphSchema {
        types: vec![
            type_info(&["Minister", "Official", "Person"], "person", Shape::Rounded, "#dbe9f6"),
            type_info(&["Commander", "Official", "Person"], "person", Shape::Rounded, "#e3e8d5"),
            type_info(&["Official", "Person"], "person", Shape::Rounded, "#e8eef7"),
            type_info(&["Person"], "person", Shape::Rounded, "#f0f3f8"),
            type_info(&["Country"], "country", Shape::Ellipse, "#fde8c4"),
            type_info(&["City", "Place"], "place", Shape::Ellipse, "#f3ead9"),
            type_info(&["Organization"], "organization", Shape::Box, "#e6dff1"),
            type_info(&["Group"], "group", Shape::Hexagon, "#e4e4e4"),
            type_info(&["Meeting", "Event"], "event", Shape::Diamond, "#cfe8df"),
            type_info(&["Attack", "Event"], "event", Shape::Diamond, "#f4d3cf"),
        ],
        relations: vec![
            relation("met-with", "met", true, false, "steelblue"),
            relation("spoke-with", "spoke with", true, false, "#5b8db8"),
            relation("pledged-support", "pledged support to", false, false, "#2e8b57"),
            relation("visited", "visited", false, false, "#7a6bb0"),
            relation("accused", "accused", false, false, "#c0392b"),
            relation("attacked", "attacked", false, false, "#8e1b1b"),
            relation("sanctioned", "sanctioned", false, false, "#b9770e"),
            relation("signed-agreement", "signed an agreement with", true, false, "#117a65"),
            relation("member-of", "member of", false, false, "#7f8c8d"),
            relation("took-part-in", "took part in", false, false, "#6c9a8b"),
            relation("located-in", "in", false, true, "#a08c5b"),
        ],
        pack: PackInfo { name: "sample".to_string(), version: "0.1".to_string(), sha256: "00".repeat(32) },
        identity: IdentityRules {
            personal: strings(&["Person"]),
            same: vec![strings(&["Abu Mazen", "Mahmoud Abbas"])],
            never_same: vec![pair(("George Bush", "George W. Bush"))],
            transliteration: [
                ("kh", "h"),
                ("gh", "q"),
                ("ou", "u"),
                ("oo", "u"),
                ("ee", "i"),
                ("ei", "ay"),
                ("ai", "ay"),
                ("mm", "m"),
                ("ss", "s"),
                ("ii", "i"),
                ("o", "u"),
                ("e", "i"),
            ]
            .map(pair)
            .to_vec(),
            particles: strings(&["al", "el", "bin", "ibn"]),
            vowels: "aeiouy".to_string(),
            near: strings(&["gk"]),
            family_first: strings(&["China"]),
            distinguishing: strings(&["country", "gender"]),
            roles: strings(&["office"]),
            nameless: strings(&["country", "office"]),
            equivalent: BTreeMap::from([(
                "office".to_string(),
                vec![strings(&["defence minister", "defense minister", "minister of defence"])],
            )]),
            vague: BTreeMap::from([("office".to_string(), strings(&["general", "commander"]))]),
            tenure: TenureRules {
                attribute: "status".to_string(),
                past: strings(&["former"]),
                future: strings(&["elect"]),
                begins: strings(&["appointed"]),
                ends: strings(&["dismissed"]),
            },
        },
    }
}

/// One report being told.
pub struct Report {
    fragment: Fragment,
    cursor: u32,
}

impl Report {
    pub fn new(id: &str, date: Option<&str>) -> Self {
        let document = DocumentRecord {
            id: id.to_string(),
            title: Some(format!("Report {id}")),
            date: date.map(str::to_string),
            url: None,
            sha256: format!(
                "{:064x}",
                id.bytes().fold(7u64, |hash, byte| hash.wrapping_mul(131).wrapping_add(u64::from(byte)))
            ),
            characters: 10_000,
        };
        Report { fragment: Fragment { document, entities: Vec::new(), relations: Vec::new() }, cursor: 0 }
    }

    fn mention(&mut self, quote: &str, kind: MentionKind) -> MentionRecord {
        let start = self.cursor;
        let end = start + u32::try_from(quote.chars().count()).unwrap();
        self.cursor = end + 10;
        MentionRecord { start, end, quote: quote.to_string(), kind, rule: "sample".to_string() }
    }

    fn push(&mut self, type_name: &str, name: &str, attributes: &[(&str, &str)], named: bool) -> u32 {
        let kind = if named { MentionKind::Named } else { MentionKind::Nominal };
        let mention = self.mention(name, kind);
        self.fragment.entities.push(EntityRecord {
            type_name: type_name.to_string(),
            name: name.to_string(),
            aliases: Vec::new(),
            attributes: attributes.iter().map(|(k, v)| ((*k).to_string(), (*v).to_string())).collect(),
            key: None,
            named,
            event: None,
            mentions: vec![mention],
        });
        u32::try_from(self.fragment.entities.len() - 1).unwrap()
    }

    /// A named person with country and office, either of which may be empty.
    pub fn person(&mut self, type_name: &str, name: &str, country: &str, office: &str) -> u32 {
        let attributes: Vec<(&str, &str)> =
            [("country", country), ("office", office)].into_iter().filter(|(_, value)| !value.is_empty()).collect();
        self.push(type_name, name, &attributes, true)
    }

    /// A role without a name.
    pub fn role(&mut self, type_name: &str, name: &str, country: &str, office: &str) -> u32 {
        let attributes: Vec<(&str, &str)> =
            [("country", country), ("office", office)].into_iter().filter(|(_, value)| !value.is_empty()).collect();
        self.push(type_name, name, &attributes, false)
    }

    /// A named entity that a gazetteer knows.
    pub fn known(&mut self, type_name: &str, name: &str) -> u32 {
        let number = self.push(type_name, name, &[], true);
        self.fragment.entities[number as usize].key = Some(format!("{type_name}/{name}"));
        number
    }

    /// A named entity that no gazetteer knows.
    pub fn named(&mut self, type_name: &str, name: &str, attributes: &[(&str, &str)]) -> u32 {
        self.push(type_name, name, attributes, true)
    }

    pub fn event(&mut self, type_name: &str, roles: &[(&str, u32)], date: Option<&str>) -> u32 {
        let number = self.push(type_name, &type_name.to_lowercase(), &[], false);
        let roles = roles.iter().map(|(role, filler)| ((*role).to_string(), *filler)).collect();
        self.fragment.entities[number as usize].event = Some(EventRecord { roles, date: date.map(str::to_string) });
        number
    }

    pub fn says(
        &mut self,
        source: u32,
        relation: &str,
        target: u32,
        attributes: &[(&str, &str)],
    ) -> &mut RelationRecord {
        let span = |entity: u32| {
            let mention = &self.fragment.entities[entity as usize].mentions[0];
            [mention.start, mention.end]
        };
        let name = |entity: u32| self.fragment.entities[entity as usize].name.clone();
        let quote = format!("{} {relation} {}.", name(source), name(target));
        let start = self.cursor;
        let end = start + u32::try_from(quote.chars().count()).unwrap();
        let (source_span, target_span) = (span(source), span(target));
        self.cursor = end + 10;
        let sentence = u32::try_from(self.fragment.relations.len()).unwrap();
        self.fragment.relations.push(RelationRecord {
            relation: relation.to_string(),
            source,
            target,
            modality: Modality::Asserted,
            polarity: Polarity::Positive,
            attributes: attributes.iter().map(|(k, v)| ((*k).to_string(), (*v).to_string())).collect(),
            evidence: EvidenceRecord {
                sentence,
                start,
                end,
                source_span,
                target_span,
                quote,
                rule: format!("{relation}.verb"),
                confidence: 0.9,
            },
        });
        self.fragment.relations.last_mut().unwrap()
    }

    pub fn fragment(self) -> Fragment {
        self.fragment
    }
}
