// Holds every crate that comes in from outside against deny.toml: its licence, whether it may come in at all, where it comes from.
// Known weaknesses are not looked for: they stand in a list that is kept elsewhere (deny.toml says how).
//   node bin/outside.mjs
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

// What deny.toml says; of TOML only what stands there.
function rulesOf(text) {
  const lines = text.split("\n").map((line) => line.replace(/#.*$/, ""));
  const section = (name) => lines.join("\n").split(`[${name}]`)[1].split(/^\[\w+\]/m)[0];
  const list = (name, key) => section(name).match(new RegExp(`^${key} = \\[([^\\]]*)\\]`, "m"))[1];
  const allowed = [...list("licenses", "allow").matchAll(/"([^"]+)"/g)].map(([, licence]) => licence);
  const denied = [...list("bans", "deny").matchAll(/crate = "([^"@]+)(?:@<([\d.]+))?"/g)].map(([, name, below]) => ({ name, below }));
  return { allowed, denied };
}

// Whether one of the ways in which a crate may be taken is allowed.
function isAllowed(expression, allowed) {
  const words = expression.replaceAll("/", " OR ").match(/[()]|[^\s()]+/g) ?? [];
  const one = () => {
    const word = words.shift();
    if (word === "(") {
      const inside = either();
      return words.shift() === ")" && inside;
    }
    // With an exception it is another licence.
    return allowed.includes(words[0] === "WITH" ? [word, ...words.splice(0, 2)].join(" ") : word);
  };
  const joined = (part, word, fold) => {
    let holds = part();
    while (words[0] === word) {
      words.shift();
      holds = fold(part(), holds);
    }
    return holds;
  };
  const both = () => joined(one, "AND", (next, before) => next && before);
  const either = () => joined(both, "OR", (next, before) => next || before);
  return either() && words.length === 0;
}

const numbers = (version) => version.split(/[-+]/)[0].split(".").map(Number);
function isBelow(version, limit) {
  const [one, other] = [numbers(version), numbers(limit)];
  const place = [0, 1, 2].find((at) => (one[at] ?? 0) !== (other[at] ?? 0));
  return place !== undefined && (one[place] ?? 0) < (other[place] ?? 0);
}

// What is wrong with these crates, a line each. Our own have no source.
function faults(crates, { allowed, denied }) {
  const foreign = crates.filter(({ source }) => source !== null);
  const sources = new Set(foreign.map(({ source }) => source));
  const found = foreign.flatMap(({ name, version, license, source }) => {
    const ban = denied.find((one) => one.name === name && (!one.below || isBelow(version, one.below)));
    return [
      ban && `${name} ${version} may not come in`,
      !isAllowed(license ?? "", allowed) && `${name} ${version} has the licence ${license ?? "(none)"}`,
      !source.startsWith("registry+") && `${name} ${version} comes from ${source}`,
    ].filter(Boolean);
  });
  return sources.size > 1 ? [...found, `crates come from ${[...sources].join(" and ")}`] : found;
}

const rules = rulesOf(readFileSync(join(root, "deny.toml"), "utf8"));
const asked = spawnSync("cargo", ["metadata", "--format-version", "1", "--locked", "--all-features"],
  { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], maxBuffer: 1 << 28 });
if (asked.status !== 0) process.exit(1);
const crates = JSON.parse(asked.stdout).packages;

// And the check can fail: one crate more, of each kind that may not be.
const [first] = crates.filter(({ source }) => source !== null);
for (const [change, said] of [
  [{ license: "GPL-3.0-only" }, "has the licence GPL-3.0-only"],
  [{ license: "MIT AND (GPL-3.0-only OR SSPL-1.0)" }, "has the licence MIT AND (GPL-3.0-only OR SSPL-1.0)"],
  [{ license: "MIT WITH Classpath-exception-2.0" }, "has the licence MIT WITH Classpath-exception-2.0"],
  [{ license: null }, "has the licence (none)"],
  [{ name: "openssl" }, "may not come in"],
  [{ name: "libsqlite3-sys", version: "0.36.9" }, "may not come in"],
  [{ source: "git+https://code.example/it" }, "comes from git+https://code.example/it"],
]) {
  const lines = faults([{ ...first, name: "one", version: "1.0.0", license: "MIT", ...change }], rules);
  assert.ok(lines.length === 1 && lines[0].endsWith(said), `${said}: ${lines}`);
}
for (const license of ["MIT", "MIT/GPL-3.0-only", "(MIT OR GPL-3.0-only) AND Unicode-3.0"]) {
  assert.deepEqual(faults([{ ...first, name: "libsqlite3-sys", version: "0.37.0", license }], rules), []);
}

const found = faults(crates, rules);
for (const line of found) console.error(line);
if (found.length === 0) console.log(`${crates.length} crates, as deny.toml wants them`);
process.exit(found.length === 0 ? 0 : 1);
