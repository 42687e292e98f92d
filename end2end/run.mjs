// Runs the journeys and the reliability tests, three files at a time (half of what they do is waiting), with TAP output and a
// closing count.
//   node end2end/run.mjs             everything
//   node end2end/run.mjs office      the files with this in their path
import { spawn } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeDemo } from "./support/platform.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const only = process.argv[2] ?? "";
// The last of these begins first: what mostly waits, beside what works the machine hardest.
const heaviest = ["kill", "load", "outage"].map((name) => join("reliability", `${name}.test.mjs`));
const files = ["journeys", "reliability"]
  .flatMap((folder) => readdirSync(join(here, folder)).map((name) => join(folder, name)))
  .sort((one, other) => (heaviest.indexOf(other) - heaviest.indexOf(one)) || one.localeCompare(other))
  .filter((name) => name.endsWith(".test.mjs") && name.includes(only))
  .map((name) => join(here, name));
const demo = await makeDemo();
const env = { ...process.env, LAFAST_DEMO_DATABASE: demo };
const child = spawn(process.execPath, ["--test", "--test-concurrency=3", "--test-timeout=240000", "--test-reporter=tap", ...files], { stdio: "inherit", env });
child.on("exit", (code) => {
  rmSync(dirname(demo), { recursive: true });
  process.exit(code ?? 1);
});
