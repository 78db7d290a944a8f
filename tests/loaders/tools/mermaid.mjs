// The Mermaid flowchart with Mermaid's own parser.

// Mermaid keeps an entity as a mark of its own until it draws.
const unmarked = (text) =>
  text
    .replaceAll("ﬂ°°", "&#")
    .replaceAll("ﬂ°", "&")
    .replaceAll("¶ß", ";")
    .replace(/&#(\d+);/g, (_, number) => String.fromCodePoint(Number(number)));
// Control characters have pictures.
const pictured = (text) =>
  text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, (c) => String.fromCodePoint(0x2400 + c.charCodeAt(0)))
    .replaceAll("\u007f", "\u2421");

export async function load(expected, require) {
  const { JSDOM } = require("jsdom");
  const { window } = new JSDOM("<!DOCTYPE html><body></body>");
  globalThis.window = window;
  globalThis.document = window.document;
  const mermaid = (await import(require.resolve("mermaid"))).default;
  mermaid.initialize({ maxTextSize: 1e9, maxEdges: 1e9, securityLevel: "strict" });
  const diagram = await mermaid.mermaidAPI.getDiagramFromText(expected.text("mmd"));
  const vertices = [...diagram.db.getVertices().values()];
  const { graph } = expected;
  if (vertices.length !== graph.nodes.length) throw new Error(`${vertices.length} nodes`);
  let values = 0;
  graph.nodes.forEach((node, number) => {
    const style = graph.graph.types[node.type];
    const detail = (style?.draw.detail ?? []).filter((name) => name in node.attributes);
    const lines = [node.name, ...(detail.length ? [detail.map((name) => node.attributes[name]).join(", ")] : [])];
    const found = unmarked(vertices[number].text).split("<br>");
    values += expected.same(unmarked(vertices[number].text), lines.map(pictured).join("<br>"), `node ${node.id}`);
    if (vertices[number].id !== `n${number}` || found.length < lines.length) throw new Error(`node ${number}`);
  });
  const edges = diagram.db.getEdges();
  if (edges.length !== graph.edges.length) throw new Error(`${edges.length} edges`);
  const places = new Map(graph.nodes.map((node, number) => [node.id, `n${number}`]));
  graph.edges.forEach((edge, number) => {
    const found = edges[number];
    const denied = edge.polarity === "negative";
    const inferred = edge.origin === "inferred";
    const told = denied ? " (denied)" : inferred ? " (inferred)" : edge.modality === "asserted" ? "" : ` (${edge.modality})`;
    const wanted = [places.get(edge.source), places.get(edge.target), pictured(edge.label) + told];
    values += expected.same([found.start, found.end, unmarked(found.text)], wanted, `edge ${number}`);
    const head = denied ? "arrow_cross" : expected.symmetric(edge) ? "arrow_open" : "arrow_point";
    if (found.type !== head) throw new Error(`edge ${number} is an ${found.type}`);
  });
  return [vertices.length, edges.length, values];
}
