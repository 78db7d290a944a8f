"""What a loader has to find: the nodes and edges of graph.json, every field of them.

A loader reads one file with one tool and gives back nodes by id and edges by (source, target, key), each with the fields
that the format carries, in the shape that they have here. `compare` holds the two against each other and counts values.
"""

import json
import os
import re

NODE_FIELDS = ["type", "types", "name", "aliases", "support", "offices", "mentions", "attributes"]
EDGE_FIELDS = [
    "type",
    "label",
    "modality",
    "polarity",
    "confidence",
    "support",
    "sources",
    "origin",
    "symmetric",
    "evidence",
    "attributes",
]
NODE_COLUMNS = ["type", "types", "name", "aliases", "support", "offices", "mentions", "id", "label", "start", "end"]
EDGE_COLUMNS = ["source", "target", "key", "type", "label", "modality", "polarity", "confidence", "support"]
EDGE_COLUMNS += ["sources", "origin", "symmetric", "evidence", "id", "weight", "number", "kind", "start", "end"]


class Expected:
    """The graph as its JSON tells it."""

    def __init__(self, folder):
        with open(f"{folder}/graph.json", encoding="utf-8") as file:
            self.json = json.load(file)
        self.folder = os.path.abspath(folder)
        self.manifest = self.json["graph"]
        relations = self.manifest["relations"]
        self.nodes = {node["id"]: {field: node.get(field, []) for field in NODE_FIELDS} for node in self.json["nodes"]}
        self.edges = {}
        for edge in self.json["edges"]:
            found = {field: edge.get(field) for field in EDGE_FIELDS}
            found["origin"] = edge.get("origin", "stated")
            found["symmetric"] = relations.get(edge["type"], {}).get("symmetric", False)
            self.edges[edge["source"], edge["target"], edge["key"]] = found

    def path(self, ending):
        return f"{self.folder}/graph.{ending}"

    def text(self, ending):
        with open(self.path(ending), encoding="utf-8", newline="") as file:
            return file.read()

    def node_columns(self, plain=False):
        return columns((node["attributes"] for node in self.nodes.values()), NODE_COLUMNS, plain)

    def edge_columns(self, plain=False):
        return columns((edge["attributes"] for edge in self.edges.values()), EDGE_COLUMNS, plain)


def columns(rows, fixed, plain):
    """The column of each attribute: its own name, or one that nothing else has."""
    taken, found = set(fixed), {}
    for attribute in sorted({name for row in rows for name in row}):
        column = attribute
        if plain:
            column = re.sub("[^A-Za-z0-9_]", "_", column)
            if not re.match("[A-Za-z]", column):
                column = "attribute_" + column
        while column.lower() in taken:
            column = "attribute_" + column
        taken.add(column.lower())
        found[attribute] = column
    return found


def attributes(row, columns, missing=lambda value: value is None):
    """The attributes of a row in which each has its column."""
    return {name: row[column] for name, column in columns.items() if column in row and not missing(row[column])}


def node(row, columns, decode=json.loads, missing=lambda value: value is None):
    """A node from a flat row whose lists are JSON."""
    found = {"type": row["type"], "name": row["name"], "support": int(row["support"])}
    found |= {field: decode(row[field]) for field in ("types", "aliases", "offices", "mentions")}
    return found | {"attributes": attributes(row, columns, missing)}


def edge(row, columns, decode=json.loads, missing=lambda value: value is None):
    """An edge from a flat row whose evidence is JSON."""
    found = {field: row[field] for field in ("type", "label", "modality", "polarity", "origin")}
    found |= {"confidence": float(row["confidence"]), "support": int(row["support"]), "sources": int(row["sources"])}
    found |= {"symmetric": truth(row["symmetric"]), "evidence": decode(row["evidence"])}
    return found | {"attributes": attributes(row, columns, missing)}


def truth(value):
    return value if isinstance(value, bool) else {"true": True, "True": True}.get(str(value), False)


def unhidden(text):
    """A text from XML, its characters that XML has no place for put back."""
    if not isinstance(text, str):
        return text
    return re.sub("_x([0-9A-F]{4})_", lambda match: chr(int(match[1], 16)), text)


def unguarded(text):
    """A text from a table made for spreadsheets, without the apostrophe before what looks like a formula."""
    if isinstance(text, str) and re.match("'+[=+\\-@\t\r]", text):
        return text[1:]
    return text


def size(value):
    """Number of values in a value."""
    if isinstance(value, dict):
        return sum(size(each) for each in value.values())
    if isinstance(value, list):
        return sum(size(each) for each in value)
    return 1


def compare(expected, found, what, problems):
    """Counts the values that are as expected; what is not goes to `problems`."""
    count = 0
    for missing in expected.keys() - found.keys():
        problems.append(f"{what} {missing!r} is missing")
    for surplus in found.keys() - expected.keys():
        problems.append(f"{what} {surplus!r} is not in the graph")
    for name in expected.keys() & found.keys():
        for field, value in found[name].items():
            if expected[name][field] == value:
                count += size(value)
            else:
                problems.append(f"{what} {name!r}: {field} is {value!r:.300}, not {expected[name][field]!r:.300}")
    return count
