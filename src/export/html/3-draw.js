// Draws what is shown. The same strokes go to the screen, to a PNG and, through a recorder, to an SVG.

const FONT = 'system-ui, -apple-system, "Segoe UI", "Liberation Sans", sans-serif';
const camera = { x: 0, y: 0, k: 1 }; // screen = k * world + (x, y)
let colors = {};
const inks = new Map();

/** Reads the colours of the style sheet, after the theme changed. */
function readColors() {
  const style = getComputedStyle(document.documentElement);
  const value = (property) => style.getPropertyValue(property).trim();
  colors = { ground: value("--ground"), ink: value("--ink"), soft: value("--soft"), accent: value("--accent"), warn: value("--warn"), line: value("--line"), faint: value("--faint") };
  inks.clear();
}

const probe = document.createElement("canvas").getContext("2d");
/** Red, green and blue of a CSS colour, from 0 to 255. */
function rgb(color) {
  probe.fillStyle = "#55606e";
  probe.fillStyle = color;
  const hex = probe.fillStyle;
  if (hex[0] === "#") return [1, 3, 5].map((from) => parseInt(hex.slice(from, from + 2), 16));
  return (hex.match(/[\d.]+/g) ?? [85, 96, 110]).slice(0, 3).map(Number);
}
/** Relative luminance (WCAG 2.2). */
function luminance(color) {
  const [r, g, b] = color.map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
/** A colour, moved towards the ink until it stands out from the ground by 3 to 1. */
function ink(color) {
  let found = inks.get(color);
  if (found) return found;
  const [ground, dark] = [luminance(rgb(colors.ground)), rgb(colors.ink)];
  let mixed = rgb(color);
  for (let step = 0; step < 12; step += 1) {
    const light = luminance(mixed);
    if ((Math.max(light, ground) + 0.05) / (Math.min(light, ground) + 0.05) >= 3) break;
    mixed = mixed.map((part, at) => part + (dark[at] - part) * 0.15);
  }
  found = `rgb(${mixed.map(Math.round).join(",")})`;
  inks.set(color, found);
  return found;
}

/** Where a line runs on the screen: from, the point that pulls it aside, to. */
function course(line, cam) {
  const [a, b] = [nodes[line.source], nodes[line.target]];
  const [ax, ay, bx, by] = [a.x * cam.k + cam.x, a.y * cam.k + cam.y, b.x * cam.k + cam.x, b.y * cam.k + cam.y];
  const length = Math.hypot(bx - ax, by - ay) || 1;
  const pull = 2 * line.bend * Math.min(1.2, cam.k);
  return { ax, ay, bx, by, length, cx: (ax + bx) / 2 - ((by - ay) / length) * pull, cy: (ay + by) / 2 + ((bx - ax) / length) * pull };
}
const middle = (c) => ({ x: (c.ax + 2 * c.cx + c.bx) / 4, y: (c.ay + 2 * c.cy + c.by) / 4 });

/** Size of a node on the screen: grows slower than the picture. */
const size = (node, cam) => Math.max(1.5, node.radius * Math.min(1.5, cam.k < 0.5 ? cam.k * 1.414 : Math.sqrt(cam.k)));

function trace(to, line, cam) {
  const c = course(line, cam);
  if (line.source === line.target) {
    const r = size(nodes[line.source], cam) * (1 + 0.35 * (line.turn ?? 0));
    to.moveTo(c.ax + 2 * r, c.ay - r);
    to.arc(c.ax + r, c.ay - r, r, 0, 2 * Math.PI);
    return;
  }
  to.moveTo(c.ax, c.ay);
  if (line.bend === 0 || cam.k < 0.3) to.lineTo(c.bx, c.by);
  else to.quadraticCurveTo(c.cx, c.cy, c.bx, c.by);
}

/** Draws lines: as many as have one look with one stroke. */
function drawLines(to, some, cam, plain) {
  const looks = new Map();
  for (const line of some) {
    const weight = plain ? 1 : Math.min(4, line.support);
    const look = `${line.pale ? colors.faint : line.told === "denied" ? colors.warn : ink(line.color)}|${plain ? "" : line.told}|${weight}`;
    if (!looks.has(look)) looks.set(look, []);
    looks.get(look).push(line);
  }
  // What is brought out comes last, on top.
  const order = lit ? [...looks].sort((a, b) => b[1][0].pale - a[1][0].pale) : looks;
  for (const [look, alike] of order) {
    const [color, way, weight] = look.split("|");
    to.strokeStyle = color;
    to.lineWidth = plain ? Math.max(0.5, Math.min(1.2, 1.2 * cam.k)) : 1.1 + 0.6 * (weight - 1);
    to.setLineDash(plain || !way ? [] : DASHES[way] ?? []);
    to.beginPath();
    for (const line of alike) trace(to, line, cam);
    to.stroke();
    to.setLineDash([]);
    if (plain) continue;
    to.fillStyle = color;
    to.beginPath();
    for (const line of alike) if (line.source !== line.target) head(to, line, cam, Number(weight));
    to.fill();
  }
}

/** An arrow head, or the bar of what is denied. */
function head(to, line, cam, weight) {
  if (!line.directed && line.told !== "denied") return;
  const c = course(line, cam);
  const [dx, dy] = [c.bx - c.cx, c.by - c.cy];
  const length = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [dx / length, dy / length];
  const back = size(nodes[line.target], cam) + 1.5;
  if (c.length < back + 12) return;
  const [x, y, long, wide] = [c.bx - ux * back, c.by - uy * back, 7 + weight, 2.8 + 0.6 * weight];
  if (line.told === "denied") {
    to.moveTo(x - uy * 6, y + ux * 6);
    to.lineTo(x + uy * 6, y - ux * 6);
    to.lineTo(x + uy * 6 - ux * 2.5, y - ux * 6 - uy * 2.5);
    to.lineTo(x - uy * 6 - ux * 2.5, y + ux * 6 - uy * 2.5);
    return;
  }
  to.moveTo(x, y);
  to.lineTo(x - ux * long - uy * wide, y - uy * long + ux * wide);
  to.lineTo(x - ux * long + uy * wide, y - uy * long - ux * wide);
}

/** The outline of a node of some shape. */
function outline(to, shape, x, y, r) {
  to.beginPath();
  if (shape === "diamond" || shape === "hexagon") {
    const corners = shape === "diamond" ? [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]] : [[1.1, 0], [0.55, -0.95], [-0.55, -0.95], [-1.1, 0], [-0.55, 0.95], [0.55, 0.95]];
    corners.forEach(([dx, dy], at) => to[at ? "lineTo" : "moveTo"](x + dx * r, y + dy * r));
    to.closePath();
  } else if (shape === "box") to.rect(x - 0.9 * r, y - 0.9 * r, 1.8 * r, 1.8 * r);
  else if (shape === "ellipse") to.ellipse(x, y, 1.25 * r, 0.85 * r, 0, 0, 2 * Math.PI);
  else to.arc(x, y, r, 0, 2 * Math.PI);
}

function drawNodes(to, some, cam) {
  const order = lit ? [...some].sort((a, b) => b.pale - a.pale) : some;
  for (const node of order) {
    const [x, y, r] = [node.x * cam.k + cam.x, node.y * cam.k + cam.y, size(node, cam)];
    outline(to, node.shape, x, y, r);
    to.fillStyle = node.pale ? colors.ground : node.fill;
    to.fill();
    to.strokeStyle = node.pale ? colors.faint : node.border;
    to.lineWidth = r < 4 ? 0.7 : 1.5;
    to.setLineDash(node.named ? [] : [2.5, 2]);
    to.stroke();
  }
  to.setLineDash([]);
}

/** Room on the screen that labels have taken, in cells. */
class Room {
  constructor() {
    this.cells = new Map();
  }
  /** Takes an area, unless part of it is taken. */
  take(x, y, width, height, force = false) {
    const area = [x, y, x + width, y + height];
    const cells = [];
    for (let column = Math.floor(x / 64); column <= Math.floor(area[2] / 64); column += 1)
      for (let row = Math.floor(y / 32); row <= Math.floor(area[3] / 32); row += 1) cells.push(`${column} ${row}`);
    const meets = (b) => area[0] < b[2] && b[0] < area[2] && area[1] < b[3] && b[1] < area[3];
    if (!force && cells.some((cell) => this.cells.get(cell)?.some(meets))) return false;
    for (const cell of cells) {
      if (!this.cells.has(cell)) this.cells.set(cell, []);
      this.cells.get(cell).push(area);
    }
    return true;
  }
}

const widths = new Map();
function widthOf(to, text) {
  const key = to.font + text;
  if (!widths.has(key)) {
    if (widths.size > 20000) widths.clear();
    widths.set(key, to.measureText(text).width);
  }
  return widths.get(key);
}

function write(to, text, x, y, color, halo = 3.5) {
  to.lineJoin = "round";
  to.strokeStyle = colors.ground;
  to.lineWidth = halo;
  to.strokeText(text, x, y);
  to.fillStyle = color;
  to.fillText(text, x, y);
}

/** Names under nodes: the best-linked first, each only where there is room. */
function nameNodes(to, some, cam, room, force = false) {
  const em = Math.round(Math.max(11, Math.min(15, 12 * Math.sqrt(cam.k))));
  to.textAlign = "center";
  to.textBaseline = "top";
  for (const node of some) {
    const [x, y, r] = [node.x * cam.k + cam.x, node.y * cam.k + cam.y, size(node, cam)];
    if (!force && node.event && cam.k < 0.6) continue;
    to.font = `${node.degree > 5 ? 600 : 400} ${node.event ? em - 1 : em}px ${FONT}`;
    const text = shortened(node.node.name, 28);
    const half = widthOf(to, text) / 2;
    // Below the node; where there is no room, above it, to its right or to its left.
    const beside = r + 6 + half;
    const spots = [[x, y + r + 3], [x, y - r - em - 5], [x + beside, y - em / 2 - 1], [x - beside, y - em / 2 - 1]];
    const spot = spots.find(([middle, top]) => middle > half && middle < width - half && room.take(middle - half - 2, top - 2, 2 * half + 4, em + 3));
    if (!spot && !force) continue;
    const [middle, top] = spot ?? spots[0];
    write(to, text, middle, top, node.pale || node.event ? colors.soft : colors.ink);
    if (top !== spots[0][1]) continue;
    if (cam.k < 1.25 || !node.detail) continue;
    to.font = `400 ${em - 2}px ${FONT}`;
    const detail = shortened(node.detail, 34);
    const wide = widthOf(to, detail);
    if (room.take(x - wide / 2, y + r + em + 4, wide, em, force)) write(to, detail, x, y + r + em + 5, colors.soft);
  }
}

/** Names on lines, where there is room. */
function nameLines(to, some, cam, room, force = false) {
  to.font = `400 11px ${FONT}`;
  to.textAlign = "center";
  to.textBaseline = "middle";
  for (const line of some) {
    const c = course(line, cam);
    const text = line.shown.length > 1 ? `${line.label} ×${line.shown.length}` : line.label;
    const width = widthOf(to, text);
    if (!force && c.length < width + 34) continue;
    const at = line.source === line.target ? { x: c.ax + 20, y: c.ay - 22 } : middle(c);
    if (!room.take(at.x - width / 2 - 2, at.y - 7, width + 4, 14)) continue;
    to.beginPath();
    to.rect(at.x - width / 2 - 2, at.y - 7, width + 4, 14);
    to.fillStyle = colors.ground;
    to.fill();
    write(to, text, at.x, at.y, line.pale ? colors.soft : line.told === "denied" ? colors.warn : ink(line.color));
  }
}

/** What of the graph lies within an area of so many pixels. */
function within(cam, width, height) {
  const inside = (node, by) => {
    const [x, y] = [node.x * cam.k + cam.x, node.y * cam.k + cam.y];
    return x > -by && y > -by && x < width + by && y < height + by;
  };
  const seen = nodes.filter((node) => node.shown && inside(node, 60));
  const crosses = (line) => {
    const [a, b] = [nodes[line.source], nodes[line.target]];
    const [ax, ay, bx, by] = [a.x * cam.k + cam.x, a.y * cam.k + cam.y, b.x * cam.k + cam.x, b.y * cam.k + cam.y];
    return Math.max(ax, bx) > -60 && Math.min(ax, bx) < width + 60 && Math.max(ay, by) > -60 && Math.min(ay, by) < height + 60;
  };
  return { seen, lines: lines.filter((line) => line.shown.length > 0 && crosses(line)) };
}

/** Draws everything that lies within an area. Far off, lines lose dashes and heads; near, they gain names. */
function drawAll(to, cam, width, height) {
  const view = within(cam, width, height);
  const plain = view.lines.length > 1200;
  to.globalAlpha = plain ? Math.max(0.25, Math.min(1, 3000 / view.lines.length)) : 1;
  drawLines(to, view.lines, cam, plain);
  to.globalAlpha = 1;
  drawNodes(to, view.seen, cam);
  const room = new Room();
  if (cam.k > 0.25) for (const node of view.seen) if (!node.event) room.take(node.x * cam.k + cam.x - 4, node.y * cam.k + cam.y - 4, 8, 8, true);
  const ranked = [...view.seen].sort((a, b) => a.pale - b.pale || b.degree - a.degree || a.at - b.at);
  nameNodes(to, ranked.slice(0, 400), cam, room);
  if (view.lines.length <= 400 && cam.k > 0.55) nameLines(to, view.lines, cam, room);
}
