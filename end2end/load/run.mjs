// P2, P3, P4 (over HTTP), P6: measured on this machine, printed as lines for docs/benchmarks.md.
//   bin/build && cargo build --release -p lafast --example bare --example pace && node end2end/load/run.mjs
//   node end2end/load/run.mjs P2        one bar: P2, P3, P4, P6
// Wants wrk on PATH. Ratios of one run count; absolute figures belong to the machine. Ends with what misses its bar, and an error if
// anything does.
import { cpus } from "node:os";
import { statSync } from "node:fs";
import { Platform, binary } from "../support/platform.mjs";
import { takesPlace } from "../support/practitioner.mjs";
import { Bars } from "./bars.mjs";
import { memoryMb } from "./gauge.mjs";
import { awake } from "./pages/awake.mjs";
import { lighthouse } from "./pages/lighthouse.mjs";
import { rates } from "./pages/rates.mjs";
import { rush } from "./pages/rush.mjs";

const [only] = process.argv.slice(2);
const wants = (bar) => only === undefined || only === bar;
const say = (line) => console.log(line);
const bars = new Bars();

say(`machine: ${cpus().length} × ${cpus()[0].model.trim()}`);
const platform = await Platform.start();
if (wants("P6")) {
  const size = statSync(binary).size / 1e6;
  say(`P6 binary: ${size.toFixed(1)} MB`);
  await platform.kill();
  const begun = performance.now();
  await platform.serve();
  const [took, rest] = [performance.now() - begun, memoryMb(platform.server.pid)];
  say(`P6 start until ready: ${Math.round(took)} ms, RSS at rest: ${rest.toFixed(0)} MB`);
  bars.atMost("P6 binary in MB", size, 60);
  bars.atMost("P6 start in ms", took, 1000);
  bars.atMost("P6 RSS at rest in MB", rest, 80);
}

const firstOf = async (list, address) => (await (await fetch(platform.url + list)).text()).match(address)[1];
const workshop = await firstOf("/veranstaltungen", /href="(\/veranstaltungen\/[a-z0-9-]+)"/);
const board = await firstOf("/themen", /href="(\/themen\/[a-z0-9-]+)"/);
// A personal page, before thousands of mails are on their way.
const open = await firstOf("/veranstaltungen?frei=1&form=on_site", /href="\/veranstaltungen\/([a-z0-9-]+)"/);
const place = wants("P2") ? await takesPlace(platform, open, "leuchtturm@traeger.example") : undefined;
if (wants("P3")) await rates(say, bars, platform, ["/", "/veranstaltungen", workshop, "/module", "/module/FSA-101", "/impressum"]);
if (wants("P4")) await rush(say, bars, platform);
if (wants("P6")) say(`P6 RSS after the load: ${memoryMb(platform.server.pid).toFixed(0)} MB`);
if (wants("P2")) {
  const pages = [
    ["home", "/"], ["list", "/veranstaltungen"], ["workshop", workshop], ["place", place], ["sign-in", "/konto/anmelden"],
    ["board", board], ["catalogue", "/module"], ["module", "/module/FSA-101"],
  ];
  lighthouse(say, bars, platform, pages);
  await awake(say, platform, pages);
}
platform.stop();
for (const missed of bars.missed) say(`misses ${missed}`);
process.exit(bars.missed.length > 0 ? 1 : 0);
