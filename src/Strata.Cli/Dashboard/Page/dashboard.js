// The page: the list of runs, what is selected, and the news that the server sends.
const $ = id => document.getElementById(id);
const MOST_CHARTS = 24;
const runs = new Map();       // id → what the server says of it
const curves = new Map();     // id → { next, busy, again, of: { name: { steps, times, values } } }
const styles = new Map();     // id → number of its color, kept as long as the page
const charts = new Map();     // name → Chart
const selected = new Set();
const settings = { x: "steps", smooth: 0, log: false, join: false, filter: "" };
let shownCharts = MOST_CHARTS, first = true, drawing = false;

const say = text => { $("status").textContent = text; };
const inOrder = () => [...runs.keys()].filter(id => selected.has(id));

function styleOf(id) {
  if (!styles.has(id)) {
    const taken = new Set([...selected].map(other => styles.get(other)));
    let free = 0;
    while (taken.has(free)) free++;
    styles.set(id, free);
  }
  return styles.get(id);
}

// ---- what is in the address, so that a view can be kept and shared

function readAddress() {
  const address = new URLSearchParams(location.hash.slice(1));
  for (const id of address.getAll("run")) selected.add(id);
  settings.x = address.get("x") === "times" ? "times" : "steps";
  settings.smooth = Math.min(.98, Math.max(0, Number(address.get("smooth")) || 0));
  settings.log = address.has("log");
  settings.join = address.has("join");
  settings.filter = address.get("filter") ?? "";
  $("x").value = settings.x;
  $("smooth").value = settings.smooth;
  $("log").checked = settings.log;
  $("join").checked = settings.join;
  $("filter").value = settings.filter;
}

function writeAddress() {
  const address = new URLSearchParams();
  for (const id of selected) address.append("run", id);
  if (settings.x !== "steps") address.set("x", settings.x);
  if (settings.smooth) address.set("smooth", settings.smooth);
  for (const name of ["log", "join"]) if (settings[name]) address.set(name, "");
  if (settings.filter) address.set("filter", settings.filter);
  history.replaceState(null, "", "#" + address);
}

// ---- the list of runs

function about(run) {
  const parts = [];
  const kept = run.claims.filter(c => c.holds).length;
  if (run.state === "running") parts.push(element("span", { className: "badge", textContent: "running" }));
  if (run.state === "stopped") parts.push(element("span", { className: "badge", textContent: "stopped" }));
  if (run.claims.length) parts.push(element("span", { className: "badge " + (kept === run.claims.length ? "good" : "bad"), textContent: `${kept === run.claims.length ? "✓" : "✗"} ${kept} of ${run.claims.length} claims` }));
  if (run.seconds !== undefined) parts.push(element("span", { textContent: `${short(run.seconds)} s` }));
  parts.push(element("span", { textContent: new Date(run.started).toLocaleString() }));
  return parts;
}

function listRuns() {
  const words = $("search").value.toLowerCase().split(/\s+/).filter(w => w);
  const focused = document.activeElement?.value;
  const items = [...runs.values()].filter(run => words.every(w => `${run.id} ${run.title}`.toLowerCase().includes(w))).map(run => {
    const box = element("input", { type: "checkbox", value: run.id, checked: selected.has(run.id) });
    box.addEventListener("change", () => choose([run.id], box.checked));
    const sign = selected.has(run.id) ? key(styleOf(run.id)) : svg("svg", { class: "key", "aria-hidden": "true" });
    const name = run.title === run.id || !run.title ? run.id : `${run.id} · ${run.title}`;
    return element("li", {}, element("label", {}, box, sign, element("span", { className: "name", textContent: name }), element("span", { className: "about" }, ...about(run))));
  });
  $("runs").replaceChildren(...items);
  $("no-runs").hidden = runs.size > 0;
  // The list was made anew: whoever was in it stays there.
  if (focused) [...$("runs").querySelectorAll("input")].find(box => box.value === focused)?.focus();
}

function choose(ids, on) {
  for (const id of ids) {
    if (on) { selected.add(id); styleOf(id); fetchCurves(id); }
    else { selected.delete(id); styles.delete(id); }
  }
  say(`${selected.size} ${selected.size === 1 ? "run" : "runs"} selected`);
  changed();
}

function changed() {
  writeAddress();
  listRuns();
  listFiles();
  draw();
}

// ---- numbers

async function fetchCurves(id) {
  let kept = curves.get(id);
  if (!kept) curves.set(id, kept = { next: 0, of: {} });
  if (kept.busy) { kept.again = true; return; }
  kept.busy = true;
  do {
    kept.again = false;
    try {
      const answer = await fetch(`/api/metrics?run=${encodeURIComponent(id)}&from=${kept.next}`);
      if (!answer.ok) { say(await answer.text()); break; }
      const news = await answer.json();
      if (news.from === 0) kept.of = {};
      for (const [name, more] of Object.entries(news.curves)) {
        const curve = kept.of[name] ??= { steps: [], times: [], values: [] };
        for (const part of ["steps", "times", "values"]) curve[part] = curve[part].concat(more[part]);
      }
      kept.next = news.next;
      draw();
    } catch {
      break; // The connection shows that the server is gone.
    }
  } while (kept.again);
  kept.busy = false;
}

/** The charts to draw: name → curves. A claim's value is one number, not a curve, and stands in the table of claims. */
function gather() {
  const wanted = settings.filter.toLowerCase().split(/\s+/).filter(w => w), groups = new Map();
  const chosen = inOrder();
  for (const id of chosen) {
    for (const [name, curve] of Object.entries(curves.get(id)?.of ?? {})) {
      if (curve.values.length < 2 && runs.get(id).state !== "running") continue;
      if (curve.values.length < 2 && curve.steps[0] === 0) continue;
      if (wanted.length && !wanted.some(w => name.toLowerCase().includes(w))) continue;
      const slash = name.lastIndexOf("/"), kind = settings.join ? name.slice(slash + 1) : name;
      if (!groups.has(kind)) groups.set(kind, []);
      const label = settings.join && slash > 0 ? (chosen.length > 1 ? `${id} · ` : "") + name.slice(0, slash) : id;
      groups.get(kind).push({ name: label, run: id, x: curve[settings.x], y: curve.values });
    }
  }
  for (const [kind, series] of groups) {
    // One color a run; where a run has several curves in a chart, one a curve.
    const several = new Set(series.map(s => s.run)).size < series.length;
    series.forEach((s, i) => { s.style = several ? i : styleOf(s.run); });
    groups.set(kind, series);
  }
  return new Map([...groups].sort(([a], [b]) => a < b ? -1 : 1));
}

function draw() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    const groups = gather(), names = [...groups.keys()].slice(0, shownCharts);
    $("no-curves").hidden = names.length > 0;
    $("no-curves").textContent = selected.size ? "The selected runs have no such curves." : "Select runs to see their curves.";
    $("more").hidden = groups.size <= shownCharts;
    $("more").textContent = `Show ${groups.size - shownCharts} more`;
    for (const [name, chart] of charts) if (!names.includes(name)) { chart.element.remove(); charts.delete(name); }
    names.forEach((name, i) => {
      if (!charts.has(name)) charts.set(name, new Chart(name));
      const chart = charts.get(name);
      if ($("charts").children[i] !== chart.element) $("charts").insertBefore(chart.element, $("charts").children[i] ?? null);
      chart.draw(groups.get(name), { smooth: settings.smooth, log: settings.log, unit: settings.x === "steps" ? "step" : "second" });
    });
  });
}

// ---- claims, pictures, reports

function listFiles() {
  const chosen = inOrder().map(id => runs.get(id));
  const claims = chosen.flatMap(run => run.claims.map(claim => ({ run, claim })));
  $("claims").hidden = claims.length === 0;
  $("claims").querySelector("tbody").replaceChildren(...claims.map(({ run, claim }) => element("tr", {},
    element("th", { scope: "row", textContent: run.id }), ...[claim.sentence, claim.measured, claim.bound, claim.control].map(text => element("td", { textContent: text })),
    element("td", {}, element("span", { className: "badge " + (claim.holds ? "good" : "bad"), textContent: claim.holds ? "✓ holds" : "✗ fails" })))));

  const pictured = chosen.filter(run => run.pictures.length);
  $("pictures").hidden = pictured.length === 0;
  keep($("picture-list"), pictured, run => `${run.id} ${run.pictures.length}`, run => element("div", {}, element("h3", { textContent: run.id }), element("div", { className: "pictures" },
    ...run.pictures.map(name => {
      const caption = name.replace(/^\d+-/, "").replace(/\.\w+$/, "").replaceAll("-", " ");
      return element("figure", {}, element("figcaption", { textContent: caption }),
        element("img", { src: `/picture?run=${encodeURIComponent(run.id)}&name=${encodeURIComponent(name)}`, alt: `${caption}, of ${run.id}`, loading: "lazy" }));
    }))));

  const reported = chosen.filter(run => run.report);
  $("reports").hidden = reported.length === 0;
  keep($("report-list"), reported, run => run.id, run => {
    const address = `/report?run=${encodeURIComponent(run.id)}`, details = element("details", {}, element("summary", { textContent: run.id }));
    details.append(element("p", {}, element("a", { href: address, target: "_blank", rel: "noopener", textContent: `Open the report of ${run.id} by itself` })));
    details.addEventListener("toggle", () => {
      if (details.open && !details.querySelector("iframe")) details.append(element("iframe", { src: address, title: `Report of ${run.id}` }));
    });
    return details;
  });
}

/** Brings the children of a list up to date; those that are the same stay as they are, with their focus and what was opened. */
function keep(list, items, name, make) {
  const old = new Map([...list.children].map(child => [child.dataset.of, child]));
  list.replaceChildren(...items.map(item => {
    if (old.has(name(item))) return old.get(name(item));
    const made = make(item);
    made.dataset.of = name(item);
    return made;
  }));
}

// ---- news

function connect() {
  const news = new EventSource("/api/news");
  const state = (kind, text) => {
    $("connection").className = kind;
    $("connection-text").textContent = text;
  };
  news.addEventListener("open", () => state("live", "live"));
  news.addEventListener("error", () => state("lost", "the server does not answer; trying again"));
  news.addEventListener("runs", event => {
    const before = new Map(runs);
    runs.clear();
    for (const run of JSON.parse(event.data)) runs.set(run.id, run);
    for (const [id, run] of runs) {
      const earlier = before.get(id);
      if (before.size && !earlier) say(`A new run: ${id}`);
      if (earlier?.state === "running" && run.state !== "running")
        say(`${id} ${run.state}${run.claims.length ? `: ${run.claims.filter(c => c.holds).length} of ${run.claims.length} claims hold` : ""}`);
    }
    // Without a wish in the address: the newest.
    if (first && selected.size === 0 && runs.size) selected.add([...runs.keys()][0]);
    first = false;
    for (const id of inOrder()) { styleOf(id); if (!curves.has(id) || runs.get(id).length !== curves.get(id).next) fetchCurves(id); }
    changed();
  });
  news.addEventListener("grown", event => {
    const { run } = JSON.parse(event.data);
    if (selected.has(run)) fetchCurves(run);
  });
}

$("search").addEventListener("input", listRuns);
$("all").addEventListener("click", () => choose([...$("runs").querySelectorAll("input")].map(box => box.value), true));
$("none").addEventListener("click", () => choose([...selected], false));
$("more").addEventListener("click", () => { shownCharts += MOST_CHARTS; draw(); });
for (const [id, read] of [["x", e => e.value], ["smooth", e => Number(e.value)], ["log", e => e.checked], ["join", e => e.checked], ["filter", e => e.value]])
  $(id).addEventListener("input", event => { settings[id] = read(event.target); writeAddress(); draw(); });
$("theme").addEventListener("change", event => {
  document.documentElement.dataset.theme = event.target.value;
  try { localStorage.setItem("theme", event.target.value); } catch { /* kept for this visit only */ }
});
try {
  $("theme").value = localStorage.getItem("theme") ?? "";
  document.documentElement.dataset.theme = $("theme").value;
} catch { /* as the system */ }
readAddress();
connect();
