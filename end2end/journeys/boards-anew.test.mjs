// What a board learns while it goes on: who says it without a name, where and how something was tried, other columns, and an
// older copy of the database below it. Each with and without WebAssembly where somebody fills in a form.
import assert from "node:assert/strict";
import { join as pathJoin } from "node:path";
import { test } from "node:test";
import { PHONE, TABLET } from "../support/browser.mjs";
import { until } from "../support/platform.mjs";
import { LIVE_MS, card, join, roomForTests, unfold, write } from "../support/room.mjs";
import { Visitor } from "../support/visitor.mjs";

const room = roomForTests();

// Takes part without a browser.
async function takesPart(path, fields) {
  const visitor = new Visitor(room.platform);
  await visitor.post("/api/board-join", { slug: path.split("/").at(-1), ...fields });
  return visitor;
}

for (const script of [true, false]) {
  const how = script ? "" : ", without WebAssembly";

  test(`without a name one is who one is among at least five${how}`, async () => {
    const path = await room.board({ anonymity: "anonymous" });
    const page = await room.open(path, { viewport: PHONE, script });
    assert.equal(await page.getByLabel("Ausgedachter Name").count(), 0);
    await unfold(page);
    await page.getByLabel("Was Sie tun").selectOption({ label: "Ehrenamt" });
    await page.getByLabel("Landkreis oder Stadt").selectOption({ index: 3 });
    const district = await page.getByLabel("Landkreis oder Stadt").inputValue();
    const role = await page.getByLabel("Was Sie tun").inputValue();
    await page.getByRole("button", { name: "Mitmachen" }).click();
    await page.getByRole("heading", { name: "Karte schreiben" }).waitFor();
    await write(page, "Es fehlt an Räumen.");
    await card(page, "Es fehlt an Räumen.").waitFor({ timeout: LIVE_MS });
    const author = async () => {
      if (!script) await page.goto(`${room.platform.url}${path}`);
      return (await card(page, "Es fehlt an Räumen.").locator(".note-head").textContent()).includes("Ehrenamt");
    };
    for (let number = 2; number <= 4; number += 1) await takesPart(path, { district, role });
    assert.equal(await author(), false, "four could be told apart");
    await takesPart(path, { district, role });
    await until("the label", author, LIVE_MS);
  });

  test(`the address says which kind of cards is shown${how}`, async () => {
    const path = await room.board();
    const slug = path.split("/").at(-1);
    const anna = await takesPart(path, { name: "Amsel" });
    const column = (await (await anna.get(path)).text()).match(/<option value="([0-9a-f-]{36})"/)[1];
    for (const [kind, text] of [["question", "Wer zahlt das?"], ["problem", "Es dauert zu lange."]]) {
      await anna.post("/api/board-write", { slug, key: crypto.randomUUID(), kind, column, text });
    }
    const page = await room.open(path, { viewport: TABLET, script });
    const shows = (...expected) => until(expected.join(), async () => (await page.locator(".column > .notes > li > .note-text").allTextContents()).join() === expected.join(), LIVE_MS);
    await shows("Wer zahlt das?", "Es dauert zu lange.");
    const choice = page.getByRole("navigation", { name: "Welche Karten gezeigt werden" });
    await choice.getByRole("link", { name: "Frage" }).click();
    await page.waitForURL(/\?art=question$/);
    await shows("Wer zahlt das?");
    assert.equal(await choice.locator("[aria-current]").textContent(), "Frage");
    await page.reload();
    await shows("Wer zahlt das?");
    await choice.getByRole("link", { name: "Alle" }).click();
    await shows("Wer zahlt das?", "Es dauert zu lange.");
  });

  test(`who has tried a solution says where and how${how}`, async () => {
    const path = await room.board({ level: "all" });
    const slug = path.split("/").at(-1);
    const anna = await takesPart(path, { name: "Amsel" });
    const column = (await (await anna.get(path)).text()).match(/<option value="([0-9a-f-]{36})"/)[1];
    await anna.post("/api/board-write", { slug, key: crypto.randomUUID(), kind: "solution", column, text: "Ein Dolmetschpool für den Landkreis." });
    const approve = async (text) => {
      const { cards } = JSON.parse(await (await room.staff.get(`${path}/export.json`)).text()).board;
      const { id } = cards.find((one) => one.text.includes(text));
      await room.staff.post("/api/board-act", { slug, on: "moderation", operation: JSON.stringify({ stand: { card: id, standing: "published" } }) });
    };
    await approve("Dolmetschpool");
    const ben = await room.open(path, { viewport: PHONE, script });
    const other = await room.open(path);
    await join(ben, "Birke");
    const pool = card(ben, "Dolmetschpool");
    // What one has said by a button is what the form begins with.
    await pool.getByRole("button", { name: /Nicht geholfen/ }).click();
    await card(other, "Dolmetschpool").getByText(/1 × nicht|Nicht geholfen · 1/).first().waitFor({ timeout: LIVE_MS });
    await pool.getByText("Bei uns probiert: genauer").click();
    assert.equal(await pool.getByLabel("Was ist daraus geworden?").inputValue(), "not");
    await pool.getByLabel("Was ist daraus geworden?").selectOption("partly");
    await pool.getByLabel("Landkreis oder Stadt").selectOption({ index: 2 });
    const where = await pool.getByLabel("Landkreis oder Stadt").evaluate((list) => list.selectedOptions[0].textContent);
    if (script) {
      await pool.getByLabel(/^Wie war es/).pressSequentially("Ruf an: 0151 23456789");
      await pool.getByText(/Telefonnummer/).first().waitFor();
      await pool.getByLabel(/^Wie war es/).fill("");
    }
    await pool.getByLabel(/^Wie war es/).fill("Nur mit fester Finanzierung.");
    await pool.getByRole("button", { name: "Eintragen" }).click();
    // Counted at once; what somebody says waits as a comment does.
    await card(other, "Dolmetschpool").getByText(`${where}: 1 × `).waitFor({ timeout: LIVE_MS });
    assert.equal(await other.getByText("Nur mit fester Finanzierung.").count(), 0);
    if (!script) await ben.goto(`${room.platform.url}${path}`);
    await ben.locator(".note-comment", { hasText: "Nur mit fester Finanzierung." }).getByText("Wartet auf Freigabe").waitFor({ timeout: LIVE_MS });
    await approve("Nur mit fester Finanzierung.");
    await other.locator(".note-comment", { hasText: "Nur mit fester Finanzierung." }).waitFor({ timeout: LIVE_MS });
    assert.equal(await other.locator("#karte-1").getByText("Birke").count(), 0, "without a name");
  });

  test(`the moderator makes, renames, moves and removes columns, and everybody sees it${how}`, async () => {
    const path = await room.board();
    const desk = await room.desk(path, { viewport: TABLET, script });
    const anna = await room.open(path, { viewport: { width: 1280, height: 800 } });
    await join(anna, "Amsel");
    await write(anna, "Bleibt, wo sie ist.");
    await card(anna, "Bleibt, wo sie ist.").waitFor({ timeout: LIVE_MS });
    await anna.getByLabel("Ein Gedanke, ein bis drei Sätze").fill("Noch nicht fer");
    const titles = (page) => page.locator(".column > h2").evaluateAll((all) => all.map((one) => one.firstChild.textContent.trim()));
    const seen = (...expected) => until(expected.join(), async () => (await titles(anna)).join() === expected.join(), LIVE_MS);
    const opens = async () => {
      const part = desk.locator("details", { has: desk.locator("> summary", { hasText: "Spalten ändern" }) });
      if (!(await part.evaluate((details) => details.open))) await part.locator("> summary").click();
    };
    await opens();
    await desk.getByLabel(/^Neue Spalte/).fill("Wer es übernimmt");
    await desk.getByRole("button", { name: "Spalte anlegen" }).click();
    await seen("Was fehlt", "Was hilft", "Wer es übernimmt");
    await anna.locator("#column option", { hasText: "Wer es übernimmt" }).waitFor({ state: "attached", timeout: LIVE_MS });
    await opens();
    await desk.getByLabel("Überschrift der Spalte „Was hilft“").fill("Was schon hilft");
    await desk.locator("li", { has: desk.getByLabel("Überschrift der Spalte „Was hilft“") }).getByRole("button", { name: "Umbenennen" }).click();
    await seen("Was fehlt", "Was schon hilft", "Wer es übernimmt");
    await opens();
    await desk.getByRole("button", { name: "Spalte Wer es übernimmt: Nach links" }).click();
    await seen("Was fehlt", "Wer es übernimmt", "Was schon hilft");
    await opens();
    await desk.getByRole("button", { name: "Spalte Wer es übernimmt: Leere Spalte entfernen" }).click();
    await seen("Was fehlt", "Was schon hilft");
    await opens();
    // What holds a card is not taken away.
    await desk.getByRole("button", { name: "Spalte Was schon hilft: Leere Spalte entfernen" }).waitFor();
    assert.equal(await desk.getByRole("button", { name: "Spalte Was fehlt: Leere Spalte entfernen" }).count(), 0);
    await card(anna, "Bleibt, wo sie ist.").waitFor();
    assert.equal(await anna.getByLabel("Ein Gedanke, ein bis drei Sätze").inputValue(), "Noch nicht fer");
    if (!script) return;
    // What is typed for a column stays with it, wherever it goes.
    const title = desk.getByLabel("Überschrift der Spalte „Was fehlt“");
    await title.fill("Was alles fehlt");
    await desk.getByRole("button", { name: "Spalte Was fehlt: Nach rechts" }).click();
    await seen("Was schon hilft", "Was fehlt");
    assert.equal(await title.inputValue(), "Was alles fehlt");
    await desk.locator("li", { has: title }).getByRole("button", { name: "Umbenennen" }).click();
    await seen("Was schon hilft", "Was alles fehlt");
  });
}

test("when an older copy of the database is put back, pages that are open show it, and lose nothing that was written on them", async () => {
  const path = await room.board();
  const anna = await room.open(path, { viewport: PHONE });
  const ben = await room.open(path);
  anna.mayBreakOff = true;
  ben.mayBreakOff = true;
  await join(anna, "Amsel");
  await join(ben, "Birke");
  await write(anna, "Steht in der Kopie.");
  await card(ben, "Steht in der Kopie.").waitFor({ timeout: LIVE_MS });
  const copy = pathJoin(room.platform.folder, "copy.db");
  room.platform.run("backup", copy);
  await write(ben, "Kam nach der Kopie.");
  await card(anna, "Kam nach der Kopie.").waitFor({ timeout: LIVE_MS });
  await room.platform.kill();
  room.platform.run("restore", copy);
  await write(anna, "Geschrieben, als niemand da war.");
  await anna.getByText("Auf diesem Gerät", { exact: true }).waitFor();
  await room.platform.serve();
  for (const page of [anna, ben]) {
    await card(page, "Geschrieben, als niemand da war.").waitFor({ timeout: 30_000 });
    await card(page, "Steht in der Kopie.").waitFor();
    await card(page, "Kam nach der Kopie.").waitFor({ state: "detached", timeout: LIVE_MS });
  }
});
