"""GraphML with NetworkX."""

import json

import networkx

from expected import edge, node, unhidden


def read(expected):
    graph = networkx.read_graphml(expected.path("graphml"))
    if not graph.is_directed():
        raise SystemExit("the graph is not directed")
    clean = lambda row: {unhidden(name): unhidden(value) for name, value in row.items()}
    decode = lambda text: json.loads(text)
    columns = expected.node_columns()
    nodes = {unhidden(name): node(clean(row), columns, decode) for name, row in graph.nodes(data=True)}
    columns = expected.edge_columns()
    edges = {}
    for source, target, row in graph.edges(data=True):
        row = clean(row)
        edges[unhidden(source), unhidden(target), row["key"]] = edge(row, columns, decode)
    return nodes, edges


def more(expected):
    graph = networkx.read_graphml(expected.path("graphml")).graph
    documents = json.loads(unhidden(graph["documents"]))
    return [] if documents == expected.manifest["documents"] else ["the documents differ"]
