"""JSON with NetworkX, as its documentation says."""

import networkx

from expected import EDGE_FIELDS, NODE_FIELDS


def read(expected):
    graph = networkx.node_link_graph(expected.json, edges="edges")
    if not isinstance(graph, networkx.MultiDiGraph):
        raise SystemExit(f"expected a directed multigraph, got {type(graph).__name__}")
    nodes = {name: {field: row.get(field, []) for field in NODE_FIELDS} for name, row in graph.nodes(data=True)}
    edges = {}
    for source, target, key, row in graph.edges(data=True, keys=True):
        found = {field: row.get(field, "stated") for field in EDGE_FIELDS if field != "symmetric"}
        style = graph.graph["relations"].get(row["type"], {})
        edges[source, target, key] = found | {"symmetric": style.get("symmetric", False)}
    return nodes, edges
