// Tables of modules as people keep them: what each would do is said cell by cell, nothing is written before, and what was
// exported comes back as it was.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Platform, python, root } from "../support/platform.mjs";

let platform;
let folder;
const spoil = (...command) => execFileSync(python, [join(root, "end2end/readers/spoil.py"), ...command], { encoding: "utf8" });

before(async () => {
  platform = await Platform.start();
  folder = join(platform.folder, "tabellen");
  mkdirSync(folder);
  const written = JSON.parse(spoil("write", folder));
  assert.ok(written.length >= 12, written.join(", "));
});
after(() => platform?.stop());

// What an import says, and whether it went through.
function imports(name, ...options) {
  try {
    return { done: true, said: platform.run("modules", "import", join(folder, name), ...options) };
  } catch (error) {
    return { done: false, said: `${error.stdout}${error.stderr}` };
  }
}
const dry = (name) => imports(name, "--dry-run");

for (const [name, what] of [["windows.csv", "CP1252 and semicolons"], ["bom.csv", "a byte order mark"], ["utf16.csv", "UTF-16 and tabs"], ["sep.csv", "a line that names the separator"], ["luegt.csv", "a spreadsheet that calls itself CSV"]]) {
  test(`${name}: ${what}`, () => {
    const { done, said } = dry(name);
    assert.ok(done && said.includes("5 new, 0 changed, 0 unchanged, 0 wrong cells; 1 modules"), said);
    assert.ok(said.includes('title: new: "Übungen im Aufenthaltsrecht"') && said.includes("größere Fälle"), said);
    assert.match(said, /not in the file, left as they are: .*FSA-101/);
  });
}

test("komma.csv: commas, and quotes around commas and line breaks", () => {
  const { said } = dry("komma.csv");
  assert.ok(said.includes('places: new: "Dresden\\nLeipzig, Süd"'), said);
});

test("zahlen.csv: decimal commas, decimal points and spaces are the same figures", () => {
  const { said } = dry("zahlen.csv");
  for (const line of ['UGL-1 ects: new: "2,5"', 'UGL-1 weeks: new: "12"', 'UGL-2 ects: new: "7,5"', 'UGL-2 weeks: new: "12"', " 0 wrong cells"]) assert.ok(said.includes(line), said);
});

test("ueberschriften.csv: German headings in any case and order; what is not known is said", () => {
  const { said } = dry("ueberschriften.csv");
  assert.ok(said.includes("column “Bemerkung”: not known, left out") && said.includes("2 new, 0 changed"), said);
});

test("verbunden.xlsx: a title above, and cells that are merged", () => {
  const { done, said } = dry("verbunden.xlsx");
  assert.ok(done && said.includes("row 4 UGL-1") && said.includes("row 5 UGL-2: new module of Evangelische Hochschule Dresden"), said);
  assert.ok(said.includes('UGL-2 ects: new: "2,5"') && said.includes(" 0 wrong cells; 2 modules"), said);
});

test("formeln.xlsx: what was never computed is no empty cell, and an error no text", () => {
  const { said } = dry("formeln.xlsx");
  assert.ok(said.includes("row 2 UGL-1 weeks: wrong: not computed") && said.includes("row 2 UGL-1 ects: wrong: not computed"), said);
});

test("zeilen.csv: each wrong row and cell is named, and with one of them nothing at all is written", () => {
  const { said } = dry("zeilen.csv");
  for (const line of ["row 4: UGL-1 stands in a row above", "row 5: “kein Kürzel” is not a code", "row 6 UGL-3: no institution is called “Hochschule Nirgendwo”", "row 7 UGL-4 weeks: wrong", "row 7 UGL-4 ects: wrong"]) assert.ok(said.includes(line), `${line} in ${said}`);
  const real = imports("zeilen.csv");
  assert.ok(!real.done && real.said.includes("nothing was written"), real.said);
  assert.ok(dry("windows.csv").said.includes("5 new"), "UGL-1 is still no module");
});

test("what cannot be read at all is said in one line", () => {
  for (const [name, reason] of [["falsch.csv", "no column is called “code” or “Kürzel”"], ["doppelt.csv", "two columns are called"], ["leer.csv", "the table is empty"], ["kaputt.xlsx", "the spreadsheet cannot be opened"], ["zuviele.csv", "more than 5000 rows"]]) {
    const { done, said } = dry(name);
    assert.ok(!done && said.includes(reason), `${name}: ${said}`);
  }
});

test("viele.csv: 5,000 rows", () => {
  const began = performance.now();
  const { done, said } = dry("viele.csv");
  console.log(`# dry run of 5,000 rows: ${Math.round(performance.now() - began)} ms`);
  assert.ok(done && said.includes("25000 new, 0 changed, 0 unchanged, 0 wrong cells; 5000 modules"), said.slice(-300));
});

test("gefahr.csv: what a spreadsheet would take for a formula is text, and goes out as text", () => {
  assert.ok(imports("gefahr.csv").done);
  const file = join(folder, "aus.csv");
  platform.run("modules", "export", file);
  const { said } = imports("aus.csv", "--dry-run");
  assert.ok(said.includes("0 new, 0 changed") && said.includes(" 0 wrong cells; 0 modules"), said);
  const raw = execFileSync("grep", ["HYPERLINK", file], { encoding: "utf8" });
  assert.match(raw, /'=HYPERLINK/);
});

test("exported, changed in one cell by another program, and read: that cell and nothing else", () => {
  const file = join(folder, "katalog.xlsx");
  platform.run("modules", "export", file);
  assert.ok(dry("katalog.xlsx").said.includes("0 new, 0 changed"));
  spoil("edit", file, "FSA-101.places", "Görlitz");
  const { said } = dry("katalog.xlsx");
  assert.ok(said.includes("0 new, 1 changed"), said);
  assert.match(said, /FSA-101 places: changed: .* → "Görlitz"/);
});
