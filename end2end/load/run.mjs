// P2, P3, P4 (over HTTP), P6: measured on this machine, printed as lines for docs/benchmarks.md.
//   bin/build && cargo build --release -p lafast --example bare --example pace && node end2end/load/run.mjs
//   node end2end/load/run.mjs P2        one bar: P2, P3, P4, P6
// Wants wrk on PATH. Ratios of one run count; absolute figures belong to the machine.
import { cpus } from "node:os";
import { statSync } from "node:fs";
import { Platform, binary } from "../support/platform.mjs";
import { memoryMb } from "./gauge.mjs";
import { awake } from "./pages/awake.mjs";
import { lighthouse } from "./pages/lighthouse.mjs";
import { rates } from "./pages/rates.mjs";
import { rush } from "./pages/rush.mjs";

const [only] = process.argv.slice(2);
const wants = (bar) => only === undefined || only === bar;
const say = (line) => console.log(line);

say(`machine: ${cpus().length} × ${cpus()[0].model.trim()}`);
const platform = await Platform.start();
if (wants("P6")) {
  say(`P6 binary: ${(statSync(binary).size / 1e6).toFixed(1)} MB`);
  await platform.kill();
  const begun = performance.now();
  await platform.serve();
  say(`P6 start until ready: ${Math.round(performance.now() - begun)} ms, RSS at rest: ${memoryMb(platform.server.pid).toFixed(0)} MB`);
}

const firstOf = async (list, address) => (await (await fetch(platform.url + list)).text()).match(address)[1];
const workshop = await firstOf("/veranstaltungen", /href="(\/veranstaltungen\/[a-z0-9-]+)"/);
const board = await firstOf("/themen", /href="(\/themen\/[a-z0-9-]+)"/);
if (wants("P3")) await rates(say, platform, ["/", "/veranstaltungen", workshop, "/module", "/module/FSA-101", "/impressum"]);
if (wants("P4")) await rush(say, platform);
if (wants("P6")) say(`P6 RSS after the load: ${memoryMb(platform.server.pid).toFixed(0)} MB`);
if (wants("P2")) {
  const pages = [["home", "/"], ["workshop", workshop], ["board", board], ["catalogue", "/module"], ["module", "/module/FSA-101"]];
  lighthouse(say, platform, pages);
  await awake(say, platform, pages);
}
platform.stop();
process.exit(0);
