// The panel of filters: types, relations, ways of telling, time, support. It is the legend as well.

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "onclick") element.addEventListener("click", value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

/** A small picture beside a filter, drawn as the graph draws it. */
function swatch(paint) {
  const ratio = devicePixelRatio || 1;
  const picture = make("canvas", { width: 26 * ratio, height: 16 * ratio, "aria-hidden": "true" });
  picture.style.width = "26px";
  picture.style.height = "16px";
  const to = picture.getContext("2d");
  picture.repaint = () => {
    to.setTransform(ratio, 0, 0, ratio, 0, 0);
    to.clearRect(0, 0, 26, 16);
    paint(to);
  };
  return picture;
}

const swatches = [];
const boxes = []; // [checkbox, set, name], to be set anew when the state changes otherwise
const counts = []; // [element, () => count]

function filterList(id, set, entries) {
  const list = by(id);
  const legend = list.querySelector("legend");
  const names = entries.map((entry) => entry.name);
  const all = make("button", { type: "button", onclick: () => {
    const none = set.size === 0;
    set.clear();
    if (none) names.forEach((each) => set.add(each));
    sift();
  } });
  listeners.push(() => (all.textContent = set.size === 0 ? "none" : "all"));
  legend.append(all);
  for (const { name, text, paint, count } of entries) {
    const box = make("input", { type: "checkbox" });
    box.addEventListener("change", () => {
      if (box.checked) set.delete(name);
      else set.add(name);
      sift();
    });
    const picture = swatch(paint);
    const tally = make("b");
    const only = make("button", { type: "button", class: "only", "aria-label": `Only ${text}`, onclick: () => {
      names.forEach((each) => (each === name ? set.delete(each) : set.add(each)));
      sift();
    } }, "only");
    swatches.push(picture);
    boxes.push([box, set, name]);
    counts.push([tally, count]);
    list.append(make("div", { class: "row" }, make("label", {}, box, picture, make("span", { title: text }, text)), only, tally));
  }
  list.hidden = entries.length === 0;
}

const stroke = (color, way) => (to) => {
  const denied = way === "denied";
  to.strokeStyle = to.fillStyle = denied ? colors.warn : color ? ink(color) : colors.ink;
  to.lineWidth = 2;
  to.setLineDash(DASHES[way].map((length) => length / 1.4));
  to.beginPath();
  to.moveTo(1, 8);
  to.lineTo(22, 8);
  to.stroke();
  to.setLineDash([]);
  if (denied) to.fillRect(22, 3, 2.5, 10);
};

function tally(values) {
  const found = new Map();
  for (const value of values) found.set(value, (found.get(value) ?? 0) + 1);
  return [...found].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([value]) => value);
}

function buildFilters() {
  const typeNames = tally(nodes.map((node) => node.node.type));
  filterList("types", state.types, typeNames.map((type) => {
    const first = nodes.find((node) => node.node.type === type);
    return {
      name: type, text: type,
      paint: (to) => {
        outline(to, first.shape, 13, 8, first.event ? 5.5 : 6.5);
        to.fillStyle = first.fill;
        to.fill();
        to.strokeStyle = first.border;
        to.lineWidth = 1.5;
        to.stroke();
      },
      count: () => nodes.filter((node) => node.shown && node.node.type === type).length,
    };
  }));
  const edgesOf = (choose) => () => lines.reduce((sum, line) => sum + (choose(line) ? line.shown.length : 0), 0);
  filterList("relations", state.relations, tally(lines.map((line) => line.type)).map((type) => {
    const first = lines.find((line) => line.type === type);
    return { name: type, text: first.label, paint: stroke(first.color, "asserted"), count: edgesOf((line) => line.type === type) };
  }));
  const ways = Object.keys(TOLD).filter((way) => lines.some((line) => line.told === way));
  filterList("told", state.told, ways.map((way) => ({ name: way, text: TOLD[way], paint: stroke(null, way), count: edgesOf((line) => line.told === way) })));

  const most = lines.reduce((top, line) => Math.max(top, line.support), 1);
  by("support").max = most;
  by("support").addEventListener("input", (event) => {
    state.support = Math.max(1, Number(event.target.value) || 1);
    sift();
  });
  const alone = nodes.filter((node) => node.degree === 0).length;
  by("lonely-count").textContent = alone.toLocaleString("en");
  by("lonely").closest("label").hidden = alone === 0;
  by("lonely").addEventListener("change", (event) => {
    state.lonely = event.target.checked;
    sift();
  });
  by("reset").addEventListener("click", showEverything);
  listeners.push(() => {
    for (const [box, set, name] of boxes) box.checked = !set.has(name);
    for (const [element, count] of counts) {
      const there = count();
      element.textContent = there.toLocaleString("en");
      element.parentElement.classList.toggle("none", there === 0);
    }
    by("support").value = state.support;
    by("lonely").checked = state.lonely;
    by("undated").checked = state.undated;
  });
}

function showEverything() {
  for (const set of [state.types, state.relations, state.told]) set.clear();
  Object.assign(state, { since: null, until: null, undated: true, support: 1, lonely: true, focus: null });
  sift();
}
