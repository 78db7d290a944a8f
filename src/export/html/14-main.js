// Everything put together.

const status = by("status");
const say = (text) => (status.textContent = text);
const statusText = () => {
  if (state.node !== null) {
    const { node, detail, lines: own } = nodes[state.node];
    return `${[node.name, node.type, detail].filter(Boolean).join(", ")}; ${plural(own.filter((line) => line.shown.length).length, "relation")}`;
  }
  if (state.line) return `${name(state.line.source)} ${state.line.label} ${name(state.line.target)}, ${TOLD[state.line.told]}`;
  const part = (some, all, one, many) => (some === all ? plural(all, one, many) : `${some.toLocaleString("en")} of ${plural(all, one, many)}`);
  return `${part(shownNodes, nodes.length, "node")}, ${part(shownEdges, graph.edges.length, "relation")} shown`;
};

function showFocus() {
  const bar = by("focus");
  bar.hidden = state.focus === null;
  if (state.focus === null) return;
  const depth = (change) => () => focusOn(state.focus, Math.max(1, state.depth + change));
  bar.replaceChildren(make("span", {}, `${name(state.focus)}, ${plural(state.depth, "step")} around`),
    make("button", { "aria-label": "One step less", onclick: depth(-1) }, "−"), make("button", { "aria-label": "One step more", onclick: depth(1) }, "+"),
    make("button", { onclick: arrange }, "Arrange"), make("button", { onclick: () => focusOn(null) }, "Show all"));
}

function paintTheme(dark) {
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  readColors();
  for (const picture of swatches) picture.repaint();
  redraw();
}
const night = matchMedia("(prefers-color-scheme: dark)");
night.addEventListener("change", () => paintTheme(night.matches));
by("theme").addEventListener("click", () => paintTheme(document.documentElement.dataset.theme !== "dark"));

by("fit").addEventListener("click", () => fit(true));
by("arrange").addEventListener("click", arrange);
by("help").addEventListener("click", () => by("keys").showModal());
const menu = document.querySelector(".menu");
menu.addEventListener("click", (event) => event.target.tagName === "BUTTON" && (menu.open = false));
addEventListener("pointerdown", (event) => !menu.contains(event.target) && (menu.open = false));

const narrow = matchMedia("(max-width: 900px)");
function showFilters(open) {
  by("filters").hidden = !open;
  by("toggle-filters").setAttribute("aria-expanded", String(open));
  resize();
}
by("toggle-filters").addEventListener("click", () => showFilters(by("filters").hidden));

readColors();
buildFilters();
buildTime();
listeners.push(showFocus, fillCard, () => say(statusText()), () => redraw(), remember);
paintTheme(night.matches);
showFilters(!narrow.matches);
new ResizeObserver(resize).observe(by("stage"));
restore();
