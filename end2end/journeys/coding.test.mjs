// Two people read the same cards with a codebook: each for herself, then together; and what goes with the text of a card.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE } from "../support/browser.mjs";
import { LIVE_MS, card, join, roomForTests, write } from "../support/room.mjs";
import { Visitor } from "../support/visitor.mjs";

let second;
const room = roomForTests(async ({ platform }) => {
  platform.addAdmin("zweite@lafast.example", "staff");
  second = new Visitor(platform);
  await second.signIn("zweite@lafast.example");
});

const TEXTS = ["Der Bus fährt zweimal am Tag.", "Das Amt ist weit weg.", "Niemand dolmetscht beim Amt."];

// Reads the card on the page, and goes on.
async function reads(page, codes, memo = "") {
  for (const code of codes) await page.getByRole("checkbox", { name: code }).check();
  if (memo) await page.getByLabel("Memo").fill(memo);
  await page.getByRole("button", { name: /^Fertig/ }).click();
}

test("a codebook, two readings that do not see each other, their agreement, what they agree on, and quotes", async () => {
  const path = await room.board();
  const anna = await room.open(path, { viewport: PHONE });
  await join(anna, "Amsel");
  for (const text of TEXTS) {
    await write(anna, text);
    await card(anna, text).getByText("Veröffentlicht").waitFor({ timeout: LIVE_MS });
  }

  const first = await room.open("/verwaltung", { cookies: room.staff.cookies });
  await first.getByRole("link", { name: "Auswertung" }).click();
  await first.getByText("Noch keine Auswertung.").waitFor();
  const make = first.locator("#anlegen");
  await make.getByLabel("Titel").fill("Wege");
  await make.getByRole("button", { name: "Codebuch anlegen" }).click();
  await first.waitForURL(/\/codebuch\//);
  for (const name of ["Bus", "Amt"]) {
    await first.getByLabel("Name").fill(name);
    await first.getByLabel("Wann er vergeben wird").fill(`Es geht um: ${name}.`);
    await first.getByRole("button", { name: "Code hinzufügen" }).click();
    await first.getByText("Der Code steht im Codebuch.").waitFor();
    await first.locator(".note strong", { hasText: name }).waitFor();
    assert.equal(await first.getByLabel("Name").inputValue(), "", "what was added is not typed any more");
  }
  // The same name again: said at the field, and nothing is lost.
  await first.getByLabel("Name").fill("Bus");
  await first.getByLabel("Wann er vergeben wird").fill("Noch einmal.");
  await first.getByRole("button", { name: "Code hinzufügen" }).click();
  await first.getByText("Diesen Namen hat schon ein Code.").first().waitFor();
  assert.equal(await first.getByLabel("Wann er vergeben wird").inputValue(), "Noch einmal.");
  // Nor is what is typed to mend it, when another form of the page is sent.
  await first.getByLabel("Name").fill("Busse");
  for (const [button, said] of [["Bus nicht mehr vergeben", "Der Code wird nicht mehr vergeben."], ["Bus wieder vergeben", "Der Code wird wieder vergeben."]]) {
    await first.getByRole("button", { name: button }).click();
    await first.getByText(said).waitFor();
    assert.deepEqual([await first.getByLabel("Name").inputValue(), await first.getByLabel("Wann er vergeben wird").inputValue()], ["Busse", "Noch einmal."]);
  }

  await first.getByRole("heading", { level: 1, name: "Codebuch: Wege" }).waitFor();
  await first.getByRole("link", { name: "Alle Auswertungen" }).click();
  const begin = first.locator("#auswerten");
  await begin.getByLabel("Worum es geht").fill("Wege auf dem Land");
  await begin.getByRole("checkbox", { name: /^Probe/ }).first().check();
  await begin.getByRole("button", { name: "Auswertung beginnen" }).click();
  await first.waitForURL(/\/auswertung\/[0-9a-f-]{36}$/);
  await first.getByRole("heading", { level: 1, name: "Auswertung: Wege auf dem Land" }).waitFor();
  const project = new URL(first.url()).pathname;
  // The list says which name is that of the codebook.
  assert.match(await (await room.staff.get("/verwaltung/auswertung")).text(), /1.Board · Codebuch: Wege/);
  await first.getByRole("link", { name: "Mit dem Lesen beginnen" }).click();
  await first.getByText(TEXTS[0]).waitFor();
  await reads(first, ["Bus"], "Takt.");
  await first.getByText(TEXTS[1]).waitFor();
  await reads(first, ["Amt"]);
  await first.getByText(TEXTS[2]).waitFor();
  await reads(first, []);
  await first.getByText(/Sie haben 3 von 3\sKarten gelesen\./).waitFor();

  // The other one, on a phone without WebAssembly, sees nothing of it until she is done herself.
  const other = await room.open(project, { cookies: second.cookies, script: false, viewport: PHONE });
  assert.equal(await other.getByRole("heading", { name: "Unterschiede" }).count(), 0);
  await other.getByRole("link", { name: "Mit dem Lesen beginnen" }).click();
  const page = await (await second.get(new URL(other.url()).pathname)).text();
  assert.doesNotMatch(page, /Takt\.|checked/, "neither codes nor memo of the other");
  await reads(other, ["Bus"]);
  await reads(other, ["Amt"]);
  await reads(other, ["Amt"], "Ein Amt, also ja.");
  await other.getByText("Unterschiede").waitFor();
  const row = other.getByRole("row", { name: /^Amt/ });
  assert.deepEqual(await row.getByRole("cell").allInnerTexts(), ["67 %", "0,40", "1", "0", "1", "1"]);
  assert.deepEqual(await other.getByRole("row", { name: /^Bus/ }).getByRole("cell").allInnerTexts(), ["100 %", "1,00", "1", "0", "0", "2"]);
  await other.getByRole("link", { name: /^Karte 3/ }).click();
  await other.getByText("kein Code").waitFor();
  // Nothing was agreed on yet, and it does not say so.
  await other.getByRole("heading", { name: "Sich einigen" }).waitFor();
  await other.getByRole("group", { name: "Gemeinsame Codes (vorbelegt mit Ihren)" }).getByRole("checkbox", { name: "Amt" }).check();
  await other.getByRole("button", { name: "Einigung festhalten" }).click();
  await other.getByText("Die Einigung ist festgehalten.").waitFor();
  await other.getByRole("heading", { name: "Worauf Sie sich geeinigt haben" }).waitFor();
  await first.reload();
  await first.getByText("Geeinigt", { exact: true }).waitFor();
  // A memo that is being written stays, when what was agreed on is kept once more.
  await room.go(first, `${project}/karte/${path.split("/").at(-1)}/3`);
  await first.getByLabel("Memo").fill("Noch nicht fertig.");
  await first.getByRole("button", { name: "Einigung festhalten" }).click();
  await first.getByText("Die Einigung ist festgehalten.").waitFor();
  assert.equal(await first.getByLabel("Memo").inputValue(), "Noch nicht fertig.");

  // What comes out; and what goes with the text of a card.
  const quotes = async (kind) => (await room.staff.get(`${project}/zitate.${kind}`)).text();
  assert.match(await quotes("md"), /## Amt \(2\)[^#]*> Das Amt ist weit weg\.[^#]*> Niemand dolmetscht beim Amt\./);
  assert.match(await quotes("csv"), /"Niemand dolmetscht beim Amt\.";"Amsel";.*"Ein Amt, also ja\."/);
  assert.equal((await fetch(`${room.platform.url}${project}/zitate.csv`)).status, 404);
  await card(anna, TEXTS[2]).getByText("Mehr").click();
  await card(anna, TEXTS[2]).getByText("Text löschen").click();
  await card(anna, TEXTS[2]).getByRole("button", { name: "Endgültig löschen" }).click();
  await card(anna, TEXTS[2]).waitFor({ state: "detached", timeout: LIVE_MS });
  for (const kind of ["csv", "md"]) assert.doesNotMatch(await quotes(kind), /Niemand dolmetscht|also ja/);
});
