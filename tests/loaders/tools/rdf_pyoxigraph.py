"""Turtle, N-Triples and JSON-LD with pyoxigraph: the same triples three times, and the graph in them."""

import pyoxigraph

from rdf import edges, nodes

FORMATS = {
    "ttl": pyoxigraph.RdfFormat.TURTLE,
    "nt": pyoxigraph.RdfFormat.N_TRIPLES,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
}


def triples(path, form):
    def shown(term):
        return term.value

    return {(shown(quad.subject), shown(quad.predicate), shown(quad.object)) for quad in pyoxigraph.parse(path=path, format=form)}


def read(expected):
    found = triples(expected.path("ttl"), pyoxigraph.RdfFormat.TURTLE)
    return nodes(found, expected), edges(found, expected)


def more(expected):
    # Terms with their types and all, not just what they say.
    sets = {
        ending: {str(quad) for quad in pyoxigraph.parse(path=expected.path(ending), format=form)}
        for ending, form in FORMATS.items()
    }
    return [f"{ending} differs from ttl" for ending, found in sets.items() if found != sets["ttl"]]
