// What is shown: filters, time, neighbourhood. One state, one function that applies it, listeners that draw it.

const state = {
  types: new Set(), relations: new Set(), told: new Set(), // hidden ones
  since: null, until: null, undated: true, support: 1, lonely: true,
  focus: null, depth: 1,
  node: null, line: null, // what is selected
};
const listeners = [];
let shownNodes = nodes.length;
let shownEdges = graph.edges.length;

function edgeFits({ edge, when: span }) {
  if (edge.support < state.support) return false;
  if (state.since === null) return true;
  return span === null ? state.undated : span[0] <= state.until && span[1] >= state.since;
}

/** Applies the state to every node and line and says so to all who draw. */
function sift() {
  const fits = (at) => !state.types.has(nodes[at].node.type);
  for (const line of lines) {
    const passes = !state.relations.has(line.type) && !state.told.has(line.told) && fits(line.source) && fits(line.target);
    line.shown = passes ? line.edges.filter(edgeFits) : [];
  }
  const near = state.focus === null ? null : neighbourhood(state.focus, state.depth);
  if (near) for (const line of lines) if (!near.has(line.source) || !near.has(line.target)) line.shown = [];
  shownNodes = 0;
  for (const node of nodes) {
    const linked = node.lines.some((line) => line.shown.length > 0);
    node.shown = fits(node.at) && (near ? near.has(node.at) : linked || (node.degree === 0 && state.lonely));
    if (node.shown) shownNodes += 1;
  }
  shownEdges = 0;
  for (const pair of pairs.values()) bend(pair);
  if (state.line && state.line.shown.length === 0) state.line = null;
  if (state.node !== null && !nodes[state.node].shown) state.node = null;
  for (const listen of listeners) listen();
}

/** Lines between the same two nodes lie side by side. */
function bend(pair) {
  const there = pair.filter((line) => line.shown.length > 0);
  const gap = Math.min(22, 120 / there.length);
  there.forEach((line, index) => {
    shownEdges += line.shown.length;
    const side = (index - (there.length - 1) / 2) * gap;
    line.bend = line.source < line.target ? side : -side;
    line.turn = index; // of a line from a node to itself
  });
}

/** Nodes that at most so many shown lines lead to. */
function neighbourhood(from, depth) {
  const near = new Set([from]);
  let edge = [from];
  for (let step = 0; step < depth; step += 1) {
    const next = [];
    for (const at of edge)
      for (const line of nodes[at].lines) {
        const to = other(line, at);
        if (line.shown.length > 0 && !near.has(to)) {
          near.add(to);
          next.push(to);
        }
      }
    edge = next;
  }
  return near;
}

function select(node, line) {
  state.node = node;
  state.line = line;
  for (const listen of listeners) listen();
}

function focusOn(at, depth = 1) {
  state.focus = at;
  state.depth = depth;
  sift();
  fit(true);
}
