// The stage: two canvases, the whole picture below and what is pointed at or selected above; moving and zooming.

const base = by("base");
const canvas = by("canvas");
const below = base.getContext("2d");
const above = canvas.getContext("2d");
const reduced = matchMedia("(prefers-reduced-motion: reduce)");
let width = 1;
let height = 1;
let hover = { node: null, line: null };
let drawn = { ...camera }; // the camera that the lower canvas shows
let cost = 0; // milliseconds that it took
let waiting = false;
let settle = 0;
let stale = true;

/** Asks for the picture to be drawn before the next frame. */
function redraw(everything = true) {
  stale ||= everything;
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    if (stale) drawBase();
    drawOver();
  });
}

function drawBase() {
  const start = performance.now();
  const ratio = devicePixelRatio || 1;
  below.setTransform(ratio, 0, 0, ratio, 0, 0);
  below.clearRect(0, 0, width, height);
  drawAll(below, camera, width, height);
  drawn = { ...camera };
  base.style.transform = "";
  stale = false;
  cost = performance.now() - start;
}

/** While the picture moves, a heavy one is moved as it was drawn, and drawn anew when the movement rests. */
function moved() {
  if (cost > 12) {
    const k = camera.k / drawn.k;
    base.style.transform = `translate(${camera.x - drawn.x * k}px, ${camera.y - drawn.y * k}px) scale(${k})`;
    clearTimeout(settle);
    settle = setTimeout(() => redraw(), 90);
    redraw(false);
  } else redraw();
  remember();
}

function drawOver() {
  const ratio = devicePixelRatio || 1;
  above.setTransform(ratio, 0, 0, ratio, 0, 0);
  above.clearRect(0, 0, width, height);
  const node = hover.node ?? state.node;
  const line = hover.line ?? (hover.node === null ? state.line : null);
  base.classList.toggle("dim", (state.node ?? state.line) !== null || hover.node !== null);
  const room = new Room();
  if (line !== null && hover.node === null) highlight([line], [line.source, line.target], room);
  else if (node !== null) {
    const some = nodes[node].lines.filter((each) => each.shown.length > 0);
    highlight(some, [node, ...some.map((each) => other(each, node))], room);
  }
  if (state.node !== null && nodes[state.node].shown) ring(state.node);
}

function highlight(some, ends, room) {
  const seen = [...new Set(ends)].map((at) => nodes[at]).filter((each) => each.shown);
  drawLines(above, some, camera, some.length > 800);
  drawNodes(above, seen, camera);
  for (const each of seen) room.take(each.x * camera.k + camera.x - 5, each.y * camera.k + camera.y - 5, 10, 10, true);
  nameNodes(above, seen.slice(0, 1), camera, room, true);
  nameNodes(above, seen.slice(1).sort((a, b) => b.degree - a.degree), camera, room, seen.length <= 2);
  if (some.length <= 120) nameLines(above, some, camera, room, some.length === 1);
}

function ring(at) {
  const node = nodes[at];
  above.beginPath();
  above.arc(node.x * camera.k + camera.x, node.y * camera.k + camera.y, size(node, camera) + 5, 0, 2 * Math.PI);
  above.strokeStyle = colors.accent;
  above.lineWidth = 2.5;
  above.stroke();
}

function resize() {
  const area = by("stage").getBoundingClientRect();
  const ratio = devicePixelRatio || 1;
  [width, height] = [Math.max(1, area.width), Math.max(1, area.height)];
  for (const each of [base, canvas]) [each.width, each.height] = [Math.round(width * ratio), Math.round(height * ratio)];
  redraw();
}

/** The box around what is shown, names included. */
function extent() {
  const some = nodes.filter((node) => node.shown);
  if (some.length === 0) return null;
  const [xs, ys] = [some.map((node) => node.x), some.map((node) => node.y)];
  const least = (list) => list.reduce((a, b) => Math.min(a, b));
  const most = (list) => list.reduce((a, b) => Math.max(a, b));
  return [least(xs), least(ys), most(xs), most(ys)];
}

/** Brings everything shown into the picture. */
function fit(smooth = false) {
  const box = extent();
  if (!box) return redraw();
  const [wide, high] = [Math.max(1, box[2] - box[0]), Math.max(1, box[3] - box[1])];
  const k = Math.max(0.02, Math.min(1.8, (width - (narrow.matches ? 70 : 150)) / wide, (height - 100) / high));
  fly({ k, x: width / 2 - (k * (box[0] + box[2])) / 2, y: height / 2 - (k * (box[1] + box[3])) / 2 }, smooth);
}

function centre(at) {
  const k = Math.max(camera.k, 0.9);
  // On a narrow screen the card covers the lower half.
  const down = narrow.matches && state.node !== null ? height / 4 : height / 2;
  fly({ k, x: width / 2 - nodes[at].x * k, y: down - nodes[at].y * k }, true);
}

let flight = 0;
function fly(to, smooth) {
  cancelAnimationFrame(flight);
  if (!smooth || reduced.matches) {
    Object.assign(camera, to);
    redraw();
    remember();
    return;
  }
  const [from, start] = [{ ...camera }, performance.now()];
  const step = (now) => {
    const part = Math.min(1, Math.max(0, (now - start) / 320));
    const eased = 1 - (1 - part) ** 3;
    const k = from.k * (to.k / from.k) ** eased;
    // The middle of the screen moves evenly.
    const mix = (axis, half) => {
      const [a, b] = [(half - from[axis]) / from.k, (half - to[axis]) / to.k];
      return half - (a + (b - a) * eased) * k;
    };
    Object.assign(camera, { k, x: mix("x", width / 2), y: mix("y", height / 2) });
    moved();
    if (part < 1) flight = requestAnimationFrame(step);
    else redraw();
  };
  flight = requestAnimationFrame(step);
}

function zoom(factor, x = width / 2, y = height / 2) {
  const k = Math.max(0.02, Math.min(8, camera.k * factor));
  camera.x = x - ((x - camera.x) * k) / camera.k;
  camera.y = y - ((y - camera.y) * k) / camera.k;
  camera.k = k;
  moved();
}

/** The node or line under a point of the screen. */
function under(x, y, slack = 4) {
  let best = { node: null, line: null };
  let nearest = Infinity;
  for (const node of nodes) {
    if (!node.shown) continue;
    const away = Math.hypot(node.x * camera.k + camera.x - x, node.y * camera.k + camera.y - y) - size(node, camera);
    if (away < slack && away < nearest) [best, nearest] = [{ node: node.at, line: null }, away];
  }
  if (best.node !== null) return best;
  nearest = slack + 2;
  for (const line of lines) {
    if (line.shown.length === 0) continue;
    const c = course(line, camera);
    if (x < Math.min(c.ax, c.bx, c.cx) - 8 || x > Math.max(c.ax, c.bx, c.cx) + 8 || y < Math.min(c.ay, c.by, c.cy) - 8 || y > Math.max(c.ay, c.by, c.cy) + 8) continue;
    const away = distance(c, x, y);
    if (away < nearest) [best, nearest] = [{ node: null, line }, away];
  }
  return best;
}

/** How far a point lies from a curve, which is taken as twelve straight pieces. */
function distance(c, x, y) {
  let [least, px, py] = [Infinity, c.ax, c.ay];
  for (let step = 1; step <= 12; step += 1) {
    const t = step / 12;
    const at = (a, b, d) => (1 - t) ** 2 * a + 2 * t * (1 - t) * b + t * t * d;
    const [qx, qy] = [at(c.ax, c.cx, c.bx), at(c.ay, c.cy, c.by)];
    const [vx, vy] = [qx - px, qy - py];
    const along = Math.max(0, Math.min(1, ((x - px) * vx + (y - py) * vy) / (vx * vx + vy * vy || 1)));
    least = Math.min(least, Math.hypot(x - px - along * vx, y - py - along * vy));
    [px, py] = [qx, qy];
  }
  return least;
}
