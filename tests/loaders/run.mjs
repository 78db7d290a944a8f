// Loads the files of a folder with every Node tool and compares what they hold with graph.json.
//
// Each file of tools/*.mjs is a loader: `load(expected, require)` gives back [nodes, edges, values] compared, and throws
// where something differs. Prints a line for each: its name and these three. To add one, add a file.

import { deepStrictEqual } from "node:assert";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const [folder, modules, ...wanted] = process.argv.slice(2);
const require = createRequire(resolve(modules, "node_modules", "loaders.js"));
const graph = JSON.parse(readFileSync(join(folder, "graph.json"), "utf8"));

const expected = {
  graph,
  text: (ending) => readFileSync(join(folder, `graph.${ending}`), "utf8"),
  symmetric: (edge) => graph.graph.relations[edge.type]?.symmetric ?? false,
  // The column of each attribute: its own name, or one that nothing else has.
  columns(rows, fixed) {
    const taken = new Set(fixed);
    const found = {};
    const names = new Set(rows.flatMap((row) => Object.keys(row.attributes)));
    for (const attribute of [...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))) {
      let column = attribute;
      while (taken.has(column.toLowerCase())) column = `attribute_${column}`;
      taken.add(column.toLowerCase());
      found[attribute] = column;
    }
    return found;
  },
  // Compares, and says how many values there were.
  same(found, wanted, what) {
    try {
      deepStrictEqual(found, wanted);
    } catch (error) {
      throw new Error(`${what}: ${error.message.slice(0, 600)}`);
    }
    return size(wanted);
  },
};

function size(value) {
  if (value === null || typeof value !== "object") return 1;
  return Object.values(value).reduce((sum, each) => sum + size(each), 0);
}

let failed = false;
for (const file of readdirSync(join(here, "tools")).filter((name) => name.endsWith(".mjs")).sort()) {
  const name = file.slice(0, -4);
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  try {
    const { load } = await import(join(here, "tools", file));
    console.log([name, ...(await load(expected, require))].join(" "));
  } catch (error) {
    console.error(`${name}: ${error.stack.slice(0, 2000)}\n${name}: differs in ${folder}`);
    failed = true;
  }
}
process.exit(failed ? 1 : 0);
