// The page with jsdom: it carries the whole graph as it is, has one script and one style sheet, and its policy names both.

import { createHash } from "node:crypto";

export async function load(expected, require) {
  const { JSDOM } = require("jsdom");
  const { document } = new JSDOM(expected.text("html")).window;
  const { graph } = expected;
  let values = expected.same(JSON.parse(document.getElementById("data").textContent), graph, "the graph");
  const places = JSON.parse(document.getElementById("places").textContent);
  if (places.length !== 2 * graph.nodes.length || !places.every(Number.isInteger)) throw new Error(`${places.length} places`);
  const spots = new Set(graph.nodes.map((_, at) => `${places[2 * at]} ${places[2 * at + 1]}`));
  if (spots.size !== graph.nodes.length) throw new Error("two nodes in one place");

  const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]').content;
  if (!policy.startsWith("default-src 'none';")) throw new Error(policy);
  const running = [...document.querySelectorAll("script")].filter((script) => script.type !== "application/json");
  const styles = [...document.querySelectorAll("style")];
  values += expected.same([running.length, styles.length], [1, 1], "scripts and style sheets");
  for (const { textContent } of [...running, ...styles]) {
    const hash = createHash("sha256").update(textContent).digest("base64");
    if (!policy.includes(`'sha256-${hash}'`)) throw new Error("the policy does not name what the page runs");
  }
  // Nothing that could be fetched, and nothing that runs beside the script.
  for (const element of document.querySelectorAll("*"))
    for (const { name, value } of element.attributes)
      if (/^on/.test(name) || (/^(src|href|srcset|action|data|style)$/.test(name) && !value.startsWith("#"))) throw new Error(`${element.tagName} ${name}`);
  return [graph.nodes.length, graph.edges.length, values];
}
