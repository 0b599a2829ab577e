// Drives the dashboard and reports in a headless Chromium as people do: with eyes, with the keyboard alone, with a screen reader's view of the page.
// Needs Node and a Chromium (CHROMIUM=/path, otherwise /usr/bin/chromium):
//   dotnet build -c Release src/Strata.Cli && cd tests/browser && npm install && node look.mjs [--out FOLDER] [--report REPORT.html]...
// Writes screenshots, light and dark, to the folder (artifacts/browser by default) to be looked at, and ends with one line: N passed, N failed.
import { spawn } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const { values } = parseArgs({ options: {
  out: { type: "string", default: join(root, "artifacts/browser") },
  cli: { type: "string", default: join(root, "src/Strata.Cli/bin/Release/net10.0/Strata.Cli.dll") },
  report: { type: "string", multiple: true, default: [] },
} });
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
mkdirSync(values.out, { recursive: true });

let passed = 0, failed = 0;
async function check(sentence, test) {
  try {
    await test();
    passed++;
    console.log(`passed  ${sentence}`);
  } catch (e) {
    failed++;
    console.log(`FAILED  ${sentence}\n        ${String(e.message ?? e).split("\n").slice(0, 12).join("\n        ")}`);
  }
}
function equal(expected, actual, what = "") {
  if (JSON.stringify(expected) !== JSON.stringify(actual)) throw new Error(`${what} expected ${JSON.stringify(expected)}, found ${JSON.stringify(actual)}`);
}
function holds(condition, what) {
  if (!condition) throw new Error(what);
}

// ---- runs as 'strata run' leaves them, with curves of known values

const runs = mkdtempSync(join(tmpdir(), "strata-browser-"));
const line = (step, loss) => JSON.stringify({ step, time: step / 10, "net/loss": loss, "net/accuracy": 1 - loss / 3 }) + "\n";
function makeRun(id, { steps, offset = 0, started = "2026-01-01T00:00:00Z", finished = true, holding = true }) {
  const folder = join(runs, id);
  mkdirSync(join(folder, "pictures"), { recursive: true });
  let text = "";
  for (let step = 10; step <= steps; step += 10) text += line(step, 2.5 * Math.exp(-step / 150) + offset + .1 * Math.sin(step));
  writeFileSync(join(folder, "metrics.jsonl"), text);
  describe(id, { started, finished, holding });
  writeFileSync(join(folder, "pictures", "001-some-digits.svg"),
    '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="80" viewBox="0 0 200 80"><style>rect{fill:#fff}text{fill:#222}@media(prefers-color-scheme:dark){rect{fill:#222}text{fill:#eee}}</style><rect width="200" height="80"/><text x="20" y="45">a picture</text></svg>');
  if (finished) writeFileSync(join(folder, "report.html"), `<!doctype html><html lang="en"><title>${id}</title><h1>Report of ${id}</h1><script>document.title = "ran"</script>`);
}
function describe(id, { started = "2026-01-01T00:00:00Z", finished, holding = true }) {
  writeFileSync(join(runs, id, "run.json"), JSON.stringify({
    version: 1, title: "A net", recipe: "net", preset: "quick", seed: 1, started, process: process.pid, ...(finished ? { seconds: 12.5 } : {}),
    claims: finished ? [{ sentence: "It classifies this share <b>&", measured: "0.98", bound: "≥ 0.97", control: "–", holds: holding }] : [],
  }));
}
makeRun("net-1", { steps: 400 });
makeRun("net-2", { steps: 400, offset: .4, holding: false });
makeRun("folder/net-3", { steps: 300, offset: .2 });
makeRun("under-way", { steps: 50, started: new Date().toISOString(), finished: false });

const server = spawn(process.env.DOTNET_HOST_PATH ?? "dotnet", [values.cli, "dashboard", runs, "--port", "0"]);
const address = await new Promise((done, fail) => {
  let said = "";
  server.stdout.on("data", data => {
    said += data;
    const found = said.match(/http:\/\/127\.0\.0\.1:\d+/);
    if (found) done(found[0]);
  });
  server.stderr.on("data", data => { said += data; });
  server.on("exit", code => fail(new Error(`the dashboard ended with ${code}: ${said}`)));
});

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
async function open(url, options = {}) {
  const page = await browser.newPage({ viewport: { width: 1360, height: 900 }, colorScheme: "light", ...options });
  page.faults = [];
  page.asked = [];
  page.on("pageerror", e => page.faults.push(String(e)));
  page.on("console", m => { if (m.type() === "error") page.faults.push(m.text()); });
  page.on("request", r => page.asked.push(r.url()));
  await page.goto(url);
  return page;
}
const shoot = (page, name) => page.screenshot({ path: join(values.out, `${name}.png`), fullPage: true });
async function accessible(page, what) {
  // Evaluated from outside, where the page's policy does not hold.
  await page.evaluate((await import("node:fs")).readFileSync(axe, "utf8"));
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] }));
  equal([], violations.map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.target.join(" ") + " " + (n.any[0]?.message ?? "")).join(" | ")}`), what);
}
const chart = (page, name) => page.getByRole("article", { name, exact: true });
const last = async (page, name, row) => chart(page, name).locator("tbody tr").nth(row).locator("td").nth(1).textContent();

const page = await open(address);
await check("The newest run is selected and its curves are drawn", async () => {
  await chart(page, "net/loss").waitFor();
  holds(await page.getByRole("checkbox", { name: "under-way" }).isChecked(), "the run under way is not selected");
  holds((await chart(page, "net/loss").locator("path.line").getAttribute("d")).split("L").length === 5, "the curve has not its five points");
});
await check("Numbers of a run under way appear without a reload", async () => {
  appendFileSync(join(runs, "under-way", "metrics.jsonl"), line(60, .777));
  await page.waitForFunction(() => [...document.querySelectorAll("article td")].some(td => td.textContent === "0.777"), null, { timeout: 5000 });
});
await check("A picture that a run under way makes appears", async () => {
  writeFileSync(join(runs, "under-way", "pictures", "002-more.svg"), '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60"><circle cx="30" cy="30" r="25" fill="#0072b2"/></svg>');
  await page.getByRole("img", { name: "more, of under-way" }).waitFor({ timeout: 5000 });
});
await check("The end of a run is told to screen readers with its claims", async () => {
  describe("under-way", { finished: true });
  await page.waitForFunction(() => document.querySelector("[role=status]").textContent.includes("under-way finished: 1 of 1 claims hold"), null, { timeout: 5000 });
});
await check("A new run is listed and told of", async () => {
  makeRun("net-4", { steps: 100 });
  await page.getByRole("checkbox", { name: "net-4" }).waitFor({ timeout: 5000 });
  await page.waitForFunction(() => document.querySelector("[role=status]").textContent.includes("A new run: net-4"), null, { timeout: 5000 });
});
await check("Several runs are compared in one chart, each with a color and a row", async () => {
  for (const name of ["net-1", "net-2", "folder/net-3"]) await page.getByRole("checkbox", { name }).check();
  await page.waitForFunction(() => document.querySelectorAll("article[aria-label='net/loss'] tbody tr").length === 4);
  const colors = await chart(page, "net/loss").locator("g:has(path.line)").evaluateAll(groups => groups.map(g => getComputedStyle(g).color));
  equal(4, new Set(colors).size, "colors");
});
await check("Claims, pictures and reports of the selected runs are shown, as text and not as markup", async () => {
  equal(2, await page.getByRole("row", { name: /It classifies this share <b>& 0.98 ≥ 0.97 – ✓ holds/ }).filter({ hasText: /net-1|net-3/ }).count());
  equal(1, await page.getByRole("row", { name: /net-2 .* ✗ fails/ }).count());
  holds(await page.getByRole("img", { name: "some digits, of net-1" }).evaluate(async img => { img.loading = "eager"; await img.decode(); return img.naturalWidth === 200; }), "the picture was not loaded");
  await page.locator("summary", { hasText: "net-1" }).click();
  const frame = page.frameLocator("iframe[title='Report of net-1']");
  await frame.getByRole("heading", { name: "Report of net-1" }).waitFor();
  await page.locator("summary", { hasText: "net-1" }).click();
});
await check("A script in a report does not run", async () => {
  holds(page.faults.length > 0 && page.faults.every(fault => fault.startsWith("Blocked script execution")), `the browser said ${page.faults}`);
  page.faults = [];
});
await check("The view is kept in the address", async () => {
  await page.getByLabel("Numbers", { exact: true }).fill("loss");
  await page.getByLabel("Logarithmic").check();
  const other = await open(page.url());
  await other.waitForFunction(() => document.querySelectorAll("article tbody tr").length === 4);
  equal(1, await other.getByRole("article").count(), "charts");
  holds(await other.getByLabel("Logarithmic").isChecked(), "logarithmic is not checked");
  await other.close();
  await page.getByLabel("Numbers", { exact: true }).fill("");
  await page.getByLabel("Logarithmic").uncheck();
});
await check("Everything can be reached and used with the keyboard alone", async () => {
  await page.reload();
  await page.waitForFunction(() => document.querySelectorAll("article[aria-label='net/loss'] tbody tr").length === 4);
  const seen = [];
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const e = document.activeElement, outline = getComputedStyle(e).outlineStyle;
      return { name: e.id || e.value || e.getAttribute("aria-label") || e.textContent.slice(0, 30), outline, role: e === document.body ? "the page itself" : e.getAttribute("role") };
    });
    if (at.role === "the page itself" || at.name === seen[0]?.name) break;
    seen.push(at);
    if (i === 0) { equal("Skip to the curves", at.name, "first stop"); await shoot(page, "focus"); }
  }
  const order = seen.map(s => s.name), place = name => { holds(order.includes(name), `${name} cannot be reached: ${order}`); return order.indexOf(name); };
  const wanted = ["theme", "search", "all", "none", "net-1", "filter", "x", "smooth", "log", "join", "net/accuracy: a place along the curves", "net/loss: a place along the curves"];
  for (let i = 1; i < wanted.length; i++) holds(place(wanted[i - 1]) < place(wanted[i]), `${wanted[i]} comes before ${wanted[i - 1]}`);
  for (const stop of seen) holds(stop.outline !== "none", `no outline on ${stop.name}`);
});
await check("Arrows move along a curve and its values are spoken", async () => {
  const plot = page.getByRole("slider", { name: "net/loss" });
  await plot.focus();
  await page.keyboard.press("Home");
  holds(/^step 10: under-way 2\.\d+; net-1|^step 10: .*net-1 2\.\d+/.test(await plot.getAttribute("aria-valuetext")), await plot.getAttribute("aria-valuetext"));
  await page.keyboard.press("ArrowRight");
  holds((await plot.getAttribute("aria-valuetext")).startsWith("step 20:"), "one step further");
  await page.keyboard.press("End");
  holds((await plot.getAttribute("aria-valuetext")).startsWith("step 400:"), "the end");
  holds(await chart(page, "net/loss").locator(".cursor").count() === 1, "no cursor is drawn");
});
await check("A space bar selects a run and the focus stays on it", async () => {
  const box = page.getByRole("checkbox", { name: "net-4" });
  await box.focus();
  await page.keyboard.press("Space");
  holds(await page.getByRole("checkbox", { name: "net-4" }).isChecked(), "not checked");
  equal("net-4", await page.evaluate(() => document.activeElement.value));
  equal("5 runs selected", await page.getByRole("status").textContent());
});
await check("Landmarks and headings give the page an outline", async () => {
  for (const [role, name] of [["banner", undefined], ["navigation", "Runs"], ["main", undefined], ["region", "Curves"], ["region", "Claims"], ["region", "Pictures"], ["region", "Reports"]])
    equal(1, await page.getByRole(role, name ? { name, exact: true } : {}).count(), role + " " + name);
  equal(["Runs", "Curves", "Claims", "Pictures", "Reports"], await page.getByRole("heading", { level: 2 }).allTextContents());
});
await check("An audit of accessibility finds nothing in light colors", () => accessible(page, "light"));
await page.getByLabel("Smoothing").fill("0.8");
await page.waitForTimeout(200);
await shoot(page, "dashboard-light");
await check("Dark colors follow the system and the choice, and the audit finds nothing there", async () => {
  await page.emulateMedia({ colorScheme: "dark" });
  equal("rgb(14, 17, 21)", await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
  await accessible(page, "dark");
  await shoot(page, "dashboard-dark");
  await page.getByLabel("Colors").selectOption("light");
  equal("rgb(245, 246, 248)", await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
  await page.getByLabel("Colors").selectOption("");
});
await check("A narrow window and large letters need no scrolling to the side", async () => {
  const narrow = await open(page.url(), { viewport: { width: 360, height: 740 } });
  await chart(narrow, "net/loss").waitFor();
  equal(360, await narrow.evaluate(() => document.documentElement.scrollWidth));
  await shoot(narrow, "dashboard-narrow");
  await narrow.close();
});
await check("A curve of 100,000 points is drawn in less than a second", async () => {
  let text = "";
  for (let step = 1; step <= 100_000; step++) text += `{"step":${step},"time":${step / 100},"long/loss":${Math.sin(step / 5000) + Math.random()}}\n`;
  mkdirSync(join(runs, "long"));
  writeFileSync(join(runs, "long", "metrics.jsonl"), text);
  const long = await open(`${address}/#run=long`);
  await chart(long, "long/loss").waitFor();
  const spent = await long.evaluate(async () => {
    const from = performance.now();
    document.getElementById("smooth").value = .9;
    document.getElementById("smooth").dispatchEvent(new Event("input"));
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    return performance.now() - from;
  });
  holds(spent < 1000, `it took ${spent} ms`);
  await shoot(long, "dashboard-long");
  await long.close();
});
await check("Nothing was asked of any other host, and no fault was reported", async () => {
  equal([], page.asked.filter(url => !url.startsWith(address) && !url.startsWith("data:")), "requests");
  equal([], page.faults, "faults");
});
await check("The page says so when the server is gone", async () => {
  server.removeAllListeners("exit");
  const ended = new Promise(done => server.on("exit", done));
  server.kill("SIGINT");
  equal(0, await Promise.race([ended, new Promise(done => setTimeout(() => done("still running after 10 s"), 10_000))]), "exit code");
  await page.getByText("the server does not answer").waitFor({ timeout: 5000 });
});

for (const [i, report] of values.report.entries()) {
  await check(`${report} needs no network, scrolls only down and passes the audit`, async () => {
    const url = pathToFileURL(resolve(report)).href;
    holds(existsSync(report), "there is no such file");
    const shown = await open(url);
    await shown.evaluate(() => document.querySelectorAll("details").forEach(folded => { folded.open = true; }));
    equal([], shown.asked.filter(asked => asked !== url && !asked.startsWith("data:")), "requests");
    equal([], shown.faults, "faults");
    await accessible(shown, "light");
    await shoot(shown, `report-${i}-light`);
    await shown.emulateMedia({ colorScheme: "dark" });
    await accessible(shown, "dark");
    await shoot(shown, `report-${i}-dark`);
    await shown.setViewportSize({ width: 360, height: 740 });
    equal(360, await shown.evaluate(() => document.documentElement.scrollWidth), "width");
    await shown.close();
  });
}

await browser.close();
rmSync(runs, { recursive: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
