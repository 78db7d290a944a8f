// Places for what is shown: linked nodes draw together, all push each other away (as Fruchterman and Reingold do, 1991).

let arranging = 0;

function arrange() {
  cancelAnimationFrame(arranging);
  const some = nodes.filter((node) => node.shown);
  if (some.length < 2) return;
  const place = new Map(some.map((node, at) => [node.at, at]));
  const links = [...pairs.values()].filter((pair) => pair.some((line) => line.shown.length > 0)).map(([line]) => [place.get(line.source), place.get(line.target)]);
  const [x, y] = [Float64Array.from(some, (node) => node.x / 1.4), Float64Array.from(some, (node) => node.y)];
  const linked = new Float64Array(some.length);
  for (const [a, b] of links) [linked[a], linked[b]] = [linked[a] + 1, linked[b] + 1];
  const steps = some.length > 1000 ? 60 : 220;
  const pace = some.length > 1000 ? 1 : reduced.matches ? steps : 6;
  let step = 0;
  const frame = () => {
    for (let turn = 0; turn < pace && step < steps; turn += 1, step += 1) push(x, y, links, linked, 70 * (1 - step / steps) ** 1.5 + 0.5);
    some.forEach((node, at) => ([node.x, node.y] = [x[at] * 1.4, y[at]]));
    fit();
    if (step < steps) arranging = requestAnimationFrame(frame);
  };
  frame();
}

const IDEAL = 95;

function push(x, y, links, linked, most) {
  const count = x.length;
  const [dx, dy] = [new Float64Array(count), new Float64Array(count)];
  let [mx, my] = [0, 0];
  for (let a = 0; a < count; a += 1) {
    mx += x[a] / count;
    my += y[a] / count;
    for (let b = a + 1; b < count; b += 1) {
      const [vx, vy] = [x[a] - x[b] || (a - b) * 0.01, y[a] - y[b]];
      const force = (IDEAL * IDEAL) / (vx * vx + vy * vy + 1);
      dx[a] += vx * force;
      dy[a] += vy * force;
      dx[b] -= vx * force;
      dy[b] -= vy * force;
    }
  }
  for (const [a, b] of links) {
    const [vx, vy] = [x[a] - x[b], y[a] - y[b]];
    const force = Math.hypot(vx, vy) / IDEAL / Math.sqrt(Math.min(linked[a], linked[b]) || 1);
    dx[a] -= vx * force;
    dy[a] -= vy * force;
    dx[b] += vx * force;
    dy[b] += vy * force;
  }
  for (let a = 0; a < count; a += 1) {
    dx[a] -= (x[a] - mx) * 0.25;
    dy[a] -= (y[a] - my) * 0.25;
    const length = Math.hypot(dx[a], dy[a]) || 1;
    const go = Math.min(most, length) / length;
    x[a] += dx[a] * go;
    y[a] += dy[a] * go;
  }
}
