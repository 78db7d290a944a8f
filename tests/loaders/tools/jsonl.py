"""JSON Lines with pandas, a chunk at a time as a stream would be read."""

import pandas

from expected import EDGE_FIELDS, NODE_FIELDS


def read(expected):
    nodes, edges = {}, {}
    with pandas.read_json(
        expected.path("jsonl"), lines=True, chunksize=1000, dtype=False, convert_dates=False, precise_float=True
    ) as chunks:
        for row in (row for chunk in chunks for row in chunk.to_dict("records")):
            if row["record"] == "node":
                nodes[row["id"]] = {field: row.get(field) for field in NODE_FIELDS}
                if not isinstance(row.get("offices"), list):
                    nodes[row["id"]]["offices"] = []
            elif row["record"] == "edge":
                found = {field: row.get(field) for field in EDGE_FIELDS if field != "symmetric"}
                found["origin"] = found["origin"] if isinstance(found["origin"], str) else "stated"
                style = expected.manifest["relations"].get(row["type"], {})
                place = row["source"], row["target"], int(row["key"])
                edges[place] = found | {"symmetric": style.get("symmetric", False)}
    return nodes, edges


def more(expected):
    import json

    lines = expected.text("jsonl").split("\n")
    first = json.loads(lines[0])
    kept = {name: first[name] for name in expected.manifest}
    whole = [json.loads(line) for line in lines[1:-1]]
    for record in whole:
        record.pop("record")
    problems = [] if kept == expected.manifest else ["the manifest differs"]
    return problems + ([] if whole == expected.json["nodes"] + expected.json["edges"] else ["a record differs"])
