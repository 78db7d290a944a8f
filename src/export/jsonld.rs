//! JSON-LD 1.1: the triples of the Turtle as JSON, one thing a line, with a context that spells out the prefixes.

use std::io::{self, Write};

use super::iri::{Iri, SPACES};
use super::rdf::{Object, Sink, triples};
use super::words;
use crate::graph::KnowledgeGraph;

/// Writes the graph as JSON-LD.
pub(super) fn jsonld<W: Write>(graph: &KnowledgeGraph, out: &mut W) -> io::Result<()> {
    out.write_all(b"{\"@context\": {\"@version\": 1.1")?;
    for space in SPACES {
        write!(out, ",\n  \"{}\": \"{}\"", space.prefix, space.iri)?;
    }
    out.write_all(b"},\n\"@graph\": [")?;
    let mut things = Things { out: &mut *out, any: false, predicate: Vec::new(), last: Vec::new() };
    triples(graph, &mut things)?;
    out.write_all(b"\n]}\n")
}

struct Things<'a, W> {
    out: &'a mut W,
    any: bool,
    predicate: Vec<u8>,
    /// The predicate of the triple before; empty at the first of a subject.
    last: Vec<u8>,
}

impl<W: Write> Sink for Things<'_, W> {
    fn subject(&mut self, subject: Iri<'_>) -> io::Result<()> {
        self.last.clear();
        self.out.write_all(if self.any { b",\n{\"@id\": \"" } else { b"\n{\"@id\": \"" })?;
        self.any = true;
        name(self.out, subject)?;
        self.out.write_all(b"\"")
    }

    fn triple(&mut self, predicate: Iri<'_>, object: Object<'_>) -> io::Result<()> {
        self.predicate.clear();
        name(&mut self.predicate, predicate)?;
        let is_type = self.predicate == b"rdf:type";
        if self.predicate == self.last {
            self.out.write_all(b", ")?;
        } else {
            self.out.write_all(if self.last.is_empty() { b", \"" } else { b"], \"" })?;
            self.out.write_all(if is_type { b"@type" } else { &self.predicate })?;
            self.out.write_all(b"\": [")?;
            std::mem::swap(&mut self.predicate, &mut self.last);
        }
        match object {
            Object::Iri(iri) if is_type => {
                self.out.write_all(b"\"")?;
                name(self.out, iri)?;
                self.out.write_all(b"\"")
            }
            Object::Iri(iri) => {
                self.out.write_all(b"{\"@id\": \"")?;
                name(self.out, iri)?;
                self.out.write_all(b"\"}")
            }
            Object::Text(text) => Ok(serde_json::to_writer(&mut *self.out, text)?),
            Object::Typed(text, kind) => {
                self.out.write_all(b"{\"@value\": ")?;
                serde_json::to_writer(&mut *self.out, text)?;
                write!(self.out, ", \"@type\": \"xsd:{kind}\"}}")
            }
            Object::Whole(number) => write!(self.out, "{number}"),
            Object::Fraction(number) => {
                let number = words::fraction(number);
                write!(self.out, "{{\"@value\": \"{number}\", \"@type\": \"xsd:decimal\"}}")
            }
            Object::Truth(truth) => write!(self.out, "{truth}"),
        }
    }

    fn end(&mut self) -> io::Result<()> {
        self.out.write_all(if self.last.is_empty() { b"}" } else { b"]}" })
    }
}

/// Names hold nothing that JSON would have to escape.
fn name<W: Write>(out: &mut W, iri: Iri<'_>) -> io::Result<()> {
    iri.prefixed(out).unwrap_or_else(|| iri.full(out))
}
