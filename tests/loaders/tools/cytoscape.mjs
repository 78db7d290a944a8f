// Cytoscape JSON with Cytoscape.js itself, without a screen.

const NODE = ["type", "types", "name", "aliases", "support", "offices", "mentions", "id", "label", "start", "end"];
const EDGE = ["source", "target", "key", "type", "label", "modality", "polarity", "confidence", "support"];
const MORE = ["sources", "origin", "symmetric", "evidence", "id", "weight", "number", "kind", "start", "end"];

export async function load(expected, require) {
  const cytoscape = require("cytoscape");
  const { elements, style, data } = JSON.parse(expected.text("cyjs"));
  const graph = cytoscape({ headless: true, styleEnabled: true, elements, style });
  let values = expected.same(data, expected.graph.graph, "the manifest");
  const nodeColumns = expected.columns(expected.graph.nodes, NODE);
  for (const node of expected.graph.nodes) {
    const found = graph.getElementById(node.id);
    if (found.length !== 1 || !found.isNode()) throw new Error(`no node ${node.id}`);
    const { id, type, types, name, aliases, support, mentions } = node;
    const wanted = { id, type, types, name, aliases, support, mentions };
    if (node.offices?.length) wanted.offices = node.offices;
    for (const [attribute, value] of Object.entries(node.attributes)) wanted[nodeColumns[attribute]] = value;
    values += expected.same(found.data(), wanted, `node ${id}`);
    if (found.classes().length !== types.length) throw new Error(`classes of ${id}: ${found.classes()}`);
  }
  const edgeColumns = expected.columns(expected.graph.edges, [...EDGE, ...MORE]);
  const edges = graph.edges();
  expected.graph.edges.forEach((edge, number) => {
    const { source, target, key, type, label, modality, polarity, confidence, support, evidence } = edge;
    const wanted = { id: edges[number].id(), source, target, key, type, label, modality, polarity, confidence, support };
    wanted.sources = edge.sources;
    wanted.origin = edge.origin ?? "stated";
    wanted.symmetric = expected.symmetric(edge);
    wanted.evidence = evidence;
    for (const [attribute, value] of Object.entries(edge.attributes)) wanted[edgeColumns[attribute]] = value;
    values += expected.same(edges[number].data(), wanted, `edge ${number}`);
  });
  return [graph.nodes().length, edges.length, values];
}
