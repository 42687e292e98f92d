// The next build of the platform, of which every file has another name, as if each of them had changed.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { binary, root } from "./platform.mjs";

const HASH = /\.([\w-]{22})\./;
// As long as before, so that it can stand inside of WebAssembly, too.
const next = (hash) => (hash[0] === "Z" ? "Y" : "Z") + hash.slice(1);

// Makes it in this folder; returns the paths of its binary and of its site.
export function nextBuild(folder) {
  const [from, site] = [join(root, "target/site"), join(folder, "site")];
  const file = join(folder, "release", "lafast");
  mkdirSync(dirname(file), { recursive: true });
  copyFileSync(binary, file);
  const hashes = readFileSync(join(dirname(binary), "hash.txt"), "utf8");
  writeFileSync(join(dirname(file), "hash.txt"), hashes.replace(/: (\S+)/g, (_, hash) => `: ${next(hash)}`));

  const files = readdirSync(from, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).map((one) => join(one.parentPath ?? one.path, one.name).slice(from.length + 1));
  const names = new Map(files.flatMap((name) => HASH.exec(name)?.[1] ?? []).map((hash) => [hash, next(hash)]));
  const renamed = (text) => text.replace(/(?<=\.)[\w-]{22}(?=\.)/g, (hash) => names.get(hash) ?? hash);
  const changed = new Set();
  for (const name of files.filter((name) => !/\.(br|gz)$/.test(name))) {
    const before = readFileSync(join(from, name), "latin1");
    const after = /\.(js|wasm|css|json)$/.test(name) ? renamed(before) : before;
    if (after !== before) changed.add(name);
    const to = join(site, renamed(name));
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, after, "latin1");
    for (const [ending, packs] of [[".br", (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_LGWIN]: 24 } })], [".gz", gzipSync]]) {
      if (!files.includes(name + ending)) continue;
      if (changed.has(name)) writeFileSync(to + ending, packs(Buffer.from(after, "latin1")));
      else copyFileSync(join(from, name + ending), to + ending);
    }
  }
  return { file, site };
}
