// Corrections: sentences misread, nodes that are one, nodes that never are. They are kept until they are saved as a file.

const corrections = new Map(); // by what they are about, so that a second time takes it back
let pairing = null;
let saved = true;

const keyOf = (edge, seen) => JSON.stringify(["wrong", edge.source, edge.target, edge.key, seen.doc, seen.start, seen.rule]);
const isWrong = (edge, seen) => corrections.has(keyOf(edge, seen));

function correct(key, value) {
  if (corrections.has(key)) corrections.delete(key);
  else corrections.set(key, value);
  saved = corrections.size === 0;
  showCorrections();
}

/** What a sentence calls one of its ends; spans count code points of the document. */
const textAt = (seen, [from, to]) => [...seen.quote].slice(Math.max(from - seen.start, 0), Math.max(to - seen.start, 0)).join("");

function toggleWrong(edge, seen) {
  correct(keyOf(edge, seen), { table: "wrong", text: `${name(number.get(edge.source))} — ${edge.label} — ${name(number.get(edge.target))}`, fields: {
    relation: edge.type, rule: seen.rule, source: name(number.get(edge.source)), target: name(number.get(edge.target)),
    source_text: textAt(seen, seen.source_span), target_text: textAt(seen, seen.target_span),
    source_id: edge.source, target_id: edge.target, doc: seen.doc, start: seen.start, end: seen.end, quote: seen.quote,
  } });
}

/** Waits for the other one of two nodes, or stops to. */
function pairWith(wanted) {
  pairing = wanted;
  say(wanted ? `Choose the node that ${name(wanted.from)} is ${wanted.same ? "the same as" : "never the same as"}; Escape to stop` : statusText());
  if (wanted) by("search").focus();
}

function pair(at) {
  const { from, same } = pairing;
  pairing = null;
  if (at === from) return say("A node is always the same as itself");
  const both = [from, at].sort((a, b) => a - b);
  const table = same ? "same" : "never_same";
  correct(JSON.stringify([table, ...both]), { table, text: `${name(from)} is ${same ? "the same as" : "never the same as"} ${name(at)}`, fields: {
    names: both.map(name), ids: both.map((each) => nodes[each].node.id),
  } });
  say(`Noted: ${name(from)} is ${same ? "the same as" : "never the same as"} ${name(at)}`);
}

function showCorrections() {
  const button = by("corrections");
  button.hidden = corrections.size === 0;
  button.textContent = plural(corrections.size, "correction");
  by("patch-list").replaceChildren(...[...corrections].map(([key, { text, table }]) =>
    make("li", {}, make("span", {}, table === "wrong" ? `Wrong: ${text}` : text), make("button", { onclick: () => {
      correct(key);
      if (corrections.size === 0) by("patch").close();
    } }, "Take back"))));
}

/** A TOML value. JSON's texts are TOML's, but for the delete character. */
const toml = (value) => (Array.isArray(value) ? `[${value.map(toml).join(", ")}]` : typeof value === "number" ? String(value) : JSON.stringify(value).replace(/\x7f/g, "\\u007f"));

function patchText() {
  const out = ["# Corrections to a graph, made in its page.", "format = \"attache-patch\"", "version = 1", `pack = ${toml(manifest.pack.name)}`, ""];
  for (const table of ["same", "never_same", "wrong"])
    for (const each of corrections.values()) {
      if (each.table !== table) continue;
      out.push(`[[${table}]]`, ...Object.entries(each.fields).map(([key, value]) => `${key} = ${toml(value)}`), "");
    }
  return out.join("\n");
}

by("corrections").addEventListener("click", () => by("patch").showModal());
by("save-patch").addEventListener("click", () => {
  save(new Blob([patchText()], { type: "application/toml" }), "patch.toml");
  saved = true;
});
addEventListener("beforeunload", (event) => {
  if (!saved) event.preventDefault();
});
