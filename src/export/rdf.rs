//! The graph as RDF: which triples there are, whatever syntax they are written in.
//!
//! A relation told as a fact is a plain triple. Every relation, whatever way it is told, is also a statement (`rdf:Statement`)
//! with how it is told and what it rests on: by PROV-O, it `prov:wasDerivedFrom` its evidence, and evidence
//! `prov:wasQuotedFrom` a document, with its place in the text by the words of the Web Annotation vocabulary. Reification
//! rather than RDF-star, because the most used libraries do not read RDF-star.

use std::io;

use super::iri::{ATTRIBUTE, DCTERMS, Iri, OA, OWL, PROV, RDF, RDFS, RELATION, SKOS, Space, TERM, TYPE};
use super::words;
use crate::extract::{Modality, Polarity};
use crate::graph::{Edge, KnowledgeGraph, Node, days};

/// What stands at the end of a triple.
#[derive(Debug, Clone, Copy)]
pub(super) enum Object<'a> {
    Iri(Iri<'a>),
    Text(&'a str),
    /// A text with the type of XML Schema that it is of: `date`.
    Typed(&'a str, &'static str),
    Whole(u32),
    Fraction(f64),
    Truth(bool),
}

/// Takes triples, those of a subject together and those of a predicate together.
pub(super) trait Sink {
    /// The triples that follow are about this.
    fn subject(&mut self, subject: Iri<'_>) -> io::Result<()>;
    /// One triple about the subject.
    fn triple(&mut self, predicate: Iri<'_>, object: Object<'_>) -> io::Result<()>;
    /// No more triples about the subject.
    fn end(&mut self) -> io::Result<()>;
}

const A: Iri<'static> = Iri::Word(RDF, "type");

fn own(word: &'static str) -> Iri<'static> {
    Iri::Word(TERM, word)
}

/// Hands every triple to a sink.
pub(super) fn triples<S: Sink>(graph: &KnowledgeGraph, sink: &mut S) -> io::Result<()> {
    manifest(graph, sink)?;
    for each in graph.nodes() {
        node(each, sink)?;
    }
    for each in graph.edges() {
        edge(graph, each, sink)?;
    }
    Ok(())
}

fn manifest<S: Sink>(graph: &KnowledgeGraph, sink: &mut S) -> io::Result<()> {
    let manifest = graph.manifest();
    sink.subject(Iri::Graph)?;
    sink.triple(A, word(PROV, "Entity"))?;
    sink.triple(own("generator"), Object::Text(&manifest.generator))?;
    sink.triple(own("generatorVersion"), Object::Text(&manifest.generator_version))?;
    sink.triple(own("pack"), Object::Text(&manifest.pack.name))?;
    sink.triple(own("packVersion"), Object::Text(&manifest.pack.version))?;
    sink.triple(own("packSha256"), Object::Text(&manifest.pack.sha256))?;
    for document in &manifest.documents {
        sink.triple(Iri::Word(PROV, "wasDerivedFrom"), Object::Iri(Iri::Document(&document.id)))?;
    }
    sink.end()?;
    for document in &manifest.documents {
        sink.subject(Iri::Document(&document.id))?;
        sink.triple(A, word(PROV, "Entity"))?;
        sink.triple(A, word(TERM, "Document"))?;
        sink.triple(Iri::Word(DCTERMS, "identifier"), Object::Text(&document.id))?;
        if let Some(title) = &document.title {
            sink.triple(Iri::Word(DCTERMS, "title"), Object::Text(title))?;
        }
        if let Some(date) = &document.date {
            sink.triple(Iri::Word(DCTERMS, "date"), dated(date))?;
        }
        if let Some(url) = &document.url {
            sink.triple(own("url"), Object::Text(url))?;
        }
        sink.triple(own("sha256"), Object::Text(&document.sha256))?;
        sink.triple(own("characters"), Object::Whole(document.characters))?;
        sink.end()?;
    }
    for (name, style) in &manifest.types {
        sink.subject(Iri::Pack(TYPE, name))?;
        sink.triple(A, word(RDFS, "Class"))?;
        sink.triple(Iri::Word(RDFS, "label"), Object::Text(name))?;
        if let Some(broader) = style.types.get(1) {
            sink.triple(Iri::Word(RDFS, "subClassOf"), Object::Iri(Iri::Pack(TYPE, broader)))?;
        }
        sink.end()?;
    }
    for (name, style) in &manifest.relations {
        sink.subject(Iri::Pack(RELATION, name))?;
        sink.triple(A, word(RDF, "Property"))?;
        if style.symmetric {
            sink.triple(A, word(OWL, "SymmetricProperty"))?;
        }
        sink.triple(Iri::Word(RDFS, "label"), Object::Text(&style.label))?;
        sink.end()?;
    }
    Ok(())
}

fn node<S: Sink>(node: &Node, sink: &mut S) -> io::Result<()> {
    sink.subject(Iri::Node(node))?;
    sink.triple(A, word(TERM, "Node"))?;
    for name in &node.types {
        sink.triple(A, Object::Iri(Iri::Pack(TYPE, name)))?;
    }
    sink.triple(own("narrowestType"), Object::Iri(Iri::Pack(TYPE, &node.type_name)))?;
    sink.triple(Iri::Word(DCTERMS, "identifier"), Object::Text(&node.id))?;
    sink.triple(Iri::Word(RDFS, "label"), Object::Text(&node.name))?;
    for alias in &node.aliases {
        sink.triple(Iri::Word(SKOS, "altLabel"), Object::Text(alias))?;
    }
    sink.triple(own("support"), Object::Whole(node.support))?;
    if !node.offices.is_empty() {
        sink.triple(own("offices"), Object::Text(&serde_json::to_string(&node.offices)?))?;
    }
    attributes(&node.attributes, sink)?;
    for number in 0..node.mentions.len() {
        sink.triple(own("mention"), Object::Iri(Iri::Mention(node, number)))?;
    }
    sink.end()?;
    for (number, mention) in node.mentions.iter().enumerate() {
        sink.subject(Iri::Mention(node, number))?;
        sink.triple(A, word(TERM, "Mention"))?;
        sink.triple(Iri::Word(PROV, "wasQuotedFrom"), Object::Iri(Iri::Document(&mention.doc)))?;
        sink.triple(Iri::Word(OA, "start"), Object::Whole(mention.start))?;
        sink.triple(Iri::Word(OA, "end"), Object::Whole(mention.end))?;
        sink.triple(Iri::Word(OA, "exact"), Object::Text(&mention.quote))?;
        sink.triple(own("kind"), Object::Text(words::mention_kind(mention.kind)))?;
        sink.triple(own("rule"), Object::Text(&mention.rule))?;
        sink.triple(own("entity"), Object::Whole(mention.entity))?;
        sink.end()?;
    }
    Ok(())
}

fn edge<S: Sink>(graph: &KnowledgeGraph, edge: &Edge, sink: &mut S) -> io::Result<()> {
    let relation = Iri::Pack(RELATION, &edge.type_name);
    if edge.modality == Modality::Asserted && edge.polarity == Polarity::Positive {
        sink.subject(Iri::Id(&edge.source))?;
        sink.triple(relation, Object::Iri(Iri::Id(&edge.target)))?;
        sink.end()?;
    }
    sink.subject(Iri::Edge(edge))?;
    sink.triple(A, word(RDF, "Statement"))?;
    sink.triple(A, word(TERM, "Statement"))?;
    sink.triple(Iri::Word(RDF, "subject"), Object::Iri(Iri::Id(&edge.source)))?;
    sink.triple(Iri::Word(RDF, "predicate"), Object::Iri(relation))?;
    sink.triple(Iri::Word(RDF, "object"), Object::Iri(Iri::Id(&edge.target)))?;
    sink.triple(own("key"), Object::Whole(edge.key))?;
    sink.triple(Iri::Word(RDFS, "label"), Object::Text(&edge.label))?;
    sink.triple(own("modality"), Object::Text(words::modality(edge.modality)))?;
    sink.triple(own("polarity"), Object::Text(words::polarity(edge.polarity)))?;
    sink.triple(own("confidence"), Object::Fraction(edge.confidence))?;
    sink.triple(own("support"), Object::Whole(edge.support))?;
    sink.triple(own("sources"), Object::Whole(edge.sources))?;
    sink.triple(own("origin"), Object::Text(words::origin(edge.origin)))?;
    for ground in &edge.grounds {
        sink.triple(own("inferredBy"), Object::Text(&ground.rule))?;
        for below in ground.edges.iter().filter_map(|wanted| graph.edge(wanted)) {
            sink.triple(own("restsOn"), Object::Iri(Iri::Edge(below)))?;
        }
    }
    sink.triple(own("symmetric"), Object::Truth(words::is_symmetric(graph, edge)))?;
    attributes(&edge.attributes, sink)?;
    for number in 0..edge.evidence.len() {
        sink.triple(Iri::Word(PROV, "wasDerivedFrom"), Object::Iri(Iri::Evidence(edge, number)))?;
    }
    sink.end()?;
    (0..edge.evidence.len()).try_for_each(|number| evidence(edge, number, sink))
}

fn evidence<S: Sink>(edge: &Edge, number: usize, sink: &mut S) -> io::Result<()> {
    let evidence = &edge.evidence[number];
    sink.subject(Iri::Evidence(edge, number))?;
    sink.triple(A, word(PROV, "Entity"))?;
    sink.triple(A, word(TERM, "Evidence"))?;
    sink.triple(Iri::Word(PROV, "wasQuotedFrom"), Object::Iri(Iri::Document(&evidence.doc)))?;
    if let Some(sentence) = evidence.sentence {
        sink.triple(own("sentence"), Object::Whole(sentence))?;
    }
    sink.triple(Iri::Word(OA, "start"), Object::Whole(evidence.start))?;
    sink.triple(Iri::Word(OA, "end"), Object::Whole(evidence.end))?;
    sink.triple(Iri::Word(OA, "exact"), Object::Text(&evidence.quote))?;
    sink.triple(own("sourceStart"), Object::Whole(evidence.source_span[0]))?;
    sink.triple(own("sourceEnd"), Object::Whole(evidence.source_span[1]))?;
    sink.triple(own("targetStart"), Object::Whole(evidence.target_span[0]))?;
    sink.triple(own("targetEnd"), Object::Whole(evidence.target_span[1]))?;
    sink.triple(own("rule"), Object::Text(&evidence.rule))?;
    sink.triple(own("confidence"), Object::Fraction(evidence.confidence))?;
    sink.triple(own("sourceEntity"), Object::Whole(evidence.source_entity))?;
    sink.triple(own("targetEntity"), Object::Whole(evidence.target_entity))?;
    sink.triple(own("flipped"), Object::Truth(evidence.flipped))?;
    attributes(&evidence.attributes, sink)?;
    sink.end()
}

fn attributes<S: Sink>(attributes: &std::collections::BTreeMap<String, String>, sink: &mut S) -> io::Result<()> {
    attributes.iter().try_for_each(|(name, value)| {
        let value = if name == "date" { dated(value) } else { Object::Text(value) };
        sink.triple(Iri::Pack(ATTRIBUTE, name), value)
    })
}

fn word<'a>(space: Space, word: &'static str) -> Object<'a> {
    Object::Iri(Iri::Word(space, word))
}

/// A date of the calendar has its type, so that it can be compared; one that only EDTF can write stays text.
fn dated(date: &str) -> Object<'_> {
    let plain = date.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    match (date.len(), plain.then(|| days(date)).flatten()) {
        (10, Some((first, last))) if first == last => Object::Typed(date, "date"),
        (7, Some((first, last))) if first.month() == last.month() => Object::Typed(date, "gYearMonth"),
        (4, Some(_)) => Object::Typed(date, "gYear"),
        _ => Object::Text(date),
    }
}
