// Compresses every text, script and WebAssembly file of a built site once, as small as it gets: `name.br` and `name.gz` beside
// `name`. cargo-leptos can do that, too; built without optimisations, as it is here, it takes ten times as long.
//   node bin/compress.mjs target/site
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const KINDS = new Set([".wasm", ".js", ".css", ".html", ".svg", ".webmanifest", ".json", ".txt"]);
const [site] = process.argv.slice(2);

for (const name of readdirSync(site, { recursive: true })) {
  const path = join(site, name);
  if (!KINDS.has(extname(name)) || !statSync(path).isFile()) continue;
  const bytes = readFileSync(path);
  const hints = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: hints }));
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }));
}
