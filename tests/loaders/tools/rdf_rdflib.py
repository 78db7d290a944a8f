"""Turtle, N-Triples and JSON-LD with rdflib."""

import rdflib

from rdf import edges, nodes

# As written, not as rdflib would have written it.
rdflib.NORMALIZE_LITERALS = False


def triples(path, form):
    graph = rdflib.Graph()
    with open(path, "rb") as file:
        graph.parse(file, format=form)
    return {tuple(str(term) for term in triple) for triple in graph}


def read(expected):
    found = triples(expected.path("ttl"), "turtle")
    return nodes(found, expected), edges(found, expected)


def more(expected):
    first = triples(expected.path("ttl"), "turtle")
    forms = {"nt": "nt", "jsonld": "json-ld"}
    return [f"{ending} differs from ttl" for ending, form in forms.items() if triples(expected.path(ending), form) != first]
