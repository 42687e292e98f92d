// Keeps one tree on this machine that always has the content of a checkout. A file is written only when its content differs:
// what is the same keeps its time, and cargo, which goes by time, does not build again what a fresh clone merely wrote again.
//   node bin/mirror.mjs CHECKOUT TREE          the tree becomes like the checkout (tracked files and new ones, none that are ignored)
//   node bin/mirror.mjs --back TREE CHECKOUT   what tests wrote into the tree since (failures to try again, snapshots) comes back
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, rmdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const MADE = ".mirrored";
// What builds and tests keep in a tree for themselves.
const OWN_FOLDERS = new Set(["target", "data", "node_modules", "__pycache__", "test-results", ".DS_Store"]);

const args = process.argv.slice(2);
if (args[0] === "--back") bringBack(args[1], args[2]);
else mirror(args[0], args[1]);

function mirror(checkout, tree) {
  const wanted = new Set(filesOf(checkout));
  for (const path of walk(tree)) {
    if (wanted.has(path)) continue;
    rmSync(join(tree, path));
    // A folder that has become a file must be gone.
    for (let folder = dirname(path); folder !== "." && readdirSync(join(tree, folder)).length === 0; folder = dirname(folder)) rmdirSync(join(tree, folder));
  }
  for (const path of wanted) bring(join(checkout, path), join(tree, path));
  writeFileSync(join(tree, MADE), "");
  // By the clock by which files get their times below: that of a file system is some milliseconds behind.
  utimesSync(join(tree, MADE), new Date(), new Date());
}

function bringBack(tree, checkout) {
  const since = statSync(join(tree, MADE)).mtimeMs;
  for (const path of walk(tree)) {
    const [here, there] = [join(tree, path), join(checkout, path)];
    if (path === MADE || statSync(here).mtimeMs <= since) continue;
    if (existsSync(there) && statSync(there).mtimeMs > since) {
      console.log(`! ${path} was written by a test, and meanwhile in the checkout, too: not brought back from ${here}`);
      continue;
    }
    bring(here, there);
    console.log(`! ${path} was written by a test`);
  }
}

// Tracked files that are still there, and new ones that are not ignored.
function filesOf(checkout) {
  const listed = execFileSync("git", ["-C", checkout, "ls-files", "-z", "--cached", "--others", "--exclude-standard"], { maxBuffer: 1 << 28 });
  return listed.toString().split("\0").filter((path) => path && isFile(join(checkout, path)));
}

function isFile(path) {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function* walk(tree, folder = "") {
  for (const entry of readdirSync(join(tree, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (OWN_FOLDERS.has(entry.name)) continue;
    if (entry.isDirectory()) yield* walk(tree, path);
    else yield path;
  }
}

function bring(from, to) {
  const mode = statSync(from).mode & 0o777;
  if (!existsSync(to) || !readFileSync(from).equals(readFileSync(to))) {
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(from, to);
    // A copy may keep the time of its source, where the file system copies by reference.
    utimesSync(to, new Date(), new Date());
  }
  if ((statSync(to).mode & 0o777) !== mode) chmodSync(to, mode);
}
