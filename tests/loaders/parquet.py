"""Loads the Parquet tables of a folder with pandas and compares what they hold with graph.json.

Prints the numbers of nodes, edges and values compared. Apart from the other loaders, since the format is written only by a
program with the feature `parquet`.
"""

import json
import sys

import pandas
import pyarrow.parquet

from expected import Expected, compare, edge, node

expected = Expected(sys.argv[1])
problems = []


def rows(ending):
    table = pandas.read_parquet(expected.path(ending), engine="pyarrow", dtype_backend="pyarrow")
    kept = pyarrow.parquet.read_metadata(expected.path(ending)).metadata[b"attache"]
    if json.loads(kept) != expected.manifest:
        problems.append(f"the manifest of {ending} differs")
    missing = lambda value: value is pandas.NA or value is None
    for row in table.to_dict("records"):
        yield {name: None if missing(value) else value for name, value in row.items()}


columns = expected.node_columns()
nodes = {row["id"]: node(row, columns) for row in rows("nodes.parquet")}
columns = expected.edge_columns()
edges = {(row["source"], row["target"], row["key"]): edge(row, columns) for row in rows("edges.parquet")}
count = compare(expected.nodes, nodes, "node", problems) + compare(expected.edges, edges, "edge", problems)
print(len(nodes), len(edges), count)
for problem in problems[:10]:
    print(problem, file=sys.stderr)
sys.exit(1 if problems else 0)
