//! Names of things in RDF.
//!
//! A graph has no address on the web, so nodes, edges, documents and the pack's own words are URNs; what others have named
//! goes by their names. Anything may stand in an id: what an IRI or a prefixed name has no place for is percent-encoded.

use std::io::{self, Write};

use super::escape::replace;
use crate::graph::{Edge, Node};

/// A vocabulary: its prefix and what the prefix stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Space {
    pub prefix: &'static str,
    pub iri: &'static str,
}

macro_rules! spaces {
    ($($name:ident $prefix:literal $iri:literal)*) => {
        $(pub(super) const $name: Space = Space { prefix: $prefix, iri: $iri };)*
        /// Every vocabulary, in the order of the prefixes' declarations.
        pub(super) const SPACES: &[Space] = &[$($name),*];
    };
}

spaces! {
    RDF "rdf" "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    RDFS "rdfs" "http://www.w3.org/2000/01/rdf-schema#"
    XSD "xsd" "http://www.w3.org/2001/XMLSchema#"
    OWL "owl" "http://www.w3.org/2002/07/owl#"
    SKOS "skos" "http://www.w3.org/2004/02/skos/core#"
    DCTERMS "dcterms" "http://purl.org/dc/terms/"
    PROV "prov" "http://www.w3.org/ns/prov#"
    OA "oa" "http://www.w3.org/ns/oa#"
    TERM "att" "urn:attache:term:"
    TYPE "type" "urn:attache:type:"
    RELATION "rel" "urn:attache:relation:"
    ATTRIBUTE "attr" "urn:attache:attribute:"
}

/// The name of one thing.
#[derive(Debug, Clone, Copy)]
pub(super) enum Iri<'a> {
    /// A word of a vocabulary, as it is.
    Word(Space, &'static str),
    /// A word of the pack.
    Pack(Space, &'a str),
    /// The graph as a whole.
    Graph,
    Node(&'a Node),
    /// A node, by its id.
    Id(&'a str),
    Mention(&'a Node, usize),
    Document(&'a str),
    Edge(&'a Edge),
    Evidence(&'a Edge, usize),
}

impl Iri<'_> {
    /// Writes it in full, without brackets.
    pub(super) fn full<W: Write>(&self, out: &mut W) -> io::Result<()> {
        match self {
            Iri::Word(space, word) => write!(out, "{}{word}", space.iri),
            Iri::Pack(space, word) => {
                out.write_all(space.iri.as_bytes())?;
                local(out, word)
            }
            Iri::Graph => out.write_all(b"urn:attache:graph"),
            Iri::Node(node) => Iri::Id(&node.id).full(out),
            Iri::Id(id) => {
                out.write_all(b"urn:attache:node:")?;
                path(out, id)
            }
            Iri::Mention(node, number) => {
                Iri::Id(&node.id).full(out)?;
                write!(out, "#mention-{number}")
            }
            Iri::Document(id) => {
                out.write_all(b"urn:attache:document:")?;
                path(out, id)
            }
            Iri::Edge(edge) => {
                out.write_all(b"urn:attache:edge:")?;
                path(out, &edge.source)?;
                out.write_all(b";")?;
                path(out, &edge.target)?;
                write!(out, ";{}", edge.key)
            }
            Iri::Evidence(edge, number) => {
                Iri::Edge(edge).full(out)?;
                write!(out, "#evidence-{number}")
            }
        }
    }

    /// Writes it with its prefix; none for what has no prefix.
    pub(super) fn prefixed<W: Write>(&self, out: &mut W) -> Option<io::Result<()>> {
        match self {
            Iri::Word(space, word) => Some(write!(out, "{}:{word}", space.prefix)),
            Iri::Pack(space, word) => Some(write!(out, "{}:", space.prefix).and_then(|()| local(out, word))),
            _ => None,
        }
    }
}

fn path<W: Write>(out: &mut W, text: &str) -> io::Result<()> {
    encoded(out, text, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'/'))
}

/// The part after a prefix, as Turtle takes it: no dot, no slash, and no hyphen in front.
fn local<W: Write>(out: &mut W, text: &str) -> io::Result<()> {
    let rest = match text.strip_prefix('-') {
        Some(rest) => {
            out.write_all(b"%2D")?;
            rest
        }
        None => text,
    };
    encoded(out, rest, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

fn encoded<W: Write>(out: &mut W, text: &str, stays: impl Fn(u8) -> bool + Copy) -> io::Result<()> {
    replace(
        out,
        text,
        |byte| !stays(byte),
        |out, rest| {
            let width = rest.chars().next().map_or(0, char::len_utf8);
            rest.bytes().take(width).try_for_each(|byte| write!(out, "%{byte:02X}"))?;
            Ok(width)
        },
    )
}
