"""The tables for Kùzu, loaded into Ladybug, which carries Kùzu on, by the script that comes with them."""

import os
import tempfile

import ladybug

from expected import edge, node


def rows(connection, query):
    result = connection.execute(query)
    names = result.get_column_names()
    while result.has_next():
        yield dict(zip(names, result.get_next()))


def read(expected):
    with tempfile.TemporaryDirectory() as folder:
        connection = ladybug.Connection(ladybug.Database(os.path.join(folder, "graph")))
        before = os.getcwd()
        os.chdir(expected.folder)
        try:
            for statement in expected.text("kuzu.cypher").split(";\n"):
                if statement.strip():
                    connection.execute(statement)
        finally:
            os.chdir(before)
        columns, nodes, edges = expected.node_columns(plain=True), {}, {}
        for row in rows(connection, "MATCH (n:Entity) RETURN n.*"):
            row = {name.removeprefix("n."): value for name, value in row.items()}
            nodes[row["id"]] = mended(node(row, columns), expected.nodes[row["id"]])
        columns = expected.edge_columns(plain=True)
        for row in rows(connection, "MATCH (a:Entity)-[r:Relation]->(b:Entity) RETURN a.id, b.id, r.*"):
            found = edge({name.removeprefix("r."): value for name, value in row.items()}, columns)
            place = row["a.id"], row["b.id"], row["r.key"]
            edges[place] = mended(found, expected.edges[place])
    return nodes, edges


def mended(found, wanted):
    """CSV of Kùzu cannot tell an empty text from none: it reads both as none."""
    empty = {name: "" for name, value in wanted["attributes"].items() if value == ""}
    found["attributes"] = empty | found["attributes"]
    return found
