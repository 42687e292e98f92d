// P2, P3, P4 (over HTTP), P6: measured on this machine, printed as lines for docs/benchmarks.md.
//   bin/build && cargo build --release -p lafast --example bare --example pace && node end2end/load/run.mjs
// Wants wrk on PATH. Ratios of one run count; absolute figures belong to the machine.
import { execFileSync, spawn } from "node:child_process";
import { cpus } from "node:os";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { Platform, binary, root, until } from "../support/platform.mjs";
import { hydrated, launch, openPage } from "../support/browser.mjs";
import { Visitor, publish, staffOf } from "../support/visitor.mjs";

const SECONDS = 4;
const say = (line) => console.log(line);

// Requests a second and the 99th percentile in ms. With a rate: as many connections as it takes to stay below it.
function wrk(url, connections) {
  const output = execFileSync("wrk", ["-t2", `-c${connections}`, `-d${SECONDS}s`, "--latency", url], { encoding: "utf8" });
  const [, amount, unit] = output.match(/99%\s+([\d.]+)(us|ms|s)/);
  return {
    perSecond: Number(output.match(/Requests\/sec:\s+([\d.]+)/)[1]),
    p99: Number(amount) * { us: 0.001, ms: 1, s: 1000 }[unit],
    errors: Number(output.match(/Non-2xx or 3xx responses: (\d+)/)?.[1] ?? 0),
  };
}

// The 99th percentile in ms at a fixed rate, counted from when a request was due.
function atRate(url, perSecond) {
  const { host, pathname, search } = new URL(url);
  return Number(execFileSync(join(root, "target/release/examples/pace"), [host, pathname + search, String(perSecond)], { encoding: "utf8", timeout: 60_000 }));
}

function resident(pid) {
  return Number(readFileSync(`/proc/${pid}/status`, "utf8").match(/VmRSS:\s+(\d+)/)[1]) / 1024;
}

say(`machine: ${cpus().length} × ${cpus()[0].model.trim()}`);

// P6
say(`P6 binary: ${(statSync(binary).size / 1e6).toFixed(1)} MB`);
const platform = await Platform.start();
await platform.kill();
const begun = performance.now();
await platform.serve();
say(`P6 start until ready: ${Math.round(performance.now() - begun)} ms, RSS at rest: ${resident(platform.server.pid).toFixed(0)} MB`);

// P3
const bare = spawn(join(root, "target/release/examples/bare"), ["127.0.0.1:3999"], { stdio: "ignore" });
await until("the bare page", () => fetch("http://127.0.0.1:3999/").then((answer) => answer.ok, () => false));
const slug = (await (await fetch(`${platform.url}/veranstaltungen`)).text()).match(/href="(\/veranstaltungen\/[a-z0-9-]+)"/)[1];
const board = (await (await fetch(`${platform.url}/themen`)).text()).match(/href="(\/themen\/[a-z0-9-]+)"/)[1];
// The median of three runs.
function rate(url) {
  const runs = [1, 2, 3].map(() => wrk(url, 32)).sort((one, other) => one.perSecond - other.perSecond);
  return { perSecond: runs[1].perSecond, errors: runs.reduce((sum, run) => sum + run.errors, 0) };
}
const yardstick = rate("http://127.0.0.1:3999/");
say(`P3 bare page: ${yardstick.perSecond.toFixed(0)}/s`);
for (const path of ["/", "/veranstaltungen", slug, "/module", "/module/FSA-101", "/impressum"]) {
  const page = rate(platform.url + path);
  const share = ((100 * page.perSecond) / yardstick.perSecond).toFixed(0);
  const waits = [1, 2, 3].map(() => atRate(platform.url + path, page.perSecond / 2)).sort((one, other) => one - other);
  say(`P3 ${path}: ${page.perSecond.toFixed(0)}/s = ${share} % of the bare page; p99 at half that load, three runs: ${waits.map((ms) => ms.toFixed(1)).join(", ")} ms; errors ${page.errors}`);
}
bare.kill();
// While wrk ran, this process slept and the server closed its idle connections.
await until("the server again", () => fetch(`${platform.url}/healthz`).then((answer) => answer.ok, () => false));

// P4 over HTTP: 2,000 people in 10 s.
const staff = await staffOf(platform);
const event = await publish(staff, { capacity_on_site: "20" });
const people = 2000;
const waits = [];
const statuses = {};
const start = performance.now();
await Promise.all(Array.from({ length: people }, async (_, index) => {
  await new Promise((resolve) => setTimeout(resolve, (index * 10_000) / people));
  const asked = performance.now();
  const { status } = await new Visitor(platform).signUp(event.slug, { email: `rush${index}@traeger.example` });
  waits.push(performance.now() - asked);
  statuses[status] = (statuses[status] ?? 0) + 1;
}));
waits.sort((a, b) => a - b);
say(`P4 ${people} people in ${((performance.now() - start) / 1000).toFixed(1)} s over HTTP: ${JSON.stringify(statuses)}, p50 ${waits[people / 2].toFixed(0)} ms, p99 ${waits[Math.floor(people * 0.99)].toFixed(0)} ms`);
say(`P6 RSS after the load: ${resident(platform.server.pid).toFixed(0)} MB`);

// P2
if (!process.argv.includes("--no-lighthouse")) {
  for (const [name, path] of [["home", "/"], ["workshop", slug], ["board", board], ["catalogue", "/module"], ["module", "/module/FSA-101"]]) {
    const report = JSON.parse(execFileSync("node", [join(root, "end2end/node_modules/lighthouse/cli/index.js"), platform.url + path, "--output=json", "--quiet",
      "--only-categories=performance,accessibility,best-practices", "--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"],
    { encoding: "utf8", maxBuffer: 1 << 28, env: { ...process.env, CHROME_PATH: process.env.LAFAST_CHROMIUM ?? "/usr/bin/chromium" } }));
    const score = (category) => Math.round(report.categories[category].score * 100);
    const value = (audit) => report.audits[audit].displayValue;
    say(`P2 ${name}: performance ${score("performance")}, accessibility ${score("accessibility")}, best practices ${score("best-practices")}; LCP ${value("largest-contentful-paint")}, TBT ${value("total-blocking-time")}, CLS ${value("cumulative-layout-shift")}`);
  }
}
// What P2 does not see, because nobody touches the page: waking it on a processor four times slower.
const browser = await launch();
for (const [name, path] of [["home", "/"], ["workshop", slug], ["board", board], ["catalogue", "/module"], ["module", "/module/FSA-101"]]) {
  const page = await openPage(browser);
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.addInitScript(() => {
    window.longTasks = [];
    new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map((entry) => entry.duration))).observe({ type: "longtask", buffered: true });
  });
  await page.goto(platform.url + path, { waitUntil: "networkidle" });
  const sign = performance.now();
  const before = await page.evaluate(() => window.longTasks.splice(0).length);
  await hydrated(page);
  const awake = performance.now() - sign;
  await until("an idle page", () => page.evaluate(() => new Promise((resolve) => requestIdleCallback(() => resolve(true)))));
  const blocked = await page.evaluate(() => window.longTasks.reduce((sum, duration) => sum + duration - 50, 0));
  say(`P2 ${name}: from the first sign to alive ${awake.toFixed(0)} ms at 4 × CPU throttling, of which ${blocked.toFixed(0)} ms blocked (long tasks before the sign: ${before})`);
  await page.context().close();
}
await browser.close();
platform.stop();
process.exit(0);
