// P1: what each further area adds to the first visit, in the files of this build as they travel (brotli). An area loads its own
// file, what it shares with others, and once for all areas the small parts (bin/parts.mjs).
import assert from "node:assert/strict";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../support/platform.mjs";

const KB = 1024;
const AREA_BYTES_MAX = 40 * KB;
const PARTS_BYTES_MAX = 20 * KB;
// A live board shares more than a further area may weigh: the rules that its devices decide with, and what keeps them
// together. These two have bounds of their own, so that they do not grow unseen (docs/benchmarks.md, P1).
const SHARED_BYTES_MAX = { board: 156 * KB, console: 167 * KB };

const folder = join(root, "target/site/pkg");
const [list] = readdirSync(folder).filter((name) => /^__wasm_split_manifest\..*\.json$/.test(name));
const bytes = (file) => statSync(join(folder, `${file}.wasm.br`)).size;
const sum = (files) => files.map(bytes).reduce((all, one) => all + one, 0);

// What an area is made of, by its name in app/src/routes/areas.rs.
const areas = Object.entries(JSON.parse(readFileSync(join(folder, list), "utf8"))).map(([name, files]) => ({
  name: name.replace(/_\d+$/, ""),
  own: files.filter((file) => file.startsWith("split_")),
  parts: files.filter((file) => file.startsWith("parts.")),
  shared: files.filter((file) => !/^(split_|parts\.)/.test(file)),
}));

test("every area is measured", () => {
  const source = readFileSync(join(root, "app/src/routes/areas.rs"), "utf8");
  const declared = [...source.matchAll(/^ {4}(\w+), \w+, __preload_\w+:$/gm)].map(([, name]) => name);
  assert.ok(declared.length > 10);
  const measured = new Set(areas.map(({ name }) => name));
  assert.deepEqual(declared.filter((name) => !measured.has(name)), []);
  for (const { name, own } of areas) assert.equal(own.length, 1, name);
});

test("a further area is at most 40 KB, and so is what it shares with others, but for the board's own bounds", () => {
  const weights = areas.map(({ name, own, shared }) => ({ name, own: sum(own), shared: sum(shared) }));
  console.log("# P1 bytes of areas:", JSON.stringify(weights));
  const heavy = weights.filter(({ name, own, shared }) => own > AREA_BYTES_MAX || shared > (SHARED_BYTES_MAX[name] ?? AREA_BYTES_MAX));
  assert.deepEqual(heavy, []);
});

test("what is loaded once for all areas is at most 20 KB, in one file", () => {
  const once = new Set(areas.flatMap(({ parts }) => parts));
  assert.equal(once.size, 1);
  assert.ok(sum([...once]) <= PARTS_BYTES_MAX, `${sum([...once])}`);
});
