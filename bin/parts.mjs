// Brings the small parts of the split WebAssembly together. What several areas share comes out of the build as hundreds of modules of
// a kilobyte, and a page would ask for seventy of them; here they lie in one file, one behind the other, and the script that loads
// them takes from it what an area needs.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// Larger ones stay alone: of those a page should get only what it needs. Measured: with this limit no public page weighs more than
// before, the start page loses 13 KB of 50, a board 28 of 190.
const PART_BYTES_MAX = 2_150;
// As the build writes it: const __chunk_7 = makeLoad(() => { const src = fetch(…); return async (imports) => (…); }, []);
const PART = /const (__chunk_\d+) = makeLoad\(\(\) => \{\s*const src = fetch\(new URL\("\.\/(chunk_[^"]+)\.wasm", import\.meta\.url\)\);\s*return [^\n]*\n\}\s*, \[\]\);/g;

// How it asks for a file, the larger ones, too.
const FETCH = /fetch\(new URL\("(\.\/[\w.-]+\.wasm)", import\.meta\.url\)\)/g;

// How the script comes by a file, and takes a part from it. A page wakes once: what does not arrive is asked for a second time at
// once, else one word that is lost on a bad network would cost it its life. What did not arrive then either is asked for again the next
// time somebody goes there.
const TAKE = `function twice(ask) {
    return ask().catch(ask);
}
async function file(name) {
    const answer = await fetch(new URL(name, import.meta.url));
    if (!answer.ok) throw new Error(answer.url);
    return answer;
}
let parts;
function part(from, to) {
    parts ??= twice(async () => (await file("./FILE")).arrayBuffer());
    const asked = parts;
    asked.catch(() => { if (parts === asked) parts = undefined; });
    return async (imports) => WebAssembly.instantiate((await asked).slice(from, to), imports);
}
`;

// In this folder: writes `parts.<hash>.wasm`, and tells the script and the list of what is loaded ahead. The parts stay there, too: the
// name of the script goes by what the build wrote, and a browser may have kept it as it was before.
export function bringTogether(folder) {
  const named = (pattern) => {
    const found = readdirSync(folder).filter((name) => pattern.test(name));
    if (found.length !== 1) throw new Error(`${found.length} files in ${folder} are named like ${pattern}`);
    return join(folder, found[0]);
  };
  const [script, list] = [named(/^__wasm_split\..*\.js$/), named(/^__wasm_split_manifest\..*\.json$/)];
  const source = readFileSync(script, "utf8");
  const small = [];
  let end = 0;
  for (const [whole, name, file] of source.matchAll(PART)) {
    const module = readFileSync(join(folder, `${file}.wasm`));
    if (module.length > PART_BYTES_MAX) continue;
    small.push({ whole, name, file, module, from: end, to: end + module.length });
    end += module.length;
  }
  // Another cargo-leptos may write the script in another way: then nothing would be found.
  if (small.length === 0) throw new Error(`no parts found in ${script}`);
  const bytes = Buffer.concat(small.map(({ module }) => module));
  const hash = createHash("sha256").update(bytes).digest("base64url").slice(0, 22);
  const together = `parts.${hash}`;
  writeFileSync(join(folder, `${together}.wasm`), bytes);

  let shorter = source;
  for (const { whole, name, from, to } of small) shorter = shorter.replace(whole, `const ${name} = makeLoad(() => part(${from}, ${to}), []);`);
  shorter = shorter.replace(FETCH, (_, name) => `twice(() => file("${name}"))`);
  const begin = shorter.indexOf("const __chunk_");
  writeFileSync(script, shorter.slice(0, begin) + TAKE.replace("FILE", `${together}.wasm`) + shorter.slice(begin));

  const isSmall = new Set(small.map(({ file }) => file));
  const ahead = Object.entries(JSON.parse(readFileSync(list, "utf8"))).map(([area, files]) => {
    const alone = files.filter((file) => !isSmall.has(file));
    return [area, alone.length < files.length ? [together, ...alone] : alone];
  });
  writeFileSync(list, JSON.stringify(Object.fromEntries(ahead)));
}
