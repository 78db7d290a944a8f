// Finding a name: what begins with it first, then what holds it; the better-linked first among equals.

const search = by("search");
const found = by("found");
let hits = [];
let chosen = -1;

function find(text) {
  const wanted = fold(text.trim());
  if (!wanted) return [];
  const ranked = [];
  for (const node of nodes) {
    const at = node.folded.indexOf(wanted);
    if (at < 0) continue;
    const start = at === 0 ? 0 : /[\s\-'’"(]/.test(node.folded[at - 1]) ? 1 : 2;
    ranked.push([start, -node.degree, node.at]);
  }
  ranked.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  return ranked.slice(0, 12).map((each) => each[2]);
}

function showFound() {
  found.hidden = search.value.trim() === "";
  search.setAttribute("aria-expanded", String(!found.hidden));
  if (chosen >= 0) search.setAttribute("aria-activedescendant", `hit-${chosen}`);
  else search.removeAttribute("aria-activedescendant");
  found.replaceChildren(...hits.map((at, index) => {
    const { node, detail, shown } = nodes[at];
    const below = [node.type, detail, shown ? "" : "hidden by filters"].filter(Boolean).join(" · ");
    const item = make("li", { id: `hit-${index}`, role: "option", "aria-selected": String(index === chosen) }, node.name || node.id, make("small", {}, below));
    item.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      take(index);
    });
    return item;
  }));
  if (hits.length === 0) found.append(make("li", {}, "No such name"));
}

function take(index) {
  const at = hits[index];
  if (at === undefined) return;
  search.value = "";
  [hits, chosen] = [[], -1];
  showFound();
  search.blur();
  if (pairing) return pair(at);
  if (!nodes[at].shown) {
    showEverything();
    say(`Filters taken away to show ${name(at)}`);
  }
  go(at);
  canvas.focus({ focusVisible: false });
}

search.addEventListener("input", () => {
  hits = find(search.value);
  chosen = hits.length ? 0 : -1;
  showFound();
});
search.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (hits.length) chosen = (chosen + (event.key === "ArrowDown" ? 1 : -1) + hits.length) % hits.length;
    showFound();
  } else if (event.key === "Enter") take(chosen);
  else if (event.key === "Escape") {
    search.value = "";
    [hits, chosen] = [[], -1];
    showFound();
    if (pairing) pairWith(null);
    canvas.focus();
  } else return;
  event.preventDefault();
});
search.addEventListener("blur", () => {
  found.hidden = true;
  search.setAttribute("aria-expanded", "false");
});
search.addEventListener("focus", () => search.value && showFound());
