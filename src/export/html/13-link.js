// The view as part of the address: whoever opens it sees the same.

let writing = 0;
let last = "";

function address() {
  const parts = new URLSearchParams();
  const list = (key, set) => set.size && parts.set(key, JSON.stringify([...set].sort()));
  list("types", state.types);
  list("relations", state.relations);
  list("told", state.told);
  if (state.since !== null) parts.set("time", `${show(state.since)}/${show(state.until)}`);
  if (!state.undated) parts.set("undated", "no");
  if (!state.lonely) parts.set("lonely", "no");
  if (state.support > 1) parts.set("support", state.support);
  if (state.focus !== null) {
    parts.set("focus", nodes[state.focus].node.id);
    parts.set("depth", state.depth);
  }
  if (state.node !== null) parts.set("node", nodes[state.node].node.id);
  if (state.line) {
    const { source, target, key } = state.line.shown[0].edge;
    parts.set("edge", JSON.stringify([source, target, key]));
  }
  const world = (half, axis) => Math.round((half - camera[axis]) / camera.k);
  parts.set("view", [world(width / 2, "x"), world(height / 2, "y"), camera.k.toFixed(3)].join(","));
  return `#${parts}`;
}

/** Writes the view into the address, once things rest. */
function remember() {
  clearTimeout(writing);
  writing = setTimeout(() => {
    last = address();
    history.replaceState(null, "", last);
  }, 250);
}

/** Takes the view from the address; what it names and the graph has not, is passed over. */
function restore() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const list = (key, set) => {
    set.clear();
    try {
      for (const each of JSON.parse(parts.get(key) ?? "[]")) set.add(String(each));
    } catch {
      // An address that someone mangled shows everything.
    }
  };
  list("types", state.types);
  list("relations", state.relations);
  list("told", state.told);
  const span = parts.has("time") ? days(parts.get("time")) : null;
  [state.since, state.until] = span ?? [null, null];
  state.undated = parts.get("undated") !== "no";
  state.lonely = parts.get("lonely") !== "no";
  state.support = Math.max(1, Number(parts.get("support")) || 1);
  state.focus = number.get(parts.get("focus")) ?? null;
  state.depth = Math.max(1, Math.min(9, Number(parts.get("depth")) || 1));
  state.node = number.get(parts.get("node")) ?? null;
  state.line = null;
  if (parts.has("edge"))
    state.line = lines.find((line) => line.edges.some(({ edge }) => JSON.stringify([edge.source, edge.target, edge.key]) === parts.get("edge"))) ?? null;
  sift();
  const view = (parts.get("view") ?? "").split(",").map(Number);
  if (view.length === 3 && view.every(Number.isFinite) && view[2] > 0) {
    const k = Math.max(0.02, Math.min(8, view[2]));
    fly({ k, x: width / 2 - view[0] * k, y: height / 2 - view[1] * k }, false);
  } else fit();
}

addEventListener("hashchange", () => location.hash !== last && location.hash !== "#canvas" && restore());
by("copy-link").addEventListener("click", async () => {
  last = address();
  history.replaceState(null, "", last);
  try {
    await navigator.clipboard.writeText(location.href);
    say("Link copied");
  } catch {
    say("The link is in the address bar");
  }
});
