"""JSON with igraph: its lists of dictionaries."""

import igraph

from expected import EDGE_FIELDS, NODE_FIELDS


def read(expected):
    graph = igraph.Graph.DictList(
        vertices=expected.json["nodes"],
        edges=expected.json["edges"],
        directed=True,
        vertex_name_attr="id",
        edge_foreign_keys=("source", "target"),
    )
    names = graph.vs["id"]
    # A field that some have is None for all others.
    value = lambda row, field: [] if row.get(field) is None else row[field]
    nodes = {
        vertex["id"]: {field: value(vertex.attributes(), field) for field in NODE_FIELDS} for vertex in graph.vs
    }
    edges = {}
    for each in graph.es:
        row = each.attributes()
        found = {field: row.get(field) for field in EDGE_FIELDS if field != "symmetric"}
        found["origin"] = row.get("origin") or "stated"
        found["symmetric"] = expected.manifest["relations"].get(row["type"], {}).get("symmetric", False)
        edges[names[each.source], names[each.target], row["key"]] = found
    return nodes, edges
