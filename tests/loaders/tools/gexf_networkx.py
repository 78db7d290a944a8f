"""GEXF with NetworkX; times, colours and kinds with the XML itself, which NetworkX passes over."""

import xml.etree.ElementTree

import networkx

from expected import edge, node, unhidden

GEXF, VIZ = "{http://gexf.net/1.3}", "{http://gexf.net/1.3/viz}"


def read(expected):
    graph = networkx.read_gexf(expected.path("gexf"), version="1.3")
    clean = lambda row: {unhidden(name): unhidden(value) for name, value in row.items()}
    columns = expected.node_columns()
    nodes = {unhidden(name): node(clean(row), columns) for name, row in graph.nodes(data=True)}
    columns = expected.edge_columns()
    edges = {}
    for source, target, row in graph.edges(data=True):
        row = clean(row)
        edges[unhidden(source), unhidden(target), row["number"]] = edge(row, columns)
    return nodes, edges


def more(expected):
    root, problems = xml.etree.ElementTree.parse(expected.path("gexf")).getroot(), []
    elements = list(root.iter(GEXF + "edge"))
    for element, (place, wanted) in zip(elements, expected.edges.items(), strict=True):
        date, kind = wanted["attributes"].get("date", ""), unhidden(element.get("kind"))
        if kind != wanted["type"]:
            problems.append(f"edge {place}: kind {kind}")
        if len(date) == 10 and (element.get("start"), element.get("end")) != (date, date):
            problems.append(f"edge {place}: {element.get('start')} to {element.get('end')}, not {date}")
        if date.startswith("X") and element.get("start"):
            problems.append(f"edge {place}: a beginning for {date}")
    for element in root.iter(GEXF + "node"):
        wanted = expected.nodes[unhidden(element.get("id"))]
        fill = expected.manifest["types"][wanted["type"]]["draw"].get("fill", "")
        color = element.find(VIZ + "color")
        if fill.startswith("#") and "#" + "".join(f"{int(color.get(c)):02x}" for c in "rgb") != fill.lower():
            problems.append(f"node {element.get('id')}: colour {color.attrib}, not {fill}")
    return problems
