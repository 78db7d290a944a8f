#!/usr/bin/env python3
"""Writes a rule pack ten times the size of `diplomacy`, to measure how checking and testing rules grow with their number.

    docs/tenfold.py FOLDER
    attache rules check FOLDER
    attache rules test FOLDER

The pack extends `diplomacy` and holds nine copies of each of its relations, with all rules and their examples. Every copy
speaks of the same words under names of its own, so every sentence that fires one rule fires ten: harder than ten times
as many different rules.
"""

import re
import sys
from pathlib import Path

COPIES = range(1, 10)
OURS = Path(__file__).parent.parent / "rules/diplomacy/relations"


def blocks(text):
    """The tables of a file, each from its header to the next."""
    return re.split(r"^(?=\[)", text, flags=re.M)[1:]


def copied(text, copy):
    kept = [block for block in blocks(text) if not block.startswith("[list.")]
    text = "".join(kept)
    text = re.sub(r"^\[relation\.([a-z-]+)", rf"[relation.\1-{copy}", text, flags=re.M)
    return re.sub(r'^(id|gives) = "([^"]*)"', rf'\1 = "\2-{copy}"', text, flags=re.M)


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pack.toml").write_text('[pack]\nname = "tenfold"\nversion = "0.1.0"\nextends = ["diplomacy"]\n')
    for file in sorted(OURS.glob("*.toml")):
        for copy in COPIES:
            target = folder / "relations" / str(copy) / file.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(copied(file.read_text(encoding="utf-8"), copy), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
