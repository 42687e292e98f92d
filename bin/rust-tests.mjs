// Runs the tests of all crates, three test programs at a time: most of them wait for a database most of the time. cargo itself
// runs one after the other. They are built of the parts that are deployed (docs/decisions/0021-a-tree-that-stays.md). Nothing is
// listed here: every program that cargo says it built for tests is run.
//   node bin/rust-tests.mjs
import { spawn, spawnSync } from "node:child_process";
import { basename, dirname } from "node:path";

const AT_ONCE = 3;
// These measure how long they take on both cores (R4): they run by themselves.
const ALONE = ["board", "booking"];
// These take longest: they begin first.
const LONGEST = ["http", "rush", "stories"];

const building = spawnSync("cargo", ["test", "--quiet", "--release", "--workspace", "--tests", "--no-run", "--message-format", "json-render-diagnostics"],
  { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], maxBuffer: 1 << 28 });
if (building.status !== 0) process.exit(1);
const programs = building.stdout.split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line))
  .filter(({ reason, executable, profile }) => reason === "compiler-artifact" && executable && profile.test)
  .map(({ executable, manifest_path: manifest, target }) => ({ executable, folder: dirname(manifest), name: target.name }));
const rank = ({ name }) => (LONGEST.includes(name) ? LONGEST.indexOf(name) : LONGEST.length);
programs.sort((one, other) => rank(one) - rank(other));

// What a program says is shown when it has ended: two that speak at once could not be read.
function run({ executable, folder, name }) {
  return new Promise((resolve) => {
    const started = Date.now();
    const child = spawn(executable, ["--quiet"], { cwd: folder, env: { ...process.env, CARGO_MANIFEST_DIR: folder }, stdio: ["ignore", "pipe", "pipe"] });
    const said = [];
    child.stdout.on("data", (data) => said.push(data));
    child.stderr.on("data", (data) => said.push(data));
    child.on("close", (code, signal) => {
      const seconds = Math.round((Date.now() - started) / 1000);
      process.stdout.write(`\n${basename(folder)}, ${name} (${seconds} s)${signal ? `, ended by ${signal}` : ""}\n${Buffer.concat(said)}`);
      resolve(code === 0);
    });
  });
}

const waiting = programs.filter(({ name }) => !ALONE.includes(name));
let good = programs.length > 0;
for (const program of programs.filter(({ name }) => ALONE.includes(name))) good = await run(program) && good;
async function lane() {
  for (let next = waiting.shift(); next; next = waiting.shift()) good = await run(next) && good;
}
await Promise.all(Array.from({ length: AT_ONCE }, lane));
// Examples in comments are programs of their own.
const examples = spawnSync("cargo", ["test", "--quiet", "--release", "--workspace", "--doc"], { stdio: "inherit" });
process.exit(good && examples.status === 0 ? 0 : 1);
