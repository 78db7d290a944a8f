// Mouse, fingers and keys on the stage.

const fingers = new Map();
let grip = null; // what is dragged, and from where
let pinch = 0;

const spot = (event) => {
  const area = canvas.getBoundingClientRect();
  return { x: event.clientX - area.left, y: event.clientY - area.top };
};

canvas.addEventListener("pointerdown", (event) => {
  canvas.setPointerCapture(event.pointerId);
  const at = spot(event);
  fingers.set(event.pointerId, at);
  cancelAnimationFrame(flight);
  const found = under(at.x, at.y, event.pointerType === "touch" ? 14 : 4);
  grip = { ...at, found, moved: false };
  pinch = 0;
});

canvas.addEventListener("pointermove", (event) => {
  const at = spot(event);
  if (!fingers.has(event.pointerId)) return point(at);
  const before = fingers.get(event.pointerId);
  fingers.set(event.pointerId, at);
  if (fingers.size === 2) {
    const [a, b] = [...fingers.values()];
    const apart = Math.hypot(a.x - b.x, a.y - b.y);
    if (pinch > 0) zoom(apart / pinch, (a.x + b.x) / 2, (a.y + b.y) / 2);
    pinch = apart;
    grip.moved = true;
    return;
  }
  if (!grip.moved && Math.hypot(at.x - grip.x, at.y - grip.y) < 4) return;
  grip.moved = true;
  canvas.classList.add("drag");
  if (grip.found.node !== null) {
    const node = nodes[grip.found.node];
    node.x += (at.x - before.x) / camera.k;
    node.y += (at.y - before.y) / camera.k;
    redraw();
  } else {
    camera.x += at.x - before.x;
    camera.y += at.y - before.y;
    moved();
  }
});

function release(event) {
  if (!fingers.delete(event.pointerId)) return;
  canvas.classList.remove("drag");
  if (grip && !grip.moved && event.type === "pointerup") {
    const { node, line } = grip.found;
    if (node !== null && pairing) pair(node);
    else select(node, line);
  }
  if (fingers.size === 0) grip = null;
}
canvas.addEventListener("pointerup", release);
canvas.addEventListener("pointercancel", release);
canvas.addEventListener("pointerleave", () => point(null));
canvas.addEventListener("dblclick", (event) => {
  const at = spot(event);
  const found = under(at.x, at.y);
  if (found.node !== null) focusOn(found.node);
  else zoom(1.7, at.x, at.y);
});
canvas.addEventListener("wheel", (event) => {
  event.preventDefault();
  const at = spot(event);
  zoom(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0016)), at.x, at.y);
}, { passive: false });

function point(at) {
  const found = at ? under(at.x, at.y) : { node: null, line: null };
  if (found.node === hover.node && found.line === hover.line) return;
  hover = found;
  canvas.classList.toggle("over", found.node !== null || found.line !== null);
  redraw(false);
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

canvas.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const way = ARROWS[event.key];
  const key = event.key.toLowerCase();
  if (way && event.shiftKey) {
    camera.x -= way[0] * 60;
    camera.y -= way[1] * 60;
    moved();
  } else if (way) step(way);
  else if (key === "+" || key === "=") zoom(1.3);
  else if (key === "-") zoom(1 / 1.3);
  else if (key === "n" || key === "p") along(key === "n" ? 1 : -1);
  else if (key === "f" && state.node !== null) focusOn(state.node, state.focus === state.node ? state.depth + 1 : 1);
  else if (event.key === "Enter" && (state.node !== null || state.line)) by("card").focus();
  else return;
  event.preventDefault();
});

/** Goes to the neighbour that lies most nearly in a direction, or to the best-linked node when none is selected. */
function step([dx, dy]) {
  if (state.node === null) return along(1);
  const from = nodes[state.node];
  let [best, least] = [null, Infinity];
  for (const line of from.lines) {
    if (line.shown.length === 0) continue;
    const to = nodes[other(line, from.at)];
    const [vx, vy] = [to.x - from.x, to.y - from.y];
    const length = Math.hypot(vx, vy) || 1;
    const cosine = (vx * dx + vy * dy) / length;
    const badness = length * (2 - cosine);
    if (cosine > 0.3 && badness < least) [best, least] = [to.at, badness];
  }
  if (best !== null) go(best);
}

/** The next or previous node, the best-linked first. */
function along(by) {
  const order = nodes.filter((node) => node.shown).sort((a, b) => b.degree - a.degree || a.at - b.at).map((node) => node.at);
  if (order.length === 0) return;
  const at = order.indexOf(state.node);
  go(order[at < 0 ? 0 : (at + by + order.length) % order.length]);
}

/** Selects a node and sees that it is on the screen. */
function go(at) {
  select(at, null);
  const [x, y] = [nodes[at].x * camera.k + camera.x, nodes[at].y * camera.k + camera.y];
  const bottom = narrow.matches ? height * 0.45 : height - 60;
  if (x < 60 || y < 60 || x > width - 60 || y > bottom || camera.k < 0.5) centre(at);
}

/** Keys that work everywhere but in a field. */
addEventListener("keydown", (event) => {
  const typing = event.target instanceof HTMLInputElement && event.target.type !== "checkbox" && event.target.type !== "range";
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape" && event.target.id !== "search") back();
  else if (typing) return;
  else if (event.key === "/") by("search").focus();
  else if (event.key === "?") by("keys").showModal();
  else if (event.key === "0") fit(true);
  else if (event.key.toLowerCase() === "a") arrange();
  else return;
  event.preventDefault();
});

/** One step back: what is paired, what is selected, then the neighbourhood, then filters. */
function back() {
  if (pairing) pairWith(null);
  else if (state.node !== null || state.line) {
    select(null, null);
    canvas.focus();
  } else if (state.focus !== null) focusOn(null);
  else showEverything();
}
