// The tree in which tests run has the content of the checkout, and writes only what is another one: by the time of a file
// cargo decides what it compiles.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";

const MIRROR = join(dirname(fileURLToPath(import.meta.url)), "../../bin/mirror.mjs");
const LONG_AGO = new Date("2020-01-01");

let home, checkout, tree;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "lafast-mirror-"));
  [checkout, tree] = [join(home, "checkout"), join(home, "tree")];
  mkdirSync(join(checkout, "bin"), { recursive: true });
  mkdirSync(join(tree, "target"), { recursive: true });
  write(checkout, ".gitignore", "/target\nsecret\n");
  write(checkout, "same.rs", "same");
  write(checkout, "edited.rs", "before");
  write(checkout, "gone.rs", "gone");
  write(checkout, "bin/run", "#!/bin/sh\n");
  write(checkout, "secret", "ignored");
  write(tree, "target/built", "built");
  chmodSync(join(checkout, "bin/run"), 0o755);
  execFileSync("git", ["init", "-q", checkout]);
  execFileSync("git", ["-C", checkout, "add", "-A"]);
  mirror();
  for (const path of ["same.rs", "edited.rs"]) utimesSync(join(tree, path), LONG_AGO, LONG_AGO);
});
afterEach(() => rmSync(home, { recursive: true }));

const write = (root, path, text) => writeFileSync(join(root, path), text);
const read = (root, path) => readFileSync(join(root, path), "utf8");
const age = (path) => statSync(join(tree, path)).mtimeMs;
const mirror = () => execFileSync(process.execPath, [MIRROR, checkout, tree]);
const back = () => execFileSync(process.execPath, [MIRROR, "--back", tree, checkout]).toString();

test("what is the same keeps its time, what is another one gets a new one", () => {
  // As a fresh clone writes it: the same words, now.
  write(checkout, "same.rs", "same");
  write(checkout, "edited.rs", "after");
  write(checkout, "new.rs", "new");
  rmSync(join(checkout, "gone.rs"));
  const before = Date.now() - 1_000;
  mirror();
  assert.equal(age("same.rs"), LONG_AGO.getTime());
  assert.ok(age("edited.rs") >= before, "an edit has to be compiled");
  assert.deepEqual([read(tree, "edited.rs"), read(tree, "new.rs")], ["after", "new"]);
  assert.ok(!existsSync(join(tree, "gone.rs")) && !existsSync(join(tree, "secret")));
  assert.equal(read(tree, "target/built"), "built");
  assert.equal(statSync(join(tree, "bin/run")).mode & 0o111, 0o111);
});

test("an edit that is older than what was built is compiled, too", () => {
  write(checkout, "edited.rs", "from another branch");
  utimesSync(join(checkout, "edited.rs"), LONG_AGO, LONG_AGO);
  const before = Date.now() - 1_000;
  mirror();
  assert.ok(age("edited.rs") >= before);
});

test("what a test writes comes back, unless the checkout has it otherwise by now", () => {
  const later = new Date(Date.now() + 5_000);
  for (const path of ["regression.txt", "edited.rs", "same.rs"]) {
    write(tree, path, "of a test");
    utimesSync(join(tree, path), later, later);
  }
  utimesSync(join(checkout, "edited.rs"), LONG_AGO, LONG_AGO);
  utimesSync(join(checkout, "same.rs"), later, later);
  const said = back();
  assert.equal(read(checkout, "regression.txt"), "of a test");
  assert.equal(read(checkout, "edited.rs"), "of a test");
  assert.equal(read(checkout, "same.rs"), "same", "what somebody is writing is left alone");
  assert.match(said, /same\.rs .*not brought back/);
  assert.ok(!existsSync(join(checkout, "target")));
});

test("what goes in is newer than what came out once a file of it was written, came or went", () => {
  const stamp = join(home, "built");
  write(home, "built", "");
  const isOlder = () => {
    const script = `ROOT="${home}"; . "${join(dirname(MIRROR), "lib.sh")}"; is_older_than "${stamp}" "${checkout}"`;
    return spawnSync("bash", ["-c", script], { env: { ...process.env, LAFAST_CACHE: join(home, "cache") } }).status === 0;
  };
  const agesAgo = () => execFileSync("find", [checkout, "-exec", "touch", "-t", "202001010000", "{}", "+"]);
  const changes = [() => write(checkout, "bin/run", "other"), () => write(checkout, "bin/new", "new"), () => rmSync(join(checkout, "bin/new"))];
  for (const change of changes) {
    agesAgo();
    assert.ok(isOlder());
    change();
    assert.ok(!isOlder());
  }
});
