//! Turtle, for people and programs, and N-Triples, one triple a line.

use std::io::{self, Write};

use super::escape::replace;
use super::iri::{Iri, SPACES, XSD};
use super::rdf::{Object, Sink, triples};
use super::words;
use crate::graph::KnowledgeGraph;

/// Writes the graph as Turtle.
pub(super) fn turtle<W: Write>(graph: &KnowledgeGraph, out: &mut W) -> io::Result<()> {
    for space in SPACES {
        writeln!(out, "@prefix {}: <{}> .", space.prefix, space.iri)?;
    }
    triples(graph, &mut Turtle { out, predicate: Vec::new(), last: Vec::new() })
}

/// Writes the graph as N-Triples.
pub(super) fn ntriples<W: Write>(graph: &KnowledgeGraph, out: &mut W) -> io::Result<()> {
    triples(graph, &mut Lines { out, subject: Vec::new() })
}

struct Turtle<'a, W> {
    out: &'a mut W,
    predicate: Vec<u8>,
    /// The predicate of the triple before; empty at the first of a subject.
    last: Vec<u8>,
}

impl<W: Write> Sink for Turtle<'_, W> {
    fn subject(&mut self, subject: Iri<'_>) -> io::Result<()> {
        self.last.clear();
        self.out.write_all(b"\n")?;
        short(self.out, subject)
    }

    fn triple(&mut self, predicate: Iri<'_>, object: Object<'_>) -> io::Result<()> {
        self.predicate.clear();
        short(&mut self.predicate, predicate)?;
        if self.predicate == self.last {
            self.out.write_all(b" , ")?;
        } else {
            self.out.write_all(if self.last.is_empty() { b"\n    " } else { b" ;\n    " })?;
            let is_type = self.predicate == b"rdf:type";
            self.out.write_all(if is_type { b"a" } else { &self.predicate })?;
            self.out.write_all(b" ")?;
            std::mem::swap(&mut self.predicate, &mut self.last);
        }
        match object {
            Object::Iri(iri) => short(self.out, iri),
            Object::Text(text) => literal(self.out, text),
            Object::Typed(text, kind) => {
                literal(self.out, text)?;
                write!(self.out, "^^xsd:{kind}")
            }
            Object::Whole(number) => write!(self.out, "{number}"),
            Object::Fraction(number) => self.out.write_all(words::fraction(number).as_bytes()),
            Object::Truth(truth) => write!(self.out, "{truth}"),
        }
    }

    fn end(&mut self) -> io::Result<()> {
        self.out.write_all(b" .\n")
    }
}

struct Lines<'a, W> {
    out: &'a mut W,
    subject: Vec<u8>,
}

impl<W: Write> Sink for Lines<'_, W> {
    fn subject(&mut self, subject: Iri<'_>) -> io::Result<()> {
        self.subject.clear();
        bracketed(&mut self.subject, subject)
    }

    fn triple(&mut self, predicate: Iri<'_>, object: Object<'_>) -> io::Result<()> {
        self.out.write_all(&self.subject)?;
        self.out.write_all(b" ")?;
        bracketed(self.out, predicate)?;
        self.out.write_all(b" ")?;
        match object {
            Object::Iri(iri) => bracketed(self.out, iri)?,
            Object::Text(text) => literal(self.out, text)?,
            Object::Typed(text, kind) => {
                literal(self.out, text)?;
                write!(self.out, "^^<{}{kind}>", XSD.iri)?;
            }
            Object::Whole(number) => write!(self.out, "\"{number}\"^^<{}integer>", XSD.iri)?,
            Object::Fraction(number) => write!(self.out, "\"{}\"^^<{}decimal>", words::fraction(number), XSD.iri)?,
            Object::Truth(truth) => write!(self.out, "\"{truth}\"^^<{}boolean>", XSD.iri)?,
        }
        self.out.write_all(b" .\n")
    }

    fn end(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn short<W: Write>(out: &mut W, iri: Iri<'_>) -> io::Result<()> {
    iri.prefixed(out).unwrap_or_else(|| bracketed(out, iri))
}

fn bracketed<W: Write>(out: &mut W, iri: Iri<'_>) -> io::Result<()> {
    out.write_all(b"<")?;
    iri.full(out)?;
    out.write_all(b">")
}

fn literal<W: Write>(out: &mut W, text: &str) -> io::Result<()> {
    out.write_all(b"\"")?;
    replace(
        out,
        text,
        |byte| matches!(byte, b'"' | b'\\' | 0..=0x1f | 0x7f),
        |out, rest| {
            match rest.as_bytes()[0] {
                b'"' => out.write_all(b"\\\"")?,
                b'\\' => out.write_all(b"\\\\")?,
                b'\n' => out.write_all(b"\\n")?,
                b'\r' => out.write_all(b"\\r")?,
                b'\t' => out.write_all(b"\\t")?,
                byte => write!(out, "\\u{byte:04X}")?,
            }
            Ok(1)
        },
    )?;
    out.write_all(b"\"")
}
