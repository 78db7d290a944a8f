"""The brief, read with markdown-it: every name and every quotation stands in it as text."""

from markdown_it import MarkdownIt

NODES = ["name"]
EDGES = ["label"]


def texts(expected):
    """The text of each block, references and escapes resolved."""
    found = []
    for token in MarkdownIt("commonmark").parse(expected.text("md")):
        if token.type == "inline":
            found.append("".join(child.content for child in token.children))
            if any(child.type.startswith("html") for child in token.children):
                raise SystemExit(f"HTML in {token.content!r:.200}")
        elif token.type in ("html_block", "fence", "code_block", "hr"):
            raise SystemExit(f"{token.type}: {token.content!r:.200}")
    return found


# Markdown has no zero character.
def shown(text):
    return text.replace("\0", "\ufffd")


def read(expected):
    found = texts(expected)
    whole = "\n".join(found)
    nodes = {name: {"name": node["name"]} for name, node in expected.nodes.items() if shown(node["name"]) in whole}
    edges = {place: {"label": edge["label"]} for place, edge in expected.edges.items() if shown(edge["label"]) in whole}
    return nodes, edges


def more(expected):
    whole, problems = "\n".join(texts(expected)), []
    for place, edge in expected.edges.items():
        if edge["origin"] == "role":
            continue
        for evidence in edge["evidence"]:
            if f"“{shown(evidence['quote'])}” {shown(evidence['doc'])}, {evidence['start']}" not in whole:
                problems.append(f"{place}: the quotation {evidence['quote']!r:.100} is missing")
    return problems
