// Files: what is on the screen as SVG and PNG, and the graph as JSON.

function save(blob, fileName) {
  const url = URL.createObjectURL(blob);
  const anchor = make("a", { href: url, download: fileName });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

/** Takes the strokes that a canvas would and writes them down as SVG. */
class Recorder {
  constructor() {
    this.out = [];
    this.path = [];
    Object.assign(this, { fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, font: "", textAlign: "center", textBaseline: "top", dash: [] });
  }
  n(value) {
    return String(Math.round(value * 10) / 10);
  }
  esc(text) {
    return text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "\ufffd").replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  }
  beginPath() { this.path = []; }
  add(letter, ...numbers) { this.path.push(letter + numbers.map((value) => this.n(value)).join(",")); }
  moveTo(x, y) { this.add("M", x, y); }
  lineTo(x, y) { this.add("L", x, y); }
  quadraticCurveTo(cx, cy, x, y) { this.add("Q", cx, cy, x, y); }
  closePath() { this.path.push("Z"); }
  rect(x, y, w, h) { this.path.push(`M${this.n(x)},${this.n(y)}h${this.n(w)}v${this.n(h)}h${this.n(-w)}Z`); }
  arc(x, y, r) { this.ellipse(x, y, r, r); }
  ellipse(x, y, rx, ry) {
    const turn = `A${this.n(rx)},${this.n(ry)},0,1,1,`;
    this.path.push(`M${this.n(x - rx)},${this.n(y)}${turn}${this.n(x + rx)},${this.n(y)}${turn}${this.n(x - rx)},${this.n(y)}Z`);
  }
  setLineDash(dash) { this.dash = dash; }
  fill() { if (this.path.length) this.out.push(`<path d="${this.path.join("")}" fill="${this.esc(this.fillStyle)}"/>`); }
  stroke() {
    if (!this.path.length) return;
    const dash = this.dash.length ? ` stroke-dasharray="${this.dash.join(" ")}"` : "";
    this.out.push(`<path d="${this.path.join("")}" fill="none" stroke="${this.esc(this.strokeStyle)}" stroke-width="${this.n(this.lineWidth)}"${dash}/>`);
  }
  measureText(text) {
    probe.font = this.font;
    return probe.measureText(text);
  }
  strokeText() {} // the halo comes with the text
  fillText(text, x, y) {
    const [, weight, em] = /^(\d+) (\d+)px/.exec(this.font) ?? [0, 400, 12];
    const down = this.textBaseline === "top" ? em * 0.85 : em * 0.35;
    this.out.push(`<text x="${this.n(x)}" y="${this.n(y + down)}" font-size="${em}" font-weight="${weight}" stroke="${this.esc(colors.ground)}" stroke-width="3" fill="${this.esc(this.fillStyle)}">${this.esc(text)}</text>`);
  }
}

function asSvg() {
  const to = new Recorder();
  drawAll(to, camera, width, height);
  const [w, h] = [Math.round(width), Math.round(height)];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" font-family="${to.esc(FONT)}" text-anchor="middle" paint-order="stroke" stroke-linejoin="round">
<title>${to.esc(document.title)}</title>
<rect width="${w}" height="${h}" fill="${colors.ground}"/>
${to.out.join("\n")}
</svg>
`;
}

function asPng(done) {
  const scale = Math.min(3, Math.max(2, devicePixelRatio || 1));
  const picture = make("canvas", { width: Math.round(width * scale), height: Math.round(height * scale) });
  const to = picture.getContext("2d");
  to.setTransform(scale, 0, 0, scale, 0, 0);
  to.fillStyle = colors.ground;
  to.fillRect(0, 0, width, height);
  drawAll(to, camera, width, height);
  picture.toBlob(done, "image/png");
}

by("save-svg").addEventListener("click", () => save(new Blob([asSvg()], { type: "image/svg+xml" }), "graph.svg"));
by("save-png").addEventListener("click", () => asPng((blob) => save(blob, "graph.png")));
by("save-json").addEventListener("click", () => save(new Blob([by("data").textContent], { type: "application/json" }), "graph.json"));
