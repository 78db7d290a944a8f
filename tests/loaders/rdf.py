"""The graph out of its triples, whichever library read them: subject, predicate and object as plain texts."""

import json
import urllib.parse
from collections import defaultdict

TERM, TYPE, RELATION, ATTRIBUTE = (f"urn:attache:{name}:" for name in ("term", "type", "relation", "attribute"))
RDF, RDFS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2000/01/rdf-schema#"
DCTERMS, SKOS = "http://purl.org/dc/terms/", "http://www.w3.org/2004/02/skos/core#"
PROV, OA = "http://www.w3.org/ns/prov#", "http://www.w3.org/ns/oa#"


class Things:
    def __init__(self, triples):
        self.found = defaultdict(lambda: defaultdict(list))
        for subject, predicate, obj in triples:
            self.found[subject][predicate].append(obj)

    def of_type(self, name):
        return [subject for subject, facts in self.found.items() if TERM + name in facts.get(RDF + "type", [])]

    def one(self, subject, predicate, default=None):
        values = self.found[subject].get(predicate, [])
        if len(values) > 1 or (not values and default is None):
            raise SystemExit(f"{subject} {predicate}: {values}")
        return values[0] if values else default

    def attributes(self, subject):
        return {
            urllib.parse.unquote(name.removeprefix(ATTRIBUTE)): values[0]
            for name, values in self.found[subject].items()
            if name.startswith(ATTRIBUTE)
        }

    def numbered(self, subject, predicate):
        """Things in the order of the number at the end of their names."""
        return sorted(self.found[subject].get(predicate, []), key=lambda name: int(name.rsplit("-", 1)[1]))

    def document(self, subject):
        return self.one(self.one(subject, PROV + "wasQuotedFrom"), DCTERMS + "identifier")


def nodes(triples, expected):
    things, found = Things(triples), {}
    for subject in things.of_type("Node"):
        types = [urllib.parse.unquote(name.removeprefix(TYPE)) for name in things.found[subject][RDF + "type"] if name.startswith(TYPE)]
        name = things.one(subject, DCTERMS + "identifier")
        wanted = expected.nodes[name]
        found[name] = {
            "type": urllib.parse.unquote(things.one(subject, TERM + "narrowestType").removeprefix(TYPE)),
            # A set has no order: the one of the graph, where the members are the same.
            "types": wanted["types"] if sorted(types) == sorted(wanted["types"]) else types,
            "name": things.one(subject, RDFS + "label"),
            "aliases": in_order(things.found[subject].get(SKOS + "altLabel", []), wanted["aliases"]),
            "support": int(things.one(subject, TERM + "support")),
            "offices": json.loads(things.found[subject].get(TERM + "offices", ["[]"])[0]),
            "mentions": [mention(things, each) for each in things.numbered(subject, TERM + "mention")],
            "attributes": things.attributes(subject),
        }
    return found


def in_order(found, wanted):
    return wanted if sorted(found) == sorted(wanted) else sorted(found)


def mention(things, subject):
    return {
        "doc": things.document(subject),
        "start": int(things.one(subject, OA + "start")),
        "end": int(things.one(subject, OA + "end")),
        "quote": things.one(subject, OA + "exact"),
        "kind": things.one(subject, TERM + "kind"),
        "rule": things.one(subject, TERM + "rule"),
        "entity": int(things.one(subject, TERM + "entity")),
    }


def edges(triples, expected):
    things, found = Things(triples), {}
    name = lambda iri: things.one(iri, DCTERMS + "identifier")
    for subject in things.of_type("Statement"):
        source, target = things.one(subject, RDF + "subject"), things.one(subject, RDF + "object")
        relation = things.one(subject, RDF + "predicate")
        place = name(source), name(target), int(things.one(subject, TERM + "key"))
        edge = {
            "type": urllib.parse.unquote(relation.removeprefix(RELATION)),
            "label": things.one(subject, RDFS + "label"),
            "modality": things.one(subject, TERM + "modality"),
            "polarity": things.one(subject, TERM + "polarity"),
            "confidence": float(things.one(subject, TERM + "confidence")),
            "support": int(things.one(subject, TERM + "support")),
            "sources": int(things.one(subject, TERM + "sources")),
            "origin": things.one(subject, TERM + "origin"),
            "symmetric": things.one(subject, TERM + "symmetric") == "true",
            "evidence": [evidence(things, each) for each in things.numbered(subject, PROV + "wasDerivedFrom")],
            "attributes": things.attributes(subject),
        }
        found[place] = edge
        told = (edge["modality"], edge["polarity"]) == ("asserted", "positive")
        if told and (source, relation, target) not in triples:
            raise SystemExit(f"{place} is told as a fact and is no triple")
    told = {
        (source, edge["type"], target)
        for (source, target, _), edge in found.items()
        if (edge["modality"], edge["polarity"]) == ("asserted", "positive")
    }
    for source, relation, target in triples:
        if relation.startswith(RELATION):
            fact = name(source), urllib.parse.unquote(relation.removeprefix(RELATION)), name(target)
            if fact not in told:
                raise SystemExit(f"{fact} is a triple and not told as a fact")
    return found


def evidence(things, subject):
    whole = lambda name: int(things.one(subject, name))
    found = {"doc": things.document(subject)}
    sentence = things.one(subject, TERM + "sentence", "")
    if sentence:
        found["sentence"] = int(sentence)
    found |= {
        "start": whole(OA + "start"),
        "end": whole(OA + "end"),
        "source_span": [whole(TERM + "sourceStart"), whole(TERM + "sourceEnd")],
        "target_span": [whole(TERM + "targetStart"), whole(TERM + "targetEnd")],
        "quote": things.one(subject, OA + "exact"),
        "rule": things.one(subject, TERM + "rule"),
        "confidence": float(things.one(subject, TERM + "confidence")),
        "source_entity": whole(TERM + "sourceEntity"),
        "target_entity": whole(TERM + "targetEntity"),
    }
    if things.one(subject, TERM + "flipped") == "true":
        found["flipped"] = True
    attributes = things.attributes(subject)
    return found | ({"attributes": attributes} if attributes else {})
