// The graph that the page carries, made ready: nodes by number, edges gathered into lines, dates as months or days.

const by = (id) => document.getElementById(id);
const graph = JSON.parse(by("data").textContent);
const places = JSON.parse(by("places").textContent);
const lit = JSON.parse(by("lit").textContent)?.map((numbers) => new Set(numbers)); // nodes and edges that are brought out
const manifest = graph.graph;

/** A map from names, whatever the names are (`__proto__` included). */
const mapOf = (object) => new Map(Object.entries(object ?? {}));
const typeStyles = mapOf(manifest.types);
const relationStyles = mapOf(manifest.relations);
const documents = new Map(manifest.documents.map((record) => [record.id, record]));
const number = new Map(graph.nodes.map((node, at) => [node.id, at]));

const DETAIL = 3;
const nodes = graph.nodes.map((node, at) => {
  const style = typeStyles.get(node.type);
  const attributes = mapOf(node.attributes);
  const detail = (style?.draw.detail ?? []).map((name) => attributes.get(name)).filter(Boolean);
  return {
    at, node, attributes, x: places[2 * at], y: places[2 * at + 1], lines: [], degree: 0, radius: 6,
    event: style?.event ?? false, shape: style?.event ? "diamond" : style?.draw.shape ?? "rounded",
    fill: style?.draw.fill || "#eef1f5", border: style?.draw.border || "#55606e",
    detail: detail.slice(0, DETAIL).join(", "), named: style?.event || node.observations.some((seen) => seen.named),
    folded: fold([node.name, ...node.aliases].join("\n")), shown: true, pale: lit ? !lit[0].has(at) : false,
  };
});

/** Lower case, without accents: what a search compares. */
function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** How an edge is told: its modality, that it is denied, or that it is not told but inferred. */
const told = (edge) => (edge.polarity === "negative" ? "denied" : edge.origin === "inferred" ? "inferred" : edge.modality);
const TOLD = {
  asserted: "as a fact", planned: "planned", requested: "requested", possible: "possible", alleged: "alleged", denied: "denied",
  inferred: "inferred",
};
const DASHES = { asserted: [], planned: [8, 5], requested: [8, 5], possible: [1.5, 4], alleged: [1.5, 4], denied: [4, 3], inferred: [10, 3, 2, 3] };

/** First and last day of an EDTF date, in days since 1970; null where the year is not known. */
function days(date) {
  const ends = date.split("/").map((part) => {
    const found = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(part);
    if (!found) return null;
    const [year, month, day] = found.slice(1).map((digits) => (digits === undefined ? 0 : Number(digits)));
    const at = (y, m, d) => new Date(0).setUTCFullYear(y, m, d) / 864e5;
    if (month < 1 || month > 12) return [at(year, 0, 1), at(year, 11, 31)];
    const last = at(year, month, 0);
    const exact = at(year, month - 1, day);
    return day > 0 && exact <= last ? [exact, exact] : [at(year, month - 1, 1), last];
  });
  if (ends.length > 2 || ends.some((end) => end === null)) return null;
  const [first, last] = [ends[0][0], ends.at(-1)[1]];
  return first <= last ? [first, last] : null;
}

const edgeKey = ({ source, target, key }) => JSON.stringify([source, target, key]);
const edgeOf = new Map(graph.edges.map((edge) => [edgeKey(edge), edge]));

/** The sentences that tell an edge; of an inferred one, those that tell what it rests on. */
function sentencesOf(edge, seen = new Set()) {
  if (seen.has(edge)) return [];
  seen.add(edge);
  const below = (edge.grounds ?? []).flatMap((ground) => ground.edges).map((wanted) => edgeOf.get(edgeKey(wanted))).filter(Boolean);
  return [...edge.evidence, ...below.flatMap((each) => sentencesOf(each, seen))];
}

/** When an edge was so: as the text tells it, or else when the reports that tell it are from. */
function when(edge) {
  const own = edge.attributes.date && days(edge.attributes.date);
  if (own) return own;
  const reports = sentencesOf(edge).map((seen) => documents.get(seen.doc)?.date).map((date) => date && days(date)).filter(Boolean);
  return reports.length ? [Math.min(...reports.map((d) => d[0])), Math.max(...reports.map((d) => d[1]))] : null;
}

/** One line for all edges of one relation between the same two nodes that are told in the same way. */
const lines = [];
const pairs = new Map();
{
  const known = new Map();
  for (const [at, edge] of graph.edges.entries()) {
    const pale = lit ? !lit[1].has(at) : false;
    const [source, target] = [number.get(edge.source), number.get(edge.target)];
    const key = JSON.stringify([source, target, edge.type, told(edge), pale]);
    let line = known.get(key);
    if (!line) {
      const style = relationStyles.get(edge.type);
      line = {
        at: lines.length, source, target, type: edge.type, told: told(edge), edges: [], bend: 0, turn: 0, shown: [], pale,
        directed: !style?.symmetric, color: style?.draw.color || "#55606e", label: style?.label || edge.label || edge.type, support: 1,
      };
      known.set(key, line);
      lines.push(line);
      const pair = source < target ? `${source} ${target}` : `${target} ${source}`;
      if (!pairs.has(pair)) pairs.set(pair, []);
      pairs.get(pair).push(line);
      nodes[source].lines.push(line);
      if (source !== target) nodes[target].lines.push(line);
    }
    line.edges.push({ edge, when: when(edge) });
    line.support = Math.max(line.support, edge.support);
  }
}
for (const node of nodes) {
  node.degree = node.lines.length;
  node.radius = node.event ? 5 : 6 + Math.min(12, 1.7 * Math.sqrt(node.degree));
}
for (const line of lines) line.shown = line.edges;

const name = (at) => nodes[at].node.name || nodes[at].node.id;
const plural = (count, one, many = `${one}s`) => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
/** The other end of a line. */
const other = (line, at) => (line.source === at ? line.target : line.source);
const shortened = (text, most) => {
  const signs = Array.from(text.length > 4 * most ? text.slice(0, 4 * most) : text);
  return signs.length > most ? `${signs.slice(0, most - 1).join("")}…` : signs.join("");
};
