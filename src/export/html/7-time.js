// Time: how many relations each day, month or year tells, and a span that can be drawn in from both sides.

const DAY = 864e5;
const show = (day, unit) => new Date(day * DAY).toISOString().slice(0, unit === "year" ? 4 : unit === "month" ? 7 : 10);
let bins = [];
let unit = "day";

/** First days of the days, months or years between two days, and of the one after. */
function starts(first, last) {
  unit = last - first <= 92 ? "day" : last - first <= 366 * 12 ? "month" : "year";
  const found = [];
  const at = new Date(first * DAY);
  if (unit !== "day") at.setUTCDate(1);
  if (unit === "year") at.setUTCMonth(0);
  while (found.length < 5000) {
    found.push(at.getTime() / DAY);
    if (found.at(-1) > last) break;
    if (unit === "day") at.setUTCDate(at.getUTCDate() + 1);
    else if (unit === "month") at.setUTCMonth(at.getUTCMonth() + 1);
    else at.setUTCFullYear(at.getUTCFullYear() + 1);
  }
  return found;
}

function buildTime() {
  const spans = lines.flatMap((line) => line.edges.map((each) => each.when)).filter(Boolean);
  const undated = graph.edges.length - spans.length;
  by("undated-count").textContent = undated.toLocaleString("en");
  by("undated").closest("label").hidden = undated === 0;
  if (spans.length === 0) return;
  const ends = starts(spans.reduce((least, span) => Math.min(least, span[0]), Infinity), spans.reduce((most, span) => Math.max(most, span[1]), -Infinity));
  bins = ends.slice(0, -1).map((first, at) => ({ first, last: ends[at + 1] - 1, count: 0 }));
  for (const [first, last] of spans)
    for (const bin of bins) if (first <= bin.last && last >= bin.first) bin.count += 1;
  if (bins.length < 2) return;
  by("time").hidden = false;
  const [since, until, picture] = [by("since"), by("until"), by("histogram")];
  const most = bins.reduce((top, bin) => Math.max(top, bin.count), 1);
  picture.setAttribute("viewBox", `0 0 ${bins.length} 100`);
  const bars = bins.map((bin, at) => {
    const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    const tall = bin.count ? Math.max(5, (bin.count / most) * 100) : 0;
    const gap = bins.length > 120 ? 0 : 0.12;
    for (const [key, value] of Object.entries({ x: at + gap, y: 100 - tall, width: 1 - 2 * gap, height: tall })) bar.setAttribute(key, value);
    const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
    title.textContent = `${show(bin.first, unit)}: ${plural(bin.count, "relation")}`;
    bar.append(title);
    picture.append(bar);
    return bar;
  });
  since.max = until.max = bins.length - 1;
  until.value = bins.length - 1;
  const change = (event) => {
    let [from, to] = [Number(since.value), Number(until.value)];
    if (from > to) {
      if (event.target === since) until.value = to = from;
      else since.value = from = to;
    }
    const all = from === 0 && to === bins.length - 1;
    state.since = all ? null : bins[from].first;
    state.until = all ? null : bins[to].last;
    sift();
  };
  since.addEventListener("input", change);
  until.addEventListener("input", change);
  by("undated").addEventListener("change", (event) => {
    state.undated = event.target.checked;
    if (state.since === null) [state.since, state.until] = [bins[0].first, bins.at(-1).last];
    sift();
  });
  listeners.push(() => {
    const inside = (bin) => state.since === null || (bin.first <= state.until && bin.last >= state.since);
    const from = bins.findIndex(inside);
    const to = bins.findLastIndex(inside);
    [since.value, until.value] = [Math.max(0, from), to < 0 ? bins.length - 1 : to];
    bars.forEach((bar, at) => bar.setAttribute("class", inside(bins[at]) ? "in" : ""));
    const text = [show(bins[since.value].first, unit), show(bins[until.value].last, unit)];
    by("span").textContent = text[0] === text[1] ? text[0] : text.join(" – ");
    since.setAttribute("aria-valuetext", text[0]);
    until.setAttribute("aria-valuetext", text[1]);
  });
}
