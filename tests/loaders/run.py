"""Loads the files of a folder with every Python tool and compares what they hold with graph.json.

Each file of tools/ is a loader: `NODES` and `EDGES` name the fields that its format carries, `read(expected)` gives back
nodes and edges. Prints a line for each: its name, nodes, edges and values compared. To add one, add a file.
"""

import importlib
import pathlib
import sys
import traceback

here = pathlib.Path(__file__).parent
sys.path.insert(0, str(here))

from expected import EDGE_FIELDS, NODE_FIELDS, Expected, compare  # noqa: E402

expected = Expected(sys.argv[1])
failed = False
for path in sorted((here / "tools").glob("*.py")):
    if len(sys.argv) > 2 and path.stem not in sys.argv[2:]:
        continue
    tool = importlib.import_module(f"tools.{path.stem}")
    problems = []
    try:
        nodes, edges = tool.read(expected)
        problems += getattr(tool, "more", lambda expected: [])(expected)
    except (Exception, SystemExit):
        print(f"{path.stem}: {traceback.format_exc()}", file=sys.stderr)
        failed = True
        continue
    for found, fields in ((nodes, getattr(tool, "NODES", NODE_FIELDS)), (edges, getattr(tool, "EDGES", EDGE_FIELDS))):
        for name, each in found.items():
            if set(each) != set(fields):
                problems.append(f"{name!r} has the fields {sorted(each)}, not {sorted(fields)}")
                break
    count = compare(expected.nodes, nodes, "node", problems) + compare(expected.edges, edges, "edge", problems)
    print(path.stem, len(nodes), len(edges), count)
    for problem in problems[:10]:
        print(f"{path.stem}: {problem}", file=sys.stderr)
    if problems:
        print(f"{path.stem}: {len(problems)} differences in {expected.folder}", file=sys.stderr)
        failed = True
sys.exit(1 if failed else 0)
