// The card of what is selected: of a node its names, attributes, relations and documents; of a line its sentences.

const card = by("card");

function fillCard() {
  const open = state.node !== null || state.line !== null;
  const was = card.hidden;
  card.hidden = !open;
  if (was === open) resize();
  if (!open) return;
  const close = make("button", { class: "icon close", "aria-label": "Close", title: "Close (Esc)", onclick: () => select(null, null) }, "×");
  card.replaceChildren(close, ...(state.node !== null ? nodeCard(nodes[state.node]) : lineCard(state.line)));
  card.scrollTop = 0;
}

/** A button with the name of a node, which selects it. */
const link = (at) => make("button", { class: "name", onclick: () => go(at) }, name(at));
const heading = (text) => make("h3", {}, text);
const documentName = (id) => {
  const record = documents.get(id);
  return [record?.title || id, record?.date].filter(Boolean).join(", ");
};

function rows(entries) {
  return make("dl", {}, ...entries.flatMap(([term, text]) => [make("dt", {}, term), make("dd", {}, text)]));
}

function nodeCard(node) {
  const { node: own } = node;
  const parts = [make("h2", {}, own.name || own.id), make("p", { class: "kind" }, own.types.join(" › "))];
  parts.push(nodeActions(node));
  if (node.attributes.size) parts.push(rows([...node.attributes]));
  if (own.aliases.length) parts.push(heading("Also called"), make("p", {}, own.aliases.join(" · ")));
  const offices = held(own);
  if (offices.length) parts.push(heading("Offices"), make("ul", { class: "plain" }, ...offices.map(([what, time]) => make("li", {}, `${what} `, make("span", { class: "kind" }, time)))));
  const there = node.lines.filter((line) => line.shown.length > 0);
  if (there.length) parts.push(heading(plural(there.length, "relation")), relationList(node, there));
  const hidden = node.lines.length - there.length;
  if (hidden > 0) parts.push(make("p", { class: "kind" }, `${plural(hidden, "relation")} hidden by filters`));
  parts.push(heading(plural(own.support, "document")), ...mentionList(own));
  return parts;
}

/** Offices, the first first, each with its time: as told, or else that of the reports that have somebody in it. */
function held(own) {
  return (own.offices ?? []).map(({ first, last, begun, ended, support, ...role }) => {
    const { office, country, ...more } = role;
    const what = [office, country, ...Object.values(more)].filter(Boolean).join(", ");
    const [from, to] = [begun ? `from ${begun}` : "", ended ? `until ${ended.replace(/^\.\.\//, "at the latest ")}` : ""];
    const seen = first ? `reported ${first === last || !last ? first : `${first} to ${last}`}` : "";
    return [what, [from, to, seen, plural(support, "document")].filter(Boolean).join(", ")];
  });
}

function nodeActions(node) {
  const focused = state.focus === node.at;
  return make("div", { class: "actions" },
    make("button", { onclick: () => (focused ? focusOn(null) : focusOn(node.at)) }, focused ? "Show all" : "Neighbourhood"),
    make("button", { onclick: () => centre(node.at) }, "Centre"),
    make("button", { onclick: () => pairWith({ from: node.at, same: true }) }, "Same as…"),
    make("button", { onclick: () => pairWith({ from: node.at, same: false }) }, "Never the same as…"));
}

const TOLD_MARK = (way) => (way === "asserted" ? [] : [" ", make("span", { class: way === "denied" ? "chip no" : "chip" }, TOLD[way])]);

function relationList(node, there) {
  const order = [...there].sort((a, b) => (a.type < b.type ? -1 : a.type > b.type ? 1 : b.support - a.support));
  return make("ul", { class: "plain" }, ...order.map((line) => {
    const more = line.shown.length > 1 ? ` ×${line.shown.length}` : "";
    const to = make("b", {}, name(other(line, node.at)));
    const inward = line.directed && line.source !== node.at;
    const whole = inward ? [to, ` ${line.label} ${name(node.at)}${more}`] : [`${line.label} `, to, more];
    return make("li", {}, make("button", { class: "link", onclick: () => select(null, line) }, ...whole, ...TOLD_MARK(line.told)));
  }));
}

function mentionList(own) {
  const found = new Map();
  for (const mention of own.mentions) {
    if (!found.has(mention.doc)) found.set(mention.doc, []);
    found.get(mention.doc).push(mention);
  }
  return [...found].map(([doc, mentions]) => {
    const quotes = [...new Set(mentions.map((mention) => mention.quote))];
    return make("details", { class: "document" }, make("summary", {}, documentName(doc)),
      make("p", { class: "kind" }, `${plural(mentions.length, "mention")}: ${quotes.slice(0, 12).map((quote) => `“${shortened(quote, 60)}”`).join(", ")}`),
      make("p", { class: "kind" }, make("code", {}, doc)));
  });
}

function lineCard(line) {
  const title = make("h2", {}, link(line.source), ` ${line.label} `, link(line.target));
  const parts = [title, make("p", {}, make("span", { class: line.told === "denied" ? "chip no" : "chip" }, line.told === "asserted" ? "told as a fact" : TOLD[line.told]),
    " ", make("span", { class: "chip" }, line.type))];
  for (const { edge } of line.shown) parts.push(edgeArticle(edge));
  return parts;
}

function edgeArticle(edge) {
  const entries = [...mapOf(edge.attributes)];
  entries.push(["sentences", String(sentencesOf(edge).length)], ["documents", String(edge.support)]);
  // Copies of one report are one source.
  if (edge.sources) entries.push(["independent sources", String(edge.sources)]);
  entries.push(["confidence", edge.confidence.toFixed(2)]);
  if (edge.origin === "inferred" && edge.modality !== "asserted") entries.unshift(["follows from what is", TOLD[edge.modality]]);
  return make("article", {}, rows(entries), ...edge.evidence.map((seen) => sentence(edge, seen)), ...(edge.grounds ?? []).map(groundArticle));
}

/** One way in which an inferred relation follows: the rule, and each relation that it rests on with its sentences. */
function groundArticle(ground) {
  const below = ground.edges.map((wanted) => edgeOf.get(edgeKey(wanted))).filter(Boolean);
  const parts = below.map((edge) => {
    const line = lines.find((each) => each.edges.some((one) => one.edge === edge));
    const title = line ? make("button", { class: "link", onclick: () => select(null, line) }, `${name(line.source)} ${line.label} `, make("b", {}, name(line.target))) : edge.type;
    return make("section", {}, make("p", {}, title), ...edge.evidence.map((seen) => sentence(edge, seen)));
  });
  return make("details", { class: "document", open: "" }, make("summary", {}, "follows by ", make("code", {}, ground.rule), " from"), ...parts);
}

/** A sentence with its two ends marked, the rule that read it, and where it stands. */
function sentence(edge, seen) {
  const signs = Array.from(seen.quote);
  const [source, target] = seen.flipped ? [seen.target_span, seen.source_span] : [seen.source_span, seen.target_span];
  const spans = [[...source, "source"], [...target, "target"]]
    .map(([from, to, end]) => [from - seen.start, to - seen.start, end])
    .filter(([from, to]) => from >= 0 && to <= signs.length && from < to)
    .sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const text = make("p", { dir: "auto" });
  let at = 0;
  for (const [from, to, end] of spans) {
    if (to <= at) continue;
    text.append(signs.slice(at, Math.max(at, from)).join(""), make("mark", { class: end }, signs.slice(Math.max(at, from), to).join("")));
    at = to;
  }
  text.append(signs.slice(at).join(""));
  const wrong = isWrong(edge, seen);
  return make("blockquote", {}, text,
    make("footer", {}, documentName(seen.doc), make("br"), "rule ", make("code", {}, seen.rule), `, confidence ${seen.confidence.toFixed(2)}`),
    make("div", { class: "actions" }, make("button", { "aria-pressed": String(wrong), onclick: () => {
      toggleWrong(edge, seen);
      fillCard();
    } }, wrong ? "Marked as wrong" : "This is wrong")));
}
