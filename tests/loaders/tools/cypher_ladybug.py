"""The Cypher script run by Ladybug.

Ladybug wants its tables declared first, which is done here from graph.json, and a node has one label: the statements that
turn types into labels, which stand last, are not run (a parser of Neo4j's checks them, see the Node loaders).
"""

import json
import os
import tempfile

import ladybug

from expected import edge, node


def statements(text):
    """Statements end with a semicolon at the end of a line; a text may hold such, but then its quotes are open."""
    statement = []
    for line in text.split("\n"):
        if not statement and line.startswith("//"):
            continue
        statement.append(line)
        joined = "\n".join(statement)
        bare = joined.replace("\\\\", "").replace("\\'", "")
        if line.endswith(";") and bare.count("'") % 2 == 0:
            yield joined
            statement = []


def rows(connection, query):
    result = connection.execute(query)
    names = result.get_column_names()
    while result.has_next():
        yield dict(zip(names, result.get_next()))


def read(expected):
    node_columns, edge_columns = expected.node_columns(plain=True), expected.edge_columns(plain=True)
    with tempfile.TemporaryDirectory() as folder:
        connection = ladybug.Connection(ladybug.Database(os.path.join(folder, "graph")))
        more = "".join(f", `{name}` STRING" for name in node_columns.values())
        connection.execute(
            "CREATE NODE TABLE Entity(id STRING PRIMARY KEY, type STRING, types STRING[], name STRING, aliases STRING[], "
            f"support INT64, offices STRING, mentions STRING{more})"
        )
        more = "".join(f", `{name}` STRING" for name in edge_columns.values())
        script = expected.text("cypher")
        types = sorted({each["type"] for each in expected.edges.values()})
        tables = sorted({"".join(c.upper() if c.isascii() and c.isalnum() else c if c.isalnum() else "_" for c in name) for name in types})
        for table in tables:
            connection.execute(
                f"CREATE REL TABLE `{table}`(FROM Entity TO Entity, key INT64, type STRING, label STRING, "
                "modality STRING, polarity STRING, confidence DOUBLE, support INT64, sources INT64, origin STRING, symmetric BOOLEAN, "
                f"evidence STRING{more})"
            )
        for statement in statements(script):
            if " SET n" not in statement or statement.startswith("CREATE"):
                connection.execute(statement)
        nodes, edges = {}, {}
        listed = lambda value: json.loads(value) if isinstance(value, str) else list(value or [])
        for row in rows(connection, "MATCH (n:Entity) RETURN n.*"):
            row = {name.removeprefix("n."): value for name, value in row.items()}
            nodes[row["id"]] = node(row, node_columns, listed)
        for table in tables:
            for row in rows(connection, f"MATCH (a:Entity)-[r:`{table}`]->(b:Entity) RETURN a.id, b.id, r.*"):
                found = edge({name.removeprefix("r."): value for name, value in row.items()}, edge_columns, listed)
                edges[row["a.id"], row["b.id"], row["r.key"]] = found
    return nodes, edges
