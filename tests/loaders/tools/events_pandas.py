"""The table of events with pandas: a row for each coded relation and report."""

import pandas

from expected import unguarded

NODES = []
EDGES = ["type", "modality", "polarity", "confidence"]


def read(expected):
    table = pandas.read_csv(expected.path("events.csv"), dtype=str, keep_default_na=False, lineterminator="\n")
    table = table.map(unguarded)
    coded = [
        (place, edge)
        for place, edge in expected.edges.items()
        if {"cameo", "plover"} & edge["attributes"].keys() and edge["evidence"]
    ]
    wanted = [
        (place, edge, doc)
        for place, edge in coded
        for doc in dict.fromkeys(evidence["doc"] for evidence in edge["evidence"])
    ]
    if len(table) != len(wanted):
        raise SystemExit(f"{len(table)} rows, not {len(wanted)}")
    edges, documents = {}, {document["id"]: document for document in expected.manifest["documents"]}
    for row, (place, edge, doc) in zip(table.to_dict("records"), wanted):
        reported = [evidence for evidence in edge["evidence"] if evidence["doc"] == doc]
        source, target = expected.nodes[place[0]], expected.nodes[place[1]]
        own = next((e["attributes"]["date"] for e in reported if "date" in e.get("attributes", {})), None)
        date = own or edge["attributes"].get("date")
        published = documents[doc].get("date", "")
        value = lambda name: next(
            (e["attributes"][name] for e in reported if name in e.get("attributes", {})), edge["attributes"].get(name, "")
        )
        known = {
            "date": date or published,
            "date_from": "text" if date else "document" if published else "",
            "source": source["name"],
            "source_id": place[0],
            "target": target["name"],
            "target_id": place[1],
            "relation": edge["type"],
            "cameo": value("cameo"),
            "plover": value("plover"),
            "place": value("place"),
            "document": doc,
            "document_url": documents[doc].get("url", ""),
            "start": str(reported[0]["start"]),
            "sentences": str(len(reported)),
            "quote": reported[0]["quote"],
        }
        for name, wanted_value in known.items():
            if row[name] != wanted_value:
                raise SystemExit(f"{place} {name}: {row[name]!r:.200}, not {wanted_value!r:.200}")
        edges[place] = {"type": row["relation"], "modality": row["modality"], "polarity": row["polarity"]}
        edges[place]["confidence"] = float(row["confidence"])
    # Relations without a code, and nodes, are not events.
    for place, edge in expected.edges.items():
        if place not in edges:
            edges[place] = {field: edge[field] for field in EDGES}
    return {name: {} for name in expected.nodes}, edges
