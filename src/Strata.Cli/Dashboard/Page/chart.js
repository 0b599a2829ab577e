// Drawing of one chart: curves of several runs over one axis, with a cursor for pointer and keyboard.
const SVG = "http://www.w3.org/2000/svg";
const HEIGHT = 250, LEFT = 58, RIGHT = 12, TOP = 10, BOTTOM = 28;
const DASHES = ["none", "7 4", "2 4", "9 4 2 4"];

// Dashes help where hues that are near to each other would meet.
const style = i => ({ color: "c" + i % 8, dash: DASHES[Math.floor(i / 4) % 4] });

function svg(name, attributes, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in made && key !== "role") made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** The sign of a curve, as in the chart: the color and dashes of number i. */
function key(i) {
  const { color, dash } = style(i);
  return svg("svg", { class: "key " + color, viewBox: "0 0 26 12", "aria-hidden": "true" }, svg("path", { d: "M1 6H25", "stroke-dasharray": dash }));
}

/** A number with four digits that count. */
function short(value) {
  if (value === undefined || value === null || Number.isNaN(value)) return "–";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) return value.toExponential(2).replace("e+", "e").replaceAll("-", "−");
  return String(Number(value.toPrecision(4))).replace("-", "−");
}

/** The running average m ← s·m + (1 − s)·y, divided by the weight it has gathered so that it starts at the first value. */
function smoothed(values, s) {
  if (s === 0) return values;
  let mean = 0, weight = 0;
  return values.map(value => {
    if (value === null) return null;
    mean = s * mean + (1 - s) * value;
    weight = s * weight + (1 - s);
    return mean / weight;
  });
}

/** Round places between two ends, about as many as wanted. */
function linearTicks(low, high, wanted) {
  const raw = (high - low) / wanted, power = 10 ** Math.floor(Math.log10(raw));
  const step = power * [1, 2, 5, 10].find(m => m * power >= raw);
  const ticks = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) ticks.push(i * step);
  return ticks;
}

function logarithmicTicks(low, high) {
  const ticks = [];
  for (let e = Math.floor(Math.log10(low)); e <= Math.ceil(Math.log10(high)); e++)
    for (const m of high / low < 50 ? [1, 2, 5] : [1])
      if (m * 10 ** e >= low && m * 10 ** e <= high) ticks.push(m * 10 ** e);
  const every = Math.ceil(ticks.length / 7);
  return ticks.filter((_, i) => i % every === 0);
}

/** Of the points in each half pixel the first, lowest, highest and last, which draw the same pixels (Jugel et al., 2014). */
function path(xs, ys, mapX, mapY) {
  const thin = xs.length > 2000;
  let text = "", pen = false;
  const to = i => { text += (pen ? "L" : "M") + mapX(xs[i]).toFixed(1) + " " + mapY(ys[i]).toFixed(1); pen = true; };
  for (let i = 0; i < xs.length; i++) {
    if (ys[i] === null || !Number.isFinite(mapY(ys[i]))) { pen = false; continue; }
    if (!thin) { to(i); continue; }
    const column = Math.floor(mapX(xs[i]) * 2);
    let end = i, low = i, high = i;
    while (end + 1 < xs.length && ys[end + 1] !== null && Math.floor(mapX(xs[end + 1]) * 2) === column) {
      end++;
      if (ys[end] < ys[low]) low = end;
      if (ys[end] > ys[high]) high = end;
    }
    for (const k of [...new Set([i, low, high, end])].sort((a, b) => a - b)) to(k);
    i = end;
  }
  return text;
}

class Chart {
  #series = []; #options = {}; #map; #cursor; #cells = []; #places = []; #at = -1; #width = 440;

  constructor(name) {
    this.name = name;
    this.plot = element("div", { className: "plot", tabIndex: 0, role: "slider", "aria-label": `${name}: a place along the curves`, "aria-valuemin": 0 });
    this.body = element("tbody");
    this.here = element("th", { scope: "col", className: "number", textContent: "here" });
    this.element = element("article", { className: "chart", "aria-label": name },
      element("h3", { textContent: name }), this.plot,
      element("table", {}, element("thead", {}, element("tr", {},
        element("th", { scope: "col", textContent: "curve" }), this.here,
        ...["last", "least", "most"].map(t => element("th", { scope: "col", className: "number", textContent: t })))), this.body));
    this.plot.addEventListener("pointermove", e => this.#point(e));
    this.plot.addEventListener("pointerleave", () => { if (document.activeElement !== this.plot) this.#show(-1); });
    this.plot.addEventListener("keydown", e => this.#press(e));
    this.plot.addEventListener("blur", () => this.#show(-1));
    // A pixel of the picture is one of the page, so that letters keep their size.
    new ResizeObserver(([{ contentRect: { width } }]) => {
      if (Math.abs(width - this.#width) < 2 || width < 120) return;
      this.#width = width;
      this.draw(this.#series, this.#options);
    }).observe(this.plot);
    this.plot.addEventListener("focus", () => { if (this.#at < 0) this.#show(this.#places.length - 1); });
  }

  get #right() { return this.#width - RIGHT; }

  /** Draws curves { name, style, x, y } with options { smooth, log, unit }. */
  draw(series, options) {
    this.#series = series.map(s => ({ ...s, shown: smoothed(s.y, options.smooth) }));
    this.#options = options;
    const possible = v => v !== null && (!options.log || v > 0);
    let [x0, x1, y0, y1] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const { x, y } of this.#series) {
      for (let i = 0; i < x.length; i++) {
        if (!possible(y[i])) continue;
        x0 = Math.min(x0, x[i]); x1 = Math.max(x1, x[i]); y0 = Math.min(y0, y[i]); y1 = Math.max(y1, y[i]);
      }
    }
    if (x0 > x1) [x0, x1, y0, y1] = options.log ? [0, 1, .1, 1] : [0, 1, 0, 1];
    if (x0 === x1) [x0, x1] = [x0 - .5, x1 + .5];
    if (y0 === y1) [y0, y1] = options.log ? [y0 / 2, y1 * 2] : [y0 - (Math.abs(y0) || 1) * .1, y1 + (Math.abs(y1) || 1) * .1];
    const room = options.log ? (y1 / y0) ** .05 : (y1 - y0) * .05;
    [y0, y1] = options.log ? [y0 / room, y1 * room] : [y0 - room, y1 + room];
    const scale = options.log ? Math.log : v => v;
    const mapX = x => LEFT + (x - x0) / (x1 - x0) * (this.#right - LEFT);
    const mapY = y => HEIGHT - BOTTOM - (scale(y) - scale(y0)) / (scale(y1) - scale(y0)) * (HEIGHT - TOP - BOTTOM);
    this.#map = { x0, x1, mapX, mapY };
    this.#places = [...new Set(this.#series.flatMap(s => s.x))].sort((a, b) => a - b);
    this.#render(options.log ? logarithmicTicks(y0, y1) : linearTicks(y0, y1, 5), linearTicks(x0, x1, this.#width / 80));
    this.#tabulate();
    this.plot.setAttribute("aria-valuemax", Math.max(0, this.#places.length - 1));
    this.#show(document.activeElement === this.plot ? Math.min(this.#at, this.#places.length - 1) : -1);
  }

  #render(yTicks, xTicks) {
    const { mapX, mapY } = this.#map;
    const picture = svg("svg", { viewBox: `0 0 ${this.#width} ${HEIGHT}`, "aria-hidden": "true" });
    picture.append(svg("path", { class: "grid", d: yTicks.map(t => `M${LEFT} ${mapY(t).toFixed(1)}H${this.#right}`).join("") + xTicks.map(t => `M${mapX(t).toFixed(1)} ${TOP}V${HEIGHT - BOTTOM}`).join("") }));
    picture.append(svg("path", { class: "axis", d: `M${LEFT} ${HEIGHT - BOTTOM}H${this.#right}` }));
    for (const t of yTicks) picture.append(svg("text", { x: LEFT - 7, y: mapY(t) + 4, "text-anchor": "end" }, short(t)));
    for (const t of xTicks) picture.append(svg("text", { x: Math.min(mapX(t), this.#width - 22), y: HEIGHT - BOTTOM + 17, "text-anchor": "middle" }, short(t)));
    for (const s of this.#series) {
      const { color, dash } = style(s.style), group = svg("g", { class: color });
      if (this.#options.smooth > 0) group.append(svg("path", { class: "pale", d: path(s.x, s.y, mapX, mapY) }));
      group.append(svg("path", { class: "line", "stroke-dasharray": dash, d: path(s.x, s.shown, mapX, mapY) }));
      if (s.x.length < 3) for (let i = 0; i < s.x.length; i++) if (s.y[i] !== null) group.append(svg("circle", { class: "mark", cx: mapX(s.x[i]), cy: mapY(s.y[i]), r: 4 }));
      picture.append(group);
    }
    this.#cursor = svg("g", {});
    picture.append(this.#cursor);
    this.plot.replaceChildren(picture);
  }

  #tabulate() {
    this.#cells = [];
    this.body.replaceChildren(...this.#series.map(s => {
      const finite = s.y.filter(v => v !== null), here = element("td", { className: "number" });
      this.#cells.push(here);
      // Not Math.min(...): a call takes only so many arguments.
      const least = finite.reduce((a, b) => Math.min(a, b), Infinity), most = finite.reduce((a, b) => Math.max(a, b), -Infinity);
      return element("tr", {}, element("th", { scope: "row" }, element("span", {}, key(s.style), element("span", { textContent: s.name }))), here,
        ...[s.y.at(-1), finite.length ? least : null, finite.length ? most : null].map(v => element("td", { className: "number", textContent: short(v) })));
    }));
  }

  #point(event) {
    const box = this.plot.getBoundingClientRect(), { x0, x1 } = this.#map;
    const x = x0 + ((event.clientX - box.left) / box.width * this.#width - LEFT) / (this.#right - LEFT) * (x1 - x0);
    this.#show(nearest(this.#places, x));
  }

  #press(event) {
    const last = this.#places.length - 1, page = Math.max(1, Math.round(last / 10));
    const moves = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: page, PageDown: -page, Home: -Infinity, End: Infinity };
    if (!(event.key in moves) || last < 0) return;
    event.preventDefault();
    this.#show(Math.max(0, Math.min(last, (this.#at < 0 ? last : this.#at) + moves[event.key])));
  }

  /** Puts the cursor to a place, or takes it away. */
  #show(at) {
    this.#at = at;
    this.#cursor?.replaceChildren();
    if (at < 0 || this.#places.length === 0) {
      this.here.textContent = "here";
      for (const cell of this.#cells) cell.textContent = "";
      this.plot.setAttribute("aria-valuenow", Math.max(0, this.#places.length - 1));
      this.plot.setAttribute("aria-valuetext", this.#series.map(s => `${s.name} ends at ${short(s.y.at(-1))}`).join("; ") || "no curves");
      return;
    }
    const place = this.#places[at], { mapX, mapY } = this.#map, told = [];
    this.#cursor.append(svg("path", { class: "cursor", d: `M${mapX(place)} ${TOP}V${HEIGHT - BOTTOM}` }));
    this.#series.forEach((s, i) => {
      const k = nearest(s.x, place), value = k < 0 || place > s.x.at(-1) || place < s.x[0] ? null : s.shown[k];
      this.#cells[i].textContent = short(value);
      if (value === null || !Number.isFinite(mapY(value))) return;
      told.push(`${s.name} ${short(value)}`);
      this.#cursor.append(svg("circle", { class: "mark " + style(s.style).color, cx: mapX(s.x[k]), cy: mapY(value), r: 4 }));
    });
    this.here.textContent = `at ${short(place)}`;
    this.plot.setAttribute("aria-valuenow", at);
    this.plot.setAttribute("aria-valuetext", `${this.#options.unit} ${short(place)}: ${told.join("; ") || "nothing"}`);
  }
}

/** The index of the value of a rising list that is nearest to x; −1 for an empty one. */
function nearest(list, x) {
  let low = 0, high = list.length - 1;
  while (low < high) {
    const middle = low + high >> 1;
    if (list[middle] < x) low = middle + 1; else high = middle;
  }
  return low > 0 && x - list[low - 1] < list[low] - x ? low - 1 : list.length ? low : -1;
}
