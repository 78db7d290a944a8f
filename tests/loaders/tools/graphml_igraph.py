"""GraphML with igraph."""

import igraph

from expected import edge, node, unhidden


def read(expected):
    graph = igraph.Graph.Read_GraphML(expected.path("graphml"))
    clean = lambda row: {unhidden(name.replace("&#38;", "&")): unhidden(value) for name, value in row.items()}
    # What igraph has no value for is an empty text, so that an empty text cannot be told from none.
    missing = lambda value: value == ""
    restore = lambda found, wanted: found | {
        name: "" for name, value in wanted.items() if value == "" and name not in found
    }
    # igraph 1.0 leaves an ampersand in an XML attribute, where ids are, as a reference.
    names = [unhidden(vertex["id"].replace("&#38;", "&")) for vertex in graph.vs]
    nodes, edges = {}, {}
    columns = expected.node_columns()
    for name, vertex in zip(names, graph.vs):
        found = node(clean(vertex.attributes()), columns, missing=missing)
        wanted = expected.nodes[name]["attributes"]
        found["attributes"] = restore(found["attributes"], wanted)
        nodes[name] = found
    columns = expected.edge_columns()
    for each in graph.es:
        row = clean(each.attributes())
        place = names[each.source], names[each.target], int(row["key"])
        found = edge(row, columns, missing=missing)
        found["attributes"] = restore(found["attributes"], expected.edges[place]["attributes"])
        edges[place] = found
    return nodes, edges
