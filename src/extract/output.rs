//! An analysis becomes a fragment: entities with their mentions, statements with their evidence, events.

use std::collections::BTreeMap;

use crate::language::{Deprel, Upos, VerbForm};
use crate::rules::{RuleSet, Status};
use crate::source::{CodePoints, Span};

use super::analysis::{Analysis, SentenceAnalysis};
use super::discourse::EntityId;
use super::fragment::{
    DocumentRecord, EntityRecord, EventRecord, EvidenceRecord, Fragment, MentionKind, MentionRecord, Modality,
    Polarity, RelationRecord,
};
use super::mention::Mention;
use super::relate::{Statement, rule_id};

/// Everything a document yields, owned.
pub fn fragment(analysis: &Analysis, rules: &RuleSet) -> Fragment {
    let document = &analysis.document;
    let points = CodePoints::new(document.text());
    let mut writer = Writer { analysis, rules, points, entities: Vec::new(), places: BTreeMap::new() };
    writer.entities();
    let relations = writer.relations();
    let source = &document.source;
    let title = source.title.clone().or_else(|| {
        document
            .blocks
            .iter()
            .find(|b| b.kind == crate::document::BlockKind::Headline)
            .map(|b| super::mention::squeeze(b.span.slice(document.text())))
    });
    Fragment {
        document: DocumentRecord {
            id: source.id.clone(),
            title,
            date: analysis.published.map(|d| d.to_string()),
            url: source.url.clone(),
            sha256: analysis.sha256.clone(),
            characters: writer.points.offset(document.text(), document.text().len() as u32),
        },
        entities: writer.entities,
        relations,
    }
}

struct Writer<'a> {
    analysis: &'a Analysis,
    rules: &'a RuleSet,
    points: CodePoints,
    entities: Vec<EntityRecord>,
    places: BTreeMap<EntityId, u32>,
}

impl Writer<'_> {
    fn offsets(&self, span: Span) -> (u32, u32) {
        (
            self.points.offset(self.analysis.document.text(), span.start),
            self.points.offset(self.analysis.document.text(), span.end),
        )
    }

    fn mention(&self, mention: &Mention) -> MentionRecord {
        let document = &self.analysis.document;
        let span = document.span(mention.start..mention.end);
        let (start, end) = self.offsets(span);
        let kind = if mention.pronoun {
            MentionKind::Pronoun
        } else if mention.nominal {
            MentionKind::Nominal
        } else {
            MentionKind::Named
        };
        MentionRecord {
            start,
            end,
            quote: span.slice(document.text()).to_owned(),
            kind,
            rule: mention.rule.to_string(),
        }
    }

    fn entities(&mut self) {
        let discourse = &self.analysis.discourse;
        let types = &self.rules.types;
        // In the order of their first mention, so that the numbering is that of the text.
        let mut order: Vec<(u32, EntityId)> = discourse
            .entities
            .iter()
            .enumerate()
            .filter(|(_, e)| e.merged.is_none() && !e.mentions.is_empty() && types.get(e.type_id).node)
            .map(|(id, e)| {
                (e.mentions.iter().map(|m| self.analysis.mentions[*m as usize].start).min().unwrap_or(0), id as u32)
            })
            .collect();
        order.sort_unstable();
        let statements = self.analysis.sentences.iter().flat_map(|s| &s.statements);
        // What a description is composed of does not by itself make it worth a node.
        let counts = |s: &&Statement| !s.words.is_empty() || discourse.entities[s.source.0 as usize].named;
        let used: std::collections::BTreeSet<EntityId> =
            statements.filter(counts).flat_map(|s| [s.source.0, s.target.0]).map(|id| discourse.root(id)).collect();
        for (_, id) in order {
            let entity = &discourse.entities[id as usize];
            let mut mentions: Vec<MentionRecord> =
                entity.mentions.iter().map(|m| self.mention(&self.analysis.mentions[*m as usize])).collect();
            mentions.sort();
            mentions.dedup();
            // People and bodies without a name stand in the graph for what they do; officials of a country in any case.
            let nameless =
                !entity.named && entity.key.is_none() || mentions.iter().all(|m| m.kind != MentionKind::Named);
            if nameless
                && !used.contains(&id)
                && !["office", "country"].iter().all(|k| entity.attributes.contains_key(*k))
            {
                continue;
            }
            // Only pronouns and nothing else: nobody was named or described.
            if mentions.iter().all(|m| m.kind == MentionKind::Pronoun) {
                continue;
            }
            self.places.insert(id, self.entities.len() as u32);
            let name = if entity.named || entity.key.is_some() { entity.name.clone() } else { describe(entity) };
            let mut aliases: Vec<String> = entity.aliases.iter().filter(|a| **a != name).cloned().collect();
            aliases.sort();
            let attributes =
                entity.attributes.iter().filter(|(_, v)| !v.is_empty()).map(|(k, v)| (k.clone(), v.clone())).collect();
            self.entities.push(EntityRecord {
                type_name: types.get(entity.type_id).name.clone(),
                name,
                aliases,
                attributes,
                key: entity.key.clone(),
                named: entity.named,
                event: None,
                mentions,
            });
        }
    }

    fn relations(&mut self) -> Vec<RelationRecord> {
        let mut out = Vec::new();
        let mut events: Vec<(EntityRecord, usize)> = Vec::new();
        let analysis = self.analysis;
        for sentence in &analysis.sentences {
            for statement in &sentence.statements {
                if let Some(record) = self.relation(sentence, statement) {
                    self.event(statement, &record, &mut events);
                    out.push(record);
                }
            }
        }
        events.into_iter().for_each(|(event, _)| self.entities.push(event));
        out
    }

    fn local(&self, id: EntityId) -> Option<u32> {
        self.places.get(&self.analysis.discourse.root(id)).copied()
    }

    fn relation(&self, sentence: &SentenceAnalysis, statement: &Statement) -> Option<RelationRecord> {
        let analysis = self.analysis;
        let relation = &self.rules.relations[statement.relation as usize];
        let (source, target) = (self.local(statement.source.0)?, self.local(statement.target.0)?);
        let span = analysis.document.sentences[sentence.index as usize].span;
        let (start, end) = self.offsets(span);
        let spot = |mention: u32| {
            let m = &analysis.mentions[analysis.named_beside(mention) as usize];
            let (b, e) = self.offsets(analysis.document.span(m.start..m.end));
            [b, e]
        };
        let standings =
            [(statement.polarity == Polarity::Negative).then_some(Status::Negative), Some(statement.modality.into())];
        let mut attributes: BTreeMap<String, String> = self.rules.codes(relation, standings.into_iter().flatten());
        if let Some(date) = self.date(sentence, statement) {
            attributes.insert("date".to_owned(), date);
        }
        if let Some(place) = self.place(sentence, statement) {
            attributes.insert("place".to_owned(), place);
        }
        if let Some(speaker) = self.speaker(sentence, statement) {
            attributes.insert("speaker".to_owned(), speaker);
        }
        for (role, mention) in &statement.roles {
            if let Some(name) = analysis
                .discourse
                .entities_of(*mention)
                .first()
                .and_then(|id| self.local(*id))
                .map(|l| self.entities[l as usize].name.clone())
            {
                attributes.insert(role.clone(), name);
            }
        }
        Some(RelationRecord {
            relation: relation.name.clone(),
            source,
            target,
            modality: statement.modality,
            polarity: statement.polarity,
            attributes,
            evidence: EvidenceRecord {
                sentence: sentence.index,
                start,
                end,
                source_span: spot(statement.source.1),
                target_span: spot(statement.target.1),
                quote: span.slice(analysis.document.text()).to_owned(),
                rule: rule_id(self.rules, statement).to_string(),
                confidence: (statement.confidence * 100.0).round() / 100.0,
            },
        })
    }

    /// The date that is told of the predicate: the nearest of those on the verb that it is, hangs on or is the noun of. What
    /// a date inside of another clause says is not said of it.
    fn date(&self, sentence: &SentenceAnalysis, statement: &Statement) -> Option<String> {
        let at = sentence.units.get(statement.predicate?)?.start;
        let verb = verb_of(sentence, statement.predicate?);
        let told = sentence.dates.iter().filter_map(|d| {
            let unit = sentence.units.partition_point(|u| u.end <= d.start);
            let same = unit < sentence.units.len() && verb_of(sentence, unit) == verb;
            same.then_some(d).and_then(|d| Some((d.start, d.edtf.as_ref()?)))
        });
        told.min_by_key(|(start, _)| (start.abs_diff(at), *start)).map(|(_, edtf)| edtf.clone())
    }

    /// A place named after an adposition of place on the predicate or its words, that is neither end of the relation.
    fn place(&self, sentence: &SentenceAnalysis, statement: &Statement) -> Option<String> {
        let rules = self.rules;
        let place = rules.types.masks().get("Somewhere").copied()?;
        for (unit, it) in sentence.units.iter().enumerate() {
            let Some(mention) = it.mention else { continue };
            let head = sentence.heads.get(unit).and_then(|h| (*h as usize).checked_sub(1));
            let hangs = head.is_some_and(|h| statement.words.contains(&h) || Some(h) == statement.predicate);
            let opened = sentence.units.iter().enumerate().any(|(c, u)| {
                sentence.heads[c] as usize == unit + 1 && rules.discourse.place_adpositions.contains(u.word)
            });
            if hangs && opened && mention != statement.source.1 && mention != statement.target.1 {
                let id = *self.analysis.discourse.entities_of(mention).first()?;
                if place.contains(self.analysis.discourse.entities[id as usize].type_id) {
                    return self.local(id).map(|l| self.entities[l as usize].name.clone());
                }
            }
        }
        None
    }

    fn speaker(&self, sentence: &SentenceAnalysis, statement: &Statement) -> Option<String> {
        let person = self.rules.types.masks().get("Actor").copied().unwrap_or(crate::pattern::TypeMask::ALL);
        statement.speakers.iter().find_map(|unit| {
            let mention = sentence.units.get(*unit)?.mention?;
            let id = *self.analysis.discourse.entities_of(mention).first()?;
            person
                .contains(self.analysis.discourse.entities[id as usize].type_id)
                .then(|| self.local(id).map(|l| self.entities[l as usize].name.clone()))
                .flatten()
        })
    }

    /// The event that an asserted relation makes; one a document for the same participants and date.
    fn event(&self, statement: &Statement, record: &RelationRecord, events: &mut Vec<(EntityRecord, usize)>) {
        if record.modality != Modality::Asserted || record.polarity != Polarity::Positive {
            return;
        }
        for (number, rule) in self.rules.events.iter().enumerate() {
            if !rule.from.contains(&statement.relation) {
                continue;
            }
            let mut roles = vec![(rule.source.clone(), record.source), (rule.target.clone(), record.target)];
            if let (Some(role), Some(place)) = (&rule.place, record.attributes.get("place"))
                && let Some(local) = self.entities.iter().position(|e| e.name == *place)
            {
                roles.push((role.clone(), local as u32));
            }
            roles.sort();
            roles.dedup();
            let date = record.attributes.get("date").cloned();
            let parts = [
                ("{source}", Some(self.entities[record.source as usize].name.clone())),
                ("{target}", Some(self.entities[record.target as usize].name.clone())),
                ("{place}", record.attributes.get("place").cloned()),
                ("{date}", date.clone()),
            ];
            let name =
                parts.iter().fold(rule.name.clone(), |n, (key, value)| n.replace(key, value.as_deref().unwrap_or("")));
            let name = name.split(", ").map(str::trim).filter(|p| !p.is_empty()).collect::<Vec<_>>().join(", ");
            let unit = self
                .analysis
                .sentences
                .iter()
                .find(|s| s.index == record.evidence.sentence)
                .and_then(|s| s.units.get(statement.predicate?));
            let Some(unit) = unit else { return };
            let span = self.analysis.document.span(unit.start..unit.end);
            let (start, end) = self.offsets(span);
            let mention = MentionRecord {
                start,
                end,
                quote: span.slice(self.analysis.document.text()).to_owned(),
                kind: MentionKind::Nominal,
                rule: record.evidence.rule.clone(),
            };
            let ends = |roles: &[(String, u32)]| {
                let mut ends: Vec<(String, u32)> =
                    roles.iter().filter(|(r, _)| Some(r) != rule.place.as_ref()).cloned().collect();
                ends.sort();
                ends
            };
            let same = events.iter_mut().find(|(e, n)| {
                let old = e.event.as_ref();
                *n == number
                    && old.is_some_and(|o| {
                        ends(&o.roles) == ends(&roles) && (o.date.is_none() || date.is_none() || o.date == date)
                    })
            });
            match same {
                Some((event, _)) => {
                    if !event.mentions.contains(&mention) {
                        event.mentions.push(mention);
                        event.mentions.sort();
                    }
                    if let Some(old) = &mut event.event {
                        old.date = old.date.take().or(date);
                        old.roles.extend(roles);
                        old.roles.sort();
                        old.roles.dedup();
                    }
                }
                None => events.push((
                    EntityRecord {
                        type_name: self.rules.types.get(rule.type_id).name.clone(),
                        name,
                        aliases: Vec::new(),
                        attributes: BTreeMap::new(),
                        key: None,
                        named: false,
                        event: Some(EventRecord { roles, date }),
                        mentions: vec![mention],
                    },
                    number,
                )),
            }
        }
    }
}

/// What an entity without a name is called: its office and country, or the words it was first described by.
fn describe(entity: &super::discourse::Entity) -> String {
    match (entity.attributes.get("office"), entity.attributes.get("country")) {
        (Some(office), Some(country)) => format!("{office} of {country}"),
        _ => entity.name.clone(),
    }
}

/// The verb of the clause that a unit stands in: itself, or what it hangs on, through verbs that share their subject. None
/// where there is none.
fn verb_of(sentence: &SentenceAnalysis, unit: usize) -> Option<usize> {
    let (mut at, mut found) = (unit, None);
    for _ in 0..sentence.units.len() {
        let is_verb = sentence.units[at].morph.upos == Upos::Verb && sentence.units[at].mention.is_none();
        if is_verb {
            found = Some(at);
        }
        let shares = match sentence.rels[at] {
            Deprel::Xcomp | Deprel::Conj => true,
            Deprel::Advcl | Deprel::Acl => sentence.units[at].morph.verb_form != Some(VerbForm::Fin),
            _ => false,
        };
        if is_verb && !shares {
            break;
        }
        match (sentence.heads[at] as usize).checked_sub(1) {
            Some(head) => at = head,
            None => break,
        }
    }
    found
}
