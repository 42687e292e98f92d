// P3: requests a second of pages with data from the database, against a bare page of three routes in the same run.
import { execFileSync, spawn } from "node:child_process";
import { join } from "node:path";
import { root, until } from "../../support/platform.mjs";

const SECONDS = 4;
const BARE = "127.0.0.1:3999";

export async function rates(say, bars, platform, paths) {
  const bare = spawn(join(root, "target/release/examples/bare"), [BARE], { stdio: "ignore" });
  await until("the bare page", () => fetch(`http://${BARE}/`).then((answer) => answer.ok, () => false));
  const yardstick = rate(`http://${BARE}/`);
  say(`P3 bare page: ${yardstick.perSecond.toFixed(0)}/s`);
  for (const path of paths) {
    const page = rate(platform.url + path);
    const share = (100 * page.perSecond) / yardstick.perSecond;
    const waits = [1, 2, 3].map(() => atRate(platform.url + path, page.perSecond / 2)).sort((one, other) => one - other);
    say(`P3 ${path}: ${page.perSecond.toFixed(0)}/s = ${share.toFixed(0)} % of the bare page; p99 at half that load, three runs: ${waits.map((ms) => ms.toFixed(1)).join(", ")} ms; errors ${page.errors}`);
    bars.atLeast(`P3 ${path} in % of the bare page`, share, 50);
    bars.atMost(`P3 ${path} p99 in ms`, waits[1], 30);
    bars.atMost(`P3 ${path} errors`, page.errors, 0);
  }
  bare.kill();
  // While wrk ran, this process slept and the server closed its idle connections.
  await until("the server again", () => fetch(`${platform.url}/healthz`).then((answer) => answer.ok, () => false));
}

// The median of three runs.
function rate(url) {
  const runs = [1, 2, 3].map(() => wrk(url, 32)).sort((one, other) => one.perSecond - other.perSecond);
  return { perSecond: runs[1].perSecond, errors: runs.reduce((sum, run) => sum + run.errors, 0) };
}

// Requests a second, with this many connections.
function wrk(url, connections) {
  const output = execFileSync("wrk", ["-t2", `-c${connections}`, `-d${SECONDS}s`, url], { encoding: "utf8" });
  return {
    perSecond: Number(output.match(/Requests\/sec:\s+([\d.]+)/)[1]),
    errors: Number(output.match(/Non-2xx or 3xx responses: (\d+)/)?.[1] ?? 0),
  };
}

// The 99th percentile in ms at a fixed rate, counted from when a request was due.
function atRate(url, perSecond) {
  const { host, pathname, search } = new URL(url);
  return Number(execFileSync(join(root, "target/release/examples/pace"), [host, pathname + search, String(perSecond)], { encoding: "utf8", timeout: 60_000 }));
}
