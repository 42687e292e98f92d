// What is tested is what is deployed (docs/decisions/0021-a-tree-that-stays.md): nothing that only tests need may switch on a feature of
// a crate that the server is made of, or cargo builds that crate, and all that depend on it, once more for the tests.
//   node bin/same-crates.mjs
import { execFileSync } from "node:child_process";

// The features of each crate, by its name and version, as cargo builds it for these packages.
function features(...which) {
  const lines = execFileSync("cargo", ["tree", "--locked", "--prefix", "none", "--format", "{p}|{f}", ...which], { encoding: "utf8", maxBuffer: 1 << 26 });
  const crates = new Map();
  for (const line of lines.split("\n").filter((line) => line.includes("|"))) {
    const [crate, list] = line.replace(" (*)", "").replace(" (proc-macro)", "").split("|");
    crates.set(crate, new Set([...(crates.get(crate) ?? []), ...list.split(",").filter(Boolean)]));
  }
  return crates;
}

// What the tests have and the server has not, in crates of the server.
function more(server, tests) {
  const found = [...server].map(([crate, own]) => [crate, [...(tests.get(crate) ?? [])].filter((feature) => !own.has(feature))]);
  return found.filter(([, only]) => only.length > 0);
}

const server = features("--package", "lafast", "--edges", "normal,build");
const found = more(server, features("--workspace", "--edges", "all"));
for (const [crate, only] of found) console.error(`${crate}: tests ask for ${only.join(", ")}; Cargo.toml must, too, or they must do without`);
// And the check can fail: with a feature more in one crate.
const [one, own] = [...server][0];
const noticed = more(server, new Map([...server, [one, new Set([...own, "nur-im-test"])]]));
if (noticed.length !== 1 || server.size < 100) {
  console.error("this check would notice nothing");
  process.exit(1);
}
if (found.length > 0) process.exit(1);
console.log(`${server.size} crates of the server, each with the same features in tests`);
