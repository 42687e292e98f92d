// P2: what Lighthouse says of a page, with its own throttling.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { root } from "../../support/platform.mjs";

const CHROMIUM = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";
// Now and then Lighthouse does not find the start of a page in its own trace, and asks to be run again.
const TRIES = 3;

export function lighthouse(say, bars, platform, pages) {
  for (const [name, path] of pages) {
    const report = reportOn(platform.url + path);
    const score = (category) => Math.round(report.categories[category].score * 100);
    const value = (audit) => report.audits[audit].displayValue;
    say(`P2 ${name}: performance ${score("performance")}, accessibility ${score("accessibility")}, best practices ${score("best-practices")}; LCP ${value("largest-contentful-paint")}, TBT ${value("total-blocking-time")}, CLS ${value("cumulative-layout-shift")}`);
    const measured = (audit) => report.audits[audit].numericValue;
    bars.atLeast(`P2 ${name} performance`, score("performance"), 98);
    bars.atLeast(`A1 ${name} accessibility`, score("accessibility"), 100);
    bars.atMost(`P2 ${name} LCP in ms`, measured("largest-contentful-paint"), 1600);
    bars.atMost(`P2 ${name} TBT in ms`, measured("total-blocking-time"), 100);
    bars.atMost(`P2 ${name} CLS`, measured("cumulative-layout-shift"), 0.02);
  }
}

function reportOn(url) {
  const cli = join(root, "end2end/node_modules/lighthouse/cli/index.js");
  const args = [cli, url, "--output=json", "--quiet", "--only-categories=performance,accessibility,best-practices", `--chrome-flags=${CHROMIUM}`];
  const env = { ...process.env, CHROME_PATH: process.env.LAFAST_CHROMIUM ?? "/usr/bin/chromium" };
  for (let left = TRIES; ; left -= 1) {
    try {
      return JSON.parse(execFileSync("node", args, { encoding: "utf8", maxBuffer: 1 << 28, env, stdio: ["ignore", "pipe", "pipe"] }));
    } catch (error) {
      // Its report is long, and says no more than this line.
      const why = String(error.stderr ?? error.message).split("\n").find((line) => line.trim()) ?? "";
      if (left === 1 || !why.includes("run Lighthouse again")) throw new Error(`Lighthouse on ${url}: ${why}`);
      console.error(`Lighthouse on ${url}, once more: ${why}`);
    }
  }
}
