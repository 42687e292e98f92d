// Makes every text, script and WebAssembly file of a built site as small as it gets, once: WebAssembly and the script that loads
// its parts lose what no browser reads, and `name.br` and `name.gz` come to lie beside `name`. cargo-leptos can compress, too; built without optimisations, as it
// is here, it takes ten times as long.
//   node bin/compress.mjs target/site
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { bringTogether } from "./parts.mjs";

const KINDS = new Set([".wasm", ".js", ".css", ".html", ".svg", ".webmanifest", ".json", ".txt"]);
const [site] = process.argv.slice(2);

// A module without its custom sections, which name functions and tools: each section is its kind, its length as LEB128 and so
// many bytes, after eight bytes of preamble (https://webassembly.github.io/spec/core/binary/modules.html#sections).
function withoutCustomSections(module) {
  const kept = [module.subarray(0, 8)];
  for (let start = 8; start < module.length;) {
    let [at, length, shift, byte] = [start + 1, 0, 0, 0];
    do {
      byte = module[at++];
      length += (byte & 0x7f) * 2 ** shift;
      shift += 7;
    } while (byte & 0x80);
    if (module[start] !== 0) kept.push(module.subarray(start, at + length));
    start = at + length;
  }
  return Buffer.concat(kept);
}

// The script without the lines that say for each part which others need it: a sixth of it, as it travels.
const withoutLineComments = (script) => Buffer.from(script.toString().replace(/^\/\*[^*]*\*\/\n/gm, ""));

const files = () => readdirSync(site, { recursive: true }).filter((name) => KINDS.has(extname(name)) && statSync(join(site, name)).isFile());

for (const name of files()) {
  const path = join(site, name);
  if (extname(name) === ".wasm") {
    const module = withoutCustomSections(readFileSync(path));
    // One that would not load is better found here than on a phone.
    if (!WebAssembly.validate(module)) throw new Error(`${name} is no module without its custom sections`);
    writeFileSync(path, module);
  } else if (/^__wasm_split\..*\.js$/.test(basename(name))) {
    writeFileSync(path, withoutLineComments(readFileSync(path)));
  }
}
bringTogether(join(site, "pkg"));
for (const name of files()) {
  const path = join(site, name);
  const bytes = readFileSync(path);
  const hints = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: hints }));
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }));
}
