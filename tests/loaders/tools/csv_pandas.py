"""The plain tables with pandas."""

import pandas

from expected import edge, node, unguarded


def rows(path):
    table = pandas.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8", lineterminator="\n")
    return [{name: unguarded(value) for name, value in row.items()} for row in table.to_dict("records")]


def read(expected):
    # A data frame of texts has no way to tell an empty cell from an empty text: the attributes say which is meant.
    def mended(found, wanted):
        found["attributes"] = {
            name: value for name, value in found["attributes"].items() if value != "" or name in wanted["attributes"]
        }
        return found

    columns = expected.node_columns()
    nodes = {row["id"]: mended(node(row, columns), expected.nodes[row["id"]]) for row in rows(expected.path("nodes.csv"))}
    columns = expected.edge_columns()
    edges = {}
    for row in rows(expected.path("edges.csv")):
        place = row["source"], row["target"], int(row["key"])
        edges[place] = mended(edge(row, columns), expected.edges[place])
    return nodes, edges


def more(expected):
    """No cell may begin as a formula."""
    problems = []
    for ending in ("nodes.csv", "edges.csv", "events.csv"):
        table = pandas.read_csv(expected.path(ending), dtype=str, keep_default_na=False, lineterminator="\n")
        for name in table:
            risky = table[name][table[name].str.match("[=+\\-@\t\r]")]
            problems += [f"{ending}: {name} has the cell {cell!r:.80}" for cell in risky]
    return problems
