"""The tables for neo4j-admin, read by its rules: typed headers, doubled quotes, line ends inside quotes."""

import csv

from expected import edge, node, truth

TYPES = {"int": int, "double": float, "boolean": truth}


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        reader = csv.reader(file, strict=True)
        head = [(name, TYPES.get(kind, str)) for name, _, kind in (cell.partition(":") for cell in next(reader))]
        for cells in reader:
            yield head, [kind(cell) for (_, kind), cell in zip(head, cells, strict=True)]


def read(expected):
    def mended(found, wanted):
        found["attributes"] = {
            name: value for name, value in found["attributes"].items() if value != "" or name in wanted["attributes"]
        }
        return found

    csv.field_size_limit(1 << 30)
    nodes, edges = {}, {}
    columns = expected.node_columns(plain=True)
    for head, cells in rows(expected.path("neo4j.nodes.csv")):
        row = dict(zip((name for name, _ in head[1:]), cells[1:]))
        labels = cells[0].split(";")
        wanted = expected.nodes[row["id"]]
        if labels != [name.replace(";", "_") for name in wanted["types"]]:
            raise SystemExit(f"the labels {labels}")
        nodes[row["id"]] = mended(node(row, columns), wanted)
    columns = expected.edge_columns(plain=True)
    for head, cells in rows(expected.path("neo4j.edges.csv")):
        row = dict(zip((name for name, _ in head[3:]), cells[3:]))
        place = cells[1], cells[2], row["key"]
        edges[place] = mended(edge(row, columns), expected.edges[place])
    return nodes, edges
